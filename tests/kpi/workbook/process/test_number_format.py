"""Numbers whose format shows another one, in a real workbook, through the parsing process."""

import io
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

from kpi.catalog.measure import Measure
from kpi.finding import Severity
from kpi.value import Qualifier, State, Value
from kpi.workbook.forms.cell_value import StatedValue, read_cell
from kpi.workbook.forms.comparison_cells import read_beside
from kpi.workbook.grid import Cell, CellKind
from kpi.workbook.process.parser import Parser
from kpi.workbook.report import Beside

_SEVERITY = {"format-shows-unit": Severity.HINT, "format-hides-number": Severity.CHECK, "not-a-number": Severity.BLOCK}
_RAISED, _LOWERED, _STRUCK = InlineFont(vertAlign="superscript"), InlineFont(vertAlign="subscript"), InlineFont(strike=True)


def measure(unit: str) -> Measure:
    return Measure.model_validate({"code": "x", "name": "数据项", "office": "food", "topic": "抽检", "unit": unit, "kind": "flow"})


def cell_of(parser: Parser, value: object, *, number_format: str = "General", font: Font | None = None) -> Cell:
    """The cell A1 of a workbook saved by openpyxl."""
    book = openpyxl.Workbook()
    cell = book.active["A1"]
    cell.value, cell.number_format = value, number_format
    if font is not None:
        cell.font = font
    book.active["B2"] = "别的"
    buffer = io.BytesIO()
    book.save(buffer)
    [sheet] = parser.parse(buffer.getvalue(), "表.xlsx")
    return sheet.cell(0, 0)


def stated(cell: Cell, unit: str) -> StatedValue:
    return read_cell(cell, measure(unit), complete=True)


def formats() -> list[list[str]]:
    lines = (Path(__file__).parent / "number_formats.tsv").read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if not line.startswith("#")]


@pytest.mark.parametrize(("stored", "number_format", "unit", "expected", "finding"), formats())
def test_what_the_screen_shows_and_what_is_taken_never_differ_without_a_word(
    parser: Parser, stored: str, number_format: str, unit: str, expected: str, finding: str
):
    """Taken as shown where the format leaves no choice, else the number of the cell and a finding that asks."""
    number = float(stored) if "." in stored else int(stored)

    result = stated(cell_of(parser, number, number_format=number_format), unit)

    assert [(fault.code, fault.severity) for fault in result.faults] == ([(finding, _SEVERITY[finding])] if finding else [])
    if not expected:
        assert result.value is None
        return
    assert result.value is not None
    qualifier = Qualifier(expected[0]) if expected[0] in "约≥≤" else Qualifier.EXACT
    assert (result.value.number, result.value.qualifier) == (Decimal(expected.lstrip("约≥≤")), qualifier)


@pytest.mark.parametrize(
    ("stored", "printed", "unit", "number"),
    [
        ("15234", "1.5万元", "万元", "1.5234"),
        ("99999", "10.0万元", "万元", "9.9999"),
        ("15234", "15,234", "元", "15234"),
        ("1234.5678", "1,235", "元", "1234.5678"),
        ("3.5", "3.50亿元", "万元", "35000"),
        ("-15234", "-1.5万元", "万元", "-1.5234"),
        ("15234", "￥15,234.00", "元", "15234"),
    ],
)
def test_a_web_page_prints_a_number_with_its_unit(parser: Parser, stored: str, printed: str, unit: str, number: str):
    """A page saved by Excel gives the number and what was printed for it; the exact number is taken in the printed unit."""
    [sheet] = parser.parse(f"<table><tr><td x:num='{stored}'>{printed}</td><td>别的</td></tr></table>".encode(), "表.xls")
    result = stated(sheet.cell(0, 0), unit)
    assert result.value is not None
    assert result.value.number == Decimal(number)
    assert all(fault.severity is Severity.HINT for fault in result.faults)


@pytest.mark.parametrize("printed", ["15", "0.0万元", "27万元", "-1.5万元", "(15,000)", "-15000"])
def test_a_web_page_that_prints_another_number_is_asked_about(parser: Parser, printed: str):
    [sheet] = parser.parse(f"<table><tr><td x:num='15000'>{printed}</td><td>别的</td></tr></table>".encode(), "表.xls")
    result = stated(sheet.cell(0, 0), "万元")
    assert [(fault.code, fault.severity) for fault in result.faults] == [("format-hides-number", Severity.CHECK)]


def test_xml_2003_tells_number_formats(parser: Parser):
    """The older XML of Excel writes the same codes."""
    s = "urn:schemas-microsoft-com:office:spreadsheet"
    styles = '<Style ss:ID="w"><NumberFormat ss:Format="0!.0,&quot;万元&quot;"/></Style><Style ss:ID="c"><NumberFormat ss:Format="Currency"/></Style>'
    cells = "".join(f'<Cell ss:StyleID="{style}"><Data ss:Type="Number">15000</Data></Cell>' for style in "wc")
    sheets = f'<Worksheet ss:Name="表"><Table><Row>{cells}</Row></Table></Worksheet>'
    book = f'<?xml version="1.0"?><Workbook xmlns="{s}" xmlns:ss="{s}"><Styles>{styles}</Styles>{sheets}</Workbook>'
    [sheet] = parser.parse(book.encode(), "表.xls")
    assert [sheet.cell(0, column) for column in (0, 1)] == [Cell(CellKind.NUMBER, "15000", "1.5万元"), Cell(CellKind.NUMBER, "15000")]


def test_a_finding_about_a_format_says_both_numbers(parser: Parser):
    [fault] = stated(cell_of(parser, 15000, number_format="#,##0,"), "万元").faults
    assert "存的是 15000" in fault.seen
    assert "显示为「15」" in fault.seen


# ── runs of a text ──


@pytest.mark.parametrize(
    ("runs", "number"),
    [
        (("3", (_RAISED, "1")), "3"),
        (("12", (_RAISED, "2")), "12"),
        (("1,234", (_RAISED, "[1]")), "1234"),
        (("97.8%", (_RAISED, "1,2")), "97.8"),
        (("3", (_RAISED, "注1")), "3"),
        (("3", (_RAISED, "①")), "3"),
        (("3", (_RAISED, "*1")), "3"),
        ((("3"), (InlineFont(b=True), "1")), "31"),  # bold is no position
        (((_RAISED, "3"), (_RAISED, "1")), "31"),  # all raised: nothing stands beside it
        ((("3"), (_RAISED, " ")), "3"),
        (("3", (_LOWERED, "1")), None),
        (((_RAISED, "1"), "3"), None),
        (("3", (_RAISED, "1"), "4"), None),
        (("10", (_RAISED, "4")), None),
        (((_STRUCK, "12"), "15"), None),
        (("12", (_STRUCK, "0")), None),
        (((_STRUCK, "12"), (_STRUCK, "15")), None),
    ],
)
def test_a_raised_or_struck_out_digit_is_no_digit_of_the_number(parser: Parser, runs, number: str | None):
    """3 with a raised 1 is 3 and a footnote; struck out digits leave open which number counts."""
    text = CellRichText(*(run if isinstance(run, str) else TextBlock(*run) for run in runs))

    result = stated(cell_of(parser, text), "%")

    assert (result.value.number if result.value else None) == (Decimal(number) if number else None)
    if number is None:
        assert [fault.severity for fault in result.faults] == [Severity.BLOCK]


def test_a_figure_that_is_struck_out_is_not_taken(parser: Parser):
    """A number in a font that strikes it out no longer counts; nobody says what does."""
    [fault] = stated(cell_of(parser, 12, font=Font(strike=True)), "户").faults
    assert (fault.severity, "划掉" in fault.remedy) == (Severity.BLOCK, True)


def test_a_mark_that_was_left_out_is_said(parser: Parser):
    result = stated(cell_of(parser, "3①"), "户")
    assert result.value == Value.of(3)
    assert [(fault.code, fault.severity) for fault in result.faults] == [("mark-beside-number", Severity.HINT), ("number-as-text", Severity.HINT)]
    assert "「①」是注释标记" in result.faults[0].seen


def test_a_refusal_names_what_cannot_be_seen(parser: Parser):
    [fault] = stated(cell_of(parser, "12\u202e3"), "户").faults
    assert "「U+202E 从右到左强制符」" in fault.seen
    assert "「U+202E 从右到左强制符」" in fault.remedy


# ── decimals ──


@pytest.mark.parametrize(
    ("cell", "unit", "number"),
    [
        (Cell(CellKind.TEXT, "99999950元"), "亿元", None),  # 0.9999995 would be kept as 1
        (Cell(CellKind.TEXT, "9999999999元"), "亿元", None),  # 99.99999999
        (Cell(CellKind.TEXT, "10元"), "亿元", None),  # 0.0000001 would be kept as 0
        (Cell(CellKind.TEXT, "0.99999999"), "亿元", None),
        (Cell(CellKind.NUMBER, "97.7999999"), "%", None),
        (Cell(CellKind.TEXT, "99999900元"), "亿元", "0.999999"),
        (Cell(CellKind.TEXT, "123456789元"), "亿元", "1.234568"),  # no round number: no border
        (Cell(CellKind.NUMBER, "97.78786159954622"), "%", "97.787862"),
        (Cell(CellKind.NUMBER, "0.0599999999999454"), "万元", "0.06"),  # 1234.56 - 1234.5 in doubles
        (Cell(CellKind.TEXT, "1.00000000"), "亿元", "1"),
    ],
)
def test_no_figure_is_rounded_to_a_round_number(cell: Cell, unit: str, number: str | None):
    """Six decimals are kept; a figure just below or above a round number, which a target may be, is refused with the figure."""
    result = stated(cell, unit)
    assert (result.value.number if result.value else None) == (Decimal(number) if number else None)
    if number is None:
        assert "只能保留 6 位小数" in result.faults[0].remedy


def test_a_unit_over_the_table_rounds_to_no_round_number_either():
    result = read_cell(Cell(CellKind.NUMBER, "99999950"), measure("亿元"), complete=True, unit="元")
    assert result.value is None


def test_a_number_too_large_after_the_conversion_is_refused():
    """Fifteen digits of 亿元 are more 元 than can be computed with."""
    result = read_cell(Cell(CellKind.NUMBER, "99999999999999"), measure("元"), complete=True, unit="亿元")
    assert result.value is None
    assert "超过 15 位" in result.faults[0].remedy


# ── changes beside a figure ──


@pytest.mark.parametrize(
    ("cell", "beside", "unit", "expected"),
    [
        (Cell(CellKind.NUMBER, "20%"), Beside.CHANGE, "户", (Beside.YOY, "20")),
        (Cell(CellKind.TEXT, "20.00%"), Beside.CHANGE, "户", (Beside.YOY, "20.00")),
        (Cell(CellKind.TEXT, "下降20.00%"), Beside.CHANGE, "户", (Beside.YOY, "-20.00")),
        (Cell(CellKind.NUMBER, "20", "20%"), Beside.CHANGE, "户", (Beside.YOY, "20")),  # the % stands in the format
        (Cell(CellKind.NUMBER, "20"), Beside.CHANGE, "户", (Beside.CHANGE, "20")),
        (Cell(CellKind.TEXT, "增加20户"), Beside.CHANGE, "户", (Beside.CHANGE, "20")),
        (Cell(CellKind.TEXT, "增加20户"), Beside.YOY, "户", (Beside.CHANGE, "20")),
        (Cell(CellKind.TEXT, "增加3000元"), Beside.CHANGE, "万元", (Beside.CHANGE, "0.3")),
        (Cell(CellKind.TEXT, "增加20户"), Beside.MOM, "户", None),
        (Cell(CellKind.TEXT, "20%"), Beside.MOM, "户", (Beside.MOM, "20")),
        (Cell(CellKind.NUMBER, "0.11%"), Beside.CHANGE, "%", (Beside.CHANGE, "0.11")),  # of a rate: 个百分点
        (Cell(CellKind.TEXT, "减少0.11个百分点"), Beside.YOY, "%", (Beside.YOY, "-0.11")),
        (Cell(CellKind.TEXT, "20%①"), Beside.YOY, "户", (Beside.YOY, "20")),
        (Cell(CellKind.NUMBER, "15000", "1.5万元"), Beside.TARGET, "万元", (Beside.TARGET, "1.5")),
        (Cell(CellKind.NUMBER, "15000", "15"), Beside.TARGET, "万元", None),
        (Cell(CellKind.NUMBER, "-5.2", "↓5.2"), Beside.YOY, "户", (Beside.YOY, "-5.2")),
        (Cell(CellKind.NUMBER, "20%", "下降20%"), Beside.YOY, "户", (Beside.YOY, "-20")),
        (Cell(CellKind.NUMBER, "-5.2", "5.2"), Beside.YOY, "户", None),  # the screen shows no minus
        (Cell(CellKind.NUMBER, "97.8%", "约97.8%"), Beside.TARGET, "%", (Beside.TARGET, "97.8")),
    ],
)
def test_a_change_is_what_its_unit_says(cell: Cell, beside: Beside, unit: str, expected: tuple[Beside, str] | None):
    """20% under 增减 is a growth in per cent, 20户 under 同比 a difference: a growth is never held against a difference."""
    found = read_beside(cell, beside, measure(unit))
    assert (found and (found[0], found[1].number)) == (expected and (expected[0], Decimal(expected[1])))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("56675(↑5.65%)", (Beside.YOY, "5.65")),
        ("56675（同比增加1200户）", (Beside.CHANGE, "1200")),
        ("56675（环比增长5%）", (Beside.MOM, "5")),
    ],
)
def test_a_change_behind_a_figure_is_what_its_words_say(text: str, expected: tuple[Beside, str]):
    result = stated(Cell(CellKind.TEXT, text), "户")
    assert result.value == Value.of(56675)
    assert result.change is not None
    assert (result.change[0], result.change[1].number) == (expected[0], Decimal(expected[1]))


def test_a_state_is_no_zero(parser: Parser):
    assert stated(cell_of(parser, "未开展①"), "户").value == Value(State.NOT_STARTED)
