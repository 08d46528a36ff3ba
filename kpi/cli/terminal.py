"""A terminal: every text as it stands, whatever a file name or a note holds."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import IO, Any

from rich.cells import cell_len
from rich.console import Console
from rich.live import Live
from rich.spinner import Spinner
from rich.table import Table
from rich.text import Text

from kpi.present.seen_text import seen

_NARROWEST = 10  # cells of a terminal, to which a column may be folded and still be read
_FRAME = 3  # beside each column


class Terminal(Console):
    """A console to which no text is markup, an emoji or a control sign; tables go through the same door."""

    def __init__(self, *, stderr: bool = False, file: IO[str] | None = None, settings: Mapping[str, str] | None = None) -> None:
        """
        A terminal.

        Args:
            stderr: It is the standard error of this process, and not its standard output.
            file: What is written to instead of either.
            settings: What is known of it instead of the environment of this process.

        """
        super().__init__(stderr=stderr, file=file, markup=False, emoji=False, highlight=False, _environ=settings)

    def render_str(self, text: str, **how: Any) -> Text:
        """A text on its way to the terminal."""
        return super().render_str(seen(text), **how)

    def show(self, table: Table) -> None:
        """A table of texts; a row a line, each cell after the head of its column, where the terminal is too narrow for its columns."""
        heads, columns = [str(column.header) for column in table.columns], [[str(cell) for cell in column.cells] for column in table.columns]
        widths = [min(_NARROWEST, max(map(cell_len, [head, *cells]))) for head, cells in zip(heads, columns, strict=True)]
        if sum(widths) + _FRAME * len(widths) + 1 <= self.width:
            self.print(table)
            return
        self.print(str(table.title), soft_wrap=True)
        for row in zip(*columns, strict=True):
            self.print("；".join(f"{head}：{cell}" for head, cell in zip(heads, row, strict=True) if cell), soft_wrap=True)

    @contextmanager
    def working(self, words: str) -> Iterator[Callable[[str], None]]:
        """Show at a keyboard what is being done; what is given within changes the words."""
        spinner = Spinner("dots", words)
        with Live(spinner, console=self, refresh_per_second=12.5, transient=True, redirect_stdout=False, redirect_stderr=False):
            yield lambda text: spinner.update(text=text)
