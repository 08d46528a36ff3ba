"""LibreOffice, where it is installed: workbooks saved again by another program, many in one go."""

import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NoReturn

import pytest

REQUIRED = os.environ.get("KPI_LIBREOFFICE") == "required"
needs_office = pytest.mark.skipif(shutil.which("soffice") is None and not REQUIRED, reason="LibreOffice is not installed")
_SECONDS = 180
_AT_ONCE = 100  # of some 250 in one call LibreOffice leaves out the last without a word


def saved_again(books: Mapping[str, bytes], endings: Sequence[str], folder: Path) -> dict[str, dict[str, bytes]]:
    """
    Workbooks as LibreOffice saves them, in one call for each ending and all calls side by side.

    Args:
        books: .xlsx files by name.
        endings: Of xlsx, xls and ods.
        folder: An empty one; each call has a profile of its own there, and none writes over the originals.

    Returns:
        The saved files by ending and name.

    """
    sources = folder / "in"
    sources.mkdir()
    paths = [sources / f"{name}.xlsx" for name in books]
    for path, data in zip(paths, books.values(), strict=True):
        path.write_bytes(data)
    with ThreadPoolExecutor() as pool:
        list(pool.map(lambda ending: _convert(paths, ending, folder), endings))
    return {ending: {name: (folder / ending / f"{name}.{ending}").read_bytes() for name in books} for ending in endings}


def _convert(paths: Sequence[Path], ending: str, folder: Path) -> None:
    profile = (folder / f"profile-{ending}").as_uri()
    command = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", ending, "--outdir", str(folder / ending)]
    for start in range(0, len(paths), _AT_ONCE):
        subprocess.run([*command, *map(str, paths[start : start + _AT_ONCE])], check=True, capture_output=True, timeout=_SECONDS)


def without_writer() -> NoReturn:
    """Leave a test out where LibreOffice came without its Writer, which is a part of its own; where it is required the test fails."""
    (pytest.fail if REQUIRED else pytest.skip)("LibreOffice has no Writer here")


def saved_by_writer(data: bytes, folder: Path) -> bytes | None:
    """A .docx as LibreOffice saves it again; None where it has no Writer."""
    (folder / "paper.docx").write_bytes(data)
    command = ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", "docx:MS Word 2007 XML"]
    subprocess.run([*command, "--outdir", str(folder / "out"), str(folder / "paper.docx")], check=True, capture_output=True, timeout=_SECONDS)
    saved = folder / "out" / "paper.docx"
    return saved.read_bytes() if saved.exists() else None
