"""``inbox`` as a schedule of the machine uses it: JSON, exit codes, sentences."""

import json

import pytest

from kpi.access import administration
from kpi.access.api_tokens import ApiToken
from kpi.access.caller import Caller
from kpi.access.roles import AccountRole
from kpi.admin.inbox_watch import inbox_watch
from kpi.cli import inbox_command
from kpi.cli.app import main
from kpi.filing.inbox import Inbox, look_twice
from kpi.filing.inbox_folder import InboxFolder
from kpi.store import clock
from tests.kpi.cli.beside import listening, typed_beside
from tests.kpi.filing.test_inbox import coal_again


@pytest.fixture
def folder(empty, tmp_path, monkeypatch):
    """An inbox with a good sheet and a text in it; the data folder is free for a command."""
    office = tmp_path / "share" / "质量监管科"
    office.mkdir(parents=True)
    (office / "十一月.xlsx").write_bytes(coal_again(empty))
    empty.close()
    monkeypatch.setenv("KPI_INBOX", str(tmp_path / "share"))
    monkeypatch.setattr(inbox_command, "look_twice", lambda inbox, bureau: look_twice(inbox, bureau, lambda seconds: None))
    return office


def test_one_look_as_a_document(folder, tmp_path, capsys):
    """What was stored, once; the second look has nothing to answer."""
    arguments = ["inbox", "--data", str(tmp_path / "data"), "--json"]
    assert main(arguments) == 0
    document = json.loads(capsys.readouterr().out)
    [answered] = document["answered"]
    assert {name: answered[name] for name in ("folder", "file", "outcome")} == {"folder": "质量监管科", "file": "十一月.xlsx", "outcome": "stored"}
    assert (document["fault"], document["waiting"], document["notes"]) == (None, [], [])
    assert main(arguments) == 0
    assert json.loads(capsys.readouterr().out)["answered"] == []


def test_beside_a_server_its_own_inbox_is_looked_over(empty, tmp_path, monkeypatch, capsys):
    """For who may run the system, by the inbox that the thread of the server looks over; a token of another system may not."""
    office, data = tmp_path / "share" / "质量监管科", tmp_path / "data"
    office.mkdir(parents=True)
    (office / "十一月.xlsx").write_bytes(coal_again(empty))
    monkeypatch.setenv("KPI_INBOX", str(tmp_path / "share"))
    monkeypatch.setattr(inbox_command, "look_twice", lambda inbox, bureau: look_twice(inbox, bureau, lambda seconds: None))
    own = Inbox(InboxFolder(tmp_path / "share"), data)
    monkeypatch.setattr(inbox_watch, "inbox", own)
    with listening(empty, data) as server:
        wanted = ApiToken("screen", AccountRole.REVIEWER, clock.today())
        administrator = Caller("admin1", "王管理", AccountRole.ADMINISTRATOR)
        _, secret = administration.make_token(server._folder.admission, administrator, empty.catalog, wanted)
        monkeypatch.setenv("KPI_TOKEN", secret)
        code, _, err = typed_beside(capsys, "inbox", "--data", str(data))
        assert (code, err.startswith("账号「接口 screen」是审核员，不能看运行情况")) == (1, True)
        monkeypatch.delenv("KPI_TOKEN")
        code, out, err = typed_beside(capsys, "inbox", "--data", str(data))
        assert (code, out.partition("，")[0], err) == (0, "质量监管科「十一月.xlsx」已入库：质量监管科 2023 年 11 月已入库", "")
        assert [waiting.name for waiting in own.look(empty, clock.now()).waiting] == []
        assert "收件箱" in [entry.what.value for entry in server._folder.admission.audit.entries()]


def test_what_is_refused_is_the_exit_code(folder, tmp_path, capsys):
    (folder / "说明.txt").write_text("这个月没有数", "utf-8")
    assert main(["inbox", "--data", str(tmp_path / "data")]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("质量监管科「十一月.xlsx」已入库：质量监管科 2023 年 11 月已入库，报送第 1 号，")
    assert lines[1].startswith("质量监管科「说明.txt」未收：")


def test_without_an_inbox_it_says_which_setting(monkeypatch, capsys):
    monkeypatch.delenv("KPI_INBOX", raising=False)
    assert main(["inbox"]) == 1
    assert capsys.readouterr().err == "没有设收件箱；请用环境变量 KPI_INBOX 写明它的文件夹。\n"


def test_an_inbox_that_is_not_there(folder, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("KPI_INBOX", str(tmp_path / "gone"))
    assert main(["inbox", "--data", str(tmp_path / "data")]) == 1
    assert "看不了（不存在）；请核对环境变量 KPI_INBOX" in capsys.readouterr().out
