"""
A paper of any kind as a document.

Only the kind of the file is decided here; whatever is inside is opened by a child process, text alone excepted.
"""

import json

from kpi.papers.paper import Paper
from kpi.papers.reading.document_wire import from_plain, lettered
from kpi.papers.reading.file_kind import PaperKind, kind_of
from kpi.papers.reading.lost_cells import with_lost_cells
from kpi.papers.reading.paper_error import PaperError
from kpi.papers.reading.paper_process import DOCUMENT, ask_child
from kpi.papers.reading.paper_size import within_size
from kpi.papers.reading.plain_text import text_document


def read_paper(data: bytes, name: str) -> Paper:
    """
    Read a paper.

    Args:
        data: The whole file.
        name: Its name, for messages and as that of the document.

    Raises:
        PaperError: It is no paper, breaks a limit or cannot be read; the message is one Chinese sentence that names the file and what to do.

    """
    try:
        return _read(data, name)
    except PaperError as refused:
        raise PaperError(f"「{name}」：{refused}") from None


def pasted_paper(text: str, name: str = "粘贴的文字") -> Paper:
    """
    Text that somebody pasted, as a document.

    Raises:
        PaperError: It holds no letters, or too many.

    """
    document = lettered(within_size(text_document(text, name)))
    if not document.passages:
        raise PaperError("没有文字；请粘贴要核对的内容。")
    return document


def _read(data: bytes, name: str) -> Paper:
    kind = kind_of(data)
    if kind is PaperKind.TEXT:
        document = within_size(text_document(data, name))
    else:
        old = data if kind is PaperKind.OLD_WORD else b""
        if old:
            from kpi.papers.reading.old_word import as_new_word  # rarely needed

            data, kind = as_new_word(data), PaperKind.WORD
        begins, rest = ask_child(kind, name, data)
        if begins != DOCUMENT:
            raise PaperError(rest.decode())
        document = with_lost_cells(from_plain(json.loads(rest)), old)
    if not any(passage.text.strip() for passage in document.passages):
        raise PaperError("文件里没有文字；请确认内容已保存，再上传。")
    return lettered(document)
