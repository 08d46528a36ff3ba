"""The files that are typed in a command: looked at, listed and read, with the rights of who typed them."""

from pathlib import Path

from kpi.errors import RequestError, cause

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


def require_content(file: Path) -> bytes:
    """
    The bytes of a file, or why there are none.

    Raises:
        RequestError: It cannot be read.

    """
    try:
        return content(file)
    except OSError as error:
        raise RequestError(f"「{file}」打不开（{cause(error)}）；请核对文件的路径。") from None
