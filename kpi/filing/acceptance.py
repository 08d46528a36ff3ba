"""
The second step of what is sent (审核): referrals are looked through, and accepted or returned, by somebody else than their sender.

Each act is in the audit; who sent a submission and who accepted it stand in its batch.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from kpi.access.audit import Audited
from kpi.access.caller import DeniedError, is_of_a_person
from kpi.access.roles import Right
from kpi.bureau import Bureau, LiveBureau
from kpi.errors import RequestError
from kpi.filing.sheet_names import sheet_name
from kpi.store.batch import Batch
from kpi.store.clock import now
from kpi.store.referral import Referral, ReferredSheet, Return
from kpi.store.row_values import value_of
from kpi.store.submission import Submission
from kpi.validation.taken_away import Change, changes_between
from kpi.workbook.personal.masking import mask
from kpi.workbook.report import Column


@dataclass(frozen=True, slots=True)
class Waiting:
    """A referral as somebody sees it."""

    referral: Referral
    decides: bool  # whether they may accept or return it
    forgets: bool  # whether they may take it back, or take note of its return


def referred(bureau: LiveBureau) -> list[Waiting]:
    """What waits or was returned and concerns the caller: their own and their office's, and what they may accept; the oldest first."""
    each = [_seen(bureau, referral) for referral in bureau.store.referrals()]
    return [waiting for waiting in each if waiting is not None]


def referred_as(bureau: LiveBureau, code: str) -> Waiting:
    """
    One of them.

    Raises:
        RequestError: There is none of this name that concerns the caller, or it was decided.
        StoreError: It cannot be read.

    """
    waiting = _seen(bureau, bureau.store.referral(code))
    if waiting is None:
        raise RequestError(f"没有送审的「{code[:40]}」；请刷新页面。")
    return waiting


def accept_referred(bureau: LiveBureau, code: str, by: str) -> list[Submission]:
    """
    Accept a referral: what was sent is in force from now on.

    Raises:
        DeniedError: The caller may not accept for one of its offices, or has sent it.
        OutdatedError: A sheet of it was replaced or withdrawn since.
        RequestError: There is none, it was decided, or it is not said who accepts.
        StoreError: The store cannot take it.

    """
    bureau.caller.require_right(Right.ACCEPT)
    referral = bureau.store.referral(code)
    _require_decision(bureau, referral)
    who = _signed(bureau, by, "审核")
    stored = bureau.store.accept_referral(code, who)
    bureau.note_done(Audited.ACCEPT, "；".join(f"{sheet_name(bureau.catalog, own)}（{referral.by}送审）" for own in stored))
    return stored


def return_referred(bureau: LiveBureau, code: str, by: str, reason: str) -> Referral:
    """
    Return a referral to its sender.

    Raises:
        DeniedError: The caller may not accept for one of its offices, or has sent it.
        RequestError: There is none, it was decided, or no reason is given.
        StoreError: The disk refuses.

    """
    bureau.caller.require_right(Right.ACCEPT)
    referral = bureau.store.referral(code)
    _require_decision(bureau, referral)
    who = _signed(bureau, by, "退回")
    if not reason.strip():
        raise RequestError("退回要写明理由，科室照着改。")
    returned = bureau.store.return_referral(code, Return(who, now(), mask(reason.strip())))
    bureau.note_done(Audited.RETURN, f"{whose(bureau, referral)}（{referral.by}送审）：{reason.strip()}")
    return returned


def forget_referred(bureau: LiveBureau, code: str) -> None:
    """
    Take back what one has referred, or take note that it was returned: it is on the list no longer.

    What the inbox or another system sent its office takes back; of a return everybody of the office may take note.

    Raises:
        DeniedError: It is not the caller's.
        RequestError: There is none, or it was accepted or returned meanwhile.
        StoreError: The disk refuses.

    """
    waiting = referred_as(bureau, code)
    if not waiting.forgets:
        raise DeniedError(f"送审的「{code}」不是您送的；请送审的人撤销，退回的由科室的人确认已知。")
    bureau.store.forget_referral(code, returned=waiting.referral.returned is not None)
    if waiting.referral.returned is None:
        bureau.note_done(Audited.RETURN, f"撤销送审 {whose(bureau, waiting.referral)}")


def changes_of(bureau: LiveBureau, batch: Batch) -> tuple[Change, ...]:
    """The figures that accepting a report would change, against what is in force now; those that it leaves out would be 未报."""
    in_force = [own for own in bureau.store.current_submissions(batch.period, batch.office, batch.org) if own.template == batch.template]
    old = bureau.store.stated_in(in_force[0].seq) if in_force else {}
    new = {(measure, Column(header)): value_of(*cell[:4]) for (measure, header), cell in batch.cells().items()}  # type: ignore[arg-type]  # the columns of FACTS
    return changes_between(old, new)


def _seen(bureau: Bureau, referral: Referral) -> Waiting | None:
    caller = bureau.caller
    own, accepts = referral.account == caller.account, _may(bureau, Right.ACCEPT, referral.sheets)
    submits = _may(bureau, Right.SUBMIT, referral.sheets)
    of_the_office = submits and not accepts and (referral.returned is not None or not is_of_a_person(referral.account))
    return Waiting(referral, accepts and not _is_own(bureau, referral), own or of_the_office) if own or accepts or submits else None


def _is_own(bureau: Bureau, referral: Referral) -> bool:
    """Whether the caller has sent it under a login of their own."""
    return is_of_a_person(referral.account) and referral.account == bureau.caller.account


def _require_decision(bureau: Bureau, referral: Referral) -> None:
    """Refuse who may not decide about a referral: who sent it, even as somebody who may accept by now, does not accept it."""
    _require(bureau, Right.ACCEPT, referral.sheets)
    if _is_own(bureau, referral):
        raise DeniedError(f"送审的「{referral.code}」是您自己送的；请由另一位审核员审核，或撤销以后重新报送。")


def _may(bureau: Bureau, right: Right, sheets: Sequence[ReferredSheet]) -> bool:
    return all(bureau.may(right, sheet.org, sheet.office) for sheet in sheets)


def _require(bureau: Bureau, right: Right, sheets: Sequence[ReferredSheet]) -> None:
    for sheet in sheets:
        bureau.require(right, sheet.org, sheet.office)


def _signed(bureau: Bureau, by: str, act: str) -> str:
    who = bureau.caller.signature(by).strip()
    if not who:
        raise RequestError(f"{act}要写明姓名。")
    return mask(who)


def whose(bureau: Bureau, referral: Referral) -> str:
    """Whose a referral is and of which months, in words."""
    return "、".join(sheet_name(bureau.catalog, sheet) for sheet in referral.sheets)
