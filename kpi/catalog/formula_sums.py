"""
What a part of an indicator comes to: a sum of products of codes, or such a sum over another where an indicator in it is a rate.

The value of a rate is never a number here.  Its two sums are kept, so that the rate of a year, or of several offices, remains
what is counted over what it is counted of.
"""

import itertools
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from kpi.catalog.derivation import MOST_FACTORS

Factors = tuple[tuple[str, int], ...]  # codes with their years back, of a product in the order of the codes; none: the constant
Sums = dict[Factors, Fraction]  # the coefficient of each product of codes
CONSTANT: Factors = ()


class FormulaError(ValueError):
    """A formula that is not in the language; the message is Chinese."""


@dataclass(frozen=True, slots=True)
class Quotient:
    """
    A sum, or ``scale`` × a sum over another.

    ``below`` is None of what is no rate; ``name`` is the indicator that makes it one.
    """

    above: Sums
    below: Sums | None = None
    scale: Fraction = Fraction(1)
    name: str = ""

    @property
    def constant(self) -> Fraction | None:
        """The number, of what holds no code; else None."""
        return self.above[CONSTANT] if self.below is None and set(self.above) == {CONSTANT} else None

    def times(self, number: Fraction) -> "Quotient":
        """So many times as much."""
        return Quotient({factors: number * value for factors, value in self.above.items()}, self.below, self.scale, self.name)

    def plus(self, other: "Quotient", text: str) -> "Quotient":
        """
        Both together; a number beside a rate is so many times what the rate is counted of.

        Raises:
            FormulaError: Two rates that are counted of unlike things, or a rate beside a count: such a sum has no parts that add up.

        """
        if self.below is None and other.below is None:
            return Quotient(added(self.above, other.above))
        if self.below is None:
            return Quotient(added(other.whole(self, text), other.above), other.below, other.scale, other.name)
        if other.below is None:
            return Quotient(added(self.above, self.whole(other, text)), self.below, self.scale, self.name)
        if self.below != other.below:
            raise FormulaError(
                f"公式「{text}」把分母不同的率「{self.name}」和「{other.name}」相加减，和与差没有自己的分子分母，累计、各科室合计都算不出；"
                "要比较两个率，请各设一个指标；与上年同期比，看板上就有同比"
            )
        part = {factors: value * other.scale / self.scale for factors, value in other.above.items()}
        return Quotient(added(self.above, part), self.below, self.scale, self.name)

    def whole(self, number: "Quotient", text: str) -> Sums:
        """A number beside a rate, as so many times what the rate is counted of."""
        if (times := number.constant) is None:
            raise FormulaError(f"公式「{text}」把率「{self.name}」和件数、户数等相加减；率只能与常数相加减")
        return {factors: times / self.scale * value for factors, value in (self.below or {}).items()}

    def product(self, other: "Quotient", text: str) -> "Quotient":
        """
        One times the other.

        Raises:
            FormulaError: A rate times a count, or more factors than a product may have.

        """
        for number, rest in ((self.constant, other), (other.constant, self)):
            if number is not None:
                return rest.times(number)
        if self.below is not None or other.below is not None:
            raise FormulaError(
                f"公式「{text}」把率「{self.name or other.name}」和数据项相乘；累计的率乘累计的数不等于逐月相乘再相加，"
                "请把率的分子、分母分别写进 numerator 和 denominator"
            )
        return Quotient(multiplied(self.above, other.above, text))

    def moved(self, move: Callable[[tuple[str, int]], tuple[str, int]]) -> "Quotient":
        """The same of other months: every factor put in the place of another."""

        def of(sums: Mapping[Factors, Fraction]) -> Sums:
            return {tuple(sorted(map(move, factors))) if len(factors) > 1 else tuple(map(move, factors)): value for factors, value in sums.items()}

        return Quotient(of(self.above), None if self.below is None else of(self.below), self.scale, self.name)


def added(a: Mapping[Factors, Fraction], b: Mapping[Factors, Fraction]) -> Sums:
    """Two sums together."""
    return {factors: a.get(factors, Fraction(0)) + b.get(factors, Fraction(0)) for factors in {**a, **b}}


def multiplied(a: Mapping[Factors, Fraction], b: Mapping[Factors, Fraction], text: str) -> Sums:
    """Each of one sum by each of the other."""
    sums: Sums = {}
    for (left, first), (right, second) in itertools.product(a.items(), b.items()):
        factors = tuple(sorted((*left, *right))) if left and right else left or right
        if len(factors) > MOST_FACTORS:
            raise FormulaError(f"公式「{text}」里最多 {MOST_FACTORS} 个数据项相乘")
        sums[factors] = sums.get(factors, Fraction(0)) + first * second
    return sums
