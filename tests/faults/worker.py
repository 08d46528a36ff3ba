"""A process that opens damaged folders, so that an engine that falls over takes nobody with it."""

import logging
from collections.abc import Callable
from multiprocessing import get_context
from multiprocessing.connection import Connection
from types import TracebackType
from typing import Any, Self

from tests.faults.served import Opening

_PATIENCE = 120  # seconds


class Worker:
    """Calls functions of modules in a process of its own, which is started again when it dies."""

    def __init__(self) -> None:
        self._context = get_context("forkserver")
        self._context.set_forkserver_preload(["pandas", "pyarrow.parquet", "tests.faults.served"])
        self._start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._stop()

    def ask(self, function: Callable[..., Any], *arguments: Any, **options: Any) -> Any:
        """What the function returns; an `Opening` with a traceback when the process died of it or never answered."""
        self._mine.send((function, arguments, options))
        try:
            if self._mine.poll(_PATIENCE):
                return self._mine.recv()
            words = f"no answer within {_PATIENCE} s"
        except EOFError:
            self._process.join()
            words = f"the process died, exit code {self._process.exitcode}"
        self._stop()
        self._start()
        return Opening(traceback=words)

    def _start(self) -> None:
        self._mine, other = self._context.Pipe()
        self._process = self._context.Process(target=_work, args=(other,), daemon=False)
        self._process.start()
        other.close()

    def _stop(self) -> None:
        self._mine.close()
        self._process.join(5)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()


def _work(asked: Connection) -> None:
    logging.disable()  # what the store logs it says in its notices as well
    while True:
        try:
            function, arguments, options = asked.recv()
        except EOFError:
            return
        asked.send(function(*arguments, **options))
