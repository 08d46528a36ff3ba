"""
All four files of a click or none of them, whatever the instant at which its process was killed.

A copy that was made while the click went on has all or none too, or what it lacks is named by number.
"""

import pickle
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from multiprocessing import get_context
from pathlib import Path
from random import Random
from signal import SIGKILL
from tempfile import TemporaryDirectory

from tests.faults.accepting import NUMBERS, Click, accept_again, read, run_until
from tests.faults.damage import kind_of
from tests.faults.judging import named
from tests.faults.served import Opening, Served, open_once
from tests.faults.stepping import Instant, instants
from tests.faults.worker import Worker

_BLOCK = 4096


@dataclass(frozen=True)
class Case:
    """A folder, the click that began in it, and what it serves without and with the four files."""

    folder: Path
    click: Click
    before: Served
    after: Served


@dataclass(frozen=True)
class Survival:
    """One trial: what was there afterwards, such as ``all``, ``none`` or ``named``; ``why`` is empty unless it failed."""

    words: str
    outcome: str
    why: str = ""
    times: int = 1  # how many trials it stands for


def case(folder: Path, work: Path, worker: Worker) -> Case:
    """The click, prepared on a copy of a folder."""
    copy = Path(shutil.copytree(folder, work / "case"))
    click = worker.ask(read, copy)
    before, after = worker.ask(accept_again, copy, click), worker.ask(open_once, copy)
    assert before.served, before
    assert after.served, after
    assert not after.faults, after
    return Case(folder, click, before.served, after.served)


def steps(told: Case, work: Path) -> list[Instant]:
    """The folder before each call that changes the disk, of one click from its beginning until the store is closed."""
    into = work / "instants"
    into.mkdir()
    pickled = work / "pickled"
    pickled.write_bytes(pickle.dumps(told.click))
    return instants(Path(shutil.copytree(told.folder, work / "stepping")), into, "tests.faults.accepting", str(pickled))


def kills_at_calls(told: Case, found: Sequence[Instant], worker: Worker, stride: int = 1) -> Iterator[Survival]:
    """What is left by a kill before every call, or every so many."""
    for number in range(0, len(found), stride):
        instant = found[number]
        with TemporaryDirectory() as work:
            copy = Path(shutil.copytree(instant.folder, Path(work) / "data"))
            yield _judged(told, f"call {number} of {len(found)}, {instant.call}", worker.ask(accept_again, copy, told.click), answered=instant.answered)


def lines(told: Case) -> int:
    """How many lines of the program run from the click until the store is closed."""
    with TemporaryDirectory() as work:
        _run(0, Path(shutil.copytree(told.folder, Path(work) / "data")), told.click)
        return int((Path(work) / "lines").read_text())


def kills_at_lines(told: Case, worker: Worker, numbers: Sequence[int]) -> Iterator[Survival]:
    """What is left by a real ``kill -9`` before each of these lines of the program; where it is the same files of the same sizes, it is opened once."""
    judged: dict[object, Survival] = {}
    for number in numbers:
        with TemporaryDirectory() as work:
            copy = Path(shutil.copytree(told.folder, Path(work) / "data"))
            assert _run(number, copy, told.click) == -SIGKILL, f"line {number} never came"
            answered = (Path(work) / "accepted").exists()
            state = (answered, *sorted((kind_of(path.relative_to(copy).as_posix()), path.stat().st_size) for path in copy.rglob("*") if path.is_file()))
            if state not in judged:
                judged[state] = _judged(told, f"line {number}", worker.ask(accept_again, copy, told.click), answered=answered)
            yield replace(judged[state], words=f"line {number}")


def copies(told: Case, found: Sequence[Instant], worker: Worker, count: int, seed: int) -> Iterator[Survival]:
    """Copies that began before one call and ended before a later one: files in some order, the database block by block."""
    chance = Random(seed)
    for _ in range(count):
        first, last = sorted(chance.choices(range(len(found)), k=2))
        with TemporaryDirectory() as work:
            copy = Path(work) / "data"
            words = _copied(found[first].folder, found[last].folder, copy, chance)
            yield _judged_copy(told, f"copied from call {first} to {last}, {words}", worker.ask(open_once, copy))


def _run(line: int, folder: Path, click: Click) -> int | None:
    context = get_context("forkserver")
    process = context.Process(target=run_until, args=(line, folder, click))
    process.start()
    process.join()
    return process.exitcode


def _judged(told: Case, words: str, opening: Opening, *, answered: bool) -> Survival:
    try:
        outcome = _all_or_none(told, opening)
        assert outcome == "all" or not answered, "the sender was told that all is stored, and nothing is"
        assert not opening.faults, f"verify: {opening.faults}"
    except AssertionError as failure:
        return Survival(words, "FAILED", str(failure))
    return Survival(words, outcome)


def _all_or_none(told: Case, opening: Opening) -> str:
    assert opening.served, opening.traceback.strip() or opening.refusal
    served = opening.served
    there = [number for number in NUMBERS if number in served.entries]
    assert there in ([], list(NUMBERS)), f"only {there} are there"
    assert {number: told.before.entries[number] for number in told.before.entries} == {
        number: entry for number, entry in served.entries.items() if number not in NUMBERS
    }, "earlier entries changed"
    assert served.figures == (told.after if there else told.before).figures, "the figures are those of neither"
    return "all" if there else "none"


def _judged_copy(told: Case, words: str, opening: Opening) -> Survival:
    try:
        assert opening.served, opening.traceback.strip() or f"refused: {opening.refusal}"
        lacking = set(told.after.entries) - set(opening.served.entries)
        if lacking and lacking <= named(opening.notices):
            return Survival(words, "named")
        return Survival(words, _all_or_none(told, opening))
    except AssertionError as failure:
        return Survival(words, "FAILED", f"{failure}; notices {opening.notices}")


def _copied(first: Path, last: Path, copy: Path, chance: Random) -> str:
    """Copy each file as it was at the first instant or, once a cut is passed, at the last; in words, how."""
    order = sorted(path.relative_to(first).as_posix() for path in first.rglob("*") if path.is_file())
    way = chance.choice(("in order", "backwards", "in any order"))
    if way == "backwards":
        order.reverse()
    elif way == "in any order":
        tops = sorted({name.partition("/")[0] for name in order})
        chance.shuffle(tops)
        order.sort(key=lambda name: tops.index(name.partition("/")[0]))
    cut, torn = chance.randrange(len(order) + 1), chance.random() < 0.3
    order_late = [path.relative_to(last).as_posix() for path in last.rglob("*") if path.is_file() and path.is_relative_to(last)]
    folders_late = {name.partition("/")[0] for name in order[cut:]}  # listed only when the copy comes to them
    late = order[cut:] + [name for name in order_late if name.partition("/")[0] in folders_late and name not in order]
    for source, names in ((first, order[:cut]), (last, late)):
        for name in names:
            if (source / name).exists():  # what vanished meanwhile is not copied
                (copy / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(source / name, copy / name)
    if torn and (last / "kpi.duckdb").exists():
        old, new = (first / "kpi.duckdb").read_bytes(), (last / "kpi.duckdb").read_bytes()
        at = chance.randrange(len(new) // _BLOCK) * _BLOCK
        (copy / "kpi.duckdb").write_bytes(old[:at] + new[at:])
    return f"{way}, {cut} of {len(order)} files early{', the database in two parts' if torn else ''}"


def every(count: int, stride: int) -> list[int]:
    """The lines 1 to ``count``, or every so many and the last."""
    return sorted({*range(1, count + 1, stride), count})
