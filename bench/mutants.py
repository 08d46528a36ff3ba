"""
``python -m bench mutants``: small faults are put into the code that computes, one at a time; how many do the tests notice?

Mutants are drawn by a seed over ``kpi/compute``, ``kpi/figures``, ``kpi/store/sql`` and ``kpi/validation``.  Each is tried in
a copy of the tree: first by the tests beside the file, then by those of the figures that it ends in.  A survivor is
printed with its diff: it gets a test, or a reason why nobody can tell it from the program.
"""

import argparse
import difflib
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from itertools import islice
from pathlib import Path
from queue import Queue
from random import Random
from tempfile import TemporaryDirectory

from bench.mutant_kinds import Mutant, mutants
from bench.mutant_trials import KILLED, SURVIVED, TIMED_OUT, Copy, tiers

ROOT = Path(__file__).resolve().parents[1]
ROOMS = {"kpi/compute": 60, "kpi/figures": 35, "kpi/store/sql": 45, "kpi/validation": 60}  # and how many mutants of each are tried
SEED = 20231123


def main(arguments: Sequence[str]) -> int:
    """
    Do what is asked.

    Returns:
        The exit code: 1 when a mutant survived, else 0.
    """
    parser = argparse.ArgumentParser(prog="python -m bench mutants", description="Put small faults into the code and see whether the tests notice.")
    parser.add_argument("--only", default="", metavar="PATH", help="only files that begin with this: kpi/compute, kpi/store/sql/part.sql")
    parser.add_argument("--seed", type=int, default=SEED, help="which of all mutants are drawn")
    parser.add_argument("--share", type=float, default=1.0, help="how many of a room's own number: 0.5 is half of them")
    parser.add_argument("--jobs", type=int, default=2, help="how many are tried at once, each in a copy of the tree of its own")
    parser.add_argument("--limit", type=int, default=900, help="seconds after which a mutant counts as one that never ends")
    parser.add_argument("--near", action="store_true", help="only the tests beside a file and those of its room: minutes instead of hours, and more survive")
    parser.add_argument("--list", action="store_true", help="print the mutants and try none")
    asked = parser.parse_args(arguments)
    chosen = [mutant for mutant in drawn(asked.seed, asked.share) if mutant.path.startswith(asked.only)]
    if asked.list:
        print("\n".join(_words(mutant) for mutant in chosen))
        return 0
    outcomes: dict[Mutant, str] = {}
    for mutant, outcome in _tried(chosen, asked):
        outcomes[mutant] = outcome
        print(f"{len(outcomes)} of {len(chosen)}  {outcome}  {_words(mutant)}", file=sys.stderr, flush=True)
    _report(outcomes)
    return int(SURVIVED in outcomes.values())


def drawn(seed: int, share: float = 1.0) -> list[Mutant]:
    """The mutants of each room, drawn alike among its lines: of a line that has several, one."""
    chosen: list[Mutant] = []
    for room, count in ROOMS.items():
        by_line: dict[tuple[str, int], list[Mutant]] = {}
        for path in sorted((ROOT / room).glob("*.sql" if room.endswith("sql") else "*.py")):
            for mutant in mutants(ROOT, path.relative_to(ROOT).as_posix()):
                by_line.setdefault((mutant.path, mutant.line), []).append(mutant)
        chance = Random(f"{seed} {room}")
        shuffled = (chance.choice(by_line[line]) for line in chance.sample(list(by_line), len(by_line)))
        running = (mutant for mutant in shuffled if mutant.runs((ROOT / mutant.path).read_text(encoding="utf-8")))
        chosen += sorted(islice(running, round(count * share)), key=lambda mutant: (mutant.path, mutant.start))
    return chosen


def _tried(chosen: Sequence[Mutant], asked: argparse.Namespace) -> Iterator[tuple[Mutant, str]]:
    """Each mutant and what became of it, in the order in which they are done."""
    with TemporaryDirectory(prefix="kpi-mutants-") as work, ThreadPoolExecutor(asked.jobs) as pool:
        copies = Queue[Copy]()
        for number in range(asked.jobs):
            copies.put(Copy(ROOT, Path(work) / str(number), asked.limit))
        first = copies.get()
        needed = {mutant.path: tiers(ROOT, mutant.path)[: -1 if asked.near else None] for mutant in chosen}
        left_out = first.failing({test for several in needed.values() for tests in several for test in tests}, asked.jobs)
        copies.put(first)
        for name in left_out:
            print(f"fails without any mutant, left out: {name}", file=sys.stderr)

        def tried(mutant: Mutant) -> tuple[Mutant, str]:
            copy = copies.get()
            try:
                return mutant, copy.outcome(mutant, needed[mutant.path], left_out)
            finally:
                copies.put(copy)

        for done in as_completed([pool.submit(tried, mutant) for mutant in chosen]):
            yield done.result()


def _report(outcomes: dict[Mutant, str]) -> None:
    """One line a room, and the diff of each that nobody noticed."""
    print("| room | mutants | killed | time limit | survived |\n| --- | --- | --- | --- | --- |")
    for room in ROOMS:
        counted = Counter(outcome for mutant, outcome in outcomes.items() if mutant.path.startswith(f"{room}/"))
        if counted:
            print(f"| {room} | {counted.total()} | {counted[KILLED]} | {counted[TIMED_OUT]} | {counted[SURVIVED]} |")
    for mutant, outcome in sorted(outcomes.items(), key=lambda done: (done[0].path, done[0].start)):
        if outcome == SURVIVED:
            text = (ROOT / mutant.path).read_text(encoding="utf-8")
            lines = difflib.unified_diff(text.splitlines(), mutant.applied(text).splitlines(), mutant.path, mutant.kind, n=1, lineterm="")
            print("", *lines, sep="\n")


def _words(mutant: Mutant) -> str:
    return f"{mutant.path}:{mutant.line}  {mutant.kind}"
