"""
A PDF as a document, by its letters and their places.

Read by PDFium, which takes the letters that a program meant (ActualText) where others take the shapes that it drew.
"""

from collections.abc import Iterator
from ctypes import byref, c_float
from itertools import islice

import pypdfium2
import pypdfium2.raw as pdfium

from kpi.papers.paper import Paper
from kpi.papers.reading.file_kind import AS_WORD
from kpi.papers.reading.page_passages import PagePassages
from kpi.papers.reading.page_rows import NO_RULES, PageRules, PlacedText, page_rows
from kpi.papers.reading.paper_error import PaperError

_MOST_PAGES = 500
_MOST_LETTERS = 1_000_000
_MOST_SHAPES = 5_000  # of a page; a map has more, a table has not
_THIN = 3.0  # points


def pdf_document(data: bytes, name: str) -> Paper:
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
        raise PaperError("PDF 已损坏或没有传完整，打不开；请重新导出，或上传 Word 文件。") from None
    if count > _MOST_PAGES:
        raise PaperError(f"PDF 有 {count} 页，超过 {_MOST_PAGES} 页的上限；请只保留要核对的部分再上传。")
    passages, letters = PagePassages(name), 0
    for number in range(count):
        try:
            opened = pages[number]
            page, rules, width = list(_letters(opened)), _rules(opened), opened.get_width()
        except pypdfium2.PdfiumError:
            passages.notes.append(f"第{number + 1}页已损坏，没有读。")
            page, rules, width = [], NO_RULES, 0.0
        letters += len(page)
        if letters > _MOST_LETTERS:
            raise PaperError(f"PDF 的文字过多，超过了能读的上限；请分成几个文件，或{AS_WORD.removeprefix('请')}")
        passages.add(page_rows(page, rules), width, rules)
    return passages.document()


def _letters(page: pypdfium2.PdfPage) -> Iterator[PlacedText]:
    """The letters of a page and their places, as the page is shown; blanks and line ends that PDFium adds are left out."""
    width, height = page.get_size()
    turned = page.get_rotation()
    text = page.get_textpage()
    box = pdfium.FS_RECTF()
    for at in range(text.count_chars()):
        code = pdfium.FPDFText_GetUnicode(text.raw, at)
        if code < 0x20 or code in (0xFFFE, 0xFFFF) or 0xD800 <= code < 0xE000 or pdfium.FPDFText_IsGenerated(text.raw, at) == 1:
            continue
        if pdfium.FPDFText_GetLooseCharBox(text.raw, at, box):
            yield PlacedText(chr(code), *_as_shown(turned, box.left, box.right, box.bottom, box.top, width, height))


def _rules(page: pypdfium2.PdfPage) -> PageRules:
    """The lines that are drawn on a page: thin shapes, and the edges of rectangles; those inside of a picture are none of its text."""
    width, height = page.get_size()
    turned = page.get_rotation()
    upright: list[tuple[float, float, float]] = []
    level: list[tuple[float, float, float]] = []
    for left, right, bottom, top in islice(_shapes(page), _MOST_SHAPES):
        left, right, top, bottom = _as_shown(turned, left, right, bottom, top, width, height)
        if right - left > _THIN:
            level += [(at, left, right) for at in ({top, bottom} if bottom - top > _THIN else {top})]
        if bottom - top > _THIN:
            upright += [(at, top, bottom) for at in ({left, right} if right - left > _THIN else {left})]
    return PageRules(tuple(upright), tuple(level))


def _shapes(page: pypdfium2.PdfPage) -> Iterator[tuple[float, float, float, float]]:
    """The edges left, right, bottom and top of each shape of a page."""
    edges = [c_float() for _ in range(4)]
    for at in range(pdfium.FPDFPage_CountObjects(page.raw)):
        shape = pdfium.FPDFPage_GetObject(page.raw, at)
        if pdfium.FPDFPageObj_GetType(shape) == pdfium.FPDF_PAGEOBJ_PATH and pdfium.FPDFPageObj_GetBounds(shape, *map(byref, edges)):
            left, bottom, right, top = (edge.value for edge in edges)
            yield left, right, bottom, top


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
