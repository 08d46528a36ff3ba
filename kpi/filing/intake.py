"""
Intake (报送): a workbook becomes figures in the store, or nothing of it does.

`prepare` reads and checks and changes nothing; its answer is what a statistician sees before deciding.  `accept`
stores what was prepared, all of it or none.
"""

from collections.abc import Callable, Hashable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import suppress
from contextvars import copy_context
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import partial
from itertools import islice
from threading import Event

from kpi.access.audit import Audited
from kpi.access.roles import Right
from kpi.bureau import LiveBureau
from kpi.errors import KpiError, RequestError, WorkbookError
from kpi.filing.batch_check import check_batch
from kpi.filing.ledgers_on_file import OnFile, Read
from kpi.filing.prepared import BatchKey, Outcome, Prepared, Upload, unforeseen
from kpi.filing.referral_groups import referral_groups
from kpi.filing.sheet_names import sheet_name
from kpi.filing.two_steps import refers, to_the_sender
from kpi.finding import Finding
from kpi.place import Place
from kpi.store import clock
from kpi.store.submission import Accepted, Submission
from kpi.workbook.answer_mapping import AnswerMapping
from kpi.workbook.forms.kept_form import without_unread
from kpi.workbook.forms.left_out import ORIGINAL_NOT_KEPT
from kpi.workbook.forms.reading import read_reports
from kpi.workbook.ledgers.ledger_reports import open_ledgers
from kpi.workbook.ledgers.ledger_sheet import layouts
from kpi.workbook.process.parser import Book
from kpi.workbook.process.reading_queue import NOBODY
from kpi.workbook.report import Report
from kpi.workbook.writing.form_copy import write_copy

__all__ = ["Outcome", "Parse", "Prepared", "Upload", "Watch", "accept", "parser_of", "prepare", "prepare_each"]

_LOOK_EVERY = 0.1  # seconds between two looks at whether reading is still wanted
Parse = Callable[[bytes, str, str | None], Book]  # bytes, name and password to what the workbook holds


@dataclass(frozen=True, slots=True)
class Watch:
    """How the reading of files is followed by whoever waits for it."""

    progress: Callable[[int], None] = lambda done: None  # told after each file how many have been read
    parse: Parse | None = None  # what opens a file; else what `parser_of` gives
    stopped: Event = field(default_factory=Event)  # set by another thread when no further file is to be read


def prepare(
    bureau: LiveBureau,
    uploads: Sequence[Upload],
    today: date | None = None,
    progress: Callable[[int], None] = lambda done: None,
    visitor: Hashable = NOBODY,
) -> list[Prepared]:
    """
    Read and check workbooks that come together.

    They are checked in the order of their months, each against the store and against those of the batch before it: so a
    whole year dropped at once is held to 累计 = 上月累计 + 本月 just as month by month.

    Args:
        bureau: The bureau.
        uploads: The files, each with what its sender says of it.
        today: The day of submission; else the clock's.
        progress: Told after each file how many have been read.
        visitor: Whose files they are; visitors take turns.

    Returns:
        One answer per report, in the order of the files and within a file by month; never raises for a bad file.
    """
    watch = Watch(progress, parser_of(bureau, visitor))
    return [report for reports in prepare_each(bureau, uploads, today, watch) for report in reports or ()]


def prepare_each(bureau: LiveBureau, uploads: Sequence[Upload], today: date | None = None, watch: Watch | None = None) -> list[list[Prepared] | None]:
    """The same file by file; None for a file that was not read because it was stopped."""
    day, answers, watch = today or clock.today(), bureau.store.mapping(), watch or Watch()
    read = partial(_read, bureau, watch.parse or parser_of(bureau), answers, day)
    files = _read_all(read, uploads, watch, bureau.parser.queue.places)
    on_file, refused = OnFile(bureau, answers), set[BatchKey]()
    while True:
        prepared = _checked(bureau, uploads, on_file.put_beside(uploads, files, refused), on_file, day)
        fresh = _refused_ledgers(prepared) - refused
        if not fresh:
            return prepared
        refused |= fresh


def _read(bureau: LiveBureau, parse: Parse, answers: AnswerMapping, today: date, upload: Upload) -> Read:
    """What a file holds, and what of it cannot be read; only who asks is ever refused."""
    catalog, office, period, org, hints = bureau.catalog, upload.office, upload.period, upload.org, (upload.name, *upload.folders)
    try:
        book = parse(upload.data, upload.name, upload.password)
        if book.ledgers:
            return open_ledgers(book.ledgers, book.unread, catalog, today=today, office=office, period=period, org=org, hints=hints)
        return read_reports(book.sheets, catalog, office=office, period=period, mapping=answers, org=org, hints=hints, outside=book.outside)
    except RequestError:  # of who asks, not of the file
        raise
    except Exception as error:
        return unforeseen(upload, error)


def _checked(
    bureau: LiveBureau, uploads: Sequence[Upload], files: Sequence[list[Report] | WorkbookError | None], on_file: OnFile, today: date
) -> list[list[Prepared] | None]:
    """The reports of each file checked among all; None for a file that was not read."""
    each = [None if file is None else file if isinstance(file, list) else [file] for file in files]
    in_order = iter(check_batch(bureau, [(uploads[at], report) for at, reports in enumerate(each) for report in reports or ()], today))
    return [
        None if reports is None else [_to_the_sender(bureau, _in_batch(report, at, on_file)) for report in islice(in_order, len(reports))]
        for at, reports in enumerate(each)
    ]


def _to_the_sender(bureau: LiveBureau, report: Prepared) -> Prepared:
    """A report with words for who sends it: who cannot store it is told to send it."""
    if not refers(bureau.caller):
        return report
    findings = tuple(replace(finding, remedy=to_the_sender(bureau.caller, finding.remedy)) for finding in report.findings)
    return replace(report, message=to_the_sender(bureau.caller, report.message), findings=findings)


def _in_batch(report: Prepared, at: int, on_file: OnFile) -> Prepared:
    """A report with the place of its file; one of a ledger was put beside all that is on file of that ledger."""
    if report.report is None or report.beside is None:
        return replace(report, at=at)
    return replace(report, at=at, beside=report.beside | on_file.numbers(report.report))


def _refused_ledgers(prepared: Sequence[list[Prepared] | None]) -> set[BatchKey]:
    """The months of ledgers that cannot be accepted: nothing else of the batch may be counted with their cases."""
    refused = [(at, file) for at, reports in enumerate(prepared) for file in reports or () if file.status is Outcome.REJECTED]
    return {(at, file.period, file.report.template) for at, file in refused if file.report is not None and file.report.cases is not None}


def parser_of(bureau: LiveBureau, visitor: Hashable = NOBODY) -> Parse:
    """What reads a file of a visitor, when it is their turn: sheets, or the ledgers of the catalogue."""
    ledgers = layouts(bureau.catalog, bureau.store.secret)
    return lambda data, name, password: bureau.parser.read(data, name, password, ledgers, visitor)


def accept(
    bureau: LiveBureau,
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
        The submissions made, in order; where they are accepted in two steps and the caller may not accept, what is
        referred: each names its ``referral`` and has the number 0.

    Raises:
        DeniedError: The caller may not submit for one of the offices.
        RequestError: A file was refused, or has CHECK findings and there is no note, or none of its own where it needs one.
        OutdatedError: What a file was compared with is no longer what is on file.
        StoreError: The store cannot take them; nothing was stored.
    """
    wanted = [(file, file.report) for file in prepared if file.report is not None and file.status is not Outcome.UNCHANGED]
    for _, report in wanted:
        bureau.require(Right.SUBMIT, report.org, report.office)
    _require_notes(bureau, prepared, note)
    copies: dict[int, bytes] = {}
    who = by if demo else bureau.caller.signature(by)
    if refers(bureau.caller) and not demo:
        return _refer(bureau, prepared, who, note)
    stored = bureau.store.commit([_accepted(bureau, file, report, who, note, at(file) if at else None, copies) for file, report in wanted], demo=demo)
    if stored:
        bureau.note_done(Audited.SUBMIT, "；".join(sheet_name(bureau.catalog, own) for own in stored))
    return stored


def _refer(bureau: LiveBureau, prepared: Sequence[Prepared], by: str, note: str) -> list[Submission]:
    """The reports, referred as they belong together; none has a number before somebody accepts it."""
    groups: list[list[Submission]] = []
    copies: dict[int, bytes] = {}
    for group in referral_groups([file for file in prepared if file.report is not None and file.status is not Outcome.UNCHANGED]):
        items = [_accepted(bureau, file, file.report, by, note, None, copies) for file in group if file.report is not None]
        try:
            referral = bureau.store.refer(items, bureau.caller.account)
        except KpiError:  # all of them, or none
            for submissions in groups:
                with suppress(KpiError):
                    bureau.store.forget_referral(submissions[0].referral, returned=False)
            raise
        groups.append([replace(report.batch.submission(0, "", demo=False), referral=referral.code) for report in referral.reports])
    for submissions in groups:
        bureau.note_done(Audited.REFER, "；".join(sheet_name(bureau.catalog, own) for own in submissions))
    return [own for submissions in groups for own in submissions]


def _require_notes(bureau: LiveBureau, prepared: Sequence[Prepared], note: str) -> None:
    """
    Refuse what cannot be stored as it is.

    Raises:
        RequestError: As `accept` does.

    """
    words = partial(to_the_sender, bureau.caller)
    sent = {file.key for file in prepared}
    for file in prepared:
        if lacking := [name for key, name in file.mates.items() if key not in sent]:
            raise RequestError(words(f"「{file.file}」和同批的{lacking[0]}合在一起计；请一起入库，或移除{lacking[0]}后重新读取。"))
    several = len({(file.at, file.file, file.data if file.report is None or file.report.cases is None else b"") for file in prepared}) > 1
    for file in prepared:
        if file.status is Outcome.REJECTED:
            raise RequestError(words(f"「{file.file}」有必须修改的问题，没有入库。"))
        if file.storable(note, alone=not several):
            continue
        if not file.takes_away or (several and not note.strip()):
            raise RequestError(words(f"「{file.file}」有请核对的问题，请先写明说明再入库。"))
        if several:
            raise RequestError(words(f"「{file.file}」会让已入库的数变为未报或 0，或让在库的件不再计，请为这一份单独写明说明；几份共同的说明对它不起作用。"))
        raise RequestError(words(f"「{file.file}」会让已入库的数变为未报或 0，或让在库的件不再计，请先为这一份写明说明再入库。"))


def _accepted(bureau: LiveBureau, file: Prepared, report: Report, by: str, note: str, at: datetime | None, copies: dict[int, bytes]) -> Accepted:
    """A report as the store takes it; ``copies`` are those of the forms of the batch, made once each."""
    copy = _copy(report, copies)
    return Accepted(
        report=report,
        data=file.data,
        copy=copy,
        file=file.file,
        by=by,
        note=file.reason.strip() or ((file.note.strip() or note.strip()) if file.status is Outcome.NEEDS_CONFIRMATION else ""),
        findings=_kept_findings(bureau, file),
        template=report.template,
        at=at,
        beside=file.beside,
        original=file.data if bureau.store.seals and copy is not None else file.original,
    )


def _kept_findings(bureau: LiveBureau, file: Prepared) -> tuple[Finding, ...]:
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


def _read_all(read: Callable[[Upload], Read], uploads: Sequence[Upload], watch: Watch, at_once: int) -> list[Read | None]:
    """What each file gave, so many read at once; None for those not yet read when it was stopped."""
    pool = ThreadPoolExecutor(at_once)
    try:
        reading = [pool.submit(copy_context().run, read, upload) for upload in uploads]
        unread: set[Future[Read]] = set(reading)
        while unread and not watch.stopped.is_set():
            done, unread = wait(unread, _LOOK_EVERY, FIRST_COMPLETED)
            if done:
                watch.progress(len(reading) - len(unread))
        return [file.result() if file not in unread else None for file in reading]
    finally:
        pool.shutdown(wait=not watch.stopped.is_set(), cancel_futures=True)
