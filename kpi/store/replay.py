"""
The log brought into the tables: what an act entered, what another node entered meanwhile, what a crash or a full disk left behind.

An entry of the log that cannot be read or computed is set aside and named; all others are served.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from threading import RLock

import duckdb

from kpi.catalog.model import Catalog
from kpi.errors import StoreError
from kpi.store import set_aside
from kpi.store.backlog import Backlog, LoggedCommit
from kpi.store.connection import UnusableError, connect, insert_missing
from kpi.store.demonstration import last_end, outlives
from kpi.store.folder import DataFolder
from kpi.store.gaps import whose
from kpi.store.interruption import deferred
from kpi.store.log import Log
from kpi.store.log_chain import LogFile
from kpi.store.log_entry import Entry, read_entry
from kpi.store.log_numbers import spelled
from kpi.store.log_rows import Entered, copies
from kpi.store.notice import announce
from kpi.store.reader import StoreReader
from kpi.store.records import Records
from kpi.store.refresh import Definitions, enter, renew
from kpi.store.statements import statement
from kpi.store.vault import Vault

_MOST_WAITING = 50  # commits; whoever sends more at once waits for the tables
_BEHIND = "这一次没有登入日志，也没有生效，请在重新启动看板后再做：数据库还没有补入日志{}；"
REPLACED = "数据目录「{}」在打开以后被换成了另一份（备份或别的单位的数据），"


class TablesBehind(Records):
    """The tables of a store as they are, behind its log by the backlog; only who takes both into account asks them."""

    def __init__(self, store: "Replay") -> None:
        self._store = store

    def _cursor(self) -> duckdb.DuckDBPyConnection:
        return self._store._connection.cursor()


class Replay(StoreReader):
    """The tables in step with the log; `kpi.store.writing.StoreWriter` adds to the log, `kpi.store.database.Store` opens it."""

    def __init__(self, folder: DataFolder, catalog: Catalog, definitions: Definitions, vault: Vault) -> None:
        super().__init__(folder, catalog, definitions, vault)
        self._lock = RLock()  # round the log: one writer at a time
        self._log = Log(folder)
        self._backlog = Backlog(self._bring_commits, self._announce_waiting)
        self._behind = TablesBehind(self)
        self._notices: list[str] = []
        self._aside: dict[int, str] = {}  # entries of the log that are not in the tables, and why
        self._opened_file: tuple[int, int] | None = None  # which file the open database is

    @property
    def left_out(self) -> int:
        """How many entries of the log are not in the tables: they are lost, or cannot be read or computed; the notices name them."""
        return len({*self._log.lost, *self._aside})

    @property
    def version(self) -> int:
        """The last number of the log, once the tables hold it; what a cache of figures is keyed by."""
        self._settle()
        return self._version

    def _cursor(self) -> duckdb.DuckDBPyConnection:
        self._settle()
        return super()._cursor()

    def _settle(self) -> None:
        """
        Let nobody see an older board than was acknowledged.

        Raises:
            StoreError: The tables cannot be written.

        """
        if self._backlog:
            try:
                self._backlog.clear()
            except StoreError as error:
                raise StoreError(f"日志{self._waiting}已经登入，还没有补入数据库，看到的会是以前的数，所以先不显示；{error}") from error

    def _announce_waiting(self, fault: str) -> None:
        """Tell who runs the server; who asks next tries again, and is told as well."""
        announce(f"日志{self._waiting}已经登入，还没有补入数据库；{fault}下一次有人看时再补，不必重新上传。")

    @property
    def _waiting(self) -> str:
        """The numbers of what waits, in words."""
        return spelled([number for file in self._backlog.files for number, _ in file.numbered()])

    @contextmanager
    def _writing(self, *, beside_backlog: bool = False) -> Iterator[None]:
        """
        One writer at a time, into the folder that was opened, and the tables as far as the log; Ctrl-C waits for its end.

        Args:
            beside_backlog: The tables may be behind by the backlog, as long as it moves on.

        Raises:
            StoreError: Another folder lies in its place, or the tables cannot be written; nothing was done.

        """
        with deferred(), self._lock:
            if not self._own:
                raise StoreError(REPLACED.format(self._folder.root) + "这一次没有登入日志，也没有生效；请重新启动看板后再做。")
            if not beside_backlog or self._log.unkept or self._backlog.refused or len(self._backlog) >= _MOST_WAITING:
                try:
                    self._backlog.clear()
                except StoreError as error:
                    raise StoreError(_BEHIND.format(self._waiting) + str(error)) from error
            if self._log.unkept:
                self._catch_up()
            yield

    @property
    def _own(self) -> bool:
        """Whether the folder on disk is still the one that was opened; one that is gone is none that was put in its place."""
        return not self._folder.root.is_dir() or (self._folder.database_file() == self._opened_file and self._log.continues())

    def _bring_in(self, logged: Sequence[Entered]) -> None:
        """
        Apply what this process logged, and before it what another node did in between.

        Raises:
            StoreError: The tables cannot be written, or some of it could not be computed and was set aside; the log has it.

        """
        numbers = [entry.seq for entry in logged]
        try:
            self._backlog.clear()  # what was entered earlier is in the tables earlier, or one version would be two states
            with self._backlog.tables:
                self._apply(sorted([*logged, *self._unkept(numbers)], key=lambda entry: entry.seq), self._log.unkept)
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
            with self._backlog.tables:
                self._apply(self._unkept(self._there()), self._log.unkept)
        except StoreError as error:
            raise StoreError(_BEHIND.format(behind) + str(error)) from error
        self._log.unkept.clear()

    def _bring_commits(self, commits: Sequence[LoggedCommit], again: bool) -> None:
        """Apply what waits; of an attempt that failed nobody knows how far it came."""
        there = self._there() if again else []
        logged = [offer.logged for commit in commits for offer in commit.offers if offer.seq not in there]
        self._apply(logged, [commit.file for commit in commits])

    def _there(self) -> list[int]:
        """The numbers of the log that the tables hold."""
        return [seq for (seq,) in self._behind.rows(statement("log_numbers"))]

    def _unkept(self, there: Collection[int]) -> list[Entered]:
        """What the log has and the tables have not, without the numbers that are there."""
        return self._read(self._log.unkept, there)

    def _read(self, files: Sequence[LogFile], there: Collection[int]) -> list[Entered]:
        """What was logged and is not there yet, from the last end of a demonstration on and what outlives it; one that cannot be read is set aside."""
        logged: list[Entered] = []
        begin = last_end(files)
        for file in files:
            for number, written in file.numbered():
                if (number < begin and not outlives(written)) or number in there or number in self._aside:
                    continue
                try:
                    entry = read_entry(number, written)
                except ValueError:
                    self._set_aside(number, set_aside.unreadable(number, f"报送日志「log/{file.name}」里的这一条不是本系统写的；请从备份恢复该文件。"))
                    continue
                if not isinstance(entry, Entry):
                    logged.append(entry)
                    continue
                try:
                    logged.append(self._batch(number, entry.batch, marked=entry.demo))
                except StoreError as error:
                    self._set_aside(number, set_aside.unreadable(number, str(error), whose(self._catalog, entry.office, entry.period, entry.org)))
        return logged

    def _set_aside(self, number: int, sentence: str) -> None:
        """Leave an entry of the log out, and say so."""
        self._aside[number] = sentence
        self._notice(sentence)

    def _apply(self, logged: Sequence[Entered], files: Sequence[LogFile], *, anew: bool = False) -> None:
        """
        Bring what was logged into the tables and the figures in step; of what cannot be computed, set the least aside.

        Args:
            logged: Batches, decisions and answers, in log order.
            files: The files of the log whose text the database is to keep.
            anew: Put the catalogue in force and make every figure again.

        Raises:
            UnusableError: What the tables hold cannot be computed with the catalogue in force.
            StoreError: The database cannot be written.

        """
        try:
            self._attempt(logged, files, anew=anew)
        except set_aside.IncomputableError as error:
            if not logged:
                raise UnusableError("outdated", "数据库里的数不能按现在的指标目录计算") from error
            if len(logged) == 1 and not anew:
                self._set_aside(logged[0].seq, set_aside.incomputable(logged[0], self._catalog, error))
                self._attempt([], files, anew=False)  # its text is kept all the same
                return
            if anew:
                self._apply([], files, anew=True)
            middle = len(logged) // 2
            for part in (logged[:middle], logged[middle:]):
                if part:
                    self._apply(part, files)

    def _attempt(self, logged: Sequence[Entered], files: Sequence[LogFile], *, anew: bool, keep: Callable[[], None] | None = None) -> None:
        """Do it in one transaction, all or nothing; with what ``keep`` does before anybody sees it."""
        with self._connection.cursor() as cursor:
            cursor.execute(statement("changed"))
            cursor.begin()
            try:
                insert_missing(cursor, "log", copies(files))
                if logged:
                    enter(cursor, self._catalog, logged)
                if anew:
                    renew(cursor, self._catalog, self._definitions)
                if keep is not None:
                    keep()
                cursor.commit()
            except set_aside.FAULTS_OF_ENTRIES as error:
                self._recover(cursor)
                raise set_aside.IncomputableError(error) from error
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

    def _notice(self, sentence: str) -> None:
        self._notices.append(sentence)
        announce(sentence)
