"""The number of a data folder's format: a newer folder is refused and stays as it is."""

import shutil
from hashlib import sha256
from pathlib import Path

import pytest

from kpi.errors import StoreError
from kpi.store.database import Store, rebuild
from kpi.store.folder_format import FOLDER_FORMAT
from tests.kpi.store.reports import catalog_of
from tests.kpi.store.seven import everything


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def written(number: str) -> str:
    return f"{number} {sha256(f'format {number}'.encode()).hexdigest()[:8]}\n"


def test_a_folder_of_a_newer_release_is_refused_untouched(whole: Path, tmp_path: Path) -> None:
    """Neither opened nor made anew; not a byte of it changes."""
    folder = Path(shutil.copytree(whole, tmp_path / "data"))
    (folder / "format").write_text(written(str(FOLDER_FORMAT + 1)), "ascii")
    before = contents(folder)

    for opening in (Store.open, rebuild):
        with pytest.raises(
            StoreError, match=rf"更新的版本写的，格式是第 {FOLDER_FORMAT + 1} 号，这个版本只认到第 {FOLDER_FORMAT} 号，没有打开，什么都没有改动"
        ):
            opening(folder, catalog_of())

    assert contents(folder) == before


@pytest.mark.parametrize("text", [None, "", "9", "4 00000000\n", "x y z", written("2")])
def test_an_older_or_damaged_number_is_written_anew(whole: Path, expected: object, tmp_path: Path, text: str | None) -> None:
    """A digit that changed by itself is no newer release: its check says so."""
    folder = Path(shutil.copytree(whole, tmp_path / "data"))
    (folder / "format").unlink()
    if text is not None:
        (folder / "format").write_text(text, "ascii")

    with Store.open(folder, catalog_of()) as store:
        assert everything(store) == expected
        assert store.verify() == []
    assert (folder / "format").read_text("ascii") == written(str(FOLDER_FORMAT))
