"""
Rows gathered into the tables of the files they belong to, as the loader takes them; the way back from `noun_rows`.

What a row says of where it belongs, its office, its year, its ledger, the entry it is a part of, is looked at here: it stands in
no table.  All else is left to the checker.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from kpi.catalog.fault_line import nearest
from kpi.catalog.formula import CODE
from kpi.catalog.noun_rows import CONDITION_USES, OF_AN_OFFICE
from kpi.catalog.noun_sheets import NOUN_SHEETS
from kpi.catalog.organisation import BUREAU
from kpi.catalog.plain_tables import AREAS_FILE, BUREAU_FILE, OFFICES_FILE, ORGS_FILE, OWN_NAMES, REFERENCES_FILE, RELATIONS_FILE, Documents

_MONTHS = 12
_FIRST_LINE = 2  # below the headings
_FILES = {"org": ORGS_FILE, "area": AREAS_FILE, "office": OFFICES_FILE, "reference": REFERENCES_FILE}


@dataclass(frozen=True, slots=True)
class NounRow:
    """A row of the sheet of a noun: a value for each field that is written, and the line it stands in."""

    noun: str
    values: Mapping[str, Any]
    line: int


@dataclass(frozen=True, slots=True)
class EntryRows:
    """The row of an entry, and the rows of what it holds several of by the field they are of: ``parents``, ``where``, ``either 2``."""

    own: NounRow
    below: dict[str, list[NounRow]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RowFault:
    """What is wrong with a field of a row: Chinese that goes on behind the heading of the field, without the full stop."""

    row: NounRow
    key: str
    words: str


@dataclass(slots=True)
class RowGathering:
    """
    The tables of every file, and the rows that each was made of by file, noun and position from 1.

    ``complete`` is False where a row could be put nowhere, so that others may look in vain for what it defines.
    """

    documents: Documents = field(default_factory=dict)
    entries: dict[tuple[str, str, int], EntryRows] = field(default_factory=dict)
    faults: list[RowFault] = field(default_factory=list)
    complete: bool = True

    def refuse(self, row: NounRow, key: str, words: str) -> None:
        """Leave a row out; what others look for in vain may be defined by it, unless it is but a part of an entry."""
        self.complete = self.complete and bool(NOUN_SHEETS[row.noun].below)
        self.faults.append(RowFault(row, key, words))

    def add(self, file: str, row: NounRow) -> tuple[dict[str, Any], EntryRows]:
        """Take an entry into its file; its table and its rows, to which what is below is added."""
        table, entry = self._nested(row), EntryRows(row)
        tables: Any = self.documents.setdefault(file, {}).setdefault(row.noun, [])
        tables.append(table)
        self.entries[file, row.noun, len(tables)] = entry
        return table, entry

    def own(self, file: str, row: NounRow) -> None:
        """Let a row be what a file says outside of its tables."""
        self.documents[file] = {**self._nested(row), **self.documents.get(file, {})}
        self.entries[file, row.noun, 1] = EntryRows(row)

    def _nested(self, row: NounRow) -> dict[str, Any]:
        """The table of a row: what lies flat in it is put into its inner table or list again."""
        apart = {field.key for field in NOUN_SHEETS[row.noun].fields if field.apart}
        table: dict[str, Any] = {}
        for key, value in row.values.items():
            outer, _, inner = key.partition(".")
            if key in apart:
                continue
            if inner.isdecimal():
                table.setdefault(outer, []).append(value)
            elif inner:
                table.setdefault(outer, {})[inner] = value
            else:
                table[key] = value
        months = table.get("monthly", ())
        if months and len(months) < _MONTHS:
            lacking = [f"monthly.{month}" for month in range(_MONTHS) if f"monthly.{month}" not in row.values]
            self.faults.append(RowFault(row, lacking[0], f"没有写，还缺 {len(lacking)} 个月；请写满十二个月，没有月度计划的都不写"))
            table["monthly"] = [*months, *[months[0]] * len(lacking)]  # the fault is named; stands in so that it is named once
        return table


def gather(rows: Mapping[str, Sequence[NounRow]]) -> RowGathering:
    """The tables of all rows, by noun, and what is wrong with where rows belong."""
    gathering = RowGathering()
    _gather_bureau(gathering, rows["bureau"])
    gathering.documents[OFFICES_FILE] = {}
    known: dict[tuple[Any, ...], tuple[dict[str, Any], EntryRows]] = {}  # by noun and what the rows below it name
    for noun, file in _FILES.items():
        for row in rows[noun]:
            if noun == "office" and row.values.get("code") in {BUREAU, *OWN_NAMES}:
                gathering.refuse(row, "code", f"写的「{row.values['code']}」另有用处；请换一个代码")
                continue
            table, entry = gathering.add(file, row)
            if noun == "reference":
                table["values"] = {}
            known.setdefault((noun, row.values.get("code"), row.values.get("org")), (table, entry))
    for row, added in _gather_offices(gathering, rows):
        known.setdefault((row.noun, row.values.get("code"), None), added)
    _gather_targets(gathering, rows["target"])
    ledgers = _gather_ledgers(gathering, rows["ledger"])
    for noun, key in (("column", "name"), ("figure", "measure")):
        for row in rows[noun]:
            if file := _known(gathering, row, "ledger", ledgers):
                known.setdefault((noun, row.values.get("ledger"), row.values.get(key)), gathering.add(file, row))
    _gather_below(gathering, rows, known)
    gathering.documents = dict(sorted(gathering.documents.items()))
    return gathering


def _known(gathering: RowGathering, row: NounRow, key: str, names: Mapping[str, str]) -> str:
    """What a name that a row gives stands for; nothing where it stands for nothing, which is a fault."""
    name, field = row.values.get(key), NOUN_SHEETS[row.noun].field(key)
    if isinstance(name, str) and name in names:
        return names[name]
    where = NOUN_SHEETS[field.leads_to].title
    seen = "没有写" if name is None else f"写的「{name}」不在「{where}」里{nearest(str(name), names)}"
    gathering.refuse(row, key, f"{seen}；请写「{where}」里的代码")
    return ""


def _gather_bureau(gathering: RowGathering, rows: Sequence[NounRow]) -> None:
    """The one row of the bureau; a name that stands in for a missing one keeps the fault from being named twice."""
    row = rows[0] if rows else NounRow("bureau", {}, _FIRST_LINE)
    if not str(row.values.get("name", "")).strip():
        gathering.faults.append(RowFault(row, "name", "没有写；请写本局名称"))
        row = NounRow("bureau", {**row.values, "name": "本局"}, row.line)
    gathering.own(BUREAU_FILE, row)
    for other in rows[1:]:
        gathering.refuse(other, "name", "只写一行；请删去这一行")


def _gather_offices(gathering: RowGathering, rows: Mapping[str, Sequence[NounRow]]) -> Iterator[tuple[NounRow, tuple[dict[str, Any], EntryRows]]]:
    """What belongs to an office, each into the file of its own, and where it is then; every office has a file."""
    codes = [row.values["code"] for row in rows["office"] if row.values.get("code") not in {None, BUREAU, *OWN_NAMES}]
    for code in codes:  # one of a code that is refused as well: that it has no file would be said beside it
        gathering.documents[f"{code}.toml"] = {}
    files = {code: f"{code}.toml" for code in codes if CODE.fullmatch(str(code))}
    for noun in OF_AN_OFFICE:
        for row in rows[noun]:
            if file := _known(gathering, row, "office", {**files, BUREAU: RELATIONS_FILE} if noun == "relation" else files):
                yield row, gathering.add(file, row)


def _gather_targets(gathering: RowGathering, rows: Sequence[NounRow]) -> None:
    for row in rows:
        year = row.values.get("year")
        if isinstance(year, int) and 1000 <= year <= 9999:
            gathering.add(f"targets/{year}.toml", row)
        else:
            gathering.refuse(row, "year", f"应为四位的年份，现为「{year}」；请写成 2023 的样式" if year is not None else "没有写；请写年份，如 2023")


def _gather_ledgers(gathering: RowGathering, rows: Sequence[NounRow]) -> dict[str, str]:
    """The file of each ledger by its code, which names the file."""
    files: dict[str, str] = {}
    for row in rows:
        code = row.values.get("code")
        if not isinstance(code, str) or not CODE.fullmatch(code):
            seen = f"，现为「{code}」" if code else ""
            gathering.refuse(row, "code", f"只能用小写英文字母、数字和下划线，以字母开头{seen}；请改正")
        elif code in files:
            gathering.refuse(row, "code", f"写的「{code}」前面已经有了；请删去或改写其中一行")
        else:
            files[code] = f"ledgers/{code}.toml"
            gathering.own(files[code], row)
    return files


def _gather_below(gathering: RowGathering, rows: Mapping[str, Sequence[NounRow]], known: Mapping[tuple[Any, ...], tuple[dict[str, Any], EntryRows]]) -> None:
    """What entries hold several of, into the tables of these."""
    ties = {
        "parent": ("org",),
        "earlier": ("indicator",),
        "reference_value": ("reference", "org"),
        "column_value": ("ledger", "column"),
        "condition": ("ledger", "measure"),
    }
    for noun, (first, *others) in ties.items():
        sheet = NOUN_SHEETS[noun]
        above = NOUN_SHEETS[sheet.below].title
        for row in rows[noun]:
            names = [row.values.get(key) for key in (first, *others)]
            pair = known.get((sheet.below, *names, *[None] * (2 - len(names))))
            if pair is None:
                shown = "、".join(str(name) for name in names if name is not None)
                gathering.refuse(
                    row, others[-1] if others and row.values.get(others[-1]) else first, f"写的「{shown}」在「{above}」里没有；请改正，或先在「{above}」里写上"
                )
            elif noun == "condition":
                _add_condition(gathering, row, *pair)
            else:
                _add_below(gathering, row, *pair)


def _add_below(gathering: RowGathering, row: NounRow, table: dict[str, Any], entry: EntryRows) -> None:
    """A parent, an earlier definition, the number of a year, or a value of a column."""
    inside = NOUN_SHEETS[row.noun].inside
    entry.below.setdefault(inside, []).append(row)
    fields = {field.key: row.values[field.key] for field in NOUN_SHEETS[row.noun].fields if not field.apart and field.key in row.values}
    if row.noun in ("parent", "earlier"):
        table.setdefault(inside, []).append(fields)
        return
    key, value = ("year", "value") if row.noun == "reference_value" else ("value", "spellings")
    name = fields.get(key)
    inner = table.setdefault(inside, {})
    if name is None:
        gathering.refuse(row, key, "没有写；请补上，或删去这一行")
    elif str(name) in inner:
        gathering.refuse(row, key, f"写的「{name}」前面已经有了；请删去或改写其中一行")
    elif row.noun == "reference_value" and value not in fields:
        gathering.refuse(row, value, "没有写；请补上，或删去这一行")
    else:
        inner[str(name)] = fields.get(value, [])


def _add_condition(gathering: RowGathering, row: NounRow, table: dict[str, Any], entry: EntryRows) -> None:
    use, group = row.values.get("use"), row.values.get("group")
    condition = {field.key: row.values[field.key] for field in NOUN_SHEETS["condition"].fields if not field.apart and field.key in row.values}
    if use not in CONDITION_USES:
        gathering.refuse(row, "use", "没有写；请从所列的词中选一个")
    elif use != "either":
        if group is not None:
            gathering.refuse(row, "group", "只用于「满足一组即可」；请清空这一格")
            return
        entry.below.setdefault(use, []).append(row)
        table.setdefault(use, []).append(condition)
    else:
        groups = table.setdefault(use, [])
        if not isinstance(group, int) or not 1 <= group <= len(groups) + 1:
            gathering.refuse(row, "group", f"应从 1 起，一组接一组地写，这里最大写 {len(groups) + 1}；请改正")
            return
        if group > len(groups):
            groups.append([])
        entry.below.setdefault(f"{use} {group}", []).append(row)
        if condition:
            groups[group - 1].append(condition)
