"""
Which months a ledger covers, and which of its rows lie inside them.

Each sheet covers what its title says, else the months from its first to its last date; a row counts where its own sheet
covers its month.
"""

from collections import Counter
from datetime import date

import numpy as np

from kpi.period import Month, months
from kpi.workbook.cases import Cases, Flags, Ints, day_of, index_of, month_of, ordinal_of

EARLIEST = date(2000, 1, 1)  # an earlier date is a slip


class Coverage:
    """
    The months that a ledger covers.

    ``dated`` are the rows with a day that can be; ``month`` is the index of the month of each, -1 where there is none;
    ``months`` are covered; ``inside`` are the rows of those; ``valid`` are the rows that count, of each key the first inside.
    """

    def __init__(self, cases: Cases, today: date) -> None:
        self._cases, self._today = cases, today
        self.dated: Flags = (cases.day >= ordinal_of(EARLIEST)) & (cases.day <= ordinal_of(today))
        self.month: Ints = np.where(self.dated, cases.months(), -1)
        by_sheet = [self._of_sheet(number) for number in range(len(cases.sheets))]
        self.months = tuple(sorted({month for covered in by_sheet for month in covered if month <= Month.of(today)}))
        covered = np.array([index_of(month) for month in self.months], dtype=np.int64)
        self.inside: Flags = self.dated & np.isin(self.month, covered) & self._of_own_sheet(by_sheet)
        self.valid: Flags = self.inside & self._first_counted(cases.first_of == np.arange(len(cases)))

    def as_of(self) -> dict[Month, date]:
        """The day each month runs to: its last, but of a month that is not over the last one with a case."""
        days = {month: min(month.last_day, self._today) for month in self.months}
        for month in self.months[-1:]:
            stated = [day for sheet in self._cases.sheets if sheet.period and (day := sheet.period.as_of(month.year)) and Month.of(day) == month]
            with_cases = self._cases.day[self.inside & (self.month == index_of(month))]
            if stated:
                days[month] = min(max(stated), self._today)
            elif month == Month.of(self._today) and len(with_cases):
                days[month] = day_of(int(with_cases.max()))
        return days

    def _of_sheet(self, number: int) -> tuple[Month, ...]:
        """The months that one sheet covers."""
        indexes = self.month[(self._cases.sheet == number) & (self.month >= 0)]
        titled = self._cases.sheets[number].period
        if titled is not None and titled.last is not None:
            year = titled.year or _usual_year(indexes)
            return months(Month(year, titled.first or titled.last), Month(year, titled.last)) if year else ()
        if not len(indexes):
            return ()
        if titled is not None and titled.year is not None:
            latest = indexes[(indexes >= titled.year * 12) & (indexes < titled.year * 12 + 12)]
            return months(Month(titled.year, 1), month_of(int(latest.max()))) if len(latest) else ()
        return months(month_of(int(indexes.min())), month_of(int(indexes.max())))

    def _of_own_sheet(self, by_sheet: list[tuple[Month, ...]]) -> Flags:
        """The rows dated in the months that their own sheet covers."""
        flags = np.zeros(len(self._cases), dtype=np.bool_)
        for number, covered in enumerate(by_sheet):
            flags |= (self._cases.sheet == number) & np.isin(self.month, [index_of(month) for month in covered])
        return flags

    def _first_counted(self, own: Flags) -> Flags:
        """Of rows with one key the first that lies inside counts."""
        counted = own.copy()
        seen = set(self._cases.first_of[own & self.inside].tolist())
        for at in np.flatnonzero(~own & self.inside).tolist():
            first = int(self._cases.first_of[at])
            if first not in seen:
                seen.add(first)
                counted[at] = True
        return counted


def _usual_year(indexes: Ints) -> int | None:
    """The year that most of some months are of."""
    return Counter((indexes // 12).tolist()).most_common(1)[0][0] if len(indexes) else None
