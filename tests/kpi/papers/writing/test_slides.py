"""会议材料: one message a slide, charts that can be edited, Chinese typefaces everywhere, nothing larger than its box."""

import re
import zipfile
from collections.abc import Iterator
from datetime import datetime
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from pptx import Presentation

from kpi.compute.row import Status
from kpi.errors import RequestError
from kpi.meeting import editions
from kpi.papers.writing.paper_figures import paper_figures
from kpi.papers.writing.slide_contents import ChartSeries, Plot, Slide, SlideChart, SlideDeck, SlideTable, TableCell
from kpi.papers.writing.slide_drawing import draw_slides
from kpi.papers.writing.slide_planning import plan_slides
from kpi.papers.writing.slide_tables import columns_of, pages
from kpi.papers.writing.slide_texts import fitting, height_of
from kpi.papers.writing.slides import slides
from kpi.period import Month
from tests.kpi.store.reports import accepted

NOVEMBER = Month(2023, 11)
MAIN = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
LONG = "很长的指标名称" * 60


@pytest.fixture(scope="module")
def whole(demo) -> bytes:
    """The slides of the whole demo bureau."""
    return slides(demo, NOVEMBER)


@pytest.fixture(scope="module")
def opened(whole):
    return Presentation(BytesIO(whole))


def parts(data: bytes, pattern: str) -> Iterator[etree._Element]:
    """The parts of a file whose names match, in order."""
    with zipfile.ZipFile(BytesIO(data)) as package:
        for name in sorted(package.namelist()):
            if re.fullmatch(pattern, name):
                yield etree.fromstring(package.read(name))


def titles(presentation) -> list[str]:
    return [slide.shapes.title.text_frame.text for slide in presentation.slides]


def chart_of(presentation, name: str):
    [slide] = [slide for slide in presentation.slides if slide.shapes.title.text_frame.text.startswith(name)]
    [chart] = [shape.chart for shape in slide.shapes if shape.has_chart]
    return chart


def test_each_slide_has_one_message_and_the_missed_come_first(opened):
    """1724 of 1763 is 97.788 %: the digits that tell the verdict stand in the title; 7 are missed before 7 that are behind."""
    every = titles(opened)
    late = [title for title in every if "，比目标" in title or "，比序时" in title]

    assert every[1].startswith("7 项未达标：信用监管科 4 项")
    assert late[0] == "双随机结果及时填报率 53.05%，比目标差 36.95 个百分点"
    assert late[6] == "新增商标注册 246 件，比序时差 29 件"
    assert late[-1] == "食品抽检合格率 97.788%，比目标差 0.012 个百分点"
    assert len(late) == 14
    assert every[-1].startswith("附表：全部 81 项指标")
    assert (opened.slide_width, opened.slide_height) == (12192000, 6858000)


def test_a_chart_is_native_with_gaps_a_dashed_target_and_the_last_label(opened):
    """上年同期 of 日管控实施覆盖率 lacks June: the sixth point is absent, and is no nought."""
    chart = chart_of(opened, "日管控实施覆盖率")
    space = chart._chartSpace
    this_year, _, target = space.iter(f"{CHART}ser")

    assert [series.name for series in chart.plots[0].series] == ["本年累计", "上年同期", "目标（≥100%）"]
    assert [value is None for value in chart.plots[0].series[1].values] == [False] * 5 + [True] + [False] * 5
    assert space.find(f".//{CHART}dispBlanksAs").get("val") == "gap"
    assert target.find(f".//{MAIN}prstDash").get("val") == "dash"
    assert [label.get("val") for label in this_year.iterfind(f"{CHART}dLbls/{CHART}dLbl/{CHART}idx")] == ["10"]
    assert round(chart.plots[0].series[0].values[10], 2) == 99.4


def test_every_letter_has_a_typeface_for_chinese(whole):
    """Runs and the texts of charts, on slides and in notes: a:latin and a:ea on each of them."""
    checked = 0
    for root in parts(whole, r"ppt/(?:slides/slide|charts/chart|notesSlides/notesSlide)\d+\.xml"):
        for properties in [*root.iter(f"{MAIN}rPr"), *root.iter(f"{MAIN}defRPr")]:
            assert properties.find(f"{MAIN}latin").get("typeface") == properties.find(f"{MAIN}ea").get("typeface") == "微软雅黑"
            checked += 1
        assert all(run.find(f"{MAIN}rPr") is not None for run in root.iter(f"{MAIN}r") if run.findtext(f"{MAIN}t"))
    assert checked > 1000


def test_the_notes_say_how_it_is_counted(opened):
    [slide] = [slide for slide in opened.slides if slide.shapes.title.text_frame.text.startswith("食品抽检合格率")]
    notes = slide.notes_slide.notes_text_frame.text
    assert [line.partition("：")[0] for line in notes.splitlines() if "：" in line][-4:] == ["口径", "分母", "为什么看", "目标依据"]


def test_an_edition_is_shown_as_it_was_frozen_with_its_code_on_every_slide(empty):
    """Frozen at 1724 of 1763, corrected to 1700 since: the slides of the edition say 97.788 %, those of now 96.4 %."""
    when = datetime(2023, 12, 3, 9, 30)  # noqa: DTZ001 - the store keeps local time
    figures = ("food_samples_passed", "food_samples_tested")
    empty.store.commit([accepted("2023-11", "food_coordination", dict(zip(figures, ("– 1724", "– 1763"), strict=True)))], at=when)
    code = editions.freeze(empty, NOVEMBER, "王统计", "局务会").edition.code
    empty.store.commit([accepted("2023-11", "food_coordination", dict(zip(figures, ("– 1700", "– 1763"), strict=True)), note="更正")], at=when)

    frozen, now = (Presentation(BytesIO(slides(empty, NOVEMBER, edition=edition))) for edition in (code, None))

    assert any(title.startswith("食品抽检合格率 97.788%") for title in titles(frozen))
    assert any(title.startswith("食品抽检合格率 96.4%") for title in titles(now))
    assert all(any(code in shape.text_frame.text for shape in slide.shapes if shape.has_text_frame) for slide in frozen.slides)
    with pytest.raises(RequestError, match="不是 2023 年 10 月"):
        slides(empty, Month(2023, 10), edition=code)


def test_a_month_without_figures_has_no_slides(empty):
    with pytest.raises(RequestError, match="2023 年 11 月还没有数据"):
        slides(empty, NOVEMBER)


def test_the_slides_of_an_office_are_of_its_indicators_alone(demo):
    deck = plan_slides(paper_figures(demo, NOVEMBER, office="信用监管科"))
    assert deck.title == "区市场监管局信用监管科 2023 年 11 月指标完成情况"
    assert {cell.text for slide in deck.slides if slide.table for row in slide.table.rows for cell in row[1:2]} == {"信用监管科"}


def test_a_name_that_begins_like_a_formula_stays_a_text():
    """In the workbook that a chart carries, which opens when somebody edits the chart."""
    chart = SlideChart(Plot.BARS, ('=HYPERLINK("http://x")', "@甲"), (ChartSeries("=1+1", (1.0, None)),))
    made = draw_slides(SlideDeck("=1+1", [], "", [Slide("<b>&", chart=chart)]))
    with zipfile.ZipFile(BytesIO(made)) as package:
        [book] = [package.read(name) for name in package.namelist() if name.startswith("ppt/embeddings/")]
    with zipfile.ZipFile(BytesIO(book)) as package:
        assert b"<f>" not in package.read("xl/worksheets/sheet1.xml")
        assert b"=HYPERLINK" in package.read("xl/sharedStrings.xml")
    assert titles(Presentation(BytesIO(made))) == ["=1+1", "<b>&"]


@given(st.text(max_size=400), st.floats(40, 800), st.floats(30, 400))
def test_a_text_never_stands_beyond_its_box(text, width, height):
    """Whatever it is it is set smaller, and then cut."""
    shown, size = fitting(text, width, height, (28.0, 18.0, 9.0))
    assert height_of(shown, size, width) <= height or shown == "…"


def test_a_table_of_long_names_goes_over_slides_and_stays_within_them():
    table = SlideTable(("指标", "状态"), tuple((TableCell(LONG), TableCell("■ 未达标", Status.MISSED)) for _ in range(9)), 11.0)
    _, parted = pages(table, 888, 404)
    assert sum(map(len, parted)) == 9
    assert {len(part) for part in parted} == {3}
    first, second = columns_of(table, 888, 11)
    assert round(first + second) == 888
    assert height_of("■ 未达标", 11, second - 8) == 11 * 1.3  # the short column stays on one line


def test_a_short_table_has_large_letters(opened):
    """Two rows that stay open; what is missed is read at the far end of a room, the appendix looked up."""
    sizes = {}
    for slide in opened.slides:
        for shape in slide.shapes:
            if shape.has_table:
                sizes.setdefault(slide.shapes.title.text_frame.text.partition("（")[0], min(run.font.size.pt for run in runs_of(shape.table)))
    assert sizes["2 项未定，还不能下结论"] == 18
    assert sizes["7 项未达标、7 项滞后，差距大的在前"] >= 14
    assert sizes["附表：全部 81 项指标"] >= 11


def test_labels_of_lines_stand_beside_their_ends(opened):
    """53.05 and 62.65 of 100 to the right; 76.09 and 75.49 would touch there, and stand above and below."""
    where = {
        name: [position.get("val") for position in chart_of(opened, name)._chartSpace.iter(f"{CHART}dLblPos")]
        for name in ("双随机结果及时填报率", "农民专业合作社年报率")
    }
    assert where == {"双随机结果及时填报率": ["r", "r"], "农民专业合作社年报率": ["t", "b"]}
    assert chart_of(opened, "行风问题整改率").value_axis.maximum_scale == 100


def runs_of(table) -> Iterator:
    """Every run of a table."""
    return (run for row in table.rows for cell in row.cells for paragraph in cell.text_frame.paragraphs for run in paragraph.runs)


def test_a_long_title_is_cut_and_stands_whole_in_the_notes():
    [_, slide] = Presentation(BytesIO(draw_slides(SlideDeck("月", [], "", [Slide(LONG, facts=((LONG, LONG),))])))).slides
    assert slide.shapes.title.text_frame.text.endswith("…")
    assert slide.notes_slide.notes_text_frame.text.startswith(LONG)


def test_where_months_are_few_there_are_columns(demo):
    """January has one month: this year's figure stands beside last year's."""
    deck = plan_slides(paper_figures(demo, Month(2023, 1)))
    plots = {slide.chart.plot for slide in deck.slides if slide.chart and slide.status}
    assert plots == {Plot.COLUMNS}
