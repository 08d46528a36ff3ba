"""Parts and wholes: what a part cannot exceed, what a typed rate must follow from, and whether it can be had at all."""

from collections.abc import Iterator
from fractions import Fraction

from kpi.catalog.formula import Expression, Linear
from kpi.catalog.model import Indicator, Raises, RelationKind, TargetKind
from kpi.finding import Finding, Severity
from kpi.validation.relations import reachable, round_half_up
from kpi.validation.sheet import Sheet
from kpi.validation.wording import plain
from kpi.value import Qualifier
from kpi.workbook.report import Column, Reading


def part_exceeds_whole(sheet: Sheet) -> Iterator[Finding]:
    """Neither the passed nor the failed are more than the tested. A task may be overfulfilled, so completion rates are left out."""
    for indicator in sheet.catalog.indicators.values():
        if _open_ended(indicator) or indicator.unit != "%" or indicator.denominator is None:
            continue
        for part in (indicator.numerator, indicator.failed):
            if part is None or (reading := _first(sheet, part)) is None:
                continue
            amount, whole = (_sum(sheet, side) for side in (part, indicator.denominator))
            if amount is not None and whole is not None and amount > whole:
                yield Finding(
                    "part-exceeds-whole",
                    Severity.BLOCK,
                    reading.place,
                    f"{_spoken(part, sheet)}，大于{_spoken(indicator.denominator, sheet)}",
                    f"{indicator.name}的分{'子' if part is indicator.numerator else '项'}不能大于分母，请核对这两项",
                    measures=(*part.codes, *indicator.denominator.codes),
                )


def tested_exceeds_taken(sheet: Sheet) -> Iterator[Finding]:
    """No more results than samples; last year's samples may have got theirs only now, so the office may say so."""
    for indicator in sheet.catalog.indicators.values():
        tested, taken = indicator.denominator, indicator.total
        if tested is None or taken is None or tested.terms == taken.terms or (reading := _first(sheet, tested)) is None:
            continue
        results, samples = _sum(sheet, tested), _sum(sheet, taken)
        if results is not None and samples is not None and results > samples:
            yield Finding(
                "tested-exceeds-taken",
                Severity.CHECK,
                reading.place,
                f"{_spoken(tested, sheet)}，大于{_spoken(taken, sheet)}",
                "请核对这两项；含上年抽样、今年出结论的，请写明批次数",
                measures=(*tested.codes, *taken.codes),
            )


def rate_differs(sheet: Sheet) -> Iterator[Finding]:
    """A typed rate against the one computed from its parts, after rounding to the digits typed."""
    judged = {_alone(r.right) for r in sheet.catalog.relations.values() if r.kind is RelationKind.RATIO and r.raises is not Raises.NOTHING}
    for indicator, reading, rate in _typed(sheet):
        numerator, denominator = _sum(sheet, indicator.numerator), _sum(sheet, indicator.denominator)
        if indicator.code in judged or numerator is None or not denominator or not _exact(sheet, indicator.numerator, indicator.denominator):
            continue
        decimals = reading.value.decimals
        computed = round_half_up(numerator * indicator.scale / denominator, decimals)
        if computed != rate:
            yield Finding(
                "rate-differs",
                Severity.CHECK,
                reading.place,
                f"{indicator.name}填报 {reading.value.number}{indicator.unit}，按分子分母计算为 {float(computed):.{decimals}f}{indicator.unit}",
                "请核对分子、分母和填报的比率；口径不同的请写明",
                measures=(indicator.code, *indicator.numerator.codes),
            )


def rate_unreachable(sheet: Sheet) -> Iterator[Finding]:
    """A typed percentage whose denominator is known but not its numerator: does any whole number make it?"""
    judged = {_alone(r.left) for r in sheet.catalog.relations.values() if r.kind is RelationKind.REACHABLE and r.raises is not Raises.NOTHING}
    for indicator, reading, rate in _typed(sheet):
        denominator = _sum(sheet, indicator.denominator)
        if indicator.code in judged or _open_ended(indicator) or indicator.scale != 100 or indicator.denominator is None:
            continue
        counted = all(sheet.catalog.measures[code].decimals == 0 for code in (*indicator.numerator.codes, *indicator.denominator.codes))
        if not counted or denominator is None or denominator <= 0 or denominator.denominator > 1 or not 0 <= rate <= 100:
            continue
        if _sum(sheet, indicator.numerator) is not None or not _exact(sheet, indicator.denominator):
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
                f"{indicator.name}填报 {reading.value.number}%，分母（{_spoken(indicator.denominator, sheet)}）下没有哪个整数分子能得出（{nearest}）",
                "请核对分母；是几个比率的平均数的，应改为分子之和除以分母之和",
                measures=(indicator.code, *indicator.denominator.codes),
            )


def _typed(sheet: Sheet) -> Iterator[tuple[Indicator, Reading, Fraction]]:
    """The rates typed on this sheet as exact numbers."""
    for indicator in sheet.catalog.indicators.values():
        reading = sheet.cells.get((indicator.code, Column.YTD))
        if indicator.reported is not None and reading is not None and reading.value.number is not None and reading.value.qualifier is Qualifier.EXACT:
            yield indicator, reading, Fraction(reading.value.number)


def _open_ended(indicator: Indicator) -> bool:
    """Whether the numerator may outgrow the denominator: a task overfulfilled, a growth, or what the catalogue says can."""
    return indicator.may_exceed or indicator.target_kind in (TargetKind.PROGRESS, TargetKind.GROWTH)


def _first(sheet: Sheet, part: Linear) -> Reading | None:
    """The first cell of a part on this sheet."""
    return next((reading for code in part.codes if (reading := sheet.standing(code)) is not None), None)


def _exact(sheet: Sheet, *parts: Linear | None) -> bool:
    """Whether no figure of the parts is an approximation."""
    return all(sheet.figures[t.measure, t.years_back].qualifier is Qualifier.EXACT for part in parts if part for t in part.terms)


def _sum(sheet: Sheet, part: Linear | None) -> Fraction | None:
    """A part, exactly; None when a figure is lacking."""
    if part is None:
        return None
    total = Fraction(0)
    for term in part.terms:
        value = sheet.figures.get((term.measure, term.years_back))
        if value is None or value.number is None:
            return None
        total += Fraction(term.coefficient) * Fraction(value.number)
    return total


def _spoken(part: Linear, sheet: Sheet) -> str:
    figures = [(term.measure, sheet.figures[term.measure, term.years_back].number) for term in part.terms]
    return "、".join(f"{sheet.catalog.measures[code].name} {plain(number, 6)}" for code, number in figures if number is not None)


def _alone(side: Expression | None) -> str | None:
    """The code that a side consists of alone; None for anything longer."""
    return side.codes[0][0] if side and len(side.codes) == 1 and side.text == side.codes[0][0] else None
