"""The tables of 会议版 and 当时所知: what their rows say is what the board says."""

from kpi.compute.row import Status
from kpi.present.row_words import Spoken
from pages.bodies import drifts
from tests.kpi.present.rows import row


def test_what_may_not_be_assessed_has_no_status_that_counts():
    """A figure below its target that the law forbids to assess stands as 无目标, as on the board."""
    [assessed] = drifts.status(Spoken(row(value="90", target="95", status=Status.MISSED), 1)).badges
    [watched] = drifts.status(Spoken(row(value="90", target="95", status=Status.MISSED, may_assess=False), 1)).badges
    assert (assessed.text, watched.text) == ("■ 未达标", "○ 无目标")
    assert drifts.status(None).badges == ()
