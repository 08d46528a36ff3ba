"""A backup of a folder that is open and written to: one file, of one moment, with all that its log refers to and nothing else."""

import json
import shutil
import tarfile
from collections import namedtuple
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from threading import Event, Thread

import pytest

from kpi import __version__
from kpi.errors import RequestError, StoreError
from kpi.store.backup import HaltedError, back_up, backup_name, remove_old
from kpi.store.backup_archive import check_archive
from kpi.store.backup_manifest import LogCounts
from kpi.store.database import Store
from kpi.store.restore import plan_restore, restore
from tests.kpi.store.reports import accepted, catalog_of
from tests.kpi.store.seven import NAMES, everything

AT = datetime.fromisoformat("2026-11-28T23:30:05")
ROOT = Path(__file__).parents[3]


def names(path: Path) -> list[str]:
    return [member.name for member in check_archive(path).members]


def opened(folder: Path) -> Store:
    return Store.open(folder, catalog_of())


def test_it_holds_what_the_log_refers_to_and_says_so(whole: Path, tmp_path: Path) -> None:
    """Seven numbers, five submissions of five files; the database, drafts and what no entry names stay out."""
    data = Path(shutil.copytree(whole, tmp_path / "data"))
    (data / "batches" / "food" / "2024-01" / f"{'0' * 64}.parquet").write_bytes(b"of nobody")
    (data / "drafts").mkdir()
    (data / "drafts" / "x").write_bytes(b"of somebody")
    (tmp_path / "out").mkdir()

    backup = back_up(data, tmp_path / "out", AT)

    manifest = backup.manifest
    assert backup.path == tmp_path / "out" / "kpi-backup-20261128-233005.tar"
    assert (backup.size, backup.sha256) == (backup.path.stat().st_size, sha256(backup.path.read_bytes()).hexdigest())
    assert (manifest.product, manifest.at, manifest.last, manifest.counts, manifest.lacks) == (__version__, AT, 7, LogCounts(5, 0, 0), ())
    assert manifest.digest == json.loads((data / "head.json").read_text("utf-8"))["digest"]
    assert check_archive(backup.path) == manifest
    kept = names(backup.path)
    assert kept[:6] == ["head.json", *(f"log/{name}" for name in NAMES)]
    assert sorted(name.partition("/")[0] for name in kept[6:]) == ["batches"] * 5 + ["uploads"] * 5
    assert sorted(path.name for path in backup.path.parent.iterdir()) == [backup.path.name]


def test_what_comes_in_meanwhile_does_not_tear_it(whole: Path, tmp_path: Path) -> None:
    """While a thread takes in sheet after sheet, each backup is whole and restores to the state of its own last number."""
    data, ended, began = Path(shutil.copytree(whole, tmp_path / "data")), Event(), Event()
    by_number: dict[int, object] = {}

    with opened(data) as store:

        def report() -> None:
            for turn in range(400):
                if ended.is_set():
                    return
                store.commit(
                    [accepted(f"2025-{turn % 12 + 1:02}", food_sampling_tested=f"{turn + 1}"), accepted("2024-12", "drug", drug_samples_tested=f"{turn}")]
                )
                by_number[store.version] = everything(store)
                began.set()

        by_number[7] = everything(store)
        thread = Thread(target=report)
        thread.start()
        began.wait(60)
        backups = [back_up(data, tmp_path / f"{turn}.tar", AT) for turn in range(6)]
        ended.set()
        thread.join()

    lasts = [backup.manifest.last for backup in backups]
    assert lasts == sorted(lasts)
    assert len(set(lasts)) > 1, "nothing came in meanwhile"
    for number, backup in enumerate(backups):
        assert backup.manifest.lacks == ()
        restored = restore(plan_restore(backup.path, tmp_path / f"restored-{number}"), opened)
        assert restored.faults == ()
        with opened(restored.plan.target) as store:
            assert everything(store) == by_number[backup.manifest.last]


def test_the_key_and_the_journals_of_accounts_are_in_it(whole: Path, tmp_path: Path) -> None:
    """Lines beyond the head were never acknowledged and one that is missing is named; sessions stay out; nobody else on the machine reads any of it."""
    data = Path(shutil.copytree(whole, tmp_path / "data"))
    with opened(data) as store:
        key = store.secret
    (data / "access").mkdir()
    for name, text in {"accounts.jsonl": "1\n2\n3\n4", "accounts.head": "2 ab\n", "audit.jsonl": "a\n", "audit.head": "3 cd\n", "sessions.db": "s"}.items():
        (data / "access" / name).write_text(text, "utf-8")

    backup = back_up(data, tmp_path / "b.tar", AT)
    restored = restore(plan_restore(backup.path, tmp_path / "restored"), opened).plan.target

    assert backup.secret
    assert backup.path.stat().st_mode & 0o777 == 0o600
    assert (restored / "secret").stat().st_mode & 0o777 == 0o600
    assert {path.name: path.read_text("utf-8") for path in (restored / "access").iterdir()} == {
        "accounts.jsonl": "1\n2\n",
        "accounts.head": "2 ab\n",
        "audit.jsonl": "a\n",
        "audit.head": "3 cd\n",
    }
    assert backup.manifest.lacks == ("「access/audit.jsonl」应有 3 行，只有 1 行；请从备份恢复它和「access/audit.head」。",)
    with opened(restored) as store:
        assert store.secret == key


def test_what_lacks_is_named_and_the_rest_is_kept(whole: Path, tmp_path: Path) -> None:
    """One upload gone must not stop backups for ever."""
    data = Path(shutil.copytree(whole, tmp_path / "data"))
    gone = sorted((data / "uploads").iterdir())[0]
    gone.unlink()

    backup = back_up(data, tmp_path / "b.tar", AT)

    assert backup.manifest.lacks == (f"原始文件「uploads/{gone.name}」不存在或无法读取；请从备份恢复该文件。",)
    assert len(names(backup.path)) == 6 + 5 + 4
    restored = restore(plan_restore(backup.path, tmp_path / "restored"), opened)
    assert any(gone.name in fault for fault in restored.faults)


def test_it_is_refused_in_words_and_leaves_nothing(whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nothing is to be backed up, a file is there already, it would lie in the folder, there is no room, or the program ends."""
    there = tmp_path / "there.tar"
    there.write_bytes(b"mine")
    with pytest.raises(StoreError, match="不是数据目录"):
        back_up(tmp_path / "nowhere", tmp_path / "b.tar", AT)
    with pytest.raises(RequestError, match="已经有了，不覆盖"):
        back_up(whole, there, AT)
    with pytest.raises(RequestError, match="在数据目录里"):
        back_up(whole, whole / "b.tar", AT)
    with pytest.raises(StoreError, match="写不了（不存在）"):
        back_up(whole, tmp_path / "no folder" / "b.tar", AT)
    with pytest.raises(HaltedError, match="下次启动时会补做"):
        back_up(whole, tmp_path / "b.tar", AT, lambda: True)
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage(10**6, 10**6, 10**4))
    with pytest.raises(StoreError, match=r"剩余 0.0 MB，这份备份要 0\.\d MB；请腾出空间"):
        back_up(whole, tmp_path / "b.tar", AT)
    assert there.read_bytes() == b"mine"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["there.tar"]


def test_it_is_a_tar_file_that_any_program_unpacks(whole: Path, tmp_path: Path) -> None:
    """Whoever has nothing but the file and tar gets the originals out of it."""
    backup = back_up(whole, tmp_path / "b.tar", AT)

    with tarfile.open(backup.path) as archive:
        archive.extractall(tmp_path / "unpacked", filter="data")

    for member in backup.manifest.members:
        assert sha256((tmp_path / "unpacked" / member.name).read_bytes()).hexdigest() == member.sha256


def test_the_oldest_go(tmp_path: Path) -> None:
    """Of five two stay, the newest; a file that is called otherwise is nobody's business."""
    made = [tmp_path / backup_name(AT.replace(day=day)) for day in (3, 1, 28, 12, 20)]
    for path in [*made, tmp_path / "mine.tar"]:
        path.write_bytes(b"")

    assert remove_old(tmp_path, 2) == [backup_name(AT.replace(day=day)) for day in (1, 3, 12)]
    assert sorted(path.name for path in tmp_path.iterdir()) == [backup_name(AT.replace(day=20)), backup_name(AT.replace(day=28)), "mine.tar"]


def test_the_version_of_the_program_is_that_of_the_project() -> None:
    """Which a backup names."""
    assert f'version = "{__version__}"' in (ROOT / "pyproject.toml").read_text("utf-8")
