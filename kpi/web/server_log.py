"""
The log of the server (运行日志): one JSON object a line, in files that are changed before they grow too large.

A line has a time with its zone, a grade, the number of the request, a Chinese message, and what it is about: route or page,
milliseconds, outcome; of a fault its kind and the lines of code.  No figure, no content of a file and nothing of a person
is in it: names of files are masked, of a library's messages only the text is kept that stands in its code.
"""

import json
import logging
import sys
from logging.handlers import RotatingFileHandler
from pathlib import Path

from kpi.errors import cause, trace
from kpi.setting import setting
from kpi.store import clock
from kpi.web import numbered_request
from kpi.web.recent_faults import recent_faults
from kpi.workbook.personal.masking import mask

SETTING, NONE = "KPI_LOG", "none"
FILE = "server.jsonl"
OURS = "kpi"  # the logger of the project; its messages are written for a log
FIELDS = ("route", "page", "method", "status", "duration_ms", "outcome", "fault", "trace")  # attributes of a record
_BYTES, _FILES = 5_000_000, 10
_GRADES = {logging.DEBUG: "细节", logging.INFO: "信息", logging.WARNING: "警告", logging.ERROR: "错误", logging.CRITICAL: "严重"}


def log_folder(data: Path) -> Path | None:
    """
    Where the log of a server lies: ``KPI_LOG``, else ``logs`` of its data folder; None where the setting says ``none``.

    Args:
        data: The data folder.

    """
    chosen = setting(SETTING)
    return None if chosen.lower() == NONE else Path(chosen) if chosen else data / "logs"


def start(folder: Path | None) -> None:
    """
    Write what is logged from here on into a folder, as well as to the terminal; a folder that cannot be written is a line there.

    Args:
        folder: Where the files lie; None for the terminal alone.

    """
    terminal = logging.StreamHandler(sys.stderr)
    terminal.setLevel(logging.WARNING)
    terminal.setFormatter(TerminalLine())
    logging.getLogger(OURS).setLevel(logging.INFO)
    handlers: list[logging.Handler] = [recent_faults]
    if folder:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            handlers.append(_file(folder))
        except OSError as error:
            sys.stderr.write(f"运行日志写不进「{folder}」（{cause(error)}），只在这里显示；请检查这个文件夹，或用环境变量 {SETTING} 另写一个。\n")
    root = logging.getLogger()
    apart = [logger for logger in root.manager.loggerDict.values() if isinstance(logger, logging.Logger) and logger.handlers and not logger.propagate]
    for logger in (root, *apart):  # a library that prints its own lines keeps them from the root
        for handler in handlers:
            logger.addHandler(handler)
    root.addHandler(terminal)


class JsonLine(logging.Formatter):
    """A record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, without its end."""
        line: dict[str, object] = {
            "time": clock.zoned(record.created).isoformat(timespec="milliseconds"),
            "level": _GRADES.get(record.levelno, str(record.levelno)),
            "request": getattr(record, "request", "") or numbered_request.current_number(),
            "message": _message(record).partition("\n")[0],
        }
        line |= {name: getattr(record, name) for name in FIELDS if getattr(record, name, "") != ""}
        if record.exc_info and record.exc_info[1] and "fault" not in line:
            line |= {"fault": type(record.exc_info[1]).__name__, "trace": trace(record.exc_info[1])}
        return json.dumps(line, ensure_ascii=False)


class TerminalLine(logging.Formatter):
    """A record as the terminal shows it: its message, and of a fault the lines of code."""

    def format(self, record: logging.LogRecord) -> str:
        """The line or lines."""
        traced = getattr(record, "trace", "") or (trace(record.exc_info[1]) if record.exc_info and record.exc_info[1] else "")
        message = _message(record)
        if traced and traced in message:
            return message
        plain = "".join(sign if sign.isprintable() else " " for sign in message)  # a name of a file cannot begin a line, nor move the cursor
        return f"{plain}\n{traced}" if traced else plain


class ServerLogFile(RotatingFileHandler):
    """Files that are changed when one is full; a disk that takes nothing stops no page, and is a line on the terminal once."""

    refused = False

    def emit(self, record: logging.LogRecord) -> None:
        """Write a record."""
        before, self.refused = self.refused, False
        super().emit(record)
        if self.refused and not before:
            sys.stderr.write(f"运行日志现在写不进「{self.baseFilename}」，看板照常；请检查磁盘。\n")

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - the name is the library's
        """Note that the last record was not written."""
        self.refused = True


def _file(folder: Path) -> ServerLogFile:
    handler = ServerLogFile(folder / FILE, maxBytes=_BYTES, backupCount=_FILES, encoding="utf-8")
    handler.setFormatter(JsonLine())
    return handler


def _message(record: logging.LogRecord) -> str:
    """What a record says: of ours all of it, of a library the text in its code, for what it puts in may be anything."""
    return mask(record.getMessage()) if record.name.partition(".")[0] == OURS else str(record.msg)
