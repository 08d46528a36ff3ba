"""
The proof that nothing was lost: log, batches, uploads and tables are compared in full.

Opening the store compares numbers only, because it must be quick; this reads every byte.
"""

from collections.abc import Collection, Mapping, Sequence
from itertools import groupby
from operator import attrgetter

import duckdb
import pyarrow as pa

from kpi.catalog.model import Catalog
from kpi.errors import StoreError
from kpi.store.answer import Answer
from kpi.store.batch import Batch
from kpi.store.decision import Decision
from kpi.store.edition import Edition
from kpi.store.folder import DataFolder
from kpi.store.logged import Entered, Logged, tables
from kpi.store.parts import summed
from kpi.store.refresh import calendar, step, summing
from kpi.store.statements import statement

_EVERYTHING = """
insert into changed
select distinct organisation.code, measure.office, date '1900-01-01' from organisation cross join measure where organisation.reports
"""
_TABLES = {
    "submission": "报送与批次",
    "fact": "报送的数据与批次",
    "finding": "报送的核对意见与批次",
    "remark": "报送的备注与批次",
    "decision": "撤回或锁定与日志",
    "answer": "对应关系与日志",
    "edition": "会议版与日志",
}


def faults(folder: DataFolder, cursor: duckdb.DuckDBPyConnection, catalog: Catalog, aside: Mapping[int, str]) -> list[str]:
    """
    What does not agree, one Chinese sentence each; empty when all is well.

    Args:
        folder: The data folder.
        cursor: On its database; nothing is changed.
        catalog: The one in force.
        aside: The entries of the log that were left out of the tables, and why.

    """
    numbers = folder.numbers()
    last = numbers[-1] if numbers else 0
    found = [f"报送日志缺第 {gap} 号；请从备份恢复 log 目录。" for gap in sorted(set(range(1, last + 1)).difference(numbers))]
    logged: list[Entered] = []
    for number in numbers:
        try:
            entry = folder.entry(number)
            if isinstance(entry, Decision | Answer | Edition):
                logged.append(entry)
                if isinstance(entry, Edition):
                    folder.read(folder.edition(str(entry.period), entry.figures), "会议版")
            elif entry is not None:
                batch = Batch.parse(folder.read(folder.root / entry.batch, "批次"))
                logged.append(Logged(number, entry.batch, batch))
                found += _faults_of_files(folder, batch)
        except StoreError as error:
            found.append(str(error))
    read = {entry.seq for entry in logged}
    found += [sentence for number, sentence in aside.items() if number in read]
    logged = [entry for entry in logged if entry.seq not in aside]
    try:
        found += _faults_of_tables(cursor, catalog, logged, unread=set(numbers).difference(entry.seq for entry in logged))
    except duckdb.Error as error:
        found.append(f"数据库无法通读（{str(error).splitlines()[0]}）；请运行 python -m kpi rebuild 重建数据库。")
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
            found.append(f"数据库中第 {'、'.join(differing)} 号{_TABLES[table]}不一致；请运行 python -m kpi rebuild 重建数据库。")
    if not (_figures_agree(cursor) and _parts_agree(cursor, catalog)):
        found.append("汇总表与各期数据不一致；请运行 python -m kpi rebuild 重建数据库。")
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
    return all(_same(cursor, "select * from figure where period = $period::date", statement("figure"), step(month)) for month in calendar(cursor))


def _parts_agree(cursor: duckdb.DuckDBPyConnection, catalog: Catalog) -> bool:
    """Whether ``part`` is what the figures give."""
    leaves = catalog.leaves(catalog.root)
    nodes = [code for code in catalog.orgs if code not in leaves]
    for _, months in groupby(calendar(cursor), key=attrgetter("year")):
        points = list(months)
        days = [month.first_day for month in points]
        derived = [
            ("remarkable", statement("remarkable"), {"orgs": list(leaves), "points": days}),
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
