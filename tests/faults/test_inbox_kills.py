"""A look over the inbox that is killed anywhere: the next one stores nothing twice, loses nothing, and leaves one answer."""

import pytest

from kpi.period import Month
from kpi.store import clock
from tests.faults.inbox_killing import ANSWER, NAME, killed_looks, made_good
from tests.faults.stepping import POSSIBLE
from tests.kpi.filing.test_intake import coal


@pytest.mark.skipif(not POSSIBLE, reason="calls are counted on Linux alone")
def test_a_kill_between_any_two_writes(empty, tmp_path):
    """Six of some sixty places, the first and the last among them; the sheet is stored once, for the inbox of its office."""
    sheet = coal(empty, Month.of(clock.today()).plus(-1)).data
    empty.close()
    (tmp_path / "data").rename(tmp_path / "work")  # a folder that was opened before
    (tmp_path / "live").mkdir()
    (tmp_path / "work").rename(tmp_path / "live" / "data")

    found = killed_looks(tmp_path, sheet)

    assert len(found) > 40
    assert any(instant.answered for instant in found)
    for call, submissions, names, line in made_good(found, 6):
        assert (submissions, names, line) == ([(1, "收件箱（质量监管科）")], [NAME, ANSWER], "已入库"), call
