"""What ``--help`` prints: a page in Chinese; typer's own is English, and its columns stand askew beside Chinese words."""

from collections.abc import Iterable, Iterator, Sequence
from enum import Enum
from typing import Any

import typer.core
from rich.cells import cell_len

_WIDTH = 78  # cells
_WIDEST_NAME = 30  # cells; what has a longer name begins on the next line
_INDENT = "  "
_Row = tuple[str, str]  # a name, and what it is


class HelpedCommand(typer.core.TyperCommand):
    """A command with a Chinese help page."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the page."""
        formatter.write(_page(self, ctx))


class HelpedGroup(typer.core.TyperGroup):
    """A group of commands with a Chinese help page."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the page."""
        formatter.write(_page(self, ctx))


def _page(command: HelpedCommand | HelpedGroup, context: Any) -> str:
    arguments = [each for each in command.params if isinstance(each, typer.core.TyperArgument)]
    options = [each for each in command.params if isinstance(each, typer.core.TyperOption)]
    commands = command.commands if isinstance(command, HelpedGroup) else {}
    usage = [context.command_path, *map(_place, arguments), *(["命令"] if commands else []), "[选项]"]
    sections = {
        "参数": [(_noun(each), _words(each)) for each in arguments],
        "选项": [*((_option(each), _words(each)) for each in options), ("--help", "显示这一页")],
        "命令": [(name, each.help or "") for name, each in commands.items() if not each.hidden],
    }
    lines = [*_folded(f"用法：{' '.join(usage)}", _WIDTH), "", *(_INDENT + line for line in _folded(command.help or "", _WIDTH - len(_INDENT)))]
    for heading, rows in sections.items():
        if rows:
            lines += ["", f"{heading}：", *_columns(rows)]
    return "\n".join(lines)


def _noun(parameter: Any) -> str:
    return str(parameter.metavar or parameter.name)


def _place(argument: Any) -> str:
    """An argument in the line of usage."""
    return _noun(argument) if argument.required else f"[{_noun(argument)}]"


def _option(option: Any) -> str:
    """An option with what is written after it."""
    choices = "|".join(str(each.value) for each in option.type_descriptor.choices or ())
    value = option.metavar or choices or "文字"
    return ", ".join(option.opts) if option.is_flag else f"{', '.join(option.opts)} {value}"


def _words(parameter: Any) -> str:
    """What a parameter is, whether it has to be written, and what holds where it is not."""
    default = parameter.default.value if isinstance(parameter.default, Enum) else parameter.default
    beside = "（必填）" if parameter.required else f"（默认 {default}）" if isinstance(default, str) and default else ""
    return f"{parameter.help or ''}{beside}"


def _columns(rows: Sequence[_Row]) -> Iterator[str]:
    """A line or more for each row, what it is in a column of its own."""
    left = 2 + min(_WIDEST_NAME, max(cell_len(name) for name, _ in rows))
    for name, words in rows:
        folded = _folded(words, _WIDTH - len(_INDENT) - left)
        if cell_len(name) + 2 > left:
            yield _INDENT + name
        else:
            yield f"{_INDENT}{name}{' ' * (left - cell_len(name))}{folded.pop(0)}"
        yield from (f"{_INDENT}{' ' * left}{line}" for line in folded)


def _folded(text: str, width: int) -> list[str]:
    """A text in lines of so many cells, broken between Chinese characters or at a space."""
    return list(_lines(_pieces(text), width)) or [""]


def _lines(pieces: Iterable[str], width: int) -> Iterator[str]:
    line = ""
    for piece in pieces:
        if cell_len(line) + cell_len(piece.rstrip()) > width and line:
            yield line.rstrip()
            line = ""
        line += piece if line else piece.lstrip()
    if line.strip():
        yield line.rstrip()


def _pieces(text: str) -> Iterator[str]:
    """What is not torn apart: a word of narrow signs with the space behind it, or a wide sign with the punctuation behind it."""
    piece = ""
    for sign in text:
        if piece and (piece[-1] == " " or cell_len(sign) == 2 or cell_len(piece[-1]) == 2) and sign not in "，。；：、）」 ":
            yield piece
            piece = ""
        piece += sign
    yield piece
