"""
What a label says beyond the name of the measure that somebody has said it is.

An answer is remembered, so that a label that names last year or another unit would be taken for the office's figure of the
month in every form to come.
"""

from decimal import Decimal as D

import pytest

from kpi.finding import Finding, Severity
from kpi.period import Month
from kpi.workbook.answer_mapping import AnswerMapping
from kpi.workbook.forms.measure_names import label_key, label_unit
from kpi.workbook.report import QuestionKind, Report
from tests.kpi.workbook.learning import learn
from tests.kpi.workbook.typed import Row, read

DECEMBER = Month(2023, 12)


def answered(rows: list[Row], label: str, code: str, office: str) -> Report:
    """A form whose row or column of this label has been said to be a measure, read once more."""
    before = read(rows, period=DECEMBER, office=office)
    [question] = [question for question in before.questions if question.kind in (QuestionKind.ROW, QuestionKind.HEADING) and question.seen == label]
    return read(rows, period=DECEMBER, office=office, mapping=learn(AnswerMapping(), question, code))


def checks(report: Report) -> list[Finding]:
    return [finding for finding in report.findings if finding.code in ("label-beyond-name", "unit-differs", "unit-contradicts")]


@pytest.mark.parametrize(
    "label",
    [
        "2022年工业产品合格批次",
        "上年工业产品合格批次",
        "工业产品合格批次（上年）",
        "11月工业产品合格批次",
        "12月工业产品合格批次",
        "工业产品合格批次（本月）",
        "工业产品合格批次目标数",
        "工业产品合格批次同比%",
        "工业产品合格批次（全市）",
        "全市工业产品抽检合格批次",
        "工业产品合格批次（预计）",
        "工业产品合格批次（初步）",
        "年初工业产品合格批次",
    ],
)
def test_an_answer_does_not_make_another_figure_the_one_of_the_month(label):
    """The row is read as answered, and what its label says besides is asked about."""
    report = answered([("数据项", "本年累计"), (label, 90), ("商品煤合格批次", 10)], label, "industrial_samples_passed", "product_quality")

    [finding] = checks(report)
    assert (finding.code, finding.severity, finding.place.cell) == ("label-beyond-name", Severity.CHECK, "A2")
    assert finding.measures == ("industrial_samples_passed",)


@pytest.mark.parametrize(
    "label", ["工业产品合格的批次", "工业产品合格批次（累计）", "2023年工业产品合格批次", "1-12月工业产品合格批次", "工业产品合格批次（全区）"]
)
def test_a_label_that_says_nothing_else_is_read_as_answered(label):
    """90 is what the office has answered, of this year and its own."""
    report = answered([("数据项", "本年累计"), (label, 90), ("商品煤合格批次", 10)], label, "industrial_samples_passed", "product_quality")

    assert not checks(report)
    assert {reading.measure: str(reading.value.number) for reading in report.readings}["industrial_samples_passed"] == "90"


@pytest.mark.parametrize(
    "label",
    [
        "创卫投入款元",
        "创卫投入，元",
        "（元）创卫投入",
        "创卫投入（元）①",
        "创卫投入（元）（累计）",
        "创卫投入 单位：元",
        "创卫投入/元",
        "创卫投入-元",
        "创卫投入（圆）",
    ],
)
def test_yuan_in_a_label_are_turned_into_ten_thousands(label):
    """50000 元 are 5 万元, wherever in the label the unit stands."""
    report = answered([("数据项", "本年累计"), (label, 50000), ("不良资产清收资金", 1)], label, "hygienic_city_funds", "general_office")

    [reading] = [reading for reading in report.readings if reading.measure == "hygienic_city_funds"]
    assert reading.value.number == 5


@pytest.mark.parametrize("label", ["创卫投入（仟元）", "创卫投入（K元）", "创卫投入/仟元", "创卫投入 仟圆", "创卫投入（人民币：仟元）"])
def test_a_thousand_is_one_however_it_is_written(label):
    """50 千元 are 5 万元."""
    report = answered([("数据项", "本年累计"), (label, 50), ("不良资产清收资金", 1)], label, "hygienic_city_funds", "general_office")

    [reading] = [reading for reading in report.readings if reading.measure == "hygienic_city_funds"]
    assert reading.value.number == 5


@pytest.mark.parametrize(
    ("heading", "unit", "number"), [("本年累计/仟元", "", 5), ("本年累计（K元）", "", 5), ("本年累计", "佰元", D("0.5")), ("本年累计", "分", D("0.00005"))]
)
def test_the_unit_over_or_before_the_figures(heading, unit, number):
    report = answered(
        [("数据项", "计量单位", heading), ("创卫投入", unit, 50), ("不良资产清收资金", unit, 1)], "创卫投入", "hygienic_city_funds", "general_office"
    )

    [reading] = [reading for reading in report.readings if reading.measure == "hygienic_city_funds"]
    assert reading.value.number == number


@pytest.mark.parametrize("heading", ["本年累计 仟元", "本年累计：千元", "本年累计-千元", "本年累计【千元】"])
def test_a_unit_behind_the_heading_of_the_figures(heading):
    """50 千元 are 5 万元, whatever parts the unit from the words before it."""
    [reading] = [
        r for r in read([("数据项", heading), ("不良资产清收资金", 50)], period=DECEMBER, office="general_office").readings if r.value.number is not None
    ]
    assert reading.value.number == 5


@pytest.mark.parametrize("line", ["单位：亿", "单位：千美元", "单位：件、亿", "单位：K"])
def test_a_unit_of_the_whole_sheet_that_nobody_can_tell_is_asked_about(line):
    """Of 亿 alone nobody knows whether it is 亿元: the figure is stored once that is confirmed, and never silently as 万元."""
    report = read([(line,), ("数据项", "本年累计"), ("不良资产清收资金", 50)], period=DECEMBER, office="general_office")

    assert [(f.code, f.severity) for f in report.findings if f.code.startswith("unit")] == [("unit-differs", Severity.CHECK)]


@pytest.mark.parametrize("label", ["创卫投入（千）", "创卫投入（百万）", "创卫投入（美元）", "创卫投入(万元/件)", "创卫投入（W）", "创卫投入（￥）"])
def test_a_unit_that_cannot_be_turned_into_the_measures_own_is_asked_about(label):
    """Nobody knows what a thousand, or an amount for each case, is in 万元."""
    report = answered([("数据项", "本年累计"), (label, 50000), ("不良资产清收资金", 1)], label, "hygienic_city_funds", "general_office")

    [finding] = checks(report)
    assert (finding.code, finding.severity, finding.place.cell) == ("unit-differs", Severity.CHECK, "A2")


def test_a_column_that_was_answered_is_looked_at_too():
    """全市 over a column is no more the office's own than before a row."""
    rows = [("月份", "工业产品抽检批次", "工业产品合格批次（全市）"), ("2023年12月", 10, 9), ("2023年11月", 10, 9)]
    report = answered(rows, "工业产品合格批次（全市）", "industrial_samples_passed", "product_quality")

    [finding] = checks(report)
    assert (finding.code, finding.severity, finding.place.cell) == ("label-beyond-name", Severity.CHECK, "C1")


@pytest.mark.parametrize(("unit", "severity"), [("%", Severity.CHECK), ("‰", Severity.CHECK), ("件", Severity.CHECK), ("户", Severity.CHECK)])
def test_a_unit_of_another_kind_in_a_label_is_asked_about_beside_a_column_of_units(unit, severity):
    """90 is no number of lots where the label says %, whatever the column of units says."""
    report = read([("数据项", "计量单位", "本年累计"), (f"商品煤合格批次（{unit}）", "批次", 90)], period=DECEMBER, office="product_quality")

    [finding] = checks(report)
    assert (finding.code, finding.severity, finding.place.cell) == ("unit-differs", severity, "A2")


@pytest.mark.parametrize(
    ("label", "key", "unit"),
    [
        ("罚没金额（元）", "罚没金额", "元"),
        ("罚没金额（元）①", "罚没金额", "元"),
        ("（元）罚没金额", "罚没金额", "元"),
        ("罚没金额，元", "罚没金额", "元"),
        ("罚没金额（元）（累计）", "罚没金额(累计)", "元"),
        ("罚没金额千元", "罚没金额", "千元"),
        ("楼宇单元", "楼宇单元", ""),
        ("检 查 家 次", "检查家次", ""),
        ("抽检（含流通）", "抽检(含流通)", ""),
    ],
)
def test_the_unit_is_parted_from_the_name(label, key, unit):
    """Only what is a unit, and stands where units stand."""
    assert (label_key(label), label_unit(label)) == (key, unit)


@pytest.mark.parametrize(
    ("label", "unit", "office"),
    [
        ("零售药店家数", "家", "drug"),
        ("零售药店数", "家", "drug"),
        ("ODR企业数", "户", "consumer"),
        ("放心消费承诺单位户数", "户", "consumer"),
        ("预备党员数", "名", "personnel_party"),
        ("入党积极分子数量", "名", "personnel_party"),
        ("检验检测机构数", "家", "certification"),
        ("学校食堂数", "家", "food_production"),
        ("超市家数", "家", "metrology_standards"),
        ("食品经营许可证数", "户", "registration"),
    ],
)
def test_the_number_of_things_is_not_how_many_of_them_were_dealt_with(label, unit, office):
    """How many 零售药店 there are is another figure than how many were inspected: which is meant is asked."""
    report = read([("数据项", "计量单位", "本年累计"), (label, unit, 5)], period=DECEMBER, office=office)

    assert [question.seen for question in report.questions if question.kind is QuestionKind.ROW] == [label]
    assert not [reading for reading in report.readings if reading.raw]


@pytest.mark.parametrize(
    ("label", "unit", "office", "code"),
    [
        ("检查零售药店数", "家", "drug", "retail_pharmacies_inspected"),
        ("零售药店", "家", "drug", "retail_pharmacies_inspected"),
        ("零售药店总数", "家", "drug", "x_retail_pharmacies"),
        ("快检批次数", "批次", "food_coordination", "food_rapid_tests"),
        ("新登记企业户数", "户", "registration", "enterprises_new"),
    ],
)
def test_names_of_the_catalogue_are_still_read(label, unit, office, code):
    """A name that says what was done, or one that the catalogue lists, is no question."""
    report = read([("数据项", "计量单位", "本年累计"), (label, unit, 5)], period=DECEMBER, office=office)

    assert [reading.measure for reading in report.readings if reading.raw] == [code]
