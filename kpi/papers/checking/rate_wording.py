"""How a rate of a text that its counts do not give is said."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from kpi.papers.checking.amounts import hundred, rounded
from kpi.papers.checking.paper_finding import Grade, PaperFinding
from kpi.papers.checking.text_statements import TextStatement


def given(rate: TextStatement, part: Decimal, whole: Decimal) -> Decimal | str:
    """The rate that a part of a whole gives, to the digits of one that is written."""
    return rounded(Fraction(part) * hundred(rate) / Fraction(whole), rate.figure.decimals) if whole else "—"


def rate_differs(rate: TextStatement, part: TextStatement, wholes: Sequence[TextStatement], grade: Grade) -> PaperFinding:
    """A rate that a part of none of some wholes gives; a rate of nothing at all, which may be of another time, is nowhere certain."""
    listed = "；".join(
        f"{part.figure.token} ÷ {whole.figure.token} = {given(rate, part.value, whole.value)}{rate.figure.unit}" for whole in wholes if whole.value
    )
    if not listed:
        listed, grade = f"{part.figure.token} ÷ 0 没有率", Grade.CHECK
    return PaperFinding(
        "rate-of-counts",
        grade,
        (rate.index, part.index, *(whole.index for whole in wholes)),
        f"「{rate.noun}」写为 {rate.written}，按文中的数 {listed}",
        "请核对率和它的分子、分母",
    )


def rate_of_other_unit(rate: TextStatement, part: TextStatement, whole: TextStatement) -> PaperFinding:
    """A rate that is that of two counts of other units."""
    return PaperFinding(
        "units-differ",
        Grade.CHECK,
        (part.index, whole.index, rate.index),
        f"「{rate.noun}」{rate.written} 是 {part.written} 占 {whole.written} 的比例，两个数单位不同",
        "请核对单位",
    )
