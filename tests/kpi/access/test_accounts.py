"""Accounts: what an administrator can do, what is refused, and that all of it is there after a restart."""

from dataclasses import replace

import pytest

from kpi.access.account import Account
from kpi.access.accounts import Accounts
from kpi.access.passwords import matches
from kpi.access.roles import AccountRole
from kpi.errors import OutdatedError, RequestError
from tests.kpi.store.reports import catalog_of

CATALOG = catalog_of()
FILER = Account("li.si", "李四", AccountRole.FILER, office="food")


@pytest.fixture
def accounts(tmp_path):
    made = Accounts(tmp_path)
    made.add_first("admin1", "王管理", "Good-pass-9")
    return made


def test_without_an_account_nothing_is_written(tmp_path):
    assert len(Accounts(tmp_path)) == 0
    assert list(tmp_path.iterdir()) == []


def test_there_is_one_first_account(accounts):
    """Two who send the form of the first administrator at once: the second would have taken the account over."""
    with pytest.raises(RequestError, match="已有账号，不能再设第一个管理员"):
        accounts.add_first("admin1", "赵管理", "Other-pass-9")
    assert [(account.account, account.name) for account in accounts] == [("admin1", "王管理")]


def test_an_account_gets_a_first_password_that_must_be_changed(accounts, tmp_path):
    made, given = accounts.add(FILER, CATALOG, "王管理")
    assert (made.first, made.by, matches(given, made.password)) == (True, "王管理", True)
    chosen = accounts.change_password("li.si", "Mine-own-8")
    assert (chosen.first, matches("Mine-own-8", chosen.password)) == (False, True)
    again = Accounts(tmp_path)
    assert list(again) == list(accounts)
    assert again.find("LI.SI") == chosen


def test_a_password_is_nowhere_in_the_files(accounts, tmp_path):
    _, given = accounts.add(FILER, CATALOG, "王管理")
    assert not any(given.encode() in path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert "password" not in str(accounts.find("li.si").shown)


@pytest.mark.parametrize(
    ("account", "why"),
    [
        (replace(FILER, account="a"), "账号名「a」不能用"),
        (replace(FILER, account="李四"), "账号名「李四」不能用"),
        (replace(FILER, account="../x"), "不能用"),
        (replace(FILER, account="ADMIN1"), "已有账号「admin1」"),
        (replace(FILER, name=""), "姓名要 1 到 30 个字"),
        (replace(FILER, name="=1+1"), "姓名要 1 到 30 个字"),
        (replace(FILER, office=""), "填报员要写明是哪个科室的"),
        (replace(FILER, office="nowhere"), "没有科室「nowhere」"),
        (replace(FILER, org="nowhere"), "没有单位「nowhere」"),
        (replace(FILER, subject="E 17"), "统一身份「E 17」不能用"),
        (replace(FILER, subject="E\x0017"), "不能用"),
        (replace(FILER, subject="E" * 256), "最多 255 个字符"),
    ],
)
def test_an_account_that_cannot_be_is_refused(accounts, account, why):
    with pytest.raises(RequestError, match=why):
        accounts.add(account, CATALOG, "王管理")
    assert len(accounts) == 1


def test_the_last_administrator_stays(accounts):
    only = accounts.require("admin1")
    for changed in (replace(only, disabled=True), replace(only, role=AccountRole.LEADER)):
        with pytest.raises(RequestError, match="最后一个能用的管理员"):
            accounts.change(only, changed, CATALOG, "王管理")
    accounts.add(Account("admin2", "赵管理", AccountRole.ADMINISTRATOR), CATALOG, "王管理")
    assert accounts.change(only, replace(only, disabled=True), CATALOG, "赵管理").disabled


def test_a_change_keeps_the_password(accounts):
    made, _ = accounts.add(FILER, CATALOG, "王管理")
    moved = accounts.change(made, replace(made, office="drug", password="", first=False), CATALOG, "王管理")
    assert (moved.office, moved.password, moved.first) == ("drug", made.password, True)


def test_of_two_who_change_an_account_the_second_is_told(accounts):
    """A form that is open since before somebody disabled the account does not enable it again; a new password is no such change."""
    seen, _ = accounts.add(FILER, CATALOG, "王管理")
    accounts.change_password("li.si", "Mine-own-8")
    disabled = accounts.change(seen, replace(seen, disabled=True), CATALOG, "赵管理")
    when = disabled.since.replace("T", " ")
    with pytest.raises(OutdatedError, match=f"账号「li.si」在您打开以后已经改过，最近一次由赵管理于 {when} 改；请看清现在的内容，再改一次"):
        accounts.change(seen, replace(seen, office="drug"), CATALOG, "王管理")
    assert (accounts.require("li.si").disabled, accounts.require("li.si").office) == (True, "food")
    assert accounts.change(disabled, replace(disabled, office="drug"), CATALOG, "王管理").office == "drug"


def test_a_reset_gives_another_first_password(accounts):
    accounts.add(FILER, CATALOG, "王管理")
    accounts.change_password("li.si", "Mine-own-8")
    made, given = accounts.reset("li.si", "王管理")
    assert (made.first, matches(given, made.password), matches("Mine-own-8", made.password)) == (True, True, False)
    with pytest.raises(RequestError, match="没有账号「nobody」"):
        accounts.reset("nobody", "王管理")


def test_a_subject_is_of_one_account(accounts, tmp_path):
    """To the letter, since the server that vouches tells capital letters from small ones; without one an account is nobody's there."""
    accounts.add(replace(FILER, subject=" E-17 "), CATALOG, "王管理")
    with pytest.raises(RequestError, match="「E-17」已经是账号「li"):
        accounts.add(replace(FILER, account="wang.wu", subject="E-17"), CATALOG, "王管理")
    accounts.add(replace(FILER, account="wang.wu", subject="e-17"), CATALOG, "王管理")
    again = Accounts(tmp_path)
    assert [account.account for account in (again.of_subject("E-17"), again.of_subject("e-17"))] == ["li.si", "wang.wu"]
    assert again.of_subject("") is None
    li_si = accounts.require("li.si")
    accounts.change(li_si, replace(li_si, subject="", name="李四四"), CATALOG, "王管理")
    assert accounts.of_subject("E-17") is None


def test_an_address_for_notices_is_kept_and_shown(accounts):
    """And checked: what could begin another line of a letter is no address."""
    made, _ = accounts.add(replace(FILER, email=" li.si＠example.gov.cn"), CATALOG, "王管理")
    assert (made.email, made.shown["邮箱"]) == ("li.si@example.gov.cn", "li.si@example.gov.cn")
    with pytest.raises(RequestError, match="邮箱「"):
        accounts.change(made, replace(made, email="li@example.gov.cn\nBcc: x@example.com"), CATALOG, "王管理")
    assert "邮箱" not in accounts.change(made, replace(made, email=""), CATALOG, "王管理").shown
