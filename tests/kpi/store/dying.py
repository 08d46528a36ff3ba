"""A process that the power leaves: it works on a store of its own and is killed at a chosen step on the disk."""

import itertools
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from traceback import format_exc
from typing import Any

from kpi.store.database import Store
from tests.kpi.store.reports import catalog_of

Work = Callable[[Store], Iterator[Any]]
AFTER_ALL = 0


def killed(work: Work, folder: Path, step: int) -> list[Any]:
    """
    Let another process work on a store and kill it.

    It is forked from a server that has imported everything and opened nothing: an open engine would not survive a fork.

    Args:
        work: A function of a module.  It may prepare until its first ``yield``; from there the steps count, and whatever
            else it yields is acknowledged.
        folder: The data folder.
        step: The step that is begun and never taken, from 1; ``AFTER_ALL`` lets it finish.

    Returns:
        What was acknowledged.

    """
    context = get_context("forkserver")
    context.set_forkserver_preload(["pandas", "pyarrow.parquet", "pytest", __name__])  # the engine imports the first two late
    heard, said = context.Pipe(duplex=False)
    process = context.Process(target=_work_until, args=(step, work, folder, said))
    process.start()
    said.close()
    told = list(_until_the_end(heard))
    process.join()
    assert process.exitcode == -signal.SIGKILL, told
    assert (told[-1:] == [AFTER_ALL]) == (step == AFTER_ALL), "there is no such step"
    return told[:-1] if step == AFTER_ALL else told


def _until_the_end(heard: Connection) -> Iterator[Any]:
    with heard, suppress(EOFError):
        while True:
            yield heard.recv()


def _work_until(fatal: int, work: Work, folder: Path, said: Connection) -> None:
    steps = itertools.count(1)

    def dying(call: Callable[..., Any]) -> Callable[..., Any]:
        def step(*arguments: Any, **options: Any) -> Any:
            if next(steps) == fatal:
                os.kill(os.getpid(), signal.SIGKILL)
            return call(*arguments, **options)

        return step

    try:
        store = Store.open(folder, catalog_of())  # held to the end: let go, it would be closed
        working = work(store)
        next(working)
        os.fsync, os.link, os.mkdir = dying(os.fsync), dying(os.link), dying(os.mkdir)
        Path.replace, Path.unlink = dying(Path.replace), dying(Path.unlink)
        Store._apply = dying(Store._apply)
        for acknowledged in working:
            said.send(acknowledged)
    except Exception:
        said.send(format_exc())
        raise
    said.send(AFTER_ALL)
    os.kill(os.getpid(), signal.SIGKILL)
