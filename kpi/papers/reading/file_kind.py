"""
What kind of paper a file is, by its content and not by its name, and may it be read at all.

Only the directory of a zip is looked at here; nothing is unpacked.
"""

import io
import re
import zipfile
from enum import StrEnum

from kpi.papers.reading.paper_error import PaperError
from kpi.workbook.process.sniffing import COMPOUND, MAX_BYTES, plain_name, wide_encoding


class PaperKind(StrEnum):
    """The formats that can be read."""

    WORD = "docx"
    OLD_WORD = "doc"
    PDF = "pdf"
    OFD = "ofd"
    TEXT = "txt"


_READABLE = "请上传 Word（.docx）、PDF、OFD 或文本文件。"
AS_WORD = "请在 Word 或 WPS 中打开，另存为 .docx 再上传。"
DAMAGED = f"文件已损坏或没有传完整，打不开；{AS_WORD}"
_OTHERS = (
    (re.compile(rb"\{\\rtf"), f"这是 RTF 文档，不能直接读取；{AS_WORD}"),
    (re.compile(rb"\x89PNG|\xff\xd8\xff|GIF8|BM.{4}\0\0\0\0|II\*\0|MM\0\*|RIFF.{4}WEBP", re.DOTALL), f"这是图片，读不出文字；{_READABLE}"),
    (re.compile(rb"Rar!|7z\xbc\xaf|\x1f\x8b"), f"这是压缩包；请解压后逐个上传其中的文件。{_READABLE}"),
)
_PARTS = (  # what a zip holds, by the beginning of the name of a part
    ("xl/", f"这是 Excel 工作簿，不是文字材料；{_READABLE}"),
    ("ppt/", "这是 PPT 演示文稿，不能直接读取；请把文字复制到 Word 文档再上传。"),
    ("content.xml", f"这是 OpenDocument 文件（.odt），不能直接读取；{AS_WORD}"),
)
_WORD_XML = (b'progid="word.document"', b"schemas.microsoft.com/office/word/2003/wordml", b"schemas.microsoft.com/office/2006/xmlpackage")
_PAGE = re.compile(rb"<html|<!doctype html|<body|^mime-version:", re.IGNORECASE)
_HEAD = 8_192
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\r\f\x0b\x1a"))
_MOST_CONTROLS = 0.02  # of a text


def kind_of(data: bytes) -> PaperKind:
    """
    The kind of a file.

    Raises:
        PaperError: It is empty, too large, or no paper; the message says what it is and what to do.

    """
    if not data:
        raise PaperError("文件是空的；请确认保存完成后再上传。")
    if len(data) > MAX_BYTES:
        raise PaperError(f"文件有 {len(data) / 2**20:.1f} MB，超过 {MAX_BYTES // 2**20} MB 的上限；请删去图片后再上传。")
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return _zipped(data)
    if data.startswith(COMPOUND):
        return _compound(data)
    if b"%PDF-" in data[:1_024]:
        return PaperKind.PDF
    for magic, sentence in _OTHERS:
        if magic.match(data):
            raise PaperError(sentence)
    return _written(data)


def _zipped(data: bytes) -> PaperKind:
    """The kind of a zip, by the names of its parts."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = {plain_name(name) for name in package.namelist()}
    except (zipfile.BadZipFile, ValueError, OSError, OverflowError, NotImplementedError):
        raise PaperError(DAMAGED) from None
    if "ofd.xml" in names:
        return PaperKind.OFD
    if any(name.startswith("word/") for name in names):
        return PaperKind.WORD
    for beginning, sentence in _PARTS:
        if any(name.startswith(beginning) for name in names):
            raise PaperError(sentence)
    if "[content_types].xml" in names:
        return PaperKind.WORD  # its parts may have any names
    raise PaperError(f"这是压缩包；请解压后逐个上传其中的文件。{_READABLE}")


def _compound(data: bytes) -> PaperKind:
    """The kind of an OLE container, by the names of its streams."""
    if _stream("EncryptedPackage") in data:
        raise PaperError("文件设置了打开密码；请在 Word 或 WPS 中取消密码、另存后再上传。")
    if _stream("WordDocument") in data:
        return PaperKind.OLD_WORD
    if _stream("Workbook") in data or _stream("Book") in data:
        raise PaperError(f"这是 Excel 工作簿，不是文字材料；{_READABLE}")
    raise PaperError(f"这是旧格式的文件，认不出是不是文字材料；{AS_WORD}")


def _stream(name: str) -> bytes:
    """The name of a stream as it stands in the directory of a container."""
    return name.encode("utf-16-le")


def _written(data: bytes) -> PaperKind:
    """The kind of a file that is text of some sort."""
    head = data[:_HEAD]
    lowered = head.lower().lstrip()
    if any(sign in lowered for sign in _WORD_XML):
        raise PaperError(f"这是 Word 的 XML 文件，不能直接读取；{AS_WORD}")
    if _PAGE.search(lowered):
        raise PaperError(f"这是网页文件，不能直接读取；{AS_WORD}")
    if not wide_encoding(data) and sum(head.count(sign) for sign in _CONTROLS) > _MOST_CONTROLS * len(head):
        raise PaperError(f"这是别的格式的文件，不是文字材料；{_READABLE}")
    return PaperKind.TEXT
