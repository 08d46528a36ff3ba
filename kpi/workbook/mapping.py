"""
What people have answered to questions about a layout, so that next month the same layout raises none.

Plain data: the store may keep it as JSON.  An answer belongs to a layout, known by the words of its header without
years, months and numbers, and to the words that were asked about; it never names a month.
"""

import json
import re
from collections.abc import Iterable
from collections.abc import Mapping as Dictionary
from dataclasses import dataclass, field
from hashlib import sha256

from kpi.workbook.naming import name_key
from kpi.workbook.report import Asked, Question

SKIP = "-"  # the answer: none of our figures
OWN = "total"  # the answer about a line: the figures of the office
_COUNTED = re.compile(r"\d+")


def stable(text: str) -> str:
    """A text as it stands every month: months, years and numbers are all #."""
    return _COUNTED.sub("#", name_key(text))


def fingerprint(headings: Iterable[str]) -> str:
    """The fingerprint of a layout, from the headings of its columns in order."""
    return sha256(json.dumps([stable(heading) for heading in headings], ensure_ascii=False).encode()).hexdigest()[:16]


def answer_key(kind: Asked, *seen: str) -> str:
    """What an answer is kept under: what is asked about, and the words seen."""
    return "|".join((kind.value, *(stable(text) if kind in (Asked.COLUMN, Asked.HEADING) else name_key(text) for text in seen)))


@dataclass(frozen=True, slots=True)
class Mapping:
    """Answers by layout and key."""

    answers: Dictionary[str, Dictionary[str, str]] = field(default_factory=dict)

    def answer(self, layout: str, key: str) -> str | None:
        """What was answered, None when it has not been asked."""
        return self.answers.get(layout, {}).get(key)

    def learn(self, question: Question, answer: str) -> "Mapping":
        """
        With one more answer.

        Raises:
            ValueError: It is about a period or an organisation, which hold for one file only.

        """
        if question.kind in (Asked.PERIOD, Asked.ORG):
            raise ValueError("a period or an organisation is told with each file")
        known = {layout: dict(answers) for layout, answers in self.answers.items()}
        known.setdefault(question.layout, {})[question.key] = answer
        return Mapping(known)
