"""The key for digests of codes: made once, and never replaced by one that anybody knows."""

from pathlib import Path

import pytest

from kpi.errors import StoreError
from kpi.store.folder import DataFolder


@pytest.fixture
def kept(tmp_path: Path) -> DataFolder:
    folder = DataFolder(tmp_path)
    folder.prepare()
    return folder


@pytest.mark.parametrize("left", ["", "00", "zz" * 32])
def test_a_key_cut_short_is_refused(kept: DataFolder, left: str) -> None:
    """An empty key would give digests that can be made without it, and others than those on file."""
    assert kept.secret() == kept.secret()
    (kept.root / "secret").write_text(left, encoding="ascii")
    with pytest.raises(StoreError, match="请检查磁盘，或从备份恢复该文件"):
        kept.secret()
