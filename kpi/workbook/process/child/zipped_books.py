"""
Workbooks that are a zip inside (.xlsx, .xlsb): values by the fast reader, and by one light pass over the sheets what it does not tell.

The fast reader turns error cells and formulas without a saved result silently into nothing, shows a percentage as a
fraction, and knows no hidden rows; the sheets' own parts say all that, in XML or (.xlsb) in records.
"""

import io
import struct
import zipfile
from typing import Any
from xml.etree import ElementTree

import python_calamine

from kpi.errors import WorkbookError
from kpi.workbook.process.child.open_xml_package import rebuilt
from kpi.workbook.process.child.raw_sheet import MAX_CELLS, MAX_MERGES, TOO_WIDE, RawSheet, Values
from kpi.workbook.process.child.xlsb_details import read_details
from kpi.workbook.process.child.xlsx_details import sheet_details
from kpi.workbook.process.child.xlsx_looks import Details, read_looks
from kpi.workbook.process.sniffing import MAX_SHEETS, TOO_MANY_SHEETS, Kind


def read_book(data: bytes, kind: Kind) -> list[RawSheet]:
    """
    The sheets of a workbook.

    Raises:
        WorkbookError: Too many sheets or cells.

    """
    if kind is not Kind.XLSX:
        return _read(data, kind)
    try:
        return _read(data, kind)
    except python_calamine.PasswordError:
        raise
    except (KeyError, python_calamine.CalamineError):  # sound, perhaps, but with names of its own
        return _read(rebuilt(data), kind)


def _read(data: bytes, kind: Kind) -> list[RawSheet]:
    details: dict[str, Details] = {}
    macros = False
    with zipfile.ZipFile(io.BytesIO(data)) as container:
        if kind is Kind.XLSX:
            looks = read_looks(container)
            details = {name: sheet_details(container.read(path), looks) for name, path in _paths(container).items()}
        else:
            details = _binary_details(container)
        macros = any(name.lower().endswith("vbaproject.bin") for name in container.namelist())
    book = python_calamine.load_workbook(io.BytesIO(data))
    sheets = book.sheets_metadata
    if len(sheets) > MAX_SHEETS:
        raise WorkbookError(TOO_MANY_SHEETS)
    return [_sheet(book, sheet, details.get(sheet.name), macros=macros) for sheet in sheets if sheet.typ == python_calamine.SheetTypeEnum.WorkSheet]


def _binary_details(container: zipfile.ZipFile) -> dict[str, Details]:
    """The details of the sheets of an .xlsb; none, and the sheets are marked as incomplete, where its records are not as they should be."""
    try:
        return read_details(container)
    except (KeyError, IndexError, ValueError, struct.error, ElementTree.ParseError):
        return {}


def _sheet(book: Any, about: Any, details: Details | None, *, macros: bool) -> RawSheet:
    values = book.get_sheet_by_name(about.name)
    if values.total_height * values.total_width > MAX_CELLS:
        raise WorkbookError(TOO_WIDE)
    raw = RawSheet(about.name, about.visible != python_calamine.SheetVisibleEnum.Visible, details is not None, macros)
    raw.merges = [(*first, *last) for first, last in (values.merged_cell_ranges or ())[:MAX_MERGES]]
    marks = {}
    if details is not None:
        raw.hidden_rows, raw.hidden_columns, marks = details.hidden_rows, details.hidden_columns, details.marks
        raw.merges = raw.merges or details.merges
    raw.values = Values(values.iter_rows, values.start[1] if values.start else 0, marks)
    return raw


def _paths(container: zipfile.ZipFile) -> dict[str, str]:
    """The part of each sheet by its name."""
    names = {name.lower(): name for name in container.namelist()}
    book = ElementTree.fromstring(container.read(names["xl/workbook.xml"]))  # noqa: S314 - this process may be lost
    links = ElementTree.fromstring(container.read(names["xl/_rels/workbook.xml.rels"]))  # noqa: S314
    targets = {link.get("Id"): (link.get("Target") or "").replace("\\", "/") for link in links}
    paths = {}
    for sheet in book.iter():
        if sheet.tag.rpartition("}")[2] != "sheet":
            continue
        link = next((value for key, value in sheet.attrib.items() if key.endswith("}id")), None)
        target = targets.get(link, "")
        path = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        if path.lower() in names:
            paths[sheet.get("name", "")] = names[path.lower()]
    return paths
