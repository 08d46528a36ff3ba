"""How large a figure may be, so that whatever is computed from it can be kept."""

from collections.abc import Mapping
from decimal import ROUND_FLOOR, Decimal
from functools import lru_cache

from kpi.catalog.model import Catalog
from kpi.figures.definitions import shift

_KEPT = Decimal(10) ** 16  # every sum in the store is a DECIMAL(22,6)
_FIGURES = 16  # that one sum of an organisation may hold: twelve months, and an adjustment of several


@lru_cache(maxsize=4)
def largest(catalog: Catalog) -> Mapping[str, Decimal]:
    """
    The largest figure of each measure, without its sign.

    A year of it, of every organisation that reports, times the coefficients of any part of an indicator that it is a
    term of, stays within what the store keeps; and the store keeps coefficients as whole numbers.
    """
    weights = dict.fromkeys(catalog.measures, Decimal(1))
    for indicator in catalog.definitions.values():
        for part in (indicator.numerator, indicator.denominator, indicator.failed, indicator.total):
            weight = sum((abs(term.coefficient) for term in part.terms), Decimal(0)).scaleb(shift(part)) if part else Decimal(0)
            for code in part.codes if part else ():
                weights[code] = max(weights[code], weight)
    shared = _KEPT / (_FIGURES * len(catalog.leaves(catalog.root)))
    most = {code: shared / weight for code, weight in weights.items()}
    for factors in {derivation.measures for indicator in catalog.definitions.values() for formula in indicator.formulas for derivation in formula.derivations}:
        if len(factors) > 1:  # each may be as large as the other
            least = min(shared / weights[code] for code in factors)
            root = least.sqrt() if len(factors) == 2 else least ** (1 / Decimal(3))
            most |= {code: min(most[code], root) for code in factors}
    return {code: amount.to_integral_value(ROUND_FLOOR) for code, amount in most.items()}
