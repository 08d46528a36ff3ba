"""
What is so, what is not so and what is still open, against the total: 合格 44 + 不合格 7 of 54 tested, 41 settled and 其余 11 of 52; and 新设 − 注销 = 净增.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import combinations

from kpi.papers.checking.amounts import adds_up, slipped, together, written_alike
from kpi.papers.checking.exhaustive_classes import are_counterparts
from kpi.papers.checking.paper_finding import Grade, PaperFinding
from kpi.papers.checking.sum_wording import missed, other_unit
from kpi.papers.checking.text_statements import Sentence, TextStatement, sentences_before
from kpi.value import plain
from kpi.workbook.forms.opposite_words import NEGATIONS

_PENDING = re.compile(r"正在[检办处整]|在[检办施建]|待[检出办开验审]|尚未|未出(?:结果|报告)|办理中|需[补整]|检[验测]中|整改中|处理中")
_LEFT = re.compile(r"^(?:其余|剩余|剩下|尚余|余下?|剩|尚?缺口?|漏[检报]|尚有|仍有|还有|未(?:办结|整改|完成|结案)的?)(?:的)?")
_TAKEN_IN = re.compile(r"立案|受理")
_NOT_YET = re.compile(r"未(?P<verb>[检报查缴验结办])(?:的)?$")
_SIGNS = tuple(sign for sign in NEGATIONS if sign != "没")  # 罚没 and 没收 negate nothing
_PAIRS = ({"查实", "查否"}, {"属实", "失实"}, {"成功", "失败"}, {"达标", "超标"}, {"通过", "退回"})
_IN_TIME, _LATE = re.compile(r"按期|按时|及时|如期|期限内"), re.compile(r"逾期|超期|超时")
_NEAR = 4  # figures before what is left; further back another matter is written of
_NEW, _GONE, _NET = re.compile(r"新[设登增办开注发]|设立"), re.compile(r"注销|吊销|退出|迁出"), re.compile(r"净增")


def opposites(sentence: Sentence) -> tuple[tuple[TextStatement, TextStatement], ...]:
    """What is so and what is not so of one unit, each with its nearest: 合格 and 不合格."""
    pairs: list[tuple[TextStatement, TextStatement]] = []
    taken: set[int] = set()
    counts = [each for each in sentence.statements if each.count]
    opposed = [(first, second) for first, second in combinations(counts, 2) if first.unit == second.unit and _are_opposed(first.noun, second.noun)]
    for first, second in sorted(opposed, key=_distance):
        if first.index not in taken and second.index not in taken:
            pairs.append((first, second))
            taken |= {first.index, second.index}
    owed = {sign for each in counts for sign in re.findall(r"应(.)", each.noun)}
    owed |= {"结", "办"} if any(_TAKEN_IN.search(each.noun) for each in counts) else set()
    for negative in counts:
        verb = _NOT_YET.search(negative.noun) if negative.index not in taken else None
        done = [each for each in counts if verb and verb["verb"] in owed and verb["verb"] in each.noun and not re.search(r"[应未]", each.noun)]
        done = [each for each in done if each.index not in taken and each.unit == negative.unit]
        if done:
            pairs.append((done[-1], negative))
            taken |= {done[-1].index, negative.index}
    return tuple(sorted(pairs, key=lambda pair: pair[0].index))


def _distance(pair: tuple[TextStatement, TextStatement]) -> tuple[bool, int]:
    """How near two figures are to each other; those come first of which one noun is nothing but the other negated: 满意 and 不满意 before 基本满意."""
    first, second = pair
    return not any(
        sign in other.noun and other.noun.replace(sign, "", 1) == positive.noun for sign in _SIGNS for positive, other in (pair, pair[::-1])
    ), second.index - first.index


def _are_opposed(first: str, second: str) -> bool:
    if {first, second} in _PAIRS or are_counterparts(first, second):
        return True
    return any(_opposes(noun, other) or bool(_IN_TIME.search(noun) and _LATE.match(other)) for noun, other in ((first, second), (second, first)))


def _opposes(positive: str, negative: str) -> bool:
    """Whether a noun is the other without its negation: 合格样品 of 检出不合格样品; what is owed (应检) is none of the two."""
    if "应" in positive and "应" not in negative:
        return False
    for sign in _SIGNS:
        place = negative.find(sign)
        if place < 0 or len(negative) < place + 2 or sign in positive:
            continue
        bare = negative[place + 1 :].removeprefix("予")  # 不予受理
        stripped = f"{negative[:place]}{bare}"
        if len(bare) > 1 and positive.startswith(bare[0]) and positive.endswith(bare[1:]):  # 持执法证 and 未持证
            return True
        if len(positive) > 1 and bare.startswith(positive):  # 合格 and 不合格样品
            return True
        if stripped == positive or (len(bare) > 1 and (positive.endswith((stripped, bare)) or positive.startswith(bare))):
            return True
    return False


def opposite_findings(sentences: Sequence[Sentence]) -> Iterator[PaperFinding]:
    """The totals of a text that these do not make up."""
    for number, sentence in enumerate(sentences):
        pairs = opposites(sentence)
        opposed = {each.index for pair in pairs for each in pair}
        for first, second in pairs:
            yield from _of_pair(sentence, first, second, opposed - {first.index, second.index})
        earlier = [each for other in sentences_before(sentences, number) for each in other.statements]
        yield from _open(sentence, earlier)
        yield from _net(sentence, earlier)


def is_pending(statement: TextStatement) -> bool:
    """Whether a figure counts what has no result yet."""
    return _PENDING.search(statement.noun) is not None or _PENDING.search(statement.figure.after) is not None


def _of_pair(sentence: Sentence, first: TextStatement, second: TextStatement, others: set[int]) -> Iterator[PaperFinding]:
    same = [each for each in sentence.statements if each.unit == first.unit and each.count and each not in (first, second)]
    pending = [each for each in same if is_pending(each)]
    totals = [each for each in same if each not in pending and each.index < first.index and each.index not in others]
    between = [each for each in same if first.index < each.index < second.index and (each.group == second.group != first.group or each.noun.startswith("应"))]
    between = [each for each in between if each not in pending]
    totals = totals or [each for each in between if each.index not in others]
    totals = [each for each in totals if each.value >= max(first.value, second.value)] or totals
    if not totals:
        before = [each for each in sentence.statements if each.count and each.index < first.index and each.unit != first.unit]
        yield from (other_unit(total, (first, second)) for total in before[-1:] if written_alike(total, (first, second)))
        return
    if any(adds_up(each, (first, second)) for each in same if each.index < first.index):
        return
    if any(adds_up(total, (first, second)) or adds_up(total, (first, second, *pending)) for total in totals):
        return
    inside = [each for each in same if first.index < each.index < second.index and each.group == second.group and not each.base and each not in pending]
    if any(adds_up(total, (first, *inside, second)) for total in totals):  # 满意22家，可疑2家，不满意1家
        return
    more = [each for each in same if each.index > second.index and each.group == second.group and not each.base and each not in pending]
    if any(adds_up(total, (first, second, *more[: size + 1])) for total in totals for size in range(len(more))):
        return
    if inside and min(abs(total.value - together((first, *inside, second))) for total in totals) < min(each.value for each in totals) / 2:
        yield missed(totals[-1], (first, *inside, second), Grade.CHECK)
        return
    openly = together((first, second)) < totals[-1].value and (bool(more) or (not pending and _PENDING.search(sentence.text) is not None))
    beside = [each for each in same if totals[-1].index < each.index < second.index and each not in pending]  # of which the two may be parts as well
    yield missed(totals[-1], (first, second), Grade.CHECK if openly or beside or totals[-1].index > first.index else Grade.CERTAIN)
    if pending and totals[0] is not totals[-1]:
        yield missed(totals[0], (first, second, *pending), Grade.CERTAIN)


def _open(sentence: Sentence, earlier: Sequence[TextStatement]) -> Iterator[PaperFinding]:
    """What is left or still open, against the figures before it; where the sentence has no total of it, against that of one before, if a slip explains it."""
    for rest in sentence.statements:
        before = [each for each in sentence.statements if each.index < rest.index and each.unit == rest.unit and each.count and not each.base and not each.rest]
        before = [each for each in before if each.within == rest.within or not each.within]
        behind = [each for each in sentence.statements if each.index > rest.index and each.unit == rest.unit and each.count]
        if not _is_left(rest) or (behind and _is_left(behind[0])) or not 1 <= len(before) <= _NEAR:
            continue
        if len(before) == 1:
            yield from _of_earlier_total(before[0], rest, [each for each in earlier if each.unit == rest.unit and each.count and not each.base])
            continue
        pairs = [(total, other) for place, total in enumerate(before) for other in before[place + 1 :]]
        if any(adds_up(total, (rest, other)) for total, other in pairs):
            continue
        if any(adds_up(total, (rest, *before[place + 1 :])) for place, total in enumerate(before[:-1])):
            continue
        total, other = min(pairs, key=lambda pair: abs(pair[0].value - pair[1].value - rest.value))
        yield missed(total, (other, rest), Grade.CHECK)


def _is_left(statement: TextStatement) -> bool:
    return statement.count and (is_pending(statement) or _LEFT.match(statement.figure.before) is not None)


def _of_earlier_total(other: TextStatement, rest: TextStatement, earlier: Sequence[TextStatement]) -> Iterator[PaperFinding]:
    totals = [each for each in earlier if each.value > other.value]
    if not totals or any(adds_up(total, (other, rest)) for total in totals):
        return
    near = [each for each in totals if slipped(rest.value, each.value - other.value)]
    if near:
        yield missed(near[-1], (other, rest), Grade.CHECK)


def _net(sentence: Sentence, earlier: Sequence[TextStatement]) -> Iterator[PaperFinding]:
    """净增 against 新设 and 注销; against those of an earlier sentence where it names what they count: 企业净增."""
    for net in sentence.statements:
        if not _NET.search(net.noun):
            continue
        same = [each for each in sentence.statements if each.unit == net.unit and each is not net and not each.share]
        if (own := _NET.sub("", net.noun)) and not any(_NEW.search(each.noun) for each in same):
            same = [*(each for each in earlier if each.unit == net.unit and own in each.noun), *same]
        came, gone = [each for each in same if _NEW.search(each.noun)], [each for each in same if _GONE.search(each.noun)]
        if came and gone and not any(adds_up(new, (net, *old)) for new in came for old in (gone, *([each] for each in gone))):
            new, old = came[-1], gone[-1]
            yield PaperFinding(
                "net-of-new-and-gone",
                Grade.CHECK,
                (net.index, new.index, old.index),
                f"{new.noun} {new.figure.token} − {old.noun} {old.figure.token} = {plain(new.value - old.value)}{net.unit}，文中「{net.noun}」为 {net.written}",
                "请核对三个数",
            )
