"""
What may not be changed although the catalogue would be sound (不能这样改): a code keeps its meaning, and figures keep what they are of.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from kpi.bureau import Bureau
from kpi.catalog.model import Catalog
from kpi.catalog.noun_entries import FieldValues, NounEntry, entries_of
from kpi.catalog.noun_fields import FieldKind, NounField
from kpi.catalog.noun_sheets import NOUN_SHEETS
from kpi.catalog.organisation import Lifetime
from kpi.catalog.plain_tables import documents_of
from kpi.defining.entry_change import EntryFault
from kpi.value import UNREPORTED

CODED = {
    "org": "code",
    "area": "code",
    "office": "code",
    "measure": "code",
    "indicator": "code",
    "relation": "id",
    "system": "id",
    "sentence": "id",
    "ledger": "code",
}
"""The field that names an entry for ever, by noun."""
_OF_FIGURES = ("office", "unit", "kind", "report_year_offset")  # of a measure: what its figures are of
_CODE = re.compile(r"[a-z][a-z0-9_]*", re.ASCII)
_MOST = 4  # users that a sentence names
_Lasting = TypeVar("_Lasting", bound=Lifetime)
ReportedCodes = Collection[tuple[str, str]]  # noun and code of what stored submissions name


@dataclass(frozen=True, slots=True)
class LostFigures:
    """What stored figures name and another catalogue lacks, or has with another meaning: its noun, name, and the headings of what would be another."""

    noun: str
    name: str
    headings: tuple[str, ...]  # empty: the other catalogue lacks it

    def __str__(self) -> str:
        """As part of a sentence."""
        return f"「{self.name}」的{'、'.join(f'「{heading}」' for heading in self.headings)}变了" if self.headings else f"没有「{self.name}」"


def lost_figures(catalog: Catalog, other: Catalog, reported: ReportedCodes) -> list[LostFigures]:
    """
    What would become of stored figures if another catalogue, whole, took the place of the one in force.

    Args:
        catalog: The catalogue in force.
        other: The other one.
        reported: As of `StoreReader.reported_codes`, or those that have to go on being what they are.

    """
    lost = []
    for noun, before in _named_by_figures(catalog).items():
        after = _named_by_figures(other)[noun]
        for code in sorted(code for own, code in reported if own == noun and code in before):
            headings = _other_headings(catalog, other, code) if noun == "measure" and code in after else ()
            if code not in after or headings:
                lost.append(LostFigures(noun, before[code], headings))
    return lost


def figures_left_out(bureau: Bureau, other: Catalog) -> Iterator[str]:
    """The figures that count now and would be of a month in which another catalogue has their office or measure no more, or not yet; in words."""
    catalog = bureau.catalog
    offices = _with_other_months(catalog.offices, other.offices)
    measures = _with_other_months(catalog.measures, other.measures)
    if not offices and not measures:
        return
    for submission in bureau.store.current_submissions():
        month = submission.period
        if submission.office in offices and not offices[submission.office].holds(month):
            yield f"{offices[submission.office].name}有 {month.chinese}的有效报送，新的指标目录里那个月没有这个科室"
        for (code, _), value in bureau.store.stated_in(submission.seq).items():
            if code in measures and value != UNREPORTED and not measures[code].holds(month):
                yield f"「{measures[code].name}」有 {month.chinese}的数，新的指标目录里那个月没有这个数据项"


def _with_other_months(before: Mapping[str, _Lasting], after: Mapping[str, _Lasting]) -> dict[str, _Lasting]:
    """What begins or ends in another month than before."""
    both = before.keys() & after.keys()
    return {code: after[code] for code in both if (after[code].first, after[code].last) != (before[code].first, before[code].last)}


def _named_by_figures(catalog: Catalog) -> Mapping[str, Mapping[str, str]]:
    """The names of whatever a stored figure names, by noun and code."""
    return {
        "office": {code: office.name for code, office in catalog.offices.items()},
        "measure": {code: measure.name for code, measure in catalog.measures.items()},
        "org": {code: org.name for code, org in catalog.orgs.items()},
        "ledger": {code: ledger.name for code, ledger in catalog.ledgers.items()},
    }


def _other_headings(catalog: Catalog, other: Catalog, code: str) -> tuple[str, ...]:
    """The headings of what the figures of a measure are of, where it is another thing."""
    before, after = catalog.measures[code], other.measures[code]
    return tuple(NOUN_SHEETS["measure"].field(key).heading for key in _OF_FIGURES if getattr(before, key) != getattr(after, key))


def refusals(catalog: Catalog, reported: ReportedCodes, before: NounEntry | None, after: NounEntry | None) -> list[EntryFault]:
    """
    Why an entry may not be changed (or taken out, without ``after``), though the loader would take it.

    Args:
        catalog: The catalogue in force.
        reported: As of `StoreReader.reported_codes`.
        before: The entry as it is in force; nothing of a new one.
        after: The entry as it is to be.

    """
    if before is None:
        return []
    return [EntryFault(words) for words in _removal(catalog, reported, before)] if after is None else [*_changes(reported, before, after)]


def _changes(reported: ReportedCodes, before: NounEntry, after: NounEntry) -> Iterator[EntryFault]:
    code = CODED.get(before.noun)
    if code and after.own.get(code) != before.own.get(code):
        heading = before.sheet.field(code).heading
        yield EntryFault(f"「{heading}」启用后不再改动，它的含义才一直不变；请改回「{before.own.get(code)}」，另有所指的请新增一条。", code)
    if before.noun == "measure" and ("measure", before.key) in reported:
        for field in before.sheet.fields:
            if field.key in _OF_FIGURES and after.own.get(field.key) != before.own.get(field.key):
                yield EntryFault(f"「{before.name}」已经有报来的数，「{field.heading}」不能再改；请改回去，另外新增一个数据项。", field.key)


def _removal(catalog: Catalog, reported: ReportedCodes, entry: NounEntry) -> Iterator[str]:
    instead = _instead(entry)
    if (entry.noun, entry.key) in reported:
        yield f"「{entry.name}」已经有报来的数，不能删去，否则那些数就不知道是什么了；{instead}。"
    if entry.noun == "indicator":
        indicator = catalog.indicators[entry.key]
        counted = set(indicator.numerator.codes) | set(indicator.denominator.codes if indicator.denominator else ())
        if any(("measure", code) in reported for code in counted):
            yield f"「{entry.name}」已经算过数，会议版、督办里还要查它的口径，不能删去；{instead}。"
    users = list(dict.fromkeys(_users(catalog, entry)))
    if users:
        more = f"等 {len(users)} 处" if len(users) > _MOST else ""
        yield f"{'、'.join(users[:_MOST])}{more}用着「{entry.name}」，不能删去；请先改那里，或者{instead.removeprefix('请')}。"


def _instead(entry: NounEntry) -> str:
    """What to do in place of taking out."""
    ends = next((field for field in entry.sheet.fields if field.key == "until"), None)
    if ends:
        return f"请填「{ends.heading}」，从那以后就不再用"
    note = next((field for field in entry.sheet.fields if field.key == "note"), None)
    return f"请留着它，不再用的在「{note.heading}」里写明" if note else "请留着它，名称里可以写明已停用"


def _users(catalog: Catalog, entry: NounEntry) -> Iterator[str]:
    """The other entries that name one, as they are called."""
    code = entry.key
    if entry.noun not in CODED:
        return
    for other in entries_of(documents_of(catalog)):
        if (other.noun, other.key) == (entry.noun, entry.key):
            continue
        rows = [(other.noun, other.own), *((part, row) for part, every in other.parts.items() for row in every)]
        if any(_names(field, row, entry.noun, code) for noun, row in rows for field in NOUN_SHEETS[noun].fields):
            yield f"「{other.sheet.title}」里的「{_name(catalog, other)}」"


def _name(catalog: Catalog, entry: NounEntry) -> str:
    if entry.noun == "target":
        indicator = catalog.indicators[entry.own["indicator"]]
        return f"{entry.own['year']} 年{indicator.name}"
    return entry.name


def _names(field: NounField, row: FieldValues, noun: str, code: str) -> bool:
    """Whether a field of a row leads to an entry."""
    value = row.get(field.key)
    if value is None:
        return False
    if field.kind is FieldKind.FORMULA:
        return noun in ("measure", "indicator") and code in _CODE.findall(value)
    if field.kind is FieldKind.CODES:
        return (field.leads_to == noun or (not field.leads_to and noun in ("measure", "indicator"))) and code in value
    return field.leads_to == noun and value == code
