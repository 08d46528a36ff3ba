"""Entries of the log: submissions, what was decided, answered, frozen or is followed up about them, and the end of a demonstration."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from kpi.catalog.organisation import BUREAU
from kpi.errors import KpiError
from kpi.store.answer import Answer
from kpi.store.decision import Decision
from kpi.store.demonstration import DemoEnd
from kpi.store.edition import Edition
from kpi.store.follow_up import OPENING, FollowUp
from kpi.store.follow_up_entry import FollowUpEntry
from kpi.store.meeting_note import MeetingNote


@dataclass(frozen=True, slots=True)
class Entry:
    """One submission in the log: which batch was accepted, in the order that decides what is current."""

    batch: str
    office: str
    period: str
    template: str
    sha256: str
    by: str
    at: str
    org: str = BUREAU
    demo: bool = False  # whether it is of the demonstration

    def written(self) -> dict[str, object]:
        """As the log holds it."""
        return {name: value for name, value in asdict(self).items() if (name, value) not in (("org", BUREAU), ("demo", False))}


_SIGNS: Mapping[str, type[Answer | Edition | DemoEnd | Decision | MeetingNote]] = {
    "said": Answer,
    "figures": Edition,
    "ended": DemoEnd,
    "act": Decision,
    "meeting": MeetingNote,
}  # the field by which an entry is known


def read_entry(number: int, written: Mapping[str, Any]) -> Entry | Decision | Answer | Edition | FollowUp | FollowUpEntry | MeetingNote | DemoEnd:
    """
    What was entered under a number.

    Raises:
        ValueError: It is nothing that a release of this program enters.

    """
    try:
        for sign, noun in _SIGNS.items():
            if sign in written:
                return noun.read(number, written)
        if "follow_up" in written:
            return (FollowUp if written["follow_up"] == OPENING else FollowUpEntry).read(number, written)
        return Entry(**{name: str(value) for name, value in written.items() if name != "demo"}, demo=written.get("demo") is True)
    except (ValueError, TypeError, KeyError, AttributeError, KpiError) as error:
        raise ValueError("no entry") from error
