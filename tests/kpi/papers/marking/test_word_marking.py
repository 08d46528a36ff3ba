"""Comments written into a Word file: at their letters, in local time, and nothing else of the file is touched."""

import io
import zipfile
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from kpi.papers.marking.mark import Mark, MarkOrder
from kpi.papers.marking.paper_marking import mark_paper
from kpi.papers.marking.word_marking import marked_word
from kpi.papers.reading.paper_error import PaperError
from kpi.papers.reading.paper_reading import read_paper
from kpi.papers.reading.word_document import WordReader
from kpi.papers.reading.word_names import W
from tests.kpi.papers.printed_files import pdf_file
from tests.kpi.papers.word_files import cell, field, package, paragraph, row, run, table, text_box, word_file
from tests.kpi.workbook.office import needs_office, saved_by_writer, without_writer

BOLD = "<w:rPr><w:b/></w:rPr>"
MOMENT = "2023-11-24T08:30:00Z"


def passages(data: bytes) -> list[str]:
    return [passage.text for passage in WordReader(data, "x").document().passages]


def mark(data: bytes, *quotes: tuple[int, str]) -> bytes:
    """The file with a comment on each quotation of a passage, which says the number of the comment."""
    texts = passages(data)
    marks = [Mark(at, texts[at].index(quote), texts[at].index(quote) + len(quote), f"意见{number}") for number, (at, quote) in enumerate(quotes)]
    return marked_word(data, MarkOrder(MOMENT, tuple(marks)))


def commented(data: bytes) -> list[tuple[str, str]]:
    """Of each comment the letters between its two ends, and its words; each has one reference, behind its end."""
    with zipfile.ZipFile(io.BytesIO(data)) as package_:
        root = etree.fromstring(package_.read("word/document.xml"))
        comments = etree.fromstring(package_.read("word/comments.xml"))
    words = {comment.get(f"{W}id"): "\n".join("".join(p.itertext()) for p in comment.iter(f"{W}p")) for comment in comments}
    open_, ended, letters = set[str](), list[str](), dict[str, str]()
    for element in root.iter(f"{W}commentRangeStart", f"{W}commentRangeEnd", f"{W}commentReference", f"{W}t"):
        number = element.get(f"{W}id")
        if element.tag == f"{W}t":
            letters |= {each: letters[each] + (element.text or "") for each in open_}
        elif element.tag == f"{W}commentRangeStart":
            open_.add(number)
            letters[number] = ""
        elif element.tag == f"{W}commentRangeEnd":
            open_.remove(number)
            ended.append(number)
        else:
            ended.remove(number)
    assert not open_
    assert not ended
    return [(letters[number], words[number]) for number in sorted(letters, key=int)]


@pytest.mark.parametrize(
    ("body", "quotes"),
    [
        (paragraph(run("抽检1763批次", BOLD)), [(0, "1763")]),
        (paragraph("抽检", f'<w:smartTag w:uri="u" w:element="q">{run("1763批次")}</w:smartTag>', "。"), [(0, "1763")]),
        (paragraph("抽检", f'<w:ins w:id="1">{run("1692")}</w:ins>', "批次"), [(0, "1692")]),
        (paragraph("抽检17", run("63", BOLD), "批次"), [(0, "1763")]),
        (paragraph("合计", field("=SUM(ABOVE)", "54"), "批次"), [(0, "54")]),
        (paragraph("合计", f'<w:fldSimple w:instr="=1">{run("54")}</w:fldSimple>'), [(0, "54")]),
        (table(row(cell(paragraph("44"), paragraph("7批次")), "9")), [(0, "7"), (1, "9")]),
        (paragraph("正文", text_box("框内38张")), [(1, "38")]),
        (paragraph("<w:r><w:t>合格44</w:t><w:tab/><w:t>不合格7</w:t></w:r>"), [(0, "44"), (0, "7")]),
        (paragraph("合格44批次，不合格7批次"), [(0, "44"), (0, "44"), (0, "44批次，不合格7"), (0, "7")]),
    ],
    ids=["run", "smart tag", "insertion", "two runs", "field", "simple field", "cells", "text box", "one run of several texts", "overlapping"],
)
def test_a_comment_stands_at_its_letters(body: str, quotes: list[tuple[int, str]]):
    data = word_file(body)
    marked = mark(data, *quotes)
    assert sorted(commented(marked)) == sorted((quote, f"意见{number}") for number, (_, quote) in enumerate(quotes))
    assert passages(marked) == passages(data)


@pytest.mark.parametrize("tag", ["footnote", "endnote"])
def test_a_comment_on_a_note_stands_at_its_reference(tag: str):
    """Word allows none in the note itself."""
    note = f'<w:{tag} w:id="5">{paragraph("不含495件。")}</w:{tag}>'
    data = word_file(paragraph("受理1316件", f'<w:r><w:{tag}Reference w:id="5"/></w:r>', "。"), **{f"{tag}s": note})
    place = "脚注1" if tag == "footnote" else "尾注1"
    assert commented(mark(data, (1, "495"))) == [("", f"{place}「495」：意见0")]


def test_a_comment_on_a_header_stands_at_the_first_paragraph():
    data = word_file(paragraph() + paragraph("正文", looks='<w:jc w:val="center"/>'), header=paragraph("2023年"))
    assert commented(mark(data, (1, "2023"))) == [("正文", "页眉1「2023」：意见0")]


def test_every_other_part_is_as_it_was():
    """Byte by byte, in the same order; the text itself keeps what it held, the looks of a cut run among it."""
    picture = bytes(range(256)) * 40
    parts = {"word/document.xml": f'<w:document xmlns:w="{W.strip("{}")}"><w:body>{paragraph(run("抽检1763批次", BOLD))}<w:sectPr/></w:body></w:document>'}
    data = package(parts | {"word/media/image1.png": picture, "customXml/item1.xml": "<a>  1 </a>"})
    marked = mark(data, (0, "1763"))
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(io.BytesIO(marked)) as after:
        changed = [name for name in before.namelist() if before.read(name) != after.read(name)]
        assert changed == ["[Content_Types].xml", "word/_rels/document.xml.rels", "word/document.xml"]
        assert after.namelist() == [*before.namelist(), "word/comments.xml"]
        text = after.read("word/document.xml").decode()
    halves = "".join(run(half, BOLD) for half in ("抽检", "1763", "批次"))
    bare = text.replace('<w:commentRangeStart w:id="0"/>', "").replace('<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>', "")
    assert halves in bare


def test_a_comment_carries_the_local_time_and_joins_those_that_are_there():
    """Word writes the time of its clock with a Z; a library that writes UTC is eight hours early in Peking."""
    comments = f'<w:comment w:id="7" w:author="张三">{paragraph("旧意见")}</w:comment>'
    data = word_file(paragraph("抽检1763批次"), comments=comments)
    marked = mark_paper(data, "总结.docx", [Mark(0, 2, 6, "第一行\n第二行\x07")], datetime(2023, 11, 24, 8, 30))  # noqa: DTZ001 - a clock on the wall
    assert commented(marked) == [("1763", "第一行\n第二行")]
    with zipfile.ZipFile(io.BytesIO(marked)) as after:
        [old, new] = etree.fromstring(after.read("word/comments.xml"))
        assert len(after.namelist()) == len(set(after.namelist()))
    assert (old.get(f"{W}author"), old.get(f"{W}id")) == ("张三", "7")
    assert [new.get(f"{W}{name}") for name in ("author", "id", "date")] == ["材料核数", "8", MOMENT]


def test_the_strict_form_stays_strict():
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    data = package({"word/document.xml": f'<w:document xmlns:w="{strict}"><w:body>{paragraph("抽检1763批次")}</w:body></w:document>'})
    marked = mark(data, (0, "1763"))
    with zipfile.ZipFile(io.BytesIO(marked)) as after:
        assert {etree.fromstring(after.read(f"word/{name}.xml")).tag for name in ("document", "comments")} == {f"{{{strict}}}document", f"{{{strict}}}comments"}
    assert passages(marked) == ["抽检1763批次"]


PIECES = st.lists(st.text("0123456789批次，", min_size=1, max_size=6), min_size=1, max_size=5)


@settings(deadline=None, max_examples=60)
@given(PIECES, st.lists(st.tuples(st.integers(0, 29), st.integers(1, 9)), min_size=1, max_size=5))
def test_any_comments_stand_at_their_letters_and_change_no_text(pieces: Sequence[str], spans: Sequence[tuple[int, int]]):
    text = "".join(pieces)
    data = word_file(paragraph(*[run(piece, BOLD if at % 2 else "") for at, piece in enumerate(pieces)]))
    marks = tuple(Mark(0, start % len(text), min(start % len(text) + length, len(text)), "意见") for start, length in spans)
    marked = marked_word(data, MarkOrder(MOMENT, marks))
    assert passages(marked) == [text]
    assert sorted(quote for quote, _ in commented(marked)) == sorted(text[mark_.start : mark_.end] for mark_ in marks)


def test_only_word_files_take_comments():
    with pytest.raises(PaperError, match=r"「总结\.pdf」：只有 Word 文件能带着批注下载"):
        mark_paper(pdf_file([(80, 100, "1763")]), "总结.pdf", [], datetime(2023, 11, 24))  # noqa: DTZ001
    with pytest.raises(PaperError, match=r"「总结\.docx」：批注的位置与文件不符"):
        mark_paper(word_file(paragraph("1763")), "总结.docx", [Mark(9, 0, 1, "意见")], datetime(2023, 11, 24))  # noqa: DTZ001


@needs_office
def test_libreoffice_opens_a_file_with_comments(tmp_path: Path):
    """It saves as many comments as were written, with the same text."""
    body = paragraph("抽检", f'<w:smartTag w:uri="u" w:element="q">{run("1763")}</w:smartTag>', "批次") + table(row("44", "7"))
    data = word_file(body)
    saved = saved_by_writer(mark(data, (0, "1763"), (1, "44"), (2, "7")), tmp_path)
    if saved is None:
        without_writer()
    assert [each.text for each in read_paper(saved, "x.docx").passages] == passages(data)
    with zipfile.ZipFile(io.BytesIO(saved)) as after:
        assert len(list(etree.fromstring(after.read("word/comments.xml")))) == 3
