"""Setting up: what a year of sheets proposes, beside taking the same files in."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.material import Material, take_in
from bench.measure import Stopwatch, race
from bench.results import Budget, Comparison
from kpi.bureau import open_bureau
from kpi.catalog import load
from kpi.setup.proposing import propose
from kpi.setup.surveyed_figure import SurveyedFile
from kpi.workbook.layout.table_finder import META_SHEET
from kpi.workbook.process.parser import Parser

ROUNDS = 3
MONTHS = 12
BUDGET = Budget(2.0, as_ratio=True)


def measure(material: Material, rounds: int) -> Iterator[Comparison]:
    """19 offices in 12 months: parsed and proposed from, and parsed, checked and stored."""
    months = sorted({path.name[:7] for path in material.files})[:MONTHS]
    files = [path for path in material.files if path.name[:7] in months]

    def ours(clock: Stopwatch) -> None:
        with clock:
            propose(_read(files))

    def theirs(clock: Stopwatch) -> None:
        with TemporaryDirectory(prefix="kpi-bench-") as data, clock, open_bureau(Path(data), load.DEFAULT) as bureau:
            take_in(bureau, files)

    timings = race({"ours": ours, "theirs": theirs}, rounds, warm_ups=0)
    yield Comparison(f"{len(files)} files → proposals", timings["ours"], "taking the same files in", timings["theirs"], BUDGET)


def _read(files: list[Path]) -> list[SurveyedFile]:
    """The files without the hidden sheet of our template, which says what a foreign bureau's would not."""
    with Parser() as parser:
        return [SurveyedFile(path.name, tuple(sheet for sheet in parser.parse(path.read_bytes(), path.name) if sheet.name != META_SHEET)) for path in files]
