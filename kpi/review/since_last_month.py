"""
What changed since last month (比上月): which targets are newly missed, which are met again, and which have been missed for months.

A month is compared with the one before it.  January is compared with December, whose targets were those of another year: the
sentence says so.  What was not known last month is no change: an indicator that comes from 未报 is told apart.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from kpi.bureau import Bureau
from kpi.compute.row import Status
from kpi.period import Month
from kpi.present import change_words
from kpi.present.statuses import JUDGED
from kpi.review.status_course import StatusesByMonth, statuses_of_months

_NAMED = 3  # as many names as a strip on a page has room for


@dataclass(frozen=True, slots=True)
class StatusChange:
    """One indicator, its status in a month and in the month before."""

    indicator: str
    name: str
    before: Status  # 未报 where nothing is known
    now: Status
    missed_for: int  # months in a row, up to this one, in each of which it is known to be 未达标; 0 where it is not now
    at_least: bool = False  # whether it may have been for longer: every month that was asked about is 未达标


@dataclass(frozen=True, slots=True)
class SinceLastMonth:
    """Every indicator of a month beside the month before, in the order of the catalogue, and the groups that are looked at."""

    month: Month
    known: bool  # whether the month before has any figure
    every: tuple[StatusChange, ...]

    @property
    def before(self) -> Month:
        """The month that it is compared with."""
        return self.month.plus(-1)

    @property
    def newly_missed(self) -> tuple[StatusChange, ...]:
        """新增未达标: missed now, and known not to have been missed last month."""
        return self._now(Status.MISSED, *(status for status in Status if status not in (Status.MISSED, Status.UNREPORTED)))

    @property
    def missed_after_nothing(self) -> tuple[StatusChange, ...]:
        """上月未报: missed now, and nobody knows whether it was last month."""
        return self._now(Status.MISSED, Status.UNREPORTED)

    @property
    def recovered(self) -> tuple[StatusChange, ...]:
        """转为达标: met now, 未达标 or 滞后 last month."""
        return self._now(Status.MET, Status.MISSED, Status.BEHIND)

    @property
    def newly_behind(self) -> tuple[StatusChange, ...]:
        """新增滞后: a little behind now, and neither behind nor missed last month."""
        return self._now(Status.BEHIND, Status.MET, Status.UNDECIDED, Status.NO_TARGET)

    @property
    def eased(self) -> tuple[StatusChange, ...]:
        """由未达标转滞后: still late, and by less."""
        return self._now(Status.BEHIND, Status.MISSED)

    @property
    def lasting(self) -> tuple[StatusChange, ...]:
        """连续 n 个月未达标: for at least two months in a row, the longest first."""
        return tuple(sorted((change for change in self.every if change.missed_for >= change_words.LASTING), key=lambda change: -change.missed_for))

    @property
    def sentence(self) -> str:
        """What the month is compared with: ``与 10 月比。``"""
        silent = [month for month, known in ((self.before, self.known), (self.month, self._known_now)) if not known]
        lacking = {
            self.before: len([change for change in self.every if change.before is Status.UNREPORTED is not change.now]),
            self.month: len([change for change in self.every if change.now is Status.UNREPORTED is not change.before]),
        }
        return change_words.compared_with(self.month, self.before, silent, lacking)

    @property
    def unchanged(self) -> str:
        """What is said where there is no line; empty where the months cannot be compared, for then nobody knows that nothing changed."""
        if not self.known or not self._known_now:
            return ""
        if not any(status in JUDGED for change in self.every for status in (change.before, change.now)):
            return "两个月的指标都没有目标，没有达标与否可比。"
        return "没有新增未达标，也没有转为达标的。"

    @property
    def lines(self) -> tuple[str, ...]:
        """One line for each group that has any, as a strip on a page has room for: ``新增未达标 2 项：甲、乙``."""
        return self.lines_with(_NAMED)

    def lines_with(self, most: int) -> tuple[str, ...]:
        """One line for each group that has any, with at most so many names of each."""
        groups = {
            "新增未达标": self.newly_missed,
            "上月未报、本月未达标": self.missed_after_nothing if self.known else (),
            "转为达标": self.recovered,
            "新增滞后": self.newly_behind,
            "由未达标转滞后": self.eased,
        }
        lines = [change_words.named(label, [change.name for change in changes], most) for label, changes in groups.items()]
        lasting = [change_words.lasting(change.name, change.missed_for, at_least=change.at_least) for change in self.lasting]
        return tuple(line for line in (*lines, change_words.named("连续未达标", lasting, most)) if line)

    @property
    def _known_now(self) -> bool:
        """Whether the month itself has any figure."""
        return any(change.now is not Status.UNREPORTED for change in self.every)

    def _now(self, now: Status, *before: Status) -> tuple[StatusChange, ...]:
        return tuple(change for change in self.every if change.now is now and change.before in before)


def since_last_month(bureau: Bureau, month: Month, org: str | None = None) -> SinceLastMonth:
    """The changes of a month and organisation, the root of the tree unless told, looking back over thirteen months."""
    return changes(bureau, statuses_of_months(bureau, org, month))


def changes(bureau: Bureau, statuses: StatusesByMonth) -> SinceLastMonth:
    """The changes of the last of at least two months whose statuses are known already."""
    month = max(statuses)
    last = statuses[month.plus(-1)]
    known = any(status is not Status.UNREPORTED for status in last.values())
    return SinceLastMonth(month, known, tuple(_change(bureau, code, statuses) for code in statuses[month]))


def _change(bureau: Bureau, code: str, statuses: StatusesByMonth) -> StatusChange:
    course = [statuses[earlier].get(code, Status.UNREPORTED) for earlier in sorted(statuses, reverse=True)]
    missed_for = _run(course)
    return StatusChange(code, bureau.catalog.indicators[code].name, course[1], course[0], missed_for, missed_for == len(course))


def _run(course: Iterable[Status]) -> int:
    """How many months in a row are 未达标, from the last one back; one that is not known ends it."""
    length = 0
    for status in course:
        if status is not Status.MISSED:
            break
        length += 1
    return length
