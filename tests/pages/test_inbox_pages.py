"""The inbox on the pages: 运行 says how it stands, 报表导入 offers what waits for somebody."""

from datetime import datetime

import pytest

from kpi.admin.inbox_watch import InboxWatch
from kpi.filing.inbox_folder import InboxFolder
from kpi.filing.inbox_look import InboxLook, InboxWaiting
from pages.bodies import inbox_section
from pages.widgets import inbox_offer
from tests.kpi.filing.test_inbox import Share, coal_again
from tests.pages.fragments import answer, body_of, table, texts
from tests.pages.test_entry import button, opened

AT = datetime.fromisoformat("2023-12-01T09:05:30")


@pytest.fixture
def share(empty, tmp_path, monkeypatch):
    """A share with a file that asks and one that is stored."""
    share = Share(empty, tmp_path)
    share.drop(coal_again(empty, failed=6))
    share.look(2)
    monkeypatch.setenv("KPI_INBOX", str(share.root))
    monkeypatch.setattr(inbox_offer, "data_folder", lambda: share.data)
    monkeypatch.setattr(inbox_section, "data_folder", lambda: share.data)
    return share


def test_the_page_of_who_runs_the_system(bare_shell, share, monkeypatch):
    """Where it is, when it was looked at, what waits, what was answered: no sentence of a finding."""
    waiting, notes = (InboxWaiting("质量监管科", "新的.xlsx", "等它写完"),), ("收件箱的文件夹「甲」看不了（没有权限）；请检查它的权限。",)
    look = InboxLook(AT, waiting=waiting, notes=notes)
    monkeypatch.setattr(inbox_section, "inbox_watch", InboxWatch(InboxFolder(share.root), last=look))
    page = body_of("status")
    assert answer(page) == "看板可以看，有 1 件事要处理。"
    assert texts(page, "[role=status]") == [*look.notes]
    assert f"「{share.root}」，没有问题的直接入库；上次看是 12-01 09:05:30，1 份等着" in texts(page, ".k-definition dd")
    assert table(page, "等着读的") == [{"文件夹": "质量监管科", "文件": "新的.xlsx", "为什么还没有读": "等它写完"}]
    assert [(row["文件夹"], row["文件"], row["结果"]) for row in table(page, "最近的答复")] == [("质量监管科", "十一月.xlsx", "需要说明")]

    monkeypatch.setattr(inbox_section, "inbox_watch", InboxWatch(InboxFolder(share.root, accepts=False), last=InboxLook(AT, "收件箱看不了。")))
    page = body_of("status")
    assert "收件箱看不了。" in texts(page, "[role=status]")
    monkeypatch.setattr(inbox_section, "inbox_watch", InboxWatch(InboxFolder(share.root, accepts=False)))
    assert f"「{share.root}」，都等科室的人入库；还没有看过" in texts(body_of("status"), ".k-definition dd")


def test_what_waits_is_put_on_the_desk(bare_shell, share):
    """With one click; then it is offered no longer, and lies among what was dropped, of the office of its folder."""
    shell = opened(bare_shell)
    assert [info.value for info in shell.info] == ["收件箱里有 1 份等着办：质量监管科的「十一月.xlsx」（需要说明）。"]

    button(shell, "放到下面").click().run()

    assert not shell.exception
    assert shell.info == []
    assert shell.header[0].value == "收到 1 份：1 份写明说明后可以入库。"
    assert shell.expander[0].label.startswith("▲ 写明说明后可以入库：十一月.xlsx · 质量监管科 2023 年 11 月，5 个数")


def test_what_is_gone_is_said(bare_shell, share):
    """Between the look and the click somebody took it away."""
    shell = opened(bare_shell)
    (share.office / "十一月.xlsx").unlink()
    button(shell, "放到下面").click().run()
    assert [warning.value for warning in shell.warning] == ["收件箱里的「十一月.xlsx」刚才改过或移走了；改过的会再读一次，请稍后刷新。"]
