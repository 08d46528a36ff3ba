"""
Boards at the size of a bureau, of a hundred and of a nation, beside the same work by other means.

The others are what a capable analyst would write: SQL by hand over the figures, a DataFrame of pandas or polars filtered
and summed, and a numpy cube that can be indexed at once, which is as fast as it gets.  They count in binary floating
point and know no states, bases or verdicts; ours is the whole board in exact decimals.
"""

import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil
import pyarrow as pa

from bench.material import Material
from bench.measure import Stopwatch, Timing, race
from bench.nation import FIRST, LAST, OFFICE, SIZES, Size, fill
from bench.opened_nation import Opened
from bench.other_boards import POINT, Others
from bench.results import Budget, Comparison, Unit
from kpi.catalog.model import Catalog
from kpi.period import Month, Span, months
from kpi.review.board import board
from kpi.review.series import series
from kpi.store.batch import FACTS, Batch
from kpi.store.log_rows import Logged
from kpi.store.refresh import enter
from kpi.store.statements import statement

ROUNDS = 15
_UNSEEN = {"one": Budget(0.015), "province": Budget(0.050), "nation": Budget(0.100)}
_KEPT = {"one": Budget(0.003), "province": Budget(0.010), "nation": Budget(0.020)}
_LOADS = {SIZES[1].name: Budget(0.2), SIZES[2].name: Budget(0.6)}


def measure(material: Material, rounds: int) -> Iterator[Comparison]:
    """Every size, from the smallest."""
    for size in SIZES:
        folder = material.folder / f"nation-{size.leaves}"
        spent = fill(size, folder)
        if spent:
            yield Comparison(
                f"{size.name}: every figure and part made anew", Timing([spent["figures and parts"]]), "writing the facts", Timing([spent["facts"]])
            )
        yield from _first(size, folder)
        with Opened(size, folder) as opened:
            yield from _boards(opened, rounds)
            yield Comparison(f"{size.name}: memory of the process", Timing([float(opened.used)]), unit=Unit.SIZE)
        with TemporaryDirectory(dir=material.folder) as copy, Opened(size, Path(shutil.copytree(folder, copy, dirs_exist_ok=True))) as changed:
            yield from _changes(changed)
        yield Comparison(f"{size.name}: database file", Timing([float(os.path.getsize(folder / "kpi.duckdb"))]), unit=Unit.SIZE)


def _first(size: Size, folder: Path) -> Iterator[Comparison]:
    """Open the file in this process and ask for a board that nobody has seen."""
    watch = Stopwatch()
    for _ in range(5):
        with Opened(size, folder) as opened, watch:
            board(opened.bureau, POINT, org=opened.leaf)
    yield Comparison(f"{size.name}: first board after opening", watch.timing(0), budget=Budget(0.050))


def _boards(opened: Opened, rounds: int) -> Iterator[Comparison]:
    others = Others(opened)
    for name, org in opened.nodes.items():
        ours = partial(board, opened.bureau, POINT, org=org)
        others.prove(org, ours())
        ways: dict[str, Callable[[], object]] = {
            "unseen": partial(_anew, opened, ours),
            "kept": ours,
            "month": partial(_anew, opened, partial(board, opened.bureau, POINT, Span.MONTH, org=org)),
            "SQL by hand": partial(others.sql, org),
            "pandas": partial(others.pandas, org),
            "polars": partial(others.polars, org),
            "numpy": partial(others.numpy, org),
        }
        timings = race({key: partial(_timed, way) for key, way in ways.items()}, rounds, warm_ups=2)
        case = f"{opened.size.name}: board of {_WORDS[name]}"
        for way, words, budget in (("unseen", "that nobody has seen", _UNSEEN[name]), ("kept", "kept ready", _KEPT[name])):
            for other in ("SQL by hand", "pandas", "polars", "numpy"):
                yield Comparison(f"{case}, {words}", timings[way], other, timings[other], budget)
        yield Comparison(f"{case}, of the month alone, that nobody has seen", timings["month"])
    every = partial(_anew, opened, partial(series, opened.bureau, "i050", FIRST, POINT, org=opened.leaf))
    timings = race({"ours": partial(_timed, every)}, rounds)
    yield Comparison(f"{opened.size.name}: series of an indicator, {len(months(FIRST, POINT))} months", timings["ours"])
    opened.used = psutil.Process().memory_info().rss


_WORDS = {"one": "one that reports", "province": "a province", "nation": "the nation"}


def _timed(way: Callable[[], object], clock: Stopwatch) -> None:
    with clock:
        way()


def _anew(opened: Opened, way: Callable[[], object]) -> object:
    """As after something came in: nothing that was read before is known any more."""
    opened.store.forget()
    return way()


def _changes(opened: Opened) -> Iterator[Comparison]:
    """A month of all that report, a month of one, and a correction of last year by one; each is made final."""
    leaves = opened.catalog.leaves(opened.catalog.root)
    month, leaf, last_year = Stopwatch(), Stopwatch(), Stopwatch()
    for shift in range(3):
        period = LAST.plus(shift)
        _enter(opened, [_batch(opened.catalog, org, period) for org in leaves], month)
        _enter(opened, [_batch(opened.catalog, opened.leaf, period)], leaf)
        _enter(opened, [_batch(opened.catalog, opened.leaf, POINT.plus(-12 - shift))], last_year)
    name = opened.size.name
    yield Comparison(f"{name}: a new month of all, {len(leaves) * opened.size.measures * 2:,} cells", month.timing(0), budget=_LOADS.get(name))
    yield Comparison(f"{name}: that month sent again by one", leaf.timing(0))
    yield Comparison(f"{name}: a month of last year sent again by one", last_year.timing(0), budget=_LOADS.get(name))


def _enter(opened: Opened, batches: Sequence[Batch], watch: Stopwatch) -> None:
    connection = opened.store.connection
    [(last,)] = connection.execute("select max(seq) from submission").fetchall()
    logged = [Logged(last + number, "", batch) for number, batch in enumerate(batches, 1)]
    with connection.cursor() as cursor:
        cursor.execute(statement("changed"))
        with watch:
            cursor.begin()
            enter(cursor, opened.catalog, logged)
            cursor.commit()


def _batch(definition: Catalog, org: str, period: Month) -> Batch:
    count = len(definition.measures)
    columns = {
        "period": pa.array([period.first_day] * 2 * count, pa.date32()),
        "measure": pa.array([*definition.measures, *definition.measures], pa.string()),
        "header": pa.array(["month"] * count + ["ytd"] * count, pa.string()),
        "value": pa.array([Decimal(7)] * count + [Decimal(7 * period.month)] * count, pa.decimal128(22, 6)),
        "as_of": pa.array([period.last_day] * 2 * count, pa.date32()),
    }
    constant = {"org": org, "office": OFFICE, "state": "数值", "decimals": 0, "qualifier": "=", "sheet": "月报表", "cell": "F9", "raw": "7"}
    columns |= {name: pa.array([value] * 2 * count, FACTS.field(name).type) for name, value in constant.items() if name in FACTS.names}
    facts = pa.table({field.name: columns[field.name] for field in FACTS}, schema=FACTS)
    at = datetime.combine(period.last_day, datetime.min.time()) + timedelta(days=3)
    return Batch(OFFICE, period, "monthly", "月报表.xlsx", "", "统计员", at, "", (), {}, facts, org=org)
