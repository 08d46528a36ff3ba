"""OpenDocument sheets: what a cell shows, what is hidden or covered, and what is no figure of a sheet."""

import io
import zipfile
from collections.abc import Callable

import pytest

from kpi.errors import WorkbookError
from kpi.workbook.grid import Cell, CellKind, Sheet
from kpi.workbook.process.parser import Parser

_SPACES = "".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{full}:1.0" '
    for name, full in {"office": "office", "table": "table", "text": "text", "style": "style", "number": "datastyle", "draw": "drawing"}.items()
)
_KIND = "application/vnd.oasis.opendocument.spreadsheet"
Read = Callable[..., Sheet]


def content(rows: str, *, styles: str = "", before: str = "", table: str = "") -> str:
    """The XML of a document with one sheet."""
    return (
        f"<office:document-content {_SPACES}><office:automatic-styles>{styles}</office:automatic-styles><office:body><office:spreadsheet>{before}"
        f'<table:table table:name="报表" {table}>{rows}</table:table></office:spreadsheet></office:body></office:document-content>'
    )


def packed(xml: str, *, kind: str = _KIND, first: bool = True) -> bytes:
    """A document; its kind should be the first of its parts and need not be."""
    parts = {"mimetype": kind, "META-INF/manifest.xml": "<manifest/>", "content.xml": xml}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as container:
        for name in parts if first else reversed(parts):
            container.writestr(name, parts[name])
    return buffer.getvalue()


@pytest.fixture
def read(parser: Parser) -> Read:
    def read(rows: str, **more: str) -> Sheet:
        [sheet] = parser.parse(packed(content(rows, **more)), "表.ods")
        return sheet

    return read


def cell(text: str, attributes: str = 'office:value-type="string"') -> str:
    return f"<table:table-cell {attributes}>{text}</table:table-cell>"


def row(*cells: str, attributes: str = "") -> str:
    return f"<table:table-row {attributes}>{''.join(cells)}</table:table-row>"


@pytest.mark.parametrize(
    ("inside", "shown"),
    [
        ("<text:p>12<text:line-break/>34</text:p>", "12\n34"),
        ("<text:p>12<text:tab/>34</text:p>", "12\t34"),
        ("<text:p>12</text:p><text:p>34</text:p>", "12\n34"),
        ('<text:p>其中：<text:s text:c="2"/>甲</text:p>', "其中：  甲"),
        ("<text:p>\n  一  二\n</text:p>", "一 二 "),
        ("<text:p>一<text:span> 二</text:span></text:p>", "一 二"),
        ("<text:p><text:a>链接</text:a></text:p>", "链接"),
        ("<office:annotation><text:p>批注 99</text:p></office:annotation><text:p>5</text:p>", "5"),
        ("<draw:frame><draw:text-box><text:p>框</text:p></draw:text-box></draw:frame><text:p>字</text:p>", "字"),
        ("<text:p>外</text:p><table:table><table:table-row><table:table-cell><text:p>17</text:p></table:table-cell></table:table-row></table:table>", "外"),
    ],
)
def test_the_text_of_a_cell_is_what_it_shows(read: Read, inside: str, shown: str):
    """What parts two figures on the screen parts them here; notes, drawings and inner tables are no text of the cell."""
    assert read(row(cell(inside))).cell(0, 0) == Cell(CellKind.TEXT, shown)


@pytest.mark.parametrize(
    ("attributes", "text", "expected"),
    [
        ('office:value-type="float" office:value="1763"', "1,763", Cell(CellKind.NUMBER, "1763")),
        ('office:value-type="percentage" office:value="1.5"', "150.0%", Cell(CellKind.NUMBER, "150%")),
        ('office:value-type="float" office:value="0.978" table:style-name="p"', "97.8%", Cell(CellKind.NUMBER, "97.8%")),
        ('office:value-type="float" office:value="0.978" table:style-name="child"', "97.8%", Cell(CellKind.NUMBER, "97.8%")),
        ('office:value-type="float" office:value="97.8" table:style-name="w"', "97.8%", Cell(CellKind.NUMBER, "97.8", "97.8%")),
        ('office:value-type="currency" office:value="3.5"', "￥3.50", Cell(CellKind.NUMBER, "3.5")),
        ('office:value-type="date" office:date-value="2023-11-25"', "11月25日", Cell(CellKind.DATE, "2023-11-25")),
        ('office:value-type="date" office:date-value="2023-11-25T08:30:00"', "", Cell(CellKind.DATE, "2023-11-25 08:30:00")),
        ('office:value-type="boolean" office:boolean-value="true"', "TRUE", Cell(CellKind.BOOL, "TRUE")),
        ('office:value-type="float" office:value="1"', "TRUE", Cell(CellKind.BOOL, "TRUE")),
        ('office:value-type="float" office:value="0" table:formula="of:=1/0"', "#DIV/0!", Cell(CellKind.ERROR, "#DIV/0!")),
        ('office:value-type="string" office:string-value="未开展" table:formula="of:=A1"', "未开展", Cell(CellKind.TEXT, "未开展")),
        ('table:formula="of:=SUM([.A1])"', None, Cell(CellKind.UNCACHED, "of:=SUM([.A1])")),
        ('table:formula="of:=&quot;&quot;"', "", Cell()),
    ],
)
def test_a_value_is_read_with_its_format(read: Read, attributes: str, text: str | None, expected: Cell):
    """As from .xlsx: percentages as shown, errors and formulas without a result told; a per cent sign that is only a text is none."""
    number = '<number:number number:decimal-places="1" number:min-integer-digits="1"/><number:text>%</number:text>'
    styles = (
        f'<number:percentage-style style:name="N1">{number}</number:percentage-style><number:number-style style:name="N2">{number}</number:number-style>'
        '<style:style style:name="p" style:family="table-cell" style:data-style-name="N1"/>'
        '<style:style style:name="child" style:family="table-cell" style:parent-style-name="p"/>'
        '<style:style style:name="w" style:family="table-cell" style:data-style-name="N2"/>'
    )
    inside = "" if text is None else f"<text:p>{text}</text:p>"
    assert read(row(cell(inside, attributes)), styles=styles).cell(0, 0) == expected


def test_the_style_of_a_row_or_a_column_holds_where_a_cell_has_none(read: Read):
    styles = (
        '<number:percentage-style style:name="N1"><number:number/><number:text>%</number:text></number:percentage-style>'
        '<style:style style:name="p" style:family="table-cell" style:data-style-name="N1"/>'
    )
    figure = cell("<text:p>50%</text:p>", 'office:value-type="float" office:value="0.5"')
    sheet = read(
        '<table:table-column/><table:table-column table:default-cell-style-name="p"/>'
        + row(figure, figure)
        + row(figure, attributes='table:default-cell-style-name="p"'),
        styles=styles,
    )
    assert [sheet.cell(0, 0).text, sheet.cell(0, 1).text, sheet.cell(1, 0).text] == ["0.5", "50%", "50%"]


@pytest.mark.parametrize("columns", ['table:number-columns-spanned="1"', ""])
def test_merged_ranges_are_known_and_covered_cells_still_hold_what_they_hold(read: Read, columns: str):
    """So a figure under a merged cell is refused as it is from .xlsx; a cell that spans no columns need not say so."""
    merged = f'office:value-type="float" office:value="5000" {columns} table:number-rows-spanned="2"'
    covered = '<table:covered-table-cell office:value-type="float" office:value="120"><text:p>120</text:p></table:covered-table-cell>'
    sheet = read(row(cell("<text:p>5000</text:p>", merged)) + row(covered))

    assert sheet.merges == ((0, 0, 1, 0),)
    assert sheet.cell(1, 0) == Cell(CellKind.NUMBER, "120")


def test_hidden_sheets_rows_and_columns_are_known(read: Read):
    """Hidden by hand, by a filter, or in a closed group; rows and columns behind the last figure are not counted."""
    styles = '<style:style style:name="ta" style:family="table"><style:table-properties table:display="false"/></style:style>'
    figure = cell("<text:p>1</text:p>", 'office:value-type="float" office:value="1"')
    sheet = read(
        '<table:table-column/><table:table-column table:number-columns-repeated="2" table:visibility="collapse"/>'
        + row(figure)
        + row(figure, attributes='table:visibility="collapse"')
        + row(figure, attributes='table:visibility="filter"')
        + f'<table:table-row-group table:display="false">{row(figure)}</table:table-row-group>'
        + row(figure)
        + row("<table:table-cell/>", attributes='table:number-rows-repeated="1048571" table:visibility="collapse"'),
        styles=styles,
        table='table:style-name="ta"',
    )
    assert (sheet.hidden, sheet.hidden_rows, sheet.hidden_columns) == (True, {1, 2, 3}, {1, 2})


def test_what_is_repeated_is_repeated(read: Read):
    figure = 'office:value-type="float" office:value="7" table:number-columns-repeated="3"'
    sheet = read(
        row('<table:table-cell table:number-columns-repeated="2"/>', cell("<text:p>7</text:p>", figure), attributes='table:number-rows-repeated="2"')
        + row("<table:table-cell/>", attributes='table:number-rows-repeated="1000000"')
        + row(cell("<text:p>末</text:p>"))
    )
    assert {r: {c: cell.text for c, cell in cells.items()} for r, cells in sheet.rows.items()} == {
        0: {2: "7", 3: "7", 4: "7"},
        1: {2: "7", 3: "7", 4: "7"},
        1_000_002: {0: "末"},
    }


def test_changes_that_were_undone_are_no_figures(read: Read):
    before = "<table:tracked-changes><table:cell-content-change><table:previous><table:change-track-table-cell/><table:table>"
    undone = before + row(cell("<text:p>旧</text:p>")) + "</table:table></table:previous></table:cell-content-change></table:tracked-changes>"
    assert dict(read(row(cell("<text:p>新</text:p>")), before=undone).rows) == {0: {0: Cell(CellKind.TEXT, "新")}}


@pytest.mark.parametrize(
    "data",
    [packed(content(row(cell("<text:p>甲</text:p>"))), first=False), content(row(cell("<text:p>甲</text:p>"))).encode()],
    ids=["kind not first", "flat"],
)
def test_a_sound_document_is_read_however_it_is_packed(parser: Parser, data: bytes):
    """Its kind may stand anywhere, and the whole may be one XML document."""
    flat = data.replace(b"<office:document-content ", f'\n<office:document office:mimetype="{_KIND}" '.encode()).replace(b"document-content>", b"document>")
    [sheet] = parser.parse(data if data.startswith(b"PK") else flat, "表.ods")
    assert sheet.cell(0, 0).text == "甲"


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("application/vnd.oasis.opendocument.text", "文字文档（.odt）"),
        ("application/vnd.oasis.opendocument.presentation", "演示文稿（.odp）"),
    ],
)
def test_another_document_is_what_it_is(parser: Parser, kind: str, words: str):
    with pytest.raises(WorkbookError, match=words):
        parser.parse(packed(content(""), kind=kind), "表.ods")
