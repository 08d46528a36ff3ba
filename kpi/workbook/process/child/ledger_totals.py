"""
Which rows of a ledger are totals: those that say so as a whole, not a case of the company 合计量子科技有限公司.
"""

import re
from collections.abc import Mapping

from kpi.workbook.process.child.ledger_header import Header

_WORDS = r"(?:(?:本[月页季年期]|全[年月]|当[月期]|上[月页]|分|总)?(?:合\s*计|总\s*计|小\s*计|共\s*计|累\s*计)|总\s*数|共\s*有?(?=\s*\d))"
_COUNT = r"[\d,，.]+\s*[件批次条个家台户宗起笔例份项人元万亿]*"
_WHOLE = re.compile(rf"[(（]?{_WORDS}(?:数|数量|件数|金额)?[)）]?\s*(?:[(（][^()（）\d]{{1,4}}[)）])?\s*[:：]?\s*(?:{_COUNT})?")
_SENTENCE = re.compile(rf"{_WORDS}\s*(?:[:：]\D*)?\d.*")
_NUMBER = re.compile(_COUNT)
_ALONE = 2  # cells of a sentence that is a total: 「合计：12 件，其中投诉 5 件」


def is_total(word: str, own: Mapping[int, str], header: Header, filled: int) -> bool:
    """
    Whether a row is a total.

    Args:
        word: Its first text.
        own: The texts in the columns that are read, by column; those that say nothing are absent.
        header: Which column is which.
        filled: How many cells of the whole row hold something.

    """
    if _WHOLE.fullmatch(word):
        return not _is_case(word, own, header)
    return _SENTENCE.fullmatch(word) is not None and filled <= _ALONE and not _is_case(word, own, header)


def _is_case(word: str, own: Mapping[int, str], header: Header) -> bool:
    """Whether a row says what no case goes without: all of its required columns, the number of the case more than a count."""
    for heading in header.headings:
        if not heading.column["required"]:
            continue
        text = own.get(heading.index, "")
        if not text or text == word or (heading.column["key"] and heading.column["role"] == "code" and _NUMBER.fullmatch(text) and len(text) < 5):
            return False
    return True
