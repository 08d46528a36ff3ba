"""Who did something and when, as sentences say it."""

from datetime import datetime


def signature(by: str, at: datetime, lead: str = "") -> str:
    """Who did something, and when: ``已由李主任于 2023-12-08 09:30``; only a name in Latin letters has spaces around it."""
    before, after = (" " if edge.isascii() and edge else "" for edge in (by[:1] if lead else "", by[-1:]))
    return f"{lead}{before}{by}{after}于 {at:%Y-%m-%d %H:%M}"
