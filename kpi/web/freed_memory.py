"""
Freed memory goes back to the operating system.

A page is made of texts of some hundred kilobytes, by a thread of its own for each visit.  The C library of Linux keeps what such a
thread has freed for that thread, and keeps ever larger pieces at all: fifty visits cost it about 45 MB that nobody uses.
"""

import ctypes
import sys
from contextlib import suppress

_TRIM_THRESHOLD, _MMAP_THRESHOLD, _ARENA_MAX = -1, -3, -8  # numbers of its settings, malloc.h
_LARGE = 128 * 1024  # bytes; its own starting value, which stays when it is set
_ARENAS = 2


def give_back() -> None:
    """Let few threads have memory of their own, and return large pieces at once; elsewhere than on Linux with its usual library nothing is done."""
    if sys.platform != "linux":
        return
    with suppress(AttributeError, OSError):  # another C library has no such function
        setting = ctypes.CDLL(None).mallopt
        setting(_ARENA_MAX, _ARENAS)
        setting(_MMAP_THRESHOLD, _LARGE)
        setting(_TRIM_THRESHOLD, _LARGE)
