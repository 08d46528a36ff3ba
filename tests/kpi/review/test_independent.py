"""
Every indicator of the demo bureau by a route of its own: workbooks, pandas, fractions.

Nothing of the engine is used to say what is expected.  The cells come from the uploaded bytes, the formulas from the
catalogue's files, evaluated as plain arithmetic over fractions; what a figure of a month, a quarter or a year is, is
written down here once more.
"""

import io
import re
import tomllib
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from python_calamine import CalamineWorkbook

from kpi.bureau import Bureau
from kpi.compute.flat_row import field_of
from kpi.figures.indicators import indicators
from kpi.period import Month, Span, months

CATALOG = Path(__file__).parents[3] / "data" / "catalog"
FIRST, LAST = Month(2022, 1), Month(2023, 11)
CODE, FIGURES, DAY = 9, {"month": 4, "ytd": 5, "prior": 6}, 7
SIZES = {Span.MONTH: 1, Span.QUARTER: 3, Span.HALF: 6}


def number(cell: object) -> Fraction | None:
    """A figure as it is typed, 3000余 as 3000; a word is none."""
    if isinstance(cell, (int, float)):
        return Fraction(repr(cell))
    found = re.search(r"\d[\d,]*(\.\d+)?", str(cell))
    return Fraction(found[0].replace(",", "")) if found else None


@pytest.fixture(scope="module")
def sheets(demo: Bureau) -> pd.DataFrame:
    """One row per month and measure: what stands in the three columns, and the day it runs to."""
    rows = []
    for one in demo.store.current_submissions():
        grid = CalamineWorkbook.from_filelike(io.BytesIO(demo.store.original(one.sha256))).get_sheet_by_index(0).to_python(skip_empty_area=False)
        for line in grid[4:]:
            if line[CODE]:
                cells = {column: number(line[place]) for column, place in FIGURES.items()}
                day = line[DAY] if isinstance(line[DAY], date) else one.period.last_day
                rows.append({"measure": line[CODE], "period": one.period, "day": day, **cells})
    return pd.DataFrame(rows, dtype=object).set_index(["measure", "period"]).sort_index()


@pytest.fixture(scope="module")
def catalog() -> dict[str, dict[str, dict[str, Any]]]:
    """Measures and indicators as the files have them."""
    found: dict[str, dict[str, dict[str, Any]]] = {"measure": {}, "indicator": {}}
    for path in CATALOG.glob("*.toml"):
        document = tomllib.loads(path.read_text("utf-8"))
        for noun, entries in found.items():
            entries.update({entry["code"]: entry for entry in document.get(noun, ())})
    return found


class Route:
    """The arithmetic, over one table of what was sent in."""

    def __init__(self, sheets: pd.DataFrame, catalog: dict[str, dict[str, dict[str, Any]]]) -> None:
        self.cells = dict(zip(sheets.index, sheets.to_dict("records"), strict=True))
        self.catalog = catalog

    def ytd(self, code: str, month: Month) -> Fraction | None:
        row = self.cells.get((code, month))
        return row["ytd"] if row else None

    def single(self, code: str, month: Month) -> Fraction | None:
        """The month as typed, else the step between two cumulatives whose day moved on."""
        row, before = self.cells.get((code, month)), self.cells.get((code, month.plus(-1)))
        if row is None or row["month"] is not None:
            return row and row["month"]
        if row["ytd"] is None or month.month == 1:
            return row["ytd"]
        moved = before is not None and before["ytd"] is not None and before["day"] < row["day"]
        return row["ytd"] - before["ytd"] if moved else None

    def measure(self, code: str, month: Month, span: Span, compared_at: Month | None) -> Fraction | None:
        """A measure over the span that ends with a month; the base that the sheet of ``compared_at`` states comes first."""
        if compared_at is not None and span in (Span.YTD, Span.YEAR) and (stated := self.cells.get((code, compared_at))) and stated["prior"] is not None:
            return stated["prior"]
        if span in (Span.YTD, Span.YEAR) or self.catalog["measure"][code]["kind"] != "flow":
            return self.ytd(code, month)
        first = Month(month.year, (month.month - 1) // SIZES[span] * SIZES[span] + 1)
        parts = [self.single(code, each) for each in months(first, month)]
        if None not in parts:
            return sum(parts, Fraction(0))
        ends = self.ytd(code, month), Fraction(0) if first.month == 1 else self.ytd(code, first.plus(-1))
        return ends[0] - ends[1] if len(parts) > 1 and None not in ends else None

    def formula(self, text: str, point: Month, span: Span, back: int) -> Fraction | None:
        """A formula ``back`` months before a point, as plain arithmetic."""
        names = {}
        for code, ly in re.findall(r"([a-z][a-z0-9_]*)(@ly)?", text):
            shift = back + (12 if ly else 0)
            value = self.measure(code, point.plus(-shift), span, point if shift == 12 else None)
            if value is None:
                return None
            names[code + ("__ly" if ly else "")] = value
        spelled = re.sub(r"(?<![a-z0-9_])(\d+(?:\.\d+)?)", r"Fraction('\1')", text.replace("@ly", "__ly"))
        return Fraction(eval(spelled, {"Fraction": Fraction}, names))

    def value(self, entry: dict[str, Any], point: Month, span: Span, back: int = 0) -> Fraction | None:
        top = self.formula(entry["numerator"], point, span, back)
        if "denominator" not in entry or top is None:
            return top
        bottom = self.formula(entry["denominator"], point, span, back)
        return top * entry.get("scale", 1) / bottom if bottom else None

    @staticmethod
    def growth(now: Fraction | None, base: Fraction | None, unit: str) -> Fraction | None:
        if now is None or base is None:
            return None
        if unit == "%":
            return now - base
        return (now / base - 1) * 100 if base > 0 and now >= 0 else None


def same(found: object, expected: Fraction | None) -> bool:
    """Equal to every digit that a quotient of 28 digits can have."""
    if found is None or expected is None:
        return found is None and expected is None
    return abs(Fraction(found) - expected) <= max(abs(expected), 1) / Fraction(10) ** 23  # type: ignore[call-overload]


@pytest.mark.parametrize("span", list(Span))
def test_every_indicator_in_every_month(demo: Bureau, sheets: pd.DataFrame, catalog, span: Span) -> None:
    """Value, month, base, 同比 and 环比 of 81 indicators in 23 months, for each span."""
    route, asked = Route(sheets, catalog), [code for code in catalog["indicator"] if not ledger_only(catalog, code)]
    wrong, numbers = [], 0
    for row in indicators(demo.store, demo.catalog, months(FIRST, LAST), asked, span):
        entry, point = catalog["indicator"][row.indicator], row.period
        value, prior = route.value(entry, point, span), route.value(entry, point, span, 12)
        month, before = route.value(entry, point, Span.MONTH), route.value(entry, point, Span.MONTH, 1)
        expected = {
            "value": value,
            "prior_value": prior,
            "month_value": month,
            "yoy": route.growth(value, prior, entry["unit"]),
            "mom": route.growth(month, before, entry["unit"]),
        }
        numbers += sum(said is not None for said in expected.values())
        wrong += [(str(point), row.indicator, name, field_of(row, name), said) for name, said in expected.items() if not same(field_of(row, name), said)]

    assert (len(asked), wrong) == (81, [])
    assert numbers > 6400  # the others are first months, first years and months that no figure tells apart


def ledger_only(catalog, code: str) -> bool:
    return any(catalog["measure"][name].get("ledger_only") for name in re.findall(r"(?<!@)\b[a-z][a-z0-9_]*", catalog["indicator"][code]["numerator"]))
