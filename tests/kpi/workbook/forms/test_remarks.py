"""What stands in words beside a figure: another time, a plan, another unit."""

import pytest

from kpi.catalog import load
from kpi.finding import Severity
from kpi.period import Month
from kpi.workbook.forms.reading import read_reports
from tests.kpi.workbook.layouts.drawing import Spec, cells, workbook

CATALOG = load.load(load.DEFAULT)


def read(parser, text: str, office: str = "consumer"):
    """The report of a drawn table for December 2023."""
    spec = Spec("", {"Sheet1": [cells(line) for line in text.strip().splitlines()]})
    [report] = read_reports(parser.parse(workbook(spec), "表.xlsx"), CATALOG, office=office, period=Month(2023, 12))
    return report


def findings(report) -> list[tuple[str, Severity, str | None]]:
    return [(one.code, one.severity, one.place.cell) for one in report.findings if one.code != "missing-row"]


def beside(remark: str, heading: str = "备注") -> str:
    return f"数据项|单位|本年累计|{heading}\n12315平台投诉|件|120|照常\n12345平台投诉|件|39|{remark}"


@pytest.mark.parametrize(
    "remark",
    ["上年数据", "2022年", "2022年12月数据", "11月数", "去年同期", "此数为2022年数", "注：本数据为上年数据", "见附件；为2022年数", "截至11月30日", "11、12月"],
)
@pytest.mark.parametrize("heading", ["备注", "说明", ""])
def test_a_figure_of_another_time_beside_which_this_is_written_is_asked_about(parser, remark, heading):
    """The cell with the words is named."""
    assert findings(read(parser, beside(remark, heading))) == [("period-mismatch", Severity.CHECK, "D3")]


@pytest.mark.parametrize("remark", ["预计数", "计划", "目标数", "测算", "估计数"])
def test_a_figure_that_is_no_result_is_asked_about(parser, remark):
    """A plan is not what was done."""
    assert findings(read(parser, beside(remark))) == [("other-subject", Severity.CHECK, "D3")]


@pytest.mark.parametrize(
    "remark",
    [
        "较2022年增长12%",
        "含2022年结转3件",
        "2022年起执行新口径",
        "上年同期为30件",
        "超计划完成",
        "2023年12月数据",
        "12月",
        "截至12月31日",
        "本年累计",
        "照市局文件",
    ],
)
def test_a_remark_that_mentions_another_time_in_passing_is_none(parser, remark):
    """It says nothing of the time of the figure."""
    assert findings(read(parser, beside(remark))) == []


def test_a_remark_of_the_year_that_an_annual_report_is_about_is_right(parser):
    """已年报企业 of a report in 2023 is about 2022."""
    text = "数据项|本年累计|备注\n已年报企业|100|2022年度\n应年报企业|120|2021年度"

    assert findings(read(parser, text, "credit")) == [("period-mismatch", Severity.CHECK, "C3")]


def test_a_row_with_a_day_of_its_own_says_itself_what_it_is_of(parser):
    """数据截止日 25 November and the remark 截至11月25日 say the same."""
    text = "数据项|本年累计|数据截止日|备注\n12315平台投诉|120|2023-11-25|截至11月25日"

    assert findings(read(parser, text)) == []


@pytest.mark.parametrize("remark", ["单位：千件", "单位千件", "以千件计", "计量单位为千件", "按千件填报"])
def test_a_remark_with_another_unit_contradicts_the_row(parser, remark):
    """39 件 or 39000: asked about at the figure."""
    assert findings(read(parser, beside(remark))) == [("unit-contradicts", Severity.CHECK, "C3")]


def test_a_remark_with_a_unit_of_another_kind_is_asked_about(parser):
    """家 are no 件."""
    assert findings(read(parser, beside("单位：家"))) == [("unit-differs", Severity.CHECK, "D3")]


@pytest.mark.parametrize("rows", [("12345平台投诉|39|", "为消费者挽回经济损失|390000|单位：元"), ("为消费者挽回经济损失|390000|单位：元", "12345平台投诉|39|")])
def test_a_remark_gives_its_own_row_the_unit_and_no_other(parser, rows):
    """390000 元 are 39 万元, wherever the row stands."""
    report = read(parser, "\n".join(("数据项|本年累计|备注", "国家标准认证奖补资金|5|", *rows)))

    assert {reading.measure: reading.value.number for reading in report.readings} == {"consumer_losses_recovered": 39, "complaints_12345": 39}
    assert [one for one in findings(report) if one[0].startswith("unit")] == [("unit-converted", Severity.HINT, "B4" if "元" in rows[1] else "B3")]


DOUBTS = ["作废", "无效", "已撤销", "停止统计", "不计入", "有误", "待更正", "存疑", "初步", "应为50", "约", "以上", "不到", "22年", "仅1-6月", "不含12月"]
MORE = ["历史累计", "上年结转", "累计至上年末", "12月15日", "截止12.15", "照常；作废"]


@pytest.mark.parametrize("remark", [*DOUBTS, *MORE])
@pytest.mark.parametrize("heading", ["备注", "状态", "口径", "审核状态"])
def test_a_remark_against_the_figure_is_asked_about(parser, remark, heading):
    """The figure was stored as if nothing stood beside it."""
    assert [(severity, cell) for _, severity, cell in findings(read(parser, beside(remark, heading)))] == [(Severity.CHECK, "D3")]


@pytest.mark.parametrize("remark", ["已审核", "正常", "已上报", "终稿", "12月31日", "不含上年结转", "仅1-12月", "约谈3家", "无", "以上为新增户数"])
@pytest.mark.parametrize("heading", ["备注", "状态"])
def test_one_that_is_not_against_it_is_none(parser, remark, heading):
    """What is so anyway, and what is about something else."""
    assert findings(read(parser, beside(remark, heading))) == []


def test_a_figure_updated_before_its_month_is_asked_about(parser):
    """30 November is before December; a day in January is after it."""
    text = "数据项|更新时间|本年累计\n12315平台投诉|2023-11-30|120\n12345平台投诉|2024-01-03|39"

    assert findings(read(parser, text)) == [("period-mismatch", Severity.CHECK, "B2")]
