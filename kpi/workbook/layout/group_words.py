"""
Words within a table that speak of another time or of a plan.

A group 2022年情况 over rows of a report for December 2023, or the remark 上年数据 beside one figure.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from kpi.finding import Finding, Severity
from kpi.period import Month
from kpi.place import Place, cell_name
from kpi.workbook.forms.measure_names import Names, label_key
from kpi.workbook.forms.remark_doubts import doubted
from kpi.workbook.forms.table_notes import remarked_time
from kpi.workbook.forms.table_subject import is_no_amount, is_other_place, other_than
from kpi.workbook.grid import CellKind
from kpi.workbook.layout.heading import Part
from kpi.workbook.layout.table_finder import Table
from kpi.workbook.layout.table_rows import Row, place_over
from kpi.workbook.naming import name_key
from kpi.workbook.report import Beside
from kpi.workbook.units import is_share

_FILLED = ("更新时间", "更新日期", "填报时间", "填报日期")


def other_groups(table: Table, names: Names, period: Month, rows: Iterable[tuple[Row, str]], own: Sequence[str]) -> list[Finding]:
    """
    The groups whose rows may not be the results of a month.

    Args:
        table: The table.
        names: The names of all measures and topics, which are about no time: 上年结转案件.
        period: The month.
        rows: The rows that were read, each with the code of its measure.
        own: The names of those whose figures they should be.

    Returns:
        One finding for each group, at its cell, with the codes of the measures in it.

    """
    targets = any(column.heading.figure is Beside.TARGET for column in table.columns)
    inside: dict[str, list[tuple[Row, str]]] = {}
    for row, code in rows:
        for text in row.over:
            if not names.named(text) and label_key(text) not in names.topics:
                inside.setdefault(text, []).append((row, code))
    findings: list[Finding] = []
    for text, members in inside.items():
        if is_other_place(label_key(text), own):
            what, remedy = f"「{text.strip()}」的", "请核对是谁的数：是本单位的，请改正这一行标题，或写明说明后入库；不是的，请删去这几行后重新上传"
            code = "other-subject"
        elif is_no_amount(label_key(text)):
            members = [(row, code) for row, code in members if not is_share(names.codes[code].unit)]
            if not members:
                continue
            what, code = f"「{text.strip()}」，不是数量本身的", "other-subject"
            remedy = "请核对：是数量本身的，请改正这一行标题，或写明说明后入库；不是的，请删去这几行后重新上传"
        else:
            members = [(row, code) for row, code in members if is_of_another(text, period, names, code, targets=targets)]
            subject = other_than(text, period, targets=targets)
            if not members or subject is None:
                continue
            what, code = subject.words, "period-mismatch" if subject.of_time else "other-subject"
            remedy = f"请核对：是 {period.chinese}的数，请改正这一行标题，或写明说明后入库；不是的，请删去这几行后重新上传"
        codes = tuple(dict.fromkeys(code for _, code in members))
        seen = f"「{text.strip()}」下面的 {len(codes)} 个数据项说的是{what}数，报送的是 {period.chinese}的"
        findings.append(Finding(code, Severity.CHECK, place_over(table, members[0][0].index, text), seen, remedy, measures=codes))
    return findings


def other_remarks(table: Table, names: Names, period: Month, rows: Iterable[tuple[Row, str]], own: Sequence[str], until: date | None = None) -> list[Finding]:
    """
    The remarks that say that the figure beside them may not be the result of a month.

    Args:
        table: The table.
        names: The names of all measures.
        period: The month.
        rows: The rows that were read, each with the code of its measure; one with a day of its own says itself what it is of.
        own: The names of those whose figures they should be.
        until: The day the figures of the sheet run to, where it says so.

    Returns:
        One finding for each remark, at its cell.

    """
    targets = any(column.heading.figure is Beside.TARGET for column in table.columns)
    inside: dict[tuple[int, int], list[str]] = {}
    for row, code in rows:
        if not table.part(row.index, Part.AS_OF).text.strip():
            for column in table.remarks:
                inside.setdefault(table.spread.anchor(row.index, column), []).append(code)
    findings: list[Finding] = []
    for at, codes in inside.items():
        cell = table.spread.cell(*at)
        if cell.kind not in (CellKind.TEXT, CellKind.NUMBER):
            continue
        if is_other_place(cell.text, own) or is_no_amount(cell.text):
            codes = [code for code in codes if is_other_place(cell.text, own) or not is_share(names.codes[code].unit)]
            of_time = False
        elif doubted(cell.text, period, until):
            of_time = False
        else:
            time = remarked_time(cell.text)
            codes = [code for code in codes if time and is_of_another(time, period, names, code, targets=targets)]
            subject = other_than(time, period, targets=targets)
            of_time = subject is not None and subject.of_time
        if codes:
            seen = f"数的旁边写的是「{cell.text.strip()}」，报送的是 {period.chinese}的"
            remedy = f"请核对：是 {period.chinese}的数，请改正这一格，或写明说明后入库；不是的，请改填本期的数后重新上传"
            place = Place(table.sheet.name, cell_name(*at))
            code = "period-mismatch" if of_time else "other-subject"
            findings.append(Finding(code, Severity.CHECK, place, seen, remedy, measures=tuple(dict.fromkeys(codes))))
    return findings


def filled_before(table: Table, period: Month, rows: Iterable[tuple[Row, str]]) -> list[Finding]:
    """The days in a column 更新时间 or 填报日期 that lie before the month whose figures stand beside them."""
    columns = [column.index for column in table.columns if name_key(column.heading.text) in _FILLED]
    findings = []
    for row, code in rows:
        for column in columns:
            cell = table.spread.cell(row.index, column)
            if cell.kind is CellKind.DATE and cell.text[:10] < period.first_day.isoformat():
                seen = f"数的旁边写的日期是 {cell.text[:10]}，早于报送的 {period.chinese}"
                place = Place(table.sheet.name, cell_name(row.index, column))
                remedy = "请核对是哪个月的数：是本期的，请改正日期，或写明说明后入库"
                findings.append(Finding("period-mismatch", Severity.CHECK, place, seen, remedy, measures=(code,)))
    return findings


def is_of_another(text: str, period: Month, names: Names, code: str, *, targets: bool) -> bool:
    """Whether words speak of another time than the figure of a measure is of: 年报 is filed a year after its own."""
    years = {period.year, period.year + names.codes[code].report_year_offset}
    return all(other_than(text, Month(year, period.month), targets=targets) for year in years)
