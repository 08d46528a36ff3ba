"""What stands typed beside a figure (同比、环比、增减、目标、完成率) against what the figures themselves give."""

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction

from kpi.catalog.measure import MeasureKind
from kpi.catalog.target import Target
from kpi.finding import Finding, Severity
from kpi.period import year_earlier
from kpi.validation.checked_sheet import CheckedSheet
from kpi.validation.finding_words import counted, number_words
from kpi.value import Qualifier
from kpi.workbook.report import Beside, Column, Typed


def typed_beside_differs(sheet: CheckedSheet) -> Iterator[Finding]:
    """
    A typed 同比 or completion rate against the one computed, to the digits typed; it is never computed with.

    A change may be written in per cent or as a share (5.65 or 0.0565), so either is taken for right.
    """
    for typed in sheet.report.typed:
        computed = _COMPUTED[typed.beside](sheet, typed) if typed.beside in _COMPUTED else None
        if computed is None or typed.value.number is None or typed.value.qualifier is not Qualifier.EXACT:
            continue
        ways = (computed, computed / 100) if typed.beside in _RELATIVE else (computed,)
        if any(_agrees(way, typed.value.number, typed.value.decimals) for way in ways):
            continue
        measure = sheet.catalog.measures[typed.measure]
        unit = ("个百分点" if measure.unit == "%" and typed.beside is not Beside.PROGRESS else "%") if typed.beside in _RELATIVE else measure.unit
        digits = max(typed.value.decimals, 2 if typed.beside in _RELATIVE else measure.decimals)
        yield Finding(
            "typed-beside-differs",
            Severity.CHECK,
            typed.place,
            f"{measure.name}的{typed.column.chinese}{typed.beside.chinese}填 {typed.raw.strip()}，"
            f"按表内和系统记录的数应为 {counted(number_words(computed, digits), unit)}",
            "看板按各数重新计算，不用这一格；请核对这一格和它所依据的数",
            measures=(measure.code,),
        )


def _agrees(computed: Fraction, typed: Decimal, decimals: int) -> bool:
    """Whether a figure can be written so with so many digits, whichever way a half was rounded."""
    return abs(computed - Fraction(typed)) <= Fraction(1, 2 * 10**decimals)


def _now(sheet: CheckedSheet, typed: Typed) -> Decimal | None:
    reading = sheet.cells.get((typed.measure, typed.column))
    return reading.value.number if reading is not None and reading.value.qualifier is Qualifier.EXACT else None


def _base(sheet: CheckedSheet, typed: Typed) -> Decimal | None:
    """The same figure last year: as the sheet states it, else as the store recorded it to the same day."""
    recorded, reading = sheet.background.last_year.get(typed.measure), sheet.cells.get((typed.measure, typed.column))
    if typed.column is Column.MONTH:
        return recorded.month if recorded else None
    if (stated := sheet.number(typed.measure, Column.PRIOR)) is not None:
        return stated
    same_day = recorded is not None and reading is not None and recorded.as_of == year_earlier(reading.as_of)
    return recorded.ytd if recorded is not None and same_day else None


def _growth(sheet: CheckedSheet, code: str, now: Decimal | None, base: Decimal | None) -> Fraction | None:
    if now is None or base is None:
        return None
    if sheet.catalog.measures[code].unit == "%":
        return Fraction(now) - Fraction(base)
    return (Fraction(now) / Fraction(base) - 1) * 100 if base > 0 else None


def _over_year(sheet: CheckedSheet, typed: Typed) -> Fraction | None:
    return _growth(sheet, typed.measure, _now(sheet, typed), _base(sheet, typed))


def _over_month(sheet: CheckedSheet, typed: Typed) -> Fraction | None:
    """环比 is one of months, or of levels; a cumulative figure has none."""
    measure = sheet.catalog.measures[typed.measure]
    if measure.kind is MeasureKind.FLOW and typed.column is not Column.MONTH:
        return None
    return _growth(sheet, typed.measure, _now(sheet, typed), _month_before(sheet, typed))


def _difference(sheet: CheckedSheet, typed: Typed) -> Fraction | None:
    now, base = _now(sheet, typed), _base(sheet, typed)
    return Fraction(now) - Fraction(base) if now is not None and base is not None else None


def _month_before(sheet: CheckedSheet, typed: Typed) -> Decimal | None:
    before = sheet.background.previous.get(typed.measure)
    return before.month if before else None


def _month_last_year(sheet: CheckedSheet, typed: Typed) -> Fraction | None:
    before = sheet.background.last_year.get(typed.measure)
    return Fraction(before.month) if before and before.month is not None else None


def _last_month(sheet: CheckedSheet, typed: Typed) -> Fraction | None:
    before = _month_before(sheet, typed)
    return Fraction(before) if before is not None else None


def _target(sheet: CheckedSheet, typed: Typed) -> Fraction | None:
    target = _in_force(sheet, typed)
    return Fraction(sheet.catalog.wanted(target)) if target is not None and target.upper is None else None


def _in_force(sheet: CheckedSheet, typed: Typed) -> Target | None:
    """The target on the day the figure runs to."""
    reading = sheet.cells.get((typed.measure, typed.column))
    return sheet.catalog.target(typed.measure, sheet.catalog.year.own_day(reading.as_of if reading else sheet.period.last_day, sheet.period), sheet.report.org)


def _progress(sheet: CheckedSheet, typed: Typed) -> Fraction | None:
    """The cumulative figure over the year's number: the one typed in the same row, else the one that was set."""
    row = (other.value.number for other in sheet.report.typed if (other.measure, other.beside) == (typed.measure, Beside.TARGET))
    stated, target = next(row, None), _in_force(sheet, typed)
    whole = Fraction(stated) if stated else Fraction(sheet.catalog.wanted(target)) if target is not None and target.paced else None
    now = sheet.number(typed.measure)
    return Fraction(now) * 100 / whole if now is not None and whole else None


_RELATIVE = (Beside.YOY, Beside.MOM, Beside.PROGRESS)
_COMPUTED: Mapping[Beside, Callable[[CheckedSheet, Typed], Fraction | None]] = {
    Beside.YOY: _over_year,
    Beside.MOM: _over_month,
    Beside.CHANGE: _difference,
    Beside.TARGET: _target,
    Beside.PROGRESS: _progress,
    Beside.PRIOR_MONTH: _month_last_year,
    Beside.LAST_MONTH: _last_month,
}
