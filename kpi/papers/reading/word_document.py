"""A Word file as a document: body, tables, text boxes, notes, headers and footers, in the order of reading."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from lxml import etree

from kpi.papers.document import Document, Part, Passage, TablePlace
from kpi.papers.reading.issued_part import issued_paper
from kpi.papers.reading.word_letters import blocks_of, boxes_of, text_of
from kpi.papers.reading.word_names import PARAGRAPH, TABLE, W
from kpi.papers.reading.word_numbering import WordNumbering, WordStyles
from kpi.papers.reading.word_package import WordPackage
from kpi.papers.reading.word_tables import cells_of

_BESIDE = (("footnotes", Part.FOOTNOTE, "footnote"), ("endnotes", Part.ENDNOTE, "endnote"))
_AROUND = (("header", Part.HEADER), ("footer", Part.FOOTER))


@dataclass(frozen=True, slots=True)
class WordPlace:
    """Where in the file a passage stands: the name of the part, and its paragraphs there."""

    part: str
    paragraphs: tuple[etree._Element, ...]


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
        self._counts: dict[Part, int] = {}

    def document(self) -> Document:
        """The document; ``places`` then says of each passage where it stands."""
        passages: list[Passage] = []
        for part, name, blocks in self._stories():
            for passage, paragraphs in self._passages(part, blocks):
                passages.append(replace(passage, index=len(passages)))
                self.places.append(WordPlace(name, paragraphs))
        return Document(self._name, tuple(passages), tuple(self._notes()), issued_paper(self.package))

    def _stories(self) -> Iterator[tuple[Part, str, list[etree._Element]]]:
        """The parts of the file that hold text, each with its blocks."""
        root = self._root(self.package.main)
        body = None if root is None else root.find(f"{W}body")
        yield Part.BODY, self.package.main, [] if body is None else list(blocks_of(body))
        for kind, part, tag in _BESIDE:
            for name in self.package.beside(kind):
                notes = self._root(name)
                for note in () if notes is None else notes.iter(f"{W}{tag}"):
                    if note.get(f"{W}type") in (None, "normal"):
                        yield part, name, list(blocks_of(note))
        for kind, part in _AROUND:
            for name in self.package.beside(kind):
                around = self._root(name)
                yield part, name, [] if around is None else list(blocks_of(around))

    def _root(self, name: str) -> etree._Element | None:
        root = self.package.part(name)
        if root is not None:
            self.roots[name] = root
        return root

    def _passages(self, part: Part, blocks: list[etree._Element]) -> Iterator[tuple[Passage, tuple[etree._Element, ...]]]:
        for block in blocks:
            if block.tag == TABLE:
                yield from self._table(block)
            else:
                yield from self._paragraph(part, block)

    def _paragraph(self, part: Part, paragraph: etree._Element) -> Iterator[tuple[Passage, tuple[etree._Element, ...]]]:
        text, number = text_of(paragraph), self._numbering.number_of(paragraph)
        if text.strip() or number:
            count = self._counts[part] = self._counts.get(part, 0) + 1
            place = f"{part.value}第{count}段" if part is Part.BODY else f"{part.value}{count}"
            yield Passage(text, part, place, 0, number, None, self._styles.heading_of(paragraph)), (paragraph,)
        for box in boxes_of(paragraph):
            yield from self._passages(Part.TEXT_BOX, list(blocks_of(box)))

    def _table(self, table: etree._Element) -> Iterator[tuple[Passage, tuple[etree._Element, ...]]]:
        count = self._counts[Part.TABLE] = self._counts.get(Part.TABLE, 0) + 1
        for cell in cells_of(table):
            blocks = list(blocks_of(cell.element))
            paragraphs = tuple(block for block in blocks if block.tag == PARAGRAPH)
            text = "\n".join(filter(None, (f"{self._numbering.number_of(each)}{text_of(each)}".strip() for each in paragraphs)))
            place = TablePlace(count, cell.row, cell.column, cell.rows, cell.columns)
            yield Passage(text, Part.TABLE, f"表{count}第{cell.row}行第{cell.column}列", 0, "", place), paragraphs
            for block in blocks:
                if block.tag == TABLE:
                    yield from self._table(block)
                else:
                    for box in boxes_of(block):
                        yield from self._passages(Part.TEXT_BOX, list(blocks_of(box)))

    def _notes(self) -> Iterator[str]:
        """What of the file is still open, or was not read."""
        roots = list(self.roots.values())
        changes = sum(1 for root in roots for tag in ("ins", "del", "moveFrom", "moveTo") for _ in root.iter(f"{W}{tag}"))
        if changes:
            yield f"文中有 {changes} 处未接受的修订：新增的算在内，删除的和移走的不算；请先接受或拒绝修订再定稿。"
        pictures = sum(1 for root in roots for _ in root.iter("{http://schemas.openxmlformats.org/drawingml/2006/picture}pic"))
        if pictures:
            yield f"文中有 {pictures} 张图片，图片里的字没有读。"
        if any(next(root.iter(f"{W}altChunk"), None) is not None for root in roots):
            yield "文中嵌有另一个文档，其中的字没有读；请把它的内容粘贴进来再核对。"
