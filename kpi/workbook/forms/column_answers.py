"""What has been answered about the columns of a table, and what an answer to come is kept under."""

from collections import defaultdict
from collections.abc import Mapping

from kpi.workbook.answer_mapping import AnswerMapping, Since, answer_key, names_year
from kpi.workbook.forms.identity import Identity
from kpi.workbook.layout.header_rows import ColumnHead
from kpi.workbook.layout.table_finder import Table
from kpi.workbook.report import QuestionKind

_ORDINALS = "一二三四五六七八九十"
_DIGITS = "〇一二三四五六七八九"


class ColumnAnswers:
    """The answers about the columns of one table; the keys of all columns are made at once, for each is told from all others."""

    def __init__(self, table: Table, mapping: AnswerMapping, identity: Identity) -> None:
        self._table, self._mapping, self._since = table, mapping, _since(table, identity)
        self._keys: dict[tuple[QuestionKind, Since | None], Mapping[int, str]] = {}
        self._alike: dict[QuestionKind, Mapping[str, set[tuple[str, ...]]]] = {}

    def key(self, column: ColumnHead, kind: QuestionKind) -> str:
        """What an answer about a column is kept under; of columns with the same key by the place among them."""
        return self._keyed(kind, self._since)[column.index]

    def answer(self, column: ColumnHead, kind: QuestionKind) -> str | None:
        """What somebody has answered about a column; None when nobody has."""
        if self._table.layout not in self._mapping.answers:
            return None
        return self._mapping.answer(self._table.layout, self.key(column, kind)) or self._answer_of_old(column, kind)

    def _answer_of_old(self, column: ColumnHead, kind: QuestionKind) -> str | None:
        """An answer kept under a key of old, which told neither years nor numbers apart: only where it can mean no other column."""
        if kind not in self._alike:
            self._alike[kind] = defaultdict(set)
            for other in self._table.columns:
                self._alike[kind][answer_key(kind, *other.levels)].add(other.levels)
        if any(map(names_year, column.levels)) or len(self._alike[kind][answer_key(kind, *column.levels)]) > 1:
            return None
        return self._mapping.answer(self._table.layout, self._keyed(kind, None)[column.index])

    def _keyed(self, kind: QuestionKind, since: Since | None) -> Mapping[int, str]:
        """The keys of all columns by their indexes."""
        if (kind, since) not in self._keys:
            same: dict[str, list[int]] = {}
            for column in self._table.columns:
                same.setdefault(answer_key(kind, *column.levels, since=since), []).append(column.index)
            self._keys[kind, since] = {
                index: f"{key}|第{spelled(at)}列" if len(indexes) > 1 else key for key, indexes in same.items() for at, index in enumerate(indexes)
            }
        return self._keys[kind, since]


def spelled(index: int) -> str:
    """The place of something that is counted from 0, in signs that no key takes for a number of the month: 一 … 十, 一一."""
    return _ORDINALS[index] if index < len(_ORDINALS) else "".join(_DIGITS[int(digit)] for digit in str(index + 1))


def _since(table: Table, identity: Identity) -> Since:
    """What the headings of a table are counted from: its month, else the latest year and month they name."""
    months = [column.heading.months for column in table.columns]
    year, month = max((named.year for named in months if named.year), default=None), max((named.last for named in months if named.last), default=None)
    return Since(identity.period.year, identity.period.month) if identity.period else Since(identity.year or year, month)
