"""One file on the desk (待入库): what was dropped, what its sender says of it, and what reading it gave."""

from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256

from kpi.errors import WorkbookError
from kpi.filing.batch_check import NOT_STARTED
from kpi.filing.prepared import Outcome, Prepared, Upload
from kpi.filing.questions import of_one_file
from kpi.finding import Finding
from kpi.period import Month
from kpi.workbook.process.parser import Book
from kpi.workbook.report import Question, QuestionKind
from kpi.workbook.writing.marked_copy import Foreseen, foreseen, mark

_TAKABLE = (Outcome.READY, Outcome.NEEDS_CONFIRMATION)


@dataclass(eq=False)
class File:
    """One file on the desk; ``reports`` is None until it was read."""

    key: str
    name: str
    data: bytes
    office: str | None = None  # as told, where the sheet does not say
    period: Month | None = None
    org: str | None = None
    cases: str = ""  # of a ledger: whether its cases count besides those on file or instead of them
    parsed: Book | WorkbookError | None = None
    reports: tuple[Prepared, ...] | None = None
    from_draft: bool = False  # which a later visit opened
    tries: int = 0  # passwords that were tried

    @cached_property
    def digest(self) -> str:
        """The sha256 of its bytes."""
        return sha256(self.data).hexdigest()

    @property
    def known(self) -> tuple[Prepared, ...]:
        return self.reports or ()

    @property
    def takable(self) -> tuple[Prepared, ...]:
        """Of its reports, those that may be accepted."""
        return tuple(report for report in self.known if report.status in _TAKABLE)

    @property
    def doubtful(self) -> bool:
        """Whether it takes a written 说明."""
        return any(report.status is Outcome.NEEDS_CONFIRMATION for report in self.known)

    @property
    def takes_away(self) -> bool:
        """Whether figures in force would be 未报 or 0, or cases on file no longer count, so that it needs a 说明 of its own."""
        return any(report.takes_away for report in self.takable)

    @property
    def refused(self) -> bool:
        """Whether nothing of it can be accepted as it is."""
        return bool(self.known) and all(report.status is Outcome.REJECTED for report in self.known)

    @property
    def unread(self) -> bool:
        """Whether the machine could not read it, so that the same file may be dropped again."""
        return any(finding.code == NOT_STARTED for report in self.known for finding in report.findings)

    @property
    def locked(self) -> bool:
        """Whether it waits for its password."""
        return any(report.locked for report in self.known)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What is to be said of it, each once."""
        return tuple(dict.fromkeys(finding for report in self.known for finding in report.findings))

    @property
    def personal(self) -> bool:
        """Whether it is a ledger, which may name people: where uploads of ledgers are dropped, no draft keeps it either."""
        return any(report.report is not None and report.report.cases is not None for report in self.known)

    @property
    def untold(self) -> dict[QuestionKind, Question]:
        """What the sheet does not say and has to be told of this file: whose it is, of which organisation and month."""
        every = [question for report in self.known if report.report for question in report.report.questions]
        return {question.kind: question for question in every if of_one_file(question)}

    @cached_property
    def copy(self) -> Foreseen:
        """What a marked copy of it will and will not hold."""
        return foreseen(self.data)

    def marked(self) -> bytes:
        """The marked copy."""
        return mark(self.data, self.findings)

    def upload(self, password: str | None) -> Upload:
        """The file as it is sent to be read."""
        return Upload(self.name, self.data, password, self.office, self.period, org=self.org, cases=self.cases)
