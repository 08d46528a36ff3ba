"""
A stop on request (停止): the first SIGTERM or Ctrl-C ends what is open within some seconds, and the process ends as one that did its work.

The server waits for every connection without an end, and dies of the signal afterwards; a service manager takes that for a
crash.  So it is told to stop as it tells itself, but with a limit, and without the signal.
"""

import signal
from collections.abc import Callable
from types import FrameType
from typing import Any

GRACE_SECONDS = 5  # for answers that are being sent
SENTENCE = "看板已经停止：正在入库的已经做完，没有读完的文件留在暂存里，数据已经关好。"
_SIGNALS = ("SIGTERM", "SIGINT", "SIGBREAK")  # the last one is Ctrl+Break of Windows


def stop_on_request() -> None:
    """Let the server that is starting stop in good order; under another server nothing is done."""
    for name in _SIGNALS:
        number = getattr(signal, name, None)
        handler = signal.getsignal(number) if number is not None else None
        server = getattr(handler, "__self__", None)  # the server's own method
        if number is None or not callable(handler) or not hasattr(server, "should_exit") or not hasattr(server, "config"):
            continue
        signal.signal(number, _handler(server))


def _handler(server: Any) -> Callable[[int, FrameType | None], None]:
    """What is done with a signal: the first one asks for a stop, the next one does not wait for anything that is still open."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        if server.should_exit:
            server.force_exit = True
            return
        server.config.timeout_graceful_shutdown = GRACE_SECONDS
        server.should_exit = True

    return stop
