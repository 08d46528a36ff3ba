"""
What a correction, or a month that comes late, does to the months after it: they look back again, and say what they see.

So every rule that holds a month against those before it holds in whichever order the sheets come.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from kpi.catalog.model import Catalog
from kpi.finding import Finding, Severity
from kpi.period import Month
from kpi.store.earlier_figures import Background, CellOnFile, CellsOnFile
from kpi.validation import crossfooting, excess, months, parts_and_wholes, years
from kpi.validation.checked_sheet import CheckedSheet
from kpi.validation.ties import tied_measures
from kpi.workbook.report import Column, Reading, Report

LOOKING_BACK: tuple[Callable[[CheckedSheet], Iterator[Finding]], ...] = (
    months.cumulative_falls,
    months.cumulative_differs,
    months.cumulative_not_reset,
    months.month_exceeds_cumulative,
    months.as_of_goes_back,
    months.as_of_stands_still,
    years.base_differs,
    excess.part_exceeds_whole,
    excess.part_exceeded_whole,
    parts_and_wholes.tested_exceeds_taken,
    parts_and_wholes.rate_differs,
    parts_and_wholes.rate_unreachable,
    crossfooting.relation_violated,
)
_Fault = tuple[str, str | None, tuple[str, ...]]  # code, relation and measures of a finding: the same law broken in several months


def later_month_contradicted(sheet: CheckedSheet) -> Iterator[Finding]:
    """
    What later months, which agreed with what was filed before, say of this one; each law once, with all its months.

    What was flagged at the sheet that this one replaces is said again as long as it stands.
    """
    if not (changed := _changed(sheet)) and not sheet.background.flagged:
        return
    later = sorted({month for cells in sheet.filed.values() for month in cells if month > sheet.period})
    offices = offices_tied(sheet.catalog, sheet.report.office or "")
    broken: dict[_Fault, list[tuple[Month, Finding]]] = {}
    known: dict[Month, set[Finding]] = {}
    before = sheet.filed_before
    for month in later:
        known[month] = set(looking_back(sheet, offices, month, before))
        for finding in looking_back(sheet, offices, month, sheet.filed):
            broken.setdefault((finding.code, finding.relation, finding.measures), []).append((month, finding))
    for findings in broken.values():
        fresh = [(month, finding) for month, finding in findings if finding not in known[month] and changed.intersection(finding.measures)]
        again = _at_this_sheet(sheet, findings)
        if (again.code, again.seen) in sheet.background.flagged:
            yield again
        elif fresh:
            yield _at_this_sheet(sheet, fresh)


def _at_this_sheet(sheet: CheckedSheet, findings: list[tuple[Month, Finding]]) -> Finding:
    """The finding at this sheet's own cell, naming the later months and the cell of the first of them."""
    month, first = findings[0]
    names = "、".join(later.chinese for later, _ in findings)
    cell = next((c for code in first.measures for column in Column if (c := sheet.filed.get((code, column), {}).get(month)) and c.place == first.place), None)
    where = f"（「{cell.file}」{cell.place}）" if cell is not None and cell.file else ""
    reading = next((r for code in first.measures if (r := sheet.standing(code)) is not None), None)
    together = f"请核对本月的数；{names}的报表也要更正的，请与本月的一起上传"
    explained = f"请核对本月的数；确需更正的请写明原因，并核对 {names}的报表是否也要更正"
    return replace(
        first,
        place=reading.place if reading is not None else sheet.place(),
        seen=f"与 {names}的报表{where}对不上：{month.month} 月的{first.seen.removeprefix('本月')}",
        remedy=together if first.severity is Severity.BLOCK else explained,
    )


def looking_back(sheet: CheckedSheet, offices: Iterable[str], month: Month, filed: CellsOnFile) -> Iterator[Finding]:
    """What the sheets of some offices of a month say when they look back over some cells; each finding once."""
    views = (_as_sheet(sheet, office, month, filed) for office in offices)
    every = (finding for view in views for rule in LOOKING_BACK for finding in rule(view))
    once: dict[tuple[_Fault, str], Finding] = {}
    for finding in every:  # a law between two offices is broken at the sheet of either
        once.setdefault(((finding.code, finding.relation, finding.measures), finding.seen), finding)
    yield from once.values()


def offices_tied(catalog: Catalog, office: str) -> tuple[str, ...]:
    """An office, and those that report what is tied to its measures."""
    return tuple(dict.fromkeys([office, *(catalog.measures[code].office for code in tied_measures(catalog, office))]))


def _as_sheet(sheet: CheckedSheet, office: str, month: Month, filed: CellsOnFile) -> CheckedSheet:
    """The cells of an office and a month as if they were one sheet."""
    readings = tuple(
        Reading(code, column, cell.value, cell.place, "", cell.as_of or month.last_day)
        for (code, column), cells in filed.items()
        if sheet.catalog.measures[code].office == office and (cell := cells.get(month)) is not None
    )
    report = Report(office, month, readings, {}, (), org=sheet.report.org)
    return CheckedSheet(report, month, sheet.catalog.at(month), Background({}, {}, {}, filed=filed), sheet.today)


def _changed(sheet: CheckedSheet) -> set[str]:
    """The measures of which this sheet says something else than what it would replace."""
    before = sheet.background.replaced
    keys = {key for cells in (sheet.cells, before) for key in cells}
    return {key[0] for key in keys if _meant(_own(sheet, key)) != _meant(before.get(key, {}).get(sheet.period))}


def _own(sheet: CheckedSheet, key: tuple[str, Column]) -> CellOnFile | None:
    reading = sheet.cells.get(key)
    return CellOnFile(reading.value, reading.as_of) if reading is not None else None


def _meant(cell: CellOnFile | None) -> object:
    return (cell.value.state, cell.value.number, cell.value.qualifier, cell.as_of if cell.value.number is not None else None) if cell else None
