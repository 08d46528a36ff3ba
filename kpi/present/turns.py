"""Which way a figure went against last year (好转、变差), by the direction that the catalogue calls better; those that cannot be told apart from them."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from enum import StrEnum

from kpi.catalog.measure import Better
from kpi.compute.row import BoardRow
from kpi.present import growths

_MOST_NAMED = 3


class YearTurn(StrEnum):
    """What became of a figure; the order is that of urgency."""

    WORSE = "变差"
    LEVEL = "持平或不分好坏"
    BETTER = "好转"
    OPEN = "升降不定"
    ABSENT = "无法相比"


def turn(row: BoardRow, better: Better) -> YearTurn:
    """What became of a figure."""
    match growths.way(row):
        case "":
            return YearTurn.ABSENT
        case "open":
            return YearTurn.OPEN
    word = growths.turn(row, better)
    return YearTurn(word) if word else YearTurn.LEVEL


def grouped(rows: Iterable[BoardRow], better: Mapping[str, Better]) -> dict[YearTurn, list[BoardRow]]:
    """The rows by what became of them, the largest change first; ``better`` by indicator."""
    groups: dict[YearTurn, list[BoardRow]] = {each: [] for each in YearTurn}
    for row in rows:
        groups[turn(row, better[row.indicator])].append(row)
    return {each: sorted(group, key=_size, reverse=True) for each, group in groups.items()}


def sentence(groups: Mapping[YearTurn, Sequence[BoardRow]]) -> str:
    """``变差 12 项：甲 -30.00%、乙 -20.00% 等；好转 40 项；持平或不分好坏 9 项``, what became worse with the names of the first."""
    worse = groups[YearTurn.WORSE]
    named = "、".join(f"{row.name} {growths.yoy(row)}" for row in worse[:_MOST_NAMED])
    rest = [f"{each.value} {len(group)} 项" for each, group in groups.items() if group and each is not YearTurn.WORSE]
    if worse:
        first = f"变差 {len(worse)} 项：{named}{'等' if len(worse) > _MOST_NAMED else ''}"
    else:
        first = "没有变差的" if groups[YearTurn.LEVEL] or groups[YearTurn.BETTER] else "没有可以相比的指标"
    return "；".join([first, "，".join(rest)] if rest else [first])


def _size(row: BoardRow) -> Decimal:
    return abs(row.last_year.yoy or Decimal(0))
