"""Terms that look back, hold several months or multiply, where a number comes out wrong although every cell is right."""

from collections.abc import Iterator
from decimal import Decimal as D
from pathlib import Path

import pytest

from kpi.catalog import load
from kpi.errors import CatalogError
from kpi.meeting.differences import drift
from kpi.meeting.editions import freeze
from kpi.period import CALENDAR_YEAR, Month, Span
from kpi.present import formulas
from kpi.review.source import source
from kpi.value import State
from tests.bureaus import Small, opened, write
from tests.soundness.catalog import QUALITY, files, indicator, measure

MORE = [
    measure("hours", "每户次工时", "小时", "standard", decimals=1),
    indicator("kept", "净增户数", "shops - shops@year_start", unit="户"),
    indicator("growth", "比年初增长", "shops - shops@year_start", "shops@year_start"),
    indicator("month_growth", "比月初增长", "shops - shops@month_start", "shops@month_start"),
    indicator("three_ago", "比三个月前多", "shops - shops@ago_3m", unit="户"),
    indicator("yearly", "近 12 个月检验批次", "tested@last_12m", unit="批次"),
    indicator("quarterly", "近 3 个月检验批次", "tested@last_3m", unit="批次"),
    indicator("recent_rate", "近 3 个月合格率", "passed@last_3m", "tested@last_3m"),
    indicator("recent_growth", "近 3 个月检验增长率", "tested@last_3m - tested@last_3m@ly", "tested@last_3m@ly", target_kind="growth"),
    indicator("worked", "检查工时", "inspected * hours", unit="小时"),
    indicator("worked_rate", "每批次工时", "2 * inspected * hours", "tested", unit="小时/批次", scale=1),
    indicator("capacity", "在册户工时", "shops * hours", unit="小时"),
]


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Small]:
    with opened(tmp_path, files(quality="\n".join([QUALITY, *MORE]))) as bureau:
        yield bureau


def test_what_stood_at_the_start_of_the_year_is_what_stood_at_the_end_of_last_year(small):
    """1,000 in December, 1,030 in March: 30 more, 3 %; a month that says nothing of December leaves nothing to say."""
    small.report("2022-12", shops="– 1000")
    small.months(2023, shops="– 1010 | – 1020 | – 1030")

    assert small.values("kept", "2022-12", "2023-03") == [None, 10, 20, 30]
    assert small.row("growth", "2023-03").figure.value == 3
    assert small.row("month_growth", "2023-03").figure.value == D(1000) / D(1020)
    assert small.row("three_ago", "2023-03").figure.value == 30
    assert small.row("three_ago", "2023-02").figure.state is State.UNREPORTED
    assert small.row("kept", "2023-03").figure.as_of == Month(2023, 3).last_day  # what stood then does not make it an old figure


def test_last_year_has_a_start_of_its_own(small):
    """1,000 → 1,030 this year, 900 → 950 last year: 30 against 50."""
    small.report("2021-12", shops="– 900")
    small.report("2022-03", shops="– 950")
    small.report("2022-12", shops="– 1000")
    small.report("2023-03", shops="– 1030")

    row = small.row("kept", "2023-03")

    assert (row.figure.value, row.last_year.value) == (30, 50)


def test_a_window_goes_over_new_year_and_a_sum_of_the_year_does_not(small):
    """10 each month of 2022, 1, 2, 3 in 2023: three months to February are 10 + 1 + 2, twelve to March 9 × 10 + 6."""
    small.year(2022, tested=["10"] * 12)
    small.months(2023, tested="1|2|3")

    assert small.values("quarterly", "2023-01", "2023-03") == [21, 13, 6]
    assert small.row("yearly", "2023-03").figure.value == 96
    assert small.row("yearly", "2022-11").figure.state is State.UNREPORTED  # December 2021 is not known
    assert small.row("quarterly", "2023-03", Span.MONTH).figure.value == 6  # whatever span is asked about


def test_a_window_that_lacks_a_month_is_no_sum_of_fewer_months(small):
    small.months(2023, tested="1||3|4|5")

    assert small.values("quarterly", "2023-03", "2023-05") == [None, None, 12]


def test_a_window_of_months_that_no_one_tells_is_the_step_between_cumulatives(small):
    """1—2 月 in one figure of 50, then 80 and 95: three months to March are 80; those to April need January's end and are not known."""
    small.months(2023, tested="– – | – 50 | – 80 | – 95")

    assert small.values("quarterly", "2023-03", "2023-04") == [80, None]


def test_a_hidden_month_hides_the_window_it_stands_in(small):
    small.months(2023, tested="1|2|未公开|4|5|6")

    assert [small.row("quarterly", f"2023-0{month}").figure.state for month in (3, 5, 6)] == [State.WITHHELD, State.WITHHELD, State.NUMBER]


def test_a_month_with_nothing_to_count_brings_nothing_to_a_window(small):
    small.months(2023, tested="1|未开展|3")

    assert small.row("quarterly", "2023-03").figure.value == 4


def test_a_rate_of_windows_is_of_the_same_months(small):
    """Passed 9, 9, 9 of 10, 未开展, 10 is no 27 of 20; where both say 未开展 it is 18 of 20."""
    small.months(2023, passed="9|9|9", tested="10|未开展|10")
    assert small.row("recent_rate", "2023-03").figure.value is None
    small.report("2023-02", passed="未开展", tested="未开展")
    assert small.row("recent_rate", "2023-03").figure.value == 90


def test_a_window_grows_against_the_window_of_last_year(small):
    small.year(2022, tested=["10"] * 12)
    small.months(2023, tested="20|10|15")

    assert small.row("recent_growth", "2023-03").figure.value == 50
    assert small.row("quarterly", "2023-03").last_year.value == 30


def test_a_product_with_a_flow_is_the_sum_of_products_not_the_product_of_sums(small):
    """10 × 2.5 + 20 × 3 = 85, never 30 × 3 = 90; over 17 samples, twice, 10 hours each."""
    small.months(2023, inspected="10|20", hours="– 2.5|– 3", tested="10|7")

    row = small.row("worked", "2023-02")

    assert (row.figure.value, small.row("worked", "2023-02", Span.MONTH).figure.value) == (85, 60)
    assert small.row("worked_rate", "2023-02").figure.value == 10


def test_a_product_lacks_the_months_that_any_of_its_measures_lacks(small):
    """February has no standard: 10 × 2.5 + 30 × 3 = 115 without February, over the samples of January and March."""
    small.months(2023, inspected="10|20|30", hours="– 2.5||– 3", tested="10|7|13")

    row = small.row("worked", "2023-03")

    assert (row.figure.value, row.caveats.missing) == (115, (Month(2023, 2),))
    assert (small.row("worked_rate", "2023-03").figure.numerator, small.row("worked_rate", "2023-03").figure.denominator) == (230, 23)


def test_a_product_of_what_stands_is_that_of_the_month(small):
    small.months(2023, shops="– 100|– 110", hours="– 2.5|– 3")

    assert small.values("capacity", "2023-01", "2023-02") == [250, 330]


def test_kept_and_made_anew_are_the_same(small):
    """A correction of December moves the start of the next year, the windows of its spring, and what they are compared with."""
    small.year(2022, tested=["10"] * 12, shops=["– 100"] * 12)
    small.year(2023, tested=["10"] * 12, shops=["– 100"] * 12)
    assert small.row("kept", "2023-05").figure.value == 0
    small.report("2022-12", tested="5", shops="– 90")

    assert (small.row("kept", "2023-05").figure.value, small.row("quarterly", "2023-02").figure.value) == (10, 25)
    assert small.bureau.store.verify() == []


def test_a_figure_leads_to_the_cells_of_every_month_that_went_in(small):
    """Three months to February 2023 are December to February; the start of the year is December's cell; a product has both in every month."""
    small.year(2022, tested=["10"] * 12, shops=["– 1000"] * 12)
    small.months(2023, tested="1|2", shops="– 1010|– 1020", inspected="10|20", hours="– 2.5|– 3")

    def cells(code: str) -> set[tuple[str, str, str]]:
        return {(cell.part, cell.measure, str(cell.period)) for cell in source(small.bureau, code, Month(2023, 2)) if cell.value.number is not None}

    assert cells("quarterly") == {("数据项（近 3 个月）", "tested", month) for month in ("2022-12", "2023-01", "2023-02")}
    assert cells("kept") == {("数据项", "shops", "2023-02"), ("数据项（年初）", "shops", "2022-12")}
    assert cells("worked") == {("数据项", code, month) for code in ("inspected", "hours") for month in ("2023-01", "2023-02")}


def test_a_correction_of_an_earlier_month_is_the_reason_of_a_change(small):
    """The meeting saw 30 more than in December; December was corrected since, and the reason names its cell."""
    small.report("2022-12", shops="– 1000")
    small.report("2023-03", shops="– 1030")
    edition = freeze(small.bureau, Month(2023, 3), "张三").edition
    small.report("2022-12", shops="– 990", note="复核")

    [moved] = [change for change in drift(small.bureau, edition) if change.indicator == "kept"]
    [reason] = moved.reasons

    assert (moved.difference, [(cell.measure, str(cell.period)) for cell in reason.cells]) == (10, [("shops", "2022-12")])


@pytest.mark.parametrize(
    ("numerator", "fault"),
    [
        ("tested * passed", "把时期数「合格批次」、「检验批次」相乘"),
        ("tested@year_start + tested", "是时期数；@year_start 只用于时点数"),
        ("shops@last_3m", "不是时期数；@last_3m 只用于时期数"),
        ("shops@year_start", "numerator 里只有以前的数；至少要有一个本月的数据项"),
        ("shops * hours + shops", "单位不同不能相加"),
        ("nothing@last_3m", "引用的数据项「nothing」不存在"),
    ],
)
def test_a_derivation_that_means_nothing_is_refused_with_its_file_and_entry(tmp_path, numerator, fault):
    with pytest.raises(CatalogError) as caught:
        load.load(write(tmp_path, files(quality="\n".join([QUALITY, MORE[0], indicator("odd", "怪", numerator, unit="批次")]))))

    [line] = [line for line in caught.value.faults if fault in line]
    assert line.startswith("quality.toml 的指标 odd：")


def test_a_formula_is_said_in_the_words_of_the_sheets(small):
    catalog = small.bureau.catalog

    def words(code: str) -> str:
        return formulas.indicator(catalog.indicators[code], catalog.measures)

    assert words("growth") == "（在册户数 - 年初在册户数） ÷ 年初在册户数 × 100%"
    assert words("month_growth") == "（在册户数 - 月初在册户数） ÷ 月初在册户数 × 100%"
    assert words("recent_rate") == "近 3 个月合格批次 ÷ 近 3 个月检验批次 × 100%"
    assert words("worked_rate") == "（2 × 每户次工时 × 检查户数） ÷ 检验批次"
    assert formulas.cautions(catalog.indicators["growth"], catalog.measures, CALENDAR_YEAR) == ["年初的数是上年 12 月末报的数"]


def test_a_window_is_no_figure_of_the_year_so_far(tmp_path):
    """A task of the year has a pace; what was counted over New Year has none."""
    odd = indicator("odd", "怪", "tested@last_12m", unit="批次", target_kind="annual")
    with pytest.raises(CatalogError) as caught:
        load.load(write(tmp_path, files(quality="\n".join([QUALITY, odd]))))

    assert caught.value.faults == ("quality.toml 的指标 odd：近几个月的合计不是本年累计，没有序时进度；target_kind 写 floor、ceiling 或别的。",)
