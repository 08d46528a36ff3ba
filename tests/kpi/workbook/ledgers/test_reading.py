"""Reading ledgers: found anywhere, in any format, counted by hand, and every fault at its cell."""

import io
from datetime import date
from decimal import Decimal as D

import openpyxl
import pytest

from kpi.catalog.load import DEFAULT, load
from kpi.errors import WorkbookError
from kpi.filing.intake import Upload
from kpi.finding import Severity
from kpi.period import Month
from kpi.value import State, Value
from kpi.workbook.ledgers.ledger_reports import WRITTEN_OUT
from kpi.workbook.ledgers.ledger_sheet import layouts
from kpi.workbook.process.parser import Parser
from kpi.workbook.report import Column, Report
from tests.kpi.workbook.ledgers.books import ADDRESS, IDENTITY, PERSON, PHONE, text, workbook
from tests.kpi.workbook.ledgers.unfiled import read_ledgers

CATALOG = load(DEFAULT)
TODAY = date(2023, 12, 3)

FOOD = """
2023年1—3月食品安全监督抽检台账
序号 | 抽样单编号 | 抽样日期   | 样品名称 | 检验结论 | 报告日期   | 被抽样单位联系人 | 联系电话
1    | SC0001     | 2023-01-05 | 酱油     | 合格     | 2023-02-01 | 欧阳试样         | 13900139000
2    | SC0002     | 2023.1.31  | 陈醋     | 不合格   | 2023.2.20  | 欧阳试样         | 13900139000
3    | SC0003     | 2023年3月2日 | 挂面   | 符合要求 | 20230320   | 欧阳试样         | 13900139000
4    | SC0004     | 2023/3/15  | 粉条     | 在检     |            | 欧阳试样         | 13900139000
合计 | 4          |            |          |          |            |                  |
"""


def read(parser: Parser, upload: Upload, **told: object) -> list[Report]:
    book = parser.read(upload.data, upload.name, upload.password, layouts(CATALOG))
    return read_ledgers(book.ledgers, book.unread, CATALOG, **{"today": TODAY, **told})


def figures(report: Report) -> dict[str, tuple[object, object]]:
    """本月数 and 本年累计 by measure."""
    cells = {(reading.measure, reading.column): reading.value.number for reading in report.readings}
    return {code: (cells.get((code, Column.MONTH)), cells.get((code, Column.YTD))) for code, _ in cells}


def faults(report: Report, *, hints: bool = False) -> list[tuple[str, str]]:
    return [(f.code, str(f.place)) for f in report.findings if hints or f.severity is not Severity.HINT]


def test_food_batches_are_counted_by_the_month_of_their_sampling(parser):
    """January 2 taken, 1 passed, 1 failed; February none, and none is zero for the title covers it; March 2 taken, 1 still being tested."""
    reports = read(parser, workbook("抽检.xlsx", 台账=FOOD))

    assert [str(report.period) for report in reports] == ["2023-01", "2023-02", "2023-03"]
    assert [figures(report) for report in reports] == [
        {"food_samples_taken": (2, 2), "food_samples_tested": (2, 2), "food_samples_passed": (1, 1), "food_samples_failed": (1, 1)},
        {"food_samples_taken": (0, 2), "food_samples_tested": (0, 2), "food_samples_passed": (0, 1), "food_samples_failed": (0, 1)},
        {"food_samples_taken": (2, 4), "food_samples_tested": (1, 3), "food_samples_passed": (1, 2), "food_samples_failed": (0, 1)},
    ]
    assert [(report.office, report.template) for report in reports] == [("food_coordination", "food_sampling_ledger")] * 3


def test_a_reading_names_the_rows_it_was_counted_from(parser):
    january, _, march = read(parser, workbook("抽检.xlsx", 台账=FOOD))

    taken = {(r.measure, r.column): (str(r.place), r.raw, r.as_of) for r in march.readings}
    assert taken["food_samples_taken", Column.MONTH] == ("台账!B5:F6", "2（2 行）", date(2023, 3, 31))
    assert taken["food_samples_taken", Column.YTD] == ("台账!B3:F6", "4（4 行）", date(2023, 3, 31))
    assert [str(r.place) for r in january.readings if r.measure == "food_samples_passed"] == ["台账!B3:F3", "台账!B3:F3"]


def test_only_the_allowed_columns_are_kept(parser):
    reports = read(parser, workbook("抽检.xlsx", 台账=FOOD))

    kept = reports[0].cases
    assert kept is not None
    assert list(kept.columns) == ["抽样单编号", "抽样日期", "检验结论", "报告日期", "样品名称"]
    assert (list(kept.keys), list(kept.rows)) == (["SC0001", "SC0002"], [3, 4])
    assert kept.columns["检验结论"] == ["合格", "不合格"]
    assert not any(word in repr(reports) for word in (PERSON, PHONE))
    assert faults(reports[-1], hints=True) == [("columns-not-kept", "台账"), ("total-row", "台账")]


def test_the_parsing_process_hands_over_no_other_cell(parser):
    upload = workbook("抽检.xlsx", 台账=FOOD)

    book = parser.read(upload.data, upload.name, None, layouts(CATALOG))

    assert book.sheets == ()
    assert not any(word in repr(book) for word in (PERSON, PHONE))


def test_any_format_gives_the_same_figures(parser):
    spread = read(parser, workbook("抽检.xlsx", 台账=FOOD))
    plain = read(parser, text("抽检.csv", FOOD))

    assert [figures(report) for report in plain] == [figures(report) for report in spread]


def test_real_dates_and_numbers_of_days_are_dates(parser):
    """Excel counts 45 246 days to 2023-11-16; a system writes the hour behind the day."""
    rows = [
        ["2023年11月食品抽检台账"],
        ["抽样编号", "采样时间", "结论", "食品名称"],
        ["A1", date(2023, 11, 15), "合格", "米"],
        ["A2", 45246, "合格", "面"],
        ["A3", "2023-11-17 14:30:05", "合格", "油"],
    ]
    [report] = read(parser, workbook("抽检.xlsx", Sheet1=rows))

    assert report.cases is not None
    assert list(report.cases.days) == [date(2023, 11, 15), date(2023, 11, 16), date(2023, 11, 17)]
    assert figures(report)["food_samples_passed"] == (3, None)


def test_what_is_not_covered_from_january_states_no_cumulative(parser):
    """Never pretend completeness: a ledger of November alone says nothing about the year."""
    [report] = read(parser, workbook("抽检.xlsx", 台账=FOOD.replace("2023年1—3月", "2023年3月")))

    assert figures(report)["food_samples_taken"] == (2, None)
    assert faults(report) == [("outside-period", "台账!C3"), ("outside-period", "台账!C4")]


def test_without_a_title_it_covers_the_months_it_has_rows_of(parser):
    """December and January have a row each, March two; February has none and nothing says that it is covered, so it is not zero."""
    untitled = FOOD.replace("2023年1—3月食品安全监督抽检台账", "食品安全监督抽检台账").replace("2023-01-05", "2022-12-05")

    reports = read(parser, workbook("抽检.xlsx", 台账=untitled))

    assert [str(report.period) for report in reports] == ["2022-12", "2023-01", "2023-03"]
    assert [figures(report)["food_samples_taken"] for report in reports] == [(1, None), (1, 1), (2, None)]


def test_a_title_of_the_year_covers_it_up_to_the_last_date(parser):
    reports = read(parser, workbook("抽检.xlsx", 台账=FOOD.replace("2023年1—3月", "2023年度").replace("2023-01-05", "2023-02-05")))

    assert [figures(report)["food_samples_taken"] for report in reports] == [(1, 1), (1, 2), (2, 4)]


def test_a_month_that_is_not_over_runs_to_its_last_case(parser):
    reports = read(parser, workbook("抽检.xlsx", 台账=FOOD), today=date(2023, 3, 20))

    assert {reading.as_of for reading in reports[-1].readings} == {date(2023, 3, 15)}


def test_months_to_come_are_not_covered(parser):
    """Nor is April, which is not over and has no row."""
    reports = read(parser, workbook("抽检.xlsx", 台账=FOOD.replace("1—3月", "1—12月")), today=date(2023, 4, 20))

    assert [str(report.period) for report in reports][-1] == "2023-03"


def test_every_fault_is_told_at_its_cell(parser):
    """Never with what stands there: in a ledger whose columns slipped it could be a name."""
    drawn = f"""
    2023年3月食品抽检台账
    抽样单编号 | 抽样日期   | 检验结论 | 报告日期
    A1         | 2023-03-01 | 合格     | 2023-03-02
               | 2023-03-02 | 合格     | 2023-03-03
    A3         |            | 合格     | 2023-03-03
    A4         | 三月初     | 合格     | 2023-03-03
    A5         | 2024-03-01 | 合格     | 2023-03-03
    A6         | 1923-03-01 | 合格     | 2023-03-03
    A7         | 2023-03-07 | {PERSON} | 2023-03-08
    A1         | 2023-03-08 | 合格     | 2023-03-09
    A8         | 2023-03-09 | 合格     | 2023-03-01
    A9         | 2023-03-09 | 合格     | 2024-03-01
    """
    [report] = read(parser, workbook("抽检.xlsx", 台账=drawn))

    assert sorted(faults(report)) == [
        ("bad-date", "台账!B6"),
        ("dates-reversed", "台账!D11"),
        ("duplicate-case", "台账!A10"),
        ("future-date", "台账!B7"),
        ("future-date", "台账!D12"),
        ("implausible-date", "台账!B8"),
        ("missing-date", "台账!B5"),
        ("missing-key", "台账!A4"),
        ("unknown-value", "台账!C9"),
    ]
    [doubled] = [finding.seen for finding in report.findings if finding.code == "duplicate-case"]
    assert doubled == "与 台账!A3 是同一件，只计了一次"
    assert PERSON not in repr(report)
    assert figures(report) == {
        "food_samples_taken": (5, None),
        "food_samples_tested": (4, None),
        "food_samples_passed": (4, None),
        "food_samples_failed": (0, None),
    }


def test_many_faults_of_a_kind_are_counted_not_written_out(parser):
    rows = [["2023年3月食品抽检台账"], ["抽样单编号", "抽样日期", "检验结论"], *([f"A{i}", "2023-03-01", "说不清"] for i in range(40))]

    [report] = read(parser, workbook("抽检.xlsx", 台账=rows))

    told = [finding for finding in report.findings if finding.code == "unknown-value"]
    assert len(told) == WRITTEN_OUT + 1
    assert told[-1].seen == "「检验结论」一列还有 35 处同样的问题"


def test_complaints_closed_within_45_working_days_of_the_calendar_with_its_holidays(parser):
    """
    Accepted on Monday 2023-07-31: August has 23 working days, September 20 with Friday the 29th off, and the first two worked
    days of October are Saturday the 7th and Sunday the 8th, so the 45th is the 8th.  What 12345 passes on as 举报 is in neither
    the total nor the closed, as the definitions of both say.
    """
    drawn = """
    2023年7月12315投诉举报台账
    登记编号 | 受理日期   | 诉求类型 | 来源      | 办结日期   | 挽回经济损失（元）
    T1       | 2023-07-31 | 投诉     | 12315平台 | 2023-10-08 | 100.10
    T2       | 2023-07-31 | 举报     | 12345热线 | 2023-08-09 |
    T6       | 2023-07-31 | 投诉     | 12345热线 | 2023-10-09 |
    T3       | 2023-07-31 | 投诉     | 12345     |            | 20
    T4       | 2023-07-31 | 咨询     | 12315平台 | 2023-07-31 |
    T5       | 2023-07-31 | 投诉     | 信访      | 2023-08-01 | 3万
    """
    [report] = read(parser, workbook("投诉.xlsx", 台账=drawn))

    assert {code: month for code, (month, _) in figures(report).items()} == {
        "consumer_requests_total": 5,
        "complaints_12315": 1,
        "reports_12315": 0,
        "consultations_12315": 1,
        "complaints_12345": 2,
        "petitions_gansu": 1,
        "x_complaints_reports_closed": 1,
        "consumer_losses_recovered": D("3.01201"),
        "complaint_cases_closed": 4,
        "complaint_handling_workdays": 99,  # 45 + 46 + 7 + 1
    }


def test_an_amount_is_what_its_number_format_shows(parser):
    """1.5 shown as 1.5万元 and 15000 shown as 1.5万元 are 15000 元; 15000 shown as 15 with nothing said may be either and is named."""
    book = openpyxl.Workbook()
    book.active.append(["2023年7月12315投诉举报台账"])
    book.active.append(["登记编号", "受理日期", "诉求类型", "来源", "办结日期", "挽回经济损失（元）"])
    for number, (amount, shown) in enumerate([(1.5, '0.0"万元"'), (15000, '0!.0,"万元"'), (20, "General"), (15000, "#,##0,")], start=1):
        book.active.append([f"T{number}", "2023-07-31", "投诉", "12315平台", "", amount])
        book.active.cell(number + 2, 6).number_format = shown
    buffer = io.BytesIO()
    book.save(buffer)

    [report] = read(parser, Upload("投诉.xlsx", buffer.getvalue()))

    assert figures(report)["consumer_losses_recovered"][0] == D("3.002")  # 15000 + 15000 + 20 元, in 万元
    assert [place for _, place in faults(report)] == ["Sheet!F6"]


def test_working_days_from_acceptance_to_closing_add_up(parser):
    """Parts, not means: Friday to Monday is 1 working day, over the holiday from 28 September to 8 October 2; the open case and the question count not."""
    drawn = """
    2023年9月投诉举报台账
    登记编号 | 受理日期   | 诉求类型 | 来源  | 办结日期
    T1       | 2023-09-15 | 投诉     | 12315 | 2023-09-18
    T2       | 2023-09-28 | 举报     | 12315 | 2023-10-08
    T3       | 2023-09-28 | 投诉     | 12315 |
    T4       | 2023-09-04 | 咨询     | 12315 | 2023-09-28
    """
    [report] = read(parser, workbook("投诉.xlsx", 台账=drawn))

    told = figures(report)
    assert (told["complaint_cases_closed"], told["complaint_handling_workdays"]) == ((2, None), (3, None))


def test_registrations_count_by_kind_and_net_of_those_struck_off(parser):
    """4 set up less 1 deregistered and 1 revoked: a net increase of 2; the same company may come again with another business."""
    drawn = """
    2023年1月企业登记台账
    统一社会信用代码   | 核准日期  | 业务类型 | 主体类型 | 是否个转企 | 法定代表人
    91620100MA0000001X | 2023-01-03 | 设立     | 企业     | 是         | 欧阳试样
    91620100MA0000002X | 2023-01-04 | 新设     | 有限责任公司 | 否     | 欧阳试样
    93620100MA0000003X | 2023-01-05 | 开业     | 农专     |            | 欧阳试样
    92620100MA0000004X | 2023-01-06 | 设立登记 | 个体户   |            | 欧阳试样
    91620100MA0000001X | 2023-01-20 | 变更     | 企业     |            | 欧阳试样
    92620100MA0000005X | 2023-01-21 | 注销     | 个体     |            | 欧阳试样
    92620100MA0000006X | 2023-01-22 | 吊销     | 个体     |            | 欧阳试样
    """
    [report] = read(parser, workbook("登记.xlsx", 台账=drawn))

    assert figures(report) == {
        "market_entities_new": (4, 4),
        "enterprises_new": (2, 2),
        "farmer_cooperatives_new": (1, 1),
        "individual_businesses_new": (1, 1),
        "market_entities_net_increase": (2, 2),
        "individual_to_enterprise_conversions": (1, 1),
    }
    assert faults(report) == []


def test_equipment_counts_devices_and_the_different_units_and_orders(parser):
    drawn = """
    特种设备检查台账（2023年1—2月）
    检查编号 | 设备代码 | 检查日期   | 设备种类 | 使用单位统一社会信用代码 | 检查结论 | 指令书编号
    J1       | D1       | 2023-01-03 | 电梯     | U1                       | 合格     |
    J1       | D2       | 2023-01-03 | 叉车     | U1                       | 不合格   | Z1
    J1       | D3       | 2023-01-03 | 锅炉     | U1                       | 不合格   | Z1
    J2       | D4       | 2023-01-09 | 电梯     | U2                       | 不合格   | Z2
    J3       | D1       | 2023-02-09 | 电梯     | U1                       | 合格     |
    """
    january, february = read(parser, workbook("特设.xlsx", 台账=drawn))

    assert figures(january) == {
        "special_equipment_inspected": (4, 4),
        "special_equipment_units_inspected": (2, 2),
        "special_equipment_safety_orders": (2, 2),
    }
    assert figures(february) == {
        "special_equipment_inspected": (1, 5),
        "special_equipment_units_inspected": (1, 3),
        "special_equipment_safety_orders": (0, 2),
    }
    assert faults(january) + faults(february) == []


def test_a_figure_whose_column_is_missing_is_left_out_and_said(parser):
    drawn = FOOD.replace("检验结论", "复核意见")

    reports = read(parser, workbook("抽检.xlsx", 台账=drawn))

    assert list(figures(reports[-1])) == ["food_samples_taken"]
    assert [f.measures for f in reports[-1].findings if f.code == "missing-column"] == [
        ("food_samples_tested", "food_samples_passed", "food_samples_failed"),
    ]


def test_headings_in_two_rows_and_a_nearly_right_one_are_found(parser):
    drawn = """
    某区市场监管局
    2023年3月食品抽检台账
    抽样信息 |              |          | 检验信息 |
    抽样编号 | 抽样日期(年月日)* | 食品名称 | 检验结论情况 | 报告日期
    A1       | 2023-03-01   | 米       | 合格     | 2023-03-09
    """
    [report] = read(parser, workbook("抽检.xlsx", 台账=drawn))

    assert figures(report)["food_samples_passed"] == (1, None)
    assert ("similar-heading", "台账!D4") in faults(report, hints=True)


def test_a_code_or_a_text_never_comes_from_a_heading_that_is_merely_similar(parser):
    drawn = """
    2023年3月食品抽检台账
    抽样编号 | 抽样日期   | 样品名称人 | 检验结论 | 抽样单位代码证
    A1       | 2023-03-01 | 欧阳试样   | 合格     | 欧阳试样
    """
    [report] = read(parser, workbook("抽检.xlsx", 台账=drawn))

    assert report.cases is not None
    assert list(report.cases.columns) == ["抽样单编号", "抽样日期", "检验结论"]


def test_a_key_merged_over_several_rows_is_one_case(parser):
    import io

    import openpyxl

    upload = workbook(
        "抽检.xlsx",
        台账="""
        2023年3月食品抽检台账
        抽样编号 | 抽样日期   | 检验结论 | 不合格项目
        A1       | 2023-03-01 | 不合格   | 铅
        甲       | 乙         | 丙       | 镉
        A2       | 2023-03-02 | 合格     |
        """,
    )
    book = openpyxl.load_workbook(io.BytesIO(upload.data))
    for column in "ABC":
        book["台账"].merge_cells(f"{column}3:{column}4")
    buffer = io.BytesIO()
    book.save(buffer)

    [report] = read(parser, Upload("抽检.xlsx", buffer.getvalue()))

    assert figures(report)["food_samples_failed"] == (1, None)
    assert faults(report, hints=True) == [("merged-case", "台账")]


def test_printed_pages_repeat_the_headings_and_end_in_a_line_of_names(parser):
    drawn = """
    2023年3月食品抽检台账
    抽样编号 | 抽样日期   | 检验结论
    甲       | 乙         | 丙
    A1       | 2023-03-01 | 合格
    抽样编号 | 抽样日期   | 检验结论
    A2       | 2023-03-02 | 合格
    填表人：欧阳试样 | 联系电话：13900139000 |
    """
    [report] = read(parser, workbook("抽检.xlsx", 台账=drawn))

    assert figures(report)["food_samples_taken"] == (2, None)
    assert report.findings == ()


def test_sheets_of_single_months_make_one_year(parser):
    """A sheet for each month, named so; from January on the year is whole."""

    def month(number: int) -> str:
        return f"""
        食品抽检台账
        抽样编号 | 抽样日期   | 检验结论
        M{number} | 2023-{number:02d}-10 | 合格
        """

    upload = workbook("抽检.xlsx", **{"2023年1月": month(1), "2023年2月": month(2), "说明": "填表说明 | 请勿删除"})
    january, february = read(parser, upload)

    assert figures(february)["food_samples_passed"] == (1, 2)
    assert figures(january)["food_samples_passed"] == (1, 1)
    assert ("sheet-not-read", "说明") in faults(february, hints=True)


def test_personal_data_in_a_kept_text_is_masked_and_an_identity_number_is_a_digest(parser):
    drawn = f"""
    2023年3月食品抽检台账
    抽样编号   | 抽样日期   | 检验结论 | 样品名称
    A1         | 2023-03-01 | 合格     | 大米（店主电话{PHONE}）
    {IDENTITY} | 2023-03-01 | 合格     | 面粉
    """
    [report] = read(parser, workbook("抽检.xlsx", 台账=drawn))

    assert report.cases is not None
    assert list(report.cases.columns["样品名称"]) == ["大米(店主电话〔电话〕)", "面粉"]
    [plain, digest] = report.cases.keys
    assert plain == "A1"
    assert digest.startswith("(身份证号·")
    assert IDENTITY not in repr(report)
    assert {str(finding.place) for finding in report.findings if finding.code == "personal-data"} == {"台账!A4", "台账!D3"}
    assert not any(word in repr(report) for word in (PHONE, IDENTITY, ADDRESS))


@pytest.mark.parametrize(
    ("drawn", "told", "words"),
    [
        (FOOD.replace("抽样日期", "登记时日"), {}, "工作表「台账」像是食品抽检台账，但没有「抽样日期」一列"),
        (FOOD, {"office": "consumer"}, "这是食品安全协调科的食品抽检台账，不是消费者权益保护科的"),
        (FOOD, {"period": Month(2023, 9)}, "台账里没有 2023 年 9 月的数据"),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_way_out(parser, drawn, told, words):
    if "office" in told:
        words = words.replace("消费者权益保护科", CATALOG.offices["consumer"].name)
    with pytest.raises(WorkbookError) as caught:
        read(parser, workbook("抽检.xlsx", 台账=drawn), **told)
    assert words in str(caught.value)


def test_a_single_month_may_be_asked_for(parser):
    [report] = read(parser, workbook("抽检.xlsx", 台账=FOOD), period=Month(2023, 3))

    assert (report.period, figures(report)["food_samples_taken"]) == (Month(2023, 3), (2, 4))


def test_working_days_into_a_year_without_published_holidays_are_not_settled(parser):
    """
    T1 is closed after 43 working days of 2026.  T2 is closed on 2027-01-04, after those 43 and at most four days of 2027: in
    45 or not, nobody can say.  T3, accepted on 2026-11-30, took 23 and at most four: in 45 by any count, but how many it took
    is open.  So neither how many were closed in time nor how long they took is a number; where all ends in 2026 both are.
    """
    drawn = """
    2026年11月投诉举报台账
    登记编号 | 受理日期   | 诉求类型 | 来源  | 办结日期
    T1       | 2026-11-02 | 投诉     | 12315 | 2026-12-31
    T2       | 2026-11-02 | 投诉     | 12315 | 2027-01-04
    T3       | 2026-11-30 | 投诉     | 12315 | 2027-01-04
    """
    [report] = read(parser, workbook("投诉.xlsx", 台账=drawn), today=date(2027, 4, 1))
    told = {reading.measure: reading for reading in report.readings if reading.column is Column.MONTH}
    assert told["x_complaints_reports_closed"].value == Value(State.PENDING)
    assert told["x_complaints_reports_closed"].raw == "2（2 行，另有 1 行未定）"
    assert told["complaint_handling_workdays"].value == Value(State.PENDING)
    assert told["complaint_handling_workdays"].raw == "43（1 行，另有 2 行未定）"
    assert told["complaints_12315"].value == Value.of(3)
    unsettled = [finding for finding in report.findings if finding.code == "workdays-unsettled"]
    assert {finding.measures for finding in unsettled} == {("x_complaints_reports_closed",), ("complaint_handling_workdays",)}
    assert {finding.severity for finding in unsettled} == {Severity.HINT}

    settled = drawn.replace("2027-01-04", "2026-12-30")
    [report] = read(parser, workbook("投诉.xlsx", 台账=settled), today=date(2027, 4, 1))
    assert not [finding for finding in report.findings if finding.code == "workdays-unsettled"]
    assert figures(report)["x_complaints_reports_closed"][0] == 3


@pytest.mark.parametrize(
    "heading",
    [
        "商品或服务类别（被诉人姓名）",
        "商品或服务类别【消费者】",
        "商品类别（联系方式）",
        "问题类别（填写手机）",
        "商品或服务类别/被诉人姓名",
        "商品或服务类别（投诉人",
    ],
)
def test_a_heading_that_says_persons_in_brackets_is_no_kept_text(parser, heading):
    """What stands in brackets counts where anything would be kept: nothing of the column is read."""
    drawn = f"""
    2023年3月投诉举报台账
    登记编号 | 受理日期   | 诉求类型 | 来源  | {heading}
    T1       | 2023-03-01 | 投诉     | 12315 | {PERSON}
    """
    [report] = read(parser, workbook("投诉.xlsx", 台账=drawn))

    assert report.cases is not None
    assert list(report.cases.columns) == ["登记编号", "受理日期", "诉求类型", "来源"]
    assert PERSON not in repr(report)


def test_harmless_brackets_do_not_hide_a_heading(parser):
    drawn = """
    2023年3月投诉举报台账
    登记编号（必填） | 受理日期（年月日） | 诉求类型* | 来源  | 商品或服务类别（大类）
    T1               | 2023-03-01         | 投诉      | 12315 | 食品
    """
    [report] = read(parser, workbook("投诉.xlsx", 台账=drawn))

    assert report.cases is not None
    assert list(report.cases.columns["商品或服务类别"]) == ["食品"]


def test_a_heading_under_a_group_about_persons_is_no_kept_text(parser):
    """类别 under 投诉人信息 is what sort of person it is."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "台账"
    for row in (["2023年3月投诉举报台账"], ["登记", "", "", "", "投诉人信息", ""], ["登记编号", "受理日期", "诉求类型", "来源", "商品类别", "电话"]):
        sheet.append(row)
    sheet.append(["T1", "2023-03-01", "投诉", "12315", PERSON, PHONE])
    sheet.merge_cells("A2:D2")
    sheet.merge_cells("E2:F2")
    buffer = io.BytesIO()
    book.save(buffer)

    [report] = read(parser, Upload("投诉.xlsx", buffer.getvalue()))

    assert report.cases is not None
    assert "商品或服务类别" not in report.cases.columns
    assert PERSON not in repr(report)


@pytest.mark.parametrize("first", [13_900_000_000, 110_105_194_912_310_000, 9_310_000_000])
def test_business_numbers_that_look_like_somebodys_keep_their_cases_apart(parser, first):
    """Two thousand numbers in a row, a telephone or an identity card by their look: as many cases as rows, in text and in number cells."""
    rows = [[f"{first + number}" if first > 10**15 or number % 2 else first + number, "2023-03-01", "投诉", "12315"] for number in range(2_000)]
    upload = workbook("投诉.xlsx", 台账=[["2023年3月投诉举报台账"], ["登记编号", "受理日期", "诉求类型", "来源"], *rows])

    [report] = read(parser, upload)

    assert figures(report)["complaints_12315"][0] == 2_000
    assert report.cases is not None
    assert len(set(report.cases.keys)) == 2_000
    assert "duplicate-case" not in {finding.code for finding in report.findings}
