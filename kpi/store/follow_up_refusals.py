"""
What stands against an entry about a follow-up at the moment it is to be logged.

The writer asks while it holds the lock round writes, as it does of `kpi.store.refusals`.
"""

from collections.abc import Iterable, Sequence

import pyarrow as pa

from kpi.errors import RequestError
from kpi.store.follow_up import FollowUp
from kpi.store.follow_up_entry import FollowUpAct, FollowUpEntry
from kpi.store.log_rows import Entered, tables
from kpi.store.records import Records
from kpi.store.signature import signature


def signed(entries: Iterable[FollowUpEntry]) -> FollowUpEntry | None:
    """The signature that closes a follow-up; None where there is none, or it was taken up again since."""
    words = [entry for entry in entries if entry.act in (FollowUpAct.SIGN, FollowUpAct.REOPEN)]
    return words[-1] if words and words[-1].act is FollowUpAct.SIGN else None


def step_count(follow_up: FollowUp, entries: Iterable[FollowUpEntry]) -> int:
    """How many steps a follow-up has by now."""
    return len(follow_up.steps) + sum(entry.act is FollowUpAct.ADD_STEP for entry in entries)


def refuse_following(records: Records, entry: FollowUpEntry) -> None:
    """
    Refuse an entry about a follow-up that is not there, that a leader has closed, or about a step that it does not have.

    Raises:
        RequestError: Why it cannot be entered.

    """
    opened = records.follow_ups(entry.follow_up)
    if not opened:
        raise RequestError(f"没有第 {entry.follow_up} 号督办；请在督办清单中核对编号。")
    entries = records.follow_up_entries(entry.follow_up)
    signature_of_leader = signed(entries)
    if signature_of_leader and entry.act is not FollowUpAct.REOPEN:
        raise RequestError(already_closed(opened[0], signature_of_leader))
    if entry.act is FollowUpAct.STEP:
        _refuse_step(opened[0], entries, entry)


def refuse_untabled(act: Entered) -> None:
    """
    Refuse what no table can hold, before it is in the log for good.

    Raises:
        RequestError: A number is too large.

    """
    try:
        tables([act])
    except (pa.ArrowException, OverflowError):
        raise RequestError("写的数里有一个太大，数据库放不下，没有登入日志，也没有生效；请核对这个数再做。") from None


def already_closed(follow_up: FollowUp, signature_of_leader: FollowUpEntry) -> str:
    """The sentence about a follow-up that a leader has closed, and the way out."""
    done = signature(signature_of_leader.by, signature_of_leader.at, "已由")
    return f"第 {follow_up.seq} 号督办（{follow_up.title}）{done} 签字办结，不再登记；还没有办好的，请先写明理由重新督办。"


def _refuse_step(follow_up: FollowUp, entries: Sequence[FollowUpEntry], entry: FollowUpEntry) -> None:
    count = step_count(follow_up, entries)
    if entry.step is None or not 1 <= entry.step <= count:
        has = f"只有 {count} 个步骤" if count else "没有写步骤"
        raise RequestError(f"第 {follow_up.seq} 号督办没有第 {entry.step} 步（{has}）；请核对步骤，或先增加步骤。")
    latest = [other.done for other in entries if other.act is FollowUpAct.STEP and other.step == entry.step]
    if (latest[-1] if latest else False) == entry.done:
        raise RequestError(f"第 {follow_up.seq} 号督办的第 {entry.step} 步{'已经登记完成' if entry.done else '还没有登记完成'}，不必再登记。")
