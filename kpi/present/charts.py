"""
Plotly figures, made to be read on a projector: few lines, large type, the last figure written beside its point.

The colours hold on white and on near-black; text and grid colours are left to the page, which knows its theme.
Dashes and markers differ as well as colours.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from html import escape
from typing import Any, Protocol

from plotly.graph_objects import Figure as Figure  # pages name the type, and plotly stays here

from kpi.period import Month
from kpi.present import numbers

FONTS = "'Microsoft YaHei','PingFang SC','Noto Sans CJK SC','WenQuanYi Micro Hei',sans-serif"
THIS_YEAR, LAST_YEAR, TARGET, PACE = "#3f7fc9", "#8a94a3", "#d0602f", "#a0740f"
_COVERED = 3  # the last figure covers a third of the months on a phone
MARGIN = {"l": 8, "r": 24, "t": 36, "b": 8}
MONTHS_EACH_NAMED = 4  # below that, ticks chosen by the browser would fall within a month

CONFIG = {
    "locale": "zh-CN",
    "locales": {
        "zh-CN": {
            "dictionary": {
                "Autoscale": "自动缩放",
                "Box Select": "框选",
                "Double-click on legend to isolate one trace": "双击图例只看一条",
                "Double-click to zoom back out": "双击恢复",
                "Download plot as a PNG": "下载为图片",
                "Download plot as a png": "下载为图片",
                "Pan": "平移",
                "Reset axes": "恢复坐标",
                "Zoom": "缩放",
                "Zoom in": "放大",
                "Zoom out": "缩小",
            },
            "format": {
                "days": ["星期日", "星期一", "星期二", "星期三", "星期四", "星期五", "星期六"],
                "shortDays": ["周日", "周一", "周二", "周三", "周四", "周五", "周六"],
                "months": ["一月", "二月", "三月", "四月", "五月", "六月", "七月", "八月", "九月", "十月", "十一月", "十二月"],
                "shortMonths": [f"{month} 月" for month in range(1, 13)],
                "date": "%Y-%m-%d",
            },
        }
    },
    "displaylogo": False,
    "modeBarButtonsToRemove": ["select2d", "lasso2d", "autoScale2d", "zoomIn2d", "zoomOut2d"],
    "toImageButtonOptions": {"filename": "图表", "scale": 2},
}

Shape = dict[str, Any]  # a piece of a figure, in plotly's own words


class TrendPoint(Protocol):
    """One month of a series, as the figure needs it."""

    @property
    def period(self) -> Month: ...
    @property
    def value(self) -> Decimal | None: ...
    @property
    def qualifier(self) -> str: ...
    @property
    def prior_value(self) -> Decimal | None: ...
    @property
    def target(self) -> Decimal | None: ...
    @property
    def pace_target(self) -> Decimal | None: ...


def trend(points: Sequence[TrendPoint], unit: str, decimals: int, bars: bool = False, restarts: Collection[Month] = ()) -> Figure:
    """
    A series over its months: this year, last year, and what was asked for.

    Args:
        points: Ascending months; a month without a figure stays a gap, it is never drawn as 0.
        unit: The unit of all of them, written on the axis.
        decimals: Digits of the printed figures.
        bars: Months as bars (本月数) instead of a line (累计、比率、存量).
        restarts: Months in which the figure begins anew: no line leads to them from the month before.

    """
    days = [_days(point.period, restarts) for point in points]
    x = [day for of_month in days for day in of_month]

    def along(figures: Iterable[Decimal | None]) -> list[float | None]:
        return [number for day, figure in zip(days, figures, strict=True) for number in _floats([None, figure][-len(day) :])]

    values, prior = along(point.value for point in points), along(point.prior_value for point in points)
    paced, targets = along(point.pace_target for point in points), along(point.target for point in points)
    hover = _hover(unit, decimals)
    traces: list[Shape] = []
    if any(value is not None for value in prior):
        traces.append(_line(x, prior, "上年同期", hover, color=LAST_YEAR, dash="dot"))
    if bars:
        traces.append({"type": "bar", "x": x, "y": values, "name": "本年", "marker": {"color": THIS_YEAR}, "hovertemplate": hover})
    else:
        traces.append(_line(x, values, "本年", hover, color=THIS_YEAR, width=3) | {"mode": "lines+markers"})
    if any(value is not None for value in paced):
        traces.append(_line(x, paced, "序时目标", hover, color=PACE, dash="dash"))
    elif any(value is not None for value in targets):
        traces.append(_line(x, targets, "目标", hover, color=TARGET, dash="dash", shape="hv"))
    return _figure(
        traces,
        {"tickformat": "%-m 月\n%Y", "autotickangles": [0, 45], "dtick": "M1" if len(points) <= MONTHS_EACH_NAMED else None},
        {"title": _title(unit), "rangemode": "tozero" if bars else "normal", "tickformat": ","},
        height=420,
        hovermode="x unified",
        annotations=_last(points, unit, decimals),
    )


def _figure(traces: Sequence[Shape], xaxis: Shape, yaxis: Shape, **layout: object) -> Figure:
    """A figure made in one go: properties set one after another would each cost a pass of validation."""
    axis: Shape = {"tickfont": {"size": 15}, "fixedrange": True}
    common: Shape = {
        "margin": MARGIN,
        "font": {"family": FONTS, "size": 15},
        "legend": {"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0, "font": {"size": 15}},
        "bargap": 0.35,
        "dragmode": False,
    }
    return Figure(data=traces, layout={**common, "xaxis": {**axis, **xaxis}, "yaxis": {**axis, **yaxis}, **layout})


def _title(text: str) -> Shape:
    return {"text": _literal(text), "font": {"size": 15}}


def _line(x: Sequence[date], y: Sequence[float | None], name: str, hover: str, **line: object) -> Shape:
    """A line that breaks where there is no figure."""
    shape = {"width": 2, **line}
    return {"type": "scatter", "x": x, "y": y, "name": name, "mode": "lines", "line": shape, "connectgaps": False, "hovertemplate": hover}


def _days(month: Month, restarts: Collection[Month]) -> list[date]:
    """The day of a month on the axis; before one in which the figure begins anew another one, at which no line has a figure."""
    return [month.first_day - timedelta(1), month.first_day] if month in restarts else [month.first_day]


def _last(points: Sequence[TrendPoint], unit: str, decimals: int) -> list[Shape]:
    """The last figure, the one number of the picture that is read aloud: at its point, above all that is drawn of the months it covers."""
    for place, point in reversed(list(enumerate(points))):
        if point.value is not None:
            asked = point.target if point.pace_target is None else point.pace_target
            digits = decimals if asked is None else numbers.apart(point.value, asked, decimals)  # those that show a miss
            text = f"<b>{_literal(numbers.qualified(numbers.amount(point.value, unit, digits), point.qualifier))}</b>"
            covered = points[max(0, place - len(points) // _COVERED) : place + 1]
            top = max(float(drawn) for month in covered for drawn in (month.value, month.prior_value) if drawn is not None)
            spot: Shape = {"x": point.period.first_day, "y": top, "text": text, "xanchor": "right"}
            return [spot | {"showarrow": False, "yshift": 18, "font": {"size": 17}}]
    return []


def _literal(text: str) -> str:
    """A text as the picture shows it: its signs make no markup, and none of it is looked up as a figure."""
    return escape(text, quote=False).replace("%{", "%\N{WORD JOINER}{")


def _floats(values: Iterable[Decimal | None]) -> list[float | None]:
    """What a browser can draw; the exact figures stand in the table."""
    return [None if value is None else float(value) for value in values]


def _hover(unit: str, decimals: int) -> str:
    mark = "" if unit == "%" else " "
    return f"%{{y:,.{decimals}f}}{mark}{_literal(unit)}"
