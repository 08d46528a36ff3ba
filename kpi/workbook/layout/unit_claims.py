"""
The units that the places of a sheet claim for one figure: its row, the rows and headings over it, the corner of the table.

元 in one place and 万元 in another are ten thousand times apart, and only who filled in the sheet knows which is meant.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kpi.finding import Severity
from kpi.place import Place, cell_name
from kpi.value import Value, plain
from kpi.workbook.forms.cell_value import Fault
from kpi.workbook.forms.measure_names import label_unit
from kpi.workbook.forms.sheet_statements import Statement
from kpi.workbook.layout.header_rows import ColumnHead
from kpi.workbook.layout.heading import SEVERAL, Part, read_heading
from kpi.workbook.layout.labelled_lines import stated_unit
from kpi.workbook.layout.table_finder import Table
from kpi.workbook.layout.table_rows import Row, place_over
from kpi.workbook.naming import unit_key
from kpi.workbook.signs import clean
from kpi.workbook.units import converted, power_between

_SEPARATOR = re.compile(r"[,，、;；/或和及\s]+")


@dataclass(frozen=True, slots=True)
class Claim:
    """What one place says of the unit; a corner may name several: 批次、元."""

    units: tuple[str, ...]
    place: Place


def units_in(text: str) -> tuple[str, ...]:
    """The units of a line such as 批次、元, as keys."""
    return tuple(unit_key(part) for part in _SEPARATOR.split(clean(text)) if part)


def kindred(units: Sequence[str], unit: str) -> tuple[str, ...]:
    """Those of some units that differ from a unit by a power of ten at most."""
    return tuple(dict.fromkeys(other_unit for other_unit in units if power_between(other_unit, unit) is not None))


def group_unit(row: Row, unit: str) -> str:
    """The unit that the nearest group of a row names in brackets, where it is of the kind of a unit: 金额（元）; empty when none does."""
    return next((named for group in row.over if (named := stated_unit(group) or label_unit(group)) and power_between(named, unit) is not None), "")


def remark_unit(table: Table, row: Row, unit: str) -> str:
    """The unit that a remark beside a row names, where it is of the kind of a unit: 单位：元; empty when none does."""
    texts = (table.spread.cell(row.index, column).text for column in table.remarks)
    return next((named for text in texts if (named := stated_unit(text)) and power_between(named, unit) is not None), "")


def claims(table: Table, row: Row | None, column: ColumnHead, corner: Sequence[Statement], unit: str) -> list[Claim]:
    """
    What a sheet says of the unit of one figure.

    Args:
        table: The table.
        row: Its row.
        column: Its column.
        corner: What stands around the table: 单位：万元.
        unit: The unit of its measure; units of another kind are not about it.

    Returns:
        The claims, the nearest to the figure first.

    """
    unit_claims = [
        *(_of_row(table, row) if row else ()),
        *_of_column(table, column),
        *(Claim(units_in(statement.text), statement.place) for statement in corner),
    ]
    return [Claim(units, claim.place) for claim in unit_claims if (units := kindred(claim.units, unit))]


def contradiction(unit_claims: Sequence[Claim], unit: str, name: str, value: Value, into: str) -> Fault | None:
    """
    The fault of a figure for which two units are claimed.

    Args:
        unit_claims: The claims.
        unit: The unit it was read in.
        name: The name of its measure.
        value: The figure in the unit of its measure.
        into: The unit of its measure.

    Returns:
        None where the claims agree, or where the figure is nought and the unit makes no difference.

    """
    if not value.number:
        return None
    agreeing = [claim for claim in unit_claims if any(power_between(other_unit, unit) == 0 for other_unit in claim.units)]
    other = next((claim for claim in unit_claims if claim not in agreeing), None)
    if other is None and all(len(claim.units) > 1 for claim in agreeing):
        other = next(iter(agreeing), None)
    if other is None:
        return None
    own = next((claim.place for claim in agreeing), None)
    another = next(other_unit for other_unit in other.units if power_between(other_unit, unit))
    as_other = converted(value, power_between(another, unit) or 0)
    own_place = f"{_shown(own)} 写的是「{unit}」" if own else f"指标目录的单位是「{unit}」"
    seen = (
        f"「{name}」的单位写了两种：{own_place}，{_shown(other.place)} 写的是「{another}」；"
        f"按「{unit}」是 {_number(value)} {into}，按「{another}」是 {_number(as_other)} {into}，现按「{unit}」读取"
    )
    remedy = f"请核对这个数以什么为单位：以「{unit}」计的，写明说明后可以入库；不是的，请把各处的单位改成一致后重新上传"
    return Fault("unit-contradicts", Severity.CHECK, seen, remedy)


def _of_row(table: Table, row: Row) -> Iterator[Claim]:
    for column in (column.index for column in table.columns if column.heading.part is Part.UNIT):
        if text := table.spread.cell(row.index, column).text.strip():
            yield Claim((unit_key(text),), Place(table.sheet.name, cell_name(row.index, column)))
    for column in table.remarks:
        if unit := stated_unit(table.spread.cell(row.index, column).text):
            yield Claim((unit_key(unit),), Place(table.sheet.name, cell_name(row.index, column)))
    for words in (row.name, *row.over):
        if unit := stated_unit(words) or label_unit(words):
            yield Claim((unit_key(unit),), place_over(table, row.index, words))


def _of_column(table: Table, column: ColumnHead) -> Iterator[Claim]:
    """What the headings over a column and over the units of the rows say, the lowest first."""
    heads = [column, *(head for head in table.columns if head.heading.part in (Part.UNIT, Part.NAME))]
    for head in heads:
        for words in reversed(head.levels):
            if unit := read_heading(words).unit:
                at = next((row for row in range(table.bottom, table.top - 1, -1) if table.spread.cell(row, head.index).text.strip() == words), table.bottom)
                yield Claim(tuple(map(unit_key, unit.split(SEVERAL))), Place(table.sheet.name, cell_name(*table.spread.anchor(at, head.index))))


def _shown(place: Place) -> str:
    return place.cell or f"工作表「{place.sheet}」的名称"


def _number(value: Value) -> str:
    return plain(value.number) if value.number is not None else ""
