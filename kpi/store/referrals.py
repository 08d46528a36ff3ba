"""The referrals of a data folder (待审件), each a file of its own that is there whole or not at all."""

import re
import secrets
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from kpi.errors import RequestError, StoreError, cause
from kpi.store.folder import DataFolder, sync_folders
from kpi.store.parsed_referrals import ParsedReferrals
from kpi.store.referral import Referral

MOST = 300  # at a time; a bureau of twenty offices has a few dozen a month
_CODE = re.compile(r"[0-9]{8}-[0-9]{6}-[0-9a-f]{8}", re.ASCII)


class Referrals:
    """What waits to be accepted, and what was returned and nobody has taken note of."""

    def __init__(self, data: DataFolder) -> None:
        self._data, self._folder = data, data.root / "referrals"
        self._parsed = ParsedReferrals()

    def new_code(self, moment: datetime) -> str:
        """A name that no referral has."""
        return f"{moment:%Y%m%d-%H%M%S}-{secrets.token_hex(4)}"

    def codes(self) -> list[str]:
        """The names of all, the oldest first."""
        return sorted(path.stem for path in self._folder.glob("*.zip") if _CODE.fullmatch(path.stem)) if self._folder.is_dir() else []

    def data(self, code: str) -> bytes:
        """
        The bytes of one.

        Raises:
            RequestError: There is none of this name; it was decided meanwhile.

        """
        try:
            if _CODE.fullmatch(code):
                return self._path(code).read_bytes()
        except FileNotFoundError:
            pass
        except OSError as error:
            raise StoreError(f"送审的「{code}」读不出（{cause(error)}）；请检查磁盘。") from None
        raise RequestError(f"没有送审的「{code[:40]}」；可能已经有人审核、退回或撤销了，请刷新页面。")

    def find(self, code: str) -> Referral:
        """
        One of them, read from its file.

        Raises:
            RequestError: There is none of this name.
            StoreError: It is damaged.

        """
        return Referral.parse(code, self.data(code))

    def whole(self) -> Iterator[Referral]:
        """All that can be read, the oldest first; a file that is the same as before is not read again."""
        codes = self.codes()
        self._parsed.keep_only(codes)
        for code in codes:
            with suppress(RequestError, StoreError):
                yield self._known(code)

    def faults(self, *, anew: bool = False) -> list[str]:
        """What of them cannot be read, one Chinese sentence each; ``anew`` reads every file again, whether it seems the same or not."""
        sentences = []
        for code in self.codes():
            try:
                self.find(code) if anew else self._known(code)
            except RequestError:  # decided meanwhile
                continue
            except StoreError as error:
                sentences.append(str(error))
        return sentences

    def keep(self, referral: Referral) -> None:
        """
        Keep a referral, or what is left of it, in the place of the one of its name.

        Raises:
            StoreError: The disk is too full or refuses, or there are too many; nothing was kept.

        """
        self._data.require_space()
        path = self._path(referral.code)
        if not path.exists() and len(self.codes()) >= MOST:
            raise StoreError(f"没有送审：等待审核的和已退回的共有 {MOST} 件；请审核员先审核一些，已退回的请点「知道了」，再送审。")
        try:
            self._folder.mkdir(exist_ok=True)
            self._data.put(path, referral.encode())
            sync_folders([self._folder, self._folder.parent])
        except OSError as error:
            act = "退回" if referral.returned else "送审"
            raise StoreError(f"没有{act}：文件未能写入数据目录「{self._data.root}」（{cause(error)}）；请检查磁盘后再{act}。") from None

    def remove(self, code: str) -> None:
        """
        Take one away: it was accepted, or its sender has taken note or taken it back.

        Raises:
            StoreError: The disk refuses; it is still there.

        """
        try:
            self._path(code).unlink(missing_ok=True)
        except OSError as error:
            raise StoreError(f"送审的「{code}」去不掉（{cause(error)}）；请检查磁盘后重试。") from None

    def _known(self, code: str) -> Referral:
        path = self._path(code)
        try:
            file = path.stat()
        except OSError:  # which reading it says
            return self.find(code)
        referral = self._parsed.find(code, file)
        if referral is None:
            referral = self.find(code)
            self._parsed.keep(file, referral)
        return referral

    def _path(self, code: str) -> Path:
        return self._folder / f"{code}.zip"
