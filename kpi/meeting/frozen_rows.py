"""
Rows of a board as they are frozen for a meeting: text that always reads the same, and rows again.

The same rows always give the same bytes, so that their hash stands for the figures: keys in one order, decimals without
idle zeros, nothing in it of who froze them and when.
"""

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import MISSING, dataclass, field, fields, is_dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from types import MappingProxyType, NoneType
from typing import Any, get_args, get_origin, get_type_hints

from kpi.compute import flat_row
from kpi.compute.row import BoardRow
from kpi.period import CALENDAR_YEAR, Month, Span
from kpi.value import plain

_REPLACED = "replaced_definition"
_UNWRITTEN = {
    _REPLACED: None,
    "year_begins": CALENDAR_YEAR.begins,
}  # a definition in force and a year of the calendar have no line, as before there were others
_NO_FIGURES = {"period", "org", "indicator", "words", _REPLACED}  # which row it is, a sentence that follows from the others, what came after it
_NOBODY: Mapping[str, str] = MappingProxyType({})
_NO_OFFICES: Mapping[str, Mapping[str, str]] = MappingProxyType({})
ROUNDING = "舍入"
"""The fact that names the rule by which a row was printed; of a row that every rule prints alike there is none."""
_READ: dict[object, Callable[[str], object]] = {Decimal: Decimal, date: date.fromisoformat, datetime: datetime.fromisoformat, Month: Month.parse}


@dataclass(frozen=True, slots=True)
class FrozenRow:
    """A row with what it was printed with: the digits of its figure, how it was computed, its sentence."""

    row: BoardRow
    decimals: int
    definition: str
    words: str
    facts: Mapping[str, str] = field(default_factory=dict, hash=False)  # what else of the catalogue the figure rests on, each under its Chinese name
    office_name: str = field(default="", compare=False)  # what its office was called; empty where an earlier version did not write it
    line: Mapping[str, Any] | None = field(default=None, compare=False, repr=False)  # as it was read; what an earlier version did not write is not in it


def freeze(
    period: Month, span: Span, rows: Sequence[FrozenRow], leaves: Mapping[str, str] = _NOBODY, offices: Mapping[str, Mapping[str, str]] = _NO_OFFICES
) -> bytes:
    """
    The text of the rows of a board.

    Args:
        period: The month.
        span: How many months the values cover.
        rows: The rows.
        leaves: The organisations that reported at or below that of the board: their names by code.
        offices: The offices, each with what it and its template were called: ``name``, ``template``.

    """
    document = {"period": period, "span": span, "rows": [_line(row) for row in rows], **({"leaves": dict(leaves)} if leaves else {})}
    document |= {"offices": dict(offices)} if offices else {}
    return json.dumps(document, ensure_ascii=False, sort_keys=True, indent=1, default=_plain).encode()


def thaw(data: bytes) -> list[FrozenRow]:
    """The rows that `freeze` wrote."""
    document = json.loads(data)
    offices = document.get("offices", {})
    return [replace(row, office_name=offices.get(row.row.office, {}).get("name", "")) for row in map(_row, document["rows"])]


def offices_of(data: bytes) -> dict[str, dict[str, str]]:
    """The offices that `freeze` was given; none in what an earlier version wrote."""
    offices: dict[str, dict[str, str]] = json.loads(data).get("offices", {})
    return offices


def leaves_of(data: bytes) -> dict[str, str] | None:
    """The organisations that `freeze` was given; None in what an earlier version wrote."""
    leaves: dict[str, str] | None = json.loads(data).get("leaves")
    return leaves


def differing(was: FrozenRow, now: FrozenRow) -> set[str]:
    """
    What of a row is something else now, by the names of its fields; of its facts ``facts``.

    What an earlier version did not write yet is no difference, nor is how the program words the sentence of a row.
    """
    before, after = (row.line if row.line is not None else json.loads(json.dumps(_line(row), default=_plain)) for row in (was, now))
    return {name for name, value in before.items() if name not in _NO_FIGURES and not _still(value, after.get(name))}


def _still(was: Any, now: Any) -> bool:
    """Whether what was written is still said; of tables only what was written counts."""
    if isinstance(was, dict) and isinstance(now, dict):
        return all(_still(value, now.get(name)) for name, value in was.items())
    if isinstance(was, list) and isinstance(now, list):
        return len(was) == len(now) and all(map(_still, was, now))
    return bool(was == now)


def _line(frozen: FrozenRow) -> dict[str, object]:
    """A row as it is written."""
    fields = flat_row.fields_of(frozen.row)
    return (
        {name: value for name, value in fields.items() if name not in _UNWRITTEN or value != _UNWRITTEN[name]}
        | {"decimals": frozen.decimals, "definition": frozen.definition, "words": frozen.words}
        | ({"facts": dict(frozen.facts)} if frozen.facts else {})
    )


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return plain(value)
    if is_dataclass(value) and not isinstance(value, Month):
        return {field.name: getattr(value, field.name) for field in fields(value)}
    return str(value)


def _row(line: dict[str, Any]) -> FrozenRow:
    row = flat_row.row_of(_fields(flat_row.types(), flat_row.defaulted(), line))
    return FrozenRow(row, line["decimals"], line["definition"], line["words"], line.get("facts", {}), line=line)


def _made(kind: Any, written: dict[str, Any]) -> Any:
    return kind(**_fields(_hints(kind), {field.name for field in fields(kind) if field.default is not MISSING}, written))


def _fields(hints: Mapping[str, Any], defaulted: Collection[str], written: Mapping[str, Any]) -> dict[str, Any]:
    """What was written, as the fields have it; one that was not written yet has its default, or else is absent."""
    return {name: _value(written.get(name), hint) for name, hint in hints.items() if name in written or name not in defaulted}


@cache
def _hints(kind: type) -> dict[str, Any]:
    """The type of each field of what is said beside a row."""
    return get_type_hints(kind)


def _value(written: Any, hint: Any) -> Any:
    """A field as its type has it; one that the row did not have yet is absent, or an empty list."""
    kinds = [kind for kind in get_args(hint) if kind is not NoneType]
    if get_origin(hint) is tuple:
        return tuple(_value(part, kinds[0]) for part in written or ())
    if written is None:
        return None
    kind = kinds[0] if kinds else hint
    return _made(kind, written) if is_dataclass(kind) and kind not in _READ else _READ.get(kind, kind)(written)
