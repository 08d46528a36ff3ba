"""
Drafts (暂存): files that were dropped and are not yet accepted, kept so that a reload of the page does not lose them.

A draft has an unguessable name, and who does not have it cannot list or read it.  Its files lie as they came, locked ones
locked; it is gone once it is empty, or seven days after the last file came.
"""

import json
import re
import secrets
import shutil
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from kpi.errors import StoreError
from kpi.store.folder import DataFolder

DAYS = 7
_NAME = re.compile(r"[0-9a-f]{32}", re.ASCII)
_FILE = re.compile(r"\d{20}-[0-9a-f]{8}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Kept:
    """One file of a draft; ``key`` is its name within the draft."""

    key: str
    name: str  # as it was called where it came from
    data: bytes


class Drafts:
    """The drafts of a data folder."""

    def __init__(self, data: DataFolder) -> None:
        self._data, self._folder = data, data.drafts

    def new(self) -> str:
        """The name of a draft that nobody has; those that are too old are removed on the way."""
        self.sweep(time.time())
        return secrets.token_hex(16)

    def keep(self, draft: str, name: str, data: bytes) -> Kept:
        """
        Add a file to a draft.

        Raises:
            StoreError: The disk is too full or refuses, or it is no name of a draft.

        """
        folder = self._of(draft)
        if folder is None:
            raise StoreError("暂存的地址不对；请重新打开「报表导入」。")
        self._data.require_space()
        key = f"{time.time_ns():020d}-{secrets.token_hex(4)}"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            (folder / f"{key}.file").write_bytes(data)
            partial = folder / f"{key}.part"
            partial.write_text(json.dumps({"name": name}, ensure_ascii=False), "utf-8")
            partial.replace(folder / f"{key}.json")  # from here on the file counts
        except OSError as error:
            raise StoreError(f"「{name}」未能暂存（{error.strerror}）；可以照常核对入库，但刷新页面后要重新拖入。") from None
        return Kept(key, name, data)

    def files(self, draft: str) -> list[Kept]:
        """The files of a draft in the order in which they came; none where there is no such draft."""
        folder = self._of(draft)
        found = []
        for path in sorted(folder.glob("*.json")) if folder else []:
            with suppress(OSError, ValueError, KeyError, TypeError):  # removed meanwhile, or torn by a power cut
                found.append(Kept(path.stem, str(json.loads(path.read_text("utf-8"))["name"]), path.with_suffix(".file").read_bytes()))
        return found

    def remove(self, draft: str, key: str) -> None:
        """Take one file out of a draft; with the last one the draft goes."""
        folder = self._of(draft)
        if folder is None or not _FILE.fullmatch(key):
            return
        for suffix in (".json", ".file"):
            with suppress(OSError):
                (folder / f"{key}{suffix}").unlink()
        if not self.files(draft):
            self.discard(draft)

    def discard(self, draft: str) -> None:
        """Remove a draft with all its files."""
        if folder := self._of(draft):
            shutil.rmtree(folder, ignore_errors=True)

    def sweep(self, now: float) -> None:
        """Remove the drafts to which nothing was added for seven days before ``now``, in seconds of the epoch."""
        for folder in self._folder.iterdir() if self._folder.is_dir() else ():
            with suppress(OSError):
                if _NAME.fullmatch(folder.name) and folder.stat().st_mtime < now - DAYS * 86_400:
                    shutil.rmtree(folder, ignore_errors=True)

    def _of(self, draft: str) -> Path | None:
        """Where a draft lies; None for what is no name of one, whatever else it may be."""
        return self._folder / draft if _NAME.fullmatch(draft) else None
