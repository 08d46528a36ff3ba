"""The pages over the bureau of `tests.kpi.meeting.following`, on a day of its own."""

from datetime import datetime

import pytest
from streamlit.testing.v1 import AppTest

from kpi.bureau import LiveBureau
from kpi.store import clock
from tests.kpi.meeting.following import moment
from tests.pages.conftest import _over


class Today:
    """The day of a test, which it may change."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, day: str) -> None:
        self.at = moment(day)
        monkeypatch.setattr(clock, "now", self.now)

    def now(self) -> datetime:
        """What the clock on the wall shows."""
        return self.at

    def turn(self, day: str) -> None:
        """Another day."""
        self.at = moment(day)


def looking_at(bureau: LiveBureau, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    """The pages look at a bureau; the shell, for what is typed."""
    return _over(bureau, monkeypatch)
