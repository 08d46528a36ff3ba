"""What a question shows of a row or a column: its first figures, each with the words that a person needs to tell what it is."""

from itertools import islice

from kpi.workbook.layout.heading import Part
from kpi.workbook.layout.table_finder import Table

_FIRST = 4  # figures that are shown


def row_figures(table: Table, row: int) -> tuple[tuple[str, str], ...]:
    """The first figures of a row, each with the words over it."""
    cells = (("/".join(column.levels), table.spread.cell(row, column.index).text.strip()) for column in table.figures)
    return tuple(islice((cell for cell in cells if cell[1]), _FIRST))


def column_figures(table: Table, column: int) -> tuple[tuple[str, str], ...]:
    """The first figures of a column, each with the words before it."""
    cells = ((_row_words(table, row), table.spread.cell(row, column).text.strip()) for row in table.rows())
    return tuple(islice((cell for cell in cells if cell[1]), _FIRST))


def _row_words(table: Table, row: int) -> str:
    texts = (table.spread.cell(row, label).text.strip() for label in reversed(table.labels))
    return next((text for text in texts if text), table.part(row, Part.PERIOD).text.strip())
