"""A value of the catalogue as its cell holds it."""

from datetime import date
from decimal import Decimal
from typing import Any

from kpi.catalog.noun_fields import FieldKind, NounField
from kpi.workbook.definitions.escaped_text import escaped, joined

YES, NO = "是", "否"
STEP = "："  # between the day of a milestone and its share
_FIRST_YEAR = 1901  # before it a workbook knows no days, or other ones
_SMALLEST, _LARGEST = Decimal("0.0001"), Decimal(10) ** 15  # between which a workbook keeps fifteen digits

Content = str | int | float | date


def cell_content(field: NounField, value: Any) -> Content:
    """
    What the cell of a field holds.

    Args:
        field: Says how it is written.
        value: As TOML has it.

    Returns:
        A text; a number or a day only where a workbook keeps exactly it.

    """
    match field.kind:
        case FieldKind.WORD:
            return field.words[value]
        case FieldKind.YES_NO:
            return YES if value else NO
        case FieldKind.TEXTS | FieldKind.CODES:
            return joined(value)
        case FieldKind.WHOLES:
            return joined(map(str, value))
        case FieldKind.WHOLE | FieldKind.NUMBER:
            return _number(Decimal(value))
        case FieldKind.DAY:
            return value if isinstance(value, date) and value.year >= _FIRST_YEAR else value.isoformat()
        case FieldKind.STEPS:
            return joined(f"{step['on'].isoformat()}{STEP}{step['share']}" for step in value)
    return escaped(value)


def _number(number: Decimal) -> str | int | float:
    """A number where a workbook keeps it to the last digit that is written, else its digits as a text."""
    if (number == 0 or _SMALLEST <= abs(number) < _LARGEST) and str(Decimal(f"{float(number):.15g}")) == str(number):
        return int(number) if number == int(number) else float(number)
    return str(number)
