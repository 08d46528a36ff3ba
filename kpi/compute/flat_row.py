"""
The fields of a row of a board by flat names, in one order: those of the JSON contract and of the editions, which never change.

How a row is grouped in the code may; what scripts read and what was frozen for a meeting has the names and the order given here.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import MISSING, fields
from functools import cache
from operator import attrgetter
from typing import Any, get_type_hints

from kpi.compute.row import BoardRow

_PATHS = {
    "period": "period",
    "org": "org",
    "indicator": "indicator",
    "name": "name",
    "office": "office",
    "unit": "unit",
    "state": "figure.state",
    "value": "figure.value",
    "numerator": "figure.numerator",
    "denominator": "figure.denominator",
    "reported_value": "figure.reported_value",
    "reported_decimals": "figure.reported_decimals",
    "as_of": "figure.as_of",
    "as_of_latest": "figure.as_of_latest",
    "low": "figure.low",
    "high": "figure.high",
    "month_value": "month.value",
    "prior_value": "last_year.value",
    "prior_as_of": "last_year.as_of",
    "prior_own": "last_year.own",
    "yoy": "last_year.yoy",
    "yoy_unit": "last_year.yoy_unit",
    "yoy_words": "last_year.yoy_words",
    "mom": "month.mom",
    "mom_words": "month.mom_words",
    "target": "target.value",
    "target_upper": "target.upper",
    "target_kind": "target.kind",
    "target_document": "target.document",
    "target_since": "target.since",
    "tolerance": "target.tolerance",
    "pace": "target.pace",
    "pace_basis": "target.pace_basis",
    "progress": "target.progress",
    "gap": "target.gap",
    "shortfall": "target.shortfall",
    "status": "status",
    "may_assess": "may_assess",
    "signal": "signal",
    "year_end_value": "last_year.year_end_value",
    "since_year_end": "last_year.since_year_end",
    "data_year": "data_year",
    "base_as_of": "figure.base_as_of",
    "annualised_days": "figure.annualised_days",
    "adjustment": "caveats.adjustment",
    "missing": "caveats.missing",
    "prior_missing": "caveats.prior_missing",
    "restated": "caveats.restated",
    "leaves": "below.leaves",
    "counted": "below.counted",
    "compared": "below.compared",
    "gapped": "below.gapped",
    "prior_gapped": "below.prior_gapped",
    "lacking": "below.lacking",
    "restated_part": "last_year.restated_part",
    "qualifier": "figure.qualifier",
    "like_value": "last_year.like_value",
    "idle": "caveats.idle",
    "prior_qualifier": "last_year.qualifier",
    "certain": "figure.certain",
    "days_apart": "caveats.days_apart",
    "results_open": "caveats.results_open",
    "marks_below": "below.marks",
    "month_qualifier": "month.qualifier",
    "year_end_qualifier": "last_year.year_end_qualifier",
    "state_words": "figure.state_words",
    "moves": "caveats.moves",
    "blank": "caveats.blank",
    "replaced_definition": "caveats.definition",
    "year_begins": "year_begins",
}
NAMES = tuple(_PATHS)
_ALL = attrgetter(*_PATHS.values())
_EACH = {name: attrgetter(path) for name, path in _PATHS.items()}


def fields_of(row: BoardRow) -> dict[str, Any]:
    """Every field of a row by its flat name, in order."""
    return dict(zip(NAMES, _ALL(row), strict=True))


def field_of(row: BoardRow, name: str) -> Any:
    """The field of a row with a flat name."""
    return _EACH[name](row)


def row_of(written: Mapping[str, Any]) -> BoardRow:
    """
    The row with these fields; one that is not given has its default.

    Raises:
        TypeError: A field without a default is not given.

    """
    top: dict[str, Any] = {}
    groups: dict[str, dict[str, Any]] = defaultdict(dict)
    for name, value in written.items():
        group, _, field = _PATHS[name].rpartition(".")
        (groups[group] if group else top)[field] = value
    kinds = _hints(BoardRow)
    return BoardRow(**top, **{group: kinds[group](**given) for group, given in groups.items()})


@cache
def types() -> dict[str, Any]:
    """The type of each field by its flat name."""
    return {name: _hints(kind)[field] for name, (kind, field) in _places().items()}


@cache
def defaulted() -> frozenset[str]:
    """The flat names of fields that have a default."""
    return frozenset(name for name, (kind, place) in _places().items() if any(f.name == place and f.default is not MISSING for f in fields(kind)))


def _places() -> dict[str, tuple[Any, str]]:
    """By flat name the class of the group in which a field stands, and what it is called there."""
    parted = {name: path.rpartition(".") for name, path in _PATHS.items()}
    return {name: (_hints(BoardRow)[group] if group else BoardRow, field) for name, (group, _, field) in parted.items()}


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)
