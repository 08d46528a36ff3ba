"""What came and what is owed (报送), kept by the version of the data."""

from datetime import date

from kpi.filing import completeness, submissions
from kpi.filing.completeness import Owed
from kpi.filing.submissions import Record
from kpi.period import Month, months
from kpi.store import clock
from pages.widgets import session


def history(office: str | None, period: Month | None, org: str | None = None) -> tuple[Record, ...]:
    """Every submission, the latest first; of the organisations at or below one where asked."""
    return session.kept(_history, office, period, org)


def owed(period: Month, org: str | None = None) -> tuple[Owed, ...]:
    """Every sheet owed for a month, as it stands today, by the organisations at or below one where asked."""
    return session.kept(_owed, period, clock.today(), org, tuple(session.bureau().store.referral_codes()))


def months_owed() -> tuple[Month, ...]:
    """From the first month with figures to the last that is over; that one alone before the first sheet."""
    last = Month.of(clock.today()).plus(-1)
    known = session.periods()
    return months(known[0], max(last, known[-1])) if known else (last,)


def months_to_fill() -> tuple[tuple[Month, ...], Month]:
    """Months that a sheet may be about, latest first, and the one that is due now."""
    known, today = session.periods(), Month.of(clock.today())
    first = min([today.plus(-24), *known[:1]])
    return tuple(reversed(months(first, today))), known[-1].plus(1) if known and known[-1] < today else today.plus(-1)


def _history(office: str | None, period: Month | None, org: str | None) -> tuple[Record, ...]:
    return tuple(submissions.history(session.bureau(), office, period, org))


def _owed(period: Month, today: date, org: str | None, _referrals: tuple[str, ...]) -> tuple[Owed, ...]:
    return tuple(completeness.completeness(session.bureau(), period, today, org))
