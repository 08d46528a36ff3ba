"""Which months a ledger covers: what its title says, else the months it has rows of, and never one for the sake of a stray row."""

from datetime import date

import pytest

from kpi.catalog.load import DEFAULT, load
from kpi.filing.intake import Upload
from kpi.finding import Severity
from kpi.period import Month
from kpi.workbook.layout.day_span import Day, find_days
from kpi.workbook.ledgers.ledger_sheet import layouts
from kpi.workbook.process.parser import Parser
from kpi.workbook.report import Column, Report
from tests.kpi.workbook.ledgers.books import food, food_rows, workbook
from tests.kpi.workbook.ledgers.unfiled import read_ledgers

CATALOG = load(DEFAULT)
TODAY = date(2023, 12, 3)


def read(parser: Parser, upload: Upload, today: date = TODAY, period: Month | None = None) -> list[Report]:
    book = parser.read(upload.data, upload.name, upload.password, layouts(CATALOG))
    return read_ledgers(book.ledgers, book.unread, CATALOG, today=today, period=period, hints=(upload.name,))


def taken(reports: list[Report]) -> dict[str, int]:
    """The batches of each month that is reported."""
    return {
        str(report.period): int(r.value.number) for report in reports for r in report.readings if (r.measure, r.column) == ("food_samples_taken", Column.MONTH)
    }


def said(reports: list[Report], code: str) -> list[tuple[str, str, str]]:
    """What is said of the file, each once."""
    return list(dict.fromkeys((f.severity.value, str(f.place), f.seen) for report in reports for f in report.findings if f.code == code))


def asked(reports: list[Report], code: str) -> list[str]:
    """The months that are asked about something."""
    return [str(report.period) for report in reports for f in report.findings if f.code == code and f.severity is Severity.CHECK]


def test_a_mistyped_date_makes_no_month_and_none_between(parser):
    """Ten cases of November, one of them dated 2023-01-15: nine are November's, January to October are not spoken of."""
    rows = [*food_rows("A", 2023, 11, 9), ["X", "2023-01-15", "合格"]]
    reports = read(parser, food("食品抽检台账", rows))

    assert taken(reports) == {"2023-11": 9}
    assert said(reports, "lone-date") == [("check", "台账!B12", "第 12 行的抽样日期 2023-01-15 离其余很远，这一行没有计入")]


@pytest.mark.parametrize("typed", ["2013-11-05", "2022-11-05", "2023-01-05"])
def test_a_mistyped_year_or_month_is_named(parser, typed):
    reports = read(parser, food("食品抽检台账", [*food_rows("A", 2023, 11, 9), ["X", typed, "合格"]]))

    assert taken(reports) == {"2023-11": 9}
    assert len(said(reports, "lone-date")) == 1


def test_a_case_of_the_month_before_makes_no_month(parser):
    """One case of 28 September in the ledger of October, and nothing of September on file: not counted, and named."""
    reports = read(parser, food("食品抽检台账", [*food_rows("A", 2023, 10, 10), ["X", "2023-09-28", "合格"]]))

    assert taken(reports) == {"2023-10": 10}
    assert [severity for severity, _, _ in said(reports, "lone-date")] == ["check"]


def test_the_month_of_today_may_have_few_rows(parser):
    """Exported on 2 November: ten cases each of September and October, one of November, which runs to its day."""
    rows = [*food_rows("A", 2023, 9, 10), *food_rows("A", 2023, 10, 10), ["N", "2023-11-01", "合格"]]
    reports = read(parser, food("食品抽检台账", rows), today=date(2023, 11, 2))

    assert taken(reports) == {"2023-09": 10, "2023-10": 10, "2023-11": 1}
    assert said(reports, "lone-date") == []


def test_months_of_a_small_ledger_are_no_strays(parser):
    """Two in January, one in March, two in June: so few that one is no slip; the months between are not zero."""
    rows = [*food_rows("A", 2023, 1, 2), *food_rows("A", 2023, 3, 1), *food_rows("A", 2023, 6, 2)]

    assert taken(read(parser, food("食品抽检台账", rows))) == {"2023-01": 2, "2023-03": 1, "2023-06": 2}


def test_a_title_says_which_months_without_a_row_are_zero(parser):
    rows = [*food_rows("A", 2023, 1, 2), *food_rows("A", 2023, 3, 2)]

    assert taken(read(parser, food("2023年1—3月食品抽检台账", rows))) == {"2023-01": 2, "2023-02": 0, "2023-03": 2}


def test_the_name_of_the_file_says_it_too_but_takes_no_row_away(parser):
    """February is zero as the file is of January to March, and named; the row of May still counts in May."""
    rows = [*food_rows("A", 2023, 1, 2), *food_rows("A", 2023, 3, 2), *food_rows("A", 2023, 5, 2)]
    reports = read(parser, food("食品抽检台账", rows, "2023年1-3月抽检.xlsx"))

    assert taken(reports) == {"2023-01": 2, "2023-02": 0, "2023-03": 2, "2023-05": 2}
    assert said(reports, "months-without-cases") == [("check", "台账", "文件名写的期间里，2023 年 2 月没有一行，按 0 计")]
    assert asked(reports, "months-without-cases") == ["2023-02"]


def test_a_day_in_the_name_of_the_file_is_no_period(parser):
    reports = read(parser, food("食品抽检台账", food_rows("A", 2023, 10, 5), "抽检（2023年11月3日导出）.xlsx"))

    assert taken(reports) == {"2023-10": 5}


def test_the_sender_says_which_month_is_covered(parser):
    """Told that the ledger is of November, it is: ten rows of October are another month's."""
    upload = food("食品抽检台账", [*food_rows("A", 2023, 10, 10), *food_rows("A", 2023, 11, 1)])

    assert taken(read(parser, upload, period=Month(2023, 11))) == {"2023-11": 1}


def test_the_sender_makes_a_month_zero_and_is_asked(parser):
    [report] = read(parser, food("食品抽检台账", food_rows("A", 2023, 10, 10)), period=Month(2023, 11))

    assert taken([report]) == {"2023-11": 0}
    assert said([report], "months-without-cases") == [("check", "台账", "选定的 2023 年 11 月没有一行，按 0 计")]


def test_a_misnamed_file_makes_no_month_zero(parser):
    """The file of October is called November's."""
    assert taken(read(parser, food("食品抽检台账", food_rows("A", 2023, 10, 10), "2023年11月抽检.xlsx"))) == {"2023-10": 10}


def test_a_title_of_the_year_over_one_month_is_asked_about(parser):
    """Ten months would be zero only because the title names the year."""
    reports = read(parser, food("2023年度食品抽检台账", food_rows("A", 2023, 11, 10)))

    assert said(reports, "months-without-cases") == [("check", "台账", "标题只写了年度，2023 年 1—10 月没有一行，这几个月按 0 计")]
    assert asked(reports, "months-without-cases") == [f"2023-{month:02d}" for month in range(1, 11)]


def test_a_title_of_months_without_a_row_is_asked_about_in_each_of_them(parser):
    """Rows of January and February under 「1—4月」: March and April are zero by the title alone; one question, in the report of either."""
    reports = read(parser, food("2023年1—4月食品抽检台账", [*food_rows("A", 2023, 1, 8), *food_rows("A", 2023, 2, 8)]))

    assert taken(reports) == {"2023-01": 8, "2023-02": 8, "2023-03": 0, "2023-04": 0}
    assert said(reports, "months-without-cases") == [("check", "台账", "标题写的期间里，2023 年 3—4 月没有一行，按 0 计")]
    assert asked(reports, "months-without-cases") == ["2023-03", "2023-04"]


def test_one_empty_month_among_many_of_a_year_is_asked_about(parser):
    """A title of the year over January to October without a row of May."""
    reports = read(parser, food("2023年度食品抽检台账", [row for month in range(1, 11) if month != 5 for row in food_rows("A", 2023, month, 3)]))

    assert said(reports, "months-without-cases") == [("check", "台账", "标题只写了年度，2023 年 5 月没有一行，这几个月按 0 计")]
    assert asked(reports, "months-without-cases") == ["2023-05"]


def test_a_sheet_of_one_month_may_say_that_it_has_none(parser):
    """One sheet a month, that of February without a row: its title says February and nothing else."""
    columns = ["样品编号", "抽样日期", "检验结论"]
    sheets = {f"{month}月": [[f"2023年{month}月食品抽检台账"], columns, *(food_rows("A", 2023, month, 3) if month != 2 else [])] for month in (1, 2, 3)}
    reports = read(parser, workbook("食品.xlsx", **sheets))

    assert taken(reports) == {"2023-01": 3, "2023-02": 0, "2023-03": 3}
    assert said(reports, "months-without-cases") == []


def test_a_title_of_days_covers_those_days(parser):
    """From 26 October to 25 November: the row of 20 October is outside; November runs to the 25th."""
    rows = [["P0", "2023-10-20", "合格"], ["P1", "2023-10-26", "合格"], ["P2", "2023-11-25", "合格"]]
    reports = read(parser, food("2023年10月26日—11月25日食品抽检台账", rows))

    assert taken(reports) == {"2023-10": 1, "2023-11": 1}
    assert {r.as_of for r in reports[-1].readings} == {date(2023, 11, 25)}
    assert [place for _, place, _ in said(reports, "outside-period")] == ["台账!B3"]
    assert said(reports, "part-of-month") == [("check", "台账", "台账只到 2023 年 10 月的 26—31 日，这个月别的日子没有在库的件，只计了这几天的")]


def test_a_title_over_two_years(parser):
    rows = [*food_rows("A", 2022, 12, 3), *food_rows("A", 2023, 2, 3)]

    assert taken(read(parser, food("2022年12月—2023年2月食品抽检台账", rows))) == {"2022-12": 3, "2023-01": 0, "2023-02": 3}


@pytest.mark.parametrize(
    ("title", "first", "last"),
    [
        ("2023年10月26日—11月25日", Day(2023, 10, 26), Day(None, 11, 25)),
        ("2023年10月26日至2023年11月25日台账", Day(2023, 10, 26), Day(2023, 11, 25)),
        ("2023.10.26-11.25", Day(2023, 10, 26), Day(None, 11, 25)),
        ("2023-10-26至2023-11-25", Day(2023, 10, 26), Day(2023, 11, 25)),
        ("20231026-20231125", Day(2023, 10, 26), Day(2023, 11, 25)),
        ("10月26日～11月25日", Day(None, 10, 26), Day(None, 11, 25)),
        ("2023年11月1日至15日", Day(2023, 11, 1), Day(None, 11, 15)),
        ("2022年12月—2023年2月", Day(2022, 12, None), Day(2023, 2, None)),
    ],
)
def test_the_days_of_a_title(title, first, last):
    assert find_days(title) == (first, last)


@pytest.mark.parametrize("title", ["2023年1—3月", "2023年度", "填报日期：2023年11月3日", "联系电话0931-8888-7777", "2023年13月1日—2023年14月2日", "2023年11月"])
def test_a_title_without_days(title):
    assert find_days(title) is None


def test_a_title_of_days_without_a_year_is_of_the_year_of_the_rows(parser):
    rows = [["P1", "2022-12-28", "合格"], ["P2", "2023-01-05", "合格"], ["P3", "2023-01-06", "合格"]]

    assert taken(read(parser, food("12月26日—1月25日食品抽检台账", rows))) == {"2022-12": 1, "2023-01": 2}


@pytest.mark.parametrize(
    ("name", "written"),
    [("2023年10月抽检.xlsx", "2023 年 10 月"), ("抽检（9-10月）.xlsx", "9—10 月"), ("2022年11月.xlsx", "2022 年 11 月")],
)
def test_the_name_of_the_file_against_the_rows_is_asked_about(parser, name, written):
    """Ten rows of November under a name that says another month or year: the dates count, and who sends it is asked."""
    rows = [*food_rows("A", 2023, 11, 9), ["X", "2023-11-28", "合格"]]
    reports = read(parser, food("食品抽检台账", rows, name))

    assert taken(reports) == {"2023-11": 10}
    assert said(reports, "file-name-differs") == [
        ("check", "台账", f"文件名写的是 {written}，10 行里有 10 行的抽样日期在 2023 年 11 月；按各行的日期计"),
    ]


@pytest.mark.parametrize("name", ["11月抽检.xlsx", "2023年1-11月.xlsx", "抽检（2023年12月1日导出）.xlsx", "抽检.xlsx"])
def test_a_name_that_agrees_with_the_rows_is_not(parser, name):
    assert said(read(parser, food("食品抽检台账", food_rows("A", 2023, 11, 9), name)), "file-name-differs") == []


@pytest.mark.parametrize("period", ["2023年第四季度", "2023年11—12月", "2023年11月1日至12月31日"])
def test_a_month_that_is_not_over_and_has_no_row_is_no_zero(parser, period):
    """Sent on 3 December, without a row of December: it is not reported, and that is told; with a row it is, up to its day."""
    reports = read(parser, food(f"{period}食品抽检台账", food_rows("A", 2023, 11, 9)))

    assert "2023-12" not in taken(reports)
    words = "标题写到 2023 年 12 月，这个月还没有过完，也没有一行，这次不报这个月，在库的照旧"
    assert said(reports, "months-without-cases")[-1] == ("hint", "台账", words)
    more = read(parser, food(f"{period}食品抽检台账", [*food_rows("A", 2023, 11, 9), ["D", "2023-12-02", "合格"]]))
    assert taken(more)["2023-12"] == 1
    assert words not in [seen for _, _, seen in said(more, "months-without-cases")]


@pytest.mark.parametrize("period", ["2023年12月", "2023年11月1日至12月3日"])
def test_a_month_that_is_not_over_is_zero_where_the_title_says_so_and_that_is_asked(parser, period):
    reports = read(parser, food(f"{period}食品抽检台账", food_rows("A", 2023, 11, 9)))

    assert taken(reports)["2023-12"] == 0
    assert said(reports, "months-without-cases") == [("check", "台账", "2023 年 12 月还没有过完，没有一行，按 0 计")]


def test_a_month_that_is_over_is_zero_by_its_title(parser):
    """On 31 December the fourth quarter is at its end."""
    reports = read(parser, food("2023年第四季度食品抽检台账", food_rows("A", 2023, 11, 9)), today=date(2023, 12, 31))

    assert taken(reports) == {"2023-10": 0, "2023-11": 9, "2023-12": 0}
    assert said(reports, "months-without-cases") == [("check", "台账", "标题写的期间里，2023 年 10 月、12 月没有一行，按 0 计")]
