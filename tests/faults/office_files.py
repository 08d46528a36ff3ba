"""What an office sends beside its form, or in its place: saved by other programs, renamed, half copied, of another year, with a password."""

import io
import zipfile
from collections.abc import Iterator

import openpyxl
from msoffcrypto.format.ooxml import OOXMLFile
from openpyxl.styles import Border, Side

from kpi.bureau import LiveBureau
from kpi.period import Month
from tests.faults.filled import NOVEMBER, form
from tests.kpi.workbook.process.test_formats import ROWS, archive, opendocument, page, text, xml_2003

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def office_files(bureau: LiveBureau) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of each."""
    good = form(bureau, "donghu", "food", NOVEMBER, food_tested="51 451", food_passed="49 441", food_shops="– 1211").data
    yield "食品科11月.xls", good  # renamed
    yield "食品科11月.csv", text(",", "gb18030")
    yield "制表符.xls", text("\t", "utf-16")
    yield "网页另存.xls", page().encode("gb18030")
    yield "单个网页.xls", archive()
    yield "电子表格2003.xls", xml_2003()
    yield "开放文档.ods", opendocument()
    yield "加密.xlsx", _locked(good)
    yield "带宏.xlsm", _with(good, "xl/vbaProject.bin", b"\0" * 100)
    yield "外部链接.xlsx", _with(good, "xl/externalLinks/externalLink1.xml", b"<externalLink/>")
    yield "半份.xlsx", good[: len(good) // 2]
    yield "还在复制.xlsx", good[:1000] + bytes(len(good) - 1000)
    yield "空的.xlsx", b""
    yield "Thumbs.db", _OLE + bytes(5000)
    yield "~$食品科11月.xlsx", b"\x05" + "王统计".encode("gb18030").ljust(164, b" ")
    yield ".~lock.食品科11月.xlsx#", "王统计,PC,2023".encode()
    yield "desktop.ini", b"[.ShellClassInfo]\r\nIconResource=x"
    yield "快捷方式.lnk", b"L\0\0\0\x01\x14\x02\0" + bytes(500)
    yield "照片.jpg", b"\xff\xd8\xff\xe0" + bytes(3000)
    yield "扫描件.xlsx", b"%PDF-1.7\n" + b"x" * 1000
    yield "说明.docx", _zip({"word/document.xml": b"<w:document/>", "[Content_Types].xml": b"<Types/>"})
    yield "打包.zip", _zip({"食品科11月.xlsx": good, "../信用科.xlsx": good})
    yield "空表.xlsx", form(bureau, "donghu", "food", NOVEMBER).data
    yield "去年的.xlsx", form(bureau, "donghu", "food", Month(2022, 11), food_tested="1 10", food_passed="1 10").data
    yield "以后的.xlsx", form(bureau, "donghu", "food", Month(2024, 11), food_tested="1 10", food_passed="1 10").data
    yield "公式没有存值.xlsx", _changed(good, "=SUM(E4:E9)")
    yield "除以零.xlsx", _changed(good, "#DIV/0!")
    yield "全角数字.xlsx", _changed(good, "５１")
    yield "带单位.xlsx", _changed(good, "约51批次")
    yield "很大的数.xlsx", _changed(good, "9" * 400)
    yield "负数.xlsx", _changed(good, -51)
    yield "一百万空行.xlsx", _bordered()
    yield "去年的口径.xlsx", _rows([["东湖区市场监管局食品科 2023 年 11 月报表"], *ROWS[1:]])


def _changed(data: bytes, value: object) -> bytes:
    """The first figure of a form as something else."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    sheet = book.worksheets[0]
    cell = next(cell for row in sheet.iter_rows() for cell in row if cell.value == 51)
    cell.value = value
    return _saved(book)


def _bordered() -> bytes:
    """Rows without anything in them but a border, far down."""
    book = openpyxl.Workbook()
    thin = Side(style="thin")
    for row in range(1, 5_000):
        book.active.cell(row * 20, 1).border = Border(thin, thin, thin, thin)
    return _saved(book)


def _rows(rows: list[list[str]]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    return _saved(book)


def _saved(book: openpyxl.Workbook) -> bytes:
    sink = io.BytesIO()
    book.save(sink)
    return sink.getvalue()


def _locked(data: bytes) -> bytes:
    sink = io.BytesIO()
    OOXMLFile(io.BytesIO(data)).encrypt("开门", sink)
    return sink.getvalue()


def _with(data: bytes, name: str, content: bytes) -> bytes:
    sink = io.BytesIO(data)
    with zipfile.ZipFile(sink, "a") as container:
        container.writestr(name, content)
    return sink.getvalue()


def _zip(members: dict[str, bytes]) -> bytes:
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w") as container:
        for name, content in members.items():
            container.writestr(name, content)
    return sink.getvalue()
