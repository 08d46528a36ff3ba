"""
A loaded catalogue as the plain tables of its files: the way back from `load`.

What a field says by itself is left out, as is what the loader fills in from the name of a file.  So what is written is short, and
loading it again gives the same entries.
"""

from collections.abc import Collection, Iterable, Iterator
from decimal import Decimal
from enum import StrEnum

from kpi.catalog.formula import Expression, Linear
from kpi.catalog.frozen_model import FrozenModel
from kpi.catalog.indicator import Indicator
from kpi.catalog.ledger import Ledger
from kpi.catalog.measure import MeasureKind
from kpi.catalog.model import Catalog
from kpi.catalog.organisation import BUREAU, Organisation
from kpi.catalog.small_counts import KEYS, USUAL
from kpi.catalog.target import Reference, Target
from kpi.period import CALENDAR_YEAR, Month

BUREAU_FILE, ORGS_FILE, AREAS_FILE, OFFICES_FILE = "bureau.toml", "orgs.toml", "areas.toml", "offices.toml"
RELATIONS_FILE, REFERENCES_FILE = "bureau_relations.toml", "reference.toml"
OWN_NAMES = frozenset(name.removesuffix(".toml") for name in (BUREAU_FILE, ORGS_FILE, AREAS_FILE, OFFICES_FILE, RELATIONS_FILE, REFERENCES_FILE))
"""Names of files that are no office's."""

PlainTable = dict[str, object]  # a table as TOML has it: texts, numbers, days, lists and tables
Documents = dict[str, PlainTable]  # the tables of each file by its name, ``targets/2023.toml``


def documents_of(catalog: Catalog) -> Documents:
    """The tables of every file of a catalogue, files by name, tables in the order of the catalogue."""
    documents: Documents = {BUREAU_FILE: _bureau(catalog), OFFICES_FILE: {"office": _tables(catalog.offices.values())}}
    if list(catalog.orgs.values()) != [Organisation(code=BUREAU, name=catalog.bureau, reports=True)]:
        documents[ORGS_FILE] = {"org": [_org(org, catalog) for org in catalog.orgs.values()]}
    if catalog.areas:
        documents[AREAS_FILE] = {"area": _tables(catalog.areas.values())}
    for office in catalog.offices:
        documents[f"{office}.toml"] = _of_office(catalog, office)
    if across := [relation for relation in catalog.relations.values() if relation.office == BUREAU]:
        documents[RELATIONS_FILE] = {"relation": _tables(across, "office")}
    if catalog.references:
        documents[REFERENCES_FILE] = {"reference": [_for_org(reference, catalog) for reference in catalog.references.values()]}
    for year in sorted({year for _, year in catalog.targets}):
        targets = [target for (_, of), targets in catalog.targets.items() if of == year for target in targets]
        documents[f"targets/{year}.toml"] = {"target": [_for_org(target, catalog) for target in targets]}
    for ledger in catalog.ledgers.values():
        documents[f"ledgers/{ledger.code}.toml"] = _ledger(ledger)
    return dict(sorted(documents.items()))


def plain_table(entry: FrozenModel, *left_out: str) -> PlainTable:
    """An entry as a table of its file: the fields that say something else than they would without being written."""
    table: PlainTable = {}
    for name, field in type(entry).model_fields.items():
        value = getattr(entry, name)
        if name not in left_out and (field.is_required() or value != field.get_default(call_default_factory=True)):
            table[field.alias or name] = _plain(value)
    return table


def _plain(value: object) -> object:
    match value:
        case FrozenModel():
            return plain_table(value)
        case Linear() | Expression():
            return value.text
        case StrEnum() | Month():
            return str(value)
        case Decimal():
            return int(value) if value.as_tuple().exponent == 0 else value
        case tuple():
            return [_plain(item) for item in value]
        case dict():
            return {str(key): _plain(item) for key, item in value.items()}
    return value


def _tables(entries: Iterable[FrozenModel], *left_out: str) -> list[PlainTable]:
    return [plain_table(entry, *left_out) for entry in entries]


def _bureau(catalog: Catalog) -> PlainTable:
    table: PlainTable = {"name": catalog.bureau}
    if catalog.first_month is not None:
        table["first_month"] = str(catalog.first_month)
    if catalog.year != CALENDAR_YEAR:
        table["year_begins"] = catalog.year.begins
    if catalog.small_counts != USUAL:
        table |= dict(zip(KEYS, (catalog.small_counts.smallest, list(catalog.small_counts.units)), strict=True))
    return table


def _org(org: Organisation, catalog: Catalog) -> PlainTable:
    """An organisation; whether it reports only where that does not follow from the tree."""
    inner = any(org.code in other.everywhere for other in catalog.orgs.values())
    return plain_table(org, *(("reports",) if inner or org.reports else ()))


def _of_office(catalog: Catalog, office: str) -> PlainTable:
    """What stands in the file of an office."""
    rates = {code for code, measure in catalog.measures.items() if measure.kind is MeasureKind.RATE}
    document: PlainTable = {
        "measure": [plain_table(measure, "office") for measure in catalog.measures.values() if measure.office == office],
        "indicator": [
            plain_table(indicator, "office", *_unwritten(indicator, rates)) for indicator in catalog.indicators.values() if indicator.office == office
        ],
        "relation": [plain_table(relation, "office") for relation in catalog.relations.values() if relation.office == office],
        "system": [plain_table(system, "office") for system in catalog.systems.values() if system.office == office],
        "sentence": [plain_table(sentence, "office") for sentence in catalog.sentences.values() if sentence.office == office],
    }
    return {noun: tables for noun, tables in document.items() if tables}


def _unwritten(indicator: Indicator, rates: Collection[str]) -> Iterator[str]:
    """The fields of an indicator that are not written: the typed rate of its own code, and what it has of a rate within its numerator."""
    if indicator.code in rates:
        yield "reported"
    if indicator.denominator is not None and indicator.denominator.inherited:
        yield from ("denominator", "scale")


def _for_org(entry: Target | Reference, catalog: Catalog) -> PlainTable:
    """A target or a reference; whose it is where it is not of the root."""
    table = plain_table(entry, "year", "org")
    return table if entry.org == catalog.root else {"org": entry.org, **table}


def _ledger(ledger: Ledger) -> PlainTable:
    document = plain_table(ledger, "code", "columns", "figures")
    for noun, entries in (("column", ledger.columns), ("figure", ledger.figures)):
        if entries:
            document[noun] = _tables(entries, "ledger")
    return document
