"""What a figure may be held against before it has a past: the target or the task set for it."""

from kpi.catalog.formula import Linear
from kpi.catalog.indicator import Indicator
from kpi.catalog.measure import Measure, MeasureKind
from kpi.catalog.target import TargetKind
from kpi.validation.checked_sheet import CheckedSheet
from kpi.workbook.report import Column

_MONTHS = 12


def expected(sheet: CheckedSheet, measure: Measure, column: Column) -> tuple[tuple[float, ...], str]:
    """
    About what a figure of a month or of the year so far should be.

    Returns:
        The amount, none where nothing tells, and the words that say what tells it.

    """
    aim = _aim(sheet, measure)
    if aim is None:
        return (), "平常"
    indicator, amount, words = aim
    return (amount * _share(sheet, measure, indicator, column),), f"按{words}推算"


def whole_year(sheet: CheckedSheet, measure: Measure) -> tuple[float | None, str]:
    """What is set for the whole year of a flow, and the words that say what sets it; None where nothing does, or only another flow of the sheet."""
    aim = _aim(sheet, measure, set_before=True)
    return (aim[1], aim[2]) if aim is not None else (None, "")


def _aim(sheet: CheckedSheet, measure: Measure, *, set_before: bool = False) -> tuple[Indicator, float, str] | None:
    """The first indicator of a measure alone that has a target or a task, with its amount and its words."""
    for indicator in sheet.catalog.indicators.values():
        if not _alone(indicator.numerator, measure.code) or (set_before and _grows_too(sheet, indicator)):
            continue
        amount, words = _by_target(sheet, indicator) if indicator.denominator is None else _by_task(sheet, measure, indicator)
        if amount is not None and amount > 0:
            return indicator, amount, words
    return None


def _grows_too(sheet: CheckedSheet, indicator: Indicator) -> bool:
    """Whether what a figure is to fulfil is itself the work of the year, and may have slipped with it."""
    return any(sheet.catalog.measures[code].kind is MeasureKind.FLOW for code in (indicator.denominator.codes if indicator.denominator else ()))


def _share(sheet: CheckedSheet, measure: Measure, indicator: Indicator, column: Column) -> float:
    """Of what a year brings, what a month or the months so far do; of anything else all of it."""
    grows = measure.kind is MeasureKind.FLOW and indicator.target_kind in (TargetKind.ANNUAL, TargetKind.PROGRESS)
    return (1 if column is Column.MONTH else sheet.month_number) / _MONTHS if grows else 1.0


def _by_target(sheet: CheckedSheet, indicator: Indicator) -> tuple[float | None, str]:
    target = sheet.target(indicator)
    if target is None or target.upper is not None or (indicator.target_kind is not TargetKind.ANNUAL and indicator.better.value != "higher"):
        return None, ""  # a ceiling tells how much it must not be
    return float(sheet.catalog.wanted(target)), "目标"


def _by_task(sheet: CheckedSheet, measure: Measure, indicator: Indicator) -> tuple[float | None, str]:
    """The task that a figure is to fulfil, counted in the same unit; of any other whole a part may be as small as it likes."""
    whole = indicator.denominator
    if whole is None or indicator.derived or len(whole.terms) != 1 or indicator.unit != "%":
        return None, ""
    [term] = whole.terms
    other = sheet.catalog.measures[term.measure]
    if other.unit != measure.unit or term.years_back or term.coefficient != 1 or indicator.target_kind is not TargetKind.PROGRESS:
        return None, ""
    value = sheet.figures([(other.code, 0)])[other.code, 0]
    return (float(value.number), other.name) if value.number is not None else (None, "")


def _alone(part: Linear, code: str) -> bool:
    return len(part.terms) == 1 and part.terms[0].measure == code and part.terms[0].coefficient == 1 and not part.terms[0].years_back
