"""
The laws of ledgers: columns that exist, conditions that can be met, and nothing personal among what is kept.

One function per law, as in `check`; each yields the Chinese lines of its faults.
"""

import re
from collections.abc import Iterator

from kpi.catalog.draft import Draft, DraftEntry
from kpi.catalog.fault_line import Where, nearest
from kpi.catalog.ledger import Condition, Counting, Ledger, LedgerColumn, LedgerFigure, Role
from kpi.catalog.measure import Measure, MeasureKind
from kpi.persons import OVER_PERSONS

PERSONAL = re.compile(f"{OVER_PERSONS}|电话|证件|银行|负责人|经营者")
_LOOKED_AT = {
    Counting.ROWS: (),
    Counting.DISTINCT: (Role.CODE, Role.CATEGORY),
    Counting.SUM: (Role.NUMBER,),
    Counting.WORKDAYS: (Role.DATE,),
}
_Columns = dict[str, LedgerColumn]


def ledger_faults(draft: Draft) -> Iterator[str]:
    """Every fault of every ledger."""
    for entry in draft.of(Ledger):
        columns = [column for column in draft.of(LedgerColumn) if column.noun.ledger == entry.noun.code]
        known = {column.noun.name: column.noun for column in columns}
        yield from _head(draft, entry, known)
        yield from _names(columns)
        for column in columns:
            yield from _column(column, known)
        for figure in draft.of(LedgerFigure):
            if figure.noun.ledger == entry.noun.code:
                yield from _figure(draft, figure, entry.noun, known)


def _head(draft: Draft, entry: DraftEntry[Ledger], columns: _Columns) -> Iterator[str]:
    ledger, place = entry.noun, entry.where
    if draft.named["office"] and ledger.office not in draft.named["office"]:
        yield place.says(f"科室「{ledger.office}」不存在{nearest(ledger.office, draft.named['office'])}")
    yield from _names_a(place, "date", ledger.date, columns, (Role.DATE,))
    if columns and not any(column.key and column.required for column in columns.values()):
        yield place.says("没有编号列；请在一列写 key = true 和 required = true，这一列认得出每一件")


def _names(columns: list[DraftEntry[LedgerColumn]]) -> Iterator[str]:
    """A heading must lead to one column."""
    taken: dict[str, str] = {}
    for column in columns:
        for spelled in (column.noun.name, *column.noun.aliases):
            first = taken.setdefault(spelled, column.noun.name)
            if first != column.noun.name:
                yield column.where.says(f"名称或别名「{spelled}」与列「{first}」相同，分不清是哪一列")
            if PERSONAL.search(spelled):
                yield column.where.says(f"「{spelled}」像是个人信息，台账不得保留；请删去这一列或这个别名")


def _column(entry: DraftEntry[LedgerColumn], columns: _Columns) -> Iterator[str]:
    column, place = entry.noun, entry.where
    if (column.role is Role.CATEGORY) != bool(column.values):
        yield place.says("category 列要写 values，列出允许的取值" if column.role is Role.CATEGORY else "只有 category 列才写 values")
    spelled: dict[str, str] = {}
    for value, others in column.values.items():
        for word in (value, *others):
            if spelled.setdefault(word, value) != value:
                yield place.says(f"values 的「{word}」同时属于「{spelled[word]}」和「{value}」")
    for word in column.once:
        if word not in column.values:
            yield place.says(f"once 的「{word}」不是列「{column.name}」的取值{nearest(word, column.values)}")
    if column.not_before:
        if column.role is not Role.DATE:
            yield place.says("只有 date 列才写 not_before")
        yield from _names_a(place, "not_before", column.not_before, columns, (Role.DATE,))


def _figure(draft: Draft, entry: DraftEntry[LedgerFigure], ledger: Ledger, columns: _Columns) -> Iterator[str]:
    figure, place = entry.noun, entry.where
    measures = {measure.code: measure for measure in draft.entries(Measure)}
    measure = measures.get(figure.measure)
    if measure is None:
        if draft.complete and figure.measure not in draft.named["measure"]:
            yield place.says(f"measure 引用的数据项「{figure.measure}」不存在{nearest(figure.measure, draft.named['measure'])}")
    elif measure.kind is not MeasureKind.FLOW:
        yield place.says(f"「{measure.name}」不是时期数，不能按月数行得出")
    elif measure.office != ledger.office and ledger.office in draft.named["office"]:
        yield place.says(f"「{measure.name}」是 {measure.office} 的数据项，不是 {ledger.office} 的")
    wanted = _LOOKED_AT[figure.count]
    if wanted:
        yield from _names_a(place, "of", figure.of, columns, wanted)
    elif figure.of:
        yield place.says('count = "rows" 只数行，不写 of')
    if figure.count is Counting.WORKDAYS:
        yield from _names_a(place, "since", figure.since, columns, (Role.DATE,))
    if figure.per <= 0:
        yield place.says(f"per 应大于 0，现为 {figure.per}")
    groups = [("where", figure.where), *((f"either 第 {number} 组", group) for number, group in enumerate(figure.either, 1)), ("less", figure.less)]
    for key, conditions in groups:
        for position, condition in enumerate(conditions, 1):
            yield from _condition(place, f"{key} 的第 {position} 项", condition, columns)


def _condition(place: Where, key: str, condition: Condition, columns: _Columns) -> Iterator[str]:
    stated = [bool(condition.one_of), condition.filled is not None, condition.within is not None]
    if sum(stated) != 1:
        yield place.says(f"{key}应在 one_of、filled、within 中写且只写一个")
    if condition.within is not None:
        yield from _names_a(place, f"{key}的 column", condition.column, columns, (Role.DATE,))
        yield from _names_a(place, f"{key}的 since", condition.since, columns, (Role.DATE,))
        if condition.within <= 0:
            yield place.says(f"{key}的 within 应大于 0，现为 {condition.within}")
        return
    yield from _names_a(place, f"{key}的 column", condition.column, columns, (Role.CATEGORY,) if condition.one_of else tuple(Role))
    column = columns.get(condition.column)
    if column is not None:
        for value in condition.one_of:
            if column.values and value not in column.values:
                yield place.says(f"{key}的 one_of 的「{value}」不是列「{column.name}」的取值{nearest(value, column.values)}")


def _names_a(place: Where, key: str, name: str, columns: _Columns, roles: tuple[Role, ...]) -> Iterator[str]:
    """The name of a column of one of some roles."""
    if name not in columns:
        yield place.says(f"{key} 写的列「{name}」不存在{nearest(name, columns)}" if name else f"缺少 {key}")
    elif columns[name].role not in roles:
        yield place.says(f"{key} 写的列「{name}」是 {columns[name].role} 列，应为 {'、'.join(roles)} 列")
