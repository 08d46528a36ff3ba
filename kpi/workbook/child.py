"""
The process that opens foreign workbooks, so that a hostile one can only harm itself.

It is started as a plain script with ``python -I`` and therefore imports nothing of ours.  A job is a frame on stdin,
its answer a frame of JSON on stdout; a frame is a length in four bytes and as many bytes.  Whatever goes wrong here,
even a panic inside the parser, ends as an answer or as the death of this process, which the parent notices.
"""

import io
import json
import re
import struct
import sys
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any, BinaryIO
from xml.etree import ElementTree

import python_calamine

MEMORY = 2**30
CPU_SECONDS = 20
MAX_CELLS = 5_000_000
MAX_SHEETS = 200

_ROOT = re.compile(rb"<(\w+:)?worksheet\b")
_ATTRIBUTE = re.compile(rb"""\b(r|s|t|hidden|min|max)=["']([^"']*)["']""")
_NUMBER = re.compile(rb"""\br=["']([0-9]{1,10})["']""")
_FORMULA = re.compile(rb"<(?:\w+:)?f\b[^>]*?(?:/>|>([^<]*))")
_SAVED = re.compile(rb"<(?:\w+:)?(?:v\b[^>]*>([^<]+)|is\b)")
_PLAIN_FORMAT = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
_REFERENCE = re.compile(rb"""\br=["']([A-Z]{1,3})([0-9]{1,10})["']""")
_PERCENT_FORMATS = {9, 10}
_TRUE = (b"1", b"true")


class RefusedError(Exception):
    """A workbook beyond the limits; the message is for the user."""


def parse(data: bytes, kind: str) -> list[dict[str, Any]]:
    """
    The sheets of a workbook, each as a dict that JSON can carry.

    Rows are ``[row, [column, kind, text, …]]`` with empty cells left out.

    Raises:
        RefusedError: Too many sheets or cells.

    """
    details = {}
    if kind == "xlsx":
        with zipfile.ZipFile(io.BytesIO(data)) as container:
            percent = _percent_styles(container)
            details = {name: _details(container.read(path), percent) for name, path in _paths(container).items()}
    book = python_calamine.load_workbook(io.BytesIO(data))
    sheets = book.sheets_metadata
    if len(sheets) > MAX_SHEETS:
        raise RefusedError(f"工作簿有 {len(sheets)} 张工作表，超过 {MAX_SHEETS} 张的上限；请只保留需要上报的工作表。")
    found = []
    for sheet in sheets:
        if sheet.typ != python_calamine.SheetTypeEnum.WorkSheet:
            continue
        values = book.get_sheet_by_name(sheet.name)
        detail = details.get(sheet.name)
        found.append(
            {
                "name": sheet.name,
                "hidden": sheet.visible != python_calamine.SheetVisibleEnum.Visible,
                "complete": detail is not None,
                "hidden_rows": detail["hidden_rows"] if detail else [],
                "hidden_columns": detail["hidden_columns"] if detail else [],
                "merges": [[*first, *last] for first, last in values.merged_cell_ranges or ()],
                "rows": list(_rows(values, detail["marks"] if detail else {})),
            }
        )
    return found


def _rows(sheet: Any, marks: dict[tuple[int, int], tuple[str, str]]) -> Iterator[list[Any]]:
    """The rows that hold something; ``marks`` tells what the value reader leaves out."""
    by_row: dict[int, dict[int, tuple[str, str]]] = {}
    for (row, column), mark in marks.items():
        by_row.setdefault(row, {})[column] = mark
    rows = sheet.to_python(skip_empty_area=False)
    for row in range(max(len(rows), max(by_row, default=-1) + 1)):
        cells = {column: _written(value) for column, value in enumerate(rows[row] if row < len(rows) else ()) if value != ""}
        for column, (kind, text) in by_row.get(row, {}).items():
            if kind == "%":
                if column in cells and cells[column][0] == "n":
                    cells[column] = ("n", _percent(cells[column][1]))
            else:
                cells[column] = (kind, text)
        if cells:
            yield [row, [item for column in sorted(cells) for item in (column, *cells[column])]]


def _written(value: Any) -> tuple[str, str]:
    """Kind and text of a value; a number as Excel shows it, with 15 significant digits."""
    match value:
        case bool():
            return "b", "TRUE" if value else "FALSE"
        case int() | float():
            text = f"{value:.15g}"
            return ("n", format(Decimal(text), "f") if "e" in text else text) if text.strip("-") not in ("inf", "nan") else ("s", text)
        case datetime():
            midnight = (value.hour, value.minute, value.second, value.microsecond) == (0, 0, 0, 0)
            return "d", value.date().isoformat() if midnight else value.isoformat(" ", "seconds")
        case date():
            return "d", value.isoformat()
        case _:
            return "s", str(value)


def _percent(text: str) -> str:
    """A fraction as a percentage: 0.978 is 97.8%."""
    shown = Decimal(text).scaleb(2).normalize()
    return f"{shown:f}%"


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


def _percent_styles(container: zipfile.ZipFile) -> frozenset[bytes]:
    """The style numbers that show a number as a percentage."""
    path = next((name for name in container.namelist() if name.lower() == "xl/styles.xml"), None)
    if path is None:
        return frozenset()
    root = ElementTree.fromstring(container.read(path))  # noqa: S314
    percent, styles = set(_PERCENT_FORMATS), set()
    for element in root:
        match element.tag.rpartition("}")[2]:
            case "numFmts":
                percent |= {int(item.get("numFmtId", "0")) for item in element if "%" in _PLAIN_FORMAT.sub("", item.get("formatCode", ""))}
            case "cellXfs":
                for index, item in enumerate(element):
                    if int(item.get("numFmtId", "0")) in percent:
                        styles.add(b"%d" % index)
    return frozenset(styles)


def _details(xml: bytes, percent: frozenset[bytes]) -> dict[str, Any]:
    """
    What the value reader does not tell: hidden rows and columns, errors, formulas without a result, percentages.

    Raises:
        RefusedError: The cells span so wide an area that reading them would exhaust the memory.

    """
    root = _ROOT.search(xml)
    tags = _Tags((root[1] or b"") if root else b"")
    start, end = xml.find(tags.data), xml.rfind(tags.data_end)
    hidden_columns: list[int] = []
    for match in tags.column.finditer(xml, 0, max(start, 0)):
        span = dict(_ATTRIBUTE.findall(match[1]))
        if span.get(b"hidden") in _TRUE:
            hidden_columns += range(int(span.get(b"min", b"1")) - 1, min(int(span.get(b"max", b"1")), 16_384))
    hidden_rows: list[int] = []
    marks: dict[tuple[int, int], tuple[str, str]] = {}
    width = height = 0
    row = -1
    for chunk in xml[max(start, 0) : max(end, 0)].split(tags.row_end):
        for match in tags.row.finditer(chunk):
            number = _NUMBER.search(match[1])
            row = int(number[1]) - 1 if number else row + 1
            if b"hidden" in match[1] and dict(_ATTRIBUTE.findall(match[1])).get(b"hidden") in _TRUE:
                hidden_rows.append(row)
        if b"</" not in chunk:  # bordered, but empty
            continue
        for at_row, column, mark in _cells(chunk, tags.cell, row, percent):
            width, height = max(width, column + 1), max(height, at_row + 1)
            if mark:
                marks[at_row, column] = mark
    if width * height > MAX_CELLS:
        raise RefusedError("表格占用的区域过大（最右或最下方的角落里有内容）；请把需要上报的表格复制到新工作簿再上传。")
    return {"hidden_rows": hidden_rows, "hidden_columns": hidden_columns, "marks": marks}


class _Tags:
    """How the tags of a sheet are spelled; a fixed beginning lets the search run at the speed of memory."""

    def __init__(self, prefix: bytes) -> None:
        self.data, self.data_end = b"<" + prefix + b"sheetData", b"</" + prefix + b"sheetData"
        self.row, self.row_end = re.compile(b"<" + prefix + rb"row\b([^>]*)>"), b"</" + prefix + b"row>"
        self.column = re.compile(b"<" + prefix + rb"col\b([^>]*)>")
        self.cell = re.compile(b"<" + prefix + rb"c\b([^>]*)>(?:(?<=/>)|(.*?)</" + prefix + b"c>)", re.DOTALL)


def _cells(chunk: bytes, cell: re.Pattern[bytes], row: int, percent: frozenset[bytes]) -> Iterator[tuple[int, int, tuple[str, str] | None]]:
    """Row, column and mark of each cell of a row that holds something."""
    column = -1
    for match in cell.finditer(chunk):
        attributes, content = match.groups()
        place = _REFERENCE.search(attributes)
        column = _column_index(place[1]) if place else column + 1
        if content:
            yield int(place[2]) - 1 if place else row, column, _mark(attributes, content, percent)


def _mark(attributes: bytes, content: bytes, percent: frozenset[bytes]) -> tuple[str, str] | None:
    """What is to be said of a cell beyond its value."""
    if b't="s"' in attributes or not (percent or b"t=" in attributes or _FORMULA.search(content)):  # nearly every cell
        return None
    known = dict(_ATTRIBUTE.findall(attributes))
    saved = _SAVED.search(content)
    kind = known.get(b"t", b"n")
    if kind == b"e" and saved:
        return "e", (saved[1] or b"#N/A").decode("utf-8", "replace")
    if not saved:
        formula = _FORMULA.search(content)
        if formula and kind != b"str":  # an empty text is a result as well
            return "f", "=" + (formula[1] or b"").decode("utf-8", "replace")
        return None
    return ("%", "") if kind == b"n" and known.get(b"s") in percent else None


@lru_cache(maxsize=16_384)
def _column_index(letters: bytes) -> int:
    index = 0
    for letter in letters:
        index = index * 26 + letter - 64
    return index - 1


def _limit_process() -> Any:
    """Lay limits on this process where the system has them; the module that can, or None."""
    try:
        import resource
    except ImportError:  # Windows: the parent watches from outside
        return None
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    return resource


def _allow_cpu(resource: Any) -> None:
    """Give the next job its own CPU seconds: the system counts over the life of the process."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    spent = int(usage.ru_utime + usage.ru_stime) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (spent + CPU_SECONDS, resource.getrlimit(resource.RLIMIT_CPU)[1]))


def _answer(data: bytes, kind: str) -> dict[str, Any]:
    try:
        return {"sheets": parse(data, kind)}
    except RefusedError as refused:
        return {"refused": str(refused)}
    except MemoryError:
        return {"refused": "表格太大，读取时超出了内存的限制；请把需要上报的表格复制到新工作簿再上传。"}
    except python_calamine.PasswordError:
        return {"password": True}
    except Exception as error:
        return {"failed": type(error).__name__}


def main(source: BinaryIO, sink: BinaryIO) -> None:
    """Answer jobs until stdin closes."""
    resource = _limit_process()
    while len(header := source.read(8)) == 8:
        length, kind = struct.unpack("<I4s", header)
        if resource:
            _allow_cpu(resource)
        answer = json.dumps(_answer(source.read(length), kind.rstrip().decode()), ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
        sink.write(struct.pack("<I", len(answer)) + answer)
        sink.flush()


if __name__ == "__main__":
    main(sys.stdin.buffer, sys.stdout.buffer)
