"""
The cells of a superior's form that ask for a figure of the bureau, found by the intake's own reader.

Such a form is of no one office, so it is read as if all measures were one office's; indicators that are no measures are looked for
by their names too.  A first reading tells which rows are about what; in a second one every empty cell of those rows holds a 1, and what is
read of it tells what the cell asks for and how many times its unit goes into ours.  A sheet in which nothing is read so, since its
months or the bureaus stand beside each other, is read with every cell of its table holding a 1: of the months those that are over.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from kpi.catalog.indicator import Indicator
from kpi.catalog.measure import Measure, MeasureKind
from kpi.catalog.model import Catalog
from kpi.catalog.organisation import Organisation
from kpi.errors import WorkbookError
from kpi.papers.writing.superior_gaps import NO_MONTH, in_runs, unplaced
from kpi.period import Month
from kpi.place import Place, cell_name
from kpi.value import State
from kpi.workbook.forms.bureau_names import BUREAU, org_key
from kpi.workbook.forms.measure_names import names_of
from kpi.workbook.forms.reading import read_reports
from kpi.workbook.grid import Cell, CellKind, Sheet
from kpi.workbook.layout.heading import read_heading
from kpi.workbook.naming import name_key
from kpi.workbook.report import Beside, Column, Report
from kpi.workbook.units import is_share

_PROBE = Cell(CellKind.NUMBER, "1")
_CUMULATIVE = "累计"
AMOUNTS = (Beside.CHANGE, Beside.TARGET, Beside.YEAR_END)  # in the unit of the figure itself


@dataclass(frozen=True, slots=True)
class AskedCell:
    """
    A cell that asks for a figure.

    Attributes:
        place: Where it stands.
        code: The measure or indicator.
        column: Whether it is the month's figure, the cumulative one, or last year's.
        beside: What of it, where it is not the figure itself: its growth, its target.
        text: What stands there already; empty where nothing does.
        scale: How many times the unit of the form goes into ours: 10000 where we have 元 and it asks for 万元; None where that is unknown.
        month: The month it is of.
        org: The organisation it is of; empty where that is the one whose form it is.

    """

    place: Place
    code: str
    column: Column
    beside: Beside | None
    text: str
    scale: Decimal | None
    month: Month
    org: str = ""


@dataclass(frozen=True, slots=True)
class AskedForm:
    """What a form asks for, and what of it the reader could not place, in words."""

    cells: tuple[AskedCell, ...]
    unclear: tuple[tuple[Place, str], ...]


@dataclass(frozen=True, slots=True)
class FormOrganisations:
    """
    The organisations that may have lines in a form.

    Attributes:
        own: The one whose form it is; None of a bureau that stands alone.
        below: Those below it whose figures may be filled in too.
        others: Those that have no figures in it.

    """

    own: Organisation | None = None
    below: Sequence[Organisation] = ()
    others: Sequence[Organisation] = ()

    def of(self, row: Mapping[int, Cell]) -> tuple[Organisation, str] | None:
        """The organisation that a row is a line of, and how it is called there; None of any other row."""
        keys = {org_key(cell.text): cell.text for cell in row.values() if cell.kind is CellKind.TEXT}
        every = (*([self.own] if self.own else ()), *self.below, *self.others)
        return next(((org, keys[name]) for org in every for name in line_names(org) if name in keys), None)


def line_names(org: Organisation) -> tuple[str, ...]:
    """The keys that a line of an organisation may begin with: its names, those of its place, and its short names."""
    short = [org_key(name).removesuffix(BUREAU) for name in (org.name, *org.aliases)]
    return (org_key(org.name), *short, *(f"{name}{org.level}" for name in short))


def asked_form(sheets: Sequence[Sheet], whole: Catalog, month: Month, organisations: FormOrganisations) -> AskedForm:
    """
    What the sheets of a form ask for in a month.

    Args:
        sheets: The sheets.
        whole: The catalogue as `of_one_office` gives it.
        month: The month.
        organisations: Those that may have lines in it.

    Raises:
        WorkbookError: No sheet holds a table with a name that the catalogue knows, or one says that it is of another month.

    """
    first = _reports_or_none(sheets, whole, month)
    rows = {(reading.place.sheet, _row(reading.place.cell)) for report in first for reading in report.readings}
    mismatch = next((finding for report in first for finding in report.findings if finding.code == "period-mismatch"), None)
    if rows and mismatch is not None:
        stated = mismatch.seen.partition("，")[0]
        raise WorkbookError(f"{mismatch.place}：{stated}，要填的是 {month.chinese}，没有填；请核对月份，或先改正表上写的月份。")
    second = _reports([_probed(sheet, {row for name, row in rows if name == sheet.name}) for sheet in sheets], whole, month) if rows else []
    unread = [sheet for sheet in sheets if sheet.name not in {name for name, _ in rows}]
    lines_of = {sheet.name: {row: line for row in _table_rows(sheet, whole) if (line := organisations.of(sheet.rows[row]))} for sheet in unread}
    wide = {sheet.name: _wide_reports(sheet, whole, month) for sheet in unread}
    texts = {(sheet.name, cell_name(row, column)): cell for sheet in sheets for row, cells in sheet.rows.items() for column, cell in cells.items()}
    asked = [cell for report in second for cell in _asked(report, texts, month)]
    sums: list[AskedCell] = []
    for sheet in unread:
        lines = lines_of[sheet.name]
        own_sum = all(org in organisations.below for org, _ in lines.values())  # else a line for the sum is of others too
        for cell in (cell for report in wide[sheet.name] for cell in _asked(report, texts, month)):
            (asked if own_sum or _row(cell.place.cell) in lines else sums).append(cell)
        for row, (org, label) in lines.items():
            if org not in organisations.others:
                of = "" if org is organisations.own else org.code
                asked += [replace(cell, org=of) for cell in _of_line(sheet, row, label, whole, month, texts)]
    cells = {cell.place: cell for cell in _in_unit([cell for cell in asked if cell.month <= month], whole)}
    if not cells:
        raise WorkbookError("表里没有找到指标目录认识的数据项或指标；请核对是否选错了文件，或先把上级的叫法加进指标目录的别名。")
    filled = {(sheet, row) for sheet, lines in lines_of.items() for row, (org, _) in lines.items() if org not in organisations.others}
    reasons = unplaced([*first, *second, *(report for reports in wide.values() for report in reports)], sheets, whole)
    unclear = {place: words for place, words in reasons.items() if not place.cell or (place.sheet, _row(place.cell)) not in filled}
    unclear |= dict.fromkeys((cell.place for cell in sums), "合计里有别的单位的数，没有填")
    unclear |= dict.fromkeys(_without_month(cells.values(), whole), NO_MONTH)
    placed = {place.sheet for place in (*cells, *unclear)}
    unclear |= {Place(sheet.name): "没有认出这张表里要填的格，没有填" for sheet in unread if sheet.name not in placed and _table_rows(sheet, whole)}
    return AskedForm(tuple(cells.values()), tuple(in_runs({place: words for place, words in unclear.items() if place not in cells})))


def _in_unit(cells: Sequence[AskedCell], whole: Catalog) -> Iterator[AskedCell]:
    """Cells with a target, a difference or the amount of another day in the unit of the figure beside them: the reader tells that of figures alone."""
    scales: dict[tuple[str, int], set[Decimal | None]] = {}
    for cell in cells:
        if cell.beside is None and not cell.text:
            scales.setdefault((cell.place.sheet, _row(cell.place.cell)), set()).add(cell.scale)
    for cell in cells:
        if cell.beside in AMOUNTS and not is_share(whole.measures[cell.code].unit):
            known = scales.get((cell.place.sheet, _row(cell.place.cell)), set())
            yield replace(cell, scale=next(iter(known)) if len(known) == 1 else None)
        else:
            yield cell


def _without_month(cells: Iterable[AskedCell], whole: Catalog) -> Iterator[Place]:
    """The cells below a head for the month's figures in the rows of what has none."""
    heads = {(cell.place.sheet, _letters(cell.place.cell)): cell.month for cell in cells if cell.column is Column.MONTH and cell.beside is None}
    for cell in cells:
        if cell.column is Column.YTD and cell.beside is None and not whole.measures[cell.code].of_months:
            for (sheet, letters), month in heads.items():
                if sheet == cell.place.sheet and month == cell.month:
                    yield Place(sheet, f"{letters}{_row(cell.place.cell) + 1}")


def read_again(sheets: Sequence[Sheet], whole: Catalog, month: Month) -> Mapping[Place, Decimal | None]:
    """What the intake reads in the cells of a form that was filled, as far as it reads that as one of one month; ``whole`` as `of_one_office` gives it."""
    read: dict[Place, Decimal | None] = {}
    for report in _reports_or_none(sheets, whole, month):
        read |= {typed.place: typed.value.number for typed in report.typed}
        read |= {reading.place: reading.value.number for reading in report.readings}
    return read


def of_one_office(catalog: Catalog, org: str | None = None) -> Catalog:
    """A catalogue in which one office has all measures, and every indicator that is none is one too; there is no organisation but this one."""
    office = next(iter(catalog.offices.values()))
    measures = {code: measure.model_copy(update={"office": office.code}) for code, measure in catalog.measures.items()}
    names = {name_key(name) for measure in measures.values() for name in (measure.name, *measure.aliases)}
    for code, indicator in catalog.indicators.items():
        if code not in measures and name_key(indicator.name) not in names:
            measures[code] = _as_measure(indicator, catalog, office.code)
    name = catalog.orgs[org or catalog.root].name if catalog.branched else catalog.bureau
    return replace(catalog, bureau=name, offices={office.code: office}, measures=measures, relations={}, ledgers={}, orgs={}, now=None, superseded={})


def _as_measure(indicator: Indicator, catalog: Catalog, office: str) -> Measure:
    flows = all(catalog.measures[code].kind is MeasureKind.FLOW for code in indicator.numerator.codes)
    kind = MeasureKind.RATE if indicator.denominator else MeasureKind.FLOW if flows else MeasureKind.STOCK
    return Measure(
        code=indicator.code,
        name=indicator.name,
        office=office,
        topic="",
        unit=indicator.unit,
        kind=kind,
        decimals=indicator.decimals,
        better=indicator.better,
        signed=True,
    )


def _reports(sheets: Sequence[Sheet], whole: Catalog, month: Month) -> list[Report]:
    return read_reports(sheets, whole, office=next(iter(whole.offices)), period=month)


def _reports_or_none(sheets: Sequence[Sheet], whole: Catalog, month: Month) -> list[Report]:
    """The reports of sheets; none where no sheet holds a table that the reader knows."""
    try:
        return _reports(sheets, whole, month)
    except WorkbookError:
        return []


def _probed(sheet: Sheet, rows: set[int]) -> Sheet:
    """A sheet in whose rows every empty cell within the used columns holds a 1."""
    columns = sorted({column for cells in sheet.rows.values() for column, cell in cells.items() if cell.kind is not CellKind.EMPTY})
    if not columns or not rows:
        return sheet
    probed: dict[int, Mapping[int, Cell]] = dict(sheet.rows)
    for row in rows:
        own = sheet.rows.get(row, {})
        filled = {column for column, cell in own.items() if cell.text.strip()}
        probed[row] = {**own, **{column: _PROBE for column in range(columns[0], columns[-1] + 1) if column not in filled}}
    return replace(sheet, rows=probed)


def _wide_reports(sheet: Sheet, whole: Catalog, month: Month) -> list[Report]:
    """The reports of a sheet whose months stand beside each other, or whose measures do with a line for each bureau; none of another sheet."""
    rows = _table_rows(sheet, whole)
    if not rows:
        return []
    probed = _probed(sheet, rows)
    try:
        every = read_reports([probed], whole, office=next(iter(whole.offices)))
        months = {report.period for report in every} - {None}
        if len(months) <= 1:
            return _reports([probed], whole, month) if months <= {month} else []
    except WorkbookError:
        return []
    above = (sheet.name, *(cell.text for row, cells in sheet.rows.items() if row < min(rows) for cell in cells.values()))
    if any(_CUMULATIVE in text for text in above) and all(reading.column is Column.MONTH for report in every for reading in report.readings):
        return []  # a title says that what the heads call a month is the cumulative figure
    return every


def _of_line(sheet: Sheet, row: int, label: str, whole: Catalog, month: Month, texts: Mapping[tuple[str, str], Cell]) -> Iterator[AskedCell]:
    """The cells of the line that begins with the name of an organisation."""
    for report in _wide_reports(sheet, replace(whole, bureau=label, orgs={}), month):
        yield from (cell for cell in _asked(report, texts, month) if _row(cell.place.cell) == row)


def _table_rows(sheet: Sheet, whole: Catalog) -> set[int]:
    """The rows of a sheet that begin with the name of a measure; of one whose measures stand beside each other those below them that begin with a text."""
    names = names_of(whole)

    def is_named(cell: Cell) -> bool:
        return cell.kind is CellKind.TEXT and any(names.is_measure(words) for words in (cell.text, read_heading(cell.text).rest))

    named = {row: [column for column, cell in cells.items() if is_named(cell)] for row, cells in sheet.rows.items()}
    down = {row for row, columns in named.items() if len(columns) == 1}
    heads = next((row for row, columns in named.items() if len(columns) > 1), None)
    if heads is None or len(down) > 1:
        return down
    return {row for row, cells in sheet.rows.items() if row > heads and any(column < min(named[heads]) and cell.text.strip() for column, cell in cells.items())}


def _asked(report: Report, texts: Mapping[tuple[str, str], Cell], month: Month) -> Iterator[AskedCell]:
    """The cells that a report of the probed sheets has figures of."""
    every = [(reading.measure, reading.column, None, reading.place, reading.value) for reading in report.readings]
    beside = [(typed.measure, typed.column, typed.beside, typed.place, typed.value) for typed in report.typed]
    for code, column, what, place, value in (*every, *beside):
        before = texts.get((place.sheet, place.cell))
        text = before.text.strip() if before else ""
        scale = value.number if not text and value.state is State.NUMBER and value.number else Decimal(1)
        yield AskedCell(place, code, column, what, text, scale, report.period or month)


def _letters(cell: str) -> str:
    return cell.rstrip("0123456789")


def _row(cell: str) -> int:
    return int(cell.removeprefix(_letters(cell))) - 1
