"""Binary workbooks (.xlsb) made by hand, record by record: what their cells show is read as from an .xlsx."""

import io
import struct
import zipfile
from decimal import Decimal

import pytest

from kpi.finding import Severity
from kpi.period import Month
from kpi.workbook.grid import Cell, CellKind, Sheet
from kpi.workbook.number import read_value
from kpi.workbook.process.parser import Parser
from kpi.workbook.signs import struck
from tests.kpi.workbook.books import packed
from tests.kpi.workbook.one_report import read_report

_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_KIND = "application/vnd.ms-excel"
PLAIN, RAISED, STRUCK = range(3)  # fonts
FORMATS = {164: '0!.0,"万元"', 165: '@"亿元"', 166: ";;;"}
STYLES = {"": (0, PLAIN), "%": (9, PLAIN), "万元": (164, PLAIN), "亿元": (165, PLAIN), "hidden": (166, PLAIN), "struck": (0, STRUCK)}


def record(kind: int, body: bytes = b"") -> bytes:
    number = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    length = bytearray()
    rest = len(body)
    while rest > 0x7F:
        length.append(rest & 0x7F | 0x80)
        rest >>= 7
    return number + bytes(length) + bytes([rest]) + body


def wide(text: str) -> bytes:
    signs = text.encode("utf-16-le")
    return struct.pack("<I", len(signs) // 2) + signs


def font(*, flags: int = 0, position: int = 0) -> bytes:
    return record(43, struct.pack("<HHHH", 220, flags, 400, position) + bytes(13) + wide("宋体"))


def styles() -> bytes:
    fonts = record(611, struct.pack("<I", 3)) + font() + font(position=1) + font(flags=8) + record(612)
    formats = (
        record(615, struct.pack("<I", len(FORMATS))) + b"".join(record(44, struct.pack("<H", key) + wide(code)) for key, code in FORMATS.items()) + record(616)
    )
    cells = b"".join(record(47, struct.pack("<HHHHHBBHH", 0, code, font, 0, 0, 0, 0, 0, 0)) for code, font in STYLES.values())
    return record(278) + formats + fonts + record(617, struct.pack("<I", len(STYLES))) + cells + record(618) + record(279)


class Strings:
    """The shared strings, each once."""

    def __init__(self) -> None:
        self.items: list[bytes] = []

    def add(self, text: str, runs: tuple[tuple[int, int], ...] = ()) -> int:
        body = bytes([bool(runs)]) + wide(text)
        if runs:
            body += struct.pack("<I", len(runs)) + b"".join(struct.pack("<HH", begin, font) for begin, font in runs)
        self.items.append(record(19, body))
        return len(self.items) - 1

    def part(self) -> bytes:
        return record(159, struct.pack("<II", len(self.items), len(self.items))) + b"".join(self.items) + record(160)


def book(
    rows: list[list[object]], *, hidden_rows: tuple[int, ...] = (), hidden_columns: tuple[int, ...] = (), merges: tuple[tuple[int, ...], ...] = ()
) -> bytes:
    """A workbook; a cell is a number, a text, an error code in bytes, a text with its runs, or one of these and the name of a style."""
    strings = Strings()
    lines = b""
    for row, cells in enumerate(rows):
        lines += record(0, struct.pack("<IIHBB", row, 0, 300, 0, 0x10 * (row in hidden_rows)) + bytes(5))
        for column, told in enumerate(cells):
            value, style = told if isinstance(told, tuple) and isinstance(told[1], str) else (told, "")
            place = struct.pack("<II", column, list(STYLES).index(style))
            match value:
                case bytes():
                    lines += record(3, place + value)
                case str():
                    lines += record(7, place + struct.pack("<I", strings.add(value)))
                case (text, runs):
                    lines += record(7, place + struct.pack("<I", strings.add(text, runs)))
                case None:
                    pass
                case _:
                    lines += record(5, place + struct.pack("<d", value))
    width = max(map(len, rows))
    columns = b"".join(record(60, struct.pack("<IIIIH", index, index, 2000, 0, 1)) for index in hidden_columns)
    areas = b"".join(record(176, struct.pack("<IIII", *merge)) for merge in merges)
    sheet = record(129) + record(148, struct.pack("<IIII", 0, len(rows) - 1, 0, width - 1))
    sheet += (record(390) + columns + record(391)) * bool(columns) + record(145) + lines + record(146)
    sheet += (record(177, struct.pack("<I", len(merges))) + areas + record(178)) * bool(merges) + record(130)
    bundle = record(156, struct.pack("<II", 0, 1) + wide("rId1") + wide("报表"))
    kinds = {"workbook": "sheet.binary.macroEnabled.main", "worksheets/sheet1": "worksheet", "styles": "styles", "sharedStrings": "sharedStrings"}
    types = "".join(f'<Override PartName="/xl/{name}.bin" ContentType="{_KIND}.{kind}"/>' for name, kind in kinds.items())
    links = {"rId1": ("worksheet", "worksheets/sheet1.bin"), "rId2": ("styles", "styles.bin"), "rId3": ("sharedStrings", "sharedStrings.bin")}
    rels = "".join(f'<Relationship Id="{key}" Type="{_RELATIONS}/{kind}" Target="{target}"/>' for key, (kind, target) in links.items())
    main = f'<Relationship Id="rId1" Type="{_RELATIONS}/officeDocument" Target="xl/workbook.bin"/>'
    xml = "application/vnd.openxmlformats-package.relationships+xml"
    return packed(
        {
            "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" ContentType="{xml}"/>{types}</Types>',
            "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">{main}</Relationships>',
            "xl/workbook.bin": record(131) + record(143) + bundle + record(144) + record(132),
            "xl/_rels/workbook.bin.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">{rels}</Relationships>',
            "xl/styles.bin": styles(),
            "xl/sharedStrings.bin": strings.part(),
            "xl/worksheets/sheet1.bin": sheet,
        }
    )


def read(parser: Parser, rows: list[list[object]], **more: tuple[object, ...]) -> Sheet:
    [sheet] = parser.parse(book(rows, **more), "表.xlsb")  # type: ignore[arg-type]
    return sheet


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (15000.0, Cell(CellKind.NUMBER, "15000")),
        ((0.978, "%"), Cell(CellKind.NUMBER, "97.8%")),
        ((15000.0, "万元"), Cell(CellKind.NUMBER, "15000", "1.5万元")),
        (("5", "亿元"), Cell(CellKind.TEXT, "5亿元")),
        (("5", "hidden"), Cell(CellKind.TEXT, "5", "空白")),
        ((7.0, "struck"), Cell(CellKind.TEXT, struck("7"))),
        (("123", ((2, RAISED),)), Cell(CellKind.TEXT, "12³")),
        (("1215", ((0, STRUCK), (2, PLAIN))), Cell(CellKind.TEXT, f"{struck('12')}15")),
        (("123", ((0, RAISED),)), Cell(CellKind.TEXT, "123")),
        ((("51", ((1, RAISED),)), "亿元"), Cell(CellKind.TEXT, "5¹亿元")),
        (b"\x07", Cell(CellKind.ERROR, "#DIV/0!")),
        (b"\x2a", Cell(CellKind.ERROR, "#N/A")),
    ],
)
def test_a_cell_is_what_it_shows(parser: Parser, cell: object, expected: Cell):
    """Formats, raised and struck-out signs and errors count as in an .xlsx: 12 with a raised 3 is not 123."""
    assert read(parser, [["数", cell], ["别的", 1.0]]).cell(0, 1) == expected


def test_a_mark_is_no_digit(parser: Parser):
    assert read_value(read(parser, [["数", ("123", ((2, RAISED),))]]).cell(0, 1).text, "件").number == Decimal(12)


def test_what_is_hidden_or_merged_is_told(parser: Parser):
    sheet = read(parser, [["甲", 1.0, 2.0], ["乙", 3.0, 4.0], ["丙", 5.0, 6.0]], hidden_rows=(1,), hidden_columns=(2,), merges=((1, 2, 0, 0),))

    assert (sheet.complete, sheet.hidden_rows, sheet.hidden_columns, sheet.merges) == (True, {1}, {2}, ((1, 0, 2, 0),))
    assert [sheet.cell(row, 1).text for row in range(3)] == ["1", "3", "5"]


def test_a_report_is_read_with_the_findings_of_an_xlsx(parser: Parser, catalog):
    """A hidden row is named, a 万 format converted, a footnote mark left out; nothing says that the format holds back what it shows."""
    rows = [
        ["食品科2023年11月", None, None],
        ["数据项", "单位", "本年累计"],
        ["检验批次", "批次", ("123", ((2, RAISED),))],
        ["罚没款", "万元", (15000.0, "万元")],
    ]
    data = book([*rows, ["抽检合格率", "%", (0.978, "%")]], hidden_rows=(3,))
    report = read_report(parser.parse(data, "表.xlsb"), catalog, period=Month(2023, 11))
    codes = {finding.code: finding.severity for finding in report.findings if finding.code != "missing-row"}

    assert {reading.measure: reading.value.number for reading in report.readings if reading.value.number} == {
        "tested": 12,
        "fines": Decimal("1.5"),
        "pass_rate": Decimal("97.8"),
    }
    assert codes == dict.fromkeys(("hidden-row", "format-shows-unit", "mark-beside-number"), Severity.HINT) | {"number-as-text": Severity.HINT}


def test_what_cannot_be_read_of_a_file_is_asked_about(parser: Parser, catalog):
    """Where its records are not as they should be the values alone are read, and may not be those of the screen."""
    data = book([["食品科2023年11月", None, None], ["数据项", "单位", "本年累计"], ["检验批次", "批次", 17.0]])
    with zipfile.ZipFile(io.BytesIO(data)) as container:
        parts: dict[str, str | bytes] = {name: container.read(name) for name in container.namelist()}
        strings = container.read("xl/sharedStrings.bin")
    title = wide("食品科2023年11月")
    strings = strings.replace(b"\0" + title, b"\1" + title)  # runs are promised and do not come
    report = read_report(parser.parse(packed(parts | {"xl/sharedStrings.bin": strings}), "表.xlsb"), catalog, period=Month(2023, 11))

    assert [reading.value.number for reading in report.readings if reading.value.number] == [17]
    assert [finding.severity for finding in report.findings if finding.code == "limited-format"] == [Severity.CHECK]
