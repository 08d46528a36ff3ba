"""Tables on slides: written as one piece of DrawingML, for a library that makes each cell by itself takes ten times as long."""

from collections.abc import Sequence

from kpi.papers.writing.slide_contents import SlideTable, TableCell
from kpi.papers.writing.slide_texts import INK, fitting, height_of, line_width, paragraph, run
from kpi.papers.writing.status_colors import INKS

_SIZES = (18.0, 16.0, 15.0, 14.0, 13.0, 12.0, 11.0, 10.0, 9.0, 8.0)
_MOST_TIMES = 2.0  # as wide as the narrowest of the columns that are broken is the widest of them
_PADDING = 4.0  # points on each side
_HIGHEST = 96.0  # points of a row
_POINT = 12700  # EMU
_HEAD_GROUND, _BAND, _RULE = "DCE6F1", "F6F8FA", "D5DCE6"
_SPACE = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'


def pages(table: SlideTable, width: float, height: float) -> tuple[float, list[tuple[tuple[TableCell, ...], ...]]]:
    """The size of the letters of a table, and its rows on as few pages as they need, in points, about as many on each; at least one row a page."""
    few = len(_pages(table, table.least, width, height))
    size = next((size for size in _SIZES if size > table.least and len(_pages(table, size, width, height)) <= few), table.least)
    return size, _pages(table, size, width, height)


def _pages(table: SlideTable, size: float, width: float, height: float) -> list[tuple[tuple[TableCell, ...], ...]]:
    columns = columns_of(table, width, size)
    top = _height(table.heads, columns, size)
    heights = [_height([cell.text for cell in row], columns, size) for row in table.rows]
    parts = _parted(table.rows, heights, height - top)
    even = _parted(table.rows, heights, min(height - top, sum(heights) / len(parts) + max(heights, default=0.0)))
    return even if len(even) == len(parts) else parts


def _parted(rows: Sequence[tuple[TableCell, ...]], heights: Sequence[float], room: float) -> list[tuple[tuple[TableCell, ...], ...]]:
    """Rows page by page, each as full as it may be."""
    parts: list[list[tuple[TableCell, ...]]] = [[]]
    used = 0.0
    for row, tall in zip(rows, heights, strict=True):
        if parts[-1] and used + tall > room:
            parts.append([])
            used = 0.0
        parts[-1].append(row)
        used += tall
    return [tuple(part) for part in parts]


def columns_of(table: SlideTable, width: float, size: float) -> list[float]:
    """How wide each column is, in points: as its longest text, and where that is too much the longer ones less, each by the same share."""
    texts = zip(table.heads, *([cell.text for cell in row] for row in table.rows), strict=True)
    wanted = [max(line_width(text, size) for text in column) + 2 * _PADDING for column in texts]
    if sum(wanted) <= width:
        return [each * width / sum(wanted) for each in wanted]
    left, longer = width, sorted(wanted)
    while longer[0] <= left / len(longer):
        left -= longer.pop(0)
    shares = [min(each, _MOST_TIMES * longer[0]) for each in longer]  # a column of whole sentences leaves room for the others
    return [min(each, _MOST_TIMES * longer[0]) * left / sum(shares) if each >= longer[0] else each for each in wanted]


def table_xml(table: SlideTable, rows: Sequence[Sequence[TableCell]], width: float, size: float) -> str:
    """A table with these of its rows, its letters of a size in points."""
    columns = columns_of(table, width, size)
    grid = "".join(f'<a:gridCol w="{round(each * _POINT)}"/>' for each in columns)
    heads = [_cell(text, size, each, _HEAD_GROUND, bold=True) for text, each in zip(table.heads, columns, strict=True)]
    head = _row(heads, _height(table.heads, columns, size))
    lines = [
        _row(
            [
                _cell(cell.text, size, each, _BAND if number % 2 else "FFFFFF", INKS[cell.status] if cell.status else INK, bold=cell.status is not None)
                for cell, each in zip(row, columns, strict=True)
            ],
            _height([cell.text for cell in row], columns, size),
        )
        for number, row in enumerate(rows)
    ]
    return f'<a:tbl {_SPACE}><a:tblPr firstRow="1" bandRow="1"/><a:tblGrid>{grid}</a:tblGrid>{head}{"".join(lines)}</a:tbl>'


def _row(cells: Sequence[str], height: float) -> str:
    return f'<a:tr h="{round(height * _POINT)}">{"".join(cells)}</a:tr>'


def _height(texts: Sequence[str], columns: Sequence[float], size: float) -> float:
    """How high a row is: as its highest cell, up to a limit, beyond which letters are smaller."""
    tallest = max(height_of(text, size, column - 2 * _PADDING) for text, column in zip(texts, columns, strict=True))
    return min(tallest, _HIGHEST) + 2 * _PADDING


def _cell(text: str, size: float, width: float, ground: str, ink: str = INK, *, bold: bool = False) -> str:
    shown, size = fitting(text, width - 2 * _PADDING, _HIGHEST, tuple(each for each in _SIZES if each <= size))
    inset = round(_PADDING * _POINT)
    rules = "".join(f'<a:{side} w="6350"><a:solidFill><a:srgbClr val="{_RULE}"/></a:solidFill></a:{side}>' for side in ("lnL", "lnR", "lnT", "lnB"))
    return (
        f"<a:tc><a:txBody><a:bodyPr/><a:lstStyle/>{paragraph(run(shown, size, ink, bold=bold), size)}</a:txBody>"
        f'<a:tcPr marL="{inset}" marR="{inset}" marT="{inset}" marB="{inset}" anchor="ctr">{rules}'
        f'<a:solidFill><a:srgbClr val="{ground}"/></a:solidFill></a:tcPr></a:tc>'
    )
