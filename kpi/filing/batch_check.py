"""
The reports of files that came together (一批), each checked against the store and against those before it.

They are checked in the order of their months, as if each replaced what it would replace; nothing is stored.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256

from kpi.bureau import LiveBureau
from kpi.errors import PasswordNeeded, RecordError, UnforeseenError, UnstartedError, WorkbookError
from kpi.filing.prepared import Outcome, Prepared, Upload, unforeseen
from kpi.finding import Finding, Severity
from kpi.period import Month
from kpi.place import Place
from kpi.store.case_files import encode
from kpi.store.signature import signature
from kpi.store.submission import Submission
from kpi.validation.backgrounds import Backgrounds, Candidate
from kpi.validation.batch_records import BatchRecords
from kpi.validation.checks import check
from kpi.validation.counterparts import Counterparts
from kpi.validation.elsewhere import Elsewhere
from kpi.validation.month_reach import out_of_reach
from kpi.validation.renamed_sheets import still_counting
from kpi.validation.taken_away import TAKEN_AWAY, Change, changed_figures, no_figures, speaks, taken_away
from kpi.workbook.forms.left_out import original_not_kept
from kpi.workbook.ledgers.on_file_faults import MISSING, replaces
from kpi.workbook.personal.masking import mask_with_signers
from kpi.workbook.report import Report

NOT_STARTED = "reader-not-started"  # the machine could not read the file
RECORD_DAMAGED = "record-damaged"  # what is on file, not the file, could not be read
_REFUSED: Mapping[type[WorkbookError], tuple[str, str]] = {
    PasswordNeeded: ("password-needed", "请在报表导入页输入打开密码；密码不会保存"),
    UnstartedError: (NOT_STARTED, "请稍后再上传一次；仍然如此的，请管理员检查这台机器的内存、进程数和 Python 程序"),
    RecordError: (RECORD_DAMAGED, "这份文件没有问题；请管理员恢复在库的文件后再上传，系统内的数据没有变动"),
    UnforeseenError: ("unexpected-error", "请在 Excel 或 WPS 中另存为新的 .xlsx 再上传；仍然如此的，请把文件交给管理员，错误已写入日志"),
}


@dataclass(frozen=True, slots=True)
class _Filing:
    """What a report is filed under."""

    office: str
    period: Month
    org: str
    template: str


@dataclass(frozen=True, slots=True)
class _Placed:
    """A report, with the submission in force that it would replace and whether it says the very same."""

    upload: Upload
    report: Report | WorkbookError
    filing: _Filing | None = None  # None: it is open what it is of, or it cannot be read
    current: Submission | None = None
    unchanged: bool = False
    beside: frozenset[int] = frozenset()  # the numbers of all that is in force for its office and month
    upload_id: int = 0  # the same for all reports of one upload


def check_batch(bureau: LiveBureau, reports: Sequence[tuple[Upload, Report | WorkbookError]], today: date) -> list[Prepared]:
    """
    Check the reports of a batch, in the order of their months, as if each replaced what it would replace.

    One that is refused replaces nothing after all; where others were held against a batch with it, they are held anew.
    """
    recorded = BatchRecords(bureau.store, bureau.catalog, [report for _, report in reports if isinstance(report, Report)])
    placed = [replace(_placed(bureau, recorded, upload, report), upload_id=id(upload)) for upload, report in reports]
    refused: set[int] = set()
    while True:
        replaced = [file.current for i, file in enumerate(placed) if file.current is not None and not file.unchanged and i not in refused]
        one_by_one = _OneByOne(bureau, recorded, replaced, today)
        answers = {i: one_by_one.answer(placed[i]) for i in sorted(range(len(placed)), key=lambda i: _order(placed[i].report))}
        fresh = {i for i, answer in answers.items() if answer.status is Outcome.REJECTED and placed[i].current is not None} - refused
        if not fresh or len(placed) == 1:
            every = [answers[i] for i in range(len(placed))]
            return every if bureau.store.seals else _with_notes(placed, every)
        refused |= fresh


def _with_notes(placed: Sequence[_Placed], every: Sequence[Prepared]) -> list[Prepared]:
    """The answers, the last of each file that brings something new with the note that its original is not kept."""
    of_file: defaultdict[int, list[int]] = defaultdict(list)
    for i, (file, answer) in enumerate(zip(placed, every, strict=True)):
        if answer.report is not None and answer.status is not Outcome.UNCHANGED and None not in (answer.office, answer.period, answer.org):
            of_file[file.upload_id].append(i)
    done = list(every)
    for those in of_file.values():
        last = max(those, key=lambda i: (done[i].status is not Outcome.REJECTED, i))
        notes = original_not_kept([report for i in those if (report := done[i].report) is not None])
        done[last] = replace(done[last], findings=(*done[last].findings, *notes))
    return done


def _placed(bureau: LiveBureau, recorded: BatchRecords, upload: Upload, report: Report | WorkbookError) -> _Placed:
    """A report and what it would replace, of the upload what may be kept; an error stops this report alone."""
    if isinstance(report, WorkbookError):
        return _Placed(upload, report)
    try:
        kept = _kept(bureau, upload, report)
        if report.office is None or report.period is None or report.org is None:
            return _Placed(kept, report)
        filing = _Filing(report.office, report.period, report.org, report.template or bureau.catalog.offices[report.office].template)
        in_force = recorded.submissions(filing.org, filing.period, filing.office)
        current = next((submission for submission in in_force if submission.template == filing.template), None)
        same = current is not None and current.sha256 == sha256(kept.data).hexdigest()
        unchanged = bool(report.same_as) if report.cases is not None else same and current is not None and bureau.store.says(current.seq, report)
    except Exception as error:
        return _Placed(upload, unforeseen(upload, error))
    return _Placed(kept, report, filing, current, unchanged, frozenset(submission.seq for submission in in_force))


def _order(report: Report | WorkbookError) -> tuple[bool, Month, str]:
    """By month, then by office; what cannot be placed comes last."""
    if isinstance(report, WorkbookError) or report.period is None:
        return True, Month(9999, 12), ""
    return False, report.period, report.office or ""


class _OneByOne:
    """The reports of a batch one after another: each against what is on file and what those before it would leave there."""

    def __init__(self, bureau: LiveBureau, recorded: BatchRecords, replaced: Iterable[Submission], today: date) -> None:
        self._bureau, self._catalog, self._recorded, self._today = bureau, bureau.catalog, recorded, today
        self._backgrounds, self._counterparts = Backgrounds(recorded, bureau.catalog), Counterparts(recorded, bureau.catalog)
        self._elsewhere = Elsewhere(bureau.store, bureau.catalog)
        for submission in replaced:
            self._backgrounds.expect(submission)

    def answer(self, file: _Placed) -> Prepared:
        """What became of a report; an error stops this one alone."""
        try:
            if isinstance(file.report, WorkbookError):
                return _unreadable(file.upload, file.report)
            if file.filing is None:
                return _unplaced(file.upload, file.report)
            return self._checked(file, file.report, file.filing)
        except Exception as error:
            return _unreadable(file.upload, unforeseen(file.upload, error))

    def _checked(self, file: _Placed, report: Report, filing: _Filing) -> Prepared:
        upload, digest, earlier = file.upload, sha256(file.upload.data).hexdigest(), self._backgrounds.earlier(report)
        prepared = Prepared(
            upload.name, upload.data, filing.office, filing.period, report, report.findings, (), file.current, Outcome.UNCHANGED, "", org=filing.org
        )  # fmt: skip
        ledger = self._catalog.ledgers[report.template].name if report.template else "报表"
        what = f"{self._catalog.called(filing.office, filing.org)} {filing.period.chinese}{ledger}"
        twin = earlier if earlier is not None and earlier.digest == digest and earlier.report.readings == report.readings else None
        if file.unchanged or twin is not None:
            same_as = report.same_as or ("已入库的" if file.unchanged or twin is None else f"本批中的「{twin.file}」")
            return replace(prepared, message=f"{what}与{same_as}完全相同，不再重复入库。")
        changed = self._changes(report, filing, file.current, earlier) if filing.period.comparable and speaks(report) else ()
        findings = self._findings(report, filing, file.current, earlier, changed, digest)
        status, message = _outcome(report, findings, what, file.current)
        if status is not Outcome.REJECTED:
            self._leave(mask_with_signers(upload.name), digest, report, file.current)  # what is said of it is kept
        return replace(prepared, findings=findings, changes=changed, status=status, message=message, original=upload.original, beside=file.beside)

    def _changes(self, report: Report, filing: _Filing, current: Submission | None, earlier: Candidate | None) -> tuple[Change, ...]:
        """The figures that would not be what they are on file, or in the file of the batch that it replaces."""
        if earlier is not None:
            replaced = {(reading.measure, reading.column): reading.value for reading in earlier.report.readings}
        elif current is not None:
            replaced = self._bureau.store.stated_in(current.seq)
        else:
            return ()
        stated = {**self._bureau.store.stated(filing.office, filing.period, filing.org), **(replaced if earlier else {})}
        return changed_figures(report, stated, replaced, self._recorded.counterparts(filing.office, filing.period, filing.template, filing.org).keys())

    def _findings(
        self, report: Report, filing: _Filing, current: Submission | None, earlier: Candidate | None, changed: tuple[Change, ...], digest: str
    ) -> tuple[Finding, ...]:
        """All that is to be said of a report, what shuts its month out first."""
        recorded, catalog = self._recorded, self._catalog
        far = out_of_reach(filing.period, catalog, recorded.months, Month.of(self._today))
        closed = (*_closed(recorded, filing.office, filing.period, filing.org), *far)
        if not filing.period.comparable:
            return (*closed, *report.findings)
        if not speaks(report):
            return (*closed, no_figures(report), *report.findings)
        return (
            *closed,
            *taken_away(report, changed, catalog),
            *report.findings,
            *_twice(earlier),
            *self._counterparts.findings(report),
            *self._elsewhere.findings(report, digest),
            *still_counting(report, recorded.submissions(filing.org, filing.period), self._bureau.store, catalog),
            *check(report, catalog, self._backgrounds.against(filing.office, filing.period, filing.org, current), self._today),
        )

    def _leave(self, name: str, digest: str, report: Report, current: Submission | None) -> None:
        """Let those behind see a report as if it were on file."""
        self._backgrounds.add(name, digest, report, current)
        self._counterparts.add(name, report)
        self._elsewhere.add(name, digest, report)


def _unreadable(upload: Upload, error: WorkbookError) -> Prepared:
    code, remedy = _REFUSED.get(type(error), ("unreadable-file", "请改正后重新上传；系统内的数据没有变动"))
    finding = Finding(code, Severity.BLOCK, Place(upload.name), str(error), remedy)
    message = "「{}」没有入库：{}".format(upload.name, str(error).removeprefix(f"「{upload.name}」："))
    return Prepared(
        upload.name, upload.data, None, None, None, (finding,), (), None, Outcome.REJECTED, message, locked=isinstance(error, PasswordNeeded)
    )  # fmt: skip


def _unplaced(upload: Upload, report: Report) -> Prepared:
    message = f"「{upload.name}」看不出是{_open_words(report)}的报表，没有入库；请选定后再读一遍。"
    return Prepared(
        upload.name, upload.data, report.office, report.period, report, report.findings, (), None, Outcome.REJECTED, message, org=report.org
    )  # fmt: skip


def _outcome(report: Report, findings: Sequence[Finding], what: str, current: Submission | None) -> tuple[Outcome, str]:
    """What can be done with a report, and the sentence that says so."""
    severities, codes = {finding.severity for finding in findings}, {finding.code for finding in findings}
    if not speaks(report):
        return Outcome.REJECTED, f"{what}没有读出任何数，没有入库；已入库的数没有变动。"
    if Severity.BLOCK in severities:
        return Outcome.REJECTED, f"{what}有必须修改的问题，没有入库；改正后请重新上传。"
    read = f"{what}读出 {sum(reading.value.number is not None for reading in report.readings)} 个数"
    read += f"，将替换 {current.at:%Y-%m-%d %H:%M} 的报送" if current else ""
    if MISSING in codes:
        ways = "" if replaces(report) else "，或选「这些也算」"
        return Outcome.NEEDS_CONFIRMATION, f"{read}；会让在库的件不再计，为这一份单独写明说明{ways}后可以入库。"
    if TAKEN_AWAY in codes:
        return Outcome.NEEDS_CONFIRMATION, f"{read}；会让已入库的数变为未报或 0，为这一份单独写明说明后可以入库。"
    if Severity.CHECK in severities:
        return Outcome.NEEDS_CONFIRMATION, f"{read}；有请核对的问题，写明说明后可以入库。"
    return Outcome.READY, f"{read}，可以入库。"


def _open_words(report: Report) -> str:
    return "、".join(words for words, known in (("哪个单位", report.org), ("哪个科室", report.office), ("哪个月份", report.period)) if known is None)


def _twice(other: Candidate | None) -> tuple[Finding, ...]:
    if other is None or other.report.cases is not None:  # of a ledger the cases that the later one lacks are named
        return ()
    seen = f"本批中「{other.file}」也是这个科室这个月的报表"
    return (Finding("same-report-twice", Severity.CHECK, Place(""), seen, "两份只应入库一份：请移除不要的一份；写明说明后都入库的，后一份替换前一份"),)


def _closed(recorded: BatchRecords, office: str, period: Month, org: str) -> tuple[Finding, ...]:
    lock = recorded.locked(office, period, org)
    if lock is None:
        return ()
    seen = f"{period.chinese}的数据{signature(lock.by, lock.at, '已由')} 锁定（理由：{lock.reason}）"
    return (Finding("period-locked", Severity.BLOCK, Place(""), seen, "确需更正时，请管理员先解锁再上传"),)


def _kept(bureau: LiveBureau, upload: Upload, report: Report) -> Upload:
    """What may be kept of an upload: of a form what the store settles, of a ledger the allowed columns of the month."""
    if report.cases is None:
        return upload
    return Upload(upload.name, encode(report, bureau.catalog.ledgers[report.cases.ledger]), original=upload.data if bureau.store.seals else None)
