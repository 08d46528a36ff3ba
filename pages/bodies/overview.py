"""总览：这个月局里必须知道的事。"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kpi.access.roles import Right
from kpi.catalog.indicator import Indicator
from kpi.compute.row import BoardRow, Status
from kpi.period import Month, months
from kpi.present import day_words, figure_notes, growths, headlines, numbers, statuses, undecided
from kpi.present.html.engine import render
from kpi.present.html.heat import HeatCell, HeatRow
from kpi.present.html.spark import Spark
from kpi.present.html.table import Badge, HtmlCell, HtmlColumn, HtmlRow, HtmlTable
from kpi.review import status_course
from kpi.review.status_course import StatusCounts
from kpi.validation.relation_figures import Result
from kpi.value import State
from pages.bodies import follow_up_lines, organisation_notes, row_cells
from pages.choices import ALL, NO_AREA, STATUSES
from pages.view import View
from pages.widgets import session

HEAT_MONTHS = 12
_KEYS = {status: key for key, status in STATUSES.items()}
COLUMNS = (
    HtmlColumn("状态"),
    HtmlColumn("指标", title=True, note_head="科室"),
    *row_cells.MEASURED,
)


@dataclass(frozen=True, slots=True)
class Card:
    """One of the figures that leaders follow: rounded for reading, the exact one beside it, its line, and what must be said of it."""

    name: str
    link: str
    kind: str
    badge: Badge
    figure: str
    exact: str
    lines: Sequence[str]
    line: Spark | None
    why: str


def body(view: View) -> str:
    """The page below its head."""
    rows, late = session.rows(view.period, org=view.org), session.missed(view.period, view.org)
    indicators = session.bureau().catalog.indicators
    listed = {row.indicator for row in rows}
    return render(
        "overview.html",
        view=view,
        answer=headlines.missed(rows, session.office_name),
        notes=organisation_notes.of_board(view.org, view.period, rows),
        days=day_words.of_board(rows),
        tiles=tiles(view, rows),
        aimless=aimless(view, rows),
        badges={status: statuses.badge(status) for status in Status},
        late=worst(view, late[: session.WORST]),
        more=len(late),
        heads=day_words.heads(heat_months(view.period)),
        marks=statuses.marks(),
        heat=heat(view),
        grouping=view.picker("group"),
        grouped="板块" if view.get("group") == "area" else "科室",
        doubts=doubtful(view),
        since=session.changes_of(view.period, view.org),
        cards=[card(view, row) for row in rows if indicators[row.indicator].headline],
        broken=broken(view),
        checked=view.link("quality", unit=view.org if session.bureau().catalog.branched else None),
        followed=follow_up_lines.count(view),
        unlisted=[indicator.name for code, indicator in indicators.items() if code not in listed],
    )


def aimless(view: View, rows: Sequence[BoardRow]) -> Mapping[str, str]:
    """Where the figures are listed, and where targets are set by who may, of a board that has figures and no target: a new bureau's."""
    if not rows or {row.status for row in rows} - {Status.NO_TARGET, Status.UNREPORTED}:
        return {}
    targets = view.link("catalog", noun="target") if session.bureau().may(Right.DEFINE) else ""
    return {"figures": view.link("targets", office=None, status=ALL), "targets": targets}


def tiles(view: View, rows: Sequence[BoardRow]) -> list[tuple[Status, int, str]]:
    """How many indicators of the whole board have a status, and where they are listed, whatever office was chosen elsewhere."""
    counts = {status: count for status, count in statuses.tally(rows).items() if count and status in _KEYS}
    return [(status, count, view.link("targets", office=None, status=_KEYS[status])) for status, count in counts.items()]


def tables(view: View) -> list[HtmlTable]:
    """What the page gives away: everything that was missed, and the figures that leaders follow."""
    rows, indicators = session.rows(view.period, org=view.org), session.bureau().catalog.indicators
    parts = {"未达标和滞后": session.missed(view.period, view.org), "重点指标": [row for row in rows if indicators[row.indicator].headline]}
    return [HtmlTable(name, COLUMNS, [late_row(view, row, lined=False) for row in part]) for name, part in parts.items()]


def worst(view: View, late: Sequence[BoardRow]) -> HtmlTable:
    """The rows that miss their target by most."""
    return HtmlTable("未达标和滞后", COLUMNS, [late_row(view, row) for row in late], classes="k-large")


def late_row(view: View, row: BoardRow, *, lined: bool = True) -> HtmlRow:
    """A row of what was missed, with its small line where it is for the screen; all of it is the link."""
    cells = {
        "状态": row_cells.status(row),
        "指标": row_cells.name(row),
        "完成": row_cells.figure(row),
        "进度": row_cells.progress(row),
        "目标": row_cells.target(row),
        "差距": row_cells.gap(row),
        "上年同期": row_cells.last_year(row),
        "近 13 个月": row_cells.line(row) if lined else HtmlCell(),
    }
    return row_cells.table_row(view, row, cells)


def heat(view: View) -> list[HeatRow]:
    """Each office, or area, in each month: the gravest status of its indicators, and how many have it; the most urgent first."""
    shown, known = heat_months(view.period), session.statuses_until(view.period, view.org)
    if view.get("group") == "area":
        lines = [_area_line(view, code, counted, shown) for code, counted in status_course.by_area(session.bureau(), known).items()]
    else:
        lines = [_office_line(view, code, counted, shown) for code, counted in status_course.by_office(session.bureau(), known).items()]
    return sorted(lines, key=lambda line: _urgency(line.cells[-1]))


def heat_months(period: Month) -> tuple[Month, ...]:
    """The last twelve months, as far as there are figures."""
    return months(max(period.plus(1 - HEAT_MONTHS), session.periods()[0]), period)


def _office_line(view: View, code: str, counted: Mapping[Month, StatusCounts], shown: Sequence[Month]) -> HeatRow:
    name = session.office_name(code)
    return HeatRow(name, view.link("offices", office=code), [_cell(view, {"office": code}, name, month, counted.get(month)) for month in shown])


def _area_line(view: View, code: str, counted: Mapping[Month, StatusCounts], shown: Sequence[Month]) -> HeatRow:
    """An area, or under an empty code what belongs to none: without it the rows would not add up to the whole."""
    name, whose = session.bureau().catalog.areas[code].name if code else NO_AREA.label, {"area": code or NO_AREA.value, "office": None}
    return HeatRow(name, view.link("targets", status="all", **whose), [_cell(view, whose, name, month, counted.get(month)) for month in shown])


def _cell(view: View, whose: Mapping[str, str | None], name: str, month: Month, counts: StatusCounts | None) -> HeatCell:
    if counts is None:
        return HeatCell(None, "", f"{name} {month.chinese}：没有指标", "")
    words = "，".join(f"{count} 项{status.value}" for status, count in counts.counts)
    text = str(counts.of(counts.worst)) if counts.worst not in (Status.MET, Status.NO_TARGET) else ""
    return HeatCell(counts.worst, text, f"{name} {month.chinese}：{words}", view.link("targets", period=str(month), status="all", **whose))


def _urgency(cell: HeatCell) -> tuple[int, int]:
    order = list(Status)
    return (order.index(cell.status) if cell.status else len(order), -int(cell.text or 0))


def card(view: View, row: BoardRow) -> Card:
    """A figure that leaders follow."""
    indicator, spoken = session.definition(row), session.spoken(row)
    figure, exact = spoken.from_afar
    turn = growths.turn(row, indicator.better)
    change = f"同比{numbers.spaced(spoken.yoy)}{f'，{turn}' if turn else ''}" if spoken.yoy != numbers.NOTHING else ""
    lines = [
        f"目标 {spoken.target}" + (f"，{spoken.gap}" if row.status.late and spoken.gap != numbers.NOTHING else "") if row.target.value is not None else "",
        change,
        spoken.unrounded or (spoken.typed if row.status is not Status.UNREPORTED else ""),
        spoken.partial,
        until(row, indicator),
        *doubts(row, spoken.decimals),
    ]
    return Card(
        name=row.name,
        link=row_cells.opened(view, row),
        kind=statuses.assessed(row).name.lower(),
        badge=row_cells.mark(row),
        figure=figure,
        exact=exact,
        lines=[line for line in lines if line],
        line=row_cells.small_line(row),
        why=indicator.why_it_matters,
    )


def until(row: BoardRow, indicator: Indicator) -> str:
    """What the figure is, and to which day it runs: ``本年累计，截至 11 月 23 日``."""
    if row.figure.as_of is None or row.status is Status.UNREPORTED:
        return ""
    return f"{'本年累计，' if row_cells.cumulative(indicator) else ''}截至 {day_words.as_of(row)}"


def doubts(row: BoardRow, decimals: int) -> list[str]:
    """Why there is no figure or no verdict, or what must be known of the one there is."""
    if row.status is Status.UNREPORTED:
        reason = session.why_absent(row.indicator, row.period, row.org)
        typed = "大字是科室的填报值" if row.figure.reported_value is not None else ""
        return [typed, f"{session.office_name(row.office)}没有报" if reason == State.UNREPORTED else reason]
    if statuses.assessed(row) is Status.UNDECIDED:
        return [undecided.why(row, decimals, session.bureau().catalog)]
    return [undecided.inexact(row), figure_notes.gapped(row), figure_notes.pending(row, decimals), figure_notes.several_days(row)]


def doubtful(view: View) -> list[tuple[str, list[tuple[str, str, str]]]]:
    """The lists of what is to be known before a figure is believed: of each its name, and of each figure in it name, address and sentence."""
    lists = session.trust_of(view.period, view.org).lists
    return [(name, [(doubt.name, view.link(figure=doubt.indicator), doubt.sentence) for doubt in doubts]) for name, doubts in lists.items()]


def broken(view: View) -> int:
    """How many relations do not hold, of an organisation that reports."""
    reports = session.bureau().catalog.orgs[view.org].reports
    return sum(result.result is Result.VIOLATED for result in session.relations_of(view.period, view.org)) if reports else 0
