"""A data folder of the first releases, whose log files hold one entry each and no digest: it opens as it was, and is sealed."""

import json
import shutil
from pathlib import Path

import duckdb
import pytest

from kpi.errors import StoreError
from kpi.store import connection
from kpi.store.database import Store
from tests.kpi.store.reports import accepted, catalog_of
from tests.kpi.store.seven import everything, flip


def unchained(folder: Path) -> None:
    """Write the log as the first releases did."""
    for path in sorted((folder / "log").iterdir()):
        written = json.loads(path.read_text("utf-8"))
        path.unlink()
        for number, entry in enumerate(written["entries"], written["number"]):
            (folder / "log" / f"{number:08d}.json").write_text(json.dumps(entry, ensure_ascii=False, indent=1), "utf-8")
    (folder / "head.json").unlink()


@pytest.fixture
def bare(tmp_path: Path, whole: Path) -> Path:
    """Without a database, which is made from it."""
    folder = shutil.copytree(whole, tmp_path / "data")
    unchained(folder)
    (folder / "kpi.duckdb").unlink()
    return folder


@pytest.fixture
def old(tmp_path: Path, whole: Path) -> Path:
    """With the database of such a release: other tables, and no copy of the log."""
    folder = shutil.copytree(whole, tmp_path / "data")
    unchained(folder)
    with duckdb.connect(str(folder / "kpi.duckdb")) as database:
        database.execute("drop table log")
        connection.write_property(database, "schema", "of another release")
    return folder


def test_it_opens_as_it_was_and_goes_on(old: Path, expected: object) -> None:
    """The first file of this release holds the digest of all that came before."""
    with Store.open(old, catalog_of()) as store:
        assert everything(store) == expected
        assert [notice.partition("，")[0] for notice in store.notices] == ["数据库由另一版本的程序建立"]
        assert [s.seq for s in store.commit([accepted("2024-04", food_sampling_tested="4")])] == [8]
        assert store.verify() == []
    with Store.open(old, catalog_of()) as store:
        assert (store.notices, store.version) == ((), 8)
    assert json.loads((old / "log" / "00000008.json").read_text("utf-8"))["number"] == 8


@pytest.mark.parametrize("sealed", [False, True])
def test_what_is_altered_later_is_restored(old: Path, expected: object, sealed: bool) -> None:
    """By the head while nothing was entered since, afterwards by the first chained file: its digest is over all of them."""
    with Store.open(old, catalog_of()) as store:
        if sealed:
            store.commit([accepted("2024-04", food_sampling_tested="4")])
        expected = everything(store)
    flip(old / "log" / "00000006.json", 60)
    (old / "log" / "00000002.json").unlink()
    with Store.open(old, catalog_of()) as store:
        assert everything(store) == expected
        assert ["第 6 号" in store.notices[0], "第 2 号" in store.notices[1]] == [True, True]
        assert store.verify() == []


def test_without_a_database_it_is_seen_that_one_was_altered(bare: Path) -> None:
    """Which one, nobody can tell: it never becomes the truth in silence."""
    with Store.open(bare, catalog_of()) as store:
        store.commit([accepted("2024-04", food_sampling_tested="4")])
    (bare / "kpi.duckdb").unlink()
    path = bare / "log" / "00000006.json"
    text = path.read_bytes()
    path.write_bytes(text.replace(b'"submission": 5', b'"submission": 3'))
    for _ in range(2):
        with Store.open(bare, catalog_of()) as store:
            said = "日志第 1—7 号中有登记文件在封存后被改动过，看不出是哪一个；请从备份恢复 log 目录，再启动。"
            assert said in store.notices
            assert said in store.verify()


@pytest.mark.parametrize(("name", "found", "altered"), [("6", b'"submission": 5', b'"submission": 3'), ("7", b"2024-02", b"2024-03"), ("3", b"food", b"good")])
def test_its_database_speaks_against_an_entry_that_was_altered(old: Path, name: str, found: bytes, altered: bytes) -> None:
    """It is the only witness, so it is not replaced: one digit of a decision would be final."""
    path = old / "log" / f"0000000{name}.json"
    text = path.read_bytes()
    assert found in text
    path.write_bytes(text.replace(found, altered))
    with pytest.raises(StoreError, match=f"日志第 {name} 号的登记与数据库里的不一致"):
        Store.open(old, catalog_of())
    path.write_bytes(text)
    Store.open(old, catalog_of()).close()


@pytest.mark.parametrize("damage", ["deleted", "empty"])
def test_its_database_is_not_replaced_when_it_knows_more(old: Path, damage: str) -> None:
    """The last entry is gone or has 0 bytes: before, the sheet was dropped."""
    path = old / "log" / "00000005.json"
    path.unlink() if damage == "deleted" else path.write_bytes(b"")
    for _ in range(2):
        with pytest.raises(StoreError, match="数据库记有第 5 号，日志里没有或读不出"):
            Store.open(old, catalog_of())
    assert not list(old.glob("kpi.duckdb.*"))


def test_a_copy_of_an_entry_under_the_next_number_is_none(bare: Path, expected: object) -> None:
    """It would count as one more sheet."""
    shutil.copy(bare / "log" / "00000003.json", bare / "log" / "00000008.json")
    with Store.open(bare, catalog_of()) as store:
        assert everything(store) == expected
        assert store.notices[0].startswith("日志目录里的「00000008.json」接不上前后的记录，没有计入")


def test_the_database_of_another_folder_is_not_believed(bare: Path, tmp_path: Path, expected: object) -> None:
    """There is no head yet, and the other one is longer and sound: nothing of either is touched."""
    with Store.open(tmp_path / "other", catalog_of()) as store:
        for month in range(1, 13):
            store.commit([accepted(f"2023-{month:02}", food_sampling_tested="9")])
    shutil.copy(tmp_path / "other" / "kpi.duckdb", bare / "kpi.duckdb")
    (bare / "kpi.size").unlink()
    before = {path.name: path.read_bytes() for path in (bare / "log").iterdir()}
    with pytest.raises(StoreError, match=r"kpi\.duckdb 里保存的原文不一致"):
        Store.open(bare, catalog_of())
    assert {path.name: path.read_bytes() for path in (bare / "log").iterdir()} == before
    (bare / "kpi.duckdb").unlink()
    with Store.open(bare, catalog_of()) as store:
        assert everything(store) == expected


@pytest.mark.parametrize("text", ["", "{}", '{"rows": []}'])
def test_a_file_named_by_a_date_is_no_entry(bare: Path, expected: object, text: str) -> None:
    """Eight digits are a date as well; the log does not reach to number twenty million for it."""
    (bare / "log" / "20261127.json").write_text(text, "utf-8")
    with Store.open(bare, catalog_of()) as store:
        assert everything(store) == expected
        assert store.notices[0].startswith("日志目录里的「20261127.json」接不上前后的记录，没有计入")


def test_batches_that_no_entry_names_are_named(bare: Path) -> None:
    """The log was cut and nothing else knows how long it was: they may be what was cut off."""
    (bare / "log" / "00000007.json").unlink()
    (bare / "log" / "00000006.json").unlink()
    (bare / "log" / "00000005.json").unlink()
    with Store.open(bare, catalog_of()) as store:
        assert store.notices[0].startswith("批次「food2024-03.xlsx」（食品安全协调科 2024 年 3 月）没有登入日志，没有计入；")
