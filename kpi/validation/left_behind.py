"""
What a withdrawal leaves behind: sheets that agreed with what is gone, and now contradict what counts again or miss their whole.

A withdrawal is not refused for it, as what is wrong must be taken back; but nobody should have to find out later.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from kpi.catalog.model import Catalog
from kpi.finding import Finding, Severity
from kpi.period import Month
from kpi.place import Place
from kpi.store.earlier_figures import Background, CellOnFile, CellsOnFile
from kpi.validation.checked_sheet import CheckedSheet
from kpi.validation.later_months import looking_back, offices_tied
from kpi.validation.wholes_of_formulas import parts_of_wholes
from kpi.validation.years import moved_base
from kpi.workbook.report import Column, Report

_REMEDY = "请核对这几份报表；需要改的请重新报送，撤错了的请把撤回的那一份再报送一次"


def left_behind(catalog: Catalog, office: str, period: Month, org: str, before: CellsOnFile, after: CellsOnFile, today: date) -> tuple[Finding, ...]:
    """
    What the sheets that still count say of one another, and did not say before a sheet was withdrawn.

    Args:
        catalog: The definitions in force.
        office: Whose sheet was withdrawn.
        period: Of which month.
        org: Of which organisation.
        before: The cells of all tied measures while it counted, from its year to the next.
        after: The same without it, the sheet before it counting again.
        today: The day of the withdrawal.

    """
    report, offices = Report(office, period, (), {}, (), org=org), offices_tied(catalog, office)
    then, now = (CheckedSheet(report, period, catalog.at(period), Background({}, {}, {}, filed=cells), today) for cells in (before, after))
    findings: list[Finding] = []
    for month in sorted({month for cells in after.values() for month in cells if month >= period}):
        known = set(looking_back(then, offices, month, before))
        fresh = (finding for finding in looking_back(now, offices, month, after) if finding not in known and finding.severity is not Severity.HINT)
        findings += [replace(f, severity=Severity.CHECK, seen=f"撤回后，{_where(after, f, month)}：{f.seen}", remedy=_REMEDY) for f in fresh]
    moved = moved_base(then, now, [measure for measure in catalog.measures.values() if measure.office == office])
    if moved is not None:
        measure, seen = moved
        findings.append(Finding("base-moves", Severity.CHECK, Place(""), f"撤回后，{seen}", _REMEDY, measures=(measure.code,)))
    return (*findings, *_without_whole(then, now))


def _without_whole(then: CheckedSheet, now: CheckedSheet) -> Iterator[Finding]:
    """Parts whose whole went with the sheet."""
    for pair in parts_of_wholes(now.catalog):
        parts = [now.figures([(code, 0)])[code, 0].number for code in pair.part.codes]
        gone = [code for code in pair.whole.codes if now.figures([(code, 0)])[code, 0].number is None and then.figures([(code, 0)])[code, 0].number is not None]
        cell = next((c for code in pair.part.codes for column in Column if _numbered(c := now.filed.get((code, column), {}).get(now.period))), None)
        if gone and cell is not None and None not in parts:
            names = ["、".join(now.catalog.measures[code].name for code in codes) for codes in (pair.part.codes, gone)]
            seen = f"撤回后，{now.period.chinese}的{names[0]}（「{cell.file}」{cell.place}）没有{names[1]}，{pair.indicator.name}不计这个月"
            yield Finding("part-without-whole", Severity.CHECK, cell.place, seen, _REMEDY, measures=(*pair.part.codes, *pair.whole.codes))


def _numbered(cell: CellOnFile | None) -> bool:
    return cell is not None and cell.value.number is not None


def _where(cells: CellsOnFile, finding: Finding, month: Month) -> str:
    """The month and the cell at which a finding stands."""
    at = (cells.get((code, column), {}).get(month) for code in finding.measures for column in Column)
    cell = next((cell for cell in at if cell is not None and cell.place == finding.place), None)
    return f"{month.chinese}的报表" + (f"（「{cell.file}」{cell.place}）" if cell is not None else "")
