"""Withdrawals and locks: what counts changes, nothing is lost, and the log is the record of them too."""

import os
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path

import duckdb
import pytest

from kpi.errors import RequestError, StoreError
from kpi.period import Month
from kpi.store import replay
from kpi.store.database import Store, rebuild
from kpi.store.decision import Act, Decision
from kpi.store.signature import signature
from tests.kpi.store.dying import AFTER_ALL, killed
from tests.kpi.store.reports import accepted, catalog_of

MARCH = Month(2024, 3)
TESTED = "food_sampling_tested"
NOON = datetime(2024, 4, 8, 12, 0)  # noqa: DTZ001 - the store keeps local time
FIGURES = "select * from figure order by measure, period"


def withdrawal(seq: int, period: Month = MARCH, office: str = "food") -> Decision:
    return Decision(Act.WITHDRAW, period, office, seq, "李主任", NOON, "报错了月份")


def lock(office: str | None = None, period: Month = MARCH) -> Decision:
    return Decision(Act.LOCK, period, office, None, "李主任", NOON, "年报已上报")


def unlock(office: str | None = None, period: Month = MARCH) -> Decision:
    return Decision(Act.UNLOCK, period, office, None, "李主任", NOON, "更正")


def ytd(store: Store, period: str = "2024-03-01") -> tuple[object, ...]:
    [row] = store.rows("select ytd, ytd_state from figure where measure = $m and period = $p::date", {"m": TESTED, "p": period})
    return row


def test_a_withdrawn_correction_puts_the_one_before_in_force_again(store: Store) -> None:
    """54 corrected to 51 and taken back: 54 counts, both submissions and the decision are on record."""
    first, second = (store.commit([accepted("2024-03", food_sampling_tested=text)])[0] for text in ("54", "51"))

    taken = store.decide(withdrawal(second.seq))

    assert (taken.seq, store.version) == (3, 3)
    assert store.decisions() == [taken]
    assert store.current_submissions(MARCH) == [first]
    assert store.submissions() == [first, second]
    assert store.original(second.sha256)
    assert ytd(store) == (54, "数值")
    assert store.verify() == []


def test_a_withdrawn_only_submission_leaves_its_figures_unreported(store: Store) -> None:
    """As if it had never come: 未报 for its month, and later months stand on what is left."""
    store.commit([accepted("2024-02", food_sampling_tested="3"), accepted("2024-03", food_sampling_tested="54"), accepted("2024-04", food_sampling_tested="2")])

    store.decide(withdrawal(2))

    assert store.rows("select month_state from figure where measure = $m and period = '2024-03-01'", {"m": TESTED}) == [("未报",)]
    assert store.rows("select ytd, bit_count(missing_months) from figure where measure = $m and period = '2024-04-01'", {"m": TESTED}) == [(5, 2)]
    assert store.sources([TESTED], MARCH) == []
    assert store.verify() == []


def test_a_month_that_only_a_withdrawn_submission_spoke_of_is_no_month_of_the_store(store: Store) -> None:
    """A sheet of the wrong month, taken back, does not stay the latest month of every page."""
    store.commit([accepted("2024-03", food_sampling_tested="54"), accepted("2024-11", food_sampling_tested="60")])
    store.decide(withdrawal(2, Month(2024, 11)))
    assert store.months() == (MARCH, MARCH)
    store.decide(withdrawal(1))
    assert store.months() is None


def test_the_same_bytes_may_come_again_after_a_withdrawal(store: Store) -> None:
    """They are a new submission, not 'unchanged' against one that no longer counts."""
    item = accepted("2024-03", food_sampling_tested="54")
    store.commit([item], at=NOON)
    store.decide(withdrawal(1))

    [again] = store.commit([item], at=NOON)

    assert (again.seq, again.unchanged) == (3, False)
    assert ytd(store) == (54, "数值")
    assert store.verify() == []


def test_a_withdrawal_reaches_the_measures_of_another_office(store: Store) -> None:
    """What the submission said of a measure it does not own is gone with it."""
    store.commit([accepted("2024-03", food_sampling_tested="54", drug_samples_tested="7")])
    store.decide(withdrawal(1))
    assert store.rows("select distinct ytd_state from figure where measure = 'drug_samples_tested'") == [("未报",)]


@pytest.mark.parametrize(
    ("decision", "words"),
    [
        (withdrawal(1), "第 1 号不是有效的报送，现在有效的是第 2 号"),
        (withdrawal(9), "第 9 号不是有效的报送"),
        (withdrawal(2, Month(2024, 2)), "第 2 号不是有效的报送"),
        (unlock(), "2024 年 3 月没有锁定"),
        (unlock("drug"), "2024 年 3 月（药品科）没有锁定"),
    ],
)
def test_a_decision_that_would_change_nothing_is_refused(store: Store, decision: Decision, words: str) -> None:
    """And leaves no entry in the log."""
    for text in ("54", "51"):
        store.commit([accepted("2024-03", food_sampling_tested=text)])
    with pytest.raises(RequestError, match=words):
        store.decide(decision)
    assert (store.version, store.decisions()) == (2, [])


def test_a_locked_month_takes_nothing_in_and_says_why(store: Store) -> None:
    """Who, when, why, and the way out; a batch with one such report is refused as a whole."""
    store.commit([accepted("2024-03", food_sampling_tested="54")])
    store.decide(lock())
    why = "这个月的数据已由李主任于 2024-04-08 12:00 锁定（理由：年报已上报）；确需更正时，请管理员先解锁再报送。"

    with pytest.raises(StoreError) as refused:
        store.commit([accepted("2024-02", food_sampling_tested="1"), accepted("2024-03", food_sampling_tested="51")])
    assert str(refused.value) == f"「food2024-03.xlsx」（食品安全协调科 2024 年 3 月）没有入库：{why}"
    with pytest.raises(RequestError, match="第 1 号报送没有撤回：这个月的数据已由李主任"):
        store.decide(withdrawal(1))
    with pytest.raises(RequestError, match="已由李主任于 2024-04-08 12:00 锁定，不必再锁"):
        store.decide(lock("food"))

    assert [s.seq for s in store.submissions()] == [1]
    assert store.commit([accepted("2024-03", food_sampling_tested="54")])[0].unchanged
    assert store.verify() == []


@pytest.mark.parametrize(
    ("said", "food", "drug"),
    [
        ([lock()], True, True),
        ([lock("food")], True, False),
        ([lock(), unlock("food")], False, True),
        ([lock("food"), lock()], True, True),
        ([lock("food"), lock(), unlock()], False, False),
        ([lock(), unlock("food"), lock()], True, True),
    ],
)
def test_the_latest_word_on_an_office_and_month_is_in_force(store: Store, said: list[Decision], food: bool, drug: bool) -> None:
    """Be it of one office or of all; other months are open."""
    for decision in said:
        store.decide(decision)
    assert [store.locked(office, MARCH) is not None for office in ("food", "drug")] == [food, drug]
    assert store.locked("food", Month(2024, 4)) is None
    assert [one.act for one in store.decisions()] == [one.act for one in said]


def decided(folder: Path) -> list[tuple[object, ...]]:
    """Two submissions, one withdrawn, the month locked; the figures they give."""
    with Store.open(folder, catalog_of()) as store:
        for text in ("54", "51"):
            store.commit([accepted("2024-03", food_sampling_tested=text)])
        store.decide(withdrawal(2))
        store.decide(lock())
        return store.rows(FIGURES)


@pytest.mark.parametrize("how", ["open", "deleted", "damaged", "rebuilt"])
def test_decisions_are_replayed_from_the_log(folder: Path, how: str) -> None:
    """A database opened again, gone, cut short or made anew says the same as before."""
    figures = decided(folder)
    path = folder / "kpi.duckdb"
    match how:
        case "deleted":
            path.unlink()
        case "damaged":
            path.write_bytes(path.read_bytes()[:700])
        case "rebuilt":
            assert rebuild(folder, catalog_of()) == 2
    with Store.open(folder, catalog_of()) as store:
        assert store.rows(FIGURES) == figures
        assert [(one.seq, one.act) for one in store.decisions()] == [(3, Act.WITHDRAW), (4, Act.LOCK)]
        assert store.version == 4
        assert store.verify() == []
        with pytest.raises(StoreError, match="锁定"):
            store.commit([accepted("2024-03", food_sampling_tested="1")])


def test_verify_names_a_decision_that_was_altered(folder: Path) -> None:
    """In the table or in the log; and a torn entry is named by its file."""
    decided(folder)
    with Store.open(folder, catalog_of()) as store:
        store._connection.execute("update decision set reason = 'another' where seq = 3")
        assert store.verify() == ["数据库中第 3 号撤回或锁定与日志不一致；请停下看板，运行 python -m kpi rebuild 重建数据库，再启动。"]
        (folder / "log" / "00000004.json").write_text('{"act": "forget"}', "utf-8")
        assert any("log/00000004.json" in fault for fault in store.verify())


def test_a_decision_that_the_tables_refused_is_caught_up_by_the_next(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """The log has it; nothing is decided twice."""
    store.commit([accepted("2024-03", food_sampling_tested="54")])
    assert store.version == 1

    def full(*_: object) -> None:
        raise duckdb.IOException("No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(replay, "enter", full)
        with pytest.raises(StoreError, match="不必重新上传或重做"):
            store.decide(withdrawal(1))
    assert ytd(store) == (54, "数值")

    with pytest.raises(RequestError, match="不是有效的报送"):
        store.decide(withdrawal(1))

    assert ytd(store) == (None, "未报")
    assert store.verify() == []


def test_of_a_lock_and_many_commits_at_once_none_slips_through(store: Store) -> None:
    """A commit is either before the lock in the log or refused."""

    def send(number: int) -> bool:
        try:
            store.commit([accepted("2024-03", food_sampling_tested=str(number))])
        except StoreError:
            return False
        return True

    with ThreadPoolExecutor(6) as pool:
        sent = [pool.submit(send, number) for number in range(1, 7)]
        closing = pool.submit(store.decide, lock())
        sent += [pool.submit(send, number) for number in range(7, 13)]
        taken = sum(one.result() for one in sent)
    numbers = [s.seq for s in store.submissions()]
    assert len(numbers) == taken
    assert all(number < closing.result().seq for number in numbers)
    assert store.verify() == []


SAID = [withdrawal(2), lock(), unlock(), withdrawal(1)]


def deciding(store: Store) -> Iterator[tuple[int, Act] | None]:
    """A report and its correction, and what was said of them."""
    for text in ("54", "51"):
        store.commit([accepted("2024-03", food_sampling_tested=text)])
    yield None
    for decision in SAID:
        yield store.decide(decision).seq, decision.act


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
@pytest.mark.parametrize("step", [*range(2, 12, 3), AFTER_ALL])
def test_a_killed_writer_loses_no_decision_it_acknowledged(folder: Path, step: int) -> None:
    """Killed before its n-th step on the disk; what was said is in force after the start, and the rest can be said again."""
    acknowledged = killed(deciding, folder, step)

    with Store.open(folder, catalog_of()) as store:
        kept = [(one.seq, one.act) for one in store.decisions()]
        assert kept[: len(acknowledged)] == acknowledged
        assert len(kept) <= len(acknowledged) + 1
        assert store.verify() == []
        for decision in SAID[len(kept) :]:
            store.decide(decision)
        assert [one.seq for one in store.decisions()] == [3, 4, 5, 6]
        assert ytd(store) == (None, "未报")
        assert store.verify() == []
        assert not os.listdir(folder / "partial")


@pytest.mark.parametrize(("by", "said"), [("李主任", "已由李主任于 2024-04-08 12:00"), ("Li Na", "已由 Li Na 于 2024-04-08 12:00")])
def test_a_chinese_name_stands_in_its_sentence_without_spaces(by, said):
    assert signature(by, datetime(2024, 4, 8, 12), "已由") == said  # noqa: DTZ001 - the store keeps local time
