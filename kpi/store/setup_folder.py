"""
What a setup keeps in the data folder (``setup/``): the sheets that were dropped, and notes on what is said of them.

There is at most one setup of a bureau, and it waits for as long as it takes; so its files are encrypted with the key of the
data folder, not with a name that stands in an address.  A copy of these files alone tells nothing of what was dropped.
Whoever begins with it throws it away again; no backup takes it.
"""

import shutil
from base64 import urlsafe_b64encode
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from kpi.errors import StoreError, cause
from kpi.store.folder import DataFolder

if TYPE_CHECKING:
    from cryptography.fernet import Fernet

_END_OF_NAME = b"\0"


@dataclass(frozen=True, slots=True)
class SetupFile:
    """A sheet that was dropped; ``key`` is its name within the setup, by its name and what is in it."""

    key: str
    name: str  # as it was called where it came from, with its folders: 食品科/1月.xlsx
    data: bytes

    @property
    def digest(self) -> str:
        """The sha256 of its bytes, as a submission names it."""
        return sha256(self.data).hexdigest()


class SetupFolder:
    """The folder ``setup`` of a data folder."""

    def __init__(self, data: DataFolder, key: Callable[[], str]) -> None:
        self._data, self._key = data, key
        self._folder = data.root / "setup"

    def keep(self, name: str, data: bytes) -> SetupFile:
        """
        Keep a sheet; the same one twice is kept once.

        Raises:
            StoreError: The disk is too full or refuses.

        """
        key = sha256(name.encode(errors="replace") + _END_OF_NAME + data).hexdigest()
        self._put(self._files / key, name.encode(errors="replace") + _END_OF_NAME + data, f"「{name}」没有收下")
        return SetupFile(key, name, data)

    def files(self) -> list[SetupFile]:
        """The sheets by name; one that a power cut or another key spoilt is left out."""
        kept = []
        for path in self._files.iterdir() if self._files.is_dir() else ():
            if (opened := self._opened(path)) is not None:
                name, _, data = opened.partition(_END_OF_NAME)
                kept.append(SetupFile(path.name, name.decode(), data))
        return sorted(kept, key=lambda file: (file.name, file.key))

    def remove(self, key: str) -> None:
        """Take one sheet out."""
        with suppress(OSError):
            if key.isalnum():
                (self._files / key).unlink()

    def note(self, text: bytes) -> None:
        """
        Keep what is said of the sheets, in the place of what was said before.

        Raises:
            StoreError: The disk is too full or refuses.

        """
        self._put(self._noted, text, "这一步没有存下")

    def noted(self) -> bytes | None:
        """What was noted last; None where nothing was, or nobody can read it."""
        return self._opened(self._noted) if self._noted.exists() else None

    def discard(self) -> None:
        """Remove all of it."""
        shutil.rmtree(self._folder, ignore_errors=True)

    @property
    def _files(self) -> Path:
        return self._folder / "files"

    @property
    def _noted(self) -> Path:
        return self._folder / "state"

    def _put(self, path: Path, text: bytes, undone: str) -> None:
        self._data.require_space()
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._data.put(path, self._cipher().encrypt(text), mode=0o600)
        except OSError as error:
            raise StoreError(f"{undone}（{cause(error)}）；请检查磁盘后再试。") from None

    def _opened(self, path: Path) -> bytes | None:
        from cryptography.fernet import InvalidToken

        with suppress(OSError, InvalidToken):  # removed meanwhile, torn, or of another key
            return self._cipher().decrypt(path.read_bytes())
        return None

    def _cipher(self) -> "Fernet":
        from cryptography.fernet import Fernet  # six megabytes, which who sets nothing up need not load

        return Fernet(urlsafe_b64encode(sha256(f"setup of {self._key()}".encode()).digest()))
