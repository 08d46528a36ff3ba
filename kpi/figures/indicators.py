"""Indicators of one month or of many: one set-based query for their parts, then a row of each."""

from collections.abc import Sequence
from itertools import groupby, product

from kpi.catalog.model import Catalog
from kpi.catalog.organisation_moves import moves
from kpi.compute.ingredients import Ingredients
from kpi.compute.parts import Parts
from kpi.compute.row import BoardRow
from kpi.compute.row_from_parts import row_from_parts
from kpi.figures.indicator_parts import parts
from kpi.figures.last_years_course import profiles
from kpi.figures.remarks import Remarks
from kpi.figures.remarks_below import MarksBelow
from kpi.figures.subject_lookup import subject_of
from kpi.figures.target_lookup import targets_in_force
from kpi.figures.uneven_months import UnevenMonths
from kpi.period import Month, Span, months
from kpi.store.reader import StoreReader
from kpi.value import Qualifier


def indicators(
    store: StoreReader, catalog: Catalog, points: Sequence[Month], codes: Sequence[str], span: Span = Span.YTD, org: str | None = None
) -> list[BoardRow]:
    """
    Compute indicators at the asked months.

    Args:
        store: Where the figures are.
        catalog: What they mean; the one the store was opened with.
        points: The months asked about; the span of each ends with it.
        codes: Codes of indicators, or of measures as indicators of themselves.
        span: How many months each value covers.
        org: The organisation, the root of the tree unless told.

    Returns:
        One row per month and code, in the order asked; a code without any figure has a row that says 未报.  All of a row, last
        year's side too, is computed by the definition that held in its month.
    """
    rows: list[BoardRow] = []
    for dated, of_one_definition in groupby(points, key=catalog.at):
        rows += _indicators(store, dated, list(of_one_definition), codes, span, org or catalog.root)
    return rows


def _indicators(store: StoreReader, catalog: Catalog, points: Sequence[Month], codes: Sequence[str], span: Span, node: str) -> list[BoardRow]:
    """The rows of months in which the same definitions held."""
    years = set(map(catalog.year.of, points))
    courses, remarks = profiles(store, catalog, years, node), Remarks(store, catalog, years, node)
    marks_below, uneven = MarksBelow(store, catalog, years, node), UnevenMonths(store, catalog, node)
    subjects = {code: subject_of(catalog, code) for code in codes}
    known = parts(store, catalog, codes, points, span, node)
    absent = {point: Parts.absent(node, len(catalog.leaves(node, catalog.year.start(span, point), point))) for point in points}
    sums = {(code, point): known.get((code, point), absent[point]) for code, point in product(codes, points)}
    every_move = moves(catalog.tree, node)
    rows = []
    for point in points:
        covered = months(catalog.year.start(span, point), point)
        changed = tuple(move for move in every_move if covered[0].plus(-12) < move.month <= point)
        for code in codes:
            subject, now = subjects[code], sums[code, point]
            terms = subject.terms
            made = Ingredients(
                subject=subject,
                point=point,
                parts=now,
                targets=targets_in_force(catalog, point, code, span, courses, node),
                marks=remarks.of(terms, covered, cumulative=span.cumulative),
                marks_below=marks_below.of(terms, covered),
                moves=changed,
                month_qualifier=uneven.qualifier(terms, point) if now.month_numerator is not None else Qualifier.EXACT,
                year_end_qualifier=uneven.qualifier(terms, catalog.year.opening(point).plus(-1)) if now.year_end is not None else Qualifier.EXACT,
                unlike=uneven.unlike(terms, point) if now.before_numerator is not None else "",
                definition=catalog.replaced(code),
            )
            rows.append(row_from_parts(made))
    return rows
