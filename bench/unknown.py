"""A table of rows that nobody knows: each is likened to the catalogue, and the likeliest measures are proposed."""

from collections.abc import Iterator
from difflib import SequenceMatcher

from bench.material import Material
from bench.measure import Stopwatch, race
from bench.results import Comparison
from kpi.catalog.model import Catalog
from kpi.workbook.forms.measure_names import Names
from kpi.workbook.forms.reading import read_reports
from kpi.workbook.grid import Cell, CellKind, Sheet
from kpi.workbook.naming import name_key

ROUNDS = 15
_ROWS = 100
_FEWEST = 0.45


def measure(material: Material, rounds: int) -> Iterator[Comparison]:
    """The rows alone, and the sheet they stand in, beside the likenesses that were worked out before: of every name, in Python."""
    catalog = material.catalog
    labels = _labels(catalog)
    names, sheet = Names(catalog), _sheet(labels)

    def ours(clock: Stopwatch) -> None:
        with clock:
            for label in labels:
                names.like([label], None)

    def before(clock: Stopwatch) -> None:
        with clock:
            for label in labels:
                _likenesses(catalog, label)

    def whole(clock: Stopwatch) -> None:
        with clock:
            read_reports((sheet,), catalog, office=material.largest)

    timings = race({"ours": ours, "before": before, "whole": whole}, rounds, warm_ups=1)
    yield Comparison(f"likenesses of {_ROWS} unknown rows", timings["ours"], "difflib, every name", timings["before"])
    yield Comparison(f"sheet of {_ROWS} unknown rows, read", timings["whole"], "difflib, every name, once", timings["before"])


def _labels(catalog: Catalog) -> list[str]:
    """Names of the catalogue with a word too many, so that each is like some and none of them."""
    measures = list(catalog.measures.values())
    return [f"{measures[at * 3 % len(measures)].name}其他情况{at}" for at in range(_ROWS)]


def _sheet(labels: list[str]) -> Sheet:
    texts = [["2023年11月情况表"], ["数据项", "本年累计"], *([label, "5"] for label in labels)]
    kinds = (CellKind.TEXT, CellKind.NUMBER)
    rows = {at: {i: Cell(kinds[i] if at > 1 else CellKind.TEXT, text) for i, text in enumerate(row)} for at, row in enumerate(texts)}
    return Sheet("Sheet1", rows)


def _likenesses(catalog: Catalog, label: str) -> list[tuple[str, float]]:
    """The measures likest a label, as they were found before there was a library for it."""
    key = name_key(label)
    likest = []
    for measure in catalog.measures.values():
        likeness = max(SequenceMatcher(None, key, name_key(name), autojunk=False).ratio() for name in (measure.name, *measure.aliases))
        if likeness >= _FEWEST:
            likest.append((measure.code, likeness))
    return sorted(likest, key=lambda pair: -pair[1])[:3]
