"""What of a board as it stood once is something else now, and that board itself; drawn alike for a meeting and for a day."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import streamlit as st

from kpi.meeting.differences import Drift
from kpi.meeting.editions import rounding_of
from kpi.meeting.frozen_rows import FrozenRow
from kpi.meeting.reasons import Cause, Moved
from kpi.period import Month
from kpi.present import day_words, numbers, statuses
from kpi.present.row_words import Spoken
from pages.widgets import board_lists, pickers, session
from pages.widgets.plain import bold, plain

_NOT_THERE = "没有这一项"


def status(spoken: Spoken | None) -> list[str]:
    """The cell of a column of badges."""
    return [statuses.badge(spoken.row.status)] if spoken else []


def line(drift: Drift) -> dict[str, object]:
    """What differs: the figure then and now, and by how much."""
    return {
        "指标": drift.name,
        "科室": session.office_name(drift.office),
        drift.then: drift.was.short if drift.was else _NOT_THERE,
        "现在": drift.now.short if drift.now else _NOT_THERE,
        "变动": drift.difference_words,
    }


def reasons(drift: Drift) -> str:
    """Why, in one cell."""
    return "；".join(reason.words for reason in drift.reasons)


def listed(drifted: Sequence[Drift], lines: Sequence[Mapping[str, object]], name: str, key: str, month: Month, org: str) -> None:
    """
    The table of what differs, how often for which cause, and of the row that is chosen the cells.

    Args:
        drifted: What differs; something does.
        lines: A row for each.
        name: What the table is, for those who have it read aloud.
        key: Of the choice.
        month: Of the board.
        org: Whose board it is.

    """
    counts = Counter(cause for drift in drifted for cause in dict.fromkeys(reason.cause for reason in drift.reasons))
    st.caption(plain(f"原因：{'，'.join(f'{cause} {counts[cause]} 项' for cause in Cause if counts[cause])}。选一行，看是哪几格变了。"))
    place = board_lists.chosen(lines, name, key=key)
    if place is not None or len(drifted) == 1:
        _detail(drifted[place or 0], month, org)


def board(rows: Iterable[FrozenRow], name: str) -> None:
    """The whole board as it stood."""
    frozen = list(rows)
    with numbers.ruled(rounding_of(frozen)):
        lines = [_board_line(Spoken(row.row, row.decimals).beside_change) | ({"科室": row.office_name} if row.office_name else {}) for row in frozen]
    board_lists.records(lines, name)


def _detail(drift: Drift, month: Month, org: str) -> None:
    st.markdown(bold(drift.words))
    if cells := [_cell_line(cell, drift.then) for reason in drift.reasons for cell in reason.cells]:
        board_lists.records(cells, "变动的单元格")
    if drift.now:
        query = pickers.address(drift.indicator, month, org)
        st.page_link("review/trends.py", label=plain(f"{drift.name}的趋势和来源"), icon=":material/show_chart:", query_params=query)


def _cell_line(cell: Moved, then: str) -> dict[str, object]:
    places = [f"{stated.file} {stated.sheet}!{stated.cell}" if stated else "" for stated in (cell.before, cell.after)]
    whose: dict[str, object] = {"单位": cell.whose} if cell.whose else {}
    return whose | {
        "数据项": cell.name,
        "期间": str(cell.period),
        "列": cell.column.chinese,
        then: numbers.stated(cell.was, cell.unit),
        "现在": numbers.stated(cell.now, cell.unit),
        f"{then}的出处": places[0],
        "现在的出处": places[1],
    }


def _board_line(spoken: Spoken) -> dict[str, object]:
    return {
        "状态": status(spoken),
        "指标": spoken.row.name,
        "科室": session.office_name(spoken.row.office),
        "数值": spoken.value,
        "目标": spoken.target,
        "上年同期": spoken.last_year,
        "同比": spoken.yoy,
        "截至": day_words.as_of(spoken.row),
    }
