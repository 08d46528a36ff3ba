"""Forms read by their words, wherever rows and columns stand, and a finding for each thing that can be wrong."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from kpi.catalog.load import DEFAULT, load
from kpi.errors import RequestError, WorkbookError
from kpi.finding import Severity
from kpi.period import Month
from kpi.value import State, Value
from kpi.workbook.forms.reading import read_reports
from kpi.workbook.report import Column
from tests.kpi.workbook.conftest import Draw
from tests.kpi.workbook.one_report import read_report

NOVEMBER = Month(2023, 11)
FORM = """
区市场监管局食品安全协调科月报表
填报单位： | 食品安全协调科 | | 期间： | 2023年11月
数据项            | 计量单位 | 本月数 | 本年累计 | 上年同期累计 | 数据截止日 | 备注
检验批次（不含在检） | 批次    | 163   | 1763    | 1692       |           | 含快检
合格批次           | 批次    | 160   | 1724    |            |           |
抽检合格率         | %      |       | 97.8    |            |           |
罚没款            | 万元    |       | 37.7663 |            |           |
净增户数          | 户     |       | -5      |            |           |
期末市场主体总量   | 户     |       | 65000   |            |           |
企业开办时限       | 工作日  |       | 不超过1 |            |           |
培训人次          | 人次    |       | 3000余  |            |           |
"""


def read(draw, catalog, text=FORM, *more, **told):
    return read_report((draw(text), *more), catalog, **told)


def figures(report):
    return {(reading.measure, reading.column): reading.value for reading in report.readings if reading.raw}


def codes(report):
    return [finding.code for finding in report.findings]


def only(report, code):
    [finding] = [finding for finding in report.findings if finding.code == code]
    return finding


def test_reads_office_period_figures_cells_and_remarks(draw, catalog):
    report = read(draw, catalog)

    assert (report.office, report.period, report.findings) == ("food", NOVEMBER, ())
    assert figures(report)["tested", Column.YTD] == Value.of(1763)
    assert figures(report)["fines", Column.YTD].number == Decimal("37.7663")
    assert report.remarks == {"tested": "含快检"}
    [tested] = [reading for reading in report.readings if (reading.measure, reading.column) == ("tested", Column.YTD)]
    assert (str(tested.place), tested.raw, tested.as_of) == ("报表!D4", "1763", date(2023, 11, 30))


def test_an_empty_cell_is_read_as_not_reported(draw, catalog):
    [month] = [reading for reading in read(draw, catalog).readings if (reading.measure, reading.column) == ("fines", Column.MONTH)]

    assert month.value.state is State.UNREPORTED


def test_rows_inserted_columns_moved_and_sheet_renamed_read_the_same(draw, catalog):
    moved = """
    某某区

    食品科 2023年11月报表
    填报科室：食品科 | | 报告期：2023-11
    备注 | 1-11月累计 | 去年同期 | 指标名称 | 单位 | 当月
    | | | 抽检 | |
    | 3000余 | | 培训 人次 | 人(次) |
    | 1724 | | 合格批次 | 批次 | 160
    | 97.8% | | 抽检合格率 | % |
    | 37.7663万元 | | 罚没款 | 万元 |
    | -5 | | 净增户数 | 户 |
    | 65000 | | 期末市场主体总量 | 户 |
    | 不超过1个工作日 | | 企业开办时限 | |
    含快检 | 1763 | 1692 | 检验批次 | 批次 | 163
    填报人：某某
    """
    report = read_report((draw(moved, "Sheet1"),), catalog)

    assert figures(report) == figures(read(draw, catalog))
    assert report.findings == ()
    assert report.remarks == {"tested": "含快检"}


def test_the_hidden_sheet_says_whose_form_it_is(draw, catalog):
    meta = draw("office | food\nperiod | 2023-11", "_meta", hidden=True)
    bare = FORM[FORM.index("数据项") :]

    report = read_report((draw(bare), meta), catalog)

    assert (report.office, report.period, report.findings) == ("food", NOVEMBER, ())


def test_the_name_of_the_sheet_may_name_the_month(draw, catalog):
    report = read_report((draw(FORM[FORM.index("数据项") :], "2023年11月"),), catalog, office="food")

    assert report.period == NOVEMBER


def test_a_date_of_the_row_goes_before_the_date_of_the_sheet(draw, catalog):
    dated = FORM.replace("2023年11月", "2023年11月 | 截止日期 | 2023.11.25").replace("|            |           | 含", "| | 11月23日 | 含")
    dated = dated.replace("| 1692       |           | 含快检", "| 1692 | 11月23日 | 含快检")

    by_measure = {reading.measure: reading.as_of for reading in read(draw, catalog, dated).readings}

    assert by_measure["tested"] == date(2023, 11, 23)
    assert by_measure["passed"] == date(2023, 11, 25)


@pytest.mark.parametrize("text", ["2023-11-23", "2023年11月23日", "11月23日", "2023.11.23", "2023/11/23", "20231123", "截至11月23日"])
def test_reads_a_date_however_it_is_written(draw, catalog, text):
    report = read(draw, catalog, FORM.replace("| 1692       |           |", f"| 1692 | {text} |"))

    assert {reading.as_of for reading in report.readings if reading.measure == "tested"} == {date(2023, 11, 23)}
    assert report.findings == ()


def test_a_title_may_say_up_to_which_day(draw, catalog):
    report = read(draw, catalog, FORM.replace("科月报表", "科月报表（截至2023年11月23日）"))

    assert {reading.as_of for reading in report.readings} == {date(2023, 11, 23)}


# ── findings ──


def test_blocks_the_sheet_of_another_office(draw, catalog):
    finding = only(read(draw, catalog, office="drug"), "wrong-office")

    assert finding.severity is Severity.BLOCK
    assert str(finding.place) == "报表!B2"
    assert "食品安全协调科" in finding.seen


def test_blocks_a_sheet_whose_rows_belong_to_another_office(draw, catalog):
    text = """
    填报单位：食品科 | 期间：2023年11月
    数据项 | 单位 | 本年累计
    药店检查家次 | 家次 | 40
    药品抽检批次 | 批次 | 33
    合格批次 | 批次 | 1
    """
    report = read(draw, catalog, text)

    assert codes(report) == ["wrong-office"]
    assert "2 个属于药品监管科" in report.findings[0].seen
    assert report.readings == ()


def test_does_not_know_an_office_that_is_not_in_the_catalogue(draw, catalog):
    unknown = FORM.replace("食品安全协调科", "某某股")

    report = read(draw, catalog, unknown)
    assert (report.office, report.readings) == (None, ())
    assert only(report, "unknown-office").severity is Severity.BLOCK

    told = read(draw, catalog, unknown, office="food")
    assert told.office == "food"
    assert only(told, "unknown-office").severity is Severity.CHECK


def test_a_sheet_that_names_no_office_says_so(draw, catalog):
    report = read(draw, catalog, FORM[FORM.index("数据项") :], period=NOVEMBER)

    assert "没有写填报单位" in only(report, "unknown-office").seen


def test_an_office_that_does_not_exist_is_a_wrong_request(draw, catalog):
    with pytest.raises(RequestError, match="没有代码为「nobody」的科室"):
        read(draw, catalog, office="nobody")


def test_does_not_know_a_period_nobody_names(draw, catalog):
    report = read(draw, catalog, FORM.replace("2023年11月", "本期"))

    assert (report.period, report.readings) == (None, ())
    assert only(report, "unknown-period").severity is Severity.BLOCK


def test_blocks_a_sheet_of_another_month(draw, catalog):
    finding = only(read(draw, catalog, period=Month(2023, 10)), "period-mismatch")

    assert (finding.severity, str(finding.place)) == (Severity.BLOCK, "报表!E2")


def test_last_months_form_with_the_month_put_right_is_asked_about(draw, catalog):
    meta = draw("office | food\nperiod | 2023-10", "_meta", hidden=True)

    told = only(read_report((draw(FORM), meta), catalog, period=NOVEMBER), "period-mismatch")
    untold = only(read_report((draw(FORM), meta), catalog), "period-mismatch")

    assert (told.severity, untold.severity) == (Severity.CHECK, Severity.BLOCK)
    assert told.seen == "这是 2023 年 10 月的填报表，报送的是 2023 年 11 月"
    assert untold.seen == "表上写的是 2023 年 11 月，这份填报表是为 2023 年 10 月下载的"


def test_asks_about_a_header_that_runs_to_another_month(draw, catalog):
    finding = only(read(draw, catalog, FORM.replace("本年累计", "1—10月累计")), "period-mismatch")

    assert (finding.severity, str(finding.place)) == (Severity.CHECK, "报表!D3")


@pytest.mark.parametrize(
    ("written", "code", "severity"),
    [
        ("见附件", "not-a-number", Severity.BLOCK),
        ("无", "not-a-number", Severity.BLOCK),
        ("2023-01-02", "not-a-number", Severity.BLOCK),
        ("TRUE", "not-a-number", Severity.BLOCK),
        ("98%", "not-a-number", Severity.BLOCK),
        ("#DIV/0!", "error-cell", Severity.BLOCK),
        ("=A1+B1", "uncached-formula", Severity.BLOCK),
        ("'1724", "number-as-text", Severity.HINT),
    ],
)
def test_a_cell_that_is_no_number_is_named(draw, catalog, written, code, severity):
    report = read(draw, catalog, FORM.replace("1724", written))

    [finding] = report.findings
    assert (finding.code, finding.severity, str(finding.place), finding.measures) == (code, severity, "报表!D5", ("passed",))
    assert written.strip("'%") in finding.seen
    assert (("passed", Column.YTD) in figures(report)) is (severity is Severity.HINT)


def test_a_percentage_cell_of_a_rate_is_the_rate(draw, catalog):
    report = read(draw, catalog, FORM.replace("97.8", "97.8%"))

    assert figures(report)["pass_rate", Column.YTD] == Value.of("97.8")


def test_a_rate_below_one_may_be_a_fraction(draw, catalog):
    assert only(read(draw, catalog, FORM.replace("97.8", "0.978")), "maybe-fraction").severity is Severity.HINT

    blind = read_report((draw(FORM.replace("97.8", "0.978"), complete=False),), catalog)
    assert only(blind, "maybe-fraction").severity is Severity.CHECK
    assert only(blind, "limited-format").severity is Severity.CHECK


def test_a_quotient_is_kept_to_six_decimals(draw, catalog):
    report = read(draw, catalog, FORM.replace("97.8", "97.7878616"))

    assert only(report, "long-decimals").severity is Severity.HINT
    assert figures(report)["pass_rate", Column.YTD] == Value.of("97.787862")


def test_a_number_typed_as_text_may_also_be_a_fraction(draw, catalog):
    assert codes(read(draw, catalog, FORM.replace("97.8", "'0.978"))) == ["number-as-text", "maybe-fraction"]


def test_an_unknown_row_with_figures_would_lose_them(draw, catalog):
    finding = only(read(draw, catalog, FORM + "新数据项 | 件 | | 5"), "unknown-row")
    assert (finding.severity, str(finding.place)) == (Severity.CHECK, "报表!A12")

    assert only(read(draw, catalog, FORM + "新数据项 | 件"), "unknown-row").severity is Severity.HINT
    assert "没有写数据项" in only(read(draw, catalog, FORM + " | 件 | | 5"), "unknown-row").seen


def test_a_row_of_another_office_is_not_read(draw, catalog):
    report = read(draw, catalog, FORM + "药店检查家次 | 家次 | | 40")

    assert "由药品监管科填报" in only(report, "unknown-row").seen
    assert not [reading for reading in report.readings if reading.measure == "shops"]


def test_headings_and_footers_are_no_rows(draw, catalog):
    assert codes(read(draw, catalog, FORM + "执法\n填报人：某某\n注：本表按月报送")) == []


def test_asks_for_a_row_the_office_owes(draw, catalog):
    report = read(draw, catalog, FORM.replace("罚没款", ""))

    finding = only(report, "missing-row")
    assert (finding.severity, finding.measures) == (Severity.CHECK, ("fines",))


def test_many_missing_rows_are_one_sentence(draw):
    """Thirty findings alike would hide the one that matters; the codes of all are in it."""
    shipped = load(DEFAULT)
    report = read(draw, shipped, "填报单位： | 登记注册科 | | 期间： | 2023年11月\n数据项 | 计量单位 | 本月数 | 本年累计\n新登记市场主体 | 户 | 409 | 4909")

    finding = only(report, "missing-row")
    owed = [measure.code for measure in shipped.office_measures("registration")]
    assert finding.measures == tuple(code for code in owed if code != "market_entities_new")
    assert finding.seen.startswith("2023 年 11 月没有「企业注册登记时间（压缩前）」、「企业注册登记时间」、")
    assert finding.seen.endswith(f"等 {len(owed) - 1} 个数据项")


def test_blocks_a_row_that_stands_twice(draw, catalog):
    finding = only(read(draw, catalog, FORM + "合格批次 | 批次 | | 1"), "duplicate-row")

    assert (finding.severity, str(finding.place)) == (Severity.BLOCK, "报表!A12")


def test_asks_what_the_columns_are_when_no_heading_says_so(draw, catalog):
    """Nothing is read from 甲 and 乙 until somebody has said which is which; 上年同期累计 beside them is plain."""
    report = read(draw, catalog, FORM.replace("本月数", "甲").replace("本年累计", "乙"))

    unsure = [finding for finding in report.findings if finding.code == "unsure-column"]
    assert [(str(finding.place), finding.severity) for finding in unsure] == [("报表!C3", Severity.BLOCK), ("报表!D3", Severity.BLOCK)]
    assert [question.seen for question in report.questions] == ["甲", "乙"]
    assert {reading.column for reading in report.readings} == {Column.PRIOR}


def test_blocks_a_sheet_of_nothing_but_last_years_figures(draw, catalog):
    """上年同期累计 is no question: this year's figures lack."""
    report = read(draw, catalog, "食品安全协调科2023年11月\n数据项|上年同期累计\n合格批次|86")

    assert only(report, "missing-column").severity is Severity.BLOCK


def test_blocks_two_columns_of_the_same_figure(draw, catalog):
    report = read(draw, catalog, FORM.replace("本月数", "累计"))

    assert only(report, "duplicate-column").severity is Severity.BLOCK


def test_blocks_a_date_that_is_none(draw, catalog):
    finding = only(read(draw, catalog, FORM.replace("| 1692       |           |", "| 1692 | 月底 |")), "bad-date")
    assert (finding.severity, str(finding.place)) == (Severity.BLOCK, "报表!F4")

    whole = read(draw, catalog, FORM.replace("2023年11月", "2023年11月 | 截止日期 | 月底"))
    assert str(only(whole, "bad-date").place) == "报表!G2"


def test_reads_a_date_outside_the_period_as_it_is_written(draw, catalog):
    """Whether it may be is for the checks to say."""
    row = read(draw, catalog, FORM.replace("| 1692       |           |", "| 1692 | 2023-12-03 |"))
    assert date(2023, 12, 3) in {reading.as_of for reading in row.readings}

    whole = read(draw, catalog, FORM.replace("2023年11月", "2023年11月 | 截止日期 | 2022-11-23"))
    assert date(2022, 11, 23) in {reading.as_of for reading in whole.readings}


def test_blocks_another_unit_but_not_another_spelling_of_it(draw, catalog):
    finding = only(read(draw, catalog, FORM.replace("万元", "元")), "unit-differs")

    assert (finding.severity, str(finding.place)) == (Severity.BLOCK, "报表!B7")
    assert codes(read(draw, catalog, FORM.replace("人次    |", "人（次）|"))) == []


def test_a_month_figure_of_a_stock_is_not_read(draw, catalog):
    finding = only(read(draw, catalog, FORM.replace("户     |       | 65000", "户 | 120 | 65000")), "month-of-stock")
    assert (finding.severity, str(finding.place)) == (Severity.HINT, "报表!C9")

    assert codes(read(draw, catalog, FORM.replace("户     |       | 65000", "户 | 65000 | 65000"))) == []


def test_hidden_rows_and_columns_are_read_and_mentioned(draw, catalog):
    report = read_report((draw(FORM, hidden_rows=frozenset({4}), hidden_columns=frozenset({3})),), catalog)

    assert sorted(codes(report)) == ["hidden-column", "hidden-row"]
    assert figures(report)["passed", Column.YTD] == Value.of(1724)


def test_a_second_form_in_the_file_is_not_dropped_in_silence(draw, catalog):
    report = read(draw, catalog, FORM, draw(FORM, "上月"))

    finding = only(report, "sheet-not-read")
    assert (finding.severity, str(finding.place)) == (Severity.CHECK, "上月")


def test_a_moved_code_does_not_move_the_figure(draw, catalog):
    coded = """
    填报单位：食品科 | 期间：2023年11月
    数据项 | 本年累计 | 代码
    合格批次 | 1724 | tested
    新叫法 | 1763 | passed
    """
    report = read(draw, catalog, coded)

    assert only(report, "row-code-differs").severity is Severity.BLOCK
    assert only(report, "renamed-row").severity is Severity.CHECK


def test_a_book_without_a_form_is_refused(draw, catalog):
    with pytest.raises(WorkbookError, match="没有找到表头"):
        read(draw, catalog, "今日值班 | 某某")


def test_what_several_sheets_leave_open_is_asked_once(draw: Draw, catalog):
    """Two sheets without a month, one of them without an office too: two questions about the first and one about the other."""
    first = draw("数据项 | 计量单位 | 本年累计\n合格批次 | 批次 | 3", name="一")
    second = draw("填报单位：药品监管科\n数据项 | 计量单位 | 本年累计\n药店检查家次 | 家次 | 4", name="二")

    [report] = read_reports([first, second], catalog)

    assert len(report.questions) == len(set(report.questions))
    assert sorted(question.kind for question in report.questions) == ["office", "period", "period"]


@pytest.mark.parametrize(
    ("title", "doubt"),
    [
        ("东湖区2023年11月食品抽检情况统计表", "check"),
        ("兰州市安宁区市场监督管理局月报表", "check"),
        ("兰州市市场监督管理局安宁分局月报表", "check"),
        ("榆中县2023年11月统计表", "check"),
        ("兰州市西固区市场监督管理局月报表", None),
        ("兰州市市场监督管理局西固分局月报表", None),
        ("西固区2023年11月统计表", None),
        ("某区2023年11月统计表", None),
        ("全区2023年11月统计表", None),
        ("兰州市市场监管局2023年11月统计表", "hint"),
        ("甘肃省市场监督管理局2023年11月统计表", "hint"),
        ("兰州市市场监管局2023年11月统计表（西固区）", None),
    ],
)
def test_a_form_that_another_district_is_named_on_is_asked_about_in_a_bureau_that_stands_alone(draw, catalog, title, doubt):
    """As a ledger is; the superior that issued a form is no other district."""
    ours = replace(catalog, bureau="西固区市场监管局", orgs={})
    report = read_report((draw(FORM.replace("区市场监管局食品安全协调科月报表", title)),), ours)
    assert [(finding.code, finding.severity.value, str(finding.place)) for finding in report.findings] == (
        [("org-mismatch", doubt, "报表!A1")] if doubt else []
    )


def test_a_form_of_a_station_of_ours_is_asked_about_as_that(draw, catalog):
    """Its figures are a part of the bureau's; nobody is sent to write a name into the catalogue that stands there."""
    ours = replace(catalog, bureau="西固区市场监管局", orgs={})
    report = read_report((draw(FORM.replace("区市场监管局食品安全协调科月报表", "西固区市场监管局临洮街市场监管所月报表")),), ours)
    [finding] = [finding for finding in report.findings if finding.code == "org-mismatch"]
    assert (finding.severity.value, finding.remedy[:11]) == ("check", "只是本局一个所、队的数")


@pytest.mark.parametrize(("bureau", "doubt"), [("区市场监管局", "hint"), ("兰州市市场监管局", "hint"), ("东湖区市场监管局", None)])
def test_a_bureau_called_by_no_place_and_a_citys_are_told_of_a_district_on_a_form(draw, catalog, bureau, doubt):
    """Nobody has said that it is another one's: a note, and no doubt to be confirmed."""
    ours = replace(catalog, bureau=bureau, orgs={})
    report = read_report((draw(FORM.replace("区市场监管局食品", "东湖区市场监管局食品")),), ours)
    assert [(finding.code, finding.severity.value) for finding in report.findings] == ([("org-mismatch", doubt)] if doubt else [])


@pytest.mark.parametrize("office", ["兰州市市场监督管理局西固分局食品安全协调科", "兰州市西固区市场监督管理局食品安全协调科", "西固区市监局食品安全协调科"])
def test_the_bureau_may_stand_before_the_office_as_it_calls_itself(draw, catalog, office):
    ours = replace(catalog, bureau="西固区市场监管局", orgs={})
    report = read_report((draw(FORM.replace("| 食品安全协调科 |", f"| {office} |").replace("区市场监管局食品", "食品")),), ours)
    assert (report.office, report.findings) == ("food", ())


@pytest.mark.parametrize("issuer", ["兰州市市场监督管理局西固分局", "兰州市西固区市场监督管理局", "兰州市市场监管局"])
def test_a_bureau_where_the_office_belongs_is_no_unknown_office(draw, catalog, issuer):
    """Its own bureau or the one above, however it is written, does not contradict the office of the title."""
    ours = replace(catalog, bureau="西固区市场监管局", orgs={})
    report = read_report((draw(FORM.replace("| 食品安全协调科 |", f"| {issuer} |").replace("区市场监管局食品", "西固区食品")),), ours)
    assert (report.office, [finding for finding in report.findings if finding.severity is not Severity.HINT]) == ("food", [])
