"""Another catalogue in force, and those that were: ``catalog adopt``, ``catalog history``, ``catalog return``."""

from pathlib import Path
from typing import Annotated

import typer

from kpi.access.roles import Right
from kpi.cli.catalog_changing import IN_FORCE, bring_in_force, entries_in_words, print_change, typed_catalog
from kpi.cli.options import AsJson, CatalogDir, Data, WrittenReason, console, path_of, table_of
from kpi.cli.printing import print_document
from kpi.cli.workplace import workplace
from kpi.defining.change_list import ChangeRecord, change_records, earlier_catalog
from kpi.documents.catalog_documents import change_document
from kpi.period import Month

_MOST = 10**9


def adopt(
    path: Annotated[Path, typer.Argument(parser=path_of, metavar="路径", help="指标目录的文件夹，或 catalog export 写的工作簿")],
    reason: WrittenReason,
    first: Annotated[
        str | None, typer.Option("--from", metavar="月份", help="改了的指标口径从哪个月起，如 2024-01，以前的月份仍按原来的；不写则是所有月份")
    ] = None,
    data: Data = None,
    catalog: CatalogDir = None,
    as_json: AsJson = False,
) -> None:
    """让另一个指标目录在数据目录里生效，记下谁、什么时候、为什么；看板开着也可以，马上按新的算。"""
    month = Month.parse(first) if first is not None else None
    with workplace().open_bureau(data, catalog) as bureau:
        bureau.require(Right.DEFINE)
        record = bring_in_force(bureau, typed_catalog(bureau.parser, path), f"指标目录换成「{path.name}」的", reason, month)
    _print(record, IN_FORCE, as_json=as_json)


def history(data: Data = None, catalog: CatalogDir = None, as_json: AsJson = False) -> None:
    """列出指标目录的每次变动：谁、什么时候、为什么、从哪个月起、改了什么。"""
    with workplace().open_existing(data, catalog) as bureau:
        records = change_records(bureau)
    if as_json:
        print_document({"changes": [change_document(record) for record in records]})
        return
    if not records:
        console.print("指标目录还没有在这个数据目录里改过。")
        return
    table = table_of("指标目录的变动", "第几次", "时间", "谁", "从哪个月起", "改了什么", "理由")
    for record in records:
        table.add_row(str(record.number), f"{record.at:%Y-%m-%d %H:%M}", record.by, str(record.first or "所有月份"), entries_in_words(record), record.why)
    console.show(table)


def give_back(
    number: Annotated[int, typer.Argument(metavar="编号", max=_MOST, help="回到第几次变动以后的样子")],
    reason: WrittenReason,
    data: Data = None,
    catalog: CatalogDir = None,
    as_json: AsJson = False,
) -> None:
    """回到以前的指标目录：记作一次新的变动，中间的都不删除。"""
    with workplace().open_to_act(data, catalog) as bureau:
        bureau.require(Right.DEFINE)
        record = bring_in_force(bureau, earlier_catalog(bureau, number), f"指标目录回到第 {number} 次变动以后", reason)
    _print(record, f"指标目录已回到第 {number} 次变动以后的样子", as_json=as_json)


def _print(record: ChangeRecord, sentence: str, *, as_json: bool) -> None:
    if as_json:
        print_document(change_document(record))
    else:
        print_change(record, sentence)
