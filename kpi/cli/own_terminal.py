"""The terminal of this process, without anything that takes long to load: its streams, and who sits at it."""

import getpass
import os
import sys
from io import TextIOWrapper

from kpi.setting import ENVIRONMENT

DISK_FULL = "磁盘已满，结果没有写全；请清理写往的磁盘，再运行一次。"
_SETTINGS = ("COLUMNS", "LINES", "TERM", "COLORTERM", "NO_COLOR", "FORCE_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE")
"""What of the environment says how a terminal is written to."""
_STREAMS = (1, 2) if os.name == "nt" else (0, 1, 2)
_DUMB = ("dumb", "unknown")


def accept_every_sign() -> None:
    """Let a terminal that cannot print Chinese print question marks."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")


def user() -> str:
    """Who runs the command, as the operating system knows them."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "命令行"


def settings() -> dict[str, str]:
    """How the terminal is written to: the settings of the environment, and its width where they do not say it."""
    written = {name: ENVIRONMENT[name] for name in _SETTINGS if name in ENVIRONMENT}
    if written.get("TERM", "").lower() in _DUMB:
        return written
    for stream in _STREAMS:
        try:
            columns, lines = os.get_terminal_size(stream)
        except (ValueError, OSError):
            continue
        measured = {"COLUMNS": str(columns), "LINES": str(lines)} if columns and lines else {}
        return {**measured, **written}
    return written
