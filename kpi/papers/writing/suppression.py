"""
Complementary suppression (次级隐去): which figures have to go with those that are hidden, so that none of these can be reckoned back.

A reader knows every printed figure, the laws that figures obey, and that counts are whole and not negative.  Everything known is linear, a rounded
rate too: its numerator lies between two multiples of its denominator.  So the tables of figures that print all the same are those along which hidden
figures move without breaking one of the facts; such directions are found by elimination over fractions, and how far each goes by division.  A hidden
figure is safe where these tables leave it a wide enough range; what is not proved safe counts as open, and something more is hidden.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from kpi.papers.writing.figure_room import FigureRoom
from kpi.papers.writing.linear_facts import FactSign, FigureValues, LinearFact


@dataclass(frozen=True, slots=True)
class Suppression:
    """
    What is hidden.

    Attributes:
        hidden: The figures, those that were to be hidden among them.
        unprinted: The codes of facts that are not printed.
        still_open: The hidden figures that are told all the same, whatever is left out.

    """

    hidden: frozenset[str]
    unprinted: frozenset[str]
    still_open: frozenset[str] = frozenset()


@dataclass(frozen=True)
class FigureTable:
    """
    The figures of a paper with what a reader knows of them.

    Attributes:
        figures: Every figure by code, those to be hidden among them.
        facts: What a reader knows; each is true of the figures.
        steps: By how much a figure can differ at least, 1 where none is given.
        widths: How wide the range of a hidden figure must be left, one step where none is given.
        fixed: The codes of figures that are public already and cannot be hidden.
        auxiliary: The codes of figures that no paper prints: a reader has to compute them, and may unless they are to be hidden.

    """

    figures: FigureValues
    facts: Sequence[LinearFact]
    steps: FigureValues
    widths: FigureValues
    fixed: frozenset[str] = frozenset()
    auxiliary: frozenset[str] = frozenset()


def suppress(table: FigureTable, wanted: Collection[str]) -> Suppression:
    """
    What has to be hidden so that no hidden figure can be reckoned back; ``wanted`` are the codes of those that are to be hidden.

    The figures are looked at one after the other: what is safe stays safe, whatever more is hidden.
    """
    hidden, facts, always = set(wanted), list(table.facts), set[str]()
    waiting = sorted(wanted)
    while waiting:
        code = waiting[0]
        [(order, linked)] = _components(facts, hidden | table.auxiliary, [code])
        room = _room(table, order, linked)
        if _is_safe(table, room, code):
            own = set(order)
            waiting = [each for each in waiting[1:] if each not in own or not _is_safe(table, room, each)]
            continue
        rate = next((fact.printed for fact in linked if fact.rate), "")
        partners = {each for fact in linked for each in fact.coefficients} - hidden - table.fixed - table.auxiliary
        unprinted = rate or ("" if partners else next((fact.printed for fact in linked if fact.printed), ""))
        if unprinted:
            facts = [fact for fact in facts if fact.printed != unprinted]
        elif partners:
            partner = min(partners, key=lambda each: (table.figures[each] == 0, table.figures[each], each))
            hidden.add(partner)
            waiting.append(partner)
        else:  # nothing that is printed tells it, what the reader knows anyhow does
            always.add(code)
            waiting.pop(0)
    left = {fact.printed for fact in facts}
    return Suppression(frozenset(hidden), frozenset(fact.printed for fact in table.facts) - left, frozenset(always))


def unsafe(table: FigureTable, hidden: Collection[str]) -> frozenset[str]:
    """The hidden figures for which no wide enough range of numbers was found that print all the same."""
    narrow = set[str]()
    for order, known in _components(table.facts, {*hidden, *table.auxiliary}, sorted(hidden)):
        room = _room(table, order, known)
        narrow |= {code for code in order if code in hidden and not _is_safe(table, room, code)}
    return frozenset(narrow)


def _components(facts: Sequence[LinearFact], unknown: Collection[str], starts: Sequence[str]) -> Iterator[tuple[list[str], list[LinearFact]]]:
    """The unknown figures that hang together with each of some, through facts; and these facts, the nearest first."""
    about: dict[str, list[int]] = {code: [] for code in unknown}
    for number, fact in enumerate(facts):
        for code in fact.coefficients:
            if code in about:
                about[code].append(number)
    done = set[str]()
    for start in starts:
        if start in done:
            continue
        codes, linked = [start], dict[int, None]()
        for code in codes:  # it grows meanwhile
            for number in about[code]:
                if number not in linked:
                    linked[number] = None
                    codes += [other for other in facts[number].coefficients if other in about and other not in codes]
        done.update(codes)
        yield sorted(codes), [facts[number] for number in linked]


def _room(table: FigureTable, order: Sequence[str], known: Sequence[LinearFact]) -> FigureRoom:
    """How far the figures of a component can move."""
    signed = [LinearFact({code: Fraction(1)}, FactSign.NOT_NEGATIVE) for code in order if table.figures[code] >= 0]
    return FigureRoom(table.figures, table.steps, order, [*known, *signed])


def _is_safe(table: FigureTable, room: FigureRoom, code: str) -> bool:
    """Whether a hidden figure has a range that is wide enough."""
    return room.is_wide(code, max(table.steps.get(code, Fraction(1)), table.widths.get(code, Fraction(0))))
