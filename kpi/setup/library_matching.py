"""
Which measure or rate of the library a proposal is, by its name and unit and by the words around it; and formulas of the library in proposed measures.

What may be two things is none: a wrong match would be a wrong formula.
"""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Generic, TypeVar

from kpi.catalog.formula import Linear, parse_linear
from kpi.catalog.measure import CROSS, MeasureKind
from kpi.setup.library_model import IndicatorLibrary, LibraryEntry, LibraryMeasure
from kpi.setup.library_names import library_key
from kpi.setup.proposal import MeasureProposal, RateParts, RateProposal
from kpi.workbook.naming import name_key, unit_key
from kpi.workbook.units import power_between

_Named = TypeVar("_Named", LibraryMeasure, LibraryEntry)


class LibraryMatching:
    """The library beside the proposed measures of a bureau."""

    def __init__(self, library: IndicatorLibrary, measures: Sequence[MeasureProposal], offices: Mapping[str, str]) -> None:
        """
        Match the measures.

        Args:
            library: The library.
            measures: The proposed measures.
            offices: The names of the offices by code.

        """
        self.library = library
        self._offices = offices
        self._proposals = {measure.code: measure for measure in measures}
        self._measure_names = _NameTable(library.measures)
        self._rate_names = _NameTable({code: entry for code, entry in library.entries.items() if entry.denominator})
        matches = ((measure, self._match(measure)) for measure in measures if measure.kind is not MeasureKind.RATE)
        alike: dict[tuple[str, str], list[MeasureProposal]] = {}  # by measure of the library and office
        for measure, match in matches:
            if match:
                alike.setdefault((match.code, measure.office), []).append(measure)
        self._known: dict[str, LibraryMeasure] = {}
        self._places: dict[str, dict[str, MeasureProposal]] = {}  # by measure of the library and office
        for (code, office), own in alike.items():
            plain = own if len(own) == 1 else [proposal for proposal in own if "(" not in name_key(proposal.name)]
            if len(plain) == 1:  # of 登记时间 and 登记时间（压缩前） the first
                self._known[plain[0].code] = library.measures[code]
                self._places.setdefault(code, {})[office] = plain[0]

    def measure(self, proposal: MeasureProposal) -> LibraryMeasure | None:
        """The measure of the library that a proposed one is; None where it is none, or may be several."""
        return self._known.get(proposal.code)

    def rate(self, proposal: RateProposal) -> LibraryEntry | None:
        """The rate of the library that a proposed one is."""
        around = [self._offices.get(proposal.office, "")]
        names = [proposal.name]
        if own := self._proposals.get(proposal.code):
            around.append(own.topic)
            names += [*own.aliases, f"{own.topic}{own.name}"]
        return next((entry for entry in self._rate_names.find(names, around) if unit_key(entry.unit) == unit_key(proposal.unit)), None)

    def office(self, entry: LibraryEntry) -> tuple[str, ...]:
        """The offices that have the first measure of the numerator of an entry."""
        return tuple(self._places.get(entry.numerator.codes[0], ()))

    def parts(self, entry: LibraryEntry, office: str) -> RateParts | None:
        """The parts of an entry in the measures of a bureau, those of an office before those of others; None where one is lacking or may be several."""
        return None if entry.denominator is None else self._parts(entry, entry.denominator, office)

    def other_parts(self, entry: LibraryEntry, office: str) -> tuple[RateParts, ...]:
        """The parts with each of the other denominators that bureaus use, as far as they are there."""
        return tuple(parts for below in entry.other_denominators if (parts := self._parts(entry, below, office)))

    def _parts(self, entry: LibraryEntry, denominator: Linear, office: str) -> RateParts | None:
        above, below = self._translated(entry.numerator, office), self._translated(denominator, office)
        if above is None or below is None or (entry.scale > 1 and len({unit_key(unit) for unit in self._units(above, below)} - {""}) > 1):
            return None
        return RateParts(above, below, entry.scale)

    def _units(self, *formulas: str) -> Iterator[str]:
        for formula in formulas:
            yield from (self._proposals[code].unit for code in parse_linear(formula).codes)

    def _translated(self, formula: Linear, office: str) -> str | None:
        """A formula over the measures of the bureau, each in its own unit."""
        words: list[str] = []
        for term in formula.terms:
            proposal = self._only(term.measure, office)
            if proposal is None:
                return None
            power = _power(proposal.unit, self.library.measures[term.measure])
            coefficient = term.coefficient.scaleb(power or 0)
            words.append("-" if coefficient < 0 else "+")
            words += [] if abs(coefficient) == 1 else [f"{abs(coefficient).normalize():f}", "*"]
            words.append(f"{proposal.code}{'@ly' * term.years_back}")
        return " ".join(words[1:] if words[0] == "+" else words)

    def _only(self, code: str, office: str) -> MeasureProposal | None:
        """The one proposal of an office, else of all others, that is a measure of the library."""
        places = self._places.get(code, {})
        return places.get(office) or (next(iter(places.values())) if len(places) == 1 else None)

    def _match(self, proposal: MeasureProposal) -> LibraryMeasure | None:
        around = [self._offices.get(proposal.office, ""), proposal.topic]
        plain = [alias for alias in proposal.aliases if CROSS not in alias]
        names = [proposal.name, *plain, f"{proposal.topic}{proposal.name}"]
        return next((measure for measure in self._measure_names.find(names, around) if _power(proposal.unit, measure) is not None), None)


class _NameTable(Generic[_Named]):
    """The names of things of the library by key."""

    def __init__(self, things: Mapping[str, _Named]) -> None:
        self._full: dict[str, _Named] = {library_key(name): thing for thing in things.values() for name in thing.names}
        self._short: dict[str, list[_Named]] = {}
        for thing in things.values():
            for name in thing.short_names:
                self._short.setdefault(library_key(name), []).append(thing)

    def find(self, names: Sequence[str], around: Sequence[str]) -> Iterator[_Named]:
        """What is called by any of some names; by a short name only where the words around it leave one thing."""
        for name in names:
            key = library_key(name)
            if thing := self._full.get(key):
                yield thing
            text = "".join((*around, name))
            meant = [thing for thing in self._short.get(key, ()) if any(word in text for word in thing.context)]
            if len(meant) == 1:
                yield meant[0]


def _power(unit: str, measure: LibraryMeasure) -> int | None:
    """The power of ten from a unit to that of a measure of the library, 0 where no unit is known; None where they are of two things."""
    if not unit:
        return 0
    powers = (power_between(unit, own) for own in (measure.unit, *measure.other_units))
    return next((power for power in powers if power is not None), None)


def same_parts(first: RateParts, second: RateParts) -> bool:
    """Whether two pairs of parts are one, in whatever order their terms stand."""
    return first.scale == second.scale and all(
        _terms(one_side) == _terms(other) for one_side, other in ((first.numerator, second.numerator), (first.denominator, second.denominator))
    )


def _terms(formula: str) -> dict[tuple[str, int], Decimal]:
    return {(term.measure, term.years_back): term.coefficient for term in parse_linear(formula).terms}
