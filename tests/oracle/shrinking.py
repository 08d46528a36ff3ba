"""A difference made small: submissions and cells are left out while it stays."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import count
from pathlib import Path

from kpi.period import Month
from kpi.value import UNREPORTED, Qualifier, Value
from tests.oracle.bureau import Difference, compare, filled
from tests.oracle.model.definitions import Definitions
from tests.oracle.model.log import Cells, Entry, Sent
from tests.oracle.model.row import Model

Fails = Callable[[Sequence[Entry]], bool]


def shrunk(definitions: Definitions, entries: Sequence[Entry], difference: Difference, folder: Path) -> list[Entry]:
    """The smallest log found that still differs in that field of that row."""
    numbers = count()

    def fails(log: Sequence[Entry]) -> bool:
        with filled(folder / f"{next(numbers)}", log) as bureau:
            again = compare(bureau, Model(definitions, log), [difference.span], [difference.org], [difference.month], [difference.code])
        return difference.name in {other.name for other in again.differences}

    kept = list(entries)
    for fewer in _coarser(definitions, difference):
        kept = smaller if len(smaller := fewer(kept)) and fails(smaller) else kept
    kept = _without(kept, fails, max(1, len(kept) // 2))
    for place, entry in enumerate(kept):
        for simpler in _simpler(entry) if isinstance(entry, Sent) else ():
            merged = _merged(kept[place], simpler)
            if merged != kept[place] and fails([*kept[:place], merged, *kept[place + 1 :]]):
                kept[place] = merged
    return kept


def _coarser(definitions: Definitions, difference: Difference) -> Iterator[Callable[[list[Entry]], list[Entry]]]:
    """What most likely has no part in it, all at once: other measures, other organisations, later and earlier months, what does not count."""
    indicator = definitions.indicators[difference.code]
    measures = {term.code for term in (*indicator.terms, *indicator.failed, *indicator.total)}
    offices = {office for office, codes in definitions.offices.items() if measures & set(codes)}
    year = difference.month.year
    yield lambda log: [_only(entry, measures) for entry in log if entry.office in offices]
    yield lambda log: [entry for entry in log if entry.org in definitions.leaves[difference.org]]
    yield lambda log: [entry for entry in log if entry.month <= difference.month]
    yield lambda log: [entry for entry in log if entry.month.year == year]
    yield lambda log: [entry for entry in log if entry.month == difference.month]
    yield _counting


def _only(entry: Entry, measures: set[str]) -> Entry:
    return replace(entry, cells={code: cells for code, cells in entry.cells.items() if code in measures}) if isinstance(entry, Sent) else entry


def _counting(log: list[Entry]) -> list[Entry]:
    """The submissions that count, without those they replaced and those taken back."""
    stacks: dict[tuple[str, str, Month], list[Entry]] = {}
    for entry in log:
        stack = stacks.setdefault((entry.org, entry.office, entry.month), [])
        if isinstance(entry, Sent):
            stack.append(entry)
        elif stack:
            stack.pop()
    return [stack[-1] for stack in stacks.values() if stack]


def _without(entries: list[Entry], fails: Fails, size: int) -> list[Entry]:
    """Runs of so many entries left out, then of half as many, down to single ones until none can go."""
    while True:
        place, before = 0, len(entries)
        while place < len(entries):
            fewer = entries[:place] + entries[place + size :]
            if _sound(fewer) and fails(fewer):
                entries = fewer
            else:
                place += size
        if size == 1 and len(entries) == before:
            return entries
        size = max(1, size // 2)


def _sound(entries: Sequence[Entry]) -> bool:
    """Whether everything taken back had been sent."""
    counts: dict[tuple[str, str, object], int] = {}
    for entry in entries:
        key = (entry.org, entry.office, entry.month)
        counts[key] = counts.get(key, 0) + (1 if isinstance(entry, Sent) else -1)
        if counts[key] < 0:
            return False
    return True


Change = tuple[str, Callable[[Cells], Cells | None]]


def _simpler(entry: Sent) -> Iterator[Change]:
    """A measure left out, a cell blank, a day at the month's end, a number exact."""
    for code in entry.cells:
        yield code, lambda cells: None
        yield code, lambda cells: replace(cells, day=entry.month.last_day)
        for name in ("prior", "month", "ytd"):
            yield code, partial(_blanked, name)
            yield code, partial(_exact, name)


def _blanked(name: str, cells: Cells) -> Cells:
    return _with(cells, name, UNREPORTED)


def _exact(name: str, cells: Cells) -> Cells:
    return _with(cells, name, replace(getattr(cells, name), qualifier=Qualifier.EXACT))


def _with(cells: Cells, name: str, value: Value) -> Cells:
    return Cells(cells.day, **{"month": cells.month, "ytd": cells.ytd, "prior": cells.prior, name: value})


def _merged(entry: Entry, change: Change) -> Entry:
    code, simpler = change
    if not isinstance(entry, Sent) or code not in entry.cells:
        return entry
    cells = simpler(entry.cells[code])
    rest = {other: kept for other, kept in entry.cells.items() if other != code}
    return replace(entry, cells=rest if cells is None else {**entry.cells, code: cells})
