"""
Lists without 其中: behind a head that divides what was counted before (按类型分, 分产业看, 不合格项目为：), and totals that stand behind their list.
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import islice, takewhile

from kpi.papers.checking.amounts import adds_up, slipped, together
from kpi.papers.checking.paper_finding import Grade, PaperFinding
from kpi.papers.checking.sum_wording import missed
from kpi.papers.checking.text_statements import Sentence, TextStatement, sentences_before

_DIVIDES = re.compile(r"^[按从分]")
_SUM = re.compile(r"共|合计|总")
_HEAD = re.compile(r"分别[为是有]?$|(?:[按从分][^，。；：\d]{1,8}[分看]|[^，。；：\d]{1,12}[为是有]?(?=：))[，：]?(?:其中|有|是|为)?[^，。；：\d]{0,14}$")
_LONGEST = 30  # figures of a list, and of what it may be of
_LONG = 3  # parts of a list that nothing opens
_MAIN = re.compile(r"主要|居前|前[一二三四五六七八九十\d]+|包括|等")  # a list that names but some
_TOTAL = re.compile(
    r"^(?:以上|上述)?(?:(?P<count>[一二两三四五六七八九十\d]+)[项者类种](?:[^，。；\d共合总]{0,6})|年)?(?:共计|总共|共|合计|总计)(?!同)|^(?P<noun>[^，。；\d]{2,6}(?:共计|合计|总计)|(?:全部|各类|所有)[^，。；\d]{1,6})$"
)
_NUMERALS = {"两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6}
_LEAST, _NEAR, _MOST = Decimal("0.7"), Decimal("0.85"), Decimal("1.5")  # of a total that parts make up so much of it is likely theirs
_UNIT = 5  # signs between a number and the colon behind it
_SURE_LEAST, _SURE_MOST = Decimal("0.5"), Decimal("2.5")  # where the words say that they divide it
_ENDING = 2  # letters of a noun that a head repeats


def headed_list_findings(sentences: Sequence[Sentence]) -> Iterator[PaperFinding]:
    """The lists of a text that do not make up the figure that they divide, and the totals behind lists that those do not make up."""
    for number, sentence in enumerate(sentences):
        earlier = [each for other in sentences_before(sentences, number) for each in other.statements]
        yield from _headed(sentence, earlier)
        yield from _headless(sentence, earlier)
        yield from _totals_behind(sentence, earlier)


def _headed(sentence: Sentence, earlier: Sequence[TextStatement]) -> Iterator[PaperFinding]:
    for first in sentence.statements:
        words = sentence.words_before(first)
        head = _HEAD.search(words) if first.count and not first.base and not first.within else None
        if head is None or _MAIN.search(head[0]):
            continue
        listed = list(islice(_row(sentence, first), _LONGEST))
        before = [*earlier, *(each for each in sentence.statements if each.index < first.index)][-_LONGEST:]
        totals = [each for each in before if each.count and not each.base and each.unit == first.unit and each.value >= first.value]
        if "分别" in head[0]:
            totals = [each for each in totals if each.index == first.index - 1 and _SUM.search(each.figure.before)]
        if _right_before(sentence, totals, first):
            totals = totals[-1:]  # 办结案件512件：食品203件，药品44件
        named = [each for each in totals if len(each.noun) >= _ENDING and each.noun[-3:] in head[0]]
        totals = named or totals
        if len(listed) < 2 or not totals or any(adds_up(total, listed[:size]) for total in totals for size in range(2, len(listed) + 1)):
            continue
        total = min(totals, key=lambda each: abs(each.value - together(listed)))
        least, most = (_SURE_LEAST, _SURE_MOST) if _DIVIDES.match(head[0]) else (_NEAR, _MOST)
        if total.value * least <= together(listed) <= total.value * most:
            yield missed(total, tuple(listed), Grade.CHECK)


def _right_before(sentence: Sentence, totals: Sequence[TextStatement], first: TextStatement) -> bool:
    """Whether nothing but its unit and a colon stands between the last of some figures and a list."""
    return bool(totals) and totals[-1].index == first.index - 1 and 0 <= sentence.words_between(totals[-1], first).find("：") < _UNIT


def _headless(sentence: Sentence, earlier: Sequence[TextStatement]) -> Iterator[PaperFinding]:
    """A sentence that is nothing but a list (满意597件、基本满意30件、不满意15件。) against the figures before it, where a single slip explains what lacks."""
    listed = [each for each in sentence.statements if not each.share]
    if len(listed) < _LONG or any(not each.count or each.base or each.depth or each.within for each in listed):
        return
    if len({(each.unit, each.group) for each in listed}) > 1:
        return
    totals = [each for each in earlier if each.count and not each.base and each.unit == listed[0].unit and each.value > max(part.value for part in listed)]
    if not totals or any(adds_up(total, listed[:size]) for total in totals for size in range(2, len(listed) + 1)):
        return
    total = min(totals, key=lambda each: abs(each.value - together(listed)))
    off = together(listed) - total.value
    if total.value * _NEAR <= together(listed) <= total.value / _NEAR and any(slipped(each.value, each.value - off) for each in listed):
        yield missed(total, tuple(listed), Grade.CHECK)


def _row(sentence: Sentence, first: TextStatement) -> Iterator[TextStatement]:
    """The counts from one on that stand in a row of the same unit."""
    follow = [each for each in sentence.statements if each.index >= first.index and each.depth == first.depth and (each.count or each.points)]
    return takewhile(lambda each: each.unit == first.unit and each.group == first.group and not each.within and not _TOTAL.match(each.figure.before), follow)


def _totals_behind(sentence: Sentence, earlier: Sequence[TextStatement]) -> Iterator[PaperFinding]:
    """A total behind the figures that it sums up: 合计17万元, 二者共1,683件; what was of the year before is none of them."""
    for place, total in enumerate(sentence.statements):
        own = _TOTAL.match(total.figure.before)
        if own is None or not total.count:
            continue
        before = sentence.statements[:place] or (earlier if own["count"] else ())
        parts = [each for each in before if each.unit == total.unit and each.depth == total.depth and each.count and not _of_before(each, total)]
        parts = [each for each in parts if each.within == total.within or not each.within]
        count = own["count"] and (_NUMERALS.get(own["count"]) or (int(own["count"]) if own["count"].isdecimal() else 0))
        if len(parts) < (count or 2):
            continue
        runs = [parts[-count:]] if count else [parts[start:] for start in range(len(parts) - 1)]
        if any(adds_up(total, run) for run in runs):
            continue
        run = min(runs, key=lambda each: abs(together(each) - total.value))
        bare = own[0] == total.figure.before and not own["noun"]
        near = total.value and _LEAST <= together(run) / total.value <= _MOST
        if bare or near or slipped(total.value, together(run)):
            yield missed(total, tuple(run), Grade.CHECK)


def _of_before(part: TextStatement, total: TextStatement) -> bool:
    day, now = part.figure.as_of, total.figure.as_of
    return part.base or (day is not None and now is not None and day.year < now.year)
