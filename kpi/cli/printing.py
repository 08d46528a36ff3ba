"""Where commands print: to the terminal of their workplace, be it of this process or at the other end of a connection."""

from collections.abc import Callable
from contextlib import AbstractContextManager

from rich.table import Table

from kpi.cli.terminal import Terminal
from kpi.cli.workplace import workplace
from kpi.documents.json_document import Document, document_text


class Printer:
    """The standard output or the standard error of whatever workplace prints."""

    def __init__(self, *, stderr: bool = False) -> None:
        self._stderr = stderr

    @property
    def terminal(self) -> Terminal:
        """The terminal of the command that is run."""
        place = workplace()
        return place.err if self._stderr else place.out

    def print(self, text: str, *, soft_wrap: bool = False) -> None:
        """A text, in lines as long as the terminal is wide; as long as they are where it is to be found again."""
        self.terminal.print(text, soft_wrap=soft_wrap)

    def show(self, table: Table) -> None:
        """As `Terminal.show`."""
        self.terminal.show(table)

    def working(self, words: str) -> AbstractContextManager[Callable[[str], None]]:
        """As `Terminal.working`."""
        return self.terminal.working(words)


def print_document(document: Document) -> None:
    """One JSON document on the standard output."""
    workplace().write(document_text(document))
