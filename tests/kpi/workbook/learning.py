"""What people answered, as it is remembered for the next sheet of a layout."""

from kpi.workbook.answer_mapping import Mapping
from kpi.workbook.report import Question


def learn(mapping: Mapping, question: Question, answer: str) -> Mapping:
    """The answers with one more."""
    known = {layout: dict(answers) for layout, answers in mapping.answers.items()}
    known.setdefault(question.layout, {})[question.key] = answer
    return Mapping(known)
