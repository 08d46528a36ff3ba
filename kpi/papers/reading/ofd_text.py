"""
An OFD as a document (GB/T 33190—2016): a zip of XML, the text of each page as objects at places.

The letters of a TextCode begin at X, Y inside the Boundary of its TextObject, turned and stretched by its CTM; DeltaX says how far each stands from
the one before.
"""

import posixpath
from collections.abc import Iterator

from lxml import etree

from kpi.papers.paper import Paper
from kpi.papers.reading.ofd_numbers import numbers_of
from kpi.papers.reading.ofd_rules import ofd_rules
from kpi.papers.reading.page_passages import PagePassages
from kpi.papers.reading.page_rows import PlacedText, page_rows
from kpi.papers.reading.paper_error import PaperError
from kpi.papers.reading.zipped_parts import ZippedParts

_MOST_PAGES = 500
_MOST_LETTERS = 1_000_000
_SIZE = 4.0  # millimetres, where an object has none
_BROKEN = "OFD 文件不完整，读不出正文；请重新导出，或上传 Word 文件。"


def ofd_document(data: bytes, name: str) -> Paper:
    """
    An OFD.

    Raises:
        PaperError: It is damaged, breaks a limit, or holds no text at all.

    """
    parts = ZippedParts(data)
    pages = list(_pages(parts))
    width = _width(parts)
    if not pages:
        raise PaperError(_BROKEN)
    if len(pages) > _MOST_PAGES:
        raise PaperError(f"OFD 有 {len(pages)} 页，超过 {_MOST_PAGES} 页的上限；请只保留要核对的部分再上传。")
    passages, count = PagePassages(name), 0
    for page in pages:
        letters = [letter for content in page for letter in _letters(content)]
        count += len(letters)
        if count > _MOST_LETTERS:
            raise PaperError("OFD 的文字过多，超过了能读的上限；请分成几个文件再上传。")
        rules = ofd_rules(page)
        passages.add(page_rows(letters, rules), width, rules)
    return passages.document()


def _documents(parts: ZippedParts) -> Iterator[tuple[str, etree._Element]]:
    """The documents of a file, each with its folder."""
    entry = parts.root("OFD.xml")
    for place in () if entry is None else _named(entry, "DocRoot"):
        main = (place.text or "").strip().lstrip("/")
        document = parts.root(main)
        if document is None:
            raise PaperError(_BROKEN)
        yield posixpath.dirname(main), document


def _width(parts: ZippedParts) -> float:
    """The width of the pages, 0 where the file does not say it."""
    boxes = [numbers_of(box.text or "") for _, document in _documents(parts) for box in _named(document, "PhysicalBox")]
    return next((box[2] for box in boxes if len(box) == 4), 0.0)


def _pages(parts: ZippedParts) -> Iterator[list[etree._Element]]:
    """The pages in their order: of each the contents that make it up, its templates first."""
    for folder, document in _documents(parts):
        templates = {each.get("ID", ""): each.get("BaseLoc", "") for each in _named(document, "TemplatePage")}
        for listed in _named(document, "Pages"):
            for page in _named(listed, "Page"):
                content = _part(parts, folder, page.get("BaseLoc", ""))
                if content is None:
                    yield []
                    continue
                behind = [_part(parts, folder, templates.get(each.get("TemplateID", ""), "")) for each in _named(content, "Template")]
                yield [*(each for each in behind if each is not None), content]


def _part(parts: ZippedParts, folder: str, place: str) -> etree._Element | None:
    """A part by its place, which begins at the top of the package or in the folder of the document."""
    if not place:
        return None
    return parts.root(place.lstrip("/") if place.startswith("/") else posixpath.normpath(posixpath.join(folder, place)))


def _named(root: etree._Element, name: str) -> Iterator[etree._Element]:
    """The elements of a name, in whatever namespace a program writes."""
    yield from root.iter(f"{{*}}{name}")


def _letters(content: etree._Element) -> Iterator[PlacedText]:
    """The letters of a page and their places."""
    for item in _named(content, "TextObject"):
        left, top = (*numbers_of(item.get("Boundary", "")), 0.0, 0.0)[:2]
        size = (*numbers_of(item.get("Size", "")), _SIZE)[0] or _SIZE
        matrix = numbers_of(item.get("CTM", ""))
        a, b, c, d, e, f = matrix if len(matrix) == 6 else (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
        height = size * (abs(d) or abs(b) or 1.0)
        for code in _named(item, "TextCode"):
            x, y = (*numbers_of(code.get("X", "")), 0.0)[0], (*numbers_of(code.get("Y", "")), 0.0)[0]
            text = "".join(code.itertext()).strip("\r\n")
            steps = list(_steps(code.get("DeltaX", ""), len(text)))
            downs = list(_steps(code.get("DeltaY", ""), len(text)))
            for at, letter in enumerate(text):
                wide = size if ord(letter) > 0x2E7F else 0.5 * size
                at_x, at_y = left + a * x + c * y + e, top + b * x + d * y + f
                yield PlacedText(letter, at_x, at_x + wide * (abs(a) or 1.0), at_y - height, at_y)
                x += steps[at] if at < len(steps) else wide
                y += downs[at] if at < len(downs) else 0.0


def _steps(text: str, most: int) -> Iterator[float]:
    """The distances of a DeltaX or DeltaY, in which ``g 3 2.5`` stands for 2.5 three times."""
    words = iter(text.replace(",", " ").split())
    left = most
    for word in words:
        times = 1
        if word == "g":
            count, word = next(words, ""), next(words, "")
            times = int(count) if count.isascii() and count.isdigit() else 0
        for _ in range(min(times, left)):
            yield (*numbers_of(word), 0.0)[0]
        left -= min(times, left)
