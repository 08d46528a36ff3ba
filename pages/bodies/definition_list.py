"""指标口径：每个指标怎样算、为什么看、由谁报；每个平台和台账供了哪些数。"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kpi.catalog.definition_periods import definition_periods
from kpi.catalog.indicator import Indicator
from kpi.catalog.office import System
from kpi.catalog.target import Target
from kpi.compute.row import BoardRow
from kpi.meeting import definition_history
from kpi.meeting.definition_history import Definition
from kpi.period import Month
from kpi.present import day_words, definition_words, formulas, target_words
from kpi.present.html.engine import render
from kpi.present.html.table import HtmlCell, HtmlColumn, HtmlRow, HtmlTable
from pages.view import View
from pages.widgets import session

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
INDICATORS = (
    HtmlColumn("指标", title=True),
    HtmlColumn("科室"),
    HtmlColumn("单位"),
    HtmlColumn("方向"),
    HtmlColumn("目标"),
    HtmlColumn("考核"),
    HtmlColumn("公式", most="34em"),
)
SYSTEMS = (HtmlColumn("名称", title=True), HtmlColumn("类别"), HtmlColumn("科室"), HtmlColumn("有什么数", most="24em"), HtmlColumn("供出的数", most="34em"))
FED = (HtmlColumn("名称", title=True), HtmlColumn("种类"), HtmlColumn("科室"), HtmlColumn("本期", numeric=True), HtmlColumn("截至"))
PERIODS = (
    HtmlColumn("从哪个月"),
    HtmlColumn("到哪个月"),
    HtmlColumn("口径", title=True, most="30em"),
    HtmlColumn("改了什么", most="30em"),
    HtmlColumn("谁改的，为什么", most="20em"),
    HtmlColumn("依据", most="20em"),
)
CHANGES = (HtmlColumn("从哪天起"), HtmlColumn("什么", title=True), HtmlColumn("内容", most="34em"), HtmlColumn("依据", most="26em"))


@dataclass(frozen=True, slots=True)
class IndicatorEntry:
    """An indicator in full: its facts by their names, what changed of it, and where its figure is."""

    name: str
    facts: Mapping[str, str]
    periods: HtmlTable
    changes: HtmlTable
    links: Sequence[tuple[str, str]]
    define: str  # where it can be changed


@dataclass(frozen=True, slots=True)
class SystemEntry:
    """A platform or register, and every figure that it feeds."""

    name: str
    about: str
    fed: HtmlTable


def body(view: View) -> str:
    """The page below its head."""
    catalog = session.bureau().catalog
    indicators, systems = _indicators(view), _systems(view)
    opened = [catalog.indicators[view.get("row")]] if view.get("row") in catalog.indicators else indicators if len(indicators) <= FEW else []
    system = catalog.systems.get(view.get("row"))
    counted = [f"{len(indicators)} 项指标", *([f"{len(systems)} 个平台、台账和专项行动"] if catalog.systems else [])]
    return render(
        "definitions.html",
        answer=f"{'，'.join(counted)}。",
        by_ledger=bool(catalog.ledgers),
        entries=[_entry(view, indicator) for indicator in opened],
        system=_system_entry(view, system) if system else None,
        indicators=_indicator_table(view, indicators),
        systems=_system_table(view, systems),
    )


def tables(view: View) -> list[HtmlTable]:
    """What the page gives away."""
    every = [_indicator_table(view, _indicators(view)), _system_table(view, _systems(view))]
    return [table for table in every if table.rows]


def _matches(view: View, *texts: str) -> bool:
    """Whether every word that is looked for stands in one of the texts."""
    return all(any(word in text.lower() for text in texts) for word in view.get("q").lower().split())


def _indicators(view: View) -> list[Indicator]:
    catalog = session.bureau().catalog
    return [
        indicator
        for indicator in catalog.indicators.values()
        if _matches(view, indicator.name, indicator.code, session.office_name(indicator.office), formulas.indicator(indicator, catalog.measures))
    ]


def _systems(view: View) -> list[System]:
    catalog = session.bureau().catalog
    return [
        system
        for system in catalog.systems.values()
        if _matches(view, system.name, system.id, session.office_name(system.office), system.data, *(formulas.name(code, catalog) for code in system.feeds))
    ]


def _indicator_table(view: View, indicators: Sequence[Indicator]) -> HtmlTable:
    measures = session.bureau().catalog.measures
    rows = [
        HtmlRow(
            {
                "指标": HtmlCell(indicator.name),
                "科室": HtmlCell(session.office_name(indicator.office)),
                "单位": HtmlCell(indicator.unit),
                "方向": HtmlCell(indicator.better.chinese),
                "目标": HtmlCell(indicator.target_kind.chinese),
                "考核": HtmlCell("可以考核" if indicator.may_assess else "只监测不考核"),
                "公式": HtmlCell(formulas.indicator(indicator, measures)),
            },
            view.link(row=indicator.code),
            chosen=view.get("row") == indicator.code,
        )
        for indicator in indicators
    ]
    return HtmlTable("指标口径", INDICATORS, rows)


def _entry(view: View, indicator: Indicator) -> IndicatorEntry:
    catalog = session.bureau().catalog
    facts = {
        "算法": formulas.indicator(indicator, catalog.measures),
        "分母": indicator.denominator_words,
        "为什么看": indicator.why_it_matters,
        "方向与目标": f"{indicator.better.chinese}；目标类型：{indicator.target_kind.chinese}",
        "能否考核": "可以考核" if indicator.may_assess else f"只监测不考核。{indicator.may_assess_note}",
        "负责科室": session.office_name(indicator.office),
        "来源": f"{indicator.source}（{indicator.reviewed_on.isoformat()} 复核）",
        "注意": "；".join(formulas.cautions(indicator, catalog.measures, catalog.year)),
        "备注": indicator.note,
    }
    shown = session.periods() and any(row.indicator == indicator.code for row in session.rows(view.period, org=view.org))
    links = [("这个月的数和来历", view.link(figure=indicator.code)), ("趋势", view.link("trends", code=indicator.code))] if shown else []
    define = view.link("catalog", noun="indicator", row=indicator.code)
    return IndicatorEntry(indicator.name, {name: text for name, text in facts.items() if text}, _periods(indicator), _changes(indicator), links, define)


def _periods(indicator: Indicator) -> HtmlTable:
    """From which month to which each definition held, the one in force first; empty where there was but one."""
    measures = session.bureau().catalog.measures
    known = definition_periods(indicator)
    rows = []
    for before, period in zip((None, *known), known, strict=False):
        facts = definition_words.details(before.indicator, period.indicator, measures) if before else []
        cells = {
            "从哪个月": HtmlCell(period.first.chinese, period.first.first_day) if period.first else HtmlCell("最早"),
            "到哪个月": HtmlCell(period.last.chinese, period.last.first_day) if period.last else HtmlCell("现行"),
            "口径": HtmlCell(formulas.indicator(period.indicator, measures), note=period.indicator.unit),
            "改了什么": HtmlCell("；".join(facts)),
            "谁改的，为什么": HtmlCell(definition_words.circumstances(period.change) if period.change else ""),
            "依据": HtmlCell(period.change.document if period.change else ""),
        }
        rows.append(HtmlRow(cells))
    return HtmlTable("口径沿革", PERIODS, rows[::-1] if len(known) > 1 else [])


def _changes(indicator: Indicator) -> HtmlTable:
    """What was asked for and how it was defined, the latest first, as far as targets and editions keep it."""
    targets = [target for (code, _), every in session.bureau().catalog.targets.items() if code == indicator.code for target in every]
    rows = [(target.first_day(session.bureau().catalog.year), _target_row(indicator, target)) for target in targets]
    history = session.kept(_history)[indicator.code]
    for earlier, definition in pairwise(history):
        if earlier.recorded and definition.recorded:  # the catalogue tells of it, from which month on
            continue
        day = definition.day or indicator.reviewed_on
        rows.append((day, _definition_row(earlier, definition)))
    return HtmlTable("目标和口径的变动", CHANGES, [row for _, row in sorted(rows, key=lambda dated: dated[0], reverse=True)])


def _target_row(indicator: Indicator, target: Target) -> HtmlRow:
    catalog = session.bureau().catalog
    day = target.first_day(catalog.year)
    unit = catalog.at(Month.of(day)).indicators[indicator.code].unit
    words = target_words.asked(target.kind, target.value, target.upper, unit)
    reference = next((reference for reference in catalog.references.values() if reference.code == target.per), None)
    whose = catalog.called(None, target.org)
    cells = {
        "从哪天起": HtmlCell(day.isoformat(), day),
        "什么": HtmlCell(f"{whose}{catalog.year.chinese(target.year)}目标{'（年中调整）' if target.since else ''}"),
        "内容": HtmlCell(f"{words}{f'，每{reference.name}' if reference else ''}", note=target.note),
        "依据": HtmlCell(target.document),
    }
    return HtmlRow(cells)


def _definition_row(earlier: Definition, definition: Definition) -> HtmlRow:
    seen = f"会议版 {definition.code}" if definition.code else "现在的指标目录"
    day = HtmlCell(definition.day.isoformat(), definition.day, note="定稿时已经这样") if definition.day else HtmlCell("最近一次定稿以后")
    cells = {"从哪天起": day, "什么": HtmlCell("口径"), "内容": HtmlCell(f"由「{earlier.words}」改为「{definition.words}」"), "依据": HtmlCell(seen)}
    return HtmlRow(cells)


def _history() -> dict[str, tuple[Definition, ...]]:
    return definition_history.definitions(session.bureau())


def _figures(view: View) -> Mapping[str, BoardRow]:
    return session.figures(view.period, view.org) if session.periods() else {}


def _system_table(view: View, systems: Sequence[System]) -> HtmlTable:
    catalog, figures = session.bureau().catalog, _figures(view)
    rows = []
    for system in systems:
        fed = [f"{formulas.name(code, catalog)} {session.spoken_figure(figures[code])}" for code in system.feeds if code in figures]
        cells = {
            "名称": HtmlCell(system.name),
            "类别": HtmlCell(KINDS.get(system.kind, system.kind)),
            "科室": HtmlCell(session.office_name(system.office)),
            "有什么数": HtmlCell(system.data),
            "供出的数": HtmlCell("；".join(fed) or "、".join(formulas.name(code, catalog) for code in system.feeds) or "本年无量化指标"),
        }
        rows.append(HtmlRow(cells, view.link(row=system.id), chosen=view.get("row") == system.id))
    return HtmlTable("平台、台账和专项行动", SYSTEMS, rows)


def _system_entry(view: View, system: System) -> SystemEntry:
    """Every figure that a platform or register feeds."""
    catalog, figures = session.bureau().catalog, _figures(view)
    rows = []
    for row in (figures[code] for code in system.feeds if code in figures):
        cells = {
            "名称": HtmlCell(row.name),
            "种类": HtmlCell("指标" if row.indicator in catalog.indicators else "数据项"),
            "科室": HtmlCell(session.office_name(row.office)),
            "本期": HtmlCell(session.spoken_figure(row), row.figure.value),
            "截至": HtmlCell(day_words.as_of(row), row.figure.as_of),
        }
        rows.append(HtmlRow(cells, view.link(figure=row.indicator)))
    return SystemEntry(system.name, "；".join(text for text in (system.data, system.note) if text), HtmlTable(f"{system.name}供出的数", FED, rows))
