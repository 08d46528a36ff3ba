"""What stands beside a figure: ↑5.65%, 减少0.11个百分点, a completion rate, a target."""

import re
from decimal import Decimal

from kpi.catalog.model import Measure
from kpi.value import State, Value
from kpi.workbook.grid import Cell, CellKind
from kpi.workbook.number import clean, read_value
from kpi.workbook.report import Beside

_UP = "增长|增加|上升|提高|提升|增幅|↑|▲|\\+|增|升"
_DOWN = "下降|减少|降低|下滑|降幅|↓|▼|-|减|降"
_CHANGE = re.compile(
    rf"(?:同比|环比|(?:比|较|与)?(?:上年|去年)(?:同期)?(?:相?比)?|较上月|比上月)?\s*(?:(?P<up>{_UP})|(?P<down>{_DOWN}))?\s*(?:了|约|为|:)?\s*"
    r"(?P<minus>[+-])?(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d{1,8})?|\d{1,15}(?:\.\d{1,8})?)\s*(?P<unit>%|个百分点|百分点|[^\d\s,.%]{1,4})?"
)
_BEHIND = re.compile(r"\s*(?:[(]([^()]+)[)]|[,;、]?\s*((?:同比|环比|较|比|↑|↓|▲|▼)[^()]*))$")
_SAME = ("持平", "同比持平", "与上年同期持平", "与去年同期持平")


def read_change(text: str) -> Value | None:
    """The change a text states, with its sign; None when it states none."""
    plain = clean(text)
    if plain in _SAME:
        return Value.of(0)
    match = _CHANGE.fullmatch(plain)
    if match is None or (match["down"] and match["minus"]):
        return None
    number = Decimal(match["number"].replace(",", ""))
    return Value.of(-number if match["down"] or match["minus"] == "-" else number)


def split_change(text: str) -> tuple[str, Value | None]:
    """A figure with a change behind it as figure and change: 56675(↑5.65%); the whole text when there is none."""
    plain = clean(text)
    match = _BEHIND.search(plain)
    if match is None or not match.start():
        return text, None
    inner = match[1] or match[2]
    change = read_change(inner) if _says_change(inner) else None
    return (plain[: match.start()], change) if change is not None else (text, None)


def read_beside(cell: Cell, beside: Beside, measure: Measure) -> Value | None:
    """The value of a cell beside a figure; None when there is none to be read, for it only serves a check."""
    if cell.kind not in (CellKind.TEXT, CellKind.NUMBER) or cell.doubtful:
        return None
    if beside in (Beside.YOY, Beside.MOM, Beside.CHANGE, Beside.PROGRESS):
        return read_change(cell.text)
    try:
        value = read_value(cell.text, measure.unit)
    except ValueError:
        return None
    return value if value.state in (State.NUMBER, State.ZERO) else None


def _says_change(text: str) -> bool:
    return bool(re.match(rf"(?:同比|环比|比|较|与|{_UP}|{_DOWN})", text)) or text in _SAME
