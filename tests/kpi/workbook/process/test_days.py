"""Days that a file names and no calendar has: a text like any other, in every format that writes days as text."""

from collections.abc import Callable

import pytest

from kpi.workbook.forms.reading import read_reports
from kpi.workbook.grid import CellKind
from kpi.workbook.process.parser import Parser
from tests.kpi.workbook.books import book
from tests.kpi.workbook.process.test_opendocument import content, packed

_LINES = (("填报单位：食品安全协调科",), ("期间：", "DAY"), ("数据项", "计量单位", "DAY", "本年累计"), ("合格批次", "批次", "DAY", "44"))


def _open_xml(day: str) -> bytes:
    def cell(text: str) -> str:
        return f'<c t="d"><v>{day}</v></c>' if text == "DAY" else f'<c t="inlineStr"><is><t>{text}</t></is></c>'

    return book("".join(f"<row>{''.join(map(cell, line))}</row>" for line in _LINES))


def _open_document(day: str) -> bytes:
    def cell(text: str) -> str:
        kind = f'office:value-type="date" office:date-value="{day}"' if text == "DAY" else 'office:value-type="string"'
        return f"<table:table-cell {kind}><text:p>{text}</text:p></table:table-cell>"

    return packed(content("".join(f"<table:table-row>{''.join(map(cell, line))}</table:table-row>" for line in _LINES)))


def _xml_2003(day: str) -> bytes:
    def cell(text: str) -> str:
        return f'<Cell><Data ss:Type="{"DateTime" if text == "DAY" else "String"}">{day if text == "DAY" else text}</Data></Cell>'

    space = "urn:schemas-microsoft-com:office:spreadsheet"
    rows = "".join(f"<Row>{''.join(map(cell, line))}</Row>" for line in _LINES)
    return f'<Workbook xmlns="{space}" xmlns:ss="{space}"><Worksheet ss:Name="报表"><Table>{rows}</Table></Worksheet></Workbook>'.encode()


@pytest.mark.parametrize("day", ["", "abc", "2023", "2023-11", "2023-13-45", "0000-01-01", "12345-01-01", "9999-99-99T00:00:00", "１２３４-01-01"])
@pytest.mark.parametrize("written", [_open_xml, _open_document, _xml_2003])
def test_a_day_that_no_calendar_has_is_no_day(parser: Parser, catalog, written: Callable[[str], bytes], day: str):
    """Whatever stands in its place is read or asked about; never a fault of ours."""
    [sheet] = parser.parse(written(day), "表.xls")

    assert not any(cell.kind is CellKind.DATE for cells in sheet.rows.values() for cell in cells.values())
    assert read_reports([sheet], catalog)


@pytest.mark.parametrize(
    ("day", "text"),
    [("2023-11-30", "2023-11-30"), ("2023-11-30T00:00:00.000", "2023-11-30"), ("2023-11-30T08:30:00", "2023-11-30 08:30:00")],
)
@pytest.mark.parametrize("written", [_open_xml, _open_document, _xml_2003])
def test_a_day_is_one_in_every_format(parser: Parser, written: Callable[[str], bytes], day: str, text: str):
    """2023-11-30, with its time where that is not midnight."""
    [sheet] = parser.parse(written(day), "表.xls")

    assert (sheet.cell(1, 1).kind, sheet.cell(1, 1).text) == (CellKind.DATE, text)
