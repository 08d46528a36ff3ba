"""
A child for each paper: the libraries that read papers are native code, and a file of two kilobytes can make them abort or eat all memory.

It starts in a tenth of a second, which nobody notices who checks a paper, and nothing of one paper can reach another.
"""

import threading
from pathlib import Path

from kpi.errors import cause
from kpi.papers.reading.file_kind import PaperKind
from kpi.papers.reading.paper_error import PaperError
from kpi.workbook.process.worker import LostError, Worker

REFUSED, DOCUMENT, FILE = b"r", b"d", b"f"
"""How an answer begins: a sentence why not, a document as JSON, or the bytes of a file."""

_CHILD = Path(__file__).parent / "child" / "__main__.py"
_START_SECONDS = 60.0  # on a machine that is very busy
_WALL_SECONDS = 30.0
_AT_ONCE = threading.BoundedSemaphore(2)


def ask_child(kind: PaperKind, name: str, data: bytes, marks: bytes = b"") -> tuple[bytes, bytes]:
    """
    What a child answers: how the answer begins, and the rest of it.

    Raises:
        PaperError: The file was too much for it, or no child can be started.

    """
    with _AT_ONCE:
        worker: Worker | None = None
        try:
            worker = Worker(_CHILD)
            worker.start(_START_SECONDS)
        except (OSError, RuntimeError, MemoryError, LostError) as error:  # no process, no thread, no memory, or no Python that works
            if worker:
                worker.end()
            why = cause(error) if isinstance(error, OSError) and error.errno else "启动后没有应答"
            raise PaperError(f"没有读：本机启动不了读取材料的程序（{why}），与文件无关。") from None
        try:
            answer = worker.work((kind.value.encode(), name.encode("utf-8", "replace"), marks, data), _WALL_SECONDS)
        except LostError:
            raise PaperError("文件内容异常，读取时超出了时间或内存的限制；请把要核对的内容复制到新的文档再上传。") from None
        finally:
            worker.end()
    return answer[:1], answer[1:]
