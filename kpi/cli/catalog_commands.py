"""The catalogue as a workbook, and a workbook as the catalogue: ``catalog export``, ``catalog import``."""

import os
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Annotated

import typer

from kpi.catalog.model import Catalog
from kpi.cli.options import AsJson, CatalogDir, Data, console, path_of
from kpi.cli.printing import print_document
from kpi.cli.typed_files import require_content
from kpi.data_place import data_folder
from kpi.documents.catalog_documents import entry_counts, export_document, import_document
from kpi.errors import RequestError, cause
from kpi.store.clock import now
from kpi.store.kept_catalog import KeptCatalog, catalog_in_force, may_be_kept

_MOST_BYTES = 50_000_000  # of a workbook; that of nineteen offices has 0.1 MB
_WORDS = {
    "orgs": "机构",
    "areas": "板块",
    "offices": "科室",
    "measures": "数据项",
    "indicators": "指标",
    "relations": "勾稽关系",
    "systems": "平台",
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
    _write_whole(file, write_definitions(definitions))
    if as_json:
        print_document(export_document(file, definitions))
    else:
        console.print(f"指标目录已写到「{file}」：{_counts(definitions)}。改好以后用 catalog import 读回。", soft_wrap=True)


def import_workbook(
    file: Annotated[Path, typer.Argument(parser=path_of, metavar="文件", help="catalog export 写的工作簿，或照它填的")],
    to: Annotated[Path | None, typer.Option("--to", parser=path_of, metavar="文件夹", help="写到哪个文件夹；不写则是现用的指标目录（--catalog）")] = None,
    replace: Annotated[bool, typer.Option("--replace", help="文件夹已有时换成新的，原来的改名保留")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只检查，什么都不写")] = False,
    data: Data = None,
    catalog: CatalogDir = None,
    as_json: AsJson = False,
) -> None:
    """把工作簿读成指标目录的文件夹：有错的逐格写明，一处有错就什么都不写。"""
    from kpi.catalog import folder_writing, load
    from kpi.workbook.definitions.definition_reading import read_definitions
    from kpi.workbook.process.parser import Parser

    if not (to or dry_run) and may_be_kept(catalog) and KeptCatalog(data_folder(data)).exists():
        raise RequestError(f"这个数据目录自己存着指标目录；请用 catalog adopt {file} --reason 理由 让工作簿生效，或用 --to 写到一个文件夹。")
    folder = to or catalog or load.chosen()
    if not dry_run:
        folder_writing.require_free(folder, replace=replace)
    content = _content(file)
    with Parser(places=1) as parser:
        definitions = read_definitions(parser.definitions(content, file.name), file.name)
    former = None if dry_run else folder_writing.write_folder(definitions, folder, now(), replace=replace)
    if as_json:
        print_document(import_document(folder, former, definitions, written=not dry_run))
        return
    counts = _counts(definitions)
    if dry_run:
        console.print(f"「{file}」没有错误：{counts}。只是检查，什么都没有写。", soft_wrap=True)
        return
    console.print(f"指标目录已写到「{folder}」：{counts}。", soft_wrap=True)
    if former:
        console.print(f"原来的保留在「{former}」。看板重启以后按新的算。", soft_wrap=True)


def _content(file: Path) -> bytes:
    with suppress(OSError):  # which the reading says
        if (size := file.stat().st_size) > _MOST_BYTES:
            raise RequestError(f"「{file}」有 {size // 1_000_000} MB，指标目录的工作簿没有这么大；请核对是不是这个文件。")
    return require_content(file)


def _write_whole(file: Path, content: bytes) -> None:
    """Write a file whole or not at all."""
    beside: Path | None = None
    try:
        file.absolute().parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{file.name}-", dir=file.absolute().parent)
        beside = Path(name)
        with os.fdopen(handle, "wb") as opened:
            opened.write(content)
        beside.chmod(0o644)  # as of any file; a temporary one is its owner's alone
        beside.replace(file)
    except OSError as error:
        raise RequestError(f"「{file}」写不了（{cause(error)}）；请写一个可以写入的文件。") from None
    finally:
        if beside is not None:
            beside.unlink(missing_ok=True)


def _counts(catalog: Catalog) -> str:
    return "、".join(f"{_WORDS[noun]} {count}" for noun, count in entry_counts(catalog).items() if count)
