"""Follow-ups (督办) as they stand today, kept by the version of the data and the day."""

from datetime import date

from kpi.meeting import follow_ups, meeting_notes
from kpi.meeting.follow_ups import Promises
from kpi.period import Month
from kpi.present.follow_up_slip import Slip
from kpi.store import clock
from kpi.store.meeting_note import MeetingNote
from pages.widgets import session


def slips(org: str) -> tuple[Slip, ...]:
    """Every follow-up of an organisation and those below it, the most urgent first."""
    return session.kept(_slips, org, clock.today())


def numbered(number: str) -> Slip | None:
    """The follow-up with a number, of whatever organisation; None where there is none."""
    return next((slip for slip in slips(session.root()) if str(slip.number) == number), None)


def promises(org: str, running: str) -> Promises:
    """What was promised at the meeting before the one that runs."""
    return session.kept(_promises, org, running, clock.today())


def notes(period: Month, org: str) -> tuple[MeetingNote, ...]:
    """What was noted and decided beside the board of a month, in the order in which it was written."""
    return session.kept(_notes, period, org)


def _slips(org: str, day: date) -> tuple[Slip, ...]:
    return tuple(follow_ups.follow_ups(session.bureau(), day, org))


def _promises(org: str, running: str, day: date) -> Promises:
    return follow_ups.last_promises(session.bureau(), day, org, running)


def _notes(period: Month, org: str) -> tuple[MeetingNote, ...]:
    return tuple(meeting_notes.notes(session.bureau(), period, org))
