"""Sound workbooks that are packed in their own way: read like any other, never called damaged or an archive."""

import io
import zipfile
from datetime import datetime

import openpyxl
import pytest

from kpi.errors import WorkbookError
from kpi.workbook.grid import Cell, CellKind
from kpi.workbook.process.parser import Parser
from tests.kpi.workbook.books import PERCENT_STYLES, book, packed, parts
from tests.kpi.workbook.hostile import ROW

SHEET = '<row r="1"><c r="A1"><v>163</v></c><c r="B1" s="2"><v>0.978</v></c><c r="C1" t="s"><v>0</v></c></row>'
TEXTS = '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>检验</t></si></sst>'
PARTS = parts(SHEET, styles=PERCENT_STYLES, strings=TEXTS)
READ = {0: Cell(CellKind.NUMBER, "163"), 1: Cell(CellKind.NUMBER, "97.8%"), 2: Cell(CellKind.TEXT, "检验")}


def renamed(change: dict[str, str]) -> dict[str, str | bytes]:
    return {change.get(name, name): content for name, content in PARTS.items()}


def zipped(*, method: int = zipfile.ZIP_STORED, folders: bool = False, backwards: bool = False, comment: bytes = b"", streamed: bool = False) -> bytes:
    buffer = io.BytesIO()
    target = _Unseekable(buffer) if streamed else buffer
    with zipfile.ZipFile(target, "w", method) as container:
        for folder in ("_rels/", "xl/", "xl/_rels/", "xl/worksheets/") if folders else ():
            container.writestr(folder, "")
        for name in reversed(PARTS) if backwards else PARTS:
            container.writestr(name, PARTS[name])
        container.comment = comment
    return buffer.getvalue()


class _Unseekable(io.RawIOBase):
    """So that sizes stand behind the parts, as a program writes them that sends a file as it makes it."""

    def __init__(self, sink: io.BytesIO) -> None:
        self._sink = sink

    def writable(self) -> bool:
        return True

    def write(self, data) -> int:
        return self._sink.write(data)


def large() -> bytes:
    """Each part announced with sizes of 64 bits."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as container:
        for name, content in PARTS.items():
            with container.open(name, "w", force_zip64=True) as part:
                part.write(content if isinstance(content, bytes) else content.encode())
    return buffer.getvalue()


def elsewhere() -> dict[str, str | bytes]:
    """The workbook under a name of its own, which the relations of the package tell."""
    found = renamed({"xl/workbook.xml": "book/main.xml", "xl/_rels/workbook.xml.rels": "book/_rels/main.xml.rels"})
    found["_rels/.rels"] = str(found["_rels/.rels"]).replace("xl/workbook.xml", "/book/main.xml")
    found["[Content_Types].xml"] = str(found["[Content_Types].xml"]).replace("/xl/workbook.xml", "/book/main.xml")
    found["book/_rels/main.xml.rels"] = str(found["book/_rels/main.xml.rels"]).replace('Target="', 'Target="../xl/')
    return found


def with_sheet(sheet: str, relation: str = "") -> dict[str, str | bytes]:
    """One more sheet in the list, which is none."""
    changed = dict(PARTS)
    changed["xl/workbook.xml"] = str(PARTS["xl/workbook.xml"]).replace("<sheets>", f"<sheets>{sheet}")
    changed["xl/_rels/workbook.xml.rels"] = str(PARTS["xl/_rels/workbook.xml.rels"]).replace("</Relationships>", f"{relation}</Relationships>")
    return changed


MACROS = '<Relationship Id="rId9" Type="http://schemas.microsoft.com/office/2006/relationships/xlMacrosheet" Target="macrosheets/sheet1.xml"/>'


@pytest.mark.parametrize(
    "data",
    [
        zipped(),
        zipped(method=zipfile.ZIP_DEFLATED, folders=True),
        zipped(backwards=True),
        zipped(comment="某系统导出".encode()),
        zipped(streamed=True),
        large(),
        zipped() + bytes(512),
        packed(renamed({name: name.replace("/", "\\") for name in PARTS})),
        packed(renamed({name: name.upper() for name in PARTS})),
        packed(renamed({name: f"/{name}" for name in PARTS})),
        packed({name: content for name, content in PARTS.items() if name not in ("_rels/.rels", "[Content_Types].xml")}),
        packed(renamed({"xl/worksheets/sheet1.xml": "xl/worksheets/Sheet1.xml"})),
        packed(elsewhere()),
        packed(with_sheet('<sheet name="宏" sheetId="9" r:id="rId9"/>', MACROS) | {"xl/macrosheets/sheet1.xml": "<macrosheet/>"}),
        packed(with_sheet('<sheet name="模块" sheetId="9" r:id=""/>')),
    ],
    ids=[
        "stored", "folders", "backwards", "comment", "streamed", "64 bits", "padded", "backslashes", "capitals", "leading slash",
        "bare", "one capital", "elsewhere", "macro sheet", "sheet without a part",
    ],
)  # fmt: skip
def test_a_sound_workbook_is_read_however_it_is_packed(parser: Parser, data: bytes):
    [sheet] = parser.parse(data, "表.xlsx")
    assert dict(sheet.rows[0]) == READ


def test_days_written_as_iso_are_days(parser: Parser):
    """Strict Open XML: with a zone, a time of day or neither; a long list is looked through as well."""
    cells = "".join(
        f'<c r="{column}1" t="d"><v>{text}</v></c>'
        for column, text in zip("ABC", ("2023-11-25T00:00:00Z", "2023-11-25", "2023-11-25T08:30:00.000"), strict=True)
    )
    [sheet] = parser.parse(book(f'<row r="1">{cells}</row>'), "表.xlsx")
    assert [sheet.cell(0, column) for column in range(3)] == [
        Cell(CellKind.DATE, "2023-11-25"),
        Cell(CellKind.DATE, "2023-11-25"),
        Cell(CellKind.DATE, "2023-11-25 08:30:00"),
    ]
    long = "".join(f'<row r="{row}"><c r="A{row}"><v>{row}</v></c></row>' for row in range(2, 40_000))
    [sheet] = parser.parse(book(f'<row r="1">{cells}</row>{long}'), "表.xlsx")
    assert sheet.cell(0, 0) == Cell(CellKind.DATE, "2023-11-25")


def test_days_as_another_program_writes_them_as_iso(parser: Parser):
    made = openpyxl.Workbook(iso_dates=True)
    made.active["A1"] = datetime(2023, 11, 25)  # noqa: DTZ001 - sheets know no time zone
    buffer = io.BytesIO()
    made.save(buffer)
    [sheet] = parser.parse(buffer.getvalue(), "表.xlsx")
    assert sheet.cell(0, 0) == Cell(CellKind.DATE, "2023-11-25")


@pytest.mark.parametrize(("code", "text", "shown"), [("0.0_%", "0.978", ""), ("0.0%", "97.8%", ""), ("0.0\\%", "0.978", "0.978%")])
def test_a_per_cent_sign_that_only_keeps_a_place_is_none(parser: Parser, code: str, text: str, shown: str):
    styles = PERCENT_STYLES.replace("0.00%", code)
    [sheet] = parser.parse(book('<row r="1"><c r="A1" s="2"><v>0.978</v></c></row>', styles=styles), "表.xlsx")
    assert sheet.cell(0, 0) == Cell(CellKind.NUMBER, text, shown)


@pytest.mark.parametrize(
    ("found", "words"),
    [
        ({"[Content_Types].xml": '<Override ContentType="x.wordprocessingml.document.main+xml"/>', "a/b.xml": ""}, "这是 Word 文件"),
        ({"word/document.xml": "", "word/embeddings/sheet1.xlsx": packed(PARTS)}, "这是 Word 文件"),
        ({"word\\document.xml": ""}, "这是 Word 文件"),
        ({"[Content_Types].xml": "<Types/>", "visio/document.xml": ""}, "Visio"),
        ({"OFD.xml": "", "Doc_0/Document.xml": ""}, "OFD 文件"),
        ({"Index/Document.iwa": "", "Metadata/Properties.plist": ""}, "Numbers"),
        ({"[Content_Types].xml": "<Types/>", "x.xml": ""}, "不是 Excel 工作簿"),
        ({"xl/workbook.xml": ROW}, "没有可以读的工作表"),
    ],
)
def test_another_package_is_what_it_is(parser: Parser, found: dict[str, str | bytes], words: str):
    """Named, with what to do; a text within it is no workbook."""
    with pytest.raises(WorkbookError, match=words):
        parser.parse(packed(found), "表.xlsx")
