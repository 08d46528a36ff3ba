"""
What an old paper says of the months that it is about, as figures that could be taken in (可补录的数).

A bureau that begins has no sheets of last year, only its old summary.  The reader of papers finds its figures and the measures that they are; each is
proposed for the month of the day to which it runs.  Rates and growths are never proposed: they are computed from what is taken in.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from kpi.access.roles import Right
from kpi.bureau import Bureau
from kpi.catalog.measure import Measure, MeasureKind
from kpi.errors import RequestError
from kpi.papers.checking.figure_faces import FigureFace
from kpi.papers.checking.figures_of_others import figures_of_others
from kpi.papers.checking.measure_matching import match_measures, names_of
from kpi.papers.figures.figure_reading import read_figures
from kpi.papers.figures.text_figure import TextFigure
from kpi.papers.paper import Paper, Passage
from kpi.period import Month, year_earlier
from kpi.value import State, Value
from kpi.workbook.report import Column
from kpi.workbook.units import converted, power_between

_STOPS = "。！？；\n"
_STATED = (FigureFace.SO_FAR, FigureFace.MONTH, FigureFace.LAST_YEAR)
_MOST_QUOTED = 200  # signs of a sentence, with the figure in the middle where it is longer


class ProposalStanding(StrEnum):
    """Whether a figure may be taken in; the values are the words in a list."""

    OPEN = "可补录"
    CONTESTED = "文中另有一个数"
    ON_FILE = "已有报送"


@dataclass(frozen=True, slots=True)
class ProposedFigure:
    """
    A figure of a paper as a figure of a measure.

    Attributes:
        measure: The measure.
        month: The month of the day to which it runs.
        as_of: That day.
        column: Whether it is the cumulative or standing figure, or that of the month alone.
        value: The figure in the unit of the measure, masked ones as 未公开.
        place: Where in the paper it stands: 正文第3段.
        sentence: The sentence that states it.
        standing: Whether it may be taken in.

    """

    measure: Measure
    month: Month
    as_of: date
    column: Column
    value: Value
    place: str
    sentence: str
    standing: ProposalStanding = ProposalStanding.OPEN

    @property
    def cell(self) -> tuple[str, Month, Column]:
        """What it is the figure of."""
        return self.measure.code, self.month, self.column


def proposed_figures(bureau: Bureau, paper: Paper, month: Month | None = None, org: str | None = None) -> tuple[ProposedFigure, ...]:
    """
    The figures that a paper offers of the offices that the caller may submit for, in the order of reading; a figure stated again once.

    Args:
        bureau: Whose catalogue and figures it is held against.
        paper: The paper.
        month: The month of the figures of which it names no day; else they run to the latest day that it names.
        org: The organisation whose figures it states, the root of the tree unless told.

    Raises:
        DeniedError: The caller may not submit for the organisation.
        RequestError: The organisation does not report itself, or nothing tells the month.

    """
    bureau.require(Right.SUBMIT, org)
    org = _reporting(bureau, org)
    figures = read_figures(paper, month.last_day if month else None)
    days = [figure.as_of for figure in figures if figure.as_of]
    if figures and not days:
        raise RequestError(f"「{paper.name}」没有写明截止日期，看不出是哪个月的数；请选定或写明月份。")
    catalog = bureau.catalog.at(Month.of(max(days))) if days else bureau.catalog
    proposed: dict[tuple[tuple[str, Month, Column], Value], ProposedFigure] = {}
    matches = match_measures(paper, figures, names_of(catalog), figures_of_others(paper, figures, catalog, org))
    own_days = {match.measure: figures[match.figure].as_of for match in matches if match.face is FigureFace.SO_FAR}
    for match in matches:
        measure, figure = catalog.measures.get(match.measure), figures[match.figure]
        if match.face is FigureFace.LAST_YEAR and not _is_year_earlier(figure.as_of, own_days.get(match.measure)):
            continue
        if measure is None or not _is_reported(measure, figure, match.face) or not bureau.may(Right.SUBMIT, org, measure.office):
            continue
        offered = _proposed(measure, figure, match.face, paper.passages[figure.passage])
        if offered is not None and measure in catalog.office_measures(measure.office, offered.month):
            proposed.setdefault((offered.cell, offered.value), offered)
    return tuple(_with_standing(bureau, org, list(proposed.values())))


def _reporting(bureau: Bureau, org: str | None) -> str:
    """The organisation whose figures are offered: one that reports itself."""
    org = org or bureau.catalog.root
    if bureau.catalog.branched and not bureau.catalog.orgs[org].reports:
        raise RequestError(f"{bureau.catalog.orgs[org].name}自己不报数，不能补录；请选报数的单位。")
    return org


def _is_reported(measure: Measure, figure: TextFigure, face: FigureFace) -> bool:
    """Whether a figure is what an office reports: no rate, no growth, no change, and none that a ledger counts."""
    return measure.kind is not MeasureKind.RATE and not measure.ledger_only and not figure.falls and face in _STATED


def _is_year_earlier(day: date | None, own: date | None) -> bool:
    """Whether a figure of 上年同期 runs to the same day a year before the figure that it is beside."""
    return day is not None and own is not None and day == year_earlier(own)


def _proposed(measure: Measure, figure: TextFigure, face: FigureFace, passage: Passage) -> ProposedFigure | None:
    """A figure as one of a measure; None where no day or no unit tells what it is."""
    power = power_between(figure.unit, measure.unit) if figure.unit else 0
    if figure.as_of is None or power is None:
        return None
    if figure.value is None:
        value = Value(State.WITHHELD)
    else:
        value = converted(Value(State.NUMBER if figure.value else State.ZERO, figure.value, figure.decimals, figure.qualifier), power)
    column = Column.MONTH if face is FigureFace.MONTH and measure.of_months else Column.YTD
    return ProposedFigure(measure, Month.of(figure.as_of), figure.as_of, column, value, passage.place, _sentence(passage.text, figure))


def _sentence(text: str, figure: TextFigure) -> str:
    """The sentence that states a figure, on one line."""
    begin = max(text.rfind(stop, 0, figure.start) for stop in _STOPS) + 1
    end = min([place for stop in _STOPS if (place := text.find(stop, figure.end)) >= 0], default=len(text))
    begin, end = max(begin, figure.start - _MOST_QUOTED // 2), min(end, figure.end + _MOST_QUOTED // 2)
    return "".join(sign for sign in " ".join(text[begin:end].split()) if sign.isprintable())


def _with_standing(bureau: Bureau, org: str, proposed: Sequence[ProposedFigure]) -> Iterator[ProposedFigure]:
    """Figures with what stands against each: the month has one already, or the paper states another."""
    values: defaultdict[tuple[str, Month, Column], int] = defaultdict(int)
    for each in proposed:
        values[each.cell] += 1
    on_file = {}
    for office, month in {(each.measure.office, each.month) for each in proposed}:
        for code, figures in bureau.store.history([office], month, month, org).items():
            on_file[code, month] = figures[month].state is not State.UNREPORTED
    for each in proposed:
        reported = on_file.get((each.measure.code, each.month), False)
        yield replace(each, standing=ProposalStanding.ON_FILE if reported else ProposalStanding.CONTESTED if values[each.cell] > 1 else ProposalStanding.OPEN)
