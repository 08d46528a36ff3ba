"""
Which measure of the catalogue a figure of a text is.

A name is looked for in the words round a figure: those of its own clause count most, then what its sentence said before, then the sentences
before that in the paragraph.  Likeness of letters does not decide: words that turn a meaning (不合格, 逾期, 注销) must be the same on both sides,
and so must the unit.  Of two measures that fit alike well none is taken.  A measure is taken once, and again only where its name is stated anew;
its growth and its figure of last year follow it (`figure_faces`).
"""

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from kpi.catalog.model import Catalog
from kpi.papers.checking.figure_faces import FigureFace, compared_words, is_monthly
from kpi.papers.figures.text_figure import TextFigure
from kpi.papers.paper import Paper
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
_MOST_ABSENT = 0.25  # of the letters of a name, from which on it is another one: 食品抽检不合格 is not meant where nobody speaks of 食品
_LEAST_AGAIN = 0.85  # of a measure that another figure is already
_NEAR_WORDS = 0.2  # of two names that stand there in part, the one that takes more of the clause
_WHOLE_LETTER = 0.05  # of two that stand there whole, the longer one
_MARGIN = 0.04
_MOST_YIELDED = 0.2  # so much less may a measure fit than one that another figure is
_BESIDE, _NEIGHBOURS = 0.1, 4  # for each side whose nearest known figure, so many figures away at most, is of the same office
_EACH = re.compile(r"每(?=[十百千万亿])|(?<=[人户日次])均|平均")  # of a mean both sides speak
_CHANGES = ("转",)  # 个体工商户转企业 counts no 个体工商户
_YEAR_ON_YEAR, _YEAR_ON_YEAR_TURN = "同比", "year on year"  # however a clause says it
_RUN = 2  # letters that must stand together to count


@dataclass(frozen=True, slots=True)
class MeasureMatch:
    """A figure and the measure that it is, by their index and code, how much of the name stands round the figure, and which face of the measure it is."""

    figure: int
    measure: str
    score: float
    face: FigureFace = FigureFace.SO_FAR


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
    names: tuple[tuple[str, frozenset[str]], ...]  # each with its runs of the least length
    unit: str
    office: str


def _named(code: str, names: Sequence[str], unit: str, office: str) -> _Named:
    return _Named(code, tuple((core, _pairs(core)) for core in dict.fromkeys(map(_core, names))), unit, office)


def _pairs(words: str) -> frozenset[str]:
    """All that stands together in words as a run of the least length."""
    return frozenset(words[start : start + _RUN] for start in range(max(1, len(words) - _RUN + 1)))


def match_measures(document: Paper, figures: Sequence[TextFigure], names: MeasureNames) -> tuple[MeasureMatch, ...]:
    """
    The figures of a document that are figures of measures, in the order of the figures.

    It is gone over twice: a matter is written of in one go, so that of two names that fit the one counts more whose office the figures beside it are of.
    """
    words = [_words(document, figure) for figure in figures]
    faces = [FigureFace.MONTH if is_monthly(document, figure) else FigureFace.SO_FAR for figure in figures]
    scored = [_scored(names.of_unit(figure.unit), *words[index]) for index, figure in enumerate(figures)]
    matches = _chosen(scored, faces)
    offices = {match.figure: names.offices[match.measure] for match in matches}
    for index, figure in enumerate(figures):
        beside = _beside(index, figure, figures, offices)
        scored[index] = [(score + _BESIDE * beside.count(names.offices[code]), code) for score, code in scored[index]]
    matches = _chosen(scored, faces)
    matches += _stated_again(scored, faces, {match.figure for match in matches})
    return tuple(sorted([*matches, *_of_last_year(document, figures, matches)], key=lambda match: match.figure))


def _stated_again(scored: Sequence[Sequence[tuple[float, str]]], faces: Sequence[FigureFace], known: set[int]) -> tuple[MeasureMatch, ...]:
    """The figures that state once more what another one states, by a name that stands there nearly whole."""
    again = (_clearly_best(index, each, ()) for index, each in enumerate(scored) if index not in known)
    return tuple(replace(match, face=faces[match.figure]) for match in again if match is not None and match.score >= _LEAST_AGAIN)


def _of_last_year(document: Paper, figures: Sequence[TextFigure], matches: Sequence[MeasureMatch]) -> Iterator[MeasureMatch]:
    """The growths and the figures of last year that say no more than that: they are of the figure before them in their sentence."""
    known = {match.figure: match for match in matches}
    for index, figure in enumerate(figures):
        face = compared_words(figure) if index not in known else None
        if face is None:
            continue
        for former in range(index - 1, -1, -1):
            between = document.passages[figure.passage].text[figures[former].end : figure.start]
            if figures[former].passage != figure.passage or "。" in between:
                break
            if former in known:
                if face is FigureFace.GROWTH or unit_key(figure.unit) in ("", unit_key(figures[former].unit)):
                    yield MeasureMatch(index, known[former].measure, known[former].score, known[former].face.of(face))
                break
            if compared_words(figures[former]) is None:
                break  # of a figure that nobody knows


def _scored(listed: Sequence[_Named], own: str, sentence: str, paragraph: str) -> list[tuple[float, str]]:
    pairs = _pairs(own)
    scores = ((_best(named, own, pairs, sentence, paragraph), named.code) for named in listed)
    return [(score, code) for score, code in scores if score > 0]


def _chosen(scored: Sequence[Sequence[tuple[float, str]]], faces: Sequence[FigureFace]) -> tuple[MeasureMatch, ...]:
    """
    Of each figure the measure that fits best, where no other fits as well; of each measure and face the figure that it fits best.

    What is taken is no choice for the other figures any more, so that one that stood between two may be clear then.
    """
    taken: dict[FigureFace, dict[str, MeasureMatch]] = {face: {} for face in FigureFace}
    figures: set[int] = set()
    while True:
        candidates = [match for index, each in enumerate(scored) if index not in figures and (match := _clearly_best(index, each, taken[faces[index]]))]
        if not candidates:
            return tuple(match for each in taken.values() for match in each.values())
        for match in sorted(candidates, key=lambda each: (-each.score, each.figure)):
            face = faces[match.figure]
            if match.measure not in taken[face]:
                taken[face][match.measure] = replace(match, face=face)
                figures.add(match.figure)


def _clearly_best(index: int, scored: Sequence[tuple[float, str]], taken: Container[str]) -> MeasureMatch | None:
    """
    The measure that fits a figure best of those that are not taken.

    None where another one fits about as well, or where one that is taken fits so much better that the figure states that once more.
    """
    ordered = sorted(((score, code) for score, code in scored if code not in taken), reverse=True)
    if not ordered or ordered[0][0] < _LEAST or max(scored)[0] - ordered[0][0] >= _MOST_YIELDED:
        return None
    clear = len(ordered) == 1 or ordered[0][0] - ordered[1][0] >= _MARGIN
    return MeasureMatch(index, ordered[0][1], ordered[0][0]) if clear else None


def _beside(index: int, figure: TextFigure, figures: Sequence[TextFigure], offices: Mapping[int, str]) -> list[str]:
    """The offices of the nearest figures of the passage before and behind one that are known."""
    nearest: list[str] = []
    for places in (range(index - 1, index - 1 - _NEIGHBOURS, -1), range(index + 1, index + 1 + _NEIGHBOURS)):
        near = (offices[place] for place in places if place in offices and figures[place].passage == figure.passage)
        nearest.extend([office for office in [next(near, None)] if office])
    return nearest


def _words(document: Paper, figure: TextFigure) -> tuple[str, str, str]:
    """The words of the clause, of the sentence before it and of what the paragraph has said since it opened its matter, as keys."""
    text = document.passages[figure.passage].text[: figure.start]
    begin = text.rfind("。") + 1
    before: list[str] = []
    for sentence in reversed([each for each in text[:begin].split("。") if each]):
        before.append(sentence)
        if not re.search(r"\d", sentence) and len(sentence) <= _TOPIC:
            break
    own = name_key(figure.before + figure.after)
    anew = _YEAR_ON_YEAR if any(turn[0] == _YEAR_ON_YEAR_TURN for turn in turns(own)) else ""
    return own + anew, name_key(figure.subject), name_key(re.sub(r"\d", "", "。".join(reversed(before[:_SENTENCES]))))


def _best(named: _Named, own: str, pairs: frozenset[str], sentence: str, paragraph: str) -> float:
    """How well the name of a measure fits that fits best; one of which no two letters stand in the clause does not."""
    near = (name for name, of_name in named.names if not pairs.isdisjoint(of_name) or (len(name) < _RUN and name in own))
    return max((_score(name, own, sentence, paragraph) for name in near), default=0.0)


def _score(name: str, own: str, sentence: str, paragraph: str) -> float:
    """How much of a name stands round a figure, from 0 to 1; 0 where a word turns one of them only."""
    of_name, of_clause = turns(name), turns(own)
    overturned = {turn for turn in of_name ^ of_clause if turn[0] in OVERTURNING}
    if overturned or of_clause - of_name or of_name - turns(own + sentence):
        return 0.0
    if set(_EACH.findall(name)) != set(_EACH.findall(own)) or any(word in name and word not in own + sentence for word in _CHANGES):
        return 0.0
    weights = [_ABSENT] * len(name)
    for words, weight in ((paragraph, _PARAGRAPH), (sentence, _SENTENCE), (own, _OWN)):
        for start, stop in _runs(name, words):
            weights[start:stop] = [max(weight, former) for former in weights[start:stop]]
    near = weights.count(_OWN)
    absent = weights.count(_ABSENT) >= _MOST_ABSENT * len(name) or set(weights[:_RUN]) == {_ABSENT}
    if absent or near < max(1, _LEAST_OWN * len(name)):
        return 0.0
    whole = _WHOLE_LETTER * near if near == len(name) else 0.0
    return sum(weights) / len(weights) + max(whole, _NEAR_WORDS * near / max(len(own), 1))


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
