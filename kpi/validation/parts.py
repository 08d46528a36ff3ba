"""Parts and wholes: what a part cannot exceed, what a typed rate must follow from, and whether it can be had at all."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from kpi.catalog.formula import Expression, Linear
from kpi.catalog.model import Indicator, MeasureKind, Raises, RelationKind
from kpi.compute.division import divide
from kpi.finding import Finding, Severity
from kpi.period import days, days_of_year, own_day
from kpi.validation.course import stretches
from kpi.validation.relations import reachable, round_half_up
from kpi.validation.sheet import Figures, Sheet
from kpi.validation.wholes import PartOfWhole, open_ended, parts_of_wholes
from kpi.validation.wording import plain
from kpi.value import Qualifier, State
from kpi.workbook.report import Column, Reading

_MANY = 5  # of what may have come in before, so few more say nothing


def part_exceeds_whole(sheet: Sheet) -> Iterator[Finding]:
    """
    A part is not more than its whole, neither so far this year nor in the months since both were last known.

    So far: impossible.  In some months: impossible where both are stated for the month and counted at once, asked where they
    are the difference of cumulatives, one of which may mend the other.  What is not counted at once, 办结 of 受理, may have
    come in before: asked only where it is far more.
    """
    for pair in parts_of_wholes(sheet.catalog):
        reading = _first(sheet, pair.part) or _first(sheet, pair.whole)
        if reading is None:
            continue
        figures = _of(sheet, pair)
        amount, whole = _sum(figures, pair.part), _sum(figures, pair.whole)
        if amount is not None and whole is not None and amount > whole:
            yield _exceeding(sheet, pair, reading, figures)
        elif pair.strict and (excess := _in_some_months(sheet, pair)) is not None:
            severity = Severity.BLOCK if excess.stated else Severity.CHECK
            yield Finding(
                "part-exceeds-whole",
                severity,
                reading.place,
                f"{excess.words}{_spoken(pair.part, sheet, excess.figures)}，大于{_spoken(pair.whole, sheet, excess.figures)}",
                f"{pair.indicator.name}的{pair.share}不能大于分母，请核对这两项"
                + ("" if severity is Severity.BLOCK else "；更正了以前月份或办结了以前的，请写明原因"),
                measures=(*pair.part.codes, *pair.whole.codes),
            )


def part_without_whole(sheet: Sheet) -> Iterator[Finding]:
    """A part is given whose whole is blank on the same sheet: the rate will leave this month out; once for each blank cell."""
    seen: set[str] = set()
    for pair in parts_of_wholes(sheet.catalog):
        given = all(_stated(sheet, code) for code in pair.part.codes)
        blank = [reading for code in pair.whole.codes if (reading := sheet.standing(code)) is not None and reading.value.state is State.UNREPORTED]
        if given and blank and pair.strict and blank[0].measure not in seen and not _known_elsewhere(sheet, blank[0].measure):
            seen.add(blank[0].measure)
            name = sheet.catalog.measures[blank[0].measure].name
            yield Finding(
                "part-without-whole",
                Severity.HINT,  # the board says that the month is left out; an office may still wait for the whole
                blank[0].place,
                f"{_names(pair.part, sheet)}有数，{name}没有填",
                f"是否漏填？{name}不填，{pair.indicator.name}就不计这个月",
                measures=(*pair.part.codes, *pair.whole.codes),
            )


def tested_exceeds_taken(sheet: Sheet) -> Iterator[Finding]:
    """No more results than samples; last year's samples may have got theirs only now, so the office may say so."""
    for indicator in sheet.catalog.indicators.values():
        tested, taken = indicator.denominator, indicator.total
        if tested is None or taken is None or tested.terms == taken.terms:
            continue
        reading = _first(sheet, tested) or _first(sheet, taken)
        figures = sheet.figures(_keys(tested, taken), in_part=True) if reading is not None else {}
        results, samples = _sum(figures, tested), _sum(figures, taken)
        if reading is not None and results is not None and samples is not None and results > samples:
            yield Finding(
                "tested-exceeds-taken",
                Severity.CHECK,
                reading.place,
                f"{_spoken(tested, sheet, figures)}，大于{_spoken(taken, sheet, figures)}",
                "请核对这两项；含上年抽样、今年出结论的，请写明批次数",
                measures=(*tested.codes, *taken.codes),
            )


def rate_differs(sheet: Sheet) -> Iterator[Finding]:
    """A typed rate against the one computed from its parts, after rounding to the digits typed."""
    judged = {_alone(r.right) for r in sheet.catalog.relations.values() if r.kind is RelationKind.RATIO and r.raises is not Raises.NOTHING}
    for indicator, reading, rate in _typed(sheet):
        figures = sheet.figures(_keys(indicator.numerator, indicator.denominator))
        numerator, denominator = _sum(figures, indicator.numerator), _sum(figures, indicator.denominator)
        exact = divide(numerator, denominator, indicator.scale, _days(sheet, indicator, reading))
        if indicator.code in judged or exact is None or not _exact(figures):
            continue
        decimals = reading.value.decimals
        computed = round_half_up(exact, decimals)
        if computed != rate:
            yield Finding(
                "rate-differs",
                Severity.CHECK,
                reading.place,
                f"{indicator.name}填报 {reading.value.number}{indicator.unit}，按分子分母计算为 {float(computed):.{decimals}f}{indicator.unit}",
                "请核对分子、分母和填报的比率；口径不同的请写明",
                measures=tuple(dict.fromkeys(code for code, _ in [(indicator.code, 0), *_keys(indicator.numerator, indicator.denominator)])),
            )


def _days(sheet: Sheet, indicator: Indicator, typed: Reading) -> tuple[int, int]:
    """Of a rate per year the days of its year, and those in which its numerator was counted."""
    if not indicator.annualised:
        return 1, 1
    counted = _first(sheet, indicator.numerator) or typed
    return days_of_year(sheet.period.year), days(date(sheet.period.year, 1, 1), own_day(counted.as_of, sheet.period))


def rate_unreachable(sheet: Sheet) -> Iterator[Finding]:
    """A typed percentage whose denominator is known but not its numerator: does any whole number make it?"""
    judged = {_alone(r.left) for r in sheet.catalog.relations.values() if r.kind is RelationKind.REACHABLE and r.raises is not Raises.NOTHING}
    for indicator, reading, rate in _typed(sheet):
        figures = sheet.figures(_keys(indicator.numerator, indicator.denominator))
        denominator = _sum(figures, indicator.denominator)
        if indicator.code in judged or open_ended(indicator) or indicator.scale != 100 or indicator.denominator is None:
            continue
        counted = all(sheet.catalog.measures[code].decimals == 0 for code in (*indicator.numerator.codes, *indicator.denominator.codes))
        if not counted or denominator is None or denominator <= 0 or denominator.denominator > 1 or not 0 <= rate <= 100:
            continue
        if _sum(figures, indicator.numerator) is not None or not _exact(sheet.figures(_keys(indicator.denominator))):
            continue
        decimals = reading.value.decimals
        if not reachable(rate, denominator, decimals):
            below = rate * denominator // 100
            near = [n for n in (below, below + 1) if 0 <= n <= denominator]
            nearest = "，".join(f"{n} 得 {float(round_half_up(Fraction(n * 100) / denominator, decimals)):.{decimals}f}%" for n in near)
            yield Finding(
                "rate-unreachable",
                Severity.CHECK,
                reading.place,
                f"{indicator.name}填报 {reading.value.number}%，分母（{_spoken(indicator.denominator, sheet, figures)}）下没有哪个整数分子能得出（{nearest}）",
                "请核对分母；是几个比率的平均数的，应改为分子之和除以分母之和",
                measures=(indicator.code, *indicator.denominator.codes),
            )


def _typed(sheet: Sheet) -> Iterator[tuple[Indicator, Reading, Fraction]]:
    """The rates typed on this sheet as exact numbers."""
    for indicator in sheet.catalog.indicators.values():
        reading = sheet.cells.get((indicator.code, Column.YTD))
        if indicator.reported is not None and reading is not None and reading.value.number is not None and reading.value.qualifier is Qualifier.EXACT:
            yield indicator, reading, Fraction(reading.value.number)


@dataclass(frozen=True, slots=True)
class _Excess:
    """The months over which a part is more than its whole; ``stated``: it is one month, and stated as such."""

    words: str
    figures: Figures
    stated: bool


def _of(sheet: Sheet, pair: PartOfWhole) -> Figures:
    return sheet.figures(_keys(pair.part, pair.whole))


def _exceeding(sheet: Sheet, pair: PartOfWhole, reading: Reading, figures: Figures) -> Finding:
    """The finding about what is so far this year; asked where the part runs to a later day than the whole."""
    days = [[day for code in side.codes if (day := _day(sheet, code)) is not None] for side in (pair.part, pair.whole)]
    later = all(days) and max(days[0]) > min(days[1])
    unlike = f"，数据截止日分别是 {max(days[0])} 和 {min(days[1])}" if later else ""
    return Finding(
        "part-exceeds-whole",
        Severity.CHECK if later or not pair.strict else Severity.BLOCK,
        reading.place,
        f"{_spoken(pair.part, sheet, figures)}，大于{_spoken(pair.whole, sheet, figures)}{unlike}",
        f"{pair.indicator.name}的{pair.share}不能大于分母，请核对这两项",
        measures=(*pair.part.codes, *pair.whole.codes),
    )


def _in_some_months(sheet: Sheet, pair: PartOfWhole) -> _Excess | None:
    """Where the part is more than the whole in the months that end with this one and over which both are known."""
    codes, last = [code for code, _ in _keys(pair.part, pair.whole)], sheet.period.month
    if any(sheet.catalog.measures[code].kind is not MeasureKind.FLOW for code in codes):
        return None
    courses = {code: sheet.course(code) for code in codes}
    single = {(code, 0): value for code, course in courses.items() if (value := course.month(last)) is not None}
    stated = all((cell := course.months.get(last)) is not None and cell.value.number is not None for course in courses.values())
    if len(single) == len(courses) and (excess := _excess(pair, "本月", single, stated)) is not None:
        return excess
    known = stretches(list(courses.values()), last)
    if not known or known[-1][1] != last or known[-1][0] in (0, last - 1):
        return None  # not known, or compared as cumulatives or as a month
    first = known[-1][0]
    figures = {(code, 0): value for code, course in courses.items() if (value := course.since(first, last)) is not None}
    return _excess(pair, f"{first + 1}—{last} 月", figures, stated=False) if len(figures) == len(courses) else None


def _excess(pair: PartOfWhole, words: str, figures: Figures, stated: bool) -> _Excess | None:
    amount, whole = _sum(figures, pair.part), _sum(figures, pair.whole)
    if amount is None or whole is None or not amount > whole >= 0 or not _exact(figures):
        return None
    if not pair.at_once and (amount - whole < _MANY or amount <= 2 * whole):
        return None
    return _Excess(words, figures, stated and pair.at_once)


def _keys(*sides: Linear | None) -> list[tuple[str, int]]:
    return [(term.measure, term.years_back) for side in sides if side for term in side.terms]


def _first(sheet: Sheet, part: Linear) -> Reading | None:
    """The first cell of a part on this sheet."""
    return next((reading for code in part.codes if (reading := sheet.standing(code)) is not None), None)


def _stated(sheet: Sheet, code: str) -> bool:
    """Whether a measure has a number on this sheet."""
    return any(sheet.number(code, column) for column in (Column.YTD, Column.MONTH))


def _known_elsewhere(sheet: Sheet, code: str) -> bool:
    """Whether a measure that is blank here is stated by another file of the month."""
    cells = (sheet.filed.get((code, column), {}).get(sheet.period) for column in (Column.YTD, Column.MONTH))
    return any(cell is not None and cell.value.state is not State.UNREPORTED for cell in cells)


def _day(sheet: Sheet, code: str) -> date | None:
    """The day that the figure of this month runs to."""
    if sheet.catalog.measures[code].kind is MeasureKind.FLOW:
        return sheet.course(code).day(sheet.period.month)
    cell = sheet.level(code, sheet.period)
    return cell.as_of if cell else None


def _exact(figures: Figures) -> bool:
    """Whether no figure is an approximation."""
    return all(value.qualifier is Qualifier.EXACT for value in figures.values())


def _sum(figures: Figures, part: Linear | None) -> Fraction | None:
    """A part, exactly; None when a figure is lacking."""
    if part is None:
        return None
    total = Fraction(0)
    for term in part.terms:
        value = figures.get((term.measure, term.years_back))
        if value is None or value.number is None:
            return None
        total += Fraction(term.coefficient) * Fraction(value.number)
    return total


def _spoken(part: Linear, sheet: Sheet, figures: Figures) -> str:
    numbers = [(term.measure, figures[term.measure, term.years_back].number or Decimal(0)) for term in part.terms]
    return "、".join(f"{sheet.catalog.measures[code].name} {plain(number, 6)}" for code, number in numbers)


def _names(part: Linear, sheet: Sheet) -> str:
    return "、".join(sheet.catalog.measures[code].name for code in part.codes)


def _alone(side: Expression | None) -> str | None:
    """The code that a side consists of alone; None for anything longer."""
    return side.codes[0][0] if side and len(side.codes) == 1 and side.text == side.codes[0][0] else None
