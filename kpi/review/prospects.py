"""
Beyond the status (研判): what a task still takes, where the year will end, and whether the latest month is signal or noise.

It is computed apart from the board, from the months of all asked indicators read at once, so that the board itself
stays as quick as it is.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from kpi.bureau import Bureau
from kpi.catalog.derivation import DerivationRule
from kpi.catalog.indicator import Indicator
from kpi.catalog.measure import Measure, MeasureKind
from kpi.catalog.model import Catalog
from kpi.catalog.target import TargetKind
from kpi.compute.growth import two_year_average
from kpi.compute.interval import FEW, Interval, either_way, wilson
from kpi.compute.months_of_indicator import MonthOfIndicator, singles
from kpi.compute.outlook import Needed, NoBase, Outlook, Projection, needed, project
from kpi.compute.row import BoardRow
from kpi.compute.signal import charted, signal
from kpi.figures.history import history
from kpi.figures.subject_lookup import subject_of
from kpi.period import Month, year_earlier
from kpi.present import verdicts
from kpi.value import Qualifier, as_decimal

SAMPLED = (TargetKind.FLOOR, TargetKind.CEILING, TargetKind.RANGE, TargetKind.NONE)


def outlooks(bureau: Bureau, rows: Sequence[BoardRow]) -> dict[str, Outlook]:
    """
    Judge rows of one month's board, year to date.

    Returns:
        By the code of the row.

    """
    if not rows:
        return {}
    catalog = bureau.catalog.at(rows[0].period)
    pasts = history(bureau.store, catalog, [row.indicator for row in rows], rows[0].period, org=rows[0].org)
    return {row.indicator: _outlook(catalog, row, pasts[row.indicator]) for row in rows}


def signalled(bureau: Bureau, rows: Sequence[BoardRow]) -> list[BoardRow]:
    """The rows of one month with their ``signal`` in words."""
    by_indicator = outlooks(bureau, rows)
    digits = {row.indicator: bureau.catalog.at(row.period).indicator_or_measure(row.indicator).decimals for row in rows}
    return [replace(row, signal=verdicts.signal(row, by_indicator[row.indicator], digits[row.indicator])) for row in rows]


@dataclass(frozen=True, slots=True)
class NaturalLimits:
    """The natural limits of single months, as far as the figures can go, and their mean; unrounded."""

    low: Decimal
    mean: Decimal
    high: Decimal


@dataclass(frozen=True, slots=True)
class MonthsJudged:
    """The single months of a code in words; the limits where the months are figures that are reported, not changes of what stands."""

    words: dict[Month, str]
    limits: NaturalLimits | None


def signals(bureau: Bureau, codes: Sequence[str], last: Month, org: str | None = None) -> dict[str, MonthsJudged]:
    """
    For each code the months up to ``last``, all against the limits drawn from all of them; empty where they are not compared.

    All are computed by the definition of ``last``; of the months in which another one held nothing is said.
    """
    catalog = bureau.catalog.at(last)
    pasts = history(bureau.store, catalog, codes, last, org=org)
    judged = {code: _signals(catalog, code, pasts[code]) for code in codes}
    return {
        code: replace(months, words={month: words for month, words in months.words.items() if catalog.same_definition(code, month, last)})
        for code, months in judged.items()
    }


def compared(catalog: Catalog, code: str) -> bool:
    """
    Whether the months of a code can be set against one another.

    What an office promises or types in is no process, and a rate over what stands (覆盖率, 完成率) is as good as a cumulative.
    """
    indicator, subject = catalog.indicators.get(code), subject_of(catalog, code)
    if subject.divided:
        return subject.flows["numerator"] and subject.flows["denominator"]
    codes: Iterable[str] = indicator.numerator.codes if indicator else (code,)
    if any(derivation.rule is not DerivationRule.PRODUCT for derivation in (indicator.numerator.derivations if indicator else ())):
        return False  # neighbouring windows share months, and what stood at the start of the year is the same all year
    return all(catalog.measures[measure].kind in (MeasureKind.FLOW, MeasureKind.STOCK) for measure in codes)


def _signals(catalog: Catalog, code: str, past: Sequence[MonthOfIndicator]) -> MonthsJudged:
    entry = catalog.indicator_or_measure(code)
    months = _months(catalog, code, past)
    judged = charted([value for _, value in months], entry.better, most=_most(entry))
    by_month = {month: signal for (month, _), signal in zip(months, judged, strict=True) if signal is not None}
    words = {month: verdicts.variation(signal, entry.unit, entry.decimals) for month, signal in by_month.items()}
    drawn = next(iter(by_month.values()), None) if past and (past[0].flow or subject_of(catalog, code).divided) else None
    return MonthsJudged(words, NaturalLimits(as_decimal(drawn.low), as_decimal(drawn.limits.mean), as_decimal(drawn.high)) if drawn else None)


def _months(catalog: Catalog, code: str, past: Sequence[MonthOfIndicator]) -> list[tuple[Month, Fraction | None]]:
    subject = subject_of(catalog, code)
    return singles(past, subject.scale, subject.divided) if compared(catalog, code) else []


def _outlook(catalog: Catalog, row: BoardRow, past: Sequence[MonthOfIndicator]) -> Outlook:
    entry, subject = catalog.indicator_or_measure(row.indicator), subject_of(catalog, row.indicator)
    months = _months(catalog, row.indicator, past)
    while months and months[-1][1] is None:
        months.pop()
    interval = _interval(row) if subject.divided and row.whole else None
    beside = (("目标", row.target.value), ("上年同期", row.last_year.value))
    recent = bool(months) and months[-1][0] >= row.period.plus(-1)
    return Outlook(
        needed=_needed(row, past, subject.changes),
        projection=_projection(row, past),
        signal=signal([value for _, value in months], entry.better, _monthly_target(row, subject.divided), _most(entry)) if recent else None,
        monthly=compared(catalog, row.indicator),
        judged=months[-1][0] if recent else None,
        interval=interval,
        alike=tuple(word for word, value in beside if interval and value is not None and interval.holds(value)),
        two_years=None if subject.divided else _two_years(row, past),
        apart=interval is not None and row.target.value is not None and not interval.holds(row.target.value),
    )


def _two_years(row: BoardRow, past: Sequence[MonthOfIndicator]) -> Decimal | None:
    """Against the figure of two years ago to the same day: of all months and organisations in both, and of exact numbers."""
    ago = next((month for month in past if month.period == row.period.plus(-24)), None)
    if ago is None or not ago.same or ago.ytd is None or row.figure.value is None or row.figure.as_of is None or not _exact(row):
        return None
    day = ago.period.last_day if row.figure.as_of == row.period.last_day else year_earlier(year_earlier(row.figure.as_of))
    return two_year_average(row.figure.value, ago.ytd) if ago.as_of == day else None


def _exact(row: BoardRow) -> bool:
    """Whether a value lacks nothing, runs to one day and is an exact number."""
    return row.whole and row.figure.as_of == row.figure.as_of_latest and row.figure.qualifier == Qualifier.EXACT


def _most(entry: Indicator | Measure) -> Fraction | None:
    """What no month can exceed."""
    exceeds = isinstance(entry, Indicator) and entry.may_exceed
    return Fraction(100) if entry.unit == "%" and not exceeds else None


def _needed(row: BoardRow, past: Sequence[MonthOfIndicator], changes: bool) -> Needed | None:
    """What organisations or months are missing from, runs to several days, or is no exact number says nothing of how much is left."""
    if not _exact(row) or row.target.value is None or row.figure.as_of is None or row.figure.numerator is None or row.target.pace is None:
        return None
    asked = Fraction(row.target.value)
    if row.figure.denominator is not None:
        asked = asked * Fraction(row.figure.denominator) / 100
    flows = [month for month in past if month.flow]
    return needed(asked - Fraction(row.figure.numerator), row.figure.as_of, Fraction(row.figure.numerator), flows, row.year, falls=changes)


def _projection(row: BoardRow, past: Sequence[MonthOfIndicator]) -> Projection | NoBase | None:
    """Of a total held to the year; a rate at the year's end is its parts', not a sum of months."""
    if row.target.kind is not TargetKind.ANNUAL or row.figure.as_of is None or row.figure.value is None or not all(month.flow for month in past):
        return None
    if not row.whole:
        return NoBase.LACKING
    if any(row.year.opening(row.period) < move.month for move in row.caveats.moves):
        return NoBase.MOVED
    if row.figure.as_of != row.figure.as_of_latest:
        return NoBase.SEVERAL_DAYS
    return project(past, row.figure.as_of, row.year) if row.figure.qualifier == Qualifier.EXACT else NoBase.INEXACT


def _monthly_target(row: BoardRow, divided: bool) -> Fraction | None:
    """What a single month of a rate is held to, its floor or ceiling; nothing says how much of a yearly task one month has to bring."""
    return Fraction(row.target.value) if divided and row.target.value is not None and row.target.kind in (TargetKind.FLOOR, TargetKind.CEILING) else None


def _interval(row: BoardRow) -> Interval | None:
    """Of a percentage of fewer than a hundred cases, each of them one way or the other."""
    cases, of = row.figure.numerator, row.figure.denominator
    if row.unit != "%" or row.target.kind not in SAMPLED or cases is None or not of or of >= FEW:
        return None
    return wilson(cases, of) if either_way(cases, of) else None
