"""The summed parts of an indicator: what is divided, compared and judged, as the store sums it."""

from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from kpi.value import State


class Parts(NamedTuple):
    """One row of part.sql, its columns in order."""

    org: str
    indicator: str
    period: date
    numerator: Decimal | None
    denominator: Decimal | None
    failed: Decimal | None
    total: Decimal | None
    reported: Decimal | None
    reason: int  # why there is none: the weight of a State, 0 where there is one
    as_of: date | None
    as_of_latest: date | None
    base_as_of: date | None
    counted_to: date | None
    missing: int
    base_missing: int
    numerator_qualifier: str
    denominator_qualifier: str
    base_unlike: bool
    days_apart: int
    results_open: bool
    known: Decimal | None
    whole_denominator: Decimal | None
    exposure: Decimal | None
    whole_exposure: Decimal | None
    month_numerator: Decimal | None
    month_denominator: Decimal | None
    before_numerator: Decimal | None
    before_denominator: Decimal | None
    prior_numerator: Decimal | None
    prior_denominator: Decimal | None
    own_numerator: Decimal | None
    own_denominator: Decimal | None
    year_end: Decimal | None
    like_numerator: Decimal | None
    like_denominator: Decimal | None
    prior_exposure: Decimal | None
    like_exposure: Decimal | None
    prior_as_of: date | None
    prior_reason: int
    prior_missing: int
    prior_qualifier: str
    before_reason: int
    before_counted_to: date | None
    divided: bool
    leaves: int
    counted: int
    compared: int
    gapped: int
    prior_gapped: int
    prior_leaves: int

    @classmethod
    def absent(cls, org: str, leaves: int) -> "Parts":
        """What there is of an indicator that nobody said anything about."""
        empty: dict[str, Any] = dict.fromkeys(cls._fields)
        nothing = dict.fromkeys(("missing", "base_missing", "prior_missing", "days_apart", "counted", "compared", "gapped", "prior_gapped", "prior_leaves"), 0)
        exact = dict.fromkeys(("numerator_qualifier", "denominator_qualifier", "prior_qualifier"), "=") | {"base_unlike": False, "results_open": False}
        unreported = dict.fromkeys(("reason", "prior_reason", "before_reason"), State.UNREPORTED.weight)
        return cls(**empty | nothing | exact | {"org": org, **unreported, "divided": False, "leaves": leaves})
