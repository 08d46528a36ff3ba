"""
The workplace of a command that another process asked the server to run: its terminal, its files and its name lie at the other end.

The server never opens a file that was typed there: it asks for the bytes, or sends them, and they are read or written with the rights of
who typed it.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, cast

from kpi.access.admission import Admission
from kpi.access.caller import Caller
from kpi.bureau import LiveBureau
from kpi.cli.message_channel import GoneError, MessageChannel, MessageHead
from kpi.cli.terminal import Terminal
from kpi.cli.workplace import Workplace
from kpi.errors import RequestError
from kpi.store.notice import remind

MOST_BYTES = 400_000_000  # that the files of one command may have together: they lie in the memory of the server
_LONGEST_FILE = 100_000_000  # bytes: more than any workbook may have
_ANSWER_WITHIN = 600.0  # seconds: somebody may have to look for a password


class ElsewhereError(Exception):
    """The command is about another data folder than that of the server; nothing was done."""


@dataclass(frozen=True, slots=True)
class OpenFolder:
    """A data folder as this process has it open: its bureau as it is now, its accounts, where it lies, and where its catalogue does."""

    bureau: Callable[[], LiveBureau]
    admission: Admission
    data: Path
    catalog: Path  # the folder of its catalogue, unless the data folder keeps its own


class DistantStream:
    """The standard output or the standard error at the other end, as a terminal writes to it."""

    def __init__(self, channel: MessageChannel, name: str, about: MessageHead) -> None:
        self._channel, self._name, self._terminal = channel, name, bool(about.get("terminal"))
        self.encoding = str(about.get("encoding") or "utf-8")

    def write(self, text: str) -> int:
        """Send a text; where nobody is left to read it, what is done is done all the same."""
        if text:
            with suppress(GoneError):
                self._channel.send({self._name: text})
        return len(text)

    def flush(self) -> None:
        """Nothing is kept back."""

    def isatty(self) -> bool:
        """Whether somebody reads it on a screen."""
        return self._terminal


class DistantWorkplace(Workplace):
    """The other end of a connection, and the bureau that this process has open."""

    def __init__(self, channel: MessageChannel, asked: MessageHead, folder: OpenFolder, caller: Caller) -> None:
        """
        The workplace at the other end.

        Args:
            channel: The connection.
            asked: What the other end says of itself: its folder, streams, settings, and what the command is about.
            folder: The data folder that this process has open.
            caller: Who typed the command.

        """
        settings = {str(name): str(value) for name, value in asked.get("settings", {}).items()}
        self._out, self._err = (DistantStream(channel, name, asked.get(name, {})) for name in ("out", "err"))
        super().__init__(*(Terminal(file=cast(IO[str], stream), settings=settings) for stream in (self._out, self._err)))
        self._channel, self._asked, self._open, self._caller = channel, asked, folder, caller
        self._bytes = 0

    @property
    def user(self) -> str:
        return self._caller.name

    @property
    def caller(self) -> Caller:
        return self._caller

    def write(self, text: str) -> None:
        self._out.write(f"{text}\n")

    @property
    def typing(self) -> bool:
        return bool(self._asked.get("typing"))

    def line(self) -> str:
        return str(self._answer("line", "")[0])

    def password(self, prompt: str) -> str:
        return str(self._answer("password", prompt)[0])

    def kind_of(self, path: Path) -> str:
        return str(self._answer("kind", str(path))[0])

    def files_below(self, folder: Path) -> list[Path]:
        return [Path(path) for path in self._answer("below", str(folder))[0]]

    def content(self, path: Path) -> bytes:
        """
        The bytes of a file at the other end.

        Raises:
            OSError: It cannot be read there.
            RequestError: The files of this command are too large together.

        """
        data = self._answer("content", str(path), _LONGEST_FILE)[1]
        self._bytes += len(data)
        if self._bytes > MOST_BYTES:
            raise RequestError(f"这一次的文件共超过 {MOST_BYTES // 1_000_000} MB，看板开着时一次收不下，一份都没有入库；请分几次收。")
        return data

    def put(self, path: Path, data: bytes) -> None:
        """
        Write a file at the other end, which writes none but where the command said ``--out``.

        Raises:
            OSError: It is not written there.

        """
        self._answer("put", str(path), body=data)

    def require_present(self) -> None:
        """
        Go on only as long as somebody waits for the command.

        Raises:
            GoneError: Who typed it has left.

        """
        if self._channel.gone:
            raise GoneError

    def data_folder(self, data: Path | None) -> Path:
        self._require_own(data)
        return self._open.data

    def is_there(self, data: Path | None) -> bool:
        self._require_own(data)
        return True

    def open_bureau(self, data: Path | None, catalog: Path | None, files: int = 0) -> AbstractContextManager[LiveBureau]:
        """The bureau that is open; who is lent it does not close it."""
        del files
        return self._lent(data, catalog)

    def open_to_act(self, data: Path | None, catalog: Path | None) -> AbstractContextManager[LiveBureau]:
        return self._lent(data, catalog)

    def open_existing(self, data: Path | None, catalog: Path | None) -> AbstractContextManager[LiveBureau]:
        return self._lent(data, catalog)

    def open_to_check(self, data: Path | None, catalog: Path | None, files: int = 0) -> AbstractContextManager[LiveBureau]:
        del files
        return self._lent(data, catalog)

    @contextmanager
    def admission(self, data: Path | None, *, looks: bool = False) -> Iterator[Admission]:
        del looks
        self._require_own(data)
        yield self._open.admission

    def tell(self, sentence: str) -> None:
        """Write a line to the standard error as it stands."""
        self._err.write(f"{sentence}\n")

    @contextmanager
    def _lent(self, data: Path | None, catalog: Path | None) -> Iterator[LiveBureau]:
        self._require_own(data)
        typed, own = str(catalog) if catalog else self._asked.get("catalog"), self._catalog_folder()
        if typed and (asked := (self._folder / str(typed)).resolve()) != own:
            raise RequestError(f"看板开着，用的指标目录是「{own}」，命令写的是「{asked}」；请不写 --catalog 和 KPI_CATALOG，或停下看板再运行。")
        bureau = self._open.bureau()
        remind(bureau.store.notices, self.tell)
        yield bureau.of(self._caller)

    def _catalog_folder(self) -> Path:
        """Where the catalogue in force lies."""
        kept = self._open.bureau().kept
        return kept.folder if kept is not None and kept.exists() else self._open.catalog

    @property
    def _folder(self) -> Path:
        """In which folder the command was typed."""
        return Path(str(self._asked.get("folder", "")))

    def _require_own(self, data: Path | None) -> None:
        """
        Refuse another data folder than that of the server.

        Raises:
            ElsewhereError: It is another one.

        """
        try:
            if data is None or (self._folder / data).samefile(self._open.data):
                return
        except OSError:
            pass
        raise ElsewhereError

    def _answer(self, question: str, about: str, longest: int = 0, body: bytes = b"") -> tuple[Any, bytes]:
        """
        What the other end answers to a question, or to a request with a ``body``.

        Raises:
            OSError: The system there refuses.
            GoneError: There is no answer.

        """
        self._channel.send({"ask": question, "about": about}, body)
        head, answered = self._channel.receive(longest, _ANSWER_WITHIN)
        if "errno" in head:
            raise OSError(head["errno"], str(head.get("why", "")), about)
        return head.get("answer"), answered
