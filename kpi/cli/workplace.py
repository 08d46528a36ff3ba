"""
The workplace of a command (敲命令的地方): the terminal, the files and the name of who typed it, and the bureau that it asks.

Where no server has the data folder open that is this process itself.  A server that runs a command for another process puts
in its place one at the other end of a connection (`kpi.cli.distant_workplace`), for that thread alone.
"""

import getpass
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from dataclasses import replace
from functools import partial
from pathlib import Path

from kpi import bureau, data_place
from kpi.access.admission import Admission
from kpi.access.audit import Audit
from kpi.access.caller import Caller
from kpi.bureau import LiveBureau
from kpi.cli import own_terminal, typed_files
from kpi.cli.terminal import Terminal
from kpi.errors import RequestError, cause

ADDRESS = "本机命令行"  # what the audit notes in the place of a machine


class Workplace:
    """This process: its own terminal, its own files, and a bureau that it opens itself."""

    def __init__(self, out: Terminal | None = None, err: Terminal | None = None) -> None:
        self.out, self.err = out or Terminal(), err or Terminal(stderr=True)

    @property
    def user(self) -> str:
        """Who typed the command."""
        return own_terminal.user()

    @property
    def caller(self) -> Caller:
        """Who asks: whoever can open the data folder may do all."""
        return Caller(name=self.user, address=ADDRESS)

    def write(self, text: str) -> None:
        """Write a line to the standard output as it stands."""
        print(text)

    @property
    def typing(self) -> bool:
        """Whether somebody sits at a keyboard."""
        return sys.stdin.isatty()

    def line(self) -> str:
        """A line of the standard input, without its end."""
        return sys.stdin.readline().rstrip("\r\n")

    def password(self, prompt: str) -> str:
        """A password that is typed where nobody sees it."""
        return getpass.getpass(prompt, sys.stderr)

    def kind_of(self, path: Path) -> str:
        """As `typed_files.kind_of`."""
        return typed_files.kind_of(path)

    def files_below(self, folder: Path) -> list[Path]:
        """As `typed_files.files_below`."""
        return typed_files.files_below(folder)

    def content(self, path: Path) -> bytes:
        """As `typed_files.content`."""
        return typed_files.content(path)

    def put(self, path: Path, data: bytes) -> None:
        """As `typed_files.put`."""
        typed_files.put(path, data)

    def require_content(self, path: Path) -> bytes:
        """
        The bytes of a file, or why there are none.

        Raises:
            RequestError: It cannot be read.

        """
        try:
            return self.content(path)
        except OSError as error:
            raise RequestError(f"「{path}」打不开（{cause(error)}）；请核对文件的路径。") from None

    def require_put(self, path: Path, data: bytes) -> None:
        """
        Write a file whole or not at all, or say why it is not written.

        Raises:
            RequestError: It cannot be written; what was there is as it was.

        """
        try:
            self.put(path, data)
        except OSError as error:
            raise RequestError(f"「{path}」写不了（{cause(error)}）；请写可以写入的文件，要写几个文件的写文件夹。") from None

    def require_present(self) -> None:
        """Go on only as long as somebody waits for the command, which this process does."""

    def data_folder(self, data: Path | None) -> Path:
        """As `kpi.data_place.data_folder`."""
        return data_place.data_folder(data)

    def is_there(self, data: Path | None) -> bool:
        """As `kpi.bureau.is_there`."""
        return bureau.is_there(data)

    def open_bureau(self, data: Path | None, catalog: Path | None, files: int = 0) -> AbstractContextManager[LiveBureau]:
        """As `kpi.bureau.open_bureau`, with the audit, which has to be sound: for who changes something, as a server is."""
        return self._audited(partial(bureau.open_bureau, data, catalog, files), data)

    def open_to_act(self, data: Path | None, catalog: Path | None) -> AbstractContextManager[LiveBureau]:
        """The same of a data folder that is there."""
        return self._audited(partial(bureau.open_existing, data, catalog), data)

    def open_existing(self, data: Path | None, catalog: Path | None) -> AbstractContextManager[LiveBureau]:
        """As `kpi.bureau.open_existing`, and the next one likewise: for who only looks, whatever became of the audit."""
        return bureau.open_existing(data, catalog)

    def open_to_check(self, data: Path | None, catalog: Path | None, files: int = 0) -> AbstractContextManager[LiveBureau]:
        return bureau.open_to_check(data, catalog, files)

    @contextmanager
    def _audited(self, opened: Callable[[], LiveBureau], data: Path | None) -> Iterator[LiveBureau]:
        """A bureau, asked by who typed the command, with its audit."""
        with opened() as live:
            yield replace(live.of(self.caller), audit=Audit(self.data_folder(data)))

    @contextmanager
    def admission(self, data: Path | None, *, looks: bool = False) -> Iterator[Admission]:
        """The accounts of the data folder, while its bureau is open; who only ``looks`` needs no audit."""
        admission = Admission(self.data_folder(data), looks=looks)
        try:
            yield admission
        finally:
            admission.close()


_OWN = Workplace()
_workplace: ContextVar[Workplace] = ContextVar("workplace", default=_OWN)


def workplace() -> Workplace:
    """The workplace of the command that is run."""
    return _workplace.get()


@contextmanager
def at(place: Workplace) -> Iterator[None]:
    """Let the commands within be those of another workplace."""
    token = _workplace.set(place)
    try:
        yield
    finally:
        _workplace.reset(token)
