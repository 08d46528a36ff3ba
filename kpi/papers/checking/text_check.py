"""A text held against itself: all that its own figures contradict."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from kpi.papers.checking.days_in_text import day_findings
from kpi.papers.checking.growths_in_text import growth_findings
from kpi.papers.checking.headed_lists import headed_list_findings
from kpi.papers.checking.lists_in_text import list_findings
from kpi.papers.checking.means_in_text import mean_findings
from kpi.papers.checking.opposites_in_text import opposite_findings, opposites
from kpi.papers.checking.paper_finding import PaperFinding
from kpi.papers.checking.paper_span import paper_span
from kpi.papers.checking.rates_in_text import rate_findings
from kpi.papers.checking.repeats_in_text import repeat_findings
from kpi.papers.checking.sums_in_tables import table_findings
from kpi.papers.checking.text_statements import Sentence, sentences
from kpi.papers.figures.text_figure import TextFigure
from kpi.papers.paper import Paper

_PENDING = re.compile(r"在检|待检|在办|待办|未办结|未结|正在|尚未|结存|期末")


def check_text(document: Paper, figures: Sequence[TextFigure], as_of: date | None = None) -> tuple[PaperFinding, ...]:
    """
    The findings on a document by its own arithmetic, in the order of its figures.

    Args:
        document: The document.
        figures: Its figures.
        as_of: The day of the whole document, where it is known from elsewhere than its text.

    """
    stated = sentences(document, figures)
    if not paper_span(document).cumulative:
        stated = tuple(_without_pending(sentence) for sentence in stated)
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


def _without_pending(sentence: Sentence) -> Sentence:
    """A sentence of a month, without the counts of a unit of which some are pending: those are of all time and no part of what came in that month."""
    pending = {each.unit for each in sentence.statements if each.count and (_PENDING.search(each.noun) or _PENDING.match(each.figure.after))}
    return replace(sentence, statements=tuple(each for each in sentence.statements if each.unit not in pending))
