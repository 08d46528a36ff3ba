"""
The open bureau and what is read from it, shared by all sessions of the process.

Answers are kept by the version of the data, so an accepted sheet makes all of them stale at once and nothing else
does.  They are shared as they are, not copied: rows are frozen, figures are only read.
"""

from dataclasses import replace
from decimal import Decimal

import streamlit as st

from kpi.bureau import Bureau, open_bureau
from kpi.catalog.model import Raises
from kpi.compute.growth import MOVES
from kpi.compute.outlook import Outlook
from kpi.compute.row import BoardRow
from kpi.period import Month, Span
from kpi.present import charts, growths, row_words
from kpi.present.charts import Figure
from kpi.present.row_words import Spoken
from kpi.review import board, prospects, ranking, relation_results, scoring, source
from kpi.review import series as trends
from kpi.store.demonstration import Demonstration
from kpi.validation.relation_figures import Evaluated, Result
from kpi.workbook.process.parser import AT_ONCE

MOST_CHANGES = 15  # bars that can be read on a projector
_RESULTS = (Result.VIOLATED, Result.MISSING, Result.MASKED, Result.HOLDS, Result.DERIVED)
_RAISES = tuple(Raises)


@st.cache_resource(show_spinner=False)
def bureau() -> Bureau:
    """The one bureau of this process."""
    return open_bureau(files=AT_ONCE)


def root() -> str:
    """The organisation that stands for all."""
    return bureau().catalog.root


def whose(org: str) -> str:
    """The organisation as a sentence begins with it; nothing where there is but one."""
    name = bureau().catalog.called(None, org)
    return f"{name} " if name else ""


def demonstration() -> Demonstration:
    """What is stored of the demonstration, and beside it."""
    return _demonstration(bureau().store.version)


def periods() -> tuple[Month, ...]:
    """Months that hold data, ascending; empty before the first sheet."""
    return _periods(bureau().store.version)


def rows(period: Month, office: str | None = None, org: str | None = None) -> tuple[BoardRow, ...]:
    """The board of a month, year to date, in the order of the catalogue; of the whole tree unless an organisation is told."""
    return tuple(row for row in _rows(bureau().store.version, str(period), org or root()) if office in (None, row.office))


def missed(period: Month, org: str | None = None) -> tuple[BoardRow, ...]:
    """Rows that miss their target, worst first."""
    return _missed(bureau().store.version, str(period), org or root())


def outlook_of(row: BoardRow) -> Outlook:
    """What a row still needs, where its year will end, and whether its month is signal or noise."""
    return _outlooks(bureau().store.version, str(row.period), row.org)[row.indicator]


def scored(period: Month, org: str | None = None) -> tuple[scoring.Scored, ...]:
    """The points of the targets that have any."""
    return _scored(bureau().store.version, str(period), org or root())


def ranked(code: str, period: Month, org: str) -> ranking.Ranking:
    """Those directly below a node by one indicator."""
    return _ranked(bureau().store.version, code, str(period), org)


def sparks(period: Month, org: str | None = None) -> dict[str, list[float | None]]:
    """The last thirteen months of the headline indicators, for the small lines in the cards."""
    return _sparks(bureau().store.version, str(period), org or root())


def ready(period: Month) -> None:
    """Compute what the pages ask of a month, unless it is kept already."""
    rows(period)
    missed(period)
    _outlooks(bureau().store.version, str(period), root())
    sparks(period)
    relations_of(period)
    _sources(bureau().store.version, str(period), root())
    for unit in MOVES:
        comparison_figure(period, None, unit)


def series_ready(office: str, span: Span) -> None:
    """Compute the series of everything an office has, unless they are kept already."""
    _series(bureau().store.version, office, span.value, root())


def relations_of(period: Month, org: str | None = None) -> tuple[Evaluated, ...]:
    """What came of every relation (勾稽关系) in a month, of one organisation: those that do not hold first, the gravest of them on top."""
    return _relations(bureau().store.version, str(period), org or bureau().catalog.leaves(bureau().catalog.root)[0])


def series(code: str, first: Month, last: Month, span: Span, org: str | None = None) -> trends.Series:
    """A figure over the months; it is computed with all others of its office, for who looks at one looks at the next."""
    catalog = bureau().catalog
    office = (catalog.indicators.get(code) or catalog.measures[code]).office
    return _series(bureau().store.version, office, span.value, org or root())[code].between(first, last)


def trend_figure(code: str, first: Month, last: Month, span: Span, org: str | None = None) -> Figure:
    """The picture of a series."""
    return _trend_figure(bureau().store.version, code, str(first), str(last), span.value, org or root())


def moved(period: Month, office: str | None, unit: str, org: str | None = None) -> tuple[BoardRow, ...]:
    """The rows with a change against last year in this unit, one of ``MOVES``; not those of which nobody can tell it."""
    return tuple(
        row for row in rows(period, office, org) if row.last_year.yoy is not None and row.last_year.yoy_unit == unit and growths.over_year(row) is not None
    )


def comparison_figure(period: Month, office: str | None, unit: str, org: str | None = None) -> Figure:
    """The picture of the largest changes against last year in this unit."""
    return _comparison_figure(bureau().store.version, str(period), office, unit, org or root())


def sources(code: str, period: Month, org: str | None = None) -> tuple[source.Source, ...]:
    """The cells a figure was read from."""
    return _sources(bureau().store.version, str(period), org or root())[code]


def spoken(row: BoardRow) -> Spoken:
    """A row in words, with the digits its indicator prints and the name of what it counts."""
    return row_words.spoken(row, bureau().catalog)


def figures(period: Month) -> dict[str, BoardRow]:
    """Every indicator and every measure of a month, by code."""
    return _figures(bureau().store.version, str(period))


def spoken_figure(row: BoardRow) -> str:
    """The figure of an indicator or a measure, as printed."""
    catalog = bureau().catalog
    entry = catalog.indicators.get(row.indicator) or catalog.measures[row.indicator]
    return Spoken(row, entry.decimals).printed


def office_name(code: str) -> str:
    """The name of an office."""
    office = bureau().catalog.offices.get(code)
    return office.name if office else bureau().catalog.bureau


def called(office: str, org: str) -> str:
    """An office as it is named: with its organisation before it where there are several."""
    catalog = bureau().catalog
    before = catalog.orgs[org].name if catalog.branched and org in catalog.orgs else ""
    return f"{before}{office_name(office)}"


@st.cache_resource(max_entries=4, show_spinner=False)
def _demonstration(version: int) -> Demonstration:
    return bureau().store.demonstration()


@st.cache_resource(max_entries=4, show_spinner=False)
def _periods(version: int) -> tuple[Month, ...]:
    return tuple(board.periods(bureau()))


@st.cache_resource(max_entries=60, show_spinner=False)
def _rows(version: int, period: str, org: str) -> tuple[BoardRow, ...]:
    return tuple(board.board(bureau(), Month.parse(period), org=org))


@st.cache_resource(max_entries=12, show_spinner=False)
def _figures(version: int, period: str) -> dict[str, BoardRow]:
    return {row.indicator: row for row in board.everything(bureau(), Month.parse(period))}


@st.cache_resource(max_entries=60, show_spinner=False)
def _missed(version: int, period: str, org: str) -> tuple[BoardRow, ...]:
    return tuple(board.late(_rows(version, period, org)))


@st.cache_resource(max_entries=60, show_spinner=False)
def _outlooks(version: int, period: str, org: str) -> dict[str, Outlook]:
    return prospects.outlooks(bureau(), _rows(version, period, org))


@st.cache_resource(max_entries=60, show_spinner=False)
def _scored(version: int, period: str, org: str) -> tuple[scoring.Scored, ...]:
    return tuple(scoring.score(bureau(), _rows(version, period, org)))


@st.cache_resource(max_entries=60, show_spinner=False)
def _ranked(version: int, code: str, period: str, org: str) -> ranking.Ranking:
    return ranking.rank(bureau(), code, Month.parse(period), org)


@st.cache_resource(max_entries=60, show_spinner=False)
def _sparks(version: int, period: str, org: str) -> dict[str, list[float | None]]:
    codes = tuple(code for code, indicator in bureau().catalog.indicators.items() if indicator.headline)
    return trends.sparks(bureau(), Month.parse(period), codes, org)


@st.cache_resource(max_entries=60, show_spinner=False)
def _relations(version: int, period: str, org: str) -> tuple[Evaluated, ...]:
    found = relation_results.relations(bureau(), Month.parse(period), org)
    return tuple(sorted(found, key=lambda one: (_RESULTS.index(one.result), _RAISES.index(one.relation.raises))))


@st.cache_resource(max_entries=100, show_spinner=False)
def _series(version: int, office: str, span: str, org: str) -> dict[str, trends.Series]:
    catalog, known = bureau().catalog, periods()
    codes = [code for nouns in (catalog.indicators, catalog.measures) for code, one in nouns.items() if one.office == office]
    return trends.several(bureau(), list(dict.fromkeys(codes)), known[0], known[-1], Span(span), org)


@st.cache_resource(max_entries=200, show_spinner=False)
def _trend_figure(version: int, code: str, first: str, last: str, span: str, org: str) -> Figure:
    found = series(code, Month.parse(first), Month.parse(last), Span(span), org)
    # what is carried, or of some of those below alone, is drawn as the gap it is
    points = [replace(point, value=None) if point.carried or point.counted < point.leaves else point for point in found.points]
    return charts.trend(points, found.unit, found.decimals, bars=span == Span.MONTH)


@st.cache_resource(max_entries=200, show_spinner=False)
def _comparison_figure(version: int, period: str, office: str | None, unit: str, org: str) -> Figure:
    largest = sorted(moved(Month.parse(period), office, unit, org), key=lambda row: abs(row.last_year.yoy or Decimal(0)), reverse=True)[:MOST_CHANGES]
    return charts.comparison(largest, [row.name for row in largest], [growths.bar(row) for row in largest])


@st.cache_resource(max_entries=60, show_spinner=False)
def _sources(version: int, period: str, org: str) -> dict[str, tuple[source.Source, ...]]:
    codes = list(dict.fromkeys([*bureau().catalog.indicators, *bureau().catalog.measures]))
    return {code: tuple(found) for code, found in source.sources(bureau(), codes, Month.parse(period), org).items()}
