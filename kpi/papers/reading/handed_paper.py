"""A paper as it was handed over: its bytes and its name, or a text that was pasted."""

from kpi.errors import RequestError
from kpi.papers.document import Document
from kpi.papers.reading.paper_error import PaperError
from kpi.papers.reading.plain_text import text_document

PASTED = "粘贴的文字"
_NO_TEXT = {b"PK\x03\x04": "Word 或压缩文件", b"%PDF": "PDF 文件", b"\xd0\xcf\x11\xe0": "旧版 Word 文件", b"{\\rtf": "RTF 文件"}


def handed_document(data: bytes | str, name: str = PASTED) -> Document:
    """
    A paper as a document.

    Raises:
        RequestError: It cannot be read, or says nothing.

    """
    if isinstance(data, bytes) and (kind := next((kind for sign, kind in _NO_TEXT.items() if data.startswith(sign)), None)):
        raise RequestError(f"「{name}」是{kind}，材料核数还读不了；请另存为纯文本 .txt，或把正文复制粘贴到「材料核数」页。")
    try:
        document = text_document(data, name)
    except PaperError as error:
        raise RequestError(f"「{name}」：{error}") from None
    if not document.passages:
        raise RequestError(f"「{name}」里没有文字；请核对是不是这份材料。")
    return document
