"""Parts and wholes: a part that lacks its whole, what a typed rate must follow from, and whether it can be had at all."""

from collections.abc import Iterator
from fractions import Fraction

from kpi.catalog.formula import Expression
from kpi.catalog.indicator import Indicator
from kpi.catalog.relation import Raises, RelationKind
from kpi.compute.rate import divide
from kpi.finding import Finding, Severity
from kpi.period import days
from kpi.validation.checked_sheet import CheckedSheet
from kpi.validation.finding_words import counted
from kpi.validation.relation_figures import reachable, round_half_up
from kpi.validation.sides import all_exact, amount_of, first_cell, keys, names, spoken
from kpi.validation.wholes_of_formulas import open_ended, parts_of_wholes
from kpi.value import Qualifier, State
from kpi.workbook.report import Column, Reading


def part_without_whole(sheet: CheckedSheet) -> Iterator[Finding]:
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
                f"{name}没有填，{names(pair.part, sheet)}有数",
                f"是否漏填？{name}不填，{pair.indicator.name}就不计这个月",
                measures=(*pair.part.codes, *pair.whole.codes),
            )


def tested_exceeds_taken(sheet: CheckedSheet) -> Iterator[Finding]:
    """No more results than samples; last year's samples may have got theirs only now, so the office may say so; each pair once."""
    seen: set[tuple[object, object]] = set()
    for indicator in sheet.catalog.indicators.values():
        tested, taken = indicator.denominator, indicator.total
        if tested is None or taken is None or indicator.derived or tested.terms == taken.terms or (tested.terms, taken.terms) in seen:
            continue
        seen.add((tested.terms, taken.terms))
        reading = first_cell(sheet, tested) or first_cell(sheet, taken)
        figures = sheet.figures(keys(tested, taken), in_part=True) if reading is not None else {}
        results, samples = amount_of(figures, tested), amount_of(figures, taken)
        if reading is not None and results is not None and samples is not None and results > samples:
            yield Finding(
                "tested-exceeds-taken",
                Severity.CHECK,
                reading.place,
                f"{spoken(tested, sheet, figures)}，大于{spoken(taken, sheet, figures)}",
                "请核对这两项；含上年抽样、今年出结论的，请写明批次数",
                measures=(*tested.codes, *taken.codes),
            )


def rate_differs(sheet: CheckedSheet) -> Iterator[Finding]:
    """A typed rate against the one computed from its parts, after rounding to the digits typed."""
    judged = {_alone(r.right) for r in sheet.catalog.relations.values() if r.kind is RelationKind.RATIO and r.raises is not Raises.NOTHING}
    for indicator, reading, rate in _typed(sheet):
        figures = sheet.figures(keys(indicator.numerator, indicator.denominator))
        numerator, denominator = amount_of(figures, indicator.numerator), amount_of(figures, indicator.denominator)
        exact = divide(numerator, denominator, indicator.scale, _days(sheet, indicator, reading))
        if indicator.code in judged or exact is None or not all_exact(figures):
            continue
        decimals = reading.value.decimals
        computed = round_half_up(exact, decimals)
        if computed != rate:
            parts = "、".join(spoken(side, sheet, figures) for side in (indicator.numerator, indicator.denominator) if side)
            yield Finding(
                "rate-differs",
                Severity.CHECK,
                reading.place,
                f"{indicator.name}填报 {counted(reading.value.number, indicator.unit)}，"
                f"按{parts} 计算为 {counted(f'{float(computed):.{decimals}f}', indicator.unit)}",
                "请核对分子、分母和填报的比率；口径不同的请写明",
                measures=tuple(dict.fromkeys(code for code, _ in [(indicator.code, 0), *keys(indicator.numerator, indicator.denominator)])),
            )


def _days(sheet: CheckedSheet, indicator: Indicator, typed: Reading) -> tuple[int, int]:
    """Of a rate per year the days of its year, and those in which its numerator was counted."""
    if not indicator.annualised:
        return 1, 1
    part = first_cell(sheet, indicator.numerator) or typed
    year = sheet.catalog.year
    return year.days(sheet.year), days(year.first_day(sheet.year), year.own_day(part.as_of, sheet.period))


def rate_unreachable(sheet: CheckedSheet) -> Iterator[Finding]:
    """A typed percentage whose denominator is known but not its numerator: does any whole number make it?"""
    judged = {_alone(r.left) for r in sheet.catalog.relations.values() if r.kind is RelationKind.REACHABLE and r.raises is not Raises.NOTHING}
    for indicator, reading, rate in _typed(sheet):
        figures = sheet.figures(keys(indicator.numerator, indicator.denominator))
        denominator = amount_of(figures, indicator.denominator)
        if indicator.code in judged or open_ended(indicator) or indicator.scale != 100 or indicator.denominator is None:
            continue
        whole_numbers = all(sheet.catalog.measures[code].decimals == 0 for code in (*indicator.numerator.codes, *indicator.denominator.codes))
        if not whole_numbers or denominator is None or denominator <= 0 or denominator.denominator > 1 or not 0 <= rate <= 100:
            continue
        if amount_of(figures, indicator.numerator) is not None or not all_exact(sheet.figures(keys(indicator.denominator))):
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
                f"{indicator.name}填报 {reading.value.number}%，分母（{spoken(indicator.denominator, sheet, figures)}）下没有哪个整数分子能得出（{nearest}）",
                "请核对分母；是几个比率的平均数的，应改为分子之和除以分母之和",
                measures=(indicator.code, *indicator.denominator.codes),
            )


def _typed(sheet: CheckedSheet) -> Iterator[tuple[Indicator, Reading, Fraction]]:
    """The rates typed on this sheet as exact numbers."""
    for indicator in sheet.catalog.indicators.values():
        reading = sheet.cells.get((indicator.code, Column.YTD))
        if (
            indicator.reported is not None
            and not indicator.derived
            and reading is not None
            and reading.value.number is not None
            and reading.value.qualifier is Qualifier.EXACT
        ):
            yield indicator, reading, Fraction(reading.value.number)


def _stated(sheet: CheckedSheet, code: str) -> bool:
    """Whether a measure has a number on this sheet."""
    return any(sheet.number(code, column) for column in (Column.YTD, Column.MONTH))


def _known_elsewhere(sheet: CheckedSheet, code: str) -> bool:
    """Whether a measure that is blank here is stated by another file of the month."""
    cells = (sheet.filed.get((code, column), {}).get(sheet.period) for column in (Column.YTD, Column.MONTH))
    return any(cell is not None and cell.value.state is not State.UNREPORTED for cell in cells)


def _alone(side: Expression | None) -> str | None:
    """The code that a side consists of alone; None for anything longer."""
    return side.codes[0][0] if side and len(side.codes) == 1 and side.text == side.codes[0][0] else None
