"""A table at the end of an old Word file, whose cells LibreOffice reads as one paragraph."""

from kpi.papers.reading.lost_cells import with_lost_cells
from kpi.papers.reading.plain_text import text_document

JOINED = "抽检如下。\n检验合格1季1763172439"
KEPT = "抽检如下。\r检验\a合格\a1季\a\a1763\a1724\a39\a\a\0\0"


def test_cells_are_never_joined():
    """Two rows of three cells; the paragraph before them stands in the file as it was read."""
    document = with_lost_cells(text_document(JOINED, "旧.doc"), KEPT.encode("utf-16-le"))
    assert [(each.text, each.place, each.index) for each in document.passages] == [
        ("抽检如下。", "正文第1段", 0),
        *((text, f"表1第{1 + at // 3}行第{1 + at % 3}列", 1 + at) for at, text in enumerate(("检验", "合格", "1季", "1763", "1724", "39"))),
    ]
    assert [(each.cell.row, each.cell.column) for each in document.passages if each.cell] == [(1, 1), (1, 2), (1, 3), (2, 1), (2, 2), (2, 3)]


def test_a_document_that_reads_as_its_file_is_left_alone():
    document = text_document(JOINED, "旧.doc")
    assert with_lost_cells(document, JOINED.encode("utf-16-le")) is document
    assert with_lost_cells(document, b"") is document
