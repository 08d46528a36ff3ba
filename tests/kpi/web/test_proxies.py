"""Reverse proxies: the listed ones are believed, all others are not."""

import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.testclient import TestClient
from uvicorn import Config

from kpi.errors import RequestError
from kpi.web.proxies import believe, proxies, require_started_by_us
from kpi.web.tokens import cookie


async def seen(scope, receive, send):
    """Whose request it is, and whether the cookie is for https alone."""
    request = Request(scope)
    await PlainTextResponse(f"{request.client.host} {'Secure' in cookie(scope, 'x').decode()}")(scope, receive, send)


@pytest.mark.parametrize(
    ("listed", "peer", "expected"),
    [
        ("", "127.0.0.1", "127.0.0.1 False"),
        ("10.1.2.3", "127.0.0.1", "127.0.0.1 False"),
        ("127.0.0.1", "127.0.0.1", "10.9.9.9 True"),
        ("10.1.2.0/28, ::1", "10.1.2.15", "10.9.9.9 True"),
        ("10.1.2.0/28", "10.1.2.16", "10.1.2.16 False"),
    ],
)
def test_what_a_proxy_says_counts_where_it_is_listed(monkeypatch, listed, peer, expected):
    monkeypatch.setenv("FORWARDED_ALLOW_IPS", "*")  # whatever was there
    believe(proxies({"KPI_PROXY": listed}))
    server = Config(seen, log_config=None)
    server.load()
    client = TestClient(server.loaded_app, client=(peer, 50000))
    forged = {"x-forwarded-for": "203.0.113.1, 10.9.9.9", "x-forwarded-proto": "https"}
    assert client.get("/", headers=forged).text == expected


@pytest.mark.parametrize("listed", ["proxy.bureau.example", "10.1.2.3/8", "10.1.2", "*", "10.1.2.3 10.1.2.4"])
def test_what_is_no_address_is_a_sentence(listed):
    with pytest.raises(RequestError, match="KPI_PROXY 里的"):
        proxies({"KPI_PROXY": listed})


@pytest.mark.parametrize("listed", ["0.0.0.0/0", "127.0.0.1, ::/0"])
def test_everybody_is_no_proxy(listed):
    with pytest.raises(RequestError, match="不能写所有地址"):
        proxies({"KPI_PROXY": listed})


def test_the_other_way_to_start_does_not_know_proxies():
    require_started_by_us([])
    with pytest.raises(RequestError, match=r"python app\.py"):
        require_started_by_us(["127.0.0.1"])
