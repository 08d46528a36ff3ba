"""Another catalogue in force, and those that were: ``catalog adopt``, ``catalog history``, ``catalog return``."""

from pathlib import Path
from typing import Annotated

import typer

from kpi.access.roles import Right
from kpi.bureau import LiveBureau
from kpi.catalog import load
from kpi.catalog.files import folder_of
from kpi.catalog.model import Catalog
from kpi.cli.options import AsJson, CatalogDir, Data, WrittenReason, console, path_of, table_of, user
from kpi.cli.printing import print_document
from kpi.cli.typed_files import FOLDER, NOTHING
from kpi.cli.workplace import workplace
from kpi.defining.change_list import ChangeRecord, change_records, earlier_catalog
from kpi.defining.in_force import ChangeNote, kept_catalog, put_in_force
from kpi.documents.catalog_documents import change_document
from kpi.errors import RequestError, cause
from kpi.period import Month
from kpi.workbook.definitions.definition_reading import read_definitions

_INNER = ("", "targets", "ledgers")  # folders of a catalogue whose files are read
_MOST = 10**9
_SHOWN = 3  # entries of a change that a line names


def adopt(
    path: Annotated[Path, typer.Argument(parser=path_of, metavar="路径", help="指标目录的文件夹，或 catalog export 写的工作簿")],
    reason: WrittenReason,
    first: Annotated[str | None, typer.Option("--from", metavar="月份", help="记下从哪个月起，如 2024-01；不写则是所有月份")] = None,
    data: Data = None,
    catalog: CatalogDir = None,
    as_json: AsJson = False,
) -> None:
    """让另一个指标目录在数据目录里生效，记下谁、什么时候、为什么；看板开着也可以，马上按新的算。"""
    month = Month.parse(first) if first is not None else None
    with workplace().open_bureau(data, catalog) as bureau:
        bureau.require(Right.DEFINE)
        definitions = _of_folder(path) if _kind(path) == FOLDER else read_definitions(bureau.parser.definitions(_content(path), path.name), path.name)
        changed = put_in_force(bureau, definitions, ChangeNote(user(), reason, month, f"指标目录换成「{path.name}」的"), after=kept_catalog(bureau).number)
        _say(changed, "指标目录已生效", as_json=as_json)


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
        table.add_row(str(record.number), f"{record.at:%Y-%m-%d %H:%M}", record.by, str(record.first or "所有月份"), _entries(record), record.why)
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
        note = ChangeNote(user(), reason, about=f"指标目录回到第 {number} 次变动以后")
        changed = put_in_force(bureau, earlier_catalog(bureau, number), note, after=kept_catalog(bureau).number)
        _say(changed, f"指标目录已回到第 {number} 次变动以后的样子", as_json=as_json)


def _say(bureau: LiveBureau, sentence: str, *, as_json: bool) -> None:
    record = change_records(bureau)[0]
    if as_json:
        print_document(change_document(record))
    else:
        console.print(f"{sentence}，记作第 {record.number} 次变动：{_entries(record) or '没有条目不同'}。", soft_wrap=True)


def _entries(record: ChangeRecord) -> str:
    named = [f"{entry.act}{entry.title}「{entry.name}」" for entry in record.entries[:_SHOWN]]
    return "、".join(named) + (f"等 {len(record.entries)} 处" if len(record.entries) > _SHOWN else "")


def _kind(path: Path) -> str:
    try:
        kind = workplace().kind_of(path)
    except OSError as error:
        raise RequestError(f"「{path}」打不开（{cause(error)}）；请核对路径。") from None
    if kind == NOTHING:
        raise RequestError(f"没有「{path}」；请写指标目录的文件夹，或 catalog export 写的工作簿。")
    return kind


def _of_folder(folder: Path) -> Catalog:
    """
    The catalogue of a folder, whose files whoever typed the command may read.

    Raises:
        CatalogError: With every fault found.

    """
    files = [path for path in workplace().files_below(folder) if path.suffix == ".toml" and path.relative_to(folder).parent.as_posix().strip(".") in _INNER]
    if not files:
        raise RequestError(f"文件夹「{folder}」里没有 .toml 文件；请核对路径。")
    return load.catalog_of(folder_of({path.relative_to(folder).as_posix(): _content(path) for path in files}))


def _content(path: Path) -> bytes:
    try:
        return workplace().content(path)
    except OSError as error:
        raise RequestError(f"「{path}」打不开（{cause(error)}）；请核对路径。") from None
