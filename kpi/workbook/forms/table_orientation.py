"""One table: whose it is, and whether its measures stand down the rows or across the columns."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from kpi.catalog.measure import Measure
from kpi.catalog.model import Catalog
from kpi.workbook.forms.identity import Request, identify
from kpi.workbook.forms.measure_names import Names
from kpi.workbook.forms.measures_across_columns import Across, measure_of
from kpi.workbook.forms.measures_crossed import Crossing, crossings, joined, not_crossed, plain_part
from kpi.workbook.forms.measures_down_rows import Down
from kpi.workbook.forms.row_matching import measures_down
from kpi.workbook.forms.shared_tables import of_others, org_shares
from kpi.workbook.forms.whose_office import find_office
from kpi.workbook.grid import Sheet
from kpi.workbook.layout.header_rows import ColumnHead
from kpi.workbook.layout.heading import Part
from kpi.workbook.layout.table_finder import Table
from kpi.workbook.report import Report, ReportKey


@dataclass(frozen=True, slots=True)
class TableReading:
    """What one table gave, by office, month and organisation."""

    sheet: str
    reports: Mapping[ReportKey, Report]
    certain: int  # how many cells were read
    elsewhere: str = ""  # what else than the month's results its title says it is about


def read_table(sheets: Sequence[Sheet], table: Table, catalog: Catalog, names: Names, request: Request) -> TableReading:
    """Read one table of a workbook; one that names an organisation or an office on each row is read for each of them."""
    shared = org_shares(table, catalog)
    if shared is None:
        return _read_offices(sheets, table, catalog, names, request)
    if request.org is not None and request.org not in shared.rows:
        shared = of_others(table, catalog, shared, request.org)
    wanted = {org: rows for org, rows in shared.rows.items() if request.org in (None, org)}
    parts = [_read_offices(sheets, replace(table, only=rows), catalog, names, replace(request, org=org, hints=())) for org, rows in wanted.items()]
    reports = {key: report for part in parts for key, report in part.reports.items()}
    first = next(iter(reports))  # one of them says what is nobody's, not each
    reports[first] = replace(reports[first], findings=(*reports[first].findings, *shared.findings))
    return TableReading(table.sheet.name, reports, sum(part.certain for part in parts), parts[0].elsewhere)


def _read_offices(sheets: Sequence[Sheet], table: Table, catalog: Catalog, names: Names, request: Request) -> TableReading:
    """Read a table of one organisation; one that names an office on each row is read office by office."""
    shares = _shares(table, catalog)
    if request.office in shares:
        return _read_part(sheets, replace(table, only=shares[request.office]), catalog, names, request)
    if request.office is None and shares:
        parts = [_read_part(sheets, replace(table, only=rows), catalog, names, replace(request, office=office)) for office, rows in shares.items()]
        reports = {key: report for part in parts for key, report in part.reports.items()}
        return TableReading(table.sheet.name, reports, sum(part.certain for part in parts), parts[0].elsewhere)
    return _read_part(sheets, table, catalog, names, request)


def _shares(table: Table, catalog: Catalog) -> dict[str, frozenset[int]]:
    """The rows of each office in a table that has a column for the office beside that of the names; those of no known office go to each."""
    if Part.OFFICE not in table.parts or Part.NAME not in table.parts:
        return {}
    rows: dict[str | None, set[int]] = {}
    for row in table.rows():
        text = table.part(row, Part.OFFICE).text.strip()
        office = find_office(catalog, text) if text else None
        rows.setdefault(office.code if office else None, set()).add(row)
    unknown = rows.pop(None, set())
    return {office: frozenset(own | unknown) for office, own in rows.items() if office}


def _read_part(sheets: Sequence[Sheet], table: Table, catalog: Catalog, names: Names, request: Request) -> TableReading:
    """Read the rows of one office."""
    if parts := crossings(table, names, request.office):
        return _read_crossed(sheets, table, parts, catalog, names, request)
    across = measure_columns(table, names, request.office)
    down = measures_down(table, names, request.mapping)
    turned = _is_turned(table, across, down) or (not across and len(_columns_of_several(table, names)) > len(down))
    owners = Counter(measure.office for measure in (across.values() if turned else down))
    identity = identify(sheets, table, catalog, request, owners)
    reader = Across(table, catalog, names, request, identity) if turned else Down(table, catalog, names, request, identity)
    reports = reader.read()
    return TableReading(table.sheet.name, reports, sum(len(report.readings) for report in reports.values()), identity.elsewhere)


def _read_crossed(sheets: Sequence[Sheet], table: Table, parts: Sequence[Crossing], catalog: Catalog, names: Names, request: Request) -> TableReading:
    """Read a table whose measures are named by row and column together: side by side, as so many tables with a caption."""
    owners = Counter(measure.office for part in parts for measure in part.measures.values())
    identity = identify(sheets, table, catalog, request, owners)
    rest = plain_part(table, parts, names)
    identity = replace(identity, findings=(*identity.findings, *not_crossed(table, parts, rest)))
    readers = [Down(part.table, catalog, names, request, replace(identity, captions=(part.word,))) for part in parts]
    readers += [Down(rest, catalog, names, request, identity)] if rest and rest.figures else []
    reports = joined([reader.read() for reader in readers])
    return TableReading(table.sheet.name, reports, sum(len(report.readings) for report in reports.values()), identity.elsewhere)


def measure_columns(table: Table, names: Names, office: str | None) -> dict[int, Measure]:
    """The columns whose headings name a measure."""
    measures: dict[int, Measure] = {}
    for column in table.columns:
        if column.heading.part is None and not table.holds_words(column.index) and (named := measure_of(column, names, office)):
            measures[column.index] = named[0]
    return measures


def _columns_of_several(table: Table, names: Names) -> list[ColumnHead]:
    """The columns whose headings name measures of several offices alike: each office has a sheet of the same form."""
    return [column for column in table.columns if column.heading.part is None and any(len(names.named(words)) > 1 for words in column.levels)]


def _is_turned(table: Table, across: Mapping[int, Measure], down: Sequence[Measure]) -> bool:
    """Whether the measures stand over the columns."""
    return bool(across) and len(across) > len({measure.code for measure in down}) and not (Part.NAME in table.parts and down)
