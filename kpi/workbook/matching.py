"""Which row of a sheet is which measure: by its hidden code, else by name or alias."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from kpi.catalog.model import Catalog, Measure
from kpi.finding import Finding, Severity
from kpi.place import Place, cell_name
from kpi.workbook.grid import CellKind
from kpi.workbook.layout import Layout, Part
from kpi.workbook.naming import name_key, unit_key
from kpi.workbook.number import is_bare_number

_FOOTER = ("填报人", "负责人", "审核人", "联系电话", "填报日期", "报送日期", "注", "备注", "说明", "合计", "小计")


@dataclass(frozen=True, slots=True)
class Match:
    """A row and the measure it reports."""

    row: int
    measure: Measure


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of a sheet that belong to the office, each measure once, and what is wrong with the others."""

    matches: tuple[Match, ...]
    findings: tuple[Finding, ...]
    wrong_office: bool = False


def match_rows(layout: Layout, catalog: Catalog, office: str | None) -> Rows:
    """
    Find the measure of each row.

    Args:
        layout: The form.
        catalog: All measures.
        office: Whose rows are wanted; None takes every row of whatever office.

    Returns:
        The matches and findings; when most rows belong to another office, a single finding that names it.

    """
    names = _Names(catalog)
    findings: list[Finding] = []
    own: dict[str, Match] = {}
    foreign: list[Match] = []
    for row in layout.rows():
        measure = names.measure(layout, row, office, findings)
        if measure is None:
            findings += _unknown(layout, row, catalog)
        elif office is not None and measure.office != office:
            foreign.append(Match(row, measure))
        elif measure.code in own:
            seen = f"「{measure.name}」在第 {own[measure.code].row + 1} 行和第 {row + 1} 行各有一行"
            findings.append(Finding("duplicate-row", Severity.BLOCK, _at(layout, row), seen, "请只保留一行", measures=(measure.code,)))
        else:
            own[measure.code] = Match(row, measure)
    if len(foreign) > len(own) and office is not None:
        return Rows((), (_wrong_office(layout, catalog, office, foreign, len(own)),), wrong_office=True)
    findings += (_foreign(layout, match, catalog) for match in foreign)
    return Rows(tuple(own.values()), tuple(findings))


class _Names:
    """The measures by code and by name."""

    def __init__(self, catalog: Catalog) -> None:
        self._codes = catalog.measures
        self._named: dict[str, list[Measure]] = {}
        for measure in catalog.measures.values():
            for key in {name_key(name) for name in (measure.name, *measure.aliases)}:
                self._named.setdefault(key, []).append(measure)

    def measure(self, layout: Layout, row: int, office: str | None, findings: list[Finding]) -> Measure | None:
        """The measure of a row; None when nothing is known by its code and name."""
        name = layout.cell(row, Part.NAME).text
        named = self._named.get(name_key(name), [])
        coded = self._codes.get(layout.cell(row, Part.CODE).text.strip())
        if coded is None:
            return self._pick(named, layout, row, office)
        if named and coded not in named:
            seen = f"这一行的名称是「{name}」，隐藏的代码却是「{coded.name}」的"
            findings.append(
                Finding("row-code-differs", Severity.BLOCK, _at(layout, row), seen, "行可能被移动或粘贴过；请重新下载填报表填写", measures=(coded.code,))
            )
        elif not named and name.strip():
            seen = f"「{name}」是改过的名称，按「{coded.name}」读取"
            findings.append(Finding("renamed-row", Severity.HINT, _at(layout, row), seen, f"请恢复为「{coded.name}」", measures=(coded.code,)))
        return coded

    @staticmethod
    def _pick(named: list[Measure], layout: Layout, row: int, office: str | None) -> Measure | None:
        """Of several measures with one name: the office's own, then the one whose name it is, then that of the row's unit."""
        name, unit = name_key(layout.cell(row, Part.NAME).text), unit_key(layout.cell(row, Part.UNIT).text)
        for keeps in (lambda m: m.office == office, lambda m: name_key(m.name) == name, lambda m: unit_key(m.unit) == unit):
            named = [measure for measure in named if keeps(measure)] or named
        return named[0] if len(named) == 1 else None


def _at(layout: Layout, row: int) -> Place:
    """The name cell of a row."""
    column = layout.columns.get(Part.NAME, layout.columns.get(Part.CODE, 0))
    return Place(layout.sheet.name, cell_name(row, column))


def _unknown(layout: Layout, row: int, catalog: Catalog) -> Iterable[Finding]:
    """A row that is no measure: serious when it holds figures, no word about headings and footers."""
    name = layout.cell(row, Part.NAME).text.strip()
    figures = [cell for column in layout.figures if (cell := layout.cell(row, column)).kind is CellKind.NUMBER or is_bare_number(cell.text)]
    if figures:
        seen = f"不认识数据项「{name}」，这一行的「{figures[0].text}」没有读取" if name else f"这一行有数字「{figures[0].text}」，但没有写数据项"
        return [Finding("unknown-row", Severity.CHECK, _at(layout, row), seen, "请按填报表的数据项名称填写；新增的数据项请先报统计岗加入指标目录")]
    heading = name_key(name) in {name_key(measure.topic) for measure in catalog.measures.values()}
    if not name or heading or name_key(name).startswith(_FOOTER):
        return []
    return [Finding("unknown-row", Severity.HINT, _at(layout, row), f"不认识数据项「{name}」，这一行没有数字，未读取", "如果不是数据项，可以忽略")]


def _foreign(layout: Layout, match: Match, catalog: Catalog) -> Finding:
    owner = catalog.offices[match.measure.office].name
    figures = any(layout.cell(match.row, column).text for column in layout.figures)
    seen = f"「{match.measure.name}」由{owner}填报，这一行没有读取"
    severity = Severity.CHECK if figures else Severity.HINT
    return Finding("unknown-row", severity, _at(layout, match.row), seen, f"请删除这一行，由{owner}报送", measures=(match.measure.code,))


def _wrong_office(layout: Layout, catalog: Catalog, office: str, foreign: list[Match], own: int) -> Finding:
    owner, count = Counter(match.measure.office for match in foreign).most_common(1)[0]
    name, wanted = catalog.offices[owner].name, catalog.offices[office].name
    seen = f"表中 {own + len(foreign)} 个数据项里有 {count} 个属于{name}，{wanted}的只有 {own} 个"
    return Finding("wrong-office", Severity.BLOCK, Place(layout.sheet.name), seen, f"请改选{name}，或上传{wanted}的报表")
