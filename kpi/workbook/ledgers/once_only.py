"""
What can happen once only to what a ledger is about: a company is set up once.  The catalogue says which words mean that.

A second row with another date has another key, so that both count: the figures of two months hold one event.
"""

from collections import defaultdict
from collections.abc import Iterator

import numpy as np

from kpi.finding import Finding, Severity, few
from kpi.period import Month
from kpi.workbook.ledgers.case_columns import Cells, day_of
from kpi.workbook.ledgers.cases import Cases, month_of
from kpi.workbook.ledgers.cases_on_file import FiledRow, Together
from kpi.workbook.ledgers.coverage import Coverage

_Event = tuple[str, str]  # the code of what it happens to, and the word that says what happens


def about_once(cases: Cases, coverage: Coverage, together: Together) -> Iterator[tuple[Month, Finding]]:
    """A CHECK for each word, with each month that has a row of an event that counts more than once in the file and what stays on file."""
    for cells in cases.cells.values():
        if not cells.column.once:
            continue
        own = _own(cases, cells, together)
        filed = _filed(cases, cells, together, own)
        by_month: defaultdict[tuple[Month, str], list[_Event]] = defaultdict(list)
        for event, rows in own.items():
            if len(rows) + len(filed[event]) > 1:
                for index in sorted({int(coverage.month[at]) for at in rows}):
                    by_month[month_of(index), event[1]].append(event)
        for (month, word), events in by_month.items():
            leading = cases.ledger.keys[0]
            named = tuple(_named(cases, event[0], own[event], filed[event]) for event in events)
            seen = f"有 {len(events)} 个「{leading}」的「{word}」不止一笔，各笔都计了：{few(named)}"
            remedy = "改过日期的，请删去错的一行；错的在库的，请把那个月的台账也重报一份，其中不再有它；确是几笔的，写明说明后可以入库"
            first = next(at for at in own[events[0]] if month_of(int(coverage.month[at])) == month)
            yield month, Finding("happens-once", Severity.CHECK, cases.place(first, leading), seen, remedy, cases=named)


def _own(cases: Cases, cells: Cells, together: Together) -> dict[_Event, list[int]]:
    """The rows of the ledger that count, by what happens to what."""
    leading = cases.cells[cases.ledger.keys[0]]
    wanted = [number for number, word in enumerate(cells.words) if word in cells.column.once]
    at = np.flatnonzero(together.counts & np.isin(cells.codes, wanted) & leading.filled & ~leading.bad)
    events: defaultdict[_Event, list[int]] = defaultdict(list)
    for row, code, word in zip(at.tolist(), leading.codes[at].tolist(), cells.codes[at].tolist(), strict=True):
        events[leading.words[code], cells.words[word]].append(row)
    return dict(events)


def _filed(cases: Cases, cells: Cells, together: Together, own: dict[_Event, list[int]]) -> defaultdict[_Event, list[FiledRow]]:
    """The same of the rows on file that count besides, as far as the ledger has them too."""
    events: defaultdict[_Event, list[FiledRow]] = defaultdict(list)
    for row in together.stays:
        event = (str(row.word(cases.ledger.keys[0]) or ""), str(row.word(cells.column.name) or ""))
        if event in own:
            events[event].append(row)
    return events


def _named(cases: Cases, code: str, own: list[int], filed: list[FiledRow]) -> str:
    """A code with the days of its rows, the earliest first."""
    days = [(day_of(int(cases.day[at])), "") for at in own] + [(row.month.cases.days[row.at], row.month.called) for row in filed]
    return f"{code}（{'、'.join(f'{whose}{day}' for day, whose in sorted(days))}）"
