"""
The proof that nothing was lost: log, batches, uploads and tables are compared in full.

Opening the store compares the log with the database's copy of it; this reads every byte of the rest.
"""

from collections.abc import Collection, Mapping, Sequence
from itertools import groupby
from operator import attrgetter

import duckdb
import pyarrow as pa

from kpi.catalog.model import Catalog
from kpi.errors import StoreError
from kpi.store.batch import Batch
from kpi.store.connection import ask
from kpi.store.demonstration import last_end
from kpi.store.folder import DataFolder
from kpi.store.gaps import lacking, whose
from kpi.store.log import Log, Look, numbers
from kpi.store.log_entry import Entry, read_entry
from kpi.store.log_rows import Entered, Logged, tables
from kpi.store.parts_sql import figures_of_stays, summed
from kpi.store.refresh import BESIDE, calendar, step, summing
from kpi.store.set_aside import unseen
from kpi.store.statements import statement

_EVERYTHING = """
insert into changed
select distinct organisation.code, measure.office, date '1900-01-01' from organisation cross join measure where organisation.reports
"""
_REBUILD = "请停下看板，运行 python -m kpi rebuild 重建数据库，再启动。"
_TABLES = {
    "submission": "报送与批次",
    "fact": "报送的数据与批次",
    "finding": "报送的核对意见与批次",
    "remark": "报送的备注与批次",
    "decision": "撤回或锁定与日志",
    "answer": "对应关系与日志",
    "edition": "会议版与日志",
    "demo_end": "演示结束的记录与日志",
}


def faults(folder: DataFolder, log: Log, cursor: duckdb.DuckDBPyConnection | None, catalog: Catalog, aside: Mapping[int, str]) -> list[str]:
    """
    What does not agree, one Chinese sentence each; empty when all is well.

    Args:
        folder: The data folder.
        log: The one of that folder.
        cursor: On its database; nothing is changed.  None where it is closed: then the rest is proved alone.
        catalog: The one in force.
        aside: The entries of the log that were left out of the tables, and why.

    """
    try:
        look = log.look(ask(cursor).copies if cursor else {})
    except StoreError as error:
        return [str(error)]
    except duckdb.Error as error:
        return [_unreadable(error)]
    found = _faults_of_log(look) + lacking(folder, catalog, look)
    if log.unkept:
        found.append(f"日志{numbers(log.unkept)}已经登入，还没有补入数据库，看到的数里没有；请重新启动看板，会自动补入，不必重建。")
    logged: list[Entered] = []
    begin = last_end(look.settled.files)
    for number, written in [numbered for file in look.settled.files for numbered in file.numbered() if numbered[0] >= begin]:
        try:
            entry = read_entry(number, written)
            if isinstance(entry, Entry):
                batch = Batch.parse(folder.read(folder.root / entry.batch, "批次"))
                logged.append(Logged(number, entry.batch, batch, entry.demo))
                sheet = f"第 {number} 号报送（「{batch.file}」，{whose(catalog, batch.office, str(batch.period), batch.org)}）"
                found += [f"{sheet}：{fault}" for fault in _faults_of_files(folder, batch)]
            else:
                logged.append(entry)
        except StoreError as error:
            about = whose(catalog, entry.office, entry.period, entry.org) if isinstance(entry, Entry) else ""
            found.append(aside.get(number, f"第 {number} 号报送（{about}）：{error}"))
        except ValueError:
            found.append(aside.get(number, f"日志第 {number} 号不是本系统写的；请从备份恢复 log 目录。"))
    read = {entry.seq for entry in logged}
    found += [sentence for number, sentence in aside.items() if number in read]
    unkept = {number for file in log.unkept for number, _ in file.numbered()}
    logged = [entry for entry in logged if entry.seq not in aside and entry.seq not in unkept]
    unread = {number for file in look.settled.files for number, _ in file.numbered()}.difference(entry.seq for entry in logged)
    if cursor is None:
        found.append("数据库已经关闭（看板停止了，或者磁盘出错后没有重新打开），没有核对；请重新启动看板后再核对。")
    else:
        try:
            found += _faults_of_tables(cursor, catalog, logged, unread)
            found += unseen(catalog, lambda name: cursor.execute(statement(name)).fetchall())
        except duckdb.Error as error:
            found.append(_unreadable(error))
    return list(dict.fromkeys(found))


def _unreadable(error: duckdb.Error) -> str:
    return f"数据库无法通读（{str(error).splitlines()[0]}）；{_REBUILD}"


def _faults_of_log(look: Look) -> list[str]:
    """Where the log is not what it was; another text is left of these files, so that the next opening writes them back."""
    found = [f"日志文件「log/{file.name}」缺失，别处有它的原文；重新启动看板时会补上。" for file in look.missing]
    found += [f"日志文件「log/{file.name}」被改动过或读不出，别处有它的原文；重新启动看板时会恢复。" for file in look.altered]
    found += [f"「log/{number:08d}.json」接不上前后的记录，不是这本日志的；请移到别处。" for number in look.strangers]
    found += [f"数据库里保存的日志第 {number} 号与日志目录里的不同；请从备份恢复 log 目录和 head.json。" for number in look.foreign]
    if look.head_outdated:
        found.append("记着日志末号的「head.json」缺失、已损坏或与日志不一致；重新启动看板时会重新写好。")
    return found


def _faults_of_files(folder: DataFolder, batch: Batch) -> list[str]:
    """What a batch was read from: the upload, or what is kept in its place, and the sealed upload if there is one."""
    kept = (folder.cases(batch.sha256), "台账明细") if batch.ledger else (folder.upload(batch.copy), "留存副本") if batch.copy else None
    files = [kept or (folder.upload(batch.sha256), "原始文件")]
    files += [(folder.upload(batch.sealed), "加密原件")] if batch.sealed else []
    found = []
    for path, what in files:
        try:
            folder.read(path, what)
        except StoreError as error:
            found.append(str(error))
    return found


def _faults_of_tables(cursor: duckdb.DuckDBPyConnection, catalog: Catalog, logged: Sequence[Entered], unread: Collection[int]) -> list[str]:
    found = []
    for table, rows in tables(logged).items():
        differing = [str(seq) for seq in _differing(cursor, table, rows) if seq not in unread]
        if differing:
            found.append(f"数据库中第 {'、'.join(differing)} 号{_TABLES[table]}不一致；{_REBUILD}")
    if not (_figures_agree(cursor) and _parts_agree(cursor, catalog)):
        found.append(f"汇总表与各期数据不一致；{_REBUILD}")
    return found


def _differing(cursor: duckdb.DuckDBPyConnection, table: str, rows: pa.Table) -> list[int]:
    """The numbers of the log whose rows in a table are not exactly those of their files."""
    cursor.register("expected", rows)
    found = cursor.execute(
        f"""
        select distinct seq
        from (
            (select * from {table} except all select * from expected)
            union all
            (select * from expected except all select * from {table})
        ) as differing
        order by seq
        """
    ).fetchall()
    cursor.unregister("expected")
    return [row[0] for row in found]


def _figures_agree(cursor: duckdb.DuckDBPyConnection) -> bool:
    """Whether ``figure`` is what the facts give: in each month, the month before it being right."""
    cursor.execute(statement("changed"))
    cursor.execute(_EVERYTHING)
    of_stays = "select * from figure where year(period) = $year and org in (select code from stay)"
    own = "select * from figure where period = $period::date and org not in (select code from stay)"
    orgs = [org for (org,) in cursor.execute("select distinct leaf from stay").fetchall()]
    years = sorted({month.year for month in calendar(cursor)}) if orgs else []
    return all(_same(cursor, own, statement("figure"), step(month)) for month in calendar(cursor)) and all(
        _same(cursor, of_stays, figures_of_stays(), {"orgs": orgs, "year": year}) for year in years
    )


def _parts_agree(cursor: duckdb.DuckDBPyConnection, catalog: Catalog) -> bool:
    """Whether ``part`` is what the figures give."""
    leaves = [*catalog.leaves(catalog.root), *(stay.code for stay in catalog.tree.dated_stays)]
    nodes = [code for code in catalog.orgs if code not in leaves]
    for _, months in groupby(calendar(cursor), key=attrgetter("year")):
        points = list(months)
        days = [month.first_day for month in points]
        derived = [
            *((table, statement(table), {"orgs": list(leaves), "points": days}) for table in BESIDE),
            ("part", summed(), {"orgs": list(leaves)} | summing(catalog, leaves, points)),
            ("part", statement("rollup"), {"orgs": nodes, "nodes": nodes, "points": days, "direct": False}),
        ]
        for table, expected, asked in derived:
            found = f"select * from {table} where period in (select unnest($points::date[])) and org in (select unnest($orgs::varchar[]))"
            if not _same(cursor, found, expected, asked):
                return False
    return True


def _same(cursor: duckdb.DuckDBPyConnection, found: str, expected: str, parameters: Mapping[str, object]) -> bool:
    """Whether two queries, each run once, have the same rows."""
    sql = f"""
        with found as materialized ({found}), expected as materialized ({expected})
        select count(*)
        from ((select * from found except all select * from expected) union all (select * from expected except all select * from found)) as differing
    """
    [(count,)] = cursor.execute(sql, dict(parameters)).fetchall()
    return bool(count == 0)
