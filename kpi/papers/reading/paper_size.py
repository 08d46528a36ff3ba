"""How much a paper may say: who checks it looks at every figure beside others, and the server has more to do."""

from kpi.papers.paper import Paper
from kpi.papers.reading.paper_error import PaperError

MOST_LETTERS = 200_000  # three hundred pages
MOST_PASSAGES = 20_000


def within_size(document: Paper) -> Paper:
    """
    The document, where it is no book.

    Raises:
        PaperError: It has too many letters, paragraphs or cells.

    """
    letters = sum(len(passage.text) for passage in document.passages)
    if letters > MOST_LETTERS:
        raise PaperError(f"全文有 {letters:,} 个字，超过 {MOST_LETTERS:,} 字的上限；请分成几个文件再上传。")
    if len(document.passages) > MOST_PASSAGES:
        raise PaperError(f"全文有 {len(document.passages):,} 个段落和单元格，超过 {MOST_PASSAGES:,} 个的上限；请分成几个文件再上传。")
    return document
