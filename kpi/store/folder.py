"""
The data folder: uploads, batches and the numbered log, each written so that a power cut leaves it whole or absent.

A file is first written under ``partial/``, forced to disk, and only then given its name.  A log entry gets its number
by a hard link, which fails when the number is taken; so two writers can never share one.  These files are the record;
the database beside them can always be made again.
"""

import json
import os
import re
import secrets
import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from uuid import uuid4

from kpi.catalog.organisation import BUREAU
from kpi.errors import KpiError, StoreError
from kpi.store.answer import Answer
from kpi.store.decision import Decision
from kpi.store.edition import Edition

_SPARE_BYTES = 1_000_000_000
_ENTRY = re.compile(r"\d{8}\.json", re.ASCII)


@dataclass(frozen=True, slots=True)
class Entry:
    """One submission in the log: which batch was accepted, in the order that decides what is current."""

    batch: str
    office: str
    period: str
    template: str
    sha256: str
    by: str
    at: str
    org: str = BUREAU

    @property
    def mark(self) -> str:
        """What tells it from any other with the same number."""
        return self.batch

    def written(self) -> dict[str, object]:
        """As the log holds it."""
        return {name: said for name, said in asdict(self).items() if (name, said) != ("org", BUREAU)}


class DataFolder:
    """The files of one data folder; knows nothing of the database but where it lies."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.database = root / "kpi.duckdb"
        self.drafts = root / "drafts"
        self._uploads = root / "uploads"
        self._log = root / "log"
        self._partial = root / "partial"

    def prepare(self) -> None:
        """
        Make the folder.

        Raises:
            StoreError: It cannot be made or written.

        """
        try:
            _sync_folders({above for folder in (self._uploads, self._log, self._partial) for above in _make(folder)})
        except OSError as error:
            raise StoreError(f"数据目录「{self.root}」无法建立（{error.strerror}）；请检查路径和写入权限。") from None

    def secret(self) -> str:
        """
        The key of this folder for digests of codes, in hexadecimal; made when there is none.

        Raises:
            StoreError: It cannot be written or read.

        """
        path = self.root / "secret"
        try:
            if not path.exists():
                partial = self._write_partial(secrets.token_hex(32).encode())
                partial.chmod(0o600)
                _claim(partial, path)  # another node may have been quicker; then its key holds
            text = path.read_text("ascii").strip()
            bytes.fromhex(text)
        except (OSError, ValueError):
            raise StoreError(f"摘要密钥「{path}」写不出或读不出；请检查磁盘，或从备份恢复该文件。") from None
        return text

    def discard_partial(self) -> None:
        """Remove what a crash left half written; nobody was ever told that it was kept."""
        for path in self._partial.iterdir():
            path.unlink()

    def require_space(self) -> None:
        """
        Refuse to write to a disk that is nearly full: a database that cannot checkpoint stops working.

        Raises:
            StoreError: Less than 1 GB, or less than twice the database, is free.

        """
        size = self.database.stat().st_size if self.database.exists() else 0
        needed = max(_SPARE_BYTES, 2 * size)
        free = shutil.disk_usage(self.root).free
        if free < needed:
            raise StoreError(f"磁盘剩余空间 {free / 1e9:.1f} GB，不足 {needed / 1e9:.1f} GB，暂不接收报送；请清理数据目录「{self.root}」所在磁盘后重试。")

    def upload(self, digest: str) -> Path:
        """Where the upload with this sha256 lies."""
        return self._uploads / digest

    def cases(self, digest: str) -> Path:
        """Where the kept cases of a ledger with this sha256 lie."""
        return self.root / "cases" / f"{digest}.parquet"

    def batch(self, office: str, period: str, data: bytes, org: str = BUREAU) -> Path:
        """Where a batch of these bytes belongs; each organisation but the bureau that stands alone has a folder of its own."""
        folder = self.root / "batches"
        return (folder if org == BUREAU else folder / org) / office / period / f"{sha256(data).hexdigest()}.parquet"

    def edition(self, period: str, digest: str) -> Path:
        """Where the frozen figures with this sha256 lie."""
        return self.root / "editions" / period / f"{digest}.json"

    def write(self, files: Mapping[Path, bytes]) -> None:
        """
        Write files for good; one that is there with the same size is left alone, for names are hashes of contents.

        Raises:
            StoreError: The disk refuses.

        """
        fresh = {path: data for path, data in files.items() if not (path.exists() and path.stat().st_size == len(data))}
        try:
            folders = {path.parent for path in fresh}
            changed = {above for folder in folders for above in _make(folder)}
            for path, data in fresh.items():
                self._write_partial(data).replace(path)
            _sync_folders(folders | changed)
        except OSError as error:
            raise StoreError(f"文件未能写入数据目录「{self.root}」（{error.strerror}），本次报送没有入库；请检查磁盘后重新上传。") from None

    def read(self, path: Path, what: str) -> bytes:
        """
        The bytes of a kept file whose name is its hash.

        Raises:
            StoreError: It is missing or its content no longer fits its name.

        """
        if not path.is_relative_to(self.root):
            raise StoreError(f"{what}「{path}」不在数据目录里；请从备份恢复报送日志。")
        try:
            data = path.read_bytes()
        except OSError:
            raise StoreError(f"{what}「{path.relative_to(self.root).as_posix()}」不存在或无法读取；请从备份恢复该文件。") from None
        if sha256(data).hexdigest() != path.name.split(".")[0]:
            raise StoreError(f"{what}「{path.relative_to(self.root).as_posix()}」已损坏，内容与校验码不符；请从备份恢复该文件。")
        return data

    def append(self, entries: Sequence[Entry | Decision | Answer | Edition], after: int) -> list[int]:
        """
        Enter what was accepted, decided, answered or frozen into the log; the first number tried is the one after ``after``.

        Returns:
            The number of each entry.

        Raises:
            StoreError: The disk refuses.

        """
        numbers: list[int] = []
        try:
            for entry in entries:
                text = json.dumps(entry.written(), ensure_ascii=False, indent=1)
                partial = self._write_partial(text.encode())
                after += 1
                while not _claim(partial, self._entry(after)):
                    after += 1
                numbers.append(after)
            _sync_folders([self._log])
        except OSError as error:
            raise StoreError(f"报送日志未能写入「{self._log}」（{error.strerror}）；请检查磁盘后重试，已登记的部分不会重复。") from None
        return numbers

    def numbers(self) -> list[int]:
        """The numbers in the log, ascending."""
        return sorted(int(path.stem) for path in self._log.glob("*.json") if _ENTRY.fullmatch(path.name))

    def strays(self) -> list[str]:
        """What lies in the log and is no entry, a copy that somebody made of one; its name."""
        return sorted(path.name for path in self._log.iterdir() if not _ENTRY.fullmatch(path.name))

    def entry(self, number: int) -> Entry | Decision | Answer | Edition | None:
        """
        One entry of the log; None for a number that was claimed but never used.

        Raises:
            StoreError: The entry is missing or is none.

        """
        path = self._entry(number)
        try:
            text = path.read_text("utf-8")
            if not text:
                return None
            written = json.loads(text)
            if "said" in written:
                return Answer.read(number, written)
            if "figures" in written:
                return Edition.read(number, written)
            return Decision.read(number, written) if "act" in written else Entry(**{name: str(said) for name, said in written.items()})
        except (OSError, ValueError, TypeError, KeyError, AttributeError, KpiError):
            raise StoreError(f"报送日志「{path.relative_to(self.root).as_posix()}」缺失或已损坏；请从备份恢复该文件。") from None

    def set_aside(self, why: str, now: datetime) -> str:
        """Move the database out of the way, never delete it; the name it has now."""
        name = f"{self.database.name}.{why}-{now:%Y%m%d-%H%M%S-%f}"
        for suffix in ("", ".wal"):
            path = self.database.with_name(self.database.name + suffix)
            if path.exists():
                path.replace(self.root / f"{name}{suffix}")
        return name

    def _entry(self, number: int) -> Path:
        return self._log / f"{number:08d}.json"

    def _write_partial(self, data: bytes) -> Path:
        path = self._partial / uuid4().hex
        with path.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        return path


def _claim(partial: Path, path: Path) -> bool:
    """Give a finished file a name that nobody has; False when somebody has."""
    try:
        os.link(partial, path)
    except FileExistsError:
        return False
    except OSError:  # a file system without hard links: claim the name empty, then fill it in one step
        try:
            path.touch(exist_ok=False)
        except FileExistsError:
            return False
        partial.replace(path)
    else:
        partial.unlink()
    return True


def _make(folder: Path) -> list[Path]:
    """Make a folder; the folders whose list of names changed by it."""
    if folder.exists():
        return []
    changed = [*_make(folder.parent), folder.parent]
    folder.mkdir(exist_ok=True)
    return changed


def _sync_folders(folders: Iterable[Path]) -> None:
    """Force names to disk; Windows does so by itself and cannot open a folder."""
    if os.name == "nt":
        return
    for folder in folders:
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
