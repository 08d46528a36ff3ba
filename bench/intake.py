"""From files to the board: 23 months of 19 offices at once, and the 19 workbooks of one month."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from bench import references
from bench.material import MONTH, NOTE, Material, take_in
from bench.measure import Stopwatch, race
from bench.results import Budget, Comparison
from kpi.bureau import open_bureau
from kpi.catalog import load
from kpi.filing.intake import Upload, prepare
from kpi.review.board import board

ROUNDS = 3
SAMPLE = 40  # workbooks for the slow reference, spread over all; scaled up to the whole
BUDGET = Budget(60)
ALIVE, FRESH = Budget(1.0), Budget(2.5)  # one month's workbooks, in a server that is running and as a command of their own
_BARE = "import sys; from pathlib import Path; from bench.references import calamine; [calamine(Path(name).read_bytes()) for name in sys.argv[1:]]"


def measure(material: Material, rounds: int) -> Iterator[Comparison]:
    """The whole demo: read, checked, stored, computed; then its last month alone, on top of the others."""
    yield from _everything(material, rounds)
    yield from _one_month(material, 3 * rounds)


def _everything(material: Material, rounds: int) -> Iterator[Comparison]:
    files = material.files
    sample = files[:: len(files) // SAMPLE][:SAMPLE]

    def ours(clock: Stopwatch) -> None:
        with TemporaryDirectory(prefix="kpi-bench-") as data, clock, open_bureau(Path(data), load.DEFAULT) as bureau:
            take_in(bureau, files)
            board(bureau, MONTH)

    def reading(clock: Stopwatch) -> None:
        with clock:
            _read(files)

    def reading_slowly(clock: Stopwatch) -> None:
        with clock:
            for path in sample:
                references.openpyxl_full(path.read_bytes())

    timings = race({"ours": ours, "calamine": reading, "openpyxl": reading_slowly}, rounds, warm_ups=0)
    case = f"{len(files)} files → board"
    yield Comparison(case, timings["ours"], "calamine, reading only", timings["calamine"], BUDGET)
    scaled = timings["openpyxl"].times(len(files) / len(sample))
    yield Comparison(case, timings["ours"], f"openpyxl, reading only ({len(sample)} files, scaled)", scaled)


def _one_month(material: Material, rounds: int) -> Iterator[Comparison]:
    files = material.month

    def alive(clock: Stopwatch) -> None:
        with material.store(material.filled_before) as data, open_bureau(data, load.DEFAULT, len(files)) as bureau:
            prepare(bureau, [Upload(path.name, path.read_bytes()) for path in files[:2]])  # it has read files before
            with clock:
                take_in(bureau, files)

    def fresh(clock: Stopwatch) -> None:
        with material.store(material.filled_before) as data, clock:
            _run("-m", "kpi", "ingest", *map(str, files), "--confirm", NOTE, "--data", str(data))

    def reading(clock: Stopwatch) -> None:
        with clock:
            _read(files)

    def reading_fresh(clock: Stopwatch) -> None:
        with clock:
            _run("-c", _BARE, *map(str, files))

    timings = race({"alive": alive, "fresh": fresh, "reading": reading, "reading fresh": reading_fresh}, rounds)
    yield Comparison(f"{len(files)} files into a running server", timings["alive"], "calamine, reading only", timings["reading"], ALIVE)
    yield Comparison(f"{len(files)} files by a fresh command", timings["fresh"], "a fresh command that reads them by calamine", timings["reading fresh"], FRESH)


def _read(files: list[Path]) -> None:
    for path in files:
        references.calamine(path.read_bytes())


def _run(*arguments: str) -> None:
    subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
