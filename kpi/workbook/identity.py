"""
Whose sheet it is, and for which month.

A sheet may say so in several places: the hidden ``_meta`` sheet of our template, the lines 填报单位 and 期间, and the
title.  All of them are read and compared, for a copied sheet that still carries last month's date is common.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from kpi.catalog.model import Catalog, Office
from kpi.errors import RequestError
from kpi.finding import Finding, Severity
from kpi.period import Month
from kpi.place import Place, cell_name
from kpi.workbook.dates import find_month, read_date
from kpi.workbook.grid import Cell, CellKind, Sheet
from kpi.workbook.layout import META_SHEET, Layout
from kpi.workbook.naming import name_key
from kpi.workbook.report import Column

_OFFICE_LABELS = ("填报单位", "填报科室", "报送单位", "填报部门", "科室")
_PERIOD_LABELS = ("期间", "报告期", "报告期间", "统计月份", "填报月份", "所属期", "报表期间", "统计期间")
_AS_OF_LABELS = ("数据截止日", "数据截止日期", "截止日", "截止日期", "数据截止时间", "数据截至")
_COLON = re.compile(r"[:：]")
_UP_TO = re.compile(r"截[至止]到?\s*((?:\d{4}\s*[年./-]\s*)?\d{1,2}\s*[月./-]\s*\d{1,2})", re.ASCII)


@dataclass(frozen=True, slots=True)
class _Said:
    """Something a sheet says of itself, and where."""

    text: str
    kind: CellKind
    place: Place


@dataclass(frozen=True, slots=True)
class Identity:
    """What is known of a sheet; None where it does not say and nobody has told."""

    office: str | None
    period: Month | None
    as_of: date | None  # 数据截止日 of the whole sheet
    findings: tuple[Finding, ...]


def identify(sheets: Sequence[Sheet], layout: Layout, catalog: Catalog, office: str | None, period: Month | None) -> Identity:
    """
    Whose sheet it is and for which month.

    Args:
        sheets: All sheets of the workbook, the hidden ``_meta`` among them.
        layout: The form.
        catalog: Knows the offices.
        office: The office as told by who uploads, None when nobody has.
        period: The month as told, None when nobody has.

    Returns:
        What is told comes first, then ``_meta``, then what the sheet shows; where they differ there are findings.

    """
    meta = _meta(sheets)
    findings: list[Finding] = []
    found_office = _office(layout, catalog, office, meta.get("office"), findings)
    found_period = _period(layout, period, meta.get("period"), findings)
    return Identity(found_office, found_period, _as_of(layout, found_period, findings), tuple(findings))


def find_office(catalog: Catalog, text: str) -> Office | None:
    """The office called so by code, name or alias; the name of the bureau may stand before it."""
    wanted = name_key(text).removeprefix(name_key(catalog.bureau))
    for office in catalog.offices.values():
        if wanted in (name_key(name) for name in (office.code, office.name, *office.aliases)):
            return office
    return None


def _office(layout: Layout, catalog: Catalog, told: str | None, meta: _Said | None, findings: list[Finding]) -> str | None:
    line = _line(layout, _OFFICE_LABELS)
    named = find_office(catalog, line.text) if line else None
    owner = catalog.offices.get(meta.text) if meta else None
    chosen = catalog.offices.get(told) if told else owner or named or _titled(layout, catalog)
    if told and chosen is None:
        raise RequestError(f"没有代码为「{told}」的科室；请从指标目录中选一个科室。")
    if chosen is None:
        findings.append(_unknown_office(layout, line))
        return None
    if line and named is None:
        remedy = f"请把填报单位写成「{chosen.name}」"
        findings.append(Finding("unknown-office", Severity.CHECK, line.place, f"科室名单里没有「{line.text}」，按{chosen.name}读取", remedy))
    for said, other in ((line, named), (meta, owner)):
        if said and other and other.code != chosen.code:
            seen = f"这是{other.name}的报表，不是{chosen.name}的"
            place = said.place if said is line else Place(layout.sheet.name)
            findings.append(Finding("wrong-office", Severity.BLOCK, place, seen, f"请改选{other.name}，或上传{chosen.name}的报表"))
            break
    return chosen.code


def _unknown_office(layout: Layout, line: _Said | None) -> Finding:
    if line is None:
        seen = "表上没有写填报单位"
        return Finding("unknown-office", Severity.BLOCK, Place(layout.sheet.name), seen, "请在表头上方写明「填报单位：科室名称」，或上传时选定科室")
    return Finding("unknown-office", Severity.BLOCK, line.place, f"科室名单里没有「{line.text}」", "请改成指标目录中的科室名称，或上传时选定科室")


def _period(layout: Layout, told: Month | None, meta: _Said | None, findings: list[Finding]) -> Month | None:
    line = _line(layout, _PERIOD_LABELS)
    shown = _month_of(line) if line else None
    titles = list(_titles(layout))
    issued = _parsed(meta)
    chosen = told or issued or shown or (titles[0][0] if titles else None)
    if chosen is None:
        where = line.place if line else Place(layout.sheet.name)
        seen = f"期间「{line.text}」读不出月份" if line else "表上没有写是哪个月的数据"
        findings.append(Finding("unknown-period", Severity.BLOCK, where, seen, "请在表头上方写明「期间：2023年11月」，或上传时选定月份"))
        return None
    if line and shown and shown != chosen:
        findings.append(_mismatch(Severity.BLOCK, line.place, shown, chosen))
    elif issued and issued != chosen:
        seen = f"这是 {issued.chinese} 的填报表，报送的是 {chosen.chinese}"
        severity = Severity.CHECK if shown else Severity.BLOCK  # somebody has put the month right by hand
        findings.append(Finding("period-mismatch", severity, Place(layout.sheet.name), seen, f"请确认数据是 {chosen.chinese} 的"))
    if not shown:
        findings += [_mismatch(Severity.CHECK, place, month, chosen) for month, place in titles[:1] if month != chosen]
    if layout.running_to not in (None, chosen.month):
        seen = f"表头写的是 1—{layout.running_to} 月累计，报送的是 {chosen.chinese}"
        findings.append(
            Finding(
                "period-mismatch",
                Severity.CHECK,
                Place(layout.sheet.name, cell_name(layout.row, layout.columns[Column.YTD])),
                seen,
                "请核对累计数是否截至本期，并改正表头",
            )
        )
    return chosen


def _mismatch(severity: Severity, place: Place, shown: Month, chosen: Month) -> Finding:
    remedy = f"请确认要报送的是哪个月：改正表上的期间，或改选 {shown.chinese}"
    return Finding("period-mismatch", severity, place, f"表上写的是 {shown.chinese}，报送的是 {chosen.chinese}", remedy)


def _as_of(layout: Layout, period: Month | None, findings: list[Finding]) -> date | None:
    if period is None:
        return None
    line = _line(layout, _AS_OF_LABELS) or _up_to(layout)
    if line is None:
        return None
    try:
        return read_date(line.text, period.year)
    except ValueError as error:
        findings.append(Finding("bad-date", Severity.BLOCK, line.place, f"数据截止日「{line.text}」不是日期", str(error)))
        return None


def _meta(sheets: Sequence[Sheet]) -> dict[str, _Said]:
    """What the hidden sheet of the template says."""
    for sheet in sheets:
        if sheet.name.casefold() == META_SHEET:
            return {
                cells[0].text: _Said(cells[1].text, cells[1].kind, Place(sheet.name, cell_name(row, 1)))
                for row, cells in sheet.rows.items()
                if 0 in cells and 1 in cells
            }
    return {}


def _parsed(meta: _Said | None) -> Month | None:
    try:
        return Month.parse(meta.text[:7]) if meta else None  # re-saved, 2023-11 may have become a date
    except RequestError:
        return None


def _month_of(said: _Said) -> Month | None:
    return Month.of(date.fromisoformat(said.text[:10])) if said.kind is CellKind.DATE else find_month(said.text)


def _above(layout: Layout) -> Iterator[tuple[int, int, Cell]]:
    """The cells above the header."""
    for row in sorted(layout.sheet.rows):
        if row >= layout.row:
            return
        for column, cell in sorted(layout.sheet.rows[row].items()):
            yield row, column, cell


def _line(layout: Layout, labels: tuple[str, ...]) -> _Said | None:
    """What stands behind a label, in the same cell after a colon or in the next cell of the row."""
    for row, column, cell in _above(layout):
        if cell.kind is not CellKind.TEXT:
            continue
        label, *rest = _COLON.split(cell.text, maxsplit=1)
        if name_key(label) not in labels:
            continue
        if rest and rest[0].strip():
            return _Said(rest[0].strip(), CellKind.TEXT, Place(layout.sheet.name, cell_name(row, column)))
        behind = [index for index in layout.sheet.rows[row] if index > column]
        if behind:
            following = layout.sheet.rows[row][min(behind)]
            if following.kind in (CellKind.TEXT, CellKind.DATE, CellKind.NUMBER) and not _is_label(following):
                return _Said(following.text, following.kind, Place(layout.sheet.name, cell_name(row, min(behind))))
    return None


def _up_to(layout: Layout) -> _Said | None:
    """The day of a title such as 截至2023年11月23日."""
    for row, column, cell in _above(layout):
        if cell.kind is CellKind.TEXT and (match := _UP_TO.search(cell.text)):
            return _Said(match[1], CellKind.TEXT, Place(layout.sheet.name, cell_name(row, column)))
    return None


def _is_label(cell: Cell) -> bool:
    """Whether a cell is the next label of the line, the one before having been left blank."""
    return cell.kind is CellKind.TEXT and _COLON.search(cell.text) is not None


def _titles(layout: Layout) -> Iterator[tuple[Month, Place]]:
    """Months named in the title or in the name of the sheet; lines with a label of their own are no titles."""
    for row, column, cell in _above(layout):
        if cell.kind is CellKind.TEXT and not _COLON.search(cell.text) and (month := find_month(cell.text)):
            yield month, Place(layout.sheet.name, cell_name(row, column))
    if month := find_month(layout.sheet.name):
        yield month, Place(layout.sheet.name)


def _titled(layout: Layout, catalog: Catalog) -> Office | None:
    """The office whose name or sheet the title or the sheet's name contains; the longest name wins."""
    titles = [name_key(cell.text) for _, _, cell in _above(layout) if cell.kind is CellKind.TEXT] + [name_key(layout.sheet.name)]
    matches = [
        (len(name), office)
        for office in catalog.offices.values()
        for name in (office.name, office.template)
        if any(name_key(name) in title for title in titles)
    ]
    return max(matches, key=lambda match: match[0])[1] if matches else None
