"""What came in, as tables and lists show it (报送): when it came and from whom, what it changed, and the 核对意见 to it."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from kpi.filing.completeness import Arrival, Owed
from kpi.filing.submissions import Record, Standing
from kpi.finding import Finding, Severity
from kpi.present import numbers
from kpi.present.html.engine import render
from kpi.present.html.table import Badge, HtmlCell, HtmlColumn, HtmlRow, HtmlTable
from kpi.store.decision import Decision
from kpi.store.signature import signature
from kpi.validation.taken_away import Change
from kpi.value import Value
from pages.widgets import session

SHAPES = {Arrival.OVERDUE: "■", Arrival.PENDING: "○", Arrival.LATE: "▲", Arrival.ON_TIME: "●"}
KINDS = {Arrival.OVERDUE: "missed", Arrival.PENDING: "unreported", Arrival.LATE: "behind", Arrival.ON_TIME: "met"}
_STANDINGS = {
    Standing.IN_FORCE: ("●", "met"),
    Standing.MERGED: ("◐", "met"),
    Standing.SUPERSEDED: ("○", "unreported"),
    Standing.WITHDRAWN: ("✕", "missed"),
}
_SEVERITIES = {Severity.BLOCK: "missed", Severity.CHECK: "behind", Severity.HINT: "unreported"}


def arrival(sheet: Owed) -> Badge:
    """Shape and word: ``▲ 迟报 3 天``; what else is to be said of a sheet that has not come stands beside it."""
    return Badge(f"{SHAPES[sheet.state]} {sheet.words.removesuffix(sheet.renamed_words)}", KINDS[sheet.state])


def standing(record: Record) -> Badge:
    """Shape and word: ``● 有效``."""
    shape, kind = _STANDINGS[record.standing]
    return Badge(f"{shape} {record.standing.value}", kind)


def time(at: datetime) -> HtmlCell:
    """A day and a time, sorted by them."""
    return HtmlCell(f"{at:%Y-%m-%d %H:%M}", at)


def stated(value: Value | None, unit: str, nothing: str = numbers.NOTHING) -> HtmlCell:
    """A figure as a sheet states it, sorted by its number."""
    return HtmlCell(numbers.stated(value, unit), value.number) if value else HtmlCell(nothing)


def decided(decision: Decision) -> str:
    """Who decided it, when and why."""
    return f"{signature(decision.by, decision.at, '已由')} {decision.act.chinese}，理由：{decision.reason}"


def findings(every: Iterable[Finding]) -> str:
    """核对意见, the gravest first: where, what is seen, and below it the way out."""
    ordered = sorted(every, key=lambda finding: list(Severity).index(finding.severity))
    return render("findings.html", findings=[(Badge(finding.severity.chinese, _SEVERITIES[finding.severity]), finding) for finding in ordered])


def changes(changed: Sequence[Change], before: str, name: str, nothing: str = numbers.NOTHING) -> HtmlTable:
    """
    The figures that a submission changes.

    Args:
        changed: The figures.
        before: The head of what they were.
        name: Of the table.
        nothing: What is written for a figure that was not there.

    """
    columns = (HtmlColumn("数据项", title=True), HtmlColumn("列"), HtmlColumn(before, numeric=True), HtmlColumn("这一份", numeric=True))
    return HtmlTable(name, columns, [_change(change, before, nothing) for change in changed])


def _change(change: Change, before: str, nothing: str) -> HtmlRow:
    measure = session.bureau().catalog.measures.get(change.measure)
    name, unit = (measure.name, measure.unit) if measure else (change.measure, "")  # one that the catalogue has dropped goes by its code
    cells = {
        "数据项": HtmlCell(name),
        "列": HtmlCell(change.column.chinese),
        before: stated(change.old, unit, nothing),
        "这一份": stated(change.new, unit),
    }
    return HtmlRow(cells)
