"""Papers of any kind, by content: what is read, and the sentence on what is not; each opened in a child of its own."""

import io
import struct
import zipfile
from pathlib import Path

import pytest

from kpi.papers.issued_paper import IssuedFigure, IssuedPaper, IssuedParagraph, issued_xml
from kpi.papers.reading import paper_process
from kpi.papers.reading.paper_error import PaperError
from kpi.papers.reading.paper_reading import pasted_paper, read_paper
from kpi.papers.reading.radicals import LETTERS, with_letters
from kpi.period import Month
from tests.kpi.papers.printed_files import ofd_file, pdf_file, text_object
from tests.kpi.papers.word_files import W, package, paragraph, row, table, word_file

TEXT = "截至11月20日，受理1316件。"
LONG_TABLE = table(*(row(*(str(at * 7_919 % 99_991) for at in range(start, start + 200))) for start in range(0, 20_200, 200)))
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def document(inside: str, doctype: str = "") -> bytes:
    return package({"word/document.xml": f'{doctype}<w:document xmlns:w="{W}"><w:body>{inside}</w:body></w:document>'})


def bomb() -> bytes:
    """64 MB of blanks in 64 KB."""
    return document(paragraph(" " * 64 * 2**20))


def lying() -> bytes:
    """A part whose directory promises fewer bytes than there are."""
    data = bytearray(word_file(paragraph(TEXT * 50)))
    entry = zipfile.ZipFile(io.BytesIO(data)).getinfo("word/document.xml")
    at = data.rfind(b"word/document.xml") - 46
    struct.pack_into("<I", data, at + 24, entry.file_size // 2)
    return bytes(data)


ENTITIES = '<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    "data",
    [
        word_file(paragraph(TEXT)),
        pdf_file([(80, 100, TEXT)]),
        ofd_file(text_object(20, 50, TEXT)),
        TEXT.encode(),
        TEXT.encode("gb18030"),
        TEXT.encode("utf-16"),
    ],
    ids=["docx", "pdf", "ofd", "utf-8", "gb18030", "utf-16"],
)
def test_the_kind_of_a_file_is_seen_in_its_content(data: bytes):
    """All under a name that says nothing."""
    read = read_paper(data, "总结.dat")
    assert (read.name, [(each.text, each.index) for each in read.passages]) == ("总结.dat", [(TEXT, 0)])


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "文件是空的"),
        (b"x" * (20 * 2**20 + 1), "超过 20 MB 的上限"),
        (b"\x89PNG\r\n", "这是图片"),
        (b"Rar!\x1a\x07", "这是压缩包；请解压"),
        (b"{\\rtf1 a}", "这是 RTF 文档，不能直接读取；请在 Word 或 WPS 中打开，另存为 .docx 再上传"),
        (b"<html><body>1</body></html>", "这是网页文件"),
        (b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w/>', "这是 Word 的 XML 文件"),
        (bytes(range(256)) * 9, "这是别的格式的文件"),
        (package({"xl/workbook.xml": "<a/>"}, main="xl/workbook.xml"), "这是 Excel 工作簿，不是文字材料"),
        (package({"ppt/presentation.xml": "<a/>"}, main="ppt/presentation.xml"), "这是 PPT 演示文稿"),
        (COMPOUND + "EncryptedPackage".encode("utf-16-le"), "设置了打开密码"),
        (COMPOUND + "Workbook".encode("utf-16-le"), "这是 Excel 工作簿"),
        (COMPOUND, "旧格式的文件，认不出"),
        (word_file(paragraph(TEXT))[:-30], "已损坏或没有传完整"),
        (package({"word/x.xml": "<a/>"}), "文件里没有正文，可能不是 Word 文档"),
        (word_file(""), "文件里没有文字"),
        (document("<w:p>"), "已损坏或没有传完整"),
        (document("<w:p>" * 10_000 + "</w:p>" * 10_000), "已损坏或没有传完整"),
        (document(paragraph("&b;"), ENTITIES), "办公软件不会写的定义"),
        (bomb(), "压缩比异常"),
        ("食".encode() * 200_001, "全文有 200,001 个字，超过 200,000 字的上限；请分成几个文件"),
        (
            word_file(table(*(row(*(str(at * 7_919 % 99_991) for at in range(start, start + 200))) for start in range(0, 20_200, 200)))),
            "全文有 20,200 个段落和单元格，超过 20,000 个的上限",
        ),
        (lying(), "已损坏或没有传完整"),
    ],
    ids=lambda value: value[:12] if isinstance(value, str) else "",
)
def test_what_cannot_be_read_is_a_sentence_with_the_name(data: bytes, sentence: str):
    with pytest.raises(PaperError) as refused:
        read_paper(data, "材料.docx")
    assert str(refused.value).startswith("「材料.docx」：")
    assert sentence in str(refused.value)
    assert str(refused.value).endswith("。")


def test_what_lies_outside_of_the_file_is_never_asked_for(tmp_path: Path):
    """A header that is a file of this machine, and one in the net."""
    (tmp_path / "secret.xml").write_text(f'<w:hdr xmlns:w="{W}">{paragraph("机密")}</w:hdr>', encoding="utf-8")
    links = "".join(
        f'<Relationship Id="r{at}" Type="x/header" Target="{target}" {mode}/>'
        for at, (target, mode) in enumerate(
            [((tmp_path / "secret.xml").as_uri(), 'TargetMode="External"'), ("http://127.0.0.1/h.xml", ""), ("../../../../etc/passwd", "")]
        )
    )
    relations = f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{links}</Relationships>'
    data = package(
        {"word/document.xml": f'<w:document xmlns:w="{W}"><w:body>{paragraph(TEXT)}</w:body></w:document>', "word/_rels/document.xml.rels": relations}
    )
    assert [each.text for each in read_paper(data, "x.docx").passages] == [TEXT]


def test_a_child_that_dies_or_hangs_is_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """The next paper is read by another child."""
    ready = "import sys, os, threading; sys.stdout.buffer.write(b'\\x06'); sys.stdout.buffer.flush()\n"
    with monkeypatch.context() as broken:
        broken.setattr(paper_process, "_WALL_SECONDS", 0.2)
        for end, sentence in (("os.abort()", "超出了时间或内存的限制"), ("threading.Event().wait()", "超出了时间或内存的限制")):
            (tmp_path / "child.py").write_text(ready + end, encoding="utf-8")
            broken.setattr(paper_process, "_CHILD", tmp_path / "child.py")
            with pytest.raises(PaperError, match=sentence):
                read_paper(word_file(paragraph(TEXT)), "x.docx")
        (tmp_path / "child.py").write_text("", encoding="utf-8")
        with pytest.raises(PaperError, match="本机启动不了读取材料的程序（启动后没有应答），与文件无关"):
            read_paper(word_file(paragraph(TEXT)), "x.docx")
    assert read_paper(word_file(paragraph(TEXT)), "x.docx").passages


def test_what_a_paper_said_when_it_was_issued_comes_with_it():
    """Out of the child as it went into the file; a hidden part of another program that is no XML is passed over."""
    issued = IssuedPaper(Month(2023, 11), "0", (IssuedParagraph(TEXT, (IssuedFigure(11, "1316", "food.passed", "value", "a!B2"),)),))
    body = f'<w:document xmlns:w="{W}"><w:body>{paragraph(TEXT)}</w:body></w:document>'
    data = package({"word/document.xml": body, "customXml/item1.xml": "<broken", "customXml/item2.xml": issued_xml(issued)})
    assert read_paper(data, "x.docx").issued == issued


def test_pasted_text_is_a_paper_of_lines():
    assert [(each.text, each.place, each.heading) for each in pasted_paper("一、抽检\r\n\r\n抽检1763批次。\n").passages] == [
        ("一、抽检", "正文第1段", 1),
        ("抽检1763批次。", "正文第2段", 0),
    ]
    with pytest.raises(PaperError, match="没有文字；请粘贴"):
        pasted_paper(" \n ")


def test_radicals_become_letters_and_nothing_moves():
    """As PDF readers give what Chromium prints: ⽉ ⽇ ⻝ ⼾, of which NFKC mends the first two only."""
    assert with_letters("11⽉20⽇，⻝品、⻛险、⻓效、⻅证、⻔店、⼾数") == "11月20日，食品、风险、长效、见证、门店、户数"
    assert {len(letter) for letter in LETTERS.values()} == {1}
    assert pasted_paper("11⽉20⽇").passages[0].text == "11月20日"
