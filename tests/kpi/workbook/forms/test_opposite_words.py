"""Words that turn the meaning of a name decide before likeness does."""

from dataclasses import replace

import pytest

from kpi.catalog import load
from kpi.finding import Severity
from kpi.workbook.forms.measure_names import Names
from kpi.workbook.forms.opposite_words import contradicts
from kpi.workbook.naming import name_key
from tests.kpi.workbook.one_report import read_report

CATALOG = load.load(load.DEFAULT)
WORDS = ("不合格", "按期", "及时", "同比", "投诉", "举报", "咨询", "受理", "办结")


def turned(word: str, measure, other) -> bool:
    """Whether all names of one measure have a word and no name of the other has it."""
    first, second = ([word in name for name in (one.name, *one.aliases)] for one in (measure, other))
    return (all(first) and not any(second)) or (all(second) and not any(first))


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("食品快检不合格批次", "食品快检合格批次"),
        ("食品快检合格批次", "食品快检不合格批次"),
        ("未按期检验特种设备", "按期检验特种设备"),
        ("逾期检验特种设备", "按期检验特种设备"),
        ("检验特种设备", "按期检验特种设备"),
        ("超期办结投诉", "办结投诉"),
        ("无证餐饮单位", "有证餐饮单位"),
        ("12315平台举报", "12315平台投诉"),
        ("投诉举报办结件数", "投诉举报受理件数"),
        ("投诉办结件数", "投诉举报办结件数"),
        ("市场主体环比增长率", "市场主体同比增长率"),
        ("市场主体净减少", "市场主体净增长"),
        ("注销企业", "新设企业"),
        ("注销企业", "企业"),
        ("企业", "注销企业"),
        ("在册企业", "新登记企业"),
        ("本月新增登记", "累计新增登记"),
        ("应年报企业", "已年报企业"),
        ("线下检查网店", "线上检查网店"),
    ],
)
def test_two_names_that_differ_in_such_a_word_contradict_each_other(label, name):
    assert contradicts(name_key(label), name_key(name))


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("商品煤合格的批次数", "商品煤合格批次"),
        ("新等级企业", "新登记企业"),
        ("登记企业户数", "新登记企业户数"),
        ("药品不良反映报告", "药品不良反应报告"),
        ("检查超市数", "检查超市家数"),
        ("新登记企业累计", "新登记企业"),
        ("食品不合格批数", "食品不合格批次"),
        ("应急处置平台电梯", "已接入应急处置平台电梯"),
    ],
)
def test_a_misspelling_contradicts_nothing(label, name):
    assert not contradicts(name_key(label), name_key(name))


def test_of_two_names_of_the_catalogue_neither_is_taken_or_proposed_for_its_opposite():
    """For every pair that differ in such words, also where the name itself is misspelled or its own measure is not there."""
    pairs = 0
    for office in CATALOG.offices:
        own = [measure for measure in CATALOG.measures.values() if measure.office == office]
        for measure in own:
            without = Names(replace(CATALOG, measures={other.code: other for other in own if other is not measure}))
            for label in (measure.name, measure.name + "的", measure.name.replace("批次", "批数").replace("件", "建")):
                opposite = {other.code for other in own if any(turned(word, measure, other) for word in WORDS)}
                pairs += len(opposite)
                assert not opposite & {other.code for other in without.named(label)}
                assert not opposite & {code for code, _ in without.like([label], office)[:1]}
    assert pairs > 500


def test_a_label_typed_over_with_its_opposite_beside_the_code_is_asked_with_the_reason(draw, catalog):
    """The code says 合格批次, the label 不合格批次: nobody knows whose figure it is."""
    form = """
    填报单位：食品科 | 期间：2023年11月
    数据项 | 本年累计 | 代码
    不合格的批次 | 39 | passed
    """
    report = read_report((draw(form),), catalog)

    [finding] = [finding for finding in report.findings if finding.code == "renamed-row"]
    assert (finding.severity, str(finding.place)) == (Severity.CHECK, "报表!A3")
    assert "不合格的批次" in finding.seen
    assert "合格批次" in finding.remedy


def test_a_row_under_words_that_turn_it_is_asked_about(draw, catalog):
    """合格批次 in the section 二、不合格情况 is no 合格批次."""
    form = """
    填报单位：食品科 | 期间：2023年11月
    数据项 | 本年累计
    二、不合格情况 |
    合格批次 | 39
    """
    report = read_report((draw(form),), catalog)

    assert [reading.raw for reading in report.readings if reading.measure == "passed"] == []
    assert [question.seen for question in report.questions] == ["二、不合格情况/合格批次"]


def test_a_heading_is_not_cut_behind_a_negation():
    """合格批次 under 食品抽检不合格 is not put together to 食品抽检不合格批次."""
    names = Names(CATALOG)
    assert names.under("食品抽检不合格", "合格批次") == []
    assert [measure.code for measure in names.under("食品抽检", "抽检不合格批次")] == ["food_samples_failed"]


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("商品煤合格的批次数", "coal_samples_passed"),
        ("新登记市场主体总计划", "market_entities_new"),
        ("新登记企业户数合计数", "enterprises_new"),
        ("食品抽检不合格批数", "food_samples_failed"),
        ("按期检测特种设备", "x_special_equipment_inspected_in_time"),
        ("特种设备举报投诉受理件书", "special_equipment_complaints_received"),
        ("12315平台投述", "complaints_12315"),
    ],
)
def test_a_misspelled_name_is_still_proposed_first(typed, code):
    assert Names(CATALOG).like([typed], None)[0][0] == code
