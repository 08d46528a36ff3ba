"""What differs between two catalogues (改了什么), entry by entry and field by field, in the words of the sheets."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kpi.catalog.derivation import SHEET_RULES, Derivation, suffixed
from kpi.catalog.noun_entries import PARTS, FieldValues, NounEntry, entries_of
from kpi.catalog.noun_fields import FieldKind, NounField, NounSheet
from kpi.catalog.noun_sheets import NOUN_SHEETS
from kpi.catalog.organisation import BUREAU
from kpi.catalog.plain_tables import Documents
from kpi.workbook.definitions.field_writing import cell_content

ADDED, REMOVED, CHANGED = "新增", "删去", "改动"
_TERM = re.compile(r"(?P<code>[a-z][a-z0-9_]*)(?:@(?P<suffix>[a-z0-9_]+))?", re.ASCII)
_LAST_YEAR = "ly"
_SHEETS = {rule.value: rule for rule in SHEET_RULES}
EntryNames = Mapping[tuple[str, str], str]  # the name of each entry by its noun and code


@dataclass(frozen=True, slots=True)
class FieldDifference:
    """A field before and after, in words; empty where nothing was written."""

    heading: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class EntryDifference:
    """An entry that is there in one of two catalogues alone, or is another one in each."""

    noun: str
    key: str
    title: str  # of its sheet: 指标
    name: str
    act: str  # ADDED, REMOVED or CHANGED
    fields: tuple[FieldDifference, ...] = ()


def differences(before: Documents, after: Documents) -> list[EntryDifference]:
    """The entries that differ, noun by noun: of changed ones every field that does."""
    old, new = ({(entry.noun, entry.key): entry for entry in entries_of(documents)} for documents in (before, after))
    names = entry_names([*old.values(), *new.values()])
    listed = []
    for key in sorted({**old, **new}, key=lambda key: list(NOUN_SHEETS).index(key[0])):
        was, is_now = old.get(key), new.get(key)
        entry = is_now or was
        if entry is None or was == is_now:
            continue
        act = ADDED if was is None else REMOVED if is_now is None else CHANGED
        fields = tuple(_fields(was, is_now, names)) if was and is_now else ()
        listed.append(EntryDifference(*key, entry.sheet.title, called(entry, names), act, fields))
    return listed


def entry_names(entries: Sequence[NounEntry]) -> EntryNames:
    """The names of entries that have a code."""
    return {(entry.noun, entry.key): entry.name for entry in entries}


def called(entry: NounEntry, names: EntryNames) -> str:
    """An entry by its name; a target by its year and indicator."""
    if entry.noun == "target":
        code = entry.own.get("indicator", "")
        return f"{entry.own.get('year', '')} 年{names.get(('indicator', code), code)}"
    return entry.name


def value_words(field: NounField, value: Any, names: EntryNames) -> str:
    """What is written in a field, with names in the place of codes; empty of nothing."""
    if value is None:
        return ""
    if field.kind is FieldKind.FORMULA:
        named = _TERM.sub(lambda term: _term_words(term["code"], term["suffix"] or "", names), str(value))
        return named.replace("*", "×").replace("/", "÷")
    if field.leads_to:
        codes = value if isinstance(value, list) else [value]
        return "、".join(_entry_name(field.leads_to, code, names) for code in codes)
    if field.kind is FieldKind.WORD:
        return field.words.get(value, str(value))
    if field.kind is FieldKind.CODES:
        return "、".join(_formula_name(code, names) for code in value)
    return str(cell_content(field, value))


def row_words(sheet: NounSheet, row: FieldValues, names: EntryNames) -> str:
    """A row of what belongs to an entry, in one line."""
    written = ((field, value_words(field, row.get(field.key), names)) for field in sheet.fields)
    return "，".join(f"{field.heading} {words}" for field, words in written if words)


def _term_words(code: str, suffix: str, names: EntryNames) -> str:
    """A term of a formula: 近 12 个月立案件数, 上年同期立案件数, 食品科已报报表; as it stands where nobody knows the suffix."""
    if rule := _SHEETS.get(suffix):
        return Derivation(code, rule, (), subject=_entry_name("office", code, names)).words([])
    name = _formula_name(code, names)
    if suffix in ("", _LAST_YEAR):
        return f"上年同期{name}" if suffix else name
    derivation = suffixed(code, suffix)
    return derivation.words([name]) if derivation else f"{name}@{suffix}"


def _entry_name(noun: str, code: str, names: EntryNames) -> str:
    return names.get((noun, code), "全局" if code == BUREAU else str(code))


def _formula_name(code: str, names: EntryNames) -> str:
    return names.get(("measure", code)) or names.get(("indicator", code)) or code


def _fields(before: NounEntry, after: NounEntry, names: EntryNames) -> Iterator[FieldDifference]:
    for field in before.sheet.fields:
        was, is_now = before.own.get(field.key), after.own.get(field.key)
        if was != is_now:
            yield FieldDifference(field.heading, value_words(field, was, names), value_words(field, is_now, names))
    for part in PARTS[before.noun]:
        old, new = (list(entry.parts.get(part.noun, ())) for entry in (before, after))
        gone, come = ([row_words(part, row, names) for row in rows if row not in others] for rows, others in ((old, new), (new, old)))
        if gone or come or old != new:
            yield FieldDifference(part.title, "；".join(gone), "；".join(come) or ("次序变了" if not gone else ""))
