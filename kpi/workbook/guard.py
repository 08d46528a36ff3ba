"""
What kind of file was handed in, and may it be parsed at all.

Decided by content: office files are renamed from .xls to .xlsx and back all the time, and web pages, text and
locked files arrive under either name.  Only the directory of a zip is read here; nothing is unpacked.
"""

import io
import re
import zipfile
from enum import StrEnum

from kpi.errors import WorkbookError

MAX_BYTES = 20 * 2**20
MAX_ENTRIES = 2_000
MAX_UNPACKED = 512 * 2**20
MAX_RATIO = 100
MAX_SHEETS = 200
_SMALL_PART = 2**20  # a short part of blanks may well shrink a hundredfold


class Kind(StrEnum):
    """The formats that can be read."""

    XLSX = "xlsx"
    XLSB = "xlsb"
    XLS = "xls"
    ODS = "ods"
    LOCKED = "lock"  # a workbook behind a password
    HTML = "html"
    MHTML = "mht"
    XML = "xml"  # XML-2003
    TEXT = "text"  # CSV, TSV


_AS_XLSX = "请用 Excel 或 WPS 打开后另存为 .xlsx 再上传。"
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MAGIC = (
    (b"%PDF", "PDF 文件"),
    (b"\x89PNG", "图片"),
    (b"\xff\xd8\xff", "图片"),
    (b"GIF8", "图片"),
    (b"BM", "图片"),
    (b"Rar!", "RAR 压缩包"),
    (b"7z\xbc\xaf", "7z 压缩包"),
    (b"\x1f\x8b", "gzip 压缩包"),
    (b"{\\rtf", "RTF 文档"),
)
_SPREADSHEETML = b"urn:schemas-microsoft-com:office:spreadsheet"
_HEAD = 8_192
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\r\f\x1a"))
_MOST_CONTROLS = 0.02  # of a text


def sniff(data: bytes) -> Kind:
    """
    The format of a file, by its content.

    Args:
        data: The whole file.

    Returns:
        A format that can be parsed.

    Raises:
        WorkbookError: It is empty, too large, or is no table; the message says what it is and what to do.

    """
    if not data:
        raise WorkbookError("文件是空的；请确认保存完成后再上传。")
    if len(data) > MAX_BYTES:
        raise WorkbookError(f"文件有 {len(data) / 2**20:.1f} MB，超过 {MAX_BYTES // 2**20} MB 的上限；请删去图片和无关的工作表后再上传。")
    if data.startswith(b"PK"):
        return _zip(data)
    if data.startswith(_COMPOUND):
        return _compound(data)
    if re.match(rb"\x09[\x00\x02\x04\x08].\x00", data, re.DOTALL):
        raise WorkbookError(f"这是很早版本的 Excel 文件（Excel 95 以前），不能直接读取；{_AS_XLSX}")
    for magic, what in _MAGIC:
        if data.startswith(magic):
            raise WorkbookError(f"这是{what}，不是 Excel 工作簿；{_AS_XLSX}")
    return _written(data)


def _zip(data: bytes) -> Kind:
    """The format of a zip container, its directory within the limits."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as container:
            entries = container.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, OverflowError, NotImplementedError):
        raise WorkbookError("文件已损坏或没有传完整，打不开；请在 Excel 或 WPS 中确认能打开，另存一份再上传。") from None
    if len(entries) > MAX_ENTRIES:
        raise WorkbookError(f"文件内部有 {len(entries)} 个部件，超过 {MAX_ENTRIES} 个的上限；请把需要上报的工作表另存为新文件再上传。")
    if sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        raise WorkbookError(f"文件展开后超过 {MAX_UNPACKED // 2**20} MB；请把需要上报的内容复制到新工作簿再上传。")
    if any(entry.file_size > _SMALL_PART and entry.file_size > MAX_RATIO * entry.compress_size for entry in entries):
        raise WorkbookError("文件压缩比异常，可能是被破坏的文件；请把需要上报的内容复制到新工作簿再上传。")
    if any(entry.flag_bits & 1 for entry in entries):
        raise WorkbookError("压缩包加了密码，打不开；请上传没有密码的 Excel 文件。")
    names = {entry.filename.lower().replace("\\", "/") for entry in entries}
    if sum(name.startswith(("xl/worksheets/sheet", "xl/chartsheets/sheet")) for name in names) > MAX_SHEETS:
        raise WorkbookError(f"工作簿超过 {MAX_SHEETS} 张工作表；请只保留需要上报的工作表。")
    return _container(data, names)


def _container(data: bytes, names: set[str]) -> Kind:
    """Which of the many formats that are a zip inside."""
    if "xl/workbook.bin" in names:
        return Kind.XLSB
    if any(name.startswith("xl/workbook") for name in names):
        return Kind.XLSX
    if b"opendocument.spreadsheet" in data[:200]:
        return Kind.ODS
    if any(name.startswith("word/") for name in names):
        raise WorkbookError("这是 Word 文档，不是 Excel 工作簿；请上传报表的 Excel 文件。")
    if any(name.startswith("ppt/") for name in names):
        raise WorkbookError("这是 PPT 演示文稿，不是 Excel 工作簿；请上传报表的 Excel 文件。")
    raise WorkbookError("这是压缩包，不是 Excel 工作簿；请解压后逐个上传其中的 Excel 文件。")


def _compound(data: bytes) -> Kind:
    """The format of an OLE container: an old workbook, an encrypted new one, or something else."""

    def holds(stream: str) -> bool:
        return stream.encode("utf-16-le") in data

    if holds("EncryptedPackage"):
        return Kind.LOCKED
    if holds("Workbook") or holds("Book"):
        return Kind.XLS
    if holds("WordDocument"):
        raise WorkbookError("这是 Word 文档，不是 Excel 工作簿；请上传报表的 Excel 文件。")
    raise WorkbookError(f"这不是 Excel 工作簿；{_AS_XLSX}")


def _written(data: bytes) -> Kind:
    """The format of a file that is text of some kind."""
    head = data[:_HEAD]
    if wide := wide_encoding(data):
        head = head.decode(wide, "replace").encode()
    lowered = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if lowered.startswith(b"mime-version:") or b"\nmime-version:" in lowered or b"content-type: multipart/related" in lowered:
        return Kind.MHTML
    if _SPREADSHEETML in lowered and b"<html" not in lowered:
        return Kind.XML
    if any(sign in lowered for sign in (b"<html", b"<!doctype html", b"<table")):
        return Kind.HTML
    if lowered.startswith(b"<?xml"):
        raise WorkbookError(f"这是 XML 文件，不是 Excel 工作簿；{_AS_XLSX}")
    if sum(head.count(sign) for sign in _CONTROLS) > _MOST_CONTROLS * len(head):
        raise WorkbookError(f"这是别的格式的文件，不是 Excel 工作簿；{_AS_XLSX}")
    return Kind.TEXT


def wide_encoding(data: bytes) -> str | None:
    """The kind of UTF-16 a text is in, with or without a mark at its beginning; None when it is in another encoding."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    head = data[: _HEAD // 4 * 2]
    if b"\0" not in head:
        return None
    for encoding in ("utf-16-le", "utf-16-be"):
        text = head.decode(encoding, "replace")
        if sum(sign in "\t\r\n" or " " <= sign <= "~" or "\u2010" <= sign <= "\u303f" or "一" <= sign <= "\uffef" for sign in text) > 0.95 * len(text):
            return encoding
    return None
