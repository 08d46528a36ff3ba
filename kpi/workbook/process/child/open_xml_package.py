"""
Open XML packages put together anew, the way the fast reader wants them.

It looks for the parts of a workbook under the names that Excel gives them and stops at a sheet that is none (a macro
sheet, a sheet without a part).  The standard allows any names and names the parts by relations, so where the reader
fails, a package is made that holds the worksheets, styles and texts under the usual names and nothing else.
"""

import io
import posixpath
import zipfile
from collections.abc import Iterator, Mapping
from html import escape  # that of xml.sax loads what opens addresses
from typing import Any
from xml.etree import ElementTree

from kpi.errors import WorkbookError
from kpi.workbook.process.sniffing import AS_XLSX, plain_name

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_FIXED = {"styles": "styles.xml", "sharedStrings": "sharedStrings.xml"}


def rebuilt(data: bytes) -> bytes:
    """
    The same workbook under the usual names.

    Raises:
        WorkbookError: The package says nothing of a workbook.

    """
    with zipfile.ZipFile(io.BytesIO(data)) as source:
        parts = {plain_name(name): name for name in source.namelist() if not name.endswith("/")}
        main = next((target for kind, target in _relations(source, parts, "").values() if kind == "officeDocument"), "xl/workbook.xml")
        if main not in parts:
            raise WorkbookError(f"这不是 Excel 工作簿；{AS_XLSX}")
        book = ElementTree.fromstring(source.read(parts[main]))  # noqa: S314 - this process may be lost
        links = _relations(source, parts, main)
        sheets = [(sheet, links[link][1]) for sheet in _named(book, "sheet") if (link := _link(sheet)) in links and links[link][0] == "worksheet"]
        sheets = [(sheet, path) for sheet, path in sheets if path in parts]
        if not sheets:
            raise WorkbookError(f"工作簿里没有可以读的工作表；{AS_XLSX}")
        sink = io.BytesIO()
        with zipfile.ZipFile(sink, "w") as made:
            made.writestr("[Content_Types].xml", f'<Types xmlns="{_PACKAGE}/content-types"/>')
            made.writestr("_rels/.rels", _links([("officeDocument", "xl/workbook.xml")]))
            made.writestr("xl/workbook.xml", _book(book, [sheet for sheet, _ in sheets]))
            numbered = [("worksheet", f"worksheets/sheet{number}.xml") for number in range(1, len(sheets) + 1)]
            made.writestr("xl/_rels/workbook.xml.rels", _links([*numbered, *_FIXED.items()]))
            for number, (_, path) in enumerate(sheets, start=1):
                made.writestr(f"xl/worksheets/sheet{number}.xml", source.read(parts[path]))
            for kind, path in links.values():
                if kind in _FIXED and path in parts:
                    made.writestr(f"xl/{_FIXED[kind]}", source.read(parts[path]))
    return sink.getvalue()


def _relations(source: zipfile.ZipFile, parts: Mapping[str, str], of: str) -> dict[str, tuple[str, str]]:
    """What a part, or the package itself, leads to: kind and path by the number of the relation."""
    folder, _, name = of.rpartition("/")
    path = posixpath.join(folder, "_rels", f"{name}.rels")
    if path not in parts:
        return {}
    root = ElementTree.fromstring(source.read(parts[path]))  # noqa: S314
    return {
        link.get("Id", ""): (link.get("Type", "").rpartition("/")[2], plain_name(posixpath.normpath(posixpath.join("/", folder, _slashed(link)))))
        for link in root
        if link.get("TargetMode") != "External"
    }


def _slashed(link: Any) -> str:
    return str(link.get("Target", "")).replace("\\", "/")


def _named(root: Any, name: str) -> Iterator[Any]:
    return (element for element in root.iter() if element.tag.rpartition("}")[2] == name)


def _link(sheet: Any) -> str:
    return next((str(value) for key, value in sheet.attrib.items() if key.endswith("}id")), "")


def _book(book: Any, sheets: list[Any]) -> str:
    """The list of the sheets, and from which year days are counted."""
    later = any(about.get("date1904") in ("1", "true") for about in _named(book, "workbookPr"))
    lines = [
        f'<sheet name="{escape(sheet.get("name", ""))}" state="{escape(sheet.get("state", "visible"))}" sheetId="{number}" r:id="rId{number}"/>'
        for number, sheet in enumerate(sheets, start=1)
    ]
    return f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><workbookPr date1904="{int(later)}"/><sheets>{"".join(lines)}</sheets></workbook>'


def _links(targets: list[tuple[str, str]]) -> str:
    lines = [f'<Relationship Id="rId{number}" Type="{_OFFICE}/{kind}" Target="{target}"/>' for number, (kind, target) in enumerate(targets, start=1)]
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{"".join(lines)}</Relationships>'
