"""
The tables of a catalogue as rows, one for each entry and for each of what an entry holds several of.

A row has a value for each field of its `NounSheet` that is written; an inner table or list lies flat (``score.points``, ``monthly.0``).
`row_gathering` is the way back.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from kpi.catalog.noun_sheets import NOUN_SHEETS
from kpi.catalog.organisation import BUREAU
from kpi.catalog.plain_tables import AREAS_FILE, BUREAU_FILE, OFFICES_FILE, ORGS_FILE, REFERENCES_FILE, RELATIONS_FILE, Documents, PlainTable

OF_AN_OFFICE = ("measure", "indicator", "relation", "system", "sentence")
CONDITION_USES = ("where", "either", "less")
_Tables = Iterable[Mapping[str, Any]]


def rows_of(documents: Documents) -> dict[str, list[PlainTable]]:
    """The rows of every sheet by its noun, in the order of the files; those of offices in the order of the offices."""
    rows: dict[str, list[PlainTable]] = {noun: [] for noun in NOUN_SHEETS}
    rows["bureau"].append(dict(documents.get(BUREAU_FILE, {})))
    for org in _tables(documents, ORGS_FILE, "org"):
        rows["org"].append(_flat("org", org))
        rows["parent"] += ({"org": org["code"], **parent} for parent in org.get("parents", ()))
    rows["area"] += (_flat("area", area) for area in _tables(documents, AREAS_FILE, "area"))
    offices = list(_tables(documents, OFFICES_FILE, "office"))
    rows["office"] += (_flat("office", office) for office in offices)
    files = {office["code"]: f"{office['code']}.toml" for office in offices} | {BUREAU: RELATIONS_FILE}
    for office, name in files.items():
        for noun in OF_AN_OFFICE:
            rows[noun] += ({"office": office, **_flat(noun, table)} for table in _tables(documents, name, noun))
        for indicator in _tables(documents, name, "indicator"):
            rows["earlier"] += ({"indicator": indicator["code"], **earlier} for earlier in indicator.get("earlier", ()))
    for reference in _tables(documents, REFERENCES_FILE, "reference"):
        rows["reference"].append(_flat("reference", reference))
        whose = {"reference": reference["code"], **({"org": reference["org"]} if "org" in reference else {})}
        rows["reference_value"] += ({**whose, "year": int(year), "value": value} for year, value in reference["values"].items())
    for name, document in documents.items():
        folder, _, stem = name.removesuffix(".toml").rpartition("/")
        if folder == "targets":
            rows["target"] += ({"year": int(stem), **_flat("target", target)} for target in _tables(documents, name, "target"))
        elif folder == "ledgers":
            _add_ledger(rows, stem, document)
    return rows


def _tables(documents: Documents, name: str, noun: str) -> _Tables:
    tables: Any = documents.get(name, {}).get(noun, ())
    return tables if isinstance(tables, list) else ()


def _flat(noun: str, table: Mapping[str, Any]) -> PlainTable:
    """The fields of a table that stand on the sheet of its noun."""
    row: PlainTable = {}
    for field in NOUN_SHEETS[noun].fields:
        value: Any = table
        for step in field.key.split("."):
            value = None if value is None else value[int(step)] if isinstance(value, list) else value.get(step)
        if value is not None:
            row[field.key] = value
    return row


def _add_ledger(rows: dict[str, list[PlainTable]], code: str, document: Mapping[str, Any]) -> None:
    rows["ledger"].append({"code": code, **_flat("ledger", document)})
    for column in document.get("column", ()):
        rows["column"].append({"ledger": code, **_flat("column", column)})
        for value, spellings in column.get("values", {}).items():
            rows["column_value"].append({"ledger": code, "column": column["name"], "value": value, "spellings": spellings})
    for figure in document.get("figure", ()):
        rows["figure"].append({"ledger": code, **_flat("figure", figure)})
        for use in CONDITION_USES:
            rows["condition"] += ({"ledger": code, "measure": figure["measure"], "use": use, **row} for row in _conditions(use, figure.get(use, ())))


def _conditions(use: str, conditions: Any) -> Iterator[PlainTable]:
    """The rows of some conditions; a group without any has a row that names none."""
    if use != "either":
        yield from conditions
        return
    for number, group in enumerate(conditions, 1):
        yield from ({"group": number, **condition} for condition in group or [{}])
