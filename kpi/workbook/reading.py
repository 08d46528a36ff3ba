"""
From parsed sheets to the labelled figures of one office and month.

Rows are found by code or by name, columns by their header.  Whatever cannot be read is a finding at its cell; nothing
is guessed, and a figure that belongs to no known row is never dropped in silence.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import cast

from kpi.catalog.model import Catalog, Measure, MeasureKind
from kpi.errors import WorkbookError
from kpi.finding import Finding, Severity
from kpi.period import Month
from kpi.place import Place, cell_name
from kpi.workbook.cells import read_cell
from kpi.workbook.dates import read_date
from kpi.workbook.grid import CellKind, Sheet
from kpi.workbook.identity import Identity, identify
from kpi.workbook.layout import META_SHEET, Layout, Part, find_layout
from kpi.workbook.matching import Match, Rows, match_rows
from kpi.workbook.naming import unit_key
from kpi.workbook.number import clean
from kpi.workbook.report import Column, Reading, Report


def read_report(sheets: Sequence[Sheet], catalog: Catalog, *, office: str | None = None, period: Month | None = None) -> Report:
    """
    Read the form in a workbook.

    Args:
        sheets: All sheets of the workbook, as `Parser.parse` returns them.
        catalog: The measures and who owes them.
        office: Whose sheet it should be; None lets the sheet say.
        period: Which month it should be; None lets the sheet say.

    Returns:
        The readings and findings.  Without office or period, or without a column of figures, there are no readings.

    Raises:
        WorkbookError: No sheet holds a form.
        RequestError: The told office does not exist.

    """
    layout, others = _choose(sheets, catalog)
    identity = identify(sheets, layout, catalog, office, period)
    findings = [*identity.findings, *_of_columns(layout), *others]
    if identity.office is None or identity.period is None:
        return Report(identity.office, identity.period, (), {}, tuple(findings))
    rows = match_rows(layout, catalog, identity.office)
    if not (rows.wrong_office and any(finding.code == "wrong-office" for finding in findings)):  # once is enough
        findings += rows.findings
    readings: list[Reading] = []
    remarks: dict[str, str] = {}
    for match in rows.matches:
        readings += _row(layout, match, identity, findings)
        remark = layout.cell(match.row, Part.REMARK).text.strip()
        if remark:
            remarks[match.measure.code] = remark
    findings += _missing(layout, rows, catalog.office_measures(identity.office))
    return Report(identity.office, identity.period, tuple(readings), remarks, tuple(findings))


def _choose(sheets: Sequence[Sheet], catalog: Catalog) -> tuple[Layout, list[Finding]]:
    """The sheet that is the form, and findings about others that look like one."""
    layouts = [layout for sheet in sheets if sheet.name.casefold() != META_SHEET and (layout := find_layout(sheet))]
    if not layouts:
        raise WorkbookError("没有找到表头：表里应有一行写着「数据项、计量单位、本月数、本年累计」；请用下载的填报表填写。")

    def rank(layout: Layout) -> tuple[bool, bool, int]:
        owners = [match.measure.office for match in match_rows(layout, catalog, None).matches] if len(layouts) > 1 else []
        return not layout.sheet.hidden, bool(layout.figures), max((owners.count(owner) for owner in set(owners)), default=0)

    chosen = max(layouts, key=rank)
    findings = []
    if not chosen.sheet.complete:
        seen = "这种格式里的错误值（如 #DIV/0!）和没有保存结果的公式读不出来，会被当作空白"
        findings.append(Finding("limited-format", Severity.HINT, Place(chosen.sheet.name), seen, "请尽量另存为 .xlsx 后上传"))
    for layout in layouts:
        if layout is not chosen and layout.figures:
            severity = Severity.HINT if layout.sheet.hidden else Severity.CHECK
            remedy = "一个文件只读一张报表；需要上报的请另存为单独的文件"
            findings.append(Finding("sheet-not-read", severity, Place(layout.sheet.name), f"读取了「{chosen.sheet.name}」，这张表没有读取", remedy))
    return chosen, findings


def _of_columns(layout: Layout) -> Iterator[Finding]:
    """What is wrong with the header."""
    place = Place(layout.sheet.name, f"{layout.row + 1}:{layout.row + 1}")
    if Column.YTD not in layout.columns and Column.MONTH not in layout.columns:
        yield Finding("missing-column", Severity.BLOCK, place, "表头没有「本年累计」和「本月数」列", "请在表头中写明哪一列是本年累计或本月数")
    for column in layout.twice:
        yield Finding("duplicate-column", Severity.BLOCK, place, f"表头有两列都是「{column.chinese}」", "请只保留一列，或改正其中一列的表头")
    for column in layout.figures:
        if layout.columns[column] in layout.sheet.hidden_columns:
            yield Finding("hidden-column", Severity.HINT, place, f"「{column.chinese}」列是隐藏的，数据照常读取", "请取消隐藏后核对")


def _row(layout: Layout, match: Match, identity: Identity, findings: list[Finding]) -> Iterator[Reading]:
    """The readings of one measure; what is wrong in its row is added to the findings."""
    measure, row = match.measure, match.row

    def report(code: str, severity: Severity, part: Part | Column, seen: str, remedy: str) -> None:
        place = Place(layout.sheet.name, cell_name(row, layout.columns[part]) if part in layout.columns else f"{row + 1}:{row + 1}")
        findings.append(Finding(code, severity, place, seen, remedy, measures=(measure.code,)))

    unit = layout.cell(row, Part.UNIT).text
    if unit.strip() and unit_key(unit) != unit_key(measure.unit):
        report("unit-differs", Severity.BLOCK, Part.UNIT, f"「{measure.name}」的单位写的是「{unit}」", f"请按「{measure.unit}」换算数据并改正单位")
    if row in layout.sheet.hidden_rows:
        report("hidden-row", Severity.HINT, Part.NAME, f"「{measure.name}」所在行是隐藏的，数据照常读取", "请取消隐藏后核对")
    as_of = _as_of(layout, match, identity, report)
    for column in layout.figures:
        cell = layout.cell(row, column)
        if column is Column.MONTH and measure.kind is not MeasureKind.FLOW:
            if cell.kind is CellKind.NUMBER and cell.text != layout.cell(row, Column.YTD).text:
                seen = f"「{measure.name}」不是逐月累加的数，本月数一格的「{cell.text}」没有读取"
                report("month-of-stock", Severity.HINT, column, seen, "请只在本年累计一格填写截至数据截止日的数")
            continue
        value, faults = read_cell(cell, measure, complete=layout.sheet.complete)
        for fault in faults:
            report(fault.code, fault.severity, column, fault.seen, fault.remedy)
        if value is not None:
            place = Place(layout.sheet.name, cell_name(row, layout.columns[column]))
            yield Reading(measure.code, column, value, place, cell.text, as_of)


def _as_of(layout: Layout, match: Match, identity: Identity, report: Callable[[str, Severity, Part, str, str], None]) -> date:
    """The day the figures of a row run to."""
    period = cast(Month, identity.period)
    default = identity.as_of or period.last_day
    cell = layout.cell(match.row, Part.AS_OF)
    if not clean(cell.text):
        return default
    try:
        as_of = read_date(cell.text, period.year)
    except ValueError as error:
        report("bad-date", Severity.BLOCK, Part.AS_OF, f"「{match.measure.name}」的数据截止日「{cell.text}」不是日期", str(error))
        return default
    return as_of


def _missing(layout: Layout, rows: Rows, owed: Sequence[Measure]) -> Iterator[Finding]:
    """The measures the office owes and the sheet lacks."""
    if rows.wrong_office:
        return
    present = {match.measure.code for match in rows.matches}
    for measure in owed:
        if measure.code not in present:
            seen = f"表中没有「{measure.name}」一行"
            yield Finding("missing-row", Severity.CHECK, Place(layout.sheet.name), seen, "请补上这一行；确实没有数据的填 未报", measures=(measure.code,))
