"""``python -m bench``: measure everything, or the subjects that are named; those set apart have no clock: they compare, damage or search."""

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

from bench import board, faults, foreign, form, intake, leaders, ledger, ledgers, load, mutants, oracle, page, papers, privacy, scale, setup, store, unknown
from bench.material import BUILD, Material
from bench.results import Comparison, machine, table, write

SUBJECTS: dict[str, tuple[Callable[[Material, int], Iterator[Comparison]], int]] = {
    "intake": (intake.measure, intake.ROUNDS),
    "board": (board.measure, board.ROUNDS),
    "page": (page.measure, page.ROUNDS),
    "leaders": (leaders.measure, leaders.ROUNDS),
    "form": (form.measure, form.ROUNDS),
    "store": (store.measure, store.ROUNDS),
    "ledger": (ledger.measure, ledger.ROUNDS),
    "unknown": (unknown.measure, unknown.ROUNDS),
    "setup": (setup.measure, setup.ROUNDS),
    "scale": (scale.measure, scale.ROUNDS),
}
# subjects with options of their own, most of which measure no speed
APART = {
    "random": oracle.main,
    "ledgers": ledgers.main,
    "faults": faults.main,
    "load": load.main,
    "privacy": privacy.main,
    "mutants": mutants.main,
    "foreign": foreign.main,
    "papers": papers.main,
}
ONLY_WHEN_NAMED = ("scale",)  # it fills stores of some gigabytes first


def main() -> None:
    """Measure, print, and write into README.md when asked."""
    if sys.argv[1:] and (run := APART.get(sys.argv[1])):
        sys.exit(run(sys.argv[2:]))
    parser = argparse.ArgumentParser(prog="python -m bench", description="Speed: ours beside the floor, by turns, in one run.")
    parser.add_argument(
        "subjects",
        nargs="*",
        metavar="subject",
        help=f"{', '.join(SUBJECTS)}; all of them but scale when none is named; or alone: {', '.join(APART)}, see their --help",
    )
    parser.add_argument("--rounds", type=int, help="runs that count, instead of each subject's own number")
    parser.add_argument("--json", action="store_true", help="print one JSON document instead of tables")
    parser.add_argument("--write", action="store_true", help="put the results into bench/README.md")
    parser.add_argument("--material", type=Path, metavar="DIR", help="keep the demo workbooks and store here for the next run")
    parser.add_argument("--build", default=BUILD, metavar="COMMIT", help="the build beside which pages and leaders are measured (%(default)s)")
    asked = parser.parse_args()
    if unknown := [name for name in asked.subjects if name not in SUBJECTS]:
        parser.error(f"no subject {unknown[0]!r}; there are {', '.join(SUBJECTS)}")
    if asked.rounds is not None and asked.rounds < 1:
        parser.error("--rounds must be at least 1")

    where = machine()
    by_subject: dict[str, list[Comparison]] = {}
    with ExitStack() as stack:
        material = Material(asked.material or Path(stack.enter_context(TemporaryDirectory(prefix="kpi-bench-"))), asked.build)
        for name in asked.subjects or [name for name in SUBJECTS if name not in ONLY_WHEN_NAMED]:
            measure, rounds = SUBJECTS[name]
            print(f"{name} …", file=sys.stderr, flush=True)
            by_subject[name] = list(measure(material, asked.rounds or rounds))
            if not asked.json:
                print(f"\n{name}  ({where})\n{table(by_subject[name])}\n", flush=True)
    if asked.json:
        print(
            json.dumps({"machine": where, "results": {name: [c.document() for c in lines] for name, lines in by_subject.items()}}, ensure_ascii=False, indent=1)
        )
    if asked.write:
        write(where, by_subject)


if __name__ == "__main__":
    main()
