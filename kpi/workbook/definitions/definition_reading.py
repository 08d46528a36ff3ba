"""
A workbook of definitions read back into the catalogue, or everything that is wrong with it, cell by cell.

The cells are read first, then put into the tables of the files, then judged by the same checker as these.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from kpi.catalog.fault_line import nearest
from kpi.catalog.files import Folder
from kpi.catalog.load import catalog_of
from kpi.catalog.model import Catalog
from kpi.catalog.noun_fields import NounSheet
from kpi.catalog.noun_sheets import NOUN_SHEETS
from kpi.catalog.row_gathering import NounRow, gather
from kpi.errors import CatalogError
from kpi.place import Place, cell_name
from kpi.workbook.definitions.field_reading import FieldError, cell_value
from kpi.workbook.definitions.sheet_where import SheetWhere, fault_line
from kpi.workbook.grid import Sheet

GUIDE = "说明"  # the first sheet, which defines nothing


def read_definitions(sheets: Sequence[Sheet], name: str) -> Catalog:
    """
    The catalogue that a workbook defines.

    Args:
        sheets: All of it, as `Parser.definitions` gives them.
        name: Of the file, for the faults.

    Raises:
        CatalogError: With every fault: one Chinese line each, with the file, the sheet, the cell and what to do.

    """
    reading = _DefinitionReading(name)
    reading.read(sheets)
    return reading.catalog()


class _DefinitionReading:
    """One workbook while it is read."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._faults: list[str] = []
        self._unreadable: list[str] = []  # how lines about cells begin that could not be read
        self._columns: dict[str, dict[str, int]] = {}
        self._rows: dict[str, list[NounRow]] = {noun: [] for noun in NOUN_SHEETS}
        self._complete = True

    def read(self, sheets: Sequence[Sheet]) -> None:
        """Read the sheets of all nouns."""
        titles = {sheet.title: sheet for sheet in NOUN_SHEETS.values()}
        there = {sheet.name.strip() for sheet in sheets}
        if there.isdisjoint(titles):
            raise CatalogError((f"{self._name}：不是指标目录的工作簿，里面没有「科室」「数据项」这样的工作表；请用 catalog export 先写出一个，照样填。",))
        for title in titles:
            if title not in there:
                self._complete = False
                self._faults.append(f"{self._name}：缺少工作表「{title}」；请从 catalog export 导出的工作簿里照样补上，没有内容的也留着表头。")
        for sheet in sheets:
            noun = titles.get(sheet.name.strip())
            if noun:
                self._read_sheet(sheet, noun)
            elif sheet.name.strip() != GUIDE and any(sheet.rows[row] for row in sheet.rows):
                self._say(Place(sheet.name), f"不认识工作表「{sheet.name}」{nearest(sheet.name, [*titles])}；请改正名称，或删去这张表")

    def catalog(self) -> Catalog:
        """
        What was read, judged by the checker.

        Raises:
            CatalogError: As `read_definitions`.

        """
        gathering = gather(self._rows)
        for fault in gathering.faults:
            heading = NOUN_SHEETS[fault.row.noun].field(fault.key).heading
            self._add(fault_line(self._name, fault.row, fault.key, self._columns, f"「{heading}」{fault.words}"))
        places = {key: SheetWhere(self._name, "", rows, self._columns) for key, rows in gathering.entries.items()}
        complete = self._complete and gathering.complete
        folder = Folder(gathering.documents, () if complete else (self._name,), (), "", places)
        try:
            catalog = catalog_of(folder)
        except CatalogError as error:
            for line in error.faults:
                self._add(line)
        if self._faults:
            raise CatalogError(tuple(self._faults))
        return catalog

    def _add(self, line: str) -> None:
        """A fault of the tables; where the cell could not be read, that is the fault, and what follows from it is none."""
        if not line.startswith(tuple(self._unreadable)):
            self._faults.append(line)

    def _say(self, place: Place, words: str) -> None:
        self._faults.append(f"{self._name} 的 {place}：{words}。")

    def _read_sheet(self, sheet: Sheet, noun: NounSheet) -> None:
        """The rows of a sheet below its headings."""
        columns = self._columns[noun.noun] = dict(self._headings(sheet, noun))
        for row in sorted(sheet.rows):
            cells = sheet.rows[row]
            if row == 0 or not any(cell.text.strip() for cell in cells.values()):
                continue
            stray = [column for column, cell in cells.items() if cell.text.strip() and not sheet.cell(0, column).text.strip()]
            for column in stray:
                self._say(Place(noun.title, cell_name(row, column)), "这一列没有表头；请补上表头，或清空这一格")
            values = dict(self._values(sheet, noun, row, columns))
            self._rows[noun.noun].append(NounRow(noun.noun, values, row + 1))

    def _headings(self, sheet: Sheet, noun: NounSheet) -> Iterator[tuple[str, int]]:
        """The column of each field."""
        keys = {field.heading: field.key for field in noun.fields}
        spelled = {"".join(heading.split()): heading for heading in keys}  # however many blanks somebody leaves in one
        seen: dict[str, int] = {}
        for column, cell in sorted(sheet.rows.get(0, {}).items()):
            text = "".join(cell.text.split())
            heading = spelled.get(text, text)
            place = Place(noun.title, cell_name(0, column))
            if heading in seen:
                self._say(place, f"表头「{heading}」写了两次，{cell_name(0, seen[heading])} 已经有了；请删去一列")
            elif heading in keys:
                seen[heading] = column
                yield keys[heading], column
            elif heading:
                self._say(place, f"不认识表头「{heading}」{nearest(heading, [*keys])}；请改正，或删去这一列")
        if missing := [heading for heading in keys if heading not in seen]:
            self._complete = False
            self._say(Place(noun.title, cell_name(0, 0)), f"第一行缺少表头 {'、'.join(missing)}；请补上，不填的也留着这一列")

    def _values(self, sheet: Sheet, noun: NounSheet, row: int, columns: Mapping[str, int]) -> Iterator[tuple[str, Any]]:
        """The fields of a row that are written; the others are left out."""
        for field in noun.fields:
            column = columns.get(field.key)
            if column is None:
                continue
            try:
                value = cell_value(field, sheet.cell(row, column))
            except FieldError as error:
                self._complete = self._complete and not (field.apart or field is noun.fields[0])
                self._unreadable += (f"{self._name} 的 {Place(noun.title, cell_name(row, column))}{end}" for end in ("：", "（"))
                self._say(Place(noun.title, cell_name(row, column)), f"「{field.heading}」{error}")
                continue
            if value is not None:
                yield field.key, value
