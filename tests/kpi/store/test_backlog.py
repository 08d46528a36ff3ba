"""Who sends a report is answered when files and log have it; whoever asks afterwards finds it in the tables."""

import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event, Thread
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kpi.errors import OutdatedError, RequestError, StoreError
from kpi.period import Month
from kpi.store import replay
from kpi.store.database import Store, rebuild
from kpi.store.decision import Act, Decision
from tests.kpi.store.reports import accepted, catalog_of
from tests.kpi.store.seven import everything

AT = datetime.fromisoformat("2024-04-08T12:00")
TESTED = "food_sampling_tested"
DERIVED = [f"select * from {table} order by all" for table in ("calendar", "figure", "remarkable", "uneven", "fact", "log")]


@pytest.fixture
def pause(monkeypatch: pytest.MonkeyPatch) -> Iterator[Event]:
    """The tables are not written before it is set."""
    going_on, enter = Event(), replay.enter

    def wait(*arguments: Any) -> None:
        going_on.wait()
        enter(*arguments)

    monkeypatch.setattr(replay, "enter", wait)
    yield going_on
    going_on.set()


def ytd(store: Store) -> object:
    """The cumulative of March."""
    [(amount,)] = store.rows("select ytd from figure where measure = $measure and period = '2024-03-01'", {"measure": TESTED})
    return amount


def test_a_sender_does_not_wait_for_the_figures(store: Store, folder: Path, pause: Event) -> None:
    """Original, batch and log entry are on disk when the answer comes; a question that comes then is answered with them."""
    assert [s.seq for s in store.commit([accepted("2024-03", food_sampling_tested="5")])] == [1]
    assert [len(list((folder / "log").iterdir())), len(list(folder.glob("batches/**/*.parquet"))), len(list((folder / "uploads").iterdir()))] == [1, 1, 1]
    with ThreadPoolExecutor(1) as pool:
        asked = pool.submit(ytd, store)
        assert not asked.done()
        pause.set()
        assert asked.result() == 5
    assert store.verify() == []


def test_what_waits_is_what_the_next_report_is_set_beside(store: Store, pause: Event) -> None:
    """The same sheet again is nothing new, another one takes its place, and what was compared with less is refused."""
    first = accepted("2024-03", food_sampling_tested="5")
    store.commit([first])
    [again] = store.commit([first])
    assert (again.seq, again.unchanged) == (1, True)
    with pytest.raises(OutdatedError, match="又有新的报送"):
        store.commit([_beside(frozenset())])
    assert [s.seq for s in store.commit([_beside(frozenset({1}))])] == [2]
    with pytest.raises(OutdatedError, match="又有新的报送"):
        store.commit([_beside(frozenset({1}), "7")])
    pause.set()
    assert (ytd(store), [s.seq for s in store.current_submissions()]) == (6, [2])
    assert [s.unchanged for s in store.commit([_beside(frozenset({2}))])] == [True]
    assert store.verify() == []


def _beside(numbers: frozenset[int], amount: str = "6") -> Any:
    """A correction that was compared with some submissions."""
    item = accepted("2024-03", food_sampling_tested=amount)
    return type(item)(item.report, item.data, item.file, item.by, item.note, item.findings, beside=numbers)


def test_what_came_while_the_tables_were_written_is_brought_in_at_once(store: Store, pause: Event, monkeypatch: pytest.MonkeyPatch) -> None:
    """Six commits wait for the first one; together they are one more transaction, not six."""
    transactions = _transactions(monkeypatch)
    begun = Event()
    monkeypatch.setattr(replay, "insert_missing", _announcing(begun, replay.insert_missing))
    store.commit([accepted("2024-01", food_sampling_tested="1")])
    begun.wait()
    for month in range(2, 8):
        store.commit([accepted(f"2024-{month:02}", food_sampling_tested="1")])
    pause.set()
    assert store.version == 7
    assert transactions == [[1], [2, 3, 4, 5, 6, 7]]


def test_a_report_that_may_not_add_up_waits_for_those_before_it(store: Store, pause: Event, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its sender hears at once whether it does; it comes into the tables after what came into the log before it."""
    transactions = _transactions(monkeypatch)
    store.commit([accepted("2024-01", food_sampling_tested="1")])
    with ThreadPoolExecutor(1) as pool:
        sent = pool.submit(store.commit, [accepted("2024-02", food_sampling_tested="20000000000")])
        pause.set()
        assert [s.seq for s in sent.result()] == [2]
    assert transactions == [[1], [2]]
    assert store.version == 2


def _transactions(monkeypatch: pytest.MonkeyPatch) -> list[list[int]]:
    """The numbers that come into the tables together, transaction by transaction."""
    numbers: list[list[int]] = []
    attempt = Store._attempt

    def noted(self: Store, logged: Any, *arguments: Any, **options: Any) -> None:
        numbers.append([entry.seq for entry in logged])
        attempt(self, logged, *arguments, **options)

    monkeypatch.setattr(Store, "_attempt", noted)
    return numbers


def _announcing(begun: Event, call: Callable[..., Any]) -> Callable[..., Any]:
    def announce(*arguments: Any) -> Any:
        begun.set()
        return call(*arguments)

    return announce


def test_a_decision_waits_for_what_was_sent_before_it(store: Store, pause: Event) -> None:
    """A withdrawal of a report that still waits withdraws it; a lock that follows it refuses the next one."""
    store.commit([accepted("2024-03", food_sampling_tested="5")])
    withdrawn: list[int] = []
    deciding = Thread(target=lambda: withdrawn.append(store.decide(Decision(Act.WITHDRAW, Month(2024, 3), "food", 1, "李主任", AT, "错了")).seq))
    deciding.start()
    pause.set()
    deciding.join()
    assert withdrawn == [2]
    assert ytd(store) is None
    store.decide(Decision(Act.LOCK, Month(2024, 3), None, None, "李主任", AT, "定稿"))
    with pytest.raises(StoreError, match="锁定"):
        store.commit([accepted("2024-03", food_sampling_tested="5")])


def test_a_version_is_one_state_whoever_asks_meanwhile(store: Store) -> None:
    """Readers see as many submissions as the version they asked before says, or more, never more than the one they ask afterwards."""
    done = Event()

    def read() -> int:
        reads = 0
        while not done.is_set() or reads == 0:
            before = store.version
            [(entered, last, figure)] = store.rows("select count(*), max(seq), (select sum(month) from figure where measure = $measure) from submission", asked)
            assert before <= entered <= store.version
            assert entered == (last or 0) == (figure or 0)
            reads += 1
        return reads

    asked = {"measure": TESTED}
    with ThreadPoolExecutor(4) as pool:
        readers = [pool.submit(read) for _ in range(4)]
        try:
            for month in range(1, 13):
                store.commit([accepted(f"2024-{month:02}", food_sampling_tested="1")])
                assert store.version == month
        finally:
            done.set()
        assert all(reader.result() for reader in readers)


def test_eight_writers_at_once_lose_and_double_nothing(folder: Path) -> None:
    """Each sends sixteen reports, three of four a correction; all are there once, in the log's order, and a rebuild gives the same."""
    with Store.open(folder, catalog_of()) as store:

        def send(writer: int) -> list[int]:
            numbers = []
            for number in range(16):
                office, measure = ("food", TESTED) if writer % 2 else ("drug", "drug_samples_tested")
                period = f"20{10 + writer}-{1 + number // 4:02}"
                numbers += [s.seq for s in store.commit([accepted(period, office, {measure: str(number + 1)})])]
            return numbers

        with ThreadPoolExecutor(8) as pool:
            numbers = [number for sent in pool.map(send, range(8)) for number in sent]
        assert sorted(numbers) == list(range(1, 129))
        assert [s.seq for s in store.submissions()] == list(range(1, 129))
        assert store.rows("select count(*) from figure where month is not null") == [(32,)]
        assert store.verify() == []
        kept = [store.rows(sql) for sql in DERIVED]
    rebuild(folder, catalog_of())
    with Store.open(folder, catalog_of()) as store:
        assert [store.rows(sql) for sql in DERIVED] == kept


def test_without_a_thread_the_next_question_does_it(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """A system that has no thread to give keeps nobody from being answered."""

    def refuse(self: Thread) -> None:
        raise RuntimeError("can't start new thread")

    with monkeypatch.context() as patch:
        patch.setattr(Thread, "start", refuse)
        assert [s.seq for s in store.commit([accepted("2024-03", food_sampling_tested="5")])] == [1]
        assert ytd(store) == 5


_STEP = st.tuples(
    st.sampled_from(["report", "report", "report", "withdraw", "lock", "unlock", "ask"]),
    st.integers(1, 4),
    st.sampled_from(["food", "drug"]),
    st.integers(0, 2),
)


@settings(max_examples=6, deadline=None)
@given(st.lists(_STEP, min_size=1, max_size=9))
def test_after_whatever_was_sent_and_decided_the_tables_are_those_of_a_rebuild(steps: list[tuple[str, int, str, int]]) -> None:
    """Asked in between or only at the end."""
    with TemporaryDirectory() as root:
        live, copy = Path(root) / "live", Path(root) / "copy"
        with Store.open(live, catalog_of()) as store:
            last = 0
            for kind, month, office, number in steps:
                last = max(last, _take(store, kind, month, office, number))
                if kind == "ask":
                    assert store.version == last
            state, derived = everything(store), [store.rows(sql) for sql in DERIVED]
            assert store.version == last
            assert store.verify() == []
        shutil.copytree(live, copy)
        rebuild(copy, catalog_of())
        for folder in (live, copy):
            with Store.open(folder, catalog_of()) as store:
                assert store.notices == ()
                assert (everything(store), [store.rows(sql) for sql in DERIVED]) == (state, derived)


def _take(store: Store, kind: str, month: int, office: str, number: int) -> int:
    """One step; the number it has in the log, 0 where it was refused or entered nothing."""
    period = f"2024-{month:02}"
    try:
        if kind == "report":
            figures = {TESTED: f"{number} {number + month}", "food_producers": f"– {number}"} if office == "food" else {"drug_samples_tested": f"{number}"}
            return store.commit([accepted(period, office, figures)])[0].seq
        if kind == "ask":
            return store.version
        current = store.current(office, Month.parse(period)) if kind == "withdraw" else None
        return store.decide(Decision(Act(kind), Month.parse(period), office, current.seq if current else None, "李主任", AT, "因为")).seq
    except (RequestError, StoreError):
        return 0
