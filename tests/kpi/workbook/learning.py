"""What people answered, as it is remembered for the next sheet of a layout."""

from kpi.workbook.answer_mapping import AnswerMapping
from kpi.workbook.report import Question


def learn(mapping: AnswerMapping, question: Question, answer: str) -> AnswerMapping:
    """The answers with one more."""
    known = {layout: dict(answers) for layout, answers in mapping.answers.items()}
    known.setdefault(question.layout, {})[question.key] = answer
    return AnswerMapping(known)
