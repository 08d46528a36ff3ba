"""A Word file goes out with what was found in it: read, checked, and handed back with comments."""

import io
import zipfile
from datetime import datetime

from kpi.papers.checking.text_check import check_text
from kpi.papers.figures.figure_reading import read_figures
from kpi.papers.marking.finding_marks import marks_of
from kpi.papers.marking.paper_marking import mark_paper
from kpi.papers.reading.paper_reading import read_paper
from tests.kpi.papers.word_files import paragraph, run, word_file

COAL = "商品煤抽检检验54批次，合格44批次，不合格7批次。"


def test_a_contradiction_comes_back_as_a_comment_at_its_figure():
    """44 + 7 is not 54: the coal of the 2023 summary, with one of its figures in a smart tag."""
    tagged = f'<w:smartTag w:uri="u" w:element="chmetcnv">{run("44批次")}</w:smartTag>'
    data = word_file(paragraph("商品煤抽检检验54批次，合格", tagged, "，不合格7批次。"))
    document = read_paper(data, "总结.docx")
    assert [passage.text for passage in document.passages] == [COAL]
    figures = read_figures(document)
    findings = check_text(document, figures)
    [mark] = marks_of(figures, findings)
    assert COAL[mark.start : mark.end] in ("54", "44", "7")
    assert mark.words.startswith("【必有一误】")
    marked = mark_paper(data, "总结.docx", [mark], datetime(2023, 11, 24, 8, 30))  # noqa: DTZ001 - a clock on the wall
    assert read_paper(marked, "总结.docx").passages == document.passages
    with zipfile.ZipFile(io.BytesIO(marked)) as parts:
        assert "【必有一误】" in parts.read("word/comments.xml").decode()
