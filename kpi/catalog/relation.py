"""Laws between figures (勾稽关系)."""

from enum import StrEnum

from kpi.catalog.formula import Expression
from kpi.catalog.frozen_model import FrozenModel


class RelationKind(StrEnum):
    """Which law a relation (勾稽关系) states."""

    SUM = "sum"
    BOUND = "bound"
    EQUALITY = "equality"
    RATIO = "ratio"  # a computed rate against the one typed in, after rounding to its decimals
    COMPLEMENT = "complement"
    DUPLICATE = "duplicate"  # one fact stated twice
    REACHABLE = "reachable"  # is the rate possible with this denominator at all (granularity)
    DERIVED = "derived"  # no law: a figure that follows from others, shown for information
    EVERY_RATE = "every-rate"  # holds for every measure of kind rate: 0 ≤ rate ≤ 100
    EVERY_COUNT = "every-count"  # holds for every counted measure: a whole number, not negative


class Raises(StrEnum):
    """What a violated relation raises."""

    BLOCK = "block"
    CHECK = "check"
    HINT = "hint"
    NOTHING = "nothing"


class Relation(FrozenModel):
    """A law between figures of one period, or a derived figure."""

    id: str
    name: str
    office: str  # filled in by the loader; "bureau" for those over several offices
    kind: RelationKind
    strength: str  # hard / soft / info, as the law is meant
    raises: Raises
    left: Expression | None = None
    op: str = "="  # = ≈ < <= >= > and != for figures that should not be the same
    right: Expression | None = None
    decimals: int | None = None  # for ≈: digits after rounding half up
    period: str | None = None  # holds only for this month's document
    seq: tuple[int, ...] = ()
    remedy: str = ""
    note: str = ""
