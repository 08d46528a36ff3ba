"""
The frontend's files, compressed once and kept in memory.

The page library serves its scripts uncompressed, 9 MB for a first visit with a chart; compressed they are a quarter.
Their names carry a hash of their content, so a browser may keep them for good.
"""

import gzip
from collections.abc import Iterable
from pathlib import Path
from threading import Lock

import brotli  # type: ignore[import-untyped]  # ships no stubs

_TYPES = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
    ".json": "application/json",
    ".wasm": "application/wasm",
    ".ttf": "font/ttf",
}
_BROTLI_QUALITY = 9  # 11 saves another tenth and takes twenty times as long


class Assets:
    """The files below one directory."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory.resolve()
        self._kept: dict[tuple[str, str], bytes] = {}
        self._lock = Lock()

    def find(self, path: str) -> Path | None:
        """The file of a path relative to the directory; None when there is none, it is outside, or needs no packing."""
        file = (self._directory / path).resolve()
        if file.suffix not in _TYPES or not file.is_relative_to(self._directory) or not file.is_file():
            return None
        return file

    def packed(self, file: Path, encoding: str) -> bytes:
        """The content of a found file in ``br`` or ``gzip``; a second call costs nothing."""
        key = (str(file), encoding)
        if key not in self._kept:
            content = file.read_bytes()
            done = brotli.compress(content, quality=_BROTLI_QUALITY) if encoding == "br" else gzip.compress(content, 6, mtime=0)
            with self._lock:
                self._kept[key] = done
        return self._kept[key]

    def warm(self, paths: Iterable[str]) -> None:
        """Pack the files that every visit asks for, before the first one comes."""
        for path in paths:
            if file := self.find(path):
                self.packed(file, "br")

    @staticmethod
    def media_type(file: Path) -> str:
        """What the browser is told the file is."""
        return _TYPES[file.suffix]


def accepted(header: bytes) -> str | None:
    """The best packing a browser takes, from its Accept-Encoding; None for none of ours."""
    offers = {}
    for part in header.decode("latin-1").lower().split(","):
        name, _, weight = part.strip().partition(";")
        offers[name.strip()] = weight.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return next((name for name in ("br", "gzip") if offers.get(name)), None)
