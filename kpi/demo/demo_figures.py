"""
Every figure of the demonstration, month by month.

A measure walks from one anchor to the next along the path of its season; wholes, rates and growth follow from their
parts.  Each figure is rounded from the cumulative one, never from the month, so that months always add up, and two
measures on the same path keep their order.  The noise of a month is a hash, not a random number: nothing depends on
the clock, the machine or the order in which figures are asked for.
"""

import hashlib
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from kpi.catalog.measure import MeasureKind
from kpi.catalog.model import Catalog
from kpi.demo.samples import FIRST, LAST, Sample, Samples, read_samples
from kpi.errors import RequestError
from kpi.period import Month, months

NOT_STARTED = "未开展"

CellContent = Decimal | str


@dataclass(frozen=True, slots=True)
class DemoFigure:
    """What a sheet says of a measure in one month: numbers, or the word that stands for none."""

    month: CellContent | None  # 本月数; None where the cell stays empty
    ytd: CellContent
    as_of: date
    text: str = ""  # how the cumulative figure is worded, {}余

    @property
    def written(self) -> CellContent:
        """The cumulative figure as the cell shows it."""
        return self.text.format(self.ytd) if self.text and isinstance(self.ytd, Decimal) else self.ytd


def table(catalog: Catalog, samples: Samples | None = None) -> dict[Month, dict[str, DemoFigure]]:
    """
    The figures of every measure in every month from January 2022 to November 2023.

    Args:
        catalog: Says which measures there are and which of them have a 本月数.
        samples: The anchors; those in ``data/samples`` when absent.

    Returns:
        By month, ascending, and measure code, in the catalogue's order.

    Raises:
        RequestError: The catalogue holds a measure for which there is no anchor.

    """
    samples = samples or read_samples()
    unknown = [code for code in catalog.owed if code not in samples.figures]
    if unknown:
        raise RequestError(f"演示数据里没有数据项 {'、'.join(unknown)}；请在 data/samples/figures.tsv 补上，或改用随附的指标目录。")
    flows = frozenset(code for code, measure in catalog.owed.items() if measure.kind is MeasureKind.FLOW)
    walk = _Walk(samples, flows)
    return {month: {code: walk.figure(code, month) for code in catalog.owed} for month in months(FIRST, LAST)}


class _Walk:
    """One computation of the table; remembers each cumulative figure."""

    def __init__(self, samples: Samples, flows: frozenset[str]) -> None:
        self._samples = samples
        self._flows = flows
        self._known: dict[tuple[str, Month], CellContent] = {}

    def figure(self, code: str, month: Month) -> DemoFigure:
        sample = self._samples.figures[code]
        as_of = sample.as_of(month)
        face = self._samples.faces.get((code, month))
        text = sample.text if month == LAST or code not in self._flows else ""
        if face is not None:
            return DemoFigure(face.word if code in self._flows else None, face.word, as_of)
        return DemoFigure(self._of_the_month(sample, month) if code in self._flows else None, self._cumulative(code, month), as_of, text)

    def _of_the_month(self, sample: Sample, month: Month) -> CellContent | None:
        """The step from the month before; nothing where the figure has not moved on since (数据截止日未变)."""
        before = month.plus(-1)
        now = self._cumulative(sample.code, month)
        if isinstance(now, str) or before.year < month.year:
            return now
        if sample.as_of(before) == sample.as_of(month):
            return None
        earlier = self._cumulative(sample.code, before)
        return now - earlier if isinstance(earlier, Decimal) else now

    def _cumulative(self, code: str, month: Month) -> CellContent:
        """本年累计, or the stock, standard or rate at the as_of; faces of the measure itself left aside."""
        key = code, month
        if key not in self._known:
            self._known[key] = self._computed(self._samples.figures[code], month)
        return self._known[key]

    def _computed(self, sample: Sample, month: Month) -> CellContent:
        if month == LAST:
            return sample.last
        if sample.formula is None or (month.year < LAST.year and sample.year_earlier is not None):
            return _rounded(self._between_anchors(sample, month), sample.decimals)
        parts = {}
        for code, years_back in sample.formula.codes:
            at = month.plus(-12 * years_back)
            face = self._samples.faces.get((code, at))
            part = face.word if face else self._cumulative(code, at)
            if isinstance(part, str):
                return part
            parts[code, years_back] = Fraction(part)
        try:
            return _rounded(sample.formula.evaluate(parts), sample.decimals)
        except ZeroDivisionError:
            return NOT_STARTED

    def _between_anchors(self, sample: Sample, month: Month) -> Fraction:
        """The exact point of a measure's path at its as_of."""
        if sample.year_earlier is None or sample.year_end is None or sample.season is None:
            raise ValueError(f"{sample.code} has neither anchors nor a formula")
        if month.month == 12:
            return Fraction(sample.year_end)
        start, goal = (sample.opening, sample.year_earlier) if month.year < LAST.year else (sample.year_end, sample.last)
        if sample.opening is None or start is None:
            start = Decimal(0)
        done = _done(sample, sample.as_of(month)) / _done(sample, sample.as_of(Month(month.year, 11)))
        return Fraction(start) + (Fraction(goal) - Fraction(start)) * done


def _done(sample: Sample, day: date) -> Fraction:
    """The work of the year that its path has behind it at the end of a day, in noisy season weights."""
    month = Month.of(day)
    whole = sum((_weight(sample, Month(day.year, number)) for number in range(1, day.month)), Fraction(0))
    return whole + _weight(sample, month) * Fraction(day.day, month.last_day.day)


def _weight(sample: Sample, month: Month) -> Fraction:
    """A month's weight, strayed by the noise of its season; the same for all measures of a group."""
    if sample.season is None:
        raise ValueError(f"{sample.code} has no season")
    span = 2 * sample.season.noise + 1
    digest = hashlib.sha256(f"{sample.group} {month}".encode()).digest()
    stray = int.from_bytes(digest[:4]) % span - sample.season.noise
    return Fraction(sample.season.weights[month.month - 1] * (100 + stray), 100)


def _rounded(exact: Fraction, decimals: int) -> Decimal:
    """Half up, away from zero, to so many digits."""
    scale = 10**decimals
    digits = int(abs(exact) * scale + Fraction(1, 2))
    return Decimal(digits if exact >= 0 else -digits).scaleb(-decimals)
