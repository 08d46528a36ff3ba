"""Units that differ by a power of ten only, so that 元 can be read into 万元 exactly; 户 and 家 never into each other."""

from decimal import Decimal

from kpi.value import State, Value
from kpi.workbook.currency import foreign_currency
from kpi.workbook.money import COINS, is_unsure, money_unit
from kpi.workbook.naming import unit_key

_POWERS = {"十": 1, "百": 2, "千": 3, "万": 4, "亿": 8}
_SHARES = {"%": -2, "‰": -3}
_SHARE = "之一"  # what percent and per mille are counted in
_MONEY = "元"


def power_between(written: str, wanted: str) -> int | None:
    """The power of ten from one unit to another; None when they are not the same thing."""
    (power, base), (other, same) = _taken_apart(written), _taken_apart(wanted)
    if same == _MONEY and base in COINS:
        return power + COINS[base] - other
    return power - other if base == same else None


def power_of(scale: str) -> int:
    """The power of ten of words of size alone: 4 of 万, 7 of 千万, 0 of none."""
    return sum(_POWERS[word] for word in scale)


def scale_of(unit: str) -> int:
    """The power of ten that a unit counts in: 4 of 万元, 0 of 户."""
    power, base = _taken_apart(unit)
    return 0 if base == _SHARE else power


def base_of(unit: str) -> str:
    """A unit without the words of size before it: 户 of 万户."""
    return _taken_apart(unit)[1]


def is_share(unit: str) -> bool:
    """Whether a unit is % or ‰."""
    return _taken_apart(unit)[1] == _SHARE


def is_money(unit: str) -> bool:
    """Whether a unit is one of money."""
    return _taken_apart(unit)[1] == _MONEY


def is_strange_money(unit: str) -> bool:
    """Whether a unit is meant as one of money, and nobody can tell which: 亿 alone, 千美元, a single unknown sign; never 人民币, which says no size."""
    key = unit_key(unit)
    bare = money_unit(key)
    return not is_money(unit) and key not in ("角", "分") and (bool(bare) or bool(foreign_currency(unit)) or is_unsure(key))


def plausible(value: Value, unit: str) -> bool:
    """Whether a number can be in a unit at all: fen are the smallest money, and half a 户 there is none."""
    power, base = _taken_apart(unit)
    return value.number is None or base == _SHARE or value.decimals <= power + (2 + COINS[base] if base in COINS else 0)


def converted(value: Value, power: int) -> Value:
    """A value in a unit so many powers of ten larger or smaller, to the same digit as before."""
    if value.number is None or not power:
        return value
    decimals = max(0, value.decimals - power)
    number = value.number.scaleb(power).quantize(Decimal(1).scaleb(-decimals))
    return Value(State.NUMBER if number else State.ZERO, number, decimals, value.qualifier)


def _taken_apart(unit: str) -> tuple[int, str]:
    plain = unit_key(unit)
    if plain in _SHARES:
        return _SHARES[plain], _SHARE
    power = 0
    while len(plain) > 1 and plain[0] in _POWERS and not plain.startswith("百分"):
        power += _POWERS[plain[0]]
        plain = plain[1:]
    return power, plain
