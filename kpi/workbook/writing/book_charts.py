"""Native line charts over the rows of a table of a workbook, on a sheet of their own; a month without a figure stays a gap."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

CHART_SHEET = "图"
_WIDTH, _HEIGHT, _ACROSS = 620, 300, 2  # pixels of a chart, and how many stand side by side
_ROWS, _COLUMNS = 16, 10  # that a chart covers
_APART = 6  # pixels below the break of a page, or its frame would be printed on the page before too
_SCALE, _DOWN = 60, 3  # per cent in print, and how many stand one below the other on a page
_FONT = {"name": "微软雅黑", "size": 10}


class LineLook(StrEnum):
    """How a line is drawn."""

    FULL = "full"
    PALE = "pale"
    DASHED = "dashed"


_LOOKS: Mapping[LineLook, tuple[str, float, str]] = {
    LineLook.FULL: ("#1F5FA8", 2.25, "solid"),
    LineLook.PALE: ("#9AA5B1", 1.75, "solid"),
    LineLook.DASHED: ("#B25E09", 1.5, "dash"),
}


@dataclass(frozen=True, slots=True)
class BookChart:
    """
    Lines over some rows of a table.

    Attributes:
        table: The name of the table.
        rows: Which of its rows, from 0, each with its look.
        title_column: The column in which the first of them has the name of the chart.
        name_column: The column in which each has the name of its line.
        columns: The first and the last column of the values, whose heads are the categories.

    """

    table: str
    rows: Sequence[tuple[int, LineLook]]
    title_column: int
    name_column: int
    columns: tuple[int, int]


def write_charts(book: Any, sheet: Any, lines: Sequence[str], charts: Sequence[BookChart], places: Mapping[str, str], top: int) -> None:
    """
    Draw charts on an empty sheet.

    Args:
        book: The XlsxWriter workbook.
        sheet: Its sheet.
        lines: What stands above them.
        charts: The charts.
        places: The sheet of each table by its name.
        top: The row of the heads of every table.

    """
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.set_print_scale(_SCALE)  # fitted to a page in width, breaks between charts would not count
    sheet.set_h_pagebreaks([len(lines) + 1 + down for down in range(_DOWN * _ROWS, -(-len(charts) // _ACROSS) * _ROWS, _DOWN * _ROWS)])
    for row, line in enumerate(lines):
        sheet.write_string(row, 0, line, book.add_format({"font_name": "微软雅黑", "bold": row == 0, "font_size": 10 if row else 14}))
    for number, chart in enumerate(charts):
        down, across = divmod(number, _ACROSS)
        sheet.insert_chart(len(lines) + 1 + down * _ROWS, across * _COLUMNS, _drawn(book, chart, places[chart.table], top), {"y_offset": _APART})


def _drawn(book: Any, chart: BookChart, sheet: str, top: int) -> Any:
    first, last = chart.columns
    drawn = book.add_chart({"type": "line"})
    for row, look in chart.rows:
        color, width, dash = _LOOKS[look]
        place = top + 1 + row
        series = {
            "name": [sheet, place, chart.name_column],
            "categories": [sheet, top, first, top, last],
            "values": [sheet, place, first, place, last],
            "line": {"color": color, "width": width, "dash_type": dash},
        }
        drawn.add_series(
            series | ({} if look is LineLook.DASHED else {"marker": {"type": "circle", "size": 4, "fill": {"color": color}, "border": {"none": True}}})
        )
    title = [sheet, top + 1 + chart.rows[0][0], chart.title_column]
    drawn.set_title({"name": title, "name_font": {**_FONT, "size": 12, "bold": True}, "overlay": False})
    drawn.set_legend({"position": "bottom", "font": _FONT})
    drawn.set_x_axis({"num_font": _FONT})
    drawn.set_y_axis({"num_font": _FONT, "major_gridlines": {"visible": True, "line": {"color": "#E3E8EF"}}, "line": {"none": True}})
    drawn.show_blanks_as("gap")
    drawn.set_size({"width": _WIDTH, "height": _HEIGHT})
    return drawn
