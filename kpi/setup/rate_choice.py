"""Which of the parts that reproduce a rate it has: those that nothing else can be, or that the words choose clearly; else it is asked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kpi.setup.rate_search import ENOUGH_DIGITS, NumberRow, PossibleParts
from kpi.setup.rate_words import akin, likeness

_DIGITS_OF_SUM = 7  # where sums of several are among what was tried
_DIGITS_ALONE = 12  # that need no words: a sum that reproduces so many is no chance
_LIKE = 0.45  # words that speak for parts
_HINTED = 0.2  # words that do not speak against the only parts there are
_MARGIN = 0.15  # by which words must be clearer than those of the next parts
_SAME = 1.0  # words that leave no doubt, where the figures are too few or too small
_APART = 0.3
_PLAIN = 0.55  # words that name both parts, where the figures tell nothing apart
_TWICE = 2  # slots in which they must hold even then
_OFFERED = 6


@dataclass(frozen=True, slots=True)
class ChosenParts:
    """The parts of a rate, None where it is asked; and what they may be, the likeliest first."""

    parts: PossibleParts | None
    choices: tuple[PossibleParts, ...]
    by_words: bool = False  # the figures admit them, and it is the words that choose


def choose(rate: str, parts: Sequence[PossibleParts], names: Mapping[str, str]) -> ChosenParts:
    """
    The parts of a rate.

    Args:
        rate: Its name.
        parts: All parts that reproduce it.
        names: The names of the measures by their codes.

    """
    parts = [candidate for candidate in parts if len(candidate.codes) <= 2 or candidate.varied >= _DIGITS_ALONE or akin(rate, candidate, names)]
    parts = _without_twins(parts)
    plain = [candidate for candidate in parts if not candidate.taken_off or candidate.last_year]
    strong = [candidate for candidate in plain if candidate.digits >= ENOUGH_DIGITS and likeness(rate, candidate, names) >= _HINTED]
    ranked = sorted(((likeness(rate, candidate, names), candidate) for candidate in strong or parts), key=lambda pair: (-pair[0], pair[1].codes))
    choices = tuple(candidate for score, candidate in ranked if score > 0)[:_OFFERED]
    if not ranked or (not choices and len(parts) > 1):
        return ChosenParts(None, choices)
    score, best = ranked[0]
    runner_up = ranked[1][0] if len(ranked) > 1 else -1.0
    summed = len(best.added) + len(best.below) > 2 and not best.last_year
    enough = best.digits >= (_DIGITS_OF_SUM if summed else ENOUGH_DIGITS)
    alone = len(ranked) == 1 and best.slots > 1 and (not summed or best.varied >= _DIGITS_ALONE)
    fits = score >= (_HINTED if alone else _LIKE)
    if not best.varied and not best.last_year:  # always 100 %: any two equal figures make it, and only words can tell which
        enough, fits = enough and best.slots >= _TWICE, score >= _PLAIN and score - runner_up >= _APART
    if len(parts) == 1 and best.varied >= _DIGITS_ALONE and best.slots > _TWICE:  # nothing else can be, whatever it is called
        return ChosenParts(best, choices or (best,))
    if enough and fits and score - runner_up >= _MARGIN:
        return ChosenParts(best, choices, by_words=len(ranked) > 1)
    if score >= _SAME and score - runner_up >= _APART and best.slots >= _TWICE and best.digits:
        return ChosenParts(best, choices, by_words=True)
    return ChosenParts(None, choices)


def _without_twins(parts: Sequence[PossibleParts]) -> list[PossibleParts]:
    """
    The parts without those that are the same numbers in every slot as others whose denominator does not hold the numerator.

    结案 ÷ (结案 + 未结) is 结案 ÷ (旧存 + 新收).  Of the same numbers those of fewest terms are kept: 合计, and not all its kinds.
    """
    apart = {candidate.rows for candidate in parts if candidate.rows and not set(candidate.added) & set(candidate.below)}
    parts = [candidate for candidate in parts if not candidate.rows or candidate.rows not in apart or not set(candidate.added) & set(candidate.below)]
    fewest: dict[tuple[NumberRow, ...], int] = {}
    for candidate in parts:
        fewest[candidate.rows] = min(len(candidate.codes), fewest.get(candidate.rows, len(candidate.codes)))
    return [candidate for candidate in parts if not candidate.rows or len(candidate.codes) == fewest[candidate.rows]]
