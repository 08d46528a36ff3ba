"""
Rates: two counted parts, divided once, exactly.

Every rate of the product is divided here: on the board, of single months, between what is still possible, and where a typed rate is checked.
A rate per year (annualised) is what was counted, times the days of the year, over what it was counted of times the days counted.
"""

from decimal import Decimal
from fractions import Fraction

from kpi.compute.parts import Parts
from kpi.compute.subject import Subject


def divide(numerator: Decimal | Fraction | None, denominator: Decimal | Fraction | None, scale: int = 1, days: tuple[int, int] = (1, 1)) -> Fraction | None:
    """
    Divide the summed parts of a rate.

    Args:
        numerator: What was counted.
        denominator: What it is counted of.
        scale: 100 for per cent, 1000 for per mille.
        days: Of a rate per year the days of the year, and the days counted; (1, 1) for any other.

    Returns:
        The exact rate; None without both parts, of nothing done, of a negative denominator, or of no days: such a quotient says nothing.

    """
    year, counted = days
    if numerator is None or denominator is None or denominator <= 0 or counted <= 0:
        return None
    (above, of), (below, to) = numerator.as_integer_ratio(), denominator.as_integer_ratio()
    return Fraction(above * to * scale * year, of * below * counted)  # whole numbers, brought to lowest terms once


def quotient(numerator: Decimal | None, denominator: Decimal | None, exposure: Decimal | None, subject: Subject, year_days: int) -> Fraction | None:
    """A numerator over its denominator, of a rate per year over its exposure (denominator × days counted); what is no rate is its numerator."""
    if not subject.divided:
        return None if numerator is None else Fraction(numerator)
    if subject.annualised:
        return divide(numerator, exposure, subject.scale, (year_days, 1))
    return divide(numerator, denominator, subject.scale)


def exact_value(parts: Parts, subject: Subject, year_days: int) -> Fraction | None:
    """The figure that the summed parts of an indicator make; None where a part is absent, or it is a rate of nothing done."""
    return quotient(parts.numerator, parts.denominator, parts.exposure, subject, year_days)
