"""Figures that are too much alike: a sheet copied from another month, a number that stands in two rows."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import combinations

from kpi.catalog.model import Measure, MeasureKind
from kpi.finding import Finding, Severity
from kpi.store.background import Known
from kpi.validation.sheet import Sheet
from kpi.workbook.report import Column, Reading

_ENOUGH = 5  # figures that agree by chance in no sheet
_LARGE = 100  # below, two measures share a number every other month


def stale_copy(sheet: Sheet) -> Iterator[Finding]:
    """Every figure equals that of last month, or of the same month last year; an office whose days stand still says why itself."""
    known = sheet.background
    for when, other in (("上月", known.previous), (f" {sheet.period.plus(-12).chinese}", known.last_year)):
        same = _agreeing(sheet, other)
        if same is None or len(same) < _ENOUGH:
            continue
        settled = all(other[reading.measure].as_of == reading.as_of for reading in same)
        yield Finding(
            "stale-copy",
            Severity.HINT if settled else Severity.CHECK,
            same[0].place,
            f"全表 {len(same)} 个数与{when}报表完全相同" + ("，数据截止日也相同" if settled else ""),
            "是否误用了旧表？这段时间没有新数据的不必改动" if settled else "请核对是否误用了旧表；确实没有变化的，请写明原因",
            measures=tuple(dict.fromkeys(reading.measure for reading in same)),
        )


def same_number_twice(sheet: Sheet) -> Iterator[Finding]:
    """Two measures that differed last month now show one large number: one row may have been typed twice."""
    rows = [(measure, reading, number) for measure, reading, number in sheet.numbers(Column.YTD) if number >= _LARGE and measure.kind is not MeasureKind.RATE]
    pairs = [(one, other, reading) for (one, _, number), (other, reading, same) in combinations(rows, 2) if number == same and _parted(sheet, one, other)]
    related = _related(sheet) if pairs else set()
    for one, other, reading in pairs:
        if frozenset((one.code, other.code)) not in related:
            yield Finding(
                "same-number-twice",
                Severity.HINT,
                reading.place,
                f"{one.name}与{other.name}都是 {reading.value.number}，上月两数不同",
                "是否抄错了行？两数确实相同的不必改动",
                measures=(one.code, other.code),
            )


def _agreeing(sheet: Sheet, other: Mapping[str, Known]) -> list[Reading] | None:
    """The figures of flows that are the same as in another month; None as soon as any figure is not."""
    same = []
    for column in (Column.YTD, Column.MONTH):
        for measure, reading, number in sheet.numbers(column):
            known = other.get(measure.code)
            before = known and (known.ytd if column is Column.YTD else known.month)
            if number != before:
                return None
            if number and measure.kind is MeasureKind.FLOW:  # a stock may well stand still, and so may nothing
                same.append(reading)
    return same


def _parted(sheet: Sheet, one: Measure, other: Measure) -> bool:
    """Whether two measures differed a month ago."""
    before: list[Decimal | None] = [known.ytd if (known := sheet.before(measure)) else None for measure in (one, other)]
    return None not in before and before[0] != before[1]


def _related(sheet: Sheet) -> set[frozenset[str]]:
    """Pairs that a relation or an indicator holds together: they may meet, all passed, all rectified."""
    indicators = ((i.numerator, i.denominator, i.failed, i.total) for i in sheet.catalog.indicators.values())
    groups = [[code for part in parts if part for code in part.codes] for parts in indicators]
    groups += [[code for side in (r.left, r.right) if side for code, _ in side.codes] for r in sheet.catalog.relations.values()]
    return {frozenset(pair) for group in groups for pair in combinations(sorted(set(group)), 2)}
