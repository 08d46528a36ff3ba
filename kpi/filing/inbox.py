"""
One look over the inbox (收件箱) after another: what stands still is read once, stored where the rule allows it, and answered.

A file counts once its size and its time are the same at two looks, two seconds apart, and it opens.  It is known by its
bytes: what was read is not read again, before a restart and after it.  A look that is cut off anywhere is made good by the
next one, and nothing is stored twice, for what is on file is asked of the store.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from threading import Event, Lock

from kpi.access.audit import Audited
from kpi.access.caller import Caller
from kpi.bureau import LiveBureau
from kpi.errors import RequestError, StoreError
from kpi.filing import drop_limits, inbox_files
from kpi.filing.inbox_answer import AnswerError, answer_of, remove_partial, require_writable, write_answer
from kpi.filing.inbox_files import InboxFile, InboxVerdict
from kpi.filing.inbox_folder import DroppedFile, InboxFolder, InboxOwner, UnreadableFileError, dropped_in, fault_of, folders_of, owner_of, read_dropped
from kpi.filing.inbox_look import NEXT_TIME, SETTLING, InboxLook
from kpi.filing.inbox_record import InboxEntry, InboxOutcome, InboxRecord, key_of, shown_name
from kpi.filing.inbox_round import InboxRound, InboxSight, InboxTrial, waiting_for
from kpi.finding import Finding
from kpi.store import clock
from kpi.workbook.process.sniffing import MAX_BYTES

INBOX = Caller(name="收件箱", address="收件箱")
SETTLE = timedelta(seconds=2)  # between two looks at which a file is the same
_DEMONSTRATION = "数据目录里是演示数据（虚构），收件箱里的报表只核对、不入库；请先清空演示数据。"
_KILLS = 8  # one after the other, each between two writings of an answer
_PATIENCE = timedelta(minutes=10)  # that a command waits for files that are being written, or are too many for one look
_AGAIN, _LONGEST_AGAIN = timedelta(minutes=1), timedelta(hours=1)  # until a file that the machine could not read is tried again


class Inbox:
    """The inbox of a data folder; looks follow each other, whoever asks for them."""

    def __init__(self, folder: InboxFolder, data: Path) -> None:
        self.folder = folder
        self.stopped = Event()  # set when no further file is to be read
        self._data = data
        self._record = InboxRecord(data)
        self._lock = Lock()
        self._sights: dict[str, InboxSight] = {}
        self._trials: dict[str, InboxTrial] = {}
        self._version = 0  # of the store, when the open entries were last held against it
        self._decided: set[str] = set()  # files that waited for somebody, and are on file by now

    def look(self, bureau: LiveBureau, moment: datetime) -> InboxLook:
        """
        Look over the inbox once.

        Args:
            bureau: The bureau.
            moment: By the clock of the bureau.

        Returns:
            What it came to; a fault of the inbox or of the disk stands in it, and is never raised.

        """
        with self._lock:
            if fault := fault_of(self.folder, self._data):
                return InboxLook(moment, fault)
            files, notes = dropped_in(self.folder, time.time())
            for folder in folders_of(self.folder):
                remove_partial(folder, time.time())
            present = {key_of(file.folder, file.name) for file in files}
            for known in (self._sights, self._trials):
                for key in known.keys() - present:
                    del known[key]
            self._find_decided(bureau)
            self._find_gone(present)
            self._record.forget(present)
            round_ = InboxRound(moment, [*([_DEMONSTRATION] if files and bureau.store.demonstration().unmixed else []), *notes])
            for name in dict.fromkeys(file.folder for file in files):
                self._settle(bureau, [file for file in files if file.folder == name], round_)
            self._save(round_)
            waits = tuple(entry for entry in self._record.entries() if entry.outcome.open and not entry.gone)
            return InboxLook(moment, "", tuple(round_.answered), tuple(round_.waiting), waits, tuple(dict.fromkeys(round_.notes)))

    def _settle(self, bureau: LiveBureau, files: Sequence[DroppedFile], round_: InboxRound) -> None:
        """Read, store and answer the files of one folder."""
        wanted = [file for file in files if self._is_wanted(file, round_)]
        if not wanted or self.stopped.is_set():
            return
        try:
            require_writable(wanted[0].path.parent)
        except AnswerError as fault:
            where = f"收件箱的文件夹「{wanted[0].folder}」" if wanted[0].folder else "收件箱"
            round_.notes.append(f"{where}{fault}，答复放不进去，里面的文件先不读；请检查它的权限和磁盘。")
            round_.waiting += [waiting_for(file, "答复写不进，先不读") for file in wanted]
            return
        read = [file for file in self._read(wanted, round_) if not self._repeated(file, round_)]
        try:
            owner = owner_of(bureau.catalog, wanted[0].folder)
        except RequestError as fault:
            verdicts = [InboxVerdict(InboxOutcome.REFUSED, f"没有读：{fault}")] * len(read)
        else:
            verdicts = self._verdicts(bureau, owner, read, round_.moment.date())
        entries = [self._judged(bureau, file, verdict, round_) for file, verdict in zip(read, verdicts, strict=True)]
        self._save(round_)
        for file, entry, verdict in zip(read, entries, verdicts, strict=True):
            if entry:
                self._answer(file, entry, verdict.findings, round_)
        self._save(round_)

    def _save(self, round_: InboxRound) -> None:
        """Write the record; where the disk refuses, the next look does, and until then it stands in memory."""
        try:
            self._record.save()
        except StoreError as fault:
            round_.notes.append(str(fault))

    def _is_wanted(self, file: DroppedFile, round_: InboxRound) -> bool:
        """Whether a file is to be read now; else it is done with, or waits and why is noted."""
        key = key_of(file.folder, file.name)
        known, trial, sight = self._record.of_file(key), self._trials.get(key), self._sights.get(key)
        if known and known.stamp == file.stamp and known.answered and key not in self._decided:
            return False
        if file.open_elsewhere:
            round_.waiting.append(waiting_for(file, "正在别处打开着，关上以后再读"))
            return False
        if sight is None or sight.stamp != file.stamp:
            self._sights[key] = sight = InboxSight(file.stamp, round_.moment)
        if round_.moment - sight.since < SETTLE:
            round_.waiting.append(waiting_for(file, SETTLING))
            return False
        if trial and trial.stamp == file.stamp and round_.moment < trial.again:
            round_.waiting.append(waiting_for(file, f"{trial.why.rstrip('。')}；{trial.again:%H:%M} 再试"))
            return False
        return True

    def _find_decided(self, bureau: LiveBureau) -> None:
        """Find the files that waited for a decision and that somebody has stored since the last look."""
        waiting = [entry for entry in self._record.entries() if entry.outcome.waits and entry.reports]
        if any(entry.outcome is InboxOutcome.REFERRED for entry in waiting):
            returned = {referral.code for referral in bureau.store.referrals() if referral.returned}
            self._decided |= {entry.key for entry in waiting if entry.outcome is InboxOutcome.REFERRED and entry.referral in returned}
        if waiting and bureau.store.version != self._version:
            stored = {submission.sha256 for submission in bureau.store.submissions()}
            self._decided |= {entry.key for entry in waiting if stored.issuperset(entry.reports)}
        self._version = bureau.store.version

    def _find_gone(self, present: set[str]) -> None:
        """Find the files that wait for a decision and lie there no longer, or again; nobody is asked about what is gone."""
        for entry in self._record.entries():
            if entry.outcome.open and entry.gone is (entry.key in present):
                self._record.keep(replace(entry, gone=not entry.gone))

    def _read(self, wanted: Sequence[DroppedFile], round_: InboxRound) -> list[InboxFile]:
        """The bytes of files, as many as may be dropped at once; the others wait for the next look."""
        read: list[InboxFile] = []
        left = drop_limits.megabytes_at_once() * 1_000_000
        for file in wanted:
            if read and (len(read) == drop_limits.files_at_once() or file.size > left):
                round_.waiting.append(waiting_for(file, NEXT_TIME))
                continue
            try:
                read.append(InboxFile(file, read_dropped(file)))
                left -= min(file.size, MAX_BYTES)
            except UnreadableFileError as fault:
                self._sights.pop(key_of(file.folder, file.name), None)
                round_.waiting.append(waiting_for(file, str(fault)))
        return read

    def _repeated(self, file: InboxFile, round_: InboxRound) -> bool:
        """Whether the same bytes were answered before; then they are not read again, and under another name the answer lies beside that too."""
        key = key_of(file.file.folder, file.file.name)
        known, before = self._record.of_bytes(file.file.folder, file.digest), self._record.of_file(key)
        if known is None or not known.answered or known.outcome.waits:
            return False
        if known.key == key:
            self._record.keep(replace(known, stamp=file.file.stamp))
            return True
        sentence = f"与「{known.name}」（{known.at:%Y-%m-%d %H:%M} 收到）的内容完全相同，没有再读；那一份：{known.outcome.value}，{known.sentence}"
        entry = _entry(file, round_.moment, InboxOutcome.UNCHANGED, sentence, (), before)
        self._record.keep(entry)
        self._answer(file, entry, (), round_)
        return True

    def _verdicts(self, bureau: LiveBureau, owner: InboxOwner, read: Sequence[InboxFile], today: date) -> list[InboxVerdict]:
        """What becomes of files that were read; of one whose answer is all that lacks, what the record says."""
        if not read:
            return []
        back = {at: verdict for at, file in enumerate(read) if (verdict := self._returned(bureau, file))}
        rest = iter(
            inbox_files.take(
                bureau,
                owner,
                [file for at, file in enumerate(read) if at not in back],
                today,
                accepts=self.folder.accepts and not bureau.store.demonstration().unmixed,
                stopped=self.stopped,
            )
        )
        verdicts = [back[at] if at in back else next(rest) for at in range(len(read))]
        for at, (file, verdict) in enumerate(zip(read, verdicts, strict=True)):
            known = self._record.of_bytes(file.file.folder, file.digest)
            if known and verdict.outcome is InboxOutcome.UNCHANGED:  # it was stored since it was first read
                verdicts[at] = replace(verdict, outcome=InboxOutcome.STORED if known.outcome.waits else known.outcome)
        return verdicts

    def _returned(self, bureau: LiveBureau, file: InboxFile) -> InboxVerdict | None:
        """What is said of a file whose referral was returned and that is the same since."""
        known = self._record.of_bytes(file.file.folder, file.digest)
        if known is None:
            return None
        if known.outcome is InboxOutcome.RETURNED:
            return InboxVerdict(known.outcome, known.sentence, (), known.reports, referral=known.referral)
        verdict = inbox_files.returned(bureau, known.referral)
        return replace(verdict, reports=known.reports) if verdict else None

    def _judged(self, bureau: LiveBureau, file: InboxFile, verdict: InboxVerdict, round_: InboxRound) -> InboxEntry | None:
        """The entry of a file that was judged; None of one that is tried again later."""
        key, now = key_of(file.file.folder, file.file.name), round_.moment
        if verdict.outcome is None:
            self._postpone(file.file, verdict.later, round_)
            return None
        self._decided.discard(key)
        before_entry = self._record.of_file(key)
        entry = _entry(file, now, verdict.outcome, verdict.sentence, verdict.reports, before_entry)
        entry = replace(entry, referral=verdict.referral)
        self._record.keep(entry)
        if before_entry is None or (before_entry.digest, before_entry.outcome) != (entry.digest, entry.outcome):
            bureau.of(INBOX).note_done(Audited.INBOX, f"{entry.folder}「{entry.name}」：{entry.outcome.value}")
        return entry

    def _answer(self, file: InboxFile, entry: InboxEntry, findings: tuple[Finding, ...], round_: InboxRound) -> None:
        """Write the answer; where the disk refuses, the next look does it."""
        readable = file.file.size <= MAX_BYTES
        headline = f"{entry.outcome.value}：「{file.file.name}」{entry.sentence}"
        suffix, data = answer_of(file.data if readable else None, findings, headline)
        digest = sha256(data).hexdigest()
        entry = replace(entry, answers=(*entry.answers[-_KILLS:], digest))
        self._record.keep(entry)
        self._save(round_)  # so that it is known for ours, whenever we are killed
        try:
            write_answer(file.file.path, suffix, data, entry.answers)
        except AnswerError as fault:
            self._postpone(file.file, f"{entry.outcome.value}，但答复{fault}", round_)
            return
        self._trials.pop(entry.key, None)
        answered = replace(entry, answers=(digest,), answered=True)
        self._record.keep(answered)
        round_.answered.append(answered)

    def _postpone(self, file: DroppedFile, why: str, round_: InboxRound) -> None:
        """Let a file be tried again in a while, twice as long each time: the machine failed, not the file."""
        key = key_of(file.folder, file.name)
        before = self._trials.get(key)
        times = before.times + 1 if before and before.stamp == file.stamp else 1
        again = round_.moment + min(_AGAIN * 2 ** min(times - 1, 10), _LONGEST_AGAIN)
        self._trials[key] = InboxTrial(file.stamp, times, again, why)
        round_.waiting.append(waiting_for(file, f"{why.rstrip('。')}；{again:%H:%M} 再试"))


def look_twice(inbox: Inbox, bureau: LiveBureau, pause: Callable[[float], None] = time.sleep) -> InboxLook:
    """
    Look over an inbox once from nothing known: a second look, two seconds later, reads what stood still.

    Args:
        inbox: The inbox.
        bureau: The bureau.
        pause: What waits so many seconds.

    Returns:
        What both looks came to.

    """
    first = clock.now()
    look = inbox.look(bureau, first)
    answered = look.answered
    while look.unsettled and look.at < first + _PATIENCE:
        pause(SETTLE.total_seconds())
        look = inbox.look(bureau, look.at + SETTLE)
        answered += look.answered
    return replace(look, answered=answered)


def _entry(
    file: InboxFile, at: datetime, outcome: InboxOutcome, sentence: str, reports: tuple[str, ...] = (), before: InboxEntry | None = None
) -> InboxEntry:  # fmt: skip
    """The entry of a file, not answered yet; of the entry before it keeps which answer lies beside the file."""
    key, name = key_of(file.file.folder, file.file.name), shown_name(file.file.name)
    return InboxEntry(key, file.file.folder, name, file.digest, file.file.stamp, at, outcome, sentence, reports, answers=before.answers if before else ())
