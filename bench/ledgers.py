"""
``python -m bench ledgers``: two stations send ledgers of four kinds at random, and every figure is held against a plain count.

It measures no speed.  Bureaus are filled, one a seed, until enough figures are compared; a case on file that goes must
have been counted in a question before it went.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.oracle.ledgers.run import Compared, run


def main(arguments: Sequence[str]) -> int:
    """
    Compare until there are enough figures.

    Returns:
        Whether anything differs: the exit code.
    """
    parser = argparse.ArgumentParser(prog="python -m bench ledgers", description="Every figure of random ledgers beside a count in plain Python.")
    parser.add_argument("--figures", type=int, default=5000, help="how many figures to compare at least")
    parser.add_argument("--seed", type=int, default=1, help="of the first bureau; each further one takes the next")
    parser.add_argument("--ledgers", type=int, default=30, help="how many ledgers each bureau gets")
    asked = parser.parse_args(arguments)

    whole, seed = Compared(), asked.seed
    while whole.figures < asked.figures:
        with TemporaryDirectory(prefix="kpi-ledgers-") as folder:
            whole.add(run(Path(folder) / "data", seed, asked.ledgers))
        print(f"seed {seed}; so far {whole}", file=sys.stderr, flush=True)
        seed += 1
    print(f"seeds {asked.seed} to {seed - 1}: {whole}")
    for difference in whole.differences:
        print(f"  {difference}")
    return min(1, len(whole.differences))
