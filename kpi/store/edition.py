"""
Editions (会议版): the figures that were shown in one meeting, frozen as they stood and entered in the log.

The figures lie in a file of their own whose name is the sha256 of what is in it; the code that is printed on paper and
read out comes from the same hash, so that it belongs to these figures and to no others.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from unicodedata import normalize

from kpi.catalog.organisation import BUREAU
from kpi.period import Month, Span

_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # 32 signs without 0 and O, 1 and I, which are mistaken for one another
_GROUPS = ((0, 4), (4, 6))


@dataclass(frozen=True, slots=True)
class Edition:
    """One edition; ``seq`` is its number in the log, 0 before it has one."""

    period: Month
    span: Span
    title: str  # the occasion
    figures: str  # sha256 of the frozen rows
    known: int  # the last number of the log that they were computed from
    catalog: str  # digest of the catalogue they were computed with
    by: str
    at: datetime  # local time
    seq: int = 0
    org: str = BUREAU  # whose board it is
    name: str = ""  # what that organisation was called; empty where there was but one, or an earlier version froze it
    unchanged: bool = False  # the edition before holds the same figures, so nothing was stored

    @property
    def code(self) -> str:
        """What is printed on paper: ``2023-11-K7QF-3M``."""
        return code_of(str(self.period), self.figures)

    def written(self) -> dict[str, object]:
        """As the log holds it; its number is the name of the entry."""
        written: dict[str, object] = {
            "period": str(self.period),
            "span": self.span.value,
            "title": self.title,
            "figures": self.figures,
            "known": self.known,
            "catalog": self.catalog,
            "by": self.by,
            "at": self.at.isoformat(),
        }
        return written | ({} if self.org == BUREAU else {"org": self.org}) | ({"name": self.name} if self.name else {})

    @classmethod
    def read(cls, seq: int, written: Mapping[str, str]) -> "Edition":
        """
        The edition that `written` gave.

        Raises:
            ValueError, TypeError, KeyError, KpiError: It is none.

        """
        changed = {"period": Month.parse(written["period"]), "span": Span(written["span"]), "at": datetime.fromisoformat(written["at"])}
        return cls(**{**written, **changed, "seq": seq})  # type: ignore[arg-type]  # a name too many or missing raises


def code_of(period: str, figures: str) -> str:
    """The code of frozen rows with this sha256, of a month ``2023-11``."""
    number = int(figures[:16], 16)
    signs = "".join(_ALPHABET[number >> shift & 31] for shift in range(59, 29, -5))
    return "-".join([period, *(signs[first:last] for first, last in _GROUPS)])


def spelled(code: str) -> str:
    """A code as it was typed or read out, without what does not matter: case, width, spaces, hyphens."""
    return "".join(sign for sign in normalize("NFKC", code).upper() if sign.isalnum())
