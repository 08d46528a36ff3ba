"""
A process stopped before every system call that changes the disk, and its data folder copied each time.

What the copy holds is what ``kill -9`` leaves at that instant, the engine's own writes included.  Every thread is stopped at
each of its calls, so while a copy is made none of them begins to write.
"""

import ctypes
import os
import platform
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from time import time_ns

POSSIBLE = sys.platform == "linux" and platform.machine() == "x86_64"
_CALLS = {
    1: "write", 2: "open", 18: "pwrite64", 20: "writev", 74: "fsync", 75: "fdatasync", 76: "truncate", 77: "ftruncate", 82: "rename", 83: "mkdir",
    84: "rmdir", 86: "link", 87: "unlink", 257: "openat", 263: "unlinkat", 264: "renameat", 265: "linkat", 285: "fallocate", 296: "pwritev", 316: "renameat2",
}  # fmt: skip  # numbers on x86_64
_KILL = 62
_SYSCALL, _GET_REGISTERS, _SET_OPTIONS = 24, 12, 0x4200
_MARK_SYSCALLS, _FOLLOW_THREADS, _KILL_ON_EXIT = 0x1, 0x8, 0x100000
_NUMBER, _RESULT = 15, 10  # registers orig_rax and rax
_ENTERING = -38  # what rax holds before a call is made
_ALL_CHILDREN = 0x40000000
_TICK = 50_000_000  # nanoseconds; longer than any file system takes for its clock to go on


@dataclass(frozen=True)
class Instant:
    """The folder before a call; those that are the same as the one before are left out."""

    call: str
    folder: Path
    answered: bool  # the sender was told that all is stored


def instants(folder: Path, into: Path, module: str, *arguments: str) -> list[Instant]:
    """Run a module that does something in a folder, step by step; the folder as it was before each step, and at the end."""
    command = [sys.executable, "-m", module, str(folder), *arguments]
    process = subprocess.Popen(command, cwd=Path(__file__).parents[2], start_new_session=True)  # so that its threads can be waited for as a group
    found: list[Instant] = []
    last, digest = "", FolderDigest(folder)
    for call, answered in _calls(process.pid):
        state = digest()
        if state != last:
            found.append(Instant(call, Path(shutil.copytree(folder, into / f"{len(found):04d}")), answered))
            last = state
    process.returncode = 0
    return found


def _calls(pid: int) -> Iterator[tuple[str, bool]]:
    """Each call that may change the disk, before it is made, and whether the sender was answered; "end" at last."""
    trace = ctypes.CDLL(None, use_errno=True).ptrace
    trace.argtypes, trace.restype = [ctypes.c_long] * 4, ctypes.c_long
    registers = (ctypes.c_longlong * 27)()
    os.waitpid(pid, _ALL_CHILDREN)
    trace(_SET_OPTIONS, pid, 0, _MARK_SYSCALLS | _FOLLOW_THREADS | _KILL_ON_EXIT)
    answered, known = False, {pid}
    trace(_SYSCALL, pid, 0, 0)
    while True:
        thread, status = os.waitpid(-pid, _ALL_CHILDREN)
        if not os.WIFSTOPPED(status):
            if thread != pid:
                continue
            assert os.waitstatus_to_exitcode(status) == 0, status
            yield "end", answered
            return
        signalled, passed = os.WSTOPSIG(status), 0
        if signalled == signal.SIGTRAP | 0x80:
            trace(_GET_REGISTERS, thread, 0, ctypes.addressof(registers))
            if registers[_RESULT] == _ENTERING:
                answered |= registers[_NUMBER] == _KILL
                if registers[_NUMBER] in _CALLS:
                    yield _CALLS[registers[_NUMBER]], answered
        elif thread in known and not status >> 16:  # neither the first stop of a thread nor the word that there is one
            passed = signalled
        known.add(thread)
        trace(_SYSCALL, thread, 0, passed)


class FolderDigest:
    """
    The digest of everything in a folder, asked for again and again.

    A file whose times, size and number are as before is not read again, unless it was written to so lately that a second write
    could have the same time.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._known: dict[Path, tuple[tuple[int, ...], bytes]] = {}

    def __call__(self) -> str:
        whole = sha256()
        for path in sorted(self._folder.rglob("*")):
            whole.update(path.relative_to(self._folder).as_posix().encode() + b"\0")
            if path.is_file():
                whole.update(self._of(path))
        return whole.hexdigest()

    def _of(self, path: Path) -> bytes:
        state = path.stat()
        sign = state.st_ino, state.st_size, state.st_mtime_ns, state.st_ctime_ns
        known, digest = self._known.get(path, ((), b""))
        if known != sign:
            digest = sha256(path.read_bytes()).digest()
            if time_ns() - state.st_ctime_ns > _TICK:
                self._known[path] = sign, digest
        return digest
