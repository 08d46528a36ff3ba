"""
Sums that hold in every sheet: a figure that is the sum of the rows below it, of what is 其中, or of two others.

All figures of one unit of an office stand beside each other as whole numbers; sums of neighbours come from sums of beginnings, and
a whole is found by looking its numbers up.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, combinations

from kpi.catalog.measure import CROSS
from kpi.period import Month
from kpi.setup.measure_series import MeasureSeries, SeriesSlot
from kpi.setup.number_table import counted_slots, row_of
from kpi.workbook.naming import unit_key

_SLOTS = 3  # in which a sum must hold, with different numbers
_LARGE = 10_000_000  # millionths: a whole that is never 10 is a sum of many things by chance
_PAIRED = 60  # series of one unit of which pairs are tried, at most
_LONGEST = 12  # terms of a sum of neighbours


@dataclass(frozen=True, slots=True)
class HoldingSum:
    """A whole and its terms, by code, and the slots in which the sum holds."""

    whole: str
    terms: tuple[str, ...]
    slots: tuple[SeriesSlot, ...]

    @property
    def months(self) -> tuple[Month, ...]:
        return tuple(sorted({month for month, _, _ in self.slots}))


def find_sums(series: Mapping[str, MeasureSeries]) -> list[HoldingSum]:
    """
    The sums among the series of one office, in the order of its sheet; of one whole the one with most terms.

    Args:
        series: The counted series by code, in the order of the sheet.

    """
    by_unit: dict[str, dict[str, MeasureSeries]] = {}
    for code, own in series.items():
        by_unit.setdefault(unit_key(own.unit), {})[code] = own
    return [relation for own in by_unit.values() if len(own) > 2 for relation in _sums(own)]


def _sums(series: Mapping[str, MeasureSeries]) -> Iterator[HoldingSum]:
    slots = sorted({slot for own in series.values() for slot in counted_slots(own)}, key=lambda slot: (slot[0], str(slot[1]), slot[2]))
    rows = {code: row_of(own, slots) for code, own in series.items()}
    complete = {code: row for code, row in rows.items() if sum(number is not None for number in row) * 2 > len(slots)}
    at = [place for place in range(len(slots)) if all(row[place] is not None for row in complete.values())]
    numbers = {code: tuple(row[place] or 0 for place in at) for code, row in complete.items()}
    numbers = {code: row for code, row in numbers.items() if any(row)}
    wholes: dict[tuple[int, ...], list[str]] = {}
    for code, row in numbers.items():
        if len(set(row)) >= min(_SLOTS, len(row)) and max(row) >= _LARGE:
            wholes.setdefault(row, []).append(code)
    largest: dict[str, tuple[str, ...]] = {}
    for terms, row in (*_runs(numbers), *_runs_down(series, numbers), *_pairs(numbers)):
        for code in wholes.get(row, ()):
            if code not in terms and len(terms) > len(largest.get(code, ())):
                largest[code] = terms
    if len(at) >= _SLOTS:
        yield from (HoldingSum(code, terms, tuple(slots[place] for place in at)) for code, terms in largest.items())


def _runs(numbers: Mapping[str, tuple[int, ...]]) -> Iterator[tuple[tuple[str, ...], tuple[int, ...]]]:
    """The sums of neighbours."""
    codes = list(numbers)
    nothing = tuple(0 for _ in next(iter(numbers.values()), ()))
    beginnings = list(accumulate(numbers.values(), lambda first, second: tuple(map(int.__add__, first, second)), initial=nothing))
    for start in range(len(codes)):
        for end in range(start + 2, min(len(codes), start + _LONGEST) + 1):
            yield tuple(codes[start:end]), tuple(map(int.__sub__, beginnings[end], beginnings[start]))


def _runs_down(series: Mapping[str, MeasureSeries], numbers: Mapping[str, tuple[int, ...]]) -> Iterator[tuple[tuple[str, ...], tuple[int, ...]]]:
    """The sums of neighbours under one heading, where rows and columns name the measures together: 电梯在用 and 锅炉在用."""
    columns: dict[str, dict[str, tuple[int, ...]]] = {}
    for code, row in numbers.items():
        for alias in (alias for alias in series[code].aliases if CROSS in alias):
            columns.setdefault(alias.partition(f" {CROSS} ")[2], {})[code] = row
    return (run for column in columns.values() for run in _runs(column))


def _pairs(numbers: Mapping[str, tuple[int, ...]]) -> Iterator[tuple[tuple[str, ...], tuple[int, ...]]]:
    """The sums of two."""
    for (first, row), (second, other) in combinations(list(numbers.items())[:_PAIRED], 2):
        yield (first, second), tuple(map(int.__add__, row, other))


def find_equal(series: Mapping[str, MeasureSeries], slots: Sequence[SeriesSlot] = ()) -> Iterator[tuple[str, str, int]]:
    """Two series of different offices with one name and the same figures wherever both have one, and in how many slots."""
    named: dict[str, list[str]] = {}
    for code, own in series.items():
        named.setdefault(own.name, []).append(code)
    for codes in named.values():
        for first, second in combinations(codes, 2):
            shared = [slot for slot in counted_slots(series[first]) if slot in series[second].numbers]
            equal = sum(series[first].numbers[slot] == series[second].numbers[slot] for slot in shared)
            if len(shared) >= _SLOTS and equal == len(shared):
                yield first, second, equal
