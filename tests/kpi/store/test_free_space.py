"""A disk that is nearly full takes nothing in, shows all that is there, and takes in again once there is room."""

import shutil
from collections import namedtuple
from pathlib import Path

import pytest

from kpi.errors import RequestError, StoreError
from kpi.store.database import Store
from kpi.store.free_space import megabytes, require_space, spare_bytes
from tests.kpi.store.reports import accepted

usage = namedtuple("usage", "total used free")


def leave(monkeypatch: pytest.MonkeyPatch, free: int) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage(10**12, 10**12 - free, free))


def test_a_full_disk_refuses_before_anything_is_written(store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Below 200 MB free nothing is taken in or laid on a desk, what is there is shown, and with room it goes on at once."""
    store.commit([accepted("2024-02", food_sampling_tested="4")])
    leave(monkeypatch, 199_000_000)

    with pytest.raises(StoreError, match=r"磁盘剩余空间 199 MB，不足 200 MB，这一次没有收下，也没有登入日志；看板照常可以看。.*不必重新启动"):
        store.commit([accepted("2024-03", food_sampling_tested="5")])
    with pytest.raises(StoreError, match="磁盘剩余空间"):
        store.drafts.keep(store.drafts.new(), "x.xlsx", b"x")
    assert len(list(folder.glob("batches/**/*.parquet"))) == 1
    assert not list(folder.glob("drafts/*"))
    assert store.rows("select max(ytd) from figure") == [(4,)]
    assert store.verify() == []

    leave(monkeypatch, 200_000_000)
    assert [one.seq for one in store.commit([accepted("2024-03", food_sampling_tested="5")])] == [2]


def test_the_setting_says_how_much_and_the_database_needs_twice_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """150 MB of database need 300 MB."""
    leave(monkeypatch, 299_000_000)
    database = tmp_path / "kpi.duckdb"
    require_space(tmp_path, database)
    with database.open("wb") as file:
        file.truncate(150_000_000)
    with pytest.raises(StoreError, match="剩余空间 299 MB，不足 300 MB"):
        require_space(tmp_path, database)
    monkeypatch.setenv("KPI_SPARE", "1500")
    with pytest.raises(StoreError, match=r"剩余空间 299 MB，不足 1\.5 GB"):
        require_space(tmp_path, database)
    assert spare_bytes() == 1_500_000_000
    for value in ("0", "-5", "2%", "200 MB", "99999999999"):
        monkeypatch.setenv("KPI_SPARE", value)
        with pytest.raises(RequestError, match=f"KPI_SPARE 的值「{value}」不对"):
            spare_bytes()


def test_bytes_in_words() -> None:
    """Small ones with a place after the point."""
    assert [megabytes(size) for size in (0, 400_000, 9_990_000, 180_000_000, 1_000_000_000)] == ["0.0 MB", "0.4 MB", "10.0 MB", "180 MB", "1.0 GB"]
