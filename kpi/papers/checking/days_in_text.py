"""Days of a text that cannot be: the 31st of September, or a cut-off behind the day of the whole text."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from kpi.papers.checking.paper_finding import Grade, PaperFinding
from kpi.papers.figures.even_text import even
from kpi.papers.figures.text_figure import CutOffBasis, TextFigure
from kpi.papers.paper import Paper

_DAY = re.compile(r"(?<![\d.])(?:(?P<year>(?:19|20)\d\d)\s*年\s*)?(?P<month>\d{1,2})\s*月(?:\s*(?P<day>\d{1,2})\s*[日号])?")
_PLANNED = re.compile(r"力争|目标|计划|预计|将|确保|拟|打算|达到.{0,12}以上")
_LEAP = 2024  # a day without a year may be of any


def day_findings(document: Paper, figures: Sequence[TextFigure], as_of: date | None) -> Iterator[PaperFinding]:
    """The days of a document that the calendar does not have, and the cut-offs of figures that lie behind its own day."""
    yield from _impossible(document, figures)
    whole = as_of or max((figure.as_of for figure in figures if figure.basis is CutOffBasis.DEFAULT and figure.as_of), default=None)
    seen: set[tuple[int, date]] = set()
    for index, figure in enumerate(figures):
        day = figure.as_of
        if whole is None or day is None or day <= whole or figure.basis is CutOffBasis.DEFAULT or (figure.passage, day) in seen:
            continue
        seen.add((figure.passage, day))
        if not _PLANNED.search(document.passages[figure.passage].text):
            yield PaperFinding(
                "day-after-document", Grade.CHECK, (index,), f"{figure.token}{figure.unit} 的截止日期 {day} 晚于全文的 {whole}", "请核对截止日期"
            )


def _impossible(document: Paper, figures: Sequence[TextFigure]) -> Iterator[PaperFinding]:
    by_passage: dict[int, list[tuple[int, TextFigure]]] = {}
    for index, figure in enumerate(figures):
        by_passage.setdefault(figure.passage, []).append((index, figure))
    for passage, own in by_passage.items():
        for match in _DAY.finditer(even(document.passages[passage].text)):
            if not _exists(match):
                nearest = min(own, key=lambda each: (each[1].start < match.end(), abs(each[1].start - match.end())))  # used at once
                yield PaperFinding("day-impossible", Grade.CERTAIN, (nearest[0],), f"「{match[0]}」日历上没有这一天", "请核对日期")


def _exists(match: re.Match[str]) -> bool:
    try:
        date(int(match["year"] or _LEAP), int(match["month"]), int(match["day"] or 1))
    except ValueError:
        return False
    return True
