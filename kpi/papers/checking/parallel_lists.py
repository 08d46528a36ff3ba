"""
Lists of several figures each: 生产环节抽120批次、不合格2批次；流通环节抽240批次、不合格6批次; what stands at the same place of each makes up one total.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import takewhile

from kpi.papers.checking.amounts import adds_up, together
from kpi.papers.checking.paper_finding import Grade, PaperFinding
from kpi.papers.checking.sum_wording import missed
from kpi.papers.checking.text_statements import Sentence, TextStatement

_LEAST, _MOST = Decimal("0.7"), Decimal("1.5")  # of a total that a column makes up so much of it is likely its own
_ENDING = 2  # signs of the nouns of a column that are the same


def parallel_columns(sentence: Sentence, within: int) -> Iterator[PaperFinding] | None:
    """The findings on the columns of the list that begins in a 其中; None where it is no list of several figures each."""
    first = [each for each in sentence.statements if each.within == within and each.count and not each.base]
    if len(first) < 2 or first[0].depth or not first[0].within:
        return None
    if _repeats(sentence, first):
        return iter(())
    rows = [first]
    groups = sorted({each.group for each in sentence.statements if each.group > first[0].group})
    rows += takewhile(lambda row: _alike(first, row), ([each for each in sentence.statements if each.group == group and each.count] for group in groups))
    if len(rows) < 2 or len({each.noun for each in first}) < len(first):
        return None
    return _missed_columns(sentence, rows)


def _repeats(sentence: Sentence, first: Sequence[TextStatement]) -> bool:
    """Whether a list says of a part what the figures right before say of the whole: 申请860件，授权412件，其中发明专利申请260件，授权98件."""
    before = [each for each in sentence.statements if each.index < first[0].index and each.count][-len(first) :]
    if len(before) < len(first):
        return False
    pairs = list(zip(first, before, strict=True))
    return all(len(total.noun) > 1 and part.noun.endswith(total.noun[-_ENDING:]) and part.value <= total.value for part, total in pairs)


def _alike(first: Sequence[TextStatement], row: Sequence[TextStatement]) -> bool:
    """Whether two rows have as many figures, of the same units, and behind the first of the same nouns."""
    pairs = list(zip(first, row, strict=False))
    return len(first) == len(row) and all(part.unit == other.unit for part, other in pairs) and all(part.noun == other.noun for part, other in pairs[1:])


def _missed_columns(sentence: Sentence, rows: Sequence[Sequence[TextStatement]]) -> Iterator[PaperFinding]:
    for column in zip(*rows, strict=True):
        before = [each for each in sentence.statements if each.index < rows[0][0].index and each.count and each.unit == column[0].unit]
        named = [each for each in before if column[0].noun[-_ENDING:] in each.noun and len({part.noun for part in column}) == 1]
        totals = [each for each in named or before if each.value >= max(part.value for part in column)]
        if not totals or any(adds_up(total, column) for total in totals):
            continue
        total = min(totals, key=lambda each: abs(each.value - together(column)))
        if total.value * _LEAST <= together(column) <= total.value * _MOST:
            yield missed(total, column, Grade.CHECK)
