"""What a row is computed from, for tests: whole and exact, with only what a test is about given."""

from collections.abc import Mapping
from typing import Any

from kpi.catalog.target import TargetKind
from kpi.compute.ingredients import Ingredients
from kpi.compute.marks import NO_MARK_COUNTS, NO_MARKS
from kpi.compute.parts import Parts
from kpi.compute.subject import Subject
from kpi.period import CALENDAR_YEAR, Month
from kpi.value import Qualifier

NOVEMBER = Month(2023, 11)


def subject(**fields: Any) -> Subject:
    """A count that grows over the year; with ``divided=True`` a share of it, in per cent."""
    divided = fields.get("divided", False)
    usual: Mapping[str, Any] = {
        "code": "tested",
        "name": "试验数",
        "office": "food",
        "unit": "%" if divided else "件",
        "scale": 100 if divided else 1,
        "divided": divided,
        "target_kind": TargetKind.NONE,
        "may_assess": True,
        "reported_decimals": None,
        "terms": (),
        "flows": {"numerator": True} | ({"denominator": True} if divided else {}),
        "sheets": ("试验科月报表",),
        "year_offset": 0,
        "annualised": False,
        "shifts": {},
        "share": divided,
        "subtracts": False,
        "changes": False,
        "stands_below": False,
        "growth": False,
        "rises": False,
        "year": CALENDAR_YEAR,
    }
    return Subject(**{**usual, **fields})


def parts(**fields: Any) -> Parts:
    """The parts of one organisation that reported everything; what is not given is not known."""
    known = {"reason": 0, "prior_reason": 0, "before_reason": 0, "counted": 1, "compared": 1}
    return Parts.absent("district", 1)._replace(**{**known, **fields})


def ingredients(asked: Subject, summed: Parts, point: Month = NOVEMBER, **fields: Any) -> Ingredients:
    """All of it, without targets and marks."""
    usual: Mapping[str, Any] = {
        "targets": (),
        "marks": NO_MARKS,
        "marks_below": NO_MARK_COUNTS,
        "moves": (),
        "month_qualifier": Qualifier.EXACT,
        "year_end_qualifier": Qualifier.EXACT,
        "unlike": "",
    }
    return Ingredients(asked, point, summed, **{**usual, **fields})
