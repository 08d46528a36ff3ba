"""A file on its way into the store (报送): as it was sent, and as it was read and checked."""

import logging
from dataclasses import dataclass, field
from enum import StrEnum

from kpi.errors import KpiError, RecordError, StoreError, UnforeseenError, WorkbookError, trace
from kpi.finding import Finding
from kpi.period import Month
from kpi.store.submission import Submission
from kpi.validation.taken_away import TAKEN_AWAY, Change
from kpi.workbook.ledgers.on_file_faults import MISSING
from kpi.workbook.personal.masking import mask
from kpi.workbook.report import Report

_log = logging.getLogger(__name__)
BatchKey = tuple[int | None, Month | None, str]  # the file, by its place in the batch, and of it the month and the ledger


class Outcome(StrEnum):
    """What can be done with a prepared file."""

    READY = "ready"
    NEEDS_CONFIRMATION = "needs-confirmation"
    REJECTED = "rejected"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it was sent, with what its sender says of it, and the password it opens with, which is never kept."""

    name: str
    data: bytes
    password: str | None = field(default=None, repr=False, compare=False)
    office: str | None = None  # whose it is, where the sheet does not say
    period: Month | None = None  # of which month
    original: bytes | None = field(default=None, repr=False)
    org: str | None = None  # of which organisation
    folders: tuple[str, ...] = ()  # where it lay, the nearest first
    cases: str = ""  # of a ledger: whether its cases count besides those on file or instead of them, where the sender says so


@dataclass(frozen=True, slots=True)
class Prepared:
    """One report of a file, read and checked; nothing stored.  A file over twelve months is twelve of these."""

    file: str
    data: bytes
    office: str | None
    period: Month | None
    report: Report | None
    findings: tuple[Finding, ...]
    changes: tuple[Change, ...]
    replaces: Submission | None  # the submission in force that this one would supersede
    status: Outcome
    message: str  # one sentence: what was read, or why it was refused
    locked: bool = False  # it opens with a password only, and there was none or the wrong one
    note: str = ""  # the 说明 to this one, where it has its own
    original: bytes | None = field(default=None, repr=False)  # of a ledger the upload, where it is to be sealed; ``data`` is then its kept cases
    org: str | None = None  # None: nothing says whose it is
    at: int | None = None  # its file, by the place among those that came together
    beside: frozenset[int] | None = None  # the submissions in force that it was compared with; None: with none in particular
    reason: str = ""  # why it corrects what is on file: a 说明 that is kept whatever the checks came to

    @property
    def key(self) -> BatchKey:
        """What it is in its batch, where two files may have one name."""
        return self.at, self.period, self.report.template if self.report else ""

    @property
    def mates(self) -> dict[BatchKey, str]:
        """The reports of its batch that it can only be stored with, each with what its file is called."""
        rests_on = self.report.rests_on if self.report else ()
        return {(mate.at, mate.period, self.key[2]): f"「{mate.file}」{f'（本批第 {mate.at + 1} 份）' if mate.file == self.file else ''}" for mate in rests_on}

    @property
    def takes_away(self) -> bool:
        """Whether figures in force would be 未报 or 0, or cases on file no longer count: a 说明 given for several files does not cover it."""
        return any(finding.code in (TAKEN_AWAY, MISSING) for finding in self.findings)

    def storable(self, common_note: str, *, alone: bool) -> bool:
        """
        Whether it may be stored with what was written.

        Args:
            common_note: The 说明 that was given for all of the batch.
            alone: Whether its file is the only one, so that a common 说明 is its own.

        """
        if self.status is not Outcome.NEEDS_CONFIRMATION:
            return self.status is not Outcome.REJECTED
        return bool(self.reason.strip() or self.note.strip() or (common_note.strip() and (alone or not self.takes_away)))

    @property
    def figures(self) -> int:
        """How many cells hold a number."""
        return sum(r.value.number is not None for r in self.report.readings) if self.report else 0


def unforeseen(upload: Upload, error: Exception) -> WorkbookError:
    """What is said of a file that an error stopped, which thereby stops no other; a defect of ours goes into the log."""
    if isinstance(error, WorkbookError):
        return error
    if isinstance(error, KpiError):
        return (RecordError if isinstance(error, StoreError) else WorkbookError)(f"「{upload.name}」：{error}")
    kind = type(error).__name__
    lines = trace(error)
    _log.error("读取或核对「%s」时出错：%s", mask(upload.name), lines, extra={"fault": kind, "trace": lines})
    return UnforeseenError(f"「{upload.name}」：读取时出了意料之外的错误（{kind}），同批的其他文件不受影响。")
