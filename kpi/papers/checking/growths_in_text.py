"""
Growths inside a text against the two figures that they are between: 本期 and 上年同期, 由 … 至 …, or 本期 and by how much it grew.

A growth of a count is (now / before − 1) · 100; of a percentage it is a difference in percentage points.
"""

import re
from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal

from kpi.papers.checking.paper_finding import Grade, PaperFinding
from kpi.papers.checking.rates_in_text import is_growth
from kpi.papers.checking.statements import Sentence, Statement, is_base
from kpi.value import plain

_ADDED = re.compile(r"(?:增加|净增|新增|增长|多|减少|下降|少|提高|上升|降低|回落)(?:了)?$")
_POINTS = "个百分点"


def growth_findings(sentences: Sequence[Sentence]) -> Iterator[PaperFinding]:
    """The growths of a text that the figures of their sentence do not give."""
    for sentence in sentences:
        if sentence.masked:
            continue
        for growth in sentence.statements:
            if growth.figure.unit.endswith("百分点"):
                yield from _points(growth, sentence.statements)
            elif growth.share and is_growth(growth):
                yield from _percent(growth, sentence.statements)


def _percent(growth: Statement, statements: Sequence[Statement]) -> Iterator[PaperFinding]:
    near = [each for each in statements if not each.share and not each.figure.unit.endswith("百分点")]
    now = next((each for each in reversed(near) if each.index < growth.index and not is_base(each) and not _ADDED.search(each.figure.before)), None)
    if now is None:
        return
    between = [each for each in near if each.unit == now.unit and each is not now]
    bases = [each for each in between if is_base(each)]
    added = [each for each in between if _ADDED.search(each.figure.before) and each.index > now.index]
    befores = [each.value for each in bases] + [now.value + each.value if each.figure.falls else now.value - each.value for each in added]
    if not befores or any(_fits(growth, now.value, before) for before in befores):
        return
    digits = Decimal(1).scaleb(-growth.figure.decimals)
    other, before = (*bases, *added)[0], befores[0]
    if before <= 0:
        return
    given = ((now.value / before - 1) * 100).quantize(digits, ROUND_HALF_UP)
    yield PaperFinding(
        "growth-of-counts",
        Grade.CERTAIN if len(befores) == 1 else Grade.CHECK,
        (growth.index, now.index, other.index),
        f"写为{_words(growth)} {growth.figure.token}%，按文中的 {now.figure.token} 和 {plain(before)} 是 {plain(given)}%",
        "请核对增幅和前后两个数",
    )


def _fits(growth: Statement, now: Decimal, before: Decimal) -> bool:
    if before == 0:
        return False
    digits = Decimal(1).scaleb(-growth.figure.decimals)
    given = ((now / before - 1) * 100).quantize(digits, ROUND_HALF_UP)
    return given == (-abs(growth.value) if growth.figure.falls else growth.value)


def _points(growth: Statement, statements: Sequence[Statement]) -> Iterator[PaperFinding]:
    rates = [each for each in statements if each.share and not is_growth(each)]
    now = next((each for each in reversed(rates) if each.index < growth.index and not is_base(each)), None)
    base = next((each for each in rates if is_base(each)), None)
    if now is None or base is None:
        return
    given = now.value - base.value
    if given == (-abs(growth.value) if growth.figure.falls else growth.value):
        return
    yield PaperFinding(
        "points-of-rates",
        Grade.CERTAIN,
        (growth.index, now.index, base.index),
        f"写为{_words(growth)} {growth.figure.token}{_POINTS}，按文中的 {now.figure.token}% 和 {base.figure.token}% 相差 {plain(given)}{_POINTS}",
        "请核对两个率和它们的差",
    )


def _words(growth: Statement) -> str:
    return "下降" if growth.figure.falls else "增长"
