"""未达标：哪些指标没有达标，差多少，怎样补上。"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from kpi.compute.row import BoardRow, Status
from kpi.present import day_words, headlines, numbers, statuses, undecided, verdicts
from kpi.present.html.engine import render
from kpi.present.html.table import HtmlCell, HtmlColumn, HtmlTable
from kpi.review.board import late
from kpi.value import State
from pages.bodies import follow_up_lines, organisation_notes, row_cells
from pages.choices import NO_AREA, STATUSES
from pages.view import View
from pages.widgets import session

HOW = "进度与数据截止日当天的序时进度相比，比率直接与目标相比；差得不超过容差是滞后，超过是未达标，每项的容差写在它的「目标依据」里。"
_STATUS, _INDICATOR, _TARGET = HtmlColumn("状态"), HtmlColumn("指标", title=True, note_head="科室"), HtmlColumn("目标", numeric=True)
_DONE, _LAST_YEAR = HtmlColumn("完成", numeric=True, note_head="目标"), HtmlColumn("上年同期", numeric=True, note_head="同比")
LATE = (
    _STATUS,
    _INDICATOR,
    _DONE,
    HtmlColumn("进度"),
    HtmlColumn("差距", numeric=True, note_head="连续未达标月数"),
    HtmlColumn("怎样补上", wide=True, note_head="推算、波动和说明"),
    _LAST_YEAR,
)
MET = (_STATUS, _INDICATOR, _DONE, HtmlColumn("进度"), _LAST_YEAR, HtmlColumn("截至"))
UNDECIDED = (_STATUS, _INDICATOR, HtmlColumn("现在", numeric=True), _TARGET, HtmlColumn("为什么未定"), HtmlColumn("要等什么"), HtmlColumn("截至"))
UNREPORTED = (_STATUS, _INDICATOR, _TARGET, HtmlColumn("填报值", numeric=True), HtmlColumn("原因"))
UNASKED = (_STATUS, _INDICATOR, HtmlColumn("完成", numeric=True), _TARGET, _LAST_YEAR, HtmlColumn("截至"))
MONITORED = (_INDICATOR, HtmlColumn("完成", numeric=True), HtmlColumn("同比", numeric=True))


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the page: its title, what must be known of it, and its rows."""

    title: str
    note: str
    table: HtmlTable


def body(view: View) -> str:
    """The page below its head."""
    board = rows(view)
    name = session.called(view.office, view.org) if view.office else ""
    listed = [section for section in sections(view, board) if section.table.rows]
    missed = any(statuses.assessed(row) is Status.MISSED for row in board)
    return render(
        "targets.html",
        view=view,
        answer=headlines.missed(board, session.office_name) if not view.office else f"{name}：{headlines.headline(board).removesuffix('。')}",
        rest=headlines.headline(board) if missed and not view.office else "",
        days=day_words.of_board(board) + (HOW if any(row.status in statuses.JUDGED for row in board) else ""),
        notes=organisation_notes.of_board(view.org, view.period, board),
        sections=listed,
        all_met=view.get("status") == "late" and headlines.all_met(board),
        nothing="" if listed else "没有这样的指标。",
    )


def rows(view: View) -> list[BoardRow]:
    """The rows of the office and area that were chosen."""
    catalog = session.bureau().catalog
    board = session.rows(view.period, view.office, view.org)
    if view.area is None:
        return list(board)
    return [row for row in board if (area.code if (area := catalog.area_of(row.indicator)) else NO_AREA.value) == view.area]


def tables(view: View) -> list[HtmlTable]:
    """What the page gives away: the tables of its parts."""
    return [section.table for section in sections(view, rows(view)) if section.table.rows]


def sections(view: View, board: Sequence[BoardRow]) -> list[Section]:
    """The parts of the page for the status that was chosen."""
    chosen = view.get("status")
    late_rows = late(board)
    if chosen in ("missed", "behind"):
        late_rows = [row for row in late_rows if row.status is STATUSES[chosen]]
    open_rows = [row for row in board if statuses.assessed(row) is Status.UNDECIDED]
    silent = [row for row in board if row.status is Status.UNREPORTED]
    met = [row for row in board if statuses.assessed(row) is Status.MET]
    unasked = [row for row in board if row.may_assess and row.status is Status.NO_TARGET]
    monitored = [row for row in board if not row.may_assess and row.status is not Status.UNREPORTED]
    law = session.bureau().catalog.indicators[monitored[0].indicator].may_assess_note if monitored else ""
    every = {
        "late": _section(
            view, "未达标和滞后", "差距大的在前；点开一行，看目标依据、推算、波动和来自哪张表的哪个单元格。", LATE, late_rows, partial(late_cells, view)
        ),
        "undecided": _section(
            view,
            "未定",
            "现有的数还不能断定达标还是不达标；每项写明为什么，和要等谁报什么、等到哪天；等不来的空着。",
            UNDECIDED,
            open_rows,
            undecided_cells,
        ),
        "unreported": _section(view, "未报", "没有数，不能判断。", UNREPORTED, silent, unreported_cells),
        "met": _section(view, "达标", "", MET, met, met_cells),
        "unasked": _section(view, "无目标", "没有下达目标，不判断是否达标。", UNASKED, unasked, unasked_cells),
        "monitored": _section(view, "只监测不考核", f"依法不得用于考核，不计入未达标。{law}", MONITORED, monitored, monitored_cells),
    }
    shown = {"late": ("late", "undecided", "unreported", "monitored"), "missed": ("late",), "behind": ("late",), "all": tuple(every)}.get(chosen, (chosen,))
    return [every[key] for key in shown]


def _section(
    view: View, title: str, note: str, columns: Sequence[HtmlColumn], rows: Sequence[BoardRow], cells: Callable[[BoardRow], dict[str, HtmlCell]]
) -> Section:
    lines = [row_cells.table_row(view, row, cells(row)) for row in rows]
    return Section(f"{title}（{len(rows)} 项）", note, HtmlTable(title, columns, lines))


def late_cells(view: View, row: BoardRow) -> dict[str, HtmlCell]:
    spoken, outlook, (months, since) = session.spoken(row), session.outlook_of(row), row_cells.missed_months(row)
    words = verdicts.lines(spoken, outlook)
    notes = [words.get("推算", ""), words.get("波动", ""), f"科室说明：{explained}" if (explained := row_cells.explanations(row)) else ""]
    return {
        "状态": row_cells.status(row),
        "指标": replace(row_cells.name(row), tail=follow_up_lines.tail(view, row)),
        "完成": HtmlCell(spoken.short, row.figure.value, note=f"目标 {spoken.target}", note_value=row.target.value),
        "进度": row_cells.progress(row),
        "差距": replace(row_cells.gap(row), note=since, note_value=months or None),
        "怎样补上": HtmlCell(verdicts.need_briefly(spoken, outlook), notes=tuple(note for note in notes if note)),
        "上年同期": row_cells.last_year(row),
    }


def met_cells(row: BoardRow) -> dict[str, HtmlCell]:
    return {
        "状态": row_cells.status(row),
        "指标": row_cells.name(row),
        "完成": HtmlCell(session.spoken(row).short, row.figure.value, note=f"目标 {session.spoken(row).target}", note_value=row.target.value),
        "进度": row_cells.progress(row),
        "上年同期": row_cells.last_year(row),
        "截至": row_cells.as_of(row),
    }


def undecided_cells(row: BoardRow) -> dict[str, HtmlCell]:
    spoken, catalog = session.spoken(row), session.bureau().catalog
    return {
        "状态": row_cells.status(row),
        "指标": row_cells.name(row),
        "现在": HtmlCell(spoken.value, row.figure.value),
        "目标": row_cells.target(row),
        "为什么未定": HtmlCell(undecided.why(row, spoken.decimals, catalog)),
        "要等什么": HtmlCell(undecided.until(row, spoken.decimals, catalog)),
        "截至": row_cells.as_of(row),
    }


def unreported_cells(row: BoardRow) -> dict[str, HtmlCell]:
    spoken, why = session.spoken(row), session.why_absent(row.indicator, row.period, row.org)
    typed = row.figure.reported_value
    return {
        "状态": row_cells.status(row),
        "指标": row_cells.name(row),
        "目标": row_cells.target(row),
        "填报值": HtmlCell(spoken.printed, typed) if typed is not None else HtmlCell(numbers.NOTHING),
        "原因": HtmlCell("科室没有报" if why == State.UNREPORTED else why),
    }


def unasked_cells(row: BoardRow) -> dict[str, HtmlCell]:
    return {
        "状态": row_cells.status(row),
        "指标": row_cells.name(row),
        "完成": row_cells.figure(row),
        "目标": row_cells.target(row),
        "上年同期": row_cells.last_year(row),
        "截至": row_cells.as_of(row),
    }


def monitored_cells(row: BoardRow) -> dict[str, HtmlCell]:
    spoken = session.spoken(row)
    return {
        "指标": row_cells.name(row),
        "完成": HtmlCell(spoken.value, row.figure.value),
        "同比": HtmlCell(spoken.yoy, row.last_year.yoy),
    }
