"""
Comments written into a Word file: at the letters that they are about, in a part of their own, and nothing else is touched.

Where Word allows none (a footnote, a header) a comment stands at the reference of the note, or at the first paragraph.
Source: ISO/IEC 29500-1, 17.13.4 (comments) and 17.3.2.25 (runs).
"""

from collections import defaultdict
from collections.abc import Sequence

from lxml import etree

from kpi.papers.marking.cut_runs import Cut, CutRun
from kpi.papers.marking.mark import Mark, MarkOrder, marks_in_order
from kpi.papers.marking.word_comments import CommentPart
from kpi.papers.reading.paper_error import PaperError
from kpi.papers.reading.word_document import WordPlace, WordReader
from kpi.papers.reading.word_letters import letters_of
from kpi.papers.reading.word_names import PARAGRAPH, RUN, W

_REFERENCES = {f"{W}footnote": f"{W}footnoteReference", f"{W}endnote": f"{W}endnoteReference"}
LetterSpan = tuple[Cut, Cut]  # where the letters of a comment begin, and where they end


def marked_word(data: bytes, order: MarkOrder) -> bytes:
    """
    The file with comments in it.

    Raises:
        PaperError: It cannot be read, or has no place for a comment.

    """
    reader = WordReader(data, "")
    document = reader.document()
    body = reader.roots[reader.package.main]
    spans: list[tuple[LetterSpan | etree._Element, str]] = []
    for mark in marks_in_order(order.marks):
        if mark.passage >= len(reader.places):
            raise PaperError("批注的位置与文件不符；请重新上传文件再核对。")
        place = reader.places[mark.passage]
        span = _span(place, mark) if place.part == reader.package.main else None
        passage = document.passages[mark.passage]
        words = mark.words if span else f"{passage.place}「{passage.text[mark.start : mark.end]}」：{mark.words}"
        spans.append((span or _elsewhere(body, place), words))
    return _written(reader, body, spans, order)


def _span(place: WordPlace, mark: Mark) -> LetterSpan | None:
    """The first and the last letter of a mark; None where no element holds them."""
    at = 0
    covered: list[tuple[Cut, Cut]] = []
    for text, element in place.pieces:
        start, end = max(mark.start - at, 0), min(mark.end - at, len(text))
        if element is not None and start < end:
            covered.append(((element, start), (element, end)))
        at += len(text)
    return (covered[0][0], covered[-1][1]) if covered else None


def _elsewhere(body: etree._Element, place: WordPlace) -> etree._Element:
    """
    The run or paragraph of the body where a comment stands that cannot stand at its letters.

    Raises:
        PaperError: The body has no paragraph.

    """
    tag = _REFERENCES.get(str(place.story.tag))
    for reference in () if tag is None else body.iter(tag):
        if reference.get(f"{W}id") == place.story.get(f"{W}id"):
            return _anchor(reference)
    first = next((paragraph for paragraph in body.iter(PARAGRAPH) if next(letters_of(paragraph), None)), None)
    first = next(body.iter(PARAGRAPH), None) if first is None else first
    if first is None:
        raise PaperError("文件的正文里没有段落，写不进批注；请在页面上看核对意见。")
    return first


def _anchor(element: etree._Element) -> etree._Element:
    """The run that an element stands in, or else the child of a paragraph."""
    while (parent := element.getparent()) is not None and element.tag != RUN and parent.tag != PARAGRAPH:
        element = parent
    return element


def _written(reader: WordReader, body: etree._Element, spans: Sequence[tuple[LetterSpan | etree._Element, str]], order: MarkOrder) -> bytes:
    """The file, once the comments are in the body and in their part."""
    holders = [tuple(_anchor(element) for element, _ in span) if isinstance(span, tuple) else () for span, _ in spans]  # before any is cut
    cuts: dict[etree._Element, list[Cut]] = defaultdict(list)
    for (span, _), runs in zip(spans, holders, strict=True):
        for run, cut in zip(runs, span if isinstance(span, tuple) else (), strict=True):
            cuts[run].append(cut)
    pieces = {run: CutRun(run, places) for run, places in cuts.items() if run.tag == RUN}
    comments = CommentPart(reader.package, order.moment)
    for (span, words), runs in zip(spans, holders, strict=True):
        number = comments.add(words)
        if isinstance(span, tuple):
            (begin, end), (first, last) = span, runs
            first = pieces[first].piece_from(*begin) if first in pieces else first
            last = pieces[last].piece_to(*end) if last in pieces else last
            first.addprevious(_bound("Start", number))
        else:
            last = _around(span, number)
        _behind(last, number)
    return comments.written(body)


def _around(place: etree._Element, number: str) -> etree._Element:
    """The beginning of a comment on a run, or on a whole paragraph; the element behind which it ends."""
    if place.tag != PARAGRAPH:
        place.addprevious(_bound("Start", number))
        return place
    start = _bound("Start", number)
    look = place.find(f"{W}pPr")
    if look is None:
        place.insert(0, start)
    else:
        look.addnext(start)
    return place[-1]


def _behind(last: etree._Element, number: str) -> None:
    """The end of a comment and its reference, behind an element and the ends of comments that are there already."""
    while (after := last.getnext()) is not None and _is_of_comment(after):
        last = after
    end, run = _bound("End", number), etree.Element(RUN)
    etree.SubElement(run, f"{W}commentReference").set(f"{W}id", number)
    last.addnext(end)
    end.addnext(run)


def _is_of_comment(element: etree._Element) -> bool:
    return element.tag == f"{W}commentRangeEnd" or (element.tag == RUN and element.find(f"{W}commentReference") is not None)


def _bound(side: str, number: str) -> etree._Element:
    bound = etree.Element(f"{W}commentRange{side}")
    bound.set(f"{W}id", number)
    return bound
