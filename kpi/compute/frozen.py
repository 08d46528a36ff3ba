"""
Rows of a board as they are frozen for a meeting: text that always reads the same, and rows again.

The same rows always give the same bytes, so that their hash stands for the figures: keys in one order, decimals without
idle zeros, nothing in it of who froze them and when.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import MISSING, dataclass, fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from types import NoneType
from typing import Any, get_args, get_origin, get_type_hints

from kpi.compute.row import BoardRow
from kpi.period import Month, Span
from kpi.value import plain

_READ: dict[object, Callable[[str], object]] = {Decimal: Decimal, date: date.fromisoformat, datetime: datetime.fromisoformat, Month: Month.parse}


@dataclass(frozen=True, slots=True)
class Frozen:
    """A row with what it was printed with: the digits of its figure, how it was computed, its sentence."""

    row: BoardRow
    decimals: int
    definition: str
    words: str


def freeze(period: Month, span: Span, rows: Sequence[Frozen]) -> bytes:
    """The text of the rows of a board."""
    lines = [{field.name: getattr(one.row, field.name) for field in fields(one.row)} | _printed(one) for one in rows]
    document = {"period": period, "span": span, "rows": lines}
    return json.dumps(document, ensure_ascii=False, sort_keys=True, indent=1, default=_plain).encode()


def thaw(data: bytes) -> list[Frozen]:
    """The rows that `freeze` wrote."""
    return [_row(line) for line in json.loads(data)["rows"]]


def _printed(one: Frozen) -> dict[str, object]:
    return {"decimals": one.decimals, "definition": one.definition, "words": one.words}


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return plain(value)
    if is_dataclass(value) and not isinstance(value, Month):
        return {field.name: getattr(value, field.name) for field in fields(value)}
    return str(value)


def _row(line: dict[str, Any]) -> Frozen:
    return Frozen(_made(BoardRow, line), line["decimals"], line["definition"], line["words"])


def _made(kind: Any, written: dict[str, Any]) -> Any:
    later = {field.name for field in fields(kind) if field.name not in written and field.default is not MISSING}
    return kind(**{name: _value(written.get(name), hint) for name, hint in _hints(kind).items() if name not in later})


@cache
def _hints(kind: type) -> dict[str, Any]:
    """The type of each field of a row, or of what is said beside it."""
    return get_type_hints(kind)


def _value(written: Any, hint: Any) -> Any:
    """A field as its type has it; one that the row did not have yet is absent, or an empty list."""
    kinds = [one for one in get_args(hint) if one is not NoneType]
    if get_origin(hint) is tuple:
        return tuple(_value(one, kinds[0]) for one in written or ())
    if written is None:
        return None
    kind = kinds[0] if kinds else hint
    return _made(kind, written) if is_dataclass(kind) and kind not in _READ else _READ.get(kind, kind)(written)
