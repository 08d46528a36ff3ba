"""The inbox where reports are accepted in two steps: what is dropped is referred, and the answer follows what becomes of it."""

import pytest

from kpi.access.caller import Caller
from kpi.access.roles import AccountRole
from kpi.admin import reminders
from kpi.filing.acceptance import accept_referred, return_referred
from kpi.filing.inbox_record import FILE
from tests.kpi.filing.test_inbox import Share, coal_again, first_line

REVIEWER = Caller("wang", "王审核", AccountRole.REVIEWER)


@pytest.fixture
def share(empty, tmp_path, monkeypatch):
    """A share with a good sheet that was looked at."""
    monkeypatch.setenv("KPI_TWO_STEPS", "yes")
    share = Share(empty, tmp_path)
    share.drop(coal_again(empty))
    [entry] = share.look(2).answered
    assert (entry.outcome.value, share.submissions) == ("已送审", [])
    return share


def code(share: Share) -> str:
    [referral] = share.bureau.store.referrals()
    assert referral.by == "收件箱（质量监管科）"
    return referral.code


def test_what_is_accepted_is_answered_so(share):
    """It waits under one referral, whatever becomes of the record; once a 审核员 has accepted it the answer says so."""
    answer = share.office / "十一月_核对意见.xlsx"
    assert first_line(answer) == "已送审：「十一月.xlsx」质量监管科 2023 年 11 月已送审，审核员审核以后才入库，有没有退回在「审核」页看。"
    waiting = code(share)
    (share.data / FILE).unlink()
    answer.unlink()
    share.restart()
    assert [entry.outcome.value for entry in share.look(2).answered] == ["已送审"]
    assert code(share) == waiting

    accept_referred(share.bureau.of(REVIEWER), waiting, "")
    assert [entry.outcome.value for entry in share.look().answered] == ["已入库"]
    assert first_line(answer).startswith("已入库：「十一月.xlsx」质量监管科 2023 年 11 月已入库，报送第 1 号，")
    assert share.submissions == [(1, "收件箱（质量监管科）")]
    assert share.look(2).answered == ()


def test_what_is_returned_is_answered_so_and_told(share):
    """With the reason beside the file, without it in the notice; mended and saved again it is referred anew."""
    return_referred(share.bureau.of(REVIEWER), code(share), "", "数与台账不一致。")
    [told] = reminders.returned_sheets(share.bureau, share.moment.date())
    assert (told.office, told.kind.value, told.text) == ("product_quality", "报送退回", "《质量监管科月报表》（2023 年 11 月）已退回，改好后重新送审")

    look = share.look()
    [entry] = look.answered
    assert entry.outcome.value == "已退回"
    line = first_line(share.office / "十一月_核对意见.xlsx")
    assert line.startswith("已退回：「十一月.xlsx」由王审核于 ")
    assert line.endswith(" 退回：数与台账不一致；改好以后存回原来的文件，会再读一次。")
    assert share.look(2).answered == ()

    share.drop(coal_again(share.bureau, taken=80, pending=29))
    assert [entry.outcome.value for entry in share.look(2).answered] == ["已送审"]
