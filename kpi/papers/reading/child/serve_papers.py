"""Jobs in, answers out: papers and what they say, or a paper with comments in it."""

import json
from collections.abc import Iterable

from kpi.papers.paper import Paper
from kpi.papers.reading.document_wire import to_plain
from kpi.papers.reading.file_kind import PaperKind
from kpi.papers.reading.paper_error import PaperError
from kpi.papers.reading.paper_process import DOCUMENT, FILE, REFUSED
from kpi.papers.reading.paper_size import within_size

_TOO_LARGE = "内容太多，读取时超出了内存的限制；请分成几个文件再上传。"
_UNREADABLE = "文件内容异常，读不出来；请在 Word 或 WPS 中打开，把内容复制到新的文档再上传。"


def answer_job(kind: bytes, name: bytes, marks: bytes, data: bytes) -> Iterable[bytes]:
    """
    The answer to a job.

    Args:
        kind: The kind of the file.
        name: Its name.
        marks: Nothing where it is to be read; else the comments to write into it, as JSON.
        data: The whole file.

    """
    try:
        if marks:
            from kpi.papers.marking.mark import from_bytes
            from kpi.papers.marking.word_marking import marked_word

            return [FILE, marked_word(data, from_bytes(marks))]
        document = within_size(_read(data, PaperKind(kind.decode()), name.decode()))
        return [DOCUMENT, json.dumps(to_plain(document), ensure_ascii=False).encode("utf-8", "replace")]
    except PaperError as refused:
        return [REFUSED, str(refused).encode()]
    except MemoryError:
        return [REFUSED, _TOO_LARGE.encode()]
    except Exception:
        return [REFUSED, _UNREADABLE.encode()]


def _read(data: bytes, kind: PaperKind, name: str) -> Paper:
    """A file as a document; each library is loaded where its kind of file comes."""
    match kind:
        case PaperKind.PDF:
            from kpi.papers.reading.pdf_text import pdf_document

            return pdf_document(data, name)
        case PaperKind.OFD:
            from kpi.papers.reading.ofd_text import ofd_document

            return ofd_document(data, name)
        case PaperKind.WORD:
            from kpi.papers.reading.word_document import WordReader

            return WordReader(data, name).document()
        case _:
            raise ValueError(kind)
