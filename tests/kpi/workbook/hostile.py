"""Files that are broken, or made to harm: each by the name of what is wrong with it."""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator

from tests.kpi.workbook.books import HUGE_STRINGS, LAUGHS, book, packed, parts
from tests.kpi.workbook.process.test_formats import opendocument, page, text, xlsx, xml_2003
from tests.kpi.workbook.process.test_opendocument import content
from tests.kpi.workbook.process.test_opendocument import packed as document
from tests.kpi.workbook.records import formula, number, old_book

ROW = '<row r="1"><c r="A1"><v>1</v></c></row>'
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def files() -> Iterator[tuple[str, bytes]]:
    """Name and bytes of each."""
    yield from _no_tables()
    yield from _cut()
    yield from _zips()
    yield from _sheets()
    yield from _parts()
    yield from _texts()
    yield from _compounds()
    yield from _records()
    yield from _documents()


def _no_tables() -> Iterator[tuple[str, bytes]]:
    yield "empty", b""
    yield "one byte", b"\0"
    yield "zeros", bytes(100_000)
    yield "noise", bytes((i * 7919) % 256 for i in range(50_000))
    yield "pdf", b"%PDF-1.7\n" + b"x" * 1000
    yield "picture", b"\x89PNG\r\n\x1a\n" + bytes(1000)
    yield "rar", b"Rar!\x1a\x07" + bytes(1000)
    yield "gzip", b"\x1f\x8b" + bytes(1000)
    yield "rtf", b"{\\rtf1 hello}"
    yield "program", b"MZ" + bytes(5000)
    yield "feed", b'<?xml version="1.0"?><rss/>'


def _cut() -> Iterator[tuple[str, bytes]]:
    whole = {"xlsx": xlsx(), "ods": opendocument(), "xml": xml_2003(), "locked": xlsx("1")}
    for name, data in whole.items():
        yield f"{name} cut in half", data[: len(data) // 2]
        yield f"{name} without its end", data[:-60]
        yield f"{name} without its beginning", data[60:]


def _zips() -> Iterator[tuple[str, bytes]]:
    yield "word", packed({"word/document.xml": ""})
    yield "slides", packed({"ppt/presentation.xml": ""})
    yield "files in a zip", packed({"表.xlsx": xlsx()})
    yield "zip in a zip in a zip", packed({"a.zip": packed({"b.zip": packed({"c": "x"})})})
    yield "zip bomb", packed({**parts(ROW), "xl/media/a": bytes(30 * 2**20)})
    yield "thousands of parts", packed({f"a/{i}": "" for i in range(2_500)})
    yield "parts that leave the folder", packed({**parts(ROW), "../../etc/passwd": "x"})
    yield "a part twice", _twice()
    data = bytearray(packed(parts(ROW)))
    data[data.rindex(b"PK\x01\x02") + 8] |= 1
    yield "part with a password", bytes(data)
    yield "size told wrong", packed(parts(ROW)).replace(struct.pack("<I", len(ROW)), struct.pack("<I", 2**31))
    yield "only an end", b"PK\x05\x06" + bytes(18)
    yield "another compression", _compressed(14)


def _twice() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as container:
        for name, content in [*parts(ROW).items(), ("xl/worksheets/sheet2.xml", "<worksheet/>")]:
            container.writestr(name, content)
    return buffer.getvalue().replace(b"xl/worksheets/sheet2.xml", b"xl/worksheets/sheet1.xml")


def _compressed(method: int) -> bytes:
    data = bytearray(packed(parts(ROW)))
    at = data.index(b"PK\x01\x02")
    data[at + 10 : at + 12] = struct.pack("<H", method)
    return bytes(data)


def _sheets() -> Iterator[tuple[str, bytes]]:
    yield "far corner", book(ROW + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')
    yield "row beyond all", book(ROW + '<row r="4294967295"><c r="A4294967295"><v>1</v></c></row>')
    yield "row of many digits", book(ROW + f'<row r="{"9" * 400}"><c r="A{"9" * 400}"><v>1</v></c></row>')
    yield "column beyond all", book('<row r="1"><c r="ZZZZZZ1"><v>1</v></c></row>')
    yield "far corner unnumbered", book('<row r="1"><c r="A1"><v>1</v></c></row>' + "<row/>" * 200_000 + '<row><c r="XFD9"><v>1</v></c></row>')
    yield "rows backwards", book('<row r="9"><c r="A9"><v>1</v></c></row><row r="2"><c r="A2"><v>1</v></c></row>')
    yield "row zero", book('<row r="0"><c r="A0"><v>1</v></c></row>')
    yield "number that is none", book('<row r="1"><c r="A1"><v>nan</v></c><c r="B1"><v>1e999</v></c><c r="C1"><v>--</v></c></row>')
    yield "string beyond the list", book('<row r="1"><c r="A1" t="s"><v>4294967295</v></c></row>')
    yield "string before the list", book('<row r="1"><c r="A1" t="s"><v>-1</v></c></row>')
    yield "everything merged", _with(book_tail='<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>')
    yield "merged many times", _with(book_tail="<mergeCells>" + '<mergeCell ref="A1:Z9999"/>' * 5_000 + "</mergeCells>")
    yield "merged nonsense", _with(book_tail='<mergeCells><mergeCell ref="B9:A1"/><mergeCell ref="?"/></mergeCells>')
    yield "all columns hidden", book(ROW, before='<cols><col min="1" max="4294967295" hidden="1"/></cols>')
    yield "column numbers are words", book(ROW, before='<cols><col min="x" max="y" hidden="1"/></cols>')
    yield "long text", book(f'<row r="1"><c r="A1" t="inlineStr"><is><t>{"长" * 300_000}</t></is></c></row>')
    yield "deep sheet", book("<a>" * 50_000)
    yield "unclosed cells", book('<row r="1">' + '<c r="A1"><v>1' * 20_000)
    yield "attribute without end", book('<row r="1"><c r="A1' + "x" * 500_000)
    yield "blanks and brackets", packed({**parts(ROW), "xl/worksheets/sheet1.xml": b" " * 2**20 + b"<" * 2**20})


def _with(*, book_tail: str) -> bytes:
    made = parts(ROW)
    made["xl/worksheets/sheet1.xml"] = str(made["xl/worksheets/sheet1.xml"]).replace("</worksheet>", book_tail + "</worksheet>")
    return packed(made)


def _parts() -> Iterator[tuple[str, bytes]]:
    yield "laughs", packed({**parts(ROW), "xl/workbook.xml": LAUGHS})
    yield "laughs in the styles", packed({**parts(ROW), "xl/styles.xml": LAUGHS})
    yield "file from elsewhere", packed({**parts(ROW), "xl/workbook.xml": '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><workbook>&a;</workbook>'})
    yield "broken book", packed({**parts(ROW), "xl/workbook.xml": "<workbook"})
    yield "bare book", packed({"xl/workbook.xml": "<workbook/>"})
    yield "book of links to itself", packed({**parts(ROW), "xl/_rels/workbook.xml.rels": parts(ROW)["xl/workbook.xml"]})
    yield "strings beyond counting", book(ROW, strings=HUGE_STRINGS)
    yield "broken styles", book(ROW, styles="<styleSheet><cellXfs><xf numFmtId='x'/></cellXfs></styleSheet>")
    yield "binary book of nothing", packed({"xl/workbook.bin": b""})
    yield "binary book of noise", packed({"xl/workbook.bin": bytes(range(256)) * 100})
    yield "hundreds of sheets", packed({**parts(""), **{f"xl/worksheets/sheet{i}.xml": "<worksheet/>" for i in range(1, 300)}})


def _texts() -> Iterator[tuple[str, bytes]]:
    yield "one endless line", b"a" * 3_000_000
    yield "one endless field", b'"' + b"a" * 3_000_000
    yield "only separators", b"," * 3_000_000
    yield "only line ends", b"\n" * 3_000_000
    yield "half a character", text(",", "gb18030")[:-1]
    yield "no encoding", b"a,b\n" + bytes([0x80, 0xFF, 0xFE, 0x81]) * 30
    yield "cell of many columns", b'<table><tr><td colspan="999999" rowspan="999999">1</td></tr></table>' * 50
    yield "tables in tables", b"<table><tr><td>" * 3_000
    yield "tags without end", b"<table>" + b"<td " * 300_000
    yield "comment without end", b"<table><!--" + b"<!--" * 300_000
    yield "brackets", b"<table>" + b"<" * 1_000_000
    yield "script without end", page().encode() + b"<script>" * 100_000
    yield "archive of nothing", b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=a\r\n\r\n" + b"--a\r\n" * 50_000
    yield "archive in archives", b"MIME-Version: 1.0\r\n" + b"Content-Type: multipart/mixed; boundary=a\r\n\r\n--a\r\n" * 2_000
    yield (
        "laughs in xml 2003",
        LAUGHS.replace("http://schemas.openxmlformats.org/spreadsheetml/2006/main", "urn:schemas-microsoft-com:office:spreadsheet").encode(),
    )
    yield "xml 2003 far corner", xml_2003().replace(b"<Cell>", b'<Cell xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet" ss:Index="99999999">', 1)
    yield "xml 2003 index is a word", xml_2003().replace(b"<Cell>", b'<Cell ss:Index="x">', 1)


def _compounds() -> Iterator[tuple[str, bytes]]:
    yield "compound of nothing", _OLE + bytes(2_000)
    yield "compound of words", _OLE + bytes(1_000) + "WordDocument".encode("utf-16-le")
    yield "compound that says it is a book", _OLE + bytes(1_000) + "Workbook".encode("utf-16-le") + bytes(3_000)
    yield "compound that says it is locked", _OLE + bytes(1_000) + "EncryptedPackage".encode("utf-16-le") + bytes(3_000)
    chain = bytearray(_OLE + bytes(504) + bytes(512 * 4))
    chain[24:34] = struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
    chain[44:80] = struct.pack("<9I", 1, 0, 0, 4096, 0, 0, 0, 0, 0)
    chain[80:90] = "Book".encode("utf-16-le") + b"\0\0"
    yield "compound that goes in circles", bytes(chain)
    yield "old book", b"\x09\x08\x06\x00\x00\x00" + bytes(200)
    yield "squeezed twice", b"PK\x03\x04" + zlib.compress(bytes(100_000))


def _records() -> Iterator[tuple[str, bytes]]:
    begin = b"\x09\x08\x10\x00\x00\x06\x05\x00" + bytes(12)
    yield "records of nothing", begin
    yield "records that begin for ever", begin * 50_000
    yield "record longer than the file", begin + b"\x85\x00\xff\xff"
    yield "sheet that begins at itself", begin + struct.pack("<HHiBB", 0x85, 9, 0, 0, 0) + b"\x01\x00A\x0a\x00\x00\x00"
    yield "sheet beyond the file", begin + struct.pack("<HHiBB", 0x85, 9, 2**31 - 1, 0, 0) + b"\x01\x00A\x0a\x00\x00\x00"
    yield "old book with a far corner", old_book(number(65_535, 255, 1.0))
    yield "old book of noise", old_book(bytes(range(256)) * 200)
    yield "old book of very many formulas", old_book(formula(1, 1, bytes(8)) * 100_000, version=8)
    yield "old book of rows all hidden", old_book(b"".join(struct.pack("<HHHHHHIHH", 0x208, 16, row, 0, 1, 255, 0, 0x20, 0) for row in range(60_000)))


def _documents() -> Iterator[tuple[str, bytes]]:
    cell = '<table:table-cell office:value-type="float" office:value="1"{}><text:p>1</text:p></table:table-cell>'
    row = "<table:table-row{}>" + cell + "</table:table-row>"
    yield "laughs in a document", document("<!DOCTYPE x [" + LAUGHS.split("[", 1)[1].split("]><")[0] + "]>" + content(row.format("", "")))
    yield "document from elsewhere", document('<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + content(row.format("", "")))
    yield "row repeated for ever", document(content(row.format(' table:number-rows-repeated="1048576"', ' table:number-columns-repeated="16384"')))
    yield "repeated beyond counting", document(content(row.format(f' table:number-rows-repeated="{"9" * 400}"', ' table:number-columns-repeated="-1"')))
    yield "repeated by a word", document(content(row.format(' table:number-rows-repeated="x"', ' table:number-columns-repeated="①"')))
    yield "rows hidden for ever", document(content(row.format(' table:visibility="collapse" table:number-rows-repeated="99999999999"', "")))
    yield "columns hidden for ever", document(content('<table:table-column table:visibility="collapse" table:number-columns-repeated="99999999"/>' * 300))
    yield "spans beyond all", document(content(row.format("", ' table:number-columns-spanned="999999999" table:number-rows-spanned="999999999"')))
    yield "styles in circles", document(content(row.format("", ' table:style-name="a"'), styles='<style:style style:name="a" style:parent-style-name="a"/>'))
    yield "deep document", document("<a>" * 200_000)
    yield "blanks without end", document(content(row.format("", "").replace("<text:p>1", '<text:p><text:s text:c="999999999"/>')))
    yield "number that is none in a document", document(content(row.format("", "").replace('office:value="1"', 'office:value="1e999"')))
    yield "document of nothing", document("")
    yield "document with hundreds of sheets", document(content("</table:table><table:table>" * 300))
