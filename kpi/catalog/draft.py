"""The catalogue while it is being read: what could be made of the tables so far, where each stood, and the codes in use."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from kpi.catalog.entry import CHINESE, KEY, Noun, build, where
from kpi.catalog.fault_line import Where
from kpi.catalog.formula import FormulaNames, MeasuresOnly
from kpi.period import ReportingYear

_WITHIN = {  # these may stand once for each of those
    "target": ("year", "org", "office", "from"),
    "column": ("ledger",),
    "figure": ("ledger",),
    "reference": ("org",),
}
_ONCE = {
    "target": "同一指标、机构、科室、年份只能有一个目标；年中调整的，另写 from 即生效日期",
    "column": "同一台账中只能有一列",
    "figure": "同一台账中一个数据项只能取一次",
    "reference": "同一参考数每个机构只能写一次",
}

_Any = TypeVar("_Any", covariant=True)


@dataclass(frozen=True, slots=True)
class DraftEntry(Generic[_Any]):
    """A noun and where it stands."""

    noun: _Any
    where: Where


@dataclass(slots=True)
class Draft:
    """
    Everything found so far.

    ``named`` holds every code that was written, also of tables with faults: a relation over a faulty measure is not a
    second fault.  ``complete`` is False when a file could not be read; then an unknown code may just stand in there.
    ``places`` says where a table stands that is in no file, by the file it would stand in, its noun and its position from 1.
    ``names`` are the codes that formulas may hold beside those of measures.  ``year`` is the one over which figures add up.
    """

    complete: bool
    year: ReportingYear
    built: dict[type, list[DraftEntry[Any]]] = field(default_factory=dict)
    places: Mapping[tuple[str, str, int], Where] = field(default_factory=dict)
    names: FormulaNames = field(default_factory=MeasuresOnly)
    named: dict[str, dict[str, Where]] = field(default_factory=lambda: {noun: {} for noun in CHINESE})

    def add(self, noun: str, model: type[Noun], file: str, position: int, table: Mapping[str, object], filled: Mapping[str, object]) -> list[str]:
        """Take one table in and return its faults."""
        stated: dict[str, object] = {**filled, **table}
        place = self.places.get((file, noun, position)) or where(file, noun, position, stated)
        entry: Noun | None
        faults: list[str]
        entry, faults = build(model, table, place, filled, self.names)
        if isinstance(code := stated.get(KEY.get(noun, "code")), str):
            key = " ".join([code, *(str(stated.get(field, "")) for field in _WITHIN.get(noun, ()))])
            first = self.named[noun].setdefault(key, place)
            if first is not place:
                return [*faults, place.says(f"与 {first} 重复，{_ONCE.get(noun, '同一代码只能用一次')}")]
        if entry is not None:
            self.built.setdefault(model, []).append(DraftEntry(entry, place))
        return faults

    def of(self, model: type[Noun]) -> list[DraftEntry[Noun]]:
        """The entries of one noun with their places, in the order of the files."""
        return list(self.built.get(model, ()))

    def entries(self, model: type[Noun]) -> list[Noun]:
        """The entries of one noun."""
        return [entry.noun for entry in self.of(model)]
