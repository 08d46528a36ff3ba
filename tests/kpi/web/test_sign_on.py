"""Single sign-on: who is let in by another server's word, and all that is not believed."""

import re
import shutil
import threading
import time
from urllib.parse import parse_qs, urlsplit

import httpx2
import pytest
from joserfc.jwk import OctKey
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient

from kpi.access import administration
from kpi.access.account import Account
from kpi.access.admission import Admission
from kpi.access.roles import AccountRole
from kpi.access.sessions import IDLE, Sessions
from kpi.access.throttle import MOST, Throttle
from kpi.errors import StoreError
from kpi.web import identity_provider, sign_on
from kpi.web.gate import Gate
from kpi.web.sign_on_attempts import LONGEST, SignOnAttempts
from kpi.web.sign_on_settings import SignOnSettings
from tests.kpi.access.test_admission import Clock
from tests.kpi.store.reports import catalog_of
from tests.kpi.web.provider import CLIENT, FOREIGN_KEY, KEY, LATER_KEY, SECRET, Provider, served_provider
from tests.kpi.web.test_gate import ADMINISTRATOR, PASSWORD, socket, who

OWN = "http://127.0.0.1"
RETURN = f"{OWN}/kpi/sso/return"
SUBJECT = "E-2023-017"


@pytest.fixture(scope="module")
def served():
    with served_provider(RETURN) as provider:
        yield provider


@pytest.fixture
def provider(served: Provider):
    """The provider as it is when it is honest."""
    served.claims, served.sign, served.fails, served.silent, served.keys, served.description = {}, ("RS256", KEY), 0, None, [KEY], {}
    served.asked.clear()
    return served


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture(scope="module")
def accounts(tmp_path_factory):
    """The folder of an administrator and of a leader, who has a subject and never chose a password: hashing takes its time, so it is done once."""
    folder = tmp_path_factory.mktemp("accounts")
    made = Admission(folder)
    made.accounts.add_first("admin1", "王管理", PASSWORD)
    administration.add(made, ADMINISTRATOR, catalog_of(), Account("leader", "李局", AccountRole.LEADER, subject=SUBJECT), PASSWORD)
    made.close()
    return folder


@pytest.fixture
def admission(accounts, tmp_path, clock):
    shutil.copytree(accounts, tmp_path / "data")
    made = Admission(tmp_path / "data")
    made.sessions, made.throttle = Sessions(tmp_path / "sessions.db", clock), Throttle(clock)
    yield made
    made.close()


def app_of(admission: Admission, provider: Provider, **settings: object) -> Starlette:
    known = {"issuer": provider.issuer, "client": CLIENT, "secret": SECRET, "own": OWN} | settings
    inner = [WebSocketRoute("/_stcore/stream", socket), Route("/{rest:path}", who, methods=["GET", "POST"])]
    doors = {"admission": lambda: admission, "bureau": lambda: "某区局", "first": lambda: "", "home": lambda _: "/", "ended": b"", "handed": lambda _: ()}
    return Starlette(routes=inner, middleware=[Middleware(Gate, **doors, sign_on=SignOnSettings(**known))])


@pytest.fixture
def app(admission, provider):
    return app_of(admission, provider)


def browser(app) -> TestClient:
    return TestClient(app, base_url=OWN, headers={"origin": OWN}, follow_redirects=False)


def there(client: TestClient, path: str = "/targets?period=2023-10") -> str:
    """The address of the other server to which a page of ours leads at last."""
    page = client.get(client.get(path).headers["location"])
    begin = re.search(r'class="way" href="([^"]+)"', page.text)[1].replace("&amp;", "&")
    return client.get(begin).headers["location"]


def back(address: str, subject: str = SUBJECT) -> str:
    """The address of ours to which the other server leads who says who it is."""
    return httpx2.post(address, data={"sub": subject}).headers["location"]


def noted(admission: Admission) -> list[tuple[str, str, str]]:
    return [(entry.what.value, entry.account, entry.about) for entry in admission.audit.entries()][1:]


def test_who_has_an_account_comes_in_at_the_page_that_was_asked_for(app, admission, provider):
    client = browser(app)
    answer = client.get(back(there(client)))
    assert (answer.status_code, answer.headers["location"]) == (303, "/targets?period=2023-10")
    assert re.fullmatch(r"kpi_session=[\w-]{43}; Path=/; HttpOnly; SameSite=Lax", answer.headers["set-cookie"])
    assert client.get("/targets").text.startswith("李局")  # a first password need not be changed by who never uses it
    assert noted(admission) == [("登录", "leader", "统一身份认证")]


def test_what_goes_to_the_other_server_is_ours_alone(app, provider):
    client = browser(app)
    words = {name: value[0] for name, value in parse_qs(urlsplit(there(client)).query).items()}
    assert {name: words[name] for name in ("response_type", "client_id", "redirect_uri", "scope", "code_challenge_method")} == {
        "response_type": "code",
        "client_id": CLIENT,
        "redirect_uri": RETURN,
        "scope": "openid",
        "code_challenge_method": "S256",
    }
    assert all(len(words[name]) == 43 for name in ("state", "nonce", "code_challenge"))
    assert re.fullmatch(r"[\w-]{43}", client.cookies["kpi_sign_on"])


def test_the_address_of_the_return_is_that_of_the_settings_not_of_the_request(app, provider):
    client = browser(app)
    answer = client.get("/kpi/sso?next=/targets", headers={"host": "evil.example"})
    assert answer.headers["location"] == f"{OWN}/kpi/sso?next=%2Ftargets&here=1"
    answer = client.get("/kpi/sso?next=/targets&here=1", headers={"host": "evil.example"})  # a proxy that does not tell our name
    assert parse_qs(urlsplit(answer.headers["location"]).query)["redirect_uri"] == [RETURN]


@pytest.mark.parametrize("page", ["//evil.example", "https://evil.example/", "/\\evil.example", "/kpi/sso", "/kpi/logout", ""])
def test_it_leads_nowhere_but_to_a_page_of_ours(app, provider, page):
    client = browser(app)
    address = client.get("/kpi/sso", params={"next": page}).headers["location"]
    assert client.get(back(address)).headers["location"] == "/"


def test_a_second_tab_does_not_spoil_the_first(app, admission, provider):
    client = browser(app)
    first, second = back(there(client, "/targets")), back(there(client, "/trends"))
    assert client.get(second).headers["location"] == "/trends"
    assert client.get(first).headers["location"] == "/targets"
    assert client.get(first).headers["location"] == "/"  # loaded once more
    assert client.get("/kpi/sso?next=/compare").headers["location"] == "/compare"  # is in already


def test_without_an_account_nobody_comes_in_and_is_told_what_to_tell(app, admission, provider):
    client = browser(app)
    answer = client.get(back(there(client), "E-<b>-9"))
    assert answer.status_code == 403
    assert "统一身份认证通过了，但看板里没有您的账号" in answer.text
    assert "填：E-&lt;b&gt;-9" in answer.text
    assert "set-cookie" not in answer.headers
    assert noted(admission) == [("登录失败", "", "统一身份认证：没有账号：E-<b>-9")]


def test_who_is_known_here_by_another_spelling_is_somebody_else(app, provider):
    client = browser(app)
    assert "没有您的账号" in client.get(back(there(client), SUBJECT.lower())).text


def test_a_disabled_account_does_not_come_in_and_is_out_at_once(app, admission, provider):
    client = browser(app)
    client.get(back(there(client)))
    leader = admission.accounts.require("leader")
    administration.change(admission, ADMINISTRATOR, catalog_of(), leader, Account("leader", leader.name, leader.role, subject=SUBJECT, disabled=True))
    assert client.get("/kpi/version").status_code == 401
    assert "已经停用" in client.get(back(there(client))).text
    assert noted(admission)[-1] == ("登录失败", "leader", "统一身份认证：账号已停用")


def test_another_subject_ends_the_logins_of_an_account(app, admission, provider):
    client = browser(app)
    client.get(back(there(client)))
    leader = admission.accounts.require("leader")
    administration.change(admission, ADMINISTRATOR, catalog_of(), leader, Account("leader", leader.name, leader.role, subject="E-1"))
    assert client.get("/kpi/version").status_code == 401


NOW = int(time.time())
DAY = 86_400  # seconds: longer than any run takes, so that what is in the future when the file is read still is when it is tried
FORGED = {
    "another key of the same name": ({}, ("RS256", FOREIGN_KEY), "签名"),
    "a key that nobody published": ({}, ("RS256", LATER_KEY), "签名"),
    "no signature": ({}, ("none", None), "签名"),
    "signed with our secret": ({}, ("HS256", OctKey.import_key(SECRET)), "签名"),
    "for somebody else": ({"aud": "another-client"}, None, "aud"),
    "for us and for somebody else": ({"aud": [CLIENT, "another"], "azp": "another"}, None, "azp"),
    "for many, of whom one is not named": ({"aud": [CLIENT, "another"]}, None, "azp"),
    "of another server": ({"iss": "https://evil.example"}, None, "iss"),
    "without a server": ({"iss": None}, None, "iss"),
    "without who": ({"sub": None}, None, "sub"),
    "who is empty": ({"sub": ""}, None, "没有写是谁"),
    "who is a number": ({"sub": 17}, None, "sub"),
    "of another attempt": ({"nonce": "x" * 43}, None, "nonce"),
    "of no attempt": ({"nonce": None}, None, "nonce"),
    "without an end": ({"exp": None}, None, "exp"),
    "whose end is a word": ({"exp": "later"}, None, "exp"),
    "expired": ({"iat": NOW - 900, "exp": NOW - 120}, None, "已经过期"),
    "made in the future": ({"iat": NOW + DAY, "exp": NOW + DAY + 300}, None, "iat"),
    "not valid yet": ({"nbf": NOW + DAY}, None, "nbf"),
    "beside another access token": ({"at_hash": "AAAAAAAAAAAAAAAAAAAAAA"}, None, "at_hash"),
}


@pytest.mark.filterwarnings("ignore::joserfc.errors.SecurityWarning")
@pytest.mark.parametrize(("claims", "sign", "why"), FORGED.values(), ids=FORGED)
def test_a_token_that_is_not_proof_is_refused_and_counted(app, admission, provider, claims, sign, why):
    provider.claims, provider.sign = claims, sign or provider.sign
    client = browser(app)
    answer = client.get(back(there(client)))
    assert answer.status_code == 403
    assert why in answer.text
    assert "set-cookie" not in answer.headers
    assert client.get("/kpi/version").status_code == 401
    assert [entry[0] for entry in noted(admission)] == ["登录失败"]


@pytest.mark.parametrize("skew", [-59, 50])
def test_clocks_may_differ_by_a_minute(app, provider, skew):
    now = int(time.time())
    provider.claims = {"iat": now + skew, "exp": now - 50 if skew < 0 else now + 300}
    client = browser(app)
    assert client.get(back(there(client))).status_code == 303


def test_what_was_not_begun_in_this_browser_is_refused(app, admission, provider):
    mine, stranger = browser(app), browser(app)
    address = back(there(mine))
    assert stranger.get(address).status_code == 403  # somebody is made to follow the address of another
    stranger.cookies.set("kpi_sign_on", "x" * 43, domain="127.0.0.1")
    assert stranger.get(address).status_code == 403
    for wrong in (address.replace("state=", "state=x"), RETURN, f"{RETURN}?code=x"):
        assert mine.get(wrong).status_code == 403
    assert mine.get(address).status_code == 429  # five failures of one machine, as with passwords
    assert {entry[0] for entry in noted(admission)} == {"登录失败", "锁定"}
    assert "锁定" in noted(admission)[-1]


def test_a_refusal_that_cannot_be_noted_stands(app, admission, provider, monkeypatch):
    """On a full disk too: the fault goes to the log of the server, and nobody gets in."""
    monkeypatch.setattr(admission.audit, "note", lambda *_, **__: (_ for _ in ()).throw(StoreError("审计记录写不进去；请检查磁盘后重试。")))
    answer = browser(app).get("/kpi/sso/return?state=x&code=y")
    assert (answer.status_code, answer.headers.get("set-cookie", "").count("session=")) == (403, 0)


def test_a_code_of_another_attempt_does_not_do(app, admission, provider):
    client = browser(app)
    first, second = back(there(client)), back(there(client))
    code = parse_qs(urlsplit(first).query)["code"][0]
    state = parse_qs(urlsplit(second).query)["state"][0]
    answer = client.get("/kpi/sso/return", params={"code": code, "state": state})
    assert answer.status_code == 403
    assert "一次性编号" in answer.text


def test_an_answer_that_names_another_server_is_refused(app, provider):
    client = browser(app)
    assert client.get(f"{back(there(client))}&iss=https%3A%2F%2Fevil.example").status_code == 403
    assert client.get(f"{back(there(client))}&iss={provider.issuer}").status_code == 303


def test_too_long_at_the_other_server_means_once_more(app, admission, provider, monkeypatch):
    client = browser(app)
    address = back(there(client))
    monkeypatch.setattr(sign_on.SignOnAttempts, "ended", lambda *_: True)
    answer = client.get(address)
    assert "超过 10 分钟" in answer.text
    assert "next=%2Ftargets%3Fperiod%3D2023-10" in answer.text
    assert noted(admission) == []  # nobody's fault


def test_who_cancels_there_is_led_back_to_the_login(app, admission, provider):
    client = browser(app)
    answer = client.get(back(there(client), "cancels"))
    assert "没有让登录" in answer.text
    assert noted(admission) == []


def test_a_new_key_of_the_server_is_fetched(app, provider, monkeypatch):
    monkeypatch.setattr(identity_provider, "_KEYS_FOR", 0.0)
    client = browser(app)
    client.get(back(there(client)))
    provider.keys, provider.sign = [LATER_KEY], ("RS256", LATER_KEY)
    other = browser(app)
    assert other.get(back(there(other))).status_code == 303
    assert provider.asked.count("/keys") == 2


def test_the_server_is_asked_when_somebody_comes_and_not_before(admission, provider):
    client = browser(app_of(admission, provider))
    assert "统一身份认证登录" in client.get("/kpi/login").text
    assert provider.asked == []
    there(client)
    there(browser(client.app))
    assert provider.asked == ["/.well-known/openid-configuration"]  # remembered


def test_a_server_that_is_down_leaves_the_password(admission, provider):
    for changed in ({"issuer": "http://127.0.0.1:9"}, {"issuer": f"{provider.issuer}/"}):
        client = browser(app_of(admission, provider, **changed))
        answer = client.get("/kpi/sso?next=/targets")
        assert answer.status_code == 503
        assert "没有登录；请过一会儿再试，有密码的可以用密码登录" in answer.text
        assert client.post("/kpi/login", data={"account": "admin1", "password": PASSWORD}).status_code == 303


def test_a_server_that_breaks_on_the_way_is_not_the_fault_of_who_comes(app, admission, provider):
    for status in (500, 404, 302):
        client = browser(app)
        address = back(there(client))
        provider.fails = status
        assert client.get(address).status_code == 503
        provider.fails = 0
    provider.description = {"token_endpoint": "http://evil.example/token"}
    assert "https" in browser(app_of(admission, provider)).get("/kpi/sso").text
    assert noted(admission) == []


def test_a_wrong_secret_is_for_the_administrator(admission, provider):
    client = browser(app_of(admission, provider, secret="another"))
    answer = client.get(back(there(client)))
    assert (answer.status_code, "不认看板的标识或密钥" in answer.text) == (503, True)


def test_a_server_that_does_not_answer_is_not_waited_for(app, admission, provider, monkeypatch):
    monkeypatch.setattr(identity_provider, "PATIENCE", 0.2)
    provider.silent = threading.Event()
    answer = browser(app).get("/kpi/sso")
    provider.silent.set()
    assert (answer.status_code, "没有及时回答" in answer.text) == (503, True)


def test_an_ended_login_leads_over_the_other_server_back_to_the_same_page(app, clock, provider):
    client = browser(app)
    client.get(back(there(client)))
    clock.now += IDLE
    login = client.get("/trends?code=x").headers["location"]
    assert login == "/kpi/login?next=%2Ftrends%3Fcode%3Dx&ended=1"
    assert "登录已经结束" in client.get(login).text
    assert client.get(back(there(client, "/trends?code=x"))).headers["location"] == "/trends?code=x"


def test_who_leaves_is_led_to_the_logout_there_and_back(app, admission, provider):
    client = browser(app)
    client.get(back(there(client)))
    answer = client.post("/kpi/logout")
    onward = re.search(r'http-equiv="refresh" content="0; url=([^"]+)"', answer.text)[1].replace("&amp;", "&")
    assert onward == f"{provider.issuer}/logout?client_id={CLIENT}&post_logout_redirect_uri=http%3A%2F%2F127.0.0.1%2Fkpi%2Flogin"
    assert "Max-Age=0" in answer.headers["set-cookie"]
    assert client.get("/kpi/version").status_code == 401
    client.post("/kpi/login", data={"account": "admin1", "password": PASSWORD})
    assert client.post("/kpi/logout").headers["location"] == "/kpi/login"  # came by the password


def test_leaving_does_not_depend_on_the_other_server(app, provider):
    provider.description = {"end_session_endpoint": "javascript:alert(1)"}
    client = browser(app)
    client.get(back(there(client)))
    assert client.post("/kpi/logout").headers["location"] == "/kpi/login"


def test_passwords_can_be_left_to_administrators(admission, provider):
    client = browser(app_of(admission, provider, only=True))
    page = client.get("/kpi/login").text
    assert 'name="password"' not in page
    by_password = re.search(r'<a href="([^"]+)">管理员用密码登录', page)[1].replace("&amp;", "&")
    assert 'name="password"' in client.get(by_password).text
    answer = client.post("/kpi/login", data={"account": "leader", "password": PASSWORD})
    assert (answer.status_code, "密码只给管理员用" in answer.text) == (422, True)
    assert "账号或密码不对" in client.post("/kpi/login", data={"account": "leader", "password": "x"}).text
    assert client.post("/kpi/login", data={"account": "admin1", "password": PASSWORD}).status_code == 303


def test_too_many_failures_of_a_machine_close_both_ways(app, admission, clock, provider):
    client = browser(app)
    for _ in range(MOST):
        client.get(back(there(client), "E-nobody"))
    assert client.get("/kpi/sso").status_code == 429
    assert "登录失败次数太多" in client.post("/kpi/login", data={"account": "admin1", "password": PASSWORD}).text
    clock.now += 15 * 60
    assert client.get(back(there(client))).status_code == 303


def test_a_login_by_either_way_survives_a_restart_as_what_it_was(admission, tmp_path, clock):
    token = admission.sign_on(SUBJECT, "10.0.0.1")
    again = Sessions(tmp_path / "sessions.db", clock)
    assert again.find(token, click=False).signed_on
    again.shut()


def test_it_begins_by_an_address_alone(app, provider):
    client = browser(app)
    assert client.post("/kpi/sso").status_code == 405
    assert client.get("/kpi/sso").headers["content-security-policy"].endswith("form-action 'self'")


def test_over_https_the_cookie_of_the_way_is_for_https_alone(admission, provider):
    own = "https://127.0.0.1"
    client = TestClient(app_of(admission, provider, own=own), base_url=own, follow_redirects=False)
    kept = client.get("/kpi/sso").headers["set-cookie"]
    assert re.fullmatch(r"__Host-kpi_sign_on=[\w-]{43}; Path=/; HttpOnly; SameSite=Lax; Secure; Max-Age=600", kept)


def test_what_is_on_its_way_is_bounded_by_number_and_time(clock):
    attempts = SignOnAttempts(clock)
    oldest, browser_one = attempts.begin("/", "")
    others = [attempts.begin("/", browser_one)[0] for _ in range(1000)]
    assert attempts.take(oldest.state, browser_one) is None
    clock.now += LONGEST
    assert not attempts.ended(attempts.take(others[0].state, browser_one))
    clock.now += 1
    assert attempts.ended(attempts.take(others[1].state, browser_one))
    assert attempts.take(others[1].state, browser_one) is None


@pytest.mark.parametrize("content", ["short", "x" * 42, "x" * 44, "x" * 42 + "\n", "字" * 43])
def test_a_cookie_that_is_none_of_ours_is_replaced(content):
    assert SignOnAttempts().begin("/", content)[1] != content
    assert SignOnAttempts().begin("/", "x" * 43)[1] == "x" * 43
