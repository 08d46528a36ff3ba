"""
Native charts on slides, which can be edited in PowerPoint and WPS: gaps stay gaps, what is asked for is dashed, the last point has its label.

A chart carries its data as a workbook; a name in it that begins like a formula stays a text.
"""

from functools import cached_property
from typing import Any

from lxml import etree
from pptx.chart.data import CategoryChartData
from pptx.chart.xlsx import CategoryWorkbookWriter
from pptx.enum.chart import XL_CHART_TYPE

from kpi.papers.writing.slide_contents import ChartSeries, Plot, SlideChart, Stroke
from kpi.papers.writing.slide_texts import GREY, INK, run_properties
from kpi.present.seen_text import seen
from kpi.workbook.writing.chart_data_book import chart_data_book

_KINDS = {
    Plot.LINES: XL_CHART_TYPE.LINE_MARKERS,
    Plot.COLUMNS: XL_CHART_TYPE.COLUMN_CLUSTERED,
    Plot.BARS: XL_CHART_TYPE.BAR_CLUSTERED,
    Plot.STACKED: XL_CHART_TYPE.BAR_STACKED,
}
_STROKES = {Stroke.FULL: ("1F5FA8", 28575, "solid"), Stroke.PALE: ("9AA5B1", 22225, "solid"), Stroke.DASHED: ("B25E09", 19050, "dash")}
_CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_MAIN = "http://schemas.openxmlformats.org/drawingml/2006/main"
_SPACES = f'xmlns:c="{_CHART}" xmlns:a="{_MAIN}"'
_SIZE, _SMALL = 12, 12
_POINT = 12700  # EMU
_LABEL_ROOM = 0.16  # of the whole length of the axis, for the label of a bar
_CATEGORY = 0.6  # of the room of a category down an axis, for the letters of its name
_FULL = 100.0  # per cent
_FROM_NOUGHT = 5 / 6  # of the highest value: an axis whose least value is smaller begins at 0
_NEAR = 0.06  # of the length of an axis, below which two labels at one height would touch
_PLOT = (0.1, 0.1, 0.78, 0.81)  # of a chart of lines: left, top, width and height of what is within the axes; labels stand to the right of it


class PlainChartData(CategoryChartData):
    """Data of a chart whose workbook holds texts and numbers alone."""

    def __init__(self, number_format: str) -> None:
        super().__init__(number_format)  # type: ignore[no-untyped-call]  # it says no types

    @cached_property
    def _workbook_writer(self) -> Any:
        return _PlainWorkbookWriter(self)


class _PlainWorkbookWriter(CategoryWorkbookWriter):
    def __init__(self, data: PlainChartData) -> None:
        super().__init__(data)  # type: ignore[no-untyped-call]  # nor does this one

    @property
    def xlsx_blob(self) -> bytes:
        series = list(self._chart_data)
        categories = [category.label for category in self._chart_data.categories]
        return chart_data_book(categories, [(each.name, list(each.values)) for each in series])


def add_chart(slide: Any, chart: SlideChart, left: int, top: int, width: int, height: int) -> None:
    """Add a chart to a slide; its place in EMU."""
    data: Any = PlainChartData(chart.number_format)
    upwards = chart.plot in (Plot.BARS, Plot.STACKED)
    data.categories = [seen(category) for category in chart.categories]
    for series in chart.series:
        data.add_series(seen(series.name), series.values)
    drawn = slide.shapes.add_chart(_KINDS[chart.plot], left, top, width, height, data).chart
    drawn.has_title = False
    drawn.has_legend = len(chart.series) > 1
    if drawn.has_legend:
        from pptx.enum.chart import XL_LEGEND_POSITION

        drawn.legend.position, drawn.legend.include_in_layout = XL_LEGEND_POSITION.TOP, False
    space = drawn._chartSpace
    for old in space.findall(f"{{{_CHART}}}txPr"):
        space.remove(old)
    _insert(space, _text_properties(_SIZE), ("externalData", "printSettings", "userShapes"))
    _insert(space.chart, f'<c:dispBlanksAs {_SPACES} val="gap"/>', (), replace=True)
    _axes(drawn, chart, height, upwards=upwards)
    if chart.plot is Plot.LINES:
        _leave_room(space)
    for series, element in zip(chart.series, space.iter(f"{{{_CHART}}}ser"), strict=True):
        _draw(element, series, chart)


def _axes(drawn: Any, chart: SlideChart, height: int, *, upwards: bool) -> None:
    from pptx.enum.chart import XL_TICK_LABEL_POSITION, XL_TICK_MARK

    values, categories = drawn.value_axis, drawn.category_axis
    values.major_gridlines.format.line.color.rgb = rgb("E3E8EF")
    values.format.line.fill.background()
    values.major_tick_mark = categories.major_tick_mark = XL_TICK_MARK.NONE
    values.tick_labels.number_format, values.tick_labels.number_format_is_linked = chart.axis_format, False
    categories.format.line.color.rgb = rgb("9AA5B1")
    if upwards:
        categories.tick_label_position = XL_TICK_LABEL_POSITION.LOW  # beside the chart, also where bars go to the left
        categories.reverse_order = chart.plot is Plot.STACKED
        values.visible = False
        drawn.plots[0].gap_width = 45
        values.has_major_gridlines = False
        _make_room(values, chart)
        axis = categories._element
        for old in axis.findall(f"{{{_CHART}}}txPr"):
            axis.remove(old)
        _insert(axis, _text_properties(min(float(_SIZE), height / _POINT / len(chart.categories) * _CATEGORY)), ("crossAx",))
    highest = max((value for series in chart.series for value in series.values if value is not None), default=0.0)
    if chart.plot is Plot.LINES and "%" in chart.axis_format and _FULL * 0.8 < highest <= _FULL:
        values.maximum_scale = _FULL  # a share of more than all would have to be explained
    if chart.plot is Plot.COLUMNS:
        drawn.plots[0].gap_width = 90
        values.minimum_scale = 0 if all(value is None or value >= 0 for value in chart.series[0].values) else None


def _draw(element: Any, series: ChartSeries, chart: SlideChart) -> None:
    """The look of one series and its labels."""
    for tag in ("spPr", "marker", "dPt", "dLbls", "smooth", "invertIfNegative"):
        for old in element.findall(f"{{{_CHART}}}{tag}"):
            element.remove(old)
    before = ("trendline", "errBars", "cat", "val", "shape", "extLst")
    if chart.plot is Plot.LINES:
        color, width, dash = _STROKES[series.stroke]
        line = f'<a:ln w="{width}" cap="rnd"><a:solidFill><a:srgbClr val="{color}"/></a:solidFill><a:prstDash val="{dash}"/><a:round/></a:ln>'
        _insert(element, f"<c:spPr {_SPACES}>{line}</c:spPr>", ("marker", *before))
        _insert(element, _marker(color, series.stroke), before)
        last = max((place for place, value in enumerate(series.values) if value is not None), default=None)
        if last is not None and series.stroke is not Stroke.DASHED:  # whose value the legend says
            where = "r" if not _near(series, chart, last) else "t" if _highest(series, chart, last) else "b"
            ink = color if series.stroke is Stroke.FULL else GREY
            _insert(element, _label_of_last(last, ink, chart.number_format, where, bold=series.stroke is Stroke.FULL), before)
        _insert(element, f'<c:smooth {_SPACES} val="0"/>', ("extLst",))
        return
    colors = series.colors or ("1F5FA8",)
    _insert(element, f"<c:spPr {_SPACES}>{_fill(colors[0])}</c:spPr>", before)
    _insert(element, f'<c:invertIfNegative {_SPACES} val="0"/>', before)
    if len(colors) > 1:
        for place, color in enumerate(colors):
            point = f'<c:dPt {_SPACES}><c:idx val="{place}"/><c:invertIfNegative val="0"/><c:bubble3D val="0"/><c:spPr>{_fill(color)}</c:spPr></c:dPt>'
            _insert(element, point, before)
    ink = _readable(colors[0]) if chart.plot is Plot.STACKED else INK
    where = "ctr" if chart.plot is Plot.STACKED else "outEnd"
    _insert(element, f"<c:dLbls {_SPACES}>{_label(chart.number_format, ink, where)}</c:dLbls>", before)


def _make_room(values: Any, chart: SlideChart) -> None:
    """Let a bar that goes to the left end before the names of the categories, its label with it."""
    lengths = [value for series in chart.series for value in series.values if value is not None]
    if chart.plot is Plot.BARS and lengths:
        least, most = min(0.0, *lengths), max(0.0, *lengths)
        spare = (most - least) * _LABEL_ROOM
        values.minimum_scale, values.maximum_scale = (least - spare if least < 0 else 0.0), (most + spare if most > 0 else 0.0)


def _leave_room(space: Any) -> None:
    """Room to the right of the lines, for the labels of their last points."""
    area = space.find(f".//{{{_CHART}}}plotArea")
    for old in area.findall(f"{{{_CHART}}}layout"):
        area.remove(old)
    sides = "".join(f'<c:{side} val="{share}"/>' for side, share in zip("xywh", _PLOT, strict=True))
    modes = '<c:layoutTarget val="inner"/><c:xMode val="edge"/><c:yMode val="edge"/>'
    area.insert(0, etree.fromstring(f"<c:layout {_SPACES}><c:manualLayout>{modes}{sides}</c:manualLayout></c:layout>"))


def _near(series: ChartSeries, chart: SlideChart, place: int) -> bool:
    """Whether the end of a series is so near to that of another that their labels would touch."""
    values = [value for other in chart.series for value in other.values if value is not None]
    length = max(values) - (min(values) if min(values) > max(values) * _FROM_NOUGHT else min(0.0, *values))
    ends = [other.values[place] for other in chart.series if other.stroke is not Stroke.DASHED]
    return sum(end is not None and abs(end - (series.values[place] or 0.0)) < length * _NEAR for end in ends) > 1


def _highest(series: ChartSeries, chart: SlideChart, place: int) -> bool:
    """Whether a series ends above the other one that has a label."""
    others = [other.values[place] for other in chart.series if other is not series and other.stroke is not Stroke.DASHED]
    own = series.values[place]
    return all(other is None or (own is not None and (own, series.stroke is Stroke.FULL) >= (other, False)) for other in others)


def _label_of_last(place: int, color: str, number_format: str, where: str, *, bold: bool) -> str:
    hidden = '<c:showLegendKey val="0"/><c:showVal val="0"/><c:showCatName val="0"/><c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/>'
    return f'<c:dLbls {_SPACES}><c:dLbl><c:idx val="{place}"/>{_label(number_format, color, where, bold=bold)}</c:dLbl>{hidden}</c:dLbls>'


def _label(number_format: str, ink: str, where: str, *, bold: bool = False) -> str:
    shape = number_format.replace("&", "&amp;").replace('"', "&quot;")
    return (
        f'<c:numFmt formatCode="{shape}" sourceLinked="0"/><c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>'
        f"<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr>{run_properties(_SMALL, ink, bold=bold, tag='defRPr')}</a:pPr>"
        f'<a:endParaRPr lang="zh-CN"/></a:p></c:txPr><c:dLblPos val="{where}"/><c:showLegendKey val="0"/><c:showVal val="1"/>'
        '<c:showCatName val="0"/><c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/>'
    )


def _marker(color: str, stroke: Stroke) -> str:
    if stroke is Stroke.DASHED:
        return f'<c:marker {_SPACES}><c:symbol val="none"/></c:marker>'
    shape = "circle" if stroke is Stroke.FULL else "diamond"
    return f'<c:marker {_SPACES}><c:symbol val="{shape}"/><c:size val="6"/><c:spPr>{_fill(color)}<a:ln><a:noFill/></a:ln></c:spPr></c:marker>'


def _fill(color: str) -> str:
    return f'<a:solidFill><a:srgbClr val="{color}"/></a:solidFill>'


def _text_properties(size: float) -> str:
    properties = run_properties(size, GREY, tag="defRPr")
    return f'<c:txPr {_SPACES}><a:bodyPr/><a:lstStyle/><a:p><a:pPr>{properties}</a:pPr><a:endParaRPr lang="zh-CN"/></a:p></c:txPr>'


def _readable(ground: str) -> str:
    """White or black, whichever is read better on a ground."""
    red, green, blue = (int(ground[at : at + 2], 16) for at in (0, 2, 4))
    return "FFFFFF" if 0.299 * red + 0.587 * green + 0.114 * blue < 150 else INK


def rgb(color: str) -> Any:
    """A colour as the library takes it."""
    from pptx.dml.color import RGBColor

    return RGBColor(*bytes.fromhex(color))  # type: ignore[no-untyped-call]  # it says no types


def _insert(parent: Any, xml: str, before: tuple[str, ...], *, replace: bool = False) -> None:
    """Put an element before the first of some others, at the end where none of them is there: the order is that of the schema."""
    element = etree.fromstring(xml)
    if replace:
        for old in parent.findall(element.tag):
            parent.replace(old, element)
            return
    following = next((child for child in parent if etree.QName(child).localname in before), None)
    if following is None:
        parent.append(element)
    else:
        following.addprevious(element)
