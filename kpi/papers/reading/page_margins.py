"""
What stands around the text of printed pages: their numbers, which are no text, and heads that every page repeats, which are read once.

Left where they stand they would break a paragraph that goes on over the page.
"""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from kpi.papers.paper import PaperPart
from kpi.papers.reading.page_rows import PageRow

_PAGE_NUMBER = re.compile(r"[-—－–·\s]*(?:第?\s*\d{1,4}\s*页?(?:\s*[/共，,]+\s*共?\d{1,4}\s*页?)?)[-—－–·\s]*")
_DIGITS = re.compile(r"[0-9０-９]+")
_APART = 1.2  # times the usual distance of lines: how far from the text a number stands that is only a number
_PAGES = 2  # that a head stands on at least, and at least on half of all

Around = tuple[PaperPart, str]


def without_margins(pages: Sequence[Sequence[PageRow]]) -> tuple[list[list[PageRow]], list[Around]]:
    """The rows of each page that are its text, and the heads and feet that pages repeat, each once."""
    kept = [_without_number(rows) for rows in pages]
    around: list[Around] = []
    for part, at in ((PaperPart.HEADER, 0), (PaperPart.FOOTER, -1)):
        repeated = Counter(_even(rows[at]) for rows in kept if len(rows) > 1)
        usual = {text for text, count in repeated.items() if count >= max(_PAGES, len(kept) / 2)}
        texts: dict[str, str] = {}
        for rows in kept:
            if len(rows) > 1 and _even(rows[at]) in usual:
                row = rows.pop(at)
                texts.setdefault(_even(row), row.text)
        around += [(part, text) for text in texts.values()]
    return kept, around


def _even(row: PageRow) -> str:
    """The text of a row, whichever number of a page it says."""
    return _DIGITS.sub("#", row.text)


def _without_number(rows: Sequence[PageRow]) -> list[PageRow]:
    """The rows of a page without its number at the top or at the bottom."""
    kept = list(rows)
    for at, beside in ((-1, -2), (0, 1)):
        if len(kept) > 1 and _PAGE_NUMBER.fullmatch(kept[at].text):
            apart = abs(kept[at].top - kept[beside].top) > _APART * usual_distance(kept)
            if apart or not kept[at].text.isdigit():
                kept.pop(at)
    return kept


def usual_distance(rows: Sequence[PageRow]) -> float:
    """How far below one another lines usually stand."""
    distances = sorted(below.top - above.top for above, below in pairwise(rows))
    return max(distances[len(distances) // 2], 1.3 * rows[0].height) if distances else 1.0
