"""
A catalogue that comes in force by a command, whichever command brings it: one reading, one set of checks, one record, one sentence.

It is kept in the data folder.  Where a folder is named, by an option or by KPI_CATALOG, that folder is written instead, see
`named_folder`.
"""

from pathlib import Path

from kpi.bureau import LiveBureau
from kpi.catalog import load
from kpi.catalog.files import folder_of
from kpi.catalog.model import Catalog
from kpi.cli.options import console, user
from kpi.cli.typed_files import FOLDER, NOTHING
from kpi.cli.workplace import workplace
from kpi.defining.change_list import ChangeRecord, change_records
from kpi.defining.dated_catalog import dated_catalog
from kpi.defining.dated_definition import DefinitionNote
from kpi.defining.in_force import ChangeNote, kept_catalog, put_in_force
from kpi.errors import RequestError, cause
from kpi.period import Month
from kpi.store import clock
from kpi.store.kept_catalog import may_be_kept
from kpi.workbook.definitions.definition_reading import read_definitions
from kpi.workbook.process.parser import Parser

IN_FORCE = "指标目录已生效"
_INNER = ("", "targets", "ledgers")  # folders of a catalogue whose files are read
_MOST_BYTES = 50_000_000  # of a workbook; that of nineteen offices has 0.1 MB
_SHOWN = 3  # entries of a change that a sentence names


def named_folder(catalog: Path | None, to: Path | None = None) -> Path | None:
    """The folder that a command on the catalogue is to write; None where it is about the catalogue that the data folder keeps."""
    return to or (None if may_be_kept(catalog) else catalog or load.chosen())


def typed_catalog(parser: Parser, path: Path) -> Catalog:
    """
    The catalogue of a folder, or of a workbook, whose files whoever typed the command may read.

    Raises:
        CatalogError: With every fault found.
        RequestError: There is nothing to read.

    """
    if _kind(path) != FOLDER:
        return read_definitions(parser.definitions(_content(path), path.name), path.name)
    files = [file for file in workplace().files_below(path) if file.suffix == ".toml" and file.relative_to(path).parent.as_posix().strip(".") in _INNER]
    if not files:
        raise RequestError(f"文件夹「{path}」里没有 .toml 文件；请核对路径。")
    return load.catalog_of(folder_of({file.relative_to(path).as_posix(): _content(file) for file in files}))


def bring_in_force(bureau: LiveBureau, catalog: Catalog, about: str, reason: str, first: Month | None = None) -> ChangeRecord:
    """
    Put a catalogue in force, kept with who typed the command.

    Args:
        bureau: The bureau.
        catalog: What is to be in force.
        about: What is changed, for the audit.
        reason: Why.
        first: From which month the definitions of indicators hold; None: for all months.

    Returns:
        The change as it is listed.

    Raises:
        RequestError: No reason is given, or as `put_in_force` and `dated_catalog`.
        DeniedError, StoreError: As `put_in_force`.

    """
    if not reason.strip():
        raise RequestError("请用 --reason 写明理由，它一直留在变动记录里；只要写成文件夹的，用 --to 或 --catalog 写明文件夹。")
    number = kept_catalog(bureau).number
    if first is not None:
        catalog = dated_catalog(bureau.catalog, catalog, first, DefinitionNote(reason.strip(), user(), clock.today()))
    return change_records(put_in_force(bureau, catalog, ChangeNote(user(), reason, first, about), after=number))[0]


def print_change(record: ChangeRecord, sentence: str = IN_FORCE) -> None:
    """Say what came in force, and as which change."""
    console.print(f"{sentence}，记作第 {record.number} 次变动：{entries_in_words(record) or '没有条目不同'}。", soft_wrap=True)


def entries_in_words(record: ChangeRecord) -> str:
    """The entries of a change in a few words."""
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


def _content(path: Path) -> bytes:
    content = workplace().require_content(path)
    if len(content) > _MOST_BYTES:
        raise RequestError(f"「{path}」有 {len(content) // 1_000_000} MB，指标目录没有这么大；请核对是不是这个文件。")
    return content
