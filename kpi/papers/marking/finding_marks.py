"""The findings of a check as comments, each at the first of its figures."""

from collections.abc import Sequence

from kpi.papers.checking.paper_finding import PaperFinding
from kpi.papers.figures.text_figure import TextFigure
from kpi.papers.marking.mark import Mark


def marks_of(figures: Sequence[TextFigure], findings: Sequence[PaperFinding]) -> tuple[Mark, ...]:
    """The comments of findings on the figures of a paper, in the order of the findings; one without a figure has no place."""
    marks: list[Mark] = []
    for finding in findings:
        if finding.figures:
            figure = figures[finding.figures[0]]
            words = f"【{finding.grade.value}】{finding.seen}" + (f"\n{finding.expected}" if finding.expected else "")
            marks.append(Mark(figure.passage, figure.start, figure.end, words))
    return tuple(marks)
