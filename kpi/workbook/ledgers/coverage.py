"""
Which days a ledger covers, and which of its rows lie inside them.

A sheet covers what its title says, to the day where the title names days.  A sheet that says nothing covers the months
it has rows of, but no month between them, and none of which it has only a stray row: a mistyped date makes no month.
"""

from calendar import monthrange
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise
from statistics import median

import numpy as np

from kpi.period import Month, months
from kpi.workbook.layout.day_span import Day
from kpi.workbook.ledgers.case_columns import Flags, Ints, day_of, ordinal_of
from kpi.workbook.ledgers.cases import Cases, index_of, month_of
from kpi.workbook.ledgers.double_rows import doubles

EARLIEST = date(2000, 1, 1)  # an earlier date is a slip
_FEW, _FEW_APART = 5, 3  # a month with so many times less rows than usual is a stray one: beside the others, and apart from them
_Span = tuple[int, int]  # the first and the last day, as days since 1970


class Coverage:
    """
    The days that a ledger covers.

    ``dated`` are the rows with a day that can be; ``month`` is the index of the month of each, -1 where there is none;
    ``months`` are covered, in part or whole; ``inside`` are the rows on covered days; ``stray`` those of months that the
    ledger has too few rows of to cover them; ``valid`` are the rows inside that count, of each key one, ``doubles`` those
    that do not; ``bare`` are the months of a year's title, ``titled`` those of a title of several months, and ``named`` those
    of the file's name or the sender's, if ``requested``, without a row.  A title of one month alone may say that it has none.
    The month of today, which is not over, is not covered where it only ends what a title says and
    has no row: it is ``open``; it is ``empty`` where it is covered without a row.
    """

    def __init__(self, cases: Cases, today: date, named: Sequence[Month] = (), *, requested: bool = False) -> None:
        self._cases, self._today, self.requested, self._opened = cases, today, requested, False
        self.dated: Flags = (cases.day >= ordinal_of(EARLIEST)) & (cases.day <= ordinal_of(today))
        self.month: Ints = np.where(self.dated, cases.months(), -1)
        claims = [self._without_open(number, self._claim(number)) for number in range(len(cases.sheets))]
        untitled = np.isin(cases.sheet, [number for number, claim in enumerate(claims) if claim is None])
        untitled_months = set(self.month[untitled & self.dated].tolist())
        named = named if (requested and len(untitled_months)) or untitled_months.intersection(map(index_of, named)) else ()  # else the file is misnamed
        by_rows = _with_rows(Counter(self.month[untitled & self.dated].tolist()), Month.of(today))
        spans = [claim for claim in claims if claim] + [_whole(month) for month in (*named, *map(month_of, by_rows))]
        self._spans = [(first, min(last, ordinal_of(today.replace(day=monthrange(today.year, today.month)[1])))) for first, last in spans]
        self._claims = claims
        self.months = tuple(sorted({month for first, last in self._spans if first <= last for month in months(_month(first), _month(last))}))
        own = np.zeros(len(cases), dtype=np.bool_)
        for number, claim in enumerate(claims):
            own |= (cases.sheet == number) & (_within(cases.day, claim) if claim else self.on_covered_day(cases.day))
        self.inside: Flags = self.dated & own
        self.stray: Flags = self.dated & untitled & ~own
        self.doubles = doubles(cases, self.inside)
        self.valid: Flags = self.inside.copy()
        self.valid[[double.at for double in self.doubles]] = False
        with_rows = {month_of(index) for index in np.unique(self.month[self.inside]).tolist()}
        self.bare = tuple(month for month in self._of_years() if month not in with_rows)
        self.named = tuple(month for month in named if month not in with_rows and month in self.months)
        present = Month.of(today)
        over = Month.of(today + timedelta(days=1)) != present
        self.empty = present if not over and present in self.months and present not in {*with_rows, *named} else None
        self.open = present if self._opened and present not in self.months else None
        alone = {_month(claim[0]) for claim in claims if claim and _month(claim[0]) == _month(claim[1])}
        spoken = {*with_rows, *self.bare, *self.named, *alone, self.empty}
        self.titled = tuple(month for month in self.months if month not in spoken)
        self.untitled: Ints = self.month[untitled & self.dated]  # the month of each row of sheets whose title says nothing

    def on_covered_day(self, days: Ints) -> Flags:
        """Which days are covered."""
        flags = np.zeros(len(days), dtype=np.bool_)
        for span in self._spans:
            flags |= _within(days, span)
        return flags

    def part(self, month: Month) -> tuple[date, date] | None:
        """The first and the last covered day of a month that is covered in part; None of one that is covered whole."""
        days = np.arange(ordinal_of(month.first_day), ordinal_of(month.last_day) + 1)
        covered = days[self.on_covered_day(days)]
        return (day_of(int(covered[0])), day_of(int(covered[-1]))) if 0 < len(covered) < len(days) else None

    def as_of(self) -> dict[Month, date]:
        """The day each month runs to: its last covered one, but of a month that is not over the last one with a case."""
        days = {month: min(part[1] if (part := self.part(month)) else month.last_day, self._today) for month in self.months}
        for month in self.months[-1:]:
            stated = [day for sheet in self._cases.sheets if sheet.period and (day := sheet.period.as_of(month.year)) and Month.of(day) == month]
            with_cases = self._cases.day[self.inside & (self.month == index_of(month))]
            if stated:
                days[month] = min(max(stated), self._today)
            elif month == Month.of(self._today) and len(with_cases):
                days[month] = min(days[month], day_of(int(with_cases.max())))
        return days

    def sheets_of(self, month: Month) -> list[int]:
        """The sheets, by their numbers, that cover a month: those that say so, else those that say nothing."""
        first, last = _whole(month)
        of_month = [number for number, claim in enumerate(self._claims) if claim and claim[0] <= last and first <= claim[1]]
        return of_month or [number for number, claim in enumerate(self._claims) if claim is None]

    def far(self, at: int) -> bool:
        """Whether a row lies more than a month from every month that is covered."""
        own = int(self.month[at])
        return all(abs(index_of(month) - own) > 1 for month in self.months)

    def _indexes(self, number: int) -> Ints:
        indexes: Ints = self.month[(self._cases.sheet == number) & (self.month >= 0)]
        return indexes

    def _without_open(self, number: int, claim: _Span | None) -> _Span | None:
        """What a title says without the month of today, where it runs behind today and the sheet has no row of that month."""
        first = ordinal_of(Month.of(self._today).first_day)
        if claim is None or not claim[0] < first <= ordinal_of(self._today) < claim[1] or index_of(Month.of(self._today)) in self._indexes(number):
            return claim
        self._opened = True
        return claim[0], first - 1

    def _claim(self, number: int) -> _Span | None:
        """The days that the title or the name of a sheet says it covers; None where they say nothing."""
        sheet, indexes = self._cases.sheets[number], self._indexes(number)
        if sheet.days is not None:
            return _days(*sheet.days, _usual_year(indexes))
        titled = sheet.period
        if titled is None or (titled.last is None and titled.year is None):
            return None
        if titled.last is not None:
            year = titled.year or _usual_year(indexes)
            return (_whole(Month(year, titled.first or titled.last))[0], _whole(Month(year, titled.last))[1]) if year else None
        of_year = [index for index in indexes.tolist() if titled.year and index // 12 == titled.year]
        return (_whole(Month(titled.year or 0, 1))[0], _whole(month_of(max(of_year)))[1]) if of_year else (0, -1)

    def _of_years(self) -> Iterable[Month]:
        """The months that are covered because a title names their year and nothing else."""
        years = {sheet.period.year for sheet in self._cases.sheets if sheet.days is None and sheet.period and sheet.period.last is None}
        return (month for month in self.months if month.year in years)


def _with_rows(counts: Mapping[int, int], present: Month) -> tuple[int, ...]:
    """
    The months, by index, that have rows enough to be covered by them.

    Args:
        counts: How many rows each month has; those without are absent.
        present: The month of today, which may have few because it is not over.

    """
    if not counts:
        return ()
    runs: list[list[int]] = []
    for before, index in pairwise([-2, *sorted(counts)]):
        runs = [*runs, [index]] if index != before + 1 else [*runs[:-1], [*runs[-1], index]]
    main = max(runs, key=lambda run: (sum(counts[index] for index in run), run))
    usual = median(counts[index] for index in main)
    kept = list(main)
    while len(kept) > 1 and counts[kept[0]] * _FEW <= median(counts[index] for index in kept[1:]):
        kept = kept[1:]
    while len(kept) > 1 and counts[kept[-1]] * _FEW <= median(counts[index] for index in kept[:-1]) and kept[-1] != index_of(present):
        kept = kept[:-1]
    for run in runs:
        apart = min(abs(index - near) for index in run for near in (main[0], main[-1])) > 2
        times = _FEW_APART if apart else _FEW
        kept += [index for index in run if run is not main and (counts[index] * times > usual or index == index_of(present))]
    return tuple(sorted(kept))


def _whole(month: Month) -> _Span:
    return ordinal_of(month.first_day), ordinal_of(month.last_day)


def _month(ordinal: int) -> Month:
    return Month.of(day_of(ordinal))


def _within(days: Ints, span: _Span) -> Flags:
    flags: Flags = (days >= span[0]) & (days <= span[1])
    return flags


def _days(first: Day, last: Day, usual: int | None) -> _Span | None:
    """The days that a title names; a year it leaves out is that of the other day, else the one most rows are of."""
    ends = last.year or (first.year and first.year + (first.of_year > last.of_year)) or usual
    begins = first.year or (ends and ends - (first.of_year > last.of_year))
    if not begins or not ends:
        return None
    return ordinal_of(first.first_of(begins)), ordinal_of(last.last_of(ends))


def _usual_year(indexes: Ints) -> int | None:
    """The year that most of some months are of."""
    return Counter((indexes // 12).tolist()).most_common(1)[0][0] if len(indexes) else None
