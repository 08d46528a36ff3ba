"""
Opening the database file: hardened, by one process alone, and able to tell "in use" from "broken".

Measured on this engine: one connection shared by threads mixes up their results, a cursor for each call does not; a
second process cannot open the file; a child made by fork could write silently, so never fork while it is open.
"""

import os
from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import sha256
from operator import itemgetter

import duckdb

from kpi.errors import StoreError
from kpi.period import CALENDAR_YEAR
from kpi.store.folder import DataFolder
from kpi.store.statements import all_of, creation, emptying, insertion, parsed, reckoning, statement, with_views

_CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "storage_compatibility_version": "v1.5.0",  # so that the version before can still read the file
    "enable_external_access": False,
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "lock_configuration": True,
    "threads": 1,  # of each query: a bureau's are small, and sharing one out costs more than it saves; visits run side by side anyway
    "allocator_background_threads": True,  # what queries have freed goes back to the operating system without a query waiting for it
    "disabled_optimizers": "projection_placement",  # a fifth of the time of part.sql, more than it takes to run it, and none gained at any size
}
_LOGGED = ("submission", "decision", "answer", "edition", "follow_up", "follow_up_entry", "meeting_note", "demo_end")
"""The tables whose rows are entries of the log."""

_IN_USE = ("Could not set lock on file", "being used by another process")


@dataclass(frozen=True, slots=True)
class Witness:
    """What a database knows of the log, whether it can be worked with or not."""

    copies: dict[int, bytes] = field(default_factory=dict)  # texts of files of the log
    rows: dict[int, Mapping[str, object]] = field(default_factory=dict)  # of the tables, by number: column and value


class UnusableError(Exception):
    """The database file has to be made again; ``why`` ends the name of the one that is moved out of the way."""

    def __init__(self, why: str, words: str, witness: Witness | None = None) -> None:
        self.why, self.words, self.witness = why, words, witness or Witness()
        super().__init__(words)


def connect(folder: DataFolder) -> duckdb.DuckDBPyConnection:
    """
    Open the database of a data folder and make its tables where they are missing.

    Raises:
        StoreError: Another process has it open, or the operating system refuses.
        UnusableError: The file cannot be read as a database, or was made with other tables.

    """
    path = folder.database
    if path.exists() and not os.access(path, os.R_OK | os.W_OK):
        raise StoreError(f"没有读写数据库文件「{path}」的权限；请检查文件权限。")
    if _was_cut(folder):
        raise UnusableError("damaged", "数据库文件比上次关闭时短，已损坏", _peek(folder))
    try:
        connection = duckdb.connect(str(path), config=_CONFIG)
    except duckdb.Error as error:
        text = str(error)
        if any(words in text for words in _IN_USE):
            raise StoreError(f"数据库「{path}」正被另一个程序使用；请先关闭看板或正在运行的命令，再重试。") from None
        if "No space left" in text:
            raise StoreError(f"磁盘已满，无法打开数据库「{path}」；请清理磁盘后重试。") from None
        raise UnusableError("damaged", "数据库文件已损坏") from error
    try:
        _prepare(connection)
    except duckdb.Error as error:
        raise damaged(connection) from error
    except UnusableError:
        connection.close()
        raise
    return connection


def connect_anew(folder: DataFolder) -> duckdb.DuckDBPyConnection:
    """
    Make a database where there is none.

    Raises:
        StoreError: The disk refuses, or is full.

    """
    try:
        return connect(folder)
    except UnusableError as error:
        raise StoreError(f"数据库「{folder.database}」建不起来（{_cause(error)}）；请检查磁盘空间和权限后重新启动，会由日志和批次重建。") from error


def note_size(folder: DataFolder) -> None:
    """
    Write down how long the file of a closed database is.

    The engine opens a file that was cut at its end as long as nothing reads what is gone, so the length is compared at the
    next opening; a process that is killed leaves no note, and the log shows what such a database lacks.
    """
    with suppress(OSError):
        if not folder.database.with_name(f"{folder.database.name}.wal").exists():
            folder.put(folder.size_note, str(folder.database.stat().st_size).encode())


def _was_cut(folder: DataFolder) -> bool:
    try:
        return int(folder.size_note.read_text("ascii")) > folder.database.stat().st_size
    except (OSError, ValueError):
        return False


def _peek(folder: DataFolder) -> Witness:
    """What a database still tells of the log, without touching it."""
    with suppress(duckdb.Error):
        return _ask_and_close(duckdb.connect(str(folder.database), read_only=True, config=_CONFIG))
    return Witness()


def damaged(connection: duckdb.DuckDBPyConnection) -> UnusableError:
    """Close a database that cannot be read; the error to raise, with what it still tells of the log."""
    with suppress(duckdb.Error):
        return UnusableError("damaged", "数据库文件已损坏", _ask_and_close(connection))
    return UnusableError("damaged", "数据库文件已损坏")


def _cause(error: UnusableError) -> str:
    return str(error.__cause__ or error.words).splitlines()[0]


def in_memory() -> duckdb.DuckDBPyConnection:
    """A database of its own with the same tables and nothing in them, which is gone when it is closed."""
    connection = duckdb.connect(":memory:", config=_CONFIG)
    _prepare(connection)
    return connection


def _prepare(connection: duckdb.DuckDBPyConnection) -> None:
    schema = statement("schema")
    version = sha256((schema + statement("reporting_year")).encode()).hexdigest()
    try:
        made_with = read_property(connection, "schema")
    except duckdb.CatalogException:  # there are no tables yet
        connection.begin()
        connection.execute(schema)
        connection.execute(reckoning(CALENDAR_YEAR.begins))  # until a catalogue says otherwise, see refresh.py
        write_property(connection, "schema", version)
        connection.commit()
        return
    if made_with != version:
        raise UnusableError("outdated", "数据库由另一版本的程序建立", _ask_and_close(connection))


def read_all(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """
    Touch every block of every table that has rows, so that one whose checksum fails is found here and not by a reader; which tables these are.

    Raises:
        UnusableError: The database cannot be read to its last block; it is closed.

    """
    try:
        filled = filled_tables(connection)
        for name in filled:
            connection.execute(parsed(with_views("checksum", entire=all_of(name)))).fetchall()
    except duckdb.Error as error:
        raise damaged(connection) from error
    return filled


def ask(connection: duckdb.DuckDBPyConnection, filled: Collection[str]) -> Witness:
    """What a database with rows in some tables knows of the log; one of another release may lack some of those that are asked."""
    copies = connection.execute(statement("log_texts")).fetchall() if "log" in filled else []
    rows = [row for table in _LOGGED if table in filled for row in connection.sql(all_of(table)).to_arrow_table().to_pylist()]
    return Witness({number: text.encode() for number, text in sorted(copies)}, {row["seq"]: row for row in sorted(rows, key=itemgetter("seq"))})


def _ask_and_close(connection: duckdb.DuckDBPyConnection) -> Witness:
    try:
        return ask(connection, filled_tables(connection))
    finally:
        connection.close()


def filled_tables(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """The tables that have rows: each that is asked costs half a millisecond, and most tables of a new bureau are empty."""
    return [name for name, rows in connection.execute(parsed(statement("table_lengths"))).fetchall() if rows]


def read_property(connection: duckdb.DuckDBPyConnection, name: str) -> str | None:
    """A property of the database itself; None when it was never set."""
    rows = connection.execute(statement("property"), {"name": name}).fetchall()
    return rows[0][0] if rows else None


def write_property(connection: duckdb.DuckDBPyConnection, name: str, value: str) -> None:
    """Set a property, within the transaction of the caller."""
    connection.execute(statement("forget_property"), {"name": name})
    connection.execute(statement("set_property"), {"name": name, "value": value})


def insert(connection: duckdb.DuckDBPyConnection, table: str, rows: object) -> None:
    """Append a pyarrow table whose columns stand in the order of the table's; decimals stay decimals on the way."""
    connection.register("incoming", rows)
    try:
        connection.execute(insertion(table, all_of("incoming")))
    finally:
        connection.unregister("incoming")


def refill(connection: duckdb.DuckDBPyConnection, table: str, rows: object) -> None:
    """Put the rows of a pyarrow table in place of those that a table has."""
    connection.execute(emptying(table))
    insert(connection, table, rows)


def insert_missing(connection: duckdb.DuckDBPyConnection, table: str, rows: object) -> None:
    """Append those rows of a pyarrow table whose ``seq`` the table does not have."""
    connection.register("incoming", rows)
    try:
        connection.execute(insertion(table, with_views("missing", kept=all_of(table))))
    finally:
        connection.unregister("incoming")


def replace_table(connection: duckdb.DuckDBPyConnection, table: str, rows: object) -> None:
    """Make a table of exactly these rows, its column types those of the pyarrow table."""
    connection.register("incoming", rows)
    try:
        connection.execute(creation(table, all_of("incoming")))
    finally:
        connection.unregister("incoming")
