"""One look over the inbox while it goes on: what it has come to, and what earlier looks have left to it."""

from dataclasses import dataclass
from datetime import datetime

from kpi.filing.inbox_folder import DroppedFile
from kpi.filing.inbox_look import InboxWaiting
from kpi.filing.inbox_record import InboxEntry, shown_name


@dataclass(frozen=True, slots=True)
class InboxSight:
    """A file as it was at an earlier look, and since when it is so."""

    stamp: str
    since: datetime


@dataclass(frozen=True, slots=True)
class InboxTrial:
    """How often the machine failed over a file, and when it is tried again."""

    stamp: str
    times: int
    again: datetime
    why: str


class InboxRound:
    """What a look has come to so far."""

    def __init__(self, moment: datetime, notes: list[str]) -> None:
        self.moment, self.notes = moment, notes
        self.answered: list[InboxEntry] = []
        self.waiting: list[InboxWaiting] = []


def waiting_for(file: DroppedFile, why: str) -> InboxWaiting:
    """That a file is not read yet, and why."""
    return InboxWaiting(file.folder, shown_name(file.name), why)
