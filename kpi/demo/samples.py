"""
The anchors of the demonstration, read from ``data/samples``.

``figures.tsv`` fixes each measure at four dates (end of 2021, November and December 2022, November 2023), ``seasons.tsv``
says how a year's work is spread over its months, ``faces.tsv`` where a sheet honestly holds no number.  Everything
between the anchors is computed; so a figure is changed by changing one cell of one of these files.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from pathlib import Path

from kpi.catalog.formula import Expression, parse_expression
from kpi.period import Month

SAMPLES = Path(__file__).parents[2] / "data" / "samples"
FIRST, LAST = Month(2022, 1), Month(2023, 11)


class Origin(StrEnum):
    """Where the figure of the last month comes from."""

    STATED = "原文"  # printed in the 2023 summary
    IMPLIED = "推定"  # said there in words: 全部移交, 正在检测
    INVENTED = "虚构"  # masked in the summary or absent from it


@dataclass(frozen=True, slots=True)
class Season:
    """How a year is spread: a weight for each month, and by how many per cent a month may stray from it."""

    weights: tuple[int, ...]
    noise: int


@dataclass(frozen=True, slots=True)
class Sample:
    """
    One measure at its anchors; an absent anchor is computed by ``formula`` from other measures.

    Measures of one ``group`` and season run along the same path, so that a part stays below its whole in every month.
    """

    code: str
    origin: Origin
    decimals: int
    last: Decimal  # at the cut-off in November 2023
    opening: Decimal | None  # end of 2021; None: starts at zero each January
    year_earlier: Decimal | None  # at the same cut-off in November 2022
    year_end: Decimal | None  # end of December 2022
    season: Season | None
    group: str
    cutoff: tuple[int, int] | None  # month and day to which the figure of November runs, when not its last day
    text: str  # how the cell is worded, {}余; empty for a plain number
    formula: Expression | None

    def as_of(self, month: Month) -> date:
        """The day to which the figure in a month's sheet runs; an early cut-off holds until November's sheet."""
        if self.cutoff is None or month.month == 12:
            return month.last_day
        return min(month.last_day, date(month.year, *self.cutoff))


@dataclass(frozen=True, slots=True)
class Face:
    """The word that stands where a sheet honestly holds no number, and why."""

    word: str
    why: str


@dataclass(frozen=True, slots=True)
class Samples:
    """All anchors, by measure code, and the faces of a missing number."""

    figures: dict[str, Sample]
    faces: dict[tuple[str, Month], Face]


def read_samples(folder: Path = SAMPLES) -> Samples:
    """
    Read the three files.

    Args:
        folder: Where they lie.

    Returns:
        The samples, in the order of ``figures.tsv``.

    """
    seasons = {row["season"]: Season(tuple(int(row[str(month)]) for month in range(1, 13)), int(row["noise"])) for row in _rows(folder / "seasons.tsv")}
    figures = {row["code"]: _sample(row, seasons) for row in _rows(folder / "figures.tsv")}
    faces = {}
    for row in _rows(folder / "faces.tsv"):
        month = Month.parse(row["first"])
        while month <= Month.parse(row["last"]):
            faces[row["code"], month] = Face(row["face"], row["why"])
            month = month.plus(1)
    return Samples(figures, faces)


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file, delimiter="\t")


def _sample(row: dict[str, str], seasons: dict[str, Season]) -> Sample:
    month, _, day = row["cutoff"].partition("-")
    return Sample(
        code=row["code"],
        origin=Origin(row["origin"]),
        decimals=int(row["decimals"]),
        last=Decimal(row["at_2023_11"]),
        opening=_number(row["at_2021_12"]),
        year_earlier=_number(row["at_2022_11"]),
        year_end=_number(row["at_2022_12"]),
        season=seasons[row["season"]] if row["season"] else None,
        group=row["group"],
        cutoff=(int(month), int(day)) if month else None,
        text=row["text"],
        formula=parse_expression(row["formula"]) if row["formula"] else None,
    )


def _number(text: str) -> Decimal | None:
    return Decimal(text) if text else None
