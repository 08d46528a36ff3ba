"""
Parts and totals inside a text.

Parts that are named as such (其中, brackets, 合格 beside 不合格, a list that ends with 其他) are held against the total before or behind them.
A contradiction is certain only where the words say that the parts are all there are, or where a part is larger than its whole.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations

from kpi.papers.checking.paper_finding import Grade, PaperFinding
from kpi.papers.checking.statements import Sentence, Statement, is_base
from kpi.value import plain
from kpi.workbook.forms.opposite_words import NEGATIONS

_PENDING = ("正在检", "在检", "在办", "待检", "待出", "尚未出", "未出结果", "正在办", "办理中", "检验中", "检测中", "整改中", "正在整改", "正在处理")
_NEAR = Decimal("0.02")  # of a total that its parts miss by no more, one of them is likely mistyped
_NEAR_COUNT = 3


def sum_findings(sentences: Sequence[Sentence]) -> Iterator[PaperFinding]:
    """The sums of a text that do not come out."""
    for number, sentence in enumerate(sentences):
        if sentence.masked:
            continue
        follows = sentences[number + 1] if number + 1 < len(sentences) and sentences[number + 1].passage == sentence.passage else None
        opposed = list(_opposed(sentence.statements))
        yield from _opposed_findings(sentence, opposed)
        inside = {statement.index for pair in opposed for statement in pair}
        yield from _list_findings(sentence, inside)
        yield from _rest_findings(sentence, follows)
        yield from _bare_totals(sentence)


def _opposed(statements: Sequence[Statement]) -> Iterator[tuple[Statement, Statement]]:
    """What is so and what is not so: 合格 and 不合格 of one unit."""
    for first, second in combinations(statements, 2):
        if first.unit != second.unit or first.share:
            continue
        for positive, negative in ((first, second), (second, first)):
            if any(_without(negative.noun, sign) == positive.noun for sign in NEGATIONS):
                yield first, second
                break


def _without(noun: str, sign: str) -> str | None:
    """A noun without its negation: 不合格 is 合格; None where it has none."""
    return noun.replace(sign, "", 1) if sign in noun and len(noun) > len(sign) else None


def is_pending(statement: Statement) -> bool:
    """Whether a figure counts what has no result yet."""
    return any(word in statement.noun or word in statement.figure.after for word in _PENDING)


def _opposed_findings(sentence: Sentence, opposed: Sequence[tuple[Statement, Statement]]) -> Iterator[PaperFinding]:
    for first, second in opposed:
        pending = [each for each in sentence.statements if each.unit == first.unit and is_pending(each)]
        totals = [
            each
            for each in sentence.statements
            if each.unit == first.unit and each.index < second.index and each not in (first, second, *pending) and each.index < first.index
        ]
        if not totals:
            continue
        both = first.value + second.value
        open_too = both + sum((each.value for each in pending), Decimal(0))
        if any(total.value in (both, open_too) for total in totals):
            continue
        yield _missed(totals[-1], (first, second), Grade.CERTAIN)
        if pending and totals[0] is not totals[-1]:
            yield _missed(totals[0], (first, second, *pending), Grade.CERTAIN)


def _list_findings(sentence: Sentence, inside: set[int]) -> Iterator[PaperFinding]:
    """Lists behind 其中 or in brackets against the figure before them."""
    statements = sentence.statements
    for within in sorted({each.within for each in statements if each.within}):
        listed = [each for each in statements if each.within == within and not is_base(each)]
        if not listed:
            continue
        before = [each for each in statements if each.index < listed[0].index and each.within != within]
        total = next((each for each in reversed(before) if each.unit == listed[0].unit and not each.share), None)
        if total is None or (before and before[-1] is not total and before[-1].unit != total.unit and listed[0].depth == 0):
            continue
        parts = [each for each in listed if each.unit == total.unit]
        if not parts or {each.index for each in parts} & inside:
            continue
        if parts[0].value > total.value:
            yield _larger(total, parts[0])
            continue
        together = sum((each.value for each in parts), Decimal(0))
        if len(parts) < 2 or together == total.value or any(total.value == together - each.value for each in parts[1:]):
            continue
        if any(each.rest for each in parts):
            yield _missed(total, tuple(parts), Grade.CERTAIN)
        elif abs(together - total.value) <= max(Decimal(_NEAR_COUNT), total.value * _NEAR):
            yield _missed(total, tuple(parts), Grade.CHECK)


def _rest_findings(sentence: Sentence, follows: Sentence | None) -> Iterator[PaperFinding]:
    """A list that ends with what is left, against a total of the same noun in it or behind it."""
    for rest in sentence.statements:
        if not rest.rest or rest.within or rest.share:
            continue
        same = [each for each in sentence.statements if each.unit == rest.unit and not each.within]
        same += [each for each in (follows.statements if follows and not follows.masked else ()) if each.unit == rest.unit]
        totals = [each for each in same if each.noun and sum(other.noun.endswith(each.noun) for other in same if other is not each) >= 2]
        parts = [each for each in same if each.index <= rest.index and each not in totals]
        if len(parts) >= 3 and totals and all(total.value != sum(each.value for each in parts) for total in totals):
            yield _missed(totals[0], tuple(parts), Grade.CERTAIN)


def _bare_totals(sentence: Sentence) -> Iterator[PaperFinding]:
    """A total that says nothing but that it sums up what stands before it."""
    for total in sentence.statements:
        parts = [each for each in sentence.statements if each.index < total.index and each.unit == total.unit and each.depth == total.depth and not each.share]
        if not total.bare_total or len(parts) < 2:
            continue
        sums = [sum((each.value for each in parts[start:]), Decimal(0)) for start in range(len(parts) - 1)]
        if total.value not in sums:
            yield _missed(total, tuple(parts), Grade.CHECK)


def _missed(total: Statement, parts: Sequence[Statement], grade: Grade) -> PaperFinding:
    together = sum((each.value for each in parts), Decimal(0))
    added = " + ".join(f"{each.noun} {each.figure.token}" for each in parts)
    unit = total.figure.unit
    return PaperFinding(
        code="sum-of-parts",
        grade=grade,
        figures=(total.index, *(each.index for each in parts)),
        seen=f"{added} = {plain(together)}{unit}，文中「{total.noun}」为 {total.figure.token}{unit}",
        expected=f"相差 {plain(abs(total.value - together))}{unit}，请核对是哪一个数有误，或是否有未列出的部分",
    )


def _larger(total: Statement, part: Statement) -> PaperFinding:
    return PaperFinding(
        code="part-above-whole",
        grade=Grade.CERTAIN,
        figures=(part.index, total.index),
        seen=f"其中「{part.noun}」{part.figure.token}{part.figure.unit}，大于「{total.noun}」{total.figure.token}{total.figure.unit}",
        expected="其中的数不会大于总数，请核对两个数",
    )
