"""
The ledgers of files that came together, each put beside what is on file: what the store keeps, and what the files before
it would bring.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from kpi.bureau import Bureau
from kpi.catalog.ledger import Ledger
from kpi.errors import WorkbookError
from kpi.filing.prepared import BatchKey, Upload, unforeseen
from kpi.period import Month
from kpi.store.submission import Submission
from kpi.workbook.answer_mapping import AnswerMapping
from kpi.workbook.ledgers.cases_on_file import FiledMonth, figures_of
from kpi.workbook.ledgers.ledger_reports import Register, in_order
from kpi.workbook.ledgers.on_file_faults import ADDS, LAYOUT
from kpi.workbook.report import KeptCases, Mate, Report

Read = list[Report] | list[Register] | WorkbookError
_Filed = dict[Month, FiledMonth]
_TakenBy = Callable[[Register, str, date], str]  # of a case on file, by ledger, key and day: the file behind in the batch that takes it away


class OnFile:
    """The cases on file of each ledger and organisation, read once; `put_beside` turns registers into reports."""

    def __init__(self, bureau: Bureau, answers: AnswerMapping) -> None:
        self._bureau, self._answers = bureau, answers
        self._stored: dict[tuple[str, str], _Filed] = {}
        self._numbers: dict[tuple[str, str], frozenset[int]] = {}

    def put_beside(self, uploads: Sequence[Upload], reads: Sequence[Read | None], refused: set[BatchKey]) -> list[list[Report] | WorkbookError | None]:
        """
        The reports of each file.

        Args:
            uploads: The files.
            reads: What was read of each: its reports, or the registers of its ledgers.
            refused: What cannot be accepted, so that nothing else is counted with it.

        """
        brought: dict[tuple[str, str], _Filed] = {}
        done: list[list[Report] | WorkbookError | None] = []
        for at, (upload, read) in enumerate(zip(uploads, reads, strict=True)):
            if read is None or isinstance(read, WorkbookError) or not any(isinstance(part, Register) for part in read):
                done.append(read)  # type: ignore[arg-type]  # all of a file are the one or the other
                continue
            try:
                behind = [(later, part) for later in range(at + 1, len(uploads)) for part in _registers(reads[later])]
                taken_by = partial(self._taken_by, uploads, behind, refused)
                rest = [(other, part) for other in range(len(uploads)) if other != at for part in _registers(reads[other])]
                reports = [report for part in _registers(read) for report in self._reports(part, at, upload, brought, refused, taken_by, rest)]
            except Exception as error:
                done.append(unforeseen(upload, error))
                continue
            for report in reports:
                if (at, report.period, report.template) not in refused and report.cases is not None and report.org and report.period and not report.same_as:
                    mate = Mate(at, report.period, upload.name)
                    month = FiledMonth(report.period, report.cases, figures_of(report.readings), partial(_in_batch, upload.name, report.cases), mate)
                    brought.setdefault((report.template, report.org), {})[report.period] = month
            done.append(in_order(reports))
        return done

    def numbers(self, report: Report) -> frozenset[int]:
        """The submissions of the ledger of a report that it was put beside; of a form none."""
        return self._numbers.get((report.template, report.org or ""), frozenset())

    def _reports(
        self,
        register: Register,
        at: int,
        upload: Upload,
        brought: Mapping[tuple[str, str], _Filed],
        refused: set[BatchKey],
        taken_by: _TakenBy,
        rest: Sequence[tuple[int, Register]],
    ) -> list[Report]:
        """The reports of one ledger; those of months that cannot be accepted as they would be, the others without them."""
        if register.org is None:
            return register.reports()
        code = register.ledger.code
        filed = self._of(register.ledger, register.org) | brought.get((code, register.org), {})
        filed = {month: replace(cases, taken_by=partial(taken_by, register)) for month, cases in filed.items()}
        answer = self._answer(register, upload)
        same = [(other, part) for other, part in rest if (part.ledger.code, part.org) == (code, register.org)]
        beside = {month for other, part in same for month in part.months if (other, month, code) not in refused}
        wanted = register.reports(filed, answer, beside=beside)
        closed = {report.period for report in wanted if (at, report.period, code) in refused and report.period is not None}
        if not closed:
            return wanted
        others = [report for report in register.reports(filed, answer, closed, beside) if report.period not in closed]
        return [*(report for report in wanted if report.period in closed), *others]

    def _answer(self, register: Register, upload: Upload) -> str:
        return upload.cases or self._answers.answer(LAYOUT, register.question_key) or ""

    def _taken_by(self, uploads: Sequence[Upload], behind: Sequence[tuple[int, Register]], refused: set[BatchKey], own: Register, key: str, day: date) -> str:
        """The last file behind in the batch that has the say of the month of a case and takes it away; empty where none does."""
        for at, register in reversed(behind):
            ledger = (register.ledger.code, register.org)
            if ledger != (own.ledger.code, own.org) or (at, Month.of(day), own.ledger.code) in refused or self._answer(register, uploads[at]) == ADDS:
                continue
            if register.takes_away(key, day):
                return uploads[at].name
        return ""

    def _of(self, ledger: Ledger, org: str) -> _Filed:
        if (ledger.code, org) not in self._stored:
            filed = self._bureau.store.filed_ledger(ledger.office, ledger.code, org)
            self._numbers[ledger.code, org] = frozenset(s.seq for s, _, _ in filed)
            self._stored[ledger.code, org] = {s.period: FiledMonth(s.period, kept, figures, partial(_in_store, s, kept)) for s, kept, figures in filed}
        return self._stored[ledger.code, org]


def _registers(read: Read | None) -> list[Register]:
    """The ledgers of a file; none of one that cannot be read, or that holds forms."""
    return [part for part in read if isinstance(part, Register)] if isinstance(read, list) else []


def _in_store(submission: Submission, kept: KeptCases, at: int) -> str:
    return f"第 {submission.seq} 号报送（{submission.period.chinese}，「{submission.file}」）第 {kept.rows[at]} 行"


def _in_batch(file: str, kept: KeptCases, at: int) -> str:
    return f"本批「{file}」的 {kept.where(at)}"
