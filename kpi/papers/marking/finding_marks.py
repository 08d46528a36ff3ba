"""The findings of a check as comments, each at the first of its figures."""

from kpi.papers.checking.paper_check import PaperCheck
from kpi.papers.marking.mark import Mark


def marks_of(check: PaperCheck) -> tuple[Mark, ...]:
    """The comments of a check in the order of its findings."""
    marks: list[Mark] = []
    for finding in check.findings:
        if finding.figures:
            figure = check.figures[finding.figures[0]]
            words = f"【{finding.grade.value}】{finding.seen}" + (f"\n{finding.expected}" if finding.expected else "")
            marks.append(Mark(figure.passage, figure.start, figure.end, words))
    return tuple(marks)
