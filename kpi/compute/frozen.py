"""
Rows of a board as they are frozen for a meeting: text that always reads the same, and rows again.

The same rows always give the same bytes, so that their hash stands for the figures: keys in one order, decimals without
idle zeros, nothing in it of who froze them and when.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from functools import cache
from types import NoneType
from typing import Any, get_args, get_type_hints

from kpi.compute.row import BoardRow
from kpi.period import Month, Span
from kpi.value import plain

_READ: dict[object, Callable[[str], object]] = {Decimal: Decimal, date: date.fromisoformat, Month: Month.parse}


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


def _plain(value: object) -> str:
    return plain(value) if isinstance(value, Decimal) else str(value)


def _row(line: dict[str, Any]) -> Frozen:
    row = {name: _value(line.get(name), kind) for name, kind in _kinds().items()}
    return Frozen(BoardRow(**row), line["decimals"], line["definition"], line["words"])


@cache
def _kinds() -> dict[str, Any]:
    """The type of each field of a row, without the None of those that may be absent."""
    hints = get_type_hints(BoardRow)
    return {field.name: next((one for one in get_args(hints[field.name]) if one is not NoneType), hints[field.name]) for field in fields(BoardRow)}


def _value(written: Any, kind: Any) -> Any:
    """A field as its type has it; one that the row did not have yet is absent."""
    return None if written is None else _READ.get(kind, kind)(written)
