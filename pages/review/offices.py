"""科室与单位：谁的指标没有达标、没有报齐，各下级按一个指标怎样排。"""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from kpi.compute.row import BoardRow, Status
from kpi.period import Month
from kpi.present import day_words, headlines, numbers, row_words, statuses
from kpi.review.ranking import Ranked, Ranking
from kpi.review.scoring import Scored, totals
from pages.widgets import board_lists, organisations, page_head, pickers, session
from pages.widgets.plain import bold, plain

ORDER = (Status.MISSED, Status.BEHIND, Status.UNDECIDED, Status.UNREPORTED)


@dataclass(frozen=True, slots=True)
class OfficeRows:
    """An office, or an organisation, with its rows of the board."""

    name: str
    rows: Sequence[BoardRow]
    scored: Sequence[Scored]
    org: str
    office: str | None

    def count(self, status: Status) -> int:
        return statuses.tally(self.rows)[status]

    @property
    def whole(self) -> int:
        """How many of its indicators lack nobody's figures."""
        return sum(row.below.counted == row.below.leaves for row in self.rows)


def of_offices(month: Month, org: str) -> list[OfficeRows]:
    rows, scored = session.rows(month, org=org), session.scored(month, org)
    offices = dict.fromkeys(row.office for row in rows)
    return [
        OfficeRows(
            session.office_name(code), [row for row in rows if row.office == code], [result for result in scored if result.row.office == code], org, code
        )
        for code in offices
    ]


def of_children(month: Month, children: Sequence[str]) -> list[OfficeRows]:
    names = session.bureau().catalog.orgs
    return [OfficeRows(names[child].name, session.rows(month, org=child), session.scored(month, child), child, None) for child in children]


def answer(standings: Sequence[OfficeRows], noun: str) -> str:
    """The first line: who has not reported all, for what is not there cannot be missed; then how many have missed something, and who most."""
    silent = sum(office.count(Status.UNREPORTED) == len(office.rows) for office in standings)
    lacking = sum(office.whole < len(office.rows) for office in standings) - silent
    missing = [office for office in standings if office.count(Status.MISSED)]
    behind = sum(bool(office.count(Status.BEHIND)) for office in standings if office not in missing)
    if silent == len(standings):
        return f"{silent} 个{noun}一项都没有报。"
    everyone = lacking == len(standings)
    gaps = [f"{silent} 个一项都没有报" if silent else "", f"{lacking} 个没有报齐" if lacking and not everyone else "都没有报齐" if everyone else ""]
    sentence = "，".join(gap for gap in gaps if gap)
    most = f"有未达标的指标，最多的是{missing[0].name}（{missing[0].count(Status.MISSED)} 项）" if missing else ""
    if sentence:
        verdict = f"已报的指标里，{len(missing)} 个{noun}{most}" if missing else "已报的指标里没有未达标的"
    else:
        verdict = f"{len(missing)} 个{most}" if missing else "都没有未达标的指标"
    rest = f"；{behind} 个只有滞后的" if behind else ""
    return f"{len(standings)} 个{noun}{'' if everyone or not (sentence or missing) else '中 '}{sentence}{'；' if sentence else ''}{verdict}{rest}。"


def points(standing: OfficeRows) -> str:
    earned = totals(standing.scored)
    if not earned:
        return ""
    got, of, still = (sum(getattr(total, name) for total in earned) for name in ("scored", "points", "open"))
    if not of:
        return f"未定 / {still:f}"
    return f"{numbers.figure(got, 2)} / {of + still:f}" + (f"，其中 {still:f} 分未定" if still else "")


def line(standing: OfficeRows, noun: str) -> dict[str, object]:
    counted: dict[str, object] = {status.value: str(standing.count(status) or "") for status in (*ORDER, Status.MET, Status.NO_TARGET)}
    return {noun: standing.name} | counted | {"报齐": f"{standing.whole}/{len(standing.rows)} 项", "考核得分": points(standing)}


def late_line(row: BoardRow) -> dict[str, object]:
    spoken = session.spoken(row)
    return {
        "状态": [statuses.badge(row.status)],
        "指标": row.name,
        "完成": spoken.short,
        "目标": spoken.target,
        "差距": spoken.gap,
        "截至": day_words.as_of(row),
    }


def rank_line(child: Ranked, ranking: Ranking) -> dict[str, object]:
    spoken = row_words.Spoken(child.row, ranking.decimals)
    return {
        "名次": str(child.rank or ""),
        "单位": child.name,
        "数值": spoken.value,
        "没有名次的原因": child.reason,
        "目标": spoken.target if child.row.target.value is not None else "",
        "状态": [statuses.badge(statuses.assessed(child.row))],
        "截至": day_words.as_of(child.row) if child.row.figure.value is not None else "",
    }


def chosen(standing: OfficeRows, month: Month) -> None:
    late = [row for row in session.missed(month, standing.org) if standing.office in (None, row.office)]
    if late:
        board_lists.records([late_line(row) for row in late], f"{standing.name}未达标和滞后的指标")
    else:
        st.success(plain(f"{standing.name}没有未达标或滞后的指标。"), icon=":material/check:")
    if still_open := [board_lists.undecided_line(row) for row in standing.rows if statuses.assessed(row) is Status.UNDECIDED]:
        board_lists.records(board_lists.without_empty(still_open), f"{standing.name}未定的指标")
    if standing.office is not None:
        query = pickers.view(month, standing.org, standing.office)
        st.page_link("review/targets.py", label=plain(f"{standing.name}的未达标"), icon=":material/flag:", query_params=query)
    else:
        st.button(plain(f"进入{standing.name}"), icon=":material/subdirectory_arrow_right:", type="tertiary", on_click=pickers.choose, args=(standing.org,))


def ranking(month: Month, org: str) -> None:
    st.subheader("按一个指标排名", anchor=False)
    ranking = session.ranked(pickers.indicator(), month, org)
    st.markdown(bold(headlines.ranked([child.rank for child in ranking.rows], ranking.reason)))
    day = f"，按截至 {day_words.day(ranking.as_of, month.year)}的数排" if ranking.as_of and not ranking.reason else ""
    st.caption(plain(f"{ranking.better.chinese}{day}；同分同名次，用没有舍入的数比。缺数的、截止日不同的、样本少的不排，写明原因。"))
    board_lists.records(board_lists.without_empty([rank_line(child, ranking) for child in ranking.rows]), f"{ranking.name}的排名")


with page_head.head("科室与单位"):
    org = pickers.org()
    month = pickers.period()
children = session.bureau().catalog.children(org, month, month)
noun = "单位" if children else "科室"
standings = of_children(month, children) if children else of_offices(month, org)
standings.sort(key=lambda office: [-office.count(status) for status in ORDER])
st.subheader(plain(f"{session.whose(org)}{month.chinese}：{answer(standings, '下级单位' if children else '科室')}"), anchor=False)
st.caption(
    plain(day_words.of_board([row for office in standings for row in office.rows]) + "未达标多的在前，一样多的看滞后、未定、未报。考核得分写作得分 / 满分。")
)
organisations.state(org, month, [*session.rows(month, org=org), *(row for office in standings for row in office.rows)])
if not children and (idle := [office.name for code, office in session.bureau().catalog.offices.items() if code not in {rows.office for rows in standings}]):
    st.caption(plain(f"没有指标的科室不列：{'、'.join(idle)}；报表照样要报，见「报送情况」。"))
place = board_lists.chosen(board_lists.without_empty([line(rows, noun) for rows in standings]), f"各{noun}的指标", key=f"standings-{org}")
if place is None:
    st.caption(plain(f"选一行，可以看到这个{noun}哪些指标没有达标，未定的为什么未定。"))
else:
    chosen(standings[place], month)
if children:
    ranking(month, org)
