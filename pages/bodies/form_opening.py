"""网页填报：一个科室一个月的报表，像在 Excel 里一样填，边填边核对。"""

import secrets
from dataclasses import dataclass
from itertools import groupby

from kpi.errors import RequestError
from kpi.filing.form_sheet import FormOrigin, FormRow, FormSheet, form_sheet
from kpi.filing.two_steps import refers
from kpi.filing.web_form import LONGEST, WORDS, text_of
from kpi.period import Month
from kpi.present import numbers, submission_words
from kpi.present.html.engine import render
from kpi.store.earlier_figures import EarlierFigure
from kpi.workbook.writing.template_cells import FIGURES, WHOLE_SHEET, FormColumn, cell_key, takes
from pages.bodies import filing_cells
from pages.view import View
from pages.widgets import running, session

_FIRST = "看板里现在是演示数据（虚构），入库以后就和它混在一起，不能再分开；请先清空演示数据，见"


@dataclass(frozen=True, slots=True)
class FieldCell:
    """A cell that takes a text: what it is called in requests, what stands in it, and the figure on file that can be put there."""

    name: str
    head: str
    text: str
    open: bool = True  # whether it is there to be filled
    figure: bool = False
    on_file: str = ""
    longest: int = 0


@dataclass(frozen=True, slots=True)
class BesideCell:
    """An earlier figure beside the cells: the cumulative one or the level, and below it that of the month."""

    text: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class FormLine:
    """A measure as a row of the page."""

    number: int
    name: str
    unit: str
    counted: str
    last_month: BesideCell
    last_year: BesideCell
    cells: tuple[FieldCell, ...]


def opening(view: View) -> str:
    """The sheet of an office for a month, with what is typed, what is on file, or nothing in it."""
    if not view.get("form"):
        raise RequestError("没有你可以填的报表；请管理员核对账号的科室。")
    bureau, office, period = session.bureau(), view.get("form"), Month.parse(view.get("due"))
    org = view.org if bureau.catalog.branched else bureau.catalog.root
    sheet = form_sheet(bureau, org, office, period)
    topics = [(topic, [line for _, line in lines]) for topic, lines in groupby(_lines(sheet), key=lambda each: each[0])]
    return render(
        "form.html",
        answer=answer(sheet, org),
        lock=f"{period.chinese}{filing_cells.decided(sheet.lock)}；填的可以存成草稿，解锁后才能{'送审' if refers(bureau.caller) else '入库'}。"
        if sheet.lock
        else "",
        demonstration=_FIRST if session.demonstration().unmixed else "",
        imports=view.link("imports"),
        name=f"{session.called(office, org)}{period.chinese}报表",
        org=org,
        office=office,
        period=period,
        drawn=secrets.token_hex(4),  # a page that comes out as it was is not drawn again, and what was typed would stay
        sheet_day=FieldCell(cell_key(WHOLE_SHEET), "", sheet.form.cells.get(WHOLE_SHEET, "")),
        last_day=period.last_day,
        words=WORDS,
        heads=[column.chinese for column in FormColumn],
        topics=topics,
        begun="还没有填；填了就边填边核对，草稿自动保存。" if sheet.form.blank else "正在核对…",
        signed=running.caller().signature(""),
        act="送审" if refers(bureau.caller) else "入库",
    )


def answer(sheet: FormSheet, org: str) -> str:
    """Whose sheet it is, of which month, and what stands in it."""
    whose = f"{session.called(sheet.form.office, org)} {sheet.form.period.chinese}"
    typed = sum(bool(text) for (_, column), text in sheet.form.cells.items() if column in FIGURES)
    match sheet.origin:
        case FormOrigin.DRAFT:
            gone = f"指标目录改过，草稿里另有 {sheet.form.gone} 格这张表上没有了；" if sheet.form.gone else ""
            return f"{whose}：{len(sheet.rows)} 个数据项，草稿里填了 {typed} 格，{gone}还没有报。"
        case FormOrigin.ON_FILE if sheet.on_file is not None:
            return f"{whose}：已经报过（第 {sheet.on_file.seq} 号，{submission_words.sent(sheet.on_file)}）；改了再报，代替那一份。"
        case _:
            return f"{whose}：{len(sheet.rows)} 个数据项，还没有填。"


def _lines(sheet: FormSheet) -> list[tuple[str, FormLine]]:
    """The rows of the page, each with the topic it stands under."""
    return [(row.measure.topic, _line(sheet, number, row)) for number, row in enumerate(sheet.rows, start=1)]


def _line(sheet: FormSheet, number: int, row: FormRow) -> FormLine:
    measure = row.measure
    cells = []
    for column in FormColumn:
        cell = (measure.code, column)
        known = text_of(row.last_year.value) if column is FormColumn.PRIOR and row.last_year is not None and row.last_year.ytd is not None else ""
        text = sheet.form.cells.get(cell, "")
        cells.append(FieldCell(cell_key(cell), column.chinese, text, takes(measure, column), column in FIGURES, known, LONGEST[column]))
    return FormLine(number, measure.name, measure.unit, measure.note, _beside(row, row.last_month), _beside(row, row.last_year), tuple(cells))


def _beside(row: FormRow, known: EarlierFigure | None) -> BesideCell:
    """An earlier figure; of a flow with that of its month."""
    if known is None:
        return BesideCell("未报")
    month = f"当月 {known.month:,f}" if takes(row.measure, FormColumn.MONTH) and known.month is not None else ""
    return BesideCell(numbers.stated(known.value), month)
