"""
The letters of a Word paragraph: every letter of the text as it will be, once, each with the element that holds it.

A library's idea of the text of a paragraph leaves out what stands in smart tags, fields and insertions, or gives a text box twice; so the tree is
walked: into everything but what was deleted or moved away, and of two branches for two versions of Word only into the first.  Of a field its
result is read, not its command, and not the number of a page.
"""

from collections.abc import Iterator

from lxml import etree

from kpi.papers.reading.word_names import (
    ALTERNATE,
    BOX,
    CHOICE,
    COMMAND,
    FALLBACK,
    FIELD,
    FIELD_SIGN,
    LEFT_OUT,
    PAGE_NUMBERS,
    PARAGRAPH,
    RUN,
    SIGNS,
    TABLE,
    TEXTS,
    W,
)

Letters = tuple[str, etree._Element]  # letters, and the element w:t, w:tab or w:br that holds them


class _Fields:
    """The fields that are open at a place of a paragraph, the outermost first: the command of each, and whether its result has begun."""

    def __init__(self) -> None:
        self._open: list[tuple[list[str], list[bool]]] = []

    def sign(self, kind: str | None) -> None:
        """A sign of a field: where it begins, where its result begins, where it ends."""
        if kind == "begin":
            self._open.append(([], []))
        elif self._open and kind == "separate":
            self._open[-1][1].append(True)
        elif self._open and kind == "end":
            self._open.pop()

    def command(self, text: str) -> None:
        """A piece of the command of the innermost field."""
        if self._open:
            self._open[-1][0].append(text)

    @property
    def shown(self) -> bool:
        """Whether letters at this place are shown, and are of the text."""
        return all(result and not _is_page_number("".join(command)) for command, result in self._open)


def letters_of(paragraph: etree._Element) -> Iterator[Letters]:
    """The letters of a paragraph without those of text boxes in it, in their order."""
    yield from _letters(paragraph, _Fields())


def _letters(container: etree._Element, fields: _Fields) -> Iterator[Letters]:
    for element in entered(container):
        tag = element.tag
        if tag in TEXTS or tag in SIGNS:
            if fields.shown:
                yield SIGNS.get(tag) or element.text or "", element
        elif tag == FIELD_SIGN:
            fields.sign(element.get(f"{W}fldCharType"))
        elif tag == COMMAND:
            fields.command(element.text or "")
        elif tag in (BOX, PARAGRAPH, TABLE) or (tag == FIELD and _is_page_number(element.get(f"{W}instr", ""))):
            continue
        else:
            yield from _letters(element, fields)


def _is_page_number(command: str) -> bool:
    return command.split()[:1] != [] and command.split()[0].upper() in PAGE_NUMBERS


def text_of(paragraph: etree._Element) -> str:
    """The letters of a paragraph as one text."""
    return "".join(letters for letters, _ in letters_of(paragraph))


def boxes_of(paragraph: etree._Element) -> Iterator[etree._Element]:
    """The text boxes that hang on a paragraph, in their order; one inside another comes behind it."""
    for element in entered(paragraph):
        if element.tag == BOX:
            yield element
        elif element.tag not in (PARAGRAPH, TABLE):
            yield from boxes_of(element)


def blocks_of(container: etree._Element) -> Iterator[etree._Element]:
    """The paragraphs and tables of a body, a cell, a note or a box, also those in content controls and insertions."""
    for element in entered(container):
        if element.tag in (PARAGRAPH, TABLE):
            yield element
        elif element.tag not in (RUN, BOX):
            yield from blocks_of(element)


def runs_on(paragraph: etree._Element) -> bool:
    """Whether the mark at the end of a paragraph was deleted, so that the next one is a piece of it."""
    return any(paragraph.find(f"{W}pPr/{W}rPr/{W}{change}") is not None for change in ("del", "moveFrom"))


def entered(element: etree._Element) -> Iterator[etree._Element]:
    """The children of an element that hold what will be there."""
    for child in element:
        if not isinstance(child.tag, str) or child.tag in LEFT_OUT or child.tag == FALLBACK:
            continue
        if child.tag == ALTERNATE:
            branch = child.find(CHOICE)
            branch = branch if branch is not None else child.find(FALLBACK)
            if branch is not None:
                yield from entered(branch)
        else:
            yield child
