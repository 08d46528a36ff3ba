"""
Plotly figures, made to be read on a projector: few lines, large type, the last figure written beside its point.

The colours hold on white and on near-black; text and grid colours are left to the page, which knows its theme.
Dashes and markers differ as well as colours.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Protocol

import plotly.graph_objects as go
from plotly.graph_objects import Figure as Figure  # pages name the type, and plotly stays here

from kpi.compute.row import BoardRow
from kpi.period import Month
from kpi.present import numbers

FONTS = "'Microsoft YaHei','PingFang SC','Noto Sans CJK SC','WenQuanYi Micro Hei',sans-serif"
THIS_YEAR, LAST_YEAR, TARGET, PACE = "#3f7fc9", "#8a94a3", "#d0602f", "#a0740f"
RISE, FALL = "#3f7fc9", "#a0740f"  # which of them is good depends on the indicator, so neither is red or green
LONGEST_LINE = 9
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


class TrendPoint(Protocol):
    """One month of a series, as the figure needs it."""

    @property
    def period(self) -> Month: ...
    @property
    def value(self) -> Decimal | None: ...
    @property
    def prior_value(self) -> Decimal | None: ...
    @property
    def target(self) -> Decimal | None: ...
    @property
    def pace_target(self) -> Decimal | None: ...


def trend(points: Sequence[TrendPoint], unit: str, decimals: int, bars: bool = False) -> Figure:
    """
    A series over its months: this year, last year, and what was asked for.

    Args:
        points: Ascending months; a month without a figure stays a gap, it is never drawn as 0.
        unit: The unit of all of them, written on the axis.
        decimals: Digits of the printed figures.
        bars: Months as bars (本月数) instead of a line (累计、比率、存量).

    """
    x = [point.period.first_day for point in points]
    figure = _figure()
    prior = [point.prior_value for point in points]
    if any(value is not None for value in prior):
        figure.add_trace(_line(x, prior, "上年同期", LAST_YEAR, unit, decimals, dash="dot"))
    values = [point.value for point in points]
    if bars:
        figure.add_trace(go.Bar(x=x, y=_floats(values), name="本年", marker_color=THIS_YEAR, hovertemplate=_hover(unit, decimals)))
    else:
        figure.add_trace(_line(x, values, "本年", THIS_YEAR, unit, decimals, width=3, markers=True))
    paced = [point.pace_target for point in points]
    if any(value is not None for value in paced):
        figure.add_trace(_line(x, paced, "序时目标", PACE, unit, decimals, dash="dash"))
    elif any(point.target is not None for point in points):
        figure.add_trace(_line(x, [point.target for point in points], "目标", TARGET, unit, decimals, dash="dash", shape="hv"))
    _write_last(figure, points, unit, decimals, "center" if bars else "right")
    figure.update_xaxes(tickformat="%Y-%m", autotickangles=[0, 45], dtick="M1" if len(points) <= MONTHS_EACH_NAMED else None)
    figure.update_yaxes(title_text=unit, rangemode="tozero" if bars else "normal", tickformat=",")
    return figure


def comparison(rows: Sequence[BoardRow], names: Sequence[str], texts: Sequence[str]) -> Figure:
    """
    Change against last year, one bar per indicator, the largest rise on top.

    Args:
        rows: Rows that have a ``yoy``, all in the same unit (per cent with per cent, points with points).
        names: The label of each row's bar.
        texts: The change as printed, written at the end of each bar.

    """
    order = sorted(range(len(rows)), key=lambda i: rows[i].yoy or 0)
    changes = [float(rows[i].yoy or 0) for i in order]
    figure = _figure(height=max(220, 44 * len(rows) + 90))
    figure.add_trace(
        go.Bar(
            x=changes,
            y=[_two_lines(names[i]) for i in order],
            orientation="h",
            marker_color=[RISE if change >= 0 else FALL for change in changes],
            marker_pattern_shape=["" if change >= 0 else "/" for change in changes],
            text=[texts[i] for i in order],
            textposition="outside",
            textfont_size=15,
            cliponaxis=False,
            hovertemplate="%{y}：%{text}<extra></extra>",
            showlegend=False,
        )
    )
    reach = max((abs(change) for change in changes), default=0) or 1
    low, high = min([*changes, 0]), max([*changes, 0])
    figure.update_xaxes(title_text=rows[0].yoy_unit if rows else "", range=[low - reach * 0.45, high + reach * 0.45], zeroline=True)
    figure.update_yaxes(automargin=True)
    figure.update_layout(margin_t=8)
    return figure


def _figure(height: int = 420) -> Figure:
    figure = Figure()
    figure.update_layout(
        height=height,
        margin={"l": 8, "r": 24, "t": 36, "b": 8},
        font={"family": FONTS, "size": 15},
        legend={"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0, "font": {"size": 15}},
        hovermode="x unified" if height == 420 else "closest",
        bargap=0.35,
        dragmode=False,
    )
    figure.update_xaxes(tickfont_size=15, title_font_size=15, fixedrange=True)
    figure.update_yaxes(tickfont_size=15, title_font_size=15, fixedrange=True)
    return figure


def _line(
    x: Sequence[date],
    values: Sequence[Decimal | None],
    name: str,
    colour: str,
    unit: str,
    decimals: int,
    *,
    dash: str = "solid",
    width: int = 2,
    markers: bool = False,
    shape: str = "linear",
) -> go.Scatter:
    return go.Scatter(
        x=x,
        y=_floats(values),
        name=name,
        mode="lines+markers" if markers else "lines",
        line={"color": colour, "dash": dash, "width": width, "shape": shape},
        connectgaps=False,
        hovertemplate=_hover(unit, decimals),
    )


def _write_last(figure: Figure, points: Sequence[TrendPoint], unit: str, decimals: int, anchor: str) -> None:
    """Write the last figure beside its point: the one number of the picture that is read aloud."""
    for point in reversed(points):
        if point.value is not None:
            figure.add_annotation(
                x=point.period.first_day,
                y=float(point.value),
                text=f"<b>{numbers.amount(point.value, unit, decimals)}</b>",
                showarrow=False,
                yshift=18,
                xanchor=anchor,
                font={"size": 17},
            )
            return


def _two_lines(name: str) -> str:
    """A long name broken in the middle, so that it leaves room for the bars on a phone."""
    half = (len(name) + 1) // 2
    return name if len(name) <= LONGEST_LINE else f"{name[:half]}<br>{name[half:]}"


def _floats(values: Sequence[Decimal | None]) -> list[float | None]:
    """What a browser can draw; the exact figures stand in the table."""
    return [None if value is None else float(value) for value in values]


def _hover(unit: str, decimals: int) -> str:
    mark = "" if unit == "%" else " "
    return f"%{{y:,.{decimals}f}}{mark}{unit}"
