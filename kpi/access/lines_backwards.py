"""The lines of a file from the last one back, read in blocks: who wants a few of many need not read them all."""

from collections.abc import Iterator
from pathlib import Path

BLOCK = 1 << 16  # bytes


def lines_backwards(path: Path, length: int) -> Iterator[bytes]:
    """
    The lines of the first bytes of a file, the last one first, without their ends.

    Args:
        path: The file.
        length: How many bytes; they end with a line.

    Raises:
        OSError: It cannot be read.
        EOFError: It is shorter, or its bytes do not end with a line.

    """
    if not length:
        return
    with path.open("rb") as file:
        start, later = length, b""  # where what was read begins, and what there belongs to a line that begins before it
        while start:
            size = min(BLOCK, start)
            start -= size
            file.seek(start)
            block = file.read(size)
            if len(block) < size or (start + size == length and not block.endswith(b"\n")):
                raise EOFError(path)
            later, *whole = (block + later).split(b"\n")
            yield from reversed(whole[:-1] if start + size == length else whole)  # behind the end of the last line stands nothing
        yield later
