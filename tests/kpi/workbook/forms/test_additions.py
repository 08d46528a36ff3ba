"""What came to a stock in a month is not what there is."""

import pytest

from kpi.catalog import load
from kpi.finding import Severity
from kpi.period import Month
from kpi.workbook.answer_mapping import AnswerMapping
from kpi.workbook.forms.reading import read_reports
from tests.kpi.workbook.layouts.drawing import Spec, cells, workbook
from tests.kpi.workbook.learning import learn

CATALOG = load.load(load.DEFAULT)


def read(parser, text: str, mapping: AnswerMapping | None = None):
    """The report of a drawn table of 登记注册科 for December 2023."""
    spec = Spec("", {"Sheet1": [cells(line) for line in text.strip().splitlines()]})
    [report] = read_reports(parser.parse(workbook(spec), "表.xlsx"), CATALOG, office="registration", period=Month(2023, 12), mapping=mapping or AnswerMapping())
    return report


def values(report) -> dict[tuple[str, str], str]:
    return {(reading.measure, reading.column.value): reading.raw for reading in report.readings if reading.raw}


def found(report) -> list[tuple[Severity, str | None]]:
    return [(one.severity, one.place.cell) for one in report.findings if one.code == "addition-of-stock"]


@pytest.mark.parametrize("heading", ["本月新增", "本月发生", "本月新增数", "累计新增", "本月新增（户）"])
def test_what_was_added_is_a_figure_of_a_flow_and_none_of_a_stock(parser, heading):
    """7 new ones do not make a stock of 7."""
    report = read(parser, f"数据项|{heading}\n市场主体总量|7\n新登记市场主体|5")

    assert values(report) == {("market_entities_new", "ytd" if "累计" in heading else "month"): "5"}
    assert found(report) == [(Severity.CHECK, "B2")]


@pytest.mark.parametrize("heading", ["新增", "新增数", "本年新增", "增加数", "净增", "本月减少", "本月注销", "本月增加", "增量"])
@pytest.mark.parametrize("answer", ["month", "ytd"])
def test_an_answer_that_a_column_is_the_month_or_the_year_makes_no_stock_of_it(parser, heading, answer):
    """The question is about the time; that the words speak of an addition stays true."""
    text = f"数据项|{heading}\n市场主体总量|7\n新登记市场主体|5"
    [question] = read(parser, text).questions
    report = read(parser, text, learn(AnswerMapping(), question, answer))

    assert values(report) == {("market_entities_new", answer): "5"}
    assert found(report) == [(Severity.CHECK, "B2")]


@pytest.mark.parametrize("heading", ["本年累计", "期末数"])
def test_beside_the_level_it_is_a_hint(parser, heading):
    """The level is read from its own column."""
    report = read(parser, f"数据项|本月新增|{heading}\n市场主体总量|7|9000\n新登记市场主体|5|60")

    assert values(report)["x_market_entities_stock", "ytd"] == "9000"
    assert found(report) == [(Severity.HINT, "B2")]


def test_measures_over_the_columns(parser):
    """Under 市场主体总量 stands 本月新增; and a row of that name."""
    under = read(parser, "市场主体总量|新登记市场主体|<\n本月新增|本月|累计\n7|5|60")
    before = read(parser, "项目|市场主体总量|新登记市场主体\n本月新增|7|5\n本年累计|9000|60")

    assert ("x_market_entities_stock", "ytd") not in values(under)
    assert values(before)["x_market_entities_stock", "ytd"] == "9000"
    assert (found(under), found(before)) == ([(Severity.CHECK, "A3")], [(Severity.CHECK, "B2")])


def test_a_stock_in_a_group_of_additions_is_asked_about(parser):
    """总量 under 本月新增 may be how many were added in all."""
    report = read(parser, "数据项|本年累计\n本月新增|\n市场主体总量|7\n新登记市场主体|5")

    assert values(report) == {("market_entities_new", "ytd"): "5"}
    [unknown] = [one for one in report.findings if one.code == "unknown-row"]
    assert "「市场主体总量」写在「本月新增」下面" in unknown.seen
