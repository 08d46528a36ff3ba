"""
The store as it was known: what it would be had its log ended earlier.

A past is a database of its own in memory, filled from the tables of the living store with what had been entered by then,
so that it can be asked whatever a reader can; its figures are computed with the catalogue in force today.
"""

from collections import OrderedDict
from datetime import date, datetime, time
from threading import Lock

import duckdb

from kpi.errors import StoreError
from kpi.store.connection import in_memory, insert
from kpi.store.reader import StoreReader
from kpi.store.refresh import renew
from kpi.store.statements import all_of, statement, with_views
from kpi.store.submission import SubmissionKey

_TABLES = ("submission", "fact", "finding", "remark", "decision", "answer", "edition", "follow_up", "follow_up_entry", "meeting_note")
"""What the log says; all else is derived."""
_MOST = 6  # pasts that are kept; one of a bureau takes some ten megabytes
_ALWAYS = 2**62
_Key = tuple[datetime | None, int, int]


class Past(StoreReader):
    """What the store was when its log ended earlier; it goes with the last one who asks it."""

    def __init__(self, store: StoreReader, connection: duckdb.DuckDBPyConnection, last: int) -> None:
        super().__init__(store._folder, store._catalog, store._definitions, store._vault)
        self._connection = connection
        self._version = last

    def referral_codes(self) -> list[str]:
        """Nothing: what was referred and accepted later is not kept."""
        return []

    def referred_sheets(self) -> frozenset[SubmissionKey]:
        """Nothing, likewise."""
        return frozenset()

    def close(self) -> None:
        """Give its memory free; the folder is the living store's."""
        self._connection.close()


class Pasts:
    """The pasts asked for most recently, each made once; any thread may ask."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._kept: OrderedDict[_Key, Past] = OrderedDict()

    def on(self, store: StoreReader, day: date) -> StoreReader:
        """The store as known at the end of a day: entries made later do not exist; the store itself where there are none."""
        return self._at(store, datetime.combine(day, time.max), _ALWAYS)

    def until(self, store: StoreReader, number: int) -> StoreReader:
        """The store as it was when the log ended with a number."""
        return self._at(store, datetime.combine(date.max, time.max), number)

    def close(self) -> None:
        """Give the memory free."""
        with self._lock:
            while self._kept:
                self._kept.popitem()[1].close()

    def _at(self, store: StoreReader, moment: datetime, number: int) -> StoreReader:
        with self._lock:  # who asks for the same past meanwhile waits for it
            [(made, last, known, entered)] = store.rows(statement("known"), {"moment": moment, "number": number})
            if known == entered:
                return store
            key = (made, last or 0, known)  # of an append-only log this names one set of entries
            if key not in self._kept:
                self._kept[key] = _past(store, made, last or 0)
            self._kept.move_to_end(key)
            while len(self._kept) > _MOST:
                self._kept.popitem(last=False)  # somebody may still read it; its memory goes with the last reader
            return self._kept[key]


def _past(store: StoreReader, moment: datetime | None, number: int) -> Past:
    """Copy what was entered up to a moment and a number, and compute its figures."""
    entered = {"moment": moment, "number": number}
    connection = in_memory()
    with store._connection.cursor() as living, connection.cursor() as cursor:
        living.begin()  # one state of all tables, whatever is committed meanwhile
        cursor.execute(statement("changed"))
        cursor.begin()
        for table in _TABLES:
            rows = living.sql(with_views("entered_until", entered=all_of(table)), params=entered)
            insert(cursor, table, rows.to_arrow_table())
        living.rollback()
        try:
            renew(cursor, store._catalog, store._definitions)
        except duckdb.DataError:  # corrected since, or it would not be in the tables
            raise StoreError("那一天所知的数太大，不能合计；请看改正以后的日期。") from None
        cursor.commit()
    return Past(store, connection, number)
