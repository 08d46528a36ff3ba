"""What is drawn ahead: a visit that asks for it, in whatever words, finds it."""

from threading import Event, Thread

import pytest

from kpi.period import Month
from pages import view
from pages.bodies import BODIES
from pages.site import BY_PATH
from pages.widgets import frame, warmth

AHEAD = [{"period": "2023-10"}, {"period": "2023 年 10 月"}]
IN_ORDERS = [{"period": "2023-10", "office": "all", "area": "all", "status": "late"}, {"status": "late", "area": "all", "office": "all", "period": "2023-10"}]


def test_a_page_drawn_ahead_is_not_drawn_again(looking, monkeypatch):
    warmth._draw(Month(2023, 10))
    asked = (
        [("", query) for query in AHEAD]
        + [("targets", query) for query in (*AHEAD, *IN_ORDERS)]
        + [(path, AHEAD[0]) for path in ("compare", "offices")]
        + [("trends", {**AHEAD[0], "code": view.read(BY_PATH["trends"], {}).values["code"]})]  # the figure that a visit begins with
    )
    for path, _ in asked:
        monkeypatch.setitem(BODIES, path, _drawn_anew)
    for path, query in asked:
        assert "2023 年 10 月" in frame.drawn(view.read(BY_PATH[path], query))


def test_another_month_is_drawn(looking, monkeypatch):
    warmth._draw(Month(2023, 10))
    monkeypatch.setitem(BODIES, "targets", _drawn_anew)
    with pytest.raises(AssertionError, match="drawn anew"):
        frame.drawn(view.read(BY_PATH["targets"], {"period": "2023-09"}))


def test_a_thread_is_waited_for_once_it_runs_and_none_is_begun_at_the_end(monkeypatch):
    """Nobody can wait for a thread that has not begun; the inbox may ask for one just when the server ends."""
    monkeypatch.setattr(warmth, "_working", working := [])
    monkeypatch.setattr(warmth, "_closing", closing := Event())
    monkeypatch.setattr(warmth, "_compute", lambda: None)
    listed = []

    class WatchedWarmth(Thread):
        def start(self) -> None:
            listed.append(self in working)
            super().start()

    monkeypatch.setattr(warmth, "Thread", WatchedWarmth)
    warmth.keep_ready()
    closing.set()
    warmth.keep_ready()
    [thread] = working
    thread.join()
    assert listed == [False]


def _drawn_anew(_):
    raise AssertionError("drawn anew")
