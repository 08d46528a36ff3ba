"""
What a page says about a row of the board, in sentences a leader can read aloud.

Nothing is decided here: verdicts come with the row, this module only says them.
"""

from dataclasses import dataclass, replace
from decimal import Decimal

from kpi.catalog.model import Catalog
from kpi.catalog.target import TargetKind
from kpi.compute.growth import difference_in
from kpi.compute.row import BoardRow, Status
from kpi.present import day_words, figure_notes, growths, numbers, target_words
from kpi.present.statuses import PACED, assessed
from kpi.value import Qualifier

_MOST_DIGITS = 12


@dataclass(frozen=True, slots=True)
class Spoken:
    """
    A row of the board in words.

    ``decimals`` is how many digits its indicator prints, ``counted`` what its numerator counts and ``counted_unit`` in what.
    """

    row: BoardRow
    decimals: int
    counted: str = "分子"
    counted_unit: str = ""
    rounding: numbers.Rounding | None = None  # the rule it was printed by; that in force unless told

    @property
    def value(self) -> str:
        """The figure with what must be said beside it: its unrounded digits, or that it was typed in."""
        notes = "，".join(note for note in (self.unrounded, self.typed, self.partial) if note)
        return f"{self.printed}（{notes}）" if notes else self.printed

    @property
    def printed(self) -> str:
        """The figure as it is printed, or the word that says why there is none."""
        row = self.row
        if row.figure.value is not None:
            return numbers.qualified(self._amount(row.figure.value), row.figure.qualifier)
        if row.figure.reported_value is not None:
            return numbers.typed_amount(row.figure.reported_value, row.unit, row.figure.reported_decimals)
        return self.bounds or row.figure.state_words or row.figure.state.value

    @property
    def unrounded(self) -> str:
        """More digits, where the printed ones would tell another verdict than the exact figure; else empty."""
        value = self.row.figure.value
        with numbers.ruled(self.rounding):
            if value is None or (digits := self._digits_of_truth(value)) == self.decimals:
                return ""
            return f"未舍入 {numbers.amount(value, self.row.unit, max(digits, self.decimals + 2))}"

    @property
    def short(self) -> str:
        """The figure for a narrow column: the digits that tell the verdict."""
        return self.unrounded or self.printed

    @property
    def from_afar(self) -> tuple[str, str]:
        """
        The figure in large type, rounded where it is long, and the exact one to stand beside it; that is empty where it is the same.

        A figure that would read like another verdict is not rounded.
        """
        figure = self.row.figure
        with numbers.ruled(self.rounding):
            reading = "" if figure.value is None or self.unrounded else numbers.reading(figure.value, self.row.unit)
        return (numbers.qualified(reading, figure.qualifier), self.printed) if reading else (self.short.removeprefix("未舍入 "), "")

    @property
    def typed(self) -> str:
        """Says that the figure shown is the office's own and cannot be computed here; else empty."""
        return "填报值" if self.row.figure.value is None and self.row.figure.reported_value is not None else ""

    @property
    def partial(self) -> str:
        """Says that the figure is that of some of those below alone; else empty."""
        row = self.row
        if not row.below.lacking or row.figure.value is None:
            return ""
        return f"已报 {row.below.counted}/{row.below.leaves} 家{'之和' if row.figure.denominator is None else '合并计算'}"

    @property
    def without(self) -> str:
        """Who of those below is missing, and that the target cannot be judged without them; empty where nobody is."""
        return figure_notes.without(self.row)

    @property
    def bounds(self) -> str:
        """Between what the figure can still end while lots are pending; empty when none are."""
        with numbers.ruled(self.rounding):
            return figure_notes.bounds(self.row, self.decimals)

    @property
    def target(self) -> str:
        """What is asked for: ``≥97.8%``, ``全年 19,000 批次``."""
        row = self.row
        if row.target.value is None:
            return "不设目标" if row.target.kind is TargetKind.NONE else "未下达目标"
        return target_words.asked(row.target.kind, row.target.value, row.target.upper, row.unit)

    @property
    def progress(self) -> str:
        """How far an annual task has come, beside the pace; anything else is compared with its target directly."""
        row = self.row
        if row.target.progress is None or row.target.pace is None:
            return numbers.NOTHING
        digits = numbers.apart(row.target.progress, row.target.pace, 1)
        done = numbers.qualified(numbers.amount(row.target.progress, "%", digits), row.figure.qualifier)
        return f"{done}（序时 {numbers.amount(row.target.pace, '%', digits)}）"

    @property
    def gap(self) -> str:
        """How far from where it should be, never printed as a bare zero: ``差 0.012 个百分点``."""
        row = self.row
        if row.target.gap is None or row.target.gap <= 0:
            return numbers.NOTHING
        unit = difference_in(row.unit)
        digits = self.decimals if numbers.rounded(row.target.gap, self.decimals) else numbers.apart(row.target.gap, Decimal(0), self.decimals) + 1
        how = (Qualifier(row.figure.qualifier) if row.too_high else growths.qualifier_of_change(Qualifier.EXACT, row.figure.qualifier)) or Qualifier.ABOUT
        text = f"{numbers.degree(how, '超出' if row.too_high else '差')} {numbers.amount(row.target.gap, unit, digits)}"
        return f"比序时{text}" if row.target.kind in PACED else text

    @property
    def need(self) -> str:
        """What it takes from here on to meet the target."""
        row = self.row
        if row.figure.value is None or row.target.value is None or not row.whole:  # nobody knows how much is left
            return numbers.NOTHING
        if row.target.kind in PACED and row.figure.as_of_latest not in (None, row.figure.as_of):  # nor from which day on, see notes.several_days
            return numbers.NOTHING
        if row.figure.qualifier != Qualifier.EXACT:  # what is missing is no exact number either
            return self.gap
        if row.target.kind is TargetKind.ANNUAL:
            return self._need_of_total(row.target.value - row.figure.value)
        if row.unit == "%" and row.figure.numerator is not None and row.figure.denominator and row.target.kind in (TargetKind.FLOOR, TargetKind.PROGRESS):
            short = row.target.value * row.figure.denominator / 100 - row.figure.numerator
            return f"分母不变，{self.counted}还差 {numbers.amount(numbers.enough(short, 0), self.counted_unit, 0)}" if short > 0 else numbers.NOTHING
        return self.gap

    @property
    def yoy(self) -> str:
        """The change against last year: a number, words where there can be none, both when it is many times as much."""
        return growths.yoy(self.row)

    @property
    def beside_change(self) -> "Spoken":
        """The same row as it stands beside 同比: a rate with the digits that make the subtraction on the page come out."""
        return replace(self, decimals=growths.digits_beside(self.row, self.decimals))

    @property
    def last_year(self) -> str:
        """The figure of the same period last year; our own record too, when the office has restated its base."""
        row = self.row
        if row.last_year.value is None:
            return numbers.NOTHING
        matched = f"（{row.below.compared} 家）" if figure_notes.matched(row) else ""
        restated = "" if row.last_year.own is None else f"（上年报送 {self._amount(row.last_year.own)}）"
        return numbers.qualified(self._amount(row.last_year.value), row.last_year.qualifier) + matched + restated

    @property
    def different_days(self) -> str:
        """A note when last year's figure runs to another day of the year; empty when both run alike."""
        return figure_notes.different_days(self.row)

    @property
    def about(self) -> str:
        """The name, with the year the figure is about where that is not the year it is reported in: ``企业年报率（2022 年度）``."""
        row = self.row
        return row.name if row.data_year == row.year_called else f"{row.name}（{row.data_year} 年度）"

    @property
    def pending(self) -> str:
        """What results still to come can change; empty where none are pending."""
        return figure_notes.pending(self.row, self.decimals)

    @property
    def notes(self) -> list[str]:
        """What must be said beside the figure so that nobody reads it for more than it is."""
        return figure_notes.of_row(self.row, self.decimals)

    @property
    def sentence(self) -> str:
        """The whole row in one sentence, and one more for each thing that must be said beside it."""
        row = self.row
        parts = [f"{self.about} {self.value}"]
        if row.target.value is not None:
            parts.append(f"目标 {self.target}")
        parts.append(assessed(row).value if row.status is not Status.MISSED or not row.may_assess else f"未达标，{self.gap}")
        if row.last_year.value is not None:
            parts.append(f"同比 {self.yoy}" if growths.over_year(row) is not None else f"同比{self.yoy}")
        elif row.last_year.yoy_words:
            parts.append(f"同比{row.last_year.yoy_words}")
        if since := growths.since_year_end(row):
            parts.append(f"较上年末{numbers.spaced(since)}")
        if (until := day_words.as_of(row)) != numbers.NOTHING:
            parts.append(f"截至 {until}")
        return "。".join(["，".join(parts), *self.notes]) + "。"

    def _amount(self, value: Decimal) -> str:
        with numbers.ruled(self.rounding):
            return numbers.amount(value, self.row.unit, self.decimals)

    def _need_of_total(self, left: Decimal) -> str:
        if left <= 0:
            return "全年目标已完成"
        months = 12 - self.row.period.month
        still, each = f"离全年目标还差 {self._amount(left)}", self._amount(numbers.enough(left / max(months, 1), self.decimals))
        return f"{still}，{'今后每月需' if months > 1 else '12 月需'} {each}" if months else still

    def _meets(self, value: Decimal) -> bool:
        """The comparison a reader makes between a printed figure and the target beside it."""
        row = self.row
        if row.target.value is None or row.target.kind in PACED:
            return True  # the figure itself is compared with nothing
        if row.target.kind is TargetKind.CEILING:
            return value <= row.target.value
        return row.target.value <= value and (row.target.upper is None or value <= row.target.upper)

    def _digits_of_truth(self, value: Decimal) -> int:
        """The digits it takes until print and unrounded figure tell the same verdict."""
        truth = self._meets(value)
        return next((d for d in range(self.decimals, _MOST_DIGITS) if self._meets(numbers.rounded(value, d)) == truth), _MOST_DIGITS)


def spoken(row: BoardRow, catalog: Catalog) -> Spoken:
    """A row of an indicator in words, with the digits it prints and the name of what it counts."""
    indicator = catalog.at(row.period).indicators[row.indicator]
    counted = [catalog.measures[code] for code in indicator.numerator.codes]
    if len(counted) == 1 and not indicator.numerator.derivations:
        return Spoken(row, indicator.decimals, f"「{counted[0].name}」", counted[0].unit)
    return Spoken(row, indicator.decimals)


def row_sentence(row: BoardRow, decimals: int | None = None) -> str:
    """
    A row in one sentence.

    Args:
        row: The row.
        decimals: The digits its indicator prints; as many as its value has, at most two, when nobody says.

    """
    return Spoken(row, min(2, numbers.precision(row.figure.value)) if decimals is None and row.figure.value is not None else decimals or 0).sentence
