"""
Offices that report at random: two years of three organisations, with everything that goes wrong in reporting.

How careless an organisation is differs: one leaves a twentieth of its cells blank, another hardly any.  Late sheets,
corrections and withdrawals come in any order.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from kpi.period import Month, months
from kpi.value import UNREPORTED, Qualifier, State, Value
from tests.oracle.model.definitions import Definitions
from tests.oracle.model.log import Cells, Entry, Sent, Withdrawn

FIRST, LAST = Month(2023, 1), Month(2024, 12)
_WORDS = (State.NOT_STARTED, State.NOT_STARTED, State.NOT_APPLICABLE, State.WITHHELD, State.PENDING)
_SIZES = {"taken": 60, "tasks": 12, "visits": 30, "accidents": 1, "opened": 20, "closed": 10, "net": 6, "shops": 1000, "letters": 1}
_QUALIFIED = (Qualifier.ABOUT, Qualifier.AT_LEAST, Qualifier.AT_MOST)


@dataclass(frozen=True)
class Habits:
    """How likely an organisation does what."""

    blank: float  # a measure
    absent: float  # a whole sheet
    word: float  # a measure; a whole sheet a quarter as often
    qualified: float
    restated: float
    corrected: float
    early: float  # a sheet runs to a day before the month's last
    askew: float  # a measure runs to another day than its sheet
    adjusted: float  # a cumulative differs from its months

    @classmethod
    def drawn(cls, draw: Random) -> "Habits":
        """Tidy or careless, in each way apart."""
        return cls(*(draw.choice((0.0, often / 3, often)) for often in (0.12, 0.08, 0.04, 0.04, 0.06, 0.15, 0.4, 0.06, 0.04)))


def entries(definitions: Definitions, seed: int) -> list[Entry]:
    """A log of two years."""
    draw = Random(seed)
    found: list[Entry] = []
    withdrawn: list[Entry] = []
    for org in (leaf for node, below in definitions.leaves.items() if below == (node,) for leaf in below):
        habits, truth = Habits.drawn(draw), _truth(draw)
        for office, measures in definitions.offices.items():
            columns = {(code, year): draw.choice(("both", "both", "month", "ytd", "any")) for code in measures for year in (2023, 2024)}
            for month in months(FIRST, LAST):
                if draw.random() < habits.absent:
                    continue
                sheets = [_sheet(draw, definitions, habits, truth, (org, office, month), columns)]
                while draw.random() < habits.corrected:
                    sheets.append(_corrected(draw, sheets[-1], definitions, habits, truth, columns))
                found += sheets
                if draw.random() < habits.corrected / 3:
                    withdrawn += [Withdrawn(org, office, month)] * draw.choice((1, 1, 2))
    draw.shuffle(found)
    for entry in withdrawn:
        found.insert(draw.randrange(len(found) // 2, len(found) + 1), entry)
    return _effective(found)


def _effective(found: Sequence[Entry]) -> list[Entry]:
    """Without withdrawals of what was never sent, which the product refuses."""
    counts: dict[tuple[str, str, Month], int] = {}
    kept = []
    for entry in found:
        key = (entry.org, entry.office, entry.month)
        counts[key] = counts.get(key, 0) + (1 if isinstance(entry, Sent) else -1)
        if counts[key] < 0:
            counts[key] = 0
        else:
            kept.append(entry)
    return kept


Truth = Mapping[tuple[str, Month], Decimal]


def _truth(draw: Random) -> Truth:
    """What happened in each month."""
    found: dict[tuple[str, Month], Decimal] = {}
    shops = Decimal(draw.randrange(900, 1100))
    for month in months(FIRST, LAST):
        some = {code: Decimal(draw.randrange(0, 2 * size + 1)) for code, size in _SIZES.items()}
        some["tested"] = max(Decimal(0), some["taken"] - draw.choice((0, 0, 0, 1, 4)))
        some["failed"] = min(some["tested"], Decimal(draw.choice((0, 1, 2, 3, 5))))
        some["passed"] = some["tested"] - some["failed"]
        some["net"] = Decimal(draw.randrange(-8, 18))
        if draw.random() < 0.3:
            some["tasks"] += Decimal(draw.choice(("0.5", "0.25", "0.125")))
        shops += draw.randrange(-6, 12)
        found |= {(code, month): number for code, number in (some | {"shops": shops}).items()}
    return found


def _sheet(draw: Random, definitions: Definitions, habits: Habits, truth: Truth, key: tuple[str, str, Month], columns: Mapping[tuple[str, int], str]) -> Sent:
    org, office, month = key
    day = _day(draw, habits.early, month)
    word = draw.choice(_WORDS) if draw.random() < habits.word / 4 else None
    cells = {}
    for code in definitions.offices[office]:
        own = _day(draw, 1, month) if draw.random() < habits.askew else day
        cells[code] = _cells(draw, habits, truth, definitions.measures[code]["kind"], code, month, own, columns[code, month.year], word)
    return Sent(org, office, month, cells)


def _day(draw: Random, early: float, month: Month) -> date:
    if draw.random() >= early:
        return month.last_day
    return draw.choice((date(month.year, month.month, 25), date(month.year, month.month, 20), month.last_day - timedelta(days=draw.randrange(1, 34))))


def _cells(draw: Random, habits: Habits, truth: Truth, kind: str, code: str, month: Month, day: date, column: str, word: State | None) -> Cells:
    if draw.random() < habits.blank:
        return Cells(day)
    if word is None and draw.random() < habits.word:
        word = draw.choice(_WORDS)
    if column == "any":
        column = draw.choice(("both", "month", "ytd"))
    so_far = sum((truth[code, each] for each in months(Month(month.year, 1), month)), Decimal(0)) if kind == "flow" else truth[code, month]
    if draw.random() < habits.adjusted:
        so_far += draw.choice((-3, -1, 1, 2, 5))
    month_value, ytd = (_value(draw, habits, code, number) for number in (truth[code, month], so_far))
    if word is not None:
        month_value = ytd = Value(word)
        if kind == "flow" and column == "both" and draw.random() < 0.3:
            ytd = _value(draw, habits, code, so_far)
    prior = _value(draw, habits, code, abs(so_far + draw.choice((-4, 0, 3, 7)))) if draw.random() < habits.restated else UNREPORTED
    if kind != "flow":
        return Cells(day, ytd=ytd, prior=prior)
    return Cells(day, month_value if column != "ytd" else UNREPORTED, ytd if column != "month" else UNREPORTED, prior)


def _value(draw: Random, habits: Habits, code: str, number: Decimal) -> Value:
    plain = code in ("taken", "tested", "passed", "failed")  # batches are counted one by one
    qualifier = draw.choice(_QUALIFIED) if not plain and number > 0 and draw.random() < habits.qualified else Qualifier.EXACT
    return Value.of(number, qualifier)


def _corrected(draw: Random, sheet: Sent, definitions: Definitions, habits: Habits, truth: Truth, columns: Mapping[tuple[str, int], str]) -> Sent:
    """A sheet sent again: drawn anew, or with a cell that differs."""
    again = _sheet(draw, definitions, habits, truth, (sheet.org, sheet.office, sheet.month), columns)
    if draw.random() < 0.5:
        return again
    code = draw.choice(sorted(sheet.cells))
    return replace(sheet, cells={**sheet.cells, code: again.cells[code]})
