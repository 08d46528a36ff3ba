"""
The store: one object that a process opens once and every thread may use.

Reads go through a cursor of their own each; writes wait for one lock.  Opening heals log and database from one another;
an entry of the log that cannot be read or computed is set aside and named, and all others are served.
"""

import time
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import Self

from kpi.catalog.model import Catalog
from kpi.errors import StoreError
from kpi.store.clock import now
from kpi.store.connection import note_size
from kpi.store.drafts import Drafts
from kpi.store.folder import DataFolder
from kpi.store.opening import open_settled
from kpi.store.refresh import Definitions
from kpi.store.vault import Vault
from kpi.store.writing import Writer

_NO_DEFINITIONS: Definitions = MappingProxyType({})
_DROPS = Vault()
_opened: set[Path] = set()  # a second connection of this very process would escape the lock round writes


class Store(Writer):
    """Everything a data folder holds; open it with `Store.open`, read it as `Reader` describes, write to it as `Writer` does."""

    def __init__(self, folder: DataFolder, catalog: Catalog, definitions: Definitions, vault: Vault) -> None:
        super().__init__(folder, catalog, definitions, vault)
        self.drafts = Drafts(folder)

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
            StoreError: Another process has it open, or so much is lost that it would look like an older or empty bureau.

        """
        folder = DataFolder(directory.resolve())
        folder.prepare()
        if folder.root in _opened:
            raise StoreError(f"数据目录「{folder.root}」已经打开；同一程序只能打开一次。")
        store = cls(folder, catalog, definitions, vault)
        opening = open_settled(folder, catalog, now(), afresh=afresh)
        store._connection, store._log = opening.connection, opening.log
        _opened.add(folder.root)
        try:
            folder.discard_partial()
            store.drafts.sweep(time.time())
            store._settle(opening)
            store._opened_file = folder.database_file()
        except BaseException:
            store.close()
            raise
        return store

    def close(self) -> None:
        """Give the folder free; closing twice does no harm."""
        with self._lock:
            self._connection.close()
            if self._folder.root in _opened:
                note_size(self._folder)
            _opened.discard(self._folder.root)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()


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
