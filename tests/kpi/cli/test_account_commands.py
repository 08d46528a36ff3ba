"""``account``: accounts made, listed, disabled and reset from the command line, and what ``verify`` says of them."""

import io
import json

import pytest

from kpi.access.accounts import Accounts
from kpi.access.audit import Audit
from kpi.access.passwords import matches
from kpi.cli.app import main


@pytest.fixture
def account(tmp_path, capsys):
    """``account("add", …)``: the exit code, the document and what stands on stderr."""

    def run(*words: str, to: str = "--json"):
        code = main(["account", *words, "--data", str(tmp_path / "data"), to])
        printed = capsys.readouterr()
        return code, json.loads(printed.out) if printed.out else None, printed.err

    return run


def test_an_account_is_made_listed_disabled_and_reset(account, tmp_path):
    code, made, _ = account("add", "Admin1", "--name", "王管理", "--role", "管理员")
    assert (code, made["account"], made["role"], made["first"]) == (0, "admin1", "管理员", True)
    assert (
        account("add", "li.si", "--name", "李四", "--role", "填报员", "--office", "登记注册科", "--email", "li@example.gov.cn")[1]["email"]
        == "li@example.gov.cn"
    )
    assert account("list")[1]["accounts"][1]["office"] == "registration"
    assert [listed["account"] for listed in account("list")[1]["accounts"]] == ["admin1", "li.si"]
    assert account("disable", "li.si")[1]["disabled"] is True
    assert account("enable", "li.si")[1]["disabled"] is False
    _, reset, _ = account("reset", "li.si")
    accounts = Accounts(tmp_path / "data")
    assert matches(reset["password"], accounts.require("li.si").password)
    assert not matches(made["password"], accounts.require("li.si").password)
    assert [entry.what.value for entry in Audit(tmp_path / "data").entries()] == ["账号变动"] * 5


def test_who_somebody_is_for_the_single_sign_on_can_be_given_and_taken_back(account):
    account("add", "admin1", "--name", "王管理", "--role", "管理员")
    assert account("add", "li.ju", "--name", "李局", "--role", "领导", "--subject", "E-17")[1]["subject"] == "E-17"
    assert account("subject", "admin1", "E-1")[1]["subject"] == "E-1"
    code, _, refusal = account("subject", "admin1", "E-17")
    assert (code, "已经是账号「li.ju」（李局）的" in refusal) == (1, True)
    assert account("subject", "li.ju", "")[1]["subject"] == ""


def test_where_notices_go_can_be_given_and_taken_back(account):
    account("add", "admin1", "--name", "王管理", "--role", "管理员")
    assert account("email", "admin1", "wang@example.gov.cn")[1]["email"] == "wang@example.gov.cn"
    code, _, refusal = account("email", "admin1", "wang example")
    assert (code, "邮箱「wang example」不对" in refusal) == (1, True)
    assert account("email", "admin1", "")[1]["email"] == ""


def test_a_password_can_be_given_on_the_standard_input(account, monkeypatch, tmp_path):
    monkeypatch.setattr("sys.stdin", io.StringIO("Given-once-7\n"))
    assert account("add", "admin1", "--name", "王管理", "--role", "管理员", "--password-stdin")[0] == 0
    assert matches("Given-once-7", Accounts(tmp_path / "data").require("admin1").password)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("add", "x", "--name", "李四", "--role", "领导"), "账号名「x」不能用"),
        (("add", "li.si", "--name", "李四", "--role", "填报员"), "填报员要写明是哪个科室的"),
        (("add", "li.si", "--name", "李四", "--role", "领导", "--office", "没有科"), "没有"),
        (("disable", "nobody"), "没有账号「nobody」"),
        (("reset", "nobody"), "没有账号「nobody」"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(account, words, sentence):
    code, document, said = account(*words)
    assert (code, document) == (1, None)
    assert sentence in said


def test_verify_finds_an_account_that_was_edited(account, tmp_path, capsys):
    account("add", "admin1", "--name", "王管理", "--role", "管理员")
    assert main(["verify", "--data", str(tmp_path / "data"), "--json"]) == 0
    for name, seen in (("accounts", "账号记录"), ("audit", "审计记录")):
        path = tmp_path / "data" / "access" / f"{name}.jsonl"
        whole = path.read_bytes()
        path.write_bytes(whole.replace("王管理".encode(), "李管理".encode()).replace(b"admin1", b"admin2"))
        capsys.readouterr()
        assert main(["verify", "--data", str(tmp_path / "data"), "--json"]) == 1
        assert [fault.startswith(f"{seen}「{path}」第 1 行被改动或损坏") for fault in json.loads(capsys.readouterr().out)["faults"]] == [True]
        path.write_bytes(whole)
