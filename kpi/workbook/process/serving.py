"""
What every process that opens foreign files does: it lays limits on itself and answers jobs, each a frame on stdin and stdout.

A job is a few fields: how many, the length of each, and then they themselves.  An answer is its length and its bytes.
"""

import gc
import os
import struct
from collections.abc import Callable, Iterable, Iterator
from typing import Any, BinaryIO

MEMORY = 2**30
CPU_SECONDS = 20
NICENESS = 5  # the pages come first
READY = b"\x06"  # sent once, before the first job: what dies before it dies of the machine, not of a file
LENGTH = struct.Struct("<I")


def job_frame(fields: Iterable[bytes]) -> Iterator[bytes]:
    """The pieces of a job."""
    listed = list(fields)
    yield struct.pack(f"<B{len(listed)}I", len(listed), *map(len, listed))
    yield from listed


def next_job(source: BinaryIO) -> list[bytes] | None:
    """The fields of the next job; None where there is none any more."""
    if not (count := source.read(1)):
        return None
    lengths = source.read(LENGTH.size * count[0])
    if len(lengths) < LENGTH.size * count[0]:
        return None
    return [source.read(length) for length in struct.unpack(f"<{count[0]}I", lengths)]


def limit_process() -> Any:
    """Lay limits on this process where the system has them; the module that can, or None."""
    try:
        import resource
    except ImportError:  # Windows: the parent watches from outside
        return None
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.nice(NICENESS)
    return resource


def _allow_cpu(resource: Any) -> None:
    """Give the next job its own CPU seconds: the system counts over the life of the process."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    spent = int(usage.ru_utime + usage.ru_stime) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (spent + CPU_SECONDS, resource.getrlimit(resource.RLIMIT_CPU)[1]))


def serve(source: BinaryIO, sink: BinaryIO, answer: Callable[..., Iterable[bytes]], prepare: Callable[[], object] = lambda: None) -> None:
    """
    Answer jobs until stdin closes.

    Args:
        source: Where jobs come from.
        sink: Where answers go to.
        answer: The pieces of the answer to a job, whose fields it is given.
        prepare: What is done while nobody waits yet.

    """
    resource = limit_process()
    sink.write(READY)
    sink.flush()
    prepare()
    while (fields := next_job(source)) is not None:
        if resource:
            _allow_cpu(resource)
        gc.disable()  # millions of cells, none of which refers to another
        pieces = list(answer(*fields))
        sink.write(LENGTH.pack(sum(map(len, pieces))))
        sink.writelines(pieces)
        sink.flush()
        del pieces, fields
        gc.enable()
