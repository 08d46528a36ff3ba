"""
The store: one object that a process opens once and every thread may use.

Reads go through a cursor of their own each; writes wait for one lock.  What is accepted or decided goes first into files
that outlive any fault of the database (upload, batch, numbered log entry) and then, by the very path that also replays
after a crash, into the tables.  An entry of the log that cannot be read or computed is set aside and named; all others
are served.
"""

import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import Self

from kpi.catalog.model import Catalog
from kpi.errors import StoreError
from kpi.store.answer import Answer
from kpi.store.batch import Batch, Key
from kpi.store.clock import now
from kpi.store.connection import note_size
from kpi.store.decision import Decision
from kpi.store.demonstration import DemoEnd
from kpi.store.drafts import Drafts
from kpi.store.edition import Edition
from kpi.store.folder import DataFolder
from kpi.store.log import Enterable
from kpi.store.log_entry import Entry
from kpi.store.log_rows import Logged
from kpi.store.opening import open_settled
from kpi.store.refresh import Definitions
from kpi.store.refusals import refuse, refuse_ending, refuse_filling, refuse_idle_undoing, refuse_locked, refuse_outdated, refuse_overtaken, refuse_unwritable
from kpi.store.replay import Replay
from kpi.store.statements import statement
from kpi.store.submission import Accepted, Submission
from kpi.store.vault import Vault

_NO_DEFINITIONS: Definitions = MappingProxyType({})
_DROPS = Vault()
_opened: set[Path] = set()  # a second connection of this very process would escape the lock round writes


class Store(Replay):
    """Everything a data folder holds; open it with `Store.open`, read it as `Records` describes."""

    def __init__(self, folder: DataFolder, catalog: Catalog, definitions: Definitions, vault: Vault) -> None:
        super().__init__(folder, catalog, definitions, vault)
        self.drafts = Drafts(folder)

    @classmethod
    def open(cls, directory: Path, catalog: Catalog, definitions: Definitions = _NO_DEFINITIONS, vault: Vault = _DROPS, *, afresh: bool = False) -> Self:
        """
        Open a data folder, making it when it is not there, and heal log and database from one another.

        Args:
            directory: The data folder.
            catalog: The catalogue in force; figures made with another one are made anew.
            definitions: Further tables computed from the catalogue, by name and column, for queries to join.
            vault: What becomes of the uploads of ledgers.
            afresh: Make the database again from the log; the one before is kept beside it.

        Raises:
            StoreError: Another process has it open, or so much is lost that it would look like an older or empty bureau.

        """
        folder = DataFolder(directory.resolve())
        folder.prepare()
        if folder.root in _opened:
            raise StoreError(f"数据目录「{folder.root}」已经打开；同一程序只能打开一次。")
        store = cls(folder, catalog, definitions, vault)
        opening = open_settled(folder, catalog, now(), afresh=afresh)
        store._connection, store._log = opening.connection, opening.log
        _opened.add(folder.root)
        try:
            folder.discard_partial()
            store.drafts.sweep(time.time())
            store._settle(opening)
            store._opened_file = folder.database_file()
        except BaseException:
            store.close()
            raise
        return store

    def close(self) -> None:
        """Give the folder free; closing twice does no harm."""
        with self._lock:
            self._connection.close()
            if self._folder.root in _opened:
                note_size(self._folder)
            _opened.discard(self._folder.root)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

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
        moment = at or now()
        refuse_unwritable(text for item in items for text in (item.file, item.by, item.note, *item.report.remarks.values()))
        with self._writing():
            if demo:
                refuse_filling(self)
            sealed: dict[bytes | None, bytes] = {item.original: self._vault.seal(item.original) for item in items if item.original is not None}
            digests: dict[bytes | None, str] = {original: sha256(data).hexdigest() for original, data in sealed.items()}
            offered = [Batch.of(item, self._template(item), item.at or moment, digests.get(item.original, "")) for item in items]
            standing: dict[Key, Submission | int] = {(s.org, s.office, s.period, s.template): s for s in self._standing(offered)}
            fresh: list[tuple[Batch, dict[Path, bytes]]] = []
            compared: list[tuple[Batch, frozenset[int] | None]] = []
            answers: list[tuple[Submission | int, bool]] = []  # a number counts in fresh
            for item, batch in zip(items, offered, strict=True):
                before = standing.get(batch.key)
                if isinstance(before, int):
                    unchanged = fresh[before][0].says_what(batch)
                else:
                    unchanged = before is not None and before.sha256 == batch.sha256 and self.says(before.seq, item.report)
                if before is None or not unchanged:
                    before = standing[batch.key] = len(fresh)
                    fresh.append((batch, self._files(batch, item.data if item.copy is None else item.copy, sealed.get(item.original))))
                    compared.append((batch, item.beside))
                answers.append((before, unchanged))
            refuse_locked(self, self._catalog, [batch for batch, _ in fresh])
            refuse_overtaken(self, compared)
            taken = self._take_in(fresh, demo) if fresh else []
            return [replace(taken[s] if isinstance(s, int) else s, unchanged=unchanged) for s, unchanged in answers]

    def decide(self, decision: Decision) -> Decision:
        """
        Log a withdrawal, a lock or an unlock, and let the figures follow.

        Returns:
            The decision with its number.

        Raises:
            RequestError: It would change nothing, or what it would change is locked.
            StoreError: The disk refuses.  Nothing was decided, unless the message says that the log has it.

        """
        refuse_unwritable(decision.written().values())
        with self._writing():
            refuse(self, self._catalog, decision)
            self._folder.require_space()
            [number] = self._enter([decision])
            taken = replace(decision, seq=number)
            self._bring_in([taken])
            return taken

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
            [number] = self._enter([end])
            taken = replace(end, seq=number)
            self._bring_in([taken])
            return taken

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
            fresh: dict[Answer, int] = {}  # and the number of each
            for answer in answers:
                if answer.said is None or (answer.question not in holding or holding[answer.question].said != answer.said):
                    fresh[answer] = 0
                    holding[answer.question] = answer
            if fresh:
                self._folder.require_space()
                fresh = dict(zip(fresh, self._enter(list(fresh)), strict=True))
                self._bring_in([replace(answer, seq=number) for answer, number in fresh.items()])
            given = [answer if answer.said is None else holding[answer.question] for answer in answers]
            return [replace(answer, seq=fresh.get(answer, answer.seq)) for answer in given]

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
            org = self._catalog.meant(edition.org)
            before = [one for one in self.editions(edition.period) if one.span is edition.span and self._catalog.meant(one.org) == org][-1:]
            if before and before[0].figures == edition.figures:
                try:
                    self.frozen(before[0])
                except StoreError:
                    self.mend(before[0], data)
                return replace(before[0], unchanged=True)
            self._folder.require_space()
            self._folder.write({self._folder.edition(str(edition.period), edition.figures): data})
            [number] = self._enter([edition])
            taken = replace(edition, seq=number)
            self._bring_in([taken])
            return taken

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

    def _template(self, item: Accepted) -> str:
        office, org = item.report.office, item.report.org
        if org is not None and org not in self._catalog.orgs:
            raise StoreError(f"「{item.file}」的单位「{org}」不在指标目录的机构中；请核对机构代码。")
        if org is not None and not self._catalog.orgs[org].reports:
            raise StoreError(f"「{item.file}」没有入库：{self._catalog.orgs[org].name}自己不报数，它的数由下级机构汇总得出；请选报数的单位。")
        if office is not None and office not in self._catalog.offices:
            raise StoreError(f"「{item.file}」的科室「{office}」不在指标目录中；请核对科室代码。")
        return item.template or (self._catalog.offices[office].template if office else "")

    def _standing(self, batches: Sequence[Batch]) -> list[Submission]:
        """The submissions that count where these batches would."""
        asked = {
            "orgs": [batch.org for batch in batches],
            "offices": [batch.office for batch in batches],
            "periods": [batch.period.first_day for batch in batches],
            "templates": [batch.template for batch in batches],
        }
        return self._with_findings(self.rows(statement("standing"), asked))

    def _files(self, batch: Batch, data: bytes, sealed: bytes | None) -> dict[Path, bytes]:
        """What is kept beside a batch: the upload, or the copy of a form or the cases of a ledger, and the sealed upload if there is one."""
        files = {self._folder.cases(batch.sha256) if batch.ledger else self._folder.upload(batch.copy or batch.sha256): data}
        return files if sealed is None else files | {self._folder.upload(batch.sealed): sealed}

    def _take_in(self, fresh: Sequence[tuple[Batch, dict[Path, bytes]]], demo: bool) -> list[Submission]:
        """Files first, then the log, which makes it final, then the tables."""
        self._folder.require_space()
        encoded = [batch.encode() for batch, _ in fresh]
        paths = [self._folder.batch(batch.office, str(batch.period), data, batch.org) for (batch, _), data in zip(fresh, encoded, strict=True)]
        uploads = {path: data for _, files in fresh for path, data in files.items()}
        self._folder.write(uploads | dict(zip(paths, encoded, strict=True)))
        names = [path.relative_to(self._folder.root).as_posix() for path in paths]
        numbers = self._enter([_entry(batch, name, demo) for (batch, _), name in zip(fresh, names, strict=True)])
        logged = [Logged(*one, demo) for one in zip(numbers, names, (batch for batch, _ in fresh), strict=True)]
        self._bring_in(logged)
        return [one.batch.submission(one.seq, one.path, demo=one.demo) for one in logged]

    def _enter(self, entries: Sequence[Enterable]) -> list[int]:
        """Put what one act does into the log; the number of each entry.  What other nodes entered meanwhile comes before it."""
        return [number for number, _ in self._log.append(entries)[-1].numbered()]


def rebuild(directory: Path, catalog: Catalog, definitions: Definitions = _NO_DEFINITIONS) -> int:
    """
    Make the database of a data folder again from its batches; the one before is kept beside it.

    Returns:
        How many submissions it holds.

    Raises:
        StoreError: The folder is in use, or the database has what log and batches have not; nothing was changed.

    """
    with Store.open(directory, catalog, definitions, afresh=True) as store:
        return len(store.submissions())


def _entry(batch: Batch, path: str, demo: bool) -> Entry:
    return Entry(path, batch.office, str(batch.period), batch.template, batch.sha256, batch.by, batch.at.isoformat(), batch.org, demo)
