"""Notices: who owes a sheet, what is late, what waits; to whom; and never a figure."""

from datetime import date, datetime

import pytest

from kpi.access.account import Account
from kpi.access.caller import Caller, DeniedError
from kpi.access.roles import RIGHTS, AccountRole, Right
from kpi.admin import reminders as module
from kpi.admin.inbox_watch import InboxWatch
from kpi.admin.reminder_letters import letters
from kpi.admin.reminders import Reminder, ReminderKind, copied, own_reminders, reminders
from kpi.filing.inbox_look import InboxLook
from kpi.filing.inbox_record import InboxEntry, InboxOutcome
from kpi.meeting import follow_up_opening
from kpi.meeting.follow_up_opening import Assignment
from kpi.meeting.occasion import Occasion
from kpi.period import Month
from tests import blank
from tests.kpi.province import report, write_catalog

NOVEMBER = Month(2023, 11)
AT = datetime.fromisoformat("2023-11-20T09:00:00")
ENTRY = InboxEntry("k", "东湖食品科", "十一月.xlsx", "d", "s", AT, InboxOutcome.ASKS, "有 3 处请核对")


@pytest.fixture
def bureau(tmp_path, monkeypatch):
    """东湖's food office has reported October and November, 港口's credit office nothing; one follow-up was due on 30 November."""
    monkeypatch.setattr(module, "inbox_watch", InboxWatch())
    with blank.opened(tmp_path / "data", write_catalog(tmp_path / "catalog")) as opened:
        opened.store.commit(
            [report("donghu", "food", month, food_tested="40 400", food_passed="39 390", food_shops="– 500") for month in ("2023-10", "2023-11")]
        )
        follow_up_opening.open_on_problem(opened, "整改 2 项", NOVEMBER, Assignment("food", "张三", date(2023, 11, 30)), Occasion("李主任", at=AT), "donghu")
        yield opened


def of(known: list[Reminder], org: str, office: str) -> list[tuple[str, str]]:
    return [(reminder.kind.value, reminder.text) for reminder in known if (reminder.org, reminder.office) == (org, office)]


def test_what_is_owed_late_and_waiting(bureau, monkeypatch):
    """On 6 December, a day after the sheets of November were due: one sentence for each, the most urgent first, none with a figure."""
    monkeypatch.setattr(module, "inbox_watch", InboxWatch(last=InboxLook(AT, open=(ENTRY,))))
    known = reminders(bureau, date(2023, 12, 6))

    assert of(known, "donghu", "credit") == [
        ("报表逾期", "《信用监管科月报表》（2023 年 10 月）逾期 30 天未报，期限 2023-11-06"),
        ("报表逾期", "《信用监管科月报表》（2023 年 11 月）逾期 1 天未报，期限 2023-12-05"),
    ]
    assert of(known, "donghu", "food") == [
        ("督办逾期", "督办第 3 号逾期，期限 2023-11-30"),
        ("收件箱待办", "收件箱里的「十一月.xlsx」需要说明：在「报表导入」写明说明或回答后入库"),
    ]
    assert len(known) == 2 * 9 + 2
    assert [*dict.fromkeys(reminder.kind for reminder in known)] == [ReminderKind.OVERDUE, ReminderKind.FOLLOW_UP, ReminderKind.INBOX]
    assert len({reminder.key for reminder in known}) == len(known)
    assert "整改" not in copied(known)
    assert copied(known).splitlines()[:2] == ["以下 20 件事请尽快办：", f"1. {known[0].name}：{known[0].text}"]


def test_what_is_due_soon_is_told_three_days_before(bureau):
    """The sheets of November are due on 5 December."""
    days = {day: [reminder for reminder in reminders(bureau, date(2023, 12, day)) if "11 月" in reminder.text] for day in (1, 2, 5)}
    assert [len(known) for known in days.values()] == [0, 9, 9]
    assert of(days[2], "gangkou", "food") == [("报表将到期", "《食品科月报表》（2023 年 11 月）12 月 5 日到期，期限 2023-12-05")]


def test_before_the_first_sheet_nobody_owes(tmp_path, monkeypatch):
    """A bureau that has not begun is not told 19 times a day that it has not."""
    monkeypatch.setattr(module, "inbox_watch", InboxWatch())
    with blank.opened(tmp_path / "data", write_catalog(tmp_path / "catalog")) as opened:
        assert reminders(opened, date(2023, 12, 6)) == []


def test_who_is_told_what(bureau):
    """A 填报员 what the own office has to do, in the own organisation and below; who sends notices all; others nothing."""
    known = module.everything(bureau, date(2023, 12, 6))

    def seen(role: AccountRole, org: str = "", office: str = "") -> set[tuple[str, str]]:
        caller = Caller("x", "某", role, org, office)
        return {(reminder.org, reminder.office) for reminder in own_reminders(bureau.of(caller), known)}

    assert seen(AccountRole.FILER, "donghu", "credit") == {("donghu", "credit")}
    assert seen(AccountRole.FILER, "haizhou", "credit") == {("gangkou", "credit"), ("yuntai", "credit")}
    assert len(seen(AccountRole.REVIEWER)) == len(seen(AccountRole.ADMINISTRATOR)) == 10
    assert len(seen(AccountRole.REVIEWER, "haizhou")) == 4
    assert seen(AccountRole.LEADER) == seen(AccountRole.AUDITOR) == set()


def test_only_who_may_send_gets_the_list(bureau):
    for role in AccountRole:
        asked = bureau.of(Caller("x", "某", role, office="food" if role is AccountRole.FILER else ""))
        if Right.REMIND in RIGHTS[role]:
            assert len(reminders(asked, date(2023, 12, 6))) == 19
        else:
            with pytest.raises(DeniedError, match="不能发通知"):
                reminders(asked, date(2023, 12, 6))


def test_a_letter_goes_to_the_people_of_the_office(bureau):
    """To those who hand in, in use, of the office and its organisation or one above; all of it in one letter."""
    accounts = [
        Account("a", "张三", AccountRole.FILER, "donghu", "food", email="a@example.gov.cn"),
        Account("b", "李四", AccountRole.FILER, "jiangcheng", "credit"),
        Account("c", "停用", AccountRole.FILER, "donghu", "credit", disabled=True),
        Account("d", "王局", AccountRole.LEADER),
    ]
    every = letters(accounts, bureau.catalog, reminders(bureau, date(2023, 12, 6)))

    assert [(letter.account.name, len(letter.reminders)) for letter in every] == [("张三", 1), ("李四", 6)]
    assert every[0].subject("青澜省市场监管局") == "【青澜省市场监管局】有 1 件事要办"
    assert every[0].text("青澜省市场监管局") == (
        "张三：\n\n有下面的事要办：\n1. 东湖区市场监管局食品科：督办第 3 号逾期，期限 2023-11-30。\n\n"
        "请打开青澜省市场监管局指标看板办理。这封信由看板自动发出，请不要回复。\n"
    )
