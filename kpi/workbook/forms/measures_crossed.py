"""
Tables whose figures are measures by row and column together: 采矿业 × 营业收入, with either of them down the rows.

Such a table is read as one table for each heading that names a side: the heading is then the caption of the rows, and
what else stands over its columns (本月, 累计, 同比) says which figure each holds.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from kpi.catalog.measure import Measure
from kpi.finding import Finding, Severity
from kpi.place import Place, cell_name
from kpi.workbook.forms.measure_names import Names, label_key, label_unit
from kpi.workbook.layout.header_rows import ColumnHead
from kpi.workbook.layout.heading import Heading, read_heading
from kpi.workbook.layout.table_finder import Table
from kpi.workbook.layout.table_rows import Row, read_rows
from kpi.workbook.layout.unit_words import is_unit
from kpi.workbook.naming import name_key
from kpi.workbook.report import Beside, Column, Report, ReportKey

_AMONG = "其中"
_NAMED = 5  # places that one sentence names


@dataclass(frozen=True, slots=True)
class Crossing:
    """The part of a table under one side, and the measure of each of its rows."""

    word: str
    table: Table
    measures: Mapping[int, Measure]


def crossings(table: Table, names: Names, office: str | None) -> tuple[Crossing, ...]:
    """The parts of a table whose rows are measures only together with the heading over them; none in any other table."""
    if not names.crosses:
        return ()
    rows = read_rows(table, names)
    sides = {column.index: side for column in table.columns if (side := _side(column, rows, names))}
    words = list(dict.fromkeys(label_key(side) for side in sides.values()))
    measures = {word: _measures(rows, word, names, office) for word in words}
    of_rows = len(words) == 1 and all(measure in names.named(row.name) for row in rows if (measure := measures[words[0]].get(row.index)))
    parts = {word: _columns(table, {index for index, side in sides.items() if label_key(side) == word}, sides, of_rows=of_rows) for word in words}
    nobodys = {row.index for row in rows if not _is_plain(row, names)} - {index for rows_of_word in measures.values() for index in rows_of_word}
    parts_of_table = []
    for at, word in enumerate(words):
        only = frozenset((*measures[word], *(nobodys if at == 0 else ())))
        only = only if table.only is None else only & table.only
        parts_of_table.append(
            Crossing(next(side for side in sides.values() if label_key(side) == word), replace(table, columns=parts[word], only=only), measures[word])
        )
    return tuple(parts_of_table)


def plain_part(table: Table, parts: Sequence[Crossing], names: Names) -> Table | None:
    """The rest of a table: the rows that are measures by themselves and the columns under no side; None where there are no such rows."""
    crossed = {(index, measure.code) for part in parts for index, measure in part.measures.items()}
    plain = [row for row in read_rows(table, names) if _is_plain(row, names)]
    rows = frozenset(row.index for row in plain if not any((row.index, measure.code) in crossed for measure in names.named(row.name)))
    under = {column.index for column in table.figures} & {column.index for part in parts for column in part.table.columns}
    return replace(table, columns=tuple(column for column in table.columns if column.index not in under), only=rows) if rows else None


def not_crossed(table: Table, parts: Sequence[Crossing], rest: Table | None) -> list[Finding]:
    """Findings about columns of figures under no known side, and about known rows under a side that no measure has."""
    taken = {column.index for part in parts for column in part.table.columns}
    findings = []
    for column in table.figures:
        if rest is None and column.index not in taken and any(table.spread.cell(row, column.index).text.strip() for row in table.rows()):
            place = Place(table.sheet.name, cell_name(table.bottom, column.index))
            seen = f"不认识表头「{'/'.join(column.levels)}」，这一列没有读取"
            findings.append(Finding("unknown-column", Severity.CHECK, place, seen, "请改正表头；新增的数据项请先报统计岗在指标目录里写上别名「行名 × 列名」"))
    known = {index for part in parts for index in part.measures} | (rest.only or set() if rest else set())
    unmeasured = [(index, part) for part in parts for index in sorted(known - set(part.measures))]
    if unmeasured and table.labels:
        named = "、".join(
            f"「{table.spread.cell(index, table.labels[-1]).text.strip()} × {label_key(part.word)}」" for index, part in unmeasured[:_NAMED] if table.labels
        )
        seen = f"{named}{'等' if len(unmeasured) > _NAMED else ''} {len(unmeasured)} 处不是指标目录里的数据项，没有读取"
        findings.append(Finding("crossing-not-read", Severity.HINT, Place(table.sheet.name), seen, "需要报送的请先报统计岗加入指标目录"))
    return findings


def joined(parts: Sequence[Mapping[ReportKey, Report]]) -> dict[ReportKey, Report]:
    """The reports of the parts of one table as those of the table."""
    whole: dict[ReportKey, Report] = {}
    for reports in parts:
        for key, report in reports.items():
            first = whole.get(key)
            whole[key] = report if first is None else _with(first, report)
    return whole


def _with(first: Report, second: Report) -> Report:
    return replace(
        first,
        readings=(*first.readings, *second.readings),
        remarks={**second.remarks, **first.remarks},
        findings=tuple(dict.fromkeys((*first.findings, *second.findings))),
        questions=tuple(dict.fromkeys((*first.questions, *second.questions))),
        typed=(*first.typed, *second.typed),
    )


def _is_plain(row: Row, names: Names) -> bool:
    """Whether a row is a measure without any word over it."""
    return bool(names.named(row.name)) or names.coded(row.code) is not None


def _side(column: ColumnHead, rows: Sequence[Row], names: Names) -> str:
    """The words of a heading that are a side of a measure whose other side is the name of a row; empty when none are."""
    if column.heading.part is not None:
        return ""
    words = [*reversed(column.levels), column.heading.rest]
    return next((word for word in words if names.is_side(word) and any(names.crossed(word, row.name) for row in rows)), "")


def _measures(rows: Sequence[Row], word: str, names: Names, office: str | None) -> dict[int, Measure]:
    measures = {}
    for row in rows:
        named = names.crossed(word, row.name)
        own = [measure for measure in named if measure.office == office] or named
        if len({measure.code for measure in own}) == 1:
            measures[row.index] = own[0]
    return measures


def _columns(table: Table, own: set[int], sides: Mapping[int, str], *, of_rows: bool) -> tuple[ColumnHead, ...]:
    """
    The columns that describe the rows, those under a side without its words, and what stands beside them: 同比, 增速.

    Where the side names nothing that the rows do not, 本月入库 beside 本月止累计, all others that say which figure they hold are of it.
    """
    kept: list[ColumnHead] = []
    inside = False
    for column in table.columns:
        if column.index in own:
            kept.append(_without(column, sides[column.index]))
            inside = True
        elif column.index in sides:
            inside = False
        else:
            describes = column.heading.part is not None or column.index in table.labels
            compared = isinstance(column.heading.figure, Beside) or column.heading.figure is Column.PRIOR or column.heading.prior
            beside = column.heading.understood and (of_rows or (inside and compared))
            kept += [column] if describes or beside else []
    return tuple(kept)


def _without(column: ColumnHead, side: str) -> ColumnHead:
    """A column whose heading says which figure it holds, and no longer of what."""
    if side in column.levels:
        rest = [f"({level})" if is_unit(level) else level for level in column.levels if level != side and name_key(level) != _AMONG]
        heading = read_heading(*rest) if rest else Heading("")
        heading = replace(heading, unit=heading.unit or label_unit(side))
    else:
        heading = replace(column.heading, rest="")
    if not heading.says_figure and not heading.rest:
        heading = replace(heading, amount=True)
    return replace(column, heading=heading)
