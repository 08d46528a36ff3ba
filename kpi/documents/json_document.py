"""
The JSON of the command line and of the interface, a contract with the programs of a bureau: each field keeps its name, shape and place.

Decimals are strings, so that no reader turns them into binary fractions; dates are ISO; what is absent is null.
The documents of each group of commands lie beside this file.
"""

import json
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from kpi.period import Month
from kpi.value import plain

Document = dict[str, Any]


def document_text(document: Document) -> str:
    """One JSON document, UTF-8, ready to print."""
    return json.dumps(document, ensure_ascii=False, indent=1, default=_plain)


def fields_of_record(record: Any) -> Document:
    """Each field of a dataclass under its name."""
    return {field.name: getattr(record, field.name) for field in fields(record)}


def _plain(value: object) -> str | Document:
    match value:
        case Decimal():
            return plain(value)
        case datetime():
            return value.isoformat(sep=" ", timespec="seconds")
        case date():
            return value.isoformat()
        case Month():
            return str(value)
    if is_dataclass(value):
        return fields_of_record(value)
    raise TypeError(type(value))
