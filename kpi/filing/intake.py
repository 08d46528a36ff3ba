"""
Intake (报送): a workbook becomes figures in the store, or nothing of it does.

`prepare` reads and checks and changes nothing; its answer is what a statistician sees before deciding.  `accept`
stores what was prepared, all of it or none.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import replace
from datetime import date, datetime
from itertools import islice
from threading import Event

from kpi.bureau import Bureau
from kpi.errors import RequestError
from kpi.filing.batch_check import answers
from kpi.filing.ledgers_on_file import Key, OnFile, Read
from kpi.filing.prepared import Outcome, Prepared, Upload, unforeseen
from kpi.finding import Finding
from kpi.period import Month
from kpi.place import Place
from kpi.store import clock
from kpi.store.submission import Accepted, Submission
from kpi.workbook.answer_mapping import AnswerMapping
from kpi.workbook.forms.kept_form import without_unread
from kpi.workbook.forms.left_out import ORIGINAL_NOT_KEPT
from kpi.workbook.forms.reading import read_reports
from kpi.workbook.ledgers.ledger_reports import open_ledgers
from kpi.workbook.ledgers.ledger_sheet import layouts
from kpi.workbook.process.parser import AT_ONCE, Book
from kpi.workbook.report import Report
from kpi.workbook.writing.form_copy import write_copy

__all__ = ["Outcome", "Parse", "Prepared", "Upload", "accept", "parser_of", "prepare", "prepare_each"]

_LOOK_EVERY = 0.1  # seconds between two looks at whether reading is still wanted
_NEVER = Event()
Parse = Callable[[bytes, str, str | None], Book]  # bytes, name and password to what the workbook holds


def prepare(
    bureau: Bureau,
    uploads: Sequence[Upload],
    office: str | None = None,
    period: Month | None = None,
    today: date | None = None,
    progress: Callable[[int], None] = lambda done: None,
    mapping: AnswerMapping | None = None,
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
    mapping: AnswerMapping | None = None,
    parse: Parse | None = None,
    stopped: Event = _NEVER,
    org: str | None = None,
) -> list[list[Prepared] | None]:
    """The same file by file; None for a file that was not read because it was stopped."""
    open_book, known = parse or parser_of(bureau), bureau.store.mapping() if mapping is None else mapping
    day = today or clock.today()

    def read(upload: Upload) -> Read:
        try:
            book = open_book(upload.data, upload.name, upload.password)
            whose, when, of = upload.office or office, upload.period or period, upload.org or org
            hints = (upload.name, *upload.folders)
            if book.ledgers:
                return open_ledgers(book.ledgers, book.unread, bureau.catalog, today=day, office=whose, period=when, org=of, hints=hints)
            return read_reports(book.sheets, bureau.catalog, office=whose, period=when, mapping=known, org=of, hints=hints, outside=book.outside)
        except RequestError:  # of who asks, not of the file
            raise
        except Exception as error:
            return unforeseen(upload, error)

    every = _read_all(read, uploads, progress, stopped)
    on_file, refused = OnFile(bureau, known), set[Key]()
    while True:
        reports = on_file.put_beside(uploads, every, refused)
        single = [(uploads[at], report) for at, found in enumerate(reports) for report in (found if isinstance(found, list) else [found]) if report is not None]
        in_order = iter(answers(bureau, single, day))
        prepared = [
            None if found is None else [_in_batch(one, at, on_file) for one in islice(in_order, len(found) if isinstance(found, list) else 1)]
            for at, found in enumerate(reports)
        ]
        fresh = _refused_ledgers(prepared) - refused
        if not fresh:
            return prepared
        refused |= fresh


def _in_batch(one: Prepared, at: int, on_file: OnFile) -> Prepared:
    """A report with the place of its file; one of a ledger was put beside all that is on file of that ledger."""
    if one.report is None or one.beside is None:
        return replace(one, at=at)
    return replace(one, at=at, beside=one.beside | on_file.numbers(one.report))


def _refused_ledgers(prepared: Sequence[list[Prepared] | None]) -> set[Key]:
    """The months of ledgers that cannot be accepted: nothing else of the batch may be counted with their cases."""
    each = [(at, one) for at, reports in enumerate(prepared) for one in reports or () if one.status is Outcome.REJECTED]
    return {(at, one.period, one.report.template) for at, one in each if one.report is not None and one.report.cases is not None}


def parser_of(bureau: Bureau) -> Parse:
    """What reads a file: sheets, or the ledgers of the catalogue."""
    told = layouts(bureau.catalog, bureau.store.secret)
    return lambda data, name, password: bureau.parser.read(data, name, password, told)


def accept(
    bureau: Bureau,
    prepared: Sequence[Prepared],
    by: str,
    note: str = "",
    at: Callable[[Prepared], datetime] | None = None,
    *,
    demo: bool = False,
) -> list[Submission]:
    """
    Store prepared files, all in one commit.

    Args:
        bureau: The bureau.
        prepared: Files that `prepare` found ready, or that need confirmation; unchanged ones are passed over.
        by: Who sends them.
        note: The written 说明 that confirms CHECK findings of every file that has none of its own; one that takes figures
            or cases away needs its own unless it is the only file.
        at: When each came; now unless told.
        demo: They are the demonstration.

    Returns:
        The submissions made, in order.

    Raises:
        RequestError: A file was refused, or has CHECK findings and there is no note, or none of its own where it needs one.
        OutdatedError: What a file was compared with is no longer what is on file.
        StoreError: The store cannot take them; nothing was stored.
    """
    sent = {file.key for file in prepared}
    for file in prepared:
        if lacking := [name for key, name in file.mates.items() if key not in sent]:
            raise RequestError(f"「{file.file}」和同批的{lacking[0]}合在一起计；请一起入库，或移除{lacking[0]}后重新读取。")
    several = len({(file.at, file.file, file.data if file.report is None or file.report.cases is None else b"") for file in prepared}) > 1
    for file in prepared:
        if file.status is Outcome.REJECTED:
            raise RequestError(f"「{file.file}」有必须修改的问题，没有入库。")
        if file.takes_away and file.status is Outcome.NEEDS_CONFIRMATION and not several and not (file.note.strip() or note.strip()):
            raise RequestError(f"「{file.file}」会让已入库的数变为未报或 0，或让在库的件不再计，请先为这一份写明说明再入库。")
        if file.status is Outcome.NEEDS_CONFIRMATION and not (file.note.strip() or note.strip()):
            raise RequestError(f"「{file.file}」有请核对的问题，请先写明说明再入库。")
        if file.takes_away and file.status is Outcome.NEEDS_CONFIRMATION and several and not file.note.strip():
            raise RequestError(f"「{file.file}」会让已入库的数变为未报或 0，或让在库的件不再计，请为这一份单独写明说明；几份共同的说明对它不起作用。")
    copies: dict[int, bytes] = {}
    return bureau.store.commit(
        [
            Accepted(
                report=file.report,
                data=file.data,
                copy=_copy(file.report, copies),
                file=file.file,
                by=by,
                note=(file.note.strip() or note.strip()) if file.status is Outcome.NEEDS_CONFIRMATION else "",
                findings=_kept_findings(bureau, file),
                template=file.report.template,
                at=at(file) if at else None,
                beside=file.beside,
                original=file.data if bureau.store.seals and _copy(file.report, copies) is not None else file.original,
            )
            for file in prepared
            if file.report is not None and file.status is not Outcome.UNCHANGED
        ],
        demo=demo,
    )


def _kept_findings(bureau: Bureau, file: Prepared) -> tuple[Finding, ...]:
    """The findings as they are kept, without what was not read."""
    kept, ledger = (file.report.kept, file.report.cases is not None) if file.report else (None, False)
    findings = [finding for finding in file.findings if finding.code != ORIGINAL_NOT_KEPT]
    if ledger:
        findings = [
            replace(finding, place=Place("")) if finding.code in ("sheet-not-read", "hidden-ledger", "untitled-ledger") else finding for finding in findings
        ]
    return tuple(findings if kept is None else (without_unread(finding, kept, bureau.catalog) for finding in findings))


def _copy(report: Report, copies: dict[int, bytes]) -> bytes | None:
    """What is kept of the form that a report was read from, made once for all reports of a file; None where its bytes are kept."""
    kept = report.kept
    if kept is None or kept.whole:
        return None
    if id(kept) not in copies:
        copies[id(kept)] = write_copy(kept)
    return copies[id(kept)]


def _read_all(read: Callable[[Upload], Read], uploads: Sequence[Upload], progress: Callable[[int], None], stopped: Event) -> list[Read | None]:
    """What each file gave, read several at once; None for those not yet read when it was stopped."""
    pool = ThreadPoolExecutor(AT_ONCE)
    try:
        reading = [pool.submit(read, upload) for upload in uploads]
        open_ones: set[Future[Read]] = set(reading)
        while open_ones and not stopped.is_set():
            done, open_ones = wait(open_ones, _LOOK_EVERY, FIRST_COMPLETED)
            if done:
                progress(len(reading) - len(open_ones))
        return [file.result() if file not in open_ones else None for file in reading]
    finally:
        pool.shutdown(wait=not stopped.is_set(), cancel_futures=True)
