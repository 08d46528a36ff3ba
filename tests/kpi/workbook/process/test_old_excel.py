"""Old workbooks (.xls): code pages, formulas whose result may be no number, and what is not one of them."""

import pytest

from kpi.errors import WorkbookError
from kpi.finding import Severity
from kpi.value import Value
from kpi.workbook.grid import FORMULA_ZERO, Cell, CellKind
from kpi.workbook.process.parser import Parser
from kpi.workbook.report import Column
from tests.kpi.workbook.office import needs_office, saved_again
from tests.kpi.workbook.one_report import read_report
from tests.kpi.workbook.process.test_formats import ROWS, xlsx
from tests.kpi.workbook.records import WORD, ZERO, formula, label, number, old_book, record, wide_label

LABELS = b"".join(
    number(r, c, float(text)) if text.replace(".", "").isdigit() else label(r, c, text) for r, row in enumerate(ROWS) for c, text in enumerate(row) if text
)


@pytest.mark.parametrize("code_page", [936, None], ids=["code page 936", "no code page"])
def test_chinese_of_an_old_code_page_is_read(parser: Parser, catalog, code_page):
    """BIFF5 holds its texts in the code page of the country; where a program does not name it, it is the Chinese one."""
    report = read_report(parser.parse(old_book(LABELS, code_page=code_page), "报表.xls"), catalog)

    figures = {(reading.measure, reading.column): reading.value for reading in report.readings if reading.raw}
    assert figures["tested", Column.YTD] == Value.of(1763)
    assert figures["passed", Column.MONTH] == Value.of(160)


def test_an_unknown_code_page_is_refused_with_what_to_do(parser: Parser):
    """Not 没有找到表头: the labels are there, but in an encoding nobody knows."""
    with pytest.raises(WorkbookError, match=r"编码认不出来.*另存为 \.xlsx"):
        parser.parse(old_book(LABELS, code_page=941), "报表.xls")


def test_a_formula_that_ends_in_zero_is_doubtful_and_no_other(parser: Parser):
    """A typed 0 is a zero; so is a 0 among other results; deeper streams (charts) hold no cells."""
    cells = number(0, 0, 0) + formula(0, 1, ZERO) + formula(0, 2, b"\0" * 6 + b"\xf0?") + wide_label(0, 3, "零")
    chart = record(0x0809, b"\x00\x06\x20\x00" + b"\0" * 12) + formula(0, 0, ZERO) + record(0x000A)
    [sheet] = parser.parse(old_book(chart + cells, version=8), "表.xls")

    assert dict(sheet.rows[0]) == {0: Cell(CellKind.NUMBER, "0"), 1: FORMULA_ZERO, 2: Cell(CellKind.NUMBER, "1"), 3: Cell(CellKind.TEXT, "零")}


@pytest.mark.parametrize("result", [ZERO, b"\0" * 7 + b"\x80"], ids=["zero", "minus zero"])
def test_a_zero_of_a_formula_is_asked_about(parser: Parser, catalog, result: bytes):
    """LibreOffice saves =IF(1=1,"未开展","") with the number 0: no reported zero without a word, but a real one may be confirmed."""
    report = read_report(parser.parse(old_book(LABELS + formula(3, 2, result)), "报表.xls"), catalog)

    [finding] = [one for one in report.findings if one.code == "formula-zero"]
    assert (finding.severity, str(finding.place), finding.measures) == (Severity.CHECK, "Sheet1!C4", ("passed",))
    assert "公式" in finding.seen
    assert "另存为 .xlsx" in finding.remedy


def test_a_text_result_that_was_saved_is_the_text(parser: Parser):
    """Excel itself saves it in a record of its own behind the formula."""
    said = record(0x0207, b"\x03\x00\x01" + "未开展".encode("utf-16-le"))
    [sheet] = parser.parse(old_book(formula(0, 0, WORD) + said, version=8), "表.xls")
    assert sheet.cell(0, 0) == Cell(CellKind.TEXT, "未开展")


@pytest.mark.parametrize("cut", [20, 50, 90])
def test_a_book_cut_short_is_refused_with_what_to_do(parser: Parser, cut: int):
    with pytest.raises(WorkbookError, match=r"另存为 \.xlsx"):
        parser.parse(old_book(LABELS)[:cut], "坏.xls")


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The form as LibreOffice saves it for Excel 97."""
    return saved_again({"form": xlsx()}, ["xls"], tmp_path_factory.mktemp("saved"))["xls"]["form"]


@needs_office
def test_the_name_of_the_stream_may_be_in_capitals(parser: Parser, saved: bytes):
    """Some programs write WORKBOOK; Excel opens it, and it is no other kind of file."""
    shouted = saved.replace("Workbook".encode("utf-16-le"), "WORKBOOK".encode("utf-16-le"))
    assert shouted != saved
    assert [dict(sheet.rows) for sheet in parser.parse(shouted, "表.xls")] == [dict(sheet.rows) for sheet in parser.parse(saved, "表.xls")]


@needs_office
@pytest.mark.parametrize("name", ["WordDocument", "PowerPoint Document"])
def test_another_document_with_a_workbook_inside_is_what_it_is(parser: Parser, saved: bytes, name: str):
    """Both names stand in the container; that at the top tells."""
    entry = saved.index("Workbook".encode("utf-16-le"))
    written = name.encode("utf-16-le")
    data = bytearray(saved + "Workbook".encode("utf-16-le"))
    data[entry : entry + len(written)] = written
    data[entry + 64 : entry + 66] = (len(written) + 2).to_bytes(2, "little")

    with pytest.raises(WorkbookError, match="这是 Word 文件" if name == "WordDocument" else "这是 PPT"):
        parser.parse(bytes(data), "表.xls")
