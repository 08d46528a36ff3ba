"""How far figures can move while all that a reader knows of them holds: along directions that change no equation, and round the bounds in their way."""

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import gcd, lcm

from kpi.papers.writing.linear_facts import FactSign, FigureValues, LinearFact, directions

_FARTHEST = 10**9  # steps along a direction that nothing bounds
_MOST_TRIES = 300  # directions along which a figure is moved before it counts as open
_MOST_DETOURS = 4  # round bounds that stand in the way


@dataclass(frozen=True, slots=True)
class _Direction:
    """How figures move together: by how many steps each, and by how much that changes the sum of each bound, by its number, in its own parts of one."""

    parts: Mapping[str, int]
    slopes: Mapping[int, int]

    def beside(self, other: "_Direction", bound: int) -> "_Direction":
        """This direction with so much of another one that a bound does not change."""
        own, others = self.slopes[bound], other.slopes[bound]
        first, second = abs(others), abs(own) if own * others < 0 else -abs(own)
        parts = {code: first * self.parts.get(code, 0) + second * other.parts.get(code, 0) for code in {**self.parts, **other.parts}}
        shared = gcd(*parts.values()) or 1
        slopes = {number: first * self.slopes.get(number, 0) + second * other.slopes.get(number, 0) for number in {**self.slopes, **other.slopes}}
        return _Direction(
            {code: part // shared for code, part in parts.items() if part}, {number: slope // shared for number, slope in slopes.items() if slope}
        )


class FigureRoom:
    """
    How far figures can move while all that is known of them holds.

    Args:
        figures: All figures as they are.
        steps: By how much a figure can differ at least, 1 where none is given.
        movable: The codes of those that may be other numbers.
        known: What is known of them.

    """

    def __init__(self, figures: FigureValues, steps: FigureValues, movable: Sequence[str], known: Sequence[LinearFact]) -> None:
        self._steps = {code: steps.get(code, Fraction(1)) for code in movable}
        self._bounds = [fact for fact in known if fact.sign is not FactSign.ZERO]
        self._coefficients, self._values = list[Mapping[str, int]](), list[int]()
        for bound in self._bounds:
            by_step = {code: factor * self._steps[code] for code, factor in bound.coefficients.items() if code in self._steps}
            value = bound.value(figures)
            scale = lcm(value.denominator, *(factor.denominator for factor in by_step.values()))
            self._coefficients.append({code: int(factor * scale) for code, factor in by_step.items()})
            self._values.append(int(value * scale))
        about: dict[str, list[int]] = {}
        for number, coefficients in enumerate(self._coefficients):
            for code in coefficients:
                about.setdefault(code, []).append(number)
        equations = [
            {code: factor * self._steps[code] for code, factor in fact.coefficients.items() if code in self._steps}
            for fact in known
            if fact.sign is FactSign.ZERO
        ]
        self._basis = [self._direction(vector, about) for vector in directions(equations, movable)]
        self._lowest, self._highest = dict.fromkeys(movable, 0), dict.fromkeys(movable, 0)  # in steps

    def is_wide(self, code: str, width: Fraction) -> bool:
        """Whether a figure was found to move over a range of some width; a bound in the way is passed by along a second direction, and so on."""
        waiting = deque((direction, direction, 0, 0) for direction in self._basis if code in direction.parts)
        for _ in range(_MOST_TRIES):
            if self._range(code) >= width or not waiting:
                break
            direction, other, bound, detours = waiting.popleft()
            if other is not direction:
                direction = direction.beside(other, bound)
            stops = self._go(direction) if code in direction.parts else []
            if detours < _MOST_DETOURS:
                waiting.extend((direction, each, stop, detours + 1) for stop in stops for each in self._basis if stop in each.slopes and each is not direction)
        return self._range(code) >= width

    def _range(self, code: str) -> Fraction:
        return (self._highest[code] - self._lowest[code]) * self._steps[code]

    def _direction(self, parts: Mapping[str, int], about: Mapping[str, Sequence[int]]) -> _Direction:
        slopes: dict[int, int] = {}
        for code, part in parts.items():
            for number in about.get(code, ()):
                slopes[number] = slopes.get(number, 0) + self._coefficients[number][code] * part
        return _Direction(parts, {number: slope for number, slope in slopes.items() if slope})

    def _go(self, direction: _Direction) -> list[int]:
        """Move figures back and forth as far as they go; the bounds that stop them."""
        first, last, stops, not_zero = -_FARTHEST, _FARTHEST, dict[bool, int](), set[int]()
        for number, slope in direction.slopes.items():
            sign, value = self._bounds[number].sign, self._values[number]
            if sign is FactSign.NOT_ZERO:
                not_zero |= set() if value % slope else {-value // slope}
                continue
            spare = value - 1 if sign is FactSign.POSITIVE else value
            if slope > 0 and (least := -(spare // slope)) > first:
                first, stops[False] = least, number
            elif slope < 0 and (most := spare // -slope) < last:
                last, stops[True] = most, number
        while first <= last and first in not_zero:
            first += 1
        while last >= first and last in not_zero:
            last -= 1
        for times in (first, last) if first <= last else ():
            for code, part in direction.parts.items():
                moved = times * part
                self._lowest[code], self._highest[code] = min(self._lowest[code], moved), max(self._highest[code], moved)
        return list(stops.values())
