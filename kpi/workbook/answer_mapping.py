"""
What people have answered to questions about a layout, so that next month the same layout raises none.

Plain data: the store may keep it as JSON.  An answer belongs to a layout, known by the words of its header without
years, months and numbers, and to the words that were asked about; it never names a month.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache, partial
from hashlib import sha256

from kpi.workbook.naming import DASHES, name_key
from kpi.workbook.report import QuestionKind

SKIP = "-"  # the answer: none of our figures
OWN = "total"  # the answer about a line: the figures of the office
_COUNTED = re.compile(r"\d+")
_YEARS = re.compile(r"(?<!\d)20\d\d(?!\d)")
_MONTHS = re.compile(rf"(?<!\d)\d{{1,2}}(?=月)(?!月?份?(?:底|末)?[{DASHES}])", re.ASCII)  # 1 of 1—11月 is always 1
_DAYS = re.compile(r"(月)\d{1,2}(?=[日号])", re.ASCII)


def stable(text: str) -> str:
    """A text as it stands every month: months, years and numbers are all #."""
    return _COUNTED.sub("#", name_key(text))


def fingerprint(headings: Iterable[str]) -> str:
    """The fingerprint of a layout, from the headings of its columns in order."""
    return sha256(json.dumps([stable(heading) for heading in headings], ensure_ascii=False).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Since:
    """What the months and years of a heading are counted from: those of the report; None where nothing says which they are."""

    year: int | None = None
    month: int | None = None


@lru_cache(maxsize=8_192)  # every column is compared with every other of its table
def relative(text: str, since: Since) -> str:
    """
    A heading as it stands in the sheet of every month: 2023年末 in a report of 2024 is 上年末, as 2022年末 was in one of 2023.

    Days are #, all other numbers stay: 12315平台 is not 12345平台.
    """
    key = _DAYS.sub(r"\1#", name_key(text))
    key = _YEARS.sub(lambda match: _distance(since.year and since.year - int(match[0]), "年") or match[0], key)
    return _MONTHS.sub(lambda match: _distance(since.month and since.month - int(match[0]), "月") or match[0], key)


def _distance(back: int | None, what: str) -> str:
    """So many years or months back, 本年 for none; empty where they are not known."""
    if back is None:
        return ""
    return ("本", "上")[back] if back in (0, 1) else f"{'前' if back > 0 else '后'}{abs(back)}{what}之"


def answer_key(kind: QuestionKind, *seen: str, since: Since | None = None) -> str:
    """
    What an answer is kept under: what is asked about, and the words seen.

    Without ``since`` the headings are those of the keys that were kept before years were told apart: every number is #.
    """
    plain = name_key if kind not in (QuestionKind.COLUMN, QuestionKind.HEADING) else stable if since is None else partial(relative, since=since)
    return "|".join((kind.value, *map(plain, seen)))


def names_year(text: str) -> bool:
    """Whether a heading names a year in digits."""
    return bool(_YEARS.search(name_key(text)))


@dataclass(frozen=True, slots=True)
class AnswerMapping:
    """Answers by layout and key."""

    answers: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def answer(self, layout: str, key: str) -> str | None:
        """What was answered, None when it has not been asked."""
        return self.answers.get(layout, {}).get(key)
