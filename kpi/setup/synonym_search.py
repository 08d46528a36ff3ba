"""
Two names of one office for one thing: the sheet of some months has the one name, that of the others the other.

Where the year's figures go on from one name to the other, 上月累计 + 本月数 = 本年累计, the figures show it; where only the words
and the unit are alike, it is asked.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from rapidfuzz.fuzz import ratio

from kpi.setup.measure_series import MeasureSeries
from kpi.workbook.forms.opposite_words import contradicts
from kpi.workbook.naming import name_key, unit_key
from kpi.workbook.report import Column

_LIKE = 60  # of 100: names that are less alike are two things, unless the figures go on


@dataclass(frozen=True, slots=True)
class Synonym:
    """Two series of one thing, the later name first."""

    kept: MeasureSeries
    other: MeasureSeries
    proved: bool  # the figures go on from one to the other


def find_synonyms(every: Sequence[MeasureSeries]) -> Iterator[Synonym]:
    """The names of each office that may be of one thing: of one unit, never in one month, and alike or going on."""
    by_office: dict[str, list[MeasureSeries]] = {}
    for series in every:
        by_office.setdefault(series.office, []).append(series)
    for own in by_office.values():
        months = {month for series in own for month in series.months}
        partial = [series for series in own if len(series.months) < len(months)]
        for first, second in combinations(partial, 2):
            if set(first.months) & set(second.months) or unit_key(first.unit) != unit_key(second.unit):
                continue
            earlier, later = sorted((first, second), key=lambda series: series.months[0])
            if contradicts(name_key(first.name), name_key(second.name)):
                continue
            goes_on = _goes_on(earlier, later)
            if goes_on or ratio(name_key(first.name), name_key(second.name)) >= _LIKE:
                yield Synonym(later, earlier, goes_on)


def _goes_on(earlier: MeasureSeries, later: MeasureSeries) -> bool:
    """Whether the first cumulative figure of a name is the last one of another with its month's added, within a year and above nought."""
    month = later.months[0]
    before = earlier.run(Column.YTD).get(month.plus(-1))
    added, total = later.run(Column.MONTH).get(month), later.run(Column.YTD).get(month)
    return month.month > 1 and bool(before) and added is not None and before is not None and before + added == total


def merged(every: Sequence[MeasureSeries], synonyms: Sequence[Synonym]) -> list[MeasureSeries]:
    """The series, those that go on from one name to another as one, under the later name."""
    earlier = {id(synonym.other): synonym.kept for synonym in synonyms if synonym.proved}
    series = {id(own): own for own in every}
    for own in sorted(every, key=lambda own: own.months[0]):
        if kept := earlier.get(id(own)):
            first, later = series.pop(id(own)), series[id(kept)]
            names = (*later.aliases, first.name, *first.aliases)
            series[id(kept)] = replace(later, figures={**first.figures, **later.figures}, aliases=names)
    return list(series.values())
