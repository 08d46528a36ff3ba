"""The memory of this process (内存), as the operating system counts it."""

import os
import sys
from pathlib import Path

_STATM = Path("/proc/self/statm")  # pages: all, resident, …


def resident_bytes() -> int | None:
    """How many bytes of it lie in memory; None where the system does not tell."""
    if sys.platform == "win32":
        import psutil  # there it is needed for the children as well

        return int(psutil.Process().memory_info().rss)
    try:
        return int(_STATM.read_text("ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, IndexError):
        return None
