"""
One child that parses workbooks, under limits of time and memory.

The parsers are native code, and a file of two kilobytes can make them abort the process or eat all its memory.
"""

import contextlib
import os
import struct
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO, cast

from kpi.workbook.ledgers.ledger_sheet import Blocks
from kpi.workbook.process.sniffing import Kind
from kpi.workbook.process.wire import unpack

_MEMORY = 2**30
_CPU_SECONDS = 20.0
_LOOK_EVERY = 0.05
_CHILD = Path(__file__).parent / "child" / "__main__.py"
_LIMITS_ITSELF = os.name == "posix"
_JOB = struct.Struct("<I4sHI")
_READY = b"\x06"


class LostError(Exception):
    """The child died or had to be killed."""


class Worker:
    """One child and the pipes to it."""

    def __init__(self) -> None:
        kept = {name: os.environ[name] for name in ("SYSTEMROOT", "LD_LIBRARY_PATH", "TEMP") if name in os.environ}
        flags = getattr(subprocess, "CREATE_NO_WINDOW", 0) | getattr(subprocess, "BELOW_NORMAL_PRIORITY_CLASS", 0)
        self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and script
            [sys.executable, "-I", str(_CHILD)],
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
            self._ready = self._answers.read(1) == _READY
        if not self._ready:
            raise LostError

    def work(self, data: bytes, kind: Kind, secret: bytes, layouts: bytes, wall: float) -> tuple[dict[str, Any], Blocks]:
        """
        Do one job.

        Raises:
            LostError: There was no answer within the limits.

        """
        with self._watching(wall):
            try:
                self._jobs.write(_JOB.pack(len(data), kind.value.ljust(4).encode(), len(secret), len(layouts)) + secret + layouts)
                self._jobs.write(data)
                self._jobs.flush()
                length = struct.unpack("<I", self._answers.read(4))[0]
                answer = self._answers.read(length)
                if len(answer) < length:
                    raise LostError
                return unpack(answer)
            except (OSError, ValueError, struct.error):
                raise LostError from None

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
            if memory > _MEMORY or spent - before > _CPU_SECONDS:
                return False
    except psutil.Error:  # it has died by itself
        return True
    return False
