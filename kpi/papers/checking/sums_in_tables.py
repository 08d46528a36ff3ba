"""
The arithmetic of the tables of a document: 合计 rows and columns, growths between two years, and rates of two columns.

What a column is of two others is taken from its rows: where it holds in most of them, the rows in which it does not are asked about.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import permutations

from kpi.papers.checking.amounts import adds_up, grew_by, is_share_of
from kpi.papers.checking.paper_finding import Grade, PaperFinding
from kpi.papers.checking.sum_wording import missed
from kpi.papers.checking.text_statements import TextStatement
from kpi.papers.figures.text_figure import TextFigure
from kpi.papers.paper import Paper
from kpi.value import Qualifier

_TOTAL = re.compile(r"^(?:合计|总计|共计|小计|总数|全[区市县省局](?:合计)?)$")
_INSIDE = re.compile(r"其中|小计|含|#")
_SHARE = re.compile(r"占比|比重|比例|占总")
_GREW = re.compile(r"同比|增[长减幅速]|升降|增减")

Rows = Mapping[int, Mapping[int, TextStatement]]


def table_findings(document: Paper, figures: Sequence[TextFigure]) -> Iterator[PaperFinding]:
    """The findings on all tables of a document."""
    tables: dict[int, dict[int, dict[int, TextStatement]]] = {}
    holes: set[tuple[int, int]] = set()
    for index, figure in enumerate(figures):
        cell = document.passages[figure.passage].cell
        if cell is None:
            continue
        if figure.value is None or figure.qualifier is not Qualifier.EXACT:
            holes.add((cell.table, cell.column))
        else:
            statement = TextStatement(index, figure, figure.before or figure.subject, 0, 0, 0)
            tables.setdefault(cell.table, {}).setdefault(cell.row, {}).setdefault(cell.column, statement)
    for table, rows in tables.items():
        whole = {column for number, column in holes if number == table}
        yield from _total_rows(rows, whole)
        yield from _growths(rows)
        yield from _rates(rows)
        yield from _shares(rows)


def _total_rows(rows: Rows, holes: set[int]) -> Iterator[PaperFinding]:
    """The 合计 of a column against the rows above it."""
    above: list[Mapping[int, TextStatement]] = []
    for _, row in sorted(rows.items()):
        if not any(_TOTAL.match(each.figure.before) for each in row.values()):
            above.append(row)
            continue
        sums = {column: [each[column] for each in above if column in each] for column in row}
        sums = {column: parts for column, parts in sums.items() if len(parts) >= 2 and not row[column].share and column not in holes}
        missing = [column for column, parts in sums.items() if not adds_up(row[column], parts)]
        inside = any(_INSIDE.search(each.figure.before) for other in above for each in other.values())
        for column in missing:
            certain = not inside and len(missing) < len(sums)
            yield missed(row[column], tuple(sums[column]), Grade.CERTAIN if certain else Grade.CHECK)
        above = []


def _growths(rows: Rows) -> Iterator[PaperFinding]:
    """A column of growths against those of this year and the year before."""
    columns = {column: each for row in rows.values() for column, each in row.items()}
    for column, example in columns.items():
        if example.share and _GREW.search(example.figure.subject):
            for now, before in permutations([other for other, each in columns.items() if each.count and other != column], 2):
                if _is_before(columns[before], columns[now]):
                    yield from _exceptions(rows, column, now, before, lambda rate, new, old: grew_by(rate, new.value, old.value, max(new.step, old.step) / 2))


def _is_before(base: TextStatement, now: TextStatement) -> bool:
    day, other = base.figure.as_of, now.figure.as_of
    return base.unit == now.unit and day is not None and other is not None and day.year < other.year


def _rates(rows: Rows) -> Iterator[PaperFinding]:
    """A column of rates against any two others that give most of it."""
    columns = {column: each for row in rows.values() for column, each in row.items()}
    for column, example in columns.items():
        if example.share and not _GREW.search(example.figure.subject):
            for part, whole in permutations([other for other, each in columns.items() if each.count and other != column], 2):
                yield from _exceptions(rows, column, part, whole, is_share_of)


def _shares(rows: Rows) -> Iterator[PaperFinding]:
    """A column of shares against another one in its total, where that gives most of them."""
    totals = [row for row in rows.values() if any(_TOTAL.match(each.figure.before) for each in row.values())]
    columns = {column: each for row in rows.values() for column, each in row.items()}
    for column, example in columns.items():
        if len(totals) != 1 or not example.share or not _SHARE.search(example.figure.subject):
            continue
        for counted in [other for other, each in columns.items() if each.count and other in totals[0]]:
            whole = totals[0][counted]
            yield from _exceptions(rows, column, counted, counted, lambda rate, part, _: is_share_of(rate, part, whole))  # noqa: B023  # used at once


def _exceptions(
    rows: Rows, column: int, first: int, second: int, holds: Callable[[TextStatement, TextStatement, TextStatement], bool]
) -> Iterator[PaperFinding]:
    """The rows in which a column is not what it is of two others in most rows."""
    full = [row for row in rows.values() if {column, first, second} <= row.keys()]
    broken = [row for row in full if not holds(row[column], row[first], row[second])]
    if len(full) < 3 or len(broken) * 3 > len(full):
        return
    for row in broken:
        rate, part, whole = row[column], row[first], row[second]
        yield PaperFinding(
            "rate-of-counts" if not _GREW.search(rate.figure.subject) else "growth-of-counts",
            Grade.CHECK,
            (rate.index, part.index, whole.index),
            f"「{rate.noun}」{rate.figure.subject}写为 {rate.written}，与同一行的 {_named(part)}和 {_named(whole)}不合",
            "其他各行都相合，请核对这一行的三个数",
        )


def _named(statement: TextStatement) -> str:
    return f"{statement.written}（{statement.figure.subject}）"
