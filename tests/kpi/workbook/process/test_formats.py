"""One form in every format it may come in, under any name: the same figures from all of them."""

import email.mime.multipart
import email.mime.text
import io
import zipfile

import pytest
import xlsxwriter
from msoffcrypto.format.ooxml import OOXMLFile

from kpi.errors import PasswordNeeded, WorkbookError
from kpi.value import State, Value
from kpi.workbook.grid import Cell, CellKind
from kpi.workbook.process.parser import Parser
from kpi.workbook.report import Column
from tests.kpi.workbook.books import packed, parts
from tests.kpi.workbook.office import needs_office, saved_again
from tests.kpi.workbook.one_report import read_report

ROWS = [
    ["食品安全协调科2023年11月报表"],
    ["数据项", "计量单位", "本月数", "本年累计"],
    ["检验批次（不含在检）", "批次", "163", "1763"],
    ["合格批次", "批次", "160", "1724"],
    ["抽检合格率", "%", "", "97.8"],
]


def xlsx(password: str = "") -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_numbers": True}) as made:
        sheet = made.add_worksheet()
        for r, row in enumerate(ROWS):
            sheet.write_row(r, 0, row)
    if not password:
        return buffer.getvalue()
    sink = io.BytesIO()
    OOXMLFile(buffer).encrypt(password, sink)
    return sink.getvalue()


def text(separator: str, encoding: str) -> bytes:
    return "\r\n".join(separator.join(row) for row in ROWS).encode(encoding)


def page(head: str = "") -> str:
    title, *rows = ROWS
    lines = "".join("<tr>" + "".join(f"<td>{cell or '&nbsp;'}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<html><head>{head}</head><body><table border=1><tr><td colspan=4>{title[0]}</td></tr>{lines}</table></body></html>"


def archive() -> bytes:
    message = email.mime.multipart.MIMEMultipart("related")
    message.attach(email.mime.text.MIMEText("<html><frameset/><x:Name>报表</x:Name></html>", "html", "utf-8"))
    message.attach(email.mime.text.MIMEText(page('<meta charset="gb2312">'), "html", "gb2312"))
    return message.as_bytes()


def xml_2003() -> bytes:
    def cell(value: str) -> str:
        kind = "Number" if value.replace(".", "").isdigit() else "String"
        return f'<Cell><Data ss:Type="{kind}">{value}</Data></Cell>' if value else "<Cell/>"

    rows = "".join(f"<Row>{''.join(map(cell, row))}</Row>" for row in ROWS)
    return (
        '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
        f'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="报表"><Table>{rows}</Table></Worksheet></Workbook>'
    ).encode()


def opendocument() -> bytes:
    def cell(value: str) -> str:
        if value.replace(".", "").isdigit():
            return f'<table:table-cell office:value-type="float" office:value="{value}"><text:p>{value}</text:p></table:table-cell>'
        return f'<table:table-cell office:value-type="string"><text:p>{value}</text:p></table:table-cell>' if value else "<table:table-cell/>"

    names = "".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0" ' for name in ("office", "table", "text"))
    rows = "".join(f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in ROWS)
    content = f'<office:document-content {names}><office:body><office:spreadsheet><table:table table:name="报表">{rows}</table:table>'
    buffer = io.BytesIO()
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    with zipfile.ZipFile(buffer, "w") as container:
        container.writestr("mimetype", kind)
        container.writestr("META-INF/manifest.xml", f'<manifest><file-entry full-path="/" media-type="{kind}"/></manifest>')
        container.writestr("content.xml", content + "</office:spreadsheet></office:body></office:document-content>")
    return buffer.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        xlsx(),
        text(",", "utf-8"),
        text(",", "utf-8-sig"),
        text(",", "gb18030"),
        text("\t", "utf-16"),
        text("\t", "utf-16-le"),
        text(";", "utf-8"),
        page().encode(),
        page().encode("utf-8-sig"),
        page('<meta http-equiv=Content-Type content="text/html; charset=gb2312">').encode("gb2312"),
        page().encode("utf-16"),
        archive(),
        xml_2003(),
        b"\xef\xbb\xbf\r\n" + xml_2003(),
        xml_2003().decode().replace('<?xml version="1.0"?>', '<?xml version="1.0" encoding="GBK"?>').encode("gbk"),
        xml_2003().decode().replace('<?xml version="1.0"?>', '<?xml version="1.0" encoding="UTF-16"?>').encode("utf-16"),
        xml_2003().replace(b'<?xml version="1.0"?>', b'<?xml version="1.0" encoding="UTF-8"?><!-- GB/T 2260 -->'),
        opendocument(),
    ],
    ids=[
        "xlsx",
        "csv",
        "csv bom",
        "csv gb",
        "tsv utf-16",
        "tsv utf-16 unmarked",
        "semicolons",
        "html",
        "html bom",
        "html gb",
        "html utf-16",
        "mhtml",
        "xml",
        "xml after a mark and a blank line",
        "xml gb",
        "xml utf-16",
        "xml that mentions gb",
        "ods",
    ],
)
def test_the_same_figures_from_every_format(parser: Parser, catalog, data: bytes):
    report = read_report(parser.parse(data, "报表.xls"), catalog)

    figures = {(reading.measure, reading.column): reading.value for reading in report.readings if reading.raw}
    assert figures == {
        ("tested", Column.MONTH): Value.of(163),
        ("tested", Column.YTD): Value.of(1763),
        ("passed", Column.MONTH): Value.of(160),
        ("passed", Column.YTD): Value.of(1724),
        ("pass_rate", Column.YTD): Value.of("97.8"),
    }


def test_a_locked_workbook_is_opened_with_its_password_only(parser: Parser, catalog):
    locked = xlsx("密码1")
    with pytest.raises(PasswordNeeded, match="输入密码") as asked:
        parser.parse(locked, "表.xlsx")
    with pytest.raises(PasswordNeeded, match="密码不对") as wrong:
        parser.parse(locked, "表.xlsx", "错的")

    assert (asked.value.wrong, wrong.value.wrong) == (False, True)
    assert "错的" not in str(wrong.value)
    assert len(read_report(parser.parse(locked, "表.xlsx", "密码1"), catalog).readings) == 5


def test_a_locked_workbook_that_would_keep_us_busy_is_refused(parser: Parser):
    locked = xlsx("1").replace(b'spinCount="100000"', b'spinCount="999999999"')
    with pytest.raises(WorkbookError, match="加密方式"):
        parser.parse(locked, "表.xlsx", "1")


def test_a_workbook_that_opens_without_a_question_is_read_without_one(parser: Parser, catalog):
    """Excel locks a workbook whose structure is protected with a password of its own, and opens it by itself."""
    assert len(read_report(parser.parse(xlsx("VelvetSweatshop"), "表.xlsx"), catalog).readings) == 5


@needs_office
def test_a_text_result_of_a_formula_is_no_zero_in_any_format(parser: Parser, catalog, tmp_path):
    """Saved by LibreOffice from one .xlsx: 未开展 from .xlsx and .ods; .xls has lost it, so its 0 is asked about."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_numbers": True}) as made:
        sheet = made.add_worksheet()
        for r, row in enumerate(ROWS):
            sheet.write_row(r, 0, row)
        sheet.write_formula("C4", '=IF(1=1,"未开展","")', None, "未开展")
    told = {}
    for ending, books in saved_again({"form": buffer.getvalue()}, ["xlsx", "ods", "xls"], tmp_path).items():
        report = read_report(parser.parse(books["form"], f"表.{ending}"), catalog)
        [reading] = [one for one in report.readings if (one.measure, one.column) == ("passed", Column.MONTH)]
        told[ending] = reading.value.state, [str(one.place) for one in report.findings if one.code == "formula-zero"]
    assert told == {"xlsx": (State.NOT_STARTED, []), "ods": (State.NOT_STARTED, []), "xls": (State.ZERO, ["Sheet1!C4"])}


def test_macros_are_left_alone_and_mentioned(parser: Parser, catalog):
    source = zipfile.ZipFile(io.BytesIO(xlsx()))
    data = packed({**{name: source.read(name) for name in source.namelist()}, "xl/vbaProject.bin": b"\xd0\xcf\x11\xe0"})

    report = read_report(parser.parse(data, "表.xlsm"), catalog)

    assert [finding.code for finding in report.findings if finding.code == "macros-ignored"] == ["macros-ignored"]
    assert len(report.readings) == 5


# ── what a cell holds in formats that are text ──


@pytest.mark.parametrize(
    ("written", "cell"),
    [
        ("1763", Cell(CellKind.NUMBER, "1763")),
        ("0012", Cell(CellKind.TEXT, "0012")),
        ('"=""0012"""', Cell(CellKind.TEXT, "0012")),
        ('"1,234"', Cell(CellKind.TEXT, "1,234")),
        ("97.8%", Cell(CellKind.NUMBER, "97.8%")),
        ("#DIV/0!", Cell(CellKind.ERROR, "#DIV/0!")),
        ("在检", Cell(CellKind.TEXT, "在检")),
        ("1.2e5", Cell(CellKind.TEXT, "1.2e5")),
        ("-5", Cell(CellKind.NUMBER, "-5")),
    ],
)
def test_a_csv_cell_is_a_number_only_when_it_is_plainly_one(parser: Parser, written: str, cell: Cell):
    [sheet] = parser.parse(f"a,b\n{written},x\n".encode(), "表.csv")
    assert sheet.cell(1, 0) == cell


def test_a_csv_may_name_its_separator(parser: Parser):
    [sheet] = parser.parse("sep=;\n甲;乙,丙\n".encode(), "表.csv")
    assert sheet.cell(0, 1).text == "乙,丙"


def test_a_page_keeps_merged_cells_hidden_rows_and_exact_numbers(parser: Parser):
    html = (
        "<table><tr><td rowspan=2>组</td><td colspan='2' x:num='1234.5678'>1,235</td></tr><tr style='display:none'><td>a<br>b</td><td>#N/A</td></tr></table>"
        "<!-- <table><tr><td>不算</td></tr></table> --><table><tr><th>又一张 &amp; 表</th></tr></table>"
    )
    [sheet] = parser.parse(html.encode(), "表.xls")

    assert sheet.merges == ((0, 0, 1, 0), (0, 1, 0, 2))
    assert sheet.hidden_rows == {1}
    assert [sheet.cell(0, 1), sheet.cell(1, 1), sheet.cell(1, 2)] == [
        Cell(CellKind.NUMBER, "1234.5678"),
        Cell(CellKind.TEXT, "a b"),
        Cell(CellKind.ERROR, "#N/A"),
    ]
    assert "又一张 & 表" in {cell.text for row in sheet.rows.values() for cell in row.values()}
    assert "不算" not in {cell.text for row in sheet.rows.values() for cell in row.values()}


def test_xml_2003_tells_percentages_formulas_errors_dates_and_merged_cells(parser: Parser):
    s = "urn:schemas-microsoft-com:office:spreadsheet"
    data = f"""<?xml version="1.0"?><Workbook xmlns="{s}" xmlns:ss="{s}" xmlns:x="urn:schemas-microsoft-com:office:excel">
    <Styles><Style ss:ID="p"><NumberFormat ss:Format="0.00%"/></Style></Styles>
    <Worksheet ss:Name="隐"><Table><Column ss:Index="2" ss:Hidden="1"/><Row ss:Index="3" ss:Hidden="1">
    <Cell ss:Index="2" ss:StyleID="p"><Data ss:Type="Number">0.978</Data></Cell><Cell ss:Formula="=A1"/>
    <Cell ss:MergeAcross="1"><Data ss:Type="Error">#REF!</Data></Cell><Cell><Data ss:Type="DateTime">2023-11-23T00:00:00.000</Data></Cell>
    </Row></Table><x:WorksheetOptions><x:Visible>SheetHidden</x:Visible></x:WorksheetOptions></Worksheet></Workbook>"""
    [sheet] = parser.parse(data.encode(), "表.xls")

    assert sheet.hidden
    assert (sheet.hidden_rows, sheet.hidden_columns, sheet.merges) == ({2}, {1}, ((2, 3, 2, 4),))
    assert dict(sheet.rows[2]) == {
        1: Cell(CellKind.NUMBER, "97.8%"),
        2: Cell(CellKind.UNCACHED, "=A1"),
        3: Cell(CellKind.ERROR, "#REF!"),
        5: Cell(CellKind.DATE, "2023-11-23"),
    }


def test_merged_cells_of_a_workbook_are_known(parser: Parser):
    made = parts('<row r="1"><c r="A1"><v>1</v></c></row>')
    made["xl/worksheets/sheet1.xml"] = str(made["xl/worksheets/sheet1.xml"]).replace(
        "</worksheet>", '<mergeCells><mergeCell ref="A1:C2"/></mergeCells></worksheet>'
    )
    [sheet] = parser.parse(packed(made), "表.xlsx")

    assert sheet.merges == ((0, 0, 1, 2),)
