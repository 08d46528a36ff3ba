"""The gate: nothing is answered without a login, and nothing of one login goes to another."""

import re
import unicodedata
from asyncio import Event

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket, WebSocketDisconnect

from kpi.access import administration
from kpi.access.account import Account
from kpi.access.admission import Admission
from kpi.access.caller import Caller
from kpi.access.roles import AccountRole
from kpi.access.sessions import IDLE, Sessions
from kpi.access.throttle import Throttle
from kpi.errors import RequestError
from kpi.web import entrance, hosts
from kpi.web.gate import Gate
from kpi.web.visitor import SESSION_HEADER, visitor
from tests.kpi.access.test_admission import Clock
from tests.kpi.store.reports import catalog_of

BASE = "http://127.0.0.1"
SOCKET = "ws://127.0.0.1/_stcore/stream"
MEDIA = "/media/" + "0f" * 28 + ".xlsx"
VISIT = "01234567-89ab-cdef-0123-456789abcdef"
PASSWORD = "Good-pass-9"
FIRST = "first-token"
ADMINISTRATOR = Caller("admin1", "王管理", AccountRole.ADMINISTRATOR)


def who(request: Request) -> Response:
    return PlainTextResponse(f"{visitor().name}|{request.headers.get(SESSION_HEADER, '')}|{request.url.path}")


def handed(data: bytes) -> list[str]:
    """The names in a message of the test, which hands them out where it does not begin with what somebody typed."""
    return [] if data.startswith(b"typed") else [MEDIA.removeprefix("/media/"), VISIT]


async def socket(socket: WebSocket) -> None:
    """Answers each message with whose it is; the first with what a page is sent: an address of a file, the name of a visit."""
    await socket.accept()
    while True:
        try:
            asked = await socket.receive_bytes()
        except WebSocketDisconnect:
            return
        if asked.startswith(b"typed"):
            await socket.send_bytes(asked)
            continue
        if asked == b"visit":
            await socket.send_bytes(socket.headers["sec-websocket-protocol"].replace(" ", "").encode())
            continue
        await socket.send_bytes(f"{visitor().name} {MEDIA} {VISIT} {len(socket.headers.getlist(SESSION_HEADER))}".encode())


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def admission(tmp_path, clock):
    made = Admission(tmp_path)
    made.sessions, made.throttle = Sessions(tmp_path / "access" / "sessions.db", clock), Throttle(clock)
    yield made
    made.close()


@pytest.fixture
def app(admission):
    inner = [WebSocketRoute("/_stcore/stream", socket), Route("/{rest:path}", who, methods=["GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"])]
    gate = Middleware(Gate, admission=lambda: admission, bureau=lambda: "某区局", first=lambda: FIRST, home=lambda _: "/", ended=b"ended", handed=handed)
    return Starlette(routes=inner, middleware=[gate])


def browser(app) -> TestClient:
    return TestClient(app, base_url=BASE, headers={"origin": BASE}, follow_redirects=False)


def logged_in(app, account: str, password: str = PASSWORD) -> TestClient:
    client = browser(app)
    answer = client.post("/kpi/login", data={"account": account, "password": password, "next": "/targets?period=2023-10"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/targets?period=2023-10")
    return client


@pytest.fixture
def accounts(admission):
    """An administrator, a leader and a 填报员 with passwords of their own."""
    administration.make_first(admission, "admin1", "王管理", PASSWORD, "10.0.0.1")
    for account in (Account("leader", "李局", AccountRole.LEADER), Account("filer", "张三", AccountRole.FILER, office="food")):
        administration.add(admission, ADMINISTRATOR, catalog_of(), account, "Given-once-7")
        admission.accounts.change_password(account.account, PASSWORD)
    return admission


PATHS = (
    "/",
    "/targets",
    "/kpi/version",
    "/kpi/original/1",
    "/kpi/export/targets",
    "/wall",
    "/static/js/index.js",
    MEDIA,
    "/_stcore/health",
    "/_stcore/host-config",
    f"/_stcore/upload_file/{VISIT}/1",
    "/metrics",
    "/component/x/index.html",
    "/%2e%2e/etc/passwd",
    "//evil",
    "/kpi/login/../../targets",
    "/KPI/version",
)


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
def test_without_a_login_nothing_is_answered(app, accounts, method):
    client = browser(app)
    for path in PATHS:
        answer = client.request(method, path)
        assert "|" not in answer.text, path
        assert answer.status_code in (303, 401), path
        assert answer.headers["location"].startswith("/kpi/login") if answer.status_code == 303 else True


def test_what_a_client_says_of_itself_does_not_count(app, accounts):
    for headers in (
        {SESSION_HEADER: accounts.sessions.of("admin1")[0].digest},
        {"x-kpi-session": "x", "x-forwarded-user": "admin1", "authorization": "Basic YWRtaW4xOng="},
        {"cookie": "kpi_session=forged; __Host-kpi_session=forged"},
        {"cookie": f"kpi_session={accounts.sessions.of('admin1')[0].digest}"},
        {"cookie": "kpi_session"},
        {"cookie": "=;=\x01;"},
    ):
        assert browser(app).get("/kpi/version", headers=headers).status_code == 401
    client = logged_in(app, "leader")
    assert client.get("/targets", headers={SESSION_HEADER: "of somebody else"}).text == "李局||/targets"


def test_a_websocket_without_a_login_or_from_a_foreign_page_is_refused(app, accounts):
    for client, headers in (
        (browser(app), {}),
        (logged_in(app, "leader"), {"origin": "http://evil.example"}),
        (logged_in(app, "leader"), {"origin": "null"}),
        (logged_in(app, "leader"), {"origin": ""}),
    ):
        with pytest.raises(WebSocketDisconnect), client.websocket_connect(SOCKET, headers={**client.headers, **headers}):
            pass


def test_the_websocket_of_a_login_is_of_its_person(app, accounts):
    client = logged_in(app, "leader")
    with client.websocket_connect(SOCKET, headers={SESSION_HEADER: "forged"}) as opened:
        opened.send_bytes(b"hello")
        assert opened.receive_bytes().decode().startswith("李局 ")
        opened.send_bytes(b"hello")
        assert opened.receive_bytes().decode().endswith(" 1")


def test_a_file_and_a_visit_are_for_the_login_that_was_sent_them(app, accounts):
    leader, filer = logged_in(app, "leader"), logged_in(app, "filer")
    assert leader.get(MEDIA).status_code == 404
    with leader.websocket_connect(SOCKET) as opened:
        opened.send_bytes(b"hello")
        opened.receive_bytes()
    assert leader.get(MEDIA).text == f"李局||{MEDIA}"
    assert leader.put(f"/_stcore/upload_file/{VISIT}/1").status_code == 200
    assert filer.get(MEDIA).status_code == 404
    assert filer.put(f"/_stcore/upload_file/{VISIT}/1").status_code == 404
    for client, visit in ((filer, ""), (leader, f",{VISIT}")):
        with client.websocket_connect(SOCKET, subprotocols=["streamlit", "xsrf", VISIT]) as opened:
            opened.send_bytes(b"visit")
            assert opened.receive_bytes().decode() == f"streamlit,xsrf{visit}"


def test_who_types_the_address_of_another_ones_file_is_not_given_it(app, accounts):
    """A page shows again what was typed, in a message as any other."""
    leader, filer = logged_in(app, "leader"), logged_in(app, "filer")
    with leader.websocket_connect(SOCKET) as opened:
        opened.send_bytes(b"hello")
        opened.receive_bytes()
    with filer.websocket_connect(SOCKET) as opened:
        opened.send_bytes(f"typed {MEDIA} {VISIT}".encode())
        assert MEDIA in opened.receive_bytes().decode()
    assert filer.get(MEDIA).status_code == 404
    assert filer.put(f"/_stcore/upload_file/{VISIT}/1").status_code == 404


def test_an_open_page_learns_that_its_login_has_ended(app, accounts, clock):
    client = logged_in(app, "leader")
    with client.websocket_connect(SOCKET) as opened:
        opened.send_bytes(b"hello")
        opened.receive_bytes()
        clock.now += IDLE
        opened.send_bytes(b"hello")
        assert opened.receive_bytes() == b"ended"
        with pytest.raises(WebSocketDisconnect):
            opened.receive_bytes()


def test_an_ended_login_leads_back_to_the_same_address(app, accounts, clock):
    client = logged_in(app, "leader")
    clock.now += IDLE
    answer = client.get("/trends?period=2023-10&code=x")
    assert answer.headers["location"] == "/kpi/login?next=%2Ftrends%3Fperiod%3D2023-10%26code%3Dx&ended=1"
    page = client.get(answer.headers["location"])
    assert "登录已经结束" in page.text
    assert 'value="/trends?period=2023-10&amp;code=x"' in page.text


def test_pages_that_ask_on_their_own_do_not_keep_a_login_alive_but_the_wall_does(app, accounts, clock):
    client, wall = logged_in(app, "leader"), logged_in(app, "leader")
    for _ in range(4):
        clock.now += IDLE / 4
        client.get("/kpi/version")
        wall.get("/kpi/version?wall")
    assert client.get("/kpi/version").status_code == 401
    assert wall.get("/kpi/version").status_code == 200


@pytest.mark.parametrize("origin", ["http://evil.example", "http://127.0.0.1.evil.example", "http://127.0.0.1:9", "null", ""])
def test_what_changes_something_must_come_from_a_page_of_ours(app, accounts, origin):
    client = logged_in(app, "leader")
    for path in ("/kpi/login", "/kpi/logout", "/kpi/password", "/targets"):
        assert client.post(path, headers={"origin": origin}).status_code == 403
    assert client.get("/targets").text.startswith("李局")


@pytest.mark.parametrize(
    "back", ["//evil.example", "https://evil.example/", "/\\evil.example", "javascript:alert(1)", "/a\nb", "/kpi/logout", "\\evil", "/x\\..\\y", ""]
)
def test_a_login_leads_nowhere_but_to_a_page_of_ours(app, accounts, back):
    answer = browser(app).post("/kpi/login", data={"account": "leader", "password": PASSWORD, "next": back})
    assert (answer.status_code, answer.headers["location"]) == (303, "/")


@pytest.mark.parametrize(
    "others",
    ['prefs={"x":"y"}', "x y=1", "a[]=1", "a=b c", 'a="open', "expires", "Path=/", "=v", "a; b", "kpi_session2=x; my_kpi_session=y"],
)
def test_a_cookie_of_another_program_of_this_host_hides_no_login(app, accounts, others):
    """Cookies know no ports, and what others write need not follow any rule."""
    token = logged_in(app, "leader").cookies["kpi_session"]
    for cookies in (f"{others}; kpi_session={token}", f"kpi_session={token}; {others}"):
        assert browser(app).get("/targets", headers=[("cookie", cookies)]).status_code == 200


@pytest.mark.parametrize("broken", ["//[", "//[x", "http://[::1", "https://[127.0.0.1]x", "//]"])
def test_an_address_that_is_none_is_refused_and_no_fault(app, accounts, broken):
    """As the page to lead to, and as the page that a request comes from."""
    assert browser(app).get("/kpi/login", params={"next": broken}).status_code == 200
    answer = browser(app).post("/kpi/login", data={"account": "leader", "password": PASSWORD, "next": broken})
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert browser(app).post("/kpi/login", headers={"origin": broken}).status_code == 403
    with pytest.raises(WebSocketDisconnect), logged_in(app, "leader").websocket_connect(SOCKET, headers={"origin": broken}):
        pass


def test_the_cookie_is_kept_from_scripts_and_other_sites(app, accounts):
    answer = browser(app).post("/kpi/login", data={"account": "leader", "password": PASSWORD})
    assert re.fullmatch(r"kpi_session=[\w-]{43}; Path=/; HttpOnly; SameSite=Lax", answer.headers["set-cookie"])
    secure = TestClient(app, base_url="https://127.0.0.1", headers={"origin": "https://127.0.0.1"}, follow_redirects=False)
    answer = secure.post("/kpi/login", data={"account": "leader", "password": PASSWORD})
    assert re.fullmatch(r"__Host-kpi_session=[\w-]{43}; Path=/; HttpOnly; SameSite=Lax; Secure", answer.headers["set-cookie"])


def test_a_wrong_password_is_answered_with_a_sentence_and_no_cookie(app, accounts):
    answer = browser(app).post("/kpi/login", data={"account": "leader<b>", "password": "x"})
    assert answer.status_code == 422
    assert "账号或密码不对" in answer.text
    assert "leader&lt;b&gt;" in answer.text
    assert "set-cookie" not in answer.headers
    assert answer.headers["x-frame-options"] == "DENY"


def test_a_long_password_opens_however_its_letters_are_composed(app, accounts):
    """128 letters with an accent are 256 characters as some keyboards send them."""
    password = "é" * 120 + "Mine-9aa"
    accounts.accounts.change_password("leader", password)
    typed = unicodedata.normalize("NFD", password)
    assert browser(app).post("/kpi/login", data={"account": "leader", "password": typed}).status_code == 303


def test_a_form_that_is_too_large_is_not_read(app, accounts):
    answer = browser(app).post("/kpi/login", content=b"a" * 20_000)
    assert (answer.status_code, answer.headers["connection"], "填写的内容太长，没有收下" in answer.text) == (413, "close", True)


@pytest.mark.parametrize("path", ["/kpi/login", "/kpi/logout", "/kpi/password", "/kpi/first"])
@pytest.mark.parametrize(("vanishes", "status", "sentence"), [(False, 408, "填写的内容 0 秒没有送完，没有收下"), (True, 400, "填写的内容没有送完")])
def test_a_form_that_does_not_come_to_its_end_is_given_up(app, monkeypatch, path, vanishes, status, sentence):
    """Whoever sends a byte a minute, or goes away in the middle, keeps no connection; nothing of the half is looked at."""
    monkeypatch.setattr(entrance, "_SENT_WITHIN", 0.0)

    async def halting(scope, receive, send):
        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        half = [{"type": "http.disconnect"}] if vanishes else []
        half.append({"type": "http.request", "body": b"account=fil", "more_body": True})

        async def received():
            return half.pop() if half else await Event().wait()

        await app(scope, received, send)

    answer = browser(halting).post(path, content=b"account=filer1")
    assert (answer.status_code, answer.headers["connection"], sentence in answer.text) == (status, "close", True)


def test_a_given_password_must_be_changed_before_anything_else(app, accounts):
    administration.add(accounts, ADMINISTRATOR, catalog_of(), Account("new", "赵六", AccountRole.LEADER), "Given-once-7")
    client = logged_in(app, "new", "Given-once-7")
    assert client.get("/targets?period=2023-10").headers["location"] == "/kpi/password?next=%2Ftargets%3Fperiod%3D2023-10"
    assert client.get("/kpi/version").status_code == 401
    with pytest.raises(WebSocketDisconnect), client.websocket_connect(SOCKET):
        pass
    words = {"old": "Given-once-7", "new": "Mine-own-8", "again": "Mine-own-9", "next": "/targets?period=2023-10"}
    assert "两次输入的密码不一样" in client.post("/kpi/password", data=words).text
    answer = client.post("/kpi/password", data=words | {"again": "Mine-own-8"})
    assert answer.headers["location"] == "/targets?period=2023-10"
    assert client.get("/targets").text.startswith("赵六")


def test_leaving_ends_the_login_here_or_everywhere(app, accounts):
    here, there = logged_in(app, "leader"), logged_in(app, "leader")
    assert here.get("/kpi/logout").headers["location"] == "/"  # a link alone ends nothing
    assert here.post("/kpi/logout").headers["location"] == "/kpi/login"
    assert [client.get("/kpi/version").status_code for client in (here, there)] == [401, 200]
    logged_in(app, "leader").post("/kpi/logout", data={"everywhere": "1"})
    assert there.get("/kpi/version").status_code == 401


def test_without_an_account_only_this_machine_is_let_in(app, admission):
    client = browser(app)
    assert client.get("/targets").text == "||/targets"
    for host in ("localhost:8501", "[::1]:8501", "127.0.0.2"):
        assert client.get("/targets", headers={"host": host}).status_code == 200
    for host in ("bureau.example", "192.168.1.5:8501", "127.0.0.1.evil.example", "", "localhost@evil.example"):
        assert client.get("/targets", headers={"host": host}).status_code == 421, host
    for name in ("x-forwarded-for", "forwarded", "x-real-ip", "x-forwarded-host"):
        assert "不能经反向代理打开" in client.get("/targets", headers={name: "10.0.0.9"}).text


def test_the_first_administrator_is_made_once_by_who_has_the_address(app, admission):
    client = browser(app)
    for token in ("", "wrong", FIRST + "x"):
        assert client.get(f"/kpi/first?token={token}").status_code == 403
    assert client.get(f"/kpi/first?token={FIRST}").status_code == 200
    words = {"token": FIRST, "account": "boss", "name": "王管理", "password": PASSWORD, "again": PASSWORD}
    assert "密码要 8 到 128 个字符" in client.post("/kpi/first", data=words | {"password": "x", "again": "x"}).text
    assert client.post("/kpi/first", data=words).headers["location"] == "/"
    assert client.get("/targets").text.startswith("王管理")
    assert client.post("/kpi/first", data=words).status_code == 403
    assert [account.account for account in admission.accounts] == ["boss"]


def test_the_names_under_which_it_answers_can_be_listed(app, accounts, monkeypatch):
    client = logged_in(app, "leader")
    assert client.get("/targets", headers={"host": "board.example"}).status_code == 200
    monkeypatch.setenv("KPI_HOSTS", "Board.example, other.example")
    assert client.get("/targets", headers={"host": "board.example:8501"}).status_code == 200
    assert client.get("/targets", headers={"host": "evil.example"}).status_code == 421


@pytest.mark.parametrize(
    ("text", "hosts_allowed"),
    [
        ("", []),
        (" , ", []),
        ("kpi.example.gov.cn", ["kpi.example.gov.cn"]),
        ("KPI.Example.gov.cn., 10.1.2.3 ,[::1],fe80::1", ["kpi.example.gov.cn", "10.1.2.3", "::1", "fe80::1"]),
        ("kpi-server_1", ["kpi-server_1"]),
    ],
)
def test_names_and_addresses_may_be_listed(text, hosts_allowed):
    assert hosts.allowed_hosts({"KPI_HOSTS": text}) == hosts_allowed


@pytest.mark.parametrize(
    "word",
    [
        "https://kpi.example.gov.cn",
        "kpi.example.gov.cn:8501",
        "kpi.example.gov.cn/",
        "*",
        "*.gov.cn",
        "a b",
        "a;b",
        "看板",
        "-a",
        "a..b",
        "[10.1.2.3",
        "a" * 64,
    ],
)
def test_what_is_no_name_is_refused_with_what_is_expected(word):
    """It would shut everybody out, and say nothing of it at the start."""
    with pytest.raises(RequestError) as refused:
        hosts.allowed_hosts({"KPI_HOSTS": f"kpi.example, {word}"})
    assert str(refused.value).startswith(f"环境变量 KPI_HOSTS 里的「{word[:60]}」不是主机名；请写浏览器里打开的名称或 IP，如 kpi.example.gov.cn，")
