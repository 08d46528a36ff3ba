"""
What kind of file was handed in, and may it be parsed at all.

Decided by content: office files are renamed from .xls to .xlsx and back all the time, and web pages, text and
locked files arrive under either name.  Only the directory of a zip is read here; nothing is unpacked.
"""

import io
import re
import zipfile
import zlib
from enum import StrEnum
from functools import cache

from kpi.errors import WorkbookError
from kpi.workbook.process.zip_limits import MOST_PARTS, MOST_UNPACKED, ZipFault, zip_fault

MAX_BYTES = 20 * 2**20
MAX_SHEETS = 200
TOO_MANY_SHEETS = f"工作簿超过 {MAX_SHEETS} 张工作表；请只保留需要上报的工作表。"
_ZIP_FAULTS = {
    ZipFault.MANY_PARTS: f"文件内部的部件超过 {MOST_PARTS} 个的上限；请把需要上报的工作表另存为新文件再上传。",
    ZipFault.LARGE: f"文件展开后超过 {MOST_UNPACKED // 2**20} MB；请把需要上报的内容复制到新工作簿再上传。",
    ZipFault.STRANGE_RATIO: "文件压缩比异常，可能是被破坏的文件；请把需要上报的内容复制到新工作簿再上传。",
    ZipFault.LOCKED: "压缩包加了密码，打不开；请上传没有密码的 Excel 文件。",
}


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


AS_XLSX = "请用 Excel 或 WPS 打开后另存为 .xlsx 再上传。"
_OTHER = "不是 Excel 工作簿；请上传报表的 Excel 文件。"
WORD, SLIDES = f"这是 Word 文件，{_OTHER}", f"这是 PPT 演示文稿，{_OTHER}"
_PICTURE = f"这是图片，{_OTHER}"
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PACKED = "请解压后逐个上传其中的 Excel 文件。"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08", b"PK00")
_RECORDS = re.compile(rb"\x09(?:[\x00\x02\x04][\x04\x06]|\x08[\x04\x06\x08\x10])\x00.{3}[\x00\x01]", re.DOTALL)  # of an old workbook without a container
_MAGIC = (
    (re.compile(rb"%PDF"), f"这是 PDF 文件，{_OTHER}"),
    (re.compile(rb"\x89PNG|\xff\xd8\xff|GIF8|BM.{4}\0\0\0\0|II\*\0|MM\0\*|RIFF.{4}WEBP|.{4}ftyp(?:heic|heix|mif1|avif)", re.DOTALL), _PICTURE),
    (re.compile(rb"Rar!"), f"这是 RAR 压缩包，不是 Excel 工作簿；{_PACKED}"),
    (re.compile(rb"7z\xbc\xaf"), f"这是 7z 压缩包，不是 Excel 工作簿；{_PACKED}"),
    (re.compile(rb"\x1f\x8b"), f"这是 gzip 压缩包，不是 Excel 工作簿；{_PACKED}"),
    (re.compile(rb"\{\\rtf"), f"这是 RTF 文档，{_OTHER}"),
)
_PACKAGES = (  # what a zip holds that is no workbook, by the beginning of the name of a part
    ("word/", WORD),
    ("ppt/", SLIDES),
    ("ofd.xml", f"这是 OFD 文件，{_OTHER}"),
    ("visio/", f"这是 Visio 文件，{_OTHER}"),
    ("index/document.iwa", "这是 Numbers 表格，不能直接读取；请在 Numbers 中导出为 .xlsx 再上传。"),
)
_DOCUMENTS = (
    (b"wordprocessingml.document.main", WORD),
    (b"presentationml.presentation.main", SLIDES),
    (b"opendocument.text", f"这是文字文档（.odt），{_OTHER}"),
    (b"opendocument.presentation", f"这是演示文稿（.odp），{_OTHER}"),
)
_OPEN_DOCUMENT = b"opendocument.spreadsheet"
_SHEETS = re.compile(rb"vnd\.(?:openxmlformats-officedocument\.spreadsheetml|ms-excel)\.(?:sheet|template)(?:\.macroenabled)?\.main\+xml", re.IGNORECASE)
_WORD_XML = (b'progid="word.document"', b"schemas.microsoft.com/office/word/2003/wordml")
_SPREADSHEETML = b"urn:schemas-microsoft-com:office:spreadsheet"
_HEAD = 8_192
_SHORT = 65_536
_PAGE = (b"<html", b"<!doctype html", b"<table", b"<head", b"<body", b"<meta ", b"<tr>", b"<tr ")
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
    if data.startswith(_ZIP):
        return _zip(data)
    if data.startswith(COMPOUND):
        return _compound(data)
    if _RECORDS.match(data):
        return Kind.XLS
    for magic, words in _MAGIC:
        if magic.match(data):
            raise WorkbookError(words)
    return _written(data)


def _zip(data: bytes) -> Kind:
    """The format of a zip container, its directory within the limits."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as container:
            entries = container.infolist()
            names = {plain_name(entry.filename): entry for entry in entries}
            about = _stated(container, names.get("mimetype") or names.get("[content_types].xml"))
    except (zipfile.BadZipFile, zlib.error, ValueError, OSError, EOFError, OverflowError, NotImplementedError):
        raise WorkbookError("文件已损坏或没有传完整，打不开；请在 Excel 或 WPS 中确认能打开，另存一份再上传。") from None
    if fault := zip_fault(entries):
        raise WorkbookError(_ZIP_FAULTS[fault])
    if sum(name.startswith(("xl/worksheets/sheet", "xl/chartsheets/sheet")) for name in names) > MAX_SHEETS:
        raise WorkbookError(TOO_MANY_SHEETS)
    return _container(set(names), about)


def plain_name(name: str) -> str:
    """The name of a part as it is compared: some programs write capitals, backslashes, or a slash before it."""
    return name.replace("\\", "/").removeprefix("./").lstrip("/").lower()


def _stated(container: zipfile.ZipFile, entry: zipfile.ZipInfo | None) -> bytes:
    """What a document says it is, in a part of its own; only the beginning of it is unpacked."""
    if entry is None or entry.flag_bits & 1:
        return b""
    with container.open(entry) as part:
        return part.read(_SHORT)


def _container(names: set[str], about: bytes) -> Kind:
    """Which of the many formats that are a zip inside."""
    if "xl/workbook.bin" in names:
        return Kind.XLSB
    if any(name.startswith("xl/workbook") for name in names):
        return Kind.XLSX
    if _OPEN_DOCUMENT in about or (not about and {"content.xml", "meta-inf/manifest.xml"} <= names) or _SHEETS.search(about):
        return Kind.ODS if "content.xml" in names else Kind.XLSX
    for sign, words in _DOCUMENTS:
        if sign in about:
            raise WorkbookError(words)
    for beginning, words in _PACKAGES:
        if any(name.startswith(beginning) for name in names):
            raise WorkbookError(words)
    if "[content_types].xml" in names:
        raise WorkbookError(f"这不是 Excel 工作簿；{AS_XLSX}")
    raise WorkbookError(f"这是压缩包，不是 Excel 工作簿；{_PACKED}")


def _compound(data: bytes) -> Kind:
    """
    The format of an OLE container: an old workbook, an encrypted new one, or something else.

    Told by the names of its streams, wherever they stand; which of them is at the top the parser finds out.
    """
    if _stream("EncryptedPackage").search(data):
        return Kind.LOCKED
    if _stream("Workbook").search(data) or _stream("Book").search(data):
        return Kind.XLS
    if _stream("WordDocument").search(data):
        raise WorkbookError(WORD)
    if _stream("PowerPoint Document").search(data):
        raise WorkbookError(SLIDES)
    raise WorkbookError(f"这不是 Excel 工作簿；{AS_XLSX}")


@cache
def _stream(name: str) -> re.Pattern[bytes]:
    """The name of a stream as it stands in the directory of a container, in small letters or capitals."""
    return re.compile(re.escape(name.encode("utf-16-le")), re.IGNORECASE)


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
    if _OPEN_DOCUMENT in lowered and b"<office:document" in lowered:
        return Kind.ODS
    if any(sign in lowered for sign in _WORD_XML):
        raise WorkbookError(WORD)
    if any(sign in lowered for sign in _PAGE):
        return Kind.HTML
    if lowered.startswith(b"<?xml"):
        raise WorkbookError(f"这是 XML 文件，不是 Excel 工作簿；{AS_XLSX}")
    if sum(head.count(sign) for sign in _CONTROLS) > _MOST_CONTROLS * len(head):
        raise WorkbookError(f"这是别的格式的文件，不是 Excel 工作簿；{AS_XLSX}")
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
