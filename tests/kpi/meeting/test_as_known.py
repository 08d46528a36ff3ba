"""当时所知: the board of a month when a day ended, what of it is something else now, worst first, and why."""

from datetime import date, datetime
from decimal import Decimal as D

from kpi.meeting.as_known import default_day, known, next_report
from kpi.meeting.reasons import Cause
from kpi.period import Month
from kpi.review.board import board, missed
from kpi.store.decision import Act, Decision
from tests.kpi.meeting.test_editions import NOVEMBER, RATE, send
from tests.kpi.province import report
from tests.kpi.store.reports import accepted


def at(day: int) -> date:
    return date(2023, 12, day)


def test_what_was_known_stands_beside_what_is_known_now(empty):
    """97.8 % on the 5th, corrected on the 8th: 96.4 %, 1.361 个百分点 less."""
    send(empty, 3, "– 1724", "– 1763")
    send(empty, 8, "– 1700", "– 1763", note="复核更正")

    found = known(empty, at(5), NOVEMBER)

    [rate] = [one for one in found.differing if one.indicator == RATE]
    assert (rate.was.row.figure.numerator, rate.now.row.figure.numerator, rate.then) == (1724, 1700, "当时")
    assert round(rate.difference, 3) == D("-1.361")
    assert rate.words == (
        "食品抽检合格率：当时 97.8%，现在 96.4%（-1.4 个百分点），由滞后变为未达标；"
        "原因：第 2 号报送（「food_coordination2023-11.xlsx」，张三于 2023-12-08 09:30，说明：复核更正）替换第 1 号，"
        "食品抽检合格批次（本年累计）由 1,724 批次改为 1,700 批次。"
    )
    assert [one.row for one in found.rows] == board(empty.as_known(at(5)), NOVEMBER)


def test_what_came_later_and_what_was_taken_back(empty):
    """商标 came on the 6th; the correction of the 7th was withdrawn on the 9th."""
    send(empty, 3, "– 1724", "– 1763")
    empty.store.commit([accepted("2023-11", "ip", trademarks_registered_new="– 200")], at=datetime(2023, 12, 6, 9, 0))  # noqa: DTZ001
    seq = send(empty, 7, "– 1700", "– 1763")
    when = datetime(2023, 12, 9, 10, 0)  # noqa: DTZ001
    empty.store.decide(Decision(Act.WITHDRAW, NOVEMBER, "food_coordination", seq, "李主任", when, "文件拿错了"))

    late = {one.indicator: one.reasons for one in known(empty, at(5), NOVEMBER).differing}
    assert {reason.cause for reasons in late.values() for reason in reasons} == {Cause.LATE}
    assert late["trademarks_registered_new"][0].words.endswith("后来补报，新增商标注册（本年累计）由未报改为 200 件")
    [back] = [one for one in known(empty, at(8), NOVEMBER).differing if one.indicator == RATE]
    assert [(reason.cause, reason.submission, reason.replaces) for reason in back.reasons] == [(Cause.WITHDRAWN, 3, 1)]
    assert back.differences[:2] == ("当时 96.4%", "现在 97.8%（+1.4 个百分点）")


def test_on_the_last_day_of_the_log_and_after_nothing_differs(demo):
    for day in (date(2023, 12, 9), date(2099, 1, 1)):
        found = known(demo, day, NOVEMBER)
        assert (found.nothing, found.differing) == (False, ())
        assert [one.row for one in found.rows] == board(demo, NOVEMBER)


def test_the_worst_stands_first(demo):
    """By status now and by how much is lacking, as `missed` orders them."""
    differing = [one.now.row for one in known(demo, at(2), NOVEMBER).differing]
    assert list(dict.fromkeys(row.status for row in differing)) == ["未达标", "滞后", "未定", "无目标", "达标"]
    late = [row.indicator for row in missed(demo, NOVEMBER)]
    assert [row.indicator for row in differing if row.status in ("未达标", "滞后")] == [code for code in late if code in {row.indicator for row in differing}]


def test_before_the_first_report_of_a_month_nothing_is_known(empty):
    """No figure to compare; the day on which there is one is named."""
    send(empty, 3, "– 1724", "– 1763")
    send(empty, 8, "– 1700", "– 1763")
    before = known(empty, at(2), NOVEMBER)
    assert (before.nothing, before.differing) == (True, ())
    assert [next_report(empty, at(day), NOVEMBER) for day in (2, 3, 8)] == [at(3), at(8), None]
    assert next_report(empty, at(2), Month(2023, 10)) is None


def test_the_day_to_begin_with_lies_within_the_log(empty):
    """Before anything came the day on which sheets are owed; then no later than the last entry, no earlier than the first."""
    assert default_day(empty, NOVEMBER) == date(2023, 12, 5)
    send(empty, 3, "– 1724", "– 1763")
    send(empty, 8, "– 1700", "– 1763")
    days = [default_day(empty, month) for month in (Month(2023, 10), NOVEMBER, Month(2023, 12))]
    assert days == [at(3), at(5), at(8)]


def test_an_organisation_is_known_by_what_those_below_it_sent(province):
    """江城 is 980 of 1,000 until 南湖 comes with 470 of 500: 1,450 of 1,500."""
    for org, day, passed, tested in (("donghu", 3, 980, 1000), ("nanhu", 8, 470, 500), ("gangkou", 9, 500, 500)):
        item = report(org, "food", "2023-11", food_passed=f"– {passed}", food_tested=f"– {tested}")
        province.store.commit([item], at=datetime(2023, 12, day, 9, 30))  # noqa: DTZ001

    [city] = known(province, at(5), NOVEMBER, "jiangcheng").differing
    assert city.differences == ("当时 98.0%", "现在 96.7%（-1.3 个百分点）", "已报由 1/3 家变为 2/3 家")
    assert [(cell.org, cell.now.number) for reason in city.reasons for cell in reason.cells if cell.now.number] == [("nanhu", 470), ("nanhu", 500)]
    assert known(province, at(5), NOVEMBER, "donghu").differing == ()
    assert known(province, at(5), NOVEMBER, "haizhou").nothing
    assert next_report(province, at(5), NOVEMBER, "haizhou") == at(9)
    assert next_report(province, at(5), NOVEMBER, "beishan") is None
