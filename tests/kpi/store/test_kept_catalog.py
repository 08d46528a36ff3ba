"""The catalogue that a data folder keeps: each change a file, a damaged one named, two at once told apart, all of it in a backup."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from kpi.bureau import open_bureau, plan_restoring, restore_bureau
from kpi.catalog import load
from kpi.catalog.model import Catalog
from kpi.catalog.plain_tables import documents_of
from kpi.errors import OutdatedError, StoreError
from kpi.period import Month
from kpi.store.backup import back_up
from kpi.store.clock import now
from kpi.store.kept_catalog import KeptCatalog, catalog_in_force
from tests import blank


def renamed(catalog: Catalog, name: str) -> Catalog:
    """The same catalogue of a bureau with another name."""
    return replace(catalog, bureau=name, orgs={})


def edit(file: Path) -> None:
    """Change the reason of a change by hand."""
    file.write_text(file.read_text("utf-8").replace("改名", "无"), "utf-8")


@pytest.fixture
def shipped() -> Catalog:
    """The catalogue of the project."""
    return load.load(load.DEFAULT)


def test_a_folder_that_keeps_none_uses_that_of_the_project(tmp_path: Path) -> None:
    """It has no change, and none is made by looking."""
    kept = KeptCatalog(tmp_path)

    assert (kept.exists(), kept.number, kept.changes()) == (False, 0, ())
    assert documents_of(catalog_in_force(tmp_path)) == documents_of(load.load(load.DEFAULT))
    assert not kept.folder.exists()


def test_each_change_is_kept_with_who_and_why_and_only_what_it_changes(shipped: Catalog, tmp_path: Path) -> None:
    """The second change writes one file of thirty; what was before it can be read again."""
    kept = KeptCatalog(tmp_path)
    kept.keep(shipped, "王统计", "开始", after=0)
    kept.keep(renamed(shipped, "江城市监局"), "李科长", "改名", after=1, account="li", first=Month(2026, 4))

    first, second = kept.changes()
    assert (first.number, first.by, first.why, first.first, len(first.files)) == (1, "王统计", "开始", None, len(documents_of(shipped)))
    assert (second.number, second.by, second.account, second.why, second.first) == (2, "李科长", "li", "改名", Month(2026, 4))
    assert list(second.files) == ["bureau.toml"]
    assert (kept.catalog(1).bureau, kept.catalog().bureau, kept.catalog(2).bureau) == (shipped.bureau, "江城市监局", "江城市监局")
    assert documents_of(kept.catalog(1)) == documents_of(shipped)
    assert catalog_in_force(tmp_path).bureau == "江城市监局"


def test_a_folder_that_is_told_or_set_goes_before_it(shipped: Catalog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is kept waits until the other is told no longer."""
    KeptCatalog(tmp_path).keep(renamed(shipped, "江城市监局"), "王统计", "开始", after=0)

    assert catalog_in_force(tmp_path, load.DEFAULT).bureau == shipped.bureau
    monkeypatch.setenv("KPI_CATALOG", str(load.DEFAULT))
    assert catalog_in_force(tmp_path).bureau == shipped.bureau


def test_of_two_who_change_at_once_the_second_is_told(shipped: Catalog, tmp_path: Path) -> None:
    """Whoever looked at an earlier catalogue changes nothing, and learns who was first."""
    kept = KeptCatalog(tmp_path)
    kept.keep(shipped, "王统计", "开始", after=0)
    kept.keep(renamed(shipped, "甲局"), "李科长", "改名", after=1)

    with pytest.raises(OutdatedError, match=r"指标目录在您打开以后又改过（李科长于 .+：改名）；这一次没有改，请刷新页面"):
        kept.keep(renamed(shipped, "乙局"), "王统计", "也改名", after=1)
    assert (kept.number, kept.catalog().bureau) == (2, "甲局")


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (lambda folder: (folder / "00000002.json").unlink(), "「catalog/00000002.json」不在了；请从备份恢复"),
        (lambda folder: edit(folder / "00000002.json"), "「catalog/00000003.json」不接着前一个"),
        (lambda folder: (folder / "00000003.json").unlink(), "「catalog/00000003.json」不在了；请从备份恢复"),
        (lambda folder: edit(folder / "00000003.json"), "「catalog/00000003.json」被换过或改过；请从备份恢复"),
        (shutil.rmtree, "「catalog/00000001.json」不在了；请从备份恢复"),
        (lambda folder: (folder / "00000003.json").replace(folder / "00000002.json"), "「catalog/00000002.json」不接着前一个"),
    ],
)
def test_what_is_missing_or_was_edited_is_named_at_the_start_and_by_verify(damage, words, shipped: Catalog, tmp_path: Path) -> None:
    """Nothing is guessed: the bureau does not open with half a catalogue, and a running one says so when it is proved."""
    data = tmp_path / "data"
    kept = KeptCatalog(blank.copied(data))
    kept.keep(shipped, "王统计", "开始", after=0)
    kept.keep(renamed(shipped, "甲局"), "李科长", "改名", after=1)
    kept.keep(renamed(shipped, "乙局"), "李科长", "再改名", after=2)
    with open_bureau(data) as bureau:
        assert (bureau.catalog.bureau, bureau.store.verify()) == ("乙局", [])
        damage(kept.folder)
        [fault] = bureau.store.verify()
        assert words in fault

    with pytest.raises(StoreError, match=words):
        open_bureau(data)


def test_a_backup_has_it_and_a_restored_folder_uses_it(shipped: Catalog, tmp_path: Path) -> None:
    """Every change is in the backup, byte for byte."""
    data = tmp_path / "data"
    kept = KeptCatalog(blank.copied(data))
    kept.keep(shipped, "王统计", "开始", after=0)
    kept.keep(renamed(shipped, "甲局"), "李科长", "改名", after=1)
    with open_bureau(data):
        back_up(data, tmp_path / "b.tar", now())

    assert restore_bureau(plan_restoring(tmp_path / "b.tar", tmp_path / "restored")).faults == ()
    assert KeptCatalog(tmp_path / "restored").files() == kept.files()
    with open_bureau(tmp_path / "restored") as bureau:
        assert bureau.catalog.bureau == "甲局"
