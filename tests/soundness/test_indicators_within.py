"""An indicator within the formula of another, and the sheets that came in: what they come to in the store."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from kpi.catalog import load
from kpi.catalog.folder_writing import file_texts
from kpi.catalog.plain_tables import documents_of
from kpi.errors import CatalogError
from kpi.period import Month, Span
from kpi.present import formulas
from kpi.review.source import source
from kpi.store.decision import Act, Decision
from kpi.value import State
from tests.bureaus import Small, opened, write
from tests.soundness.catalog import QUALITY, files, indicator, measure

MORE = [
    measure("hours", "每户次工时", "小时", "standard", decimals=1),
    indicator("not_passed", "不合格率（由合格率）", "100 - pass_rate"),
    indicator("recent_rate", "近 3 个月合格率", "plain_rate@last_3m"),
    indicator("rate_of_last_year", "上年同期合格率", "plain_rate@ly"),
    indicator("work", "工作量", "tested + 2 * inspected - 2 * inspected", unit="批次"),
    indicator("twice", "两倍工作量", "2 * work", unit="批次"),
    indicator("share_of_work", "合格占工作量", "passed", "work"),
    indicator("passed_to_failed", "合格与不合格之比", "plain_rate", "complaint_rate", unit="倍", scale=1),
    indicator("reporting", "质量科报齐率", "quality@received", "quality@due", decimals=1),
    indicator("reporting_all", "报齐率", "bureau@received", "bureau@due", decimals=1),
    indicator("per_sheet", "每份报表检验批次", "tested", "quality@received", unit="批次", scale=1),
]


_MOMENT = datetime(2023, 2, 6, 9)  # noqa: DTZ001  # local time, as the store keeps it


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Small]:
    with opened(tmp_path, files(quality="\n".join([QUALITY, *MORE]))) as bureau:
        yield bureau


def test_a_rate_of_a_year_within_another_is_that_of_its_batches(small):
    """96 of 100 and 45 of 50: 141 of 150, so 9 of 150 did not pass, 6 %; never 100 minus the mean of 96 % and 90 %, 7 %."""
    small.months(2023, tested="100|50", passed="96|45")

    row = small.row("not_passed", "2023-02")

    assert (row.figure.numerator, row.figure.denominator, row.figure.value) == (9, 150, 6)
    assert small.row("not_passed", "2023-02", Span.MONTH).figure.value == 10


def test_a_rate_within_another_lacks_the_months_that_its_parts_lack(small):
    """96 of 100, 97 of nobody knows what, 96 of 100: 8 of 200 without February."""
    small.months(2023, tested="100||100", passed="96|97|96")

    row = small.row("not_passed", "2023-03")

    assert (row.figure.value, row.caveats.missing) == (4, (Month(2023, 2),))


def test_an_indicator_is_asked_about_other_months_as_its_measures_are(small):
    """9 of 10, 8 of 10, 10 of 20, 18 of 20: over three months to April 36 of 50; last year's to February 5 of 10."""
    small.months(2022, tested="4|6", passed="2|3")
    small.months(2023, tested="10|10|20|20", passed="9|8|10|18")

    assert small.row("recent_rate", "2023-04").figure.value == 72
    assert small.row("rate_of_last_year", "2023-02").figure.value == 50


def test_what_is_taken_off_again_is_no_part_of_it(small):
    """Nobody says how many were inspected, and nobody has to."""
    small.months(2023, tested="100|50", passed="96|45")

    assert (small.row("twice", "2023-02").figure.value, small.row("share_of_work", "2023-02").figure.value) == (300, 94)


def test_a_rate_over_a_rate_of_the_same_whole_is_one_part_over_the_other(small):
    """96 % over 4 % is 24 times, of 96 and 4."""
    small.months(2023, tested="100", passed="96", failed="4")

    assert small.row("passed_to_failed", "2023-01").figure.value == 24


def test_the_sheets_that_came_over_those_that_are_owed(small):
    """January and March of quality, January of food: 2 of 3, and with food 3 of 6; in February none of 1 and none of 2."""
    small.months(2023, tested="10||30")
    small.report("2023-01", office="food", food_tested="5")

    assert small.row("reporting", "2023-03").figure.numerator == 2
    assert small.row("reporting", "2023-03").figure.denominator == 3
    assert small.row("reporting_all", "2023-03").figure.value == 50
    assert small.row("reporting", "2023-02", Span.MONTH).figure.state is State.ZERO
    assert small.row("reporting_all", "2023-03", Span.QUARTER).figure.numerator == 3
    assert small.row("reporting_all", "2023-01").figure.value == 100


def test_a_sheet_that_is_taken_back_did_not_come(small):
    """Sent, corrected: one sheet. Both taken back: none; the store made anew says the same."""
    first = small.filed("2023-01", tested="10")
    second = small.filed("2023-01", tested="11")
    assert small.row("reporting", "2023-01").figure.value == 100
    for number, submission in enumerate((second, first)):
        small.bureau.store.decide(Decision(Act.WITHDRAW, Month(2023, 1), "quality", submission.seq, "李四", _MOMENT, f"错报{number}"))
    assert small.row("reporting", "2023-01").figure.value == 0
    assert small.bureau.store.verify() == []


def test_a_month_begins_for_all_offices_with_the_first_sheet_of_any(small):
    """Food's sheet of February makes quality's of February owed."""
    small.report("2023-01", tested="10")
    assert small.row("reporting", "2023-01").figure.value == 100
    small.report("2023-02", office="food", food_tested="5")

    assert small.row("reporting", "2023-02").figure.value == 50


def test_sheets_are_a_denominator_as_well(small):
    """10 and 30 batches on 2 sheets; February has none, and nothing of it in either part."""
    small.months(2023, tested="10||30")

    row = small.row("per_sheet", "2023-03")

    assert (row.figure.value, row.caveats.missing) == (20, (Month(2023, 2),))


def test_the_first_cell_of_each_sheet_that_came_stands_behind_the_count(small):
    small.months(2023, taken="1||3")

    cells = [(cell.part, cell.measure, str(cell.period)) for cell in source(small.bureau, "reporting", Month(2023, 3)) if cell.value.number is not None]

    assert cells == [("分子（质量科已报报表）", "taken", "2023-03"), ("分子（质量科已报报表）", "taken", "2023-01")]


def test_nothing_is_owed_before_the_figures_of_the_bureau_begin(tmp_path):
    written = files(quality="\n".join([QUALITY, *MORE]))
    with opened(tmp_path, written | {"bureau.toml": written["bureau.toml"] + 'first_month = "2023-03"\n'}) as small:
        small.months(2023, tested="||10")

        assert [small.row("reporting", f"2023-0{month}").figure.denominator for month in (2, 3)] == [None, 1]


def test_formulas_are_said_in_full(small):
    catalog = small.bureau.catalog

    def words(code: str) -> str:
        return formulas.indicator(catalog.indicators[code], catalog.measures)

    assert words("not_passed") == "（检验批次 - 合格批次） ÷ 检验批次 × 100%"
    assert words("reporting_all") == "各科室已报报表 ÷ 各科室应报报表 × 100%"
    assert formulas.facts(catalog.indicators["reporting"], catalog.measures)["数据项"] == "质量科已报报表（份，时期数）、质量科应报报表（份，时期数）"


def test_what_is_written_is_written_again(small, tmp_path):
    """The file has the numerator alone; what it takes from the rate within is no field of it."""
    catalog = small.bureau.catalog
    again = tmp_path / "again"
    write(again, file_texts(catalog))

    [table] = [table for table in documents_of(catalog)["quality.toml"]["indicator"] if table["code"] == "not_passed"]
    assert (table["numerator"], "denominator" in table, "scale" in table) == ("100 - pass_rate", False, False)
    assert load.load(again).indicators == catalog.indicators


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        (indicator("odd", "怪", "quality@received + tested", unit="批次"), "把「份」、「批次」放在一起加减，单位不同不能相加"),
        (indicator("odd", "怪", "odd + tested", unit="批次"), "numerator 的公式绕成了圈：odd → odd"),
        (indicator("odd", "怪", "quality@owed", unit="批次"), "科室代码后面写 received 或 due"),
        (indicator("odd", "怪", "tested", "quality@due", failed="failed", total="quality@due"), "failed 和 total 里不能用乘积和 @"),
    ],
)
def test_what_means_nothing_is_refused_with_its_file_and_entry(tmp_path, entry, fault):
    with pytest.raises(CatalogError) as caught:
        load.load(write(tmp_path, files(quality="\n".join([QUALITY, entry]))))

    [line] = [line for line in caught.value.faults if fault in line]
    assert line.startswith("quality.toml 的指标 odd：")
