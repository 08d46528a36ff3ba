"""
Values that nobody means, everywhere the application takes one: pages, exports, files, the search, the interface, the forms of the login.

``python -m tests.faults.fuzzing DATA COUNT SEED`` draws so many requests, asks them of the application over a data
folder with accounts, and prints how each kind of answer came out and which were wrong, as JSON.  Right is a page, a document or a sentence in
Chinese: no fault of ours, no status of 500, nothing of the value as markup, in a header or as a line of the log, and a store that
is as it was.
"""

import asyncio
import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import quote_from_bytes, urlencode, urlsplit

from kpi.access.account import Account
from kpi.access.admission import Admission
from kpi.access.api_tokens import ApiToken
from kpi.access.roles import AccountRole
from kpi.catalog import load
from kpi.store import clock
from kpi.web.recent_faults import RecentFaults, recent_faults
from tests.faults.asking import HOST, Answer, Asked, answer_to, application, in_a_process, page_run
from tests.faults.filled import CATALOG
from tests.faults.surviving import Survival

PASSWORD = "Good-pass-9"
MARK = "<b id=fuzz>"  # never to be seen as it is in a document
FORGED = "x-forged: 1"
_CHINESE = range(0x4E00, 0x9FA6)
_RUN_EVERY = 8  # of the pages so many are run as well, not only drawn
VALUES = (  # bytes, as an address can bring any
    *(b"", b" ", b"\0", b"%", b"%zz", b"\xff\xfe", b"\xed\xa0\x80", b"a" * 5_000, b"9" * 400, b"-1", b"-0", b"0", b"1e309", b"NaN", b"None", b"null", b"true"),
    *(b"0000-00", b"0001-01", b"9999-12", b"10000-01", b"2023-13", b"2023-00", b"2023-11-31", b"2023-2", b"202311", b"2023/11", b"9999-12-31", b"0001-01-01"),
    *(
        "２０２３-１１".encode(),
        "2023年11月".encode(),
        "٢٠٢٣-١١".encode(),
        "²".encode(),
        "Ⅻ".encode(),
        "\u202e11-3202".encode(),
        "\u200b".encode(),
        "😀".encode(),
    ),
    *("İ".encode(), "ß".encode(), "e\u0301".encode() * 50, "甲".encode() * 300, "\u2028".encode(), "\x85".encode(), b"\x1b[31m"),
    *(
        MARK.encode(),
        b"'\">" + MARK.encode(),
        b"<script>alert(1)</script>",
        b"javascript:alert(1)",
        b"[a](javascript:alert(1))",
        b"{{7*7}}",
        b"${7*7}",
        b"{x.__class__}",
    ),
    *(b"' or 1=1 --", b'" or ""="', b"'; drop table figure; --", b"\\'; select 1", b"1 union select 1", b"%' or '1'='1", b"$1", b"$period", b"?", b":a"),
    *(b"../../etc/passwd", b"..\\..\\secret", b"/etc/passwd", b"C:\\x", b"file:///etc/passwd", b"//evil.example", b"a/b", b".", b"..", b"~", b"secret\0.xlsx"),
    *(b"a\r\n" + FORGED.encode(), b"a\n" + FORGED.encode(), b'a\n{"level": "forged"}', b"%s%n%d", b"%(x)s", b"{0}", b"$(id)", b"`id`", b"=1+1", b"@SUM(1)"),
    *(b"all", b"ytd", b"month", b"donghu", b"food", b"food_pass_rate", b"2023-11", b"jiangcheng", b"1", b"17", b"kpi", b"late"),
)
_API = ("period", "from", "to", "indicator", "span", "office", "org", "as_of", "x", "period[]", "")
_FORMS = ("account", "password", "next", "old", "new", "again", "token", "name", "ended", "everywhere", "x")


@dataclass(frozen=True)
class Fuzzed:
    """One request; of a page that is to be run its path below the root."""

    kind: str
    asked: Asked
    run: str | None = None


def drawn(count: int, seed: int, keys: Sequence[str], pages: Sequence[str], visitors: dict[str, Sequence[tuple[str, str]]]) -> Iterator[Fuzzed]:
    """So many requests: every value at least once where there are enough, each kind of place in turn."""
    chance = Random(seed)
    places = ("page", "page", "page", "page", "export", "original", "search", "wall", "api", "api", "login", "path")
    for number in range(count):
        place = places[number % len(places)]
        value = VALUES[number % len(VALUES)] if chance.random() < 0.6 else bytes(chance.randrange(256) for _ in range(chance.randrange(30)))
        words = [(chance.choice(_API if place == "api" else keys), value)]
        words += [(chance.choice(_API if place == "api" else keys), chance.choice(VALUES)) for _ in range(chance.randrange(4))]
        query = "&".join(f"{quote_from_bytes(key.encode())}={quote_from_bytes(word)}" for key, word in words)
        headers = visitors["api" if place == "api" else chance.choice(("leader", "leader", "reviewer", "admin1"))]
        path = chance.choice(pages)
        if place == "page":
            yield Fuzzed(place, Asked("GET", f"/{path}", query, headers), path if number % _RUN_EVERY == 0 else None)
        elif place in ("export", "original"):
            word = value.decode("utf-8", "replace").replace("/", "") if chance.random() < 0.5 else chance.choice(("overview", "targets", "1", "8"))
            yield Fuzzed(place, Asked("GET", f"/kpi/{place}/{word}", query, headers))
        elif place == "api" and chance.random() < 0.3:
            yield Fuzzed("sent", Asked("POST", "/api/v1/submissions", query, headers, value * chance.randrange(50)))
        elif place == "api":
            question = chance.choice(("board", "missed", "series", "source", "completeness", "relations", "openapi.json", "x"))
            yield Fuzzed(place, Asked("GET", f"/api/v1/{question}", query, headers))
        elif place == "login":
            fields = [(chance.choice(_FORMS), word.decode("utf-8", "replace")) for word in (value, *(chance.choice(VALUES) for _ in range(4)))]
            body = urlencode(fields).encode() if chance.random() < 0.7 else value * 3
            form = chance.choice(("/kpi/login", "/kpi/password", "/kpi/first", "/kpi/logout"))
            yield Fuzzed(place, Asked(chance.choice(("GET", "POST", "POST")), form, query, (), body))
        else:
            where = {"search": "/kpi/search", "wall": "/wall"}.get(place, f"/{value.decode('utf-8', 'replace')}")
            yield Fuzzed(place, Asked("GET", where, query, headers))


def wrong(answer: Answer) -> str:
    """Why an answer is not one that somebody may get; empty where it is."""
    page = "html" in answer.headers.get("content-type", "")
    if answer.status == 0 or answer.status >= 500:
        return f"status {answer.status}: {answer.text[:200]!r}"
    if "Traceback" in answer.text or "site-packages" in answer.text:
        return f"a traceback: {answer.text[:200]!r}"
    if page and MARK in answer.text:
        return f"markup: {answer.text[max(answer.text.index(MARK) - 80, 0) :][:200]!r}"
    if any("\n" in value or "\r" in value for value in answer.headers.values()) or "x-forged" in answer.headers:
        return f"headers: {answer.headers}"
    if urlsplit(where := answer.headers.get("location", "")).netloc not in ("", HOST):
        return f"leads to {where}"
    chinese = any(ord(sign) in _CHINESE for sign in answer.text) or "\\u" in answer.text
    if answer.status >= 400 and answer.body and not chinese and answer.status != 405:
        return f"{answer.status} not in Chinese: {answer.text[:100]!r}"
    return ""


def prepare_accounts(data: Path, folder: Path = CATALOG) -> dict[str, Sequence[tuple[str, str]]]:
    """Accounts of four roles and a token; the headers that each of them sends."""
    admission, catalog = Admission(data), load.load(folder)
    admission.accounts.add_first("admin1", "赵管理", PASSWORD)
    others = {"leader": AccountRole.LEADER, "reviewer": AccountRole.REVIEWER, "auditor": AccountRole.AUDITOR}
    for account in (Account(name, "王统计", role) for name, role in others.items()):
        admission.accounts.add(account, catalog, "赵管理")
        admission.accounts.change_password(account.account, PASSWORD)
    visitors: dict[str, Sequence[tuple[str, str]]] = {name: [("cookie", f"kpi_session={admission.sessions.open(name, '')}")] for name in ("admin1", *others)}
    _, token = admission.tokens.add(ApiToken("screen", AccountRole.REVIEWER, clock.today()), catalog, "赵管理")
    admission.close()
    return {**visitors, "api": [("authorization", f"Bearer {token}")]}


async def fuzz(data: Path, count: int, seed: int) -> dict[str, Any]:
    """Ask all; ``kinds`` counts the answers of each kind of place by their status, ``wrong`` are sentences."""
    visitors, failures, kinds = prepare_accounts(data), list[str](), Counter[str]()
    async with application(data, CATALOG) as served:
        from kpi.web import gate
        from pages.site import PAGES
        from pages.view import _KEYS
        from pages.widgets import running

        gate._MOST_A_MINUTE = count
        version, keys = running.opened().store.version, sorted(_KEYS | {"draft", "download", "find", "row", "edition"})
        for fuzzed in drawn(count, seed, keys, [page.path for page in PAGES], visitors):
            answer = await answer_to(served, fuzzed.asked)
            kinds[f"{fuzzed.kind} {answer.status}"] += 1
            why = wrong(answer)
            if fuzzed.run is not None and not why:
                messages = await page_run(served, fuzzed.run, fuzzed.asked.query, fuzzed.asked.headers)
                kinds["run"] += 1
                why = "" if any(message.WhichOneof("type") == "script_finished" for message in messages) else "the page never ended"
            if faults := recent_faults.latest():
                why = f"{why} {[(fault.kind, fault.where) for fault in faults]}"
                recent_faults._kept.clear()
            if why:
                failures.append(f"{fuzzed.asked}: {why}"[:1500])
        opened = running.opened()
        if (opened.store.version, opened.store.verify()) != (version, []):
            failures.append(f"the store has changed: {opened.store.version}, {opened.store.verify()}")
        if (await answer_to(served, Asked("GET", "/healthz"))).text != '{"status":"ok","version":"0.1.0"}':
            failures.append("it is not well afterwards")
    failures += forged_lines(data / "logs" / "server.jsonl")
    return {"kinds": kinds, "wrong": failures}


def forged_lines(log: Path) -> list[str]:
    """The lines of a log that are not whole records of ours."""
    found = []
    for line in log.read_text("utf-8").split("\n")[:-1]:
        try:
            if {"time", "level", "request", "message"} - set(json.loads(line)):
                found.append(f"a forged line: {line[:200]}")
        except ValueError:
            found.append(f"a broken line: {line[:200]}")
    return found


def survivals(data: Path, count: int, seed: int) -> Iterator[Survival]:
    """What became of so many requests to the application over a data folder, which is written to."""
    found = in_a_process(__spec__.name, str(data), str(count), str(seed))
    failed = len(found["wrong"])
    for kind, times in found["kinds"].items():
        yield Survival(kind, kind, times=max(times - failed, 0) if failed else times)
    yield from (Survival("fuzzed", "FAILED", words) for words in found["wrong"])


def main(data: Path, count: int, seed: int) -> None:
    """Fuzz, and print what was found."""
    assert isinstance(recent_faults, RecentFaults)
    sys.stdout.write(f"\n{json.dumps(asyncio.run(fuzz(data, count, seed)), ensure_ascii=False)}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
