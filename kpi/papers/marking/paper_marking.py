"""A Word file with comments in it, made by the process that opens papers."""

from collections.abc import Sequence
from datetime import datetime

from kpi.papers.marking.mark import Mark, MarkOrder, to_bytes
from kpi.papers.reading.file_kind import PaperKind, kind_of
from kpi.papers.reading.paper_error import PaperError
from kpi.papers.reading.paper_process import FILE, ask_child


def mark_paper(data: bytes, name: str, marks: Sequence[Mark], moment: datetime) -> bytes:
    """
    Write comments into a Word file.

    Args:
        data: The whole file; one of old Word comes back as a .docx.
        name: Its name, for messages.
        marks: The comments, by the passages that `read_paper` gives of the same file.
        moment: The local time that they carry; without a zone.

    Returns:
        The file with the comments in it, every other part of it byte by byte as it was.

    Raises:
        PaperError: It is no Word file, or cannot be read.

    """
    try:
        kind = kind_of(data)
        if kind is PaperKind.OLD_WORD:
            from kpi.papers.reading.old_word import as_new_word  # rarely needed

            data, kind = as_new_word(data), PaperKind.WORD
        if kind is not PaperKind.WORD:
            raise PaperError("只有 Word 文件能带着批注下载；请在页面上看核对意见。")
        order = MarkOrder(f"{moment:%Y-%m-%dT%H:%M:%S}Z", tuple(marks))  # Word writes the local time with a Z and shows it as it is
        begins, rest = ask_child(kind, name, data, to_bytes(order))
        if begins != FILE:
            raise PaperError(rest.decode())
    except PaperError as refused:
        raise PaperError(f"「{name}」：{refused}") from None
    return rest
