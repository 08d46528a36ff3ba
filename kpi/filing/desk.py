"""
The desk (待入库): the files that somebody has dropped and not yet accepted, read beside the page that shows them.

Each file lies in a draft as well, so that a new visit to the same address finds them; a ledger only until it is known for
one, unless uploads of ledgers are kept.  What was parsed is kept in memory:
an answer to a question, or a change of the store, needs no second parsing and no second password.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from kpi.bureau import LiveBureau
from kpi.errors import StoreError
from kpi.filing.desk_file import File
from kpi.filing.drop_limits import refusal
from kpi.filing.file_reading import FileReading, state_of
from kpi.filing.intake import accept
from kpi.filing.prepared import Outcome, Prepared
from kpi.period import Month
from kpi.store.submission import Submission


class Desk:
    """The files of one visitor."""

    def __init__(self, bureau: LiveBureau, draft: str | None = None) -> None:
        kept = bureau.drafts.files(draft) if draft else []
        self.draft = draft if kept else None
        self.files = [File(part.key, part.name, part.data, from_draft=True) for part in kept]
        self._bureau = bureau
        self._left: set[str] = set()  # not read, because somebody stopped
        self._passwords: dict[str, str] = {}
        self._read: object = None  # the state that was read last
        self._reading: FileReading | None = None

    def put(self, dropped: Iterable[tuple[str, bytes]]) -> list[str]:
        """
        Put files on the desk; one that lies there already is passed over, a refused one gives way to its namesake.

        Returns:
            One sentence for each that will not survive a reload; or why none was taken, where they are too many or too large together.

        """
        warnings = []
        lying = {(file.name, file.data) for file in self.files if not file.unread}
        fresh = [given for given in dict.fromkeys(dropped) if given not in lying]
        if sentence := refusal([len(data) for _, data in fresh], [len(file.data) for file in self.files]):
            return [sentence]
        for file in [file for file in self.files if file.refused and file.name in {name for name, _ in fresh}]:
            self.remove(file)
        for name, data in fresh:
            self.draft = self.draft or self._bureau.drafts.new()
            try:
                key = self._bureau.drafts.keep(self.draft, name, data).key
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
            self._bureau.drafts.remove(self.draft, file.key)
        if not self.files:
            self.discard()

    def discard(self) -> None:
        """Clear the desk and forget the draft."""
        if self._reading:
            self._reading.stop()
        if self.draft:
            self._bureau.drafts.discard(self.draft)
        self.draft, self._reading, self._read = None, None, None
        self.files.clear()
        self._left.clear()
        self._passwords.clear()

    def reading(self) -> FileReading | None:
        """
        The reading under way, begun when files, what is told of them, or the store have changed; None when all is read.

        Raises:
            Exception: The last one failed by a fault of ours; its files are left until somebody resumes.

        """
        wanted = [file for file in self.files if file.key not in self._left]
        if self._reading and self._reading.finished():
            self._settle(self._reading)
            wanted = [file for file in self.files if file.key not in self._left]
        if self._reading is None and wanted and self._read != state_of(self._bureau, wanted):
            passwords, self._passwords = self._passwords, {}
            self._reading = FileReading(self._bureau, wanted, passwords, visitor=self)
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

    def _settle(self, reading: FileReading) -> None:
        self._reading, self._read = None, reading.state
        for file, reports in zip(reading.files, reading.answers, strict=True):
            file.reports = None if reports is None else tuple(reports)
            if file.personal and self.draft and not self._bureau.store.seals:
                self._bureau.drafts.remove(self.draft, file.key)
        self._left |= {file.key for file in reading.files if file in self.files and (reading.fault or file.reports is None)}
        if self._left:
            self._read = state_of(self._bureau, [file for file in self.files if file.key not in self._left])
        if reading.fault:
            raise reading.fault
