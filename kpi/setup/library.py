"""The library of usual indicators as it is shipped: read from ``data/library`` once, checked, immutable."""

import re
import tomllib
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from kpi.catalog.formula import parse_linear
from kpi.catalog.formula_sums import FormulaError
from kpi.catalog.frozen_model import FrozenModel
from kpi.errors import CatalogError
from kpi.setup.library_check import library_faults
from kpi.setup.library_model import IndicatorLibrary, LibraryDocument, LibraryEntry, LibraryMeasure

LIBRARY = Path(__file__).resolve().parents[2] / "data" / "library"
_FORMULAS = ("numerator", "denominator")
_OTHERS = "other_denominators"
_OWN_FIELD = re.compile(r"市场监|市监|工商|质监|质量技术|药监|药品监|食药|知识产权")
_OTHER_FIELD = re.compile(
    r"卫健|卫生|疾控|医疗|医院|医保|教育|学校|学区|税务|财政|统计局|法院|检察|司法|公安|消防|水务|供水|自来水|水利|交通|住建|住房|城管|生态|环境|农业|林业|民政"
    r"|人社|人力资源|文旅|文化|体育|自然资源|应急|发改|发展和改革|商务|电力|燃气|公司|集团"
)
_NOTHING = IndicatorLibrary(documents={}, measures={}, entries={})
_Coded = TypeVar("_Coded", LibraryDocument, LibraryMeasure, LibraryEntry)


@lru_cache(maxsize=2)  # the shipped one, and that of a test
def load_library(folder: Path = LIBRARY) -> IndicatorLibrary:
    """
    Read and check a library.

    Args:
        folder: Its files; each may hold documents, measures and entries.

    Raises:
        CatalogError: It has faults; all are named.

    """
    tables: dict[str, list[tuple[str, dict[str, object]]]] = {"document": [], "measure": [], "entry": []}
    faults: list[str] = []
    for path in sorted(folder.glob("*.toml")):
        content = tomllib.loads(path.read_text("utf-8"), parse_float=Decimal)
        faults += [f"{path.name}：没有名为 {noun} 的表。" for noun in content if noun not in tables]
        for noun, own in tables.items():
            own += [(path.name, table) for table in content.get(noun, [])]
    library = IndicatorLibrary(
        documents=_by_code(LibraryDocument, tables["document"], faults),
        measures=_by_code(LibraryMeasure, tables["measure"], faults),
        entries=_by_code(LibraryEntry, tables["entry"], faults),
    )
    if faults := faults or list(library_faults(library)):
        raise CatalogError(tuple(faults))
    return library


def library_for(bureau: str) -> IndicatorLibrary:
    """The library that a bureau of some name can use: an empty one where the name is of another field: a court settles other cases."""
    return _NOTHING if _OTHER_FIELD.search(bureau) and not _OWN_FIELD.search(bureau) else load_library()


def _by_code(model: type[_Coded], tables: list[tuple[str, dict[str, object]]], faults: list[str]) -> dict[str, _Coded]:
    """The things of one noun by code; what is wrong with any is added to the faults."""
    built: dict[str, _Coded] = {}
    for file, table in tables:
        where = f"{file} {table.get('code', '')}"
        try:
            thing = model.model_validate(_parsed(model, table))
        except FormulaError as error:
            faults.append(f"{where}：{error}。")
        except ValidationError as error:
            faults += [f"{where}：{'.'.join(map(str, detail['loc']))} 写法不对或没有写。" for detail in error.errors()]
        else:
            if thing.code in built:
                faults.append(f"{where}：这个代码写了两次。")
            built[thing.code] = thing
    return built


def _parsed(model: type[FrozenModel], table: dict[str, object]) -> dict[str, object]:
    """A table of an entry with its formulas read; any other as it is."""
    if model is not LibraryEntry:
        return table
    read = {key: parse_linear(str(table[key])) for key in _FORMULAS if key in table}
    others = table.get(_OTHERS, [])
    return {**table, **read, _OTHERS: tuple(parse_linear(str(text)) for text in others if isinstance(others, list)) if isinstance(others, list) else ()}
