"""The derived figures: what every indicator is computed from."""

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kpi.catalog.measure import MeasureKind
from kpi.period import Month
from kpi.store.database import Store
from kpi.store.decision import Act, Decision
from kpi.store.submission import Accepted
from tests.kpi.store.reports import accepted, catalog_of

TESTED = "food_sampling_tested"
NOON = datetime(2025, 2, 5, 12, 0)  # noqa: DTZ001 - the store keeps local time
_SQL = "select {} from figure where measure = $measure order by period"


def column(store: Store, names: str, measure: str = TESTED) -> list[object]:
    """One column of a measure over the months, or tuples of several; whole numbers without their idle zeros."""
    rows = [tuple(f"{v.normalize():f}" if isinstance(v, Decimal) else v for v in row) for row in store.rows(_SQL.format(names), {"measure": measure})]
    return [row[0] if len(row) == 1 else row for row in rows]


def year(measure: str, *months: str, office: str = "food") -> list[Accepted]:
    """One report for each month of 2024 from January; an empty text is a month without a report."""
    return [accepted(f"2024-{i:02}", office, {measure: text}) for i, text in enumerate(months, start=1) if text]


def test_a_missing_month_keeps_the_last_cumulative_and_is_marked(store: Store) -> None:
    """本月 –,1,2,–,3,– gives 累计 –,1,3,3,6,6."""
    store.commit([*year(TESTED, "", "1", "2", "", "3", ""), accepted("2024-06", food_producers="– 9")])

    assert column(store, "ytd") == [None, "1", "3", "3", "6", "6"]
    assert column(store, "carried") == [False, False, False, True, False, True]
    assert column(store, "bit_count(missing_months)") == [1, 1, 1, 2, 2, 3]
    assert column(store, "ytd_state") == ["未报", "数值", "数值", "数值", "数值", "数值"]
    assert column(store, "month") == [None, "1", "2", None, "3", None]


def test_the_year_starts_from_nothing(store: Store) -> None:
    """累计 of January 2025 knows nothing of 2024."""
    store.commit([accepted("2024-12", food_sampling_tested="5 60"), accepted("2025-02", food_sampling_tested="4")])

    assert column(store, "ytd")[11:] == ["60", None, "4"]


def test_a_stated_cumulative_replaces_the_sum_of_the_months(store: Store) -> None:
    """After a stated 累计 of 20 only later months are added."""
    store.commit(year(TESTED, "5", "6", "– 20", "7"))

    assert column(store, "ytd") == ["5", "11", "20", "27"]
    assert column(store, "bit_count(missing_months)") == [0, 0, 0, 0]


def test_a_month_is_the_difference_of_two_cumulatives(store: Store) -> None:
    """累计 10, 25, 25 alone: the months are 10, 15 and a true 0."""
    store.commit(year(TESTED, "– 10", "– 25", "– 25"))

    assert column(store, "month, month_state") == [("10", "数值"), ("15", "数值"), ("0", "零")]


def test_no_month_is_made_across_a_gap(store: Store) -> None:
    """累计 10 in January and 40 in March say nothing of March alone."""
    store.commit(year(TESTED, "– 10", "", "– 40"))

    assert column(store, "month, month_state")[2] == (None, "未报")
    assert column(store, "adjustment")[2] is None


def test_no_month_is_made_when_the_figures_run_to_the_same_day(store: Store) -> None:
    """The December sheet repeats the figures of 23 November: nothing is known of December."""
    day = date(2024, 1, 23)
    store.commit([accepted("2024-01", as_of=day, food_sampling_tested="– 10"), accepted("2024-02", as_of=day, food_sampling_tested="– 10")])

    assert column(store, "month_state") == ["数值", "未报"]


def test_a_disagreement_is_booked_as_an_adjustment(store: Store) -> None:
    """累计 10, then 本月 5 and 累计 18: 3 came from elsewhere, dated and not spread."""
    store.commit(year(TESTED, "10 10", "5 18", "2 20"))

    assert column(store, "adjustment") == ["0", "3", "0"]
    assert column(store, "month") == ["10", "5", "2"]


def test_a_falling_cumulative_is_an_adjustment_and_no_negative_month(store: Store) -> None:
    """累计 10 and then 8: nobody tested −2 batches."""
    store.commit(year(TESTED, "– 10", "– 8"))

    assert column(store, "month, month_state, adjustment, ytd")[1] == (None, "未报", "-2", "8")


@pytest.mark.parametrize("word", ["未公开", "在检/在办"])
def test_a_cumulative_over_a_hidden_month_is_hidden(store: Store, word: str) -> None:
    """A value exists but is not given; no later sum may pass it over as 0, until a cumulative is stated again."""
    store.commit(year(TESTED, "5", word, "3", "", "– 20", "1"))

    assert column(store, "ytd, ytd_state") == [("5", "数值"), (None, word), (None, word), (None, word), ("20", "数值"), ("21", "数值")]
    assert column(store, "month_state")[1] == word
    assert column(store, "carried") == [False, False, False, True, False, False]


def test_a_hidden_cumulative_hides_the_sums_after_it(store: Store) -> None:
    """累计 未公开, then 本月 3: still 未公开."""
    store.commit(year(TESTED, "– 5", "4 未公开", "3"))

    assert column(store, "ytd, ytd_state") == [("5", "数值"), (None, "未公开"), (None, "未公开")]


@pytest.mark.parametrize("word", ["未开展", "不适用"])
def test_a_month_in_which_nothing_was_to_count_leaves_the_cumulative(store: Store, word: str) -> None:
    """5, 未开展, 3: the month keeps its word, the year goes on from 5, is told in that month too, and lacks nothing."""
    store.commit(year(TESTED, "5", word, "3"))

    assert column(store, "month_state") == ["数值", word, "数值"]
    assert column(store, "ytd, carried, bit_count(missing_months)") == [("5", False, 0), ("5", False, 0), ("8", False, 0)]
    assert column(store, "idle_months") == [0, 2, 2]


def test_a_year_of_nothing_but_a_word_keeps_the_word(store: Store) -> None:
    """未开展 in January is the year's state that month, not 0 and not 未报."""
    store.commit(year(TESTED, "未开展 未开展"))

    assert column(store, "ytd, ytd_state, month, month_state") == [(None, "未开展", None, "未开展")]


def test_a_reported_zero_is_zero(store: Store) -> None:
    """零 is a count, and so is the cumulative of zeros."""
    store.commit(year(TESTED, "0", "0"))

    assert column(store, "ytd, ytd_state") == [("0", "零"), ("0", "零")]


def test_a_stock_takes_the_last(store: Store) -> None:
    """16 641 producers stand until somebody says otherwise; they are never added up."""
    store.commit([*year("food_producers", "– 16641", "16650", ""), accepted("2024-03", food_sampling_tested="1")])

    found = column(store, "ytd, month, month_state, carried", "food_producers")
    assert found == [("16641", "16641", "数值", False), ("16650", "16650", "数值", False), ("16650", None, "未报", True)]


@pytest.mark.parametrize("measure", ["license_days", "food_pass_rate", "food_producers"])
def test_what_does_not_add_up_carries_its_word_too(store: Store, measure: str) -> None:
    """A standard or a typed rate that became 不适用 stays so over a gap."""
    store.commit([*year(measure, "– 97.8", "– 不适用"), accepted("2024-03", food_sampling_tested="1")])

    assert column(store, "ytd, ytd_state, carried", measure) == [("97.8", "数值", False), (None, "不适用", False), (None, "不适用", True)]


def test_every_measure_stands_in_every_month(store: Store) -> None:
    """The grid has no holes: a measure or an office that skips a month still has its row, with its cumulative."""
    store.commit([accepted("2024-01", food_sampling_tested="1", food_sampling_passed="1"), accepted("2024-02", food_sampling_tested="1")])
    store.commit([accepted("2024-03", "drug", drug_samples_tested="4")])

    assert column(store, "ytd", "food_sampling_passed") == ["1", "1", "1"]
    assert store.rows("select count(*), count(distinct (measure, period)) from figure") == [(18, 18)]


def test_the_grid_begins_in_january_and_grows_both_ways(store: Store) -> None:
    """A report of the year before opens that year for every office."""
    store.commit([accepted("2024-03", food_sampling_tested="1")])
    store.commit([accepted("2022-11", "drug", drug_samples_tested="4")])

    assert store.months() == (Month(2022, 11), Month(2024, 3))
    assert len(column(store, "period")) == 27
    assert column(store, "period")[0] == date(2022, 1, 1)


def test_the_office_own_base_is_kept_beside(store: Store) -> None:
    """上年同期累计 is this month's statement; it is not carried."""
    store.commit([accepted("2024-01", food_sampling_tested="1 1 未公开"), accepted("2024-02", food_sampling_tested="1 2 7"), accepted("2024-03", "drug")])

    assert column(store, "prior, prior_state") == [(None, "未公开"), ("7", "数值"), (None, "未报")]


def test_a_sum_is_as_precise_as_its_parts(store: Store) -> None:
    """1.25 and at least 3 make at least 4.25; with 约 2 only 约; a stated 累计 starts afresh."""
    store.commit(year(TESTED, "1.25", "≥3", "约2", "– 12"))

    found = column(store, "ytd, decimals, qualifier")
    assert found == [("1.25", 2, "="), ("4.25", 2, "≥"), ("6.25", 2, "≈"), ("12", 0, "=")]


def test_bounds_on_one_side_make_a_bound_and_on_both_an_estimate(store: Store) -> None:
    """At least 3 and at least 4 make at least 7, and 2 more at least 9; at most 1 on top says nothing but about 10."""
    store.commit(year(TESTED, "≥3", "≥4", "2", "≤1"))

    assert column(store, "ytd, qualifier") == [("3", "≥"), ("7", "≥"), ("9", "≥"), ("10", "≈")]


def test_a_carried_figure_says_which_day_and_submission_it_is_of(store: Store) -> None:
    """The February figure of a January sheet still runs to 31 January."""
    store.commit([accepted("2024-01", food_sampling_tested="1"), accepted("2024-02", food_producers="– 1")])

    assert column(store, "as_of, seq") == [(date(2024, 1, 31), 1), (date(2024, 1, 31), 1)]


def uneven(store: Store) -> list[tuple[object, ...]]:
    """What is not of a whole month, or no exact number."""
    return store.rows("select measure, strftime(period, '%Y-%m'), meant, broken, short, until from uneven order by all")


def test_what_is_uneven_follows_its_month_and_the_one_before(store: Store) -> None:
    """
    What stood on 15 December makes January begin within a month, over the turn of the year; a count starts from nothing in January.

    The correction to the whole of December changes a month of the next year that no report came for; its withdrawal changes it back.
    """
    mid = date(2024, 12, 15)
    december = accepted("2024-12", food_producers="– 10", food_sampling_tested="约5", as_of=mid)
    store.commit([december, accepted("2025-01", food_producers="– 11", food_sampling_tested="1")])
    short = [
        ("food_producers", "2024-12", "=", False, True, mid),
        ("food_producers", "2025-01", "=", True, False, None),
        ("food_sampling_tested", "2024-12", "约", False, True, mid),
    ]
    assert uneven(store) == short

    [whole] = store.commit([accepted("2024-12", food_producers="– 12", food_sampling_tested="6")])
    assert uneven(store) == []

    store.decide(Decision(Act.WITHDRAW, Month(2024, 12), "food", whole.seq, "张三", NOON, "报错了"))
    assert uneven(store) == short
    assert store.verify() == []

    store._connection.execute("delete from uneven where broken")
    assert any("汇总表" in fault for fault in store.verify())


def test_a_changed_catalogue_makes_the_figures_anew(store: Store, folder: Path) -> None:
    """A count that turns out to be a stock is no longer added up, without a new report."""
    store.commit(year(TESTED, "5", "6"))
    store.close()
    with Store.open(folder, catalog_of("second", food_sampling_tested=MeasureKind.STOCK, brand_new=MeasureKind.FLOW)) as changed:
        assert column(changed, "ytd") == ["5", "6"]
        assert column(changed, "ytd_state", "brand_new") == ["未报", "未报"]


_CELLS = st.sampled_from(["–", "0", "1", "2.5", "未公开", "未开展"])
_REPORTS = st.dictionaries(
    st.tuples(st.sampled_from(["food", "drug"]), st.sampled_from(["2023-11", "2024-01", "2024-02", "2024-04", "2025-01"])),
    st.tuples(_CELLS, _CELLS),
    min_size=1,
    max_size=5,
)
_FIGURES = "select * exclude (seq) from figure order by measure, period"


def _reports(drawn: dict[tuple[str, str], tuple[str, str]]) -> list[Accepted]:
    measure = {"food": TESTED, "drug": "drug_samples_tested"}
    return [accepted(period, office, {measure[office]: f"{m} {c}"}) for (office, period), (m, c) in drawn.items()]


@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(_REPORTS, st.randoms(use_true_random=False))
def test_the_order_of_different_reports_does_not_matter(
    tmp_path_factory: pytest.TempPathFactory, drawn: dict[tuple[str, str], tuple[str, str]], random: Random
) -> None:
    """One by one in any order gives the figures of all at once."""
    reports = _reports(drawn)
    with Store.open(tmp_path_factory.mktemp("all"), catalog_of()) as store:
        store.commit(reports)
        expected = store.rows(_FIGURES)
    random.shuffle(reports)
    with Store.open(tmp_path_factory.mktemp("single"), catalog_of()) as store:
        for report in reports:
            store.commit([report])
        assert store.rows(_FIGURES) == expected
        assert store.verify() == []


@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.decimals(0, 10**9, places=6), min_size=1, max_size=12))
def test_a_full_year_of_months_adds_up_exactly(tmp_path_factory: pytest.TempPathFactory, numbers: list[Decimal]) -> None:
    """累计 is the sum of the months, to the last digit."""
    with Store.open(tmp_path_factory.mktemp("year"), catalog_of()) as store:
        store.commit(year(TESTED, *map(str, numbers)))
        found = [row[0] for row in store.rows(_SQL.format("ytd"), {"measure": TESTED})]
    assert found == [sum(numbers[: i + 1], Decimal(0)) for i in range(len(numbers))]
