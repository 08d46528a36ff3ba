"""
One child that opens foreign files, under limits of time and memory.

The parsers are native code, and a file of two kilobytes can make them abort the process or eat all its memory.
"""

import contextlib
import os
import subprocess
import sys
import threading
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, cast

from kpi.workbook.process.serving import CPU_SECONDS, LENGTH, MEMORY, READY, job_frame

_LOOK_EVERY = 0.05
_CHILD = Path(__file__).parent / "child" / "__main__.py"
_LIMITS_ITSELF = os.name == "posix"


class LostError(Exception):
    """The child died or had to be killed."""


class Worker:
    """One child and the pipes to it; it runs a script that serves jobs, the one that reads workbooks unless told."""

    def __init__(self, script: Path | None = None) -> None:
        kept = {name: os.environ[name] for name in ("SYSTEMROOT", "LD_LIBRARY_PATH", "TEMP") if name in os.environ}
        flags = getattr(subprocess, "CREATE_NO_WINDOW", 0) | getattr(subprocess, "BELOW_NORMAL_PRIORITY_CLASS", 0)
        self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and script
            [sys.executable, "-I", str(script or _CHILD)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=kept,
            creationflags=flags,
        )
        self._jobs = cast(BinaryIO, self._process.stdin)
        self._answers = cast(BinaryIO, self._process.stdout)
        self._ready = False

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    def start(self, wall: float) -> None:
        """
        Wait until the child can take a job.

        Raises:
            LostError: It died before, or is not ready within the limits.

        """
        if self._ready:
            return
        with self._watching(wall):
            self._ready = self._answers.read(1) == READY
        if not self._ready:
            raise LostError

    def work(self, fields: Iterable[bytes], wall: float) -> bytes:
        """
        The answer to a job, whose fields are given.

        Raises:
            LostError: There was no answer within the limits.

        """
        with self._watching(wall):
            try:
                for piece in job_frame(fields):
                    self._jobs.write(piece)
                self._jobs.flush()
                head = self._answers.read(LENGTH.size)
                length = LENGTH.unpack(head)[0] if len(head) == LENGTH.size else -1
                answer = self._answers.read(length) if length >= 0 else b""
            except (OSError, ValueError):
                raise LostError from None
        if len(answer) != length:
            raise LostError
        return answer

    @contextlib.contextmanager
    def _watching(self, wall: float) -> Iterator[None]:
        """Let another thread keep the limits meanwhile."""
        done = threading.Event()
        watch = threading.Thread(target=self._watch, args=(done, wall), daemon=True)
        watch.start()
        try:
            yield
        finally:
            done.set()
            watch.join()

    def _watch(self, done: threading.Event, wall: float) -> None:
        """Kill the child when it takes too long, or too much where the system sets no limits."""
        within = done.wait(wall) if _LIMITS_ITSELF else _watched(self._process.pid, done, wall)
        if not within:
            self._process.kill()

    def stop(self) -> None:
        """Kill the child while another thread waits for its answer, which is lost; that thread ends it."""
        self._process.kill()

    def end(self) -> None:
        """Kill the child and release its pipes."""
        self._process.kill()
        for pipe in (self._jobs, self._answers):
            with contextlib.suppress(OSError):  # what was still to be written is of no use to a dead child
                pipe.close()
        self._process.wait()


def _watched(process: int, done: threading.Event, wall: float) -> bool:
    """Whether a process and its children finish within the limits, looked at from outside."""
    import psutil  # needed on Windows only

    def used() -> tuple[int, float]:
        root = psutil.Process(process)  # in a virtual environment the interpreter is a child of its launcher
        family = [root, *root.children(recursive=True)]
        return sum(member.memory_info().rss for member in family), sum(sum(member.cpu_times()[:2]) for member in family)

    try:
        before = used()[1]
        for _ in range(int(wall / _LOOK_EVERY)):
            if done.wait(_LOOK_EVERY):
                return True
            memory, spent = used()
            if memory > MEMORY or spent - before > CPU_SECONDS:
                return False
    except psutil.Error:  # it has died by itself
        return True
    return False
