"""
What stands against a decision or a submission at the moment it is to be logged.

The writer asks while it holds the lock round writes, so that nothing can change between the answer and the entry.
"""

from collections.abc import Iterable, Iterator, Mapping

from kpi.catalog.model import Catalog
from kpi.catalog.organisation import BUREAU
from kpi.errors import OutdatedError, RequestError, StoreError
from kpi.store.answer import Answer
from kpi.store.batch import Batch
from kpi.store.decision import Act, Decision, lock_in_force
from kpi.store.edition import Edition
from kpi.store.records import Records
from kpi.store.signature import signature


def refuse_unwritable(texts: Iterable[object]) -> None:
    """
    Refuse text that no file can hold, before anything is written.

    Raises:
        RequestError: A text has signs that are no characters, as a name has that was read in a wrong encoding.

    """
    for text in _every_text(list(texts)):
        if (legible := text.encode(errors="replace").decode()) != text:
            raise RequestError(f"「{legible}」里有读不出的字（多半是编码不对），没有登入日志，也没有生效；请改写这几个字后再做。")


def _every_text(written: object) -> Iterator[str]:
    """Every text of what the log is to hold, however deep it stands."""
    if isinstance(written, str):
        yield written
    elif isinstance(written, Mapping):
        yield from _every_text(list(written.values()))
    elif isinstance(written, list):
        for part in written:
            yield from _every_text(part)


def refuse(records: Records, catalog: Catalog, decision: Decision) -> None:
    """
    Refuse a decision that would change nothing, or something that is locked.

    Raises:
        RequestError: Why it cannot be taken.

    """
    if decision.act is Act.WITHDRAW:
        _refuse_withdrawal(records, decision)
    else:
        _refuse_idle(records, catalog, decision)


def _refuse_withdrawal(records: Records, decision: Decision) -> None:
    seq = decision.submission or 0
    current = {submission.seq for submission in records.current_submissions(decision.period, decision.office, decision.org)}
    if seq not in current:
        instead = f"，现在有效的是第 {max(current)} 号" if current else ""
        raise RequestError(f"第 {seq} 号不是有效的报送{instead}；只有有效的报送才能撤回，请在报送记录中核对编号。")
    if decision.office and (lock := records.locked(decision.office, decision.period, decision.org or BUREAU)):
        raise RequestError(f"第 {seq} 号报送没有撤回：{lock_words(lock)}")


def _refuse_idle(records: Records, catalog: Catalog, decision: Decision) -> None:
    offices = [decision.office] if decision.office else list(catalog.offices)
    orgs = [decision.org] if decision.org else list(catalog.leaves(catalog.root))
    words = records.decisions(decision.period)
    locks = [lock for org in orgs for office in offices if (lock := lock_in_force(words, office, decision.period, org))]
    whose = catalog.called(decision.office, decision.org)
    where = decision.period.chinese + (f"（{whose}）" if whose else "")
    if decision.act is Act.LOCK and len(locks) == len(orgs) * len(offices):
        raise RequestError(f"{where}{signature(locks[0].by, locks[0].at, '已由')} 锁定，不必再锁。")
    if decision.act is Act.UNLOCK and not locks:
        raise RequestError(f"{where}没有锁定，不必解锁。")


def refuse_locked(records: Records, catalog: Catalog, batches: Iterable[Batch]) -> None:
    """
    Refuse reports of a month that is locked for their office.

    Raises:
        StoreError: One is locked; by whom, when, why, and the way out.

    """
    decisions = records.decisions()
    for batch in batches:
        if lock := lock_in_force(decisions, batch.office, batch.period, batch.org):
            raise StoreError(f"「{batch.file}」（{catalog.called(batch.office, batch.org)} {batch.period.chinese}）没有入库：{lock_words(lock)}")


def refuse_idle_undoing(records: Records, answers: Iterable[Answer]) -> None:
    """
    Refuse to undo an answer that does not hold.

    Raises:
        RequestError: Somebody has undone it already.

    """
    known = {answer.question for answer in records.answers_in_force()}
    for answer in answers:
        if answer.said is None and answer.question not in known:
            raise RequestError(f"「{answer.seen}」的对应关系已经撤销，不必再撤。")


def refuse_filling(records: Records) -> None:
    """
    Refuse to fill the demonstration into a store that holds anything.

    Raises:
        RequestError: It does.

    """
    if records.entered():
        raise RequestError("数据目录里已有报送或处理，演示数据只能装入空的数据目录；请换一个目录（--data 或环境变量 KPI_DATA）。")


def refuse_ending(records: Records, catalog: Catalog, left_out: int) -> None:
    """
    Refuse to end the demonstration where anything else would go with it.

    Args:
        records: What is on record.
        catalog: The catalogue in force, for the names of offices.
        left_out: How many entries of the log nobody can read.

    Raises:
        RequestError: There is none, a sheet of an office has come in since, or an entry that cannot be read may be one.

    """
    elsewhere = "请停下看板，用环境变量 KPI_DATA 或 --data 另写一个空的文件夹再启动，把正式报表报送到那里"
    on_record = records.submissions()
    if others := [submission for submission in on_record if not submission.demo]:
        first = others[0]
        whose = f"「{first.file}」，{catalog.called(first.office, first.org) if first.office in catalog.offices else first.office} {first.period.chinese}"
        raise RequestError(
            f"没有清空：已有 {len(others)} 份正式报送（第 {first.seq} 号，{whose}{'等' if others[1:] else ''}），清空会连它们一起拿掉；{elsewhere}。"
        )
    if not on_record:
        raise RequestError("没有清空：数据目录里没有演示数据，可以直接导入报表。")
    if left_out:
        raise RequestError(f"没有清空：有 {left_out} 条记录读不出，看不出是不是正式报送；请先按「报表导入」上的提示恢复，或者{elsewhere}。")


def refuse_outdated(version: int, edition: Edition) -> None:
    """
    Refuse to freeze figures that may no longer be those of the board.

    Raises:
        RequestError: Something was entered since they were computed.

    """
    if edition.known != version:
        raise RequestError(f"{edition.period.chinese}的会议版没有定稿：刚有新的报送或处理记入日志；请再定稿一次。")


def refuse_overtaken(batch: Batch, beside: frozenset[int], now: frozenset[int]) -> None:
    """
    Refuse a report that was checked against something else than what is in force now.

    Args:
        batch: The report.
        beside: The numbers of what it was compared with.
        now: The numbers of what it would be compared with now.

    Raises:
        OutdatedError: Something of it was replaced, withdrawn or added since.

    """
    if now != beside:
        what = "它的台账" if batch.ledger else f"{batch.period.chinese}的报表"
        happened = "又有新的报送" if now - beside else "有报送撤回了"
        raise OutdatedError(f"「{batch.file}」没有入库：读取以后，{what}{happened}；请重新读取，再核对一次。")


def lock_words(lock: Decision) -> str:
    """A lock and the way out of it, as the second half of a sentence."""
    return f"这个月的数据{signature(lock.by, lock.at, '已由')} 锁定（理由：{lock.reason}）；确需更正时，请管理员先解锁再报送。"
