"""
Parts and totals inside a text: lists behind 其中 and in brackets, lists that end with 其他, and totals behind the list (合计).

A contradiction is certain only where the words say that the parts are all there are, or where a part is larger than its whole; else a list that
comes near its total is asked about, since a text may name but the main parts.
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import takewhile

from kpi.papers.checking.amounts import adds_up, slipped, together, written_alike
from kpi.papers.checking.exhaustive_classes import are_counterparts
from kpi.papers.checking.paper_finding import Grade, PaperFinding
from kpi.papers.checking.parallel_lists import parallel_columns
from kpi.papers.checking.sum_wording import larger_than_whole, missed, other_unit
from kpi.papers.checking.text_statements import Sentence, TextStatement
from kpi.workbook.forms.opposite_words import NEGATIONS

_COVERED = {2: Decimal("0.85"), 3: Decimal("0.7")}  # of a total that a list makes up so much of it is likely whole
_PAIR = 2
_LONG = 4  # digits of a number in which a slip explains what would else be chance
_FEW = 2  # parts, of which but the first stands behind 其中, say nothing of being all
_ABOVE = Decimal("1.5")
_CLASS = re.compile(r"[A-Z一二三四五甲乙丙丁高中低][级类档等型]")
_COMPARES = ("比", "较")
_OWED = re.compile(r"应|计划|目标|任务|总")  # 参与率80%（应参与700家）
_DIVIDED = re.compile(r"分为|包括")
_MAIN = re.compile(r"主要|居前|前[一二三四五六七八九十\d]+")  # a list that names but some


def list_findings(sentences: Sequence[Sentence], opposed: frozenset[int]) -> Iterator[PaperFinding]:
    """
    The sums of a text that do not come out.

    Args:
        sentences: The sentences.
        opposed: The figures that are what is so and what is not so, which are looked at elsewhere.

    """
    for number, sentence in enumerate(sentences):
        follows = sentences[number + 1] if number + 1 < len(sentences) and sentences[number + 1].passage == sentence.passage else None
        yield from _lists(sentence, opposed)
        yield from _lists_among(sentence)
        yield from _lists_of_classes(sentence)
        yield from _changes(sentence)
        yield from _lists_with_rest(sentence, follows)


def _lists(sentence: Sentence, opposed: frozenset[int]) -> Iterator[PaperFinding]:
    """Lists behind 其中 or in brackets against the figure before them."""
    statements = sentence.statements
    for within in sorted({each.within for each in statements if each.within}):
        listed = list(_unbroken([each for each in statements if each.within == within]))
        if listed and listed[0].index not in opposed:
            listed = [each for each in listed if each.index not in opposed]
        if not listed:
            continue
        before = [each for each in statements if each.index < listed[0].index and each.within != within and each.count]
        total = _total_of(listed, [each for each in before if each.unit == listed[0].unit])
        if total is None:
            yield from _strange_units(before[-1:], listed)
            continue
        if before[-1].unit != total.unit and listed[0].depth == 0 and not before[-1].depth and before[-2:-1] != [total]:
            continue
        parts = [each for each in listed if each.unit == total.unit]
        if _OWED.match(listed[0].noun) or (len(listed) == 1 and listed[0].depth and (not listed[0].noun or listed[0].figure.as_of != total.figure.as_of)):
            # 投诉总量（7,180件） and 环比下降4.9%（4月为1,100件） are no parts of what stands before
            continue
        if (columns := parallel_columns(sentence, within)) is not None:
            yield from columns
        elif parts[0].value > total.value:
            yield larger_than_whole(total, parts[0])
        elif parts[0].index not in opposed:
            yield from _one_list(sentence, total, parts, listed)


def _total_of(listed: Sequence[TextStatement], before: Sequence[TextStatement]) -> TextStatement | None:
    """The figure that a list is of: the nearest that is no smaller than its first part; of what is divided (分为) the one that it comes nearest to."""
    if not before:
        return None
    parts = [each for each in listed if each.unit == before[0].unit]
    if _DIVIDED.search(listed[0].figure.before):
        return min(before, key=lambda each: abs(each.value - together(parts)))
    exact = [each for each in before if len(parts) > 1 and adds_up(each, parts)]
    large = [each for each in before if each.value >= parts[0].value]
    return (exact or large or list(before))[-1]


def _lists_among(sentence: Sentence) -> Iterator[PaperFinding]:
    """A list of what is among a number: 31批次不合格样品中，A 14批次，B 9批次，其他8批次."""
    for total in sentence.statements:
        listed = list(_unbroken([each for each in sentence.statements if each.index > total.index and each.group == total.group]))
        if total.count and total.figure.after.endswith("中") and len(listed) > 1 and all(each.unit == total.unit for each in listed):
            yield from _one_list(sentence, total, listed, listed)


def _lists_of_classes(sentence: Sentence) -> Iterator[PaperFinding]:
    """A list of classes behind a number: 食堂156家，A级124家，B级32家."""
    statements = [each for each in sentence.statements if each.count and not each.within]
    for place, total in enumerate(statements):
        listed = list(takewhile(lambda each: each.unit == total.unit and _is_class(each.noun), statements[place + 1 :]))  # noqa: B023  # used at once
        if len(listed) > 1 and not _is_class(total.noun[-2:]):
            yield from _one_list(sentence, total, listed, listed)


def _is_class(noun: str) -> bool:
    return _CLASS.fullmatch(noun) is not None or (len(noun) > 1 and noun.endswith("类"))


def _changes(sentence: Sentence) -> Iterator[PaperFinding]:
    """A list of changes behind 其中 against the whole change: 净增9,600户，其中企业净增3,200户、个体净增6,400户."""
    changes = [each for each in sentence.statements if each.added and not each.base]
    for total in changes:
        listed = [each for each in changes if each.within and each.within != total.within and each.index > total.index and each.group == total.group]
        alike = len(listed) > 1 and listed[0].index == total.index + 1 and len({(each.unit, each.within, each.figure.falls) for each in listed}) == 1
        if alike and listed[0].unit == total.unit and not adds_up(total, listed):
            yield missed(total, listed, Grade.CHECK)


def _unbroken(statements: Sequence[TextStatement]) -> Iterator[TextStatement]:
    """The counts of a list up to a rate, behind which another matter begins; what each 占 or grew by belongs to it."""
    for each in statements:
        if each.share and not each.growth and not each.figure.before.startswith(("占", "分别占")):
            return
        if each.count and not each.base and not each.figure.before.startswith(_COMPARES):
            yield each


def _strange_units(before: Sequence[TextStatement], listed: Sequence[TextStatement]) -> Iterator[PaperFinding]:
    """A list whose numbers make up the figure before it, in other units than that."""
    for total in before:
        if len(listed) > 1 and written_alike(total, listed):
            yield other_unit(total, tuple(listed))


def _one_list(sentence: Sentence, total: TextStatement, parts: Sequence[TextStatement], listed: Sequence[TextStatement]) -> Iterator[PaperFinding]:
    longer = [*parts, *_goes_on(sentence, parts)]
    row = [parts[0], *takewhile(lambda each: sentence.sign_before(each) == "、", parts[1:])]
    lists = [longer[:size] for size in range(len(row), len(longer) + 1)]  # what stands in a row belongs together
    if any(adds_up(total, each) for each in lists) or _skips(sentence, total, parts):
        yield from _days(total, next((each for each in lists if len(each) > 1 and adds_up(total, each)), ()))
        return
    all_units = [*listed, *(each for each in sentence.statements if each.count and each.index > listed[-1].index and each.depth == listed[0].depth)]
    for size in range(2, len(all_units) + 1):
        if len({each.figure.unit for each in all_units[:size]} | {total.figure.unit}) > 1 and written_alike(total, all_units[:size]):
            yield other_unit(total, tuple(all_units[:size]))
            return
    whole = min([each for each in lists if len(each) >= len(parts)], key=lambda each: abs(together(each) - total.value))
    if 1 < len(row) < len(parts) == len(listed) and not any(each.rest for each in parts):  # 重大隐患1项、一般隐患50项，整改完成49项
        whole = listed = parts = row
    if any(each.rest for each in whole):
        yield missed(total, tuple(whole), Grade.CERTAIN)
    elif len(whole) > (1 if len(parts) > 1 else _FEW) and len(parts) == len(listed) and not _MAIN.search(f"{total.figure.after}{listed[0].figure.before}"):
        covered = together(whole) / total.value if total.value else _ABOVE
        likely = _COVERED.get(len(whole), _COVERED[3]) <= covered <= _ABOVE
        if likely or _by_a_slip(total, whole) or (len(whole) == _PAIR and are_counterparts(whole[0].noun, whole[1].noun)):
            yield missed(total, tuple(whole), Grade.CHECK)


def _by_a_slip(total: TextStatement, parts: Sequence[TextStatement]) -> bool:
    """Whether one slip in one number of four digits or more would make parts come out; of smaller ones that says nothing."""
    off = together(parts) - total.value
    long = [each for each in (total, *parts) if len(each.figure.token.replace(",", "").replace(".", "")) >= _LONG]
    return total in long and any(slipped(each.value, each.value + (off if each is total else -off)) for each in (total, *parts))


def _goes_on(sentence: Sentence, parts: Sequence[TextStatement]) -> Iterator[TextStatement]:
    """The parts of a list that stand behind a semicolon: the first figure of each part of the sentence."""
    last = parts[-1]
    groups = {last.group}
    for each in sentence.statements:
        if each.index > last.index and each.group not in groups and each.depth == last.depth:
            groups.add(each.group)
            if each.unit != last.unit or not each.count or each.base or each.figure.before.startswith(_COMPARES):
                return
            yield each


def _skips(sentence: Sentence, total: TextStatement, parts: Sequence[TextStatement]) -> bool:
    """
    Whether all but a part make up the total: a part of a part stands between them.

    A list that ends with what is left has none such, nor has one whose parts all stand in a row (A、B、C).
    """
    in_a_row = len(parts) > 2 and all(sentence.sign_before(each) == "、" for each in parts[1:])
    if in_a_row or any(each.rest for each in parts):
        return False
    return any(adds_up(total, [each for each in parts if each is not other]) for other in parts[1:])


def _lists_with_rest(sentence: Sentence, follows: Sentence | None) -> Iterator[PaperFinding]:
    """A list that ends with what is left, against a total of the same noun in it or behind it."""
    for rest in sentence.statements:
        if not rest.rest or rest.within or not rest.count:
            continue
        same = [each for each in sentence.statements if each.unit == rest.unit and not each.within]
        same += [each for each in (follows.statements if follows else ()) if each.unit == rest.unit]
        totals = [each for each in same if each.noun and sum(_is_kind(other, each) for other in same if other is not each) >= 2]
        parts = [each for each in same if each.index <= rest.index and each not in totals]
        if len(parts) >= 3 and totals and not any(adds_up(total, parts) for total in totals):
            near = totals[0].value / _ABOVE <= together(parts) <= totals[0].value * _ABOVE
            yield missed(totals[0], tuple(parts), Grade.CERTAIN if near else Grade.CHECK)


def _is_kind(part: TextStatement, total: TextStatement) -> bool:
    """Whether a noun is a kind of another: 食品投诉 of 投诉; 不合格 is none of 合格."""
    return part.noun.endswith(total.noun) and part.noun[: -len(total.noun)][-1:] not in NEGATIONS


def _days(total: TextStatement, parts: Sequence[TextStatement]) -> Iterator[PaperFinding]:
    """A sum whose figures run to several days."""
    days = {each.figure.as_of for each in (total, *parts)}
    if len(days) > 1 and None not in days:
        named = "、".join(f"{day:%Y-%m-%d}" for day in sorted(day for day in days if day))
        yield PaperFinding(
            "days-differ",
            Grade.CHECK,
            (total.index, *(each.index for each in parts)),
            f"「{total.noun}」{total.written}和它的各部分截止日期不同：{named}",
            "请核对截止日期，或写明各自的日期",
        )
