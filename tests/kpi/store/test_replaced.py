"""What lies on disk while the store is open is proved to be what was opened, before anything is added to it."""

import os
import shutil
from collections.abc import Callable
from contextlib import nullcontext
from datetime import datetime
from pathlib import Path

import pytest

from kpi.errors import StoreError
from kpi.period import Month
from kpi.store.database import Store
from kpi.store.decision import Act, Decision
from kpi.store.notice import gaps, gaps_unannounced, repairs, repairs_restored
from tests.kpi.store.reports import accepted, catalog_of
from tests.kpi.store.seven import everything

LOCK = Decision(Act.LOCK, Month(2024, 1), None, None, "李主任", datetime.fromisoformat("2024-05-08T13:00"), "定稿")


@pytest.fixture
def folder(tmp_path: Path, whole: Path) -> Path:
    return shutil.copytree(whole, tmp_path / "data")


def another(path: Path, clicks: int) -> Path:
    with Store.open(path, catalog_of()) as store:
        for month in range(1, clicks + 1):
            store.commit([accepted(f"2023-{month:02}", food_sampling_tested="9")])
    return path


def names(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize("clicks", [1, 7, 12])
@pytest.mark.parametrize("whole_folder", [True, False])
def test_nothing_is_added_to_the_folder_of_another_bureau(folder: Path, tmp_path: Path, expected: object, clicks: int, whole_folder: bool) -> None:
    """Shorter, as long or longer, moved in its place or copied over it: refused in words, and not a file of it is touched."""
    other = another(tmp_path / "other", clicks)
    with Store.open(folder, catalog_of()) as store:
        if whole_folder:
            folder.rename(tmp_path / "away")
            other.rename(folder)
        else:
            shutil.rmtree(folder / "log")
            shutil.copytree(other / "log", folder / "log")
            shutil.copy(other / "head.json", folder / "head.json")
        before = names(folder)
        for act in (lambda: store.commit([accepted("2024-04", food_sampling_tested="4")]), lambda: store.decide(LOCK)):
            with pytest.raises(StoreError, match=r"在打开以后被换成了另一份.*这一次没有登入日志，也没有生效；请重新启动看板后再做"):
                act()
        assert names(folder) == before
        assert any("在打开以后被换成了另一份" in fault for fault in store.verify())
        assert everything(store) == expected


def test_nothing_is_added_to_an_older_backup(folder: Path) -> None:
    """The last file of the log is gone, or the whole log."""
    with Store.open(folder, catalog_of()) as store:
        (folder / "log" / "00000007.json").rename(folder / "log" / "00000007.json.bak")
        with pytest.raises(StoreError, match="被换成了另一份"):
            store.decide(LOCK)
        (folder / "log" / "00000007.json.bak").rename(folder / "log" / "00000007.json")
        assert store.decide(LOCK).seq == 8


def test_an_empty_bureau_does_not_go_on_with_the_log_of_another(folder: Path, tmp_path: Path) -> None:
    """It has no chain of its own to compare; its database is another file."""
    with Store.open(tmp_path / "new", catalog_of()) as store:
        (tmp_path / "new").rename(tmp_path / "away")
        folder.rename(tmp_path / "new")
        with pytest.raises(StoreError, match="被换成了另一份"):
            store.commit([accepted("2024-04", food_sampling_tested="4")])


@pytest.mark.parametrize("act", [lambda path: path.unlink(), lambda path: path.write_bytes(b"")])
def test_a_head_that_is_gone_is_written_anew(folder: Path, act: Callable[[Path], None]) -> None:
    """The log itself proves whose it is."""
    with Store.open(folder, catalog_of()) as store:
        act(folder / "head.json")
        assert store.decide(LOCK).seq == 8
        assert store.verify() == []


def test_a_closed_store_is_verified_in_words(folder: Path) -> None:
    """Log and files are proved all the same."""
    store = Store.open(folder, catalog_of())
    store.close()
    [said] = store.verify()
    assert said.startswith("数据库已经关闭")
    os.truncate(next((folder / "batches").rglob("*.parquet")), 9)
    assert len(store.verify()) == 2


def test_what_waits_for_the_tables_is_no_reason_to_rebuild(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The log has it, the tables have not; a restart brings it in."""
    with Store.open(folder, catalog_of()) as store:

        def refuse(*_: object, **__: object) -> None:
            raise StoreError("数据库写入失败（磁盘已满）；请检查磁盘空间和权限。")

        with monkeypatch.context() as patch:
            patch.setattr(Store, "_attempt", refuse)
            with pytest.raises(StoreError, match="已登入日志第 8 号"):
                store.decide(LOCK)
        assert store.verify() == ["日志第 8 号已经登入，还没有补入数据库，看到的数里没有；请重新启动看板，会自动补入，不必重建。"]
    with Store.open(folder, catalog_of()) as store:
        assert store.version == 8
        assert store.verify() == []


def test_an_edition_that_no_entry_names_is_named(folder: Path) -> None:
    """Log and head are of a backup made before the meeting; at every start and by verify, until its file is moved away."""
    path = folder / "editions" / "2024-03" / f"{'0' * 64}.json"
    path.parent.mkdir(parents=True)
    path.write_bytes(b"{}")
    for _ in range(2):
        with Store.open(folder, catalog_of()) as store:
            [said] = store.notices
            assert said.startswith("会议版 2024-03-2222-22 没有登入日志，没有列出；")
            assert "「editions/2024-03/00000000….json」移出数据目录" in said
            assert store.verify() == [said]
    path.unlink()
    with Store.open(folder, catalog_of()) as store:
        assert store.notices == ()


def test_who_restores_reads_that_nothing_was_broken(folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    for restoring, word in ((True, "已恢复"), (False, "已修复")):
        (folder / "log" / "00000007.json").unlink()
        caplog.clear()
        with repairs_restored() if restoring else nullcontext(), Store.open(folder, catalog_of()):
            pass
        assert [record.getMessage().partition("：")[0] for record in caplog.records] == [word]


def test_who_verifies_reads_each_gap_once(folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Opening leaves the gaps to verify, and still says what it mended; else both are said, each under a word of its own."""
    (folder / "log" / "stray.txt").write_text("x")
    for quiet in (True, False):
        (folder / "log" / "00000007.json").unlink()
        caplog.clear()
        with gaps_unannounced() if quiet else nullcontext(), Store.open(folder, catalog_of()) as store:
            assert len(gaps(store.notices)) == len(repairs(store.notices)) == 1
        told = [record.getMessage().partition("：")[0] for record in caplog.records]
        assert told == (["已修复"] if quiet else ["已修复", "请处理"])
