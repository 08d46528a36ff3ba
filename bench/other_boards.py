"""The board of a month by other means, over the same figures."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import polars as pl

from bench.nation import FIRST, INDICATORS, LAST
from bench.opened_nation import Opened
from kpi.compute.row import BoardRow
from kpi.period import months

POINT = LAST.plus(-2)

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
        figures = self._connection.execute("select month::double as month, ytd::double as ytd from figure order by period, org, measure").fetchnumpy()
        self._month, self._ytd = (np.ma.filled(figures[name], np.nan).reshape(shape) for name in ("month", "ytd"))
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
