"""The files that are typed in a command: looked at, listed, read and written, with the rights of who typed them."""

import os
import tempfile
from errno import EISDIR
from pathlib import Path

FILE, FOLDER, NOTHING = "file", "folder", ""


def kind_of(path: Path) -> str:
    """
    What lies at a path: a file, a folder, or nothing that could be read.

    Raises:
        OSError: Nobody may look there.

    """
    try:
        path.stat()
    except FileNotFoundError:
        return NOTHING
    return FOLDER if path.is_dir() else FILE if path.is_file() else NOTHING


def files_below(folder: Path) -> list[Path]:
    """The files in a folder and in those below it, in order; never Excel's lock files, nor hidden ones."""
    return sorted(path for path in folder.rglob("*") if path.is_file() and not path.name.startswith((".", "~$")))


def content(path: Path) -> bytes:
    """
    The bytes of a file.

    Raises:
        OSError: It cannot be read.

    """
    return path.read_bytes()


def put(file: Path, data: bytes) -> None:
    """
    Write a file whole or not at all; the folders above it are made.

    Raises:
        OSError: It cannot be written; what was there is as it was.

    """
    if file.is_dir():
        raise IsADirectoryError(EISDIR, "")
    folder, beside = file.absolute().parent, None
    folder.mkdir(parents=True, exist_ok=True)
    try:
        handle, name = tempfile.mkstemp(prefix=f".{file.name}-", dir=folder)
        beside = Path(name)
        with os.fdopen(handle, "wb") as opened:
            opened.write(data)
        beside.chmod(0o644)  # as of any file; a temporary one is its owner's alone
        beside.replace(file)
    finally:
        if beside is not None:
            beside.unlink(missing_ok=True)
