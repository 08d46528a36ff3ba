"""The statuses of the last months (状态历程): what 比上月 and the heat map of offices are read from, with one question to the store."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from kpi.access.roles import Right
from kpi.bureau import Bureau
from kpi.catalog.model import Catalog
from kpi.compute.row import Status
from kpi.figures.statuses_by_month import statuses_by_month
from kpi.period import Month, months
from kpi.review.board import only_from_ledgers

YEAR_AND_MONTH = 13  # this month, and the twelve before it
StatusesByMonth = Mapping[Month, Mapping[str, Status]]  # by month, ascending, and indicator


@dataclass(frozen=True, slots=True)
class StatusCounts:
    """How many indicators of a group stand where in a month, the most urgent status first; statuses that none has are left out."""

    counts: tuple[tuple[Status, int], ...]

    @property
    def worst(self) -> Status:
        """The most urgent status; none without a target as long as another has one."""
        return next((status for status, _ in self.counts if status is not Status.NO_TARGET), Status.NO_TARGET)

    def of(self, status: Status) -> int:
        """How many have a status."""
        return dict(self.counts).get(status, 0)


def statuses_of_months(bureau: Bureau, org: str | None, last: Month, count: int = YEAR_AND_MONTH) -> StatusesByMonth:
    """
    The statuses that may be counted in the months up to one, as the board of each month has them.

    Args:
        bureau: The bureau.
        org: The organisation, the root of the tree where None.
        last: The last month.
        count: How many months, at least one.

    Returns:
        By month, ascending, every month present; then by indicator in the order of the catalogue.  One that only a ledger can
        give is left out of the months without one, as on the board.

    Raises:
        DeniedError: The caller may not read the figures of the organisation.

    """
    bureau.require(Right.READ, org)
    asked = months(last.plus(1 - count), last)
    statuses = statuses_by_month(bureau.store, bureau.catalog, asked, list(bureau.catalog.indicators), org)
    return {month: _on_the_board(bureau.catalog.at(month), month, of_month) for month, of_month in statuses.items()}


def _on_the_board(catalog: Catalog, month: Month, statuses: Mapping[str, Status]) -> dict[str, Status]:
    """The statuses of the indicators that the board of a month lists."""
    listed = frozenset(catalog.listed_in(month))
    return {code: status for code, status in statuses.items() if code in listed and (status is not Status.UNREPORTED or not only_from_ledgers(catalog, code))}


def by_office(bureau: Bureau, statuses: StatusesByMonth) -> dict[str, dict[Month, StatusCounts]]:
    """By office, in their order, and month how its indicators stand; offices without an indicator are left out."""
    indicators, offices = bureau.catalog.indicators, sorted(bureau.catalog.offices.values(), key=lambda office: office.order)
    counted = counted_by(statuses, lambda code: indicators[code].office)
    return {office.code: counted[office.code] for office in offices if office.code in counted}


def by_area(bureau: Bureau, statuses: StatusesByMonth) -> dict[str, dict[Month, StatusCounts]]:
    """By area, in their order, and month how its indicators stand, those of none at the end under an empty code; nothing where there are no areas."""
    catalog = bureau.catalog
    if not catalog.areas:
        return {}
    counted = counted_by(statuses, lambda code: area.code if (area := catalog.area_of(code)) else "")
    return {code: counted[code] for code in (*catalog.areas, "") if code in counted}


def counted_by(statuses: StatusesByMonth, group: Callable[[str], str]) -> dict[str, dict[Month, StatusCounts]]:
    """By group and month how its indicators stand; ``group`` gives that of an indicator."""
    counters: dict[str, dict[Month, Counter[Status]]] = {}
    for month, of_month in statuses.items():
        for code, status in of_month.items():
            counters.setdefault(group(code), {}).setdefault(month, Counter())[status] += 1
    return {
        name: {month: StatusCounts(tuple((status, counter[status]) for status in Status if counter[status])) for month, counter in of_group.items()}
        for name, of_group in counters.items()
    }
