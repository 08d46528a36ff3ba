"""The log has it and the tables refuse it: whoever acts next is told the truth about what they did."""

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from pathlib import Path

import duckdb
import pytest

from kpi.errors import StoreError
from kpi.period import Month, Span
from kpi.place import Place
from kpi.store import connection as connections
from kpi.store import replay
from kpi.store.answer import Answer
from kpi.store.connection import UnusableError
from kpi.store.database import Store
from kpi.store.decision import Act, Decision
from kpi.store.edition import Edition
from kpi.workbook.report import QuestionKind
from tests.kpi.store.followed import opened
from tests.kpi.store.reports import accepted, catalog_of

Full = Callable[[], AbstractContextManager[None]]
AT = datetime.fromisoformat("2024-04-08T12:00")
ACTS: dict[str, Callable[[Store], object]] = {
    "commit": lambda store: store.commit([accepted("2024-02", food_sampling_tested="2")]),
    "withdraw": lambda store: store.decide(Decision(Act.WITHDRAW, Month(2024, 1), "food", 1, "李主任", AT, "错了")),
    "lock": lambda store: store.decide(Decision(Act.LOCK, Month(2024, 1), None, None, "李主任", AT, "定稿")),
    "answer": lambda store: store.keep_answers(
        [Answer(QuestionKind.ROW, "food", "a1", "row|food|检验数", "检验数", "x.xlsx", Place("表", "A3"), "food_sampling_tested", "张三", AT)]
    ),
    "freeze": lambda store: store.freeze(Edition(Month(2024, 1), Span.YTD, "局务会", "0" * 64, store._log.last, "first", "李主任", AT), b"{}"),
    "follow": lambda store: store.follow(opened()),
}


@pytest.fixture
def full(monkeypatch: pytest.MonkeyPatch) -> Full:
    """The tables cannot be written while a ``with`` block of it lasts."""

    def refuse(*_: object) -> None:
        raise duckdb.IOException("No space left on device")

    @contextmanager
    def patched() -> Iterator[None]:
        with monkeypatch.context() as patch:
            patch.setattr(replay, "insert_missing", refuse)
            yield

    return patched


@pytest.mark.parametrize("act", [act for act in ACTS if act != "commit"])
def test_an_act_that_the_log_has_says_under_which_number(store: Store, full: Full, act: str) -> None:
    """It need not be done again: the next opening brings it in."""
    store.commit([accepted("2024-01", food_sampling_tested="1")])
    assert store.version == 1
    with full(), pytest.raises(StoreError) as refused:
        ACTS[act](store)
    assert str(refused.value) == (
        "已登入日志第 2 号，不必重新上传或重做，重新启动看板后会自动补入；数据库写入失败（No space left on device）；请检查磁盘空间和权限。"
    )
    assert store.version == 1


def test_a_commit_is_acknowledged_and_no_question_is_answered_without_it(store: Store, full: Full) -> None:
    """Its files and its number in the log are all that the sender needs; once the tables can be written, the next question brings it in."""
    store.commit([accepted("2024-01", food_sampling_tested="1")])
    assert store.version == 1
    with full():
        assert [s.seq for s in store.commit([accepted("2024-02", food_sampling_tested="2")])] == [2]
        for ask in (store.submissions, store.calendar, lambda: store.version):
            with pytest.raises(StoreError) as refused:
                ask()
            assert str(refused.value) == (
                "日志第 2 号已经登入，还没有补入数据库，看到的会是以前的数，所以先不显示；数据库写入失败（No space left on device）；请检查磁盘空间和权限。"
            )
        assert store.verify() == ["日志第 2 号已经登入，还没有补入数据库，看到的数里没有；请重新启动看板，会自动补入，不必重建。"]
    assert [s.seq for s in store.submissions()] == [1, 2]
    assert store.rows("select max(ytd) from figure where measure = 'food_sampling_tested'") == [(3,)]
    assert store.verify() == []


def test_a_store_that_is_closed_before_the_tables_could_follow_brings_it_in_at_the_next_start(folder: Path, full: Full) -> None:
    """Closing tries once more, then leaves it to the log."""
    with Store.open(folder, catalog_of()) as store:
        store.commit([accepted("2024-01", food_sampling_tested="1")])
        assert store.version == 1
        with full():
            store.commit([accepted("2024-02", food_sampling_tested="2")])
            store.close()
        with pytest.raises(StoreError, match="数据库读取失败"):
            store.submissions()
    with Store.open(folder, catalog_of()) as store:
        assert store.notices == ("数据库缺少第 2 号，共 1 条记录，已由日志和批次补入。",)
        assert (store.version, store.verify()) == (2, [])


@pytest.mark.parametrize("act", ACTS)
def test_every_later_act_says_that_it_was_not_logged(folder: Path, full: Full, act: str) -> None:
    """Two sheets of one click are in the log and not in the tables; what comes after them is not done at all, and says so."""
    with Store.open(folder, catalog_of()) as store:
        store.commit([accepted("2024-01", food_sampling_tested="1")])
        assert store.version == 1
        with full():
            store.commit([accepted("2024-03", food_sampling_tested="3"), accepted("2024-03", "drug", drug_samples_tested="3")])
            with pytest.raises(StoreError, match=r"^日志第 2—3 号已经登入"):
                store.submissions()
            names = sorted(os.listdir(folder / "log"))
            for _ in range(2):
                with pytest.raises(StoreError) as refused:
                    ACTS[act](store)
                assert str(refused.value).startswith("这一次没有登入日志，也没有生效，请在重新启动看板后再做：数据库还没有补入日志第 2—3 号；")
                assert "不必重新上传" not in str(refused.value)
            assert sorted(os.listdir(folder / "log")) == names == ["00000001.json", "00000002.json"]
    with Store.open(folder, catalog_of()) as store:
        assert [s.seq for s in store.submissions()] == [1, 2, 3]
        assert (store.decisions(), store.answers(), store.editions(), store.follow_ups(), store.verify()) == ([], [], [], [], [])
        ACTS[act](store)
        assert store.version == 4


def test_a_log_that_cannot_be_written_says_so(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing was entered; once the disk has room the same act works."""

    def refuse(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("kpi.store.log.claim", refuse)
        with pytest.raises(StoreError, match="这次的报送或处理没有登入日志，也没有生效"):
            ACTS["commit"](store)
    ACTS["commit"](store)
    assert ([s.seq for s in store.submissions()], store.verify()) == ([1], [])


def test_an_entry_that_the_disk_did_not_confirm_is_in_the_log(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The file has its name already, so it may outlive the fault: the sender is told that it counts."""

    def refuse(*_: object) -> None:
        raise OSError(5, "Input/output error")

    with Store.open(folder, catalog_of()) as store:
        with monkeypatch.context() as patch:
            patch.setattr("kpi.store.log.sync_folders", refuse)
            with pytest.raises(StoreError, match=r"^已登入日志第 1 号，但磁盘没有确认写好"):
                ACTS["commit"](store)
        ACTS["lock"](store)
        assert ([s.seq for s in store.submissions()], [d.seq for d in store.decisions()], store.verify()) == ([1], [2], [])


def test_a_database_that_a_fault_broke_is_never_replaced_while_it_is_open(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty one in its place would serve an empty bureau; the next opening makes it again from the log."""

    def refuse(*_: object) -> None:
        raise duckdb.FatalException("database has been invalidated")

    def broken(_: object) -> None:
        raise UnusableError("damaged", "数据库文件已损坏")

    class Cursor:
        """A cursor whose database fails."""

        def __init__(self, real: duckdb.DuckDBPyConnection) -> None:
            self._real = real

        def __getattr__(self, name: str) -> object:
            return refuse if name in ("rollback", "begin") else getattr(self._real, name)

    with Store.open(folder, catalog_of()) as store:
        store.commit([accepted("2024-01", food_sampling_tested="1")])
        assert store.version == 1
        with monkeypatch.context() as patch:
            patch.setattr(replay, "insert_missing", refuse)
            patch.setattr(replay, "connect", broken)
            patch.setattr(Store, "_recover", lambda self, cursor: _recover(self, Cursor(cursor)))
            ACTS["commit"](store)
            with pytest.raises(StoreError, match=r"^日志第 2 号已经登入"):
                store.submissions()
        with pytest.raises(StoreError, match="数据库读取失败"):
            store.submissions()
        with pytest.raises(StoreError, match=r"^这一次没有登入日志"):
            ACTS["lock"](store)
    with Store.open(folder, catalog_of()) as store:
        assert ([s.seq for s in store.submissions()], store.verify()) == ([1, 2], [])
    assert not list(folder.glob("kpi.duckdb.damaged-*"))


_recover = Store._recover
assert connections.connect is replay.connect  # what the tests replace is what the store calls
