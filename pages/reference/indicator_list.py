"""指标口径：每个指标怎样算、为什么看、由谁报；每个平台和台账供了哪些数。"""

from collections.abc import Mapping

import streamlit as st

from kpi.catalog.indicator import Indicator
from kpi.catalog.office import System
from kpi.compute.row import BoardRow
from kpi.present import day_words, formulas
from pages.widgets import board_lists, page_head, pickers, session
from pages.widgets.plain import plain

FEW = 6  # definitions printed in full when a search leaves no more than these
KINDS = {
    "platform": "平台",
    "register": "台账",
    "campaign": "专项行动",
    "mechanism": "机制",
    "monitoring": "监测",
    "committee": "议事机构",
    "policy_document": "政策文件",
    "event": "活动",
    "project": "项目",
}
catalog = session.bureau().catalog


def indicator_line(indicator: Indicator) -> dict[str, object]:
    return {
        "指标": indicator.name,
        "科室": session.office_name(indicator.office),
        "单位": indicator.unit,
        "方向": indicator.better.chinese,
        "目标": indicator.target_kind.chinese,
        "考核": "可以考核" if indicator.may_assess else "只监测不考核",
        "公式": formulas.indicator(indicator, catalog.measures),
    }


def definition(indicator: Indicator) -> None:
    with st.container(border=True):
        st.subheader(plain(indicator.name), anchor=False)
        facts = {
            "算法": formulas.indicator(indicator, catalog.measures),
            "分母": indicator.denominator_words,
            "为什么看": indicator.why_it_matters,
            "方向与目标": f"{indicator.better.chinese}；目标类型：{indicator.target_kind.chinese}",
            "能否考核": "可以考核" if indicator.may_assess else f"只监测不考核。{indicator.may_assess_note}",
            "负责科室": session.office_name(indicator.office),
            "来源": f"{indicator.source}（{indicator.reviewed_on.isoformat()} 复核）",
            "注意": "；".join(formulas.cautions(indicator, catalog.measures)),
            "备注": indicator.note,
        }
        st.table({name: plain(text) for name, text in facts.items() if text}, border="horizontal")


def system_line(system: System, figures: Mapping[str, BoardRow]) -> dict[str, object]:
    fed = [f"{formulas.name(code, catalog)} {session.spoken_figure(figures[code])}" for code in system.feeds if code in figures]
    return {
        "名称": system.name,
        "类别": KINDS.get(system.kind, system.kind),
        "科室": session.office_name(system.office),
        "有什么数": system.data,
        "供出的数": "；".join(fed) or "、".join(formulas.name(code, catalog) for code in system.feeds) or "本年无量化指标",
    }


def feeds(system: System, figures: Mapping[str, BoardRow]) -> None:
    """Every figure that a platform or register feeds, one a line."""
    st.subheader(plain(system.name), anchor=False)
    st.caption(plain("；".join(text for text in (system.data, system.note) if text)))
    rows = [figures[code] for code in system.feeds if code in figures]
    if rows:
        board_lists.wrapped(
            [
                {
                    "名称": row.name,
                    "种类": "指标" if row.indicator in catalog.indicators else "数据项",
                    "科室": session.office_name(row.office),
                    "本期": session.spoken_figure(row),
                    "截至": day_words.as_of(row),
                }
                for row in rows
            ],
            f"{system.name}供出的数",
        )
    else:
        st.write("本年无量化指标。")


with page_head.head("指标口径"):
    if session.periods():
        month = pickers.period()
wanted = st.text_input("查找", key="q", bind="query-params", placeholder="输入指标、科室、平台的名称或代码", width=420).strip().lower()


def matches(*texts: str) -> bool:
    return all(any(word in text.lower() for text in texts) for word in wanted.split())


chosen = [i for i in catalog.indicators.values() if matches(i.name, i.code, session.office_name(i.office), formulas.indicator(i, catalog.measures))]
systems = [
    s for s in catalog.systems.values() if matches(s.name, s.id, session.office_name(s.office), s.data, *(formulas.name(code, catalog) for code in s.feeds))
]
st.subheader(plain(f"{len(chosen)} 项指标，{len(systems)} 个平台、台账和专项行动。"), anchor=False)
st.caption("这里的口径就是系统计算所用的口径，从同一份指标目录打印。只由台账得出的指标，没有收到台账的月份看板上不列。")

defined, feeding = st.tabs([plain(f"指标（{len(chosen)}）"), plain(f"平台、台账和专项行动（{len(systems)}）")])
with defined:
    if len(chosen) <= FEW:
        for indicator in chosen:
            definition(indicator)
    else:
        place = board_lists.chosen([indicator_line(indicator) for indicator in chosen], "指标口径", key=f"definitions-{wanted}")
        if place is None:
            st.caption("选一项指标，看它的完整口径：分母是什么、为什么看、来源和注意的地方。")
        else:
            definition(chosen[place])
with feeding:
    st.caption("没有数字的也列在这里；选一行，看它供出的每一个数。")
    figures = session.figures(month) if session.periods() else {}
    place = board_lists.chosen([system_line(system, figures) for system in systems], "平台、台账和专项行动", key=f"systems-{wanted}") if systems else None
    if place is not None:
        feeds(systems[place], figures)
