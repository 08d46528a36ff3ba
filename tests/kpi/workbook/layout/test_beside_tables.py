"""Words right of a table, beyond its last column: over nothing, and behind the figures of a row."""

import pytest

from kpi.finding import Severity
from kpi.period import Month
from tests.kpi.workbook.typed import read

DECEMBER = Month(2023, 12)
FIGURE = ("食品快检批次", 300)


def codes(report):
    return [(finding.code, finding.place.cell) for finding in report.findings if finding.code in ("period-mismatch", "other-subject")]


@pytest.mark.parametrize("words", ["以下为2022年数据", "2022年12月数据", "上年数据", "左表为上年数据", "截至11月30日", "作废", "全市数据"])
@pytest.mark.parametrize("gap", [(), (None,), (None, None, None)])
def test_words_behind_a_row_are_read_however_far_they_stand(words, gap):
    """What stands in column E is said of the figures as well as what stands in column C."""
    report = read([("数据项", "本年累计"), (*FIGURE, *gap, words)], period=DECEMBER)

    assert [code for code, _ in codes(report)] in (["period-mismatch"], ["other-subject"])


@pytest.mark.parametrize("words", ["以下为2022年数据", "2022年12月数据", "上年数据", "左表为上年数据", "截至11月30日", "作废", "全市数据"])
def test_words_beside_the_headings_are_a_note_to_the_table(words):
    """They stand over no figures, and a blank column parts them from the headings."""
    report = read([("数据项", "本年累计", None, None, words), FIGURE], period=DECEMBER)

    assert {cell for _, cell in codes(report)} == {"E1"}


@pytest.mark.parametrize("words", ["上年同期", "2022年12月", "备注", "目标", "同比", "联系人：张三", "较2022年增长10%", "本区数据"])
def test_a_heading_over_nothing_is_no_note(words):
    """A column that was left empty says nothing of the others."""
    report = read([("数据项", "本年累计", words), FIGURE], period=DECEMBER)

    assert not codes(report)
    assert [str(reading.value.number) for reading in report.readings if reading.raw] == ["300"]


@pytest.mark.parametrize("unit", ["单位：元", "（元）"])
@pytest.mark.parametrize("gap", [(), (None, None)])
def test_a_unit_beside_the_headings_is_that_of_the_table(unit, gap):
    """50000 元 are 5 万元."""
    report = read([("数据项", "本年累计", *gap, unit), ("创卫筹措资金", 50000)], period=DECEMBER, office="general_office")

    [reading] = [reading for reading in report.readings if reading.raw]
    assert reading.value.number == 5


@pytest.mark.parametrize(("figures", "remark"), [((1, "234.50"), "234.50"), ((12, 345), "345"), (("1", "234", "567"), "234")])
def test_a_number_that_was_cut_at_its_comma_is_asked_about(figures, remark):
    """1,234.50 without quotation marks is two fields of a CSV file, and 1 would be stored."""
    report = read([("数据项", "计量单位", "本年累计", "备注"), ("食品快检批次", "批次", *figures, None)], period=DECEMBER)

    [finding] = [finding for finding in report.findings if finding.code == "split-number"]
    assert (finding.severity, finding.place.cell) == (Severity.CHECK, "C2")
    assert remark in finding.seen


@pytest.mark.parametrize("remark", ["1234", "12", "2022", "第345号", None])
def test_a_remark_that_could_not_be_the_rest_of_a_number_is_none(remark):
    """Only three digits can follow a comma."""
    report = read([("数据项", "计量单位", "本年累计", "备注"), ("食品快检批次", "批次", 1, remark)], period=DECEMBER)

    assert not [finding for finding in report.findings if finding.code == "split-number"]


def test_a_rate_over_counts_is_asked_about():
    """本年累计率 is no heading of lots."""
    report = read([("数据项", "本年累计率"), FIGURE], period=DECEMBER)

    [finding] = [finding for finding in report.findings if finding.code == "other-subject"]
    assert (finding.severity, finding.place.cell) == (Severity.CHECK, "B1")


def test_a_column_of_stations_may_be_called_units():
    """单位 over 东湖所 is who reports, and 合计 the office's own row: 60 + 40 = 100."""
    report = read([("单位", "食品快检批次"), ("合计", 100), ("东湖所", 60), ("西湖所", 40), ("食品科2023年1—12月",)], period=DECEMBER, hints=("1-12月.xlsx",))

    assert not [question for question in report.questions if "无名称" in question.seen]
    assert [finding.place.cell for finding in report.findings if finding.code == "total-row"] == ["A3", "A4"]
