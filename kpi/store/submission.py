"""
What the store takes and gives back: accepted reports, submissions, and the cells their figures came from.

All of them are plain values; none holds a connection, so they may be cached and passed between threads.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from kpi.catalog.organisation import BUREAU
from kpi.finding import Finding
from kpi.period import Month
from kpi.value import Value
from kpi.workbook.report import Column, Report

SubmissionKey = tuple[str, str, Month, str]  # organisation, office, period, template: of each, the latest submission counts


class KeptAs(Enum):
    """What is kept of an upload."""

    WHOLE = "whole"  # its bytes, or its bytes sealed and the key is there
    COPY = "copy"  # of a form the cells that were read
    NOTHING = "nothing"  # of a ledger, whose cases are kept
    UNKNOWN = "unknown"  # its batch is missing or damaged


@dataclass(frozen=True, slots=True)
class Accepted:
    """A report that passed the checks, or whose findings were confirmed; ready to be kept."""

    report: Report
    data: bytes  # the upload as it came; of a ledger its kept cases, which stand for it
    file: str
    by: str
    note: str  # 说明, empty when nothing had to be confirmed
    findings: tuple[Finding, ...]
    template: str = ""  # empty: the one template of the office
    at: datetime | None = None  # when it came, local time; the moment of the commit unless told
    original: bytes | None = None  # the upload where it is to be sealed, because less of it is kept: of a ledger ``data``, of a form ``copy``
    copy: bytes | None = None  # of a form what is kept in the place of ``data``; None: ``data`` itself
    beside: frozenset[int] | None = None  # the submissions in force that it was compared with; None: it is not asked whether they still are


@dataclass(frozen=True, slots=True)
class Submission:
    """One report on record (报送)."""

    seq: int  # its number in the log
    office: str
    period: Month
    template: str
    file: str
    sha256: str  # of the upload, and `Store.original` gives back what is kept of it; of a ledger of its kept cases
    by: str
    at: datetime  # local time
    note: str
    batch: str  # its batch, as a path below the data folder
    findings: tuple[Finding, ...]
    unchanged: bool = False  # the same bytes were on record already, so nothing was stored
    org: str = BUREAU
    demo: bool = False  # of the demonstration
    accepted_by: str = ""  # who accepted what ``by`` had referred; empty: it was accepted as it came
    referred_at: datetime | None = None  # when it was referred, local time; ``at`` is then when it was accepted
    referral: str = ""  # the code of that referral; as long as it waits there, ``seq`` is 0 and it counts nowhere

    @property
    def key(self) -> SubmissionKey:
        """What it counts under."""
        return self.org, self.office, self.period, self.template

    @property
    def sent_at(self) -> datetime:
        """When its office sent it, local time: whether it was late is not for who accepts it to decide."""
        return self.referred_at or self.at


@dataclass(frozen=True, slots=True)
class SheetDate:
    """A moment at which a sheet of an office for a month came or was taken back; at no other one does a figure of it change."""

    org: str
    office: str
    period: Month
    moment: datetime


@dataclass(frozen=True, slots=True)
class Stated:
    """One cell behind a figure, and who brought it when."""

    measure: str
    period: Month
    column: Column
    value: Value
    raw: str
    file: str
    sheet: str
    cell: str
    office: str
    seq: int  # of the submission
    by: str
    at: datetime
    as_of: date
    note: str  # the 说明 given with the submission
    remark: str  # the 备注 of the row, empty when there is none
    sha256: str
    org: str = BUREAU
    accepted_by: str = ""  # who accepted the submission, where another one had sent it
