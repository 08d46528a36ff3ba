"""What a server does once a day: when it is due, and that a defect of a round ends no later one."""

from datetime import datetime
from threading import Event

import pytest

from kpi import daily_round
from kpi.daily_round import daily_rounds, is_due

TWO = datetime.fromisoformat("2026-11-28T02:00")


@pytest.mark.parametrize(
    ("moment", "last", "failed", "due"),
    [
        ("2026-11-28T02:00", None, False, True),
        ("2026-11-28T02:00", "2026-11-27T02:00", False, True),
        ("2026-11-28T09:00", "2026-11-28T02:00", False, False),
        ("2026-11-28T02:59", "2026-11-28T02:00", True, False),
        ("2026-11-28T03:00", "2026-11-28T02:00", True, True),
        ("2026-11-28T03:00", "2026-11-29T02:00", False, True),  # the clock was ahead when it was made
    ],
)
def test_when_a_round_is_due(moment, last, failed, due):
    assert is_due(TWO, datetime.fromisoformat(moment), last and datetime.fromisoformat(last), failed=failed) is due


def test_a_defect_ends_no_later_round(monkeypatch, caplog):
    """It stands in the log, and the next look comes."""
    looks, twice = [], Event()

    def look(_ended: Event) -> None:
        looks.append(1)
        if len(looks) == 2:
            twice.set()
        raise ZeroDivisionError

    monkeypatch.setattr(daily_round, "_LOOK", 0.0)
    with daily_rounds("backup", look):
        assert twice.wait(60)
    assert "ZeroDivisionError" in caplog.text


def test_without_rounds_there_is_no_thread():
    with daily_rounds("backup", None):
        pass
