"""
From parsed sheets to the labelled figures of offices, months and organisations.

Every table of the workbook is read by its words; the figures are then put together by office and month, so that a form
over three sheets gives one report and a table over twelve months gives twelve.  What cannot be read is a finding at its
cell and what is unsure is a question: nothing is guessed, and no figure is dropped in silence.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from kpi.catalog.model import Catalog
from kpi.errors import RequestError, WorkbookError
from kpi.finding import Finding, Severity
from kpi.period import Month
from kpi.place import Place, cell_name
from kpi.value import State
from kpi.workbook.answer_mapping import AnswerMapping
from kpi.workbook.forms.identity import Request
from kpi.workbook.forms.kept_form import keep
from kpi.workbook.forms.measure_names import Names, names_of
from kpi.workbook.forms.measures_crossed import crossings
from kpi.workbook.forms.other_years import sums_of_other_months
from kpi.workbook.forms.row_matching import measures_down
from kpi.workbook.forms.table_orientation import TableReading, measure_columns, read_table
from kpi.workbook.forms.whose_organisation import check_requested_org
from kpi.workbook.grid import Sheet
from kpi.workbook.layout.heading import read_heading
from kpi.workbook.layout.headless_tables import find_bare_table
from kpi.workbook.layout.table_finder import META_SHEET, Table, find_tables
from kpi.workbook.layout.table_rows import read_rows
from kpi.workbook.report import Column, Report, ReportKey, limited_format

_NO_ANSWERS = AnswerMapping()
_FEW = 5  # missing rows that get a sentence each
_NAMED = 8  # missing rows that one sentence names


def read_reports(
    sheets: Sequence[Sheet],
    catalog: Catalog,
    *,
    office: str | None = None,
    period: Month | None = None,
    mapping: AnswerMapping = _NO_ANSWERS,
    org: str | None = None,
    hints: tuple[str, ...] = (),
    outside: Collection[tuple[str, str]] | None = None,
) -> list[Report]:
    """
    Read whatever a workbook holds: a form, a year of months on one sheet or on twelve, last year's sheet beside this year's.

    Args:
        sheets: All sheets of the workbook, as `Parser.parse` returns them.
        catalog: The measures and who owes them.
        office: Whose sheets they should be; None lets the sheets say.
        period: Which month alone is wanted; None takes every month there is.
        mapping: What has been answered to questions before.
        org: The organisation they should be of; None lets the sheets say.
        hints: Where else its name may stand: the file, then its folders, the nearest first.
        outside: What the file says outside of its cells, as `Parser.read` tells it.

    Returns:
        One report per office, month and organisation, by month; at least one.

    Raises:
        WorkbookError: No sheet holds a table of figures.
        RequestError: The office or organisation does not exist, or it does not report itself.

    """
    check_requested_org(catalog, org)
    if office is not None and office not in catalog.offices:
        raise RequestError(f"没有代码为「{office}」的科室；请从指标目录中选一个科室。")
    names, request = names_of(catalog), Request(office, period, mapping, org, hints)
    tables, findings = _choose(sheets, catalog, names)
    findings += sums_of_other_months(tables, catalog.year)
    findings += _masked({table.sheet.name: table.sheet for table in tables}.values())
    readings, passed_over = _of_the_month([read_table(sheets, table, catalog, names, request) for table in tables])
    merged, places = _merge(readings, period)
    if not merged:
        raise WorkbookError(f"文件里没有{f' {period.chinese}' if period else ''}的数据；请核对所选月份。")
    merged, unplaced = _spread_unplaced(merged)
    reports = []
    for key in sorted(merged, key=lambda key: tuple(str(part or "") for part in (key[1], key[0], key[2]))):
        report = merged[key]
        missing = _missing(report, places[key], catalog, folded=len(merged) > 1)
        reports.append(replace(report, findings=(*findings, *passed_over, *unplaced, *report.findings, *missing)))
    kept = keep(sheets, tables, reports, names, catalog, outside)
    return [replace(report, kept=kept) for report in reports]


def _merge(readings: Sequence[TableReading], period: Month | None) -> tuple[dict[ReportKey, Report], dict[ReportKey, Place]]:
    """The reports of all tables, those about the same office and month as one; and for each the first sheet that has some of it."""
    several = len({key for reading in readings for key in reading.reports}) > 1
    merged: dict[ReportKey, Report] = {}
    places: dict[ReportKey, Place] = {}
    for reading in sorted(readings, key=lambda reading: -reading.certain):  # the fullest first; the sort is stable
        for key, report in reading.reports.items():
            if period is not None and several and key[1] not in (period, None):
                continue
            places.setdefault(key, Place(reading.sheet))
            merged[key] = _together(merged[key], report, reading.sheet) if key in merged else report
    return merged, places


def _spread_unplaced(merged: dict[ReportKey, Report]) -> tuple[dict[ReportKey, Report], list[Finding]]:
    """The reports without those whose office or month nobody knows; their questions go to each of the rest, and so do their findings."""
    unplaced = [report for key, report in merged.items() if None in key]
    if len(merged) == 1:
        return merged, []
    placed = {key: report for key, report in merged.items() if None not in key}
    if not placed:
        placed = {(report.office, report.period, report.org): report for report in unplaced[:1]}
    findings = [finding for report in unplaced if report not in placed.values() for finding in report.findings]
    questions = [question for report in unplaced for question in report.questions]
    spread = {key: replace(report, questions=tuple(dict.fromkeys((*report.questions, *questions)))) for key, report in placed.items()}
    return spread, findings


def _choose(sheets: Sequence[Sheet], catalog: Catalog, names: Names) -> tuple[list[Table], list[Finding]]:
    """The tables that hold figures of ours, and findings about sheets that are left out."""

    def named(text: str) -> bool:
        return any(names.is_measure(words) or names.is_side(words) for words in (text, read_heading(text).rest))

    shown = [sheet for sheet in sheets if sheet.name.casefold() != META_SHEET]
    tables = [table for sheet in shown for table in find_tables(sheet, named)]
    if not any(_owners(table, names).total() or any(names.is_measure(row.name) for row in read_rows(table, names)) for table in tables):
        tables = [table for sheet in shown if (table := find_bare_table(sheet, named))] or tables
    if not tables:
        raise WorkbookError("没有找到表头：表里应有一行写着「数据项、计量单位、本月数、本年累计」一类的列名；请核对是否选错了文件。")
    owners = {id(table): _owners(table, names) for table in tables}
    ours = [table for table in tables if owners[id(table)].total()] or tables[:1]
    visible = [table for table in ours if not table.sheet.hidden] or ours
    findings = [limited_format(name) for name in dict.fromkeys(table.sheet.name for table in visible if not table.sheet.complete)]
    if any(sheet.macros for sheet in sheets):
        findings.append(
            Finding("macros-ignored", Severity.HINT, Place(visible[0].sheet.name), "文件带有宏，只读取了单元格，宏没有运行", "请尽量另存为 .xlsx 后上传")
        )
    for table in tables:
        beside = any(table.spread is other.spread and table.top == other.top for other in visible)
        if beside and table not in ours and table.figures:
            place = Place(table.sheet.name, cell_name(table.bottom, table.columns[0].index))
            seen = f"「{'/'.join(table.columns[0].levels)}」起的几列像是并排的另一张表，里面没有认识的数据项，没有读取"
            findings.append(Finding("table-not-read", Severity.CHECK, place, seen, "需要报送的请改正行名；不是本科室的数据，写明说明后可以入库"))
    for name in dict.fromkeys(table.sheet.name for table in ours if table not in visible):
        seen = f"这张工作表是隐藏的，读取了「{visible[0].sheet.name}」，这张没有读取"
        findings.append(Finding("sheet-not-read", Severity.HINT, Place(name), seen, "需要上报的请取消隐藏"))
    return visible, findings


def _masked(sheets: Iterable[Sheet]) -> Iterator[Finding]:
    """The findings about sheets whose texts named a person; they are kept without it."""
    for sheet in sheets:
        if sheet.masked:
            place = Place(sheet.name, cell_name(*sheet.masked[0]))
            yield Finding("personal-data", Severity.HINT, place, f"有 {len(sheet.masked)} 格写有电话、证件号、住址等个人信息，已遮盖", "不需要的请在原表中删去")


def _of_the_month(readings: Sequence[TableReading]) -> tuple[list[TableReading], list[Finding]]:
    """
    The tables about the month's results, where others of the workbook are about last year, a plan or a sample.

    One that says it is about something else is passed over only where the rest of the workbook has all its measures: a
    title that was forgotten when the sheet was copied takes no figure away.
    """
    own = [reading for reading in readings if not reading.elsewhere]
    others = {measure for reading in own for measure in _filled(reading)}
    kept, findings = list(own), []
    for reading in readings:
        if reading.elsewhere and _filled(reading) <= others:
            seen = f"这张工作表写的是{reading.elsewhere}，文件里另有本期的表，这张没有读取"
            findings.append(Finding("sheet-not-read", Severity.HINT, Place(reading.sheet), seen, "确是本期的，请改正标题或工作表的名称后重新上传"))
        elif reading.elsewhere:
            kept.append(reading)
    return (kept, findings) if own else (list(readings), [])


def _filled(reading: TableReading) -> set[str]:
    """The measures that a table has a figure or a statement for."""
    return {figure.measure for report in reading.reports.values() for figure in report.readings if figure.value.state is not State.UNREPORTED}


def _owners(table: Table, names: Names) -> Counter[str]:
    """How many measures of which office a table names, down its rows or across its columns."""
    crossed = (measure for part in crossings(table, names, None) for measure in part.measures.values())
    measures = (*measures_down(table, names, _NO_ANSWERS), *crossed, *measure_columns(table, names, None).values())
    return Counter(measure.office for measure in measures)


def _together(first: Report, second: Report, sheet: str) -> Report:
    """Two tables about the same office and month as one report; a figure that stands in both must be the same."""
    known = {(reading.measure, reading.column): reading for reading in first.readings}
    added, twice, findings = [], 0, list(second.findings)
    for reading in second.readings:
        before = known.get((reading.measure, reading.column))
        if before is None or (reading.raw.strip() and not before.raw.strip()):
            added.append(reading)
        elif reading.raw.strip() and (reading.value.number, reading.value.state) != (before.value.number, before.value.state):
            seen = f"这里是「{reading.raw}」，{before.place} 是「{before.raw}」，两处应是同一个数"
            findings.append(Finding("stated-twice", Severity.BLOCK, reading.place, seen, "请改正其中一处", measures=(reading.measure,)))
        else:
            twice += 1
    if second.readings and not added:
        seen = f"这张表的 {twice} 个数在「{first.readings[0].place.sheet if first.readings else ''}」中已有，没有重复读取"
        findings.append(Finding("sheet-not-read", Severity.CHECK, Place(sheet), seen, "请确认不是另一个月或另一个科室的表"))
    replaced = {(reading.measure, reading.column) for reading in added}
    return replace(
        first,
        readings=(*(reading for reading in first.readings if (reading.measure, reading.column) not in replaced), *added),
        remarks={**second.remarks, **first.remarks},
        findings=tuple(dict.fromkeys((*first.findings, *findings))),
        questions=tuple(dict.fromkeys((*first.questions, *second.questions))),
        typed=(*first.typed, *second.typed),
    )


def _missing(report: Report, place: Place, catalog: Catalog, *, folded: bool) -> list[Finding]:
    """The measures the office owes and the workbook lacks; one sentence where there are many of them, or many reports."""
    if report.office is None or report.period is None or any(finding.code in ("wrong-office", "missing-column", "unsure-sum") for finding in report.findings):
        return []
    present = {reading.measure for reading in report.readings if reading.column is not Column.PRIOR} | {
        code for finding in report.findings for code in finding.measures
    }
    missing = [measure for measure in catalog.office_measures(report.office, report.period) if measure.code not in present]
    if len(missing) > (1 if folded else _FEW):
        named = "、".join(f"「{measure.name}」" for measure in missing[:_NAMED])
        seen = f"{report.period.chinese}没有{named}{'等' if len(missing) > _NAMED else '，共'} {len(missing)} 个数据项"
        return [Finding("missing-row", Severity.CHECK, place, seen, "请补上；确实没有数据的填 未报", measures=tuple(measure.code for measure in missing))]
    remedy = "请补上这一行；确实没有数据的填 未报"
    return [Finding("missing-row", Severity.CHECK, place, f"表中没有「{measure.name}」一行", remedy, measures=(measure.code,)) for measure in missing]
