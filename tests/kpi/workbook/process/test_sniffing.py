"""What a file is, decided by its content and said in words."""

import io
import zipfile

import pytest
from msoffcrypto.format.ooxml import OOXMLFile

from kpi.errors import WorkbookError
from kpi.workbook.process import sniffing, zip_limits
from kpi.workbook.process.sniffing import Kind, sniff
from tests.kpi.workbook.books import book, packed, parts

PLAIN = book("")


def encrypted(data: bytes) -> bytes:
    sink = io.BytesIO()
    OOXMLFile(io.BytesIO(data)).encrypt("密码", sink)
    return sink.getvalue()


def opendocument() -> bytes:
    """Its first part tells the format and is by rule not compressed."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as container:
        container.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        container.writestr("content.xml", "<x/>")
    return buffer.getvalue()


def compound(stream: str) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1000) + stream.encode("utf-16-le")


def test_knows_the_formats_it_can_read():
    assert sniff(PLAIN) is Kind.XLSX
    assert sniff(packed({"xl/workbook.bin": b""})) is Kind.XLSB
    assert sniff(opendocument()) is Kind.ODS
    assert sniff(compound("Workbook")) is Kind.XLS


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"<html><body><table>", Kind.HTML),
        (b"\xef\xbb\xbf\r\n<TABLE border=1>", Kind.HTML),
        ("<html><table>表".encode("utf-16"), Kind.HTML),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related", Kind.MHTML),
        (b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">', Kind.XML),
        ("数据项,本年累计\r\n".encode("gb18030"), Kind.TEXT),
        ("数据项\t本年累计".encode("utf-16"), Kind.TEXT),
        ("数据项\t本年累计,本月数,上年同期,备注".encode("utf-16-le"), Kind.TEXT),
        (packed({**parts(""), "xl/vbaProject.bin": b"x"}), Kind.XLSX),
        ("BM,名称,数量\r\nA01,合格,5\r\n".encode("gb18030"), Kind.TEXT),
        ("PK,名称,数量\r\n1,合格,5\r\n".encode(), Kind.TEXT),
        ("\t本月\r\n合格\t5\r\n".encode("utf-16-le"), Kind.TEXT),
        (b"<meta charset=gb2312><style>" + b"td {color: red}" * 900 + b"</style><table>", Kind.HTML),
        (b"\xef\xbb\xbf\n<Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet'>", Kind.XML),
        (b"\x09\x08\x08\x00\x00\x05\x05\x00\x6c\x09\xc9\x07", Kind.XLS),
        (b"\x09\x00\x04\x00\x02\x00\x10\x00", Kind.XLS),
        (encrypted(PLAIN), Kind.LOCKED),
    ],
)
def test_knows_what_else_can_be_read(data: bytes, kind: Kind):
    assert sniff(data) is kind


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "空的"),
        (PLAIN[: len(PLAIN) // 2], "已损坏"),
        (b"%PDF-1.7", "PDF"),
        (b"%PDF-1.7", "请上传报表的 Excel 文件"),
        (b"\x89PNG\r\n\x1a\n", "图片"),
        (b"BM\x36\x00\x0c\x00\0\0\0\0\x36\0\0\0", "图片"),
        (b"RIFF\x24\0\0\0WEBPVP8 ", "图片"),
        (b"\0\0\0\x18ftypheic", "图片"),
        (b"Rar!\x1a\x07", "请解压后逐个上传"),
        (b"<?xml version='1.0'?><?mso-application progid=\"Word.Document\"?><w:wordDocument/>", "这是 Word 文件"),
        (compound("PowerPoint Document"), "PPT"),
        (bytes(2000), "别的格式"),
        (b'<?xml version="1.0"?><rss/>', "XML 文件"),
        (packed({"word/document.xml": ""}), "Word"),
        (packed({"ppt/presentation.xml": ""}), "PPT"),
        (packed({"报表.xlsx": PLAIN}), "解压"),
        (compound("WordDocument"), "Word"),
        (compound("Others"), "不是 Excel"),
        (packed({**parts(""), "xl/media/1": bytes(3 * 2**20)}), "压缩比异常"),
        (packed({**parts(""), **{f"xl/worksheets/sheet{i}.xml": "" for i in range(1, 202)}}), "200 张"),
        (packed({f"a/{i}": "" for i in range(2001)}), "2000 个"),
    ],
)
def test_says_what_else_a_file_is(data: bytes, words: str):
    with pytest.raises(WorkbookError, match=words):
        sniff(data)


def test_limits_the_size(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sniffing, "MAX_BYTES", len(PLAIN) - 1)
    with pytest.raises(WorkbookError, match="MB 的上限"):
        sniff(PLAIN)


def test_limits_what_a_file_unpacks_to(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(zip_limits, "MOST_UNPACKED", 100)
    with pytest.raises(WorkbookError, match="展开后"):
        sniff(PLAIN)


def test_a_zip_with_a_password_is_refused():
    data = bytearray(PLAIN)
    entry = data.index(b"PK\x01\x02")
    data[entry + 8] |= 1
    assert zipfile.is_zipfile(io.BytesIO(data))
    with pytest.raises(WorkbookError, match="密码"):
        sniff(bytes(data))
