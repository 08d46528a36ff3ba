"""Tables taken away: numbers stay numbers, text stays text."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest

from kpi.workbook.writing.table_book import BookCell, BookTable, number_format, write_tables


def read(*tables: BookTable):
    return openpyxl.load_workbook(BytesIO(write_tables("未达标　区市场监管局", ["数据截止日 2023-11-30。"], tables)))


@pytest.mark.parametrize(
    ("text", "shape", "hundred"),
    [
        ("1,763 批次", '#,##0" 批次"', False),
        ("97.788%", "0.000%", True),
        ("≥97.8%", '"≥"0.0%', True),
        ("差 0.012 个百分点", '"差 "#,##0.000" 个百分点"', False),
        ("+27.11%", "+0.00%", True),
        ("未报", "General", False),
        ("2023 年 11 月", "General", False),
    ],
)
def test_a_number_has_the_format_it_is_read_in(text, shape, hundred):
    assert number_format(text) == (shape, hundred)


def test_numbers_days_and_words_are_what_they_are():
    rows = [[BookCell("97.79%", Decimal("97.788")), BookCell("2023-11-30", date(2023, 11, 30)), BookCell("未公开"), BookCell("1,763 批次", Decimal(1763))]]
    sheet = read(BookTable("甲", ["率", "日", "词", "数"], rows)).active
    assert [cell.value for cell in sheet[1]][:1] == ["未达标　区市场监管局"]
    assert sheet["A2"].value == "数据截止日 2023-11-30。"
    assert [cell.value for cell in sheet[4]] == ["率", "日", "词", "数"]
    rate, day, word, number = sheet[5]
    assert (rate.value, rate.number_format) == (pytest.approx(0.97788), "0.00%")
    assert day.value.date() == date(2023, 11, 30)
    assert (word.value, number.value) == ("未公开", 1763)


def test_a_text_stands_apart_from_the_number_before_it_and_heads_stand_as_their_columns():
    sheet = read(BookTable("甲", ["数", "目标"], [[BookCell("53.05%", Decimal("53.05")), BookCell("≥90%")]])).active
    assert [cell.alignment.horizontal for cell in sheet[4]] == ["right", "left"]
    assert (sheet["B5"].alignment.indent, sheet["A5"].alignment.indent) == (1, 0)


def test_what_somebody_wrote_becomes_no_formula_and_no_link():
    texts = ["=1+1", "+86", "@SUM(A1)", "http://example.invalid", "-5"]
    sheet = read(BookTable("甲", ["词"], [[BookCell(text)] for text in texts])).active
    cells = [sheet.cell(row=5 + place, column=1) for place in range(len(texts))]
    assert [cell.value for cell in cells] == texts
    assert {cell.data_type for cell in cells} == {"s"}
    assert not any(cell.hyperlink for cell in cells)


def test_sheets_of_one_name_are_told_apart_and_forbidden_signs_left_out():
    book = read(*(BookTable(name, ["词"], []) for name in ("甲/乙:丙", "甲乙丙", "长" * 40)))
    assert book.sheetnames == ["甲乙丙", "甲乙丙（2）", "长" * 31]


@pytest.mark.parametrize("sign", ["长", "\U0001f600"])
def test_a_text_longer_than_a_cell_can_be_says_so(sign):
    """32,767 letters of UTF-16 is the most; of more the writer would leave an empty cell. A row is never higher than it may be."""
    whole = sign * (32767 // (1 if sign == "长" else 2))
    sheet = read(BookTable("表", ["说明"], [[BookCell(whole)], [BookCell(whole + sign)]])).worksheets[0]
    texts = [cell.value for cell in sheet["A"]][-2:]
    assert texts[0] == whole
    assert texts[1].startswith(sign * 1000)
    assert texts[1].endswith("……（太长，全文在网页上）")
    assert max(dimension.height or 0 for dimension in sheet.row_dimensions.values()) <= 409
