"""合计 beside months or quarters is what was done until the last of them, and the sum of them."""

import pytest

from kpi.catalog import load
from kpi.errors import WorkbookError
from kpi.finding import Severity
from kpi.period import Month
from kpi.workbook.answer_mapping import SKIP, AnswerMapping
from kpi.workbook.forms.reading import read_reports
from kpi.workbook.report import Column, QuestionKind
from tests.kpi.workbook.layouts.drawing import Spec, cells, workbook
from tests.kpi.workbook.learning import learn

CATALOG = load.load(load.DEFAULT)
NOTHING = AnswerMapping()


def read(parser, text: str, month: int, mapping: AnswerMapping = NOTHING):
    """The reports of a drawn table of the consumer office for a month of 2023."""
    spec = Spec("", {"Sheet1": [cells(line) for line in text.strip().splitlines()]})
    return read_reports(parser.parse(workbook(spec), "表.xlsx"), CATALOG, office="consumer", period=Month(2023, month), mapping=mapping)


def figures(report) -> dict[Column, int]:
    return {one.column: int(one.value.number) for one in report.readings if one.value.number is not None and one.measure == "complaints_12315"}


def beside(columns: int, filled: int, total: str, word: str = "合计") -> str:
    """Months over the columns, ten in each that is filled."""
    heads = "|".join(f"{month}月" for month in range(1, columns + 1))
    values = "|".join("10" if month <= filled else "" for month in range(1, columns + 1))
    return f"数据项|{heads}|{word}\n12315平台投诉|{values}|{total}"


def below(rows: int, total: str, word: str = "累计") -> str:
    """Months down the rows."""
    months = "\n".join(f"{month}月|10|9" for month in range(1, rows + 1))
    return f"月份|12315平台投诉|12345平台投诉\n{months}\n{word}|{total}|{9 * rows}"


QUARTERS = "数据项|一季度|二季度|三季度|累计\n12315平台投诉|20|20|20|60"
QUARTERS_BELOW = "时间|12315平台投诉|12345平台投诉\n一季度|20|1\n二季度|20|1\n三季度|20|1\n累计|60|3"
ELEVEN = [beside(11, 11, "110"), beside(11, 11, "110", "累计"), beside(11, 11, "110", "本年累计"), below(11, "110"), below(11, "110", "合计")]


@pytest.mark.parametrize("text", ELEVEN)
def test_the_sum_of_eleven_months_is_asked_about_in_december(parser, text):
    """It may run to November, as the months do, or to December: nobody but the office knows."""
    [report] = read(parser, text, 12)

    assert (report.period, figures(report)) == (Month(2023, 12), {})
    [finding] = [one for one in report.findings if one.code == "unsure-sum"]
    assert finding.severity is Severity.BLOCK
    assert "旁边只有 1—11 月，没有 12 月，分不清它截至 11 月还是 12 月，没有读取" in finding.seen
    assert "截至 11 月的，请改选 2023 年 11 月" in finding.remedy
    assert len(report.questions) == 1
    assert not [one for one in report.findings if one.code == "missing-row"]  # what was asked about is there


@pytest.mark.parametrize("text", [*ELEVEN, QUARTERS, QUARTERS_BELOW])
def test_what_was_answered_about_such_a_sum_is_remembered(parser, text):
    """本年累计, or the figures of the office: then it is that of December; in November it needs no answer."""
    [asking] = read(parser, text, 12)
    [question] = asking.questions
    mapping = learn(AnswerMapping(), question, "total" if question.kind is QuestionKind.LINE else "ytd")

    [report] = read(parser, text, 12, mapping)
    assert (figures(report), report.questions) == ({Column.YTD: 60 if "季" in text else 110}, ())
    assert not [one for one in report.findings if one.code in ("unsure-sum", "sum-differs")]
    last = 9 if "季" in text else 11
    assert figures(read(parser, text, last)[0]) == figures(read(parser, text, last, mapping)[0])


@pytest.mark.parametrize("text", ELEVEN)
def test_a_sum_that_is_said_to_be_none_of_ours_is_not_read(parser, text):
    """Then the file has nothing of December."""
    [question] = read(parser, text, 12)[0].questions

    with pytest.raises(WorkbookError, match="没有 2023 年 12 月的数据"):
        read(parser, text, 12, learn(AnswerMapping(), question, SKIP))


@pytest.mark.parametrize("text", [*ELEVEN[:4], beside(12, 11, "110")])
def test_the_sum_of_eleven_months_is_that_of_november(parser, text):
    """Ten in November and 110 so far, also in a form whose December is still blank."""
    [report] = read(parser, text, 11)

    assert figures(report)[Column.MONTH] == 10
    assert figures(report)[Column.YTD] == 110


def test_a_form_of_the_year_with_december_blank_has_nothing_of_december(parser):
    """Its column is there to be filled."""
    with pytest.raises(WorkbookError, match="没有 2023 年 12 月的数据"):
        read(parser, beside(12, 11, "110"), 12)


def test_the_sum_of_twelve_months_is_not_that_of_november(parser):
    """A sheet of the whole year sent for November: ten of November, and no cumulative."""
    [report] = read(parser, beside(12, 12, "120"), 11)

    assert figures(report) == {Column.MONTH: 10}


@pytest.mark.parametrize("month", [10, 12])
def test_the_sum_of_three_quarters_is_asked_about_in_a_later_month(parser, month):
    """60 until September, and nothing is asked about the quarters themselves."""
    [report] = read(parser, QUARTERS, month)

    assert figures(report) == {}
    assert [(one.code, one.place.cell) for one in report.findings if one.severity is Severity.BLOCK] == [("unsure-sum", "E1")]
    assert [question.place.cell for question in report.questions] == ["E1"]


@pytest.mark.parametrize("month", [7, 8, 9])
def test_within_the_last_quarter_it_is_the_cumulative(parser, month):
    """The third quarter so far."""
    [report] = read(parser, QUARTERS, month)

    assert figures(report) == {Column.YTD: 60}


def test_the_last_two_months_are_no_parts_of_the_cumulative(parser):
    """10月 and 11月 beside 累计 are for comparison."""
    [report] = read(parser, "数据项|10月|11月|累计\n12315平台投诉|1|2|30", 11)

    assert figures(report) == {Column.MONTH: 2, Column.YTD: 30}
    assert not [one for one in report.findings if one.code == "sum-differs"]


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        (beside(12, 12, "999"), "N2"),
        (below(12, "999"), "B14"),
        (below(12, "999", "合计"), "B14"),
        ("数据项|一季度|二季度|三季度|四季度|累计\n12315平台投诉|20|20|20|20|999", "F2"),
    ],
)
def test_a_sum_that_is_none_is_asked_about(parser, text, cell):
    """Twelve times ten, or four times twenty, are not 999."""
    [report] = read(parser, text, 12)

    assert [(one.severity, one.place.cell) for one in report.findings if one.code == "sum-differs"] == [(Severity.CHECK, cell)]


@pytest.mark.parametrize(
    "text", [beside(12, 12, "120"), below(12, "120"), below(12, "120", "合计"), beside(12, 12, "120").replace("10|10|120", "未开展|20|120")]
)
def test_one_that_is_the_sum_is_not(parser, text):
    """120; a month in which nothing was done adds nothing."""
    [report] = read(parser, text, 12)

    assert not [one for one in report.findings if one.code == "sum-differs"]
