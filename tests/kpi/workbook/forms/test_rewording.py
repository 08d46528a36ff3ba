"""A name typed over beside its hidden code: a way of writing is a hint, another meaning is asked about."""

import pytest

from kpi.catalog import load
from kpi.finding import Severity
from tests.kpi.workbook.one_report import read_report

CATALOG = load.load(load.DEFAULT)

ANOTHER = [
    ("rural_dual_coordinators_appointed", "解聘农村双协管理员", "「选」成了「解」"),
    ("rural_dual_coordinators_appointed", "辞退农村双协管理员", "「选聘」成了「辞退」"),
    ("rural_dual_coordinators_appointed", "选聘农村双协管理员（拟）", "多了「拟」"),
    ("daily_control_enterprises", "已取消日管控企业", "「实施」成了「取消」"),
    ("daily_control_enterprises", "停止日管控企业", "「实施」成了「停止」"),
    ("daily_control_enterprises", "已实施周排查企业", "「日管控」成了「周排查」"),
    ("daily_control_enterprises", "已实施日管控企业户数", "多了「户」"),
    ("x_food_rapid_tests_passed", "食品快检合格批次（上年）", "多了「上年」"),
    ("x_food_rapid_tests_passed", "食品快检合格批次（目标）", "多了「目标」"),
    ("x_food_rapid_tests_passed", "食品快检合格批次(11月)", "多了「11月」"),
    ("x_food_rapid_tests_passed", "2022年食品快检合格批次", "多了「2022年」"),
    ("x_food_rapid_tests_passed", "食品快检合格批次占比", "多了「占比」"),
    ("x_food_rapid_tests_passed", "食品快检合格批次减少", "多了「减少」"),
    ("x_food_rapid_tests_passed", "药品快检合格批次", "「食」成了「药」"),
    ("x_food_rapid_tests_passed", "食品快检复检批次", "「合格」成了「复检」"),
    ("x_food_rapid_tests_passed", "新叫法", "成了「新叫法」"),
]
SAME = [
    ("rural_dual_coordinators_appointed", "选聘农村协双管理员"),
    ("rural_dual_coordinators_appointed", "选聘的农村双协管理员"),
    ("daily_control_enterprises", "已实施日管控的企业数"),
    ("x_food_rapid_tests_passed", "食品快检合恪批次"),
    ("x_food_rapid_tests_passed", "食品快检合格的批次数"),
    ("x_food_rapid_tests_passed", "食品快检合格批数"),
    ("x_food_rapid_tests_passed", "食品快检合格格批次"),
    ("x_food_rapid_tests_passed", "食品快检合格批次①"),
]
HARMLESS = [
    ("x_food_rapid_tests_passed", " 食品快检 合格批次 "),
    ("x_food_rapid_tests_passed", "其中：食品快检合格批次（批次）"),
    ("x_food_rapid_tests_passed", "３．食品快检合格批次数"),
]


def renamed(draw, code: str, label: str):
    """What is found of a row of the template whose label was typed over."""
    form = f"""
    填报单位：食品安全协调科 | 期间：2023年12月
    数据项 | 本年累计 | 代码
    {label} | 3 | {code}
    """
    report = read_report((draw(form),), CATALOG)
    assert [reading.raw for reading in report.readings] == ["3"]
    return [finding for finding in report.findings if finding.code == "renamed-row"]


@pytest.mark.parametrize(("code", "label", "reason"), ANOTHER)
def test_a_label_that_says_another_thing_than_its_code_needs_a_reason(draw, code, label, reason):
    """Nobody knows whether the figure is that of the label or that of the hidden code."""
    [finding] = renamed(draw, code, label)

    assert (finding.severity, str(finding.place)) == (Severity.CHECK, "报表!A3")
    assert any(words in finding.seen for words in (reason, "更像"))


@pytest.mark.parametrize("label", ["造成消费者经济损失", "消费者经济损失", "为消费者挽回经济损失（预计）", "为消费者挽回精神损失"])
def test_a_label_that_lacks_a_word_of_the_name_needs_a_reason(draw, label):
    """消费者经济损失 is what was lost, 为消费者挽回经济损失 what was brought back."""
    form = f"""
    填报单位：消费者权益保护科 | 期间：2023年12月
    数据项 | 本年累计 | 代码
    {label} | 3 | consumer_losses_recovered
    """
    report = read_report((draw(form),), CATALOG, office="consumer")

    assert [finding.severity for finding in report.findings if finding.code == "renamed-row"] == [Severity.CHECK]


@pytest.mark.parametrize(("code", "label"), SAME)
def test_another_way_of_writing_the_same_name_is_a_hint(draw, code, label):
    """的, 数, two signs that changed places, a sign typed twice, a known misspelling: the name is still the same."""
    assert [finding.severity for finding in renamed(draw, code, label)] == [Severity.HINT]


@pytest.mark.parametrize(("code", "label"), HARMLESS)
def test_blanks_numbers_and_the_unit_of_the_row_are_no_other_name(draw, code, label):
    """They are not worth a word."""
    assert renamed(draw, code, label) == []
