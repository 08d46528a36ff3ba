"""Follow-ups, entries about them and meeting notes as they come, for tests that log them."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal as D

from kpi.period import Month
from kpi.store.follow_up import FollowUp, Matter, MatterKind, Step
from kpi.store.follow_up_entry import FollowUpAct, FollowUpEntry
from kpi.store.meeting_note import MeetingNote, NoteKind

NOON = datetime(2023, 12, 6, 12)  # noqa: DTZ001 - the store keeps local time
NOVEMBER = Month(2023, 11)
MISS = Matter(
    MatterKind.MISS,
    NOVEMBER,
    "食品抽检合格率 97.8%（未舍入 97.788%），目标 ≥97.8%。",
    indicator="food_pass_rate",
    value=D(1724) / D(1763) * 100,  # 28 digits, every one of which is kept
    target=D("97.80"),
    as_of=date(2023, 11, 30),
)
PROBLEM = Matter(MatterKind.PROBLEM, NOVEMBER, "整改 2 项完成 1 项，预计 12 月完成", total=2, done=1)


def opened(matter: Matter = PROBLEM, **changed: object) -> FollowUp:
    """A follow-up of 食品安全协调科, due at the end of 2023."""
    whole = FollowUp(matter, "两项整改", "food", "张三", date(2023, 12, 31), "李主任", NOON, "12 月全部完成")
    return replace(whole, **changed)


def entry(act: FollowUpAct, number: int = 1, **changed: object) -> FollowUpEntry:
    """An entry about the follow-up with a number."""
    return replace(FollowUpEntry(act, number, "李主任", NOON), **changed)


def every_kind() -> list[FollowUp | FollowUpEntry | MeetingNote]:
    """One of each act, with everything that it may hold; the follow-up has number 1."""
    steps = (Step("发函督促", date(2023, 12, 15)), Step("复查"))
    return [
        opened(MISS, promised=D("98.0"), steps=steps, edition="2023-11-K7QF-3M", org="donghu"),
        entry(FollowUpAct.NOTE, words="已完成一项", completed=1),
        entry(FollowUpAct.PROMISE, words="企业停产", due=date(2024, 1, 31), promise="1 月完成", promised=D("97.90"), edition="2023-12-K7QF-3M"),
        entry(FollowUpAct.STEP, step=1, done=True),
        entry(FollowUpAct.STEP, step=1, done=False, words="函被退回"),
        entry(FollowUpAct.ADD_STEP, words="约谈", due=date(2024, 1, 10)),
        entry(FollowUpAct.SIGN, words="另案处理"),
        entry(FollowUpAct.REOPEN, words="又有投诉"),
        MeetingNote(NoteKind.DECISION, NOVEMBER, "十二月内完成整改", "王记录", NOON, "2023-11-K7QF-3M", "donghu"),
        MeetingNote(NoteKind.MINUTE, NOVEMBER, "与会 12 人", "王记录", NOON),
    ]
