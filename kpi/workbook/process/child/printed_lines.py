"""
Lines between the cases of a ledger that only a printed page has: its title once more, 续, the number of the page.
"""

import re
from collections.abc import Collection, Iterable, Sequence

from kpi.workbook.layout.month_spans import find_months
from kpi.workbook.naming import name_key

_NUMBER = r"(?:\d{1,4}|[一二三四五六七八九十]{1,3})"
_PAGE = re.compile(
    rf"[(\[]?(?:(?:接|承)?上[页表]|接?续[页表]?{_NUMBER}?|第{_NUMBER}[页张](?:[,、/]?共{_NUMBER}[页张])?|共{_NUMBER}[页张])[)\]]?|\({_NUMBER}\)$|-{_NUMBER}-$"
)
_OF_TABLES = re.compile(r"台账|[^报]表|清单|明细")


def titles_of(over: Iterable[str]) -> frozenset[str]:
    """The texts over the headings, as `is_page_line` compares them."""
    return frozenset(map(_without_page, over)) - {""}


def is_page_line(texts: Sequence[str], over: Collection[str], titles: Iterable[str]) -> bool:
    """
    Whether all that a row says is a title or the number of a page.

    Args:
        texts: All of its cells.
        over: The texts over the headings, as `titles_of` gives them.
        titles: Words of the titles of the ledger: a line of them alone that speaks of a table or a month heads one more table.

    """
    if all((plain := _without_page(text)) in over or (not plain and "页" in text) for text in texts):
        return True
    if len(texts) > 1:
        return False
    key = name_key(texts[0])
    return any(title in key for title in titles) and (_OF_TABLES.search(key) is not None or find_months(key).last is not None)


def _without_page(text: str) -> str:
    """A title without what says that it goes on, or on which page."""
    return _PAGE.sub("", name_key(text))
