"""
Which measure of the catalogue a figure of a text is.

A name is looked for in the words round a figure: those of its own clause count most, then what its sentence said before, then the sentences
before that in the paragraph.  Likeness of letters does not decide: words that turn a meaning (不合格, 逾期, 注销) must be the same on both sides,
and so must the unit.  Of two measures that fit alike well none is taken.  A measure is taken once, and again only where its name is stated anew;
its growth and its figure of last year follow it (`figure_faces`).
"""

import re
from collections.abc import Collection, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from kpi.catalog.model import Catalog
from kpi.papers.checking.figure_faces import FigureFace, compared_words, face_of, is_no_result, is_of_named_month, is_planned, passages_of_next_time
from kpi.papers.checking.name_likeness import MeasureName, NameIndex, Surroundings, measure_names
from kpi.papers.checking.paper_span import paper_span
from kpi.papers.figures.text_figure import TextFigure
from kpi.papers.paper import Paper
from kpi.workbook.forms.opposite_words import turns
from kpi.workbook.naming import name_key, unit_key
from kpi.workbook.units import power_between

_TOPIC, _SENTENCES = 30, 6  # signs of a sentence that opens a matter, and how many sentences back it is looked for
_LEAST = 0.6  # of the letters of a name, weighed by where they stand
_LEAST_AGAIN = 0.85  # of a measure that another figure is already
_LEAST_BARE = 1.2  # of a number without a unit: the whole name, of four letters or more
_AMONG = re.compile(r"(?:中|里)(?![国央小心介])")  # 1818家中已评定1800家: the words between are those of the second
_PLAN = re.compile(r"计划|任务|目标")
_MARGIN = 0.04
_MOST_YIELDED = 0.2  # so much less may a measure fit than one that another figure is
_BESIDE, _NEIGHBOURS = 0.1, 4  # for each side whose nearest known figure, so many figures away at most, is of the same office
_YEAR_ON_YEAR, _YEAR_ON_YEAR_TURN = "同比", "year on year"  # however a clause says it


@dataclass(frozen=True, slots=True)
class MeasureMatch:
    """
    A figure that is one of a measure.

    Attributes:
        figure: Its index.
        measure: The code of the measure.
        score: How much of the name stands round the figure, more than 1 where its neighbours are of the same office.
        face: Which face of the measure it is.
        of_named_month: Whether it may as well be the figure of that month alone: 11月份，受理860件.

    """

    figure: int
    measure: str
    score: float
    face: FigureFace = FigureFace.SO_FAR
    of_named_month: bool = False


class MeasureNames:
    """The names of the measures of a catalogue, and of the indicators that are none, ready to be looked for."""

    def __init__(self, catalog: Catalog) -> None:
        measures = [(each.code, (each.name, *each.aliases), each.unit, each.office) for each in catalog.measures.values()]
        others = [(each.code, (each.name,), each.unit, each.office) for each in catalog.indicators.values() if each.code not in catalog.measures]
        self.offices: dict[str, str] = {}  # of each measure
        self._names = {code: names[0] for code, names, _, _ in (*measures, *others)}
        by_unit: dict[str, list[MeasureName]] = {}
        for code, names, unit, office in (*measures, *others):
            self.offices[code] = office
            by_unit.setdefault(unit_key(unit), []).extend(measure_names(code, names))
        self._by_unit = by_unit
        self._indexes: dict[str, NameIndex] = {}

    def scores(self, unit: str, words: Surroundings, *, planned: bool = False) -> list[tuple[float, str]]:
        """How well the measures of a unit fit some words; of what is planned those that count plans, and of a number without a unit those named whole."""
        scored = self._of_unit(unit).likeness(words)
        if planned:
            scored = [(score, code) for score, code in scored if _PLAN.search(self._names[code])]
        return scored if unit else [(score, code) for score, code in scored if score >= _LEAST_BARE]

    def _of_unit(self, unit: str) -> NameIndex:
        """The names of measures that are counted in a unit, or in one that differs by a power of ten; of none given all."""
        key = unit_key(unit)
        if key not in self._indexes:
            alike = [key] if key in self._by_unit else [each for each in self._by_unit if not unit or power_between(unit, each) is not None]
            self._indexes[key] = NameIndex(name for each in alike for name in self._by_unit[each])
        return self._indexes[key]


@lru_cache(maxsize=16)
def names_of(catalog: Catalog) -> MeasureNames:
    """The names of a catalogue, made once for as long as it is in force."""
    return MeasureNames(catalog)


def match_measures(document: Paper, figures: Sequence[TextFigure], names: MeasureNames, others: Collection[int] = ()) -> tuple[MeasureMatch, ...]:
    """
    The figures of a document that are figures of measures, in the order of the figures; those of ``others``, by index, are none.

    It is gone over twice: a matter is written of in one go, so that of two names that fit the one counts more whose office the figures beside it are of.
    """
    words = [_words(document, figure) for figure in figures]
    span, next_time = paper_span(document), passages_of_next_time(document)
    faces = [face_of(document, figure, span) for figure in figures]
    scored = [
        []
        if index in others or figure.passage in next_time or compared_words(figure) is FigureFace.GROWTH or is_no_result(document, figure)
        else names.scores(figure.unit, words[index], planned=is_planned(document, figure))
        for index, figure in enumerate(figures)
    ]
    matches = _chosen(scored, faces)
    offices = {match.figure: names.offices[match.measure] for match in matches}
    for index, figure in enumerate(figures):
        beside = _beside(index, figure, figures, offices)
        scored[index] = [(score + _BESIDE * beside.count(names.offices[code]), code) for score, code in scored[index]]
    matches = _chosen(scored, faces)
    matches += _stated_again(scored, faces, {match.figure for match in matches})
    every = sorted([*matches, *_of_last_year(document, figures, matches, others)], key=lambda match: match.figure)
    return tuple(replace(match, of_named_month=is_of_named_month(document, figures[match.figure])) for match in every)


def _stated_again(scored: Sequence[Sequence[tuple[float, str]]], faces: Sequence[FigureFace], known: set[int]) -> tuple[MeasureMatch, ...]:
    """The figures that state once more what another one states, by a name that stands there nearly whole."""
    again = (_clearly_best(index, each, ()) for index, each in enumerate(scored) if index not in known)
    return tuple(replace(match, face=faces[match.figure]) for match in again if match is not None and match.score >= _LEAST_AGAIN)


def _of_last_year(document: Paper, figures: Sequence[TextFigure], matches: Sequence[MeasureMatch], others: Collection[int]) -> Iterator[MeasureMatch]:
    """The growths and the figures of last year that say no more than that: they are of the figure before them in their sentence."""
    known = {match.figure: match for match in matches}
    for index, figure in enumerate(figures):
        face = None if index in known or index in others else compared_words(figure)
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


def _words(document: Paper, figure: TextFigure) -> Surroundings:
    """The words of the clause, of the sentence before it and of what the paragraph has said since it opened its matter, as keys."""
    text = document.passages[figure.passage].text[: figure.start]
    begin = text.rfind("。") + 1
    before: list[str] = []
    for sentence in reversed([each for each in text[:begin].split("。") if each]):
        before.append(sentence)
        if not re.search(r"\d", sentence) and len(sentence) <= _TOPIC:
            break
    own = name_key(figure.before + ("" if _AMONG.match(figure.after) else figure.after))
    anew = _YEAR_ON_YEAR if any(turn[0] == _YEAR_ON_YEAR_TURN for turn in turns(own)) else ""
    return Surroundings(own + anew, name_key(figure.subject), name_key(re.sub(r"\d", "", "。".join(reversed(before[:_SENTENCES])))))
