"""
Growths inside a text against the two figures that they are between: 本期 and 上年同期, 由 … 至 …, or 本期 and by how much it grew.

A growth of a count is (now / before − 1) · 100; of a percentage it is a difference in percentage points.
"""

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import permutations

from kpi.papers.checking.amounts import grew_by, rounded
from kpi.papers.checking.paper_finding import Grade, PaperFinding
from kpi.papers.checking.text_statements import Sentence, TextStatement, sentences_before
from kpi.value import plain

_MEAN = re.compile(r"年均|平均|每年|复合|两年|月均")
_MONTH_ON_MONTH = re.compile(r"环比|[比较]上(?:个)?月|上月")
_BESIDE_OTHERS = re.compile(r"目标|任务|计划|进度|平均|全[国省市]")  # no change over time
_TIME_BEFORE = re.compile(r"^(?:[比较与和由从])?(?:去年|上年|上一年|前一年|年初|上(?:个)?月|\d{1,2}月|(?:19|20)\d\d年)(?:份|度)?(?:同期|末|底)?(?:的|为)?")
_GROWS = re.compile(r"(?:同比|环比)?(?:分别)?(?:增长|上升|提高|下降|增加|减少|上涨|下跌|降低|提升)$")
_YEAR_ON_YEAR = re.compile(r"同比|上年|去年|同期")
_NEAR = 6  # figures before a growth; of what is further back it is none unless it says so
_POINTS = "个百分点"


def growth_findings(sentences: Sequence[Sentence]) -> Iterator[PaperFinding]:
    """The growths of a text that the figures of their sentence do not give."""
    for number, sentence in enumerate(sentences):
        earlier = [each for other in sentences_before(sentences, number) for each in other.statements]
        for growth in sentence.statements:
            former = [*earlier, *(each for each in sentence.statements if each.group < growth.group)]
            near = [each for each in sentence.statements if each.group == growth.group] if growth.group else list(sentence.statements)
            if growth.depth:  # 企业25,360户（增长8.2%）
                near = [each for each in sentence.statements if each.within == growth.within or each.index == growth.index - 1]
            if _MEAN.search(growth.figure.before) or (growth.added and _BESIDE_OTHERS.search(growth.figure.before)):
                continue
            if growth.points:
                yield from _points(growth, near, former)
            elif growth.growth:
                yield from _percent(growth, near, former, sentence.statements[0].index)
            elif growth.added:
                yield from _difference(growth, near, former)


def _is_base(statement: TextStatement, growth: TextStatement) -> bool:
    """Whether a figure is that of the time before a growth."""
    day, now = statement.figure.as_of, growth.figure.as_of
    if _MONTH_ON_MONTH.search(growth.figure.before):
        return day is not None and now is not None and 0 < (now.year - day.year) * 12 + now.month - day.month <= 1
    if day is None or now is None:
        return statement.base
    return statement.base or day.year < now.year or (day < now and abs(statement.index - growth.index) == 1 and not _YEAR_ON_YEAR.search(growth.figure.before))


def _sides(growth: TextStatement, near: Sequence[TextStatement], former: Sequence[TextStatement]) -> tuple[list[TextStatement], list[TextStatement]]:
    """The figures that a growth may lead to, and those from which: of its own part of the sentence, or of those before it by their noun."""
    counts = [each for each in near if each.count and not each.figure.before.startswith("其中")]
    own = _GROWS.sub("", growth.figure.before)
    named = [each for each in counts if len(own) > 1 and each.noun == own and each.index < growth.index and not _is_base(each, growth)]
    if named:  # 案件144件，罚没236.8万元，同比分别增长20%和48%，去年同期分别为120件和160万元
        before = [each for each in counts if _is_base(each, growth) and each.unit == named[0].unit]
        return named, [each for each in before if _TIME_BEFORE.sub("", each.noun) == own] or before
    bases = [each for each in counts if _is_base(each, growth) and (each.index < growth.index or _follows(each, growth, [other.noun for other in counts]))]
    bases = [each for each in bases if each.unit == bases[-1].unit]
    nows = [each for each in counts if not _is_base(each, growth) and each.index < growth.index and all(each.unit == base.unit for base in bases[:1])]
    if bases and not nows:
        noun = _TIME_BEFORE.sub("", bases[0].noun)
        same = [each for each in former if each.count and each.unit == bases[0].unit and not each.base]
        nows = [each for each in same if (not noun and growth.index - each.index <= _NEAR) or (len(noun) > 1 and _one_noun(noun, each.noun))]
    return nows, bases


def _follows(base: TextStatement, growth: TextStatement, nouns: Sequence[str]) -> bool:
    """Whether the figure of the time before stands right behind a growth: in brackets, or by the noun of a figure before it (上年为9件, 上年产值16.5亿元)."""
    if base.index != growth.index + 1:
        return False
    own = _TIME_BEFORE.sub("", base.noun)
    return base.depth > growth.depth or not own or any(own in noun for noun in nouns if noun != base.noun)


def _percent(growth: TextStatement, near: Sequence[TextStatement], former: Sequence[TextStatement], first: int) -> Iterator[PaperFinding]:
    nows, bases = _sides(growth, near, former)
    added = [each for each in near if each.added and each.index == growth.index - 1]
    nows = [each for each in nows if not added or each.unit == added[0].unit]
    if added and not nows:  # the figure itself stands in the part of the sentence before: ；比上年同期少检220台，下降4.9%
        nows = [each for each in former if each.count and not each.base and each.unit == added[0].unit and each.index >= first]
    added = [each for each in near if each.added and nows and nows[-1].index < each.index < growth.index and each.unit == nows[-1].unit]
    if not nows or not (bases or added):
        return
    if any(grew_by(growth, now.value, base.value, max(now.step, base.step) / 2) for now in nows for base in bases):
        return
    changes = [(now, each, now.value + each.value if each.figure.falls else now.value - each.value) for now in nows for each in added]
    if any(grew_by(growth, now.value, before) for now, _, before in changes):
        return
    other, before = (bases[-1], bases[-1].value) if bases else (changes[-1][1], changes[-1][2])
    if before <= 0:
        return
    now = nows[-1]
    given = rounded((Fraction(now.value) / Fraction(before) - 1) * 100, growth.figure.decimals)
    certain = len(nows) == 1 and len(bases) == 1 and not added and now in near and "分别" not in growth.figure.subject
    yield PaperFinding(
        "growth-of-counts",
        Grade.CERTAIN if certain else Grade.CHECK,
        (growth.index, now.index, other.index),
        f"写为{_words(growth)} {growth.figure.token}%，按文中的 {now.figure.token} 和 {plain(before)} 是 {plain(given)}%",
        "请核对增幅和前后两个数",
    )


def _difference(added: TextStatement, near: Sequence[TextStatement], former: Sequence[TextStatement]) -> Iterator[PaperFinding]:
    """By how many something grew, against the figures now and before."""
    nows, bases = _sides(added, near, former)
    bases = [each for each in bases if each.unit == added.unit]
    change = -added.value if added.figure.falls else added.value
    if not bases or not nows or any(abs(now.value - base.value - change) <= max(now.step, base.step) / 2 for now in nows for base in bases):
        return
    now, base = nows[-1], bases[-1]
    yield PaperFinding(
        "difference-of-counts",
        Grade.CERTAIN if len(nows) == len(bases) == 1 and now in near and "分别" not in added.figure.subject else Grade.CHECK,
        (added.index, now.index, base.index),
        f"写为{_words(added)} {added.written}，按文中的 {now.figure.token} 和 {base.figure.token} 相差 {plain(now.value - base.value)}{added.unit}",
        "请核对前后两个数和它们的差",
    )


def _one_noun(first: str, second: str) -> bool:
    return bool(second) and (first in second or second in first)


def _points(growth: TextStatement, near: Sequence[TextStatement], former: Sequence[TextStatement]) -> Iterator[PaperFinding]:
    """A change of a rate against the two rates; what their own rounding explains is nowhere certain: 97.78 − 97.40 is 0.38, of 97.8 and 97.4 it is 0.4."""
    shares = [each for each in near if each.share and not each.growth]
    rates = [each for each in shares if each.index < growth.index]
    rates += [each for each in shares if _is_base(each, growth) and _follows(each, growth, [rate.noun for rate in rates])]
    base = next((each for each in reversed(rates) if _is_base(each, growth) or _stands_by_base(each, near, growth)), None)
    now = next((each for each in reversed(rates) if each is not base and not _is_base(each, growth)), None)
    if now is None and base is not None:
        now = next((each for each in reversed(former) if each.share and not each.growth and each.noun == base.noun), None)
    if now is None or base is None:
        return
    given, stated = now.value - base.value, -abs(growth.value) if growth.figure.falls else growth.value
    rounded_away = abs(given - stated) <= (now.step + base.step + growth.step) / 2
    if given == stated or (rounded_away and growth.figure.decimals > max(now.figure.decimals, base.figure.decimals)):
        return
    others = [(first, second) for first, second in permutations(rates, 2) if {first.index, second.index} != {now.index, base.index}]
    if any(first.value - second.value == stated for first, second in others):  # 距目标98%差2.5个百分点 is between two other rates
        return
    if _BESIDE_OTHERS.search(growth.figure.before):
        return
    alone = sum(each.index != base.index and not _is_base(each, growth) for each in rates) <= 1
    yield PaperFinding(
        "points-of-rates",
        Grade.CERTAIN if alone and not rounded_away else Grade.CHECK,
        (growth.index, now.index, base.index),
        f"写为{_words(growth)} {growth.figure.token}{_POINTS}，按文中的 {now.figure.token}% 和 {base.figure.token}% 相差 {plain(given)}{_POINTS}",
        "请核对两个率和它们的差",
    )


def _stands_by_base(rate: TextStatement, near: Sequence[TextStatement], growth: TextStatement) -> bool:
    """Whether a rate is of the time before because the figure right before it is: 上年抽检280批次，合格率97.1%."""
    return any(each.index == rate.index - 1 and each.count and _is_base(each, growth) for each in near)


def _words(growth: TextStatement) -> str:
    return "下降" if growth.figure.falls else "增长"
