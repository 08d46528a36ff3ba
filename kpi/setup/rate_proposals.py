"""Rates as the sheets show them: each typed one with the parts that reproduce it, and those that only words suggest, as questions."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product

from kpi.catalog.measure import Better, MeasureKind
from kpi.setup.measure_proposals import RATIO, cells_of
from kpi.setup.measure_series import MeasureSeries
from kpi.setup.number_table import months_of_slots
from kpi.setup.proposal import Certainty, MeasureProposal, ProposalEvidence, RateParts, RateProposal
from kpi.setup.rate_choice import ChosenParts, choose
from kpi.setup.rate_search import ENOUGH_DIGITS, PossibleParts, RateSearch, TypedRate, typed_rate
from kpi.setup.rate_words import is_growth, names_rest, rate_stem
from kpi.workbook.naming import name_key, unit_key
from kpi.workbook.units import power_between

_PER = re.compile(r"(.+)/(.+)")
_SCALES = {"%": 100, "‰": 1000, RATIO: 1}
_WORSE = re.compile(r"不合格|隐患|问题|违法|违规|流失|漏损|辍学|逾期|退货|投诉率|举报率|差错|死亡|感染|发病|未")
_COINCIDENCES = 0.01  # denominators that would do by chance, at most, before figures alone prove one
_COINCIDENCES_OF_NAMED = 0.1  # where the words speak for them too
_COUNTED = (MeasureKind.FLOW, MeasureKind.STOCK)


@dataclass(frozen=True, slots=True)
class MeasuresOfBureau:
    """All proposed measures, and their series by code."""

    proposals: Sequence[MeasureProposal]
    series: Mapping[str, MeasureSeries]

    @property
    def names(self) -> dict[str, str]:
        return {code: series.name for code, series in self.series.items()}

    def counted(self, office: str | None) -> dict[str, MeasureSeries]:
        """The series that rates can be made of: those of one office, or of all."""
        return {measure.code: self.series[measure.code] for measure in self.proposals if measure.kind in _COUNTED and office in (None, measure.office)}


def propose_rates(measures: MeasuresOfBureau) -> tuple[RateProposal, ...]:
    """One proposal for each typed rate, in the order of the sheets."""
    return tuple(_proposal(measure, measures) for measure in measures.proposals if measure.kind is MeasureKind.RATE)


def _proposal(measure: MeasureProposal, measures: MeasuresOfBureau) -> RateProposal:
    series, names = measures.series[measure.code], measures.names
    rate = typed_rate(series)
    choices = _choices(measure, rate, measures, names)
    chosen = choices.parts
    scale = (chosen.scale if chosen else 0) or _SCALES.get(unit_key(measure.unit), 1)
    months, tried = len(months_of_slots(rate.slots)), chosen.slots if chosen else 0
    offered = tuple(_formulas(parts, parts.scale or scale) for parts in choices.choices)
    return RateProposal(
        f"rate/{measure.office}/{name_key(measure.name)}",
        _certainty(measure.name, chosen, names),
        (ProposalEvidence(_why(measure.name, choices, names, tried), cells_of(series), months if chosen else 0, months),),
        "" if chosen else f"「{measure.name}」的分子、分母是哪两个数？" + ("几种都算得出表上的数" if offered else "表上的数没有哪两个算得出"),
        measure.code,
        measure.name,
        measure.office,
        measure.unit,
        measure.decimals,
        Better.LOWER if _WORSE.search(rate_stem(measure.name)) else Better.HIGHER,
        _formulas(chosen, scale) if chosen else None,
        offered,
        True,
    )


def _certainty(name: str, chosen: PossibleParts | None, names: Mapping[str, str]) -> Certainty:
    """How sure parts are: proved where neither the digits of the rate nor the size of the denominator leave room for chance."""
    if chosen is None:
        return Certainty.ASKED
    most = _COINCIDENCES_OF_NAMED if names_rest(name, chosen, names) else _COINCIDENCES
    return Certainty.LIKELY if chosen.coincidences > most or chosen.digits < ENOUGH_DIGITS else Certainty.PROVED


def _choices(measure: MeasureProposal, rate: TypedRate, measures: MeasuresOfBureau, names: Mapping[str, str]) -> ChosenParts:
    """The parts of a rate among the measures of its office; of one per something, among those of the bureau."""
    growth = is_growth(measure.name)
    if measure.unit in _SCALES:
        return choose(measure.name, RateSearch(measures.counted(measure.office)).find(rate, _SCALES[measure.unit], growth=growth), names)
    return choose(measure.name, list(_per(measure, rate, measures)), names)


def _per(measure: MeasureProposal, rate: TypedRate, measures: MeasuresOfBureau) -> Iterator[PossibleParts]:
    """The parts of a rate per something, 件/万人: each counted in what its unit says."""
    match = _PER.fullmatch(measure.unit)
    if not match:
        return
    sizes: dict[int, tuple[dict[str, MeasureSeries], dict[str, MeasureSeries]]] = {}
    above = _powers(measures.counted(measure.office), match[1])
    below = _powers(measures.counted(None), match[2])
    for first, second in product(above, below):  # 执业医师 in 人 of 常住人口 in 人 is per 千人 when it is multiplied by 1,000
        if first - second >= 0:
            tops, bottoms = sizes.setdefault(first - second, ({}, {}))
            tops |= above[first]
            bottoms |= below[second]
    for power, (tops, bottoms) in sizes.items():
        for parts in RateSearch(tops | bottoms).find(rate, 10**power, growth=False):
            if parts.added[0] in tops and parts.below[0] in bottoms and not parts.taken_off and len(parts.codes) == 2:
                yield replace(parts, scale=10**power)


def _powers(counted: Mapping[str, MeasureSeries], unit: str) -> dict[int, dict[str, MeasureSeries]]:
    """The series counted in a unit or in one a power of ten away, by that power."""
    grouped: dict[int, dict[str, MeasureSeries]] = {}
    for code, series in counted.items():
        if (power := power_between(series.unit, unit)) is not None:
            grouped.setdefault(power, {})[code] = series
    return grouped


def _formulas(parts: PossibleParts, scale: int) -> RateParts:
    year = "@ly" if parts.last_year else ""
    above = " + ".join(parts.added) + "".join(f" - {code}{year}" for code in parts.taken_off)
    return RateParts(above, " + ".join(f"{code}{year}" for code in parts.below), scale)


def _why(name: str, choices: ChosenParts, names: Mapping[str, str], tried: int) -> str:
    """What a proposal of parts rests on, in a sentence."""
    parts = choices.parts
    if parts is None:
        return "没有哪一对数能说定" if choices.choices else "表上没有两个数算得出它"
    year = "（上年同期）" if parts.last_year else ""
    above = " + ".join(names[code] for code in parts.added) + "".join(f" - {names[code]}{year}" for code in parts.taken_off)
    below = " + ".join(names[code] for code in parts.below) + year
    words = "；另有别的数也算得出，按名称选定" if choices.by_words else ""
    return f"（{above}）÷（{below}）四舍五入后与表上的{name}在 {tried} 个数上都一样{words}"
