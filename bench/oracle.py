"""
``python -m bench random``: offices report at random, and every figure of the board is held against a model of its own.

It measures no speed.  Stores of two years of three organisations are filled until enough figures are compared, each
again after its database was made anew from the log; a difference is shrunk to the fewest submissions that show it.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from kpi.bureau import open_bureau
from tests.oracle.bureau import CATALOG, Comparison, Difference, compare, definitions, filled, rebuilt, words
from tests.oracle.model.definitions import Definitions
from tests.oracle.model.log import Entry
from tests.oracle.model.row import Model
from tests.oracle.reporter import entries
from tests.oracle.shrinking import shrunk


def main(arguments: Sequence[str]) -> int:
    """
    Compare until there are enough figures.

    Returns:
        The number of fields that differ, at most 1: the exit code.
    """
    parser = argparse.ArgumentParser(prog="python -m bench random", description="Every figure and verdict of random reporting beside a model apart.")
    parser.add_argument("--figures", type=int, default=20000, help="how many figures to compare at least, without those compared again after a rebuild")
    parser.add_argument("--seed", type=int, default=1, help="of the first store; each further one takes the next")
    parser.add_argument("--shrink", type=int, default=3, help="of how many kinds of difference to look for the smallest log")
    asked = parser.parse_args(arguments)

    ours, whole, again, seed = definitions(), Comparison(), Comparison(), asked.seed
    kinds: Counter[tuple[str, str, str]] = Counter()
    while whole.figures < asked.figures:
        log = entries(ours, seed)
        with TemporaryDirectory(prefix="kpi-random-") as folder:
            before, after = _both(Path(folder) / "data", ours, log)
            for difference in before.differences:
                kind = (difference.name, difference.code, difference.span.value)
                kinds[kind] += 1
                if kinds[kind] == 1 and len(kinds) <= asked.shrink:
                    _show(ours, log, difference, Path(folder))
        whole.add(before)
        again.add(after)
        numbers = f"{whole.figures} figures ({whole.numbers} of them numbers), {whole.verdicts} verdicts"
        print(f"seed {seed}, {len(log)} entries; so far {numbers}; differences {len(whole.differences)}", file=sys.stderr, flush=True)
        seed += 1

    print(f"seeds {asked.seed} to {seed - 1}")
    for name, compared in (("as reported", whole), ("after rebuild", again)):
        numbers = f"{compared.figures} figures ({compared.numbers} of them numbers) and {compared.verdicts} verdicts"
        print(f"{name}: {numbers} compared, {len(compared.differences)} differences")
    for (field, code, span), count in kinds.most_common():
        print(f"  {count} × {code} {span} {field}")
    return min(1, len(whole.differences) + len(again.differences))


def _both(folder: Path, ours: Definitions, log: Sequence[Entry]) -> tuple[Comparison, Comparison]:
    """The comparison of a store as it was filled, and as it is made again."""
    model = Model(ours, log)
    with filled(folder, log) as bureau:
        before = compare(bureau, model)
    rebuilt(folder)
    with open_bureau(folder, CATALOG) as bureau:
        return before, compare(bureau, model)


def _show(ours: Definitions, log: Sequence[Entry], difference: Difference, folder: Path) -> None:
    print(difference)
    for entry in shrunk(ours, log, difference, folder / "shrinking"):
        print(f"    {words(entry)}")
