"""Freed memory goes back to the operating system."""

import subprocess
import sys

import pytest

_TRIAL = """
import psutil
from kpi.web import freed_memory
{first}
warm = bytearray(b"x" * 200_000)
del warm  # from here on the C library keeps pieces of this size at hand
texts = [bytearray(b"x" * 150_000) for _ in range(800)]
texts = texts[::20]
print(psutil.Process().memory_info().rss)
"""


def _resident(first: str) -> int:
    done = subprocess.run([sys.executable, "-c", _TRIAL.format(first=first)], capture_output=True, check=True, text=True)
    return int(done.stdout)


@pytest.mark.skipif(sys.platform != "linux", reason="a setting of the C library of Linux")
def test_large_texts_that_are_freed_are_returned_though_some_between_them_stay() -> None:
    """Of 800 texts of 150 kB every twentieth stays: 6 MB are needed, and 114 MB between them can be kept or returned."""
    assert _resident("freed_memory.give_back()") < 60e6
    assert _resident("") > 100e6
