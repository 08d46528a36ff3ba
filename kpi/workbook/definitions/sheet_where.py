"""
Where an entry of the catalogue stands in a workbook, and what is wrong with it in the words of its sheets.

The checker speaks of the fields of the files (``kind``, ``score 的 points``, ``where 的第 2 项``).  Here each of these words is put
into the heading of its column, and the first of them says in which cell to look.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kpi.catalog.fault_line import Where
from kpi.catalog.noun_fields import NounSheet
from kpi.catalog.noun_sheets import NOUN_SHEETS
from kpi.catalog.row_gathering import EntryRows, NounRow
from kpi.place import Place, cell_name

Columns = Mapping[str, Mapping[str, int]]  # of each noun the column of each field, counted from 0

_QUOTED = re.compile(r"(「[^」]*」)")
_TOKEN = re.compile(r"either 第 (?P<group>\d+) 组|(?P<word>[a-z][a-z0-9_-]*)(?P<said>（[^）]*）)?", re.ASCII)
_ITEM = re.compile(r" 的第 (\d+) 项")
_TRUTH = {"true": "是", "false": "否"}


@dataclass(frozen=True, slots=True)
class SheetWhere(Where):
    """An entry by its cells."""

    rows: EntryRows | None = None
    columns: Columns | None = None

    def __str__(self) -> str:
        return str(place_of(self._own, "", self._columns))

    def says(self, words: str) -> str:
        """The whole line of a fault: the file, the cell, the entry, what is wrong and what to do."""
        row, key = self._looked_at(words)
        return fault_line(self.file, row, key, self._columns, _in_chinese(words, self._sheets))

    @property
    def _own(self) -> NounRow:
        if self.rows is None:
            raise ValueError("an entry of a workbook has a row")
        return self.rows.own

    @property
    def _columns(self) -> Columns:
        return self.columns or {}

    @property
    def _sheets(self) -> list[NounSheet]:
        """The sheet of the entry, then those of what it holds several of."""
        noun = self._own.noun
        return [NOUN_SHEETS[noun], *(sheet for sheet in NOUN_SHEETS.values() if sheet.below == noun)]

    def _looked_at(self, words: str) -> tuple[NounRow, str]:
        """The row and the field that a fault is about: the first one it names."""
        row, key, below = self._own, "", self.rows.below if self.rows else {}
        for text in _QUOTED.split(words)[::2]:
            for match in _TOKEN.finditer(text):
                inside = f"either {match['group']}" if match["group"] else match["word"]
                if inside in below and row is self._own:
                    item = _ITEM.match(text, match.end())
                    row = below[inside][min(int(item[1]) if item else 1, len(below[inside])) - 1]
                elif not key and match["said"] is None:
                    key = _key(NOUN_SHEETS[row.noun], match["word"] or "")
            if key:
                break
        return row, key or next((field.key for field in NOUN_SHEETS[row.noun].fields if field.heading in _QUOTED.sub("", words)), "")


def fault_line(file: str, row: NounRow, key: str, columns: Columns, words: str) -> str:
    """The line of a fault of a field; of its row as a whole where the field is not named."""
    sheet = NOUN_SHEETS[row.noun]
    names = [str(row.values[field.key]) for field in sheet.fields[:1] if field.key in row.values]
    who = f"（{names[0]}）" if names and key != sheet.fields[0].key else ""
    return f"{file} 的 {place_of(row, key, columns)}{who}：{words}。"


def place_of(row: NounRow, key: str, columns: Columns) -> Place:
    """The cell of a field of a row, of its first field where none is named."""
    sheet = NOUN_SHEETS[row.noun]
    return Place(sheet.title, cell_name(row.line - 1, columns.get(row.noun, {}).get(key or sheet.fields[0].key, 0)))


def _key(sheet: NounSheet, word: str) -> str:
    """The field that a word of the files stands for on a sheet: by its name, by its end, or the first of those that begin so."""
    keys = [field.key for field in sheet.fields]
    near = [key for key in keys if key == word] + [key for key in keys if key.endswith(f".{word}") or key.startswith(f"{word}.")]
    return near[0] if near else ""


def _in_chinese(words: str, sheets: list[NounSheet]) -> str:
    """A fault with the names of fields put into headings, and those of values into the words for them."""
    pieces = _QUOTED.split(words)
    pieces[::2] = [_TOKEN.sub(lambda match: _chinese(match, sheets), text) for text in pieces[::2]]
    line = "".join(pieces).replace(" 「", "「").replace("」 ", "」")
    return line if "请" in line else f"{line}；请改正"


def _chinese(match: re.Match[str], sheets: list[NounSheet]) -> str:
    word = match["word"]
    if match["group"]:
        return f"「满足一组即可」的第 {match['group']} 组"
    if match["said"]:
        return str(match["said"])[1:-1] if word in {value for field in _fields(sheets) for value in field} else match[0]
    for sheet in sheets:
        if key := _key(sheet, word):
            heading = sheet.field(key).heading
            return f"「{heading.partition('：')[0] if key.startswith(f'{word}.') else heading}」"
        if sheet.inside == word:
            return f"「{sheet.title}」"
    values = {value: chinese for field in _fields(sheets) for value, chinese in field.items()} | _TRUTH
    return values.get(word, word)


def _fields(sheets: list[NounSheet]) -> Iterator[Mapping[str, str]]:
    return (field.words for sheet in sheets for field in sheet.fields)
