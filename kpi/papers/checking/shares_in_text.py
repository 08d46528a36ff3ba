"""
Shares inside a text: 占 of the figure before it in a total, and what stands in a target or another whole that is named before the rate (的65%).
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from kpi.papers.checking.amounts import gives, is_share_of, slipped, together
from kpi.papers.checking.paper_finding import Grade, PaperFinding
from kpi.papers.checking.rate_wording import given, rate_differs, rate_of_other_unit
from kpi.papers.checking.text_statements import Sentence, TextStatement
from kpi.value import plain

_SHARE = re.compile(r"^(?P<name>[^占]*?)(?P<sum>合计|共计|共|总计)?占(?:比|到)?(?:了)?(?P<of>[^占]*?)(?:的)?(?:比例|比重|比)?(?:达到?|为)?$")
_ALL = re.compile(r"^(?:其|全部|全体|总体|其中)?(?:总[数量额体件]?|比|[一-龥]{0,6}总[数量额])?$")
_COUNTED = re.compile(r"(?<=..)(?:总)?[量数额]$")
_TARGET = re.compile(r"任务|目标|计划|应[检报查缴]")
_SHARES = 3  # parts, of which all shares but one are right
_OF_WHOLE = ("的", "的约")
_TAKES = re.compile(r"占[^，。；占]*$")


def share_findings(rate: TextStatement, before: Sequence[TextStatement], sentence: Sentence, former: Sequence[TextStatement]) -> Iterator[PaperFinding] | None:
    """The findings on a share by the counts before it in its sentence and in the former one; None where a rate is no share."""
    share = _SHARE.match(rate.figure.before)
    if share is not None:
        return _of_share(rate, before, share, sentence, former)
    if rate.figure.before.strip("）)") not in _OF_WHOLE:
        return None
    whole = before[-1]
    if _TARGET.search(whole.noun or whole.figure.subject[-8:]):
        return _of_whole(rate, [each for each in before[:-1] if each.unit == whole.unit], whole)
    if whole.index == rate.index - 1 and _TAKES.search(whole.figure.before or whole.figure.subject.rstrip("（(")):
        return _of_whole(rate, [each for each in before[:-1] if each.unit == whole.unit and each.value <= whole.value], whole)
    return None


def _of_share(
    rate: TextStatement, before: Sequence[TextStatement], words: re.Match[str], sentence: Sentence, former: Sequence[TextStatement]
) -> Iterator[PaperFinding]:
    """
    占 of the figure before it, or of the one that it names, in a total of the sentence or else of the one before.

    A figure beside it of which another 占 is stated is a part of the same total, and no total of this one.
    """
    name, of = words["name"].removeprefix("其中"), words["of"]
    named = [each for each in before if len(name) > 1 and (name in each.noun or (len(each.noun) > 1 and each.noun in name))]
    if len(name) > 1 and not named:
        return
    part = named[0] if named else before[-1]
    every = [each for each in (*former, *before) if each is not part and each.unit == part.unit]
    if not _ALL.match(of):
        wholes = [each for each in every if each.noun and (of in each.noun or of.endswith(each.noun) or _COUNTED.sub("", of) in each.noun)]
    else:
        own = [each for each in before if each in every and each.value >= part.value]
        wholes = own or [each for each in every if each.value >= part.value]
    if words["sum"]:
        yield from _of_sum(rate, before, wholes)
        return
    behind = [each for each in sentence.statements if each.index > rate.index and each.count and each.unit == part.unit]
    if any(is_share_of(rate, part, whole) for whole in (*wholes, *behind)):
        return
    if any(gives(rate, part.value, together(row)) for row in sentence.pairs_in_a_row(before) if part not in row):
        return
    beside = [each for each in wholes if each.within == part.within and _has_share(each, sentence)]
    wholes = [each for each in wholes if each not in beside]
    largest = max(each.value for each in (part, *beside))
    if not wholes and _ALL.match(of):
        wholes = [each for each in former if each.unit == part.unit and each.value >= largest]
    if not wholes:
        wholes = [each for each in behind if len(each.noun) > 1 and _COUNTED.sub("", of).endswith(each.noun)]
    if any(is_share_of(rate, part, whole) for whole in wholes):
        return
    if wholes:
        certain = len({whole.value for whole in wholes}) == 1 and wholes[0] in before
        yield rate_differs(rate, part, wholes, Grade.CERTAIN if certain else Grade.CHECK)
    elif others := [each for each in before if each.unit != part.unit and is_share_of(rate, part, each)]:
        yield rate_of_other_unit(rate, part, others[-1])


def shares_of_all(sentence: Sentence) -> Iterator[PaperFinding]:
    """The one share that is none of the sum where all others are, of a list that names no total: A 18,000户，占60%；B 9,000户，占30%；C 3,000户，占10%."""
    statements = sentence.statements
    pairs = [
        (part, share)
        for part, share in pairwise(statements)
        if part.count and share.share and share.index == part.index + 1 and share.figure.before in ("占", "占比", "占比为")
    ]
    if len(pairs) < _SHARES or len({part.unit for part, _ in pairs}) > 1:
        return
    whole = together(part for part, _ in pairs)
    odd = [(part, share) for part, share in pairs if not gives(share, part.value, whole)]
    if len(odd) == 1:
        [(part, share)] = odd
        yield PaperFinding(
            "rate-of-counts",
            Grade.CHECK,
            (share.index, *(each.index for each, _ in pairs)),
            f"「{part.noun}」占 写为 {share.written}，按各部分之和 {plain(whole)} 是 {given(share, part.value, whole)}{share.figure.unit}",
            "其余各部分的占比都相合，请核对这一个",
        )


def share_by_name(rate: TextStatement, counts: Sequence[TextStatement]) -> Iterator[PaperFinding]:
    """质量问题占比41.3% behind a sentence that has both figures: of the one that it names in the largest, where a slip explains what is written instead."""
    words = _SHARE.match(rate.figure.before)
    named = [each for each in counts if words is not None and len(words["name"]) > 1 and each.noun == words["name"]]
    wholes = [each for each in counts if named and each.unit == named[0].unit and each.value > named[0].value]
    if wholes and not any(is_share_of(rate, named[0], each) for each in wholes):
        whole = max(wholes, key=lambda each: each.value)
        share = given(rate, named[0].value, whole.value)
        if isinstance(share, Decimal) and slipped(rate.value, share):
            yield rate_differs(rate, named[0], [whole], Grade.CHECK)


def _has_share(part: TextStatement, sentence: Sentence) -> bool:
    """Whether a 占 stands right behind a figure, or is its own in a row of them (分别占)."""
    shares = [each for each in sentence.statements if each.share and not each.growth and _SHARE.match(each.figure.before)]
    own = {f"{words}占" for words in (part.noun, part.figure.before) if words}
    return any(each.figure.before in own or (each.index == part.index + 1 and each.figure.before.startswith(("占", "分别占"))) for each in shares)


def _of_sum(rate: TextStatement, before: Sequence[TextStatement], wholes: Sequence[TextStatement]) -> Iterator[PaperFinding]:
    """合计占 of all the figures that stand in a row before it."""
    if not wholes:
        return
    slack = max(each.step for each in before) / 2
    row = [each for each in before if each.unit == wholes[0].unit and each.index > wholes[0].index and each.depth == before[-1].depth]
    runs = [row[start:] for start in range(len(row))]
    named = [each for each in before if len(each.noun) > 1 and each.noun in rate.figure.before]
    runs += [named] if len(named) > 1 else []
    if row and not any(gives(rate, together(run), whole.value, slack) for run in runs for whole in wholes):
        whole, added = wholes[0], " + ".join(each.figure.token for each in row)
        share = given(rate, together(row), whole.value)
        yield PaperFinding(
            "rate-of-counts",
            Grade.CHECK,
            (rate.index, whole.index, *(each.index for each in row)),
            f"「{rate.noun}」写为 {rate.written}，按文中的数 {added} 占 {whole.figure.token} 的 {share}{rate.figure.unit}",
            "请核对比例和各个数",
        )


def _of_whole(rate: TextStatement, parts: Sequence[TextStatement], whole: TextStatement) -> Iterator[PaperFinding]:
    """完成任务(1200户)的114%, 占投诉总量（7,180件）的45.4%: of what was done in the figure before it."""
    if parts and not any(is_share_of(rate, each, whole) for each in parts):
        yield rate_differs(rate, parts[-1], [whole], Grade.CERTAIN if len(parts) == 1 else Grade.CHECK)
