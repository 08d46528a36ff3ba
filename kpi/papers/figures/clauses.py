"""The words round a figure: of its clause before and behind it, and of the clauses before it what it leaves out."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

_CLAUSE_ENDS = "，,、；;。！？!?\n：:（）()"
_SENTENCE_ENDS = "。！？!?\n"
_ASIDE = re.compile(r"[（(][^（()）\d*。；，]{1,25}[)）]")  # a remark inside a noun: 承诺单位（店）
_ASIDE_BEFORE = re.compile(_ASIDE.pattern + r"$")
_COLON = re.compile(r"[：:]$")
_ASIDE_SIGNS = 27  # the longest remark with its brackets
_SIGNS, _FIGURES = 1_000, 200  # of a sentence that are looked back at
_EMPTY = re.compile(
    r"^(?:其中|分别|共计?|合计|总计|累计|经检验|经检测|已|有|和|及|与|以及|对|给|为|向|将|约|近|达到?|是|较|比|同比|另|另有|还有|并|均|仅|超过?|不超过|至少|余|含|包括|包含|\s|[“”])*$"
)


@dataclass(frozen=True, slots=True)
class ClauseWords:
    """The words of the clause before and behind a figure, and the subject that the clause leaves out."""

    before: str
    after: str
    subject: str


def words_round(text: str, number: int, taken: Sequence[tuple[int, int]]) -> ClauseWords:
    """
    The words round a figure of an even text.

    Args:
        text: The text.
        number: Which of its figures it is.
        taken: The spans of all figures of the text with their units, in order.

    """
    start, end = taken[number]
    least = taken[number - 1][1] if number else 0
    left = _left(text, start, least)
    if not text[left:start].strip() and (colon := _COLON.search(text, least, left)):  # 经营主体总量：31000户
        left = _left(text, colon.start(), least)
    right = _right(text, end, taken[number + 1][0] if number + 1 < len(taken) else len(text))
    before = text[left:start].strip(" “”：:")
    after = text[end:right].strip(" “”")
    return ClauseWords(before, after, _subject(text, left, taken[max(0, number - _FIGURES) : number]))


def says_nothing(words: str) -> bool:
    """Whether words name nothing of their own: 其中, 共, 有."""
    return _EMPTY.match(words) is not None


def _left(text: str, place: int, least: int) -> int:
    while place > least:
        aside = _ASIDE_BEFORE.search(text, max(least, place - _ASIDE_SIGNS), place) if text[place - 1] in "）)" else None
        if aside is not None:
            place = aside.start()
        elif text[place - 1] in _CLAUSE_ENDS:
            break
        else:
            place -= 1
    return place


def _right(text: str, place: int, most: int) -> int:
    while place < most:
        aside = _ASIDE.match(text, place, most)
        if aside is not None:
            place = aside.end()
        elif text[place] in _CLAUSE_ENDS:
            break
        else:
            place += 1
    return place


def _subject(text: str, place: int, taken: Sequence[tuple[int, int]]) -> str:
    """The words of the sentence before a clause, without the figures in them; of an endless sentence the last."""
    begin = place
    while begin > max(0, place - _SIGNS) and text[begin - 1] not in _SENTENCE_ENDS:
        begin -= 1
    kept, at = [], begin
    for first, last in taken:
        if begin <= first < place:
            kept.append(text[at:first])
            at = last
    kept.append(text[at:place])
    return "".join(kept).strip()
