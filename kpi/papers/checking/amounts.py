"""
When figures of a text agree: sums, shares and growths, to the digits that are written.

A count is exact; what is written in 万 or with digits behind the point may have been rounded, and is held against what it may have been.
"""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction

from kpi.papers.checking.text_statements import TextStatement
from kpi.validation.relation_figures import round_half_up

_SWAPPED = 2
_HUNDRED = {"%": 100, "‰": 1000}


def hundred(share: TextStatement) -> int:
    """What a share is counted in: 100 of %, 1000 of ‰."""
    return _HUNDRED.get(share.figure.unit, 100)


def together(parts: Iterable[TextStatement]) -> Decimal:
    """The sum of parts."""
    return sum((part.value for part in parts), Decimal(0))


def adds_up(total: TextStatement, parts: Sequence[TextStatement]) -> bool:
    """Whether parts make up a total; each of them may be rounded by half of its last digit."""
    return abs(total.value - together(parts)) <= _slack(total, *parts)


def written_alike(total: TextStatement, parts: Sequence[TextStatement]) -> bool:
    """Whether the bare numbers add up, whatever their units."""
    numbers = [part.figure.value or Decimal(0) for part in parts]
    return sum(numbers, Decimal(0)) == total.figure.value


def _slack(*statements: TextStatement) -> Decimal:
    return sum((statement.step for statement in statements), Decimal(0)) / 2


def gives(rate: TextStatement, part: Decimal, whole: Decimal, slack: Decimal = Decimal(0)) -> bool:
    """Whether a part of a whole gives a rate to the digits it is written with; both may be off by a slack."""
    if whole <= 0:
        return False
    least = Fraction(part - slack) * hundred(rate) / Fraction(whole + slack)
    most = Fraction(part + slack) * hundred(rate) / max(Fraction(whole - slack), Fraction(1, 10**9))
    return _prints(least, most, Fraction(rate.figure.value or 0), rate.figure.decimals)


def is_share_of(rate: TextStatement, part: TextStatement, whole: TextStatement) -> bool:
    """Whether a rate is that of two counts of a text."""
    return gives(rate, part.value, whole.value, max(part.step, whole.step) / 2)


def grew_by(growth: TextStatement, now: Decimal, before: Decimal, slack: Decimal = Decimal(0)) -> bool:
    """Whether a growth is that from one number to another, to its digits and in its direction."""
    if before <= 0:
        return False
    stated = abs(growth.value) if not growth.figure.falls else -abs(growth.value)
    least = (Fraction(now - slack) / Fraction(before + slack) - 1) * 100
    most = (Fraction(now + slack) / max(Fraction(before - slack), Fraction(1, 10**9)) - 1) * 100
    return _prints(least, most, Fraction(stated), growth.figure.decimals)


def _prints(least: Fraction, most: Fraction, stated: Fraction, decimals: int) -> bool:
    """Whether a number between two bounds may be written as it is stated; of a half by either rule, 四舍五入 or 四舍六入五成双."""
    half = Fraction(1, 2 * 10**decimals)
    return least - half <= stated <= most + half


def slipped(written: Decimal, meant: Decimal) -> bool:
    """Whether a number may have been written for another by one slip: one digit, or two neighbours that changed places."""
    if meant < 0:
        return False
    first, second = f"{written:f}", f"{meant:f}"
    width = max(len(first), len(second))
    pairs = [(digit, other) for digit, other in zip(first.rjust(width, "0"), second.rjust(width, "0"), strict=True) if digit != other]
    return len(pairs) == 1 or (len(pairs) == _SWAPPED and pairs[0] == pairs[1][::-1])


def rounded(number: Fraction, decimals: int) -> Decimal:
    """A number to some digits behind the point, as it is shown."""
    exact = round_half_up(number, decimals)
    return (Decimal(exact.numerator) / Decimal(exact.denominator)).quantize(Decimal(1).scaleb(-decimals))
