"""The store as it was known: what came later does not exist, and all that came by then does."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kpi.store.database import Store
from kpi.store.decision import Act, Decision
from kpi.store.past import Past, Pasts
from kpi.store.reader import StoreReader
from tests.kpi.store.reports import accepted, catalog_of

TESTED = "food_sampling_tested"
FIRST = date(2024, 4, 8)


def noon(day: int) -> datetime:
    """Noon of so many days after the first."""
    return datetime.combine(FIRST + timedelta(day), datetime.min.time()).replace(hour=12)


def report(store: Store, day: int, text: str, period: str = "2024-03", office: str = "food") -> int:
    measure = {"food": TESTED, "drug": "drug_samples_tested"}[office]
    [taken] = store.commit([accepted(period, office, {measure: text})], at=noon(day))
    return taken.seq


def withdraw(store: Store, day: int, seq: int) -> None:
    found = store.submission(seq)
    assert found
    store.decide(Decision(Act.WITHDRAW, found.period, found.office, seq, "李主任", noon(day), "报错了"))


def ytd(store: Store) -> list[tuple[object, ...]]:
    return store.rows("select ytd, ytd_state, seq from figure where measure = $m and period = '2024-03-01'", {"m": TESTED})


def state(store: Store) -> tuple[object, ...]:
    """All that a store can say of its figures and of how they came."""
    figures = store.rows("select * from figure order by measure, period")
    return figures, store.submissions(), store.current_submissions(), store.decisions(), store.months(), store.version


def test_a_correction_that_came_later_does_not_exist(store: Store) -> None:
    """54 on the first day, 51 on the third: until the second 54 was known, from the third on 51."""
    pasts = Pasts()
    for day, text in ((0, "54"), (2, "51")):
        report(store, day, text)

    known = [ytd(pasts.on(store, FIRST + timedelta(day))) for day in range(-1, 4)]

    assert known == [[], [(54, "数值", 1)], [(54, "数值", 1)], [(51, "数值", 2)], [(51, "数值", 2)]]


def test_a_withdrawal_that_came_later_has_not_happened(store: Store) -> None:
    """54 and 51 on the first day, 51 withdrawn on the third."""
    pasts = Pasts()
    for text in ("54", "51"):
        report(store, 0, text)
    withdraw(store, 2, 2)

    before = pasts.on(store, FIRST + timedelta(1))

    assert ytd(before) == [(51, "数值", 2)]
    assert before.decisions() == []
    assert [one.seq for one in before.current_submissions()] == [2]
    assert ytd(store) == [(54, "数值", 1)]


def test_the_end_of_the_day_is_its_last_moment(store: Store) -> None:
    """What came at 23:59:59 came on that day, what came at midnight on the next."""
    pasts = Pasts()
    store.commit([accepted("2024-03", food_sampling_tested="54")], at=datetime(2024, 4, 8, 23, 59, 59, 999999))  # noqa: DTZ001 - local time
    store.commit([accepted("2024-03", food_sampling_tested="51")], at=datetime(2024, 4, 9))  # noqa: DTZ001
    assert ytd(pasts.on(store, date(2024, 4, 8))) == [(54, "数值", 1)]
    assert ytd(pasts.on(store, date(2024, 4, 9))) == [(51, "数值", 2)]


def test_before_the_first_entry_nothing_is_known(store: Store) -> None:
    """An empty store, not a fault."""
    report(store, 0, "54")
    empty = Pasts().on(store, date(1999, 1, 1))
    assert (empty.months(), empty.submissions(), empty.version) == (None, [], 0)


@pytest.mark.parametrize("day", [FIRST, date(2099, 1, 1), date.max])
def test_today_and_the_future_are_the_store_itself(store: Store, day: date) -> None:
    """Nothing is left out, so nothing is copied."""
    report(store, 0, "54")
    assert Pasts().on(store, day) is store


def test_an_entry_stamped_late_in_the_log_counts_on_its_own_day(store: Store) -> None:
    """Entries follow one another by number; which were known on a day is said by their times alone."""
    report(store, 5, "54")
    report(store, 0, "7", office="drug")
    known = Pasts().on(store, FIRST)
    assert [one.office for one in known.submissions()] == ["drug"]


@pytest.mark.parametrize("act", ["commit", "decide", "keep_answers", "freeze", "mend", "drafts", "secret", "verify"])
def test_a_past_takes_nothing_in(store: Store, act: str) -> None:
    """It is a reader, as the living store is one: what writes there is nothing a past has, so no use case that takes something in can be given one."""
    report(store, 0, "54")
    report(store, 2, "51")
    past = Pasts().on(store, FIRST)
    assert isinstance(past, Past)
    assert isinstance(store, StoreReader)
    assert not isinstance(past, Store)
    assert (hasattr(store, act), hasattr(past, act)) == (True, False)
    assert past.original(store.submissions()[0].sha256) == store.original(store.submissions()[0].sha256)
    assert (store.version, past.version) == (2, 1)


def test_a_past_has_a_past_of_its_own(store: Store) -> None:
    """Of 54, 51 and 50 on three days, who looks at the second day can look at the first from there."""
    for day, text in enumerate(("54", "51", "50")):
        report(store, day, text)
    pasts = Pasts()

    second = pasts.on(store, FIRST + timedelta(1))

    assert ytd(second) == [(51, "数值", 2)]
    assert ytd(pasts.on(second, FIRST)) == [(54, "数值", 1)]


def test_a_past_is_made_once_and_only_the_last_few_are_kept(store: Store) -> None:
    """Days between two entries share one past, whoever asks and however many at once; the one asked for longest ago goes first."""
    for day in range(10):
        report(store, day, str(day + 1), office="drug")
    pasts = Pasts()

    with ThreadPoolExecutor(4) as pool:
        found = set(pool.map(lambda _: pasts.on(store, FIRST), range(8)))
    assert len(found) == 1
    [first] = found
    assert isinstance(first, Past)
    assert pasts.until(store, 1) is first

    for day in range(1, 6):
        pasts.on(store, FIRST + timedelta(day))
    assert pasts.on(store, FIRST) is first
    for day in range(1, 7):
        pasts.on(store, FIRST + timedelta(day))
    assert pasts.on(store, FIRST) is not first
    assert ytd(first) == ytd(pasts.on(store, FIRST))


def test_a_past_stays_what_it_was_while_the_log_goes_on(store: Store) -> None:
    """And the day of today becomes a past once something comes later."""
    pasts = Pasts()
    report(store, 0, "54")
    assert pasts.on(store, FIRST) is store
    report(store, 2, "51")
    past = pasts.on(store, FIRST)
    report(store, 4, "50")
    assert ytd(past) == [(54, "数值", 1)]
    assert pasts.on(store, FIRST) is past


_ENTRIES = st.lists(
    st.tuples(st.sampled_from(["food", "drug", "withdraw"]), st.sampled_from(["2023-12", "2024-01", "2024-03"]), st.integers(0, 99), st.integers(0, 2)),
    min_size=1,
    max_size=7,
)


@settings(max_examples=5, deadline=None)
@given(_ENTRIES)
def test_as_known_on_a_day_is_the_store_that_only_got_so_far(entries: list[tuple[str, str, int, int]]) -> None:
    """After each entry the living store is written down; later, each day's past says exactly that, and never less than the day before."""
    with TemporaryDirectory() as folder, Store.open(Path(folder) / "data", catalog_of()) as store:
        day, really = 0, []
        for kind, period, number, wait in entries:
            day += wait
            if kind != "withdraw":
                report(store, day, f"{number} {number + 40}" if number % 2 else str(number), period, kind)
            elif current := store.current_submissions():
                withdraw(store, day, current[number % len(current)].seq)
            really.append((day, state(store)))
        pasts, counts = Pasts(), []
        for asked in range(day + 2):
            known = [said for day, said in really if day <= asked]
            past = pasts.on(store, FIRST + timedelta(asked))
            if known:
                assert state(past) == known[-1]
            counts.append(len(past.submissions()))
        assert counts == sorted(counts)
        assert state(pasts.on(store, FIRST + timedelta(day))) == state(store)
        pasts.close()
