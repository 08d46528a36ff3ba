"""
A document once it is read, of whatever kind its file is: its passages in the order of reading, each with its place.

A passage is a paragraph or a cell of a table.  Its text holds every letter once: what was deleted is not in it, what was
inserted is, and the automatic number before it stands apart.
"""

from dataclasses import dataclass
from enum import StrEnum

from kpi.papers.issued_paper import IssuedPaper


class PaperPart(StrEnum):
    """Where in a document a passage stands; the values are the words in which its place is named."""

    BODY = "正文"
    TABLE = "表"
    FOOTNOTE = "脚注"
    ENDNOTE = "尾注"
    HEADER = "页眉"
    FOOTER = "页脚"
    TEXT_BOX = "文本框"


@dataclass(frozen=True, slots=True)
class TablePlace:
    """The place of a cell: the number of its table in the document, its row and column from 1, and how many of each it covers."""

    table: int
    row: int
    column: int
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True, slots=True)
class Passage:
    """
    One paragraph, or one cell of a table.

    Attributes:
        text: Its letters; those of several paragraphs of a cell are joined by a line break.
        part: Where it stands.
        place: The same in words: 正文第3段, 表2第4行第1列, 脚注1.
        index: Its place in ``Paper.passages``.
        number: The automatic number before it, as it is shown: 一、 (二) or nothing.
        cell: Its place in a table; None outside of tables.
        heading: The level of the heading that it is, 0 of text.

    """

    text: str
    part: PaperPart
    place: str
    index: int
    number: str = ""
    cell: TablePlace | None = None
    heading: int = 0


@dataclass(frozen=True, slots=True)
class Paper:
    """
    A document: its name, its passages in the order of reading, and sentences on what of it could not be read or is still open.

    ``issued`` is what it said when it was written from the store; None of a document that was not.
    """

    name: str
    passages: tuple[Passage, ...]
    notes: tuple[str, ...] = ()
    issued: IssuedPaper | None = None
