"""Means inside a text: 户均1,500元 of 187.5万元 for 1,250户, 平均每家1.5次 of 2,340次 for 1,560家."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import product

from kpi.papers.checking.amounts import rounded, slipped
from kpi.papers.checking.paper_finding import Grade, PaperFinding
from kpi.papers.checking.text_statements import Sentence, TextStatement
from kpi.value import plain
from kpi.workbook.units import scale_of

_MEAN = re.compile(r"(?P<per>[户人件案起次批家所店台套笔场])均|每(?:一)?(?P<each>[户人件案起次批家所店台套笔场个])")
_COUNTED_AS = {"案": "件起", "批": "批", "户": "户家", "家": "家户", "店": "家", "人": "人名"}


def mean_findings(sentences: Sequence[Sentence]) -> Iterator[PaperFinding]:
    """The means that no two figures before them give, where a single slip explains it; of what else they may be means of, nobody knows."""
    for sentence in sentences:
        for mean in sentence.statements:
            words = _MEAN.search(mean.figure.before)
            if words is None or not mean.count or mean.base:
                continue
            per = words["per"] or words["each"]
            before = [each for each in sentence.statements if each.index < mean.index and each.count and not each.base and each.value > 0]
            numbers = [each for each in before if each.unit[:1] in _COUNTED_AS.get(per, per) and each.unit != mean.unit]
            sums = [each for each in before if each.unit == mean.unit and not _MEAN.search(each.figure.before)]
            given = [(amount, number, _quotient(mean, amount, number)) for amount, number in product(sums, numbers)]
            written = mean.figure.value or Decimal(0)
            if not any(quotient == written for _, _, quotient in given):
                yield from (_finding(mean, *each) for each in [pair for pair in given if slipped(written, pair[-1])][-1:])


def _quotient(mean: TextStatement, amount: TextStatement, number: TextStatement) -> Decimal:
    """One figure for each of another, in the unit of a mean and to its digits."""
    scale = scale_of(mean.figure.unit)
    return rounded(Fraction(amount.value) / Fraction(number.value) / Fraction(10) ** scale, mean.figure.decimals)


def _finding(mean: TextStatement, amount: TextStatement, number: TextStatement, quotient: Decimal) -> PaperFinding:
    return PaperFinding(
        "mean-of-counts",
        Grade.CHECK,
        (mean.index, amount.index, number.index),
        f"「{mean.noun}」写为 {mean.written}，按文中的数 {amount.written} ÷ {number.written} = {plain(quotient)}{mean.figure.unit}",
        "请核对平均数和它的两个数",
    )
