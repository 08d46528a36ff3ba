"""Logging in: who gets in, who does not, for how long, and what the audit says of it."""

import sqlite3
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from hashlib import sha256

import pytest

from kpi.access import administration, throttle
from kpi.access.account import Account
from kpi.access.admission import Admission, LoginError
from kpi.access.api_tokens import ApiToken
from kpi.access.audit import Audited
from kpi.access.caller import Caller, DeniedError
from kpi.access.roles import AccountRole
from kpi.access.sessions import IDLE, LONGEST, Sessions
from kpi.access.throttle import MOST, WINDOW, Throttle
from kpi.errors import RequestError, StoreError
from kpi.store import clock as wall
from tests.kpi.store.reports import catalog_of

CATALOG = catalog_of()
HERE, THERE = "10.0.0.1", "10.0.0.2"
ADMINISTRATOR = Caller("admin1", "王管理", AccountRole.ADMINISTRATOR)


class Clock:
    """Seconds that only pass when a test says so."""

    def __init__(self) -> None:
        self.now = 1_700_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def admission(tmp_path, clock):
    made = Admission(tmp_path)
    made.throttle = Throttle(clock)
    made.sessions = Sessions(tmp_path / "access" / "sessions.db", clock)
    administration.make_first(made, "admin1", "王管理", "Good-pass-9", HERE)
    yield made
    made.close()


def noted(admission: Admission) -> list[tuple[str, str]]:
    return [(entry.what.value, entry.account) for entry in admission.audit.entries()]


def test_the_first_administrator_turns_the_login_on(tmp_path):
    admission = Admission(tmp_path)
    assert not admission.needed
    token = administration.make_first(admission, "Admin1", "王管理", "Good-pass-9", HERE)
    assert admission.needed
    assert admission.admitted(token, click=False).caller == Caller("admin1", "王管理", AccountRole.ADMINISTRATOR, address=HERE)
    with pytest.raises(RequestError, match="已有账号"):
        administration.make_first(admission, "admin2", "赵管理", "Good-pass-9", HERE)
    assert noted(admission) == [("账号变动", "admin1"), ("登录", "admin1")]
    admission.close()


def test_a_login_lasts_thirty_minutes_from_the_last_click_and_eight_hours_at_most(admission, clock):
    token = admission.login("admin1", "Good-pass-9", HERE)
    began = clock.now
    clock.now += IDLE - 1
    assert admission.admitted(token, click=False)
    clock.now += 1
    assert admission.admitted(token, click=True) is None
    token = admission.login("admin1", "Good-pass-9", HERE)
    began = clock.now
    while clock.now + IDLE - 1 < began + LONGEST:
        clock.now += IDLE - 1
        assert admission.admitted(token, click=True)
    clock.now = began + LONGEST
    assert admission.admitted(token, click=True) is None


def test_a_login_survives_a_restart_and_its_token_is_not_in_the_file(admission, tmp_path, clock):
    token = admission.login("admin1", "Good-pass-9", HERE)
    assert not any(token.encode() in path.read_bytes() for path in (tmp_path / "access").iterdir())
    admission.close()
    admission.sessions = Sessions(tmp_path / "access" / "sessions.db", clock)
    assert admission.admitted(token, click=False).account.account == "admin1"


def test_logins_of_an_earlier_version_begin_once_more(tmp_path, clock):
    """Its file has no checksums, so nothing in it is believed; how somebody came in lasts from now on."""
    with closing(sqlite3.connect(tmp_path / "sessions.db")) as file, file:
        file.execute("create table session (digest text primary key, account text not null, address text not null, opened real not null, seen real not null)")
        file.execute("insert into session values (?, 'admin1', ?, ?, ?)", (sha256(b"token").hexdigest(), HERE, clock.now, clock.now))
    sessions = Sessions(tmp_path / "sessions.db", clock)
    assert sessions.find("token", click=False) is None
    tokens = {how: sessions.open("admin1", HERE, signed_on=how) for how in (True, False)}
    sessions.shut()
    again = Sessions(tmp_path / "sessions.db", clock)
    assert {how: again.find(token, click=False).signed_on for how, token in tokens.items()} == {True: True, False: False}
    again.shut()


def test_a_damaged_file_of_logins_is_put_aside(tmp_path, clock):
    path = tmp_path / "sessions.db"
    path.write_bytes(b"no database" * 1000)
    sessions = Sessions(path, clock)
    assert sessions.count() == 0
    assert sessions.find(sessions.open("admin1", HERE), click=False)
    assert (tmp_path / "sessions.db.damaged").exists()
    sessions.shut()


def test_a_row_of_the_logins_that_was_changed_opens_for_nobody(tmp_path, clock):
    """Neither as another account nor for longer; the other logins last."""
    path = tmp_path / "sessions.db"
    sessions = Sessions(path, clock)
    first, second, third = (sessions.open("leader", HERE) for _ in range(3))
    sessions.shut()
    digests = [sha256(token.encode()).hexdigest() for token in (first, second)]
    with closing(sqlite3.connect(path, isolation_level=None)) as file:
        file.execute("update login set account = 'admin1' where digest = ?", [digests[0]])
        file.execute("update login set opened = opened + 9000 where digest = ?", [digests[1]])
    clock.now += 60
    again = Sessions(path, clock)
    assert [again.find(token, click=True) is not None for token in (first, second, third)] == [False, False, True]
    again.shut()
    last = Sessions(path, clock)
    assert last.find(third, click=False).seen == clock.now
    last.shut()


def test_a_row_of_the_logins_that_is_no_text_any_more_stops_nobody(tmp_path, clock):
    """A bit that makes the text of a row none: the row is nobody's, and the other logins last."""
    path = tmp_path / "sessions.db"
    sessions = Sessions(path, clock)
    first, second = (sessions.open("leader", HERE) for _ in range(2))
    sessions.shut()
    with closing(sqlite3.connect(path, isolation_level=None)) as file:
        file.execute("update login set account = cast(x'6c65ff646572' as text) where digest = ?", [sha256(first.encode()).hexdigest()])
    again = Sessions(path, clock)
    assert [again.find(token, click=False) is not None for token in (first, second)] == [False, True]
    again.shut()


def test_the_sentence_does_not_tell_whether_there_is_such_an_account(admission):
    sentences = []
    for account in ("admin1", "nobody"):
        with pytest.raises(LoginError) as caught:
            admission.login(account, "Wrong-pass-9", f"10.0.1.{len(sentences)}")
        sentences.append(str(caught.value))
    assert sentences[0] == sentences[1] == "账号或密码不对；忘记密码的，请管理员重设。"


def test_five_failures_lock_the_account_for_a_quarter_of_an_hour(admission, clock):
    for number in range(MOST):
        with pytest.raises(LoginError, match="账号或密码不对"):
            admission.login("admin1", "Wrong-pass-9", f"10.0.1.{number}")
    with pytest.raises(LoginError, match="请 15 分钟后再试"):
        admission.login("admin1", "Good-pass-9", HERE)
    clock.now += WINDOW - 61
    with pytest.raises(LoginError, match="请 2 分钟后再试"):
        admission.login("admin1", "Good-pass-9", HERE)
    clock.now += 61
    assert admission.login("admin1", "Good-pass-9", HERE)
    assert [what for what, _ in noted(admission)][2:] == ["登录失败"] * 4 + ["锁定", "登录"]


def test_five_failures_lock_the_machine_whatever_the_account(admission):
    for number in range(MOST):
        with pytest.raises(LoginError):
            admission.login(f"guess{number}", "Wrong-pass-9", HERE)
    with pytest.raises(LoginError, match="次数太多"):
        admission.login("admin1", "Good-pass-9", HERE)
    assert admission.login("admin1", "Good-pass-9", THERE)


def test_a_success_ends_the_count(admission):
    for _ in range(3):
        for _ in range(MOST - 1):
            with pytest.raises(LoginError, match="账号或密码不对"):
                admission.login("admin1", "Wrong-pass-9", HERE)
        admission.login("admin1", "Good-pass-9", HERE)


def test_what_is_remembered_of_failures_is_bounded(clock):
    counted = Throttle(clock)
    for number in range(throttle._KEYS + 5):
        counted.fail(f"address {number}")
    assert len(counted._failures) == throttle._KEYS


def test_who_is_disabled_reset_or_moved_is_out_at_once(admission):
    made, given = administration.add(admission, ADMINISTRATOR, CATALOG, Account("li.si", "李四", AccountRole.FILER, office="food"))
    token = admission.login("li.si", given, HERE)
    administration.reset(admission, ADMINISTRATOR, CATALOG, "li.si", "Given-once-7")
    assert admission.admitted(token, click=True) is None
    token = admission.login("li.si", "Given-once-7", HERE)
    moved = administration.change(admission, ADMINISTRATOR, CATALOG, made, replace(made, office="drug"))
    assert admission.admitted(token, click=True) is None
    token = admission.login("li.si", "Given-once-7", HERE)
    administration.change(admission, ADMINISTRATOR, CATALOG, moved, replace(made, office="drug", disabled=True))
    assert admission.admitted(token, click=True) is None
    with pytest.raises(LoginError, match="已经停用"):
        admission.login("li.si", "Given-once-7", HERE)
    [*_, first, second] = [entry for entry in admission.audit.entries() if entry.what is Audited.ACCOUNT]
    assert (first.before, first.after) == (f"科室：{CATALOG.offices['food'].name}", f"科室：{CATALOG.offices['drug'].name}")
    assert (second.before, second.after) == ("状态：首次登录要改密码", "状态：停用")


def test_a_new_password_ends_the_other_logins(admission):
    here, there = admission.login("admin1", "Good-pass-9", HERE), admission.login("admin1", "Good-pass-9", THERE)
    admitted = admission.admitted(here, click=True)
    with pytest.raises(RequestError, match="原密码不对"):
        admission.change_password(admitted, "Wrong-pass-9", "Other-pass-8")
    with pytest.raises(RequestError, match="和原密码一样"):
        admission.change_password(admitted, "Good-pass-9", "Good-pass-9")
    admission.change_password(admitted, "Good-pass-9", "Other-pass-8")
    assert admission.admitted(here, click=True)
    assert admission.admitted(there, click=True) is None


def test_logging_out_ends_this_login_or_all(admission):
    tokens = [admission.login("admin1", "Good-pass-9", HERE) for _ in range(3)]
    admission.logout(admission.admitted(tokens[0], click=True))
    assert [admission.admitted(token, click=True) is not None for token in tokens] == [False, True, True]
    admission.logout(admission.admitted(tokens[1], click=True), everywhere=True)
    assert [admission.admitted(token, click=True) is not None for token in tokens] == [False, False, False]


def test_only_an_administrator_manages_accounts(admission):
    for role in set(AccountRole) - {AccountRole.ADMINISTRATOR}:
        caller = Caller("other", "他人", role)
        for act in (
            lambda caller=caller: administration.accounts(admission, caller, CATALOG),
            lambda caller=caller: administration.add(admission, caller, CATALOG, Account("x1", "某", AccountRole.LEADER)),
            lambda caller=caller: administration.change(admission, caller, CATALOG, admission.accounts.require("admin1"), admission.accounts.require("admin1")),
            lambda caller=caller: administration.reset(admission, caller, CATALOG, "admin1"),
        ):
            with pytest.raises(DeniedError, match="这件事由管理员做"):
                act()


def test_who_tries_many_passwords_at_once_has_no_more_tries(admission):
    def tried(number):
        with pytest.raises(LoginError):
            admission.login("admin1", f"Wrong-pass-{number}", f"10.0.1.{number}")

    with ThreadPoolExecutor(12) as pool:
        list(pool.map(tried, range(12)))
    assert sum(what in ("登录失败", "锁定") for what, _ in noted(admission)) == MOST


def test_what_an_administrator_did_stands_where_the_audit_cannot_be_written(admission, monkeypatch, caplog):
    """A first password and a token are shown once: they are not lost, and nothing that was done is called undone."""
    token = admission.login("admin1", "Good-pass-9", HERE)

    def full(*_: object) -> None:
        raise StoreError("审计记录写不进去（磁盘已满）")

    monkeypatch.setattr(admission.audit._journal, "add", full)
    made, password = administration.add(admission, ADMINISTRATOR, CATALOG, Account("li.si", "李四", AccountRole.LEADER))
    assert admission.accounts.find("li.si") == made
    assert password
    assert administration.reset(admission, ADMINISTRATOR, CATALOG, "li.si")[1] != password
    assert administration.switch(admission, ADMINISTRATOR, CATALOG, "li.si", disabled=True).disabled
    _, secret = administration.make_token(admission, ADMINISTRATOR, CATALOG, ApiToken("screen", AccountRole.LEADER, wall.today()))
    assert admission.tokens.caller(secret, HERE)
    assert administration.revoke_token(admission, ADMINISTRATOR, CATALOG, "screen").revoked
    admission.refused_sign_on(THERE, "签名不对")
    admission.logout(admission.admitted(token, click=True))
    assert admission.admitted(token, click=True) is None
    assert [record.getMessage() for record in caplog.records] == ["审计记录写不进去（磁盘已满）"] * 7
    with pytest.raises(StoreError):  # nobody is let in unseen
        admission.login("admin1", "Good-pass-9", HERE)


def test_a_clock_that_is_put_back_keeps_no_login_alive(admission, clock):
    """One of the minutes that clocks are set by does not count."""
    token = admission.login("admin1", "Good-pass-9", HERE)
    clock.now -= 4 * 60
    assert admission.admitted(token, click=False)
    clock.now -= 24 * 3600
    assert admission.admitted(token, click=True) is None
    assert admission.sessions.count() == 0


def test_no_clock_that_somebody_sets_counts_failures():
    assert Throttle()._now is time.monotonic
