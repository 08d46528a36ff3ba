"""The cases of a ledger and, behind them, those of other ledgers on file: counted as one table."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

import numpy as np

from kpi.catalog.ledger import LedgerColumn, Role
from kpi.workbook.ledgers.case_columns import BLANK, NO_DAY, UNKNOWN, Cells, Ints, ordinal_of
from kpi.workbook.ledgers.cases import Cases
from kpi.workbook.ledgers.cases_on_file import FiledRow


def joined(cases: Cases, rows: Sequence[FiledRow]) -> Cases:
    """The rows of a ledger, and behind them those of other ledgers on file; a column that either lacks is empty there."""
    if not rows:
        return cases
    own, more = len(cases), len(rows)
    known = {name for month in {id(row.month): row.month for row in rows}.values() for name in month.cases.columns}
    cells, lacking = {}, {}
    for column in cases.ledger.columns:
        mine = cases.cells.get(column.name)
        if mine is None and column.name not in known:
            continue
        cells[column.name] = _extended(mine or _empty(column, own), rows)
        filed = np.array([not row.month.cases.has(row.at, column.name) for row in rows])
        lacking[column.name] = np.concatenate([cases.without([column.name]), filed])
    return replace(
        cases,
        sheet=np.concatenate([cases.sheet, np.full(more, -1, dtype=np.int64)]),
        row=np.concatenate([cases.row, np.arange(more, dtype=np.int64)]),
        cells=cells,
        keys=(*cases.keys, *(row.key for row in rows)),
        day=np.concatenate([cases.day, np.array([ordinal_of(row.month.cases.days[row.at]) for row in rows], dtype=np.int64)]),
        first_of=np.concatenate([cases.first_of, np.arange(own, own + more, dtype=np.int64)]),
        continued=np.concatenate([cases.continued, np.zeros(more, dtype=np.bool_)]),
        lacking=lacking,
    )


def _empty(column: LedgerColumn, rows: int) -> Cells:
    """A column that says nothing in so many rows."""
    nothing = {Role.DATE: NO_DAY, Role.CATEGORY: BLANK}.get(column.role, 0)
    words = tuple(column.values) if column.role is Role.CATEGORY else ("",)
    return Cells(column, np.full(rows, nothing, dtype=np.int64), words, np.zeros(rows, dtype=np.bool_), (None,))


def _extended(cells: Cells, rows: Sequence[FiledRow]) -> Cells:
    """One column with the words of cases on file behind its own."""
    name, role = cells.column.name, cells.column.role
    words = [row.word(name) for row in rows]
    bad = np.concatenate([cells.bad, np.zeros(len(rows), dtype=np.bool_)])
    if role is Role.DATE:
        return replace(cells, codes=_behind(cells, [ordinal_of(word) if isinstance(word, date) else NO_DAY for word in words]), bad=bad)
    if role is Role.CATEGORY:
        numbered = {word: number for number, word in enumerate(cells.words)}
        return replace(cells, codes=_behind(cells, [BLANK if word is None else numbered.get(str(word), UNKNOWN) for word in words]), bad=bad)
    if role is Role.NUMBER:
        amounts = {word: len(cells.numbers) + number for number, word in enumerate(dict.fromkeys(word for word in words if isinstance(word, Decimal)))}
        codes = [amounts[word] if isinstance(word, Decimal) else 0 for word in words]
        return replace(cells, codes=_behind(cells, codes), bad=bad, numbers=(*cells.numbers, *amounts))
    texts = {word: number for number, word in enumerate(cells.words)}
    codes = [texts.setdefault(str(word), len(texts)) if word is not None else 0 for word in words]
    return replace(cells, codes=_behind(cells, codes), bad=bad, words=tuple(texts))


def _behind(cells: Cells, codes: Sequence[int]) -> Ints:
    return np.concatenate([cells.codes, np.array(codes, dtype=np.int64)])
