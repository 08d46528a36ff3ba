"""
Read workbooks in a small pool of children that may be lost.

A child that dies, hangs or grows over a file is thrown away, the user gets a sentence, and the next file gets a fresh one.
"""

import contextlib
import threading
from collections.abc import Hashable
from dataclasses import dataclass
from types import TracebackType
from typing import Any

from kpi.errors import PasswordNeeded, UnstartedError, WorkbookError, cause
from kpi.workbook.grid import Sheet
from kpi.workbook.ledgers.ledger_sheet import Blocks, LedgerSheet, UnreadSheet, ledger_sheets
from kpi.workbook.process.reading_queue import NOBODY, ReadingQueue
from kpi.workbook.process.sniffing import Kind, sniff
from kpi.workbook.process.wire import UNMASKED, PackedRows, unpack
from kpi.workbook.process.worker import LostError, Worker

WALL_SECONDS = 30.0
START_SECONDS = 60.0  # on a machine that is very busy
AT_ONCE = 2  # files read at once, unless told
_LARGE = 4 * 2**20  # a child that read so much is not worth keeping
_LONGEST_PASSWORD = 255  # characters, as Excel allows
_STOPPING = "系统正在停止，请稍后再上传。"


@dataclass(frozen=True, slots=True)
class Book:
    """What a workbook holds: sheets, or ledgers and the sheets beside them, which were not read."""

    sheets: tuple[Sheet, ...]
    ledgers: tuple[LedgerSheet, ...] = ()
    unread: tuple[UnreadSheet, ...] = ()
    outside: tuple[tuple[str, str], ...] | None = None  # what stands in no cell of a form, and its text; None where nobody can tell


class Parser:
    """
    Reads workbooks; safe to share between threads, at most so many files at a time as its queue has places.

    Use it as a context manager, or call `close`.
    """

    def __init__(self, wall_seconds: float = WALL_SECONDS, places: int = AT_ONCE) -> None:
        self.queue = ReadingQueue(places)
        self._wall = wall_seconds
        self._lock = threading.Lock()
        self._idle: list[Worker] = []
        self._busy: set[Worker] = set()
        self._closed = False

    def parse(self, data: bytes, name: str, password: str | None = None) -> tuple[Sheet, ...]:
        """
        The sheets of a workbook, as `read` gives them where no ledgers are known.

        Raises:
            PasswordNeeded, WorkbookError: As there.

        """
        return self.read(data, name, password).sheets

    def definitions(self, data: bytes, name: str) -> tuple[Sheet, ...]:
        """
        The sheets of a workbook of definitions, as `read` gives them; it says nothing of persons, and nothing in it is masked.

        Raises:
            PasswordNeeded, WorkbookError: As there.

        """
        return self.read(data, name, layouts=UNMASKED).sheets

    def read(self, data: bytes, name: str, password: str | None = None, layouts: bytes = b"[]", visitor: Hashable = NOBODY) -> Book:
        """
        Read a workbook.

        Args:
            data: The whole file.
            name: Its name, for messages only.
            password: What it opens with; it is not kept.
            layouts: How ledgers are recognised, as `ledger.layouts` gives it.
            visitor: Whose file it is; visitors take turns.

        Returns:
            The ledgers it holds, of each the columns that may be kept and no other cell of the workbook; else every
            worksheet in the order of the book, hidden ones included.

        Raises:
            PasswordNeeded: It opens with a password only, and there was none or the wrong one.
            UnstartedError: The machine cannot start a child; nothing is said of the file.
            WorkbookError: The file is no workbook, breaks a limit or cannot be read; the message is one Chinese
                sentence that names the file.

        """
        try:
            kind = sniff(data)
        except WorkbookError as error:
            raise WorkbookError(f"「{name}」：{error}") from None
        self.queue.enter(visitor)
        try:
            head, blocks = self._worked(data, name, kind, password or "", layouts)
        finally:
            self.queue.leave(visitor)
        match head:
            case {"sheets": list(sheets)} if len(sheets) == len(blocks):
                beside = head.get("outside")
                return Book(
                    tuple(_sheet(sheet, PackedRows(*block)) for sheet, block in zip(sheets, blocks, strict=True)),
                    outside=None if beside is None else tuple((what, text) for what, text in beside),
                )
            case {"ledgers": list(ledgers), "unread": list(unread)}:
                return Book((), ledger_sheets(ledgers, blocks), tuple(UnreadSheet(*about) for about in unread))
            case {"refused": str(reason)}:
                raise WorkbookError(f"「{name}」：{reason}")
            case {"password": bool(wrong)}:
                seen = "密码不对，请重新输入打开密码。" if wrong else "文件设置了打开密码；请输入密码，或取消密码、另存后再上传。"
                raise PasswordNeeded(f"「{name}」：{seen}", wrong=wrong)
        raise WorkbookError(f"「{name}」：文件已损坏，读不出内容；请在 Excel 或 WPS 中打开，另存为 .xlsx 再上传。")

    def warm(self, children: int = AT_ONCE) -> None:
        """Start so many children, at most one for each place, before the first file comes; where that fails, the first file tells it."""
        with contextlib.ExitStack() as stack, contextlib.suppress(OSError, RuntimeError, MemoryError):
            for _ in range(min(children, self.queue.places)):
                if self.queue.enter_free():  # else another thread has started one
                    stack.callback(self.queue.leave)
                    stack.callback(self._give_back, self._take(), keep=True)

    def close(self) -> None:
        """End the children; who waits for the answer of one, or for a place, is refused in a sentence."""
        with self._lock:
            self._closed = True
            idle, self._idle = self._idle, []
            for worker in self._busy:
                worker.stop()
        for worker in idle:
            worker.end()

    def _worked(self, data: bytes, name: str, kind: Kind, password: str, layouts: bytes) -> tuple[dict[str, Any], Blocks]:
        """What a child answers, which is lost with it when the file is too much for it."""
        worker = self._started(name)
        try:
            fields = (kind.value.encode(), password[:_LONGEST_PASSWORD].encode(), layouts, data)
            answer = unpack(worker.work(fields, self._wall))
        except (LostError, ValueError):  # what a broken child answers is no frame
            self._end(worker)
            if self._closed:
                raise WorkbookError(_STOPPING) from None
            raise WorkbookError(f"「{name}」：文件内容异常，读取时超出了时间或内存的限制；请把需要上报的表格复制到新工作簿再上传。") from None
        except BaseException:  # interrupted: what the child would still say belongs to nobody
            self._end(worker)
            raise
        self._give_back(worker, keep=len(data) < _LARGE)
        return answer

    def _started(self, name: str) -> Worker:
        """A child that is ready for a file."""
        worker: Worker | None = None
        try:
            worker = self._take()
            worker.start(START_SECONDS)
        except (OSError, RuntimeError, MemoryError, LostError) as error:  # no process, no thread, no memory, or no Python that works
            if worker:
                self._end(worker)
            if self._closed:
                raise WorkbookError(_STOPPING) from None
            why = cause(error) if isinstance(error, OSError) and error.errno else "启动后没有应答"
            raise UnstartedError(f"「{name}」没有读：本机启动不了读取表格的程序（{why}），与文件无关。") from None
        except BaseException:
            if worker:
                self._end(worker)
            raise
        return worker

    def _take(self) -> Worker:
        with self._lock:
            if self._closed:
                raise WorkbookError(_STOPPING)
            while self._idle:
                worker = self._idle.pop()
                if worker.alive:
                    self._busy.add(worker)
                    return worker
                worker.end()
        worker = Worker()
        with self._lock:
            self._busy.add(worker)
            if self._closed:  # meanwhile
                worker.stop()
        return worker

    def _give_back(self, worker: Worker, *, keep: bool) -> None:
        with self._lock:
            self._busy.discard(worker)
            if keep and not self._closed:
                self._idle.append(worker)
                return
        worker.end()

    def _end(self, worker: Worker) -> None:
        self._give_back(worker, keep=False)

    def __enter__(self) -> "Parser":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()


def _sheet(sheet: Any, rows: PackedRows) -> Sheet:
    """A sheet as the child tells it."""
    return Sheet(
        sheet["name"],
        rows,
        sheet["hidden"],
        frozenset(sheet["hidden_rows"]),
        frozenset(sheet["hidden_columns"]),
        sheet["complete"],
        tuple((first, left, last, right) for first, left, last, right in sheet["merges"]),
        sheet["macros"],
        tuple((row, column) for row, column in sheet["masked"]),
    )
