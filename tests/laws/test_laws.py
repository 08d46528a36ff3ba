"""What holds for whatever offices report; every example goes through the store."""

from decimal import Decimal as D
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from kpi.catalog.load import load
from kpi.catalog.target import TargetKind
from kpi.compute.pace import Stretch
from kpi.compute.row import Status
from kpi.compute.target_in_force import TargetInForce
from kpi.errors import CatalogError
from kpi.period import CALENDAR_YEAR, Month, Span
from kpi.value import State
from tests.bureaus import write
from tests.kpi.compute.targets import target
from tests.kpi.compute.targets import verdict as judged
from tests.kpi.store.reports import accepted
from tests.soundness.catalog import QUALITY, files, indicator
from tests.soundness.catalog import target as target_text

CELL = st.none() | st.integers(0, 10**6)
YEAR = st.lists(CELL, min_size=1, max_size=12)
EACH = settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
MANY = settings(max_examples=150, deadline=None)
ORDER = [Status.MISSED, Status.BEHIND, Status.MET]


def written(values):
    """Cells as they are typed, what is None left blank."""
    return ["–" if value is None else str(value) for value in values]


@EACH
@given(st.lists(st.decimals(0, 10**6, places=6), min_size=12, max_size=12))
def test_a_year_is_its_months_its_quarters_and_its_halves(small, months):
    """YTD = Σ months; four quarters and two halves make the same, to the last digit."""
    small.year(2023, fines=written(months))

    def total(span: Span, *ends: int) -> D:
        values = small.values("fines", "2023-01", "2023-12", span)
        return sum((values[end - 1] for end in ends), D(0))

    whole = sum(months, D(0))
    assert total(Span.YTD, 12) == total(Span.YEAR, 12) == whole
    assert total(Span.MONTH, *range(1, 13)) == total(Span.QUARTER, 3, 6, 9, 12) == total(Span.HALF, 6, 12) == whole
    assert small.values("fines", "2023-01", "2023-12") == [sum(months[: n + 1], D(0)) for n in range(12)]


@EACH
@given(st.lists(st.tuples(CELL, CELL), min_size=1, max_size=12))
def test_no_cell_that_is_empty_becomes_a_zero(small, cells):
    """Whatever is missing, a rate is absent or exactly the fraction of the months that have both, in the month and in the year."""
    passed_cells, tested_cells = zip(*cells, strict=True)
    small.year(2023, passed=written(passed_cells), tested=written(tested_cells))

    for number, (passed, tested) in enumerate(cells, 1):
        month = small.row("plain_rate", f"2023-{number:02}", Span.MONTH)
        expected = None if passed is None or not tested else Fraction(passed, tested) * 100
        assert close(month.figure.value, expected)
        assert month.figure.value is not None or month.figure.state not in (State.NUMBER, State.ZERO)
        so_far = cells[:number]
        both = [cell for cell in so_far if None not in cell]
        whole = None if passed is None or tested is None else [sum(cell[part] for cell in both) for part in (0, 1)]
        row = small.row("plain_rate", f"2023-{number:02}")
        assert close(row.figure.value, Fraction(whole[0], whole[1]) * 100 if whole and whole[1] else None)
        lacking = tuple(Month(2023, n) for n, cell in enumerate(so_far, 1) if None in cell)
        assert row.caveats.missing == (lacking if row.figure.value is not None else ())


@EACH
@given(YEAR)
def test_a_series_stands_where_nothing_came(small, months):
    """The golden rule of gaps: the running sum of what is there, nothing before the first, and the missing months by name."""
    small.year(2023, tested=written(months))
    points = small.points("tested", "2023-01", f"2023-{len(months):02}")

    for number, point in enumerate(points, 1):
        known = [amount for amount in months[:number] if amount is not None]
        assert point.value == (sum(known) if known else None)
        assert point.carried is (bool(known) and months[number - 1] is None)
        assert point.missing == (tuple(Month(2023, n) for n in range(1, number + 1) if months[n - 1] is None) if known else ())


@EACH
@given(st.lists(st.tuples(CELL, CELL), min_size=2, max_size=8))
def test_every_cumulative_is_accounted_for(small, cells):
    """C(t−1) + m(t) + 调整数(t) = C(t), wherever the three are known; an adjustment of 0 is not booked."""
    small.year(2023, tested=[" ".join(written(pair)) for pair in cells])
    points = small.points("tested", "2023-01", f"2023-{len(cells):02}")

    before: D | None = D(0)
    for point in points:
        booked = sum((one.amount for one in point.adjustment), D(0))
        assert all(one.amount for one in point.adjustment)
        assert {one.period for one in point.adjustment} <= {point.period}
        if before is not None and point.value is not None and point.month_value is not None and not point.missing:
            assert before + point.month_value + booked == point.value
        before = point.value if not point.missing else None


@EACH
@given(st.permutations(range(4)), st.lists(st.integers(0, 1000), min_size=4, max_size=4), st.integers(0, 1000))
def test_the_order_of_reports_matters_only_for_the_same_month(small, order, months, corrected):
    """Four months in any order, then a correction of the first: the latest word on each month, whenever it came."""
    small.year(2023)
    for place in order:
        small.report(f"2023-{place + 1:02}", tested=str(months[place]))
    small.report("2023-01", tested=str(corrected))

    running = [corrected + sum(months[1:n]) for n in range(1, 5)]
    assert small.values("tested", "2023-01", "2023-04") == running


@EACH
@given(st.integers(0, 10**6), st.integers(1, 10**6), st.sampled_from([10, 1000, 10000]))
def test_the_unit_of_both_parts_leaves_the_rate(small, part, whole, factor):
    """元 or 万元, above and below the line."""
    small.year(2023, passed=[f"– {part}", f"– {part * factor}"], tested=[f"– {whole}", f"– {whole * factor}"])

    first, second = (small.row("plain_rate", f"2023-0{month}").figure.value for month in (1, 2))
    assert first == second


@EACH
@given(st.integers(0, 50), st.integers(0, 50), st.integers(0, 50))
def test_bounds_hold_every_way_the_pending_lots_can_end(small, passed, failed, pending):
    """However many of the open ones pass, the rate of all ends between low and high, and both ends can be reached."""
    assume(passed + failed + pending)
    total = passed + failed + pending
    small.report("2023-01", passed=f"– {passed}", failed=f"– {failed}", tested=f"– {passed + failed}", taken=f"– {total}")
    row = small.row("pass_rate", "2023-01")
    endings = [Fraction(passed + more, total) * 100 for more in range(pending + 1)]

    if not pending:
        assert (row.figure.low, row.figure.high) == (None, None)
    else:
        assert close(row.figure.low, endings[0])
        assert close(row.figure.high, endings[-1])
        assert all(Fraction(row.figure.low) - Fraction(1, 10**20) <= end <= Fraction(row.figure.high) + Fraction(1, 10**20) for end in endings)


@EACH
@given(st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 10**6)), min_size=2, max_size=2))
def test_the_parts_of_a_sum_make_the_whole(small, amounts):
    """Two offices together are what both report, this year, last year and in the change between."""
    cells = [
        (f"{2023 - back}-01", *sent) for back, pair in enumerate(amounts) for sent in zip(("quality", "food"), ("tested", "food_tested"), pair, strict=True)
    ]
    small.bureau.store.commit([accepted(month, office, {code: f"– {amount}"}) for month, office, code, amount in cells])
    both, one, other = (small.row(code, "2023-01") for code in ("both", "tested", "food_tested"))

    assert both.figure.value == one.figure.value + other.figure.value
    assert both.last_year.value == one.last_year.value + other.last_year.value


@EACH
@given(st.lists(st.integers(1, 1000), min_size=2, max_size=4), st.sampled_from([-1, 0, 0, 1]))
def test_a_target_is_split_into_parts_that_make_it(tmp_path_factory, parts, off):
    """A target and those it is split into are in order exactly when they add up."""
    codes = [f"part{number}" for number in range(len(parts))]
    named = "[" + ", ".join(f'"{code}"' for code in codes) + "]"
    asked = target_text("tested", "annual", str(sum(parts) + off)) + f"parts = {named}\n"
    asked += "".join(target_text(code, "annual", str(value)) for code, value in zip(codes, parts, strict=True))
    more = "".join(indicator(code, code, "tested", unit="批次", target_kind="annual") for code in codes)
    folder = write(tmp_path_factory.mktemp("split"), files({2023: asked}, QUALITY + more))

    if off:
        with pytest.raises(CatalogError, match="1"):
            load(folder)
    else:
        assert len(load(folder).targets) == len(parts) + 1


WHOLE = Stretch(Month(2023, 1).first_day, Month(2023, 12).last_day, 1, 0, 1, CALENDAR_YEAR)


def verdict(kind: TargetKind, limit: D, tolerance: D, value: Fraction) -> Status | None:
    entry = target(kind=kind, value=limit, tolerance=tolerance)
    return judged(TargetInForce(Month(2023, 11), entry, limit, False, WHOLE, ""), Month(2023, 11).last_day, value.numerator, value.denominator).status


@MANY
@given(st.integers(1, 100), st.integers(0, 20), st.fractions(0, 120, max_denominator=500), st.fractions(0, 120, max_denominator=500))
def test_a_better_figure_has_no_worse_verdict(limit, tolerance, one, other):
    """From 未达标 over 滞后 to 达标 as a figure rises against a floor, and as it falls against a ceiling."""
    low, high = sorted((one, other))
    for kind, (worse, better) in ((TargetKind.FLOOR, (low, high)), (TargetKind.CEILING, (high, low))):
        found = [verdict(kind, D(limit), D(tolerance), value) for value in (worse, better)]
        assert ORDER.index(found[0]) <= ORDER.index(found[1])


@MANY
@given(st.integers(0, 60), st.integers(0, 60), st.integers(1, 60), st.integers(1, 100))
def test_a_locked_verdict_is_what_every_ending_would_say(passed, failed, pending, limit):
    """达标 when the worst ending meets, 未达标 when the best one misses, else 未定."""
    total = passed + failed + pending
    entry = target(kind=TargetKind.FLOOR, value=D(limit), tolerance=D(0))
    held = TargetInForce(Month(2023, 11), entry, D(limit), False, WHOLE, "")
    found = judged(held, Month(2023, 11).last_day, passed, passed + failed, 100, pending=(failed, total)).status

    endings = {Fraction(passed + more, total) * 100 >= limit for more in range(pending + 1)}
    assert found is (Status.UNDECIDED if len(endings) == 2 else Status.MET if endings == {True} else Status.MISSED)


def close(value: D | None, exact: Fraction | None) -> bool:
    """Equal to every digit that a quotient of 28 digits can have; absent where it should be."""
    if value is None or exact is None:
        return value is None and exact is None
    return abs(Fraction(value) - exact) <= abs(exact) / 10**25
