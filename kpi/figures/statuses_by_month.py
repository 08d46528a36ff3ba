"""The statuses of indicators over many months, without all else that a row of a board says: at half its cost."""

from collections.abc import Sequence
from itertools import groupby

from kpi.catalog.model import Catalog
from kpi.compute.assessment import assess
from kpi.compute.parts import Parts
from kpi.compute.row import Status
from kpi.figures.indicator_parts import parts
from kpi.figures.last_years_course import profiles
from kpi.figures.subject_lookup import subject_of
from kpi.figures.target_lookup import targets_in_force
from kpi.period import Month, Span
from kpi.store.reader import StoreReader


def statuses_by_month(
    store: StoreReader, catalog: Catalog, points: Sequence[Month], codes: Sequence[str], org: str | None = None
) -> dict[Month, dict[str, Status]]:
    """
    The status that may be counted of each indicator in each month, year to date, as its row has it.

    Args:
        store: Where the figures are.
        catalog: What they mean; the one the store was opened with.
        points: The months asked about, at least one.
        codes: Codes of indicators.
        org: The organisation, the root of the tree unless told.

    Returns:
        By month, then by code, both in the order asked; each by the definition that held in its month.

    """
    statuses: dict[Month, dict[str, Status]] = {}
    for dated, of_one_definition in groupby(points, key=catalog.at):
        statuses |= _statuses(store, dated, list(of_one_definition), codes, org or catalog.root)
    return statuses


def _statuses(store: StoreReader, catalog: Catalog, points: Sequence[Month], codes: Sequence[str], node: str) -> dict[Month, dict[str, Status]]:
    """Those of months in which the same definitions held."""
    courses = profiles(store, catalog, set(map(catalog.year.of, points)), node)
    known = parts(store, catalog, codes, points, org=node)
    subjects = {code: subject_of(catalog, code) for code in codes}
    statuses: dict[Month, dict[str, Status]] = {}
    for point in points:
        absent = Parts.absent(node, len(catalog.leaves(node, catalog.year.opening(point), point)))
        statuses[point] = {
            code: assess(
                subject,
                known.get((code, point), absent),
                point,
                targets_in_force(catalog, point, code, Span.YTD, courses, node) if subject.may_assess else (),
            ).status
            for code, subject in subjects.items()
        }
    return statuses
