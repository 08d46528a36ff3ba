"""先看的月份: the latest month that is complete enough, and the words on those that have begun to arrive."""

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest

from kpi.bureau import LiveBureau
from kpi.errors import RequestError
from kpi.filing.completeness import completeness
from kpi.filing.default_month import MonthArriving, default_month, enough
from kpi.filing.intake import accept, prepare
from kpi.filing.submissions import lock, unlock, withdraw
from kpi.meeting.editions import freeze
from kpi.period import Month
from tests.bureaus import Small, opened
from tests.kpi.province import report
from tests.kpi.workbook.ledgers.books import food, food_rows
from tests.soundness.catalog import files

NOVEMBER, DECEMBER, JANUARY = Month(2023, 11), Month(2023, 12), Month(2024, 1)
SHOPS = "40 400"


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Small]:
    """A bureau of two offices with nothing stored."""
    with opened(tmp_path, files()) as bureau:
        yield bureau


def both(small: Small, *periods: str) -> None:
    """Both offices of the small bureau send their sheets."""
    for period in periods:
        small.report(period, tested="1")
        small.report(period, "food", food_tested="1")


def test_nothing_came_and_no_month_is_shown(empty):
    assert default_month(empty) is None


def test_a_month_of_which_a_part_came_does_not_take_the_place_of_the_last_whole_one(small):
    """Both sheets of November, one of two of December and of January: November is shown, the others are named, the latest first."""
    both(small, "2023-10", "2023-11")
    small.report("2023-12", tested="1")
    small.report("2024-01", "food", food_tested="1")

    default = default_month(small.bureau)

    assert default.shown == MonthArriving(NOVEMBER, 2, 2)
    assert (default.enough, default.later) == (True, (MonthArriving(DECEMBER, 1, 2), MonthArriving(JANUARY, 1, 2)))


@pytest.mark.parametrize(("share", "shown"), [("0.5", DECEMBER), ("50%", DECEMBER), ("0.51", NOVEMBER), ("1", NOVEMBER), ("", NOVEMBER)])
def test_the_share_that_is_enough_is_a_setting_and_itself_included(small, monkeypatch, share, shown):
    """One of two sheets is half of them."""
    both(small, "2023-11")
    small.report("2023-12", tested="1")
    monkeypatch.setenv("KPI_COMPLETE_ENOUGH", share)

    assert default_month(small.bureau).shown.month == shown


@pytest.mark.parametrize("written", ["0", "1.01", "101%", "-0.5", "八成", "0,8", "0.8.1", "0%", "8e-1"])
def test_a_setting_that_is_no_share_is_refused_with_the_way_out(monkeypatch, written):
    monkeypatch.setenv("KPI_COMPLETE_ENOUGH", written)

    with pytest.raises(RequestError, match=f"环境变量 KPI_COMPLETE_ENOUGH 的值「{written}」不是份额；请写大于 0、不超过 1 的小数，如 0.8"):
        enough()


def test_a_share_is_exact(monkeypatch):
    """0.8 of 19 sheets is 15.2, so that 16 are enough and 15 are not."""
    share = enough()

    assert share == Fraction(4, 5)
    assert [MonthArriving(NOVEMBER, received, 19).reaches(share) for received in (15, 16)] == [False, True]
    assert not MonthArriving(NOVEMBER, 0, 0).reaches(share)


def test_without_a_month_that_is_complete_enough_the_fullest_is_shown_the_latest_of_several(small):
    """One of two sheets each: the latest of them, and none after it."""
    small.report("2023-10", tested="1")
    small.report("2023-11", "food", food_tested="1")

    default = default_month(small.bureau)

    assert (default.shown, default.enough, default.later) == (MonthArriving(NOVEMBER, 1, 2), False, ())


def test_a_month_that_is_locked_for_all_wins_until_it_is_unlocked(small):
    """A lock of one of two offices leaves the other to wait for; an end of it opens the month again."""
    both(small, "2023-11")
    small.report("2023-12", tested="1")
    bureau = small.bureau

    lock(bureau, DECEMBER, "李主任", "已上报", "quality")
    assert default_month(bureau).shown.month == NOVEMBER
    lock(bureau, DECEMBER, "李主任", "已上报", "food")
    assert default_month(bureau).shown == MonthArriving(DECEMBER, 1, 2, closed=True)
    unlock(bureau, DECEMBER, "李主任", "补报", "food")
    assert default_month(bureau).shown.month == NOVEMBER
    lock(bureau, DECEMBER, "李主任", "已上报")
    assert default_month(bureau).shown.month == DECEMBER


def test_a_month_with_an_edition_wins(small):
    """What the meeting has seen is what is looked at."""
    both(small, "2023-11")
    small.report("2023-12", tested="1")

    freeze(small.bureau, DECEMBER, "王统计")

    assert default_month(small.bureau).shown == MonthArriving(DECEMBER, 1, 2, closed=True)


def test_a_month_that_is_closed_and_empty_is_none(small):
    """A lock ahead of time, and a sheet that was taken back, leave nothing to show."""
    both(small, "2023-11")
    sheet = small.filed("2023-12", tested="1")
    lock(small.bureau, JANUARY, "李主任", "年底")
    withdraw(small.bureau, sheet.seq, "李主任", "错月")

    default = default_month(small.bureau)

    assert (default.shown.month, default.later) == (NOVEMBER, ())


def test_a_ledger_begins_a_month_and_is_no_sheet(empty):
    """Of 19 sheets none is here, and yet there is a month to look at."""
    prepared = prepare(empty, [food("2023年11月食品抽检台账", food_rows("A", 2023, 11, 10))])
    accept(empty, prepared, "王统计", "已核对")

    default = default_month(empty)

    assert (default.shown, default.enough) == (MonthArriving(NOVEMBER, 0, 19), False)


def test_each_organisation_has_a_month_of_its_own(province):
    """
    Both sheets of all five bureaus for November, donghu's for December as well.

    The province has 2 of 10 sheets of December and jiangcheng 2 of 6: both are shown November.  donghu has all of its own.
    """
    sheets = [report(org, "food", "2023-11", food_tested=SHOPS) for org in ("donghu", "nanhu", "beishan", "gangkou", "yuntai")]
    sheets += [report(org, "credit", "2023-11", visits=SHOPS) for org in ("donghu", "nanhu", "beishan", "gangkou", "yuntai")]
    sheets += [report("donghu", "food", "2023-12", food_tested=SHOPS), report("donghu", "credit", "2023-12", visits=SHOPS)]
    province.store.commit(sheets)

    assert default_month(province).later == (MonthArriving(DECEMBER, 2, 10),)
    assert default_month(province, "jiangcheng").later == (MonthArriving(DECEMBER, 2, 6),)
    assert default_month(province, "haizhou").later == ()
    assert default_month(province, "donghu").shown == MonthArriving(DECEMBER, 2, 2)


def test_an_edition_closes_the_month_of_its_own_organisation_alone(province):
    """The city has met on its December; the province has not."""
    sheets = [report(org, office, "2023-11") for org in ("donghu", "nanhu", "beishan", "gangkou", "yuntai") for office in ("food", "credit")]
    province.store.commit([*sheets, report("donghu", "credit", "2023-12", visits=SHOPS)])

    freeze(province, DECEMBER, "王统计", org="jiangcheng")

    assert default_month(province, "jiangcheng").shown == MonthArriving(DECEMBER, 1, 6, closed=True)
    assert default_month(province).shown.month == NOVEMBER


def test_an_organisation_of_which_nothing_came_is_shown_the_month_of_the_root(province):
    province.store.commit([report("donghu", "food", "2023-11", food_tested=SHOPS)])

    assert default_month(province, "haizhou") == default_month(province)


def test_received_is_what_who_has_reported_says(demo: LiveBureau):
    """The counts of a month are those of 报送情况."""
    default = default_month(demo)
    sheets = completeness(demo, default.shown.month)

    assert (default.shown.received, default.shown.owed) == (sum(sheet.received is not None for sheet in sheets), len(sheets)) == (19, 19)
    assert (default.shown.month, default.enough, default.later) == (NOVEMBER, True, ())
