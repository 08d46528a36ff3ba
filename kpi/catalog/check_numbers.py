"""
Numbers of the catalogue that figures can be computed and printed with.

One too large or too fine would be found out by the database, which then has no figures at all; a unit that the formula does not
lead to (% without 100, 万元 out of 元) by nobody.
"""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from kpi.catalog.check_earlier import definitions
from kpi.catalog.draft import Draft
from kpi.catalog.fault_line import Where
from kpi.catalog.formula import Linear
from kpi.catalog.frozen_model import FrozenModel
from kpi.catalog.indicator import Indicator
from kpi.catalog.measure import Measure
from kpi.catalog.relation import Relation
from kpi.catalog.target import Reference, Target

_MOST_DECIMALS = 6  # as many as figures are kept with
_LARGEST = Decimal(10) ** 15  # as of a figure
_LARGEST_SCALE = 10**9
_LARGEST_COEFFICIENT = 10**6  # of whole ones; sums of figures are kept multiplied by it
_EARLIEST_YEAR = -9  # years before that of the report
_SCALES = {"%": 100, "‰": 1000}


def numbers(draft: Draft) -> Iterator[str]:
    """Faults of decimals, multiples, coefficients, and of the numbers of targets and references."""
    units = {measure.code: measure.unit for measure in draft.entries(Measure)}
    for measure in draft.of(Measure):
        yield from _decimals(measure.where, measure.noun.decimals)
        if not _EARLIEST_YEAR <= measure.noun.report_year_offset <= 0:
            yield measure.where.says(f"report_year_offset 应在 {_EARLIEST_YEAR} 到 0 之间，现为 {measure.noun.report_year_offset}")
    for relation in draft.of(Relation):
        yield from _decimals(relation.where, relation.noun.decimals or 0)
    for entry in definitions(draft):
        yield from _decimals(entry.where, entry.noun.decimals)
        yield from _scale(entry.where, entry.noun.scale)
        yield from _unit(entry.where, entry.noun, units)
        for key in ("numerator", "denominator", "failed", "total"):
            if formula := getattr(entry.noun, key):
                yield from _coefficients(entry.where, key, formula)
    for noun in (*draft.of(Target), *draft.of(Reference)):
        for key, number in _numbers(noun.noun):
            if abs(number) >= _LARGEST:
                yield noun.where.says(f"{key}的数超过 15 位，现为 {number:.3g}")


def _decimals(place: Where, decimals: int) -> Iterator[str]:
    if not 0 <= decimals <= _MOST_DECIMALS:
        yield place.says(f"decimals 应在 0 到 {_MOST_DECIMALS} 之间，现为 {decimals}")


def _scale(place: Where, scale: int) -> Iterator[str]:
    if scale <= 0:
        yield place.says(f"scale 应大于 0，现为 {scale}")
    elif scale > _LARGEST_SCALE:
        yield place.says(f"scale 最大 {_LARGEST_SCALE}，现为 {scale}")


def _unit(place: Where, indicator: Indicator, units: Mapping[str, str]) -> Iterator[str]:
    """The unit of an indicator follows from its formula, where no coefficient turns one into another."""
    formulas = [formula for formula in (indicator.numerator, indicator.denominator) if formula]
    if any(abs(term.coefficient) != 1 or (term.derivation and len(term.codes) > 1) for formula in formulas for term in formula.terms):
        return
    sides = [{_size_and_base(units[code]) for code in formula.codes if code in units} for formula in formulas]
    [(size, base), *others] = sides[0] or [("", "")]
    if others or not base:
        return
    if indicator.denominator is None:
        own = _size_and_base(indicator.unit)
        if (own[1] == base and own[0] != size) or (indicator.unit in _SCALES and base not in _SCALES):
            yield place.says(f"unit 是「{indicator.unit}」，分子的单位是「{size}{base}」，数不会自己换算；请在公式里乘换算的系数，率要写 denominator")
    elif indicator.unit in _SCALES and {other for _, other in sides[1]} == {base}:
        if sides[0] != sides[1]:
            yield place.says(f"分子的单位是「{size}{base}」，分母的不同，数不会自己换算；请在公式里乘换算的系数")
        elif indicator.scale > 0 and indicator.scale != _SCALES[indicator.unit]:
            yield place.says(f"单位是「{indicator.unit}」的率，scale 应写 {_SCALES[indicator.unit]}，现为 {indicator.scale}")


def _size_and_base(unit: str) -> tuple[str, str]:
    """The words of size before a unit, and what it counts: 万 and 元."""
    base = unit.lstrip("十百千万亿")
    return (unit.removesuffix(base), base) if base else ("", unit)


def _coefficients(place: Where, key: str, formula: Linear) -> Iterator[str]:
    shift = max(0, *(-int(term.coefficient.normalize().as_tuple().exponent) for term in formula.terms))
    if any(abs(term.coefficient.scaleb(shift)) > _LARGEST_COEFFICIENT for term in formula.terms):
        yield place.says(f"{key} 的公式「{formula.text}」的系数太大，或者位数太多；最多 {_LARGEST_COEFFICIENT}，小数连同整数最多 6 位")


def _numbers(model: FrozenModel, above: str = "") -> Iterator[tuple[str, Decimal]]:
    """Every decimal number of an entry, with the field it stands in."""
    for key, value in model:
        for item in value if isinstance(value, tuple) else value.values() if isinstance(value, dict) else (value,):
            if isinstance(item, Decimal):
                yield f"{above}{key} ", item
            elif isinstance(item, FrozenModel):
                yield from _numbers(item, f"{key} 的 ")
