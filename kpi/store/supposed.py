"""
The store as it would be with other definitions (试算): the figures that are stored, summed by formulas that are not in force.

Each question has a cursor of its own, in which tables of that name alone stand before those of the database; so nobody else sees
them, and nothing is written.
"""

from collections.abc import Sequence

import duckdb

from kpi.catalog.model import Catalog
from kpi.compute.parts import Parts
from kpi.period import Month, Span, months
from kpi.store.reader import StoreReader
from kpi.store.refresh import Definitions, definition_tables
from kpi.store.statements import creation_aside


class SupposedStore(StoreReader):
    """What a store would answer about indicators; whatever else is asked is as it is."""

    def __init__(self, store: StoreReader, catalog: Catalog, definitions: Definitions) -> None:
        super().__init__(store._folder, catalog, definitions, store._vault)
        self._connection = store._connection
        self._version = store.version
        self._tables = definition_tables(definitions)

    def kept_parts(self, org: str, first: Month, last: Month, indicators: Sequence[str] | None = None) -> list[Parts]:
        """The parts of indicators year to date, summed now: those that are kept are of the definitions in force."""
        leaves = [stay.code for stay in self._catalog.tree.stays(org)]
        codes = list(self._catalog.definitions) if indicators is None else list(indicators)
        return self.summed_parts([org], leaves, codes, months(first, last), Span.YTD)

    def _cursor(self) -> duckdb.DuckDBPyConnection:
        cursor = super()._cursor()
        for table, rows in self._tables.items():
            cursor.register(f"supposed_{table}", rows)
            cursor.execute(creation_aside(table, f"supposed_{table}"))
        return cursor
