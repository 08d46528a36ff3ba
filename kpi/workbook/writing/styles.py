"""The look of the workbooks we hand out: one font, four colours, and each cell format made once per book."""

from typing import Any

from kpi.workbook.writing.text_sizes import printed_width

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"  # what a browser is told that they are
YELLOW = "#FFF8DC"  # to be filled in
GREY = "#E7E9ED"  # not to be filled in
BLUE = "#DCE6F1"  # headers
LINE = "#9AA5B1"
FRAME = {"border": 1, "border_color": LINE}


class Styles:
    """The cell formats of one workbook; equal ones are shared, or every cell would carry its own."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, Any], ...], Any] = {}

    def __call__(self, **properties: Any) -> Any:
        """The XlsxWriter format with these properties over the house font."""
        key = tuple(properties.items())
        if key not in self._made:
            self._made[key] = self._book.add_format({"font_name": "微软雅黑", "font_size": 10, "valign": "vcenter", **properties})
        return self._made[key]


def lines(text: str, width: int) -> int:
    """Lines a text takes in a column so many Latin letters wide; a Chinese character is two."""
    return max(1, -(-printed_width(text) // (width - 3)))
