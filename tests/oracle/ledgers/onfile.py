"""What should be on file after each ledger, in plain Python: cases by their keys, month by month, and what is to be asked."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from kpi.period import Month, months
from tests.oracle.ledgers.kinds import KINDS, Case, Figures, Kind
from tests.oracle.ledgers.senders import Sent


@dataclass
class Filed:
    """The cases of each kind, month and key; a month that was covered and has none is there and empty."""

    cases: defaultdict[str, dict[Month, dict[str, Case]]] = field(default_factory=lambda: defaultdict(dict))

    def take(self, sent: Sent) -> dict[Month, set[str]]:
        """
        Take in a ledger.

        Returns:
            The cases on covered days that it lacks, by month, which are to be counted in a question; they are gone unless it adds.

        """
        kind, filed = sent.kind, self.cases[sent.kind.code]
        inside = [row for row in sent.rows if _within(_day(kind, row), sent.days)]
        outside = [row for row in sent.rows if not _within(_day(kind, row), sent.days)]
        counted: dict[str, Case] = {}
        for row in inside:
            key = kind.key_of(row)
            counted[key] = max(counted.get(key, row), row, key=lambda row: _rank(kind, row))
        where = {key: month for month, known in filed.items() for key in known}
        covered = months(Month.of(sent.days[0]), Month.of(sent.days[1]))
        for row in outside if not sent.titled else ():
            key, month = kind.key_of(row), Month.of(_day(kind, row))
            near = any(abs((month.year - one.year) * 12 + month.month - one.month) <= 1 for one in covered)
            if key not in counted and (where.get(key) == month or (key not in where and near and month in filed)):
                filed[month][key] = row
        present = {kind.key_of(row) for row in sent.rows}
        missing: dict[Month, set[str]] = {}
        for month in covered:
            known = filed.setdefault(month, {})
            lacking = {key for key, case in known.items() if _within(_day(kind, case), sent.days) and key not in present}
            if lacking:
                missing[month] = lacking
            for key in lacking if not sent.adds else ():
                del known[key]
        for key, row in counted.items():
            filed[Month.of(_day(kind, row))][key] = row
        return missing

    def figures(self) -> dict[tuple[str, Month], tuple[Figures, Figures | None]]:
        """Of each kind and month that is known: its figures, and those of the year so far where all its months are known."""
        found: dict[tuple[str, Month], tuple[Figures, Figures | None]] = {}
        for kind in KINDS:
            filed = self.cases[kind.code]
            of_month = {month: kind.count(list(filed[month].values())) for month in filed}
            for month in filed:
                year = months(Month(month.year, 1), month)
                total = None
                if all(one in filed for one in year):
                    total = {measure: sum((of_month[one][measure] for one in year), Decimal(0)) for measure in of_month[month]}
                found[kind.code, month] = of_month[month], total
        return found


def _day(kind: Kind, row: Case) -> date:
    return date.fromisoformat(row[kind.day])


def _within(day: date, days: tuple[date, date]) -> bool:
    return days[0] <= day <= days[1]


def _rank(kind: Kind, row: Case) -> str:
    """Later changes are greater; a case that is open is less than any that is closed."""
    return max((row[column] for column in kind.changed), default="")
