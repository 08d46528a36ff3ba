"""The board of one month, computed anew: nothing comes from a cache."""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from datetime import date
from decimal import Decimal

import duckdb

from bench.material import MONTH, Material
from bench.measure import Stopwatch, race
from bench.results import Budget, Comparison
from kpi.bureau import Bureau, open_bureau
from kpi.catalog import load
from kpi.catalog.formula import Linear
from kpi.catalog.measure import MeasureKind
from kpi.catalog.model import Catalog
from kpi.period import Month
from kpi.review.board import board
from kpi.store.statements import statement

ROUNDS = 50
BUDGET = Budget(0.020)
_FIGURES = "select measure, period, month, case when not carried then ytd end, prior from figure"
Figures = dict[tuple[str, Month], tuple[Decimal | None, Decimal | None, Decimal | None]]
Parts = tuple[Decimal | None, Decimal | None]


def measure(material: Material, rounds: int) -> Iterator[Comparison]:
    """All indicators of the catalogue, with last year, last month, target and verdict."""
    with ExitStack() as stack:
        bureau = stack.enter_context(open_bureau(stack.enter_context(material.store()), load.DEFAULT))
        other = stack.enter_context(material.store())  # the engine lets a file be open once
        connection = stack.enter_context(duckdb.connect(str(other / "kpi.duckdb"), config={"threads": 2}))
        sql, parameters = _query(bureau)
        figures = _figures(bureau)
        _prove(bureau, figures)

        def ours(clock: Stopwatch) -> None:
            bureau.store._version += 1  # as after something came in: nothing that was read before counts any more
            with clock:
                board(bureau, MONTH)

        def bare_sql(clock: Stopwatch) -> None:
            with clock:
                connection.cursor().execute(sql, parameters).fetchall()

        def in_memory(clock: Stopwatch) -> None:
            with clock:
                _recompute(bureau.catalog, figures)

        timings = race({"ours": ours, "sql": bare_sql, "memory": in_memory}, rounds, warm_ups=5)
        case = f"board {MONTH}, {len(bureau.catalog.indicators)} indicators"
    yield Comparison(case, timings["ours"], "the query alone", timings["sql"], BUDGET)
    yield Comparison(case, timings["ours"], "sums of parts from memory", timings["memory"])


def _query(bureau: Bureau) -> tuple[str, Mapping[str, object]]:
    """What the board asks of the database, text and parameters."""
    day = MONTH.first_day
    return statement("kept_parts"), {"org": bureau.catalog.root, "first": day, "last": day, "indicators": None}


def _figures(bureau: Bureau) -> Figures:
    """Every figure of the store: the month, the cumulative one, the office's own base of last year."""
    rows: list[tuple[str, date, Decimal | None, Decimal | None, Decimal | None]] = bureau.store.rows(_FIGURES)
    return {(measure, Month(day.year, day.month)): (month, ytd, prior) for measure, day, month, ytd, prior in rows}


def _recompute(catalog: Catalog, figures: Figures) -> dict[str, tuple[Parts, ...]]:
    """
    Numerator and denominator of every indicator now, a year ago, as we recorded the year ago, this month and the month before.

    It is the arithmetic of the board without its store: how fast figures that lie in memory can be put together.
    """
    answer = {}
    for code, indicator in catalog.indicators.items():
        pair = (indicator.numerator, indicator.denominator)
        answer[code] = tuple(
            (_sum(pair[0], catalog, figures, *basis), _sum(pair[1], catalog, figures, *basis))
            for basis in ((0, True, True), (12, True, True), (12, True, False), (0, False, False), (1, False, False))
        )
    return answer


def _sum(formula: Linear | None, catalog: Catalog, figures: Figures, shift: int, cumulative: bool, restated: bool) -> Decimal | None:
    """One part on one basis; None when any of its terms is absent."""
    if formula is None:
        return None
    total = Decimal(0)
    nothing = (None, None, None)
    for term in formula.terms:
        back = shift + 12 * term.years_back
        month, ytd, _ = figures.get((term.measure, MONTH.plus(-back)), nothing)
        amount = month if not cumulative and catalog.measures[term.measure].kind is MeasureKind.FLOW else ytd
        if restated and back == 12 and (prior := figures.get((term.measure, MONTH), nothing)[2]) is not None:
            amount = prior
        if amount is None:
            return None
        total += term.coefficient * amount
    return total


def _prove(bureau: Bureau, figures: Figures) -> None:
    """
    Compare the two ways before they are timed: a floor that computes something else is none.

    Raises:
        ValueError: They differ.
    """
    parts = _recompute(bureau.catalog, figures)
    for row in board(bureau, MONTH):
        if parts[row.indicator][0] != (row.figure.numerator, row.figure.denominator):
            raise ValueError(f"{row.indicator}: {parts[row.indicator][0]} from memory, {(row.figure.numerator, row.figure.denominator)} on the board")
