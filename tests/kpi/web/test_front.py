"""The layer in front of the pages: packed files, guards, the document in Chinese."""

import asyncio
import gzip
import json
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import brotli
import pytest

from kpi.web.assets import Assets, accepted
from kpi.web.document import document
from kpi.web.front import Front
from kpi.web.own_files import named

INDEX = """<!-- licence -->
<!DOCTYPE html>
<html lang="en"><head><title>Streamlit</title>
<link rel="preload" href="./static/media/a.woff2" as="font" crossorigin />
<link rel="service-desc" href="./_stcore/agent/openapi.json" />
<script>window.prerenderReady = false</script>
<script type="module" src="./static/js/index.abc.js"></script>
<link rel="stylesheet" href="./static/css/index.abc.css">
</head><body><noscript><p>You need JavaScript</p></noscript><div id="root"></div></body></html>"""


@pytest.fixture
def page():
    return document(INDEX, {"exact": {"Search": "查找"}, "patterns": []}, ".k { color: red }", "看板", "请启用 JavaScript。")


def screen(path: str, query: str) -> str:
    """A first screen that says what it was asked for; 报送 has none."""
    return "" if path == "/imports" else f"<p>{path} {query}</p>"


@pytest.fixture
def front(tmp_path: Path, page):
    (tmp_path / "static" / "js").mkdir(parents=True)
    (tmp_path / "static" / "js" / "index.abc.js").write_text("let a = 1;" * 500, encoding="utf-8")
    (tmp_path / "secret.js").write_text("no", encoding="utf-8")

    async def library(scope, receive, send):
        page_like = scope["path"] in ("/", "/targets", "/imports", "/review/targets", "/media/x.html", "/wall")
        kind = b"text/html; charset=utf-8" if page_like else b"text/plain"
        headers = [(b"Content-Type", kind), (b"Content-Length", b"5"), (b"ETag", b'"x"'), (b"Set-Cookie", b"a=1")]
        lost = {"/a/../b": (400, []), "/a/b.png": (404, headers), "/media/b": (404, headers)}
        status, headers = lost.get(scope["path"], (200, headers))
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": b"hel", "more_body": True})
        await send({"type": "http.response.body", "body": b"lo", "more_body": False})

    return Front(library, Assets(tmp_path / "static"), page, screen, [named("wall", "js", "let wall;")], "没有".encode())


def run(coroutine):
    """Run on a thread of its own: a browser test before this one may have left a loop running on the main thread."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, coroutine).result()


def ask(front: Front, path: str, method: str = "GET", encoding: bytes = b"gzip, br"):
    """The status, headers and body of one request."""
    messages = []

    async def send(message):
        messages.append(message)

    async def receive():
        return {"type": "http.request"}

    path, _, query = path.partition("?")
    scope = {"type": "http", "method": method, "path": path, "query_string": query.encode(), "headers": [(b"Accept-Encoding", encoding)]}
    run(front(scope, receive, send))
    body = b"".join(message.get("body", b"") for message in messages[1:])
    return messages[0]["status"], dict(messages[0]["headers"]), body


def test_scripts_travel_packed_and_are_kept_for_good(front):
    _, headers, body = ask(front, "/static/js/index.abc.js")
    assert headers[b"content-encoding"] == b"br"
    assert b"immutable" in headers[b"cache-control"]
    assert headers[b"content-length"] == str(len(body)).encode()
    assert brotli.decompress(body) == b"let a = 1;" * 500


def test_an_older_browser_gets_gzip_and_the_oldest_the_file_itself(front):
    assert gzip.decompress(ask(front, "/static/js/index.abc.js", encoding=b"gzip;q=1.0, br;q=0")[2]) == b"let a = 1;" * 500
    assert ask(front, "/static/js/index.abc.js", encoding=b"identity")[2] == b"hello"


def test_head_says_the_same_without_the_body(front):
    _, headers, body = ask(front, "/static/js/index.abc.js", method="HEAD")
    assert body == b""
    assert int(headers[b"content-length"]) > 0


@pytest.mark.parametrize("path", ["/static/../secret.js", "/static/js/../../secret.js", "/static/js/nothing.js", "/static/js"])
def test_nothing_outside_the_folder_is_served(front, path):
    assert ask(front, path)[2] == b"hello"  # left to the library, which knows nothing of it


@pytest.mark.parametrize("path", ["/", "/targets", "/media/x.html", "/static/js/index.abc.js", "/_stcore/health"])
def test_every_answer_carries_the_guards(front, path):
    _, headers, _ = ask(front, path)
    assert b"frame-ancestors 'none'" in headers[b"content-security-policy"]
    assert b"script-src 'self' 'wasm-unsafe-eval';" in headers[b"content-security-policy"]
    assert headers[b"x-content-type-options"] == b"nosniff"


def test_the_document_takes_the_place_of_the_librarys(front, page):
    """With what the page says written into it, before the place where the library will draw."""
    _, headers, body = ask(front, "/targets?period=2023-11", encoding=b"gzip")
    assert body == page.with_screen("<p>/targets period=2023-11</p>")
    assert body.index(b"2023-11") < body.index(b'<div id="root">')
    assert headers[b"content-length"] == str(len(body)).encode()
    assert b"etag" not in headers
    assert headers[b"set-cookie"] == b"a=1"


def test_the_document_travels_packed_and_is_asked_for_anew(front, page):
    _, headers, body = ask(front, "/targets?period=2023-11")
    assert headers[b"content-encoding"] == b"br"
    assert headers[b"cache-control"] == b"no-cache"
    assert headers[b"content-length"] == str(len(body)).encode()
    assert brotli.decompress(body) == page.with_screen("<p>/targets period=2023-11</p>")


def test_a_page_without_a_first_screen_is_the_bare_document(front, page):
    assert ask(front, "/imports", encoding=b"")[2] == page.before + page.after


def test_an_address_too_deep_leads_home(front):
    """The document's scripts are named relative to it, so below the first level nothing would load."""
    status, headers, body = ask(front, "/review/targets")
    assert (status, headers[b"location"], body) == (302, b"../", b"")


def test_html_that_is_no_page_stays_as_it_is(front):
    assert ask(front, "/media/x.html")[2] == ask(front, "/wall")[2] == b"hello"


def test_the_document_is_chinese_and_asks_nobody_else(page):
    html = (page.before + page.after).decode()
    assert html.startswith('<!DOCTYPE html>\n<html lang="zh-CN">')
    assert "<title>看板</title>" in html
    assert "You need" not in html
    assert "service-desc" not in html
    assert not re.search(r"<script>[^<]", html)
    assert page.files == ("js/index.abc.js", "css/index.abc.css")


def test_nothing_has_to_be_fetched_before_the_first_screen_is_seen(page):
    """Our style stands in the document, our script waits, and what the library brings lies at the end in a template, which asks for nothing."""
    [script] = page.own
    before, after = page.before.decode(), page.after.decode()
    assert '<style id="fragment-style">.k { color: red }</style>' in before
    assert f'<script defer src=".{script.path}"></script>' in before
    assert "index.abc" not in before
    library = after.partition('<template id="library">')[2].partition("</template>")[0]
    assert '<script type="module" src="./static/js/index.abc.js"></script>' in library
    assert '<link rel="stylesheet" href="./static/css/index.abc.css">' in library
    assert after.count("index.abc") == 2


def test_our_files_are_kept_for_good_under_names_that_change_with_them(front, page):
    [script] = page.own
    _, headers, body = ask(front, script.path, encoding=b"")
    assert body == script.content
    assert '"Search": "查找"'.encode() in body
    assert b"immutable" in headers[b"cache-control"]
    assert brotli.decompress(ask(front, script.path)[2]) == script.content
    assert ask(front, named("wall", "js", "let wall;").path, encoding=b"")[2] == b"let wall;"
    other = document(INDEX, {"exact": {}, "patterns": []}, ".k { color: red }", "看板", "").own
    assert other[0].path != script.path


@pytest.mark.parametrize(("path", "status"), [("/a/../b", 400), ("/a/b.png", 404)])
def test_who_asks_for_what_the_library_does_not_have_is_answered_in_chinese(front, path, status):
    """Where it answers ``Bad Request`` or ``Not Found``; what its own script asks for stays as it is."""
    answered, headers, body = ask(front, path)
    assert (answered, headers[b"content-type"], body.decode()) == (status, b"text/html; charset=utf-8", "没有")
    assert headers[b"content-length"] == b"6"
    assert ask(front, "/media/b")[2] == b"hello"


def test_websockets_pass_through(page, tmp_path):
    seen = []

    async def library(scope, receive, send):
        seen.append(scope["type"])

    run(Front(library, Assets(tmp_path), page, screen)({"type": "websocket", "path": "/_stcore/stream"}, None, None))
    assert seen == ["websocket"]


@pytest.mark.parametrize(("header", "best"), [(b"gzip, deflate, br", "br"), (b"br;q=0, gzip", "gzip"), (b"identity", None), (b"", None)])
def test_the_best_packing_a_browser_takes(header, best):
    assert accepted(header) == best


def test_the_shipped_dictionary_is_chinese():
    dictionary = json.loads((Path(__file__).parents[3] / "pages" / "widgets" / "zh.json").read_text(encoding="utf-8"))
    said = [*dictionary["exact"].values(), *(chinese for _, chinese in dictionary["patterns"])]
    assert all(not words.isascii() for words in said if words)
    for pattern, _ in dictionary["patterns"]:
        re.compile(pattern)
