"""报送记录: what came, what became of it, and taking it back."""

from datetime import date

import pytest

from kpi.bureau import Bureau
from kpi.errors import RequestError
from kpi.filing import submissions
from kpi.filing.intake import Outcome, Upload, accept, prepare
from kpi.filing.submissions import Standing, changes, history, lock, unlock, withdraw
from kpi.period import Month
from kpi.review.board import board
from kpi.value import Qualifier
from kpi.workbook.report import Column
from kpi.workbook.writing.template import Filling, write_template

NOVEMBER = Month(2023, 11)
TRADEMARKS = "trademarks_registered_new"


def sheet(bureau: Bureau, **figures: str) -> Upload:
    """A sheet of 知识产权科 for November."""
    values = {(code, Column.YTD): figure for code, figure in figures.items()}
    return Upload("知识产权科.xlsx", write_template(bureau.catalog, "ip", NOVEMBER, Filling(values)))


def send(bureau: Bureau, **figures: str) -> Outcome:
    """Take in a sheet of 知识产权科 for November."""
    [prepared] = prepare(bureau, [sheet(bureau, **figures)], today=date(2023, 12, 3))
    if prepared.status is not Outcome.REJECTED:
        accept(bureau, [prepared], "王统计", "已核对")
    return prepared.status


def test_history_says_what_became_of_each(empty):
    """Superseded by which, withdrawn by whom and why, the latest first."""
    for number in ("200", "210", "220"):
        send(empty, trademarks_registered_new=number)
    withdraw(empty, 3, "李主任", "文件拿错了")

    third, second, first = history(empty)

    assert [record.standing for record in (first, second, third)] == [Standing.SUPERSEDED, Standing.IN_FORCE, Standing.WITHDRAWN]
    assert (first.after, second.after, third.after) == (2, None, None)
    assert (first.before, second.before, third.before) == (None, 1, 2)
    assert (third.withdrawal.by, third.withdrawal.reason) == ("李主任", "文件拿错了")
    assert next(row.figure.value for row in board(empty, NOVEMBER) if row.indicator == TRADEMARKS) == 210


def test_history_of_one_office_or_month(demo):
    """19 offices and 23 months of the demo, all in force."""
    assert len(history(demo)) == 19 * 23
    assert {record.submission.office for record in history(demo, office="ip")} == {"ip"}
    assert len(history(demo, period=NOVEMBER)) == 19
    assert {record.standing for record in history(demo)} == {Standing.IN_FORCE}


def test_changes_are_against_the_one_that_counted_when_it_came(empty):
    """After a withdrawal that is not simply the number before; and what a sheet leaves out became 未报."""
    send(empty, trademarks_registered_new="200", patents_granted="61")
    send(empty, trademarks_registered_new="999", patents_granted="61")
    withdraw(empty, 2, "李主任", "文件拿错了")
    send(empty, trademarks_registered_new="205")

    last = history(empty)[0]

    assert (last.submission.seq, last.before) == (4, 1)
    said = {(change.measure, change.old.number if change.old else None, change.new.number) for change in changes(empty, last)}
    assert said == {(TRADEMARKS, 200, 205), ("patents_granted", 61, None)}
    assert changes(empty, history(empty)[-1]) == ()


@pytest.mark.parametrize(("again", "told"), [("约61", [Qualifier.ABOUT]), ("61.0", [])], ids=["meant roughly", "more digits"])
def test_a_number_that_is_meant_otherwise_is_a_change_and_more_digits_are_none(empty: Bureau, again: str, told: list[Qualifier]) -> None:
    """约 61 decides what 61 does not, so both the check and the record show it; 61.0 is 61."""
    send(empty, patents_granted="61", trademarks_registered_new="200")
    [prepared] = prepare(empty, [sheet(empty, patents_granted=again, trademarks_registered_new="200")], today=date(2023, 12, 3))
    accept(empty, [prepared], "王统计", "已核对")

    assert [change.new.qualifier for change in prepared.changes] == told
    assert [change.new.qualifier for change in changes(empty, history(empty)[0])] == told


def test_a_withdrawn_sheet_may_come_again(empty):
    """Its bytes are not 'unchanged' against a submission that no longer counts."""
    assert send(empty, trademarks_registered_new="200") is not Outcome.UNCHANGED
    withdraw(empty, 1, "李主任", "再核对一次")
    assert next(row.figure.state for row in board(empty, NOVEMBER) if row.indicator == TRADEMARKS) == "未报"

    assert send(empty, trademarks_registered_new="200") is not Outcome.UNCHANGED
    assert next(row.figure.value for row in board(empty, NOVEMBER) if row.indicator == TRADEMARKS) == 200


def test_a_locked_month_is_said_before_anybody_confirms(empty):
    """The finding names who, when and why; unlocked, the same sheet goes in."""
    lock(empty, NOVEMBER, "李主任", "年报已上报", "ip")

    upload = Upload("知识产权科.xlsx", write_template(empty.catalog, "ip", NOVEMBER, Filling({(TRADEMARKS, Column.YTD): "200"})))
    [prepared] = prepare(empty, [upload], today=date(2023, 12, 3))
    [finding] = [finding for finding in prepared.findings if finding.code == "period-locked"]
    assert prepared.status is Outcome.REJECTED
    assert "2023 年 11 月的数据已由李主任于 " in finding.seen
    assert "年报已上报" in finding.seen
    assert "解锁" in finding.remedy

    unlock(empty, NOVEMBER, "李主任", "漏报")
    assert send(empty, trademarks_registered_new="200") is not Outcome.REJECTED


@pytest.mark.parametrize(("by", "reason"), [("", "理由"), ("李主任", "  ")])
def test_every_decision_has_a_name_and_a_reason(empty, by, reason):
    """Neither is ever filled in for somebody."""
    send(empty, trademarks_registered_new="200")
    for decide in (lambda: withdraw(empty, 1, by, reason), lambda: lock(empty, NOVEMBER, by, reason), lambda: submissions.unlock(empty, NOVEMBER, by, reason)):
        with pytest.raises(RequestError, match="要写明姓名和理由"):
            decide()
    assert empty.store.decisions() == []


def test_a_submission_that_is_none_is_refused(empty):
    """By its number."""
    with pytest.raises(RequestError, match="没有第 7 号报送"):
        withdraw(empty, 7, "李主任", "错")
