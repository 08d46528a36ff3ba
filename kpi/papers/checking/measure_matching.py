"""
Which measure of the catalogue a figure of a text is.

A name is looked for in the words round a figure: those of its own clause count most, then what its sentence said before, then the sentences
before that in the paragraph.  Likeness of letters does not decide: words that turn a meaning (不合格, 逾期, 注销) must be the same on both sides,
and so must the unit.  Of two measures that fit alike well none is taken, and a measure is taken once.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from kpi.catalog.model import Catalog
from kpi.papers.document import Document
from kpi.papers.figures.text_figure import TextFigure
from kpi.workbook.forms.opposite_words import OVERTURNING, turns
from kpi.workbook.naming import name_key, unit_key
from kpi.workbook.units import power_between

_COUNTED = re.compile(
    r"(?:总)?(?:户次|家次|人次|批次|条次|户数|家数|件数|次数|人数|张数|份数|条数|个数|项数|台数|起数|例数|种数|套数|数量|总数|金额|数)$|(?:总件|总户)$"
)
_OWN, _SENTENCE, _PARAGRAPH, _ABSENT = 1.0, 0.7, 0.5, -0.3
_TOPIC, _SENTENCES = 30, 6  # signs of a sentence that opens a matter, and how many sentences back it is looked for
_LEAST = 0.6  # of the letters of a name, weighed by where they stand
_LEAST_OWN = 0.2
_NEAR_WORDS = 0.2  # of two names that stand there whole, the one that takes more of the clause
_MARGIN = 0.04
_BESIDE, _NEIGHBOURS = 0.1, 4  # for each side whose nearest known figure, so many figures away at most, is of the same office
_RUN = 2  # letters that must stand together to count


@dataclass(frozen=True, slots=True)
class Match:
    """A figure and the measure that it is, by their index and code, and how much of the name stands round the figure."""

    figure: int
    measure: str
    score: float


class MeasureNames:
    """The names of the measures of a catalogue, and of the indicators that are none, ready to be looked for."""

    def __init__(self, catalog: Catalog) -> None:
        measures = [_named(each.code, (each.name, *each.aliases), each.unit, each.office) for each in catalog.measures.values()]
        others = [_named(each.code, (each.name,), each.unit, each.office) for each in catalog.indicators.values() if each.code not in catalog.measures]
        self._measures = [*measures, *others]

    @cached_property
    def offices(self) -> dict[str, str]:
        """The office of each measure."""
        return {named.code: named.office for named in self._measures}

    @cached_property
    def by_unit(self) -> dict[str, list["_Named"]]:
        """The measures by the key of their unit."""
        units: dict[str, list[_Named]] = {}
        for named in self._measures:
            units.setdefault(unit_key(named.unit), []).append(named)
        return units

    def of_unit(self, unit: str) -> list["_Named"]:
        """The measures that are counted in a unit, or in one that differs by a power of ten."""
        own = self.by_unit.get(unit_key(unit), [])
        return own or [named for key, each in self.by_unit.items() if unit and power_between(unit, key) is not None for named in each]


@dataclass(frozen=True, slots=True)
class _Named:
    code: str
    names: tuple[str, ...]
    unit: str
    office: str


def _named(code: str, names: Sequence[str], unit: str, office: str) -> _Named:
    return _Named(code, tuple(dict.fromkeys(map(_core, names))), unit, office)


def match_measures(document: Document, figures: Sequence[TextFigure], names: MeasureNames) -> tuple[Match, ...]:
    """
    The figures of a document that are figures of measures, each measure once, in the order of the figures.

    It is gone over twice: a matter is written of in one go, so that of two names that fit the one counts more whose office the figures beside it are of.
    """
    scored = [_scored(names, *_words(document, figure), figure.unit) for figure in figures]
    matches = _chosen(scored)
    offices = {match.figure: names.offices[match.measure] for match in matches}
    for index, figure in enumerate(figures):
        beside = _beside(index, figure, figures, offices)
        scored[index] = [(score + _BESIDE * beside.count(names.offices[code]), code) for score, code in scored[index] if score > 0]
    return _chosen(scored)


def _scored(names: MeasureNames, own: str, sentence: str, paragraph: str, unit: str) -> list[tuple[float, str]]:
    return [(_best(named, own, sentence, paragraph), named.code) for named in names.of_unit(unit)]


def _chosen(scored: Sequence[Sequence[tuple[float, str]]]) -> tuple[Match, ...]:
    """
    Of each figure the measure that fits best, where no other fits as well; of each measure the figure that it fits best.

    What is taken is no choice for the other figures any more, so that one that stood between two may be clear then.
    """
    taken: dict[str, Match] = {}
    figures: set[int] = set()
    while True:
        candidates = [match for index, each in enumerate(scored) if index not in figures and (match := _clearly_best(index, each, taken))]
        if not candidates:
            return tuple(sorted(taken.values(), key=lambda each: each.figure))
        for match in sorted(candidates, key=lambda each: (-each.score, each.figure)):
            if match.measure not in taken:
                taken[match.measure] = match
                figures.add(match.figure)


def _clearly_best(index: int, scored: Sequence[tuple[float, str]], taken: Mapping[str, Match]) -> Match | None:
    """The measure that fits a figure best of those that are not taken; None where another one fits about as well."""
    ordered = sorted(((score, code) for score, code in scored if code not in taken), reverse=True)
    clear = ordered and ordered[0][0] >= _LEAST and (len(ordered) == 1 or ordered[0][0] - ordered[1][0] >= _MARGIN)
    return Match(index, ordered[0][1], ordered[0][0]) if clear else None


def _beside(index: int, figure: TextFigure, figures: Sequence[TextFigure], offices: Mapping[int, str]) -> list[str]:
    """The offices of the nearest figures of the passage before and behind one that are known."""
    nearest: list[str] = []
    for places in (range(index - 1, index - 1 - _NEIGHBOURS, -1), range(index + 1, index + 1 + _NEIGHBOURS)):
        near = (offices[place] for place in places if place in offices and figures[place].passage == figure.passage)
        nearest.extend([office for office in [next(near, None)] if office])
    return nearest


def _words(document: Document, figure: TextFigure) -> tuple[str, str, str]:
    """The words of the clause, of the sentence before it and of what the paragraph has said since it opened its matter, as keys."""
    text = document.passages[figure.passage].text[: figure.start]
    begin = text.rfind("。") + 1
    before: list[str] = []
    for sentence in reversed([each for each in text[:begin].split("。") if each]):
        before.append(sentence)
        if not re.search(r"\d", sentence) and len(sentence) <= _TOPIC:
            break
    return name_key(figure.before + figure.after), name_key(figure.subject), name_key(re.sub(r"\d", "", "。".join(reversed(before[:_SENTENCES]))))


def _best(named: _Named, own: str, sentence: str, paragraph: str) -> float:
    return max((_score(name, own, sentence, paragraph) for name in named.names), default=0.0)


def _score(name: str, own: str, sentence: str, paragraph: str) -> float:
    """How much of a name stands round a figure, from 0 to 1; 0 where a word turns one of them only."""
    of_name, of_clause = turns(name), turns(own)
    overturned = {turn for turn in of_name ^ of_clause if turn[0] in OVERTURNING}
    if overturned or of_clause - of_name or of_name - turns(own + sentence):
        return 0.0
    weights = [_ABSENT] * len(name)
    for words, weight in ((paragraph, _PARAGRAPH), (sentence, _SENTENCE), (own, _OWN)):
        for start, stop in _runs(name, words):
            weights[start:stop] = [max(weight, former) for former in weights[start:stop]]
    near = sum(1 for weight in weights if weight == _OWN)
    if near < max(1, _LEAST_OWN * len(name)):
        return 0.0
    return sum(weights) / len(weights) + _NEAR_WORDS * near / max(len(own), 1)


def _runs(name: str, words: str) -> list[tuple[int, int]]:
    """The runs of letters of a name that stand in words."""
    runs: list[tuple[int, int]] = []
    start = 0
    while start < len(name):
        stop = start
        while stop < len(name) and name[start : stop + 1] in words:
            stop += 1
        if stop - start >= min(_RUN, len(name)):
            runs.append((start, stop))
            start = stop
        else:
            start += 1
    return runs


def _core(name: str) -> str:
    """A name as it is looked for, without the word that only says that it is a count."""
    key = name_key(re.sub(r"[(（](?:已|含|口径)?[^()（）]*[)）]$", "", name))
    return _COUNTED.sub("", key) or key
