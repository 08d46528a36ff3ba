"""Verdicts by another route: whole numbers multiplied out, for each way a total falls due and each kind of limit."""

from datetime import date, timedelta
from decimal import Decimal as D

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi.catalog.target import Milestone, Pace, Target, TargetKind
from kpi.compute.pace import DatedFigures, Stretch, stretches
from kpi.compute.row import Status
from kpi.compute.target_in_force import TargetInForce, due_by
from kpi.period import CALENDAR_YEAR, Month
from tests.kpi.compute.targets import target, verdict

WHOLE = Stretch(date(2023, 1, 1), date(2023, 12, 31), 1, 0, 1, CALENDAR_YEAR)
counts = st.integers(0, 10**9)
days = st.integers(0, 364).map(lambda n: date(2023, 1, 1) + timedelta(n))
courses = st.lists(st.integers(0, 10**6), min_size=12, max_size=12).filter(any)


def held(entry: Target, day: date, course: DatedFigures = ()) -> TargetInForce:
    [stretch] = [one for one in stretches(entry, course, CALENDAR_YEAR) if one.first <= day <= one.last] if entry.paced else [WHOLE]
    return TargetInForce(Month.of(day), entry, entry.value, entry.paced, stretch, "")


def by_hand(value: int, limit: int, tolerance: int, done: int, whole: int) -> Status:
    """``value / limit`` against ``done / whole``, multiplied out; the tolerance is in 个百分点 of the limit."""
    if value * whole >= limit * done:
        return Status.MET
    return Status.BEHIND if 100 * (limit * done - value * whole) <= tolerance * limit * whole else Status.MISSED


@given(counts, st.integers(1, 10**9), st.integers(0, 20), days)
def test_by_days(value, limit, tolerance, day):
    entry = target(limit, tolerance=D(tolerance))

    assert verdict(held(entry, day), day, value).status is by_hand(value, limit, tolerance, day.timetuple().tm_yday, 365)


@given(counts, st.integers(1, 10**9), st.integers(0, 20), days)
def test_by_months(value, limit, tolerance, day):
    entry = target(limit, tolerance=D(tolerance), pace=Pace.MONTHS)

    assert verdict(held(entry, day), day, value).status is by_hand(value, limit, tolerance, day.month, 12)


@given(counts, st.integers(1, 10**9), st.integers(0, 20), days)
def test_by_milestones(value, limit, tolerance, day):
    """30 from May, 100 on the last day."""
    steps = (Milestone(on=date(2023, 5, 1), share=D(30)), Milestone(on=date(2023, 12, 31), share=D(100)))
    entry = target(limit, tolerance=D(tolerance), pace=Pace.MILESTONES, milestones=steps)
    done = 0 if day < date(2023, 5, 1) else 30 if day < date(2023, 12, 31) else 100

    assert verdict(held(entry, day), day, value).status is by_hand(value, limit, tolerance, done, 100)


@given(counts, st.integers(1, 10**9), st.integers(0, 20), days, courses)
def test_by_last_years_course(value, limit, tolerance, day, months):
    entry = target(limit, tolerance=D(tolerance), pace=Pace.PROFILE)
    course = tuple((Month(2022, n + 1).last_day, D(sum(months[: n + 1]))) for n in range(12))
    length = Month.of(day).last_day.day
    done = sum(months[: day.month - 1]) * length + months[day.month - 1] * day.day

    assert verdict(held(entry, day, course), day, value).status is by_hand(value, limit, tolerance, done, sum(months) * length)


@given(st.integers(0, 5000), st.integers(1, 5000), st.integers(0, 1000), st.integers(0, 50), st.sampled_from([TargetKind.FLOOR, TargetKind.CEILING]))
def test_a_rate_against_a_limit(numerator, denominator, tenths, tolerance, kind):
    """Limits in tenths of a per cent, tolerance in tenths: everything times ten and times the denominator."""
    entry = target(kind=kind, value=D(tenths) / 10, tolerance=D(tolerance) / 10)
    lead = 1000 * numerator - tenths * denominator
    lead = lead if kind is TargetKind.FLOOR else -lead
    expected = Status.MET if lead >= 0 else Status.BEHIND if -lead <= tolerance * denominator else Status.MISSED
    day = date(2023, 11, 23)

    assert verdict(held(entry, day), day, numerator, denominator, 100).status is expected


def test_a_count_of_billions_is_judged_to_the_last_one():
    """Of 100 000 000 000 in 365 days, 89 589 041 095 are one short of what is due on 23 November, 89 589 041 095.89."""
    day, entry = date(2023, 11, 23), target(10**11, tolerance=D(0))

    assert verdict(held(entry, day), day, 89_589_041_095).status is Status.MISSED
    assert verdict(held(entry, day), day, 89_589_041_096).status is Status.MET


@pytest.mark.parametrize(("passed", "failed", "status"), [(44, 7, Status.UNDECIDED), (67, 7, Status.MET), (44, 12, Status.MISSED)])
def test_pending_lots_lock_a_verdict_or_leave_it_open(passed, failed, status):
    """85 % of 78 is 66.3: 67 passed are enough; with 12 failed at most 66 can pass."""
    entry, day = target(kind=TargetKind.FLOOR, value=D(85)), date(2023, 11, 23)

    assert verdict(held(entry, day), day, passed, passed + failed, 100, pending=(failed, 78)).status is status


@pytest.mark.parametrize(
    ("kind", "passed", "failed", "status"),
    [
        (TargetKind.FLOOR, 80, 15, Status.UNDECIDED),  # 80 and the 5 that are open are exactly 85
        (TargetKind.FLOOR, 80, 16, Status.MISSED),
        (TargetKind.FLOOR, 85, 10, Status.MET),  # whatever the 5 bring
        (TargetKind.FLOOR, 84, 10, Status.UNDECIDED),
        (TargetKind.CEILING, 80, 15, Status.MET),  # at most 85
        (TargetKind.CEILING, 80, 14, Status.UNDECIDED),
        (TargetKind.CEILING, 85, 10, Status.UNDECIDED),  # 85 if all 5 fail
        (TargetKind.CEILING, 86, 10, Status.MISSED),
    ],
)
def test_lots_that_can_just_reach_a_limit_leave_it_open_and_those_that_cannot_do_not(kind, passed, failed, status):
    """100 lots against 85 %, no tolerance: the limit itself is on the good side, of both ends of what can still come."""
    entry, day = target(kind=kind, value=D(85), tolerance=D(0)), date(2023, 11, 23)

    assert verdict(held(entry, day), day, passed, passed + failed, 100, pending=(failed, 100)).status is status


@pytest.mark.parametrize(("passed", "status"), [(66, Status.BEHIND), (67, Status.MET), (65, Status.MISSED)])
def test_once_every_lot_has_a_result_the_tolerance_counts(passed, status):
    """66 of 78 are 84.6 %, within 1 个百分点 of 85 %; 65 are 83.3 %.  None is pending, so no bound locks the verdict."""
    entry, day = target(kind=TargetKind.FLOOR, value=D(85), tolerance=D(1)), date(2023, 11, 23)

    assert verdict(held(entry, day), day, passed, 78, 100, pending=(78 - passed, 78)).status is status


def test_nothing_done_is_not_judged():
    assert verdict(held(target(kind=TargetKind.FLOOR), date(2023, 3, 1)), date(2023, 3, 1), 0, 0, 100).status is None


@pytest.mark.parametrize("changed", [{"upper": D(70)}, {"tolerance": D(9)}, {"due": date(2023, 9, 30)}])
def test_a_target_changed_in_anything_it_asks_for_is_another_one(changed):
    """The parts run to both sides of the day of the change, so both hold; a new document alone asks for nothing else."""
    first = target(40, kind=TargetKind.RANGE, upper=D(60), document="原文件")
    after = first.model_copy(update={"document": "新文件"})
    early, late = (Stretch(date(2023, *begins), date(2023, *ends), 1, 0, 1, CALENDAR_YEAR) for begins, ends in (((1, 1), (6, 30)), ((7, 1), (12, 31))))

    def due(second: Target) -> list[Target]:
        entries = [TargetInForce(Month(2023, 7), wanted, wanted.value, False, days, "") for wanted, days in ((first, early), (second, late))]
        return [entry.target for entry, _ in due_by(entries, date(2023, 6, 30), date(2023, 7, 31), Month(2023, 7), CALENDAR_YEAR)]

    assert due(after) == [first]
    assert due(after.model_copy(update=changed)) == [first, after.model_copy(update=changed)]
