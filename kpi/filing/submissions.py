"""
What was submitted (报送记录), and what may be done about it: take one back, close a month, open it again.

Nothing here removes anything: a withdrawal, a lock and its end are entries of the same log as the submissions.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from kpi.access.audit import Audited
from kpi.access.roles import Right
from kpi.bureau import Bureau, LiveBureau
from kpi.errors import RequestError
from kpi.filing.sheet_names import sheet_name
from kpi.finding import Finding
from kpi.period import Month
from kpi.review.case_origins import Origins, origins
from kpi.store.clock import now
from kpi.store.decision import Act, Decision
from kpi.store.submission import Submission
from kpi.validation.backgrounds import filed_cells
from kpi.validation.left_behind import left_behind
from kpi.validation.month_reach import earliest
from kpi.validation.taken_away import Change, changes_between
from kpi.validation.ties import tied_measures
from kpi.workbook.personal.masking import mask

_AHEAD = 12  # months from today that may be locked


class Standing(StrEnum):
    """Whether a submission counts."""

    IN_FORCE = "有效"
    MERGED = "件已并入"
    SUPERSEDED = "已被替换"
    WITHDRAWN = "已撤回"


@dataclass(frozen=True, slots=True)
class Record:
    """One submission and what became of it."""

    submission: Submission
    standing: Standing
    before: int | None  # the submission that counted when this one came
    after: int | None  # the submission that took its place, of a superseded one
    withdrawal: Decision | None
    origins: Origins = field(default_factory=dict)  # of a ledger: how many of its cases that count each submission brought, by number
    counts_in: int | None = None  # of a ledger that was put together with later ones: the submission in force that counts cases of it
    merged: int = 0  # and how many
    on_top: tuple[int, ...] = ()  # the later submissions that have to be withdrawn before this one can be, the latest first

    @property
    def brought(self) -> tuple[int, ...]:
        """The earlier submissions whose cases count with this one, by number."""
        return tuple(seq for seq in self.origins if seq != self.submission.seq)


def history(bureau: Bureau, office: str | None = None, period: Month | None = None, org: str | None = None) -> list[Record]:
    """
    Every submission ever taken in whose organisation the caller may read, the latest first.

    Args:
        bureau: The bureau.
        office: Only those of this office.
        period: Only those about this month.
        org: Only those of the organisations at or below this one.

    """
    withdrawals = {decision.submission: decision for decision in bureau.store.decisions(period) if decision.act is Act.WITHDRAW}
    current = {submission.seq for submission in bureau.store.current_submissions(period, office)}
    below = bureau.catalog.leaves(org) if org else ()
    forms: defaultdict[tuple[str, str, Month, str], list[Submission]] = defaultdict(list)
    for submission in bureau.store.submissions(period, office):
        if (org and submission.org not in below) or not bureau.sees(bureau.catalog.meant(submission.org)):
            continue
        forms[submission.org, submission.office, submission.period, submission.template].append(submission)
    records: list[Record] = []
    for form in forms.values():
        of_form = []
        for i, submission in enumerate(form):
            withdrawal = withdrawals.get(submission.seq)
            standing = Standing.WITHDRAWN if withdrawal else Standing.IN_FORCE if submission.seq in current else Standing.SUPERSEDED
            earlier = [other.seq for other in form[:i] if other.seq not in withdrawals or withdrawals[other.seq].seq > submission.seq]
            later = [other.seq for other in form[i + 1 :] if other.seq not in withdrawals]
            replaced = later[0] if standing is Standing.SUPERSEDED else None
            of_form.append(Record(submission, standing, earlier[-1] if earlier else None, replaced, withdrawal))
        records += _merged(bureau, of_form)
    return sorted(records, key=lambda record: -record.submission.seq)


def _merged(bureau: Bureau, records: Sequence[Record]) -> list[Record]:
    """The records of one template and month, those of a ledger with what became of their cases."""
    live = [record for record in records if record.withdrawal is None]
    if len(live) < 2 or live[-1].standing is not Standing.IN_FORCE or live[0].submission.template not in bureau.catalog.ledgers:
        return list(records)
    last = live[-1].submission.seq
    brought = origins(bureau, [record.submission for record in live]).get(last, {})
    done = []
    for record in records:
        seq = record.submission.seq
        if seq == last:
            record = replace(record, origins=brought)
        elif record.withdrawal is None and seq in brought:
            on_top = tuple(other.submission.seq for other in reversed(live) if other.submission.seq > seq)
            record = replace(record, standing=Standing.MERGED, counts_in=last, merged=brought[seq], on_top=on_top)
        done.append(record)
    return done


def changes(bureau: Bureau, record: Record) -> tuple[Change, ...]:
    """The figures that a submission changed against the one before it; those that it left out have become 未报."""
    if record.before is None:
        return ()
    return changes_between(bureau.store.stated_in(record.before), bureau.store.stated_in(record.submission.seq))


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """A submission taken back, and what the sheets that count now contradict or miss by it."""

    decision: Decision
    findings: tuple[Finding, ...]


def require_original(bureau: Bureau, submission: Submission) -> None:
    """
    Refuse the file of a submission to whom it is not for: it is for those who may read the organisation, and of 填报员 for those of its office.

    Raises:
        DeniedError: The caller may not have it.

    """
    org = bureau.catalog.meant(submission.org)
    bureau.require(Right.READ, org)
    if bureau.caller.office:
        bureau.require(Right.SUBMIT, org, submission.office)


def withdraw(bureau: LiveBureau, seq: int, by: str, reason: str) -> Withdrawal:
    """
    Take back a submission in force: the one before it of the same organisation, office, month and template counts again.

    Raises:
        DeniedError: The caller may not do so.
        RequestError: There is no such submission in force, its month is locked, or no reason is given.
        StoreError: The store cannot take the decision.

    """
    submission = bureau.store.submission(seq)
    if submission is None:
        raise RequestError(f"没有第 {seq} 号报送；请在报送记录中核对编号。")
    bureau.require(Right.ACCEPT, submission.org, submission.office)
    tied = tied_measures(bureau.catalog, submission.office)
    year, named = bureau.catalog.year, bureau.catalog.year.of(submission.period)
    first, last = year.first(named - 1), year.last(named + 1)
    before = filed_cells(bureau.store, tied, first, last, submission.org)
    decision = _decide(bureau, Act.WITHDRAW, submission.period, submission.office, seq, by, reason, submission.org)
    bureau.note_done(Audited.WITHDRAW, sheet_name(bureau.catalog, submission))
    after = filed_cells(bureau.store, tied, first, last, submission.org)
    return Withdrawal(decision, left_behind(bureau.catalog, submission.office, submission.period, submission.org, before, after, decision.at.date()))


def withdraw_all(bureau: LiveBureau, submissions: Sequence[Submission], by: str, reason: str) -> None:
    """
    Take back several submissions in force at once, or none of them.

    Raises:
        DeniedError: The caller may not do so.
        RequestError: One is not in force, its month is locked, or no reason is given.
        StoreError: The store cannot take the decisions.

    """
    for submission in submissions:
        bureau.require(Right.ACCEPT, submission.org, submission.office)
    by = _signed(bureau, Act.WITHDRAW, by, reason)
    who, why, at = mask(by), mask(reason.strip()), now()
    if submissions:
        bureau.store.decide_all([Decision(Act.WITHDRAW, own.period, own.office, own.seq, who, at, why, org=own.org) for own in submissions])
    for submission in submissions:
        bureau.note_done(Audited.WITHDRAW, sheet_name(bureau.catalog, submission))


def lock(bureau: LiveBureau, period: Month, by: str, reason: str, office: str | None = None, org: str | None = None) -> Decision:
    """
    Keep a month from changing, or one office's or one organisation's part of it.

    Raises:
        DeniedError: The caller may not do so.
        RequestError: It is locked already, nobody reports about so early or late a month, the organisation does not report itself, or no reason is given.
        StoreError: The store cannot take the decision.

    """
    bureau.require(Right.CLOSE, org, office)
    today = Month.of(now().date())
    far = period < earliest(bureau.catalog, today)
    if far or period > today.plus(_AHEAD):
        raise RequestError(f"没有锁定：{period.chinese}{'太早，不会有报送' if far else f'在今天 {_AHEAD} 个月以后，还不会有报送'}；请核对月份。")
    return _close(bureau, Act.LOCK, period, office, by, reason, org)


def unlock(bureau: LiveBureau, period: Month, by: str, reason: str, office: str | None = None, org: str | None = None) -> Decision:
    """
    Let a month change again, or one office's or one organisation's part of it; the latest word is in force, be it of one or of all.

    Raises:
        DeniedError: The caller may not do so.
        RequestError: It is not locked, the organisation does not report itself, or no reason is given.
        StoreError: The store cannot take the decision.

    """
    bureau.require(Right.CLOSE, org, office)
    return _close(bureau, Act.UNLOCK, period, office, by, reason, org)


def _close(bureau: LiveBureau, act: Act, period: Month, office: str | None, by: str, reason: str, org: str | None) -> Decision:
    decision = _decide(bureau, act, period, office, None, by, reason, _covered(bureau, org))
    bureau.note_done(Audited.PERIOD, f"{act.chinese} {bureau.catalog.called(office, org) or '全部科室'} {period.chinese}")
    return decision


def _covered(bureau: Bureau, org: str | None) -> str | None:
    """The organisation that a lock covers; None for all of them."""
    catalog = bureau.catalog
    if org is None or org == catalog.root:
        return None if catalog.branched else catalog.root
    if not catalog.orgs[org].reports:
        raise RequestError(f"{catalog.orgs[org].name}自己不报数；锁定和解锁请写报数的单位，或不写单位，对全部单位生效。")
    return org


def _decide(bureau: LiveBureau, act: Act, period: Month, office: str | None, submission: int | None, by: str, reason: str, org: str | None) -> Decision:
    by = _signed(bureau, act, by, reason)
    return bureau.store.decide(Decision(act, period, office, submission, mask(by), now(), mask(reason.strip()), org=org))


def _signed(bureau: LiveBureau, act: Act, by: str, reason: str) -> str:
    """Who does it; both a name and a reason are needed."""
    by = bureau.caller.signature(by).strip()
    if not by or not reason.strip():
        raise RequestError(f"{act.chinese}要写明姓名和理由，理由会一直留在记录里。")
    return by
