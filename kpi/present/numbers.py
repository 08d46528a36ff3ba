"""
How a figure is printed: rounded once, at the very end, with its unit and its qualifier.

Which rule rounds a half is one setting, ``KPI_ROUNDING``: ``half-up`` as spreadsheets print, or ``half-even``, the
rule of GB/T 8170 (四舍六入五成双).  Both start from the exact figure, never from one that was rounded before.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from decimal import ROUND_CEILING, ROUND_HALF_EVEN, ROUND_HALF_UP, Context, Decimal
from enum import StrEnum

from kpi.errors import RequestError
from kpi.setting import setting
from kpi.value import Qualifier, Value

NOTHING = "—"  # printed where a figure has no meaning; a figure that is missing is a word
_BOUND = {Qualifier.AT_LEAST: "至少", Qualifier.AT_MOST: "至多"}
_SIGN = {Qualifier.EXACT: "", Qualifier.ABOUT: "约 ", Qualifier.MIXED: "约 "}
_READ_DIGITS = 3  # of a figure below 1, read from afar
_WIDE = Context(prec=200)  # a figure never loses digits before it is rounded


class Rounding(StrEnum):
    """What becomes of a half."""

    HALF_UP = "half-up"
    HALF_EVEN = "half-even"

    @property
    def mode(self) -> str:
        """The name that ``decimal`` knows it by."""
        return ROUND_HALF_UP if self is Rounding.HALF_UP else ROUND_HALF_EVEN

    @property
    def chinese(self) -> str:
        """What it is called."""
        return "四舍五入" if self is Rounding.HALF_UP else "四舍六入五成双"


_instead: ContextVar[Rounding | None] = ContextVar("rounding", default=None)


@contextmanager
def ruled(how: Rounding | None) -> Iterator[None]:
    """Print by another rule than that in force meanwhile, as a frozen figure was printed; by that in force where none is told."""
    token = _instead.set(how or _instead.get())
    try:
        yield
    finally:
        _instead.reset(token)


def rule() -> Rounding:
    """
    The rounding rule in force.

    Raises:
        RequestError: ``KPI_ROUNDING`` names no rule.

    """
    if instead := _instead.get():
        return instead
    named = setting("KPI_ROUNDING") or Rounding.HALF_UP
    try:
        return Rounding(named)
    except ValueError:
        raise RequestError(f"环境变量 KPI_ROUNDING 的值「{named}」无效；请写 half-up 或 half-even。") from None


def rounded(value: Decimal, decimals: int, how: Rounding | None = None) -> Decimal:
    """The figure with so many digits behind the point (before it when negative); a negative zero becomes a plain one."""
    result = value.quantize(Decimal(1).scaleb(-decimals), (how or rule()).mode, _WIDE)
    return result if result else abs(result)


def enough(value: Decimal, decimals: int) -> Decimal:
    """The figure rounded towards doing enough: of what is still needed never less than that."""
    return value.quantize(Decimal(1).scaleb(-decimals), ROUND_CEILING, _WIDE)


def figure(value: Decimal, decimals: int, how: Rounding | None = None) -> str:
    """The bare figure with thousand separators: ``17,017``, ``97.8``, ``0.00``."""
    return f"{rounded(value, decimals, how):,f}"


def precision(value: Decimal) -> int:
    """How many digits behind the point a figure really has: 97.80 has one."""
    exponent = value.normalize(_WIDE).as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def apart(value: Decimal, other: Decimal, decimals: int, most: int = 12) -> int:
    """How many digits the figure needs behind the point so that it does not read like another one it differs from."""
    if value == other:
        return decimals
    return next((digits for digits in range(decimals, most) if rounded(value, digits) != rounded(other, digits)), most)


def with_unit(text: str, unit: str) -> str:
    """The figure and its unit: nothing before %, a space before everything else."""
    if not unit:
        return text
    return f"{text}%" if unit == "%" else f"{text} {unit}"


def spaced(text: str) -> str:
    """What stands behind a Chinese word: a space before a figure, none before another word."""
    return f" {text}" if text[:1].isascii() or text[:1] in tuple(Qualifier) else text


def amount(value: Decimal, unit: str, decimals: int, how: Rounding | None = None) -> str:
    """The figure as a sentence says it: ``1,763 批次``, ``97.8%``."""
    return with_unit(figure(value, decimals, how), unit)


def stated_amount(value: Decimal, unit: str) -> str:
    """A figure of a document with the digits it has there: a target of 90 prints as ``90%`` beside 88.75%."""
    return amount(value, unit, precision(value))


def typed_amount(value: Decimal, unit: str, decimals: int | None) -> str:
    """A rate as its office typed it (填报值): with the digits its catalogue entry has, and with more where more were typed."""
    return amount(value, unit, max(precision(value), decimals or 0))


def reading(value: Decimal, unit: str) -> str:
    """
    A long figure as it is read from afar: ``2.92 万户``, ``1.54 亿元``, ``37.8 万元``; empty where the exact one is short enough.

    Three digits are kept; a rate is never rounded again, for its digits tell the verdict.
    """
    size = abs(value)
    if unit in ("%", "‰"):
        return ""
    for power, word in ((8, "亿"), (4, "万")):
        if size >= Decimal(10) ** (power + 1 if power == 4 else power) and not unit.startswith(("万", "亿")):
            scaled = value.scaleb(-power)
            digits = max(0, 2 - max(scaled.adjusted(), 0))
            return f"{figure(scaled, digits)} {word}{unit}"
    short = max(0, 2 - max(size.adjusted(), 0)) if size >= 1 else _READ_DIGITS
    return amount(value, unit, short) if precision(value) > short else ""


def change(value: Decimal | None, unit: str, decimals: int = 2, how: Rounding | None = None) -> str:
    """A difference with its sign: ``+48.81%``, ``-0.11 个百分点``; no change is 持平."""
    if value is None:
        return NOTHING
    if not value:
        return "持平"
    sign = "+" if value > 0 else "-"
    return sign + amount(abs(value), unit, decimals, how)


def stated(value: Value, unit: str = "") -> str:
    """A figure as its office stated it, its own precision and qualifier kept: ``≥3,000 人次``, ``约 100 户``, 未公开."""
    if value.number is None:
        return value.state.value
    text = with_unit(f"{value.number:,.{value.decimals}f}", unit)
    return qualified(text, value.qualifier)


def degree(qualifier: Qualifier, verb: str = "") -> str:
    """How a difference is meant, with the verb it goes with: ``至多``, ``约``; ``至少差``, ``差约``; the verb alone of an exact one."""
    if qualifier in _BOUND:
        return f"{_BOUND[qualifier]}{verb}"
    return verb if qualifier is Qualifier.EXACT else f"{verb}约"


def qualified(text: str, qualifier: Qualifier | str) -> str:
    """A printed figure with how it is meant before it: ``约 100 户``, ``≤1.0``."""
    return _SIGN.get(Qualifier(qualifier), str(qualifier)) + text
