"""What a PDF says: lines joined to paragraphs, figures that a line break may have cut, tables, pages without text."""

import pytest

from kpi.papers.paper import Paper, TablePlace
from kpi.papers.reading.paper_error import PaperError
from kpi.papers.reading.pdf_text import pdf_document
from tests.kpi.papers.printed_files import SIZE, Line, pdf_file

LEFT, WIDE = 80.0, 27  # letters of a full line


def lines(*texts: str, top: float = 100.0) -> list[Line]:
    """Lines below one another; one that begins with a blank is indented by two letters."""
    return [(LEFT + (2 * SIZE if text.startswith(" ") else 0), top + 28 * at, text.strip()) for at, text in enumerate(texts)]


def read(*pages: list[Line], **more: object) -> Paper:
    return pdf_document(pdf_file(*pages, **more), "总结.pdf")  # type: ignore[arg-type]


FULL = "食" * (WIDE - 2)


def test_full_lines_go_on_and_indented_ones_begin():
    document = read(lines(f" {FULL}", "食" * WIDE, "抽检一批。", " 下一段。"))
    assert [each.text for each in document.passages] == [FULL + "食" * WIDE + "抽检一批。", "下一段。"]
    assert [each.place for each in document.passages] == ["第1页第1段", "第1页第2段"]
    assert document.notes == ()


def test_a_paragraph_goes_on_over_the_page_and_its_number_is_no_text():
    document = read([*lines(f" {FULL}", "食" * WIDE), (290.0, 760.0, "— 1 —")], [*lines("完。", " 下一段。"), (290.0, 760.0, "— 2 —")])
    assert [(each.text, each.place) for each in document.passages] == [(FULL + "食" * WIDE + "完。", "第1页第1段"), ("下一段。", "第2页第2段")]


def test_two_columns_are_read_one_after_the_other():
    """A line goes on below itself, not beside; the heading over both columns stands before them, and a paragraph goes on from one column to the other."""
    half, aside = 12, LEFT + 15 * SIZE
    left = [(LEFT + 2 * SIZE, 140.0, "食" * 10), *((LEFT, 140.0 + 28 * at, "食" * half) for at in range(1, 5))]
    right = [*((aside, 140.0 + 28 * at, "药" * half) for at in range(4)), (aside, 140.0 + 28 * 4, "抽检1763批次。")]
    document = read([(230.0, 100.0, "工作简报的题目"), *left, *right])
    assert [each.text for each in document.passages] == ["工作简报的题目", "食" * 58 + "药" * 48 + "抽检1763批次。"]


def test_a_table_of_two_columns_stays_one():
    rows = [((LEFT, 140.0 + 28 * at, label), (LEFT + 15 * SIZE, 140.0 + 28 * at, number)) for at, (label, number) in enumerate(TWO_COLUMNS)]
    assert [each.cell is not None for each in read([cell for row in rows for cell in row]).passages] == [True] * 10


TWO_COLUMNS = (("食品安全监督抽检批次", "1763"), ("药品抽检", "33"), ("商品煤", "78"), ("工业产品监督抽检批次", "50"), ("化妆品", "4"))


def test_a_head_that_every_page_repeats_is_read_once_and_breaks_no_paragraph():
    head, foot = (230.0, 60.0, "某区市场监管局"), (230.0, 760.0, "第1页共2页")
    document = read([head, *lines(f" {FULL}", "食" * (WIDE - 2) + "17"), foot], [head, *lines("63件。", " 下一段。"), (230.0, 760.0, "第2页共2页")])
    assert [(each.text, each.place) for each in document.passages] == [
        (FULL + "食" * (WIDE - 2) + "17\n63件。", "第1页第1段"),
        ("下一段。", "第2页第2段"),
        ("某区市场监管局", "页眉"),
    ]
    assert len(document.notes) == 1


def test_a_figure_in_the_last_line_of_a_page_is_no_page_number():
    document = read([*lines(f" {FULL}", "食" * WIDE, "54")])
    assert [each.text for each in document.passages] == [FULL + "食" * WIDE + "54"]


def test_a_figure_that_a_line_break_may_have_cut_is_asked_about():
    """17 and 63 may be 1763 or two figures: the halves stay apart."""
    text = "食" * (WIDE - 3) + "17"
    document = read(lines(f" {text}", "63批次。"))
    assert [each.text for each in document.passages] == [f"{text}\n63批次。"]
    [note] = document.notes
    assert note == "第1页「食食食食食食17」和下一行的「63批次。」之间换行，看不出是一个数还是两个数，没有合在一起；请对照原文核对。"


@pytest.mark.parametrize("end", ["11", "共"])
def test_a_unit_or_a_figure_on_the_next_line_is_no_doubt(end: str):
    text = "食" * (WIDE - 3) + end
    begin = "月20日抽检。" if end == "11" else "20件。"
    document = read(lines(f" {text}", begin))
    assert [each.text for each in document.passages] == [text + begin]
    assert document.notes == ()


def test_blanks_between_letters_and_figures_are_dropped_and_those_between_figures_stay():
    document = read(lines(" 抽检 1763 批次 合格 1724 批次", " 12 34"))
    assert [each.text for each in document.passages] == ["抽检1763批次合格1724批次", "12 34"]


def test_letters_that_are_drawn_twice_to_look_bold_are_read_once():
    """Half a point aside; 1133 keeps its four figures."""
    [line] = lines(" 受理1133件。")
    assert [each.text for each in read([line, (line[0] + 0.5, line[1] + 0.2, line[2])]).passages] == ["受理1133件。"]


def test_rows_of_pieces_are_a_table():
    """Headings above figures, far apart."""
    rows = [(80.0, 100.0, "项目"), (250.0, 100.0, "抽检"), (400.0, 100.0, "合格"), (80.0, 130.0, "食品"), (250.0, 130.0, "1763"), (400.0, 130.0, "1724")]
    document = read(rows)
    assert [(each.text, each.cell) for each in document.passages] == [
        ("项目", TablePlace(1, 1, 1)),
        ("抽检", TablePlace(1, 1, 2)),
        ("合格", TablePlace(1, 1, 3)),
        ("食品", TablePlace(1, 2, 1)),
        ("1763", TablePlace(1, 2, 2)),
        ("1724", TablePlace(1, 2, 3)),
    ]


def test_drawn_lines_part_cells_and_hold_the_lines_of_one_together():
    """Narrow columns: 44 and 7 are two figures, 食品安全 over two lines is one label."""
    rows = [
        (80.0, 100.0, "食品"),
        (116.0, 108.0, "44"),
        (136.0, 108.0, "7"),
        (80.0, 118.0, "安全"),
        (80.0, 145.0, "药品"),
        (116.0, 145.0, "5"),
        (136.0, 145.0, "0"),
    ]
    rules = [(at, 84.0, at, 150.0) for at in (78.0, 114.0, 134.0, 150.0)] + [(78.0, at, 150.0, at) for at in (84.0, 124.0, 150.0)]
    document = read(rows, rules=rules)
    assert [(each.text, each.place) for each in document.passages] == [
        ("食品安全", "第1页表1第1行第1列"),
        ("44", "第1页表1第1行第2列"),
        ("7", "第1页表1第1行第3列"),
        ("药品", "第1页表1第2行第1列"),
        ("5", "第1页表1第2行第2列"),
        ("0", "第1页表1第2行第3列"),
    ]


@pytest.mark.parametrize("turned", [90, 180, 270])
def test_a_turned_page_is_read_as_it_is_shown(turned: int):
    """Its rows are then the columns of the sheet, or the sheet from below; no letter is lost."""
    document = read(lines("受理38件"), turned=turned)
    assert sorted("".join(each.text for each in document.passages).replace("\n", "")) == sorted("受理38件")


def test_a_page_without_text_is_named_and_a_file_without_any_refused():
    assert read(lines("受理38件。"), []).notes == ("第2页没有文字，可能是扫描件或图片，没有读。",)
    with pytest.raises(PaperError, match="可能是扫描件；请上传 Word 文件"):
        read([], [])


def test_a_damaged_file_is_refused():
    with pytest.raises(PaperError, match="PDF 已损坏或没有传完整"):
        pdf_document(b"%PDF-1.5\n1 0 obj << >>", "坏.pdf")
