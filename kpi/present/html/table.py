"""
The table (表): rows of printed figures that can be sorted by value, searched, opened and taken away.

On a narrow screen and on paper the same rows are cards or whole tables; the style sheet decides, the rows are written once.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from kpi.compute.row import Status
from kpi.present.html.bullet import Bullet
from kpi.present.html.spark import Spark
from kpi.present.numbers import NOTHING
from kpi.workbook.writing.table_book import CellValue

_BRIEF = 8  # signs: 食品安全协调科, 越高越好
MOST_ROWS = 300  # that a page draws of a table


@dataclass(frozen=True, slots=True)
class Badge:
    """Shape, word and the name of its colour in the style sheet."""

    text: str
    kind: str


@dataclass(frozen=True, slots=True)
class Tail:
    """A line below what is read, which leads elsewhere."""

    text: str
    link: str
    badge: Badge | None = None


@dataclass(frozen=True, slots=True)
class HtmlCell:
    """
    A cell.

    ``text`` is what is read, ``value`` what it is sorted by and what goes into a workbook: a number, a day or a word.
    """

    text: str = ""
    value: CellValue = None
    badges: tuple[Badge, ...] = ()
    bullet: Bullet | None = None
    spark: Spark | None = None
    link: str = ""
    order: CellValue = None  # what it is sorted by, where that is not its value
    note: str = ""  # a second line, smaller
    note_value: CellValue = None  # the number in it
    notes: tuple[str, ...] = ()  # and more of them
    tail: Tail | None = None

    @property
    def fixed(self) -> bool:
        """Whether its text is one that no line may break: a badge, a day."""
        return bool(self.badges) or isinstance(self.value, date | datetime)

    @property
    def brief(self) -> bool:
        """Whether its text is a few signs, which stay on their line where the table is not in a panel."""
        return len(self.text) <= _BRIEF

    @property
    def sorting(self) -> str:
        """What the script sorts by: numbers and days before words, nothing last."""
        value = self.value if self.order is None else self.order
        if isinstance(value, Decimal | int | float):
            return f"n{value}"
        if isinstance(value, date | datetime):
            return f"d{value.isoformat()}"
        words = self.text or "".join(badge.text for badge in self.badges)
        return f"w{words}" if words and words != NOTHING else ""


@dataclass(frozen=True, slots=True)
class HtmlColumn:
    """A column: its head, whether it holds numbers, how wide it is, and what a narrow screen does with it."""

    head: str
    numeric: bool = False
    wide: bool = False  # holds sentences: a third of the table, if the others leave that
    title: bool = False  # the name of the row
    most: str = ""  # the widest it becomes, in CSS
    note_head: str = ""  # in a workbook: the head of what stands below its cells


@dataclass(frozen=True, slots=True)
class HtmlRow:
    """A row: its cells by head, where it leads, and the name of its status in the style sheet."""

    cells: Mapping[str, HtmlCell]
    link: str = ""
    kind: str = ""
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class HtmlTable:
    """A table with its name, and whether its rows can be searched."""

    name: str
    columns: Sequence[HtmlColumn]
    rows: Sequence[HtmlRow]
    search: bool = False
    classes: str = ""
    filled: Sequence[HtmlColumn] = field(init=False)

    def __post_init__(self) -> None:
        """Leave out the columns that no row fills."""
        filled = [column for column in self.columns if any(_filled(row.cells.get(column.head)) for row in self.rows)]
        object.__setattr__(self, "filled", filled)

    @property
    def shown(self) -> Sequence[HtmlRow]:
        """The rows that a page draws: a browser cannot scroll or sort thousands; a workbook has them all."""
        return self.rows[:MOST_ROWS]

    @property
    def bullets(self) -> bool:
        """Whether any of its cells is a bullet, which has to be explained."""
        return any(cell.bullet for row in self.shown for cell in row.cells.values())


def status_badge(status: Status, shape_and_word: str) -> Badge:
    """The badge of a status."""
    return Badge(shape_and_word, status.name.lower())


def _filled(cell: HtmlCell | None) -> bool:
    return cell is not None and bool(cell.text or cell.badges or cell.bullet or cell.spark)
