"""
What a summary said when it was issued: an XML text that travels in its file, and says of each paragraph which signs are which figure.

By it a figure that was edited afterwards is named exactly, however the editing looks in the file; no public version carries it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import quoteattr

from kpi.papers.writing.summary_text import Aspect, Summary
from kpi.period import Month

NAMESPACE = "urn:kpi:issued-figures:1"


@dataclass(frozen=True, slots=True)
class IssuedFigure:
    """A figure as it was issued: where in its paragraph, what it printed, what it is, and the cells that it came from."""

    start: int
    text: str
    code: str
    aspect: Aspect
    cells: str = ""


@dataclass(frozen=True, slots=True)
class IssuedParagraph:
    """A paragraph with figures as it was issued."""

    text: str
    figures: tuple[IssuedFigure, ...]


@dataclass(frozen=True, slots=True)
class IssuedPaper:
    """A paper as it was issued."""

    month: Month
    org: str
    paragraphs: tuple[IssuedParagraph, ...]


def issued(summary: Summary, cells: Mapping[str, str]) -> IssuedPaper:
    """
    What a summary says.

    Args:
        summary: The summary.
        cells: The cells behind a code, in words.

    """

    def paragraphs() -> Iterator[IssuedParagraph]:
        for paragraph in summary.paragraphs:
            places = tuple(IssuedFigure(start, figure.text, figure.code, figure.aspect, cells.get(figure.code, "")) for start, figure in paragraph.places())
            if places:
                yield IssuedParagraph(paragraph.text, places)

    return IssuedPaper(summary.month, summary.org, tuple(paragraphs()))


def issued_xml(paper: IssuedPaper) -> str:
    """The same as the text of an XML file."""
    return (
        f'<issued xmlns="{NAMESPACE}" month="{paper.month}" org={quoteattr(paper.org)}>'
        f"{''.join(_paragraph_xml(paragraph.text, paragraph.figures) for paragraph in paper.paragraphs)}</issued>"
    )


def _paragraph_xml(text: str, figures: Sequence[IssuedFigure]) -> str:
    inner = "".join(
        f'<figure start="{figure.start}" text={quoteattr(figure.text)} code={quoteattr(figure.code)} aspect="{figure.aspect.value}" cells={quoteattr(figure.cells)}/>'
        for figure in figures
    )
    return f"<paragraph text={quoteattr(text)}>{inner}</paragraph>"
