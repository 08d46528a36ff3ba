"""A backup is restored whole, into an empty place, or not at all; no path in it reaches anywhere else."""

import io
import json
import shutil
import tarfile
from datetime import datetime
from hashlib import sha256
from pathlib import Path

import pytest

from kpi.errors import RequestError, StoreError
from kpi.store.backup import Backup, back_up
from kpi.store.backup_archive import archive_members, check_archive, write_archive
from kpi.store.backup_manifest import Manifest, manifest_name, unsafe_names
from kpi.store.database import Store
from kpi.store.restore import plan_restore, restore
from tests.kpi.store.reports import accepted, catalog_of
from tests.kpi.store.seven import everything

AT = datetime.fromisoformat("2026-11-28T23:30:05")
SAFE = ["head.json", "secret", "log/00000001.json", "batches/nanhu/food/2023-11/ab.parquet", "access/accounts.jsonl.head"]
UNSAFE = [
    "../head.json",
    "log/../../x",
    "/etc/passwd",
    "log//x",
    "log/./x",
    "log\\..\\x",
    "C:/x",
    "log/C:x",
    "log/x:stream",
    "log/CON",
    "uploads/nul.txt",
    "batches/lpt1/x",
    "log/x ",
    "log/x.",
    "log/\x00",
    "log/x\n",
    "log/?",
    "elsewhere/x",
    "kpi.duckdb",
    "",
    "log",
    "secret/x",
    "head.json/x",
    "log/" + "x" * 201,
    "batches/a/b/c/d/e/f",
    7,
    None,
]


@pytest.fixture(scope="module")
def backup(whole: Path, tmp_path_factory: pytest.TempPathFactory) -> Backup:
    return back_up(whole, tmp_path_factory.mktemp("backup") / "b.tar", AT)


def opened(folder: Path) -> Store:
    return Store.open(folder, catalog_of())


def test_what_is_restored_is_what_was_there_and_goes_on(backup: Backup, expected: object, tmp_path: Path) -> None:
    """Into an empty folder: all files equal, all counts equal, verified, and the next number follows."""
    target = tmp_path / "data"
    target.mkdir()

    restored = restore(plan_restore(backup.path, target), opened)

    assert (restored.files, restored.counts, restored.faults) == (len(backup.manifest.members), backup.manifest.counts, ())
    for member in backup.manifest.members:
        assert sha256((target / member.name).read_bytes()).hexdigest() == member.sha256
    with opened(target) as store:
        assert (everything(store), store.notices) == (expected, ())
        assert [one.seq for one in store.commit([accepted("2024-04", food_sampling_tested="4")])] == [8]
        assert store.verify() == []
    assert [path.name for path in tmp_path.iterdir()] == ["data"]


def test_a_plan_changes_nothing(backup: Backup, tmp_path: Path) -> None:
    """It says how much of what would come where."""
    plan = plan_restore(backup.path, tmp_path / "new" / "data")

    assert (plan.target, plan.manifest) == (tmp_path / "new" / "data", backup.manifest)
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_is_taken_is_refused(backup: Backup, tmp_path: Path) -> None:
    """A restore replaces nothing, neither a data folder nor any other, nor a file."""
    (tmp_path / "x").write_bytes(b"mine")
    for target in (tmp_path, tmp_path / "x"):
        with pytest.raises(RequestError, match="已经有东西，恢复只写进不存在的或空的文件夹"):
            plan_restore(backup.path, target)
    assert (tmp_path / "x").read_bytes() == b"mine"


def test_what_does_not_become_what_it_was_is_not_placed(backup: Backup, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The disk gives back other bytes than were written: refused, and nothing is left."""
    plan = plan_restore(backup.path, tmp_path / "data")

    def changing(folder: Path) -> Store:
        store = opened(folder)
        (folder / "uploads" / next((folder / "uploads").iterdir()).name).write_bytes(b"another")
        return store

    with pytest.raises(StoreError, match="与备份的校验码不同"):
        restore(plan, changing)
    assert list(tmp_path.iterdir()) == []


def test_a_cut_backup_names_where_it_ends(backup: Backup, tmp_path: Path) -> None:
    """Cut within each member in turn, within the manifest, and at the end: the member at the cut is named, and those before it are not."""
    data, cut = backup.path.read_bytes(), tmp_path / "cut.tar"
    with tarfile.open(backup.path) as archive:
        infos = archive.getmembers()
    for info in infos[1:-1]:
        cut.write_bytes(data[: info.offset_data + info.size - 1])
        with pytest.raises(StoreError, match=f"到「{info.name}」断了"):
            plan_restore(cut, tmp_path / "data")
    for keep, words in ((0, "不是本系统的备份"), (700, "清单（manifest）不完整"), (infos[-1].offset_data, "结尾断了"), (len(data) - 1, "校验码不符")):
        cut.write_bytes(data[:keep])
        with pytest.raises(StoreError, match=words):
            check_archive(cut)


def test_a_flipped_bit_anywhere_is_noticed(backup: Backup, tmp_path: Path) -> None:
    """In the content of a member, which is named; in a head, a manifest, the room between two members, the digest and the end."""
    data, flipped = backup.path.read_bytes(), tmp_path / "flipped.tar"
    with tarfile.open(backup.path) as archive:
        infos = archive.getmembers()

    def flip(at: int) -> str:
        flipped.write_bytes(data[:at] + bytes([data[at] ^ 4]) + data[at + 1 :])
        with pytest.raises(StoreError) as refusal:
            check_archive(flipped)
        return str(refusal.value)

    for info in infos[1:-1]:
        assert f"「{info.name}」已损坏" in flip(info.offset_data + info.size // 2)
        assert f"到「{info.name}」断了或乱了" in flip(info.offset + 3)
    padded = next(info for info in infos[1:-1] if info.size % 512)
    for at in (5, infos[0].offset_data + 5, padded.offset_data + padded.size, infos[-1].offset_data + 3, len(data) - 1):
        assert "备份" in flip(at)


def test_a_file_that_is_no_backup_is_refused_in_words(tmp_path: Path) -> None:
    """Another archive, another file, a folder, nothing."""
    with tarfile.open(tmp_path / "other.tar", "w") as archive:
        archive.addfile(tarfile.TarInfo("x"))
    (tmp_path / "text.txt").write_text("text", "utf-8")
    for name in ("other.tar", "text.txt", ".", "nothing"):
        with pytest.raises(StoreError, match=r"不是本系统的备份|读不出"):
            check_archive(tmp_path / name)


def test_names_are_inert() -> None:
    """Nothing that leaves the folder, names a drive, a device or a stream, or differs by case or composition alone."""
    assert list(unsafe_names(SAFE)) == []
    assert list(unsafe_names(UNSAFE)) == list(map(str, UNSAFE))
    assert list(unsafe_names(["uploads/ab", "uploads/AB", "uploads/\u00e9", "uploads/e\u0301"])) == ["uploads/AB", "uploads/e\u0301"]


def rewritten(backup: Backup, path: Path, change: dict[str, object], kinds: dict[str, bytes] | None = None) -> Path:
    """A backup with another manifest, whose digests are right all the same, as somebody would make who wants to do harm."""
    written = json.loads(backup.manifest.encode()) | change
    data = json.dumps(written).encode()
    names = [member["name"] for member in written["members"]]
    with tarfile.open(path, "w") as archive:
        for name, content in [(manifest_name(data), data), *zip(names, [content for _, content in archive_members(backup.path)], strict=True)]:
            info = tarfile.TarInfo(name)
            info.size, info.type = len(content), (kinds or {}).get(name, tarfile.REGTYPE)
            info.linkname = "/etc/passwd"
            archive.addfile(info, io.BytesIO(content))
    return path


def test_a_harmful_backup_writes_nowhere(backup: Backup, tmp_path: Path) -> None:
    """Paths that leave the folder, links and devices in the place of files: refused with their name, nothing is placed."""
    members = json.loads(backup.manifest.encode())["members"]
    for name in ("../escaped", "/tmp/escaped", "log/../../escaped"):
        path = rewritten(backup, tmp_path / "h.tar", {"members": [{**members[0], "name": name}, *members[1:]]})
        with pytest.raises(StoreError, match=f"不能写的路径「{name}」"):
            plan_restore(path, tmp_path / "in" / "data")
    for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE, tarfile.DIRTYPE):
        path = rewritten(backup, tmp_path / "h.tar", {}, {members[3]["name"]: kind})
        with pytest.raises(StoreError, match=f"到「{members[3]['name']}」断了或乱了"):
            plan_restore(path, tmp_path / "in" / "data")
    assert [path.name for path in tmp_path.iterdir()] == ["h.tar"]


def test_a_backup_of_a_newer_release_is_refused(backup: Backup, tmp_path: Path) -> None:
    """By the format of the backup, or that of the data folder in it: which version wrote it, and what to do."""
    for change in ({"format": 2, "product": "9.9"}, {"folder": 99, "product": "9.9"}):
        with pytest.raises(StoreError, match=r"更新的版本（9\.9）.*先升级程序"):
            plan_restore(_sealed(rewritten(backup, tmp_path / "n.tar", change), backup, change), tmp_path / "data")


def _sealed(path: Path, backup: Backup, change: dict[str, object]) -> Path:
    """The same, written by the program itself, so that only the numbers are out of the ordinary."""
    contents = {member.name: data for member, data in archive_members(backup.path)}
    manifest = Manifest(**{field: getattr(backup.manifest, field) for field in backup.manifest.__slots__} | change)
    with path.open("wb") as file:
        write_archive(file, manifest, lambda member: contents[member.name])
    return path


def test_an_empty_bureau_is_backed_up_and_restored(tmp_path: Path) -> None:
    """Opened once and never used."""
    opened(tmp_path / "data").close()

    backup = back_up(tmp_path / "data", tmp_path / "b.tar", AT)
    shutil.rmtree(tmp_path / "data")
    restored = restore(plan_restore(backup.path, tmp_path / "data"), opened)

    assert (backup.manifest.last, restored.faults) == (0, ())
