"""
A paper that comes back, against what it said when it was issued: which of its figures were edited since.

Paragraphs are found again by their letters, figures by the letters round them; so it does not matter in which form an edit stands in the file, nor
that paragraphs were moved, taken out or added.  What stands as it was issued is right by its origin: the store had it, and arithmetic that takes it
for something else is no finding.  Relations of the catalogue that the sheets themselves break remain.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from kpi.catalog.model import Catalog
from kpi.papers.checking.figure_faces import face_of_span
from kpi.papers.checking.measure_matching import MeasureMatch
from kpi.papers.checking.paper_finding import Grade, PaperFinding
from kpi.papers.figures.text_figure import TextFigure
from kpi.papers.issued_paper import IssuedFigure, IssuedParagraph
from kpi.papers.paper import Paper
from kpi.period import Span

_ALIKE = 0.6  # of two paragraphs that are one and the same, edited
_NUMERALS = re.compile(r"[0-9０-９]+(?:[.．,，][0-9０-９]+)*|[*＊]+")
_VALUE = "value"


@dataclass(frozen=True, slots=True)
class IssuedComparison:
    """
    The figures of a text against those that were issued.

    Attributes:
        codes: The measure or indicator of the figures whose place was found again, where they print the value of one.
        unchanged: The figures that stand as they were issued.
        edited: The figures that do not, each with what was issued in its place.
        figures: All figures of the text.
        span: How many months the issued figures are of.

    """

    codes: Mapping[int, str] = field(default_factory=dict)
    unchanged: frozenset[int] = frozenset()
    edited: Mapping[int, tuple[str, IssuedFigure | None]] = field(default_factory=dict)
    figures: tuple[TextFigure, ...] = ()
    span: Span = Span.YTD

    def over(self, matches: Sequence[MeasureMatch], catalog: Catalog) -> tuple[MeasureMatch, ...]:
        """The matches of a text, those that its places tell instead of those found by name."""
        known = {index: code for index, code in self.codes.items() if code in catalog.indicators or code in catalog.measures}
        settled = set(self.unchanged) | set(self.edited)
        taken = set(known.values())
        others = [match for match in matches if match.figure not in settled and match.measure not in taken]
        first: dict[str, int] = {}
        for index, code in sorted(known.items()):
            first.setdefault(code, index)
        own = (MeasureMatch(index, code, 1.0, face_of_span(self.span)) for code, index in first.items())
        return tuple(sorted([*others, *own], key=lambda match: match.figure))

    def among(self, findings: Sequence[PaperFinding], catalog: Catalog) -> Iterator[PaperFinding]:
        """The findings of a text, those that rest on edited figures told once, as what they are."""
        for finding in findings:
            of_the_sheets = finding.relation is not None and not any(index in self.edited for index in finding.figures)
            if of_the_sheets or (not any(index in self.edited for index in finding.figures) and not self.unchanged.issuperset(finding.figures)):
                yield finding
        for index, (before, place) in self.edited.items():
            yield _finding(index, self.figures[index], before, place, catalog)


def compare_issued(document: Paper, figures: Sequence[TextFigure]) -> IssuedComparison:
    """The figures of a document against those that were issued; nothing where it was not issued here."""
    if document.issued is None:
        return IssuedComparison()
    codes: dict[int, str] = {}
    unchanged: set[int] = set()
    edited: dict[int, tuple[str, IssuedFigure | None]] = {}
    by_passage: dict[int, list[int]] = {}
    for index, figure in enumerate(figures):
        by_passage.setdefault(figure.passage, []).append(index)
    for passage, paragraph in _paired(document):
        now = document.passages[passage].text
        blocks = _equal_blocks(paragraph.text, now)
        for index in by_passage.get(passage, ()):
            figure = figures[index]
            start, end = _back(blocks, figure.start), _back(blocks, figure.end)
            place = next((each for each in paragraph.figures if start < each.start + len(each.text) and each.start < max(end, start + 1)), None)
            whole = next((block for block in blocks if block[1] <= figure.start and figure.end <= block[1] + block[2]), None)
            if place is not None and place.aspect == _VALUE:
                codes[index] = place.code
            if whole is not None and _same_number(paragraph.text, start, end):
                unchanged.add(index)
            else:
                edited[index] = (place.text if place else _number_at(paragraph.text, start, end), place)
    return IssuedComparison(codes, frozenset(unchanged), edited, tuple(figures), document.issued.span)


def _paired(document: Paper) -> Iterator[tuple[int, IssuedParagraph]]:
    """The passages that are paragraphs as issued: those of the same letters, then those of the same words, then those most alike."""
    if document.issued is None:
        return
    left = dict(enumerate(document.issued.paragraphs))
    passages = {passage.index: passage.text for passage in document.passages if passage.text.strip()}
    for key in (str, _words):
        places: dict[str, list[int]] = {}
        for place, paragraph in left.items():
            places.setdefault(key(paragraph.text), []).append(place)
        for index, text in list(passages.items()):
            if same := places.get(key(text)):
                del passages[index]
                yield index, left.pop(same.pop(0))
    for index, text in passages.items():
        likeness = [(SequenceMatcher(None, text, paragraph.text, autojunk=False).ratio(), place) for place, paragraph in left.items()]
        best, place = max(likeness, default=(0.0, 0))
        if best >= _ALIKE:
            yield index, left.pop(place)


def _words(text: str) -> str:
    return _NUMERALS.sub("#", text)


def _equal_blocks(before: str, now: str) -> list[tuple[int, int, int]]:
    """Where the two texts are the same: the place in each, and how long."""
    if before == now:
        return [(0, 0, len(now))]
    return [(block.a, block.b, block.size) for block in SequenceMatcher(None, before, now, autojunk=False).get_matching_blocks() if block.size]


def _back(blocks: Sequence[tuple[int, int, int]], place: int) -> int:
    """Where a place of the text stood as it was issued, the nearest before it where it is new."""
    before_edit = 0
    for before, now, size in blocks:
        if now > place:
            break
        before_edit = before + min(place - now, size)
    return before_edit


def _same_number(text: str, start: int, end: int) -> bool:
    """Whether a stretch of the issued text is a whole number there: 763 of 1763 is none."""
    return not (text[start - 1 : start].isdigit() or text[end : end + 1].isdigit())


def _number_at(text: str, start: int, end: int) -> str:
    """The number that stood round a place of the issued text; nothing where there was none."""
    return next((match[0] for match in _NUMERALS.finditer(text) if match.start() < max(end, start + 1) and start < match.end()), "")


def _finding(index: int, figure: TextFigure, before: str, place: IssuedFigure | None, catalog: Catalog) -> PaperFinding:
    known = place is not None and (place.code in catalog.indicators or place.code in catalog.measures)
    name = f"「{catalog.indicator_or_measure(place.code).name}」" if place is not None and known else "此处"
    cells = f"（{place.cells}）" if place is not None and place.cells else ""
    seen = f"{name}写为 {figure.token}{figure.unit}，" + (f"生成时为 {before}" if before else "生成时没有这个数")
    return PaperFinding("edited-figure", Grade.STORE, (index,), seen, f"请改回生成时的数{cells}；确需改的，请更正报表后重新生成")
