"""One cell: what is kept of a number, and what is said of the rest."""

from decimal import Decimal

import pytest

from kpi.finding import Severity
from kpi.value import State
from kpi.workbook.forms.cell_value import read_cell
from kpi.workbook.grid import Cell, CellKind


def stated(catalog, text: str, kind: CellKind = CellKind.NUMBER):
    return read_cell(Cell(kind, text), catalog.measures["fines"], complete=True)


@pytest.mark.parametrize("text", ["0.000000001", "-0.000000001", "0.000000000000000055", "0.00000000123456"])
def test_a_number_that_six_decimals_make_nought_is_asked_about(catalog, text):
    """A remainder of computing in doubles, or a figure in a wrong unit: nobody knows, so no zero is stored without a word."""
    found = stated(catalog, text)

    assert (found.value.state, found.value.number.is_signed()) == (State.ZERO, False)
    assert [(fault.code, fault.severity) for fault in found.faults] == [("digits-lost", Severity.CHECK)]
    assert text in found.faults[0].seen


@pytest.mark.parametrize(("text", "kept"), [("0.00012345", "0.000123"), ("0.000123456789", "0.000123"), ("0.00000149", "0.000001")])
def test_a_small_number_that_loses_digits_is_asked_about(catalog, text, kept):
    """0.00012345 is more than 0.000123 by four thousandths of itself."""
    found = stated(catalog, text)

    assert found.value.number == Decimal(kept)
    assert [(fault.code, fault.severity) for fault in found.faults] == [("digits-lost", Severity.CHECK)]


@pytest.mark.parametrize(("text", "kept"), [("0.333333333333333", "0.333333"), ("39.3640000001", "39.364"), ("12345.123456789", "12345.123457")])
def test_the_remainder_of_a_division_is_rounded_with_a_hint(catalog, text, kept):
    """What is lost is less than a ten-thousandth of it."""
    found = stated(catalog, text)

    assert found.value.number == Decimal(kept)
    assert [(fault.code, fault.severity) for fault in found.faults] == [("long-decimals", Severity.HINT)]


@pytest.mark.parametrize("text", ["1e-9", "1.23457E+11", "1E9", "-1.5e3"])
def test_a_number_written_with_a_power_of_ten_is_refused_with_the_reason(catalog, text):
    """Excel keeps the first digits only when it writes such a text."""
    found = stated(catalog, text, CellKind.TEXT)

    assert found.value is None
    assert "科学计数法" in found.faults[0].remedy
