"""
Parts of wholes: which indicators divide a part by what it is a part of, as their formulas say.

A growth is none, for its numerator looks a year back; neither is a completion rate, nor a ratio of unlike things.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

from kpi.catalog.formula import Linear, Term
from kpi.catalog.indicator import Indicator
from kpi.catalog.measure import MeasureKind
from kpi.catalog.model import Catalog
from kpi.catalog.relation import Raises, RelationKind
from kpi.catalog.target import TargetKind

_SHARES = ("%", "％", "‰")
_UNITS = ({"户", "家"},)  # that count the same things in two words


class Share(StrEnum):
    """Which share of the denominator a part is, for the sentence about it."""

    NUMERATOR = "分子"
    ITEM = "分项"


@dataclass(frozen=True, slots=True)
class PartOfWhole:
    """A part, the whole it cannot exceed, and the indicator that says so."""

    indicator: Indicator
    part: Linear
    whole: Linear
    share: Share
    strict: bool  # both of one kind: the part can never be more
    at_once: bool  # the catalogue says that the whole is made of the part and others, so it holds for every month as well
    belated: bool  # the catalogue says that the part may be of what the whole counted in months before


@lru_cache(maxsize=4)
def parts_of_wholes(catalog: Catalog) -> tuple[PartOfWhole, ...]:
    """Every part and whole of the catalogue's indicators, each pair once, in its order."""
    wholes: dict[tuple[object, object], PartOfWhole] = {}
    for indicator in catalog.indicators.values():
        for pair in _of(indicator, catalog):
            key = (frozenset(pair.part.terms), frozenset(pair.whole.terms))
            if key not in wholes or (pair.at_once and not wholes[key].at_once):
                wholes[key] = pair
    return tuple(wholes.values())


def open_ended(indicator: Indicator) -> bool:
    """Whether the numerator may outgrow the denominator: a task overfulfilled, a growth, or what the catalogue says can."""
    return indicator.may_exceed or indicator.target_kind in (TargetKind.PROGRESS, TargetKind.GROWTH)


def _of(indicator: Indicator, catalog: Catalog) -> Iterator[PartOfWhole]:
    whole = indicator.denominator
    if whole is None or open_ended(indicator) or indicator.unit not in _SHARES or indicator.scale == 1:
        return
    for part, share in ((_remainder(indicator.numerator, whole), Share.NUMERATOR), (indicator.failed, Share.ITEM)):
        if part is None or not (_plain(part) and _plain(whole)):
            continue
        measures = [catalog.measures[code] for code in (*part.codes, *whole.codes)]
        if any(measure.signed for measure in measures) or not _alike({measure.unit for measure in measures}):
            continue
        kinds = [{catalog.measures[code].kind for code in side.codes} for side in (part, whole)]
        if kinds[0] == kinds[1] and len(kinds[0]) == 1:
            at_once = indicator.failed is not None or _makes_up(catalog, part, whole)
            yield PartOfWhole(indicator, part, whole, share, strict=True, at_once=at_once, belated=indicator.belated and not at_once)
        elif kinds == [{MeasureKind.FLOW}, {MeasureKind.STOCK}]:
            yield PartOfWhole(indicator, part, whole, share, strict=False, at_once=False, belated=False)


def _remainder(part: Linear, whole: Linear) -> Linear | None:
    """Of a numerator that is the whole without something, that something; of any other the numerator itself."""
    taken = tuple(Term(term.measure, -term.coefficient, term.years_back) for term in part.terms if term.coefficient < 0)
    if not taken:
        return part
    kept = {term for term in part.terms if term.coefficient > 0}
    return Linear(" + ".join(term.measure for term in taken), taken) if kept == set(whole.terms) else None


def _plain(side: Linear) -> bool:
    """Whether a side counts this year's things, each once."""
    return all(term.coefficient == Decimal(1) and not term.years_back and term.derivation is None for term in side.terms)


def _alike(units: set[str]) -> bool:
    return len(units) == 1 or any(units <= same for same in _UNITS)


def _makes_up(catalog: Catalog, part: Linear, whole: Linear) -> bool:
    """Whether the formula or a relation of the catalogue says that the whole is the sum of the part and others."""
    if set(part.codes) < set(whole.codes):
        return True
    sums = [r for r in catalog.relations.values() if r.kind is RelationKind.SUM and r.raises is not Raises.NOTHING and r.op == "="]
    sides = [({code for code, _ in r.left.codes}, {code for code, _ in r.right.codes}) for r in sums if r.left and r.right]
    like = [(terms, total) for terms, total in sides if len({catalog.measures[code].kind for code in terms | total}) == 1]  # 未整改 is what is left over
    return any(set(part.codes) <= terms and total == set(whole.codes) for terms, total in like)
