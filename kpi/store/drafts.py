"""
Drafts (暂存): files that were dropped and are not yet accepted, kept so that a reload of the page does not lose them.

A draft has an unguessable name that stands in the address of its owner and nowhere on the disk: its folder is called by a
digest of it, its files are encrypted with another.  So neither the data folder nor a copy of it tells what was dropped,
which matters where a sheet names people.  With login a draft opens for the account that dropped it alone, whoever else has
its address.  A draft is gone once it is empty, or seven days after the last file came; there
are so many at most, and who comes when they are there is told that a reload will lose the file.
"""

import re
import secrets
import shutil
import time
from base64 import urlsafe_b64encode
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from kpi.errors import StoreError, cause
from kpi.store.folder import DataFolder

if TYPE_CHECKING:
    from cryptography.fernet import Fernet

DAYS = 7
MOST = 200  # drafts; an office has one or two
_END_OF_NAME = b"\0"
_NAME = re.compile(r"[0-9a-f]{32}", re.ASCII)
_FOLDER = re.compile(r"[0-9a-f]{64}", re.ASCII)
_FILE = re.compile(r"\d{20}-[0-9a-f]{8}", re.ASCII)


@dataclass(frozen=True, slots=True)
class DraftFile:
    """One file of a draft; ``key`` is its name within the draft."""

    key: str
    name: str  # as it was called where it came from
    data: bytes


class Drafts:
    """The drafts of a data folder."""

    def __init__(self, data: DataFolder, owner: str = "") -> None:
        self._data, self._folder, self._owner = data, data.drafts, owner

    def of(self, owner: str) -> "Drafts":
        """Those of one account; of nobody's where there is no login."""
        return Drafts(self._data, owner)

    def new(self) -> str:
        """The name of a draft that nobody has; those that are too old are removed on the way."""
        self.sweep(time.time())
        return secrets.token_hex(16)

    def keep(self, draft: str, name: str, data: bytes) -> DraftFile:
        """
        Add a file to a draft.

        Raises:
            StoreError: The disk is too full or refuses, there are too many drafts, or it is no name of one.

        """
        folder = self._of(draft)
        if folder is None:
            raise StoreError("暂存的地址不对；请重新打开「报表导入」。")
        self._data.require_space()
        if not folder.exists() and self._count() >= MOST:
            raise StoreError(
                f"「{name}」没有暂存：还没有入库的已有 {MOST} 批，{DAYS} 天没有动过的才自动删除；"
                "可以照常核对入库，但刷新页面后要重新拖入，不要的请在「报表导入」放弃。"
            )
        key = f"{time.time_ns():020d}-{secrets.token_hex(4)}"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            partial = folder / f"{key}.part"
            partial.write_bytes(self._cipher(draft).encrypt(name.encode() + _END_OF_NAME + data))
            partial.replace(folder / key)  # from here on the file counts
        except OSError as error:
            raise StoreError(f"「{name}」未能暂存（{cause(error)}）；可以照常核对入库，但刷新页面后要重新拖入。") from None
        return DraftFile(key, name, data)

    def files(self, draft: str) -> list[DraftFile]:
        """The files of a draft in the order in which they came; none where there is no such draft."""
        folder = self._of(draft)
        if folder is None or not folder.is_dir():
            return []
        from cryptography.fernet import InvalidToken

        cipher, kept = self._cipher(draft), []
        for path in sorted(path for path in folder.iterdir() if _FILE.fullmatch(path.name)):
            with suppress(OSError, InvalidToken):  # removed meanwhile, or torn by a power cut
                name, _, data = cipher.decrypt(path.read_bytes()).partition(_END_OF_NAME)
                kept.append(DraftFile(path.name, name.decode(), data))
        return kept

    def keys(self, draft: str) -> list[str]:
        """The keys of its files in the order in which they came."""
        folder = self._of(draft)
        return sorted(path.name for path in folder.iterdir() if _FILE.fullmatch(path.name)) if folder and folder.is_dir() else []

    def remove(self, draft: str, key: str) -> None:
        """Take one file out of a draft; with the last one the draft goes."""
        folder = self._of(draft)
        if folder is None or not _FILE.fullmatch(key):
            return
        with suppress(OSError):
            (folder / key).unlink()
        if not self.files(draft):
            self.discard(draft)

    def discard(self, draft: str) -> None:
        """Remove a draft with all its files."""
        if folder := self._of(draft):
            shutil.rmtree(folder, ignore_errors=True)

    def _count(self) -> int:
        """How many drafts there are, those that are too old taken away."""
        self.sweep(time.time())
        return sum(bool(_FOLDER.fullmatch(folder.name)) for folder in self._folder.iterdir()) if self._folder.is_dir() else 0

    def sweep(self, now: float) -> None:
        """Remove the drafts to which nothing was added for seven days before ``now``, in seconds of the epoch."""
        for folder in self._folder.iterdir() if self._folder.is_dir() else ():
            with suppress(OSError):
                if _FOLDER.fullmatch(folder.name) and folder.stat().st_mtime < now - DAYS * 86_400:
                    shutil.rmtree(folder, ignore_errors=True)

    def _of(self, draft: str) -> Path | None:
        """Where a draft lies; None for what is no name of one, whatever else it may be."""
        return self._folder / self._digest("folder", draft).hex() if _NAME.fullmatch(draft) else None

    def _cipher(self, draft: str) -> "Fernet":
        """What only the name of a draft opens."""
        from cryptography.fernet import Fernet  # six megabytes, which who uploads nothing need not load

        return Fernet(urlsafe_b64encode(self._digest("key", draft)))

    def _digest(self, what: str, draft: str) -> bytes:
        return sha256(f"{what} of {draft}{f' of {self._owner}' if self._owner else ''}".encode()).digest()
