"""通知: who sees what, what is copied, and that letters go when the button is pressed."""

from datetime import date, datetime, time

import pytest

from kpi.access.account import Account
from kpi.access.caller import WITHOUT_LOGIN, Caller
from kpi.access.roles import AccountRole
from kpi.admin import reminder_letters
from kpi.admin.mail_server import MailServer
from kpi.filing.intake import accept, prepare
from kpi.store import clock
from pages.bodies import exports, reminder_list
from pages.widgets import frame, reminder_lists, running, session
from tests.kpi.filing.test_intake import coal
from tests.pages.fragments import answer, body_of, fragments, links, table, texts, view_of
from tests.pages.test_entry import button

DAY = date(2024, 1, 10)
FILER = Caller("zhang", "张三", AccountRole.FILER, office="product_quality")
PEOPLE = [Account("zhang", "张三", AccountRole.FILER, office="product_quality", email="zhang@example.gov.cn"), Account("li", "李四", AccountRole.LEADER)]


@pytest.fixture
def people(monkeypatch):
    """A day after the sheets of December were due, of which the demonstration has none; and two accounts."""
    monkeypatch.setattr(clock, "today", lambda: DAY)
    monkeypatch.setattr(clock, "now", lambda: datetime.combine(DAY, time(9)))
    monkeypatch.setattr(running.admission(), "accounts", PEOPLE, raising=False)
    return PEOPLE


def of(monkeypatch, caller: Caller) -> None:
    monkeypatch.setattr(running, "caller", lambda: caller)


@pytest.mark.usefixtures("looking", "people")
def test_a_filer_sees_what_the_own_office_has_to_do(monkeypatch):
    """On 通知 with a link to the list, and in a line on 报表导入 and 总览."""
    of(monkeypatch, FILER)
    page = body_of("notices")
    assert answer(page) == "1 件事要办：1 件报表逾期。"
    assert texts(page, ".k-soft") == ["库里只有演示数据，谁也不欠报表：这些是按今天排出来给人看样子的，不会发出。"]
    [row] = table(page, "要办的事")
    assert row == {"事项": "■ 报表逾期", "内容": "《质量监管科月报表》（2023 年 12 月）逾期 5 天未报，期限 2024-01-05", "科室": "质量监管科"}
    assert links(page)[row["内容"]].startswith("/completeness?period=2023-12")
    assert texts(body_of("imports"), ".k-note") == ["1 件事要办：1 件报表逾期。见 通知 。"]
    assert "1 件事要办：1 件报表逾期。" in frame.navigation(view_of(""))
    assert "件事要办" not in frame.navigation(view_of("targets"))


@pytest.mark.usefixtures("looking", "people")
def test_who_sends_sees_all_and_to_whom(monkeypatch):
    """An administrator too, who sees no figures: no row leads to a page with any."""
    of(monkeypatch, Caller("admin", "王管理", AccountRole.ADMINISTRATOR))
    page = body_of("notices")
    rows = table(page, "要办的事")
    assert (answer(page), len(rows)) == ("19 件事要办：19 件报表逾期。", 19)
    people = {row["科室"]: (row["收件人"], row["邮箱"]) for row in rows}
    assert people["质量监管科"] == ("张三", "zhang@example.gov.cn")
    assert people["消保科"] == ("没有账号", "没有邮箱")
    assert not any("completeness" in link for link in links(page).values())
    assert exports.workbook(view_of("notices")).startswith(b"PK")


@pytest.mark.usefixtures("looking", "people")
def test_a_leader_and_who_does_not_log_in_see_no_line(monkeypatch):
    for caller in (Caller("li", "李四", AccountRole.LEADER), WITHOUT_LOGIN):
        of(monkeypatch, caller)
        assert reminder_list.brief(view_of("")) == ("", "")


def test_before_the_first_sheet_there_is_nothing(bare_shell):
    assert answer(body_of("notices")) == "没有要办的事。"
    shell = bare_shell.run().switch_page("filing/reminder_page.py").run()
    assert not shell.exception
    assert shell.code == []


def test_the_list_is_copied_and_sent(bare_shell, empty, people, monkeypatch, tmp_path):
    """All but 质量监管科 owe November, all owe December.  To those with an address, after a word to how many; the page says what came of it."""
    sent, shell = [], bare_shell
    [prepared] = prepare(empty, [coal(empty)], today=date(2023, 12, 3))
    accept(empty, [prepared], "王统计")
    of(monkeypatch, Caller("wang", "王统计", AccountRole.REVIEWER))
    monkeypatch.setenv("KPI_SMTP_HOST", "mail.example.gov.cn")
    monkeypatch.setenv("KPI_SMTP_FROM", "kpi@example.gov.cn")
    monkeypatch.setattr(reminder_letters, "send", lambda server, to, subject, text: sent.append((server, to, subject, text)))
    monkeypatch.setattr("kpi.data_place.data_folder", lambda data=None: tmp_path)
    (tmp_path / "partial").mkdir()

    shell.run().switch_page("filing/reminder_page.py").run()
    assert not shell.exception
    assert shell.code[0].value.splitlines()[0] == "以下 37 件事请尽快办："
    assert answer(fragments(shell)) == "37 件事要办：37 件报表逾期。"

    button(shell, "确认发送").click().run()

    assert not shell.exception
    [(server, to, subject, text)] = sent
    assert server == MailServer("mail.example.gov.cn", 587, "kpi@example.gov.cn")
    assert (to, subject) == ("zhang@example.gov.cn", f"【{session.bureau().catalog.bureau}】有 1 件事要办")
    assert "1. 质量监管科：《质量监管科月报表》（2023 年 12 月）逾期 5 天未报" in text
    assert shell.success[0].value.endswith("王统计发了 1 封。")
    assert len(reminder_lists.own()) == 37


def test_nobody_is_told_what_the_demonstration_owes(shell, people, monkeypatch, tmp_path):
    """The list is shown as 报送情况 shows it; no letter goes."""
    of(monkeypatch, Caller("wang", "王统计", AccountRole.REVIEWER))
    monkeypatch.setenv("KPI_SMTP_HOST", "mail.example.gov.cn")
    monkeypatch.setenv("KPI_SMTP_FROM", "kpi@example.gov.cn")
    monkeypatch.setattr("kpi.data_place.data_folder", lambda data=None: tmp_path)
    shell.run().switch_page("filing/reminder_page.py").run()
    assert answer(fragments(shell)) == "19 件事要办：19 件报表逾期。"
    button(shell, "确认发送").click().run()
    assert [warning.value for warning in shell.warning] == ["数据目录里是演示数据（虚构），不发邮件；请先清空演示数据。"]
