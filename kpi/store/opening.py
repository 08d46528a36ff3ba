"""
Opening a data folder: what log, head and database know is compared before any of them is touched.

Whatever one of them has lost and another has whole is written back.  A database is made anew only from a log that knows
at least as much; a log that is too short is not opened at all, since the bureau would look like an older or empty one.
"""

from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

import duckdb

from kpi.catalog.model import Catalog
from kpi.errors import StoreError
from kpi.finding import NAMED, few
from kpi.store.batch import Batch
from kpi.store.connection import UnusableError, Witness, ask, connect, connect_anew, read_all
from kpi.store.folder import DataFolder
from kpi.store.gaps import damaged, lacking, unlisted
from kpi.store.log import Log
from kpi.store.log_chain import LogFile, WrittenEntry
from kpi.store.log_entry import Entry, read_entry
from kpi.store.log_numbers import spelled
from kpi.store.log_reading import LogState, read_log
from kpi.store.log_rows import tables
from kpi.store.notice import Repair

_MOST_LOST = 20  # numbers: as many as may be entered while somebody copies the folder; where more are gone, the log was cut


@dataclass(frozen=True)
class Opening:
    """An open database and the log it belongs to."""

    connection: duckdb.DuckDBPyConnection
    log: Log
    files: list[LogFile]  # of the log, ascending
    there: Collection[int]  # the numbers of the log that the tables hold
    notices: list[str]  # what was mended or is lacking, one Chinese sentence each


def open_settled(folder: DataFolder, catalog: Catalog, moment: datetime, *, afresh: bool = False) -> Opening:
    """
    Open the database of a folder, once it is sure that nothing is forgotten by it.

    Args:
        folder: The data folder.
        catalog: The catalogue in force, for the names of offices.
        moment: Now, for the names of what is moved aside.
        afresh: Put an empty database in the place of the one that is there.

    Raises:
        StoreError: Another process has it open, the disk refuses, or too much is lost; nothing was changed.

    """
    existed = folder.database.exists()
    connection, witness, unusable = _connected(folder)
    try:
        log = Log(folder)
        state = read_log(folder, witness.copies, witness.rows)
        _refuse(folder, catalog, state, witness)
        if afresh and connection:
            _refuse_forgetting(folder, state, witness)
        notices = [*log.mend(state, moment), *lacking(folder, catalog, state)]
    except BaseException:
        if connection:
            connection.close()
            if not existed:  # it is empty, and would look like a database that knows nothing
                folder.database.unlink(missing_ok=True)
        raise
    if unusable:
        notices.append(remade(folder, unusable, moment))
    elif connection and afresh and existed:
        connection.close()
        connection = None
        folder.move_aside(folder.database, "replaced", moment)
    elif not existed and state.chain.files:
        notices.append(Repair("数据库文件不在了，已由日志和批次重建。"))
    if connection is None:
        connection, witness = connect_anew(folder), Witness()
    folder.forget_size()
    log.unkept = [file for file in state.chain.files if file.number not in witness.copies]
    return Opening(connection, log, state.chain.files, witness.rows.keys(), notices)


def _connected(folder: DataFolder) -> tuple[duckdb.DuckDBPyConnection | None, Witness, UnusableError | None]:
    """The database of a folder and what it knows of the log; where it cannot be used, what is still known, and why."""
    try:
        connection = connect(folder)
        return connection, ask(connection, read_all(connection)), None
    except UnusableError as error:
        return None, error.witness, error


def remade(folder: DataFolder, unusable: UnusableError, moment: datetime) -> Repair:
    """Move a database that cannot be used out of the way of a new one; in words, where it is now."""
    return Repair(f"{unusable.words}，已移为「{folder.move_aside(folder.database, unusable.why, moment)}」，并由批次重建。")


def _refuse(folder: DataFolder, catalog: Catalog, state: LogState, witness: Witness) -> None:
    """
    Refuse to open what would be less than is known.

    Raises:
        StoreError: Which numbers are lacking, and the way out.

    """
    untouched = "没有打开，什么都没有改动"
    restore = f"请从备份恢复数据目录「{folder.root}」里的"
    if state.empty and (traces := folder.traces()):
        raise StoreError(
            f"数据目录「{folder.root}」里有{few([f'「{name}」' for name in traces], '个')}，日志和数据库却是空的，{untouched}；"
            f"{restore} log 目录和 head.json，再启动。从未入过库的，请换一个空的数据目录。"
        )
    if state.foreign:
        raise StoreError(
            f"数据库 kpi.duckdb 与日志不是同一份数据（从第 {state.foreign[0]} 号起不同），{untouched}；"
            f"{restore} log 目录和 head.json，再启动；如果放错的是数据库，请把 kpi.duckdb 移到别处再启动，会由日志重建。"
        )
    entered = {number: written for file in state.chain.files for number, written in file.numbered()}
    if more := [number for number in witness.rows if number not in entered]:
        raise StoreError(
            f"数据库记有{spelled(more)}，日志里没有或读不出，{untouched}；{restore} log 目录，再启动。这些记录确实不要了，把 kpi.duckdb 移到别处再启动。"
        )
    if not witness.copies and (differing := [number for number, row in witness.rows.items() if _says_otherwise(number, entered[number], row)]):
        raise StoreError(
            f"日志{spelled(differing)}的登记与数据库里的不一致，{untouched}；{restore}「log/{differing[0]:08d}.json」，再启动；"
            "如果放错的是数据库，请把 kpi.duckdb 移到别处再启动，会由日志重建。"
        )
    lost = state.chain.lost
    if len(lost) > min(_MOST_LOST, len(entered)):
        known = unlisted(folder, catalog, state)
        raise StoreError(
            f"日志{spelled(lost)}，共 {len(lost)} 号，不能计入：登记文件{damaged(state)}，别处没有原文，打开只会是旧的或空的数据，{untouched}；"
            f"{f'没有登入日志的批次有{known}；' if known else ''}请从备份恢复数据目录「{folder.root}」里的上述登记文件，再启动。"
        )


def _refuse_forgetting(folder: DataFolder, state: LogState, witness: Witness) -> None:
    """
    Refuse to replace a database that has figures whose batches are gone.

    Raises:
        StoreError: Which ones.

    """
    faults: list[str] = []
    for file in state.chain.files:
        for number, written in file.numbered():
            with suppress(ValueError):
                entry = read_entry(number, written)
                if number in witness.rows and isinstance(entry, Entry):
                    try:
                        Batch.parse(folder.read(folder.root / entry.batch, "批次"))
                    except StoreError as error:
                        faults.append(f"第 {number} 号：{error}")
    if faults:
        raise StoreError(f"没有重建：数据库里还有这些报送的数，它们的批次却用不了，重建会丢掉。{''.join(faults[:NAMED])}")


def _says_otherwise(number: int, written: WrittenEntry, row: Mapping[str, object]) -> bool:
    """Whether an entry of the log differs from its row in a database of another release, in the columns that both know."""
    try:
        entry = read_entry(number, written)
    except ValueError:
        return True
    expected: Mapping[str, object]
    if isinstance(entry, Entry):
        expected = {"batch": entry.batch, "office": entry.office, "template": entry.template, "sha256": entry.sha256, "submitted_by": entry.by}
    else:
        [expected] = [listed for table in tables([entry]).values() for listed in table.to_pylist()]
    return any(expected[name] != row[name] for name in expected if name in row)
