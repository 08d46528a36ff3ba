"""
Which parts reproduce a typed rate: numerator and denominator whose quotient, rounded to its digits, is the rate in every slot.

All is exact: the quotient is compared as whole numbers, and both ways of rounding a half are taken.  Denominators that can be
are looked up by their size in the slot that tells most apart, so that sums of three are tried as quickly as single ones.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import combinations
from math import prod

from kpi.setup.measure_series import MeasureSeries, SeriesSlot
from kpi.setup.number_table import counted_slots, row_of
from kpi.workbook.naming import unit_key
from kpi.workbook.report import Column
from kpi.workbook.units import power_between

ENOUGH_DIGITS = 4  # that must be reproduced before chance is ruled out
_TERMS = 3  # of a sum, at most
_ADDENDS = 40  # series of one unit that sums are made of, at most
_MILLIONTHS = 6  # digits that a whole number has more in a row of numbers
_DIGITS = 8  # behind the point of a rate, beyond which a cell holds the noise of a machine
NumberRow = tuple[int | None, ...]
SummedRow = tuple[tuple[str, ...], NumberRow]
"""The codes of some series, and their sums in each slot."""


@dataclass(frozen=True, slots=True)
class TypedRate:
    """A rate as it was typed: for each slot its number as a whole number of its last digit, and how many digits it has behind the point."""

    slots: tuple[SeriesSlot, ...]
    numbers: tuple[int, ...]
    decimals: tuple[int, ...]

    def admits(self, at: int, numerator: int, denominator: int, scale: int) -> bool:
        """Whether a quotient rounds to what was typed in a slot."""
        power = 10 ** self.decimals[at]
        return denominator > 0 and abs(2 * scale * power * numerator - 2 * self.numbers[at] * denominator) <= denominator

    def digits(self, tried: Sequence[int], numerators: NumberRow = ()) -> int:
        """
        The digits of its different numbers in some slots together: how hard it is to reproduce by chance.

        100 % says that both parts are equal, and is as hard as the numerators are long; 0 says nothing.
        """
        full = {100 * 10**places for places in self.decimals}
        different = {self.numbers[at] for at in tried if self.numbers[at] and self.numbers[at] not in full}
        equal = {numerators[at] for at in tried if numerators and self.numbers[at] in full}
        return sum(len(str(abs(number))) for number in different) + sum(len(str(number)) - _MILLIONTHS for number in equal if number)

    def coincidences(self, tried: Sequence[int], denominators: NumberRow, rivals: int) -> float:
        """
        How many of some denominators would reproduce it by chance.

        Of numbers about as large as the denominator one in so many does, and never more than one in as many as the typed number
        has steps: 81.5 % of 27 says no more than which of 27 it is.
        """
        sizes = {self.numbers[at]: min(abs(self.numbers[at]), (denominators[at] or 0) // 10**_MILLIONTHS) for at in tried}
        return rivals / float(prod(max(size, 1) for size in sizes.values()))


@dataclass(frozen=True, slots=True)
class PossibleParts:
    """Parts that reproduce a rate: the codes that are added (and taken off) above and below."""

    added: tuple[str, ...]
    below: tuple[str, ...]
    taken_off: tuple[str, ...] = ()
    last_year: bool = False  # a growth: what is added and what is taken off is one measure, of this year and the last
    slots: int = 0  # in which it was tried
    digits: int = 0
    scale: int = 0  # of a rate per something, what the quotient is multiplied by
    rows: tuple[NumberRow, ...] = ()  # numerator and denominator in each slot, where nothing is taken off
    varied: int = 0  # the digits without those of 100 %, where an identity of several figures is no proof of this one
    coincidences: float = 0.0  # how many other denominators would do by chance

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys((*self.added, *self.taken_off, *self.below)))


def typed_rate(series: MeasureSeries) -> TypedRate:
    """The numbers of a typed rate."""
    slots = counted_slots(series)
    digits = tuple(min(series.figures[slot].value.decimals, _DIGITS) for slot in slots)
    return TypedRate(tuple(slots), tuple(_rounded(series.numbers[slot], places) for slot, places in zip(slots, digits, strict=True)), digits)


def _rounded(number: Decimal, decimals: int) -> int:
    return int((number.scaleb(decimals) + (Decimal("0.5") if number >= 0 else Decimal("-0.5"))).to_integral_value(rounding="ROUND_DOWN"))


class RateSearch:
    """The search among the series of one office, or of several."""

    def __init__(self, series: Mapping[str, MeasureSeries]) -> None:
        self._series = series

    def find(self, rate: TypedRate, scale: int, *, growth: bool) -> list[PossibleParts]:
        """The parts that reproduce a rate: single ones; where they do not rule out chance, those with a sum too."""
        if not rate.slots:
            return []
        rows = {code: row_of(series, rate.slots) for code, series in self._series.items()}
        rows = {code: row for code, row in rows.items() if any(number is not None for number in row)}
        if growth:
            return list(self._growths(rate, scale))
        singles = [((code,), row) for code, row in rows.items()]
        pairs = [*self._quotients(rate, scale, singles, singles), *self._complements(rate, scale, singles)]
        if any(parts.digits >= ENOUGH_DIGITS and not parts.taken_off for parts in pairs):
            return pairs
        sums = list(self._sums(rows))
        return [*pairs, *self._quotients(rate, scale, singles, sums), *self._quotients(rate, scale, sums, singles)]

    def _quotients(self, rate: TypedRate, scale: int, above: Sequence[SummedRow], below: Sequence[SummedRow]) -> Iterator[PossibleParts]:
        at = _telling(rate)
        sorted_below = sorted(((row[at], codes, row) for codes, row in below if row[at]), key=lambda entry: (entry[0] or 0, entry[1]))
        sizes = [size or 0 for size, _, _ in sorted_below]
        power = 10 ** rate.decimals[at]
        for codes, row in above:
            numerator = row[at]
            if numerator is None:
                continue
            low, high = 2 * rate.numbers[at] - 1, 2 * rate.numbers[at] + 1  # numerator · 2 · scale · power is between them times the denominator
            least = -(-2 * scale * power * numerator // high) if high > 0 else 0
            most = 2 * scale * power * numerator // low if low > 0 else (sizes[-1] if sizes else 0)
            for _, other, divisor in sorted_below[bisect_left(sizes, least) : bisect_right(sizes, most)]:
                parts = set(codes) < set(other) and len(codes) == 1  # a of a + b
                if (parts or not set(codes) & set(other)) and self._same_unit(codes, other, scale) and (tried := _tried(rate, scale, row, divisor)):
                    digits, chance, rows = rate.digits(tried, row), rate.coincidences(tried, divisor, len(below)), (row, divisor)
                    yield PossibleParts(codes, other, slots=len(tried), digits=digits, rows=rows, varied=rate.digits(tried), coincidences=chance)

    def _complements(self, rate: TypedRate, scale: int, singles: Sequence[SummedRow]) -> Iterator[PossibleParts]:
        """The parts of which the rate is what is left: (检验 - 合格) / 检验."""
        if scale not in (100, 1000):
            return
        turned = TypedRate(rate.slots, tuple(scale * 10**places - number for number, places in zip(rate.numbers, rate.decimals, strict=True)), rate.decimals)
        for parts in self._quotients(turned, scale, singles, singles):
            yield replace(parts, added=parts.below, taken_off=parts.added, rows=())

    def _growths(self, rate: TypedRate, scale: int) -> Iterator[PossibleParts]:
        """The measures whose growth against last year the rate is."""
        for code, series in self._series.items():
            tried: dict[int, bool] = {}
            for at, (month, column, body) in enumerate(rate.slots):
                now = row_of(series, [(month, column, body)])[0]
                before = row_of(series, [(month, Column.PRIOR, body)])[0] if column in (Column.YTD, None) else None
                before = before if before is not None else row_of(series, [(month.plus(-12), column, body)])[0]
                if now is not None and before is not None:
                    tried[at] = before > 0 and rate.admits(at, now - before, before, scale)
            if tried and all(tried.values()):
                yield PossibleParts((code,), (code,), (code,), last_year=True, slots=len(tried), digits=rate.digits(list(tried)))

    def _sums(self, rows: Mapping[str, NumberRow]) -> Iterator[SummedRow]:
        """The sums of a few series of the same unit."""
        by_unit: dict[str, list[str]] = {}
        for code in rows:
            by_unit.setdefault(self._series[code].unit, []).append(code)
        for codes in by_unit.values():
            for size in range(2, _TERMS + 1):
                for terms in combinations(codes[:_ADDENDS], size):
                    yield terms, _added([rows[code] for code in terms])

    def _same_unit(self, codes: Sequence[str], other: Sequence[str], scale: int) -> bool:
        """Whether both parts of a share are counted in the same thing."""
        if scale not in (100, 1000):
            return True
        first, second = self._series[codes[0]].unit, self._series[other[0]].unit
        return not first or not second or power_between(first, second) == 0 or _kindred(unit_key(first), unit_key(second))


def _kindred(first: str, second: str) -> bool:
    """Whether one unit is a kind of the other: 车次 and 次, 户次 and 户."""
    return min(first, second, key=len) in max(first, second, key=len)


def _telling(rate: TypedRate) -> int:
    """The slot whose number tells most quotients apart."""
    return max(range(len(rate.slots)), key=lambda at: (rate.numbers[at] not in (0, 100 * 10 ** rate.decimals[at]), rate.decimals[at], abs(rate.numbers[at])))


def _tried(rate: TypedRate, scale: int, above: NumberRow, below: NumberRow) -> list[int]:
    """The slots in which a quotient could be tried, where it holds in all of them; else none."""
    tried = []
    for at, (numerator, denominator) in enumerate(zip(above, below, strict=True)):
        if numerator is None or denominator is None or (numerator == 0 == denominator):
            continue
        if not rate.admits(at, numerator, denominator, scale):
            return []
        tried.append(at)
    return tried


def _added(rows: Sequence[NumberRow]) -> NumberRow:
    return tuple(None if any(number is None for number in numbers) else sum(number or 0 for number in numbers) for numbers in zip(*rows, strict=True))
