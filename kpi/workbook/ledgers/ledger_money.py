"""
The unit of the amounts of a ledger, from all that names one: the headings, the texts over and under the cases, the names.

The heading over a column decides; where it names none the others do.  Two that differ are a finding, never chosen between in silence.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from kpi.catalog.ledger import Ledger, Role
from kpi.finding import Finding, Severity
from kpi.place import Place, cell_name
from kpi.workbook.ledgers.ledger_sheet import LedgerField, LedgerSheet
from kpi.workbook.money import stated_money
from kpi.workbook.units import is_money, power_between, power_of

_SIZES = frozenset("十百千万亿")


def with_units(sheet: LedgerSheet, ledger: Ledger, names: Sequence[str]) -> LedgerSheet:
    """A ledger sheet with the units of its amounts, and those that are named besides."""
    stated = tuple(dict.fromkeys([*sheet.units, *(unit for name in names for unit in stated_money(name))]))
    if not stated:
        return sheet
    fields = {}
    for name, field in sheet.fields.items():
        column = ledger.column(name)
        fields[name] = _with_unit(field, stated, column.unit) if column.role is Role.NUMBER and is_money(column.unit) else field
    return replace(sheet, fields=fields)


def _with_unit(field: LedgerField, stated: Sequence[str], base: str) -> LedgerField:
    known = [unit for unit in stated if power_between(unit, base) is not None]
    own = field.unit or next(iter(known), "")
    same = power_of(own) if own and set(own) <= _SIZES else power_between(own or base, base)
    others = tuple(unit for unit in stated if power_between(unit, base) is None or power_between(unit, base) != same)
    return replace(field, unit=own, other_units=others)


def about_units(sheet: LedgerSheet, ledger: Ledger) -> Iterator[Finding]:
    """A CHECK for each column of amounts for which two units are named, or one that nobody knows."""
    for field in sheet.fields.values():
        if field.other_units:
            read = field.unit or ledger.column(field.name).unit
            known = "、".join(f"「{unit}」" for unit in field.other_units if power_between(unit, read) is not None)
            seen = f"「{field.name}」的单位，表上、表名或文件名还写了{known or '认不出的'}，现按「{read}」读取"
            remedy = f"请核对金额以什么为单位：以「{read}」计的，写明说明后可以入库；不是的，请在列名里写明单位，如「{field.name}（千元）」，再上传"
            yield Finding("unit-contradicts", Severity.CHECK, Place(sheet.name, cell_name(sheet.first - 1, field.index)), seen, remedy)
