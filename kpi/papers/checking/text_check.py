"""A text held against itself: all that its own figures contradict."""

from collections.abc import Sequence

from kpi.papers.checking.growths_in_text import growth_findings
from kpi.papers.checking.paper_finding import PaperFinding
from kpi.papers.checking.rates_in_text import rate_findings
from kpi.papers.checking.repeats_in_text import repeat_findings
from kpi.papers.checking.statements import sentences
from kpi.papers.checking.sums_in_text import sum_findings
from kpi.papers.document import Document
from kpi.papers.figures.text_figure import TextFigure


def check_text(document: Document, figures: Sequence[TextFigure]) -> tuple[PaperFinding, ...]:
    """The findings on a document by its own arithmetic, in the order of its figures."""
    stated = sentences(document, figures)
    findings = [*sum_findings(stated), *rate_findings(stated), *growth_findings(stated), *repeat_findings(stated)]
    return tuple(sorted(findings, key=lambda finding: finding.figures))
