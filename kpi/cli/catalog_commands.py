"""The catalogue as a workbook, and a workbook as the catalogue: ``catalog export``, ``catalog import``."""

from pathlib import Path
from typing import Annotated

import typer

from kpi.access.roles import Right
from kpi.catalog.model import Catalog
from kpi.cli.catalog_changing import bring_in_force, named_folder, print_change, typed_catalog
from kpi.cli.options import AsJson, CatalogDir, Data, console, path_of
from kpi.cli.printing import print_document
from kpi.cli.workplace import workplace
from kpi.data_place import data_folder
from kpi.defining.in_force import require_kept_meaning
from kpi.documents.catalog_documents import entry_counts, export_document, import_document
from kpi.errors import RequestError
from kpi.store.clock import now
from kpi.store.kept_catalog import catalog_in_force

_WORDS = {
    "orgs": "机构",
    "areas": "板块",
    "offices": "科室",
    "measures": "数据项",
    "indicators": "指标",
    "relations": "勾稽关系",
    "systems": "平台",
    "sentences": "总结句式",
    "targets": "目标",
    "references": "参考数",
    "ledgers": "台账",
}


def export_workbook(
    file: Annotated[Path, typer.Argument(parser=path_of, metavar="文件", help="写到哪个 .xlsx 文件；不以 .xlsx 结尾的，写成 TOML 文件的文件夹")],
    replace: Annotated[bool, typer.Option("--replace", help="已有的文件也覆盖；已有的文件夹改名保留")] = False,
    data: Data = None,
    catalog: CatalogDir = None,
    as_json: AsJson = False,
) -> None:
    """把整个指标目录写成一个工作簿：科室、数据项、指标、目标等各一张表，改好可以读回；或写成 TOML 文件的文件夹。"""
    from kpi.catalog.folder_writing import write_folder
    from kpi.workbook.writing.definition_book import write_definitions

    if file.suffix.lower() != ".xlsx":
        definitions = catalog_in_force(data_folder(data), catalog)
        former = write_folder(definitions, file, now(), replace=replace)
        if as_json:
            print_document(export_document(file, definitions))
            return
        console.print(f"指标目录已写到文件夹「{file}」：{_counts(definitions)}。", soft_wrap=True)
        if former:
            console.print(f"原来的保留在「{former}」。", soft_wrap=True)
        return
    if file.exists() and (file.is_dir() or not replace):
        raise RequestError(f"「{file}」已经有了，没有改动它；请另写一个文件名{'' if file.is_dir() else '，或加 --replace 覆盖'}。")
    definitions = catalog_in_force(data_folder(data), catalog)
    workplace().require_put(file, write_definitions(definitions))
    if as_json:
        print_document(export_document(file, definitions))
    else:
        console.print(f"指标目录已写到「{file}」：{_counts(definitions)}。改好以后用 catalog import 读回。", soft_wrap=True)


def import_workbook(
    file: Annotated[Path, typer.Argument(parser=path_of, metavar="文件", help="catalog export 写的工作簿，或照它填的；也可以是文件夹")],
    to: Annotated[
        Path | None,
        typer.Option("--to", parser=path_of, metavar="文件夹", help="写成这个文件夹；不写则同 adopt，或写到 --catalog 的文件夹"),
    ] = None,
    reason: Annotated[str, typer.Option("--reason", help="在数据目录里生效的，写明理由，一直留在变动记录里")] = "",
    replace: Annotated[bool, typer.Option("--replace", help="文件夹已有时换成新的，原来的改名保留")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只检查，什么都不写")] = False,
    data: Data = None,
    catalog: CatalogDir = None,
    as_json: AsJson = False,
) -> None:
    """把工作簿读成指标目录，生效或写成文件夹：有错的逐格写明，一处有错就什么都不改。"""
    folder = named_folder(catalog, to)
    if folder is None:
        _import_here(file, reason, data, dry_run=dry_run, as_json=as_json)
    else:
        _import_to(folder, file, replace=replace, dry_run=dry_run, as_json=as_json)


def _import_here(file: Path, reason: str, data: Path | None, *, dry_run: bool, as_json: bool) -> None:
    """The workbook in force in the data folder."""
    place = workplace()
    with place.open_to_check(data, None) if dry_run else place.open_bureau(data, None) as bureau:
        bureau.require(Right.DEFINE)
        definitions = typed_catalog(bureau.parser, file)
        if dry_run:
            require_kept_meaning(bureau, definitions)
        record = None if dry_run else bring_in_force(bureau, definitions, f"指标目录换成「{file.name}」的", reason)
    if as_json:
        print_document(import_document(definitions, change=record.number if record else None))
    elif record is None:
        _print_checked(file, definitions)
    else:
        print_change(record)


def _import_to(folder: Path, file: Path, *, replace: bool, dry_run: bool, as_json: bool) -> None:
    """The workbook as a folder."""
    from kpi.catalog import folder_writing
    from kpi.workbook.process.parser import Parser

    if not dry_run:
        folder_writing.require_free(folder, replace=replace)
    with Parser(places=1) as parser:
        definitions = typed_catalog(parser, file)
    former = None if dry_run else folder_writing.write_folder(definitions, folder, now(), replace=replace)
    if as_json:
        print_document(import_document(definitions, folder, former, written=not dry_run))
    elif dry_run:
        _print_checked(file, definitions)
    else:
        console.print(f"指标目录已写到「{folder}」：{_counts(definitions)}。", soft_wrap=True)
        if former:
            console.print(f"原来的保留在「{former}」。看板重启以后按新的算。", soft_wrap=True)


def _print_checked(file: Path, definitions: Catalog) -> None:
    console.print(f"「{file}」没有错误：{_counts(definitions)}。只是检查，什么都没有写。", soft_wrap=True)


def _counts(catalog: Catalog) -> str:
    return "、".join(f"{_WORDS[noun]} {count}" for noun, count in entry_counts(catalog).items() if count)
