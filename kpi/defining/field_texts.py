"""What a field of a form is filled in with, and the value that comes of what somebody typed."""

from typing import Any

from kpi.catalog.noun_fields import FieldKind, NounField
from kpi.workbook.definitions.field_reading import cell_value
from kpi.workbook.definitions.field_writing import cell_content
from kpi.workbook.grid import Cell, CellKind

_AS_TYPED = (FieldKind.TEXT, FieldKind.CODE, FieldKind.FORMULA)


def field_text(field: NounField, value: Any) -> str:
    """A value as its field shows it; empty of nothing."""
    if value is None:
        return ""
    return str(value) if field.kind in _AS_TYPED else str(cell_content(field, value))


def field_value(field: NounField, text: str) -> Any:
    """
    The value that somebody typed, as TOML has it; None of an empty field.

    Raises:
        FieldError: The field takes something else.

    """
    if field.kind in _AS_TYPED:
        return text.strip() or None
    return cell_value(field, Cell(CellKind.TEXT, text))
