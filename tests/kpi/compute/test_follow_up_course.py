"""How a follow-up stands: closed by its figure or a leader, and never green again once it was overdue."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal as D
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi.catalog.measure import Better
from kpi.compute.follow_up_course import Deadline, Facts, FollowUpStatus, FollowUpTurn, Lamp, Observation, course, promised_by, worse
from kpi.period import CALENDAR_YEAR, Month

OCTOBER, NOVEMBER, DECEMBER, JANUARY, FEBRUARY = (Month(2023, 10).plus(later) for later in range(5))


def at(text: str) -> datetime:
    """Noon of a day."""
    return datetime.fromisoformat(f"{text}T12:00")


def day(text: str) -> date:
    return date.fromisoformat(text)


# November was missed; on 6 December somebody promised the end of the year, of which the sheet is owed on 8 January
PROMISE = Deadline(at("2023-12-06"), day("2023-12-31"), DECEMBER, day("2024-01-08"))
FIGURE = Facts(at("2023-12-06"), [PROMISE])
WORK = Facts(at("2023-12-06"), [Deadline(at("2023-12-06"), day("2023-12-31"))])  # nothing on the board tells of it


def shown(month: Month, known: str, *, good: bool) -> Observation:
    return Observation(month, good, at(known))


def stands(facts: Facts, on: str) -> tuple[str, str]:
    seen = course(facts, day(on))
    return seen.status.value, seen.lamp.value


@pytest.mark.parametrize(
    ("on", "status", "lamp"),
    [
        ("2023-12-06", "进行中", "绿"),
        ("2023-12-23", "进行中", "绿"),
        ("2023-12-24", "即将到期", "黄"),  # seven days before
        ("2023-12-31", "即将到期", "黄"),
        ("2024-01-01", "逾期", "红"),
    ],
)
def test_what_no_figure_tells_of_is_overdue_on_the_next_day(on: str, status: str, lamp: str) -> None:
    """Green until seven days before, yellow until the day itself, then red."""
    assert stands(WORK, on) == (status, lamp)


def test_nobody_can_know_the_year_before_the_sheet_of_december_is_owed() -> None:
    """Yellow while it is waited for, red after the day on which it was owed."""
    waiting = course(FIGURE, day("2024-01-08"))
    assert (waiting.status, waiting.lamp, waiting.waits_for) == (FollowUpStatus.DUE_SOON, Lamp.YELLOW, DECEMBER)
    late = course(FIGURE, day("2024-01-09"))
    assert (late.status, late.lamp, late.waits_for, late.overdue_once) == (FollowUpStatus.OVERDUE, Lamp.RED, None, True)


def test_a_figure_that_recovers_in_time_closes_it_green() -> None:
    """December is met and came on 4 January: kept, although the year was over."""
    met = replace(FIGURE, observations=[shown(DECEMBER, "2024-01-04", good=True)])
    assert stands(met, "2024-01-03") == ("即将到期", "黄")
    closed = course(met, day("2024-01-04"))
    assert (closed.status, closed.lamp, closed.recovered) == (FollowUpStatus.RECOVERED, Lamp.GREEN, DECEMBER)
    assert closed.status.closed


def test_a_december_that_is_missed_is_red_as_soon_as_it_is_known() -> None:
    """It does not wait for the day on which the sheet was owed."""
    missed = replace(FIGURE, observations=[shown(DECEMBER, "2024-01-04", good=False)])
    assert stands(missed, "2024-01-03") == ("即将到期", "黄")
    assert stands(missed, "2024-01-04") == ("逾期", "红")


def test_a_later_month_made_good_is_yellow_and_not_green() -> None:
    """December was missed, January is met: closed, and its slip still says that it was late."""
    facts = replace(FIGURE, observations=[shown(DECEMBER, "2024-01-04", good=False), shown(JANUARY, "2024-02-05", good=True)])
    assert stands(facts, "2024-02-04") == ("逾期", "红")
    late = course(facts, day("2024-02-05"))
    assert (late.status, late.lamp, late.recovered) == (FollowUpStatus.RECOVERED_LATE, Lamp.YELLOW, JANUARY)


def test_a_sheet_that_comes_late_makes_it_late_whatever_it_says() -> None:
    """December is met, and nobody could know that until 20 January."""
    facts = replace(FIGURE, observations=[shown(DECEMBER, "2024-01-20", good=True)])
    assert stands(facts, "2024-01-19") == ("逾期", "红")
    assert stands(facts, "2024-01-20") == ("逾期后恢复", "黄")


def test_what_falls_again_is_open_again() -> None:
    """Met in December, missed in January: behind, and as its day is past overdue."""
    facts = replace(FIGURE, observations=[shown(DECEMBER, "2024-01-04", good=True), shown(JANUARY, "2024-02-05", good=False)])
    assert stands(facts, "2024-02-04") == ("已恢复", "绿")
    again = course(facts, day("2024-02-05"))
    assert (again.status, again.relapsed, again.recovered) == (FollowUpStatus.OVERDUE, JANUARY, None)
    early = replace(facts, deadlines=[replace(PROMISE, due=day("2024-03-31"), month=Month(2024, 3), figures_by=day("2024-04-08"))])
    assert stands(early, "2024-02-05") == ("滞后", "黄")


def test_a_month_that_is_corrected_says_what_it_says_since() -> None:
    """December met on the 4th, corrected on the 10th to a miss and on the 12th to a figure that is met: late by then."""
    facts = replace(
        FIGURE, observations=[shown(DECEMBER, known, good=good) for known, good in (("2024-01-04", True), ("2024-01-10", False), ("2024-01-12", True))]
    )
    assert [stands(facts, f"2024-01-{number}")[0] for number in ("09", "10", "12")] == ["已恢复", "逾期", "逾期后恢复"]


def test_the_month_of_the_miss_counts_once_it_is_corrected() -> None:
    """What was known of November when it was opened closes nothing; a correction since does."""
    before = replace(FIGURE, observations=[shown(NOVEMBER, "2023-12-05", good=True)])
    assert stands(before, "2023-12-10") == ("进行中", "绿")
    after = replace(FIGURE, observations=[shown(NOVEMBER, "2023-12-10", good=True)])
    assert stands(after, "2023-12-10") == ("已恢复", "绿")


def test_a_leader_may_close_it_and_take_it_up_again() -> None:
    """Signed in time it is green; signed when it was overdue, yellow for ever."""
    signed = replace(WORK, turns=[FollowUpTurn(at("2023-12-20"), closed=True)])
    assert stands(signed, "2024-03-01") == ("已办结", "绿")
    assert stands(replace(WORK, turns=[FollowUpTurn(at("2024-01-02"), closed=True)]), "2024-01-02") == ("已办结", "黄")
    again = replace(signed, turns=[*signed.turns, FollowUpTurn(at("2024-01-10"), closed=False)])
    assert stands(again, "2024-01-09") == ("已办结", "绿")
    assert stands(again, "2024-01-10") == ("逾期", "红")


def test_what_is_taken_up_again_asks_for_a_new_figure() -> None:
    """December closed it, a leader does not believe it; only what comes afterwards closes it again."""
    facts = replace(
        FIGURE,
        deadlines=[PROMISE, Deadline(at("2024-01-15"), day("2024-02-29"), FEBRUARY, day("2024-03-05"))],
        turns=[FollowUpTurn(at("2024-01-15"), closed=False)],
        observations=[shown(DECEMBER, "2024-01-04", good=True), shown(JANUARY, "2024-02-05", good=True)],
    )
    assert [stands(facts, on)[0] for on in ("2024-01-14", "2024-01-15", "2024-02-05")] == ["已恢复", "进行中", "已恢复"]


def test_another_day_does_not_wash_off_that_it_was_overdue() -> None:
    """Promised anew on the day on which it is due it was never late; two days later it was."""
    later = Deadline(at("2024-01-02"), day("2024-02-29"))
    assert stands(replace(WORK, deadlines=[*WORK.deadlines, later]), "2024-01-02") == ("进行中", "黄")
    in_time = replace(later, since=at("2023-12-31"))
    assert stands(replace(WORK, deadlines=[*WORK.deadlines, in_time]), "2024-01-02") == ("进行中", "绿")


def test_a_step_past_its_day_or_a_figure_below_its_pace_is_behind() -> None:
    """Its own day is in time."""
    steps = replace(WORK, steps=[day("2023-12-10"), day("2023-12-15")])
    assert stands(steps, "2023-12-10") == ("进行中", "绿")
    assert (course(steps, day("2023-12-11")).status, course(steps, day("2023-12-11")).late_steps) == (FollowUpStatus.BEHIND, 1)
    assert stands(replace(WORK, slow=True), "2023-12-10") == ("滞后", "黄")
    assert stands(replace(WORK, slow=True), "2024-01-01") == ("逾期", "红")


def test_the_pace_of_a_promise() -> None:
    """From 76 on 30 November to 91 on 31 December: 30 of 31 days later 76 + 15 × 30/31."""
    start, first, due = D(76), day("2023-11-30"), day("2023-12-31")
    assert promised_by(start, first, D(91), due, day("2023-12-30"), restarts=True, year=CALENDAR_YEAR) == 76 + Fraction(15 * 30, 31)
    assert promised_by(start, first, D(91), due, due, restarts=True, year=CALENDAR_YEAR) == 91
    assert promised_by(start, first, D(91), due, day("2024-02-29"), restarts=True, year=CALENDAR_YEAR) == 91


def test_the_pace_of_a_promise_begins_anew_with_the_year() -> None:
    """Of a count 40 by 31 March of the next year are 40 × 31/91 by the end of January, and nothing is asked before; a rate goes on."""
    start, first, due = D(76), day("2023-11-30"), day("2024-03-31")
    assert promised_by(start, first, D(40), due, day("2024-01-31"), restarts=True, year=CALENDAR_YEAR) == Fraction(40 * 31, 91)
    assert promised_by(start, first, D(40), due, day("2023-12-20"), restarts=True, year=CALENDAR_YEAR) == 0
    assert promised_by(D(90), first, D(98), due, day("2023-11-30"), restarts=False, year=CALENDAR_YEAR) == 90
    assert promised_by(D(90), first, D(98), due, day("2024-01-31"), restarts=False, year=CALENDAR_YEAR) == 90 + Fraction(8 * 62, 122)


def test_which_side_is_worse_is_the_indicators() -> None:
    assert [worse(D(90), Fraction(91), better) for better in Better] == [True, False, False]
    assert [worse(D(92), Fraction(91), better) for better in Better] == [False, True, False]
    assert [worse(D(91), Fraction(91), better) for better in Better] == [False, False, False]


DAYS = st.dates(day("2023-12-06"), day("2024-04-30"))
MOMENTS = DAYS.map(lambda on: datetime.combine(on, datetime.min.time()) + timedelta(hours=12))
OBSERVATIONS = st.builds(Observation, st.sampled_from([OCTOBER.plus(later) for later in range(6)]), st.booleans(), MOMENTS)
DEADLINES = st.builds(Deadline, MOMENTS, DAYS, st.sampled_from([None, NOVEMBER, DECEMBER, JANUARY]), st.none() | DAYS)
TURNS = st.lists(MOMENTS, max_size=3, unique=True).map(
    lambda moments: [FollowUpTurn(when, closed=not number % 2) for number, when in enumerate(sorted(moments))]
)
ANY = st.builds(
    Facts,
    st.just(at("2023-12-06")),
    st.lists(DEADLINES, min_size=1, max_size=3).map(lambda every: sorted(every, key=lambda other: other.since)),
    TURNS,
    st.lists(OBSERVATIONS, max_size=5),
)


@given(ANY, DAYS, DAYS)
def test_what_was_overdue_is_never_green_again(facts: Facts, one_day: date, other: date) -> None:
    """Whatever is reported, signed or promised afterwards."""
    earlier, later = sorted((one_day, other))
    if course(facts, earlier).status is FollowUpStatus.OVERDUE:
        assert course(facts, later).lamp is not Lamp.GREEN
        assert course(facts, later).overdue_once


@given(ANY, DAYS)
def test_what_comes_later_changes_no_earlier_day(facts: Facts, on: date) -> None:
    """The course of a day is the one that somebody read on that day."""
    end = datetime.combine(on, datetime.max.time())
    then = replace(
        facts,
        deadlines=[each for number, each in enumerate(facts.deadlines) if not number or each.since <= end],
        turns=[turn for turn in facts.turns if turn.at <= end],
        observations=[observation for observation in facts.observations if observation.known <= end],
    )
    assert course(then, on) == course(facts, on)


@given(ANY, DAYS, st.randoms())
def test_the_order_in_which_months_became_known_in_one_list_does_not_matter(facts: Facts, on: date, chance: object) -> None:
    """Each says itself since when it is known."""
    once = {(each.month, each.known): each for each in facts.observations}  # at one moment a month says one thing
    every = list(once.values())
    mixed = list(every)
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    assert course(replace(facts, observations=mixed), on) == course(replace(facts, observations=every), on)


@given(ANY, DAYS)
def test_only_a_figure_or_a_leader_closes(facts: Facts, on: date) -> None:
    """Without both nothing does, however long one waits."""
    assert not course(replace(facts, turns=[], observations=[]), on).status.closed
