"""What stands beside a figure: ↑5.65%, 减少0.11个百分点, a completion rate, a target."""

import re
from decimal import Decimal

from kpi.catalog.measure import Measure
from kpi.value import State, Value
from kpi.workbook.forms.number_shown import read_shown
from kpi.workbook.grid import Cell, CellKind
from kpi.workbook.number import read_value
from kpi.workbook.report import Beside
from kpi.workbook.signs import clean, unmarked
from kpi.workbook.units import converted, power_between

_UP = "增长|增加|上升|提高|提升|增幅|↑|▲|\\+|增|升"
_DOWN = "下降|减少|降低|下滑|降幅|↓|▼|-|减|降"
_CHANGE = re.compile(
    rf"(?:同比|环比|(?:比|较|与)?(?:上年|去年)(?:同期)?(?:相?比)?|较上月|比上月)?\s*(?:(?P<up>{_UP})|(?P<down>{_DOWN}))?\s*(?:了|约|为|:)?\s*"
    r"(?P<minus>[+-])?(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d{1,8})?|\d{1,15}(?:\.\d{1,8})?)\s*(?P<unit>%|个百分点|百分点|[^\d\s,.%]{1,4})?"
)
_BEHIND = re.compile(r"\s*(?:[(]([^()]+)[)]|[,;、]?\s*((?:同比|环比|较|比|↑|↓|▲|▼)[^()]*))$")
_MONTHLY = re.compile("环比|上月")
_SAME = ("持平", "同比持平", "与上年同期持平", "与去年同期持平")


def read_change(text: str, beside: Beside, measure: Measure) -> tuple[Beside, Value] | None:
    """
    The change a text states, with its sign; None when it states none.

    Args:
        text: What is written.
        beside: What the heading says it is.
        measure: The measure that changed.

    Returns:
        What it is, and its value: 20% of a count is a growth whatever the heading says, 12户 of 户 a difference.

    """
    plain, _ = unmarked(clean(text))
    if plain in _SAME:
        return beside, Value.of(0)
    match = _CHANGE.fullmatch(plain)
    if match is None or (match["down"] and match["minus"]):
        return None
    number = Decimal(match["number"].replace(",", ""))
    value = Value.of(-number if match["down"] or match["minus"] == "-" else number)
    unit = match["unit"] or ""
    if measure.unit == "%" or not unit or beside is Beside.PROGRESS:
        return beside, value
    if unit == "%":
        return Beside.YOY if beside is Beside.CHANGE else beside, value
    power = power_between(unit, measure.unit)
    if power is None:
        return beside, value
    return None if beside is Beside.MOM else (Beside.CHANGE, converted(value, power))


def split_change(text: str, measure: Measure) -> tuple[str, tuple[Beside, Value] | None]:
    """A figure with a change behind it as figure and change: 56675(↑5.65%); the whole text when there is none."""
    plain = clean(text)
    match = _BEHIND.search(plain)
    if match is None or not match.start():
        return text, None
    inner = match[1] or match[2]
    change = read_change(inner, Beside.MOM if _MONTHLY.search(inner) else Beside.YOY, measure) if _says_change(inner) else None
    return (plain[: match.start()], change) if change is not None else (text, None)


def read_beside(cell: Cell, beside: Beside, measure: Measure) -> tuple[Beside, Value] | None:
    """What a cell beside a figure is and its value; None when there is none to be read, for it only serves a check."""
    if cell.kind not in (CellKind.TEXT, CellKind.NUMBER) or cell.doubtful or (cell.kind is CellKind.TEXT and cell.shown):
        return None
    if beside in (Beside.YOY, Beside.MOM, Beside.CHANGE, Beside.PROGRESS):
        contrary = cell.shown and cell.shown.strip("-") == cell.text.strip("-")  # screen and number differ in their sign
        return None if contrary else read_change(cell.shown or cell.text, beside, measure)
    try:
        value, certain = (
            read_shown(Decimal(cell.text.removesuffix("%")), cell.shown, measure.unit) if cell.shown else (read_value(cell.text, measure.unit), True)
        )
    except ValueError:
        return None
    return (beside, value) if certain and value.state in (State.NUMBER, State.ZERO) else None


def _says_change(text: str) -> bool:
    return bool(re.match(rf"(?:同比|环比|比|较|与|{_UP}|{_DOWN})", text)) or text in _SAME
