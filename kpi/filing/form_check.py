"""
What the checks of the intake say of a form while it is filled in (边填边核对), and its submission.

Nothing is checked here: the workbook of the form goes through the very intake of files, and each finding is led back to the
cell of the form that it is about.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from hashlib import sha256

from kpi.access.roles import Right
from kpi.bureau import LiveBureau
from kpi.errors import RequestError
from kpi.filing.form_drafts import discard_form
from kpi.filing.intake import accept, prepare
from kpi.filing.prepared import Outcome, Prepared
from kpi.filing.web_form import WebForm, upload_of
from kpi.finding import Finding
from kpi.store.submission import Submission
from kpi.workbook.forms.left_out import ORIGINAL_NOT_KEPT
from kpi.workbook.writing.template_cells import FormCell, template_cells

_FIRST_CELL = re.compile(r"[A-Z]+\d+")
_BLANK = "no-figures"  # of a form that is just begun there is nothing to find fault with
_SENT_AGAIN = "重新上传"  # of a file; what is filled in on a page is not uploaded


@dataclass(frozen=True, slots=True)
class FormCheck:
    """What the intake says of a form: of each finding the cell that it is about, None where it is about none in particular."""

    prepared: Prepared
    findings: tuple[tuple[FormCell | None, Finding], ...]

    @property
    def digest(self) -> str:
        """What tells whether somebody who submits has seen these findings, and what would become another figure than the one on file."""
        lines = sorted(f"{finding.code} {finding.place} {finding.seen}" for _, finding in self.findings)
        lines += sorted(f"{change.measure} {change.column} {change.old} {change.new}" for change in self.prepared.changes)
        return sha256("\n".join(lines).encode()).hexdigest()[:16]


def check_form(bureau: LiveBureau, form: WebForm) -> FormCheck:
    """
    Read and check a form as a file is read and checked; nothing is stored.

    Raises:
        DeniedError: The caller may not submit for the office.

    """
    bureau.require(Right.SUBMIT, form.org, form.office)
    [prepared] = prepare(bureau, [upload_of(bureau.catalog, form)], visitor=(bureau.caller.account, form.org, form.office, form.period))
    cells = template_cells(bureau.catalog.office_measures(form.office, form.period))
    silent = {_BLANK, ORIGINAL_NOT_KEPT} if prepared.status is Outcome.REJECTED else {_BLANK}
    shown = [(_cell(finding, cells), replace(finding, remedy=_on_a_page(finding.remedy))) for finding in prepared.findings if finding.code not in silent]
    return FormCheck(replace(prepared, message=_on_a_page(prepared.message)), tuple(shown))


def submit_form(bureau: LiveBureau, form: WebForm, by: str, note: str, seen: str) -> list[Submission]:
    """
    Submit a form like a file, and keep its draft no longer.

    Args:
        bureau: The bureau.
        form: The form.
        by: Who sends it.
        note: The written 说明 that confirms CHECK findings.
        seen: The digest of what the sender has seen, which somebody else may have changed meanwhile.

    Returns:
        The submissions made; referred ones where it is accepted in two steps.

    Raises:
        DeniedError: The caller may not submit for the office.
        RequestError: It has faults, needs a 说明 and has none, has findings or changes figures on file that the sender has not seen, or
            says what is on file.
        OutdatedError, StoreError: As `kpi.filing.intake.accept`.

    """
    if not bureau.caller.signature(by).strip():
        raise RequestError("请先写明报送人。")
    checked = check_form(bureau, form)
    prepared = checked.prepared
    if prepared.status is Outcome.UNCHANGED:
        raise RequestError(prepared.message)
    if (prepared.status is Outcome.NEEDS_CONFIRMATION or prepared.changes) and checked.digest != seen:
        raise RequestError("核对意见和刚才看到的不一样了，或者有人刚报过这张表，没有入库；请看过以后再报。")
    stored = accept(bureau, [prepared], by.strip(), note)
    discard_form(bureau, form)
    return stored


def _on_a_page(sentence: str) -> str:
    """A sentence about a file, said of a form."""
    return sentence.replace(_SENT_AGAIN, "再报")


def _cell(finding: Finding, cells: Mapping[str, FormCell]) -> FormCell | None:
    """The cell of the form that a finding is about."""
    first = _FIRST_CELL.match(finding.place.cell)
    return cells.get(first.group()) if first else None
