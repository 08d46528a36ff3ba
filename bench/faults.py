"""
``python -m bench faults``: a data folder is damaged in every way, or its process killed at every instant; no speed is measured.

Damages are drawn by a seed over log, batches, database, write-ahead log, uploads, cases, editions, drafts and head.  Each is
done to a copy, which is opened, verified, opened again, and its database made anew: it has to be refused, healed, or
named by number.  ``--kill`` accepts four files in one click and kills the process at every call and line: all four or none.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.faults import damage, judging, surviving
from tests.faults.stepping import POSSIBLE
from tests.faults.worker import Worker

_WAYS = {"truncation": "truncated", "flip": "flipped", "deletion": "deleted", "copy": "copied", "rename": "renamed", "emptied": "emptied"}


def main(arguments: Sequence[str]) -> int:
    """
    Do what is asked.

    Returns:
        The exit code: 1 when anything was lost or broken, else 0.
    """
    parser = argparse.ArgumentParser(prog="python -m bench faults", description="Damage a data folder in every way, or kill its process at every instant.")
    parser.add_argument("--seed", type=int, default=1, help="which files and bytes are hit, and how copies are interleaved")
    parser.add_argument("--only", default="", metavar="WORDS", help="only damages in whose description these words occur")
    parser.add_argument("--kill", action="store_true", help="kill a process that accepts four files, instead of damaging files")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="of the lines of the program, kill before every n-th only")
    parser.add_argument("--copies", type=int, default=60, help="how often to copy the folder while the four are accepted")
    asked = parser.parse_args(arguments)
    with TemporaryDirectory(prefix="kpi-faults-") as work, Worker() as worker:
        folders = judging.make(Path(work))
        if asked.kill:
            return _kill(folders, Path(work), worker, asked.every, asked.copies, asked.seed)
        return _damage(folders, worker, asked.seed, asked.only)


def _damage(folders: damage.Folders, worker: Worker, seed: int, only: str) -> int:
    chosen = [case for case in damage.every(folders, seed) if only in str(case)]
    whole = {folder: judging.sound(folder, worker) for folder in {case.folder for case in chosen}}
    counts: dict[tuple[str, str], Counter[str]] = {}
    failures: list[judging.Verdict] = []
    for number, case in enumerate(chosen, start=1):
        verdict = judging.judge(case, whole[case.folder], worker)
        counts.setdefault((case.way, case.kind), Counter())[verdict.outcome] += 1
        failures += [verdict] if verdict.why else []
        print(f"{number} of {len(chosen)}  {verdict.outcome}  {case}", file=sys.stderr, flush=True)
    print(f"| damage | of | cases | {' | '.join(judging.OUTCOMES)} |")
    print("| --- " * (3 + len(judging.OUTCOMES)) + "|")
    for (way, kind), counted in counts.items():
        print(f"| {_WAYS.get(way, way)} | {kind} | {counted.total()} | {' | '.join(str(counted[name] or '') for name in judging.OUTCOMES)} |")
    total = sum(counts.values(), Counter())
    print(f"| all | seed {seed} | {total.total()} | {' | '.join(str(total[name] or '') for name in judging.OUTCOMES)} |")
    for failure in failures:
        print(f"FAILED  {failure.damage}\n        {failure.why}")
    return min(1, len(failures))


def _kill(folders: damage.Folders, work: Path, worker: Worker, stride: int, count: int, seed: int) -> int:
    click = surviving.case(folders.closed, work, worker)
    failed = 0
    if POSSIBLE:
        instants = surviving.steps(click, work)
        failed += _report("before each call that changes the disk", surviving.kills_at_calls(click, instants, worker))
        failed += _report("copied meanwhile", surviving.copies(click, instants, worker, count, seed))
    else:
        print("calls: only on Linux on x86-64")
    numbers = surviving.every(surviving.lines(click), stride)
    failed += _report(f"before {'each line' if stride == 1 else f'every {stride}th line'} of the program", surviving.kills_at_lines(click, worker, numbers))
    return min(1, failed)


def _report(words: str, survivals: Iterable[surviving.Survival]) -> int:
    """Print how many instants left what; the number of failures."""
    counts: Counter[str] = Counter()
    for survival in survivals:
        counts[survival.outcome] += 1
        print(f"{counts.total()}  {survival.outcome}  {survival.words}", file=sys.stderr, flush=True)
        if survival.why:
            print(f"FAILED  {survival.words}\n        {survival.why}")
    print(f"{words}: {counts.total()} instants; {', '.join(f'{name} {times}' for name, times in sorted(counts.items()))}")
    return counts["FAILED"]
