"""
One running bureau: its catalogue, its store and its parser, opened together and closed together.

Every use case takes a `Bureau` first.  A process opens one.
"""

import os
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from types import TracebackType

from kpi.catalog import load
from kpi.catalog.model import Catalog
from kpi.compute.definitions import definitions
from kpi.store.database import Store, rebuild
from kpi.store.past import Pasts
from kpi.store.vault import Vault
from kpi.workbook.sandbox import Parser

_ROOT = Path(__file__).resolve().parent.parent
DEFAULT_DATA = _ROOT / "var"


@dataclass(frozen=True)
class Bureau:
    """What a use case needs."""

    catalog: Catalog
    store: Store
    parser: Parser
    pasts: Pasts = field(default_factory=Pasts)

    def as_known(self, day: date) -> "Bureau":
        """
        The bureau as it was known at the end of a day: what was submitted or decided later has not happened.

        Every use case can be asked of it; organisations, definitions and targets are those of today.  It is closed with this one.
        """
        return replace(self, store=self.pasts.on(self.store, day))

    def as_logged(self, number: int) -> "Bureau":
        """The bureau as it was when the log ended with a number; otherwise as `as_known`."""
        return replace(self, store=self.pasts.until(self.store, number))

    def close(self) -> None:
        """Stop the parser's workers and release the database."""
        self.parser.close()
        self.pasts.close()
        self.store.close()

    def __enter__(self) -> "Bureau":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()


def open_bureau(data: Path | None = None, catalog: Path | None = None) -> Bureau:
    """
    Open the bureau whose data and catalogue lie in these folders.

    Args:
        data: Where the store lies; else ``KPI_DATA``, else ``var`` beside the project.
        catalog: Where the definitions lie; else ``KPI_CATALOG``, else ``data/catalog`` of the project.

    Raises:
        CatalogError: The catalogue has faults.
        StoreError: The store is in use elsewhere or cannot be opened, or the key for ledgers is missing.
    """
    definition = load.load(catalog or load.chosen())
    folder = data or Path(os.environ.get("KPI_DATA") or DEFAULT_DATA)
    store = Store.open(folder, definition, definitions(definition), Vault.of(os.environ, folder))
    return Bureau(definition, store, Parser())


def rebuild_store(data: Path | None = None, catalog: Path | None = None) -> int:
    """
    Make the database of a bureau again from its log and batches, while nobody has it open.

    Returns:
        How many submissions it holds.

    Raises:
        CatalogError: The catalogue has faults.
        StoreError: The store is in use, or what it is to be made from is missing or damaged.
    """
    definition = load.load(catalog or load.chosen())
    return rebuild(data or Path(os.environ.get("KPI_DATA") or DEFAULT_DATA), definition, definitions(definition))
