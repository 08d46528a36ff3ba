"""The pages in a browser: how soon a first visit, a second one, a change of the month and another page are drawn, and what they cost the server."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace

from playwright.sync_api import Browser

from bench import line, server, visitor
from bench.material import MONTH, Material
from bench.measure import Timing
from bench.results import Budget, Comparison, Unit
from bench.server import Server
from bench.visitor import Seen, Visit

ROUNDS = 20
LOADS = 5
PAGES = ("总览", "未达标", "趋势", "同比")
EARLIER, FLOOR, DASH = "the build before", "an empty page", "Dash"
DRAWN_COLD = {"总览": 0.65, "未达标": 0.65, "趋势": 0.5, "同比": 0.5}  # of the build before
MESSAGES = Budget(30)
OTHER_PAGE = Budget(0.3)
SeenAt = dict[str, list[Seen]]
Budgets = Mapping[str, Budget]


def measure(material: Material, rounds: int) -> Iterator[Comparison]:
    """
    Loads, changes of the month, and walks from page to page, each server in turn.

    A change goes to months that nobody has opened first, then to the same again.  Its CPU is the server's, all threads,
    until the page has been still for a while, so that what the server does after an answer is counted too.
    """
    with ExitStack() as stack:
        servers = {
            "": stack.enter_context(server.ours(material)),
            EARLIER: stack.enter_context(server.earlier(material.build)),
            FLOOR: stack.enter_context(server.empty(material)),
            DASH: stack.enter_context(server.dash(material)),
        }
        browser = stack.enter_context(visitor.browser())
        for title in PAGES:
            cold, warm = _loads(browser, _having(servers, title), title, min(rounds, LOADS), visits=2)
            yield from _loaded(f"{title} cold", cold, {EARLIER: _times(0.25)}, {EARLIER: _times(DRAWN_COLD[title]), DASH: _times(0.7)})
            yield from _beside(f"{title} cold, transferred", cold, _size, unit=Unit.SIZE)
            yield from _loaded(f"{title} warm", warm, {}, {EARLIER: _times(0.6)})
        distant = {name: replace(served, port=stack.enter_context(line.slow(served.port))) for name, served in servers.items() if name != FLOOR}
        (cold,) = _loads(browser, distant, PAGES[0], min(rounds, LOADS), visits=1)
        yield from _loaded(f"{PAGES[0]} cold at 20 Mbit/s", cold, {}, {})
        for title in PAGES:
            new, again = _changes(browser, _having(servers, title), title, rounds)
            yield from _changed(f"{title}, to a new month", new)
            yield from _changed(f"{title}, to a month seen before", again)
        walked = _walks(browser, servers, rounds)
        for title in PAGES:
            yield from _beside(f"{title}, from another page", walked[title], _drawn, {EARLIER: OTHER_PAGE})


def _having(servers: Mapping[str, Server], title: str) -> dict[str, Server]:
    """The servers that have a page."""
    return {name: served for name, served in servers.items() if title in served.manner.paths}


def _loads(browser: Browser, servers: Mapping[str, Server], title: str, rounds: int, visits: int) -> list[SeenAt]:
    """
    Somebody who has never been there comes to each server in turn, and comes again; a first round is not counted.

    Returns:
        What was seen on the first visits, what on the second, and so on.
    """
    visits_seen: list[SeenAt] = [defaultdict(list) for _ in range(visits)]
    for count in range(rounds + 1):
        for name, served in servers.items():
            with visitor.person(browser, served.manner) as context:
                for nth in visits_seen:
                    visit = Visit(context, served, title)
                    seen = visit.load(MONTH)
                    if count:
                        nth[name].append(seen)
                    visit.close()
    return visits_seen


def _changes(browser: Browser, servers: Mapping[str, Server], title: str, rounds: int) -> tuple[SeenAt, SeenAt]:
    """By turns: each open page goes to the same month, back through time, and then forward again."""
    new: SeenAt = defaultdict(list)
    again: SeenAt = defaultdict(list)
    with ExitStack() as stack:
        visits = {name: _open(stack, browser, served, title) for name, served in servers.items()}
        months = [MONTH.plus(-back) for back in range(1, rounds + 1)]
        for seen, listed in ((new, months), (again, [*reversed(months[:-1]), MONTH])):
            for month in listed:
                for name, visit in visits.items():
                    seen[name].append(visit.choose(month))
    return new, again


def _walks(browser: Browser, servers: Mapping[str, Server], rounds: int) -> dict[str, SeenAt]:
    """
    By turns: each visitor goes through the pages by the navigation; a first walk, which loads what a page brings, is not counted.

    Returns:
        What was seen of each page.
    """
    walked: dict[str, SeenAt] = {title: defaultdict(list) for title in PAGES}
    with ExitStack() as stack:
        visits = {name: _open(stack, browser, served, PAGES[0]) for name, served in servers.items() if len(served.manner.paths) > 1}
        for count in range(rounds + 1):
            for title in (*PAGES[1:], PAGES[0]):
                for name, visit in visits.items():
                    if title in servers[name].manner.paths:
                        seen = visit.follow(title, MONTH)
                        if count:
                            walked[title][name].append(seen)
    return walked


def _open(stack: ExitStack, browser: Browser, served: Server, title: str) -> Visit:
    visit = Visit(stack.enter_context(visitor.person(browser, served.manner)), served, title)
    visit.load(MONTH)
    return visit


def _loaded(case: str, seen: SeenAt, first_line: Budgets, drawn: Budgets) -> Iterator[Comparison]:
    yield from _beside(f"{case}, first line", seen, _first_line, first_line)
    yield from _beside(f"{case}, drawn", seen, _drawn, drawn)


def _changed(case: str, seen: SeenAt) -> Iterator[Comparison]:
    yield from _beside(f"{case}, drawn", seen, _drawn, {EARLIER: _times(0.4), DASH: _times(0.5)})
    before = {name: seen[name] for name in ("", EARLIER)}
    yield from _beside(f"{case}, CPU of the server", before, _cpu, {EARLIER: _times(0.65)})
    yield from _beside(f"{case}, messages", before, _messages, {EARLIER: MESSAGES}, Unit.COUNT)


def _beside(case: str, seen: SeenAt, take: Callable[[Sequence[Seen]], Timing], budgets: Budgets | None = None, unit: Unit = Unit.TIME) -> Iterator[Comparison]:
    """Ours beside each of the others that were there."""
    for name in seen:
        if name:
            yield Comparison(case, take(seen[""]), name, take(seen[name]), (budgets or {}).get(name), unit)


def _times(ratio: float) -> Budget:
    return Budget(ratio, as_ratio=True)


def _first_line(seen: Sequence[Seen]) -> Timing:
    return Timing([took.first_line for took in seen])


def _drawn(seen: Sequence[Seen]) -> Timing:
    return Timing([took.drawn for took in seen], [took.cpu for took in seen])


def _cpu(seen: Sequence[Seen]) -> Timing:
    return Timing([took.cpu for took in seen])


def _size(seen: Sequence[Seen]) -> Timing:
    return Timing([took.size for took in seen])


def _messages(seen: Sequence[Seen]) -> Timing:
    return Timing([took.messages for took in seen])
