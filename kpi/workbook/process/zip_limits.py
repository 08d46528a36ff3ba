"""Limits of a zip that somebody hands in, workbook or paper: only its directory is looked at, nothing is unpacked."""

import zipfile
from collections.abc import Sequence
from enum import Enum, auto

MOST_PARTS = 2_000
MOST_UNPACKED = 512 * 2**20  # bytes
LARGEST_PART = 64 * 2**20  # bytes of a part that is read as a tree
_MOST_RATIO = 100
_SMALL_PART = 2**20  # a short part of blanks may well shrink a hundredfold


class ZipFault(Enum):
    """Why a zip is not unpacked."""

    MANY_PARTS = auto()
    LARGE = auto()
    STRANGE_RATIO = auto()
    LOCKED = auto()


def zip_fault(entries: Sequence[zipfile.ZipInfo]) -> ZipFault | None:
    """The limit that the entries of a zip break; None where they keep to all of them."""
    if len(entries) > MOST_PARTS:
        return ZipFault.MANY_PARTS
    if sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        return ZipFault.LARGE
    if any(entry.file_size > _SMALL_PART and entry.file_size > _MOST_RATIO * max(entry.compress_size, 1) for entry in entries):
        return ZipFault.STRANGE_RATIO
    if any(entry.flag_bits & 1 for entry in entries):
        return ZipFault.LOCKED
    return None
