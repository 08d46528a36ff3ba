"""
The data folder: uploads, batches and all else that is kept beside the log, written so that a power cut leaves it whole or absent.

A file is first written under ``partial/``, forced to disk, and only then given its name.  These files and the log are the
record; the database beside them can always be made again.
"""

import os
import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from uuid import uuid4

from kpi.catalog.organisation import BUREAU
from kpi.errors import StoreError, cause
from kpi.store.free_space import require_space

_DIGEST = re.compile(r"[0-9a-f]{64}", re.ASCII)
STRAY = "stray"
"""Why a file was moved aside that is in no figure and of which nobody knows whether it should be."""


class DataFolder:
    """The files of one data folder; knows nothing of the database but where it lies."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.database = root / "kpi.duckdb"
        self.size_note = root / "kpi.size"  # how long it was when it was closed
        self.drafts = root / "drafts"
        self._uploads = root / "uploads"
        self.log = root / "log"
        self.head = root / "head.json"  # where the log ends
        self._partial = root / "partial"

    def prepare(self) -> None:
        """
        Make the folder.

        Raises:
            StoreError: It cannot be made or written.

        """
        kept = (self._uploads, self.log, self._partial)
        way_out = "请用环境变量 KPI_DATA 或 --data 写一个可以读写的文件夹，都不写则用程序目录下的 var"
        try:
            sync_folders({above for folder in kept for above in _make(folder)})
        except OSError as error:
            raise StoreError(f"数据目录「{self.root}」不能用（{cause(error)}）；{way_out}。") from None
        if blocked := [folder.name for folder in kept if not folder.is_dir()]:
            raise StoreError(f"数据目录「{self.root}」不能用（里面的 {'、'.join(blocked)} 不是文件夹）；请把它移到别处，或从备份恢复。")
        if not all(os.access(folder, os.R_OK | os.W_OK | os.X_OK) for folder in (self.root, *kept)):
            raise StoreError(f"数据目录「{self.root}」不能用（没有读写权限，或磁盘是只读的）；{way_out}。")

    def discard_partial(self) -> None:
        """Remove the files that a crash left half written, of which nobody was ever told that they were kept; what is no file stays."""
        with suppress(OSError):
            for path in self._partial.iterdir():
                with suppress(OSError):
                    path.unlink()

    def exists(self) -> bool:
        """Whether a data folder lies here, whole or not; an empty folder, or one of other things, is none."""
        return self.root.is_dir() and bool(self.log.exists() or self.database.exists() or self.head.exists() or self.traces())

    def traces(self) -> list[str]:
        """The names of what only a folder that was in use has, whatever the log says; what its first opening leaves is not among them."""
        kept = ("batches", "uploads", "cases", "editions", "published", "referrals", "drafts")
        folders = [name for name in kept if (self.root / name).is_dir() and any((self.root / name).iterdir())]
        files = [name for name in ("secret", self.size_note.name) if (self.root / name).exists()]
        aside = [path.name for pattern in (f"{self.database.name}.*-*", f"*.{STRAY}-*") for path in sorted(self.root.glob(pattern))]
        return folders + files + aside

    def batches(self) -> set[str]:
        """Every batch there is, as a path below the data folder."""
        return {path.relative_to(self.root).as_posix() for path in (self.root / "batches").rglob("*.parquet")}

    def editions(self) -> list[Path]:
        """The files of frozen figures, as they are named: by month and by the sha256 of what is in them."""
        return [path for path in (self.root / "editions").glob("*/*.json") if _DIGEST.fullmatch(path.stem)]

    def strays(self) -> list[tuple[str, str]]:
        """What opening moved out of the log and nobody has looked at: the name each has now, and the one it had."""
        return [(path.name, path.name.partition(f".{STRAY}-")[0]) for path in sorted(self.root.glob(f"*.{STRAY}-*"))]

    def database_file(self) -> tuple[int, int] | None:
        """Which file the database is, whatever its name; None where there is none."""
        try:
            status = self.database.stat()
        except OSError:
            return None
        return status.st_dev, status.st_ino

    def require_space(self) -> None:
        """
        Refuse to write to a disk that is nearly full.

        Raises:
            StoreError, RequestError: As `kpi.store.free_space.require_space`.

        """
        require_space(self.root, self.database)

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
        Write files for good; one that is there with the same bytes is left alone, for names are hashes of contents.

        Raises:
            StoreError: The disk refuses.

        """
        try:
            fresh = {path: data for path, data in files.items() if not (path.exists() and path.read_bytes() == data)}
            folders = {path.parent for path in fresh}
            changed = {above for folder in folders for above in _make(folder)}
            for path, data in fresh.items():
                self.put(path, data)
            sync_folders(folders | changed)
        except OSError as error:
            raise StoreError(f"文件未能写入数据目录「{self.root}」（{cause(error)}），本次报送没有入库；请检查磁盘后重新上传。") from None

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

    def move_aside(self, path: Path, why: str, moment: datetime) -> str:
        """
        Give a file another name directly below the data folder, with what the database engine keeps beside it; nothing is deleted.

        Returns:
            The name it has now: its own, why and when.

        Raises:
            StoreError: The disk refuses.

        """
        name = f"{path.name}.{why}-{moment:%Y%m%d-%H%M%S-%f}"
        try:
            for suffix in ("", ".wal"):
                beside = path.with_name(path.name + suffix)
                if beside.exists():
                    beside.replace(self.root / f"{name}{suffix}")
        except OSError as error:
            raise StoreError(f"「{path}」移不开（{cause(error)}）；请检查磁盘和权限后重新启动。") from None
        if path == self.database:
            self.forget_size()
        return name

    def forget_size(self) -> None:
        """Take the note of the database's length away: it holds no longer, once the database is open."""
        with suppress(OSError):
            self.size_note.unlink()

    def put(self, path: Path, data: bytes, mode: int = 0o666) -> None:
        """Put a file in its place, whole or not at all; as `write_partial` writes it."""
        self.write_partial(data, mode).replace(path)

    def write_partial(self, data: bytes, mode: int = 0o666) -> Path:
        """A file with these bytes and rights, less what the system withholds, forced to disk and still without a name of its own."""
        if self.root.is_dir():  # somebody may have tidied it away; a folder that is gone is not made again
            self._partial.mkdir(exist_ok=True)
        path = self._partial / uuid4().hex
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), mode), "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        return path


def _make(folder: Path) -> list[Path]:
    """Make a folder; the folders whose list of names changed by it."""
    if folder.exists():
        return []
    changed = [*_make(folder.parent), folder.parent]
    folder.mkdir(exist_ok=True)
    return changed


def sync_folders(folders: Iterable[Path]) -> None:
    """Force names to disk; Windows does so by itself and cannot open a folder."""
    if os.name == "nt":
        return
    for folder in folders:
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def claim(partial: Path, path: Path) -> bool:
    """Give a finished file a name that nobody has; False when somebody has."""
    try:
        os.link(partial, path)
    except FileExistsError:
        _discard(partial)
        return False
    except OSError:  # a file system without hard links; where no other process writes, to look first is enough
        if path.exists():
            _discard(partial)
            return False
        partial.replace(path)
    else:
        _discard(partial)
    return True


def _discard(partial: Path) -> None:
    """Remove a file that has another name by now, or is of no use; where the disk refuses, the next opening does it."""
    with suppress(OSError):
        partial.unlink()
