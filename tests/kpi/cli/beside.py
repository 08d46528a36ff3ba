"""Commands typed beside a server: one of this process, over an open bureau, and what is typed there."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from kpi.access.admission import Admission
from kpi.bureau import LiveBureau
from kpi.cli.app import main
from kpi.cli.command_client import asked
from kpi.cli.command_server import CommandServer

Typed = tuple[int | None, str, str]  # the exit code, the standard output and the standard error


@contextmanager
def listening(bureau: LiveBureau, data: Path) -> Iterator[CommandServer]:
    """A server of commands over a bureau that is open, with its accounts."""
    admission = Admission(data)
    server = CommandServer(lambda: replace(bureau, audit=admission.audit), admission, data)
    server.start()
    try:
        yield server
    finally:
        server.stop()
        admission.close()


def typed_beside(capsys: pytest.CaptureFixture[str], *words: str) -> Typed:
    """A command that a server runs; the code is None where none does."""
    capsys.readouterr()
    code = asked(words)
    printed = capsys.readouterr()
    return code, printed.out, printed.err


def typed_alone(capsys: pytest.CaptureFixture[str], *words: str) -> Typed:
    """A command that opens the data folder itself."""
    capsys.readouterr()
    code = main(words)
    printed = capsys.readouterr()
    return code, printed.out, printed.err
