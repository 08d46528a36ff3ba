"""
``python -m bench papers``: how many figures of papers are read right, how many slips in them are found, and how fast.

The floor of the speed is what nobody can leave out: a bare pass of a regular expression for numbers, and the query of the board that the figures are
held against.
"""

import argparse
import csv
import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from decimal import Decimal
from itertools import cycle
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.material import MONTH, Material
from bench.measure import Stopwatch, race
from bench.results import Budget, Comparison, machine, table, write
from kpi.bureau import open_bureau
from kpi.catalog import load
from kpi.papers.checking.paper_check import check_paper
from kpi.papers.checking.paper_finding import Grade
from kpi.papers.checking.text_check import check_text
from kpi.papers.figures.figure_reading import read_figures
from kpi.papers.reading.plain_text import text_document
from kpi.review.board import everything
from tests.kpi.papers.paragraphs import misread, paragraphs, slips, with_slip

ROUNDS = 15
_LENGTH = 10_000  # characters of the document that is timed
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_UNTRUE = "not_a_figure"


def main(arguments: Sequence[str]) -> int:
    """
    Count and measure, and print.

    Returns:
        Whether fewer than 95 % of the figures or slips are right, or anything is invented: the exit code.

    """
    parser = argparse.ArgumentParser(prog="python -m bench papers", description="Figures and slips of papers beside the truth about them, and the speed.")
    parser.add_argument("--truth", type=Path, metavar="DIR", help="a folder with one .txt and its figures in seed_figures.tsv, counted as well")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="runs that count (%(default)s)")
    parser.add_argument("--material", type=Path, metavar="DIR", help="keep the demo store here for the next run")
    parser.add_argument("--write", action="store_true", help="put the speed into bench/README.md")
    asked = parser.parse_args(arguments)
    good = _paragraphs() & _slips() & (asked.truth is None or _document(asked.truth))
    where = machine()
    with ExitStack() as stack:
        material = Material(asked.material or Path(stack.enter_context(TemporaryDirectory(prefix="kpi-bench-"))))
        lines = list(measure(material, asked.rounds))
    print(f"\npapers  ({where})\n{table(lines)}")
    if asked.write:
        write(where, {"papers": lines})
    return int(not good)


def _paragraphs() -> bool:
    right = stated = 0
    invented: list[str] = []
    for paragraph in paragraphs():
        good, wrong, extra = misread(paragraph)
        right, stated, invented = right + good, stated + len(paragraph.truth), invented + extra
        for words in (*wrong, *extra):
            print(f"  {words}", file=sys.stderr)
    print(f"{len(paragraphs())} paragraphs: {right} of {stated} figures right in value, unit, qualifier and day; {len(invented)} invented")
    return right >= 0.95 * stated and not invented


def _slips() -> bool:
    by_name = {paragraph.name: paragraph for paragraph in paragraphs()}
    seen = [slip for slip in slips() if not slip.why_not]
    raised = 0
    for slip in seen:
        paragraph = by_name[slip.paragraph]
        document = with_slip(paragraph, slip)
        raised += any(finding.code == slip.code for finding in check_text(document, read_figures(document, paragraph.as_of), paragraph.as_of))
    clean = sum(len(check_text(each.document, read_figures(each.document, each.as_of), each.as_of)) for each in paragraphs())
    print(f"{raised} of {len(seen)} slips found; {len(slips()) - len(seen)} that arithmetic cannot see; {clean} findings on the clean paragraphs")
    return raised >= 0.95 * len(seen)


def _document(folder: Path) -> bool:
    """The figures of one document against those that people counted in it, by value, unit and day."""
    [path] = [each for each in folder.glob("*.txt") if each.stem[:1].isdigit()]
    text = path.read_text("utf-8")
    document = text_document(text, path.stem)
    starts = _starts(text)
    figures = read_figures(document)
    by_place = {starts[figure.passage] + figure.start: figure for figure in figures}
    right = stated = invented = 0
    with (folder / "seed_figures.tsv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            figure = by_place.get(int(row["offset"]))
            if row["kind"] == _UNTRUE:
                invented += figure is not None
                continue
            stated += 1
            value = None if row["value"] == "*" else Decimal(row["value"])
            right += figure is not None and (figure.value, figure.unit) == (value, row["unit"]) and str(figure.as_of or "").startswith(row["as_of"])
    certain = sum(finding.grade is Grade.CERTAIN for finding in check_text(document, figures))
    print(
        f"{path.stem}: {right} of {stated} figures right in value, unit and day; {len(figures) - stated + invented} invented; {certain} certain contradictions"
    )
    return right >= 0.95 * stated and not invented


def _starts(text: str) -> list[int]:
    """Where each line that says something begins."""
    starts, place = [], 0
    for line in text.split("\n"):
        if line.strip():
            starts.append(place)
        place += len(line) + 1
    return starts


def measure(material: Material, rounds: int) -> Iterator[Comparison]:
    """A document of 10,000 characters, read and checked against itself and the store."""
    text = _long_text()
    day = MONTH.last_day
    with ExitStack() as stack:
        bureau = stack.enter_context(open_bureau(stack.enter_context(material.store()), load.DEFAULT))

        def ours(clock: Stopwatch) -> None:
            bureau.store._version += 1  # as after something came in: nothing that was read before counts any more
            with clock:
                check_paper(bureau, text_document(text, "材料"), MONTH)

        def alone(clock: Stopwatch) -> None:
            with clock:
                document = text_document(text, "材料")
                check_text(document, read_figures(document, day), day)

        def floor(clock: Stopwatch) -> None:
            bureau.store._version += 1
            with clock:
                _NUMBER.findall(text)
                everything(bureau, MONTH)

        timings = race({"ours": ours, "alone": alone, "floor": floor}, rounds, warm_ups=2)
    count = len(read_figures(text_document(text, "材料"), day))
    case, against = f"{len(text):,} characters, {count} figures", "numbers by regular expression + the board"
    yield Comparison(f"{case}: read, checked, against the store", timings["ours"], against, timings["floor"], Budget(3, as_ratio=True))
    yield Comparison(f"{case}: read, checked, against the store", timings["ours"], "", None, Budget(1))
    yield Comparison(f"{case}: read and checked against itself", timings["alone"], against, timings["floor"], Budget(3, as_ratio=True))


def _long_text() -> str:
    """The clean paragraphs one after the other, as often as needed."""
    lines: list[str] = []
    length = 0
    for paragraph in cycle(paragraphs()):
        for passage in paragraph.document.passages:
            if passage.cell is None and length < _LENGTH:
                lines.append(passage.text[: _LENGTH - length])
                length += len(lines[-1]) + 1
        if length >= _LENGTH:
            return "\n".join(lines)
    raise AssertionError


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
