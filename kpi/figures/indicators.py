"""Indicators of one month or of many: one set-based query for their parts, then a row of each that is asked for."""

from collections.abc import Sequence
from itertools import groupby

from kpi.catalog.model import Catalog
from kpi.catalog.organisation_moves import Move, moves
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
    for dated, group in groupby(points, key=catalog.at):
        of_one_definition = list(group)
        computed = IndicatorRows(store, dated, of_one_definition, codes, span, org or catalog.root)
        rows += [computed.row(code, point) for point in of_one_definition for code in codes]
    return rows


class IndicatorRows:
    """
    The rows of indicators at months in which the same definitions held.

    Their parts are asked for together; a row is computed when it is first asked for, so that whoever needs few of many months pays for those.
    """

    def __init__(self, store: StoreReader, catalog: Catalog, points: Sequence[Month], codes: Sequence[str], span: Span, node: str) -> None:
        self._catalog, self._span, self._node = catalog, span, node
        years = set(map(catalog.year.of, points))
        self._courses, self._remarks = profiles(store, catalog, years, node), Remarks(store, catalog, years, node)
        self._marks_below, self._uneven = MarksBelow(store, catalog, years, node), UnevenMonths(store, catalog, node)
        self._subjects = {code: subject_of(catalog, code) for code in codes}
        self._known = parts(store, catalog, codes, points, span, node)
        self._months = {point: self._month(point) for point in points}
        self._rows: dict[tuple[str, Month], BoardRow] = {}

    def row(self, code: str, point: Month) -> BoardRow:
        """The row of one of the codes at one of the points."""
        if (code, point) not in self._rows:
            self._rows[code, point] = self._computed(code, point)
        return self._rows[code, point]

    def _computed(self, code: str, point: Month) -> BoardRow:
        covered, changed, absent = self._months[point]
        subject, now, uneven = self._subjects[code], self._known.get((code, point), absent), self._uneven
        terms = subject.terms
        made = Ingredients(
            subject=subject,
            point=point,
            parts=now,
            targets=targets_in_force(self._catalog, point, code, self._span, self._courses, self._node),
            marks=self._remarks.of(terms, covered, cumulative=self._span.cumulative),
            marks_below=self._marks_below.of(terms, covered),
            moves=changed,
            month_qualifier=uneven.qualifier(terms, point) if now.month_numerator is not None else Qualifier.EXACT,
            year_end_qualifier=uneven.qualifier(terms, self._catalog.year.opening(point).plus(-1)) if now.year_end is not None else Qualifier.EXACT,
            unlike=uneven.unlike(terms, point) if now.before_numerator is not None else "",
            definition=self._catalog.replaced(code),
        )
        return row_from_parts(made)

    def _month(self, point: Month) -> tuple[Sequence[Month], tuple[Move, ...], Parts]:
        """The months that a point covers, the organisations that moved until then, and the parts of what nobody reported."""
        tree, year, node = self._catalog.tree, self._catalog.year, self._node
        start = year.start(self._span, point)
        covered = months(start, point)
        changed = tuple(move for move in moves(tree, node) if covered[0].plus(-12) < move.month <= point)
        return covered, changed, Parts.absent(node, len(self._catalog.leaves(node, start, point)))
