"""The dashboard behind a real nginx with ``deploy/nginx.conf``: https, websocket, uploads, and whose address counts."""

import os
import re
import shutil
import ssl
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx2
import pytest
from playwright.sync_api import Browser, expect

from kpi.access.account import Account
from kpi.access.admission import Admission
from kpi.access.audit import AuditEntry
from kpi.access.roles import AccountRole
from kpi.catalog import load
from tests.kpi.web.provider import CLIENT, SECRET, served_provider
from tests.pages.serving import COMMANDS, ROOT, click, free_port, served, settled

NGINX = shutil.which("nginx") or "/usr/sbin/nginx"
PASSWORD = "Good-pass-9"
NAME = "localhost"
LARGEST = 20_000_000  # bytes that the page takes of one file


@dataclass(frozen=True, slots=True)
class Behind:
    """A dashboard behind nginx."""

    https: str
    http: str
    data: Path
    trusted: ssl.SSLContext

    def client(self, machine: str = "127.0.0.1", **headers: str) -> httpx2.Client:
        """Somebody who asks through nginx, from a machine with an address (all of 127.0.0.0/8 are here)."""
        way = httpx2.HTTPTransport(verify=self.trusted, local_address=machine, trust_env=False)
        return httpx2.Client(base_url=self.https, transport=way, headers={"origin": self.https} | headers)

    def login(self, client: httpx2.Client, account: str = "reviewer", password: str = PASSWORD) -> httpx2.Response:
        """Log in by the form."""
        return client.post("/kpi/login", data={"account": account, "password": password, "next": "/imports"})

    def audit(self) -> list[AuditEntry]:
        """What was noted so far."""
        return list(Admission(self.data).audit.entries())


@pytest.fixture(scope="module")
def behind(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Behind]:
    """An empty bureau with a 审核员, served behind nginx with a certificate made for the test, and a server that vouches for people."""
    if not Path(NGINX).exists() and os.environ.get("KPI_NGINX") != "required":
        pytest.skip(f"no nginx at {NGINX}")
    folder = tmp_path_factory.mktemp("nginx")
    admission = Admission(folder / "data")
    admission.accounts.add_first("admin1", "赵管理", PASSWORD)
    admission.accounts.add(Account("reviewer", "王统计", AccountRole.REVIEWER, subject="E-17"), load.load(load.DEFAULT), "赵管理")
    admission.accounts.change_password("reviewer", PASSWORD)
    admission.close()
    subject = ["-subj", f"/CN={NAME}", "-addext", f"subjectAltName=DNS:{NAME},IP:127.0.0.1"]
    key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", "privkey.pem"]
    subprocess.run(["openssl", "req", "-x509", *key, "-out", "fullchain.pem", "-days", "2", *subject], cwd=folder, check=True, capture_output=True)
    app, http, https = free_port(), free_port(), free_port()
    own = f"https://{NAME}:{https}"
    with served_provider(f"{own}/kpi/sso/return") as provider:
        vouches = {"KPI_OIDC_ISSUER": provider.issuer, "KPI_OIDC_CLIENT": CLIENT, "KPI_OIDC_SECRET": SECRET, "KPI_OIDC_URL": own}
        server = served(COMMANDS["python"], folder / "data", app, KPI_PROXY="127.0.0.1", KPI_HOSTS=NAME, **vouches)
        next(server)
        (folder / "nginx.conf").write_text(configured(folder, app, http, https), "utf-8")
        command = [NGINX, "-p", str(folder), "-c", "nginx.conf", "-e", "error.log"]
        checked = subprocess.run([*command, "-t"], check=False, capture_output=True, text=True)
        assert checked.returncode == 0, checked.stderr
        assert "[warn]" not in checked.stderr
        with subprocess.Popen(command, cwd=folder) as process:
            try:
                trusted = ssl.create_default_context(cafile=folder / "fullchain.pem")
                made = Behind(own, f"http://{NAME}:{http}", folder / "data", trusted)
                wait_for(made)
                yield made
            finally:
                process.terminate()
        server.close()


def configured(folder: Path, app: int, http: int, https: int) -> str:
    """The configuration that is delivered, with the places and ports of the test."""
    text = (ROOT / "deploy" / "nginx.conf").read_text("utf-8")
    for name, place in {
        "kpi.example.gov.cn": NAME,
        "listen 80;": f"listen 127.0.0.1:{http};",
        "listen 443": f"listen 127.0.0.1:{https}",
        "127.0.0.1:8501": f"127.0.0.1:{app}",
        "/etc/nginx/kpi/": f"{folder}/",
        "/var/log/nginx/": f"{folder}/",
        "https://$host$": f"https://$host:{https}$",
    }.items():
        assert name in text, name
        text = text.replace(name, place)
    temporary = "".join(f"{kind}_temp_path {folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    user = "user root;" if hasattr(os, "geteuid") and os.geteuid() == 0 else ""  # else its children could not read the folder of the test
    return f"daemon off; {user} worker_processes 1; pid {folder}/nginx.pid; events {{}} http {{ {temporary}\n{text}\n}}"


def wait_for(behind: Behind) -> None:
    """Wait until nginx answers."""
    with behind.client() as client:
        for _ in range(200):
            try:
                client.get("/healthz")
            except httpx2.ConnectError:
                time.sleep(0.05)
            else:
                return
    raise AssertionError("nginx does not answer")


def test_what_comes_by_http_or_under_another_name_gets_nothing(behind: Behind) -> None:
    answer = httpx2.get(f"{behind.http}/targets?period=2023-10", trust_env=False)
    assert (answer.status_code, answer.headers["location"]) == (301, f"{behind.https}/targets?period=2023-10")
    with pytest.raises(httpx2.ConnectError), behind.client() as client:
        client.get(behind.https.replace(NAME, "127.0.0.1"))
    with behind.client(host="evil.example") as client:
        assert (client.get("/kpi/login").status_code, client.get("/kpi/login").headers["server"]) == (421, "nginx")


def test_the_cookie_goes_over_https_alone_and_the_browser_stays_there(behind: Behind) -> None:
    with behind.client() as client:
        answer = behind.login(client)
        assert (answer.status_code, answer.headers["location"]) == (303, "/imports")
        assert re.fullmatch(r"__Host-kpi_session=[\w-]{43}; Path=/; HttpOnly; SameSite=Lax; Secure", answer.headers["set-cookie"])
        assert answer.headers["strict-transport-security"] == "max-age=31536000"
        assert client.get("/kpi/version").status_code == 200
        assert "nginx/" not in answer.headers["server"]


def test_the_interface_takes_as_much_at_once_as_the_dashboard_and_pages_one_file(behind: Behind) -> None:
    """22 MB reach the dashboard, which asks for a token; 110 MB do not, in a sentence of JSON; to a page 22 MB do not, in a plain one."""
    with behind.client() as client:
        for size, status in ((22_500_000, 401), (110_000_000, 413)):
            answer = client.post("/api/v1/submissions?file=a.xlsx", content=b"0" * size)
            assert (answer.status_code, answer.headers["content-type"].partition(";")[0]) == (status, "application/json")
        assert answer.json() == {"fault": "送来的太大，一份都没有收下；请分几次送。"}
        for path in ("/imports", "/api/v1/submissionsx"):
            assert client.post(path, content=b"0" * 22_500_000).status_code == 413


def test_what_is_packed_already_is_not_packed_again(behind: Behind) -> None:
    with behind.client() as client:
        behind.login(client)
        page = client.get("/imports", headers={"accept-encoding": "br, gzip"})
    assert page.headers["content-encoding"] == "br"
    assert "<title>" in page.text


@pytest.mark.browser
def test_a_page_is_drawn_over_the_websocket_and_takes_a_file(behind: Behind, browser: Browser, tmp_path: Path) -> None:
    """20 MB pass; what is larger is refused by a Chinese sentence."""
    (tmp_path / "最大.csv").write_bytes(b"0" * LARGEST)
    context = browser.new_context(locale="zh-CN", base_url=behind.https, ignore_https_errors=True)
    context.set_default_timeout(60_000)
    page = context.new_page()
    with page.expect_websocket() as opened:
        page.goto("/imports")
        page.get_by_label("账号").fill("reviewer")
        page.get_by_label("密码").fill(PASSWORD)
        page.get_by_role("button", name="登录").click()
        settled(page)
    assert opened.value.url.startswith(behind.https.replace("https", "wss"))
    [cookie] = [cookie for cookie in context.cookies() if "session" in cookie["name"]]
    assert (cookie["name"], cookie["secure"], cookie["httpOnly"], cookie["sameSite"]) == ("__Host-kpi_session", True, True, "Lax")
    with page.expect_response(lambda answer: "/upload_file/" in answer.url) as taken:
        page.locator("input[type=file]").set_input_files(tmp_path / "最大.csv")
    assert taken.value.status in (200, 204)
    expect(page.get_by_text("最大.csv").first).to_be_visible()
    held = {cookie["name"]: cookie["value"] for cookie in context.cookies()}
    with behind.client(cookie="; ".join(f"{name}={value}" for name, value in held.items())) as client:  # through the browser it would travel as text
        refused = client.put(taken.value.url, files={"file": ("b", b"0" * (LARGEST + 2_100_000), "text/csv")})
    assert (refused.status_code, refused.headers["content-type"]) == (413, "text/plain; charset=utf-8")
    assert refused.text.startswith("一份文件最多 20 MB，这一份太大")
    context.close()


@pytest.mark.browser
def test_the_single_sign_on_goes_its_way_over_https(behind: Behind, browser: Browser) -> None:
    """There and back between two sites, one of them behind nginx, and out of both."""
    context = browser.new_context(locale="zh-CN", base_url=behind.https, ignore_https_errors=True)
    context.set_default_timeout(60_000)
    page = context.new_page()
    page.goto("/imports")
    page.get_by_role("link", name="统一身份认证登录").click()
    page.get_by_label("工号").fill("E-17")
    page.get_by_role("button", name="登录").click()
    settled(page)
    assert page.url.split("?")[0] == f"{behind.https}/imports"
    ours = {cookie["name"]: cookie["secure"] for cookie in context.cookies(behind.https) if cookie["name"].startswith("__Host-")}
    assert ours == {"__Host-kpi_session": True, "__Host-kpi_sign_on": True}
    click(page.locator(".k-person summary"))
    click(page.get_by_role("button", name="退出", exact=True))
    page.wait_for_url(f"{behind.https}/kpi/login")
    context.close()


def test_an_idle_socket_outlasts_eight_minutes() -> None:
    text = (ROOT / "deploy" / "nginx.conf").read_text("utf-8")
    assert {int(seconds) for seconds in re.findall(r"proxy_(?:read|send)_timeout (\d+)s;", text)} == {600}


def test_the_log_of_the_proxy_names_requests_and_no_words_of_addresses(behind: Behind) -> None:
    with behind.client() as client:
        number = client.get("/kpi/login?next=/targets%3Fsecret").headers["x-request-id"]
    logged = (behind.data.parent / "kpi.log").read_text("utf-8")
    assert number in logged
    assert "secret" not in logged


def test_the_address_that_counts_is_that_of_the_machine_and_not_what_it_says(behind: Behind) -> None:
    """Guesses under six names of machines are guesses of one machine, and another machine is not shut out by them."""
    before = len(behind.audit())
    for number in range(5):
        forged = {"x-forwarded-for": f"203.0.113.{number}", "forwarded": "for=203.0.113.9", "x-real-ip": "203.0.113.9"}
        with behind.client("127.0.0.2", **forged) as client:
            assert "账号或密码不对" in behind.login(client, f"nobody{number}", "wrong").text
    with behind.client("127.0.0.2", **{"x-forwarded-for": "203.0.113.77"}) as client:
        assert "登录失败次数太多" in behind.login(client).text
    with behind.client("127.0.0.3") as client:
        assert behind.login(client).status_code == 303
    noted = [(entry.what.value, entry.address) for entry in behind.audit()[before:]]
    assert noted == [("登录失败", "127.0.0.2")] * 4 + [("锁定", "127.0.0.2"), ("登录", "127.0.0.3")]
