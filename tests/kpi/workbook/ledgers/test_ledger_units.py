"""The unit of an amount, wherever the headings or the cell say it: 挽回经济损失 in 千元 is a thousand times what the cells hold."""

import io
from datetime import date
from decimal import Decimal as D

import openpyxl
import pytest

from kpi.catalog.load import DEFAULT, load
from kpi.errors import WorkbookError
from kpi.filing.intake import Upload
from kpi.workbook.ledgers.ledger_sheet import layouts
from kpi.workbook.process.parser import Parser
from kpi.workbook.report import Column, Report
from tests.kpi.workbook.ledgers.books import workbook
from tests.kpi.workbook.ledgers.unfiled import read_ledgers

CATALOG = load(DEFAULT)
HEADINGS = ["登记编号", "受理日期", "诉求类型", "来源", "挽回经济损失"]


def read(parser: Parser, upload: Upload) -> Report:
    book = parser.read(upload.data, upload.name, None, layouts(CATALOG))
    [report] = read_ledgers(book.ledgers, book.unread, CATALOG, today=date(2023, 12, 3))
    return report


def case(amount: object) -> list[object]:
    return ["T1", "2023-11-01", "投诉", "12315", amount]


def recovered(report: Report) -> D | None:
    """In 万元, as the measure is."""
    [number] = [r.value.number for r in report.readings if (r.measure, r.column) == ("consumer_losses_recovered", Column.MONTH)]
    return number


@pytest.mark.parametrize(
    ("heading", "amount"),
    [
        ("挽回经济损失（元）", "0.0003"),
        ("挽回经济损失(百元)", "0.03"),
        ("挽回经济损失（千元）", "0.3"),
        ("挽回经济损失【 千 元 】", "0.3"),
        ("挽回经济损失（单位：千元）", "0.3"),
        ("挽回经济损失（人民币千元）", "0.3"),
        ("挽回经济损失（千）", "0.3"),
        ("挽回经济损失（万元）", "3"),
        ("挽回经济损失（万）", "3"),
        ("挽回经济损失（十万元）", "30"),
        ("挽回经济损失（百万元）", "300"),
        ("挽回经济损失（亿元）", "30000"),
        ("挽回经济损失（亿）", "30000"),
        ("挽回经济损失（含万客隆）", "0.0003"),
        ("挽回经济损失（仟元）", "0.3"),
        ("挽回经济损失（佰元）", "0.03"),
        ("挽回经济损失（拾萬圆）", "30"),
        ("挽回经济损失（K元）", "0.3"),
        ("挽回经济损失（角）", "0.00003"),
        ("挽回经济损失（分）", "0.000003"),
        ("挽回经济损失（万，人民币）", "3"),
        ("挽回经济损失（万（人民币））", "3"),
        ("挽回经济损失（以千元计）", "0.3"),
        ("挽回经济损失 千元", "0.3"),
        ("挽回经济损失/千元", "0.3"),
        ("挽回经济损失-千元", "0.3"),
        ("挽回经济损失：千元", "0.3"),
        ("挽回经济损失\n（千元）", "0.3"),
        ("挽回经济损失_单位：仟元", "0.3"),
        ("挽回经济损失*（含和解）/万元", "3"),
    ],
)
def test_the_unit_in_the_heading(parser, heading, amount):
    """3 in each unit; a shop whose name has 万 in it is none."""
    upload = workbook("投诉.xlsx", 台账=[["2023年11月投诉举报台账"], [*HEADINGS[:-1], heading], case(3)])

    assert recovered(read(parser, upload)) == D(amount)


@pytest.mark.parametrize("heading", ["挽回经济损失（美元）", "挽回经济损失（万美元）", "挽回经济损失（USD）", "挽回经济损失（港币）", "挽回经济损失（$）"])
def test_another_currency_is_refused(parser, heading):
    upload = workbook("投诉.xlsx", 台账=[["2023年11月投诉举报台账"], [*HEADINGS[:-1], heading], case(3)])

    with pytest.raises(WorkbookError, match="「挽回经济损失」一列的单位是外币"):
        read(parser, upload)


@pytest.mark.parametrize("heading", ["挽回经济损失（元/件）", "挽回经济损失（千金币）", "挽回经济损失（件）", "挽回经济损失（单位：头）", "挽回经济损失（w）"])
def test_a_unit_that_nobody_knows_is_never_taken_for_yuan(parser, heading):
    """The refusal names the cell of the heading and what to write there."""
    upload = workbook("投诉.xlsx", 台账=[["2023年11月投诉举报台账"], [*HEADINGS[:-1], heading], case(3)])

    with pytest.raises(WorkbookError, match="台账!E2「挽回经济损失」一列写的单位认不出"):
        read(parser, upload)


def test_another_currency_of_the_whole_sheet_is_refused(parser):
    upload = workbook("投诉.xlsx", 台账=[["2023年11月投诉举报台账"], ["", "", "", "", "单位：美元"], HEADINGS, case(3)])

    with pytest.raises(WorkbookError, match="一列的单位是外币"):
        read(parser, upload)


@pytest.mark.parametrize("amount", [13900139000, 110105491231002])
def test_an_amount_that_looks_like_a_telephone_is_an_amount(parser, amount):
    """139 0013 9000 元 are 1 390 013.9 万元: what a column of amounts holds is nobody's number."""
    report = read(parser, workbook("投诉.xlsx", 台账=[["2023年11月投诉举报台账"], HEADINGS, case(amount)]))

    assert recovered(report) == D(amount) / 10_000
    assert "personal-data" not in [f.code for f in report.findings]


@pytest.mark.parametrize(
    "above",
    [
        [["2023年11月投诉举报台账"], ["", "", "", "", "单位：千元"]],
        [["2023年11月投诉举报台账（单位：千元）"]],
        [["2023年11月投诉举报台账"], ["填报单位：元坝区市场监管局", "", "", "", "金额单位：人民币仟元"]],
        [["2023年11月投诉举报台账（千元）"]],
        [["2023年11月投诉举报台账"], ["", "", "", "", "（K元）"]],
        [["2023年11月投诉举报台账"], ["登记情况", "", "", "", "金额（千元）"]],
    ],
)
def test_the_unit_over_the_heading(parser, above):
    assert recovered(read(parser, workbook("投诉.xlsx", 台账=[*above, HEADINGS, case(3)]))) == D("0.3")


def test_the_unit_over_several_headings(parser):
    """「金额（千元）」 is one cell over two columns."""
    rows = [["2023年11月投诉举报台账"], ["登记情况", "", "", "金额（千元）", ""], ["登记编号", "受理日期", "诉求类型", "涉案金额", "挽回经济损失"]]
    upload = workbook("投诉.xlsx", 台账=[*rows, ["T1", "2023-11-01", "投诉", 9, 3]])
    book = openpyxl.load_workbook(io.BytesIO(upload.data))
    book["台账"].merge_cells("D2:E2")
    buffer = io.BytesIO()
    book.save(buffer)

    assert recovered(read(parser, Upload("投诉.xlsx", buffer.getvalue()))) == D("0.3")


def test_the_unit_under_the_heading(parser):
    """A row of units is none of a case."""
    upload = workbook("投诉.xlsx", 台账=[["2023年11月投诉举报台账"], HEADINGS, ["", "", "", "", "（千元）"], case(3)])
    report = read(parser, upload)

    assert recovered(report) == D("0.3")
    assert "missing-date" not in [f.code for f in report.findings]


@pytest.mark.parametrize(
    ("cell", "amount"),
    [
        ("3 千元", "0.3"),
        ("3千", "0.3"),
        ("3（百元）", "0.03"),
        ("3 万元", "3"),
        ("3百万元", "300"),
        ("￥3", "0.0003"),
        ("3元", "0.0003"),
        ("3仟元", "0.3"),
        ("3K元", "0.3"),
        ("30角", "0.0003"),
        ("300分", "0.0003"),
    ],
)
def test_the_unit_in_the_cell(parser, cell, amount):
    """It says more than the heading."""
    for heading in ("挽回经济损失（元）", "挽回经济损失（千元）"):
        upload = workbook("投诉.xlsx", 台账=[["2023年11月投诉举报台账"], [*HEADINGS[:-1], heading], case(cell)])
        assert recovered(read(parser, upload)) == D(amount) * (1000 if cell == "￥3" and "千" in heading else 1)


def test_another_currency_in_a_cell_is_named(parser):
    report = read(parser, workbook("投诉.xlsx", 台账=[["2023年11月投诉举报台账"], HEADINGS, case("3美元")]))

    assert [(f.code, str(f.place)) for f in report.findings if f.severity.value == "check"] == [("bad-number", "台账!E3")]


@pytest.mark.parametrize("line", ["单位：件、千元", "单位：件，千元", "计量单位：件/千元", "单位：件、人、千元"])
def test_the_unit_of_money_may_stand_behind_others(parser, line):
    assert recovered(read(parser, workbook("台账.xlsx", 台账=[["2023年11月投诉举报台账"], [line], HEADINGS, case(3)]))) == D("0.3")


@pytest.mark.parametrize("row", [["—", "年/月/日", "—", "—", "千元"], ["单位", "", "", "", "千元"]])
def test_a_row_of_units_may_say_of_other_columns_that_they_have_none(parser, row):
    assert recovered(read(parser, workbook("台账.xlsx", 台账=[["2023年11月投诉举报台账"], HEADINGS, row, case(3)]))) == D("0.3")


@pytest.mark.parametrize(
    ("line", "heading"), [("单位：K", ""), ("单位：1000元", ""), ("", "（含税千元）"), ("", "（千园）"), ("", "（thousand）"), ("", "（'000）")]
)
def test_what_is_meant_as_a_unit_and_is_none_is_asked_about(parser, line, heading):
    head = [*HEADINGS[:-1], f"挽回经济损失{heading}"]
    with pytest.raises(WorkbookError, match="写的单位认不出"):
        read(parser, workbook("台账.xlsx", 台账=[["2023年11月投诉举报台账"], [line or "消保科"], head, case(3)]))


STATED = ["单位：千元", "注：金额单位为千元", "备注：挽回经济损失以千元为单位", "本表金额均为千元", "（千元）", "说明：挽回经济损失按千元填写", "单位=千元"]


@pytest.mark.parametrize("line", STATED)
@pytest.mark.parametrize("place", [1, 3])
def test_a_sentence_over_or_under_the_cases_names_the_unit(parser, line, place):
    """3 千元 are 0.3 万元; at the foot it is no case."""
    rows: list[list[object]] = [["2023年11月投诉举报台账"], HEADINGS, case(3)]
    rows.insert(place, [line])
    report = read(parser, workbook("台账.xlsx", 台账=rows))

    assert recovered(report) == D("0.3")
    assert not [f for f in report.findings if f.severity.value == "check"]


def test_the_name_of_the_sheet_names_the_unit(parser):
    upload = workbook("台账.xlsx", **{"台账（千元）": [["2023年11月投诉举报台账"], HEADINGS, case(3)]})

    assert recovered(read(parser, upload)) == D("0.3")


@pytest.mark.parametrize("line", ["单位：千元", "单位：1000元", "金额以千元计"])
def test_a_unit_at_the_foot_against_that_of_the_heading_is_asked_about(parser, line):
    """The heading decides until somebody has said otherwise."""
    rows = [["2023年11月投诉举报台账"], [*HEADINGS[:-1], "挽回经济损失（元）"], case(3), [line]]
    report = read(parser, workbook("台账.xlsx", 台账=rows))

    assert recovered(report) == D("0.0003")
    assert [(f.code, str(f.place)) for f in report.findings if f.severity.value == "check"] == [("unit-contradicts", "台账!E2")]


@pytest.mark.parametrize("heading", ["挽回经济损失(元)（千）", "挽回经济损失（mil）", "挽回经济损失（KY）"])
def test_a_heading_with_two_units_or_a_strange_one_is_refused(parser, heading):
    with pytest.raises(WorkbookError, match="台账!E2「挽回经济损失」一列写的单位认不出"):
        read(parser, workbook("台账.xlsx", 台账=[["2023年11月投诉举报台账"], [*HEADINGS[:-1], heading], case(3)]))
