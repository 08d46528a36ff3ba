"""A zip copied with some of its parts changed: a Word file or a workbook of which nothing else is touched."""

import io
import zipfile
import zlib
from collections.abc import Mapping

from kpi.papers.reading.paper_error import PaperError
from kpi.workbook.process.sniffing import plain_name

UNREADABLE = (zipfile.BadZipFile, zlib.error, ValueError, OSError, RuntimeError, EOFError, NotImplementedError)
"""What is raised of a zip, or of a part of one, that cannot be read."""


def with_parts(data: bytes, changed: Mapping[str, bytes]) -> bytes:
    """
    The zip with some parts changed or added, by name; the others as they are, all in their order.

    Of a name that stands in it twice the last part counts, as whoever opens it takes it.

    Raises:
        PaperError: A part cannot be read.

    """
    new = {plain_name(name): (name, content) for name, content in changed.items()}
    sink = io.BytesIO()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as made:
            entries = {plain_name(entry.filename): entry for entry in old.infolist()}
            for entry in old.infolist():
                name = plain_name(entry.filename)
                if entries[name] is entry:
                    _, content = new.pop(name, ("", None))
                    made.writestr(_copied(entry), old.read(entry) if content is None else content)
            for name, content in new.values():
                made.writestr(name, content)
    except UNREADABLE:
        raise PaperError("文件里有读不出的部分，可能已损坏；请打开它，另存一份再试。") from None
    return sink.getvalue()


def _copied(entry: zipfile.ZipInfo) -> zipfile.ZipInfo:
    """What the directory says of a part, without where it stood; packed as every program reads it."""
    copied = zipfile.ZipInfo(entry.filename, entry.date_time)
    copied.compress_type = zipfile.ZIP_STORED if entry.compress_type == zipfile.ZIP_STORED else zipfile.ZIP_DEFLATED
    copied.external_attr, copied.comment = entry.external_attr, entry.comment
    return copied
