"""Bureaus with nothing stored: the folder is made once by the product for each catalogue, and copied from then on."""

import shutil
from pathlib import Path

from kpi.bureau import LiveBureau, open_bureau
from kpi.catalog import load

_folder: list[Path] = []


def keep_in(folder: Path) -> None:
    """Where the empty folders of this run lie."""
    _folder[:] = [folder]


def opened(data: Path, catalog: Path | None = None) -> LiveBureau:
    """A bureau over a data folder; one that is not there yet is made."""
    if not data.exists():
        copied(data, catalog)
    return open_bureau(data, catalog)


def copied(data: Path, catalog: Path | None = None) -> Path:
    """An empty data folder that was opened with a catalogue and closed."""
    [folder] = _folder
    made = folder / load.load(catalog or load.DEFAULT).digest
    if not made.exists():
        with open_bureau(made, catalog):
            pass
    return shutil.copytree(made, data)
