"""
Where an entry of the catalogue stands in a workbook, and what is wrong with it in the words of its sheets.

The checker speaks of the fields of the files (``kind``, ``score 的 points``, ``where 的第 2 项``).  Here each of these words is put
into the heading of its column, and the first of them says in which cell to look.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kpi.catalog.fault_line import Where
from kpi.catalog.noun_fields import NounSheet
from kpi.catalog.noun_sheets import NOUN_SHEETS
from kpi.catalog.plain_tables import AREAS_FILE, REFERENCES_FILE
from kpi.catalog.row_gathering import EntryRows, NounRow
from kpi.place import Place, cell_name

FieldColumns = Mapping[str, Mapping[str, int]]  # of each noun the column of each field, counted from 0

_QUOTED = re.compile(r"「([^」]*)」")
_TOKEN = re.compile(
    r'(?P<file>[a-z_]+\.toml)|either 第 (?P<group>\d+) 组|"(?P<value>[a-z_-]+)"|(?P<word>[a-z][a-z0-9_-]*)(?P<beside>（[^）]*）)?',
    re.ASCII,
)
_ITEM = re.compile(r" 的第 (\d+) 项")
_FILES = {AREAS_FILE: "板块", REFERENCES_FILE: "参考数各年"}
_WORDS = {"true": "是", "false": "否", "share": "份额"}


@dataclass(frozen=True, slots=True)
class SheetWhere(Where):
    """An entry by its cells."""

    rows: EntryRows | None = None
    columns: FieldColumns | None = None

    def __str__(self) -> str:
        return str(place_of(self._own, "", self._columns))

    def says(self, words: str) -> str:
        """The whole line of a fault: the file, the cell, the entry, what is wrong and what to do."""
        row, key = self._looked_at(words)
        return fault_line(self.file, row, key, self._columns, _in_chinese(words, _sheets_of(self._own.noun)))

    @property
    def _own(self) -> NounRow:
        if self.rows is None:
            raise ValueError("an entry of a workbook has a row")
        return self.rows.own

    @property
    def _columns(self) -> FieldColumns:
        return self.columns or {}

    def _looked_at(self, words: str) -> tuple[NounRow, str]:
        """The row and the field that a fault is about: the first one it names, else the one that holds what it quotes."""
        below = self.rows.below if self.rows else {}
        rows = [self._own]
        plain = _QUOTED.sub("「」", words)
        for match in _TOKEN.finditer(plain):
            inside = f"either {match['group']}" if match["group"] else match["word"]
            if inside in below and rows == [self._own]:
                item = _ITEM.match(plain, match.end())
                rows = below[inside][int(item[1]) - 1 :][:1] if item else below[inside]
            elif match["word"] and not _is_value(match) and (key := _key(NOUN_SHEETS[rows[0].noun], match["word"])):
                return rows[0], key
        for row in rows:
            for quoted in _QUOTED.findall(words):
                if key := _holding(row, quoted):
                    return row, key
        headings = {field.heading: field.key for field in NOUN_SHEETS[rows[0].noun].fields if field.heading in plain}
        return rows[0], headings[min(headings, key=lambda heading: (plain.index(heading), -len(heading)))] if headings else ""


def fault_line(file: str, row: NounRow, key: str, columns: FieldColumns, words: str) -> str:
    """The line of a fault of a field; of its row as a whole where the field is not named."""
    first = NOUN_SHEETS[row.noun].fields[0].key
    who = f"（{row.values[first]}）" if key not in ("", first) and first in row.values else ""
    return f"{file} 的 {place_of(row, key, columns)}{who}：{words}。"


def place_of(row: NounRow, key: str, columns: FieldColumns) -> Place:
    """The cell of a field of a row, of its first field where none is named."""
    sheet = NOUN_SHEETS[row.noun]
    return Place(sheet.title, cell_name(row.line - 1, columns.get(row.noun, {}).get(key or sheet.fields[0].key, 0)))


def _sheets_of(noun: str) -> list[NounSheet]:
    """The sheet of a noun, those of what its entries hold several of, then those whose rows belong to one of its entries."""
    below = [sheet for sheet in NOUN_SHEETS.values() if sheet.below == noun]
    beside = [sheet for sheet in NOUN_SHEETS.values() if not sheet.below and any(field.apart and field.leads_to == noun for field in sheet.fields)]
    return [NOUN_SHEETS[noun], *below, *beside]


def _key(sheet: NounSheet, word: str) -> str:
    """The field that a word of the files stands for on a sheet: by its name, by its end, or the first of those that begin so."""
    keys = [field.key for field in sheet.fields]
    near = [key for key in keys if key == word] + [key for key in keys if key.endswith(f".{word}") or key.startswith(f"{word}.")]
    return near[0] if near else ""


def _holding(row: NounRow, text: str) -> str:
    """The field of a row that holds a text, alone or among others."""
    return next((key for key, value in row.values.items() if str(value) == text or (isinstance(value, list) and text in map(str, value))), "")


def _in_chinese(words: str, sheets: Sequence[NounSheet]) -> str:
    """A fault with the names of fields put into headings, and those of values into the words for them."""
    inner = [sheet for sheet in sheets if sheet.inside and words.startswith(sheet.inside)]  # then its fields are meant
    ordered = [*inner, *(sheet for sheet in sheets if sheet not in inner)]
    pieces = re.split(r"(「[^」]*」)", words)
    pieces[::2] = [_TOKEN.sub(lambda match: _chinese(match, ordered), text) for text in pieces[::2]]
    line = re.sub(r" ?(「|」) ?", r"\1", "".join(pieces)).replace(" 的第", "的第")
    return line if "请" in line else f"{line}；请改正"


def _chinese(match: re.Match[str], sheets: Sequence[NounSheet]) -> str:
    if match["file"]:
        return f"「{_FILES[match['file']]}」" if match["file"] in _FILES else match["file"]
    if match["group"]:
        return f"「满足一组即可」第 {match['group']} 组"
    word = match["value"] or match["word"]
    beside = match["beside"] or ""
    if _is_value(match):
        return f"「{beside[1:-1]}」"
    for sheet in () if match["value"] else sheets:
        if key := _key(sheet, word):
            heading = sheet.field(key).heading
            return f"「{heading.partition('：')[0] if key.startswith(f'{word}.') else heading}」{beside}"
        if sheet.inside == word:
            return f"「{sheet.title}」{beside}"
    values = _values([*NOUN_SHEETS.values(), *sheets]) | _WORDS
    return f"「{values[word]}」{beside}" if word in values else match[0]


def _is_value(match: re.Match[str]) -> bool:
    """Whether a word is a value of a field, which the checker says by the Chinese word beside it: ``floor（不低于）``."""
    beside = match["beside"]
    return bool(beside) and any(field.words.get(match["word"]) == beside[1:-1] for sheet in NOUN_SHEETS.values() for field in sheet.fields)


def _values(sheets: Sequence[NounSheet]) -> dict[str, str]:
    """The words for the values of fields, the last sheet first."""
    return {value: chinese for sheet in sheets for field in sheet.fields for value, chinese in field.words.items()}
