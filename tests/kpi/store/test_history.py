"""The history of an office: what a figure is held against."""

from decimal import Decimal

from kpi.period import Month
from kpi.store.database import Store
from kpi.value import Qualifier, State
from tests.kpi.store.reports import accepted

TESTED, PRODUCERS = "food_sampling_tested", "food_producers"


def test_a_history_holds_the_single_months_of_flows_and_the_levels_of_stocks(store: Store) -> None:
    """Stated, or the difference of two cumulatives; what was only carried on was not reported."""
    store.commit(
        [
            accepted("2023-12", food_sampling_tested="7 90"),
            accepted("2024-01", food_sampling_tested="5", food_producers="– 12"),
            accepted("2024-02", food_sampling_tested="– 约12"),
            accepted("2024-03", food_sampling_tested="– 未公开", food_producers="– 13"),
        ]
    )

    history = store.history(["food"], Month(2024, 1), Month(2024, 3))

    assert {month.month: known.month for month, known in history[TESTED].items()} == {1: 5, 2: 7, 3: None}
    assert [(known.ytd, known.state, known.qualifier) for known in history[TESTED].values()] == [
        (Decimal(5), State.NUMBER, Qualifier.EXACT),
        (Decimal(12), State.NUMBER, Qualifier.ABOUT),
        (None, State.WITHHELD, Qualifier.EXACT),
    ]
    assert {month.month: known.month for month, known in history[PRODUCERS].items()} == {1: 12, 3: 13}


def test_a_history_is_that_of_one_office(store: Store) -> None:
    """Nobody's sheet is held against the past of another's."""
    store.commit([accepted("2024-01", food_sampling_tested="5"), accepted("2024-01", "drug", drug_samples_tested="2")])

    assert set(store.history(["drug"], Month(2024, 1), Month(2024, 1))) == {"drug_samples_tested"}
    assert store.history(["drug"], Month(2024, 2), Month(2024, 5)) == {}


def test_a_background_says_how_exact_its_figures_are(store: Store) -> None:
    """3000余 in the store is 3000余 in a check."""
    store.commit([accepted("2024-03", food_sampling_tested="– ≥3000")])

    assert store.background(Month(2024, 3)).present[TESTED].value.qualifier is Qualifier.AT_LEAST
