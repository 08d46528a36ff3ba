"""Runs of a Word paragraph cut at places of their text, each piece looking as the whole did."""

from collections.abc import Iterable, Mapping
from copy import deepcopy

from lxml import etree

from kpi.papers.reading.word_names import RUN, TEXT, W

Cut = tuple[etree._Element, int]  # an element of a run that holds letters, and how many of them stand before the cut

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


class CutRun:
    """
    A run and what it becomes when it is cut.

    Args:
        run: The run.
        cuts: Where it is cut.

    """

    def __init__(self, run: etree._Element, cuts: Iterable[Cut]) -> None:
        order = {id(child): at for at, child in enumerate(run)}
        places = {(order[id(element)], offset): element for element, offset in cuts if id(element) in order}
        self._pieces: list[tuple[tuple[int, int], etree._Element]] = []  # where each piece begins, from the back
        for (at, offset), element in sorted(places.items(), key=lambda item: item[0], reverse=True):
            rest = _tail(run, element, at, offset)
            if rest is not None:
                self._pieces.append(((at, offset), rest))
        self._pieces.append(((-1, 0), run))
        self._order: Mapping[int, int] = order

    def piece_from(self, element: etree._Element, offset: int) -> etree._Element:
        """The piece that begins at a place, or holds it where no cut was made there."""
        place = (self._order.get(id(element), -1), offset)
        return next(piece for begin, piece in self._pieces if begin <= place)

    def piece_to(self, element: etree._Element, offset: int) -> etree._Element:
        """The piece that ends at a place, or holds it."""
        place = (self._order.get(id(element), -1), offset)
        return next(piece for begin, piece in self._pieces if begin < place)


def _tail(run: etree._Element, element: etree._Element, at: int, offset: int) -> etree._Element | None:
    """What stands behind a cut, as a run behind the run; None where there is nothing before the cut, or nothing behind it."""
    text = element.text or "" if element.tag == TEXT else ""
    behind = list(run)[at + 1 :]
    before = [child for child in list(run)[:at] if child.tag != f"{W}rPr"]
    if offset and offset < len(text):
        rest = deepcopy(element)
        element.text, rest.text = text[:offset], text[offset:]
        for half in (element, rest):
            half.set(_SPACE, "preserve")
        moved = [rest, *behind]
    elif offset == 0:
        if not before:
            return None
        moved = [element, *behind]
    else:
        if not behind:
            return None
        moved = behind
    made = etree.Element(RUN, run.attrib, run.nsmap)
    look = run.find(f"{W}rPr")
    if look is not None:
        made.append(deepcopy(look))
    made.extend(moved)
    made.tail, run.tail = run.tail, None
    run.addnext(made)
    return made
