"""Where a figure comes from (溯源): from an indicator to its parts, from each part to its cell."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from kpi.access.roles import Right
from kpi.bureau import Bureau
from kpi.catalog.derivation import DerivationRule
from kpi.catalog.formula import Term
from kpi.catalog.measure import Measure, MeasureKind
from kpi.catalog.model import Catalog
from kpi.catalog.tree import Stay
from kpi.figures.definitions import itself
from kpi.figures.months_of_terms import months_behind
from kpi.figures.remarks import Remarks
from kpi.period import Month, ReportingYear
from kpi.review.known_nouns import known_code
from kpi.store.submission import Stated
from kpi.value import State, Value
from kpi.workbook.report import Column

_HIDDEN = (State.WITHHELD, State.PENDING)  # a cumulative figure that is hidden still makes earlier months irrelevant


@dataclass(frozen=True, slots=True)
class Source:
    """One stated figure with the cell it stands in, and how it came there."""

    part: str  # 分子, 分母, 填报值, or 数据项 for a measure asked for itself
    measure: str
    name: str
    unit: str
    period: Month  # of the sheet
    column: Column
    value: Value
    raw: str
    file: str
    sheet: str
    cell: str
    org: str
    office: str
    submission: int
    by: str
    accepted_by: str  # empty: nobody but the sender had to accept it
    at: datetime
    as_of: date
    note: str  # the 说明 given with the submission
    remark: str  # the 备注 of the row
    adjustment: Decimal | None = None  # 调整数 booked with this 本年累计
    recorded: Decimal | None = None  # what is on record, where this 上年同期累计 restates it


def source(bureau: Bureau, code: str, period: Month, org: str | None = None) -> list[Source]:
    """
    The cells behind an indicator, or behind a measure, in one month, year to date.

    Args:
        bureau: The bureau.
        code: An indicator or any measure.
        period: The month.
        org: The organisation, the root of the tree unless told; of one above others the cells of all of them.

    Returns:
        One entry per part, measure and filled column of the submissions in force; for a growth also last year's cells.  Where
        no cumulative figure is stated, the months that it is summed from follow, back to the last that states one.

    Raises:
        DeniedError: The caller may not read the figures of the organisation.
        RequestError: No such code.
    """
    return sources(bureau, [known_code(bureau.catalog, code)], period, org)[code]


def sources(bureau: Bureau, codes: Sequence[str], period: Month, org: str | None = None) -> dict[str, list[Source]]:
    """The cells behind codes of the catalogue, as `source` gives them, with few questions to the store for each year they reach back to."""
    bureau.require(Right.READ, org)
    catalog = bureau.catalog.at(period)
    by_code: dict[str, list[Source]] = {code: [] for code in codes}
    for stay in bureau.catalog.tree.stays(org or bureau.catalog.root):
        for month in _last_months(catalog.year, stay, period):
            for code, cells in _sources(bureau, catalog, codes, month, stay.leaf).items():
                by_code[code] += cells
    return by_code


def _last_months(year: ReportingYear, stay: Stay, period: Month) -> Iterator[Month]:
    """The months whose cells a year so far rests on: its last one of a stay, and the one before a stay that begins within the year, which is taken off."""
    first, last = year.opening(period), min(period, stay.last or period)
    if last < first or (stay.first is not None and last < stay.first):
        return
    if stay.first is not None and stay.first > first:
        yield stay.first.plus(-1)
    yield last


def _sources(bureau: Bureau, catalog: Catalog, codes: Sequence[str], period: Month, leaf: str) -> dict[str, list[Source]]:
    """The cells of one that reports in a month; ``catalog`` has the definitions by which the figures are computed."""
    asked = {code: _parts(catalog, code) for code in codes}
    wanted: dict[int, dict[str, list[Stated]]] = {}
    derived: dict[Term, list[Stated]] = {}
    for _, term in (part for parts in asked.values() for part in parts):
        if term.derivation is None:
            wanted.setdefault(term.years_back, {})[term.measure] = []
        elif term not in derived:
            derived[term] = [] if term.derivation.rule is DerivationRule.DUE else _of_derivation(bureau, term, period.plus(-12 * term.years_back), leaf)
    for years_back, cells in wanted.items():
        for stated in _resting(bureau, list(cells), period.plus(-12 * years_back), leaf):
            cells[stated.measure].append(stated)
    year = catalog.year
    years = {year.of(period) - years_back for years_back in wanted} | {year.of(stated.period) for cells in derived.values() for stated in cells}
    remarks = Remarks(bureau.store, bureau.catalog, years, leaf)
    return {
        code: [
            _source(bureau.catalog, leaf, part, stated, remarks)
            for part, term in parts
            for stated in (derived[term] if term.derivation else wanted[term.years_back][term.measure])
        ]
        for code, parts in asked.items()
    }


def _of_derivation(bureau: Bureau, term: Term, point: Month, leaf: str) -> list[Stated]:
    """The cells behind a derivation, of every month that went in, the latest first; before a window only the cumulative, where it is taken off."""
    behind = months_behind(bureau.catalog, term, point)
    cells = [stated for stated in bureau.store.sources(term.codes, behind[-1], behind[0], leaf) if stated.column is not Column.PRIOR]
    inside = (
        set(behind) if term.derivation is None or term.derivation.rule is not DerivationRule.WINDOW else set(term.derivation.months(point, bureau.catalog.year))
    )
    singles = {stated.period for stated in cells if stated.column is Column.MONTH and stated.value.state is not State.UNREPORTED}
    taken_off = not singles.issuperset(inside)
    cells = [stated for stated in cells if stated.period in inside or (taken_off and stated.column is Column.YTD)]
    return sorted(cells, key=lambda stated: stated.period, reverse=True)


def _resting(bureau: Bureau, measures: Sequence[str], last: Month, leaf: str) -> Iterator[Stated]:
    """The cells of a month, and those of the months before out of which its cumulative figures are summed, the latest first."""
    stated = bureau.store.sources(measures, last, org=leaf)
    yield from stated
    summed = [code for code, columns in _columns(stated).items() if _summed(bureau.catalog.measures[code], columns)]
    if not summed or bureau.catalog.year.opens(last):
        return
    months = defaultdict[Month, list[Stated]](list)
    for cell in bureau.store.sources(summed, last.plus(-1), bureau.catalog.year.opening(last), org=leaf):
        months[cell.period].append(cell)
    for _, cells in sorted(months.items(), reverse=True):
        for code, columns in _columns(cells).items():
            if code in summed and anchored(bureau.catalog.measures[code], columns):
                yield columns[Column.YTD]
                summed.remove(code)
            elif code in summed and (month := columns.get(Column.MONTH)) and month.value.state is not State.UNREPORTED:
                yield month


def _columns(cells: Sequence[Stated]) -> Mapping[str, Mapping[Column, Stated]]:
    columns = defaultdict[str, dict[Column, Stated]](dict)
    for cell in cells:
        columns[cell.measure][cell.column] = cell
    return columns


def _summed(measure: Measure, columns: Mapping[Column, Stated]) -> bool:
    """Whether a cumulative figure is the sum of months: the month is there, and nothing is said of the cumulative."""
    month, standing = columns.get(Column.MONTH), columns.get(Column.YTD)
    silent = standing is None or standing.value.state is State.UNREPORTED
    return measure.kind is MeasureKind.FLOW and silent and month is not None and (month.value.number is not None or month.value.state in _HIDDEN)


def anchored(measure: Measure, columns: Mapping[Column, Stated]) -> bool:
    """Whether the cells of a month say how far its measure has come, so that the months before do not matter."""
    month, standing = columns.get(Column.MONTH), columns.get(Column.YTD)
    if measure.kind is MeasureKind.FLOW:
        return standing is not None and (standing.value.number is not None or standing.value.state in _HIDDEN)
    return any(stated is not None and stated.value.state is not State.UNREPORTED for stated in (month, standing))


def _parts(catalog: Catalog, code: str) -> list[tuple[str, Term]]:
    """What a code is made of: the name of each part, and its term without its coefficient."""
    indicator = catalog.indicators.get(code)
    if indicator is None:
        return [("数据项", itself(code).terms[0])]
    parts: list[tuple[str, Term]] = []
    for part, formula in (("分子", indicator.numerator), ("分母", indicator.denominator)):
        name = part if indicator.denominator else "数据项"
        parts += [(name + _when(term), replace(term, coefficient=Decimal(1))) for term in formula.terms] if formula else []
    if indicator.reported:
        parts.append(("填报值", itself(indicator.reported).terms[0]))
    return list(dict.fromkeys(parts))


def _when(term: Term) -> str:
    """In brackets which other months a term is of."""
    words = ("上年同期" if term.years_back else "") + (term.derivation.words([]) if term.derivation else "")
    return f"（{words}）" if words else ""


def _source(catalog: Catalog, org: str, part: str, stated: Stated, remarks: Remarks) -> Source:
    measure = catalog.measures[stated.measure]
    marks = remarks.of(itself(measure.code).terms, catalog.year.so_far(stated.period), cumulative=True)
    return Source(
        part=part,
        measure=measure.code,
        name=measure.name,
        unit=measure.unit,
        period=stated.period,
        column=stated.column,
        value=stated.value,
        raw=stated.raw,
        file=stated.file,
        sheet=stated.sheet,
        cell=stated.cell,
        org=org,
        office=stated.office,
        submission=stated.seq,
        by=stated.by,
        accepted_by=stated.accepted_by,
        at=stated.at,
        as_of=stated.as_of,
        note=stated.note,
        remark=stated.remark,
        adjustment=next((mark.amount for mark in marks.adjustment if stated.column is Column.YTD and mark.period == stated.period), None),
        recorded=next((mark.recorded for mark in marks.restated if stated.column is Column.PRIOR), None),
    )
