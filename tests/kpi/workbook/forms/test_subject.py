"""What titles, sheet names and file names say of other months, of estimates and of drafts."""

import pytest

from kpi.catalog import load
from kpi.finding import Severity
from kpi.period import Month
from kpi.workbook.forms.reading import read_reports
from kpi.workbook.layout.month_spans import find_months
from kpi.workbook.layout.time_shorthand import written_out
from kpi.workbook.naming import name_key
from tests.kpi.workbook.layouts.drawing import Spec, workbook

CATALOG = load.load(load.DEFAULT)
DECEMBER = Month(2023, 12)
ROWS = [["数据项", "单位", "本年累计"], ["12315平台投诉", "件", "120"]]


def findings(parser, *, title: str = "", sheet: str = "Sheet1", file: str = "表.xlsx", month: Month = DECEMBER) -> list[tuple[str, Severity]]:
    """What is found of the subject of a table that is sent for a month."""
    spec = Spec("", {sheet: [*([[title, "<", "<"]] if title else []), *ROWS]})
    reports = read_reports(parser.parse(workbook(spec), file), CATALOG, office="consumer", period=month, hints=(file,))
    return [(one.code, one.severity) for report in reports for one in report.findings if one.code in ("period-mismatch", "other-subject")]


@pytest.mark.parametrize(("title", "words"), [("2022年消费维权情况", "说这是 2022 年的数"), ("2022年12月消费维权情况", "表上写的是 2022 年 12 月")])
def test_a_date_in_a_sentence_has_a_blank_before_it_and_none_before_de(parser, title, words):
    """说这是 2022 年的数, 报送的是 2023 年 12 月的."""
    reports = read_reports(parser.parse(workbook(Spec("", {"Sheet1": [[title, "<", "<"], *ROWS]})), "表.xlsx"), CATALOG, office="consumer", period=DECEMBER)
    [seen] = [one.seen for report in reports for one in report.findings if one.code == "period-mismatch"]

    assert words in seen
    assert "月 的" not in seen


@pytest.mark.parametrize(
    ("title", "seen"),
    [
        ("2023年11月消费维权情况", ["表上写的是 2023 年 11 月，报送的是 2023 年 12 月"]),
        ("2023年1—11月消费维权情况", ["表上写的是 2023 年 11 月，报送的是 2023 年 12 月"]),
        ("2023年12月消费维权情况", []),
        ("消费维权情况", []),
    ],
)
def test_a_title_of_another_month_than_the_line_of_the_period_is_asked_about(parser, title, seen):
    """Last month's form was taken and one of the two put right; the line counts, and what the title says is not passed over."""
    spec = Spec("", {"Sheet1": [[title, "<", "<"], ["期间：2023年12月", "<", "<"], *ROWS]})
    [report] = read_reports(parser.parse(workbook(spec), "表.xlsx"), CATALOG, office="consumer")

    assert report.period == DECEMBER
    assert [(one.seen, one.severity) for one in report.findings if one.code == "period-mismatch"] == [(words, Severity.CHECK) for words in seen]


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


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("22.12", "2022年12月"),
        ("22-12", "2022年12月"),
        ("食品23/1", "食品2023年1月"),
        ("Ｈ１", "上半年"),
        ("22H2", "2022年下半年"),
        ("1H23", "2023年上半年"),
        ("Q3 2022", "2022年第3季度"),
        ("4Q22", "2022年第4季度"),
        ("M11", "11月"),
        ("2022M1-11", "2022年1-11月"),
        ("W50", "第50周"),
        ("FY22", "2022年度"),
        ("Nov. 2023", "2023年11月"),
        ("Dec-22", "2022年12月"),
        ("前十一个月", "1-11月"),
        ("前两个月", "1-2月"),
        ("二〇二二", "2022年"),
        ("11.30", "截至11月30日"),
        ("12.15", "12月15日"),
        *((text, text) for text in ("H7N9", "H1N1", "M12螺栓", "GB2762", "23.1%", "23.1万", "表22-1", "22.12.5", "第21-3号", "3.15活动", "decision", "B2B")),
    ],
)
def test_a_time_is_written_out_where_it_is_one(text, written):
    """Half years, quarters, months and years in letters and short digits; codes, sizes, shares and numbers of tables stay what they are."""
    assert written_out(text) == written


_ELSEWHERE = (
    "22.12", "22-12", "22/12", "2022Q4", "4Q22", "2022H2", "H1", "1H23", "H1 2023", "Q3", "M11", "M1-11", "FY22", "FY2022", "Nov", "Nov-2023", "Dec 2022",
    "23.11", "22年度", "前11个月", "前十一个月", "截至上月", "去年", "往期", "次月", "年初", "年初数", "月初", "期初余额", "季初", "年中", "旬", "本周", "W50",
    "今日", "昨天", "每日", "国庆期间", "五年来", "近12个月", "二〇二二", "11月30日", "辖区", "各区", "乡镇", "街道",
)  # fmt: skip
_OF_THE_MONTH = (
    "23.12", "23-12", "23/12", "2023Q4", "4Q23", "2023H2", "H2", "2H23", "Q4", "M12", "M1-12", "FY23", "FY2023", "Dec", "Dec-2023", "Dec. 2023", "December",
    "23年度", "前12个月", "前十二个月", "至本月", "本月", "本期", "年末", "年底数", "月末", "季度末", "年初至今", "年初以来", "今年以来", "自年初累计", "12.31",
    "12月31日", "全区", "本辖区", "全辖区", "辖区市场主体情况", "街道办食品检查情况", "乡镇市场检查情况", "每日巡查情况", "当日办结情况", "春节期间专项检查",
    "日常监管", "周边市场检查", "H7N9防控", "M型设备", "二〇二三", "GB2762", "附件1-2", "表22-1", "节日期间保供检查", "夏季食品整治",
)  # fmt: skip


_PLACES = ("辖区", "各区", "乡镇", "街道")


@pytest.mark.parametrize(
    ("text", "where"), [(text, where) for text in _ELSEWHERE for where in ("title", "sheet", "file") if (where, text in _PLACES) != ("file", True)]
)
def test_another_time_or_place_is_asked_about_in_whatever_letters(parser, text, where):
    """However it is abbreviated; the name of a file alone says nothing of a place."""
    shown = text if where == "title" else text.replace("/", "-")
    said = {where: f"{shown}.xlsx" if where == "file" else shown}

    assert Severity.CHECK in [severity for _, severity in findings(parser, **said)]


@pytest.mark.parametrize("where", ["title", "sheet", "file"])
@pytest.mark.parametrize("text", _OF_THE_MONTH)
def test_a_title_that_is_right_for_the_month_is_not_asked_about(parser, text, where):
    """A short spelling of the month, of a time that ends with it, or a word that merely looks like one."""
    shown = text if where == "title" else text.replace("/", "-")

    assert findings(parser, **{where: f"{shown}.xlsx" if where == "file" else shown}) == []


@pytest.mark.parametrize(("title", "asked"), [("22.12", True), ("2022", True), ("202212", True), ("2022-12-01", True), ("2022-12-31", True), ("23.12", False)])
def test_a_time_that_stands_alone_as_a_number_or_a_date_is_a_title(draw, title, asked):
    """As Excel keeps 2022年12月 and 22.12; a day in a month and a number among others are no title."""
    rows = f"{title}\n数据项 | 单位 | 本年累计\n12315平台投诉 | 件 | 120"
    [report] = read_reports((draw(rows, "Sheet1"),), CATALOG, office="consumer", period=DECEMBER)

    assert ("period-mismatch" in [finding.code for finding in report.findings]) is asked


@pytest.mark.parametrize(("text", "month", "asked"), [("年中", 6, False), ("年末", 6, True), ("H1", 6, False), ("季度末", 9, False), ("季度末", 8, True)])
def test_a_point_of_the_year_is_right_for_its_month_alone(parser, text, month, asked):
    assert bool(findings(parser, title=text, month=Month(2023, month))) is asked
