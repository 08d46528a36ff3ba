"""The log is the record: a database that is gone, cut short or foreign is made again from it."""

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import duckdb
import pytest

from kpi.errors import StoreError
from kpi.store import connection, database
from kpi.store.database import Store, rebuild
from kpi.store.opening import Opening
from kpi.store.statements import all_of, statement
from tests.kpi.store.reports import accepted, catalog_of

FIGURES = "select * from figure order by measure, period"


def fill(folder: Path) -> list[tuple[object, ...]]:
    """Three months of one office; the figures they give."""
    with Store.open(folder, catalog_of()) as store:
        for month in (1, 2, 3):
            store.commit([accepted(f"2024-{month:02}", food_sampling_tested=f"{month} – 1.5", food_producers="– 未公开")])
        return store.rows(FIGURES)


def healed(folder: Path, figures: list[tuple[object, ...]]) -> tuple[str, ...]:
    """Open, prove that all is there, and say what was mended."""
    with Store.open(folder, catalog_of()) as store:
        assert store.rows(FIGURES) == figures
        assert [s.seq for s in store.submissions()] == [1, 2, 3]
        assert store.verify() == []
        return store.notices


def test_a_store_closed_properly_has_nothing_to_heal(folder: Path) -> None:
    """Opening again changes nothing."""
    assert healed(folder, fill(folder)) == ()


def test_no_table_with_rows_is_taken_for_an_empty_one(folder: Path) -> None:
    """Neither while the rows are in the engine's own log alone, nor once they are in its file: an empty table is not read at opening."""
    for _ in range(2):
        with Store.open(folder, catalog_of()) as store:
            store.commit([accepted("2024-01", food_sampling_tested="1 – 1.5")])
            lengths = dict(store.rows(statement("table_lengths")))
            filled = {table for table in lengths if store.rows(all_of(table))}
            assert {"log", "submission", "fact", "figure"} <= filled == {table for table, rows in lengths.items() if rows}


def test_a_deleted_database_comes_back(folder: Path) -> None:
    """Batches and log are enough."""
    figures = fill(folder)
    (folder / "kpi.duckdb").unlink()
    healed(folder, figures)


@pytest.mark.parametrize("keep", [0, 700, 0.3, 0.5])
def test_a_damaged_database_is_moved_aside_and_made_again(folder: Path, keep: float) -> None:
    """A file cut short is never thrown away, and never trusted."""
    figures = fill(folder)
    path = folder / "kpi.duckdb"
    data = path.read_bytes()
    cut = data[: int(keep * len(data)) if keep < 1 else int(keep)]
    path.write_bytes(cut)

    [notice] = healed(folder, figures)

    [aside] = folder.glob("kpi.duckdb.damaged-*")
    assert aside.name in notice
    assert aside.read_bytes() == cut


_CRASH = """
import os, sys
from pathlib import Path
from kpi.store.database import Store
from tests.kpi.store.reports import accepted, catalog_of
store = Store.open(Path(sys.argv[1]), catalog_of())
for month in (1, 2, 3):
    store.commit([accepted(f"2024-{month:02}", food_sampling_tested=f"{month} – 1.5", food_producers="– 未公开")])
os._exit(0)
"""


@pytest.fixture(scope="module")
def crashed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same three months, by a process that ended without a word."""
    folder = tmp_path_factory.mktemp("crashed") / "data"
    subprocess.run([sys.executable, "-c", _CRASH, str(folder)], check=True)
    return folder


@pytest.mark.parametrize("keep", [0.0, 0.4, 0.8])
def test_a_write_ahead_log_cut_short_is_noticed(tmp_path: Path, crashed: Path, keep: float) -> None:
    """The engine opens such a file without a word and with fewer submissions."""
    figures = fill(tmp_path / "whole")
    folder = shutil.copytree(crashed, tmp_path / "crashed")
    path = folder / "kpi.duckdb.wal"
    data = path.read_bytes()
    path.write_bytes(data[: int(keep * len(data))])

    healed(folder, figures)


def test_a_database_with_other_tables_is_made_again(folder: Path) -> None:
    """A new version needs no migration."""
    figures = fill(folder)
    with duckdb.connect(str(folder / "kpi.duckdb")) as database:
        connection.write_property(database, "schema", "another")
    [notice] = healed(folder, figures)
    assert "另一版本" in notice


def test_rebuild_keeps_the_database_it_replaces(folder: Path) -> None:
    """`python -m kpi rebuild` loses nothing, not even a broken database."""
    figures = fill(folder)
    assert rebuild(folder, catalog_of()) == 3
    assert len(list(folder.glob("kpi.duckdb.replaced-*"))) == 1
    assert healed(folder, figures) == ()


def test_a_damaged_batch_is_named_when_it_is_needed(folder: Path) -> None:
    """Two thirds of a store are not opened in silence; once the file is restored all is well."""
    figures = fill(folder)
    (folder / "kpi.duckdb").unlink()
    [path] = folder.glob("batches/food/2024-02/*.parquet")
    data = path.read_bytes()
    path.write_bytes(data[:-1])
    with Store.open(folder, catalog_of()) as store:
        assert [s.seq for s in store.submissions()] == [1, 3]
        assert f"批次「batches/food/2024-02/{path.name}」已损坏" in store.notices[1]
        assert "请从备份恢复该文件" in store.verify()[0]
    path.unlink()
    with Store.open(folder, catalog_of()) as store:
        assert "不存在或无法读取" in store.notices[0]
    path.write_bytes(data)
    healed(folder, figures)


def test_verify_names_every_fault(folder: Path) -> None:
    """A changed upload, a batch gone, a figure altered, a log entry torn: each in its own sentence."""
    fill(folder)
    with Store.open(folder, catalog_of()) as store:
        first, second, third = store.submissions()
        (folder / "uploads" / first.sha256).write_bytes(b"other")
        (folder / second.batch).unlink()
        store._connection.execute("update fact set value = 99 where seq = 3 and header = 'month'")
        (folder / "log" / "00000005.json").write_text("{}")
        (folder / "log" / "00000002.json").write_text("{}")
        found = "\n".join(store.verify())

    for expected in (
        f"第 1 号报送（「{first.file}」，食品安全协调科 2024 年 1 月）：原始文件「uploads/{first.sha256}」已损坏",
        f"第 2 号报送（食品安全协调科 2024 年 2 月）：批次「{second.batch}」不存在",
        "「log/00000005.json」接不上前后的记录",
        "「log/00000002.json」被改动过",
        "第 3 号报送的数据",
        "汇总表",
    ):
        assert expected in found
    assert third.seq == 3


def test_a_second_process_is_refused(folder: Path) -> None:
    """One process writes; the other is told what to close."""
    script = """
import sys
from pathlib import Path
from kpi.errors import StoreError
from kpi.store.database import Store, rebuild
from tests.kpi.store.reports import catalog_of
for door in (Store.open, rebuild):
    try:
        door(Path(sys.argv[1]), catalog_of())
    except StoreError as error:
        sys.stdout.buffer.write(f"{error}\\n".encode())
"""
    with Store.open(folder, catalog_of()):
        told = subprocess.run([sys.executable, "-c", script, str(folder)], check=True, capture_output=True).stdout.decode()
        with pytest.raises(StoreError, match="已经打开"):
            Store.open(folder, catalog_of())
    assert told.count("正被另一个程序使用；请先关闭") == 2
    assert not list(folder.glob("kpi.duckdb.*"))


def test_a_folder_that_is_just_being_opened_is_not_opened_a_second_time(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two visitors come at once; two stores on one folder would each have a lock of their own round writes.  Where opening fails it is free again."""
    settle = database.open_settled

    def meanwhile(*asked: Any, **options: Any) -> Opening:
        monkeypatch.setattr(database, "open_settled", settle)
        with pytest.raises(StoreError, match="已经打开"):
            Store.open(folder, catalog_of())
        raise StoreError("磁盘已满")

    monkeypatch.setattr(database, "open_settled", meanwhile)
    with pytest.raises(StoreError, match="磁盘已满"):
        Store.open(folder, catalog_of())
    Store.open(folder, catalog_of()).close()
