"""Results: one comparison a line, the same on a terminal, in JSON and in README.md."""

import os
import platform
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from importlib.metadata import version
from pathlib import Path
from typing import Any

import psutil

from bench.measure import Timing

README = Path(__file__).with_name("README.md")
HEADERS = ("case", "ours (min–max)", "CPU", "against", "theirs (min–max)", "CPU", "ratio", "ratio CPU", "budget")


class Unit(StrEnum):
    """What is counted."""

    TIME = "s"
    SIZE = "B"
    COUNT = "n"


@dataclass(frozen=True, slots=True)
class Budget:
    """What may not be exceeded: seconds on the wall, or of CPU; an amount; or how many times theirs ours may be."""

    limit: float
    of_cpu: bool = False
    as_ratio: bool = False


@dataclass(frozen=True, slots=True)
class Comparison:
    """Our way of one case beside one other; ``against`` is empty where there is nothing to compare with."""

    case: str
    ours: Timing
    against: str = ""
    theirs: Timing | None = None
    budget: Budget | None = None
    unit: Unit = Unit.TIME

    @property
    def ratio(self) -> float | None:
        """How many times as long (or large) as theirs ours is."""
        return self.ours.median / self.theirs.median if self.theirs else None

    @property
    def cpu_ratio(self) -> float | None:
        """The same of CPU."""
        ours, theirs = self.ours.cpu_median, self.theirs.cpu_median if self.theirs else None
        return ours / theirs if ours is not None and theirs else None

    @property
    def kept(self) -> bool | None:
        """Whether the budget was kept; None where there is none."""
        if self.budget is None:
            return None
        amounts, ratios = (self.ours.median, self.ours.cpu_median), (self.ratio, self.cpu_ratio)
        spent = (ratios if self.budget.as_ratio else amounts)[self.budget.of_cpu]
        return spent is not None and spent < self.budget.limit

    def cells(self) -> tuple[str, ...]:
        """The line under `HEADERS`."""
        return (
            self.case,
            self._timing(self.ours),
            self._amount(self.ours.cpu_median),
            self.against,
            self._timing(self.theirs),
            self._amount(self.theirs.cpu_median if self.theirs else None),
            _ratio(self.ratio),
            _ratio(self.cpu_ratio),
            self._budget(),
        )

    def document(self) -> dict[str, Any]:
        """The line for JSON; times in seconds, sizes in bytes."""
        return {
            "case": self.case,
            "unit": self.unit,
            "ours": _figures(self.ours),
            "against": self.against or None,
            "theirs": _figures(self.theirs) if self.theirs else None,
            "ratio": self.ratio,
            "cpu_ratio": self.cpu_ratio,
            "budget": self._budget_document(),
        }

    def _budget_document(self) -> dict[str, Any] | None:
        if self.budget is None:
            return None
        of = "cpu" if self.budget.of_cpu else "wall"
        return {"limit": self.budget.limit, "of": f"{of} ratio" if self.budget.as_ratio else of, "kept": self.kept}

    def _timing(self, timing: Timing | None) -> str:
        if timing is None:
            return ""
        middle = self._amount(timing.median)
        return middle if len(timing.values) == 1 else f"{middle} ({self._amount(min(timing.values))}–{self._amount(max(timing.values))})"

    def _amount(self, value: float | None) -> str:
        if value is None:
            return ""
        if self.unit is Unit.SIZE:
            return f"{_digits(value / 1e6)} MB"
        if self.unit is Unit.COUNT:
            return f"{value:g}"
        return f"{_digits(value)} s" if value >= 1 else f"{_digits(value * 1e3)} ms"

    def _budget(self) -> str:
        if self.budget is None:
            return ""
        of = "CPU " if self.budget.of_cpu else ""
        limit = _ratio(self.budget.limit) if self.budget.as_ratio else self._amount(self.budget.limit)
        return f"{of}< {limit} {'✓' if self.kept else '✗'}"


def machine() -> str:
    """Where and when, with what, and how busy the machine was with other things before the run."""
    memory = psutil.virtual_memory().total / 2**30
    load = f"load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    parts = (
        date.today().isoformat(),  # noqa: DTZ011 - the date on the wall
        f"{os.cpu_count()} cores",
        f"{memory:.0f} GB",
        f"Python {platform.python_version()}",
        f"DuckDB {version('duckdb')}",
        f"Streamlit {version('streamlit')}",
        load,
    )
    return " · ".join(part for part in parts if part)


def table(comparisons: Sequence[Comparison]) -> str:
    """A table for the terminal."""
    lines = [HEADERS, *(comparison.cells() for comparison in comparisons)]
    widths = [max(map(_width, column)) for column in zip(*lines, strict=True)]
    return "\n".join("  ".join(cell + " " * (width - _width(cell)) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines)


def markdown(comparisons: Sequence[Comparison]) -> str:
    """The same table for README.md."""
    lines = [HEADERS, ("---",) * len(HEADERS), *(comparison.cells() for comparison in comparisons)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def write(where: str, by_subject: Mapping[str, Sequence[Comparison]]) -> None:
    """
    Put results into README.md, each subject's between its own two markers.

    Raises:
        ValueError: README.md lacks the markers of a subject; nothing was written.
    """
    text = README.read_text(encoding="utf-8")
    for subject, comparisons in by_subject.items():
        before, marker, rest = text.partition(f"<!-- {subject} -->\n")
        _, end, after = rest.partition(f"<!-- /{subject} -->")
        if not marker or not end:
            raise ValueError(f"README.md: <!-- {subject} --> and <!-- /{subject} --> on lines of their own expected")
        text = f"{before}{marker}{where}\n\n{markdown(comparisons)}\n\n{end}{after}"
    README.write_text(text, encoding="utf-8")


def _figures(timing: Timing) -> dict[str, Any]:
    return {"median": timing.median, "min": min(timing.values), "max": max(timing.values), "cpu": timing.cpu_median, "runs": len(timing.values)}


def _digits(value: float) -> str:
    """Three digits; more would be noise."""
    return f"{value:.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def _ratio(value: float | None) -> str:
    return "" if value is None else f"{_digits(value)}×"


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)
