"""The pages in a browser: what a filter change costs the server, how soon it is drawn, and a first load."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
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
PAGES = {"总览": "", "趋势": "trends", "同比": "compare"}
LOADED = {"总览": "", "趋势": "trends"}  # the first screen has no chart, the other brings the chart library
BUDGET = Budget(0.030, of_cpu=True)
STOCK, FLOOR = "Streamlit's defaults", "an empty page"
OTHERS = {STOCK: server.stock, FLOOR: server.empty}
SeenAt = dict[str, list[Seen]]


def measure(material: Material, rounds: int) -> Iterator[Comparison]:
    """
    Loads, then changes of the month on three pages: first to months that nobody has opened, then to the same again.

    A change's CPU is the server's, all threads, until the page has been still for a while, so that what the server does
    after an answer is counted too.
    """
    with ExitStack() as stack:
        servers = {"": stack.enter_context(server.ours(material))}
        servers |= {name: stack.enter_context(serve(material)) for name, serve in OTHERS.items()}
        browser = stack.enter_context(visitor.browser())
        distant = {name: replace(servers[name], port=stack.enter_context(line.slow(servers[name].port))) for name in ("", STOCK)}
        for title, path in LOADED.items():
            cold, warm = _loads(browser, servers, path, min(rounds, LOADS), visits=2)
            yield from _loaded(f"{title} cold", cold)
            yield from _loaded(f"{title} warm", warm)
            (cold,) = _loads(browser, distant, path, min(rounds, LOADS), visits=1)
            yield Comparison(f"{title} cold at 20 Mbit/s, first line", _first_line(cold[""]), STOCK, _first_line(cold[STOCK]))
            yield Comparison(f"{title} cold at 20 Mbit/s, drawn", _drawn(cold[""]), STOCK, _drawn(cold[STOCK]))
        for title, path in PAGES.items():
            new, again = _changes(browser, servers, path, rounds)
            yield from _changed(f"{title}, to a new month", new)
            yield from _changed(f"{title}, to a month seen before", again)


def _loads(browser: Browser, servers: dict[str, Server], path: str, rounds: int, visits: int) -> list[SeenAt]:
    """
    Somebody who has never been there comes to each server in turn, and comes again; a first round is not counted.

    Returns:
        What was seen on the first visits, what on the second, and so on.
    """
    visits_seen: list[SeenAt] = [defaultdict(list) for _ in range(visits)]
    for count in range(rounds + 1):
        for name, served in servers.items():
            with visitor.person(browser) as context:
                for nth in visits_seen:
                    visit = Visit(context, served, "" if name == FLOOR else path)
                    seen = visit.load(MONTH)
                    if count:
                        nth[name].append(seen)
                    visit.close()
    return visits_seen


def _changes(browser: Browser, servers: dict[str, Server], path: str, rounds: int) -> tuple[SeenAt, SeenAt]:
    """By turns: each open page goes to the same month, back through time, and then forward again."""
    new: SeenAt = defaultdict(list)
    again: SeenAt = defaultdict(list)
    with ExitStack() as stack:
        visits = {}
        for name, served in servers.items():
            context = stack.enter_context(visitor.person(browser))
            visits[name] = Visit(context, served, "" if name == FLOOR else path)
            visits[name].load(MONTH)
        months = [MONTH.plus(-back) for back in range(1, rounds + 1)]
        for seen, listed in ((new, months), (again, [*reversed(months[:-1]), MONTH])):
            for month in listed:
                for name, visit in visits.items():
                    seen[name].append(visit.choose(month))
    return new, again


def _loaded(case: str, seen: SeenAt) -> Iterator[Comparison]:
    yield Comparison(f"{case}, first line", _first_line(seen[""]), STOCK, _first_line(seen[STOCK]))
    for name in OTHERS:
        yield Comparison(f"{case}, drawn", _drawn(seen[""]), name, _drawn(seen[name]))
    yield Comparison(f"{case}, transferred", _size(seen[""]), STOCK, _size(seen[STOCK]), unit=Unit.SIZE)


def _changed(case: str, seen: SeenAt) -> Iterator[Comparison]:
    for name in OTHERS:
        yield Comparison(case, _drawn(seen[""]), name, _drawn(seen[name]), BUDGET if name == STOCK else None)


def _first_line(seen: Sequence[Seen]) -> Timing:
    return Timing([took.first_line for took in seen])


def _drawn(seen: Sequence[Seen]) -> Timing:
    return Timing([took.drawn for took in seen], [took.cpu for took in seen])


def _size(seen: Sequence[Seen]) -> Timing:
    return Timing([took.size for took in seen])
