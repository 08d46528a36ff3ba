"""
The open bureau and what is read from it, shared by all sessions of the process.

Answers are kept by the version of the data, so an accepted sheet makes all of them stale at once and nothing else
does.  They are shared as they are, not copied: rows are frozen, figures are only read.
"""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, ParamSpec, TypeVar

import streamlit as st

from kpi.access.roles import Right
from kpi.bureau import LiveBureau
from kpi.catalog.indicator import Indicator
from kpi.catalog.relation import Raises
from kpi.compute.outlook import Outlook
from kpi.compute.row import BoardRow
from kpi.filing import default_month
from kpi.filing.default_month import DefaultMonth
from kpi.meeting import definition_changes
from kpi.period import Month, Span, months
from kpi.present import row_words
from kpi.present.row_words import Spoken
from kpi.review import absent_figures, board, prospects, ranking, relation_results, scoring, since_last_month, source, status_course, trust
from kpi.review import series as trends
from kpi.review.since_last_month import SinceLastMonth
from kpi.review.status_course import StatusesByMonth
from kpi.review.trust import Trust
from kpi.store import clock
from kpi.store.demonstration import Demonstration
from kpi.validation.relation_figures import Evaluated, Result
from pages.widgets import running

_RESULTS = (Result.VIOLATED, Result.MISSING, Result.MASKED, Result.HOLDS, Result.DERIVED)
_RAISES = tuple(Raises)
WORST = 8  # rows of the first screen; the rest is one click away
LINE_MONTHS = 13  # of a small line
Arguments = ParamSpec("Arguments")
Returned = TypeVar("Returned")


def bureau() -> LiveBureau:
    """The bureau of this process, asked by whom the present request is of."""
    return running.opened().of(running.caller())


def kept(read: Callable[Arguments, Returned], *arguments: Arguments.args, **named: Arguments.kwargs) -> Returned:
    """
    What a function answers, kept as long as the data stand and the day lasts; visits that ask the same at once wait for one answer.

    It is shared by those who may see the same: of one organisation and what is below it.
    """
    asks = running.caller()
    question = f"{asks.org} {asks.may(Right.READ)} {clock.today()} {read.__module__}.{read.__qualname__}{arguments!r}{named!r}"
    answer: Returned = _kept(running.version(), question, partial(read, *arguments, **named))
    return answer


@st.cache_resource(max_entries=500, show_spinner=False)  # the board of a bureau is some hundred kilobytes
def _kept(version: str, question: str, _read: Callable[[], Any]) -> Any:
    return _read()


def standing() -> str:
    """The version of the data and the day: what an open page compares to notice that it would say something else by now."""
    return f"{running.version()}-{clock.today()}"


def root() -> str:
    """The organisation that stands for all that the caller may see."""
    return running.caller().org or running.opened().catalog.root


def whose(org: str) -> str:
    """The organisation as a sentence begins with it; nothing where there is but one."""
    name = bureau().catalog.called(None, org)
    return f"{name} " if name else ""


def demonstration() -> Demonstration:
    """What is stored of the demonstration, and beside it."""
    return kept(_demonstration)


def periods() -> tuple[Month, ...]:
    """Months that hold data, ascending; empty before the first sheet."""
    return kept(_periods)


def usual_month(org: str | None = None) -> Month:
    """The month that a visit begins with; the last one that is over before the first sheet."""
    usual = default_of(org)
    return usual.shown.month if usual else Month.of(clock.today()).plus(-1)


def default_of(org: str | None = None) -> DefaultMonth | None:
    """The month that a visit begins with, and the later ones that have begun to arrive; None before the first sheet."""
    return kept(_default_month, org or root())


def statuses_until(period: Month, org: str) -> StatusesByMonth:
    """The statuses of the thirteen months up to one; each year is computed once for all months that look back on it."""
    years = {month: bureau().catalog.year.of(month) for month in months(period.plus(1 - status_course.YEAR_AND_MONTH), period)}
    statuses = {year: kept(_statuses_of_year, year, org) for year in set(years.values())}
    return {month: statuses[year][month] for month, year in years.items()}


def changes_of(period: Month, org: str) -> SinceLastMonth:
    """What changed since last month."""
    return kept(_changes, period, org)


def rows(period: Month, office: str | None = None, org: str | None = None, span: Span = Span.YTD) -> tuple[BoardRow, ...]:
    """The board of a month, year to date unless told, in the order of the catalogue; of the whole tree unless an organisation is told."""
    board_rows = kept(_rows, period, org or root()) if span is Span.YTD else kept(_rows_of_span, period, org or root(), span)
    return tuple(row for row in board_rows if office in (None, row.office))


def missed(period: Month, org: str | None = None) -> tuple[BoardRow, ...]:
    """Rows that miss their target, worst first."""
    return tuple(board.late(rows(period, org=org)))


def outlook_of(row: BoardRow) -> Outlook:
    """What a row still needs, where its year will end, and whether its month is signal or noise."""
    return kept(_outlooks, row.period, row.org)[row.indicator]


def scored(period: Month, org: str | None = None) -> tuple[scoring.Scored, ...]:
    """The points of the targets that have any."""
    return kept(_scored, period, org or root())


def ranked(code: str, period: Month, org: str) -> ranking.Ranking:
    """Those directly below a node by one indicator."""
    return kept(_ranked, code, period, org)


def line(code: str, period: Month, org: str) -> trends.Series:
    """The last thirteen months of an indicator, for its small line; what the first screen draws is computed together, not by office."""
    drawn = kept(_lines, period, org)
    return drawn[code] if code in drawn else series(code, _line_from(period), period, Span.YTD, org)


def ready(period: Month) -> None:
    """Compute what the pages ask of a month, unless it is kept already."""
    rows(period)
    kept(_outlooks, period, root())
    relations_of(period)
    kept(_sources, period, root())


def series_ready(office: str, span: Span) -> None:
    """Compute the series of the indicators of an office, unless they are kept already."""
    kept(_indicator_series, office, span, root())


def relations_of(period: Month, org: str | None = None) -> tuple[Evaluated, ...]:
    """What came of every relation (勾稽关系) in a month, of one organisation: those that do not hold first, the gravest of them on top."""
    return kept(_relations, period, org or bureau().catalog.leaves(bureau().catalog.root)[0])


def series(code: str, first: Month, last: Month, span: Span, org: str | None = None) -> trends.Series:
    """A figure over the months; it is computed with all others of its kind and office, for who looks at one looks at the next."""
    catalog = bureau().catalog
    together = _indicator_series if code in catalog.indicators else _measure_series
    return kept(together, catalog.indicator_or_measure(code).office, span, org or root())[code].between(first, last)


def sources(code: str, period: Month, org: str | None = None) -> tuple[source.Source, ...]:
    """The cells a figure was read from."""
    return kept(_sources, period, org or root())[code]


def why_absent(code: str, period: Month, org: str) -> str:
    """The words in the place of a figure that is not there."""
    return absent_figures.why_absent(bureau().catalog, code, period, lambda other: sources(other, period, org))


def definition(row: BoardRow) -> Indicator:
    """The indicator of a row, as it was defined in its month."""
    return bureau().catalog.at(row.period).indicators[row.indicator]


def spoken(row: BoardRow) -> Spoken:
    """A row in words, with the digits its indicator prints and the name of what it counts."""
    return row_words.spoken(row, bureau().catalog)


def figures(period: Month, org: str) -> dict[str, BoardRow]:
    """Every indicator and every measure of a month and organisation, by code."""
    return kept(_figures, period, org)


def spoken_figure(row: BoardRow) -> str:
    """The figure of an indicator or a measure, as printed."""
    return Spoken(row, bureau().catalog.at(row.period).indicator_or_measure(row.indicator).decimals).printed


def office_name(code: str) -> str:
    """The name of an office."""
    office = bureau().catalog.offices.get(code)
    return office.name if office else bureau().catalog.bureau


def called(office: str, org: str) -> str:
    """An office as it is named: with its organisation before it where there are several."""
    catalog = bureau().catalog
    before = catalog.orgs[org].name if catalog.branched and org in catalog.orgs else ""
    return f"{before}{office_name(office)}"


def _demonstration() -> Demonstration:
    return bureau().store.demonstration()


def _periods() -> tuple[Month, ...]:
    return tuple(board.periods(bureau()))


def trust_of(period: Month, org: str) -> Trust:
    """How far the figures of a month are to be believed."""
    return kept(_trust, period, org)


def _default_month(org: str) -> DefaultMonth | None:
    return default_month.default_month(bureau(), org)


def _statuses_of_year(year: int, org: str) -> StatusesByMonth:
    return status_course.statuses_of_months(bureau(), org, bureau().catalog.year.last(year), 12)


def _changes(period: Month, org: str) -> SinceLastMonth:
    return since_last_month.changes(bureau(), statuses_until(period, org))


def _trust(period: Month, org: str) -> Trust:
    redefined = definition_changes.definition_changes(bureau(), period, org)
    return trust.trust(bureau(), rows(period, org=org), redefined, kept(_sources, period, org))


def _rows(period: Month, org: str) -> tuple[BoardRow, ...]:
    return tuple(board.board(bureau(), period, org=org))


def _rows_of_span(period: Month, org: str, span: Span) -> tuple[BoardRow, ...]:
    return tuple(board.board(bureau(), period, span, org=org))


def _figures(period: Month, org: str) -> dict[str, BoardRow]:
    return {row.indicator: row for row in board.everything(bureau(), period, org)}


def _outlooks(period: Month, org: str) -> dict[str, Outlook]:
    return prospects.outlooks(bureau(), kept(_rows, period, org))


def _scored(period: Month, org: str) -> tuple[scoring.Scored, ...]:
    return tuple(scoring.score(bureau(), kept(_rows, period, org)))


def _ranked(code: str, period: Month, org: str) -> ranking.Ranking:
    return ranking.rank(bureau(), code, period, org)


def _lines(period: Month, org: str) -> dict[str, trends.Series]:
    leading = [code for code, indicator in bureau().catalog.indicators.items() if indicator.headline]
    codes = dict.fromkeys([*leading, *(row.indicator for row in missed(period, org)[:WORST])])
    return trends.several(bureau(), list(codes), _line_from(period), period, Span.YTD, org)


def _line_from(period: Month) -> Month:
    return max(period.plus(1 - LINE_MONTHS), periods()[0])


def _relations(period: Month, org: str) -> tuple[Evaluated, ...]:
    results = relation_results.relations(bureau(), period, org)
    return tuple(sorted(results, key=lambda result: (_RESULTS.index(result.result), _RAISES.index(result.relation.raises))))


def _indicator_series(office: str, span: Span, org: str) -> dict[str, trends.Series]:
    return _several([indicator.code for indicator in bureau().catalog.indicators.values() if indicator.office == office], span, org)


def _measure_series(office: str, span: Span, org: str) -> dict[str, trends.Series]:
    """Of the measures, whose months are summed when somebody asks: ten times the work of the indicators, and rarely asked for."""
    return _several([measure.code for measure in bureau().catalog.measures.values() if measure.office == office], span, org)


def _several(codes: Sequence[str], span: Span, org: str) -> dict[str, trends.Series]:
    known = periods()
    return trends.several(bureau(), codes, known[0], known[-1], span, org)


def _sources(period: Month, org: str) -> dict[str, tuple[source.Source, ...]]:
    codes = list(dict.fromkeys([*bureau().catalog.indicators, *bureau().catalog.measures]))
    return {code: tuple(cells) for code, cells in source.sources(bureau(), codes, period, org).items()}
