"""Drafts: found again by their name alone, gone when empty, discarded or old."""

import os
from pathlib import Path

import pytest

from kpi.errors import StoreError
from kpi.store.database import Store
from kpi.store.drafts import DAYS, Drafts
from kpi.store.folder import DataFolder
from tests.kpi.store.reports import catalog_of


@pytest.fixture
def drafts(tmp_path: Path) -> Drafts:
    return Drafts(DataFolder(tmp_path))


def test_files_are_found_in_the_order_in_which_they_came(drafts: Drafts) -> None:
    """With their names and bytes; two of one name are two."""
    draft = drafts.new()
    for name, data in (("乙.xlsx", b"2"), ("甲.xlsx", b"1"), ("乙.xlsx", b"3")):
        drafts.keep(draft, name, data)
    assert [(one.name, one.data) for one in drafts.files(draft)] == [("乙.xlsx", b"2"), ("甲.xlsx", b"1"), ("乙.xlsx", b"3")]
    assert drafts.files(drafts.new()) == []


def test_an_empty_draft_is_gone(drafts: Drafts, tmp_path: Path) -> None:
    """Taken out one by one, or discarded."""
    first, second = drafts.new(), drafts.new()
    kept = [drafts.keep(first, "甲.xlsx", b"1"), drafts.keep(first, "乙.xlsx", b"2")]
    drafts.keep(second, "丙.xlsx", b"3")
    drafts.remove(first, kept[0].key)
    assert [one.name for one in drafts.files(first)] == ["乙.xlsx"]
    drafts.remove(first, kept[1].key)
    drafts.discard(second)
    assert list((tmp_path / "drafts").iterdir()) == []


@pytest.mark.parametrize("name", ["", "..", "../log", "a" * 31, "A" * 32, "/etc", "a" * 32 + "\n"])
def test_no_other_folder_can_be_reached(drafts: Drafts, tmp_path: Path, name: str) -> None:
    """A draft has the name that was given to it and no other."""
    (tmp_path / "log").mkdir()
    assert drafts.files(name) == []
    drafts.discard(name)
    drafts.remove(name, "../../log")
    with pytest.raises(StoreError, match="暂存的地址不对"):
        drafts.keep(name, "甲.xlsx", b"1")
    assert (tmp_path / "log").is_dir()


def test_a_draft_lasts_seven_days_after_the_last_file(folder: Path) -> None:
    """Older ones go when the store is opened; the log, the uploads and the younger ones stay."""
    with Store.open(folder, catalog_of()) as store:
        old, young = store.drafts.new(), store.drafts.new()
        for draft in (old, young):
            store.drafts.keep(draft, "甲.xlsx", b"1")
        [lies] = {path.parent for path in (folder / "drafts").rglob("*-*") if path.name == store.drafts.files(old)[0].key}
        moment = lies.stat().st_mtime
        os.utime(lies, (moment, moment - DAYS * 86_400 - 60))
    with Store.open(folder, catalog_of()) as store:
        assert store.drafts.files(old) == []
        assert [one.name for one in store.drafts.files(young)] == ["甲.xlsx"]
        assert store.verify() == []


def test_a_torn_file_does_not_hide_the_others(drafts: Drafts, tmp_path: Path) -> None:
    """A power cut may leave half of one, or one that was not yet named."""
    draft = drafts.new()
    kept = drafts.keep(draft, "甲.xlsx", b"1")
    lost = drafts.keep(draft, "乙.xlsx", b"2")
    [folder] = (tmp_path / "drafts").iterdir()
    (folder / lost.key).write_bytes((folder / lost.key).read_bytes()[:40])
    (folder / f"{'9' * 20}-00000000.part").write_bytes(b"half")
    assert drafts.files(draft) == [kept]


def test_the_disk_tells_nothing_of_a_draft_to_who_lacks_its_name(drafts: Drafts, tmp_path: Path) -> None:
    """Neither the name of the draft, nor that of the file, nor a word in it."""
    draft = drafts.new()
    drafts.keep(draft, "张三投诉.csv", "姓名,电话\n张三,13800000000\n".encode())
    [path] = [path for path in (tmp_path / "drafts").rglob("*") if path.is_file()]
    assert draft not in str(path)
    assert not any(word.encode() in path.read_bytes() for word in ("张三", "13800000000"))
    assert drafts.files(path.parent.name) == drafts.files(path.parent.name[:32]) == []


def test_there_are_so_many_drafts_at_most(drafts: Drafts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A further one is refused in a sentence until one goes, is given up or grows too old; one that is there takes further files."""
    monkeypatch.setattr("kpi.store.drafts.MOST", 2)
    first, second, third = drafts.new(), drafts.new(), drafts.new()
    for draft in (first, second):
        drafts.keep(draft, "甲.xlsx", b"1")
    with pytest.raises(StoreError, match=r"「丙\.xlsx」没有暂存：还没有入库的已有 2 批，7 天没有动过的才自动删除；可以照常核对入库"):
        drafts.keep(third, "丙.xlsx", b"3")
    drafts.keep(second, "乙.xlsx", b"2")
    drafts.discard(first)
    drafts.keep(third, "丙.xlsx", b"3")
    for folder in (tmp_path / "drafts").iterdir():
        os.utime(folder, (0, 0))
    drafts.keep(first, "丁.xlsx", b"4")
    assert len(list((tmp_path / "drafts").iterdir())) == 1


def test_a_draft_opens_for_the_account_that_dropped_it_alone(drafts: Drafts) -> None:
    """Whoever else has its name: another account, nobody, or the owner of a name that ends alike."""
    mine = drafts.of("zhang.san")
    draft = mine.new()
    kept = mine.keep(draft, "甲.xlsx", b"1")
    assert [file.name for file in drafts.of("zhang.san").files(draft)] == ["甲.xlsx"]
    for other in (drafts, drafts.of("li.si"), drafts.of("san"), drafts.of("")):
        assert other.files(draft) == []
        other.remove(draft, kept.key)
        other.discard(draft)
    assert len(mine.files(draft)) == 1
