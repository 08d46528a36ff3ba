"""
How an indicator was computed up to some month (以前的口径), and who changed it then and why.

A code never changes its meaning: where a formula, a unit or what counts as better becomes another one, what held before is kept
beside what holds now, with the last month in which it held.  It says all of the definition by itself, so that no later change of
the present one can change it.
"""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from pydantic import BeforeValidator
from pydantic_core import PydanticCustomError

from kpi.catalog.formula import Linear, parse_linear
from kpi.catalog.formula_sums import FormulaError
from kpi.catalog.frozen_model import FrozenModel
from kpi.catalog.measure import Better
from kpi.catalog.target import TargetKind
from kpi.catalog.written_month import WrittenMonth
from kpi.period import Month


def _formula(written: object) -> object:
    """The formula that a field states; a fault of it has its Chinese words as its message."""
    if not isinstance(written, str):
        if written is None or isinstance(written, Linear):
            return written
        raise PydanticCustomError("formula", "是公式，应写在引号里")
    try:
        return parse_linear(written)
    except FormulaError as error:
        raise PydanticCustomError("formula", "的{words}", {"words": str(error)}) from None


@dataclass(frozen=True, slots=True)
class ReplacedDefinition:
    """The months of a definition that is not in force any more, as a figure computed by it says them."""

    until: Month  # the last month in which it held
    current_from: Month  # the first month of the one in force now


class EarlierDefinition(FrozenModel):
    """A definition that held up to a month, with what is known of the change that ended it."""

    until: WrittenMonth  # the last month in which it held
    numerator: Annotated[Linear, BeforeValidator(_formula)]
    denominator: Annotated[Linear | None, BeforeValidator(_formula)] = None
    failed: Annotated[Linear | None, BeforeValidator(_formula)] = None
    total: Annotated[Linear | None, BeforeValidator(_formula)] = None
    unit: str
    decimals: int = 0
    scale: int = 1
    annualised: bool = False
    may_exceed: bool = False
    belated: bool = False
    better: Better
    target_kind: TargetKind
    denominator_words: str = ""  # empty: as it is called now
    reported: str | None = None  # the measure of kind rate beside it
    reason: str = ""  # why it was changed
    document: str = ""  # and by which document
    changed_by: str = ""
    changed_on: date | None = None


_BESIDE = ("until", "denominator_words", "reason", "document", "changed_by", "changed_on")
DEFINING = tuple(name for name in EarlierDefinition.model_fields if name not in _BESIDE)
"""The fields that say how an indicator is computed and judged: those of an indicator that were others."""
