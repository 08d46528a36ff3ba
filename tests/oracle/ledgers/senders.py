"""
Two stations that send ledgers at random over three years: of a month, of the year so far, of days, untitled; whole and in
part; with cases still open, rows twice, cases of the month before and mistyped dates; for the first time and again.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from kpi.period import Month, months
from tests.oracle.ledgers.kinds import KINDS, Case, Kind

FIRST, LAST = Month(2021, 1), Month(2023, 12)
TODAY = date(2024, 4, 30)
STATIONS = ("甲", "乙")


@dataclass(frozen=True)
class Sent:
    """One file: what its title says it covers, its rows in the order of the file, and what the sender answers if asked."""

    kind: Kind
    station: str
    title: str
    days: tuple[date, date]  # what it covers; of an untitled one the months of its rows
    titled: bool
    rows: tuple[Case, ...]
    adds: bool

    @property
    def file(self) -> str:
        return f"{self.station}所{self.kind.code}.csv"


World = dict[tuple[str, str, Month], list[dict[str, str]]]


def world(draw: Random) -> World:
    """The cases of each kind, station and month: six to fourteen, all closed."""
    found: World = {}
    for kind in KINDS:
        for station in STATIONS:
            for month in months(FIRST, LAST):
                many = draw.randrange(6, 15)
                days = [month.first_day + timedelta(days=draw.randrange(month.last_day.day)) for _ in range(many)]
                found[kind.code, station, month] = [
                    kind.draw(draw, f"{'AB'[STATIONS.index(station)]}{month.year % 100}{month.month:02d}{at:03d}", day) for at, day in enumerate(sorted(days))
                ]
    return found


def files(seed: int, count: int) -> Iterator[Sent]:
    """So many files of one seed."""
    draw = Random(seed)
    cases = world(draw)
    for _ in range(count):
        kind, station = draw.choice(KINDS), draw.choice(STATIONS)
        last = draw.choice(months(FIRST, LAST))
        shape = draw.choice(("month", "year", "days", "untitled", "untitled"))
        first = Month(last.year, 1) if shape == "year" or (shape == "untitled" and draw.random() < 0.5) else last
        days = (first.first_day, last.last_day)
        if shape == "days":
            days = (last.plus(-1).first_day + timedelta(days=25), last.first_day + timedelta(days=24))
            if Month.of(days[0]) < FIRST:
                continue
        rows = [dict(case) for month in months(Month.of(days[0]), last) for case in cases[kind.code, station, month]]
        rows = [row for row in rows if days[0] <= date.fromisoformat(row[kind.day]) <= days[1]]
        if draw.random() < 0.3:  # cases that are left out
            rows = [row for row in rows if draw.random() < 0.8]
        if shape == "untitled" and len({row[kind.day][:7] for row in rows}) < len(months(first, last)):
            continue
        rows = [row | kind.later if kind.later and draw.random() < 0.2 else row for row in rows]
        if kind.later and draw.random() < 0.3 and rows:  # a row as it was before
            rows.append(draw.choice(rows) | kind.later)
        if draw.random() < 0.3 and shape != "days":
            rows += _slips(draw, kind, station, cases, first, last, rows)
        draw.shuffle(rows)
        yield Sent(kind, station, _title(shape, kind, first, last, days), days, shape != "untitled", tuple(rows), adds=draw.random() < 0.5)


def _slips(draw: Random, kind: Kind, station: str, cases: World, first: Month, last: Month, rows: list[dict[str, str]]) -> list[dict[str, str]]:
    """One case of the month before, one with a year mistyped, or a case of the ledger itself with its date mistyped."""
    before = first.plus(-1)
    what = draw.choice(("before", "year", "own"))
    if what == "before" and before >= FIRST:
        return [dict(draw.choice(cases[kind.code, station, before]))]
    if what == "own" and rows:
        row = rows.pop(draw.randrange(len(rows)))
        return [row | {kind.day: f"{int(row[kind.day][:4]) - 3}{row[kind.day][4:7]}-15"}]
    return [kind.draw(draw, f"X{draw.randrange(10**6)}", date(last.year - 4, last.month, 10))]


def _title(shape: str, kind: Kind, first: Month, last: Month, days: tuple[date, date]) -> str:
    match shape:
        case "untitled":
            return kind.title
        case "days":
            return f"{days[0].year}年{days[0].month}月{days[0].day}日—{days[1].year}年{days[1].month}月{days[1].day}日{kind.title}"
        case "year":
            return f"{last.year}年1—{last.month}月{kind.title}"
        case _:
            return f"{last.year}年{last.month}月{kind.title}"
