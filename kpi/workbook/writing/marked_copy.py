"""
The statistician's own workbook back, with what is to be mended shown where it stands.

Each cell with a finding gets the colour of its severity and a comment that says what is seen and what to do; a sheet
核对意见 in front lists them all and leads to the cells.  Everything else stays as far as openpyxl keeps it: formulas and
formats do, charts may look otherwise, shapes are lost.  Files that openpyxl cannot open, or could only open at the cost of the
whole machine, give a new workbook with that sheet alone.
"""

import io
import re
import warnings
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from kpi.finding import Finding, Severity
from kpi.place import cell_name, column_index
from kpi.workbook.personal.masking import mask_titles
from kpi.workbook.process.sniffing import Kind, sniff

FINDINGS_SHEET = "核对意见"
_HEADERS = ("序号", "程度", "位置", "所见", "怎样改")
_WIDTHS = (6, 10, 26, 60, 60)
_COLORS = {Severity.BLOCK: "FFF4B6B6", Severity.CHECK: "FFFFD58A", Severity.HINT: "FFCFE3F7"}
_HEADING = "—— 核对意见 ——"
_ORDER = tuple(Severity)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_MERGED = re.compile(rb"""<(?:\w+:)?mergeCell\b[^>]*?\bref=["']\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})["']""")
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")
_MAX_TEXT = 8 * 2**20  # bytes of XML: openpyxl makes an object of every cell, a second and a hundred megabytes for so much
_MAX_MERGED = 200_000  # cells of merged areas, of each of which it makes one too
_MAX_CELLS = 500  # coloured for one finding about a whole row or column
_LONGEST = 32_000  # characters Excel takes in a cell


def mark(data: bytes, findings: Iterable[Finding], headline: str = "") -> bytes:
    """
    Show findings in the workbook they are about.

    Args:
        data: The file as it was uploaded, of any format.
        findings: What was found in it, in any order.
        headline: What stands in the first line of the list, above its head; nothing unless told.

    Returns:
        The bytes of an .xlsx file; never raises for a file that is no workbook or a strange one.

    """
    ordered = sorted(findings, key=lambda finding: _ORDER.index(finding.severity))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about parts of a workbook that openpyxl leaves out
        try:
            if _openable(data):
                return _marked(data, ordered, headline)
        except Exception:  # noqa: S110 - a workbook can be strange in any way; the list alone is better than nothing
            pass
    return _listed(ordered, headline)


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What a marked copy will be: the workbook itself or the list alone, and what of the workbook it loses."""

    cells: bool  # the cells themselves are marked; else there is only the list
    drawings: bool = False  # charts, pictures or shapes are there, and may suffer or be lost
    formulas: bool = False  # formulas are there, whose results are known only after Excel or WPS has opened and saved it


def foreseen(data: bytes) -> Foreseen:
    """Tell what `mark` will make of a file; never raises."""
    try:
        if not _openable(data):
            return Foreseen(cells=False)
        with zipfile.ZipFile(io.BytesIO(data)) as container:
            names = container.namelist()
            sheets = [name for name in names if name.startswith("xl/worksheets/") and name.endswith(".xml")]
            drawings = any(name.startswith(("xl/charts/", "xl/drawings/drawing", "xl/media/")) for name in names)
            return Foreseen(cells=True, drawings=drawings, formulas=any(_FORMULA.search(container.read(name)) for name in sheets))
    except Exception:
        return Foreseen(cells=False)


def _marked(data: bytes, findings: Sequence[Finding], headline: str) -> bytes:
    """The workbook itself, its cells marked and the list in front."""
    from openpyxl import load_workbook  # a third of a second that only a marked copy costs

    book = load_workbook(io.BytesIO(data))
    _forget(book)
    sheets = dict(zip(mask_titles(sheet.title for sheet in book.worksheets), book.worksheets, strict=True))  # as findings call them
    by_cell: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        if finding.place.sheet in sheets and finding.place.cell:
            for cell in _cells(sheets[finding.place.sheet], finding.place.cell):
                by_cell.setdefault((finding.place.sheet, cell), []).append(finding)
    for (name, cell), here in by_cell.items():
        _color(sheets[name], cell, here[0].severity)
    commented = {(name, cell): [f for f in here if _first(sheets[name], f.place.cell) == cell] for (name, cell), here in by_cell.items()}
    for (name, cell), here in commented.items():
        if here:
            _comment(sheets[name][cell], here)
    _list(book.create_sheet(FINDINGS_SHEET, 0), findings, sheets, headline)
    for sheet in book.worksheets:
        sheet.sheet_view.tabSelected = False  # two selected sheets would be edited together
    book.active = 0
    return _saved(book)


def _listed(findings: Sequence[Finding], headline: str) -> bytes:
    """A new workbook that holds the list alone."""
    from openpyxl import Workbook

    book = Workbook()
    book.active.title = FINDINGS_SHEET
    _list(book.active, findings, {}, headline)
    return _saved(book)


def _saved(book: Any) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _list(sheet: Any, findings: Sequence[Finding], sheets: dict[str, Any], headline: str) -> None:
    """Fill the sheet 核对意见: above its head the headline, then one finding a row, the worst first, each leading to its cell."""
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.worksheet.hyperlink import Hyperlink

    head = 2 if headline else 1
    if headline:
        _write(sheet.cell(1, 1), headline)
        sheet.cell(1, 1).font = Font(bold=True)
    for column, (header, width) in enumerate(zip(_HEADERS, _WIDTHS, strict=True), start=1):
        cell = sheet.cell(head, column)
        _write(cell, header)
        cell.font = Font(bold=True)
        sheet.column_dimensions[cell.column_letter].width = width
    for row, finding in enumerate(findings, start=head + 1):
        every = f"；全部 {len(finding.cases)} 件：{'、'.join(finding.cases)}" if finding.cases else ""
        texts = (str(row - head), finding.severity.chinese, _spoken(finding), f"{finding.seen}{every}", finding.remedy)
        for column, text in enumerate(texts, start=1):
            cell = sheet.cell(row, column)
            _write(cell, text)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
        sheet.cell(row, 2).fill = PatternFill("solid", start_color=_COLORS[finding.severity])
        target = sheets.get(finding.place.sheet)
        if target is not None:
            link = sheet.cell(row, 3)
            first = _first(target, finding.place.cell) if finding.place.cell else "A1"
            link.hyperlink = Hyperlink(ref=link.coordinate, location="'{}'!{}".format(target.title.replace("'", "''"), first))
            link.font = Font(color="FF0563C1", underline="single")
    if not findings:
        _write(sheet.cell(head + 1, 4), "没有需要核对的问题")
    sheet.freeze_panes = f"A{head + 1}"


def _write(cell: Any, text: str) -> None:
    """Text as text, whatever it begins with: = + - @ must not start to calculate."""
    clean = _clean(text)
    cell.value = clean
    cell.data_type = "s"
    if clean[:1] in ("=", "+", "-", "@"):
        cell.quotePrefix = True  # still text after someone has opened the cell for editing


def _comment(cell: Any, findings: Sequence[Finding]) -> None:
    """Hang the findings on a cell, below what its owner wrote there."""
    from openpyxl.comments import Comment

    own = f"{cell.comment.text.rstrip()}\n\n" if cell.comment is not None else ""
    author = cell.comment.author if cell.comment is not None else FINDINGS_SHEET
    text_of_findings = "\n\n".join(f"【{finding.severity.chinese}】\n所见：{finding.seen}\n怎样改：{finding.remedy}" for finding in findings)
    cell.comment = Comment(_clean(f"{own}{_HEADING}\n{text_of_findings}"), author, height=80 + 80 * len(findings), width=360)


def _color(sheet: Any, cell: str, severity: Severity) -> None:
    from openpyxl.styles import PatternFill

    sheet[cell].fill = PatternFill("solid", start_color=_COLORS[severity])


def _forget(book: Any) -> None:
    """Take away the marks of an earlier copy that was mended and sent in again."""
    from openpyxl.comments import Comment
    from openpyxl.styles import PatternFill

    for sheet in book.worksheets:
        if sheet.title.startswith(FINDINGS_SHEET) and _has_head(sheet):
            book.remove(sheet)
            continue
        for cell in list(sheet._cells.values()):  # iter_rows would make every cell between the farthest two
            if cell.fill.start_color.rgb in _COLORS.values():
                cell.fill = PatternFill()
            if cell.comment is not None and _HEADING in cell.comment.text:
                own = cell.comment.text.partition(_HEADING)[0].rstrip()
                cell.comment = Comment(own, cell.comment.author) if own else None


def _has_head(sheet: Any) -> bool:
    """Whether a sheet is our list, with or without a headline above it."""
    return any(tuple(sheet.cell(row, column).value for column in range(1, len(_HEADERS) + 1)) == _HEADERS for row in (1, 2))


def _cells(sheet: Any, place: str) -> Iterator[str]:
    """The used cells of a place, the first always among them; of a merged area the cell that shows."""
    from openpyxl.utils import range_boundaries

    first_column, first_row, last_column, last_row = range_boundaries(place)
    left, top = first_column or 1, first_row or 1  # 5:5 names a row without its columns
    right, bottom = last_column or sheet.max_column, last_row or sheet.max_row
    names = (cell_name(row - 1, column - 1) for row in range(top, bottom + 1) for column in range(left, right + 1))
    seen = set()
    for name, _ in zip(names, range(_MAX_CELLS), strict=False):
        shown = _shown(sheet, name)
        if shown not in seen:
            seen.add(shown)
            yield shown


def _first(sheet: Any, place: str) -> str:
    return next(_cells(sheet, place))


def _shown(sheet: Any, cell: str) -> str:
    """The cell itself, or the first of the merged area it lies in."""
    for area in sheet.merged_cells.ranges:
        if cell in area:
            return str(area.coord.partition(":")[0])
    return cell


def _spoken(finding: Finding) -> str:
    """The place of a finding, for a reader."""
    return str(finding.place) if finding.place.sheet else "全表"


def _clean(text: str) -> str:
    """The text without the signs that no workbook can keep."""
    return _CONTROL.sub("", text)[:_LONGEST]


def _openable(data: bytes) -> bool:
    """
    Whether openpyxl can open a file and will come back from it.

    Raises:
        Exception: It is no workbook at all, or a broken one.

    """
    if sniff(data) is not Kind.XLSX:
        return False
    with zipfile.ZipFile(io.BytesIO(data)) as container:
        texts = [entry for entry in container.infolist() if entry.filename.lower().endswith((".xml", ".rels"))]
        return sum(entry.file_size for entry in texts) <= _MAX_TEXT and all(_harmless(container.read(entry)) for entry in texts)


def _harmless(xml: bytes) -> bool:
    """No entities that could grow, no merged area of millions of cells."""
    merged = sum(_area(match) for match in _MERGED.finditer(xml))
    return b"<!DOCTYPE" not in xml and b"<!ENTITY" not in xml and merged <= _MAX_MERGED


def _area(match: re.Match[bytes]) -> int:
    left, top, right, bottom = match.groups()
    width, height = column_index(right) - column_index(left) + 1, int(bottom) - int(top) + 1
    return abs(width * height)
