"""Whatever is reported and entered in whatever order: a slip that was red is never green, and the log alone gives the same slips."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from kpi.bureau import LiveBureau, open_bureau, rebuild_store
from kpi.compute.follow_up_course import FollowUpStatus, Lamp
from kpi.meeting.follow_up_opening import open_on_miss, open_on_problem
from kpi.meeting.follow_ups import follow_ups
from kpi.period import Month
from kpi.present.follow_up_slip import Slip
from kpi.store.decision import Act, Decision
from kpi.store.follow_up_entry import FollowUpAct, FollowUpEntry
from tests.kpi.meeting import following
from tests.kpi.meeting.following import NOVEMBER, RATE, bureau_of, by, moment, send

FIRST = date(2023, 12, 6)
# a report of November, December or January: the day on which it comes, and how many of 100 batches pass; none: the one that counts is withdrawn
REPORTS = st.tuples(st.sampled_from(["2023-11", "2023-12", "2024-01"]), st.integers(0, 80), st.integers(86, 94) | st.none())
ENTRIES = st.tuples(st.sampled_from([FollowUpAct.SIGN, FollowUpAct.REOPEN, FollowUpAct.PROMISE, FollowUpAct.NOTE]), st.integers(0, 1), st.integers(0, 80))
Report = tuple[str, int, int | None]
SLOW = settings(max_examples=2, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def enter(bureau: LiveBureau, acts: list[tuple[FollowUpAct, int, int]]) -> None:
    """Log entries about the two follow-ups on days after the first; one that the log refuses is left out."""
    for act, which, later in acts:
        numbers = [each.seq for each in bureau.store.follow_ups()]
        signed = [entry.act for entry in bureau.store.follow_up_entries(numbers[which]) if entry.act in (FollowUpAct.SIGN, FollowUpAct.REOPEN)][-1:]
        if (signed == [FollowUpAct.SIGN]) is (act is FollowUpAct.REOPEN):
            day = FIRST + timedelta(later)
            due = day + timedelta(20) if act is FollowUpAct.PROMISE else None
            bureau.store.follow(FollowUpEntry(act, numbers[which], "李主任", moment(day.isoformat()), "理由", due=due))


def opened(bureau: LiveBureau) -> None:
    """November at 88.0 %, a follow-up of it and one of a problem."""
    send(bureau, "2023-11", "2023-12-04", "880", "1000")
    open_on_miss(bureau, RATE, NOVEMBER, following.given(), by(FIRST.isoformat()))
    open_on_problem(bureau, "整改 2 项", NOVEMBER, following.given(), by(FIRST.isoformat()), count=(2, 1))


def report(bureau: LiveBureau, reports: list[Report]) -> None:
    for number, (period, later, passed) in enumerate(sorted(reports, key=lambda each: each[1])):
        at, month = (FIRST + timedelta(later)).isoformat() + f"T13:{number:02}", Month.parse(period)
        if passed is not None:
            send(bureau, period, at, str(passed), "100", note="更正")
        elif counts := bureau.store.current("quality", month):
            bureau.store.decide(Decision(Act.WITHDRAW, month, "quality", counts.seq, "王统计", moment(at), "报错"))


def seen(slips: list[Slip]) -> list[tuple[object, ...]]:
    return [(each.number, each.course, each.entries) for each in slips]


@SLOW
@given(st.lists(REPORTS, max_size=5), st.lists(ENTRIES, max_size=5))
@example([("2023-12", 29, 91), ("2023-12", 35, None), ("2023-12", 60, 92)], [])  # what recovered is taken back, and comes again when it is late
@example([("2023-11", 0, 90), ("2023-12", 0, 86), ("2023-12", 28, None)], [])  # what made it late is taken back
@example([("2023-12", 14, 86), ("2023-12", 45, 87)], [(FollowUpAct.PROMISE, 0, 28)])  # what made it late is sent again, after it was promised anew
@example([("2024-01", 0, 90)], [(FollowUpAct.PROMISE, 0, 0)])  # a month that is reported before it has begun
def test_what_was_red_is_never_green(tmp_path_factory: pytest.TempPathFactory, reports: list[Report], acts: list[tuple[FollowUpAct, int, int]]) -> None:
    """Each day as it was read on that day, one after the other."""
    with bureau_of(tmp_path_factory.mktemp("law")) as bureau:
        opened(bureau)
        report(bureau, reports)
        enter(bureau, sorted(acts, key=lambda act: act[2]))
        red: set[int] = set()
        for later in (0, 24, 27, 31, 40, 55, 81):
            for slip in follow_ups(bureau, FIRST + timedelta(later)):
                assert slip.number not in red or slip.lamp is not Lamp.GREEN
                if slip.status is FollowUpStatus.OVERDUE:
                    red.add(slip.number)


@SLOW
@given(st.lists(REPORTS, max_size=3), st.lists(ENTRIES, max_size=5))
def test_the_log_alone_gives_the_same_slips(tmp_path_factory: pytest.TempPathFactory, reports: list[Report], acts: list[tuple[FollowUpAct, int, int]]) -> None:
    """A database made anew says of each day what the one before said."""
    day = FIRST + timedelta(60)
    folder = tmp_path_factory.mktemp("law")
    with bureau_of(folder) as bureau:
        opened(bureau)
        report(bureau, reports)
        enter(bureau, sorted(acts, key=lambda act: act[2]))
        before = seen(follow_ups(bureau, day))
    data, catalog = folder / "data", folder / "catalog"
    rebuild_store(data, catalog)
    with open_bureau(data, catalog) as again:
        assert seen(follow_ups(again, day)) == before
        assert again.store.verify() == []


@SLOW
@given(st.lists(ENTRIES, max_size=6), st.lists(REPORTS, max_size=2))
def test_entries_about_other_follow_ups_change_nothing(
    tmp_path_factory: pytest.TempPathFactory, acts: list[tuple[FollowUpAct, int, int]], reports: list[Report]
) -> None:
    """Those of the one first and those of the other after them, or as they came: each follow-up stands alike."""
    ordered = sorted(acts, key=lambda act: act[2])
    day = FIRST + timedelta(81)
    courses = []
    for order in (ordered, sorted(ordered, key=lambda act: act[1])):
        with bureau_of(tmp_path_factory.mktemp("law")) as bureau:
            opened(bureau)
            enter(bureau, order)
            report(bureau, reports)
            entries = {each.number: [replace(entry, seq=0) for entry in each.entries] for each in follow_ups(bureau, day)}
            courses.append(({each.number: each.course for each in follow_ups(bureau, day)}, entries))
    assert courses[0] == courses[1]
