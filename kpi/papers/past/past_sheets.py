"""
Figures of an old paper taken in (补录): as submissions like any other, marked 自材料录入, with the sentence of each as its 备注.

The figures of an office and a month are put into its fill-in sheet, which goes the way of every file.  What is on file of the month stays as it is: it
is carried over into the sheet, and a sheet that would change any of it is refused.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from kpi.access.roles import Right
from kpi.bureau import LiveBureau
from kpi.errors import RequestError
from kpi.filing.form_sheet import form_on_file
from kpi.filing.intake import accept, prepare
from kpi.filing.prepared import Outcome, Prepared, Upload
from kpi.filing.web_form import LONGEST, text_of, upload_of, web_form
from kpi.finding import Finding, Severity
from kpi.papers.past.proposed_figures import ProposalStanding, ProposedFigure
from kpi.period import Month
from kpi.store.submission import Submission
from kpi.value import State
from kpi.workbook.personal.masking import mask
from kpi.workbook.writing.template_cells import WHOLE_SHEET, FormCell, FormColumn

NAME = "自材料录入"


@dataclass(frozen=True, slots=True)
class PastSheet:
    """The confirmed figures of an office and a month, and what the checks of the intake say of its sheet with them."""

    office: str
    month: Month
    figures: tuple[ProposedFigure, ...]
    prepared: Prepared

    @property
    def asked(self) -> tuple[Finding, ...]:
        """The findings that a person has to answer for."""
        return tuple(finding for finding in self.prepared.findings if finding.severity is Severity.CHECK)


def past_sheets(bureau: LiveBureau, paper: str, confirmed: Sequence[ProposedFigure], org: str | None = None) -> tuple[PastSheet, ...]:
    """
    The sheets that confirmed figures make, checked; nothing is stored.

    Args:
        bureau: The bureau.
        paper: The name of the paper.
        confirmed: The figures that a person has confirmed.
        org: Whose they are, the root of the tree unless told.

    Raises:
        DeniedError: The caller may not submit for one of the offices.
        RequestError: There is none, one is on file already, two are of the same cell, or a sheet cannot be taken in.

    """
    _require_choice(confirmed)
    org = org or bureau.catalog.root
    groups: defaultdict[tuple[str, Month], list[ProposedFigure]] = defaultdict(list)
    for each in confirmed:
        groups[each.measure.office, each.month].append(each)
    for office, _ in groups:
        bureau.require(Right.SUBMIT, org, office)
    uploads = [_upload(bureau, paper, figures, org, office, month) for (office, month), figures in groups.items()]
    prepared = prepare(bureau, uploads)
    sheets = tuple(PastSheet(*key, tuple(figures), report) for (key, figures), report in zip(groups.items(), prepared, strict=True))
    for sheet in sheets:
        _require_addition(bureau, sheet)
    return sheets


def take_in(bureau: LiveBureau, paper: str, sheets: Sequence[PastSheet], by: str, note: str = "") -> list[Submission]:
    """
    Take in sheets of an old paper, all of them or none.

    Args:
        bureau: The bureau.
        paper: The name of the paper, which stays in the 说明 of each submission.
        sheets: As `past_sheets` makes them.
        by: Who has confirmed the figures.
        note: The written 说明 to what the checks ask about.

    Returns:
        The submissions made; referred ones where it is accepted in two steps.

    Raises:
        DeniedError, OutdatedError, StoreError: As `kpi.filing.intake.accept`.
        RequestError: Nobody signs, or the checks ask about a sheet and nothing is written.

    """
    if not bureau.caller.signature(by).strip():
        raise RequestError("补录要写明谁确认的。")
    asked = [f"{bureau.catalog.offices[sheet.office].name} {sheet.month.chinese}：{_words(sheet.asked)}" for sheet in sheets if sheet.asked]
    if asked and not note.strip():
        raise RequestError(f"有请核对的问题，没有补录；请写明说明。{'；'.join(asked)}。")
    reason = f"{NAME}：「{paper}」" + (f"；{note.strip()}" if note.strip() else "")
    return accept(bureau, [replace(sheet.prepared, reason=reason) for sheet in sheets], by.strip(), reason)


def _require_choice(confirmed: Sequence[ProposedFigure]) -> None:
    """
    Refuse figures that cannot be taken in together.

    Raises:
        RequestError: As `past_sheets` does.

    """
    if not confirmed:
        raise RequestError("没有可以补录的数。")
    if on_file := [each.measure.name for each in confirmed if each.standing is ProposalStanding.ON_FILE]:
        raise RequestError(f"「{on_file[0]}」那个月已有报送，不能由材料里的数代替；要改的请更正那个数。")
    (code, month, _), times = Counter(each.cell for each in confirmed).most_common(1)[0]
    if times > 1:
        name = next(each.measure.name for each in confirmed if each.measure.code == code)
        raise RequestError(f"「{name}」{month.chinese}在文中有几个不同的数；请只选一个。")


def _upload(bureau: LiveBureau, paper: str, figures: Sequence[ProposedFigure], org: str, office: str, month: Month) -> Upload:
    """The sheet of an office with what is on file of the month and the new figures, each with its day and the sentence that states it."""
    catalog = bureau.catalog
    on_file = bureau.store.current(office, month, catalog.offices[office].template, org)
    cells: dict[FormCell, str] = {**form_on_file(bureau, on_file).cells} if on_file else {}
    if not on_file:
        cells[WHOLE_SHEET] = Counter(each.as_of for each in figures).most_common(1)[0][0].isoformat()
    for each in figures:
        cells |= _cells(paper, each, cells)
    return upload_of(catalog, web_form(catalog, org, office, month, cells), NAME)


def _cells(paper: str, figure: ProposedFigure, cells: Mapping[FormCell, str]) -> dict[FormCell, str]:
    """What is typed into a sheet to state a figure; a remark that stands there already goes before."""
    code = figure.measure.code
    source = f"{NAME}：「{paper}」{figure.place}：{mask(figure.sentence)}"
    remark = "；".join(filter(None, (cells.get((code, FormColumn.REMARK)), source)))[: LONGEST[FormColumn.REMARK]]
    return {
        (code, FormColumn(figure.column.value)): text_of(figure.value),
        (code, FormColumn.AS_OF): figure.as_of.isoformat(),
        (code, FormColumn.REMARK): remark,
    }


def _require_addition(bureau: LiveBureau, sheet: PastSheet) -> None:
    """
    Refuse a sheet that has a fault, or that would change what is on file.

    Raises:
        RequestError: As `past_sheets` does.

    """
    whose = f"{bureau.catalog.offices[sheet.office].name} {sheet.month.chinese}"
    if sheet.prepared.status is Outcome.REJECTED or sheet.prepared.report is None:
        faults = [finding for finding in sheet.prepared.findings if finding.severity is Severity.BLOCK]
        raise RequestError(f"{whose}没有补录：{_words(faults) or sheet.prepared.message}。")
    changed = {change.measure for change in sheet.prepared.changes if change.old is not None and change.old.state is not State.UNREPORTED}
    if changed:
        names = "、".join(bureau.catalog.measures[code].name for code in sorted(changed) if code in bureau.catalog.measures)
        raise RequestError(f"{whose}没有补录：在库的数也会变（{names}）；请改好那个月的报表后重新报送。")


def _words(findings: Sequence[Finding]) -> str:
    return "；".join(dict.fromkeys(finding.seen for finding in findings))
