"""What of a board as it stood once is something else now, and that board itself (会议版、当时所知): tables and the cells of a change."""

from collections import Counter
from collections.abc import Iterable, Sequence

from kpi.meeting.differences import Drift
from kpi.meeting.editions import rounding_of
from kpi.meeting.frozen_rows import FrozenRow
from kpi.meeting.reasons import Cause, Moved
from kpi.present import day_words, numbers
from kpi.present.html.engine import render
from kpi.present.html.table import HtmlCell, HtmlColumn, HtmlRow, HtmlTable
from kpi.present.row_words import Spoken
from kpi.store.submission import Stated
from pages.bodies import filing_cells, row_cells
from pages.view import View
from pages.widgets import session

_NOT_THERE = "没有这一项"
BOARD = (
    HtmlColumn("状态"),
    HtmlColumn("指标", title=True),
    HtmlColumn("科室"),
    HtmlColumn("数值", numeric=True),
    HtmlColumn("目标", numeric=True),
    HtmlColumn("上年同期", numeric=True),
    HtmlColumn("同比", numeric=True),
    HtmlColumn("截至"),
)


def table(view: View, drifted: Sequence[Drift], name: str) -> HtmlTable:
    """What differs: the figure then and now, by how much, and why; a row opens the cells."""
    then = drifted[0].then if drifted else "当时"
    columns = (
        HtmlColumn(f"{then}状态"),
        HtmlColumn("指标", title=True),
        HtmlColumn("科室"),
        HtmlColumn(then, numeric=True),
        HtmlColumn("现在", numeric=True),
        HtmlColumn("变动", numeric=True),
        HtmlColumn("现在状态"),
        HtmlColumn("原因", most="30em"),
    )
    return HtmlTable(name, columns, [_row(view, drift, chosen(view, drifted)) for drift in drifted], classes="k-labelled")


def causes(drifted: Sequence[Drift]) -> str:
    """How often for which cause, and what a row opens."""
    counts = Counter(cause for drift in drifted for cause in dict.fromkeys(reason.cause for reason in drift.reasons))
    return f"原因：{'，'.join(f'{cause} {counts[cause]} 项' for cause in Cause if counts[cause])}。点一行，看是哪几格变了。"


def chosen(view: View, drifted: Sequence[Drift]) -> Drift | None:
    """The difference that is opened: the one that the address names, else the only one."""
    named = next((drift for drift in drifted if drift.indicator == view.get("row")), None)
    return named or (drifted[0] if len(drifted) == 1 else None)


def detail(view: View, drift: Drift | None) -> str:
    """A difference in one sentence, with the cells that moved; empty where none is opened."""
    if drift is None:
        return ""
    link = view.link("trends", code=drift.indicator) if drift.now else ""
    return render("drift.html", drift=drift, cells=cells(drift), link=link)


def cells(drift: Drift) -> HtmlTable:
    """The cells that moved: what they said and say, and where."""
    columns = (
        HtmlColumn("单位"),
        HtmlColumn("数据项", title=True),
        HtmlColumn("期间"),
        HtmlColumn("列"),
        HtmlColumn(drift.then, numeric=True),
        HtmlColumn("现在", numeric=True),
        HtmlColumn(f"{drift.then}的出处", most="24em"),
        HtmlColumn("现在的出处", most="24em"),
    )
    return HtmlTable("变动的单元格", columns, [_cell_row(cell, drift.then) for reason in drift.reasons for cell in reason.cells])


def board(rows: Iterable[FrozenRow], name: str) -> HtmlTable:
    """The whole board as it stood, rounded as it was then."""
    frozen = list(rows)
    with numbers.ruled(rounding_of(frozen)):
        return HtmlTable(name, BOARD, [_board_row(Spoken(row.row, row.decimals).beside_change, row.office_name) for row in frozen], search=True)


def status(spoken: Spoken | None) -> HtmlCell:
    """状态, as the board of today says it; empty of a row that is not there."""
    return row_cells.status(spoken.row) if spoken else HtmlCell()


def _row(view: View, drift: Drift, opened: Drift | None) -> HtmlRow:
    was, now = drift.was, drift.now
    cells = {
        f"{drift.then}状态": status(was),
        "指标": HtmlCell(drift.name),
        "科室": HtmlCell(session.office_name(drift.office)),
        drift.then: HtmlCell(was.short, was.row.figure.value) if was else HtmlCell(_NOT_THERE),
        "现在": HtmlCell(now.short, now.row.figure.value) if now else HtmlCell(_NOT_THERE),
        "变动": HtmlCell(drift.difference_words, drift.difference or None),
        "现在状态": status(now),
        "原因": HtmlCell("；".join(reason.words for reason in drift.reasons)),
    }
    return HtmlRow(cells, view.link(row=drift.indicator), chosen=opened is drift)


def _cell_row(cell: Moved, then: str) -> HtmlRow:
    cells = {
        "单位": HtmlCell(cell.whose or ""),
        "数据项": HtmlCell(cell.name),
        "期间": HtmlCell(cell.period.chinese, cell.period.first_day),
        "列": HtmlCell(cell.column.chinese),
        then: filing_cells.stated(cell.was, cell.unit),
        "现在": filing_cells.stated(cell.now, cell.unit),
        f"{then}的出处": HtmlCell(_place(cell.before)),
        "现在的出处": HtmlCell(_place(cell.after)),
    }
    return HtmlRow(cells)


def _place(stated: Stated | None) -> str:
    return f"{stated.file} {stated.sheet}!{stated.cell}" if stated else ""


def _board_row(spoken: Spoken, office: str) -> HtmlRow:
    row = spoken.row
    cells = {
        "状态": status(spoken),
        "指标": HtmlCell(row.name),
        "科室": HtmlCell(office or session.office_name(row.office)),
        "数值": HtmlCell(spoken.value, row.figure.value if row.figure.value is not None else row.figure.reported_value),
        "目标": HtmlCell(spoken.target, row.target.value),
        "上年同期": HtmlCell(spoken.last_year, row.last_year.value),
        "同比": HtmlCell(spoken.yoy, row.last_year.yoy),
        "截至": HtmlCell(day_words.as_of(row), row.figure.as_of),
    }
    return HtmlRow(cells)
