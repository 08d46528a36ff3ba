"""
The store: one object that a process opens once and every thread may use.

Reads go through a cursor of their own each; writes wait for one lock.  What is accepted or decided goes first into files
that outlive any fault of the database (upload, batch, numbered log entry) and then, by the very path that also replays
after a crash, into the tables.  An entry of the log that cannot be read or computed is set aside and named; all others
are served.
"""

import re
import time
from collections.abc import Collection, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from threading import RLock
from types import MappingProxyType, TracebackType
from typing import Self

import duckdb

from kpi.catalog.model import Catalog
from kpi.catalog.organisation import BUREAU
from kpi.errors import StoreError
from kpi.store import aside, cases, secret, verification
from kpi.store.answer import Answer
from kpi.store.batch import Batch, Key
from kpi.store.chain import LogFile
from kpi.store.clock import now
from kpi.store.connection import UnusableError, connect, connect_anew, insert_missing, note_size, read_property, write_property
from kpi.store.decision import Decision
from kpi.store.drafts import Drafts
from kpi.store.edition import Edition
from kpi.store.entry import Entry, read_entry
from kpi.store.folder import DataFolder
from kpi.store.gaps import whose
from kpi.store.log import Enterable, Log, spelled
from kpi.store.logged import Entered, Logged, copies
from kpi.store.notice import Repair, announce
from kpi.store.opening import Opening, open_settled, remade
from kpi.store.records import Records
from kpi.store.refresh import Definitions, enter, recipe, renew
from kpi.store.ruling import refuse, refuse_idle_undoing, refuse_locked, refuse_outdated, refuse_overtaken
from kpi.store.statements import statement
from kpi.store.submission import Accepted, KeptAs, Submission
from kpi.store.vault import Vault
from kpi.workbook.filed import Figures
from kpi.workbook.report import KeptCases

_NO_DEFINITIONS: Definitions = MappingProxyType({})
_DROPS = Vault()
_KEY = "key"  # property of the database: the check of the key for digests of codes
_SHA256 = re.compile(r"[0-9a-f]{64}", re.ASCII)
_REPLACED = "数据目录「{}」在打开以后被换成了另一份（备份或别的单位的数据），"
_opened: set[Path] = set()  # a second connection of this very process would escape the lock round writes


class Store(Records):
    """Everything a data folder holds; open it with `Store.open`, read it as `Records` describes."""

    def __init__(self, folder: DataFolder, catalog: Catalog, definitions: Definitions, vault: Vault) -> None:
        self._folder = folder
        self._vault = vault
        self.drafts = Drafts(folder)
        self._catalog = catalog
        self._definitions = definitions
        self._lock = RLock()
        self._log = Log(folder)
        self._version = 0
        self._notices: list[str] = []
        self._opened_file: tuple[int, int] | None = None  # which file the open database is
        self._key_check: str | None = None  # of the key for digests of codes that the database remembers
        self._aside: dict[int, str] = {}  # entries of the log that are not in the tables, and why

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
        _refuse_second(folder)
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

    @property
    def version(self) -> int:
        """The last number of the log that the tables hold; what a cache of figures is keyed by."""
        return self._version

    @property
    def notices(self) -> tuple[str, ...]:
        """What had to be mended or left out at opening, one Chinese sentence each; `kpi.store.notice` tells the two apart."""
        return tuple(self._notices)

    @property
    def left_out(self) -> int:
        """How many entries of the log are not in the tables: they are lost, or cannot be read or computed; the notices name them."""
        return len({*self._log.lost, *self._aside})

    def commit(self, items: Sequence[Accepted], at: datetime | None = None) -> list[Submission]:
        """
        Keep accepted reports: all of them in one transaction, each once.

        Args:
            items: The reports, in the order in which they shall count.
            at: When they came, local time; now unless told.

        Returns:
            A submission for each item; one whose bytes already count and say the same is returned as ``unchanged``: read with
            another answer to a question, the same bytes can say something else.

        Raises:
            OutdatedError: What an item was compared with is no longer in force, and it says something else; nothing was taken in.
            StoreError: The disk is too full or refuses, a report cannot be kept as it is or computed, or its month is locked.
                Nothing was taken in, unless the message says that the log has it.

        """
        moment = at or now()
        with self._writing():
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
            taken = self._take_in(fresh) if fresh else []
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
        with self._writing():
            refuse(self, self._catalog, decision)
            self._folder.require_space()
            [number] = self._enter([decision])
            taken = replace(decision, seq=number)
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
            self._folder.write({self._folder.edition(str(edition.period), edition.figures): data})

    def frozen(self, edition: Edition) -> bytes:
        """
        The rows of an edition as they were frozen.

        Raises:
            StoreError: They are missing or damaged.

        """
        return self._folder.read(self._folder.edition(str(edition.period), edition.figures), "会议版")

    def original(self, digest: str) -> bytes:
        """
        The bytes of an upload, or of a form the copy that is kept of it: `kept_as` tells which.

        Args:
            digest: The sha256 of a submission.

        Raises:
            StoreError: There is none with this digest, it is damaged, or it was a ledger's and is not kept.

        """
        if not _SHA256.fullmatch(digest):
            raise StoreError(f"「{digest}」不是原始文件的校验码。")
        batch = self._latest_batch(digest)
        match self._kept_as(batch):
            case KeptAs.NOTHING if batch and not batch.sealed:
                raise StoreError(f"「{batch.file}」是台账，含有个人信息，原件没有保留；留存的只有指标目录允许的列。")
            case KeptAs.COPY if batch:
                return self._folder.read(self._folder.upload(batch.copy), "留存副本")
        if batch and batch.sealed:
            return self._vault.open(self._folder.read(self._folder.upload(batch.sealed), "加密原件"))
        return self._folder.read(self._folder.upload(digest), "原始文件")

    def kept_as(self, digest: str) -> KeptAs:
        """What `original` can give of a submission with this sha256."""
        try:
            return self._kept_as(self._latest_batch(digest))
        except StoreError:  # its batch is damaged, which is no reason not to show the others
            return KeptAs.UNKNOWN

    def _kept_as(self, batch: Batch | None) -> KeptAs:
        if batch is None or not (batch.ledger or batch.copy) or (batch.sealed and self._vault.seals):
            return KeptAs.WHOLE
        return KeptAs.COPY if batch.copy else KeptAs.NOTHING

    @property
    def secret(self) -> str:
        """The key of this data folder for digests of codes that say who somebody is, in hexadecimal."""
        key = secret.key_of(self._folder)
        if self._key_check is None:
            with self._lock:
                self._note_key()
        return key

    @property
    def seals(self) -> bool:
        """Whether uploads of which not everything is kept are sealed, under a key."""
        return self._vault.seals

    def filed_cases(self, office: str, template: str, org: str = BUREAU) -> list[tuple[Submission, dict[str, int]]]:
        """
        The submissions of an organisation's ledger that count, each with the keys of its cases and their rows.

        Raises:
            StoreError: What was kept is missing or damaged.

        """
        filed = self.filed_ledger(office, template, org)
        return [(one, {key: row for key, row in zip(kept.keys, kept.rows, strict=True) if key}) for one, kept, _ in filed]

    def filed_ledger(self, office: str, template: str, org: str = BUREAU) -> list[tuple[Submission, KeptCases, Figures]]:
        """
        The submissions of an organisation's ledger that count, each with all that is kept of its cases and its figures.

        Raises:
            StoreError: What was kept is missing or damaged.

        """
        ledger = self._catalog.ledgers[template]
        filed = [one for one in self.current_submissions(office=office, org=org) if one.template == template]
        return [(one, *cases.decode(self._folder.read(self._folder.cases(one.sha256), "台账明细"), ledger)) for one in filed]

    def verify(self) -> list[str]:
        """Prove that log, batches, uploads and tables agree; one Chinese sentence for each place where they do not."""
        with self._lock, ExitStack() as stack:
            try:
                cursor = stack.enter_context(self._connection.cursor())
            except duckdb.Error:  # it was closed, or could not be opened again
                cursor = None
            found = [] if self._own else [_REPLACED.format(self._folder.root) + "请重新启动看板后再核对。"]
            found += verification.faults(self._folder, self._log, cursor, self._catalog, self._aside)
            return [*found, secret.LOST] if self._key_lost else found

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """
        One writer at a time, into the folder that was opened, and the tables as far as the log.

        Raises:
            StoreError: Another folder lies in its place, or the tables cannot be written; nothing was done.

        """
        with self._lock:
            if not self._own:
                raise StoreError(_REPLACED.format(self._folder.root) + "这一次没有登入日志，也没有生效；请重新启动看板后再做。")
            if self._log.unkept:
                self._catch_up()
            yield

    @property
    def _own(self) -> bool:
        """Whether the folder on disk is still the one that was opened; one that is gone is none that was put in its place."""
        return not self._folder.root.is_dir() or (self._folder.database_file() == self._opened_file and self._log.continues())

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

    def _take_in(self, fresh: Sequence[tuple[Batch, dict[Path, bytes]]]) -> list[Submission]:
        """Files first, then the log, which makes it final, then the tables."""
        self._folder.require_space()
        encoded = [batch.encode() for batch, _ in fresh]
        paths = [self._folder.batch(batch.office, str(batch.period), data, batch.org) for (batch, _), data in zip(fresh, encoded, strict=True)]
        uploads = {path: data for _, files in fresh for path, data in files.items()}
        self._folder.write(uploads | dict(zip(paths, encoded, strict=True)))
        names = [path.relative_to(self._folder.root).as_posix() for path in paths]
        numbers = self._enter([_entry(batch, name) for (batch, _), name in zip(fresh, names, strict=True)])
        logged = [Logged(*one) for one in zip(numbers, names, (batch for batch, _ in fresh), strict=True)]
        self._bring_in(logged)
        return [one.batch.submission(one.seq, one.path) for one in logged]

    def _enter(self, entries: Sequence[Enterable]) -> list[int]:
        """Put what one act does into the log; the number of each entry.  What other nodes entered meanwhile comes before it."""
        return [number for number, _ in self._log.append(entries)[-1].numbered()]

    def _bring_in(self, logged: Sequence[Entered]) -> None:
        """
        Apply what this process logged, and before it what another node did in between.

        Raises:
            StoreError: The tables cannot be written, or some of it could not be computed and was set aside; the log has it.

        """
        numbers = [entry.seq for entry in logged]
        try:
            self._apply(sorted([*logged, *self._unkept(numbers)], key=lambda entry: entry.seq))
        except StoreError as error:
            raise StoreError(f"已登入日志{spelled(numbers)}，不必重新上传或重做，重新启动看板后会自动补入；{error}") from error
        self._log.unkept.clear()
        if refused := [self._aside[number] for number in numbers if number in self._aside]:
            raise StoreError("已登入日志，但" + "".join(refused))

    def _catch_up(self) -> None:
        """
        Bring into the tables what the log has already, before anything else is done.

        Raises:
            StoreError: They still cannot be written; nothing else was done.

        """
        behind = spelled([number for file in self._log.unkept for number, _ in file.numbered()])
        try:
            self._apply(self._unkept([seq for (seq,) in self.rows("select seq from entry")]))
        except StoreError as error:
            raise StoreError(f"这一次没有登入日志，也没有生效，请在重新启动看板后再做：数据库还没有补入日志{behind}；{error}") from error
        self._log.unkept.clear()

    def _unkept(self, there: Collection[int]) -> list[Entered]:
        """What the log has and the tables have not, without the numbers that are there."""
        return self._read(self._log.unkept, there)

    def _read(self, files: Sequence[LogFile], there: Collection[int]) -> list[Entered]:
        """What was logged and is not there yet; one that cannot be read is set aside."""
        logged: list[Entered] = []
        for file in files:
            for number, written in file.numbered():
                if number in there or number in self._aside:
                    continue
                try:
                    entry = read_entry(number, written)
                except ValueError:
                    self._set_aside(number, aside.unreadable(number, f"报送日志「log/{file.name}」里的这一条不是本系统写的；请从备份恢复该文件。"))
                    continue
                if not isinstance(entry, Entry):
                    logged.append(entry)
                    continue
                try:
                    logged.append(self._batch(number, entry.batch))
                except StoreError as error:
                    self._set_aside(number, aside.unreadable(number, str(error), whose(self._catalog, entry.office, entry.period, entry.org)))
        return logged

    def _set_aside(self, number: int, sentence: str) -> None:
        """Leave an entry of the log out, and say so."""
        self._aside[number] = sentence
        self._notice(sentence)

    def _latest_batch(self, digest: str) -> Batch | None:
        """The latest batch with this sha256; None where there is none."""
        found = self.rows("select seq, batch from submission where sha256 = $digest order by seq desc limit 1", {"digest": digest})
        return self._batch(*found[0]).batch if found else None

    def _batch(self, number: int, path: str) -> Logged:
        data = self._folder.read(self._folder.root / path, "批次")
        try:
            return Logged(number, path, Batch.parse(data))
        except StoreError as error:
            raise StoreError(f"批次「{path}」的{error}") from None

    def _apply(self, logged: Sequence[Entered], *, anew: bool = False) -> None:
        """
        Bring what was logged into the tables and the figures in step; of what cannot be computed, set the least aside.

        Args:
            logged: Batches, decisions and answers, in log order.
            anew: Put the catalogue in force and make every figure again.

        Raises:
            UnusableError: What the tables hold cannot be computed with the catalogue in force.
            StoreError: The database cannot be written.

        """
        try:
            self._attempt(logged, anew=anew)
        except aside.IncomputableError as error:
            if not logged:
                raise UnusableError("outdated", "数据库里的数不能按现在的指标目录计算") from error
            if len(logged) == 1 and not anew:
                self._set_aside(logged[0].seq, aside.incomputable(logged[0], self._catalog, error))
                self._attempt([], anew=False)  # its text is kept all the same
                return
            if anew:
                self._apply([], anew=True)
            middle = len(logged) // 2
            for part in (logged[:middle], logged[middle:]):
                if part:
                    self._apply(part)

    def _attempt(self, logged: Sequence[Entered], *, anew: bool) -> None:
        """Do it in one transaction, all or nothing."""
        with self._connection.cursor() as cursor:
            cursor.execute(statement("changed"))
            cursor.begin()
            try:
                insert_missing(cursor, "log", copies(self._log.unkept))
                if logged:
                    enter(cursor, self._catalog, logged)
                if anew:
                    renew(cursor, self._catalog, self._definitions)
                cursor.commit()
            except aside.FAULTS_OF_ENTRIES as error:
                self._recover(cursor)
                raise aside.IncomputableError(error) from error
            except duckdb.Error as error:
                self._recover(cursor)
                raise StoreError(f"数据库写入失败（{str(error).splitlines()[0]}）；请检查磁盘空间和权限。") from error
            except BaseException:
                self._recover(cursor)
                raise
        if logged:
            self._version = max(self._version, logged[-1].seq)

    def _recover(self, cursor: duckdb.DuckDBPyConnection) -> None:
        """
        Undo; where even that fails (a full disk can make the database unusable), open the file again.

        Raises:
            StoreError: It cannot be opened as it is.

        """
        try:
            cursor.rollback()
        except duckdb.Error:
            cursor.close()
            self._connection.close()
            try:
                self._connection = connect(self._folder)
            except UnusableError as error:
                raise StoreError(f"{error.words}；请检查磁盘后重新启动看板，数据库将由日志和批次重建。") from error

    def _note_key(self) -> None:
        """Let the database remember which key there is, once there is one."""
        self._key_check = read_property(self._connection, _KEY)
        if self._key_check is None and (there := secret.check_now(self._folder)):
            write_property(self._connection, _KEY, there)
            self._key_check = there

    @property
    def _key_lost(self) -> bool:
        """Whether the key is gone or another one than that which the database remembers."""
        return self._key_check is not None and self._key_check != secret.check_now(self._folder)

    def _settle(self, opening: Opening) -> None:
        """Bring the tables as far as the log."""
        for notice in opening.notices:
            self._notice(notice)
        try:
            self._compare(opening.files, opening.there)
        except UnusableError as error:
            self._connection.close()
            self._notice(remade(self._folder, error, now()))
            self._connection = connect_anew(self._folder)
            self._log.unkept = list(opening.files)
            self._compare(opening.files, ())
        self._note_key()
        if self._key_lost:
            self._notice(secret.LOST)
        self._name_unknown()

    def _compare(self, files: Sequence[LogFile], there: Collection[int]) -> None:
        self._version = max(there, default=0)
        logged = self._read(files, there)
        anew = read_property(self._connection, "recipe") != recipe(self._catalog, self._definitions)
        if logged or anew or self._log.unkept:
            self._apply(logged, anew=anew)
        self._log.unkept.clear()
        if there and (entered := [entry.seq for entry in logged if entry.seq not in self._aside]):
            self._notice(Repair(f"数据库缺少{spelled(entered)}，共 {len(entered)} 条记录，已由日志和批次补入。"))

    def _name_unknown(self) -> None:
        """Say which figures that count nobody sees, because the catalogue in force does not know what they are of."""
        unknown = self.rows(statement("unknown"))
        if unknown:
            self._notice(aside.unknown([measure for measure, _ in unknown], sorted({seq for _, seqs in unknown for seq in seqs})))

    def _notice(self, sentence: str) -> None:
        self._notices.append(sentence)
        announce(sentence)


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


def _refuse_second(folder: DataFolder) -> None:
    if folder.root in _opened:
        raise StoreError(f"数据目录「{folder.root}」已经打开；同一程序只能打开一次。")


def _entry(batch: Batch, path: str) -> Entry:
    return Entry(path, batch.office, str(batch.period), batch.template, batch.sha256, batch.by, batch.at.isoformat(), batch.org)
