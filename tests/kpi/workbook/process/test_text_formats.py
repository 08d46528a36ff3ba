"""Texts whose number format shows another text: words behind them, other words in their place, or nothing."""

import io
from decimal import Decimal

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from kpi.finding import Severity
from kpi.period import Month
from kpi.value import State
from kpi.workbook.grid import Cell, CellKind
from kpi.workbook.process.parser import Parser
from kpi.workbook.report import Column
from tests.kpi.workbook.office import needs_office, saved_again
from tests.kpi.workbook.one_report import read_report
from tests.kpi.workbook.process.test_number_format import cell_of, stated

# stored text, format, unit of the row, what the screen shows, the number read, the finding
TEXTS = [
    ("5", '@"亿元"', "万元", "5亿元", "50000", None),
    ("5", 'General;General;General;@"元"', "万元", "5元", "0.0005", None),
    ("5", '@"万"', "户", "5万", "50000", None),
    ("5", '@"万元"', "万元", "5万元", "5", None),
    ("5", '0"户";@"件"', "件", "5件", "5", None),  # fewer than four sections: the last is for texts where it holds @
    ("5", '"共"@"件"', "件", "共5件", "5", None),
    ("5", "@\\亿", "户", "5亿", "500000000", None),
    ("12", '@"%"', "%", "12%", "12", "number-as-text"),
    ("5", '@"亿元"', "户", "5亿元", None, "not-a-number"),
    ("5", '@"箱"', "件", "5箱", None, "not-a-number"),
    ("5", "0;-0;0;[$$-409]@", "万元", "$5", None, "not-a-number"),
    ("5", '0;0;0;"未开展"', "件", "未开展", None, None),
    ("5", "@", "件", "5", "5", "number-as-text"),
    ("5", "_ @_ ", "件", "5", "5", "number-as-text"),
    ("5", '0"万"', "件", "5", "5", "number-as-text"),  # for numbers alone
    ("5", '0"甲";0"乙";0"丙"', "件", "5", "5", "number-as-text"),
    ("5", '0"@"', "件", "5", "5", "number-as-text"),  # a sign in quotes is no section for texts
]


@pytest.mark.parametrize(("text", "code", "unit", "screen", "number", "finding"), TEXTS)
def test_a_text_is_what_its_format_shows(parser: Parser, text: str, code: str, unit: str, screen: str, number: str | None, finding: str | None):
    """The text 5 that the screen shows as 5亿元 is 5亿元, as if the unit were typed behind it; a unit that does not fit is refused."""
    cell = cell_of(parser, text, number_format=code)
    result = stated(cell, unit)

    assert cell == Cell(CellKind.TEXT, screen)
    assert (result.value.number if result.value else None) == (Decimal(number) if number else None)
    assert [fault.code for fault in result.faults] == ([finding] if finding else [])


def test_words_shown_for_a_text_are_its_state(parser: Parser):
    """未开展 on the screen is 未开展, whatever was typed."""
    value = stated(cell_of(parser, "x", number_format='0;0;0;"未开展"'), "件").value
    assert value is not None
    assert value.state is State.NOT_STARTED


@pytest.mark.parametrize("code", [";;;", "0;-0;0;"])
def test_a_text_that_its_format_hides_is_asked_about(parser: Parser, code: str):
    """The screen is blank and the cell is not; nobody knows which is meant."""
    cell = cell_of(parser, "5", number_format=code)
    faults = stated(cell, "件").faults

    assert cell == Cell(CellKind.TEXT, "5", "空白")
    assert (faults[0].code, faults[0].severity) == ("format-hides-number", Severity.CHECK)
    assert "存的是「5」，按数字格式显示为空白" in faults[0].seen


@pytest.mark.parametrize(("code", "shown"), [('@"亿元"', "5"), ('0"户";@"件"', "5户"), ('0;-0;0;@"件"', "5")])
def test_the_section_for_texts_says_nothing_of_numbers(parser: Parser, code: str, shown: str):
    """A number under a format for texts alone is shown as it is; of two sections the one for texts is none for numbers below nought."""
    below = cell_of(parser, -5, number_format=code)
    above = cell_of(parser, 5, number_format=code)

    assert (above.shown or above.text, below.shown or below.text) == (shown, f"-{shown}")


def test_the_runs_of_a_text_are_raised_before_its_format_adds_to_it(parser: Parser):
    """The raised 1 of 5¹ stays a mark where the format writes 亿元 behind both."""
    text = CellRichText("5", TextBlock(InlineFont(vertAlign="superscript"), "1"))
    assert cell_of(parser, text, number_format='@"亿元"') == Cell(CellKind.TEXT, "5¹亿元")


def drawn() -> bytes:
    """A report in which the label, the unit and the figure of a row, and a figure that nobody sees, have formats for texts."""
    book = openpyxl.Workbook()
    for row in (["食品科2023年11月"], ["数据项", "单位", "本年累计"], ["罚没", "万", "5"], ["检验批次", "批次", "17"]):
        book.active.append(row)
    for name, code in {"A3": '@"款"', "B3": '@"元"', "C3": '@"亿元"', "C4": ";;;"}.items():
        book.active[name].number_format = code
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def read(parser: Parser, catalog, data: bytes):
    report = read_report(parser.parse(data, "表.xlsx"), catalog, period=Month(2023, 11))
    figures = {reading.measure: reading.value.number for reading in report.readings if reading.column is Column.YTD and reading.value.number is not None}
    return figures, sorted((finding.code, finding.place.cell) for finding in report.findings if finding.code != "missing-row")


def test_labels_and_units_are_read_as_they_are_shown(parser: Parser, catalog):
    """罚没 shown as 罚没款, 万 as 万元 and 5 as 5亿元: 50,000 万元."""
    figures, findings = read(parser, catalog, drawn())

    assert figures == {"fines": 50000, "tested": 17}
    assert findings == [("format-hides-number", "C4"), ("number-as-text", "C4")]


@needs_office
def test_texts_saved_by_another_program_are_read_the_same(parser: Parser, catalog, tmp_path):
    """One workbook as .xlsx, .ods and .xls: the same figure and the same findings."""
    data = drawn()
    saved = saved_again({"文本": data}, ("xlsx", "ods", "xls"), tmp_path)

    assert [read(parser, catalog, files["文本"]) for files in saved.values()] == [read(parser, catalog, data)] * 3
