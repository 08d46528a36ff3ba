"""
``python -m bench faults``: a data folder is damaged, its process killed, its disk filled, its backup spoilt; no speed is measured.

Kinds, all of them unless ``--kind`` names some:

``damage``   truncations, flipped bits, deletions, copies and renames of log, batches, database, write-ahead log, uploads,
             cases, editions, drafts and head, and of the account store, drawn by a seed.  Each has to be refused, healed, or named by number.
``kill``     a process that takes in, accepts, refers, returns, withdraws, freezes, closes, backs up, looks into the inbox or brings
             an earlier format up to date is stopped before every call that changes the disk: all of the act or nothing, and
             what was acknowledged is there.
``lines``    a click on four files is killed before lines of the program, and copied meanwhile.
``full``     a disk with so many bytes left: nothing acknowledged is lost, nothing false is said, and with room again all
             goes on without a restart.
``restore``  a folder is backed up and restored, equal in every file and figure; a spoilt backup is refused.
``login``    every address of the application by every method and as a websocket, without a login, with whatever a client
             can pretend: nothing is answered.
``input``    files that offices send and that are made to harm, mutated workbooks, odd names of files, and values that nobody
             means at every address and form: the server lives, the answer is Chinese, nothing is half stored.
``injection`` formulas, SQL, markup, paths in every word that somebody writes and every name: inert wherever they come out.
``writers``  eight send at once, each by several ways, two of them for the same sheets: all that was acknowledged is there once.
"""

import argparse
import shutil
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from kpi.store.backup import back_up
from kpi.store.clock import now
from tests.faults import (
    accepting,
    access_damage,
    damage,
    drilling,
    feeding,
    filling,
    fuzzing,
    injecting,
    judging,
    killing,
    sending,
    surviving,
    upgrading,
    walking,
)
from tests.faults.stepping import POSSIBLE
from tests.faults.surviving import Survival
from tests.faults.worker import Worker

_WAYS = {"truncation": "truncated", "flip": "flipped", "deletion": "deleted", "copy": "copied", "rename": "renamed", "emptied": "emptied"}
_FILL_LEVELS, _SPOILT, _STRIDE, _COPIES, _EVERY_PRETENCE = 20, 40, 20, 60, 7
_MUTATED, _FUZZED, _EACH_SENDS, _OF_ACCOUNTS = 5_000, 2_000, 60, 400


@dataclass(frozen=True)
class _Trials:
    """What the trials of any kind need."""

    folders: damage.Folders
    work: Path
    worker: Worker
    trials: int  # of each kind; 0: all
    seed: int
    only: str

    def copy(self, name: str) -> Path:
        """A folder to write in, of its own."""
        return Path(shutil.copytree(self.folders.closed, self.work / name / "data"))


def main(arguments: Sequence[str]) -> int:
    """
    Do what is asked.

    Returns:
        The exit code: 1 when a promise was broken, else 0.
    """
    parser = argparse.ArgumentParser(prog="python -m bench faults", description="Damage a data folder, kill its process, fill its disk, spoil its backup.")
    parser.add_argument("--kind", action="append", choices=sorted(_KINDS), help="only this kind; may be given several times")
    parser.add_argument("--trials", type=int, default=0, metavar="N", help="about so many of each kind, instead of all")
    parser.add_argument("--seed", type=int, default=1, help="which files and bytes are hit, and how copies are interleaved")
    parser.add_argument("--only", default="", metavar="WORDS", help="only damages in whose description these words occur")
    asked = parser.parse_args(arguments)
    counts: dict[str, Counter[str]] = {}
    with TemporaryDirectory(prefix="kpi-faults-") as work, Worker() as worker:
        trials = _Trials(judging.make(Path(work)), Path(work), worker, asked.trials, asked.seed, asked.only)
        for kind in asked.kind or _KINDS:
            for group, survivals in _KINDS[kind](trials):
                counts[f"{kind}: {group}"] = _watched(f"{kind}: {group}", survivals)
    print(_table(counts))
    return min(1, sum(counted["FAILED"] for counted in counts.values()))


def _damages(trials: _Trials) -> Iterator[tuple[str, Iterable[Survival]]]:
    chosen = [case for case in damage.every(trials.folders, trials.seed) if trials.only in str(case)]
    whole = {folder: judging.sound(folder, trials.worker) for folder in {case.folder for case in chosen}}
    groups: dict[str, list[damage.Damage]] = {}
    for case in _some(chosen, trials.trials):
        groups.setdefault(f"{_WAYS.get(case.way, case.way)}, {case.kind}", []).append(case)
    for group, cases in groups.items():
        verdicts = (judging.judge(case, whole[case.folder], trials.worker) for case in cases)
        yield group, (Survival(str(verdict.damage), verdict.outcome, verdict.why) for verdict in verdicts)

    data, earlier = access_damage.make(trials.work / "access")
    accounts = [case for case in access_damage.damages(data, earlier, trials.trials or _OF_ACCOUNTS, trials.seed) if trials.only in case.words]
    for kind in dict.fromkeys(case.kind for case in accounts):
        yield f"account store, {kind}", access_damage.survivals(data, (case for case in accounts if case.kind == kind))


def _kills(trials: _Trials) -> Iterator[tuple[str, Iterable[Survival]]]:
    if not POSSIBLE:
        print("kill: only on Linux on x86-64", file=sys.stderr)
        return
    click = trials.worker.ask(accepting.read, Path(shutil.copytree(trials.folders.closed, trials.work / "clicked")))
    for act in killing.ACTS:
        moments = killing.killed_at(trials.folders.closed, act, click, trials.work)
        yield act, killing.survivals_of(act, moments, trials.worker, -(-trials.trials // len(killing.ACTS)))
    for archive in upgrading.ARCHIVES:
        (place := trials.work / f"upgraded-{archive.stem}").mkdir()
        yield f"upgrade of {archive.stem}", upgrading.survivals(archive, place, trials.worker, -(-trials.trials // len(upgrading.ARCHIVES)))


def _lines(trials: _Trials) -> Iterator[tuple[str, Iterable[Survival]]]:
    click = surviving.case(trials.folders.closed, trials.work, trials.worker)
    count = surviving.lines(click)
    stride = max(count // trials.trials, 1) if trials.trials else _STRIDE
    yield f"before every {stride}th line", surviving.kills_at_lines(click, trials.worker, surviving.every(count, stride))
    if POSSIBLE:
        yield "copied meanwhile", surviving.copies(click, surviving.steps(click, trials.work), trials.worker, trials.trials or _COPIES, trials.seed)


def _full(trials: _Trials) -> Iterator[tuple[str, Iterable[Survival]]]:
    if not filling.possible():
        print("full: this machine lets nobody mount a disk of its own", file=sys.stderr)
        return
    click = trials.worker.ask(accepting.read, Path(shutil.copytree(trials.folders.closed, trials.work / "full")))
    yield "fill levels", filling.fill_levels(trials.folders.closed, click, trials.work, filling.levels_of(trials.trials or _FILL_LEVELS))


def _restores(trials: _Trials) -> Iterator[tuple[str, Iterable[Survival]]]:
    for folder in (trials.folders.closed, trials.folders.killed):
        place = trials.work / f"drill-{folder.name}"
        place.mkdir()
        yield f"drill, {folder.name}", [drilling.drill(folder, Path(shutil.copytree(folder, trials.work / f"source-{folder.name}")), place, trials.worker)]
    backup = back_up(trials.folders.closed, trials.work / "whole.tar", now())
    count = trials.trials or _SPOILT
    yield "truncated backup", drilling.spoilt_backups(backup, trials.work, count, 0, trials.seed)
    yield "flipped backup", drilling.spoilt_backups(backup, trials.work, 0, count, trials.seed)


def _walks(trials: _Trials) -> Iterator[tuple[str, Iterable[Survival]]]:
    yield "every address, method and pretence", walking.survivals(trials.folders.closed, trials.work, _EVERY_PRETENCE if trials.trials else 1)


def _inputs(trials: _Trials) -> Iterator[tuple[str, Iterable[Survival]]]:
    yield "named files", feeding.named_files(trials.copy("named"))
    yield "good forms under odd names", feeding.odd_names(trials.copy("odd names"))
    yield "mutated workbooks", feeding.mutated_files(trials.copy("mutated"), trials.trials or _MUTATED, trials.seed)
    yield "fuzzed values and addresses", fuzzing.survivals(trials.copy("fuzzed"), trials.trials or _FUZZED, trials.seed)


def _injections(trials: _Trials) -> Iterator[tuple[str, Iterable[Survival]]]:
    for what in injecting.MARKS:
        yield what, injecting.survivals(trials.work / f"injected {what}", what)


def _writers(trials: _Trials) -> Iterator[tuple[str, Iterable[Survival]]]:
    each = -(-trials.trials // sending.WRITERS) or _EACH_SENDS
    yield f"{sending.WRITERS} at once", sending.survivals(trials.copy("writers"), each)


_KINDS: dict[str, Callable[[_Trials], Iterator[tuple[str, Iterable[Survival]]]]] = {
    "damage": _damages,
    "kill": _kills,
    "lines": _lines,
    "full": _full,
    "restore": _restores,
    "login": _walks,
    "input": _inputs,
    "injection": _injections,
    "writers": _writers,
}


def _some(cases: Sequence[damage.Damage], count: int) -> Sequence[damage.Damage]:
    """So many of them, evenly; 0: all."""
    return cases if not count or count >= len(cases) else [cases[turn * len(cases) // count] for turn in range(count)]


def _watched(group: str, survivals: Iterable[Survival]) -> Counter[str]:
    """How many trials had which outcome; each is told as it ends."""
    counted: Counter[str] = Counter()
    for survival in survivals:
        counted[survival.outcome] += survival.times
        print(f"{group}  {counted.total()}  {survival.outcome}  {survival.words}", file=sys.stderr, flush=True)
        if survival.why:
            print(f"FAILED  {group}: {survival.words}\n        {survival.why}", flush=True)
    return counted


def _table(counts: dict[str, Counter[str]]) -> str:
    """A line for each group: how many trials, with which outcomes, and how many broke a promise."""
    lines = ["| trials of | trials | outcomes | failed |", "| --- | --- | --- | --- |"]
    for group, counted in counts.items():
        outcomes = ", ".join(f"{name} {times}" for name, times in sorted(counted.items()) if name != "FAILED")
        lines.append(f"| {group} | {counted.total()} | {outcomes} | {counted['FAILED']} |")
    total = sum(counts.values(), Counter[str]())
    return "\n".join([*lines, f"| all | {total.total()} | | {total['FAILED']} |"])
