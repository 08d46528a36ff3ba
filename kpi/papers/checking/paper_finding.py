"""A finding on a text: what it says, what that contradicts, and how sure that is."""

from dataclasses import dataclass
from enum import StrEnum


class Grade(StrEnum):
    """How sure a finding is; the values are the words on the page."""

    CERTAIN = "必有一误"  # the text contradicts itself, whatever is true
    STORE = "与库不符"  # the store has another figure
    CHECK = "请核对"  # may be right, and should be looked at


@dataclass(frozen=True, slots=True)
class PaperFinding:
    """
    One finding on a text.

    Attributes:
        code: A stable kebab-case name: sum-of-parts, rate-of-counts.
        grade: How sure it is.
        figures: The indices of the figures concerned among those of the text; the first is where it is shown.
        seen: What the text says, as one line of Chinese.
        expected: What it should be, or what to look at.
        relation: The relation of the catalogue that raised it.

    """

    code: str
    grade: Grade
    figures: tuple[int, ...]
    seen: str
    expected: str
    relation: str | None = None
