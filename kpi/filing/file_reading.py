"""The reading of the files of a desk, beside the page that shows them."""

import threading
from collections.abc import Hashable, Iterable, Mapping
from contextvars import copy_context

from kpi.bureau import LiveBureau
from kpi.errors import PasswordNeeded, UnstartedError, WorkbookError
from kpi.filing.desk_file import File
from kpi.filing.intake import Watch, parser_of, prepare_each
from kpi.filing.prepared import Prepared
from kpi.workbook.process.parser import Book


class FileReading:
    """Files of a visitor being read by a thread of their own; `stop` leaves those not yet read."""

    def __init__(self, bureau: LiveBureau, files: Iterable[File], passwords: Mapping[str, str], visitor: Hashable) -> None:
        self.files = tuple(files)
        self.state = state_of(bureau, self.files)
        self.done = 0
        self.fault: Exception | None = None
        self.answers: list[list[Prepared] | None] = [None] * len(self.files)
        self._bureau = bureau
        self._visitor = visitor
        self._open = parser_of(bureau, visitor)
        self._passwords = dict(passwords)
        self._by_content = {(file.name, file.data): file for file in self.files}
        self._begun = ""
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=copy_context().run, args=(self._work,), name="reading", daemon=True)  # what it logs is of the run that began it
        self._thread.start()

    @property
    def total(self) -> int:
        return len(self.files)

    @property
    def now(self) -> str:
        """The file begun last, "" while they are being checked."""
        return self._begun if self.done < self.total else ""

    @property
    def ahead(self) -> int:
        """How many files of others are read first; 0 while one of these is being read."""
        return self._bureau.parser.queue.ahead(self._visitor)

    def finished(self, within: float = 0.0) -> bool:
        """Whether it is done, after waiting so many seconds at most."""
        self._thread.join(within)
        return not self._thread.is_alive()

    def stop(self) -> None:
        """Read no further file."""
        self._stopped.set()

    def _work(self) -> None:
        uploads = [file.upload(self._passwords.get(file.key)) for file in self.files]
        try:
            self.answers = prepare_each(self._bureau, uploads, watch=Watch(self._count, self._parse, self._stopped))
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


def state_of(bureau: LiveBureau, files: Iterable[File]) -> object:
    """What an answer rests on: with another one it has to be read again."""
    return bureau.store.version, tuple((file.key, file.office, file.period, file.org, file.cases) for file in files)
