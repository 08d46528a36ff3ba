"""The clock on the wall of the bureau."""

from datetime import UTC, datetime


def now() -> datetime:
    """Local time without a time zone, as the tables keep it."""
    return datetime.now(tz=UTC).astimezone().replace(tzinfo=None)
