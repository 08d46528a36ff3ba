"""
What a paper said when it was issued: an XML text that travels in its file, and says of each paragraph which signs are which figure.

By it a figure that was edited afterwards is named exactly, however the editing looks in the file; no public version carries it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import quoteattr

from kpi.period import Month, Span
from kpi.present.seen_text import seen

NAMESPACE = "urn:kpi:issued-figures:1"


@dataclass(frozen=True, slots=True)
class IssuedFigure:
    """A figure as it was issued: where in its paragraph, what it printed, what it is, and the cells that it came from."""

    start: int
    text: str
    code: str
    aspect: str
    cells: str = ""


@dataclass(frozen=True, slots=True)
class IssuedParagraph:
    """A paragraph as it was issued, with the figures of the store in it."""

    text: str
    figures: tuple[IssuedFigure, ...]


@dataclass(frozen=True, slots=True)
class IssuedPaper:
    """A paper as it was issued; ``span`` is how many months its figures are of."""

    month: Month
    org: str
    paragraphs: tuple[IssuedParagraph, ...]
    span: Span = Span.YTD


def issued_xml(paper: IssuedPaper) -> str:
    """A paper as it was issued as the text of an XML file; `kpi.papers.reading.issued_part` is the way back."""
    return (
        f'<issued xmlns="{NAMESPACE}" month="{paper.month}" span="{paper.span}" org={_attribute(paper.org)}>'
        f"{''.join(_paragraph_xml(paragraph.text, paragraph.figures) for paragraph in paper.paragraphs)}</issued>"
    )


def _attribute(text: str) -> str:
    """A text of people in quotation marks, with the signs that the paper shows in it, so that places stay what they are."""
    return quoteattr(seen(text))


def _paragraph_xml(text: str, figures: Sequence[IssuedFigure]) -> str:
    inner = "".join(
        f'<figure start="{figure.start}" text={_attribute(figure.text)} code={_attribute(figure.code)} '
        f'aspect="{figure.aspect}" cells={_attribute(figure.cells)}/>'
        for figure in figures
    )
    return f"<paragraph text={_attribute(text)}>{inner}</paragraph>"
