"""
Opening the database file: hardened, by one process alone, and able to tell "in use" from "broken".

Measured on this engine: one connection shared by threads mixes up their results, a cursor for each call does not; a
second process cannot open the file; a child made by fork could write silently, so never fork while it is open.
"""

import os
from hashlib import sha256

import duckdb

from kpi.errors import StoreError
from kpi.store.folder import DataFolder
from kpi.store.statements import statement

_CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "storage_compatibility_version": "v1.5.0",  # so that the version before can still read the file
    "enable_external_access": False,
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "lock_configuration": True,
    "threads": 1,  # of each query: a bureau's are small, and sharing one out costs more than it saves; visits run side by side anyway
}
_IN_USE = ("Could not set lock on file", "being used by another process")


class UnusableError(Exception):
    """The database file has to be made again; ``why`` ends the name of the one that is moved out of the way."""

    def __init__(self, why: str, words: str) -> None:
        self.why, self.words = why, words
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
        connection.close()
        raise UnusableError("damaged", "数据库文件已损坏") from error
    except UnusableError:
        connection.close()
        raise
    return connection


def in_memory() -> duckdb.DuckDBPyConnection:
    """A database of its own with the same tables and nothing in them, which is gone when it is closed."""
    connection = duckdb.connect(":memory:", config=_CONFIG)
    _prepare(connection)
    return connection


def _prepare(connection: duckdb.DuckDBPyConnection) -> None:
    schema = statement("schema")
    version = sha256(schema.encode()).hexdigest()
    if not connection.execute("select 1 from duckdb_tables() where table_name = 'property'").fetchall():
        connection.begin()
        connection.execute(schema)
        write_property(connection, "schema", version)
        connection.commit()
    elif read_property(connection, "schema") != version:
        raise UnusableError("outdated", "数据库由另一版本的程序建立")


def held(connection: duckdb.DuckDBPyConnection) -> dict[int, str]:
    """
    What of the log is in the database, ascending: number and mark.

    Raises:
        UnusableError: The database cannot be read to its last block.

    """
    try:
        connection.execute(statement("read_all")).fetchall()
        submissions = connection.execute("select seq, batch from submission").fetchall()
        decisions = [(seq, at.isoformat()) for seq, at in connection.execute("select seq, decided_at from decision").fetchall()]
        answers = [(seq, at.isoformat()) for seq, at in connection.execute("select seq, answered_at from answer").fetchall()]
        editions = [(seq, at.isoformat()) for seq, at in connection.execute("select seq, frozen_at from edition").fetchall()]
        return dict(sorted(submissions + decisions + answers + editions))
    except duckdb.Error as error:
        raise UnusableError("damaged", "数据库文件已损坏") from error


def read_property(connection: duckdb.DuckDBPyConnection, name: str) -> str | None:
    """A property of the database itself; None when it was never set."""
    rows = connection.execute("select value from property where name = $name", {"name": name}).fetchall()
    return rows[0][0] if rows else None


def write_property(connection: duckdb.DuckDBPyConnection, name: str, value: str) -> None:
    """Set a property, within the transaction of the caller."""
    connection.execute("delete from property where name = $name", {"name": name})
    connection.execute("insert into property values ($name, $value)", {"name": name, "value": value})


def insert(connection: duckdb.DuckDBPyConnection, table: str, rows: object) -> None:
    """Append a pyarrow table whose columns stand in the order of the table's; decimals stay decimals on the way."""
    connection.register("incoming", rows)
    try:
        connection.execute(f"insert into {table} select * from incoming")
    finally:
        connection.unregister("incoming")


def replace_table(connection: duckdb.DuckDBPyConnection, table: str, rows: object) -> None:
    """Make a table of exactly these rows, its column types those of the pyarrow table."""
    connection.register("incoming", rows)
    try:
        connection.execute(f'create or replace table "{table}" as select * from incoming')
    finally:
        connection.unregister("incoming")
