"""The workbook that a chart of a slide carries: its categories and numbers, texts as texts."""

from collections.abc import Sequence
from io import BytesIO


def chart_data_book(categories: Sequence[str], series: Sequence[tuple[str, Sequence[float | None]]]) -> bytes:
    """
    The data of a chart: the categories in the first column from the second row on, each series in a column under its name.

    Args:
        categories: The names along the axis.
        series: The name of each series and its values, None where there is none.

    """
    import xlsxwriter  # most visits take no chart away

    buffer = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        sheet = book.add_worksheet("Sheet1")  # as the chart calls it
        sheet.set_column(0, 0, 30)
        for row, category in enumerate(categories, 1):
            sheet.write_string(row, 0, category)
        for column, (name, values) in enumerate(series, 1):
            sheet.write_string(0, column, name)
            for row, value in enumerate(values, 1):
                if value is not None:
                    sheet.write_number(row, column, value)
    return buffer.getvalue()
