"""The panel of a figure (数的来历): what it is, what is said of it, and the cells it was read from; opened from any number of any page."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kpi.compute.row import BoardRow
from kpi.filing.submissions import Standing
from kpi.finding import Finding
from kpi.present import day_words, figure_notes, formulas, numbers, source_words, submission_words, verdicts
from kpi.present.html.engine import render
from kpi.present.html.table import HtmlCell, HtmlColumn, HtmlRow, HtmlTable
from kpi.review.source import Source
from kpi.store.submission import KeptAs, Submission
from kpi.value import State
from kpi.workbook.report import Column as SheetColumn
from kpi.workbook.writing.template_cells import FormColumn, cell_key
from pages.bodies import follow_up_lines, row_cells
from pages.bodies.follow_up_lines import Concern
from pages.view import View
from pages.widgets import filings, session

COLUMNS = (
    HtmlColumn("数据项", title=True),
    HtmlColumn("作用"),
    HtmlColumn("月份"),
    HtmlColumn("列"),
    HtmlColumn("数值", numeric=True),
    HtmlColumn("原文"),
    HtmlColumn("工作表"),
    HtmlColumn("单元格"),
    HtmlColumn("数据截止日"),
)


@dataclass(frozen=True, slots=True)
class SubmissionCells:
    """A submission that cells were read from: who sent it when, where it can be looked at, and what stands in its rows as it was uploaded."""

    number: int
    title: str
    sent: str
    record: str  # the address of its record
    original: str  # the address of its file; empty where none is kept
    kept: str  # what the link to the file is called
    correction: str  # the address at which a figure of it can be corrected; empty of a ledger
    cells: HtmlTable
    findings: Sequence[tuple[Finding, Concern]]  # each with what is followed up of it
    note: str


def panel(view: View) -> str:
    """The panel of the figure that the address names; empty where it names none."""
    code = view.get("figure")
    catalog = session.bureau().catalog
    if not code or (code not in catalog.indicators and code not in catalog.measures) or not session.periods():
        return ""
    rows = session.rows(view.period, org=view.org)
    row = next((row for row in rows if row.indicator == code), None)
    return render(
        "figure_panel.html",
        view=view,
        close=view.link(figure=None),
        links=links(view, code, whole=row is not None),
        sheets=list(sheets(view, code)),
        cells_of=session.whose(view.org),
        concern=follow_up_lines.of_row(view, row) if row is not None else Concern(()),
        **(of_indicator(row) if row is not None else of_measure(view, code)),
    )


def of_indicator(row: BoardRow) -> dict[str, object]:
    """What is said of an indicator."""
    spoken = session.spoken(row)
    catalog = session.bureau().catalog.at(row.period)
    formula = formulas.indicator(catalog.indicators[row.indicator], catalog.measures)
    return {
        "name": row.name,
        "office": session.office_name(row.office),
        "mark": row_cells.mark(row),
        "figure": spoken.short,
        "sentence": spoken.sentence,
        "facts": {
            "算法": f"{figure_notes.replaced_definition(row.caveats.definition, formula)}。" if row.caveats.definition else formula,
            **verdicts.lines(spoken, session.outlook_of(row)),
            **({"已经多久": f"{since}。"} if (since := row_cells.missed_months(row)[1]) else {}),
            **({"说明": row_cells.explanations(row)} if row_cells.explanations(row) else {}),
        },
        "progress": row_cells.progress(row),
        "line": row_cells.line(row),
    }


def of_measure(view: View, code: str) -> dict[str, object]:
    """What is said of a measure, or of an indicator that the board does not list."""
    row = session.figures(view.period, view.org)[code]
    day = f"，截至 {day_words.as_of(row)}" if day_words.as_of(row) != numbers.NOTHING else ""
    return {
        "name": row.name,
        "office": session.office_name(row.office),
        "mark": None,
        "figure": session.spoken_figure(row),
        "sentence": f"{row.name} {session.spoken_figure(row)}{day}。",
        "facts": {},
        "progress": HtmlCell(),
        "line": HtmlCell(),
    }


def links(view: View, code: str, *, whole: bool) -> list[tuple[str, str]]:
    """Where else the figure is shown."""
    pages = {"trends": "趋势", "targets": "未达标", "indicators": "指标口径"} if whole else {"trends": "趋势"}
    return [(word, view.link(path, code=code, row=code if path == "indicators" else None)) for path, word in pages.items() if path != view.page.path]


def sheets(view: View, code: str) -> Iterator[SubmissionCells]:
    """The submissions behind a figure, each with the cells that were read from it."""
    every = session.sources(code, view.period, view.org)
    shown = [source for source in every if source.column is not SheetColumn.PRIOR or source.value.state is not State.UNREPORTED]  # most leave 上年同期 empty
    for number in dict.fromkeys(source.submission for source in shown):
        of_sheet = [source for source in shown if source.submission == number]
        first = of_sheet[0]
        record = next((record for record in filings.history(first.office, first.period, first.org) if record.submission.seq == number), None)
        places = {(source.sheet, source.cell) for source in of_sheet}
        numbered = enumerate(record.submission.findings if record else ())
        findings = [(place, finding) for place, finding in numbered if (finding.place.sheet, finding.place.cell) in places]
        kept = session.bureau().store.kept_as(record.submission.sha256) if record else KeptAs.NOTHING
        yield SubmissionCells(
            number=number,
            title=f"第 {number} 号：{session.called(first.office, first.org)} {first.period.chinese}「{first.file}」",
            sent=submission_words.sent(record.submission) + ("（演示数据，虚构）" if record.submission.demo else "") if record else "",
            record=view.link("submissions", office=first.office, period=str(first.period), row=str(number)),
            original=f"/kpi/original/{number}" if kept in (KeptAs.WHOLE, KeptAs.COPY) else "",
            correction=_correction(view, of_sheet, record.submission) if record and record.standing is Standing.IN_FORCE else "",
            kept="下载原件" if kept is KeptAs.WHOLE else "下载留存副本",
            cells=HtmlTable(f"第 {number} 号报送的单元格", COLUMNS, [cell_row(view, source) for source in of_sheet]),
            findings=[(finding, follow_up_lines.of_finding(view, number, place, finding.code, str(finding.place))) for place, finding in findings],
            note="；".join(dict.fromkeys(filter(None, (text for source in of_sheet for text in (*source_words.booked(source), source.note, source.remark))))),
        )


def _correction(view: View, cells: Sequence[Source], submission: Submission) -> str:
    """The address at which the figure can be corrected, 本年累计 first, for that is what is shown; empty of what was counted from a ledger."""
    if submission.template in session.bureau().catalog.ledgers:
        return ""
    stated = [source for source in cells if source.value.state is not State.UNREPORTED and source.column is not SheetColumn.PRIOR]
    source = next((source for source in stated if source.column is SheetColumn.YTD), (stated or cells)[0])
    cell = cell_key((source.measure, FormColumn(source.column.value)))
    return view.link("submissions", office=source.office, period=str(source.period), row=str(submission.seq), cell=cell)


def cell_row(view: View, source: Source) -> HtmlRow:
    """A cell as it was read."""
    return HtmlRow(
        {
            "数据项": HtmlCell(source.name),
            "作用": HtmlCell(source.part),
            "月份": HtmlCell(day_words.month(source.period, view.period.year), source.period.first_day),
            "列": HtmlCell(source.column.chinese),
            "数值": HtmlCell(numbers.stated(source.value, source.unit), source.value.number),
            "原文": HtmlCell(source.raw),
            "工作表": HtmlCell(source.sheet),
            "单元格": HtmlCell(source.cell),
            "数据截止日": HtmlCell(day_words.day(source.as_of, view.period.year), source.as_of, note=source_words.age(source.as_of, source.period)),
        }
    )
