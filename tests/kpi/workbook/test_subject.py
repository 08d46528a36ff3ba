"""What titles, sheet names and file names say of other months, of estimates and of drafts."""

import pytest

from kpi.catalog import load
from kpi.finding import Severity
from kpi.period import Month
from kpi.workbook.naming import name_key
from kpi.workbook.reading import read_reports
from kpi.workbook.spans import find_months
from tests.kpi.workbook.layouts.drawing import Spec, workbook

CATALOG = load.load(load.DEFAULT)
DECEMBER = Month(2023, 12)
ROWS = [["数据项", "单位", "本年累计"], ["12315平台投诉", "件", "120"]]


def findings(parser, *, title: str = "", sheet: str = "Sheet1", file: str = "表.xlsx", month: Month = DECEMBER) -> list[tuple[str, Severity]]:
    """What is found of the subject of a table that is sent for a month."""
    spec = Spec("", {sheet: [*([[title, "<", "<"]] if title else []), *ROWS]})
    reports = read_reports(parser.parse(workbook(spec), file), CATALOG, office="consumer", period=month, hints=(file,))
    return [(one.code, one.severity) for report in reports for one in report.findings if one.code in ("period-mismatch", "other-subject")]


@pytest.mark.parametrize(
    ("text", "first", "last", "scattered"),
    [
        ("一二月", 1, 2, False),
        ("1、2月", 1, 2, False),
        ("一、二月份", 1, 2, False),
        ("1月和2月", 1, 2, False),
        ("11、12月", 11, 12, False),
        ("11/12月", 11, 12, False),
        ("十一、十二月", 11, 12, False),
        ("十一十二月", 11, 12, False),
        ("2023年10月、11月、12月", 10, 12, False),
        ("2023年1月和11月", 1, 11, True),
        ("1、11月工作情况", 11, 11, False),
        ("一至十一月", 1, 11, False),
        ("十一月", 11, 11, False),
        ("一、二季度", 1, 6, False),
        ("三季度和四季度", 7, 12, False),
        ("第一至第三季度", 1, 9, False),
        ("第四季度", 10, 12, False),
    ],
)
def test_months_that_are_listed_are_all_of_them(text, first, last, scattered):
    """1、2月 is January and February, never the 12th month, whatever stands between; behind 1、 at the beginning an item begins."""
    found = find_months(text)

    assert (found.first, found.last, found.scattered) == (first, last, scattered)
    assert find_months(name_key(text)) == found


@pytest.mark.parametrize("words", ["一二月", "1、2月", "11、12月", "11月、12月", "十一、十二月", "2023年11—12月", "2023年1月和12月", "1月和2月"])
@pytest.mark.parametrize("where", ["title", "sheet", "file"])
def test_a_table_of_several_months_is_asked_about(parser, words, where):
    """Nobody knows whether its figures are those of December."""
    said = {"title": {"title": f"{words}消费维权情况"}, "sheet": {"sheet": words.replace("/", "")}, "file": {"file": f"{words}.xlsx"}}[where]

    assert (findings(parser, **said) or [("", None)])[0][1] is Severity.CHECK


@pytest.mark.parametrize("words", ["1—12月", "2023年1至12月", "第四季度", "下半年", "2023年12月", "全年", "2023年11月和12月对比"])
def test_a_table_up_to_the_month_is_not(parser, words):
    """A quarter and half a year end with it; two months side by side are compared."""
    assert findings(parser, title=f"{words}消费维权情况") == []


@pytest.mark.parametrize("words", ["1、2月", "一二月", "1—2月", "1月和2月"])
def test_january_and_february_together_are_the_year_to_february(parser, words):
    """They may be reported together."""
    assert findings(parser, title=f"{words}消费维权情况", month=Month(2023, 2)) == []


@pytest.mark.parametrize(
    "words",
    [
        "测算",
        "预计",
        "12月预估",
        "推算数",
        "估算",
        "12月预计完成情况",
        "模拟",
        "初稿",
        "征求意见稿",
        "讨论稿",
        "未审核",
        "待核",
        "作废",
        "更正前",
        "仅供参考",
        "演示",
    ],
)
@pytest.mark.parametrize("where", ["title", "sheet", "file"])
def test_an_estimate_and_a_draft_are_asked_about(parser, words, where):
    """What is expected has not been done, and a draft is not what was approved."""
    said = {"title": {"title": f"消费维权情况（{words}）"}, "sheet": {"sheet": words}, "file": {"file": f"{words}.xlsx"}}[where]

    assert findings(parser, **said) == [("other-subject", Severity.CHECK)]


@pytest.mark.parametrize("words", ["快报", "第三方评估", "待办事项办理", "风险预报", "副本", "示范创建", "审核后", "应急演练", "待审核案件", "证书作废公告"])
def test_words_that_merely_contain_such_signs_are_not(parser, words):
    """评估 is no estimate, 示范 no sample."""
    assert findings(parser, title=f"{words}情况") == []


@pytest.mark.parametrize(
    ("where", "text"),
    [
        ("title", "22年度消费维权情况"),
        ("title", "消费维权情况（22年）"),
        ("sheet", "22年"),
        ("file", "消保20221231.xlsx"),
        ("title", "12月上旬消费维权情况"),
        ("sheet", "第50周"),
        ("title", "消费维权日报"),
        ("title", "近三年消费维权情况"),
        ("title", "“十三五”期间消费维权情况"),
        ("title", "历年消费维权情况"),
        ("sheet", "全市"),
        ("sheet", "城关所"),
        ("title", "市局"),
    ],
)
def test_other_times_and_places_are_asked_about_however_they_are_written(parser, where, text):
    """A short year, a day before the month, a part of it or many years; a sheet that is called like another body."""
    assert [severity for _, severity in findings(parser, **{where: text})] == [Severity.CHECK]


@pytest.mark.parametrize(
    ("where", "text"),
    [
        ("title", "成立20年以来消费维权情况"),
        ("file", "消保20240105.xlsx"),
        ("title", "全市市场监管系统消费维权情况"),
        ("sheet", "全区"),
        ("title", "公共场所检查周报告"),
    ],
)
def test_words_that_only_look_like_these_are_not(parser, where, text):
    """A form of the city is filled in by the district, and a file is named by the day on which it was made."""
    assert findings(parser, **{where: text}) == []
