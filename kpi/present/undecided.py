"""Why a verdict is open (未定), and what it waits for: short words for a row of a table or a card."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from kpi.catalog.model import Catalog
from kpi.catalog.target import TargetKind
from kpi.compute.row import BoardRow
from kpi.present import day_words, figure_notes
from kpi.value import Qualifier, State

_NO_NUMBER = {
    State.PENDING: ("还在检、在办，没有结果", "报出结果"),
    State.WITHHELD: ("数未公开", "在公开以后补报"),
    State.NOT_STARTED: ("未开展，没有数可以和目标比", "在开展以后报数"),
}
_INEXACT = {
    Qualifier.AT_LEAST: "只报了下限，实际可能更高",
    Qualifier.AT_MOST: "只报了上限，实际可能更低",
    Qualifier.ABOUT: "只报了约数",
    Qualifier.MIXED: "由约数和上下限合成，只是约数",
}


@dataclass(frozen=True, slots=True)
class OpenCause:
    """One thing that leaves a verdict open, and what would settle it; ``until`` is empty where nothing that can be reported does."""

    why: str
    until: str


def why(row: BoardRow, decimals: int, catalog: Catalog) -> str:
    """Everything that leaves the verdict on a row open: ``本年累计缺 2 月；只报了约数``."""
    return "；".join(cause.why for cause in causes(row, decimals, catalog))


def until(row: BoardRow, decimals: int, catalog: Catalog) -> str:
    """Who must report what, or which day must come, before there is a verdict; empty where no report gives one."""
    return "；".join(dict.fromkeys(cause.until for cause in causes(row, decimals, catalog) if cause.until))


def inexact(row: BoardRow) -> str:
    """What ≤, ≥ or 约 before a figure means; empty of an exact one, and where there is none."""
    return _INEXACT.get(Qualifier(row.figure.qualifier), "") if row.figure.value is not None else ""


def causes(row: BoardRow, decimals: int, catalog: Catalog) -> list[OpenCause]:
    """
    What leaves the verdict on a row open, the gravest first; at least one cause.

    Args:
        row: A row that is 未定.
        decimals: The digits its indicator prints.
        catalog: Whose offices report, and whose targets have a day by which they are due.

    """
    office = catalog.offices[row.office].name if row.office in catalog.offices else "负责科室"
    who = f"各单位{office}" if row.below.leaves > 1 else office
    causes = [*_without_number(row, who), *_lacking(row, who), *_unsure(row, decimals, who), *_too_early(row, catalog)]
    return causes or [OpenCause("现有的数定不了结论", f"请{who}核对这项数")]


def _without_number(row: BoardRow, who: str) -> Iterator[OpenCause]:
    if row.figure.value is not None:
        return
    if row.figure.state_words:
        yield OpenCause(row.figure.state_words, "")
    elif row.figure.state in _NO_NUMBER:
        words, remedy = _NO_NUMBER[row.figure.state]
        yield OpenCause(words, f"等{who}{remedy}")
    elif row.figure.state is State.NOT_APPLICABLE:
        yield OpenCause("不适用，没有数可以和目标比", "")


def _lacking(row: BoardRow, who: str) -> Iterator[OpenCause]:
    """Organisations and months of which nothing came, of this year and of the one before."""
    if row.below.lacking:
        yield OpenCause(figure_notes.lacking(row.below.lacking), "等缺的单位补报")
    if text := figure_notes.gapped(row):
        yield OpenCause(text, f"等{who}补报 {day_words.months_of(row.caveats.missing)}" if row.caveats.missing else "等这几家补报缺的月份")
    if row.figure.base_as_of is not None and (text := figure_notes.base_gapped(row)):
        idle = {month for mark in row.caveats.idle for month in mark.months}
        wanted = tuple(month for month in row.caveats.prior_missing if month not in idle)  # of a month with nothing to count no figure will come
        yield OpenCause(
            text, f"等{who}补上 {day_words.months_of(wanted, row.period.year)}的数" if wanted else "" if row.caveats.prior_missing else "等这几家补上年缺的月份"
        )


def _unsure(row: BoardRow, decimals: int, who: str) -> Iterator[OpenCause]:
    """Results that are still to come, numbers that are not exact, days that differ."""
    if row.figure.value is not None and (between := figure_notes.bounds(row, decimals)):
        yield OpenCause(f"还有结果未出，最后在 {between} 之间", f"等{who}报出全部结果")
    if row.caveats.results_open:
        yield OpenCause(figure_notes.RESULTS_OPEN, f"等{who}报全抽检数和结果数")
    if text := inexact(row):
        yield OpenCause(text, f"等{who}报出确数")
    if text := figure_notes.several_days(row) or figure_notes.growth_days(row):
        yield OpenCause(text, f"等{who}把各数报到同一天")
    elif row.figure.value is not None and row.figure.as_of_latest not in (None, row.figure.as_of):
        yield OpenCause(f"数据截止日不一（{day_words.as_of(row)}）", f"等{who}把各数报到同一天")


def _too_early(row: BoardRow, catalog: Catalog) -> Iterator[OpenCause]:
    """A target that is not due yet, and not met yet."""
    if row.target.kind is not TargetKind.MILESTONE:
        return
    day = row.figure.as_of or row.period.last_day
    target = catalog.target(row.indicator, day, row.org)
    due = target.due if target else None
    if due is not None and day < due:
        yield OpenCause(f"限期 {_day(due, row)}还没有到", f"到 {_day(due, row)}")


def _day(due: date, row: BoardRow) -> str:
    return day_words.day(due, row.period.year)
