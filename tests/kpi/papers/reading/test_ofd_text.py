"""What an OFD says (GB/T 33190): text objects at places, in whatever order they stand in the file."""

import pytest

from kpi.papers.reading.ofd_text import ofd_document
from kpi.papers.reading.paper_error import PaperError
from tests.kpi.papers.printed_files import ofd_file, text_object
from tests.kpi.papers.word_files import package


def texts(*pages: str, template: str = "") -> list[str]:
    return [passage.text for passage in ofd_document(ofd_file(*pages, template=template), "公文.ofd").passages]


def test_texts_are_read_in_the_order_of_their_places():
    """The second line stands first in the file, and the first in three objects from right to left."""
    page = text_object(20, 60, "二、问题") + text_object(60, 50, "批次。") + text_object(50, 50, "1763", delta="g 3 2.5") + text_object(30, 50, "食品抽检")
    assert texts(page) == ["食品抽检1763批次。", "二、问题"]


def test_letters_far_apart_are_cells():
    """项目 and 合格 above 食品 and 44: the letters of one text object each, thrown apart by DeltaX."""
    page = text_object(20, 50, "项目合格", delta="5 45 5") + text_object(20, 60, "食品44", delta="5 45 2.5")
    assert texts(page) == ["项目", "合格", "食品", "44"]


@pytest.mark.parametrize("drawn", ["boxes", "path"])
def test_drawn_lines_part_the_cells_of_a_table(drawn: str):
    """44 and 7 stand close together and are two figures; 食品安全 over two lines is one label."""
    upright, level = (20, 36, 42, 48), (48, 62, 70)
    if drawn == "boxes":  # each line an object of its own
        lines = [f'<ofd:PathObject Boundary="{at} 48 0.1 22"/>' for at in upright] + [f'<ofd:PathObject Boundary="20 {at} 28 0.1"/>' for at in level]
    else:  # one object for all
        steps = [f"M {at - 20} 0 L {at - 20} 22" for at in upright] + [f"M 0 {at - 48} L 28 {at - 48}" for at in level]
        lines = [f'<ofd:PathObject Boundary="20 48 28 22"><ofd:AbbreviatedData>{" ".join(steps)}</ofd:AbbreviatedData></ofd:PathObject>']
    cells = [(21, 50, "食品"), (21, 56, "安全"), (37, 53, "44"), (43, 53, "7"), (21, 64, "药品"), (37, 64, "5"), (43, 64, "0")]
    page = "".join(lines) + "".join(text_object(left, top, text, delta="g 9 2.5" if text.isdigit() else "") for left, top, text in cells)
    document = ofd_document(ofd_file(page), "公文.ofd")
    assert [(each.text, each.cell and (each.cell.row, each.cell.column)) for each in document.passages] == [
        ("食品安全", (1, 1)),
        ("44", (1, 2)),
        ("7", (1, 3)),
        ("药品", (2, 1)),
        ("5", (2, 2)),
        ("0", (2, 3)),
    ]


def test_a_matrix_moves_and_stretches_the_letters():
    """The same line, once in letters of half the size, drawn twice as large."""
    page = text_object(20, 50, "受理", 2.5, "2.5", ' CTM="2 0 0 2 0 0"') + text_object(30, 50, "38件")
    assert texts(page) == ["受理38件"]


def test_letters_that_are_drawn_twice_to_look_bold_are_read_once():
    """1133 keeps its four figures."""
    assert texts(text_object(20, 50, "受理1133件") + text_object(20.2, 50, "受理1133件")) == ["受理1133件"]


def test_the_template_of_a_page_is_read_with_it():
    assert texts(text_object(20, 60, "正文。"), template=text_object(20, 20, "某区市场监督管理局文件")) == ["某区市场监督管理局文件", "正文。"]


def test_a_page_without_text_is_named():
    document = ofd_document(ofd_file(text_object(20, 50, "正文。"), ""), "公文.ofd")
    assert document.notes == ("第2页没有文字，可能是扫描件或图片，没有读。",)


@pytest.mark.parametrize(
    "data",
    [package({"OFD.xml": "<a/>"}), package({"OFD.xml": "<a><DocRoot>gone.xml</DocRoot></a>"}), ofd_file()],
    ids=["no document", "lost document", "no page"],
)
def test_a_file_without_a_document_is_refused(data: bytes):
    with pytest.raises(PaperError, match="OFD 文件不完整"):
        ofd_document(data, "坏.ofd")


def test_letters_of_a_hostile_page_end_nowhere():
    """Distances that are no numbers, and a repetition of a billion."""
    assert texts(text_object(20, 50, "受理案件", delta="g 1000000000 5") + text_object(20, 60, "办结", delta="x y")) == ["受理案件", "办结"]
