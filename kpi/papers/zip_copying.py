"""A zip copied with some of its parts changed: a Word file or a workbook of which nothing else is touched."""

import io
import zipfile
import zlib
from collections.abc import Mapping

UNREADABLE = (zipfile.BadZipFile, zlib.error, ValueError, OSError, RuntimeError, EOFError, NotImplementedError)
"""What is raised of a zip, or of a part of one, that cannot be read."""


def with_parts(data: bytes, changed: Mapping[str, bytes]) -> bytes:
    """The zip with some parts changed, by name; the others as they are, all in their order and packed as they were."""
    sink = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(sink, "w") as new:
        for entry in old.infolist():
            content = changed.get(entry.filename)
            new.writestr(entry, old.read(entry) if content is None else content)
    return sink.getvalue()
