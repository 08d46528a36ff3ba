"""Public versions on record: those that were handed out before one is written, and one more that is."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from kpi.access.audit import Audited
from kpi.bureau import Bureau, LiveBureau
from kpi.catalog.model import Catalog
from kpi.compute.row import BoardRow
from kpi.figures.indicators import indicators
from kpi.papers.writing.earlier_papers import EarlierPaper, EarlierPapers, cut_months
from kpi.papers.writing.public_version import PublicRows
from kpi.period import Month, Span
from kpi.store.clock import now
from kpi.store.publication import Publication

_RowsAt = Callable[[Collection[Month], Span], Mapping[Month, Mapping[str, BoardRow]]]


def papers_before(bureau: Bureau, month: Month, span: Span, org: str, codes: Sequence[str]) -> EarlierPapers:
    """
    The public versions of an organisation that were handed out before in the same reporting year, with the figures of their periods as they are today.

    Args:
        bureau: Whose they are.
        month: The last month of the one that is to be written.
        span: How many months it is of.
        org: The organisation.
        codes: The codes of the whole bureau's measures and indicators.

    Raises:
        StoreError: The record of one is damaged.

    """

    def rows_at(lasts: Collection[Month], of: Span) -> Mapping[Month, Mapping[str, BoardRow]]:
        return _rows(bureau, lasts, codes, of, org)

    catalog = bureau.catalog.at(month)
    return _with_figures(catalog, month, span, _publications(bureau, org, catalog, month), len(bureau.store.publications()), rows_at)


def papers_of_last_year(bureau: Bureau, month: Month, span: Span, org: str, codes: Sequence[str]) -> EarlierPapers:
    """
    What is public of the year before: its own public versions, and the growth that those of this year print; all by the months of this year.

    Its figures are those of `compared_rows`.

    Args and raises: As `papers_before`.

    """

    def rows_at(lasts: Collection[Month], of: Span) -> Mapping[Month, Mapping[str, BoardRow]]:
        return _compared(bureau, lasts, codes, of, org)

    catalog = bureau.catalog.at(month)
    then = [replace(each, month=each.month.plus(12), grown=frozenset()) for each in _publications(bureau, org, catalog, month.plus(-12))]
    by_growth = [replace(each, printed={}, hidden=frozenset(), beside=frozenset()) for each in _publications(bureau, org, catalog, month) if each.grown]
    return _with_figures(catalog, month, span, [*then, *by_growth], len(bureau.store.publications()), rows_at)


def compared_rows(bureau: Bureau, month: Month, span: Span, org: str, codes: Sequence[str]) -> Mapping[str, BoardRow]:
    """Last year's figures as growth compares with them, by code: an office's own base (上年同期), else what is on record; arguments as `papers_before`."""
    return _compared(bureau, [month], codes, span, org)[month]


def _compared(bureau: Bureau, lasts: Collection[Month], codes: Sequence[str], span: Span, org: str) -> dict[Month, dict[str, BoardRow]]:
    """Last year's figures as growth compares with them, by the last months of this year's periods."""
    on_record, this_year = (_rows(bureau, months, codes, span, org) for months in ([last.plus(-12) for last in lasts], lasts))
    bases = {(last, code): row.last_year.value for last, rows in this_year.items() for code, row in rows.items()}
    return {
        last: {
            code: row if (base := bases[last, code]) is None else replace(row, figure=replace(row.figure, value=base))
            for code, row in on_record[last.plus(-12)].items()
        }
        for last in lasts
    }


def record_publication(bureau: LiveBureau, title: str, month: Month, span: Span, org: str, version: PublicRows) -> None:
    """
    Keep on record that a public version is handed out, and note it in the audit.

    Raises:
        OutdatedError: Another one was handed out since it was written.
        StoreError: The disk refuses, or the record of an earlier one is damaged.

    """
    bureau.note(Audited.EXPORT, f"公开版 {title}")
    shown = (version.printed, version.hidden, version.beside, version.grown)
    by, demonstration = bureau.caller.account, bureau.store.demonstration().shown
    bureau.store.publish(Publication(month, span, org, title, *shown, by, now(), demonstration), version.known)


def _publications(bureau: Bureau, org: str, catalog: Catalog, month: Month) -> list[Publication]:
    """The public versions of an organisation on record for the reporting year of a month; those of the demonstration as long as it is shown."""
    shown, year = bureau.store.demonstration().shown, catalog.year.of(month)
    every = (each for each in bureau.store.publications() if each.org == org and (shown or not each.demonstration))
    return [each for each in every if catalog.year.of(each.month) == year]


def _rows(bureau: Bureau, lasts: Collection[Month], codes: Sequence[str], span: Span, org: str) -> dict[Month, dict[str, BoardRow]]:
    by_month: dict[Month, dict[str, BoardRow]] = {last: {} for last in lasts}
    for row in indicators(bureau.store, bureau.catalog, sorted(lasts), codes, span, org):
        by_month[row.period][row.indicator] = row
    return by_month


def _with_figures(catalog: Catalog, month: Month, span: Span, publications: Sequence[Publication], known: int, rows_at: _RowsAt) -> EarlierPapers:
    """Public versions with the figures of their periods; of one that counts for its growth alone (without ``printed``) those compared with are public."""
    months = (catalog.year.start(span, month), month)
    if not publications:
        return EarlierPapers(months, known)
    ends = [end for end in cut_months(catalog, publications, *months) if catalog.year.of(end) == catalog.year.of(month)]
    points = {Span.YTD: set(ends)}
    for publication in publications:
        points.setdefault(publication.span, set()).add(publication.month)
    rows = {of: rows_at(lasts, of) for of, lasts in points.items()}
    cumulated = {end: {code: Fraction(row.figure.value) for code, row in rows[Span.YTD][end].items() if row.figure.value is not None} for end in ends}
    papers = []
    for publication in publications:
        own = rows[publication.span][publication.month]
        bases = {code: value for code in publication.grown if code in own and (value := own[code].figure.value) is not None}
        papers.append(EarlierPaper(replace(publication, printed=publication.printed or bases), own))
    return EarlierPapers(months, known, papers, cumulated)
