"""The key for digests of codes: one for a data folder, whole or named, never replaced unnoticed."""

import stat
from pathlib import Path

import pytest

from kpi.errors import StoreError
from kpi.store.database import Store
from kpi.store.secret import LOST
from tests.kpi.store.reports import catalog_of


def test_a_folder_has_one_key_that_nobody_else_reads(tmp_path: Path) -> None:
    with Store.open(tmp_path, catalog_of()) as store:
        key = store.secret
        assert (len(bytes.fromhex(key)), store.secret, store.verify()) == (32, key, [])
    assert stat.S_IMODE((tmp_path / "secret").stat().st_mode) == 0o600
    with Store.open(tmp_path, catalog_of()) as store:
        assert (store.secret, store.notices) == (key, ())


@pytest.mark.parametrize("way", ["gone", "another"])
def test_a_key_that_is_gone_or_another_one_is_named(tmp_path: Path, way: str) -> None:
    """At the start, by verify, and as long as the first one is not back; forms can be read all the while."""
    with Store.open(tmp_path, catalog_of()) as store:
        first = store.secret
    whole = (tmp_path / "secret").read_bytes()
    (tmp_path / "secret").unlink()
    if way == "another":
        with Store.open(tmp_path / "other", catalog_of()) as other:
            assert other.secret != first
        (tmp_path / "other" / "secret").replace(tmp_path / "secret")
    for _ in range(2):
        with Store.open(tmp_path, catalog_of()) as store:
            assert (store.notices, store.verify()) == ((LOST,), [LOST])
            assert store.secret != first
    (tmp_path / "secret").write_bytes(whole)
    with Store.open(tmp_path, catalog_of()) as store:
        assert (store.secret, store.notices, store.verify()) == (first, (), [])


@pytest.mark.parametrize(
    "damage", [lambda data: b"", lambda data: data[:40], lambda data: (b"1" if data[:1] != b"1" else b"2") + data[1:], lambda data: b"\xff"]
)
def test_a_damaged_key_is_never_used(tmp_path: Path, damage: object) -> None:
    """An empty one would still make digests, of which every number could be told."""
    with Store.open(tmp_path, catalog_of()) as store:
        assert store.secret
    path = tmp_path / "secret"
    path.write_bytes(damage(path.read_bytes()))  # type: ignore[operator]
    with Store.open(tmp_path, catalog_of()) as store:
        assert (store.notices, store.verify()) == ((LOST,), [LOST])
        with pytest.raises(StoreError, match="已损坏；请检查磁盘，或从备份恢复这个文件"):
            _ = store.secret
