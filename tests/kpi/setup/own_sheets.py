"""Workbooks of an invented bureau as its offices send them, without any catalogue: two offices, some months."""

from collections.abc import Mapping
from decimal import Decimal
from io import BytesIO

from openpyxl import Workbook

BUREAU = "青山县市场监管局"
FIGURES: Mapping[str, Mapping[str, tuple[int, ...]]] = {  # of three months
    "食品科": {"食品抽检批次": (40, 35, 52), "食品抽检合格批次": (39, 33, 51), "食品抽检不合格批次": (1, 2, 1)},
    "广告科": {"监测广告": (310, 290, 305), "发现违法广告": (7, 4, 9)},
}
_UNITS = {"批次": "批次", "广告": "条次"}


def sheet(office: str, month: int, *, changed: Mapping[str, int] | None = None) -> tuple[str, bytes]:
    """
    The workbook of an office for a month of 2023, and its name.

    Args:
        office: Whose.
        month: From 1 to 3.
        changed: 本月数 that are others than in `FIGURES`.

    """
    book = Workbook()
    page = book.active
    assert page is not None
    page.title = "月报表"
    page.append([f"{BUREAU}{office}月报表"])
    page.append([f"填报单位：{office}", "", f"2023年{month}月"])
    page.append(["数据项", "单位", "本月数", "本年累计"])
    totals = {}
    for name, figures in FIGURES[office].items():
        now = (changed or {}).get(name, figures[month - 1])
        totals[name] = sum(figures[: month - 1]) + now
        page.append([name, next(unit for ending, unit in _UNITS.items() if name.endswith(ending)), now, totals[name]])
    if office == "食品科":
        rate = Decimal(100 * totals["食品抽检合格批次"]) / totals["食品抽检批次"]
        page.append(["食品抽检合格率", "%", "", float(round(rate, 2))])
    written = BytesIO()
    book.save(written)
    return f"2023年{month}月{office}.xlsx", written.getvalue()


def every_sheet() -> list[tuple[str, bytes]]:
    """Both offices, three months."""
    return [sheet(office, month) for office in FIGURES for month in (1, 2, 3)]
