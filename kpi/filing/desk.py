"""
The desk (待入库): the files that somebody has dropped and not yet accepted, read beside the page that shows them.

Each file lies in a draft as well, so that a new visit to the same address finds them; a ledger only until it is known for
one, unless uploads of ledgers are kept.  What was parsed is kept in memory:
an answer to a question, or a change of the store, needs no second parsing and no second password.
"""

import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from kpi.bureau import LiveBureau
from kpi.errors import PasswordNeeded, StoreError, UnstartedError, WorkbookError
from kpi.filing.batch_check import NOT_STARTED
from kpi.filing.intake import Outcome, Prepared, Upload, accept, parser_of, prepare_each
from kpi.filing.questions import of_one_file
from kpi.finding import Finding
from kpi.period import Month
from kpi.store.submission import Submission
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
    found: bool = False  # in the draft, by a later visit
    tries: int = 0  # passwords that were tried

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


class Reading:
    """Files being read by a thread of their own; `stop` leaves those not yet read."""

    def __init__(self, bureau: LiveBureau, files: Iterable[File], passwords: Mapping[str, str]) -> None:
        self.files = tuple(files)
        self.state = _state(bureau, self.files)
        self.done = 0
        self.fault: Exception | None = None
        self.found: list[list[Prepared] | None] = [None] * len(self.files)
        self._bureau = bureau
        self._open = parser_of(bureau)
        self._passwords = dict(passwords)
        self._by_content = {(file.name, file.data): file for file in self.files}
        self._begun = ""
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._work, name="reading", daemon=True)
        self._thread.start()

    @property
    def total(self) -> int:
        return len(self.files)

    @property
    def now(self) -> str:
        """The file begun last, "" while they are being checked."""
        return self._begun if self.done < self.total else ""

    def finished(self, within: float = 0.0) -> bool:
        """Whether it is done, after waiting so many seconds at most."""
        self._thread.join(within)
        return not self._thread.is_alive()

    def stop(self) -> None:
        """Read no further file."""
        self._stopped.set()

    def _work(self) -> None:
        uploads = [Upload(file.name, file.data, self._passwords.get(file.key), file.office, file.period, org=file.org, cases=file.cases) for file in self.files]
        try:
            self.found = prepare_each(self._bureau, uploads, progress=self._count, parse=self._parse, stopped=self._stopped)
        except Exception as fault:
            self.fault = fault
        finally:
            self._passwords.clear()

    def _count(self, done: int) -> None:
        self.done = done

    def _parse(self, data: bytes, name: str, password: str | None) -> Book:
        file, self._begun = self._by_content[name, data], name
        if file.parsed is None:
            try:
                file.parsed = self._open(data, name, password)
            except (PasswordNeeded, UnstartedError):  # neither is for good
                raise
            except WorkbookError as error:
                file.parsed = error
        if isinstance(file.parsed, WorkbookError):
            raise file.parsed
        return file.parsed


class Desk:
    """The files of one visitor."""

    def __init__(self, bureau: LiveBureau, draft: str | None = None) -> None:
        kept = bureau.store.drafts.files(draft) if draft else []
        self.draft = draft if kept else None
        self.files = [File(part.key, part.name, part.data, found=True) for part in kept]
        self._bureau = bureau
        self._left: set[str] = set()  # not read, because somebody stopped
        self._passwords: dict[str, str] = {}
        self._read: object = None  # the state that was read last
        self._reading: Reading | None = None

    def put(self, dropped: Iterable[tuple[str, bytes]]) -> list[str]:
        """
        Put files on the desk; one that lies there already is passed over, a refused one gives way to its namesake.

        Returns:
            One sentence for each that will not survive a reload.

        """
        warnings = []
        lying = {(file.name, file.data) for file in self.files if not file.unread}
        fresh = [given for given in dict.fromkeys(dropped) if given not in lying]
        for file in [file for file in self.files if file.refused and file.name in {name for name, _ in fresh}]:
            self.remove(file)
        for name, data in fresh:
            self.draft = self.draft or self._bureau.store.drafts.new()
            try:
                key = self._bureau.store.drafts.keep(self.draft, name, data).key
            except StoreError as error:
                warnings.append(str(error))
                key = f"{name}-{len(self.files)}-{id(data)}"
            self.files.append(File(key, name, data))
        return warnings

    def tell(self, file: File, office: str | None = None, period: Month | None = None, org: str | None = None, cases: str = "") -> None:
        """Say of one file what its sheet does not say."""
        file.office, file.period, file.org, file.cases = office or file.office, period or file.period, org or file.org, cases or file.cases

    def tell_anew(self, file: File, office: str | None, period: Month | None, org: str | None) -> None:
        """Say of one file what it is, in the place of all that was said before; None lets the sheet say."""
        file.office, file.period, file.org = office, period, org

    def unlock(self, file: File, password: str) -> None:
        """Open a file with a password at the next reading; it is kept until then and no longer."""
        self._passwords[file.key] = password
        file.tries += 1
        self._read = None

    def remove(self, file: File) -> None:
        """Take one file off the desk and out of its draft."""
        self.files.remove(file)
        self._left.discard(file.key)
        if self.draft:
            self._bureau.store.drafts.remove(self.draft, file.key)
        if not self.files:
            self.discard()

    def discard(self) -> None:
        """Clear the desk and forget the draft."""
        if self._reading:
            self._reading.stop()
        if self.draft:
            self._bureau.store.drafts.discard(self.draft)
        self.draft, self._reading, self._read = None, None, None
        self.files.clear()
        self._left.clear()
        self._passwords.clear()

    def reading(self) -> Reading | None:
        """
        The reading under way, begun when files, what is told of them, or the store have changed; None when all is read.

        Raises:
            Exception: The last one failed by a fault of ours; its files are left until somebody resumes.

        """
        wanted = [file for file in self.files if file.key not in self._left]
        if self._reading and self._reading.finished():
            self._settle(self._reading)
            wanted = [file for file in self.files if file.key not in self._left]
        if self._reading is None and wanted and self._read != _state(self._bureau, wanted):
            passwords, self._passwords = self._passwords, {}
            self._reading = Reading(self._bureau, wanted, passwords)
        return self._reading

    @property
    def left(self) -> list[File]:
        """The files that were not read because somebody stopped."""
        return [file for file in self.files if file.key in self._left]

    def resume(self) -> None:
        """Read the files that were left."""
        self._left.clear()

    @property
    def reports(self) -> list[Prepared]:
        """Every report read so far, in the order of the files."""
        return [report for file in self.files for report in file.known]

    @property
    def takable(self) -> list[Prepared]:
        """Those that may be accepted."""
        return [report for file in self.files for report in file.takable]

    def accept(self, by: str, note: str, notes: Mapping[str, str]) -> list[Submission]:
        """
        Store all that may be accepted, in one commit, and take it off the desk.

        Args:
            by: Who sends them.
            note: The 说明 for every file without one of its own.
            notes: The others' own, by the key of the file.

        Raises:
            RequestError: A file needs a 说明 and has none.
            OutdatedError: What a file was compared with has changed; the next reading compares it anew.
            StoreError: The store cannot take them; nothing was stored and the desk is as it was.

        """
        doubtful = [file for file in self.files if file.doubtful]
        own = {doubtful[0].key: notes.get(doubtful[0].key, "").strip() or note} if len(doubtful) == 1 else notes  # what is said is said of it
        stored = accept(self._bureau, [replace(report, note=own.get(file.key, "")) for file in self.files for report in file.takable], by, note)
        for file in [file for file in self.files if file.known and not any(report.status is Outcome.REJECTED for report in file.known)]:
            self.remove(file)
        return stored

    def _settle(self, reading: Reading) -> None:
        self._reading, self._read = None, reading.state
        for file, found in zip(reading.files, reading.found, strict=True):
            file.reports = None if found is None else tuple(found)
            if file.personal and self.draft and not self._bureau.store.seals:
                self._bureau.store.drafts.remove(self.draft, file.key)
        self._left |= {file.key for file in reading.files if file in self.files and (reading.fault or file.reports is None)}
        if self._left:
            self._read = _state(self._bureau, [file for file in self.files if file.key not in self._left])
        if reading.fault:
            raise reading.fault


def _state(bureau: LiveBureau, files: Iterable[File]) -> object:
    """What an answer rests on: with another one it has to be read again."""
    return bureau.store.version, tuple((file.key, file.office, file.period, file.org, file.cases) for file in files)
