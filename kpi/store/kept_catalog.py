"""
The catalogue that a data folder keeps (存在数据目录里的指标目录): what was set up or changed in the browser.

Each change is a file of its own, ``catalog/00000001.json``, whole or not at all and never written again; the catalogue in
force is what all of them leave.  So every earlier catalogue can be read as well.  A witness beside the folder names the last
change, so that the bureau does not go on with an earlier catalogue, or with that of the project, where that one is gone.
"""

import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from kpi.catalog import load
from kpi.catalog.files import folder_of_texts
from kpi.catalog.folder_writing import file_texts
from kpi.catalog.model import Catalog
from kpi.errors import OutdatedError, StoreError, cause
from kpi.period import Month
from kpi.setting import setting
from kpi.store.catalog_change import CatalogChange, FileTexts, differing_files
from kpi.store.clock import now
from kpi.store.folder import DataFolder, claim, sync_folders

_NAME = re.compile(r"[0-9]{8}\.json", re.ASCII)
_WITNESS = re.compile(r"(?P<number>[1-9][0-9]{0,7}) (?P<digest>[0-9a-f]{64})\n", re.ASCII)


class KeptCatalog:
    """The changes in the folder ``catalog`` of a data folder, and the catalogue that they leave."""

    def __init__(self, data: Path) -> None:
        self._data = DataFolder(data.resolve())
        self.folder = self._data.root / "catalog"
        self._witness = self._data.root / "catalog.witness"

    def exists(self) -> bool:
        """Whether this data folder keeps a catalogue of its own, or kept one."""
        return bool(self._paths()) or self._witnessed() is not None

    @property
    def number(self) -> int:
        """The number of the last change; 0 where there is none."""
        return len(self._paths())

    def changes(self) -> tuple[CatalogChange, ...]:
        """
        Every change, the first one first.

        Raises:
            StoreError: One is missing, damaged, or does not follow the one before it.

        """
        paths = {path.name: path for path in self._paths()}
        last, digest = self._witnessed() or (0, "")
        changes, previous = [], ""
        for number in range(1, max(len(paths), last) + 1):
            name = _name(number)
            if name not in paths:
                raise StoreError(f"指标目录的变动「catalog/{name}」不在了；请从备份恢复这个文件。")
            data = self._read(paths[name])
            change = CatalogChange.parse(name, data)
            if change.number != number or change.previous != previous:
                raise StoreError(f"指标目录的变动「catalog/{name}」不接着前一个，被换过或改过；请从备份恢复 catalog 文件夹。")
            previous = sha256(data).hexdigest()
            if number == last and previous != digest:
                raise StoreError(f"指标目录的变动「catalog/{name}」被换过或改过；请从备份恢复 catalog 文件夹。")
            changes.append(change)
        return tuple(changes)

    def texts(self, number: int | None = None) -> FileTexts:
        """
        The files of the catalogue after a change, the last one unless told.

        Raises:
            StoreError: As `changes`.

        """
        return _left_by(self.changes()[:number])

    def catalog(self, number: int | None = None) -> Catalog:
        """
        The catalogue after a change, the last one unless told.

        Raises:
            CatalogError: This program does not understand it.
            StoreError: As `changes`.

        """
        return catalog_of(self.texts(number))

    def files(self) -> dict[str, bytes]:
        """
        The bytes of every change by its name below the data folder, whatever they say.

        Raises:
            StoreError: One cannot be read.

        """
        return {f"{self.folder.name}/{path.name}": self._read(path) for path in self._paths()}

    def keep(self, catalog: Catalog, by: str, why: str, *, after: int, account: str = "", first: Month | None = None) -> CatalogChange:
        """
        Keep a catalogue as the next change.

        Args:
            catalog: What is to be in force.
            by: The name of who changed it.
            why: Why.
            after: The number of the change that was looked at when it was made.
            account: Of who changed it, where there is a login.
            first: From which month it holds, where it does not hold for all months.

        Raises:
            OutdatedError: There is another change since.
            StoreError: The disk refuses, or as `changes`.

        """
        changes = self.changes()
        if len(changes) != after:
            raise _changed_since(changes)
        previous = sha256(self._read(self.folder / _name(after))).hexdigest() if after else ""
        change = CatalogChange(after + 1, now(), by, account, why, first, differing_files(_left_by(changes), file_texts(catalog)), previous)
        try:
            self.folder.mkdir(exist_ok=True)
            if not claim(self._data.write_partial(change.encode()), self.folder / _name(change.number)):
                raise _changed_since(self.changes())
            sync_folders([self.folder, self._data.root])
        except OSError as error:
            raise StoreError(f"指标目录没有改成（{cause(error)}）；请检查磁盘后再试。") from None
        with suppress(OSError):  # an older witness is true as well
            self._data.put(self._witness, f"{change.number} {sha256(change.encode()).hexdigest()}\n".encode())
        return change

    def _witnessed(self) -> tuple[int, str] | None:
        """The number and the sha256 of the last change that is witnessed; None where nothing is, or nobody can read it."""
        with suppress(OSError, UnicodeDecodeError):
            if line := _WITNESS.fullmatch(self._witness.read_text("ascii")):
                return int(line["number"]), line["digest"]
        return None

    def _paths(self) -> list[Path]:
        return sorted(path for path in self.folder.glob("*.json") if _NAME.fullmatch(path.name)) if self.folder.is_dir() else []

    @staticmethod
    def _read(path: Path) -> bytes:
        try:
            return path.read_bytes()
        except OSError as error:
            raise StoreError(f"指标目录的变动「catalog/{path.name}」打不开（{cause(error)}）；请检查文件权限和磁盘。") from None


def _left_by(changes: Iterable[CatalogChange]) -> FileTexts:
    """The files that some changes leave, from the first one on."""
    texts: FileTexts = {}
    for change in changes:
        texts = change.applied(texts)
    return texts


def catalog_of(texts: FileTexts) -> Catalog:
    """
    The catalogue that the texts of its files say.

    Raises:
        CatalogError: With every fault found.

    """
    return load.catalog_of(folder_of_texts(texts))


def catalog_in_force(data: Path, directory: Path | None = None) -> Catalog:
    """
    The catalogue of a bureau: of the folder that is told or set, else the one that the data folder keeps, else the one of the project.

    Raises:
        CatalogError: It has faults.
        StoreError: The data folder keeps one that is damaged.

    """
    kept = KeptCatalog(data)
    return kept.catalog() if may_be_kept(directory) and kept.exists() else load.load(directory or load.chosen())


def may_be_kept(directory: Path | None = None) -> bool:
    """Whether the catalogue of a bureau may be changed and kept in its data folder: no other folder is told or set."""
    return directory is None and not setting("KPI_CATALOG")


def _changed_since(changes: Sequence[CatalogChange]) -> OutdatedError:
    last = changes[-1] if changes else None
    who = f"{last.by}于 {last.at:%Y-%m-%d %H:%M}" if last else "有人"
    return OutdatedError(f"指标目录在您打开以后又改过（{who}：{last.why if last else ''}）；这一次没有改，请刷新页面，看清了再改。")


def _name(number: int) -> str:
    return f"{number:08d}.json"
