"""A Word file as a document: body, tables, text boxes, notes, headers and footers, in the order of reading."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from lxml import etree

from kpi.papers.paper import Paper, PaperPart, Passage, TablePlace
from kpi.papers.reading.headings import heading_by_form
from kpi.papers.reading.issued_part import issued_paper
from kpi.papers.reading.word_letters import blocks_of, boxes_of, letters_of, runs_on
from kpi.papers.reading.word_names import TABLE, W
from kpi.papers.reading.word_notes import notes_on
from kpi.papers.reading.word_numbering import WordNumbering
from kpi.papers.reading.word_package import WordPackage
from kpi.papers.reading.word_styles import WordStyles
from kpi.papers.reading.word_tables import cells_of

_BESIDE = (("footnotes", PaperPart.FOOTNOTE, "footnote"), ("endnotes", PaperPart.ENDNOTE, "endnote"))
_AROUND = (("header", PaperPart.HEADER), ("footer", PaperPart.FOOTER))


@dataclass(frozen=True, slots=True)
class WordPlace:
    """
    Where in the file a passage stands.

    Attributes:
        part: The name of the part of the file.
        story: Where in the part: the body, or the note.
        pieces: The text of the passage piece by piece, each with the element that holds it; none holds automatic numbers and line breaks of cells.

    """

    part: str
    story: etree._Element
    pieces: tuple[tuple[str, etree._Element | None], ...]


Placed = tuple[Passage, tuple[tuple[str, etree._Element | None], ...]]


class WordReader:
    """
    Reads a Word file.

    Raises:
        PaperError: It cannot be read.

    """

    def __init__(self, data: bytes, name: str) -> None:
        self.package = WordPackage(data)
        self._name = name
        self._styles = WordStyles(self.package)
        self._numbering = WordNumbering(self.package, self._styles)
        self.places: list[WordPlace] = []
        self.roots: dict[str, etree._Element] = {}
        self._counts: dict[PaperPart, int] = {}

    def document(self) -> Paper:
        """The document; ``places`` then says of each passage where it stands."""
        passages: list[Passage] = []
        for part, name, story in self._stories():
            for passage, pieces in self._passages(part, list(blocks_of(story))):
                passages.append(replace(passage, index=len(passages)))
                self.places.append(WordPlace(name, story, pieces))
        return Paper(self._name, tuple(passages), tuple(notes_on(list(self.roots.values()))), issued_paper(self.package))

    def _stories(self) -> Iterator[tuple[PaperPart, str, etree._Element]]:
        """The elements of the file that hold text, each with the name of its part."""
        root = self._root(self.package.main)
        if root is not None:
            yield from ((PaperPart.BODY, self.package.main, body) for body in root.iterchildren(f"{W}body"))
        for kind, part, tag in _BESIDE:
            for name in self.package.beside(kind):
                notes = self._root(name)
                for note in () if notes is None else notes.iter(f"{W}{tag}"):
                    if note.get(f"{W}type") in (None, "normal"):
                        yield part, name, note
        for kind, part in _AROUND:
            for name in self.package.beside(kind):
                around = self._root(name)
                if around is not None:
                    yield part, name, around

    def _root(self, name: str) -> etree._Element | None:
        root = self.package.part(name)
        if root is not None:
            self.roots[name] = root
        return root

    def _passages(self, part: PaperPart, blocks: list[etree._Element]) -> Iterator[Placed]:
        for group in _together(blocks):
            if group[0].tag == TABLE:
                yield from self._table(group[0])
            else:
                yield from self._paragraph(part, group)

    def _paragraph(self, part: PaperPart, group: list[etree._Element]) -> Iterator[Placed]:
        """A paragraph, in more than one element where the marks between them were deleted; the last then says how it looks."""
        number = self._numbering.number_of(group[-1])
        pieces = tuple(letters for element in group for letters in letters_of(element))
        text = "".join(letters for letters, _ in pieces)
        if text.strip() or number:
            count = self._counts[part] = self._counts.get(part, 0) + 1
            place = f"{part.value}第{count}段" if part is PaperPart.BODY else f"{part.value}{count}"
            heading = self._styles.heading_of(group[-1]) or (heading_by_form(f"{number}{text}") if part is PaperPart.BODY else 0)
            yield Passage(text, part, place, 0, number, None, heading), pieces
        for element in group:
            for box in boxes_of(element):
                yield from self._passages(PaperPart.TEXT_BOX, list(blocks_of(box)))

    def _table(self, table: etree._Element) -> Iterator[Placed]:
        count = self._counts[PaperPart.TABLE] = self._counts.get(PaperPart.TABLE, 0) + 1
        for cell in cells_of(table):
            groups = _together(list(blocks_of(cell.element)))
            pieces = self._cell_pieces([group for group in groups if group[0].tag != TABLE])
            place = TablePlace(count, cell.row, cell.column, cell.rows, cell.columns)
            text = "".join(letters for letters, _ in pieces)
            yield Passage(text, PaperPart.TABLE, f"表{count}第{cell.row}行第{cell.column}列", 0, "", place), pieces
            for block in (block for group in groups for block in group):
                if block.tag == TABLE:
                    yield from self._table(block)
                else:
                    for box in boxes_of(block):
                        yield from self._passages(PaperPart.TEXT_BOX, list(blocks_of(box)))

    def _cell_pieces(self, groups: list[list[etree._Element]]) -> tuple[tuple[str, etree._Element | None], ...]:
        """The letters of the paragraphs of a cell, a line break between those that have any."""
        pieces: list[tuple[str, etree._Element | None]] = []
        for group in groups:
            number = self._numbering.number_of(group[-1])
            letters = [each for element in group for each in letters_of(element)]
            if number or any(text.strip() for text, _ in letters):
                pieces += [("\n", None)] if pieces else []
                pieces += [(number, None)] if number else []
                pieces += letters
        return tuple(pieces)


def _together(blocks: list[etree._Element]) -> list[list[etree._Element]]:
    """The blocks, with those paragraphs in one group that are one since the mark between them was deleted."""
    groups: list[list[etree._Element]] = []
    open_group = False
    for block in blocks:
        if open_group and block.tag != TABLE:
            groups[-1].append(block)
        else:
            groups.append([block])
        open_group = block.tag != TABLE and runs_on(block)
    return groups
