"""
Values written into the cells of an .xlsx file, and nothing else of it touched.

Every part but the sheets that are written to is copied as it is, bytes and all; of those the cells alone are changed, with the styles
that they have.  A workbook with formulas is told to calculate when it is opened, for their saved results are those of the empty form.
"""

import posixpath
import zipfile
from collections.abc import Mapping
from decimal import Decimal
from io import BytesIO
from typing import Any

from lxml import etree

from kpi.errors import WorkbookError
from kpi.papers.zip_copying import with_parts
from kpi.place import column_index
from kpi.value import plain
from kpi.workbook.process.zip_limits import LARGEST_PART

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
_LINK = "http://schemas.openxmlformats.org/package/2006/relationships"
_BOOK = "xl/workbook.xml"
_BEFORE_CALCULATION = (
    "oleSize",
    "customWorkbookViews",
    "pivotCaches",
    "smartTagPr",
    "smartTagTypes",
    "webPublishing",
    "fileRecoveryPr",
    "webPublishObjects",
    "extLst",
)
_STRANGE = "这个 .xlsx 文件的结构与 Excel 的不同，写不进去；请用 Excel 或 WPS 打开，另存为 .xlsx 再试。"


def sheet_parts(data: bytes) -> list[str]:
    """
    The parts of the worksheets of a workbook, in the order of the book.

    Raises:
        WorkbookError: The package is not as Excel writes it.

    """
    with zipfile.ZipFile(BytesIO(data)) as package:
        book = _tree(package, _BOOK)
        links = {link.get("Id"): link for link in _tree(package, "xl/_rels/workbook.xml.rels").iter(f"{{{_LINK}}}Relationship")}
        names = set(package.namelist())
    parts = []
    for sheet in (element for element in book.iter() if etree.QName(element).localname == "sheet"):
        link = links.get(next((value for name, value in sheet.attrib.items() if name.endswith("}id")), ""))
        if link is not None and link.get("Type", "").endswith("/worksheet"):
            target = link.get("Target", "")
            parts.append(target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join("xl", target)))
    if not parts or not names.issuperset(parts):
        raise WorkbookError(_STRANGE)
    return parts


def formula_cells(data: bytes, part: str) -> frozenset[str]:
    """The cells of a sheet in which a formula stands."""
    with zipfile.ZipFile(BytesIO(data)) as package:
        root = _tree(package, part)
    return frozenset(cell.get("r", "") for cell in _named(root, "c") if any(etree.QName(child).localname == "f" for child in cell))


def written(data: bytes, values: Mapping[str, Mapping[str, Decimal | str]]) -> bytes:
    """
    The workbook with values in some of its cells.

    Args:
        data: The workbook, an .xlsx file.
        values: The values by part and cell: ``{"xl/worksheets/sheet1.xml": {"D4": Decimal(12), "D5": "*"}}``.

    Raises:
        WorkbookError: A sheet is not as Excel writes it.

    """
    with zipfile.ZipFile(BytesIO(data)) as package:
        sheets = [name for name in package.namelist() if name.startswith("xl/worksheets/") and name.endswith(".xml")]
        changed = {part: _sheet(package.read(part), cells) for part, cells in values.items() if cells}
        if any(b"<f" in content or b":f" in content for content in map(package.read, sheets)):
            changed[_BOOK] = _calculating(package.read(_BOOK))
    return with_parts(data, changed)


def _sheet(content: bytes, values: Mapping[str, Decimal | str]) -> bytes:
    root = _parsed(content)
    data = next(_named(root, "sheetData"), None)
    if data is None or any(row.get("r") is None for row in data) or any(cell.get("r") is None for cell in _named(data, "c")):
        raise WorkbookError(_STRANGE)
    rows = {int(row.get("r")): row for row in data}
    for name, value in values.items():
        letters = name.rstrip("0123456789")
        number = int(name[len(letters) :])
        row = rows.get(number)
        if row is None:
            row = rows[number] = _placed(data, "row", str(number), lambda other: int(other.get("r")), number)
        cell = next((cell for cell in row if cell.get("r") == name), None)
        if cell is None:
            cell = _placed(row, "c", name, lambda other: column_index(other.get("r").rstrip("0123456789")), column_index(letters))
        _put(cell, value)
    return _serialised(root, content)


def _placed(parent: Any, tag: str, name: str, order: Any, own: int) -> Any:
    """A new row or cell at its place among the others."""
    element = etree.Element(f"{{{etree.QName(parent).namespace}}}{tag}", r=name)
    following = next((other for other in parent if order(other) > own), None)
    if following is None:
        parent.append(element)
    else:
        following.addprevious(element)
    return element


def _put(cell: Any, value: Decimal | str) -> None:
    """A value into a cell, whose style stays."""
    space = etree.QName(cell).namespace
    for child in list(cell):
        cell.remove(child)
    cell.attrib.pop("t", None)
    if isinstance(value, Decimal):
        etree.SubElement(cell, f"{{{space}}}v").text = plain(value)
        return
    cell.set("t", "inlineStr")
    etree.SubElement(etree.SubElement(cell, f"{{{space}}}is"), f"{{{space}}}t").text = value


def _calculating(content: bytes) -> bytes:
    """The book, told to calculate when it is opened."""
    root = _parsed(content)
    calculation = next(_named(root, "calcPr"), None)
    if calculation is None:
        calculation = etree.Element(f"{{{etree.QName(root).namespace}}}calcPr")
        following = next((child for child in root if isinstance(child.tag, str) and etree.QName(child).localname in _BEFORE_CALCULATION), None)
        if following is None:
            root.append(calculation)
        else:
            following.addprevious(calculation)
    calculation.set("fullCalcOnLoad", "1")
    return _serialised(root, content)


def _serialised(root: Any, content: bytes) -> bytes:
    """A tree as it was written, with the declaration that it had."""
    tree = root.getroottree()
    declared = content.lstrip(b"\xef\xbb\xbf").startswith(b"<?xml")
    return bytes(etree.tostring(tree, xml_declaration=declared, encoding="UTF-8", standalone=tree.docinfo.standalone))


def _tree(package: zipfile.ZipFile, name: str) -> Any:
    try:
        return _parsed(package.read(name))
    except KeyError:
        raise WorkbookError(_STRANGE) from None


def _parsed(content: bytes) -> Any:
    """A part as a tree: no entities, no other files, no network."""
    if len(content) > LARGEST_PART or b"<!DOCTYPE" in content:
        raise WorkbookError(_STRANGE)
    try:
        return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False))
    except etree.XMLSyntaxError:
        raise WorkbookError(_STRANGE) from None


def _named(root: Any, name: str) -> Any:
    return (element for element in root.iter() if isinstance(element.tag, str) and etree.QName(element).localname == name)
