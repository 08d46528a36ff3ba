"""The files of a catalogue folder: read once, decoded, parsed as TOML, and hashed so that a change is noticed."""

import hashlib
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType

from kpi.catalog.fault_line import Where
from kpi.errors import CatalogError, cause

_POSITION = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")


@dataclass(frozen=True, slots=True)
class Folder:
    """What the files hold, by their name inside the folder, ``targets/2023.toml``; numbers with a point are exact."""

    documents: dict[str, dict[str, object]]
    unreadable: tuple[str, ...]
    faults: tuple[str, ...]
    digest: str  # sha256 over names and bytes
    places: Mapping[tuple[str, str, int], Where] = field(default_factory=dict)  # by file, noun and position from 1, where a table stands elsewhere


def read_folder(directory: Path) -> Folder:
    """
    Read every TOML file of the folder, of ``targets`` and of ``ledgers``.

    Raises:
        CatalogError: There is no such folder, or it holds no TOML file.

    """
    if not directory.is_dir():
        raise CatalogError((f"指标目录文件夹「{directory}」不存在；请核对 --catalog 或 KPI_CATALOG 所写的路径。",))
    paths = sorted([*directory.glob("*.toml"), *directory.glob("targets/*.toml"), *directory.glob("ledgers/*.toml")])
    if not paths:
        raise CatalogError((f"指标目录文件夹「{directory}」里没有 .toml 文件；请核对 --catalog 或 KPI_CATALOG 所写的路径。",))
    contents: dict[str, bytes] = {}
    faults: dict[str, str] = {}
    for path in paths:
        name = path.relative_to(directory).as_posix()
        try:
            contents[name] = path.read_bytes()
        except OSError as error:
            faults[name] = Where(name).says(f"打不开（{cause(error)}），请检查文件权限")
    return folder_of(contents, faults)


def folder_of(contents: Mapping[str, bytes], unopened: Mapping[str, str] = MappingProxyType({})) -> Folder:
    """
    The files of a catalogue from their bytes.

    Args:
        contents: The bytes of each file by its name inside the folder.
        unopened: A fault for each file whose bytes are not there.

    """
    documents: dict[str, dict[str, object]] = {}
    faults = dict(unopened)
    digest = hashlib.sha256()
    for name, content in sorted(contents.items()):
        digest.update(f"{name}\0{len(content)}\0".encode() + content)
        try:
            documents[name] = tomllib.loads(content.decode("utf-8-sig").replace("\r\n", "\n"), parse_float=Decimal)
        except UnicodeDecodeError:
            faults[name] = Where(name).says("不是 UTF-8 编码，请用编辑器另存为 UTF-8")
        except tomllib.TOMLDecodeError as error:
            faults[name] = Where(name).says(_syntax(error))
    return Folder(documents, tuple(faults), tuple(faults.values()), digest.hexdigest())


def folder_of_texts(texts: Mapping[str, str]) -> Folder:
    """The files of a catalogue from their texts, by their names inside the folder."""
    return folder_of({name: text.encode() for name, text in texts.items()})


def _syntax(error: tomllib.TOMLDecodeError) -> str:
    """Where the text stops being TOML; tomllib's own English would not help the reader."""
    match = _POSITION.search(str(error))
    if match is None or match[1] is None:
        return "文件末尾不完整，请检查引号和方括号是否成对"
    if str(error).startswith("Cannot overwrite a value"):
        return f"第 {match[1]} 行写法有误：同一个字段写了两次"
    return f"第 {match[1]} 行第 {match[2]} 个字附近写法有误，请检查引号、逗号和等号"
