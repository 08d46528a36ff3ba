"""
The proof that nothing was lost: log, batches, uploads and tables are compared in full.

Opening the store compares the log with the database's copy of it; this reads every byte of the rest.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

import duckdb
import pyarrow as pa

from kpi.catalog.model import Catalog
from kpi.errors import StoreError
from kpi.store.batch import Batch
from kpi.store.connection import ask, filled_tables
from kpi.store.demonstration import last_end, outlives
from kpi.store.folder import DataFolder
from kpi.store.gaps import lacking, whose
from kpi.store.kept_catalog import KeptCatalog
from kpi.store.log_chain import LogFile, WrittenEntry
from kpi.store.log_entry import Entry, read_entry
from kpi.store.log_numbers import numbers
from kpi.store.log_reading import LogState, read_log
from kpi.store.log_rows import Entered, Logged, tables
from kpi.store.month_calendar import calendar
from kpi.store.parts_sql import figures_of_stays, summed
from kpi.store.refresh import BESIDE, YEARS_AT_ONCE, summing
from kpi.store.set_aside import unseen
from kpi.store.speaking_sql import figures_of_year
from kpi.store.statements import all_of, emptying, parsed, statement, with_views

_REBUILD = "请停下看板，运行 python -m kpi rebuild 重建数据库，再启动。"
_TABLES = {
    "submission": "报送与批次",
    "fact": "报送的数据与批次",
    "finding": "报送的核对意见与批次",
    "remark": "报送的备注与批次",
    "decision": "撤回或锁定与日志",
    "answer": "对应关系与日志",
    "edition": "会议版与日志",
    "follow_up": "督办与日志",
    "follow_up_entry": "督办的办理记录与日志",
    "meeting_note": "会议记录与日志",
    "demo_end": "演示结束的记录与日志",
}


def faults(folder: DataFolder, behind: Sequence[LogFile], cursor: duckdb.DuckDBPyConnection | None, catalog: Catalog, aside: Mapping[int, str]) -> list[str]:
    """
    What does not agree, one Chinese sentence each; empty when all is well.

    Args:
        folder: The data folder.
        behind: The files of its log that the tables do not hold yet.
        cursor: On its database; nothing is changed.  None where it is closed: then the rest is proved alone.
        catalog: The one in force.
        aside: The entries of the log that were left out of the tables, and why.

    """
    try:
        state = read_log(folder, ask(cursor, filled_tables(cursor)).copies if cursor else {})
    except StoreError as error:
        return [str(error)]
    except duckdb.Error as error:
        return [_unreadable(error)]
    sentences = _faults_of_catalog(folder) + _faults_of_log(state) + lacking(folder, catalog, state)
    if behind:
        sentences.append(f"日志{numbers(behind)}已经登入，还没有补入数据库，看到的数里没有；请重新启动看板，会自动补入，不必重建。")
    begin = last_end(state.chain.files)
    entries = [(number, written) for number, written in _numbered(state.chain.files) if number >= begin or outlives(written)]
    read = [_read(folder, catalog, number, written, aside) for number, written in entries]
    logged = {entry.seq: entry for entry, _ in read if entry is not None}
    sentences += [fault for _, faults_of_entry in read for fault in faults_of_entry]
    sentences += [sentence for number, sentence in aside.items() if number in logged]
    left_out = {*aside, *(number for number, _ in _numbered(behind))}
    kept = [entry for number, entry in logged.items() if number not in left_out]
    unread = {number for number, _ in entries}.difference(entry.seq for entry in kept)
    return list(dict.fromkeys([*sentences, *_faults_of_database(cursor, catalog, kept, unread)]))


def _numbered(files: Iterable[LogFile]) -> list[tuple[int, WrittenEntry]]:
    return [numbered for file in files for numbered in file.numbered()]


def _read(folder: DataFolder, catalog: Catalog, number: int, written: WrittenEntry, aside: Mapping[int, str]) -> tuple[Entered | None, list[str]]:
    """What an entry of the log stands for, None where that cannot be read, and what is wrong with it or its files."""
    about = ""
    try:
        entry = read_entry(number, written)
        if not isinstance(entry, Entry):
            return entry, []
        about = whose(catalog, entry.office, entry.period, entry.org)
        batch = Batch.parse(folder.read(folder.root / entry.batch, "批次"))
    except StoreError as error:
        return None, [aside.get(number, f"第 {number} 号报送（{about}）：{error}")]
    except ValueError:
        return None, [aside.get(number, f"日志第 {number} 号不是本系统写的；请从备份恢复 log 目录。")]
    sheet = f"第 {number} 号报送（「{batch.file}」，{whose(catalog, batch.office, str(batch.period), batch.org)}）"
    return Logged(number, entry.batch, batch, entry.demo), [f"{sheet}：{fault}" for fault in _faults_of_files(folder, batch)]


def _faults_of_database(cursor: duckdb.DuckDBPyConnection | None, catalog: Catalog, kept: Sequence[Entered], unread: Collection[int]) -> Iterator[str]:
    """What the tables say otherwise than log and batches, and what of them nobody sees."""
    if cursor is None:
        yield "数据库已经关闭（看板停止了，或者磁盘出错后没有重新打开），没有核对；请重新启动看板后再核对。"
        return
    try:
        yield from _faults_of_tables(cursor, catalog, kept, unread)
        yield from unseen(catalog, lambda name: cursor.execute(statement(name)).fetchall())
    except duckdb.Error as error:
        yield _unreadable(error)


def _unreadable(error: duckdb.Error) -> str:
    return f"数据库无法通读（{str(error).splitlines()[0]}）；{_REBUILD}"


def _faults_of_catalog(folder: DataFolder) -> list[str]:
    """What is wrong with the changes of the catalogue that the folder keeps."""
    try:
        KeptCatalog(folder.root).changes()
    except StoreError as error:
        return [str(error)]
    return []


def _faults_of_log(state: LogState) -> list[str]:
    """Where the log is not what it was; another text is left of these files, so that the next opening writes them back."""
    sentences = [f"日志文件「log/{file.name}」缺失，别处有它的原文；重新启动看板时会补上。" for file in state.missing]
    sentences += [f"日志文件「log/{file.name}」被改动过或读不出，别处有它的原文；重新启动看板时会恢复。" for file in state.altered]
    sentences += [f"「log/{number:08d}.json」接不上前后的记录，不是这本日志的；请移到别处。" for number in state.strangers]
    sentences += [f"数据库里保存的日志第 {number} 号与日志目录里的不同；请从备份恢复 log 目录和 head.json。" for number in state.foreign]
    if state.head_outdated:
        sentences.append("记着日志末号的「head.json」缺失、已损坏或与日志不一致；重新启动看板时会重新写好。")
    return sentences


def _faults_of_files(folder: DataFolder, batch: Batch) -> list[str]:
    """What a batch was read from: the upload, or what is kept in its place, and the sealed upload if there is one."""
    kept = (folder.cases(batch.sha256), "台账明细") if batch.ledger else (folder.upload(batch.copy), "留存副本") if batch.copy else None
    files = [kept or (folder.upload(batch.sha256), "原始文件")]
    files += [(folder.upload(batch.sealed), "加密原件")] if batch.sealed else []
    faults = []
    for path, what in files:
        try:
            folder.read(path, what)
        except StoreError as error:
            faults.append(str(error))
    return faults


def _faults_of_tables(cursor: duckdb.DuckDBPyConnection, catalog: Catalog, logged: Sequence[Entered], unread: Collection[int]) -> list[str]:
    sentences, filled = [], filled_tables(cursor)
    for table, rows in tables(logged).items():
        if not rows.num_rows and table not in filled:
            continue
        differing = [str(seq) for seq in _differing(cursor, table, rows) if seq not in unread]
        if differing:
            sentences.append(f"数据库中第 {'、'.join(differing)} 号{_TABLES[table]}不一致；{_REBUILD}")
    if not (_figures_agree(cursor, catalog, blanks=catalog.blanks_count or "blank" in filled) and _parts_agree(cursor, catalog)):
        sentences.append(f"汇总表与各期数据不一致；{_REBUILD}")
    return sentences


def _differing(cursor: duckdb.DuckDBPyConnection, table: str, rows: pa.Table) -> list[int]:
    """The numbers of the log whose rows in a table are not exactly those of their files."""
    cursor.register("read", rows)
    differing = with_views("differing", stored=all_of(table), expected=all_of("read"))
    numbers = [number for (number,) in cursor.execute(parsed(with_views("differing_numbers", differing=differing))).fetchall()]
    cursor.unregister("read")
    return numbers


def _years_together(cursor: duckdb.DuckDBPyConnection, catalog: Catalog) -> Iterator[list[int]]:
    """The years of the calendar, as many at a time as one statement computes: each statement costs its planning, and each year memory."""
    years = sorted(set(map(catalog.year.of, calendar(cursor))))
    at_once = max(1, YEARS_AT_ONCE // len(catalog.leaves(catalog.root)))
    return (years[start : start + at_once] for start in range(0, len(years), at_once))


def _figures_agree(cursor: duckdb.DuckDBPyConnection, catalog: Catalog, *, blanks: bool) -> bool:
    """Whether ``figure`` is what the facts give, and where there may be ``blanks`` these are what the sheets leave out."""
    cursor.execute(statement("changed"))
    leaves = [leaf for (leaf,) in cursor.execute(statement("staying")).fetchall()]
    for years in _years_together(cursor, catalog):
        cursor.execute(emptying("changed"))
        cursor.execute(statement("scope_everything"), {"years": years})
        if blanks and not _same(cursor, statement("kept_blanks"), statement("blanks"), {"years": years}):
            return False
        if not _same(cursor, statement("kept_figures"), figures_of_year(), {"years": years, "of_stays": False}):
            return False
        for year in years if leaves else ():
            if not _same(cursor, statement("kept_figures"), figures_of_stays(), {"orgs": leaves, "years": [year], "year": year, "of_stays": True}):
                return False
    return True


def _parts_agree(cursor: duckdb.DuckDBPyConnection, catalog: Catalog) -> bool:
    """Whether ``part`` is what the figures give."""
    leaves = [*catalog.leaves(catalog.root), *(stay.code for stay in catalog.tree.dated_stays)]
    nodes = [code for code in catalog.orgs if code not in leaves]
    any_derived = bool(catalog.derived)
    for years in _years_together(cursor, catalog):
        points = [month for month in calendar(cursor) if catalog.year.of(month) in years]
        days = [month.first_day for month in points]
        derived = [
            *((table, statement(table), {"orgs": list(leaves), "points": days}) for table in BESIDE),
            ("part", summed(derived=any_derived), {"orgs": list(leaves)} | summing(catalog.year, catalog.definitions, leaves, points, derived=any_derived)),
            ("part", statement("rollup"), {"orgs": nodes, "nodes": nodes, "points": days, "indicators": list(catalog.definitions), "direct": False}),
        ]
        for table, expected, asked in derived:
            if asked["orgs"] and not _same(cursor, with_views("kept_of_orgs", kept=all_of(table)), expected, asked):
                return False
    return True


def _same(cursor: duckdb.DuckDBPyConnection, stored: str, expected: str, parameters: Mapping[str, object]) -> bool:
    """Whether two queries, each run once, have the same rows."""
    differing = with_views("differing", stored=stored, expected=expected)
    [(count,)] = cursor.execute(parsed(with_views("how_many_differ", differing=differing)), dict(parameters)).fetchall()
    return bool(count == 0)
