"""A table that several organisations share: a line, or some lines, of each (各区汇总表)."""

from dataclasses import dataclass

from kpi.catalog.model import Catalog
from kpi.finding import Finding, Severity
from kpi.place import Place, cell_name
from kpi.workbook.forms.whose_organisation import org_in
from kpi.workbook.grid import CellKind
from kpi.workbook.layout.heading import Part
from kpi.workbook.layout.table_finder import Table
from kpi.workbook.layout.table_rows import is_total
from kpi.workbook.naming import name_key

_NAMED = 5  # organisations that one sentence names


@dataclass(frozen=True, slots=True)
class OrgShares:
    """The rows of each organisation, and the findings about those that are nobody's."""

    rows: dict[str, frozenset[int]]
    findings: tuple[Finding, ...]


def org_shares(table: Table, catalog: Catalog) -> OrgShares | None:
    """Who owns which rows, by the one column that names several organisations which report; None where there is no such column."""
    if not catalog.branched:
        return None
    figures = {column.index for column in table.figures}
    for column in table.columns:
        if column.index in figures or column.heading.part is Part.NAME:
            continue
        texts = {row: table.spread.cell(row, column.index) for row in table.rows()}
        words = {cell.text.strip() for cell in texts.values() if cell.kind is CellKind.TEXT}
        named = {text: org.code for text in words if (org := org_in(catalog, text)) and org.reports}
        if len(set(named.values())) > 1:
            return _shared(table, column.index, {row: cell.text.strip() for row, cell in texts.items()}, named)
    return None


def of_others(table: Table, catalog: Catalog, shares: OrgShares, org: str) -> OrgShares:
    """The share of an organisation in a table of others: no rows, and a finding."""
    named = "、".join(catalog.orgs[other].name for other in list(shares.rows)[:_NAMED])
    seen = f"表里各行是{named}{'等' if len(shares.rows) > _NAMED else ''}的，没有{catalog.orgs[org].name}的"
    return OrgShares({org: frozenset()}, (Finding("wrong-org", Severity.BLOCK, Place(table.sheet.name), seen, "请不选单位再读一遍，或上传这个单位的报表"),))


def _shared(table: Table, column: int, texts: dict[int, str], named: dict[str, str]) -> OrgShares:
    rows: dict[str, set[int]] = {}
    findings, current = [], None
    for row, text in texts.items():
        if text or Part.NAME not in table.parts:  # of several lines the first alone may name the organisation
            current = named.get(text)
        if current:
            rows.setdefault(current, set()).add(row)
        elif text:
            findings.append(_nobodys(text, Place(table.sheet.name, cell_name(row, column))))
    return OrgShares({org: frozenset(own) for org, own in rows.items()}, tuple(findings))


def _nobodys(text: str, place: Place) -> Finding:
    if is_total(name_key(text)):
        return Finding("total-row", Severity.HINT, place, f"「{text}」一行是合计，没有读取", "合计由各单位的数得出，不必报送")
    remedy = "请改成单位的名称或别名；不是下级单位的，写明说明后可以入库"
    return Finding("unknown-org", Severity.CHECK, place, f"机构名单里没有报数的单位「{text}」，这一行没有读取", remedy)
