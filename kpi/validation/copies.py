"""Figures that are too much alike: a sheet copied from another month, a number that stands in two rows."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import combinations

from kpi.catalog.measure import Measure, MeasureKind
from kpi.finding import Finding, Severity
from kpi.period import Month
from kpi.store.earlier_figures import EarlierFigure
from kpi.validation.checked_sheet import CheckedSheet
from kpi.validation.ties import ties
from kpi.workbook.report import Column, Reading

_ENOUGH = 5  # flows that stand still together in no month
_TWO = 2  # figures make a sheet; and so many of some size agree by chance with those of no other month
_SOME = 10  # below, two months bring the same every other time
_LARGE = 100  # below, two measures share a number every other month
_Other = Callable[[str, Column], Decimal | None]


def stale_copy(sheet: CheckedSheet) -> Iterator[Finding]:
    """
    Every figure equals that of last month, of another month or of 上年同期 beside it; an office whose days stand still says why itself.

    A stock alone may stay as it is.  Where few flows stand still it is asked only if one of them never did before: a
    small office has nothing to report in many a month.
    """
    if sheet.report.has_no_case:
        return  # a month of a ledger without a case is no old form
    known = sheet.background
    if same := _agreeing(sheet, _as_known(known.previous)):
        if _stands_still(sheet, same):
            yield _copy(sheet, same, "上月报表", known.previous)
        return  # what stands still by habit is that of months before as well
    for month, figures in _other_months(sheet):
        if (same := _agreeing(sheet, _as_known(figures))) and len(_sizeable(sheet, same)) >= _TWO:
            yield _copy(sheet, same, f" {month.chinese}报表", figures)
            return
    prior = _agreeing(sheet, lambda code, _: sheet.number(code, Column.PRIOR), (Column.YTD,))
    if prior and len(_sizeable(sheet, prior)) >= _TWO:
        yield _copy(sheet, prior, "上年同期一栏", {})


def _copy(sheet: CheckedSheet, same: list[Reading], what: str, other: Mapping[str, EarlierFigure]) -> Finding:
    settled = all(reading.measure in other and other[reading.measure].as_of == reading.as_of for reading in same)
    remedy = "请核对是否误用了旧表；确实没有变化的，请写明原因" if other else "请核对是否把上年的数填在了本年；确实相同的，请写明原因"
    return Finding(
        "stale-copy",
        Severity.HINT if settled else Severity.CHECK,
        same[0].place,
        f"全表 {_count(sheet)} 个数与{what}完全相同" + ("，数据截止日也相同" if settled else ""),
        "是否误用了旧表？这段时间没有新数据的不必改动" if settled else remedy,
        measures=tuple(dict.fromkeys(reading.measure for reading in same)),
    )


def _stands_still(sheet: CheckedSheet, same: list[Reading]) -> bool:
    """Whether figures that are those of last month are so against the habit of their measures."""
    if len(same) >= _ENOUGH:
        return True
    previous = sheet.background.previous
    if _count(sheet) < _TWO or all(previous[reading.measure].as_of == reading.as_of for reading in same):
        return False
    unusual = [reading for reading in same if reading.column is Column.MONTH or not _had_an_empty_month(sheet, reading.measure)]
    return any(reading.column is Column.YTD for reading in unusual) or len(_sizeable(sheet, unusual)) >= _TWO


def _count(sheet: CheckedSheet) -> int:
    return sum(1 for column in (Column.YTD, Column.MONTH) for _ in sheet.numbers(column))


def _had_an_empty_month(sheet: CheckedSheet, code: str) -> bool:
    """Whether a flow has had a month without anything."""
    return any(known.month == 0 for known in sheet.background.history.get(code, {}).values())


def _sizeable(sheet: CheckedSheet, same: list[Reading]) -> list[Reading]:
    """Of figures that agree those that hardly do by chance: counts of some size, amounts."""
    return [r for r in same if r.value.number is not None and (sheet.measure(r).decimals or abs(r.value.number) >= _SOME)]


def _as_known(figures: Mapping[str, EarlierFigure]) -> _Other:
    def number(code: str, column: Column) -> Decimal | None:
        known = figures.get(code)
        return None if known is None else known.ytd if column is Column.YTD else known.month

    return number


def _other_months(sheet: CheckedSheet) -> Iterator[tuple[Month, Mapping[str, EarlierFigure]]]:
    """The months before the last, that of last year first, then the latest."""
    ago, history = sheet.period.plus(-12), sheet.background.history
    yield ago, sheet.background.last_year
    for month in sorted({month for known in history.values() for month in known} - {ago, sheet.period.plus(-1)}, reverse=True):
        yield month, {code: known[month] for code, known in history.items() if month in known}


def same_number_twice(sheet: CheckedSheet) -> Iterator[Finding]:
    """Two measures of one kind that differed last month now show one large number: a row may be typed twice.  A task may be met exactly."""
    rows = [(measure, reading, number) for measure, reading, number in sheet.numbers(Column.YTD) if number >= _LARGE and measure.kind is not MeasureKind.RATE]
    pairs = [
        (first, other, reading)
        for (first, _, number), (other, reading, same) in combinations(rows, 2)
        if number == same and first.kind is other.kind and _parted(sheet, first, other)
    ]
    related = _related(sheet) if pairs else set()
    for first, other, reading in pairs:
        if frozenset((first.code, other.code)) not in related:
            yield Finding(
                "same-number-twice",
                Severity.HINT,
                reading.place,
                f"{other.name}与{first.name}都是 {reading.value.number}，上月是 {_ytd(sheet, other)} 和 {_ytd(sheet, first)}",
                "是否抄错了行？两数确实相同的不必改动",
                measures=(first.code, other.code),
            )


def _agreeing(sheet: CheckedSheet, other: _Other, columns: Sequence[Column] = (Column.YTD, Column.MONTH)) -> list[Reading]:
    """The figures of flows that are the same elsewhere; none as soon as any figure is not."""
    same = []
    for column in columns:
        for measure, reading, number in sheet.numbers(column):
            if number != other(measure.code, column):
                return []
            if number and measure.kind is MeasureKind.FLOW:  # a stock may well stand still, and so may nothing
                same.append(reading)
    return same


def _parted(sheet: CheckedSheet, first: Measure, other: Measure) -> bool:
    """Whether two measures differed a month ago."""
    before = _ytd(sheet, first), _ytd(sheet, other)
    return None not in before and before[0] != before[1]


def _ytd(sheet: CheckedSheet, measure: Measure) -> Decimal | None:
    """A measure a month ago."""
    known = sheet.before(measure)
    return known.ytd if known else None


def _related(sheet: CheckedSheet) -> set[frozenset[str]]:
    """Pairs that a relation or an indicator holds together: they may meet, all passed, all rectified."""
    return {frozenset(pair) for group in ties(sheet.catalog) for pair in combinations(sorted(group), 2)}
