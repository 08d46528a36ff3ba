"""
A correction of one figure (更正): the sheet of a submission once more with one cell changed, as a submission of its own.

What is sent is the fill-in sheet of the office with every figure, day and remark of the submission in force and the new figure in
its place; the reason is its 说明.  The old submission stays on record, and the new one goes the way of every file.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from kpi.access.roles import Right
from kpi.bureau import Bureau, LiveBureau
from kpi.errors import RequestError
from kpi.filing.form_sheet import form_on_file
from kpi.filing.intake import accept, prepare
from kpi.filing.prepared import Outcome, Prepared
from kpi.filing.two_steps import to_the_sender
from kpi.filing.web_form import NAME, upload_of, web_form
from kpi.finding import Finding, Severity
from kpi.store.submission import Submission
from kpi.validation.taken_away import differs
from kpi.value import UNREPORTED
from kpi.workbook.report import Column
from kpi.workbook.writing.template_cells import FIGURES, FormCell, takes


@dataclass(frozen=True, slots=True)
class Correction:
    """What was made of a correction: the submissions (referred ones in two steps), and what the checks said of the sheet."""

    submissions: tuple[Submission, ...]
    findings: tuple[Finding, ...]


def correctable(bureau: Bureau, submission: Submission) -> Mapping[FormCell, str]:
    """The figures of a submission that can be corrected one by one, each as it would be typed; of a ledger none, its cases are corrected in the ledger."""
    if submission.template in bureau.catalog.ledgers or submission.office not in bureau.catalog.offices:
        return {}
    form = form_on_file(bureau, submission)
    own = {code for code, _ in bureau.store.written(submission.seq)}
    measures = [measure for measure in bureau.catalog.office_measures(submission.office, submission.period) if measure.code in own]
    return {(m.code, column): form.cells.get((m.code, column), "") for m in measures for column in FIGURES if takes(m, column)}


def correct(bureau: LiveBureau, seq: int, cell: FormCell, text: str, by: str, reason: str) -> Correction:
    """
    Correct one figure of a submission in force.

    Args:
        bureau: The bureau.
        seq: The number of the submission.
        cell: The measure and the column.
        text: The figure as it is typed into a sheet; empty where there is none.
        by: Who corrects it.
        reason: Why; kept as the 说明 of the new submission.

    Raises:
        DeniedError: The caller may not submit for the office.
        RequestError: There is no such submission in force or no such figure in it, nothing would change, no name or reason is
            given, or the sheet with the new figure cannot be accepted: its month is locked, or the figure cannot be.
        OutdatedError, StoreError: As `kpi.filing.intake.accept`.

    """
    submission = _in_force(bureau, seq)
    bureau.require(Right.SUBMIT, bureau.catalog.meant(submission.org), submission.office)
    if not bureau.caller.signature(by).strip() or not reason.strip():
        raise RequestError("更正要写明姓名和理由，理由会一直留在记录里。")
    old = correctable(bureau, submission)
    if cell not in old:
        raise RequestError(f"第 {seq} 号报送里没有这个可以更正的数；台账里的数请改台账后重新报送。")
    if " ".join(text.split()) == old[cell]:
        raise RequestError("新的数和现在的一样，没有更正。")
    form = form_on_file(bureau, submission)
    changed = web_form(bureau.catalog, submission.org, submission.office, submission.period, {**form.cells, cell: text})
    [prepared] = prepare(bureau, [upload_of(bureau.catalog, changed, f"{NAME}_更正第{seq}号")])
    _require_only(bureau, submission, cell, prepared)
    why = f"更正：{reason.strip()}" + (f"；原说明：{submission.note}" if submission.note else "")
    stored = accept(bureau, [replace(prepared, reason=why)], by.strip(), why)
    return Correction(tuple(stored), prepared.findings)


def _in_force(bureau: Bureau, seq: int) -> Submission:
    submission = bureau.store.submission(seq)
    if submission is None:
        raise RequestError(f"没有第 {seq} 号报送；请在报送记录中核对编号。")
    current = bureau.store.current(submission.office, submission.period, submission.template, submission.org)
    if current is None or current.seq != seq:
        raise RequestError(f"第 {seq} 号报送现在不是有效的一份，没有更正；请在报送记录中打开有效的那一份。")
    return submission


def _require_only(bureau: Bureau, submission: Submission, cell: FormCell, prepared: Prepared) -> None:
    """
    Refuse a sheet that cannot be accepted, or in which something else than the one figure would change.

    Raises:
        RequestError: As `correct` does.

    """
    if prepared.status is Outcome.REJECTED or prepared.report is None:
        faults = [finding for finding in prepared.findings if finding.severity is Severity.BLOCK]
        why = "；".join(f"{finding.seen}。{finding.remedy}" for finding in faults) or prepared.message
        raise RequestError(f"没有更正：{to_the_sender(bureau.caller, why)}")
    if prepared.status is Outcome.UNCHANGED:
        raise RequestError("新的数和现在的一样，没有更正。")
    before = {key: value for key, (value, _) in bureau.store.written(submission.seq).items()}
    after = {(reading.measure, reading.column): reading.value for reading in prepared.report.readings}
    own = (cell[0], Column(cell[1].value))
    others = {key for key in before.keys() | after.keys() if key != own and differs(before.get(key, UNREPORTED), after.get(key, UNREPORTED))}
    if others:
        names = "、".join(dict.fromkeys(bureau.catalog.measures[code].name if code in bureau.catalog.measures else code for code, _ in sorted(others)[:5]))
        raise RequestError(f"没有更正：这份报表不能只改一个数（{names}也会变）；请改好原来的文件后重新报送。")
