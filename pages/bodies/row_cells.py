"""The cells that a row of the board has in every table: its name, figure, target, gap, last year's figure, its bullet and its small line."""

from collections.abc import Mapping

from kpi.catalog.indicator import Indicator
from kpi.catalog.measure import MeasureKind
from kpi.compute.row import BoardRow
from kpi.present import change_words, day_words, numbers, statuses
from kpi.present.html.bullet import bullet
from kpi.present.html.spark import Spark, spark
from kpi.present.html.table import Badge, HtmlCell, HtmlColumn, HtmlRow, status_badge
from kpi.present.statuses import assessed, badge
from pages.view import View
from pages.widgets import session

_LEAST = 2  # months that a small line needs
MEASURED = (
    HtmlColumn("完成", numeric=True),
    HtmlColumn("进度"),
    HtmlColumn("目标", numeric=True),
    HtmlColumn("差距", numeric=True),
    HtmlColumn("上年同期", numeric=True, note_head="同比"),
    HtmlColumn("近 13 个月"),
)
"""How far a row has come, and its course: the columns that 总览 and the sheet of an office have alike."""


def table_row(view: View, row: BoardRow, cells: Mapping[str, HtmlCell]) -> HtmlRow:
    """A row of the board in a table: all of it opens its figure, its edge has the colour of its status."""
    return HtmlRow(cells, opened(view, row), assessed(row).name.lower(), chosen=view.get("figure") == row.indicator)


def status(row: BoardRow) -> HtmlCell:
    """状态."""
    return HtmlCell(order=list(statuses.SHAPES).index(assessed(row)), badges=(mark(row),))


def mark(row: BoardRow) -> Badge:
    """The badge of a row."""
    return status_badge(assessed(row), badge(assessed(row)))


def name(row: BoardRow) -> HtmlCell:
    """指标, with its office below."""
    return HtmlCell(row.name, note=session.office_name(row.office))


def figure(row: BoardRow) -> HtmlCell:
    """The figure with the digits that tell its verdict."""
    return HtmlCell(session.spoken(row).short, row.figure.value if row.figure.value is not None else row.figure.reported_value)


def target(row: BoardRow) -> HtmlCell:
    """目标."""
    return HtmlCell(session.spoken(row).target, row.target.value)


def gap(row: BoardRow) -> HtmlCell:
    """差距, sorted by the share of the target that is lacking, for the units differ."""
    lacks = row.target.gap is not None and row.target.gap > 0
    return HtmlCell(session.spoken(row).gap, row.target.gap if lacks else None, order=row.target.shortfall if lacks else None)


def missed_months(row: BoardRow) -> tuple[int, str]:
    """For how many months in a row the target of a row has been missed, and in words; 0 of one that is not, or that the catalogue has dropped."""
    change = next((change for change in session.changes_of(row.period, row.org).every if change.indicator == row.indicator), None)
    return (change.missed_for, change_words.missed_since(change.missed_for, row.period, at_least=change.at_least)) if change else (0, "")


def last_year(row: BoardRow) -> HtmlCell:
    """上年同期, with the change below."""
    spoken = session.spoken(row)
    change = f"同比 {spoken.yoy}" if row.last_year.yoy is not None else ""
    return HtmlCell(spoken.last_year, row.last_year.value, note=change, note_value=row.last_year.yoy)


def as_of(row: BoardRow) -> HtmlCell:
    """截至."""
    return HtmlCell(day_words.as_of(row), row.figure.as_of)


def progress(row: BoardRow) -> HtmlCell:
    """The bullet, said in words for those who have it read aloud; empty where there is none."""
    drawn = bullet(row)
    if drawn is None:
        return HtmlCell()
    spoken = session.spoken(row)
    words = f"{row.name}：{spoken.short}，目标 {spoken.target}" + (f"，{spoken.gap}" if spoken.gap != numbers.NOTHING else "")
    return HtmlCell(words, row.target.progress, bullet=drawn)


def line(row: BoardRow) -> HtmlCell:
    """The small line of the last months."""
    drawn = small_line(row)
    return HtmlCell(f"{row.name}近 {session.LINE_MONTHS} 个月", spark=drawn) if drawn else HtmlCell()


def small_line(row: BoardRow) -> Spark | None:
    """
    The last months of a row as its figure counts them, with what was asked for; a month that some are missing from has no point.

    None where fewer than two months have one: a single point is no course.
    """
    whole = [point.drawable for point in session.line(row.indicator, row.period, row.org).points]
    if len([point for point in whole if point.value is not None]) < _LEAST:
        return None
    return spark(whole, restarts=cumulative(session.definition(row)), year=row.year)


def cumulative(indicator: Indicator) -> bool:
    """Whether a figure is one of the year so far, not one of a day."""
    catalog, formulas = session.bureau().catalog, (indicator.numerator, indicator.denominator)
    return any(catalog.counted(term).kind is MeasureKind.FLOW for formula in formulas if formula for term in formula.terms)


def opened(view: View, row: BoardRow) -> str:
    """The address of the page with the figure opened."""
    return view.link(figure=row.indicator)


def explanations(row: BoardRow) -> str:
    """What the office itself says of the figure: the 说明 of its submissions and the 备注 of its rows, each once."""
    cells = session.sources(row.indicator, row.period, row.org)
    return "；".join(dict.fromkeys(text.removesuffix("。") for cell in cells for text in (cell.note, cell.remark) if text))
