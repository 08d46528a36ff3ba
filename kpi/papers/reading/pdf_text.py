"""
A PDF as a document, by its letters and their places.

Read by PDFium, which takes the letters that a program meant (ActualText) where others take the shapes that it drew.
"""

from collections.abc import Iterator
from itertools import islice

import pypdfium2
import pypdfium2.raw as pdfium

from kpi.papers.document import Document
from kpi.papers.reading.file_kind import AS_WORD
from kpi.papers.reading.page_passages import PagePassages
from kpi.papers.reading.page_rows import PageRules, PlacedText, page_rows
from kpi.papers.reading.paper_error import PaperError

_MOST_PAGES = 500
_MOST_LETTERS = 1_000_000
_MOST_SHAPES = 5_000  # of a page; a map has more, a table has not
_THIN = 3.0  # points


def pdf_document(data: bytes, name: str) -> Document:
    """
    A PDF.

    Raises:
        PaperError: It is damaged, has a password, too many pages, or no text at all.

    """
    try:
        pages = pypdfium2.PdfDocument(data)
        count = len(pages)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise PaperError("PDF 设置了打开密码；请取消密码、另存后再上传。") from None
        raise PaperError(f"PDF 已损坏或没有传完整，打不开；请重新导出，或上传 Word 文件。") from None
    if count > _MOST_PAGES:
        raise PaperError(f"PDF 有 {count} 页，超过 {_MOST_PAGES} 页的上限；请只保留要核对的部分再上传。")
    passages, letters = PagePassages(name), 0
    for number in range(count):
        try:
            page, rules = list(_letters(pages[number])), _rules(pages[number])
        except pypdfium2.PdfiumError:
            passages.notes.append(f"第{number + 1}页已损坏，没有读。")
            page, rules = [], PageRules()
        letters += len(page)
        if letters > _MOST_LETTERS:
            raise PaperError(f"PDF 的文字过多，超过了能读的上限；请分成几个文件，或{AS_WORD.removeprefix('请')}")
        passages.add(page_rows(page, rules), rules)
    return passages.document()


def _letters(page: pypdfium2.PdfPage) -> Iterator[PlacedText]:
    """The letters of a page and their places, as the page is shown; blanks and line ends that PDFium adds are left out."""
    width, height = page.get_size()
    turned = page.get_rotation()
    text = page.get_textpage()
    for at in range(text.count_chars()):
        code = pdfium.FPDFText_GetUnicode(text.raw, at)
        if code < 0x20 or code in (0xFFFE, 0xFFFF) or 0xD800 <= code < 0xE000 or pdfium.FPDFText_IsGenerated(text.raw, at) == 1:
            continue
        left, bottom, right, top = text.get_charbox(at, loose=True)
        yield PlacedText(chr(code), *_as_shown(turned, left, right, bottom, top, width, height))


def _rules(page: pypdfium2.PdfPage) -> PageRules:
    """The lines that are drawn on a page: thin shapes, and the edges of rectangles."""
    width, height = page.get_size()
    turned = page.get_rotation()
    upright: list[tuple[float, float, float]] = []
    level: list[tuple[float, float, float]] = []
    for shape in islice(page.get_objects(filter=(pdfium.FPDF_PAGEOBJ_PATH,)), _MOST_SHAPES):
        left, bottom, right, top = shape.get_bounds()
        left, right, top, bottom = _as_shown(turned, left, right, bottom, top, width, height)
        if right - left > _THIN:
            level += [(at, left, right) for at in ({top, bottom} if bottom - top > _THIN else {top})]
        if bottom - top > _THIN:
            upright += [(at, top, bottom) for at in ({left, right} if right - left > _THIN else {left})]
    return PageRules(tuple(upright), tuple(level))


def _as_shown(turned: int, left: float, right: float, bottom: float, top: float, width: float, height: float) -> tuple[float, float, float, float]:
    """The edges left, right, top and bottom of a rectangle as the page is shown, the origin at its upper left."""
    match turned:
        case 90:
            return bottom, top, left, right
        case 180:
            return width - right, width - left, bottom, top
        case 270:
            return width - top, width - bottom, height - right, height - left
        case _:
            return left, right, height - top, height - bottom
