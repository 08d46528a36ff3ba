"""
Boards at the size of a bureau, of a hundred and of a nation, beside the same work by other means.

The others are what a capable analyst would write: SQL by hand over the figures, a DataFrame of pandas or polars filtered
and summed, and a numpy cube that can be indexed at once, which is as fast as it gets.  They count in binary floating
point and know no states, bases or verdicts; ours is the whole board in exact decimals.
"""

import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from functools import cached_property, partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import psutil
import pyarrow as pa

from bench.material import Material
from bench.measure import Stopwatch, Timing, race
from bench.nation import FIRST, INDICATORS, LAST, OFFICE, SIZES, Nation, Size, catalog, fill
from bench.results import Budget, Comparison, Unit
from kpi.bureau import Bureau
from kpi.catalog.model import Catalog
from kpi.compute.row import BoardRow
from kpi.period import Month, Span, months
from kpi.review.board import board
from kpi.review.series import series
from kpi.store.batch import FACTS, Batch
from kpi.store.folder import DataFolder
from kpi.store.log_rows import Logged
from kpi.store.refresh import enter
from kpi.store.statements import statement

ROUNDS = 15
POINT = LAST.plus(-2)
_UNSEEN = {"one": Budget(0.015), "province": Budget(0.050), "nation": Budget(0.100)}
_KEPT = {"one": Budget(0.003), "province": Budget(0.010), "nation": Budget(0.020)}
_LOADS = {SIZES[1].name: Budget(0.2), SIZES[2].name: Budget(0.6)}
_BY_HAND = """
select
    term.indicator,
    sum(now.ytd) filter (where part = 'numerator') as numerator,
    sum(now.ytd) filter (where part = 'denominator') as denominator,
    sum(ago.ytd) filter (where part = 'numerator') as prior_numerator,
    sum(ago.ytd) filter (where part = 'denominator') as prior_denominator,
    sum(now.month) filter (where part = 'numerator') as month,
    sum(before.month) filter (where part = 'numerator') as before
from (select org, measure, month, ytd from figure where period = $now and ($org is null or org = $org)) as now
inner join term on now.measure = term.measure and term.indicator like 'i%'
left join (select org, measure, ytd from figure where period = $ago and ($org is null or org = $org)) as ago
    on now.org = ago.org and now.measure = ago.measure
left join (select org, measure, month from figure where period = $before and ($org is null or org = $org)) as before
    on now.org = before.org and now.measure = before.measure
where $node is null or now.org in (select leaf from below where node = $node)
group by term.indicator
"""


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


class Opened:
    """A store of one size with the catalogue it was made with."""

    def __init__(self, size: Size, folder: Path) -> None:
        self.size, self.catalog = size, catalog(size)
        self.store = Nation(DataFolder(folder), self.catalog)
        self.bureau = Bureau(self.catalog, self.store)
        leaves = self.catalog.leaves(self.catalog.root)
        self.leaf = leaves[len(leaves) // 3]
        self.used = 0

    def __enter__(self) -> "Opened":
        return self

    def __exit__(self, *_: object) -> None:
        self.store.close()

    @cached_property
    def nodes(self) -> dict[str, str]:
        """What is asked for: one that reports and, where there is a tree, what stands above it."""
        path = self.catalog.path(self.leaf)
        return {"one": self.leaf} | ({"province": path[1], "nation": path[0]} if len(path) > 1 else {})


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
    month, one, last_year = Stopwatch(), Stopwatch(), Stopwatch()
    for shift in range(3):
        period = LAST.plus(shift)
        _enter(opened, [_batch(opened.catalog, org, period) for org in leaves], month)
        _enter(opened, [_batch(opened.catalog, opened.leaf, period)], one)
        _enter(opened, [_batch(opened.catalog, opened.leaf, POINT.plus(-12 - shift))], last_year)
    name = opened.size.name
    yield Comparison(f"{name}: a new month of all, {len(leaves) * opened.size.measures * 2:,} cells", month.timing(0), budget=_LOADS.get(name))
    yield Comparison(f"{name}: that month sent again by one", one.timing(0))
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


@dataclass(frozen=True)
class _Terms:
    """The terms of the indicators as numbers: which indicator and measure, and whether it is a denominator."""

    indicator: "np.ndarray[Any, Any]"
    measure: "np.ndarray[Any, Any]"
    below: "np.ndarray[Any, Any]"


class Others:
    """The same work by other means, over the same figures."""

    def __init__(self, opened: Opened) -> None:
        self._opened = opened
        definition, self._connection = opened.catalog, opened.store.connection
        self._leaves = {org: number for number, org in enumerate(sorted(definition.leaves(definition.root)))}
        codes = {code: number for number, code in enumerate(sorted(definition.measures))}
        rows = [
            (number, codes[term.measure], below)
            for number, indicator in enumerate(definition.indicators.values())
            for below, formula in ((False, indicator.numerator), (True, indicator.denominator))
            if formula
            for term in formula.terms
        ]
        self._terms = _Terms(*(np.array(column) for column in zip(*rows, strict=True)))
        span = months(FIRST, LAST.plus(-1))
        self._at = span.index(POINT)
        shape = (len(span), len(self._leaves), len(codes))
        found = self._connection.execute("select month::double as month, ytd::double as ytd from figure order by period, org, measure").fetchnumpy()
        self._month, self._ytd = (np.ma.filled(found[name], np.nan).reshape(shape) for name in ("month", "ytd"))
        grid = np.indices(shape, dtype=np.int16).reshape(3, -1)
        self._frame = pd.DataFrame({"period": grid[0], "org": grid[1], "measure": grid[2], "month": self._month.ravel(), "ytd": self._ytd.ravel()}, copy=False)
        self._polars = pl.DataFrame({name: self._frame[name].to_numpy() for name in self._frame.columns})
        self._term_frame = pd.DataFrame({"indicator": self._terms.indicator, "measure": self._terms.measure.astype(np.int16), "below": self._terms.below})
        self._term_polars = pl.DataFrame({name: self._term_frame[name].to_numpy() for name in self._term_frame.columns})

    def _of(self, org: str) -> list[int]:
        return [self._leaves[leaf] for leaf in self._opened.catalog.leaves(org)]

    def sql(self, org: str) -> object:
        """Plain SQL over the figures."""
        leaf = org in self._leaves
        days = {"now": POINT.first_day, "ago": POINT.plus(-12).first_day, "before": POINT.plus(-1).first_day}
        return self._connection.cursor().execute(_BY_HAND, {**days, "org": org if leaf else None, "node": None if leaf else org}).fetchall()

    def pandas(self, org: str) -> object:
        """Filter, merge, group."""
        frame, leaves = self._frame, self._of(org)
        chosen = frame["org"] == leaves[0] if len(leaves) == 1 else frame["org"].isin(leaves)
        parts = [
            frame.loc[(frame["period"] == at) & chosen, ["measure", column]].groupby("measure", sort=False)[column].sum()
            for at, column in ((self._at, "ytd"), (self._at - 12, "ytd"), (self._at, "month"), (self._at - 1, "month"))
        ]
        wide = pd.concat(parts, axis=1, keys=["ytd", "ago", "month", "before"])
        sums = (
            self._term_frame.merge(wide, left_on="measure", right_index=True)
            .groupby(["indicator", "below"])[["ytd", "ago", "month", "before"]]
            .sum()
            .unstack("below")
        )
        value, ago = (sums[name, False] / sums[name, True].fillna(1) for name in ("ytd", "ago"))
        return value, value / ago - 1

    def polars(self, org: str) -> object:
        """The same, lazily."""
        leaves = self._of(org)
        chosen = pl.col("org") == leaves[0] if len(leaves) == 1 else pl.col("org").is_in(leaves)
        lazy = self._polars.lazy().filter(pl.col("period").is_in([self._at, self._at - 1, self._at - 12]) & chosen)
        wide = lazy.group_by("measure").agg(
            pl.col("ytd").filter(pl.col("period") == self._at).sum(),
            pl.col("ytd").filter(pl.col("period") == self._at - 12).sum().alias("ago"),
            pl.col("month").filter(pl.col("period") == self._at).sum(),
            pl.col("month").filter(pl.col("period") == self._at - 1).sum().alias("before"),
        )
        sums = self._term_polars.lazy().join(wide, on="measure").group_by("indicator", "below").agg(pl.col("ytd", "ago", "month", "before").sum())
        above, below = (
            sums.filter(~pl.col("below")),
            sums.filter(pl.col("below")).select("indicator", pl.col("ytd").alias("ytd_below"), pl.col("ago").alias("ago_below")),
        )
        return (
            above.join(below, on="indicator", how="left")
            .with_columns(value=pl.col("ytd") / pl.col("ytd_below").fill_null(1), prior=pl.col("ago") / pl.col("ago_below").fill_null(1))
            .with_columns(growth=pl.col("value") / pl.col("prior") - 1)
            .collect()
        )

    def numpy(self, org: str) -> "np.ndarray[Any, Any]":
        """Index the cube and add up."""
        leaves = self._of(org)
        chosen: Any = leaves[0] if len(leaves) == 1 else slice(leaves[0], leaves[-1] + 1)  # those of one node stand together
        cubes = (self._ytd[self._at], self._ytd[self._at - 12], self._month[self._at], self._month[self._at - 1])
        by_measure = np.stack([np.nansum(np.atleast_2d(cube[chosen]), axis=0) for cube in cubes])
        sums = np.zeros((2, 4, INDICATORS))
        for below in (0, 1):
            chosen_terms = self._terms.below == bool(below)
            for basis in range(4):
                amounts = by_measure[basis, self._terms.measure[chosen_terms]]
                sums[below, basis] = np.bincount(self._terms.indicator[chosen_terms], weights=amounts, minlength=INDICATORS)
        return sums

    def prove(self, org: str, rows: Sequence[BoardRow]) -> None:
        """
        Compare ours with the cube before anything is timed, where nobody is missing.

        Raises:
            ValueError: They differ.
        """
        sums = self.numpy(org)
        for number, row in enumerate(rows):
            if row.figure.numerator is not None and row.below.counted == row.below.leaves and float(row.figure.numerator) != sums[0, 0, number]:
                raise ValueError(f"{org} {row.indicator}: {row.figure.numerator} on the board, {sums[0, 0, number]} in the cube")
