"""
What is entered about a follow-up (督办) that is open: progress, another day, steps, the signature of a leader; and its being taken up again.

Every function takes the bureau, the number of the follow-up and the occasion, returns the entry with its number, and raises:

    RequestError: There is no such follow-up, it is closed already (or open still), or something that is given is missing or wrong.
    StoreError: The store cannot take it.
"""

from datetime import date
from decimal import Decimal
from functools import partial

from kpi.access.audit import Audited
from kpi.access.roles import Right
from kpi.bureau import LiveBureau
from kpi.compute.follow_up_course import FollowUpStatus
from kpi.errors import RequestError
from kpi.meeting.follow_ups import find
from kpi.meeting.occasion import Occasion
from kpi.present import follow_up_words
from kpi.present.follow_up_slip import Slip
from kpi.store.follow_up_entry import FollowUpAct, FollowUpEntry
from kpi.store.follow_up_refusals import already_closed
from kpi.workbook.personal.masking import mask_numbers


def add_progress(bureau: LiveBureau, number: int, words: str, occasion: Occasion, completed: int | None = None) -> FollowUpEntry:
    """Enter what has been done; ``completed``: how many of a counted problem are mended by now."""
    slip = _open_slip(bureau, number, occasion)
    if not words.strip():
        raise _refused(slip, "进展没有登记：没有写办到哪一步", "请写明")
    total = slip.follow_up.matter.total
    if completed is not None and (total is None or not 0 <= completed <= total):
        what = f"共 {total} 项" if total is not None else "没有写共几项"
        raise _refused(slip, f"进展没有登记：{what}，完成数不能是 {completed}", "请核对")
    return _enter(bureau, slip, FollowUpAct.NOTE, words, occasion, completed=completed)


def promise_anew(
    bureau: LiveBureau, number: int, due: date | None, reason: str, occasion: Occasion, promise: str | None = None, promised: Decimal | None = None
) -> FollowUpEntry:
    """
    Promise another day, with the reason; that it was overdue until then stays on record.

    Args:
        bureau: The bureau.
        number: Which follow-up.
        due: The new day, today or later.
        reason: Why.
        occasion: Who promises, when, in which meeting.
        promise: What is promised now, in free words; None: what was promised before.
        promised: The same as a value of the indicator.

    """
    slip = _open_slip(bureau, number, occasion)
    if not reason.strip():
        raise _refused(slip, "没有改期：没有写原因", "请写明为什么要改")
    if due is None:
        raise _refused(slip, "没有改期：没有写新的期限", f"请写今天（{occasion.today.isoformat()}）或以后的日期")
    _refuse_day(slip, "没有改期：新的期限", due, occasion)
    words = None if promise is None else mask_numbers(promise.strip())
    return _enter(bureau, slip, FollowUpAct.PROMISE, reason, occasion, due=due, promise=words, promised=promised)


def mark_step(bureau: LiveBureau, number: int, step: int, occasion: Occasion, words: str = "", *, done: bool = True) -> FollowUpEntry:
    """Enter that a step, counted from 1 on, is done; or that it is not after all, with the reason in ``words``."""
    slip = _open_slip(bureau, number, occasion)
    if not done and not words.strip():
        raise _refused(slip, f"第 {step} 步没有改回未完成：没有写原因", "请写明为什么")
    return _enter(bureau, slip, FollowUpAct.STEP, words, occasion, step=step, done=done)


def add_step(bureau: LiveBureau, number: int, words: str, occasion: Occasion, due: date | None = None) -> FollowUpEntry:
    """Add a step behind the others, with its day if it has one."""
    slip = _open_slip(bureau, number, occasion)
    if not words.strip():
        raise _refused(slip, "步骤没有增加：没有写做什么", "请写明")
    _refuse_day(slip, "步骤没有增加：日期", due, occasion)
    return _enter(bureau, slip, FollowUpAct.ADD_STEP, words, occasion, due=due)


def sign(bureau: LiveBureau, number: int, reason: str, occasion: Occasion) -> FollowUpEntry:
    """Close a follow-up by the signature of a leader, who says why, although its figure has not recovered or there is none."""
    slip = _open_slip(bureau, number, occasion, Right.SIGN)
    if not reason.strip():
        raise _refused(slip, "没有签字办结：没有写理由", "请写明为什么可以办结，理由会一直留在记录里")
    return _enter(bureau, slip, FollowUpAct.SIGN, reason, occasion)


def reopen(bureau: LiveBureau, number: int, reason: str, occasion: Occasion, due: date | None = None) -> FollowUpEntry:
    """Take up a follow-up again that a leader has signed or whose figure has recovered; figures that are known already do not close it again."""
    slip = _closed_slip(bureau, number, occasion)
    if not reason.strip():
        raise _refused(slip, "没有重新督办：没有写理由", "请写明为什么要重新办")
    _refuse_day(slip, "没有重新督办：期限", due, occasion)
    return _enter(bureau, slip, FollowUpAct.REOPEN, reason, occasion, due=due)


def _closed_slip(bureau: LiveBureau, number: int, occasion: Occasion) -> Slip:
    """A follow-up that is closed, as it stands today."""
    slip = find(bureau, number, occasion.today)
    bureau.require(Right.MEET, slip.org)
    if not slip.status.closed:
        raise _refused(slip, f"没有重新督办：它还没有办结（{slip.status.value}）", "请登记进展，或者改期")
    return slip


def _open_slip(bureau: LiveBureau, number: int, occasion: Occasion, right: Right = Right.MEET) -> Slip:
    """A follow-up that is not closed, as it stands today, for a caller who has a right."""
    slip = find(bureau, number, occasion.today)
    bureau.require(right, slip.org)
    if slip.status is FollowUpStatus.SIGNED and slip.signature:
        raise RequestError(already_closed(slip.follow_up, slip.signature))
    if slip.status.closed:
        raise _refused(slip, f"{follow_up_words.outcome(slip)}，不再登记", "认为还没有办好的，请先写明理由重新督办")
    return slip


def _enter(
    bureau: LiveBureau,
    slip: Slip,
    act: FollowUpAct,
    words: str,
    occasion: Occasion,
    *,
    due: date | None = None,
    promise: str | None = None,
    promised: Decimal | None = None,
    step: int | None = None,
    done: bool | None = None,
    completed: int | None = None,
) -> FollowUpEntry:
    by = occasion.named(bureau, f"第 {slip.number} 号督办的{act.chinese}没有登记：", "姓名")
    entry = FollowUpEntry(
        act,
        slip.number,
        by,
        occasion.at,
        mask_numbers(words.strip()),
        due,
        promise,
        promised,
        step,
        done,
        completed,
        occasion.code(bureau),
        slip.follow_up.demo,
    )
    right = Right.SIGN if act is FollowUpAct.SIGN else Right.MEET
    standing = partial(_closed_slip, bureau, slip.number, occasion) if act is FollowUpAct.REOPEN else partial(_open_slip, bureau, slip.number, occasion, right)
    logged = bureau.store.follow(entry, standing)
    bureau.note_done(Audited.MEETING, f"第 {slip.number} 号督办 {act.chinese}")
    return logged


def _refuse_day(slip: Slip, what: str, day: date | None, occasion: Occasion) -> None:
    if day and (wrong := occasion.wrong(day)):
        raise _refused(slip, f"{what} {day.isoformat()} {wrong[0]}", wrong[1])


def _refused(slip: Slip, what: str, way_out: str) -> RequestError:
    return RequestError(f"第 {slip.number} 号督办（{slip.follow_up.title}）{what}；{way_out}。")
