"""Nothing that was accepted is lost in silence: of log, head and database each is made whole from the others, or the gap has numbers."""

import json
import os
import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from kpi.errors import StoreError
from kpi.period import Month
from kpi.store.database import Store, rebuild
from kpi.store.decision import Act, Decision
from kpi.store.gaps import LEFT_OUT
from kpi.store.notice import gaps, gaps_unannounced
from tests.kpi.store.reports import accepted, catalog_of
from tests.kpi.store.seven import NAMES, everything, flip


@pytest.fixture
def folder(tmp_path: Path, whole: Path) -> Path:
    return shutil.copytree(whole, tmp_path / "data")


def healed(folder: Path, expected: object) -> tuple[str, ...]:
    """All is there and all is proved, now and at the next opening; what was said."""
    with Store.open(folder, catalog_of()) as store:
        assert everything(store) == expected
        assert store.verify() == []
        notices = store.notices
    with Store.open(folder, catalog_of()) as store:
        assert (everything(store), store.notices) == (expected, ())
    return notices


def cut(path: Path, length: int) -> None:
    path.write_bytes(path.read_bytes()[:length])


@pytest.mark.parametrize("names", [[], NAMES[-1:], NAMES[-2:], NAMES[:1], NAMES[1:4]])
def test_a_log_that_lacks_files_is_completed_from_the_database(folder: Path, expected: object, names: list[str]) -> None:
    """Emptied, cut short or with a hole: before, it opened as an empty or older bureau and the database was moved aside."""
    texts = {name: (folder / "log" / name).read_bytes() for name in NAMES}
    for name in names or NAMES:
        (folder / "log" / name).unlink()

    [notice] = healed(folder, expected)

    assert "已按另存的原文补上" in notice
    assert {name: (folder / "log" / name).read_bytes() for name in NAMES} == texts
    assert not list(folder.glob("kpi.duckdb.*"))


def test_a_log_folder_that_is_gone_comes_back(folder: Path, expected: object) -> None:
    """With the head it is lost twice, and the database alone knows all of it."""
    shutil.rmtree(folder / "log")
    (folder / "head.json").unlink()
    assert [notice.partition("，")[0] for notice in healed(folder, expected)] == [
        "日志缺第 1—7 号的登记文件",
        "记着日志末号的「head.json」缺失或已损坏",
    ]


@pytest.mark.parametrize("damage", [lambda path: cut(path, 0), lambda path: cut(path, 100), lambda path: flip(path, 60), lambda path: flip(path, -30)])
@pytest.mark.parametrize("name", [NAMES[0], NAMES[3], NAMES[4]])
@pytest.mark.parametrize("there", [True, False])
def test_a_log_file_that_was_altered_is_restored_or_named(folder: Path, expected: object, name: str, there: bool, damage: Callable[[Path], None]) -> None:
    """Empty, cut or with one bit changed; without the database only the last one has another text, which is in the head."""
    path = folder / "log" / name
    text = path.read_bytes()
    damage(path)
    altered = path.read_bytes()
    if there or name == NAMES[-1]:
        if not there:
            (folder / "kpi.duckdb").unlink()
        assert any("被改动过或读不出，已按另存的原文恢复" in notice for notice in healed(folder, expected))
        assert path.read_bytes() == text
        assert [kept.read_bytes() for kept in folder.glob(f"{name}.damaged-*")] == [altered]
        return
    (folder / "kpi.duckdb").unlink()
    numbers = {NAMES[0]: "第 1—2 号", NAMES[3]: "第 6 号"}[name]
    for again in range(2):
        with Store.open(folder, catalog_of()) as store:
            assert any(f"日志{numbers}{LEFT_OUT}：登记文件「log/{name}」" in sentence for sentence in gaps(store.notices)), again
            assert any(f"日志{numbers}没有计入" in sentence and f"log/{name}" in sentence for sentence in store.verify())
            assert not any("rebuild" in sentence for sentence in store.verify())
    path.write_bytes(text)
    healed(folder, expected)


def test_one_altered_file_of_many_entries_is_no_missing_one(tmp_path: Path) -> None:
    """Of a click on 23 files one digit was changed: nothing is missing, the numbers are named, and what to do after the repair."""
    folder = tmp_path / "many"
    with Store.open(folder, catalog_of()) as store:
        store.commit([accepted(f"{2020 + at // 12}-{at % 12 + 1:02}", food_sampling_tested="1") for at in range(23)])
        store.commit([accepted("2024-03", food_sampling_tested="3")])
    (folder / "kpi.duckdb").unlink()
    path = folder / "log" / "00000001.json"
    path.write_bytes(path.read_bytes().replace(b"2021", b"2031", 1))
    with pytest.raises(StoreError) as refused:
        Store.open(folder, catalog_of())
    said = str(refused.value)
    assert "登记文件「log/00000001.json」（第 1—23 号）被改动过，别处没有原文" in said
    assert said.endswith("请从备份恢复数据目录「" + str(folder) + "」里的上述登记文件，再启动。")
    assert "缺" not in said


def test_a_missing_file_says_which_batches_may_be_its(folder: Path) -> None:
    """What is known of it: file, office and month of the batches that no entry names."""
    (folder / "kpi.duckdb").unlink()
    (folder / "log" / NAMES[1]).unlink()
    with Store.open(folder, catalog_of()) as store:
        assert [s.seq for s in store.submissions()] == [1, 2, 5]
        assert (
            "没有登入日志的批次有「drug2024-03.xlsx」（药品科 2024 年 3 月）、「food2024-03.xlsx」（食品安全协调科 2024 年 3 月），可能就是它们"
            in gaps(store.notices)[0]
        )


@pytest.mark.parametrize("open_again", [Store.open, rebuild])
@pytest.mark.parametrize("head", [True, False])
def test_a_log_that_nobody_can_complete_is_not_opened_as_an_empty_bureau(folder: Path, head: bool, open_again: Callable[..., object]) -> None:
    """Head and batches know of entries that neither log nor database has."""
    (folder / "kpi.duckdb").unlink()
    for path in (folder / "log").iterdir():
        path.unlink()
    if not head:
        (folder / "head.json").unlink()
    before = sorted(os.listdir(folder))

    with pytest.raises(StoreError) as refused:
        open_again(folder, catalog_of())

    assert ("日志第 1—6 号，共 6 号，不能计入：登记文件「log/00000001.json」起（第 1—6 号）缺失" if head else "日志和数据库却是空的") in str(refused.value)
    assert "请从备份恢复" in str(refused.value)
    assert sorted(os.listdir(folder)) == before


@pytest.mark.parametrize("clicks", [1, 7, 12])
def test_a_database_of_another_folder_is_refused(folder: Path, tmp_path: Path, clicks: int) -> None:
    """Shorter, as long or longer: neither by opening nor by rebuilding is one of the two believed; the way out is named and works."""
    with Store.open(tmp_path / "other", catalog_of()) as store:
        for month in range(1, clicks + 1):
            store.commit([accepted(f"2023-{month:02}", food_sampling_tested="9")])
    shutil.copy(tmp_path / "other" / "kpi.duckdb", folder / "kpi.duckdb")
    (folder / "kpi.size").unlink()
    data = (folder / "kpi.duckdb").read_bytes()
    for door in (Store.open, rebuild):
        with pytest.raises(StoreError, match="不是同一份数据（从第 1 号起不同）"):
            door(folder, catalog_of())
    assert (folder / "kpi.duckdb").read_bytes() == data
    (folder / "kpi.duckdb").rename(tmp_path / "elsewhere")
    with Store.open(folder, catalog_of()) as store:
        assert [s.seq for s in store.submissions()] == [1, 2, 3, 4, 5]


def test_rebuild_forgets_nothing_that_only_the_database_has(folder: Path, expected: object) -> None:
    """The batch of a sheet is gone, its figures are still served: to rebuild would drop them."""
    [batch] = folder.glob("batches/drug/2024-03/*.parquet")
    data = batch.read_bytes()
    batch.unlink()
    with pytest.raises(StoreError, match="没有重建：数据库里还有这些报送的数"):
        rebuild(folder, catalog_of())
    with Store.open(folder, catalog_of()) as store:
        assert everything(store) == expected
    batch.write_bytes(data)
    assert rebuild(folder, catalog_of()) == 5
    healed(folder, expected)


def test_rebuild_completes_the_log_first(folder: Path, expected: object) -> None:
    """The last entry has 0 bytes: before, it was passed over and the sheet with it."""
    cut(folder / "log" / NAMES[-1], 0)
    (folder / "log" / NAMES[2]).unlink()
    assert rebuild(folder, catalog_of()) == 5
    healed(folder, expected)


@pytest.mark.parametrize("length", [1, 4_096, 262_144])
@pytest.mark.parametrize("noted", [True, False])
def test_a_database_cut_at_its_end_is_noticed_and_made_again(folder: Path, expected: object, length: int, noted: bool) -> None:
    """The engine opens such a file; its length at closing tells, and after a kill the blocks that are missing."""
    path = folder / "kpi.duckdb"
    cut(path, path.stat().st_size - length)
    if not noted:
        (folder / "kpi.size").unlink()
    [notice] = healed(folder, expected)
    assert "kpi.duckdb.damaged-" in notice


def test_a_database_cut_at_its_end_that_knows_more_than_the_log_still_gives_it(folder: Path, expected: object) -> None:
    """It is made again, but not before the log has got back what only this file had."""
    shutil.copytree(folder, folder.parent / "grown")
    grown = folder.parent / "grown"
    with Store.open(grown, catalog_of()) as store:
        store.commit([accepted(f"2025-{month:02}", food_sampling_tested="1") for month in range(1, 13)])
        everything_grown = everything(store)
    for name in ("log", "head.json"):
        shutil.rmtree(grown / name, ignore_errors=True)
    shutil.copytree(folder / "log", grown / "log")
    shutil.copy(folder / "head.json", grown / "head.json")
    assert "日志缺第 8—19 号的登记文件，已按另存的原文补上。" in healed(grown, everything_grown)


def test_the_blocks_of_every_table_are_read_at_opening(folder: Path, expected: object) -> None:
    """A bit changed in any of them is noticed."""
    path = folder / "kpi.duckdb"
    for at in range(12_288 + 5, path.stat().st_size, 262_144):
        copy = shutil.copytree(folder, folder.parent / f"flipped{at}")
        flip(copy / "kpi.duckdb", at)
        with Store.open(copy, catalog_of()) as store:
            assert "数据库文件已损坏" in store.notices[0]
            assert everything(store) == expected


@pytest.mark.parametrize("text", ["", "{", "altered", "other"])
def test_a_head_that_is_gone_or_wrong_is_written_again(folder: Path, expected: object, text: str, tmp_path: Path) -> None:
    """Log and database agree, so it is the head that is wrong, even when it is the whole one of another folder."""
    path = folder / "head.json"
    if text == "other":
        with Store.open(tmp_path / "other", catalog_of()) as store:
            store.commit([accepted("2023-01", food_sampling_tested="9")])
        shutil.copy(tmp_path / "other" / "head.json", path)
    elif text == "altered":
        path.write_text(json.dumps(json.loads(path.read_text("utf-8")) | {"number": 6}), "utf-8")
    else:
        path.write_text(text, "utf-8")
    [notice] = healed(folder, expected)
    assert "head.json" in notice


def test_a_folder_in_the_place_of_the_head_is_called_one(folder: Path, expected: object) -> None:
    """It is no record that follows from nothing: the head is written again, and the folder waits for whoever made it."""
    (folder / "head.json").unlink()
    (folder / "head.json").mkdir()
    (folder / "head.json" / "letter").touch()
    for _ in range(2):
        with Store.open(folder, catalog_of()) as store:
            assert everything(store) == expected
            [notice] = gaps(store.notices) if store.verify() == list(gaps(store.notices)) else []
    assert notice.startswith("「head.json」是文件夹，不是登记文件，没有读；启动时已移为数据目录下的「head.json.stray-")
    assert "请核对里面有没有要用的文件，不要了就移出数据目录" in notice


def test_a_withdrawal_that_is_lost_lets_its_sheet_count_again_and_says_so(tmp_path: Path) -> None:
    """The other figures are not all as they were: of 12 taken back, 12 counts again; a lost correction would bring back what it replaced."""
    folder = tmp_path / "data"
    with Store.open(folder, catalog_of()) as store:
        [sheet] = store.commit([accepted("2023-01", food_sampling_tested="12")])
        store.decide(Decision(Act.WITHDRAW, Month(2023, 1), "food", sheet.seq, "王", datetime.fromisoformat("2023-02-03T09:00"), "报错了"))
        store.commit([accepted("2023-02", food_sampling_tested="3")])
    (folder / "kpi.duckdb").unlink()
    (folder / "log" / "00000002.json").unlink()
    with Store.open(folder, catalog_of()) as store:
        assert store.current("food", Month(2023, 1), sheet.template) == sheet
        [notice] = gaps(store.notices)
    assert notice == (
        "日志第 2 号没有计入（是更正或撤回的，先前那一份报送又算数；是锁定的，那个月又能改），其余数据照常："
        "登记文件「log/00000002.json」（第 2 号）缺失，别处没有原文；请从备份恢复上述登记文件，再启动。"
    )


def test_what_stands_in_partial_or_log_and_is_no_file_does_no_harm(folder: Path, expected: object) -> None:
    """Folders, copies of files, a file of another number under the next one: named at each start and by verify until they are taken away."""
    (folder / "partial" / "folder").mkdir()
    (folder / "partial" / "half").write_bytes(b"{")
    (folder / "log" / "00000008.json").mkdir()
    shutil.copy(folder / "log" / NAMES[2], folder / "log" / "00000009.json")
    (folder / "log" / NAMES[1]).rename(folder / "log" / "00000012.json")
    strays = ["日志目录里的「00000008.json」是文件夹，不是登记文件，没有读"]
    strays += [f"日志目录里的「{name}」接不上前后的记录，没有计入" for name in ("00000009.json", "00000012.json")]
    for repairs in (1, 0):
        with Store.open(folder, catalog_of()) as store:
            assert (everything(store), len(store.notices) - len(gaps(store.notices))) == (expected, repairs)
            assert [notice.partition("；")[0] for notice in gaps(store.notices)] == strays
            assert list(gaps(store.notices)) == store.verify()
    for path in folder.glob("*.stray-*"):
        path.replace(folder.parent / path.name)
    assert healed(folder, expected) == ()
    assert os.listdir(folder / "partial") == ["folder"]
    with Store.open(folder, catalog_of()) as store:
        assert [s.seq for s in store.commit([accepted("2024-04", food_sampling_tested="4")])] == [8]


@pytest.mark.parametrize("name", ["log", "partial", "uploads"])
def test_a_file_in_the_place_of_a_folder_is_named(folder: Path, name: str) -> None:
    """Not by a traceback."""
    shutil.rmtree(folder / name)
    (folder / name).write_bytes(b"")
    with pytest.raises(StoreError, match=name):
        Store.open(folder, catalog_of())


def test_a_crash_before_the_first_entry_is_no_loss(tmp_path: Path) -> None:
    """Files were written and nothing was entered: the head says that the log was still empty."""
    with Store.open(tmp_path, catalog_of()) as store:
        store._folder.write({store._folder.upload("0" * 64): b"x"})
    (tmp_path / "kpi.duckdb").unlink()
    with Store.open(tmp_path, catalog_of()) as store:
        assert (store.submissions(), store.notices) == ([], ())


def test_a_log_ahead_of_its_head_is_a_crash_and_no_loss(folder: Path, expected: object) -> None:
    """The entry has its name before the head is written."""
    head = (folder / "head.json").read_bytes()
    with Store.open(folder, catalog_of()) as store:
        store.commit([accepted("2024-04", food_sampling_tested="4")])
        after = everything(store)
    (folder / "head.json").write_bytes(head)
    assert healed(folder, after) == ()
    (folder / "kpi.duckdb").unlink()
    (folder / "head.json").write_bytes(head)
    assert healed(folder, after) == ("数据库文件不在了，已由日志和批次重建。",)


def test_one_file_holds_what_one_click_did(folder: Path) -> None:
    """All of it or none: there is no instant at which the log has half of a click."""
    assert sorted(os.listdir(folder / "log")) == NAMES
    written = json.loads((folder / "log" / NAMES[1]).read_text("utf-8"))
    assert (written["number"], [entry["office"] for entry in written["entries"]]) == (3, ["food", "drug"])


def test_who_verifies_gets_the_gaps_that_opening_named(folder: Path) -> None:
    """None of them is swallowed, whether verify finds it by itself or not."""
    (folder / "log" / "00000008.json").touch()
    with gaps_unannounced() as unannounced, Store.open(folder, catalog_of()) as store:
        assert unannounced == list(store.notices) == store.verify()
    assert len(unannounced) == 1


@pytest.mark.parametrize("left", [["secret"], ["kpi.size"], ["drafts"], ["kpi.duckdb.damaged-20260101-000000-000000"], ["kpi.size", "secret"]])
def test_a_folder_that_was_in_use_does_not_open_as_an_empty_bureau(tmp_path: Path, left: list[str]) -> None:
    """Whatever is left of it is named, at every start, and stays as it is; nothing is made beside it."""
    for name in left:
        path = tmp_path / name / "draft" if name == "drafts" else tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("1")
    for _ in range(2):
        with pytest.raises(StoreError, match="里有" + "、".join(f"「{name}」" for name in sorted(left, reverse=True)) + "，日志和数据库却是空的"):
            Store.open(tmp_path, catalog_of())
    assert {path.name for path in tmp_path.iterdir()} == {*left, "log", "uploads", "partial"}
