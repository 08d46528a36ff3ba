"""
Puts the catalogue together from its folder, or says everything that is wrong with it.

``bureau.toml`` names the bureau, ``orgs.toml`` the organisations of its tree where it has any, ``offices.toml`` the
offices, ``areas.toml`` the areas of its work where it groups by them, ``<office code>.toml`` what each of them owes,
``bureau_relations.toml`` holds the laws over several offices, ``targets/<year>.toml`` the targets of a year,
``reference.toml`` the outside numbers they may be set by and ``ledgers/<ledger code>.toml`` a sheet with one row per case.
Whoever edits these files by hand is told every fault of every file in one go, not the first.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from kpi.catalog.area import Area
from kpi.catalog.check import check
from kpi.catalog.draft import Draft
from kpi.catalog.entry import CHINESE
from kpi.catalog.fault_line import Where, nearest
from kpi.catalog.files import Folder, read_folder
from kpi.catalog.indicator import Indicator
from kpi.catalog.indicators_in_formulas import CatalogNames
from kpi.catalog.ledger import Ledger, LedgerColumn, LedgerFigure
from kpi.catalog.measure import Measure, MeasureKind
from kpi.catalog.model import Catalog
from kpi.catalog.office import Office, System
from kpi.catalog.organisation import BUREAU, Organisation
from kpi.catalog.relation import Relation
from kpi.catalog.sentence import SummarySentence
from kpi.catalog.small_counts import KEYS, small_counts_of
from kpi.catalog.target import Reference, Target
from kpi.errors import CatalogError, RequestError
from kpi.period import CALENDAR_YEAR, Month, ReportingYear
from kpi.setting import setting

DEFAULT = Path(__file__).resolve().parents[2] / "data" / "catalog"

_OFFICES, _ORGS, _AREAS, _RELATIONS = "offices.toml", "orgs.toml", "areas.toml", "bureau_relations.toml"
_NAME, _REFERENCES = "bureau.toml", "reference.toml"
_OF_THE_BUREAU = ("name", "first_month", "year_begins", *KEYS)
_OF_A_LEDGER = {"column": LedgerColumn, "figure": LedgerFigure}
_OF_AN_OFFICE = {"measure": Measure, "indicator": Indicator, "relation": Relation, "system": System, "sentence": SummarySentence}


def chosen() -> Path:
    """The folder of ``KPI_CATALOG``; the one that comes with the project where it is not set."""
    return Path(setting("KPI_CATALOG") or DEFAULT)


def load(directory: Path) -> Catalog:
    """
    Load and check a whole catalogue.

    Raises:
        CatalogError: With every fault found.

    """
    return catalog_of(read_folder(directory))


def catalog_of(folder: Folder) -> Catalog:
    """
    Check the documents of a whole catalogue and put them together.

    Raises:
        CatalogError: With every fault found.

    """
    faults = list(folder.faults)
    bureau, first_month, year = _bureau(folder, faults), _first_month(folder, faults), _reporting_year(folder, faults)
    small_counts, wrong = small_counts_of(folder.documents.get(_NAME, {}), Where(_NAME))
    faults += wrong
    draft = Draft(complete=not folder.unreadable, places=folder.places, names=CatalogNames(folder.documents), year=year)
    faults += _collect(folder, _OFFICES, {"office": Office}, draft, {})
    faults += _tables(folder.documents.get(_ORGS, {}), _ORGS, {"org": Organisation}, draft, {})
    faults += _tables(folder.documents.get(_AREAS, {}), _AREAS, {"area": Area}, draft, {})
    offices = list(draft.named["office"])
    for code in offices:
        faults += _collect(folder, f"{code}.toml", _OF_AN_OFFICE, draft, {"office": code})
    for name in folder.documents:
        faults += _rest(folder, name, offices, draft)
    faults += check(draft)
    if faults:
        raise CatalogError(tuple(faults))
    return replace(_assemble(bureau, draft, folder.digest), first_month=first_month, small_counts=small_counts)


def _bureau(folder: Folder, faults: list[str]) -> str:
    if _NAME in folder.unreadable:
        return ""
    document = folder.documents.get(_NAME, {})
    faults += [Where(_NAME).says(f"没有名为 {key} 的字段{nearest(key, _OF_THE_BUREAU)}") for key in document if key not in _OF_THE_BUREAU]
    name = document.get("name")
    if not isinstance(name, str) or not name.strip():
        faults.append(Where(_NAME).says('缺少本局名称，请写一行 name = "区市场监管局"'))
        return ""
    return name


def _first_month(folder: Folder, faults: list[str]) -> Month | None:
    """The month with which the bureau's figures begin, if it says so."""
    written = folder.documents.get(_NAME, {}).get("first_month")
    if written is None:
        return None
    try:
        return Month.parse(str(written))
    except RequestError:
        faults.append(Where(_NAME).says(f'first_month 的值「{written}」不是月份，请写成 first_month = "2015-01" 的样式'))
        return None


def _reporting_year(folder: Folder, faults: list[str]) -> ReportingYear:
    """The year over which figures add up, the calendar's unless the bureau says with which month it begins."""
    written = folder.documents.get(_NAME, {}).get("year_begins", CALENDAR_YEAR.begins)
    if isinstance(written, int) and not isinstance(written, bool) and 1 <= written <= 12:
        return ReportingYear(written)
    faults.append(Where(_NAME).says(f"year_begins 的值「{written}」不是 1 到 12 的月份，请写成 year_begins = 9 的样式，即年度从 9 月开始"))
    return CALENDAR_YEAR


def _rest(folder: Folder, name: str, offices: list[str], draft: Draft) -> list[str]:
    """The files that belong to no office: the bureau's relations, the references, the targets and the ledgers; any other is a slip of its name."""
    stem = name.removesuffix(".toml")
    if name in (_NAME, _OFFICES, _ORGS, _AREAS) or stem in offices:
        return []
    if name == _RELATIONS:
        return _collect(folder, name, {"relation": Relation}, draft, {"office": BUREAU})
    if name == _REFERENCES:
        return _tables(folder.documents[name], name, {"reference": Reference}, draft, {}, {"org": _root(draft)})
    if stem.startswith("targets/"):
        year = stem.removeprefix("targets/")
        if not (year.isdecimal() and year.isascii() and len(year) == 4):
            return [Where(name).says("目标文件应以年份命名，如 targets/2023.toml")]
        return _tables(folder.documents[name], name, {"target": Target}, draft, {"year": int(year)}, {"org": _root(draft)})
    if stem.startswith("ledgers/"):
        return _ledger(folder, name, stem.removeprefix("ledgers/"), draft)
    if _OFFICES in folder.unreadable:
        return []
    return [Where(name).says(f"文件名不是任何科室的代码{nearest(stem, offices)}")]


def _root(draft: Draft) -> str:
    return next((org.code for org in draft.entries(Organisation) if not org.everywhere), BUREAU)


def _ledger(folder: Folder, name: str, code: str, draft: Draft) -> list[str]:
    """A ledger with its columns and figures: what stands outside of a table is about the ledger itself."""
    tables = {key: value for key, value in folder.documents[name].items() if isinstance(value, list) and any(isinstance(row, dict) for row in value)}
    own = {key: value for key, value in folder.documents[name].items() if key not in tables}
    faults = draft.add("ledger", Ledger, name, 1, own, {"code": code})
    return [*faults, *_tables(tables, name, _OF_A_LEDGER, draft, {"ledger": code})]


def _collect(folder: Folder, name: str, models: Mapping[str, type], draft: Draft, filled: Mapping[str, object]) -> list[str]:
    """Every table of one file into the draft."""
    if name in folder.unreadable:
        return []
    if name not in folder.documents:
        draft.complete = False
        return [Where(name).says("缺少这个文件")]
    return _tables(folder.documents[name], name, models, draft, filled)


def _tables(
    document: Mapping[str, object],
    name: str,
    models: Mapping[str, type],
    draft: Draft,
    filled: Mapping[str, object],
    unsaid: Mapping[str, object] = MappingProxyType({}),
) -> list[str]:
    """Every table of a document into the draft: what the file's name says filled in, and what a table may leave unsaid."""
    faults: list[str] = []
    for noun, tables in document.items():
        if noun not in models:
            faults.append(Where(name).says(f"不认识 [[{noun}]]，这里可以写 {'、'.join(f'[[{known}]]' for known in models)}{nearest(noun, models)}"))
        elif not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
            faults.append(Where(name).says(f"{CHINESE[noun]}应写成 [[{noun}]]，用两层方括号"))
        else:
            for position, table in enumerate(tables, 1):
                faults += draft.add(noun, models[noun], name, position, {**unsaid, **table}, filled)
    return faults


def _assemble(bureau: str, draft: Draft, digest: str) -> Catalog:
    measures = {measure.code: measure for measure in draft.entries(Measure)}
    rates = {code for code, measure in measures.items() if measure.kind is MeasureKind.RATE}
    return Catalog(
        bureau=bureau,
        offices={office.code: office for office in draft.entries(Office)},
        measures=measures,
        indicators={indicator.code: _beside_its_rate(indicator) if indicator.code in rates else indicator for indicator in draft.entries(Indicator)},
        relations={relation.id: relation for relation in sorted(draft.entries(Relation), key=lambda relation: relation.id)},
        systems={system.id: system for system in sorted(draft.entries(System), key=lambda system: system.id)},
        sentences={sentence.id: sentence for sentence in sorted(draft.entries(SummarySentence), key=lambda sentence: sentence.order)},
        ledgers={ledger.code: _whole(ledger, draft) for ledger in draft.entries(Ledger)},
        targets=_by_year(draft.entries(Target), draft.year),
        year=draft.year,
        digest=digest,
        references={(reference.code, reference.org): reference for reference in draft.entries(Reference)},
        orgs={org.code: org for org in draft.entries(Organisation)},
        areas={area.code: area for area in sorted(draft.entries(Area), key=lambda area: area.order)},
    )


def _beside_its_rate(indicator: Indicator) -> Indicator:
    """An indicator beside the rate of its own code, in every definition by which it is a rate itself."""
    own = {"reported": indicator.code}
    earlier = tuple(earlier.model_copy(update=own) if earlier.denominator and earlier.reported is None else earlier for earlier in indicator.earlier)
    return indicator.model_copy(update=own | {"earlier": earlier})


def _whole(ledger: Ledger, draft: Draft) -> Ledger:
    """A ledger with its columns and figures."""
    columns = tuple(column for column in draft.entries(LedgerColumn) if column.ledger == ledger.code)
    figures = tuple(figure for figure in draft.entries(LedgerFigure) if figure.ledger == ledger.code)
    return ledger.model_copy(update={"columns": columns, "figures": figures})


def _by_year(targets: Iterable[Target], year: ReportingYear) -> dict[tuple[str, int], tuple[Target, ...]]:
    by_year: dict[tuple[str, int], tuple[Target, ...]] = {}
    for target in sorted(targets, key=lambda target: target.first_day(year)):
        key = target.indicator, target.year
        by_year[key] = (*by_year.get(key, ()), target)
    return by_year
