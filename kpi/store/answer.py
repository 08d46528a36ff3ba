"""
Answers (对应关系): what somebody said a row or column of a layout means, entered in the same log as submissions.

An answer holds until another one to the same question, or until it is undone; both are entries of their own and nothing
is deleted.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from kpi.place import Place
from kpi.workbook import answer_mapping
from kpi.workbook.report import QuestionKind

AnswerKey = tuple[str, str]  # layout and key: what an answer is kept under


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer, or its undoing; ``seq`` is its number in the log, 0 before it has one."""

    kind: QuestionKind
    office: str | None  # whose sheet it was asked about; None while that was the question
    layout: str
    key: str
    seen: str  # the words that were asked about
    file: str
    place: Place  # where they stood
    said: str | None  # the answer as `Question` describes it; None: what was said before is undone
    by: str
    at: datetime  # local time
    seq: int = 0

    @property
    def question(self) -> AnswerKey:
        """What it answers."""
        return self.layout, self.key

    def written(self) -> dict[str, object]:
        """As the log holds it; its number is the name of the entry."""
        return {
            "kind": self.kind.value,
            "office": self.office,
            "layout": self.layout,
            "key": self.key,
            "seen": self.seen,
            "file": self.file,
            "sheet": self.place.sheet,
            "cell": self.place.cell,
            "said": self.said,
            "by": self.by,
            "at": self.at.isoformat(),
        }

    @classmethod
    def read(cls, seq: int, written: Mapping[str, str]) -> "Answer":
        """
        The answer that `written` gave.

        Raises:
            ValueError, TypeError, KeyError: It is none.

        """
        rest = {name: value for name, value in written.items() if name not in ("sheet", "cell")}
        changed = {"kind": QuestionKind(written["kind"]), "place": Place(written["sheet"], written["cell"]), "at": datetime.fromisoformat(written["at"])}
        return cls(**{**rest, **changed, "seq": seq})  # type: ignore[arg-type]  # a name too many or missing raises


def in_force(answers: Iterable[Answer]) -> list[Answer]:
    """Of answers in log order, those that hold: the latest word on each question, unless it undoes."""
    latest = {answer.question: answer for answer in answers}
    return sorted((answer for answer in latest.values() if answer.said is not None), key=lambda answer: answer.seq)


def mapping_of(answers: Iterable[Answer]) -> answer_mapping.AnswerMapping:
    """What a reader needs of answers in log order."""
    known: dict[str, dict[str, str]] = {}
    for answer in in_force(answers):
        known.setdefault(answer.layout, {})[answer.key] = answer.said or ""
    return answer_mapping.AnswerMapping(known)
