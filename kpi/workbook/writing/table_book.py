"""
A workbook of tables as a page shows them: numbers stay numbers with the format they are read in, days stay days.

Text is written as text, whatever sign it begins with, so that nothing somebody wrote becomes a formula or a link.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

from kpi.workbook.writing.book_charts import CHART_SHEET, BookChart, write_charts
from kpi.workbook.writing.styles import BLUE, FRAME, Styles, lines
from kpi.workbook.writing.text_sizes import letters, printed_width

CellValue = Decimal | int | float | str | date | datetime | None
_PRINTED = re.compile(r"(?P<before>[^\d+-]*)(?P<number>[+-]?[\d,]+(?:\.(?P<decimals>\d+))?)(?P<after>[^\d]*)")
_NARROWEST, _AROUND = 8, 3  # of a column, in Latin letters
_SIDE, _BELOW = 0.4, 0.6  # margins of a printed page, in inches
_INDENTED = {"align": "left", "indent": 1}  # a text stands apart from a number in the column before it
_HIGHEST = 409  # points that a row may have
_ABOVE = 2  # lines above the heads of a table, besides those of its facts
_NAME = 31  # letters that a sheet's name may have
_LONGEST, _REST = 32767, "……（太长，全文在网页上）"  # letters of a cell: of a longer one the writer would leave nothing
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")


@dataclass(frozen=True, slots=True)
class BookCell:
    """A cell: what is read on the page, and the number or day behind it; None where the text is all."""

    text: str
    value: CellValue = None
    ink: str = ""  # RRGGBB of a text that has a colour of its own, in bold


@dataclass(frozen=True, slots=True)
class BookTable:
    """A table: its name, the heads of its columns, its rows; ``widest`` is what a column may be, in Latin letters, before its texts are broken."""

    name: str
    heads: Sequence[str]
    rows: Sequence[Sequence[BookCell]]
    widest: int = 60


def write_tables(title: str, facts: Sequence[str], tables: Sequence[BookTable], charts: Sequence[BookChart] = ()) -> bytes:
    """
    Write tables into a workbook, one sheet each.

    Args:
        title: First line of every sheet: whose figures of which month.
        facts: Lines below it: to which day the figures run, the code of an edition.
        tables: At least one.
        charts: Lines over rows of the tables, which stand on a sheet of their own behind the tables; none unless told.

    """
    import xlsxwriter  # most visits take no table away

    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}) as book:
        book.set_properties({"title": title})
        styles = Styles(book)
        names: set[str] = set()
        places = {}
        for table in tables:
            places[table.name] = sheet = _named(table.name, names)
            _write(book, styles, sheet, title, facts, table)
        if charts:
            sheet = _named(CHART_SHEET, names)
            write_charts(book, book.add_worksheet(sheet), (title, *facts), charts, places, len(facts) + _ABOVE)
    return buffer.getvalue()


def number_format(text: str) -> tuple[str, bool]:
    """
    The number format that prints a number as it is read: ``1,763 批次`` is ``#,##0" 批次"``, ``97.8%`` is ``0.0%``.

    Returns:
        The format, and whether the number is one of a hundred, as Excel wants a per cent.

    """
    match = _PRINTED.fullmatch(text)
    if match is None:
        return "General", False
    decimals = f".{'0' * len(match['decimals'])}" if match["decimals"] else ""
    after = match["after"]
    hundred = after == "%"
    shape = f"0{decimals}%" if hundred else f"#,##0{decimals}{_quoted(after)}"
    if match["number"].startswith("+"):
        return f"{_quoted(match['before'])}+{shape}", hundred  # of this number alone, which is above 0
    return f"{_quoted(match['before'])}{shape}", hundred


def _quoted(text: str) -> str:
    return '"' + text.replace('"', "”") + '"' if text else ""


def _named(name: str, names: set[str]) -> str:
    """The name of a sheet: short enough, without the signs that a workbook forbids, no name twice."""
    plain = _FORBIDDEN.sub("", name).strip("'")[:_NAME] or "表"
    unique, number = plain, 2
    while unique in names:
        unique = f"{plain[: _NAME - 4]}（{number}）"
        number += 1
    names.add(unique)
    return unique


def _write(book: Any, styles: Styles, name: str, title: str, facts: Sequence[str], table: BookTable) -> None:
    sheet = book.add_worksheet(name)
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.set_margins(left=_SIDE, right=_SIDE, top=_SIDE, bottom=_BELOW)  # a wide table is printed as large as the paper allows
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&L&A&R第 &P 页，共 &N 页")
    sheet.write_string(0, 0, title, styles(bold=True, font_size=14))
    for line, fact in enumerate(facts, 1):
        sheet.write_string(line, 0, fact, styles(font_color="#4A5666"))
    top = len(facts) + _ABOVE
    for column, head in enumerate(table.heads):
        look = {"align": "right"} if _of_numbers(row[column] for row in table.rows) else _INDENTED
        sheet.write_string(top, column, head, styles(bold=True, bg_color=BLUE, text_wrap=True, **FRAME, **look))
        widest = max([printed_width(head), *(printed_width(row[column].text) for row in table.rows)], default=0)
        sheet.set_column(column, column, min(max(widest + _AROUND, _NARROWEST), table.widest))
    for place, row in enumerate(table.rows, top + 1):
        for column, cell in enumerate(row):
            _cell(sheet, styles, place, column, cell)
        tallest = max((lines(cell.text, table.widest) for cell in row), default=1)
        if tallest > 1:
            sheet.set_row(place, min(15 * tallest, _HIGHEST))
    sheet.freeze_panes(top + 1, 0)
    sheet.repeat_rows(top)
    if table.rows:
        sheet.autofilter(top, 0, top + len(table.rows), len(table.heads) - 1)


def _number(cell: BookCell) -> Decimal | int | float | None:
    """The number that a cell is written as; None of one that holds none, or prints none that a format can print."""
    value = cell.value
    if isinstance(value, Decimal | int | float) and not isinstance(value, bool) and number_format(cell.text)[0] != "General":
        return value
    return None


def _of_numbers(cells: Iterable[BookCell]) -> bool:
    """Whether most cells of a column that hold something are numbers."""
    filled = [_number(cell) is not None for cell in cells if cell.text]
    return sum(filled) * 2 > len(filled)


def _cell(sheet: Any, styles: Styles, row: int, column: int, cell: BookCell) -> None:
    value = cell.value
    if isinstance(value, datetime):
        sheet.write_datetime(row, column, value, styles(num_format="yyyy-mm-dd hh:mm", **FRAME, **_INDENTED))
    elif isinstance(value, date):
        sheet.write_datetime(row, column, value, styles(num_format="yyyy-mm-dd", **FRAME, **_INDENTED))
    elif (number := _number(cell)) is not None:
        shape = number_format(cell.text)
        sheet.write_number(row, column, float(number) / (100 if shape[1] else 1), styles(num_format=shape[0], **FRAME))
    elif not cell.text:
        sheet.write_blank(row, column, None, styles(**FRAME))  # a text of no letters a chart would draw as nought
    else:
        text = cell.text if letters(cell.text) <= _LONGEST else f"{cell.text[: _LONGEST // 2 - len(_REST)]}{_REST}"
        sheet.write_string(
            row, column, text, styles(text_wrap=True, **FRAME, **_INDENTED, **({"font_color": f"#{cell.ink}", "bold": True} if cell.ink else {}))
        )
