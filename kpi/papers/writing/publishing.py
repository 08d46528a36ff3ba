"""Public versions on record: those that were handed out before one is written, and one more that is."""

from collections.abc import Sequence
from fractions import Fraction

from kpi.access.audit import Audited
from kpi.bureau import Bureau, LiveBureau
from kpi.compute.row import BoardRow
from kpi.figures.indicators import indicators
from kpi.papers.writing.earlier_papers import EarlierPaper, EarlierPapers, cut_months
from kpi.papers.writing.public_version import PublicRows
from kpi.period import Month, Span
from kpi.store.clock import now
from kpi.store.publication import Publication


def papers_before(bureau: Bureau, month: Month, span: Span, org: str, codes: Sequence[str]) -> EarlierPapers:
    """
    The public versions of an organisation that were handed out before, with the figures of their periods as they are today.

    Args:
        bureau: Whose they are.
        month: The last month of the one that is to be written.
        span: How many months it is of.
        org: The organisation.
        codes: The codes of the whole bureau's measures and indicators.

    Raises:
        StoreError: The record of one is damaged.

    """
    catalog = bureau.catalog.at(month)
    year = catalog.year.of(month)
    months = (catalog.year.start(span, month), month)
    on_record = bureau.store.publications()
    shown = bureau.store.demonstration().shown
    every = [publication for publication in on_record if publication.org == org and (shown or not publication.demonstration)]
    hidden = frozenset(code for publication in every if catalog.year.of(publication.month) == year - 1 for code in publication.hidden)
    publications = [publication for publication in every if catalog.year.of(publication.month) == year]
    if not publications:
        return EarlierPapers(months, len(on_record), hidden_last_year=hidden)
    ends = [end for end in cut_months(catalog, publications, *months) if catalog.year.of(end) == year]
    points = {Span.YTD: set(ends)}
    for publication in publications:
        points.setdefault(publication.span, set()).add(publication.month)
    rows: dict[tuple[Month, Span], dict[str, BoardRow]] = {}
    for of, lasts in points.items():
        for row in indicators(bureau.store, bureau.catalog, sorted(lasts), codes, of, org):
            rows.setdefault((row.period, of), {})[row.indicator] = row
    cumulated = {end: {code: Fraction(row.figure.value) for code, row in rows[end, Span.YTD].items() if row.figure.value is not None} for end in ends}
    papers = [EarlierPaper(publication, rows[publication.month, publication.span]) for publication in publications]
    return EarlierPapers(months, len(on_record), papers, cumulated, hidden)


def record_publication(bureau: LiveBureau, title: str, month: Month, span: Span, org: str, version: PublicRows) -> None:
    """
    Keep on record that a public version is handed out, and note it in the audit.

    Raises:
        OutdatedError: Another one was handed out since it was written.
        StoreError: The disk refuses, or the record of an earlier one is damaged.

    """
    bureau.note(Audited.EXPORT, f"公开版 {title}")
    by, demonstration = bureau.caller.account, bureau.store.demonstration().shown
    publication = Publication(month, span, org, title, version.printed, version.hidden, version.beside, by, now(), demonstration)
    bureau.store.publish(publication, version.known)
