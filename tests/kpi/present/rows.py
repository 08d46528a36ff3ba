"""A row of the board for tests: whole, with only what a test is about said."""

from datetime import date
from decimal import Decimal
from typing import Any

from kpi.catalog.target import TargetKind
from kpi.compute.flat_row import NAMES, fields_of, row_of
from kpi.compute.marks import NO_MARK_COUNTS
from kpi.compute.row import BoardRow, Status
from kpi.period import Month
from kpi.value import State

NOVEMBER = Month(2023, 11)


def row(**said: Any) -> BoardRow:
    """A floor of 97.8 % on the food samples, met or not as said."""
    fields: dict[str, Any] = dict.fromkeys(NAMES)
    fields |= {
        "period": NOVEMBER,
        "indicator": "food_sampling_pass_rate",
        "name": "食品抽检合格率",
        "office": "food_coordination",
        "unit": "%",
        "state": State.NUMBER,
        "yoy_unit": "个百分点",
        "yoy_words": "",
        "mom_words": "",
        "data_year": 2023,
        "adjustment": (),
        "missing": (),
        "prior_missing": (),
        "restated": (),
        "leaves": 1,
        "counted": 1,
        "compared": 1,
        "lacking": (),
        "qualifier": "=",
        "prior_qualifier": "=",
        "month_qualifier": "=",
        "year_end_qualifier": "=",
        "certain": True,
        "marks_below": NO_MARK_COUNTS,
        "moves": (),
        "blank": (),
        "days_apart": False,
        "results_open": False,
        "idle": (),
        "state_words": "",
        "year_begins": 1,
        "target_kind": TargetKind.FLOOR,
        "target_document": "",
        "pace_basis": "",
        "status": Status.MET,
        "may_assess": True,
        "as_of": date(2023, 11, 23),
    }
    numbers = {name: Decimal(value) if isinstance(value, str) and name in _DECIMALS else value for name, value in said.items()}
    return row_of(fields | numbers)


def with_fields(row: BoardRow, **written: Any) -> BoardRow:
    """A row with some fields, by their flat names, replaced."""
    return row_of(fields_of(row) | written)


_DECIMALS = {"value", "numerator", "denominator", "reported_value", "low", "high", "prior_value", "prior_own", "yoy"}
_DECIMALS |= {"target", "target_upper", "tolerance", "pace", "progress", "gap"}
