"""A text held against itself: all that its own figures contradict."""

from collections.abc import Sequence
from datetime import date

from kpi.papers.checking.days_in_text import day_findings
from kpi.papers.checking.growths_in_text import growth_findings
from kpi.papers.checking.headed_lists import headed_list_findings
from kpi.papers.checking.lists_in_text import list_findings
from kpi.papers.checking.means_in_text import mean_findings
from kpi.papers.checking.opposites_in_text import opposite_findings, opposites
from kpi.papers.checking.paper_finding import PaperFinding
from kpi.papers.checking.rates_in_text import rate_findings
from kpi.papers.checking.repeats_in_text import repeat_findings
from kpi.papers.checking.sums_in_tables import table_findings
from kpi.papers.checking.text_statements import sentences
from kpi.papers.figures.text_figure import TextFigure
from kpi.papers.paper import Paper


def check_text(document: Paper, figures: Sequence[TextFigure], as_of: date | None = None) -> tuple[PaperFinding, ...]:
    """
    The findings on a document by its own arithmetic, in the order of its figures.

    Args:
        document: The document.
        figures: Its figures.
        as_of: The day of the whole document, where it is known from elsewhere than its text.

    """
    stated = sentences(document, figures)
    opposed = frozenset(each.index for sentence in stated for pair in opposites(sentence) for each in pair)
    findings = [
        *list_findings(stated, opposed),
        *headed_list_findings(stated),
        *opposite_findings(stated),
        *rate_findings(stated),
        *mean_findings(stated),
        *growth_findings(stated),
        *repeat_findings(stated),
        *table_findings(document, figures),
        *day_findings(document, figures, as_of),
    ]
    return tuple(sorted(dict.fromkeys(findings), key=lambda finding: finding.figures))
