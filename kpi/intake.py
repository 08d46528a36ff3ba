"""
Intake (报送): a workbook becomes figures in the store, or nothing of it does.

`prepare` reads and checks and changes nothing; its answer is what a statistician sees before deciding.  `accept`
stores what was prepared, all of it or none.
"""

import logging
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from hashlib import sha256
from itertools import islice
from threading import Event

from kpi.bureau import Bureau
from kpi.errors import KpiError, PasswordNeeded, RequestError, UnforeseenError, WorkbookError
from kpi.finding import Finding, Severity
from kpi.period import Month
from kpi.place import Place
from kpi.store.cases import encode
from kpi.store.submission import Accepted, Submission
from kpi.validation.backgrounds import Backgrounds, Candidate
from kpi.validation.changes import TAKEN_AWAY, Change, changes, no_figures, speaks, taken_away
from kpi.validation.checks import check
from kpi.validation.counterparts import Counterparts
from kpi.workbook.ledger import layouts
from kpi.workbook.mapping import Mapping as Answers
from kpi.workbook.reading import read_reports
from kpi.workbook.register import read_ledgers
from kpi.workbook.report import Report
from kpi.workbook.sandbox import Book

PARSERS = 2  # files read at once; each reader is a process of its own
_LOOK_EVERY = 0.1  # seconds between two looks at whether reading is still wanted
_NEVER = Event()
_log = logging.getLogger(__name__)
_REFUSED: Mapping[type[WorkbookError], tuple[str, str]] = {
    PasswordNeeded: ("password-needed", "请在报表导入页输入打开密码，命令行用 --password-stdin；密码不会保存"),
    UnforeseenError: ("unexpected-error", "请在 Excel 或 WPS 中另存为新的 .xlsx 再上传；仍然如此的，请把文件交给管理员，错误已写入日志"),
}
_Read = list[Report] | WorkbookError
Parse = Callable[[bytes, str, str | None], Book]  # bytes, name and password to what the workbook holds


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

    @property
    def takes_away(self) -> bool:
        """Whether figures in force would be 未报 or 0: a 说明 given for several files does not cover it."""
        return any(finding.code == TAKEN_AWAY for finding in self.findings)

    @property
    def figures(self) -> int:
        """How many cells hold a number."""
        return sum(r.value.number is not None for r in self.report.readings) if self.report else 0


def prepare(
    bureau: Bureau,
    uploads: Sequence[Upload],
    office: str | None = None,
    period: Month | None = None,
    today: date | None = None,
    progress: Callable[[int], None] = lambda done: None,
    mapping: Answers | None = None,
    parse: Parse | None = None,
    stopped: Event = _NEVER,
    org: str | None = None,
) -> list[Prepared]:
    """
    Read and check workbooks that come together.

    They are checked in the order of their months, each against the store and against those of the batch before it: so a
    whole year dropped at once is held to 累计 = 上月累计 + 本月 just as month by month.

    Args:
        bureau: The bureau.
        uploads: The files.
        office: The office they must be of, when the sender says so; what is said with a file comes first.
        period: The month they must be of, likewise.
        today: The day of submission; else the clock's.
        progress: Told after each file how many have been read.
        mapping: What has been answered to the questions of earlier files; else what the store keeps.
        parse: What opens a file; else what `parser_of` gives.
        stopped: Set by another thread when no further file is to be read; those read so far are answered.
        org: The organisation they must be of, as for the office.

    Returns:
        One answer per report, in the order of the files and within a file by month; never raises for a bad file.
    """
    each = prepare_each(bureau, uploads, office, period, today, progress, mapping, parse, stopped, org)
    return [report for reports in each for report in reports or ()]


def prepare_each(
    bureau: Bureau,
    uploads: Sequence[Upload],
    office: str | None = None,
    period: Month | None = None,
    today: date | None = None,
    progress: Callable[[int], None] = lambda done: None,
    mapping: Answers | None = None,
    parse: Parse | None = None,
    stopped: Event = _NEVER,
    org: str | None = None,
) -> list[list[Prepared] | None]:
    """The same file by file; None for a file that was not read because it was stopped."""
    open_book, known = parse or parser_of(bureau), bureau.store.mapping() if mapping is None else mapping
    day = today or date.today()  # noqa: DTZ011 - a bureau's day is its own

    def read(upload: Upload) -> _Read:
        try:
            book = open_book(upload.data, upload.name, upload.password)
            whose, when, of = upload.office or office, upload.period or period, upload.org or org
            hints = (upload.name, *upload.folders)
            if book.ledgers:
                return read_ledgers(book.ledgers, book.unread, bureau.catalog, today=day, office=whose, period=when, org=of, hints=hints)
            return read_reports(book.sheets, bureau.catalog, office=whose, period=when, mapping=known, org=of, hints=hints)
        except RequestError:  # of who asks, not of the file
            raise
        except Exception as error:
            return _unforeseen(upload, error)

    single: list[tuple[Upload, Report | WorkbookError]] = []
    every = _read_all(read, uploads, progress, stopped)
    for upload, found in zip(uploads, every, strict=True):
        if found is not None:
            single += [(upload, report) for report in ([found] if isinstance(found, WorkbookError) else found)]
    in_order = iter(_answers(bureau, single, day))
    return [None if found is None else list(islice(in_order, len(found) if isinstance(found, list) else 1)) for found in every]


def _unforeseen(upload: Upload, error: Exception) -> WorkbookError:
    """What is said of a file that an error stopped, which thereby stops no other; a defect of ours goes into the log."""
    if isinstance(error, KpiError):
        return error if isinstance(error, WorkbookError) else WorkbookError(f"「{upload.name}」：{error}")
    _log.error("reading or checking %r failed", upload.name, exc_info=error)
    return UnforeseenError(f"「{upload.name}」：读取时出了意料之外的错误（{type(error).__name__}），同批的其他文件不受影响。")


def parser_of(bureau: Bureau) -> Parse:
    """What reads a file: sheets, or the ledgers of the catalogue."""
    told = layouts(bureau.catalog)
    return lambda data, name, password: bureau.parser.read(data, name, password, told)


def accept(bureau: Bureau, prepared: Sequence[Prepared], by: str, note: str = "", at: Callable[[Prepared], datetime] | None = None) -> list[Submission]:
    """
    Store prepared files, all in one commit.

    Args:
        bureau: The bureau.
        prepared: Files that `prepare` found ready, or that need confirmation; unchanged ones are passed over.
        by: Who sends them.
        note: The written 说明 that confirms CHECK findings of every file that has none of its own; one that takes figures
            away needs its own unless it is the only file.
        at: When each came; now unless told.

    Returns:
        The submissions made, in order.

    Raises:
        RequestError: A file was refused, or has CHECK findings and there is no note, or none of its own where it needs one.
        StoreError: The store cannot take them; nothing was stored.
    """
    several = len({(file.file, file.data if file.report is None or file.report.cases is None else b"") for file in prepared}) > 1
    for file in prepared:
        if file.status is Outcome.REJECTED:
            raise RequestError(f"「{file.file}」有必须修改的问题，没有入库。")
        if file.status is Outcome.NEEDS_CONFIRMATION and not (file.note.strip() or note.strip()):
            raise RequestError(f"「{file.file}」有请核对的问题，请先写明说明再入库。")
        if file.takes_away and file.status is Outcome.NEEDS_CONFIRMATION and several and not file.note.strip():
            raise RequestError(f"「{file.file}」会让已入库的数变为未报或 0，请为这一份单独写明说明；几份共同的说明对它不起作用。")
    return bureau.store.commit(
        [
            Accepted(
                report=file.report,
                data=file.data,
                file=file.file,
                by=by,
                note=(file.note.strip() or note.strip()) if file.status is Outcome.NEEDS_CONFIRMATION else "",
                findings=file.findings,
                template=file.report.template,
                at=at(file) if at else None,
                original=file.original,
            )
            for file in prepared
            if file.report is not None and file.status is not Outcome.UNCHANGED
        ]
    )


def _kept(bureau: Bureau, upload: Upload, report: Report) -> Upload:
    """What may be kept of an upload: all of a form, of a ledger the allowed columns of the month."""
    if report.cases is None:
        return upload
    return Upload(upload.name, encode(report, bureau.catalog.ledgers[report.cases.ledger]), original=upload.data if bureau.store.seals else None)


def _read_all(read: Callable[[Upload], _Read], uploads: Sequence[Upload], progress: Callable[[int], None], stopped: Event) -> list[_Read | None]:
    """What each file gave, read several at once; None for those not yet read when it was stopped."""
    pool = ThreadPoolExecutor(PARSERS)
    try:
        reading = [pool.submit(read, upload) for upload in uploads]
        open_ones: set[Future[_Read]] = set(reading)
        while open_ones and not stopped.is_set():
            done, open_ones = wait(open_ones, _LOOK_EVERY, FIRST_COMPLETED)
            if done:
                progress(len(reading) - len(open_ones))
        return [one.result() if one not in open_ones else None for one in reading]
    finally:
        pool.shutdown(wait=not stopped.is_set(), cancel_futures=True)


@dataclass(frozen=True, slots=True)
class _Placed:
    """A report, with the submission in force that it would replace and whether it says the very same."""

    upload: Upload
    report: Report | WorkbookError
    current: Submission | None = None
    unchanged: bool = False


def _answers(bureau: Bureau, single: Sequence[tuple[Upload, Report | WorkbookError]], today: date) -> list[Prepared]:
    """
    Check the reports of a batch, in the order of their months, as if each replaced what it would replace.

    One that is refused replaces nothing after all; where others were held against a batch with it, they are held anew.
    """
    placed = [_placed(bureau, upload, report) for upload, report in single]
    refused: set[int] = set()
    while True:
        backgrounds, counterparts = Backgrounds(bureau.store, bureau.catalog), Counterparts(bureau.store, bureau.catalog)
        for i, file in enumerate(placed):
            if file.current is not None and not file.unchanged and i not in refused:
                backgrounds.expect(file.current)
        answers: dict[int, Prepared] = {}
        for i in sorted(range(len(placed)), key=lambda i: _order(placed[i].report)):
            try:
                answers[i] = _answer(bureau, placed[i], backgrounds, counterparts, today)
            except Exception as error:
                upload = placed[i].upload
                answers[i] = _answer(bureau, _Placed(upload, _unforeseen(upload, error)), backgrounds, counterparts, today)
        fresh = {i for i, answer in answers.items() if answer.status is Outcome.REJECTED and placed[i].current is not None} - refused
        if not fresh or len(placed) == 1:
            return [answers[i] for i in range(len(placed))]
        refused |= fresh


def _placed(bureau: Bureau, upload: Upload, report: Report | WorkbookError) -> _Placed:
    """A report and what it would replace, of the upload what may be kept; an error stops this report alone."""
    if isinstance(report, WorkbookError):
        return _Placed(upload, report)
    try:
        kept = _kept(bureau, upload, report)
        if report.office is None or report.period is None or report.org is None:
            return _Placed(kept, report)
        template = report.template or bureau.catalog.offices[report.office].template
        current = bureau.store.current(report.office, report.period, template, report.org)
        same = current is not None and current.sha256 == sha256(kept.data).hexdigest()
        unchanged = same and current is not None and (report.cases is not None or bureau.store.says(current.seq, report))
    except Exception as error:
        return _Placed(upload, _unforeseen(upload, error))
    return _Placed(kept, report, current, unchanged)


def _order(report: Report | WorkbookError) -> tuple[bool, Month, str]:
    """By month, then by office; what cannot be placed comes last."""
    if isinstance(report, WorkbookError) or report.period is None:
        return True, Month(9999, 12), ""
    return False, report.period, report.office or ""


def _answer(bureau: Bureau, file: _Placed, backgrounds: Backgrounds, counterparts: Counterparts, today: date) -> Prepared:
    upload, report, name = file.upload, file.report, file.upload.name
    if isinstance(report, WorkbookError):
        locked = isinstance(report, PasswordNeeded)
        code, remedy = _REFUSED.get(type(report), ("unreadable-file", "请改正后重新上传；系统内的数据没有变动"))
        finding = Finding(code, Severity.BLOCK, Place(name), str(report), remedy)
        message = "「{}」没有入库：{}".format(name, str(report).removeprefix(f"「{name}」："))
        return Prepared(name, upload.data, None, None, None, (finding,), (), None, Outcome.REJECTED, message, locked)
    if report.office is None or report.period is None or report.org is None:
        return Prepared(
            name, upload.data, report.office, report.period, report, report.findings, (), None, Outcome.REJECTED,
            f"「{name}」看不出是{_open_words(report)}的报表，没有入库；请选定后再读一遍。", org=report.org,
        )  # fmt: skip
    org, current, digest = report.org, file.current, sha256(upload.data).hexdigest()
    template = report.template or bureau.catalog.offices[report.office].template
    what = f"{bureau.catalog.called(report.office, org)} {report.period.chinese}{bureau.catalog.ledgers[report.template].name if report.template else '报表'}"
    earlier = backgrounds.earlier(report)
    twin = earlier is not None and earlier.digest == digest and earlier.report.readings == report.readings
    if file.unchanged or (twin and earlier):
        words = "已入库的" if file.unchanged or earlier is None else f"本批中的「{earlier.file}」"
        message = f"{what}与{words}完全相同，不再重复入库。"
        return Prepared(name, upload.data, report.office, report.period, report, report.findings, (), current, Outcome.UNCHANGED, message, org=org)
    closed, findings = _closed(bureau, report.office, report.period, org), report.findings
    found: tuple[Change, ...] = ()
    if speaks(report):
        if current or earlier:
            replaced = {(r.measure, r.column): r.value for r in earlier.report.readings} if earlier else bureau.store.stated_in(current.seq) if current else {}
            stated = {**bureau.store.stated(report.office, report.period, org), **(replaced if earlier else {})}
            found = changes(report, stated, replaced, bureau.store.counterparts(report.office, report.period, template, org).keys())
        findings = (*closed, *taken_away(report, found, bureau.catalog), *findings, *_twice(earlier), *counterparts.findings(name, report))
        findings += check(report, bureau.catalog, backgrounds.against(report.office, report.period, org, current), today)
    else:
        findings = (*closed, no_figures(report), *findings)
    severities = {finding.severity for finding in findings}
    if not speaks(report):
        status, message = Outcome.REJECTED, f"{what}没有读出任何数，没有入库；已入库的数没有变动。"
    elif Severity.BLOCK in severities:
        status, message = Outcome.REJECTED, f"{what}有必须修改的问题，没有入库；改正后请重新上传。"
    else:
        backgrounds.add(name, digest, report, current)
        counterparts.add(name, report)
        read = f"{what}读出 {sum(r.value.number is not None for r in report.readings)} 个数"
        read += f"，将替换 {current.at:%Y-%m-%d %H:%M} 的报送" if current else ""
        if any(finding.code == TAKEN_AWAY for finding in findings):
            status, message = Outcome.NEEDS_CONFIRMATION, f"{read}；会让已入库的数变为未报或 0，为这一份单独写明说明后可以入库。"
        elif Severity.CHECK in severities:
            status, message = Outcome.NEEDS_CONFIRMATION, f"{read}；有请核对的问题，写明说明后可以入库。"
        else:
            status, message = Outcome.READY, f"{read}，可以入库。"
    return Prepared(name, upload.data, report.office, report.period, report, findings, found, current, status, message, original=upload.original, org=org)


def _open_words(report: Report) -> str:
    return "、".join(words for words, known in (("哪个单位", report.org), ("哪个科室", report.office), ("哪个月份", report.period)) if known is None)


def _twice(other: Candidate | None) -> tuple[Finding, ...]:
    if other is None:
        return ()
    seen = f"本批中「{other.file}」也是这个科室这个月的报表"
    return (Finding("same-report-twice", Severity.CHECK, Place(""), seen, "两份只应入库一份：请移除不要的一份；写明说明后都入库的，后一份替换前一份"),)


def _closed(bureau: Bureau, office: str, period: Month, org: str) -> tuple[Finding, ...]:
    lock = bureau.store.locked(office, period, org)
    if lock is None:
        return ()
    seen = f"{period.chinese}的数据已由 {lock.by} 于 {lock.at:%Y-%m-%d %H:%M} 锁定（理由：{lock.reason}）"
    return (Finding("period-locked", Severity.BLOCK, Place(""), seen, "确需更正时，请管理员先解锁再上传"),)
