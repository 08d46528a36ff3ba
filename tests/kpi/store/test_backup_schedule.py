"""Backups by the clock: once a day, made up for at start, tried again after a fault, the oldest removed."""

import shutil
from datetime import datetime, time
from pathlib import Path
from threading import Event

import pytest

from kpi.errors import RequestError, StoreError
from kpi.store import backup_schedule as module
from kpi.store.backup import backup_name
from kpi.store.backup_record import BackupAttempt, BackupRecord, back_up_on_record, read_backup_record
from kpi.store.backup_schedule import BackupSchedule, back_up_if_due, backup_schedule, scheduled_backups

AT_TWO = BackupSchedule(Path("nas"))


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-11-{text}")


def tried(text: str, fault: str = "", lacks: tuple[str, ...] = ()) -> BackupRecord:
    return BackupRecord(BackupAttempt(at(text), "x", fault=fault, lacks=lacks))


@pytest.mark.parametrize(
    ("now", "record", "due"),
    [
        ("28 01:59", BackupRecord(), True),  # there was never one: the server was off at the last 02:00
        ("28 01:59", tried("27 02:00"), False),  # the next comes in a minute
        ("28 02:00", tried("27 02:00"), True),
        ("28 02:00", tried("28 02:00"), False),
        ("28 23:59", tried("28 02:00"), False),
        ("28 09:00", tried("26 02:00"), True),  # the server was off since the 26th
        ("28 09:00", tried("28 02:00", fault="磁盘已满"), True),
        ("28 02:59", tried("28 02:00", fault="磁盘已满"), False),  # again at 03:00
        ("28 03:00", tried("28 02:00", fault="磁盘已满"), True),
        ("28 03:00", tried("28 02:00", lacks=("缺一个原件",)), False),  # there is one, tomorrow the next
        ("28 03:00", tried("29 02:00"), True),  # the clock went wrong and was put right
    ],
)
def test_when_it_is_time(now: str, record: BackupRecord, due: bool) -> None:
    """Daily at 02:00."""
    assert AT_TWO.due(at(now), record) is due


def test_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a folder none are made; a slip is a sentence."""
    for name in ("KPI_BACKUP", "KPI_BACKUP_AT", "KPI_BACKUP_KEEP"):
        monkeypatch.delenv(name, raising=False)
    assert backup_schedule() is None
    monkeypatch.setenv("KPI_BACKUP", "/nas/kpi")
    assert backup_schedule() == BackupSchedule(Path("/nas/kpi"), time(2), 14)
    monkeypatch.setenv("KPI_BACKUP_AT", "21:30")
    monkeypatch.setenv("KPI_BACKUP_KEEP", "3")
    assert backup_schedule() == BackupSchedule(Path("/nas/kpi"), time(21, 30), 3)
    for name, value in (("KPI_BACKUP_AT", "24:00"), ("KPI_BACKUP_AT", "两点"), ("KPI_BACKUP_KEEP", "0"), ("KPI_BACKUP_KEEP", "-1")):
        with monkeypatch.context() as patch:
            patch.setenv(name, value)
            with pytest.raises(RequestError, match=f"{name} 的值「{value}」不"):
                backup_schedule()


def test_a_day_after_the_other_the_newest_stay(whole: Path, tmp_path: Path) -> None:
    """Three days with two kept; a fault in between is on record beside the last good one, and removes nothing."""
    data, nas = Path(shutil.copytree(whole, tmp_path / "data")), tmp_path / "nas"
    nas.mkdir()
    schedule = BackupSchedule(nas, keep=2)

    assert [back_up_if_due(schedule, data, at(f"{day} 02:00"), Event()) for day in (24, 24, 25, 26)] == [True, False, True, True]
    assert sorted(path.name for path in nas.iterdir()) == [backup_name(at(f"{day} 02:00")) for day in (25, 26)]
    nas.rename(tmp_path / "unmounted")
    assert back_up_if_due(schedule, data, at("27 02:00"), Event())

    record = read_backup_record(data)
    assert record.last
    assert record.good
    assert (record.good.at, record.good.last, record.good.good, record.last.good) == (at("26 02:00"), 7, True, False)
    assert record.last.words.startswith("2026-11-27 02:00 的备份没有做成：没有备份：「")
    assert "写不了（不存在）" in record.last.words
    assert record.good.words == f"2026-11-26 02:00 已备份到「{nas / backup_name(at('26 02:00'))}」，0.1 MB，到日志第 7 号。"
    assert not nas.exists(), "a share that is not mounted is not made on this disk"


def test_what_lacks_keeps_the_older_ones(whole: Path, tmp_path: Path) -> None:
    """The backup before a file was lost may be the only one that has it."""
    data, nas = Path(shutil.copytree(whole, tmp_path / "data")), tmp_path / "nas"
    nas.mkdir()
    schedule = BackupSchedule(nas, keep=1)
    back_up_if_due(schedule, data, at("24 02:00"), Event())
    next((data / "uploads").iterdir()).unlink()
    back_up_if_due(schedule, data, at("25 02:00"), Event())

    record = read_backup_record(data)
    assert len(list(nas.iterdir())) == 2
    assert record.last
    assert record.good
    assert (len(record.last.lacks), record.good.at) == (1, at("24 02:00"))
    assert record.last.words.endswith("但数据目录缺 1 处，照 verify 的提示处理。")


def test_a_running_server_makes_the_missed_one_at_once(whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a thread that ends with it."""
    data, nas, made = Path(shutil.copytree(whole, tmp_path / "data")), tmp_path / "nas", Event()
    nas.mkdir()
    monkeypatch.setenv("KPI_BACKUP", str(nas))
    monkeypatch.setattr(module, "remove_old", lambda folder, keep: made.set())

    with scheduled_backups(data):
        assert made.wait(60)

    assert len(list(nas.glob("kpi-backup-*.tar"))) == 1


def test_a_damaged_record_is_none_and_a_fault_is_kept(whole: Path, tmp_path: Path) -> None:
    """Whoever asks gets an answer, whatever lies there."""
    data = Path(shutil.copytree(whole, tmp_path / "data"))
    assert read_backup_record(data) == BackupRecord()
    for text in ("", "{}", "[1]", '{"last": {"at": 3}, "good": null}'):
        (data / "backup.json").write_text(text, "utf-8")
        assert read_backup_record(data) == BackupRecord()
    with pytest.raises(StoreError):
        back_up_on_record(data, tmp_path / "no" / "b.tar", at("28 02:00"))
    record = read_backup_record(data)
    assert record.last
    assert record.good is None
    assert (record.last.at, record.last.to, record.last.size) == (at("28 02:00"), str(tmp_path / "no" / "b.tar"), 0)
