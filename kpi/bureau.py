"""
One running bureau: its catalogue, its store and its parser, opened together and closed together.

Every use case takes a `Bureau` first, or a `LiveBureau` where it takes something in.  A process opens one; whoever asks gets it
with himself as its caller, and a use case asks the bureau whether that caller may do what it does.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Self

from kpi.access import journal_check
from kpi.access.audit import Audit, Audited
from kpi.access.caller import WITHOUT_LOGIN, Caller, DeniedError
from kpi.access.roles import Right
from kpi.catalog.model import Catalog
from kpi.data_place import data_folder
from kpi.errors import StoreError
from kpi.figures.definitions import definitions
from kpi.store.database import Store, rebuild
from kpi.store.drafts import Drafts
from kpi.store.folder import DataFolder
from kpi.store.kept_catalog import KeptCatalog, catalog_in_force, may_be_kept
from kpi.store.past import Pasts
from kpi.store.reader import StoreReader
from kpi.store.restore import RestoredFolder, RestorePlan, plan_restore, restore
from kpi.store.vault import Vault
from kpi.workbook.process.parser import AT_ONCE, Parser


@dataclass(frozen=True)
class Bureau:
    """What a use case needs that only looks at what is there, now or in the past."""

    catalog: Catalog
    store: StoreReader
    pasts: Pasts = field(default_factory=Pasts)
    caller: Caller = WITHOUT_LOGIN

    def of(self, caller: Caller) -> Self:
        """The same bureau, asked by somebody; it goes with this one."""
        return replace(self, caller=caller)

    def require(self, right: Right, org: str | None = None, office: str | None = None) -> None:
        """
        Refuse what the caller may not do, of an organisation (the root unless told) and an office.

        Raises:
            DeniedError: The role has no such right, or it is of another organisation or office.

        """
        self.caller.require(right, self.catalog, org, office)

    def may(self, right: Right, org: str | None = None, office: str | None = None) -> bool:
        """Whether `require` lets the caller do so."""
        try:
            self.require(right, org, office)
        except DeniedError:
            return False
        return True

    def sees(self, org: str) -> bool:
        """Whether the caller may read the figures of an organisation: what lists several leaves the others out."""
        return self.may(Right.READ, org)

    def as_known(self, day: date) -> "Bureau":
        """
        The bureau as it was known at the end of a day: what was submitted or decided later has not happened.

        Whatever looks can be asked of it; organisations, definitions and targets are those of today.  It goes with this one.
        """
        return Bureau(self.catalog, self.pasts.on(self.store, day), self.pasts, self.caller)

    def as_logged(self, number: int) -> "Bureau":
        """The bureau as it was when the log ended with a number; otherwise as `as_known`."""
        return Bureau(self.catalog, self.pasts.until(self.store, number), self.pasts, self.caller)


def _nobody(_: "LiveBureau") -> None:
    """Nobody has to be told."""


@dataclass(frozen=True)
class LiveBureau(Bureau):
    """What a use case needs that takes something in; it is opened by a process and closed by it."""

    store: Store
    parser: Parser = field(kw_only=True)
    audit: Audit | None = field(default=None, kw_only=True)
    kept: KeptCatalog | None = field(default=None, kw_only=True)  # where its catalogue may be changed; None: it is of a folder that was told
    replaced_by: Callable[["LiveBureau"], None] = field(default=_nobody, kw_only=True)  # told of the bureau that takes its place

    @property
    def drafts(self) -> Drafts:
        """The drafts of the caller."""
        return self.store.drafts.of(self.caller.account)

    def note_done(self, what: Audited, about: str) -> None:
        """Note in the audit what the caller has done: it stands, as `Audit.note_done` says."""
        if self.audit is not None:
            self.audit.note_done(what, self.caller, about)

    def note(self, what: Audited, about: str) -> None:
        """
        Note in the audit what the caller is about to be given.

        Raises:
            StoreError: The disk refuses.

        """
        if self.audit is not None:
            self.audit.note(what, self.caller, about)

    def close(self) -> None:
        """Stop the parser's workers and release the database."""
        self.parser.close()
        self.pasts.close()
        self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()


def open_bureau(data: Path | None = None, catalog: Path | None = None, files: int = 0, readers: int = AT_ONCE) -> LiveBureau:
    """
    Open the bureau whose data and catalogue lie in these folders.

    Args:
        data: Where the store lies; else ``KPI_DATA``, else ``var`` beside the project.
        catalog: Where the definitions lie; else ``KPI_CATALOG``, else those that the data folder keeps, else ``data/catalog`` of the project.
        files: How many files are going to be read: the processes for them start while the store is opened.
        readers: How many files are read at once.

    Raises:
        CatalogError: The catalogue has faults.
        StoreError: The store is in use elsewhere or cannot be opened, or the key for ledgers is missing.
    """
    with ExitStack() as stack:
        parser = stack.enter_context(Parser(places=readers))
        parser.warm(files)
        folder = data_folder(data)
        definition = catalog_in_force(folder, catalog)
        store = Store.open(folder, definition, definitions(definition), Vault.of(folder))
        stack.pop_all()
    return LiveBureau(definition, store, parser=parser, kept=KeptCatalog(folder) if may_be_kept(catalog) else None)


def open_existing(data: Path | None = None, catalog: Path | None = None) -> LiveBureau:
    """
    Open a bureau that is there, as `open_bureau` does; a folder that was mistyped is not made.

    Raises:
        CatalogError, StoreError: As there, or there is no data folder.

    """
    _require(data)
    return open_bureau(data, catalog)


def is_there(data: Path | None = None) -> bool:
    """Whether a data folder lies where the bureau would be opened."""
    return DataFolder(data_folder(data)).exists()


@contextmanager
def open_to_check(data: Path | None = None, catalog: Path | None = None, files: int = 0) -> Iterator[LiveBureau]:
    """
    A bureau in which something is only looked at: where there is no data folder an empty one, of which nothing is left.

    Raises:
        CatalogError, StoreError: As `open_bureau` does.

    """
    with TemporaryDirectory() as empty, open_bureau(data if is_there(data) else Path(empty) / "data", catalog, files) as bureau:
        yield bureau


def rebuild_store(data: Path | None = None, catalog: Path | None = None) -> int:
    """
    Make the database of a bureau again from its log and batches, while nobody has it open.

    Returns:
        How many submissions it holds.

    Raises:
        CatalogError: The catalogue has faults.
        StoreError: There is none, it is in use, or what it is to be made from is missing or damaged.
    """
    _require(data)
    definition = catalog_in_force(data_folder(data), catalog)
    return rebuild(data_folder(data), definition, definitions(definition))


def plan_restoring(file: Path, data: Path | None = None) -> RestorePlan:
    """
    What restoring a backup to where the bureau would be opened would do; nothing is changed.

    Raises:
        RequestError, StoreError: As `kpi.store.restore.plan_restore`.

    """
    return plan_restore(file, data_folder(data))


def restore_bureau(plan: RestorePlan, catalog: Path | None = None) -> RestoredFolder:
    """
    Restore a backup, and prove the folder with the catalogue in force.

    Raises:
        CatalogError: The catalogue has faults.
        StoreError: As `kpi.store.restore.restore`.

    """

    def open_store(folder: Path) -> Store:
        definition = catalog_in_force(folder, catalog)
        return Store.open(folder, definition, definitions(definition))

    restored = restore(plan, open_store)
    return replace(restored, faults=(*restored.faults, *journal_check.verify(plan.target)))


def _require(data: Path | None) -> None:
    """Refuse a path at which no data folder lies."""
    if not is_there(data):
        raise StoreError(
            f"没有数据目录「{data_folder(data).resolve()}」；请核对 --data 或环境变量 KPI_DATA。"
            "第一次使用的，请先用 ingest 或 demo 入库，或打开看板，会建好数据目录。"
        )
