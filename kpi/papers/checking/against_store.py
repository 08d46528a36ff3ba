"""
The figures of a text against those of the store.

A figure is held against the cumulative (of a stock, the standing) figure of the month to which it runs.  It agrees where it is the same number, or what
that is rounded to its digits; a figure that the store had in an earlier month is called older, and one of which the store knows nothing is no fault.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from kpi.bureau import Bureau
from kpi.compute.row import BoardRow
from kpi.papers.checking.measure_matching import Match
from kpi.papers.checking.paper_finding import Grade, PaperFinding
from kpi.papers.checking.relations_in_text import value_in_text
from kpi.papers.figures.text_figure import TextFigure
from kpi.period import Month
from kpi.review.board import everything
from kpi.validation.relation_figures import round_half_up
from kpi.value import Qualifier, State, plain

_LOOK_BACK = 12  # months in which an older figure is looked for


class Agreement(StrEnum):
    """How a figure of a text stands to the store; the values are the words on the page."""

    EQUAL = "一致"
    ROUNDED = "舍入后一致"
    OLDER = "较早的数"
    DIFFERENT = "不一致"
    HIDDEN = "库中未公开"
    NOT_IN_STORE = "库中无此数"
    NO_MEASURE = "未对应指标"


@dataclass(frozen=True, slots=True)
class Comparison:
    """
    One figure of a text beside that of the store.

    Attributes:
        figure: Its index.
        agreement: How the two stand to each other.
        code: The measure or indicator that it is; nothing where it is none.
        month: The month whose figure was looked at; of an older one the month that has it.
        stored: The figure of the store in the unit of the catalogue, unrounded.
        as_of: The day to which that runs.

    """

    figure: int
    agreement: Agreement
    code: str = ""
    month: Month | None = None
    stored: Decimal | None = None
    as_of: date | None = None


class StoredFigures:
    """The rows of the store by month, each month asked for once."""

    def __init__(self, bureau: Bureau, org: str | None = None) -> None:
        self._bureau = bureau
        self._org = org
        self._months: dict[Month, Mapping[str, BoardRow]] = {}

    def row(self, code: str, month: Month) -> BoardRow | None:
        """The row of a code in a month."""
        if month not in self._months:
            rows = everything(self._bureau, month, self._org) if month.comparable else []
            self._months[month] = {row.indicator: row for row in rows}
        return self._months[month].get(code)


def compare(figures: Sequence[TextFigure], matches: Sequence[Match], stored: StoredFigures, month: Month | None = None) -> tuple[Comparison, ...]:
    """
    Each figure of a text beside the store.

    Args:
        figures: The figures.
        matches: Which of them are figures of the catalogue.
        stored: The store.
        month: The month of figures of which the text names no day.

    """
    codes = {match.figure: match.measure for match in matches}
    return tuple(_compared(index, figure, codes.get(index), stored, month) for index, figure in enumerate(figures))


def _compared(index: int, figure: TextFigure, code: str | None, stored: StoredFigures, default: Month | None) -> Comparison:
    month = Month.of(figure.as_of) if figure.as_of else default
    if code is None or month is None:
        return Comparison(index, Agreement.NO_MEASURE, code or "")
    row = stored.row(code, month)
    if row is None or row.figure.value is None:
        hidden = row is not None and row.figure.state is State.WITHHELD
        return Comparison(index, Agreement.HIDDEN if hidden else Agreement.NOT_IN_STORE, code, month)
    if figure.value is None:
        return Comparison(index, Agreement.HIDDEN, code, month, row.figure.value, row.figure.as_of)
    agreement = agrees(figure, row)
    if agreement is None:
        for back in range(1, _LOOK_BACK + 1):
            former = stored.row(code, month.plus(-back)) if month.plus(-back).year == month.year else None
            if former is not None and former.figure.value is not None and agrees(figure, former):
                return Comparison(index, Agreement.OLDER, code, former.period, row.figure.value, row.figure.as_of)
    return Comparison(index, agreement or Agreement.DIFFERENT, code, month, row.figure.value, row.figure.as_of)


def agrees(figure: TextFigure, row: BoardRow) -> Agreement | None:
    """Whether a figure of a text is that of a row, to its own digits and as it is meant; None where it is not."""
    value = value_in_text(figure, row.unit)
    if value.number is None or row.figure.value is None:
        return None
    if value.number == row.figure.value:
        return Agreement.EQUAL
    if figure.qualifier is Qualifier.AT_LEAST and row.figure.value >= value.number:
        return Agreement.ROUNDED if row.figure.value < value.number * 2 else None
    if figure.qualifier is Qualifier.AT_MOST and row.figure.value <= value.number:
        return Agreement.ROUNDED
    if figure.qualifier is Qualifier.ABOUT and abs(row.figure.value - value.number) <= abs(value.number) / 10:
        return Agreement.ROUNDED
    return Agreement.ROUNDED if round_half_up(Fraction(row.figure.value), value.decimals) == Fraction(value.number) else None


def store_findings(bureau: Bureau, figures: Sequence[TextFigure], comparisons: Sequence[Comparison]) -> Iterator[PaperFinding]:
    """The figures that the store has otherwise, or had earlier."""
    for compared in comparisons:
        figure = figures[compared.figure]
        if compared.agreement not in (Agreement.DIFFERENT, Agreement.OLDER) or compared.stored is None or compared.month is None:
            continue
        name = bureau.catalog.indicator_or_measure(compared.code).name
        unit = bureau.catalog.indicator_or_measure(compared.code).unit
        shown = f"库中{compared.month.chinese if compared.agreement is Agreement.DIFFERENT else ''}为 {plain(round(compared.stored, 4))}{unit}"
        if compared.agreement is Agreement.OLDER:
            yield PaperFinding(
                "older-figure",
                Grade.STORE,
                (compared.figure,),
                f"「{name}」写为 {figure.token}{figure.unit}，是{compared.month.chinese}的数",
                f"{shown}，请更新或写明截止日期",
            )
        else:
            yield PaperFinding(
                "differs-from-store", Grade.STORE, (compared.figure,), f"「{name}」写为 {figure.token}{figure.unit}", f"{shown}，请核对材料和报表"
            )
