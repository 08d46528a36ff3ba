"""The clock on the wall of the bureau."""

from datetime import UTC, datetime


def now() -> datetime:
    """Local time without a time zone, as the tables keep it."""
    return datetime.now(tz=UTC).astimezone().replace(tzinfo=None)


def signed(by: str, at: datetime, lead: str = "") -> str:
    """Who did something, and when: ``已由李主任于 2023-12-08 09:30``; only a name in Latin letters has spaces around it."""
    before, after = (" " if edge.isascii() and edge else "" for edge in (by[:1] if lead else "", by[-1:]))
    return f"{lead}{before}{by}{after}于 {at:%Y-%m-%d %H:%M}"
