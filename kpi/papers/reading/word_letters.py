"""
The letters of a Word paragraph: every letter of the text as it will be, once, each with the element that holds it.

A library's idea of the text of a paragraph leaves out what stands in smart tags, fields and insertions, or gives a text box twice; so the tree is
walked: into everything but what was deleted or moved away, and of two branches for two versions of Word only into the first.
"""

from collections.abc import Iterator

from lxml import etree

from kpi.papers.reading.word_names import ALTERNATE, BOX, CHOICE, FALLBACK, LEFT_OUT, PARAGRAPH, RUN, SIGNS, TABLE, TEXT

Letters = tuple[str, etree._Element]  # letters, and the element w:t, w:tab or w:br that holds them


def letters_of(paragraph: etree._Element) -> Iterator[Letters]:
    """The letters of a paragraph without those of text boxes in it, in their order."""
    for element in entered(paragraph):
        if element.tag == TEXT:
            yield element.text or "", element
        elif element.tag in SIGNS:
            yield SIGNS[element.tag], element
        elif element.tag == BOX or element.tag in (PARAGRAPH, TABLE):
            continue
        else:
            yield from letters_of(element)


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
