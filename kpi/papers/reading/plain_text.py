"""Plain text as a document: every line that says something is a paragraph."""

from kpi.errors import WorkbookError
from kpi.papers.paper import Paper, PaperPart, Passage
from kpi.papers.reading.headings import heading_by_form
from kpi.papers.reading.paper_error import PaperError
from kpi.workbook.process.child.separated_text import decode


def text_document(data: bytes | str, name: str) -> Paper:
    """
    A text file, in whatever encoding, or a text that was pasted.

    Raises:
        PaperError: It is in no encoding that is known.

    """
    if isinstance(data, bytes):
        try:
            data = decode(data)
        except WorkbookError:
            raise PaperError("文本的编码认不出来；请用 Word 或 WPS 打开，另存为 .docx 再上传。") from None
    lines = [line for line in data.replace("\0", "").splitlines() if line.strip()]
    passages = (Passage(line, PaperPart.BODY, f"{PaperPart.BODY.value}第{at + 1}段", at, heading=heading_by_form(line)) for at, line in enumerate(lines))
    return Paper(name, tuple(passages))
