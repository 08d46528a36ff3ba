"""The screens of 大屏 that speak of follow-ups (督办): what was promised at the last meeting comes first, what is open now last."""

from collections.abc import Iterator, Sequence

from kpi.present import follow_up_words
from kpi.present.follow_up_slip import Slip
from kpi.present.html.engine import render
from pages.bodies import follow_up_lines
from pages.bodies.wall_screen import WallScreen, parted
from pages.widgets import follow_up_slips

EACH = 5  # follow-ups of one screen


def last_meeting(org: str, running: str) -> Iterator[WallScreen]:
    """
    What was promised at the last meeting, promise by promise, and what of older ones is open.

    Args:
        org: Whose board is shown.
        running: The code of the edition that is presented; empty of the live board.

    Returns:
        The screens; none where nothing was ever promised, nor of the live board where all of it is done.

    """
    promises = follow_up_slips.promises(org, running)
    every = [*promises.slips, *promises.earlier]
    lead = follow_up_words.last_meeting(promises.slips, promises.earlier)
    if not every and running and follow_up_slips.slips(org):
        yield _screen("上次会议", "上次会议答应的事", [], lead)
    for pages, slips in parted(every, EACH):
        yield _screen("上次会议", f"上次会议答应的事{pages}", slips, lead)


def open_ones(org: str) -> Iterator[WallScreen]:
    """What is open now."""
    every = follow_up_slips.slips(org)
    for pages, slips in parted([slip for slip in every if not slip.status.closed], EACH):
        yield _screen("督办", f"还要办的事{pages}", slips, follow_up_words.answer(every))


def _screen(name: str, title: str, slips: Sequence[Slip], lead: str) -> WallScreen:
    promises = [
        {
            "mark": follow_up_lines.mark(slip),
            "title": slip.follow_up.title,
            "promised": follow_up_words.promised(slip),
            "outcome": follow_up_words.outcome(slip),
        }
        for slip in slips
    ]
    return WallScreen(name, title, render("wall_promises.html", lead=lead, promises=promises))
