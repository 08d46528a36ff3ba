"""What of a board as it stood once is something else now, and that board itself (会议版、当时所知): tables and the cells of a change."""

from collections import Counter
from collections.abc import Iterable, Sequence

from kpi.meeting.differences import Drift
from kpi.meeting.editions import rounding_of
from kpi.meeting.frozen_rows import FrozenRow
from kpi.meeting.reasons import Cause, Moved
from kpi.present import day_words, numbers, statuses
from kpi.present.html.engine import render
from kpi.present.html.table import Badge, Cell, Column, Row, Table, status_badge
from kpi.present.row_words import Spoken
from kpi.store.submission import Stated
from pages.bodies import filing_cells
from pages.view import View
from pages.widgets import session

_NOT_THERE = "没有这一项"
BOARD = (
    Column("状态"),
    Column("指标", title=True),
    Column("科室"),
    Column("数值", numeric=True),
    Column("目标", numeric=True),
    Column("上年同期", numeric=True),
    Column("同比", numeric=True),
    Column("截至"),
)


def table(view: View, drifted: Sequence[Drift], name: str) -> Table:
    """What differs: the figure then and now, by how much, and why; a row opens the cells."""
    then = drifted[0].then if drifted else "当时"
    columns = (
        Column(f"{then}状态"),
        Column("指标", title=True),
        Column("科室"),
        Column(then, numeric=True),
        Column("现在", numeric=True),
        Column("变动", numeric=True),
        Column("现在状态"),
        Column("原因", most="30em"),
    )
    return Table(name, columns, [_row(view, drift, chosen(view, drifted)) for drift in drifted], classes="k-labelled")


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


def cells(drift: Drift) -> Table:
    """The cells that moved: what they said and say, and where."""
    columns = (
        Column("单位"),
        Column("数据项", title=True),
        Column("期间"),
        Column("列"),
        Column(drift.then, numeric=True),
        Column("现在", numeric=True),
        Column(f"{drift.then}的出处", most="24em"),
        Column("现在的出处", most="24em"),
    )
    return Table("变动的单元格", columns, [_cell_row(cell, drift.then) for reason in drift.reasons for cell in reason.cells])


def board(rows: Iterable[FrozenRow], name: str) -> Table:
    """The whole board as it stood, rounded as it was then."""
    frozen = list(rows)
    with numbers.ruled(rounding_of(frozen)):
        return Table(name, BOARD, [_board_row(Spoken(row.row, row.decimals).beside_change, row.office_name) for row in frozen], search=True)


def status(spoken: Spoken | None) -> Cell:
    """状态, sorted from the gravest on."""
    if spoken is None:
        return Cell()
    is_now = spoken.row.status
    return Cell(value=list(statuses.SHAPES).index(is_now), badges=(badge(spoken),))


def badge(spoken: Spoken) -> Badge:
    """The badge of a status."""
    return status_badge(spoken.row.status, statuses.badge(spoken.row.status))


def _row(view: View, drift: Drift, opened: Drift | None) -> Row:
    was, now = drift.was, drift.now
    cells = {
        f"{drift.then}状态": status(was),
        "指标": Cell(drift.name),
        "科室": Cell(session.office_name(drift.office)),
        drift.then: Cell(was.short, was.row.figure.value) if was else Cell(_NOT_THERE),
        "现在": Cell(now.short, now.row.figure.value) if now else Cell(_NOT_THERE),
        "变动": Cell(drift.difference_words, drift.difference or None),
        "现在状态": status(now),
        "原因": Cell("；".join(reason.words for reason in drift.reasons)),
    }
    return Row(cells, view.link(row=drift.indicator), chosen=opened is drift)


def _cell_row(cell: Moved, then: str) -> Row:
    cells = {
        "单位": Cell(cell.whose or ""),
        "数据项": Cell(cell.name),
        "期间": Cell(cell.period.chinese, cell.period.first_day),
        "列": Cell(cell.column.chinese),
        then: filing_cells.stated(cell.was, cell.unit),
        "现在": filing_cells.stated(cell.now, cell.unit),
        f"{then}的出处": Cell(_place(cell.before)),
        "现在的出处": Cell(_place(cell.after)),
    }
    return Row(cells)


def _place(stated: Stated | None) -> str:
    return f"{stated.file} {stated.sheet}!{stated.cell}" if stated else ""


def _board_row(spoken: Spoken, office: str) -> Row:
    row = spoken.row
    cells = {
        "状态": status(spoken),
        "指标": Cell(row.name),
        "科室": Cell(office or session.office_name(row.office)),
        "数值": Cell(spoken.value, row.figure.value if row.figure.value is not None else row.figure.reported_value),
        "目标": Cell(spoken.target, row.target.value),
        "上年同期": Cell(spoken.last_year, row.last_year.value),
        "同比": Cell(spoken.yoy, row.last_year.yoy),
        "截至": Cell(day_words.as_of(row), row.figure.as_of),
    }
    return Row(cells)
