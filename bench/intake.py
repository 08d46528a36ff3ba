"""From files to the board: 23 months of 19 offices into a fresh data folder."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from bench import references
from bench.material import MONTH, Material, take_in
from bench.measure import Stopwatch, race
from bench.results import Budget, Comparison
from kpi.board import board
from kpi.bureau import open_bureau
from kpi.catalog import load

ROUNDS = 3
SAMPLE = 40  # workbooks for the slow reference, spread over all; scaled up to the whole
BUDGET = Budget(60)


def measure(material: Material, rounds: int) -> Iterator[Comparison]:
    """The whole demo: read, checked, stored, computed."""
    files = material.files
    sample = files[:: len(files) // SAMPLE][:SAMPLE]

    def ours(clock: Stopwatch) -> None:
        with TemporaryDirectory(prefix="kpi-bench-") as data, clock, open_bureau(Path(data), load.DEFAULT) as bureau:
            take_in(bureau, files)
            board(bureau, MONTH)

    def reading(clock: Stopwatch) -> None:
        with clock:
            for path in files:
                references.calamine(path.read_bytes())

    def reading_slowly(clock: Stopwatch) -> None:
        with clock:
            for path in sample:
                references.openpyxl_full(path.read_bytes())

    timings = race({"ours": ours, "calamine": reading, "openpyxl": reading_slowly}, rounds, warm_ups=0)
    case = f"{len(files)} files → board"
    yield Comparison(case, timings["ours"], "calamine, reading only", timings["calamine"], BUDGET)
    scaled = timings["openpyxl"].times(len(files) / len(sample))
    yield Comparison(case, timings["ours"], f"openpyxl, reading only ({len(sample)} files, scaled)", scaled)
