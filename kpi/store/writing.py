"""
What is written: reports taken in, decisions, answers, editions, follow-ups, the end of a demonstration; first into files and the log, then into tables.

Writes wait for one lock.  What an act enters goes into files that outlive any fault of the database (upload, batch,
numbered log entry) and then, by the very path that also replays after a crash, into the tables.  Who sends reports is
answered when the files are there, and the tables follow by way of the backlog; every other act waits for them.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from typing import TypeVar

from kpi.catalog.model import Catalog
from kpi.errors import StoreError
from kpi.store.answer import Answer
from kpi.store.backlog import LoggedCommit
from kpi.store.batch import Batch
from kpi.store.clock import now
from kpi.store.decision import Decision
from kpi.store.demonstration import DemoEnd
from kpi.store.edition import Edition
from kpi.store.folder import DataFolder
from kpi.store.follow_up import FollowUp
from kpi.store.follow_up_entry import FollowUpEntry
from kpi.store.follow_up_refusals import refuse_following, refuse_untabled
from kpi.store.log import Enterable
from kpi.store.log_entry import Entry
from kpi.store.meeting_note import MeetingNote
from kpi.store.numbers_in_force import NumbersInForce
from kpi.store.offer import Offer, Predecessor, SubmissionOnFile
from kpi.store.offering import Offering
from kpi.store.reader import StoreReader
from kpi.store.refresh import Definitions
from kpi.store.refusals import refuse, refuse_ending, refuse_filling, refuse_idle_undoing, refuse_locked, refuse_outdated, refuse_overtaken, refuse_unwritable
from kpi.store.replay import Replay
from kpi.store.submission import Accepted, Submission, SubmissionKey
from kpi.store.vault import Vault

_Act = TypeVar("_Act", Decision, DemoEnd, Edition, FollowUp, FollowUpEntry, MeetingNote)  # an act that is one entry of the log
_Followed = TypeVar("_Followed", FollowUp, FollowUpEntry, MeetingNote)


class StoreWriter(Replay):
    """The acts that a store takes in; `kpi.store.database.Store` opens it."""

    def __init__(self, folder: DataFolder, catalog: Catalog, definitions: Definitions, vault: Vault) -> None:
        super().__init__(folder, catalog, definitions, vault)
        self._offering = Offering(folder, catalog, vault)

    def commit(self, items: Sequence[Accepted], at: datetime | None = None, *, demo: bool = False) -> list[Submission]:
        """
        Keep accepted reports: all of them in one transaction, each once.

        Args:
            items: The reports, in the order in which they shall count.
            at: When they came, local time; now unless told.
            demo: They are the demonstration.

        Returns:
            A submission for each item; one whose bytes already count and say the same is returned as ``unchanged``: read with
            another answer to a question, the same bytes can say something else.

        Raises:
            OutdatedError: What an item was compared with is no longer in force, and it says something else; nothing was taken in.
            RequestError: They are the demonstration, and the store holds something already; nothing was taken in.
            StoreError: The disk is too full or refuses, a report cannot be kept as it is or computed, or its month is locked.
                Nothing was taken in, unless the message says that the log has it.

        """
        refuse_unwritable(text for item in items for text in (item.file, item.by, item.note, *item.report.remarks.values()))
        with self._writing(beside_backlog=not demo):
            if demo:
                refuse_filling(self)
            return self._commit(self._offering.offers(items, at or now(), demo=demo), NumbersInForce.of_month)

    def carry(self, other: StoreReader, submission: Submission) -> Submission:
        """
        Take in a submission of another store with the figures it has there, not from its upload: for a store that is thrown away.

        Raises:
            StoreError: What is kept of it is missing or damaged, or the disk refuses.

        """
        batch, cases = other.kept_batch(submission)
        with self._writing():
            [taken] = self._commit([Offer(batch, {self._folder.cases(batch.sha256): cases}, None, demo=False)], NumbersInForce.of_month)
            return taken

    def decide(self, decision: Decision) -> Decision:
        """Log a withdrawal, a lock or an unlock, as `decide_all` does."""
        [decided] = self.decide_all([decision])
        return decided

    def decide_all(self, decisions: Sequence[Decision]) -> list[Decision]:
        """
        Log decisions of which none rests on another, all or none, and let the figures follow; the decisions with their numbers.

        Raises:
            RequestError: One would change nothing, or what it would change is locked.
            StoreError: The disk refuses.  Nothing was decided, unless the message says that the log has it.

        """
        refuse_unwritable(text for decision in decisions for text in decision.written().values())
        with self._writing():
            for decision in decisions:
                refuse(self, self._catalog, decision)
            self._folder.require_space()
            return self._acts(decisions)

    def end_demonstration(self, end: DemoEnd) -> DemoEnd:
        """
        Log the end of the demonstration: the tables are as before the first entry, and what is entered next is the first of the bureau.

        Returns:
            The end with its number.

        Raises:
            RequestError: There is no demonstration, or it is not all there is.
            StoreError: The disk refuses.  Nothing was ended, unless the message says that the log has it.

        """
        refuse_unwritable([end.by])
        with self._writing():
            refuse_ending(self, self._catalog, self.left_out)
            self._folder.require_space()
            return self._acts([end])[0]

    def keep_answers(self, answers: Sequence[Answer]) -> list[Answer]:
        """
        Log answers to questions about layouts, or their undoing; the next reading follows them.

        Returns:
            The answers with their numbers; of one that says what holds already, the one that holds.

        Raises:
            RequestError: One would undo what does not hold.
            StoreError: The disk refuses.  Nothing was kept, unless the message says that the log has it.

        """
        if not answers:
            return []
        refuse_unwritable(text for answer in answers for text in answer.written().values())
        with self._writing():
            refuse_idle_undoing(self, answers)
            holding = {answer.question: answer for answer in self.answers_in_force()}
            numbers: dict[Answer, int] = {}  # of those that say something new
            for answer in answers:
                if answer.said is None or (answer.question not in holding or holding[answer.question].said != answer.said):
                    numbers[answer] = 0
                    holding[answer.question] = answer
            if numbers:
                self._folder.require_space()
                numbers = dict(zip(numbers, self._enter(list(numbers)), strict=True))
                self._bring_in([replace(answer, seq=number) for answer, number in numbers.items()])
            in_force = [answer if answer.said is None else holding[answer.question] for answer in answers]
            return [replace(answer, seq=numbers.get(answer, answer.seq)) for answer in in_force]

    def freeze(self, edition: Edition, data: bytes) -> Edition:
        """
        Keep the figures of a meeting: the file first, then the log.

        Args:
            edition: The edition; its ``figures`` is the sha256 of the data.
            data: The frozen rows.

        Returns:
            The edition with its number; the one before it of the same month, span and organisation, as ``unchanged``, when
            that holds the same figures.

        Raises:
            RequestError: Something was entered since the figures were computed.
            StoreError: The disk refuses.  Nothing was frozen, unless the message says that the log has it.

        """
        refuse_unwritable(edition.written().values())
        with self._writing():
            refuse_outdated(self._version, edition)
            before = self._edition_before(edition)
            if before and before.figures == edition.figures:
                try:
                    self.frozen(before)
                except StoreError:
                    self.mend(before, data)
                return replace(before, unchanged=True)
            self._folder.require_space()
            self._folder.write({self._folder.edition(str(edition.period), edition.figures): data})
            return self._acts([edition])[0]

    def follow(self, act: _Followed, check: Callable[[], object] = lambda: None) -> _Followed:
        """
        Log a follow-up, what happened to one, or a meeting note; no figure changes by it.

        Args:
            act: What is logged.
            check: What the caller has found to hold, asked once more while nobody else can write; it raises where it does not.

        Returns:
            The same with its number.

        Raises:
            RequestError: It is about a follow-up that is not there or that a leader has closed, or a text or number of it cannot be written.
            StoreError: The disk refuses.  Nothing was entered, unless the message says that the log has it.

        """
        refuse_unwritable(act.written().values())
        refuse_untabled(act)
        with self._writing():
            check()
            if isinstance(act, FollowUpEntry):
                refuse_following(self, act)
            self._folder.require_space()
            return self._acts([act])[0]

    def mend(self, edition: Edition, data: bytes) -> None:
        """
        Put the rows of an edition back in the place of a file that was lost or damaged.

        Raises:
            StoreError: They are not those that its code stands for, or the disk refuses.

        """
        if sha256(data).hexdigest() != edition.figures:
            raise StoreError(f"会议版 {edition.code} 的定稿文件没有写回：内容与编号不符。")
        with self._writing():
            self._folder.require_space()  # which refuses a folder that is gone, and so does not make it again
            self._folder.write({self._folder.edition(str(edition.period), edition.figures): data})

    def _commit(self, offers: Sequence[Offer], compared: Callable[[NumbersInForce, Batch], frozenset[int]]) -> list[Submission]:
        """
        Take in offers, each once; as `commit` does, within `_writing`.

        Args:
            offers: The offers.
            compared: What of the submissions in force each was compared with.

        """
        waiting = self._backlog.offers  # before the tables are asked: what waits no longer is there
        counting: dict[SubmissionKey, Predecessor] = {
            submission.key: SubmissionOnFile(self._behind, submission) for submission in self._behind.standing([offer.batch.key for offer in offers])
        }
        counting |= {offer.batch.key: offer for offer in waiting}
        fresh: list[Offer] = []
        outcomes: list[tuple[Predecessor, bool]] = []  # whether the item says nothing new
        for offer in offers:
            before = counting.get(offer.batch.key)
            unchanged = before is not None and before.says(offer)
            if before is None or not unchanged:
                before = counting[offer.batch.key] = offer
                fresh.append(offer)
            outcomes.append((before, unchanged))
        refuse_locked(self._behind, self._catalog, [offer.batch for offer in fresh])
        asked = [(offer.batch, offer.beside) for offer in fresh if offer.beside is not None]
        now_in_force = NumbersInForce(self._behind, [batch for batch, _ in asked], [offer.submission for offer in waiting])
        for batch, beside in asked:
            refuse_overtaken(batch, beside, compared(now_in_force, batch))
        if fresh:
            self._take_in(fresh)
        return [replace(counts.submission, unchanged=unchanged) for counts, unchanged in outcomes]

    def _edition_before(self, edition: Edition) -> Edition | None:
        """The last edition of the same month, span and organisation; None where it is the first."""
        org = self._catalog.meant(edition.org)
        earlier = [other for other in self.editions(edition.period) if other.span is edition.span and self._catalog.meant(other.org) == org]
        return earlier[-1] if earlier else None

    def _take_in(self, offers: Sequence[Offer]) -> None:
        """Files first, then the log, which makes it final, then the tables; each offer gets its number."""
        self._folder.require_space()
        encoded = [offer.batch.encode() for offer in offers]
        paths = [self._folder.batch(offer.batch.office, str(offer.batch.period), data, offer.batch.org) for offer, data in zip(offers, encoded, strict=True)]
        beside = {path: data for offer in offers for path, data in offer.files.items()}
        self._folder.write(beside | dict(zip(paths, encoded, strict=True)))
        for offer, path in zip(offers, paths, strict=True):
            offer.path = path.relative_to(self._folder.root).as_posix()
        for offer, number in zip(offers, self._enter([_entry(offer) for offer in offers]), strict=True):
            offer.seq = number
        if len(self._log.unkept) > 1 or any(offer.batch.may_overflow for offer in offers):
            self._bring_in([offer.logged for offer in offers])  # what other nodes entered comes before it; what does not add up is told at once
            return
        [file] = self._log.unkept
        self._log.unkept.clear()
        self._backlog.add(LoggedCommit(file, offers))

    def _acts(self, acts: Sequence[_Act]) -> list[_Act]:
        """Entries that are logged and brought into the tables together, with their numbers."""
        numbered = [replace(act, seq=number) for act, number in zip(acts, self._enter(acts), strict=True)]
        self._bring_in(numbered)
        return numbered

    def _enter(self, entries: Sequence[Enterable]) -> list[int]:
        """Put what one act does into the log; the number of each entry.  What other nodes entered meanwhile comes before it."""
        return [number for number, _ in self._log.append(entries)[-1].numbered()]


def _entry(offer: Offer) -> Entry:
    batch = offer.batch
    return Entry(offer.path, batch.office, str(batch.period), batch.template, batch.sha256, batch.by, batch.at.isoformat(), batch.org, offer.demo)
