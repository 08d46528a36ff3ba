"""A document of a month, a quarter or a half-year: its figures are those of these months, and only laws that hold for them are asked of them."""

from dataclasses import replace
from datetime import date

import pytest

from kpi.catalog.load import DEFAULT, load
from kpi.papers.checking.figure_faces import FigureFace, face_of, passages_of_next_time
from kpi.papers.checking.measure_matching import MeasureMatch
from kpi.papers.checking.paper_check import check_paper
from kpi.papers.checking.paper_finding import Grade
from kpi.papers.checking.paper_span import paper_span
from kpi.papers.checking.relations_in_text import relation_findings
from kpi.papers.checking.text_check import check_text
from kpi.papers.figures.figure_reading import read_figures
from kpi.papers.reading.paper_reading import pasted_paper
from kpi.papers.reading.plain_text import text_document
from kpi.papers.writing.summary_paper import issued
from kpi.papers.writing.summary_writing import write_summary
from kpi.period import Month, Span

DAY = date(2023, 11, 30)


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("现将2023年11月工作情况总结如下（数据为2023年11月当月数，时点数截至2023年11月30日）。", Span.MONTH),
        ("（以下数据均为当季数）", Span.QUARTER),
        ("（数据为2023年下半年数）", Span.HALF),
        ("现将2023年11月工作情况总结如下。", Span.YTD),
    ],
)
def test_an_opening_says_of_how_many_months_a_document_is(text, span):
    assert paper_span(text_document(text, "文")) is span


@pytest.mark.parametrize(
    ("text", "span", "faces"),
    [
        ("受理38件，截至11月23日办结30件。", Span.MONTH, [FigureFace.MONTH, FigureFace.MONTH]),
        ("登记家庭农场累计370户，新设家庭农场2户。", Span.MONTH, [FigureFace.SO_FAR, FigureFace.MONTH]),
        ("当月受理38件，累计受理380件，办结370件。", Span.YTD, [FigureFace.MONTH, FigureFace.SO_FAR, FigureFace.SO_FAR]),
        ("全年抽检任务1850批次，已抽检192批次。", Span.MONTH, [FigureFace.MONTH, FigureFace.MONTH]),
        ("二季度受理38件；前三季度受理380件；下半年受理90件。", Span.YTD, [FigureFace.QUARTER, FigureFace.SO_FAR, FigureFace.HALF]),
    ],
)
def test_the_last_time_before_a_figure_gives_it_its_face(text, span, faces):
    document = text_document(text, "文")
    assert [face_of(document, figure, span) for figure in read_figures(document, DAY)] == faces


@pytest.mark.parametrize(
    ("face", "expected"),
    [
        # R050: what was tested and what is still open make up what was taken; R051: 14 + 2 are not 19
        (FigureFace.SO_FAR, ["R050", "R051", "R052"]),
        # the 24 that are open at the end of a month are of all months: only what passed and failed must make up what was tested
        (FigureFace.MONTH, ["R051"]),
    ],
)
def test_stocks_are_no_part_of_the_flows_of_a_month(face, expected):
    document = text_document("抽检商品煤26批次，已出结论19批次，合格14批次，不合格2批次，另有24批次在检。", "文")
    codes = ("coal_samples_taken", "coal_samples_tested", "coal_samples_passed", "coal_samples_failed", "coal_samples_pending")
    matches = [MeasureMatch(index, code, 1.0, face) for index, code in enumerate(codes)]
    assert [finding.relation for finding in relation_findings(load(DEFAULT), read_figures(document, DAY), matches)] == expected


def test_what_a_month_completes_may_be_of_tasks_of_an_earlier_one():
    """R070: of no task of the month two were completed."""
    document = text_document("本部门抽查任务0个，本部门抽查任务完成2个。", "文")
    figures = read_figures(document, DAY)
    for face, expected in ((FigureFace.SO_FAR, ["R070"]), (FigureFace.MONTH, [])):
        matches = [MeasureMatch(0, "double_random_own_tasks", 1.0, face), MeasureMatch(1, "double_random_own_tasks_completed", 1.0, face)]
        assert [finding.relation for finding in relation_findings(load(DEFAULT), figures, matches)] == expected


def test_what_is_open_is_left_out_of_the_sums_of_a_month():
    """14 + 2 + 24 is not 26, and need not be in a month."""
    text = "数据为2023年11月当月数。\n抽检26批次，其中合格14批次，不合格2批次，在检24批次。"
    document = text_document(text, "文")
    assert check_text(document, read_figures(document, DAY), DAY) == ()
    document = text_document(text.partition("\n")[2], "文")
    assert [finding.code for finding in check_text(document, read_figures(document, DAY), DAY)] == ["sum-of-parts"]


@pytest.mark.parametrize(
    ("text", "grades"),
    [
        ("发展单位26户，全年目标为30户，比序时进度少1户。", []),  # 26 of 30 is less than the pace by 1, and no fall from 30
        ("已有2316家企业按日自查，应落实的为2330家，覆盖率99.4%。", []),  # what is owed stands behind what was done
        ("一所：离全年目标还差17户。二所：离全年目标还差4户。", []),
        ("抽检0批次，合格0批次，合格率82%。", [Grade.CHECK]),  # a rate of nothing
        ("上年30户，今年26户，比上年减少1户。", [Grade.CERTAIN]),
    ],
)
def test_what_is_compared_with_a_pace_is_no_change(text, grades):
    document = text_document(text, "文")
    assert [finding.grade for finding in check_text(document, read_figures(document, DAY), DAY)] == grades


def test_what_stands_under_a_heading_of_what_comes_next_is_no_result():
    document = text_document("一、做法\n抽检3批次。\n二、下步打算\n（一）抽检\n抽检5批次。\n三、问题\n抽检7批次。", "文")
    assert [passage.index for passage in document.passages if passage.index in passages_of_next_time(document)] == [3, 4]


@pytest.mark.parametrize(("month", "span"), [(Month(2023, 11), Span.MONTH), (Month(2022, 12), Span.HALF)])
def test_a_summary_of_some_months_comes_back_clean(demo, month, span):
    """As it was issued, and typed anew: no figure that the store has otherwise; certain only what the sheets break: 14 + 2 ≠ 19, 38 + 12 + 20 + 17 ≠ 89."""
    summary = write_summary(demo, month, span)
    typed = pasted_paper("\n".join((summary.title, *(paragraph.text for paragraph in summary.paragraphs))))
    for paper in (typed, replace(typed, issued=issued(summary, {}))):
        checked = check_paper(demo, paper)
        assert not checked.count(Grade.STORE)
        assert {finding.relation for finding in checked.findings if finding.grade is Grade.CERTAIN} <= {"R051", "R100"}
