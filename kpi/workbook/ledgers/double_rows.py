"""
Rows of one file with the key of another row: one case, of which one row counts.

It is the row with the later change, by the dates of its closing or its report; never the row that the export happens to
put first.  Where the dates do not decide, the fuller row counts, and who sends the ledger is asked.
"""

from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from kpi.catalog.ledger import Role
from kpi.workbook.ledgers.case_columns import NO_DAY, Cells, Flags, day_of
from kpi.workbook.ledgers.cases import Cases


@dataclass(frozen=True, slots=True)
class Double:
    """A row that does not count beside another one with its key; rows are positions among the cases."""

    at: int
    counted: int
    differs: bool  # in any column that is kept
    later: str  # the column of the date by which the counted row is the later one; empty where none decides


def doubles(cases: Cases, inside: Flags) -> list[Double]:
    """
    The rows that do not count because another with their key does, in the order of the rows.

    Args:
        cases: All rows.
        inside: Those that would count but for their keys.

    """
    rows = np.flatnonzero(inside)
    _, group, size = np.unique(cases.first_of[rows], return_inverse=True, return_counts=True)
    groups: defaultdict[int, list[int]] = defaultdict(list)
    for at in rows[size[group] > 1].tolist():
        groups[int(cases.first_of[at])].append(at)
    doubles = []
    for members in groups.values():
        own = [at for at in members if not cases.continued[at]] or members[:1]
        contents = {at: content(cases, at) for at in own}
        counted = max(own, key=lambda at: (_changed(cases, at), sum(map(bool, contents[at])), contents[at], -at))
        for at in members:
            if at != counted:
                differs = at in contents and contents[at] != contents[counted]
                doubles.append(Double(at, counted, differs, _later(cases, counted, at) if differs else ""))
    return sorted(doubles, key=lambda double: double.at)


def content(cases: Cases, at: int) -> tuple[str, ...]:
    """What the kept columns of a row say, in words that compare."""
    return tuple(word_at(cells, at) for cells in cases.cells.values())


def word_at(cells: Cells, at: int) -> str:
    """What a row says in one column; nothing where it says nothing that can be used."""
    code = int(cells.codes[at])
    match cells.column.role:
        case Role.DATE:
            return "" if code == NO_DAY else day_of(code).isoformat()
        case Role.CATEGORY:
            return cells.words[code] if code >= 0 else ""
        case Role.NUMBER:
            number = cells.numbers[code]
            return "" if number is None else f"{number.normalize():f}"
        case _:
            return cells.words[code]


def _changed(cases: Cases, at: int) -> int:
    """The last day on which something happened to a case after it began."""
    return max((int(cells.codes[at]) for cells in _dates(cases)), default=NO_DAY)


def _later(cases: Cases, counted: int, other: int) -> str:
    latest = _changed(cases, counted)
    if latest <= _changed(cases, other):
        return ""
    return next(cells.column.name for cells in _dates(cases) if int(cells.codes[counted]) == latest)


def _dates(cases: Cases) -> list[Cells]:
    return [cells for cells in cases.cells.values() if cells.column.role is Role.DATE and cells.column.name != cases.ledger.date]
