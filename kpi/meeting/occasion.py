"""The occasion on which something is written down in or outside a meeting: who writes, when, and beside which edition."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from kpi.bureau import Bureau
from kpi.errors import RequestError
from kpi.meeting import editions
from kpi.review.known_nouns import known_org
from kpi.store.clock import now
from kpi.workbook.personal.masking import mask

_FARTHEST = timedelta(3653)  # ten years: nothing is promised for later, and a day after it is always one of the calendar


@dataclass(frozen=True, slots=True)
class Occasion:
    """Who writes something down, when, and in which meeting."""

    by: str
    edition: str = ""  # the code of the edition that is shown, in any case and with any hyphens; empty outside a meeting
    at: datetime = field(default_factory=now)  # local time

    @property
    def today(self) -> date:
        """The day."""
        return self.at.date()

    def wrong(self, day: date) -> tuple[str, str] | None:
        """What is wrong with a day for which somebody promises something, and the way out; None where nothing is."""
        if day < self.today:
            return "已经过去", f"请写今天（{self.today.isoformat()}）或以后的日期"
        return ("太远", "请写十年以内的日期") if day - self.today > _FARTHEST else None

    def named(self, bureau: Bureau, refusal: str, what: str) -> str:
        """
        Who writes, without what is personal beside the name: the caller of the bureau where one logs in.

        Raises:
            RequestError: Nobody is named; the sentence begins with ``refusal``, and ``what`` is the missing word.

        """
        by = bureau.caller.signature(self.by).strip()
        if not by:
            raise RequestError(f"{refusal}没有写{what}；请写明姓名，姓名会一直留在记录里。")
        return mask(by)

    def code(self, bureau: Bureau) -> str:
        """
        The code of the edition as it is printed; empty outside a meeting.

        Raises:
            RequestError: There is no such edition.

        """
        return editions.find(bureau, self.edition).edition.code if self.edition.strip() else ""


def only_fictional(bureau: Bureau) -> bool:
    """Whether every figure there is is of the demonstration, so that what rests on one goes with it."""
    return bureau.store.demonstration().unmixed


def node_of(bureau: Bureau, org: str | None) -> str:
    """
    The organisation that is meant, the root unless told.

    Raises:
        RequestError: There is none.

    """
    return bureau.catalog.root if org is None else known_org(bureau.catalog, org)
