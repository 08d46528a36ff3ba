"""
The course of one flow (时期数) of one organisation through one year.

January starts from nothing.  A stated cumulative is an anchor: what months before it lack no longer matters.  Without
one the cumulative is the last anchor and the months since.  A month of which nothing came is lacking; one that says
未开展 or 不适用 had nothing to count and lacks nothing; one that says 未公开 or 在检 hides the cumulative until one is
stated again.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from kpi.value import State, Value
from tests.oracle.model.amount import Amount, amount, minus, plus
from tests.oracle.model.log import Cells

NOTHING = (State.NOT_STARTED, State.NOT_APPLICABLE)
HIDING = (State.WITHHELD, State.PENDING)


@dataclass(frozen=True)
class Standing:
    """What is known of a measure at the end of a month, and of the month alone."""

    total: Amount | None = None  # what was counted since January; None: no number yet
    lacking: tuple[int, ...] = ()  # months of the year that it lacks
    hidden: State | None = None  # the word that hides it
    idles: tuple[int, ...] = ()  # months since the last stated cumulative that had nothing to count
    month: Amount | None = None
    idle: bool = False  # the month had nothing to count
    stated: bool = False
    word: State | None = None  # the strongest word of the month's cells
    day: date | None = None  # the latest that any of what is added runs to
    signed: bool = False  # of the measure: it may fall

    @property
    def whole(self) -> bool:
        """Whether no month is lacking and nothing hidden; that there is a number is not said by it."""
        return self.hidden is None and not self.lacking

    @property
    def counted(self) -> Amount:
        """The cumulative of a whole standing; nothing where there was nothing to count."""
        return self.total or Amount(Fraction(0))

    @property
    def known(self) -> Amount | None:
        """What the month adds; None when that is not known."""
        return Amount(Fraction(0)) if self.month is None and self.idle else self.month


def course(cells: Mapping[int, Cells], signed: bool) -> dict[int, Standing]:
    """The standings at the end of each of twelve months, from the cells of the year by the number of their month."""
    found, before = {}, Standing()
    for number in range(1, 13):
        before = found[number] = _after(before, number, cells.get(number), signed)
    return found


def _after(before: Standing, number: int, cells: Cells | None, signed: bool) -> Standing:
    if cells is None:
        return Standing(before.total, (*before.lacking, number), before.hidden, before.idles, day=before.day, signed=signed)
    month, stated = _month(before, number, cells, signed), amount(cells.ytd)
    idle = month is None and _idle(cells)
    hiding = [word for word in cells.words if word in HIDING]
    so_far = before.total if month is None else plus(before.counted, month)
    if stated is not None:
        after = Standing(stated)
    elif hiding:
        after = Standing(so_far, before.lacking, strongest(hiding), before.idles)
    else:
        after = Standing(so_far, before.lacking, before.hidden, before.idles + (number,) * idle)
    day = cells.day if stated is not None or cells.ytd.state in HIDING or before.day is None else max(before.day, cells.day)
    return replace(after, month=month, idle=idle, stated=True, word=strongest(cells.words), day=day, signed=signed)


def _month(before: Standing, number: int, cells: Cells, signed: bool) -> Amount | None:
    """The month as stated, else the step between two cumulatives whose day moved on; a step down only where the measure is signed."""
    single, stated = amount(cells.month), amount(cells.ytd)
    if single is not None or cells.month.state is not State.UNREPORTED or stated is None:
        return single
    moved = number == 1 or (before.day is not None and before.day < cells.day)
    if not before.whole or not moved:
        return None
    step = minus(stated, before.counted)
    return step if signed or step.number >= 0 else None


def _idle(cells: Cells) -> bool:
    """Nothing to count: the word stands under 本月数, or under 本年累计 where 本月数 is blank."""
    first: Value = cells.ytd if cells.month.state is State.UNREPORTED else cells.month
    return first.state in NOTHING


_ORDER = (State.NOT_APPLICABLE, State.NOT_STARTED, State.PENDING, State.WITHHELD, State.UNREPORTED)


def strongest(words: Iterable[State | None]) -> State | None:
    """Of words for no number the one that says most against a figure; None of none."""
    return max((word for word in words if word is not None), key=_ORDER.index, default=None)
