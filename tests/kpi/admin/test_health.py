"""The health of a bureau: a word for who watches from outside, and sentences for who runs it."""

import shutil
from collections import namedtuple

import pytest

from kpi.admin import memory
from kpi.admin.health import Health, HealthGrade, health
from kpi.bureau import open_bureau

Disk = namedtuple("Disk", "total used free")


def test_a_bureau_in_order_is_ok(empty):
    assert health(empty) == Health(HealthGrade.OK)


def test_one_that_could_not_be_opened_is_down():
    assert health(None).grade is HealthGrade.DOWN


def test_one_that_cannot_be_read_any_more_is_down(tmp_path):
    with open_bureau(tmp_path / "data") as bureau:
        assert health(bureau).grade is HealthGrade.OK
    found = health(bureau)  # closed
    assert found.grade is HealthGrade.DOWN
    assert found.reasons[0].startswith("数据库读取失败")


def test_a_disk_that_is_nearly_full_can_still_be_looked_at(empty, monkeypatch):
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Disk(10**10, 10**10, 10**6))
    found = health(empty)
    assert found.grade is HealthGrade.DEGRADED
    assert found.reasons[0].startswith("磁盘剩余空间")
    assert empty.store.condition().free == 10**6


def test_what_lacks_is_to_be_mended(empty, monkeypatch):
    """Entries that are lost come first; they are among the notices as well."""
    monkeypatch.setattr(empty.store, "_notices", ["第 3 号缺失。"])
    assert health(empty) == Health(HealthGrade.DEGRADED, ("数据目录有 1 处需要处理；是哪几处、怎么办，见「报表导入」。",))
    monkeypatch.setattr(empty.store._log, "lost", [3])
    assert health(empty) == Health(HealthGrade.DEGRADED, ("有 1 条记录缺失或不能计入，看到的数不全；是哪几条、怎么补，见「报表导入」。",))


def test_the_memory_is_what_the_system_counts(monkeypatch, tmp_path):
    here = memory.resident_bytes()
    assert here is None or here > 10_000_000
    monkeypatch.setattr(memory.sys, "platform", "linux")
    monkeypatch.setattr(memory, "_STATM", tmp_path / "none")
    assert memory.resident_bytes() is None


@pytest.mark.parametrize("text", ["", "x", "1"])
def test_a_system_that_says_something_else_says_nothing(monkeypatch, tmp_path, text):
    (tmp_path / "statm").write_text(text)
    monkeypatch.setattr(memory.sys, "platform", "linux")
    monkeypatch.setattr(memory, "_STATM", tmp_path / "statm")
    assert memory.resident_bytes() is None
