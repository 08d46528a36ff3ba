"""
The sheet that an office fills in on a page (网页填报的表): its rows in the order of the blank sheet, what is known beside each, and what stands in it.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from kpi.access.roles import Right
from kpi.bureau import Bureau, LiveBureau
from kpi.catalog.measure import Measure, MeasureKind
from kpi.filing.form_drafts import kept_form
from kpi.filing.web_form import WebForm, text_of, web_form, written
from kpi.period import Month
from kpi.present.numbers import spaced, stated
from kpi.store.decision import Decision
from kpi.store.earlier_figures import EarlierFigure
from kpi.store.submission import Submission
from kpi.workbook.report import Column
from kpi.workbook.writing.template import Filling
from kpi.workbook.writing.template_cells import WHOLE_SHEET, FormCell, FormColumn, takes


class FormOrigin(StrEnum):
    """Where the texts of a form come from when it is opened."""

    DRAFT = "draft"
    ON_FILE = "on-file"
    BLANK = "blank"


@dataclass(frozen=True, slots=True)
class FormRow:
    """A measure that an office owes, with its figures of the month before and of the same month last year; None where it was not reported."""

    measure: Measure
    last_month: EarlierFigure | None
    last_year: EarlierFigure | None


@dataclass(frozen=True, slots=True)
class FormSheet:
    """The sheet of an office for a month as it is opened; ``lock`` is why nothing can be submitted, ``on_file`` what a submission would replace."""

    form: WebForm
    origin: FormOrigin
    rows: tuple[FormRow, ...]
    on_file: Submission | None
    lock: Decision | None


def form_sheet(bureau: LiveBureau, org: str, office: str, period: Month) -> FormSheet:
    """
    The sheet with what the caller has typed, else with what is on file, else blank.

    Raises:
        DeniedError: The caller may not submit for the office.

    """
    bureau.require(Right.SUBMIT, org, office)
    template = bureau.catalog.offices[office].template
    on_file = bureau.store.current(office, period, template, org)
    draft = kept_form(bureau, org, office, period)
    if draft is not None:
        form, origin = draft, FormOrigin.DRAFT
    elif on_file is not None:
        form, origin = form_on_file(bureau, on_file), FormOrigin.ON_FILE
    else:
        form, origin = web_form(bureau.catalog, org, office, period, {}), FormOrigin.BLANK
    return FormSheet(form, origin, form_rows(bureau, org, office, period), on_file, bureau.store.locked(office, period, org))


def form_rows(bureau: Bureau, org: str, office: str, period: Month) -> tuple[FormRow, ...]:
    """The measures that an office owes, each with its earlier figures."""
    before, year_before = period.plus(-1), period.plus(-12)
    known = bureau.store.history([office], year_before, before, org)
    of = {measure.code: known.get(measure.code, {}) for measure in bureau.catalog.office_measures(office, period)}
    return tuple(FormRow(m, of[m.code].get(before), of[m.code].get(year_before)) for m in bureau.catalog.office_measures(office, period))


def form_on_file(bureau: Bureau, submission: Submission) -> WebForm:
    """What would be typed to state what a submission states; figures of measures that the office no longer owes are left out."""
    measures = {measure.code: measure for measure in bureau.catalog.office_measures(submission.office, submission.period)}
    stated_cells = {key: cell for key, cell in bureau.store.written(submission.seq).items() if key[0] in measures}
    cells: dict[FormCell, str] = {}
    for (code, column), (value, _) in stated_cells.items():
        if takes(measures[code], FormColumn(column.value)):
            cells[code, FormColumn(column.value)] = text_of(value)
    days = {code: as_of for (code, _), (_, as_of) in stated_cells.items()}
    usual = Counter(days.values()).most_common(1)[0][0] if days else submission.period.last_day
    if usual != submission.period.last_day:
        cells[WHOLE_SHEET] = usual.isoformat()
    cells |= {(code, FormColumn.AS_OF): day.isoformat() for code, day in days.items() if day != usual}
    cells |= {(code, FormColumn.REMARK): text for code, text in bureau.store.remarks(submission.seq).items() if code in measures}
    return web_form(bureau.catalog, submission.org, submission.office, submission.period, cells)


def prefilled(bureau: Bureau, org: str, office: str, period: Month) -> Filling:
    """What a blank sheet can say before it is filled in: 上年同期累计 as it is on file, and behind each row what was reported last month."""
    rows = form_rows(bureau, org, office, period)
    return Filling(values=last_year_cells(rows), beside={row.measure.code: words for row in rows if (words := before(row))})


def last_year_cells(rows: tuple[FormRow, ...]) -> Mapping[tuple[str, Column], Decimal | str]:
    """The numbers on file of the same month last year, as 上年同期累计."""
    numbers = {row.measure.code: row.last_year.value for row in rows if row.last_year is not None and row.last_year.ytd is not None}
    return {(code, Column.PRIOR): written(text_of(value)) for code, value in numbers.items()}


def before(row: FormRow) -> str:
    """What was reported for the month before, in words: ``上月累计 1,203，当月 118``; of a level ``上月 96``; nothing where it was not reported."""
    known = row.last_month
    if known is None:
        return ""
    flow = row.measure.kind is MeasureKind.FLOW
    return f"{'上月累计' if flow else '上月'}{spaced(stated(known.value))}" + (f"，当月 {known.month:,f}" if flow and known.month is not None else "")
