"""
A catalogue written as a folder of files: whole or not at all.

The files are written into a folder of another name beside it, read back, and only then given the name; what had that name
before is kept under one with the day and the time.
"""

import os
import shutil
import tempfile
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from kpi.catalog.load import load
from kpi.catalog.model import Catalog
from kpi.catalog.plain_tables import (
    AREAS_FILE,
    BUREAU_FILE,
    OFFICES_FILE,
    ORGS_FILE,
    REFERENCES_FILE,
    RELATIONS_FILE,
    documents_of,
)
from kpi.catalog.toml_text import toml_text
from kpi.errors import RequestError, cause

_COMMENTS = {
    BUREAU_FILE: "本局名称，印在页面、报表和材料上；first_month 是数据从哪个月开始，year_begins 是年度从几月开始，public_from 是公开版里人和案件从几起公开",
    ORGS_FILE: "机构树：所、区、市、省；代码启用后不再改动",
    AREAS_FILE: "板块：看板除按科室外还可以按它分组",
    OFFICES_FILE: "科室：代码用作文件名和数据库主键，启用后不再改动；名称与别名可以改",
    RELATIONS_FILE: "跨科室和全目录的勾稽关系",
    REFERENCES_FILE: "参考数：按年份取用的外部数，人均目标的分母",
}


def file_texts(catalog: Catalog) -> dict[str, str]:
    """The text of every file of a catalogue by its name, ``targets/2023.toml``."""
    return {name: toml_text(document, _comment(name, catalog)) for name, document in documents_of(catalog).items()}


def require_free(folder: Path, *, replace: bool) -> None:
    """
    A place where a catalogue may be written.

    Raises:
        RequestError: There is something already, and it may not be replaced, or is no folder.

    """
    if folder.is_symlink() or folder.is_file():
        raise RequestError(f"「{folder}」不是文件夹；请另写一个文件夹。")
    if folder.exists() and not replace:
        raise RequestError(f"「{folder}」已经有了，没有改动它；请另写一个文件夹，或加 --replace，原来的改名保留。")


def write_folder(catalog: Catalog, folder: Path, moment: datetime, *, replace: bool = False) -> Path | None:
    """
    Write a catalogue as a folder.

    Args:
        catalog: What is written.
        folder: Where; the folders above it are made.
        moment: The time on the wall, for the name of what was there.
        replace: Whether what is there may be renamed.

    Returns:
        Where that what was there is kept; None where there was nothing.

    Raises:
        RequestError: As `require_free`, or it cannot be written; then all is as it was.

    """
    require_free(folder, replace=replace)
    return _written(catalog, folder, moment, file_texts(catalog), whole=True)


def change_folder(catalog: Catalog, folder: Path, moment: datetime) -> Path | None:
    """
    Write those files of a catalogue's folder anew that say something else now; the others stay as they are, with their comments.

    Args:
        catalog: What the folder is to say.
        folder: A folder with a catalogue.
        moment: The time on the wall, for the name of what was there.

    Returns:
        Where what was there is kept; None where nothing is changed.

    Raises:
        CatalogError: The folder has faults, or the catalogue has.
        RequestError: It cannot be written; then all is as it was.

    """
    before, after = documents_of(load(folder)), documents_of(catalog)
    changed = {name: text for name, text in file_texts(catalog).items() if before.get(name) != after[name]}
    return _written(catalog, folder, moment, changed, whole=False) if changed else None


def _written(catalog: Catalog, folder: Path, moment: datetime, texts: Mapping[str, str], *, whole: bool) -> Path | None:
    """Write the texts beside a folder, over a copy of it where they are not the whole, and give the result its name."""
    named = folder.absolute()
    beside: Path | None = None
    try:
        named.parent.mkdir(parents=True, exist_ok=True)
        beside = Path(tempfile.mkdtemp(prefix=f".{named.name}-", dir=named.parent))
        if not whole:
            shutil.copytree(named, beside, dirs_exist_ok=True)
        for name, text in texts.items():
            _write(beside / name, text)
        if documents_of(load(beside)) != documents_of(catalog):
            raise AssertionError("the files do not say what the catalogue says")
        beside.chmod(0o755)  # as of any folder; a temporary one is its owner's alone
        return _rename(beside, named, moment)
    except OSError as error:
        raise RequestError(f"「{folder}」写不了（{cause(error)}），什么都没有改动；请写一个可以写入的文件夹。") from None
    finally:
        if beside is not None:
            shutil.rmtree(beside, ignore_errors=True)


def _comment(name: str, catalog: Catalog) -> str:
    stem = name.removesuffix(".toml")
    if stem.startswith("targets/"):
        return f"{stem.removeprefix('targets/')} 年目标"
    if stem.startswith("ledgers/"):
        return f"{catalog.ledgers[stem.removeprefix('ledgers/')].name}：一行一件"
    return _COMMENTS.get(name) or catalog.offices[stem].name


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(exist_ok=True)
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def _rename(beside: Path, folder: Path, moment: datetime) -> Path | None:
    """Give the new folder its name; should that fail, the former one has it again."""
    if not folder.exists():
        beside.rename(folder)
        return None
    former = _free(folder.with_name(f"{folder.name}-{moment:%Y%m%d-%H%M%S}"))
    folder.rename(former)
    try:
        beside.rename(folder)
    except BaseException:
        former.rename(folder)
        raise
    return former


def _free(path: Path) -> Path:
    """A name that nothing has yet."""
    number, free = 2, path
    while free.exists():
        free, number = path.with_name(f"{path.name}-{number}"), number + 1
    return free
