"""
A change (同比、环比、较上年末) in words, with what its two sides allow to be said: exactly, 约, 至多, 至少, or nothing.

A figure of at most 100 that was 99 has risen by at most 1, and may have fallen.  Such a change is never printed as if it
were one of exact figures, and counts as a rise or a fall only where it can be nothing else.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from kpi.catalog.measure import Better
from kpi.compute.row import BoardRow
from kpi.present import numbers
from kpi.value import Qualifier

_CHANGE_DIGITS = 2  # of a change, where that is enough to tell it from nothing
_MORE_DIGITS = 4  # at most for a subtraction that does not come out with those of the change
UNTOLD = "不是确数，不能相比"
_BOUNDS = (Qualifier.AT_LEAST, Qualifier.AT_MOST)
_ABOUT = (Qualifier.ABOUT, Qualifier.MIXED)
_LEVEL = {Qualifier.ABOUT: "大致持平", Qualifier.MIXED: "大致持平", Qualifier.AT_LEAST: "至少持平", Qualifier.AT_MOST: "至多持平"}


def qualifier_of_change(now: Qualifier | str, base: Qualifier | str) -> Qualifier | None:
    """
    How the change from a base to a figure is meant; None where a bound meets something that is no exact number either.

    At most 100 against 99 is at most +1; 100 against at least 99 too; at most 100 against at most 99 may be anything.
    """
    now, against = Qualifier(now), Qualifier(base).inverse
    if now is Qualifier.EXACT:
        return against
    if against in (Qualifier.EXACT, now):
        return now
    return Qualifier.ABOUT if now in _ABOUT and against in _ABOUT else None


def printed(amount: Decimal | None, unit: str, words: str, how: Qualifier | None, digits: int | None = None) -> str:
    """
    A change as it is printed.

    Args:
        amount: The change, None where only words can tell.
        unit: The unit of the change.
        words: What `growth` says beside the number, or in its place.
        how: How the change is meant, as `qualifier_of_change` says.
        digits: Behind the point; as many as tell it from nothing, two at least, unless given.

    Returns:
        ``+48.81%``; of figures that are not exact ``至多 +0.65 个百分点``, ``约 +10.00%``, ``至多持平``, ``至少下降 5.00%``.
    """
    if amount is None:
        return words or numbers.NOTHING
    digits = numbers.apart(amount, Decimal(0), _CHANGE_DIGITS) if digits is None else digits
    if how is None:
        return UNTOLD
    if not amount:
        return _LEVEL.get(how, words or numbers.change(amount, unit))
    if amount < 0 and how in _BOUNDS:  # 至多 -5% could be read either way
        return f"{numbers.degree(how.inverse, '下降')} {numbers.amount(abs(amount), unit, digits)}"
    degree = numbers.degree(how)
    return f"{degree} {numbers.change(amount, unit, digits)}".strip() + (f"，{degree}{words}" if words else "")


def over_year(row: BoardRow) -> Qualifier | None:
    """How 同比 of a row is meant."""
    return qualifier_of_change(row.figure.qualifier, row.last_year.qualifier)


def yoy(row: BoardRow, digits: int | None = None) -> str:
    """同比 as it is printed: a number, words where there can be none, both when it is many times as much."""
    if row.last_year.yoy is None and row.last_year.yoy_words and row.last_year.value is not None and over_year(row) is not Qualifier.EXACT:
        return UNTOLD if row.last_year.value else _from_nothing(row)
    return printed(row.last_year.yoy, row.last_year.yoy_unit, row.last_year.yoy_words, over_year(row), digits)


def digits_beside(row: BoardRow, decimals: int) -> int:
    """How many digits this year's and last year's rate need beside their difference, so that one taken off the other is what is printed."""
    now = row.figure.value if row.last_year.like_value is None else row.last_year.like_value
    if row.last_year.yoy is None or now is None or row.last_year.value is None or row.last_year.yoy_unit == "%":
        return decimals
    digits, then = numbers.apart(row.last_year.yoy, Decimal(0), _CHANGE_DIGITS), row.last_year.value
    change, finest = numbers.rounded(row.last_year.yoy, digits), max(decimals, digits)

    def comes_out(shown: int) -> bool:
        return numbers.rounded(numbers.rounded(now, shown) - numbers.rounded(then, shown), digits) == change

    return next((shown for shown in range(finest, finest + _MORE_DIGITS) if comes_out(shown)), finest)


def yoy_words(row: BoardRow) -> str:
    """What is said beside the number of 同比; the whole of it where the number alone would be taken for an exact one."""
    return row.last_year.yoy_words if row.last_year.value is None or over_year(row) is Qualifier.EXACT else yoy(row)


def since_year_end(row: BoardRow, digits: int | None = None) -> str:
    """较上年末 as it is printed; empty where there is none."""
    if row.last_year.since_year_end is None:
        return ""
    how = qualifier_of_change(row.figure.qualifier, row.last_year.year_end_qualifier)
    return printed(row.last_year.since_year_end, row.last_year.yoy_unit, "", how, digits)


@dataclass(frozen=True, slots=True)
class Moves:
    """How many figures have risen, fallen, or stand level for certain; of how many nobody can tell, and how many have no change at all."""

    up: int
    down: int
    level: int
    open: int
    absent: int

    @property
    def words(self) -> str:
        """``49 项上升，21 项下降，8 项持平，3 项无法相比``; where nothing can be compared that alone."""
        if not (self.up or self.down or self.level or self.open):
            return f"{self.absent} 项都无法相比" if self.absent else "没有可以相比的"
        counts = {"持平": self.level, "不是确数、升降不定": self.open, "无法相比": self.absent}
        return "，".join([f"{self.up} 项上升", f"{self.down} 项下降", *(f"{count} 项{word}" for word, count in counts.items() if count)])


def moves(rows: Iterable[BoardRow]) -> Moves:
    """Which way the figures went against last year."""
    ways = [way(row) for row in rows]
    return Moves(ways.count("up"), ways.count("down"), ways.count("level"), ways.count("open"), ways.count(""))


def way(row: BoardRow) -> str:
    """Which way a figure went against last year: ``up``, ``down``, ``level``, ``open`` where that is not certain; empty where there is no change."""
    change, how = row.last_year.yoy, over_year(row)
    if change is None:
        return ""
    if how is Qualifier.EXACT:
        return "up" if change > 0 else "down" if change < 0 else "level"
    if how is Qualifier.AT_LEAST and change > 0:
        return "up"
    return "down" if how is Qualifier.AT_MOST and change < 0 else "open"


def turn(row: BoardRow, better: Better) -> str:
    """好转 or 变差 against last year, by the way that the catalogue calls better; empty where either cannot be told."""
    moved = way(row)
    if better is Better.NEUTRAL or moved not in ("up", "down"):
        return ""
    return "好转" if (moved == "up") == (better is Better.HIGHER) else "变差"


def _from_nothing(row: BoardRow) -> str:
    """Of a base of 0: nothing to nothing stands level as far as either is known, anything else has no percentage."""
    return _LEVEL.get(how, row.last_year.yoy_words) if (how := over_year(row)) and not row.figure.value else row.last_year.yoy_words if how else UNTOLD
