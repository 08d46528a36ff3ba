"""
What is wrong with an entry of the catalogue, in the words of its sheet or form.

The checker speaks of the fields of the files (``kind``, ``score 的 points``, ``where 的第 2 项``).  Here each of these words is put
into the heading of its field, and the first of them says at which field to look.
"""

import re
from collections.abc import Sequence

from kpi.catalog.noun_fields import NounSheet
from kpi.catalog.noun_sheets import NOUN_SHEETS
from kpi.catalog.plain_tables import AREAS_FILE, REFERENCES_FILE
from kpi.catalog.row_gathering import EntryRows, NounRow

_QUOTED = re.compile(r"「([^」]*)」")
_TOKEN = re.compile(
    r'(?P<file>[a-z_]+\.toml)|either 第 (?P<group>\d+) 组|"(?P<value>[a-z_-]+)"|(?P<word>[a-z][a-z0-9_-]*)(?P<beside>（[^）]*）)?',
    re.ASCII,
)
_ITEM = re.compile(r" 的第 (\d+) 项")
_FILES = {AREAS_FILE: "板块", REFERENCES_FILE: "参考数各年"}
_WORDS = {"true": "是", "false": "否", "share": "份额"}


def looked_at(entry: EntryRows, words: str) -> tuple[NounRow, str]:
    """The row and the field that a fault is about: the first one it names, else the one that holds what it quotes."""
    rows = [entry.own]
    plain = _QUOTED.sub("「」", words)
    for match in _TOKEN.finditer(plain):
        inside = f"either {match['group']}" if match["group"] else match["word"]
        if inside in entry.below and rows == [entry.own]:
            item = _ITEM.match(plain, match.end())
            rows = entry.below[inside][int(item[1]) - 1 :][:1] if item else entry.below[inside]
        elif match["word"] and not _is_value(match) and (key := _key(NOUN_SHEETS[rows[0].noun], match["word"])):
            return rows[0], key
    for row in rows:
        for quoted in _QUOTED.findall(words):
            if key := _holding(row, quoted):
                return row, key
    headings = {field.heading: field.key for field in NOUN_SHEETS[rows[0].noun].fields if field.heading in plain}
    return rows[0], headings[min(headings, key=lambda heading: (plain.index(heading), -len(heading)))] if headings else ""


def in_headings(words: str, noun: str) -> str:
    """A fault of an entry with the names of fields put into headings, and those of values into the words for them."""
    sheets = _sheets_of(noun)
    inner = [sheet for sheet in sheets if sheet.inside and words.startswith(sheet.inside)]  # then its fields are meant
    ordered = [*inner, *(sheet for sheet in sheets if sheet not in inner)]
    pieces = re.split(r"(「[^」]*」)", words)
    pieces[::2] = [_TOKEN.sub(lambda match: _chinese(match, ordered), text) for text in pieces[::2]]
    line = re.sub(r" ?(「|」) ?", r"\1", "".join(pieces)).replace(" 的第", "的第")
    return line if "请" in line else f"{line}；请改正"


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
