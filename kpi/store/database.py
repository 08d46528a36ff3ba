"""
The store: one object that a process opens once and every thread may use.

Reads go through a cursor of their own each; writes wait for one lock.  Opening heals log and database from one another;
an entry of the log that cannot be read or computed is set aside and named, and all others are served.
"""

import time
from collections.abc import Callable, Collection, Sequence
from contextlib import ExitStack, suppress
from pathlib import Path
from threading import Lock
from types import MappingProxyType, TracebackType
from typing import Self

import duckdb

from kpi.catalog.model import Catalog
from kpi.errors import RequestError, StoreError
from kpi.store import secret, set_aside, verification
from kpi.store.clock import now
from kpi.store.connection import UnusableError, connect_anew, note_size, read_property, write_property
from kpi.store.drafts import Drafts
from kpi.store.folder import DataFolder
from kpi.store.folder_format import note_format, require_known_format
from kpi.store.interruption import deferred
from kpi.store.log_chain import LogFile
from kpi.store.log_numbers import spelled
from kpi.store.notice import Repair
from kpi.store.offering import Offering
from kpi.store.opening import Opening, open_settled, remade
from kpi.store.publication import Publication
from kpi.store.referring import ReferralWriter
from kpi.store.refresh import Definitions, recipe
from kpi.store.replay import REPLACED
from kpi.store.setup_folder import SetupFolder
from kpi.store.statements import statement
from kpi.store.store_condition import StoreCondition, condition_of
from kpi.store.vault import Vault

_NO_DEFINITIONS: Definitions = MappingProxyType({})
_DROPS = Vault()
_KEY = "key"  # property of the database: the check of the key for digests of codes
_opened: set[Path] = set()  # folders: a second connection of this very process would escape the lock round writes
_opening = Lock()  # round that set


class Store(ReferralWriter):
    """Everything a data folder holds; open it with `Store.open`, read it as `StoreReader` describes, write to it as `StoreWriter` and `ReferralWriter` do."""

    def __init__(self, folder: DataFolder, catalog: Catalog, definitions: Definitions, vault: Vault) -> None:
        super().__init__(folder, catalog, definitions, vault)
        self.drafts = Drafts(folder)
        self.setup = SetupFolder(folder, lambda: secret.key_of(folder))
        self._key_check: str | None = None  # of the key for digests of codes that the database remembers

    @classmethod
    def open(cls, directory: Path, catalog: Catalog, definitions: Definitions = _NO_DEFINITIONS, vault: Vault = _DROPS, *, afresh: bool = False) -> Self:
        """
        Open a data folder, making it when it is not there, and heal log and database from one another.

        Args:
            directory: The data folder.
            catalog: The catalogue in force; figures made with another one are made anew.
            definitions: Further tables computed from the catalogue, by name and column, for queries to join.
            vault: What becomes of the uploads of ledgers.
            afresh: Make the database again from the log; the one before is kept beside it.

        Raises:
            StoreError: Another process has it open, a newer release wrote it, or so much is lost that it would look like an older or empty bureau.

        """
        folder = DataFolder(directory.resolve())
        require_known_format(folder)
        folder.prepare()
        with _opening:
            if folder.root in _opened:
                raise StoreError(f"数据目录「{folder.root}」已经打开；同一程序只能打开一次。")
            _opened.add(folder.root)
        store = cls(folder, catalog, definitions, vault)
        try:
            opening = open_settled(folder, catalog, now(), afresh=afresh)
        except BaseException:
            _opened.discard(folder.root)
            raise
        store._connection, store._log = opening.connection, opening.log
        try:
            folder.discard_partial()
            store.drafts.sweep(time.time())
            store._heal(opening)
            store._opened_file = folder.database_file()
            note_format(folder)
        except BaseException:
            store.close()
            raise
        return store

    def close(self) -> None:
        """Give the folder free once the tables have all that was sent; closing twice does no harm, and Ctrl-C waits for its end."""
        with deferred(), self._lock:
            self._backlog.end()
            self._connection.close()
            if self._folder.root in _opened:
                note_size(self._folder)
            _opened.discard(self._folder.root)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    @property
    def notices(self) -> tuple[str, ...]:
        """What had to be mended or left out at opening, one Chinese sentence each; `kpi.store.notice` tells the two apart."""
        return tuple(self._notices)

    @property
    def secret(self) -> str:
        """The key of this data folder for digests of codes that say who somebody is, in hexadecimal."""
        key = secret.key_of(self._folder)
        if self._key_check is None:
            with self._lock:
                self._note_key()
        return key

    def put_in_force(self, catalog: Catalog, definitions: Definitions, keep: Callable[[], None]) -> None:
        """
        Compute every figure with another catalogue, and use it from now on.

        Args:
            catalog: The catalogue.
            definitions: The tables computed from it, as of `Store.open`.
            keep: Keeps it; called once the figures are computed, before anybody sees them.

        Raises:
            RequestError: The figures that are stored cannot be computed with it.
            StoreError: The disk refuses.  Nothing was changed, nor is it where ``keep`` raises.

        """
        with self._writing(), self._backlog.tables:
            self._folder.require_space()
            former = self._catalog, self._definitions, self._offering
            self._catalog, self._definitions, self._offering = catalog, definitions, Offering(self._folder, catalog, self._vault)
            try:
                self._attempt([], [], anew=True, keep=keep)
            except BaseException as error:
                self._catalog, self._definitions, self._offering = former
                if isinstance(error, set_aside.IncomputableError):
                    raise RequestError("已经入库的数不能按这样的指标目录计算；没有改动，请核对公式和单位。") from error
                raise

    def condition(self) -> StoreCondition:
        """Whether it can be read and written now, and the room on its disk."""
        return condition_of(self, self._folder)

    @property
    def seals(self) -> bool:
        """Whether uploads of which not everything is kept are sealed, under a key."""
        return self._vault.seals

    def publish(self, publication: Publication, known: int) -> None:
        """
        Keep on record which figures a public version prints and which it hides; ``known`` is how many were on record when it was written.

        Raises:
            OutdatedError: There are more since.
            StoreError: The disk refuses, or a file of an earlier one is damaged.

        """
        with self._writing():
            self._publications.keep(publication, known)

    def verify(self) -> list[str]:
        """Prove that log, batches, uploads and tables agree; one Chinese sentence for each place where they do not."""
        with self._lock, ExitStack() as stack:
            with suppress(StoreError):  # what waits is named below
                self._backlog.clear()
            try:
                cursor = stack.enter_context(self._connection.cursor())
            except duckdb.Error:  # it was closed, or could not be opened again
                cursor = None
            faults = [] if self._own else [REPLACED.format(self._folder.root) + "请重新启动看板后再核对。"]
            behind = [*self._backlog.files, *self._log.unkept]
            faults += verification.faults(self._folder, behind, cursor, self._catalog, self._aside)
            faults += self._publications.faults()
            return [*faults, *self._referrals.faults(anew=True), *((secret.LOST,) if self._key_lost else ())]

    def _heal(self, opening: Opening) -> None:
        """Bring the tables as far as the log."""
        for notice in opening.notices:
            self._notice(notice)
        try:
            self._compare(opening.files, opening.there)
        except UnusableError as error:
            self._connection.close()
            self._notice(remade(self._folder, error, now()))
            self._connection = connect_anew(self._folder)
            self._log.unkept = list(opening.files)
            self._compare(opening.files, ())
        self._note_key()
        if self._key_lost:
            self._notice(secret.LOST)
        if opening.files:
            self._name_unknown()

    def _compare(self, files: Sequence[LogFile], there: Collection[int]) -> None:
        self._version = max(there, default=0)
        logged = self._read(files, there)
        anew = read_property(self._connection, "recipe") != recipe(self._catalog, self._definitions)
        if logged or anew or self._log.unkept:
            self._apply(logged, self._log.unkept, anew=anew)
        self._log.unkept.clear()
        if there and (entered := [entry.seq for entry in logged if entry.seq not in self._aside]):
            self._notice(Repair(f"数据库缺少{spelled(entered)}，共 {len(entered)} 条记录，已由日志和批次补入。"))

    def _note_key(self) -> None:
        """Let the database remember which key there is, once there is one."""
        self._key_check = read_property(self._connection, _KEY)
        if self._key_check is None and (there := secret.check_now(self._folder)):
            write_property(self._connection, _KEY, there)
            self._key_check = there

    @property
    def _key_lost(self) -> bool:
        """Whether the key is gone or another one than that which the database remembers."""
        return self._key_check is not None and self._key_check != secret.check_now(self._folder)

    def _name_unknown(self) -> None:
        """Say which figures that count nobody sees, because the catalogue in force does not know what or in that month who they are of."""
        for sentence in set_aside.unseen(self._catalog, lambda name: self.rows(statement(name))):
            self._notice(sentence)


def rebuild(directory: Path, catalog: Catalog, definitions: Definitions = _NO_DEFINITIONS) -> int:
    """
    Make the database of a data folder again from its batches; the one before is kept beside it.

    Returns:
        How many submissions it holds.

    Raises:
        StoreError: The folder is in use, or the database has what log and batches have not; nothing was changed.

    """
    with Store.open(directory, catalog, definitions, afresh=True) as store:
        return len(store.submissions())
