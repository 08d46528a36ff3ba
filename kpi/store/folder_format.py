"""
The number of the format of a data folder, in its file ``format``: a folder of a newer release is refused before anything is touched.

1: one entry a file of the log, without digests; 2: the log is a chain, with a head beside it; 3: as 2, and the number is
written down; 4: a batch may say who accepted it; 5: the folder may keep its own catalogue.  The first two have no such file.  A release that writes
what the one before cannot read, or would pass over, raises the number; a further column of the database does not, for the database is made anew.
"""

from contextlib import suppress
from hashlib import sha256

from kpi.errors import StoreError
from kpi.store.folder import DataFolder

FOLDER_FORMAT = 5
_CHECK = 8  # hexadecimal digits


def require_known_format(folder: DataFolder) -> None:
    """
    Refuse a folder that a newer release has written; one whose file cannot be read is as good as one without.

    Raises:
        StoreError: It is newer; nothing was changed.

    """
    number = _read(folder)
    if number is not None and number > FOLDER_FORMAT:
        raise StoreError(
            f"数据目录「{folder.root}」是更新的版本写的，格式是第 {number} 号，这个版本只认到第 {FOLDER_FORMAT} 号，没有打开，什么都没有改动；"
            "请用写它的那个版本或更新的版本打开，或从备份恢复到另一个文件夹。"
        )


def note_format(folder: DataFolder) -> None:
    """Write the number down, once the folder is open; where the disk refuses, the next opening does it."""
    if _read(folder) != FOLDER_FORMAT:
        with suppress(OSError):
            folder.put(folder.root / "format", f"{FOLDER_FORMAT} {_check(str(FOLDER_FORMAT))}\n".encode())


def _read(folder: DataFolder) -> int | None:
    """The number; None where there is none, or a damaged one."""
    try:
        number, check = (folder.root / "format").read_text("ascii").split()
    except (OSError, ValueError):
        return None
    return int(number) if number.isdigit() and check == _check(number) else None


def _check(number: str) -> str:
    """What tells a number from one of which a digit was changed."""
    return sha256(f"format {number}".encode()).hexdigest()[:_CHECK]
