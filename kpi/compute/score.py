"""
考核计分: the points a target has earned, by its own rule, exact.

Points are kept apart from the status: a target that is met has a status, what it is worth is a matter of the document
that set it.  A figure is scored against what is due by its own day, so that half a year's work is not scored as half.
"""

from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

from kpi.catalog.target import Score, ScoreRule, TargetKind
from kpi.compute.target_in_force import gap

_ALL = Fraction(1)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a figure is scored against, in its own unit."""

    kind: TargetKind
    due: Fraction  # by the figure's own day
    limit: Fraction  # by the year's end; the same where there is no pace
    upper: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Earned:
    """``completion`` is the share of what is due, None where there is no such share."""

    completion: Fraction | None
    points: Fraction


def earn(value: Fraction, asked: Asked, score: Score) -> Earned:
    """
    The points of a figure.

    Proportional: the points times the completion, at most all of them; none below the floor.  Deduct: each begun step
    short of what is due costs its points, down to none.  Beyond the number of the whole year each full bonus step adds
    its points.  More than the cap, or the points themselves where there is none, is never given.
    """
    most = Fraction(score.cap if score.cap is not None else score.points)
    completion = _completion(value, asked)
    base = _proportional(completion, score) if score.rule is ScoreRule.PROPORTIONAL else _deducted(gap(asked.kind, value, asked.due, asked.upper), score)
    return Earned(completion, min(most, base + _bonus(value, asked, score)))


def _completion(value: Fraction, asked: Asked) -> Fraction | None:
    if asked.kind is TargetKind.CEILING:
        if value <= asked.due:
            return _ALL
        return asked.due / value if asked.due >= 0 else None
    if asked.kind is TargetKind.RANGE:
        return None
    if asked.due <= 0:
        return _ALL if value >= asked.due else None
    return value / asked.due


def _proportional(completion: Fraction | None, score: Score) -> Fraction:
    if completion is None or completion < 0 or completion * 100 < Fraction(score.floor):
        return Fraction(0)
    return min(completion, _ALL) * Fraction(score.points)


def _deducted(short: Fraction, score: Score) -> Fraction:
    steps = ceil(short / Fraction(score.step)) if score.step and short > 0 else 0
    return max(Fraction(0), Fraction(score.points) - steps * Fraction(score.deduct))


def _bonus(value: Fraction, asked: Asked, score: Score) -> Fraction:
    beyond = asked.limit - value if asked.kind is TargetKind.CEILING else value - asked.limit
    if not score.bonus_step or asked.kind is TargetKind.RANGE or beyond <= 0:
        return Fraction(0)
    return floor(beyond / Fraction(score.bonus_step)) * Fraction(score.bonus)
