"""Indicators from stored figures: parts, states, growth, pace and verdicts, each with arithmetic a reader can follow."""

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal as D
from pathlib import Path

import pytest

from kpi.catalog.formula import parse_linear
from kpi.catalog.indicator import Indicator
from kpi.catalog.measure import Better, Measure, MeasureKind
from kpi.catalog.model import Catalog
from kpi.catalog.office import Office
from kpi.catalog.target import Pace, Target, TargetKind
from kpi.compute.row import BoardRow, Status
from kpi.figures.definitions import definitions
from kpi.figures.indicators import indicators
from kpi.period import Span
from kpi.store.database import Store
from kpi.value import State
from tests.kpi.store.reports import accepted

TESTED, PASSED, PRODUCERS, RATE = "food_sampling_tested", "food_sampling_passed", "food_producers", "food_pass_rate"
MEASURES = {TESTED: MeasureKind.FLOW, PASSED: MeasureKind.FLOW, PRODUCERS: MeasureKind.STOCK, RATE: MeasureKind.RATE, "food_failed": MeasureKind.FLOW}
Board = Callable[..., BoardRow]


def indicator(code: str, numerator: str, denominator: str | None = None, **more: object) -> Indicator:
    entry = {
        "code": code,
        "name": code,
        "office": "food",
        "unit": "%" if denominator else "批次",
        "numerator": parse_linear(numerator),
        "denominator": parse_linear(denominator) if denominator else None,
        "scale": 100 if denominator else 1,
        "better": Better.HIGHER,
        "target_kind": TargetKind.FLOOR,
        "why_it_matters": "。",
        "denominator_words": "。",
        "source": "。",
        "reviewed_on": date(2026, 11, 23),
    }
    return Indicator(**(entry | more))


INDICATORS = {
    "pass_rate": indicator("pass_rate", PASSED, TESTED, failed=parse_linear("food_failed"), total=parse_linear(TESTED), reported=RATE),
    "tested": indicator("tested", TESTED),
    "growth": indicator("growth", f"{PRODUCERS} - {PRODUCERS}@ly", f"{PRODUCERS}@ly"),
    "producers": indicator("producers", PRODUCERS),
}


@pytest.fixture
def board(tmp_path: Path) -> Iterator[Board]:
    """``board(code, report, report …, kind=, value=, later={})``: the row of an indicator at the last report's month."""
    opened: list[Store] = []

    def compute(
        code: str, *reports: object, span: Span = Span.YTD, kind: TargetKind | None = None, later: dict[str, object] | None = None, **target: object
    ) -> BoardRow:
        targets = {}
        month = max(report.report.period for report in reports)
        if kind is not None:
            wanted = {"indicator": code, "year": month.year, "office": "food", "kind": kind, "tolerance": D(5), "document": "分解表", **target}
            targets[code, month.year] = tuple(Target(**wanted | change) for change in ({}, later) if change is not None)
        measures = {c: Measure(code=c, name=c, office="food", topic="", unit="批次", kind=k) for c, k in MEASURES.items()}
        office = Office(code="food", name="食品科", parent="bureau", order=1, template="表")
        catalog = Catalog("局", {"food": office}, measures, INDICATORS, {}, {}, targets, "d")
        store = Store.open(tmp_path / str(len(opened)), catalog, definitions(catalog))
        opened.append(store)
        store.commit(list(reports))
        [row] = indicators(store, catalog, [month], [code], span)
        return row

    yield compute
    for store in opened:
        store.close()


def test_a_rate_is_its_parts_divided_once(board):
    """Three months of 1/1, 80/99 and 0/0: 81 of 100, never the mean of 100 %, 80.8 % and nothing."""
    row = board(
        "pass_rate",
        accepted("2023-01", food_sampling_passed="1 1", food_sampling_tested="1 1"),
        accepted("2023-02", food_sampling_passed="80 81", food_sampling_tested="99 100"),
        accepted("2023-03", food_sampling_passed="0 81", food_sampling_tested="0 100"),
    )

    assert (row.figure.value, row.figure.numerator, row.figure.denominator) == (81, 81, 100)


@pytest.mark.parametrize(
    ("passed", "tested", "state"),
    [
        ("– 5", "– –", State.UNREPORTED),
        ("– 5", "– 未公开", State.WITHHELD),
        ("– 在检/在办", "– 9", State.PENDING),
        ("– 0", "– 0", State.NOT_STARTED),
        ("– 未开展", "– 未开展", State.NOT_STARTED),
        ("– 不适用", "– 9", State.NOT_APPLICABLE),
        ("– 未公开", "– –", State.UNREPORTED),
        ("– 0", "– 9", State.ZERO),
    ],
)
def test_a_rate_without_a_part_says_why(board, passed, tested, state):
    """Of two reasons the one that somebody can mend is told: 未报 before 未公开."""
    row = board("pass_rate", accepted("2023-03", food_sampling_passed=passed, food_sampling_tested=tested))

    assert row.figure.state is state
    assert row.figure.value == (0 if state is State.ZERO else None)


def test_a_typed_rate_stands_beside_and_never_in_for_the_computed_one(board):
    """填报值 98 is shown as such; the indicator itself has no value without parts."""
    row = board("pass_rate", accepted("2023-03", food_pass_rate="– 98"))

    assert (row.figure.value, row.figure.state, row.figure.reported_value) == (None, State.UNREPORTED, 98)


def test_month_on_month_compares_months_not_cumulatives(board):
    """January 10, February 15: +50 %, though the cumulative rose from 10 to 25."""
    row = board("tested", accepted("2023-01", food_sampling_tested="10 10"), accepted("2023-02", food_sampling_tested="15 25"))

    assert (row.figure.value, row.month.value, row.month.mom) == (25, 15, 50)


def test_month_on_month_of_a_stock_compares_the_two_ends(board):
    """From 200 to 210: +5 %."""
    row = board("producers", accepted("2023-01", food_producers="– 200"), accepted("2023-02", food_producers="– 210"))

    assert (row.figure.value, row.month.mom) == (210, 5)


def test_growth_against_last_year(board):
    """From 250 to 275: 10 %; and the count itself +10 %."""
    reports = accepted("2022-03", food_producers="– 250"), accepted("2023-03", food_producers="– 275")

    assert board("growth", *reports).figure.value == 10
    assert (board("producers", *reports).last_year.yoy, board("producers", *reports).last_year.yoy_unit) == (10, "%")


def test_growth_needs_no_record_of_last_year_when_the_sheet_states_it(board):
    """上年同期 250 typed in the first year of use is base enough, also for @ly."""
    report = accepted("2023-03", food_producers="– 275 250")

    assert board("growth", report).figure.value == 10
    assert (board("producers", report).last_year.value, board("producers", report).last_year.yoy) == (250, 10)


def test_the_restated_base_is_compared_and_ours_is_noted(board):
    """Same scope: 240 as restated, not the 250 we recorded."""
    row = board("producers", accepted("2022-03", food_producers="– 250"), accepted("2023-03", food_producers="– 264 240"))

    assert (row.last_year.value, row.last_year.own, row.last_year.yoy) == (240, 250, 10)


def test_a_missing_base_is_named(board):
    """Nothing of last year: no percentage, and why."""
    row = board("producers", accepted("2023-03", food_producers="– 275"))

    assert (row.last_year.value, row.last_year.yoy, row.last_year.yoy_words) == (None, None, "缺上年同期数（2022 年 3 月表没有这项数）")
    assert board("growth", accepted("2023-03", food_producers="– 275")).figure.state is State.UNREPORTED


def test_a_month_that_nobody_reported_is_not_last_months_figure(board):
    """February's cumulative is not carried into March's board."""
    row = board("tested", accepted("2023-02", food_sampling_tested="15 25"), accepted("2023-03", food_producers="– 1"))

    assert (row.figure.value, row.figure.state, row.status) == (None, State.UNREPORTED, Status.UNREPORTED)


@pytest.mark.parametrize(
    ("cumulative", "status"),
    [("80", Status.MET), ("79", Status.BEHIND), ("76", Status.BEHIND), ("75", Status.MISSED)],
)
def test_a_total_is_held_to_the_pace_of_its_own_day(board, cumulative, status):
    """
    292 of 365 days are exactly 80 %: of 100 a year, 80 are due on 19 October.

    Behind by at most the tolerance of 4 points is 滞后, 4 exactly included; more is 未达标.
    """
    report = accepted("2023-10", as_of=date(2023, 10, 19), food_sampling_tested=f"– {cumulative}")
    row = board("tested", report, kind=TargetKind.ANNUAL, value=D(100), tolerance=D(4))

    assert (row.target.pace, row.target.progress, row.target.gap, row.status) == (80, D(cumulative), 80 - D(cumulative), status)


@pytest.mark.parametrize(
    ("kind", "value", "upper", "passed", "status", "gap"),
    [
        (TargetKind.FLOOR, "90", None, "90", Status.MET, 0),
        (TargetKind.FLOOR, "90", None, "85", Status.BEHIND, 5),
        (TargetKind.FLOOR, "90", None, "84", Status.MISSED, 6),
        (TargetKind.CEILING, "10", None, "10", Status.MET, 0),
        (TargetKind.CEILING, "10", None, "15", Status.BEHIND, 5),
        (TargetKind.CEILING, "10", None, "16", Status.MISSED, 6),
        (TargetKind.RANGE, "40", "60", "60", Status.MET, 0),
        (TargetKind.RANGE, "40", "60", "65", Status.BEHIND, 5),
        (TargetKind.RANGE, "40", "60", "34", Status.MISSED, 6),
        (TargetKind.GROWTH, "90", None, "89", Status.BEHIND, 1),
    ],
)
def test_a_rate_is_held_to_the_target_itself(board, kind, value, upper, passed, status, gap):
    """No pace for rates; the edge belongs to the better side; the gap is in the unit of the rate."""
    report = accepted("2023-03", food_sampling_passed=f"– {passed}", food_sampling_tested="– 100")
    row = board("pass_rate", report, kind=kind, value=D(value), upper=D(upper) if upper else None)

    assert (row.status, row.target.gap, row.target.pace, row.target.progress) == (status, gap, None, None)


@pytest.mark.parametrize(
    ("target", "status"),
    [("56", Status.MET), ("57", Status.UNDECIDED), ("91", Status.UNDECIDED), ("92", Status.MISSED)],
)
def test_pending_lots_decide_only_what_they_can(board, target, status):
    """44 passed and 7 failed of 78: at least 56.4 %, at most 91.0 %; outside that the verdict is locked."""
    report = accepted("2023-11", food_sampling_passed="– 44", food_failed="– 7", food_sampling_tested="– 78")
    row = board("pass_rate", report, kind=TargetKind.FLOOR, value=D(target))

    assert (round(row.figure.low, 1), round(row.figure.high, 1), row.status) == (D("56.4"), D("91.0"), status)


@pytest.mark.parametrize(
    ("month", "producers", "status"),
    [("2023-05", "10", Status.UNDECIDED), ("2023-05", "50", Status.MET), ("2023-06", "10", Status.MISSED), ("2023-06", "46", Status.BEHIND)],
)
def test_a_milestone_is_judged_on_its_day(board, month, producers, status):
    """50 by 30 June: in May it is open, at the end of June it is not."""
    row = board("producers", accepted(month, food_producers=f"– {producers}"), kind=TargetKind.MILESTONE, value=D(50), due=date(2023, 6, 30))

    assert row.status is status


def test_a_verdict_uses_every_digit(board):
    """1724 of 1763 is 97.788 %: below 97.8, however it prints."""
    row = board(
        "pass_rate", accepted("2023-11", food_sampling_passed="– 1724", food_sampling_tested="– 1763"), kind=TargetKind.FLOOR, value=D("97.8"), tolerance=D(0)
    )

    assert row.status is Status.MISSED


def test_parts_that_run_to_different_days_say_so(board):
    """The earlier and the later day are both on the row."""
    passed = accepted("2023-11", as_of=date(2023, 11, 20), food_sampling_passed="– 44")
    both = accepted("2023-11", food_sampling_tested="– 54")
    mixed = type(passed)(
        type(passed.report)("food", passed.report.period, passed.report.readings + both.report.readings, {}, ()), b"mixed", "混.xlsx", "张三", "", ()
    )

    row = board("pass_rate", mixed)

    assert (row.figure.as_of, row.figure.as_of_latest) == (date(2023, 11, 20), date(2023, 11, 30))


def test_a_leap_day_is_compared_with_the_28th(board):
    """29 February 2024 against 28 February 2023."""
    row = board("tested", accepted("2023-02", food_sampling_tested="– 20"), accepted("2024-02", food_sampling_tested="– 22"))

    assert (row.figure.as_of, row.last_year.as_of, row.last_year.yoy) == (date(2024, 2, 29), date(2023, 2, 28), 10)


def test_a_quarter_with_a_missing_month_has_no_total(board):
    """January and March without February are not a quarter."""
    reports = accepted("2023-01", food_sampling_tested="10 –"), accepted("2023-03", food_sampling_tested="10 –")

    assert board("tested", *reports, span=Span.QUARTER).figure.state is State.UNREPORTED


@pytest.mark.parametrize(
    ("as_of", "target", "document", "status"),
    [(date(2023, 6, 30), 100, "分解表", Status.MET), (date(2023, 7, 1), 200, "调整通知", Status.MISSED)],
)
def test_a_target_changed_within_the_year_holds_for_figures_of_its_days(board, as_of, target, document, status):
    """50 by 30 June is half of 100 and in time; the day after 200 are asked for, and 99.7 of them were due."""
    later = {"value": D(200), "document": "调整通知", "from": date(2023, 7, 1)}
    row = board("tested", accepted("2023-07", as_of=as_of, food_sampling_tested="– 50"), kind=TargetKind.ANNUAL, value=D(100), later=later)

    assert (row.target.value, row.target.document, row.status) == (target, document, status)
    assert row.target.since == (date(2023, 7, 1) if target == 200 else None)


def test_a_month_without_a_figure_shows_the_target_of_its_last_day(board):
    later = {"value": D(200), "from": date(2023, 7, 1)}
    row = board("tested", accepted("2023-07", food_producers="– 1"), kind=TargetKind.ANNUAL, value=D(100), later=later)

    assert (row.target.value, row.status) == (200, Status.UNREPORTED)


def test_before_the_first_target_there_is_none(board):
    row = board("tested", accepted("2023-05", food_sampling_tested="– 50"), kind=TargetKind.ANNUAL, value=D(100), **{"from": date(2023, 7, 1)})

    assert (row.target.value, row.status) == (None, Status.NO_TARGET)


PLAN = (D(5), D(15), *[D(8)] * 10)


@pytest.mark.parametrize(("span", "value", "target", "status"), [(Span.MONTH, 14, 15, Status.MISSED), (Span.QUARTER, 20, 20, Status.MET)])
def test_a_plan_by_month_holds_single_months_too(board, span, value, target, status):
    """15 were planned for February, 20 for both months of the quarter; a month has no pace, and a tolerance of 5 % of 15 is 0.75."""
    reports = accepted("2023-01", food_sampling_tested="6 6"), accepted("2023-02", food_sampling_tested="14 20")
    row = board("tested", *reports, span=span, kind=TargetKind.ANNUAL, value=D(100), monthly=PLAN)

    assert (row.figure.value, row.target.value, row.status, row.target.pace) == (value, target, status, None)


def test_a_plan_by_month_is_the_pace_of_the_year(board):
    """By the end of February 20 of 100."""
    row = board("tested", accepted("2023-02", food_sampling_tested="– 20"), kind=TargetKind.ANNUAL, value=D(100), monthly=PLAN)

    assert (row.target.pace, row.target.gap, row.status, row.target.pace_basis) == (20, 0, Status.MET, "按月度计划")


def test_a_floor_may_differ_from_month_to_month(board):
    limits = (D(90), D(92), *[D(95)] * 10)
    report = accepted("2023-02", food_sampling_passed="– 92", food_sampling_tested="– 100")
    row = board("pass_rate", report, kind=TargetKind.FLOOR, value=D(95), monthly=limits)

    assert (row.target.value, row.status) == (92, Status.MET)


def test_the_pace_of_months_is_twelfths(board):
    """11 of 12 by November, whatever the day: eleven meetings of twelve are in time on the 23rd."""
    report = accepted("2023-11", as_of=date(2023, 11, 23), food_sampling_tested="– 11")
    row = board("tested", report, kind=TargetKind.ANNUAL, value=D(12), pace=Pace.MONTHS, tolerance=D(0))

    assert (row.status, row.target.pace_basis) == (Status.MET, "按月数")


def twelve(months: list[int]) -> list[object]:
    return [accepted(f"2022-{n:02}", food_sampling_tested=f"{months[n - 1]} {sum(months[:n])}") for n in range(1, 13)]


def test_the_pace_of_last_years_own_course(board):
    """By March last year 30 of 200 stood: 15 %; 15 of 100 are in time though 24.7 % of the days have passed."""
    reports = [*twelve([10, 10, 10, *[18] * 8, 26]), accepted("2023-03", food_sampling_tested="– 15")]
    row = board("tested", *reports, kind=TargetKind.ANNUAL, value=D(100), pace=Pace.PROFILE, tolerance=D(0))

    assert (row.target.pace, row.status, row.target.pace_basis) == (15, Status.MET, "按上年自身进度")


def test_a_last_year_with_a_hole_gives_the_pace_of_the_days_and_says_so(board):
    """Eleven months are no course: 90 of 365 days."""
    reports = [*twelve([10] * 12)[:11], accepted("2023-03", food_sampling_tested="– 15")]
    row = board("tested", *reports, kind=TargetKind.ANNUAL, value=D(100), pace=Pace.PROFILE)

    assert (round(row.target.pace, 2), row.target.pace_basis) == (D("24.66"), "上年各月数据不全，改按天数")
