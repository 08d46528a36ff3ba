"""督办 in sentences: what is promised, what became of it, how many, and the history."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal as D
from fractions import Fraction

import pytest

from kpi.compute.follow_up_course import FollowUpCourse, FollowUpStatus, Lamp
from kpi.compute.row import Status
from kpi.period import Month
from kpi.present import follow_up_words
from kpi.present.follow_up_slip import Slip
from kpi.present.row_words import Spoken
from kpi.store.follow_up import Matter, MatterKind, Step
from kpi.store.follow_up_entry import FollowUpAct, FollowUpEntry
from tests.kpi.present.rows import row_of
from tests.kpi.store.followed import MISS, NOON, entry, opened

DECEMBER, JANUARY = Month(2023, 12), Month(2024, 1)
DUE = date(2023, 12, 31)


def slip(status: FollowUpStatus = FollowUpStatus.RUNNING, on: str = "2023-12-08", entries: Sequence[FollowUpEntry] = (), **changed: object) -> Slip:
    """The problem 整改 2 项完成 1 项, number 3."""
    course = {name: changed.pop(name) for name in ("overdue_once", "recovered", "relapsed", "waits_for", "late_steps", "slow", "due") if name in changed}
    seen = FollowUpCourse(**{"status": status, "due": DUE, "overdue_once": False} | course)
    return replace(Slip(opened(seq=3), tuple(entries), date.fromisoformat(on), seen, "食品安全协调科", "bureau", ""), **changed)
