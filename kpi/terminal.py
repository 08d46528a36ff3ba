"""Where commands print: every text as it stands, whatever a file name or a note holds."""

from typing import Any

from rich.console import Console
from rich.text import Text

from kpi.present.seen import seen


class Terminal(Console):
    """A console to which no text is markup, an emoji or a control sign; tables go through the same door."""

    def __init__(self, *, stderr: bool = False) -> None:
        super().__init__(stderr=stderr, markup=False, emoji=False, highlight=False)

    def render_str(self, text: str, **how: Any) -> Text:
        """A text on its way to the terminal."""
        return super().render_str(seen(text), **how)
