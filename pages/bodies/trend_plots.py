"""The picture of 趋势: which months, lines, targets and marks it has."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from kpi.catalog.measure import MeasureKind
from kpi.period import Month, Span, months
from kpi.present import numbers
from kpi.present.html.trend_plot import OpenMonth, PlotBand, PlotLabel, PlotLevel, PlotLine, PlottedMonth, TrendPlot
from kpi.review.series import Point, Series
from kpi.review.side_by_side import SideBySide
from pages.bodies import trend_words
from pages.choices import SPANS
from pages.view import View
from pages.widgets import session

YEARS = "2"  # this year and last year on one axis from January to December
OTHERS = ("now", "second", "third")  # kinds of lines beside one another


@dataclass(frozen=True, slots=True)
class Window:
    """The months of the axis; ``shown`` are those up to the month that is asked for, as far back as there are figures."""

    axis: tuple[Month, ...]
    shown: tuple[Month, ...]
    by_year: bool


@dataclass(frozen=True, slots=True)
class Note:
    """What happened in a month, by the number of its mark."""

    mark: str
    month: Month
    texts: tuple[str, ...]


def window(view: View) -> Window:
    """The months that an address asks for."""
    last, first = view.period, session.periods()[0]
    if view.get("years") == YEARS:
        year, named = session.bureau().catalog.year, session.bureau().catalog.year.of(last)
        return Window(year.so_far(year.last(named)), months(max(year.first(named), first), last), by_year=True)
    axis = months(max(last.plus(1 - int(view.get("years"))), first), last)
    return Window(axis, axis, by_year=False)


def plot(view: View, series: Series, before: Mapping[Month, Point]) -> TrendPlot:
    """
    The picture of one series.

    Args:
        view: What the page shows.
        series: The months shown, the last of them the one asked for.
        before: The months of last year, where this year is drawn above it.

    """
    span, axis = view.span, window(view)
    points = {point.period: point for point in series.points if not point.apart}  # one axis has one unit
    restarts = starts(axis.axis, span, series.code)
    drawn = _drawn(axis.axis, points, series)
    now = PlotLine("now", drawn, _now_label(drawn, axis.axis, points, series), restarts, columns=span is Span.MONTH and adds_up(series.code, view.period))
    then, breaks = _last_year(axis, points, before, series)
    lines = [PlotLine("before", then, _then_labels(then, axis, points, before, series), restarts | breaks), now]
    numbered = notes(view, series)
    return TrendPlot(
        title=f"{session.whose(view.org)}{series.name}",
        about=about(view, f"单位：{series.unit}", axis, of_span=resets(series.code, view.period), alone=not any(then)),
        unit=series.unit,
        heads=[f"{month.month}月" for month in axis.axis],
        years=_years(axis),
        lines=lines if any(then) else [now],
        levels=_levels(view, axis, points, series, restarts),
        band=_band(series, span),
        open=[
            OpenMonth(axis.axis.index(month), point.low, point.high, f"{month.chinese}：{words}")
            for month, point in points.items()
            if point.low is not None and point.high is not None and (words := trend_words.open_results(point, series))
        ],
        notes=[(axis.axis.index(note.month), note.mark) for note in numbered],
        from_zero=resets(series.code, view.period) and series.unit not in ("%", "‰"),
        whole=series.decimals == 0 and series.unit not in ("%", "‰"),
    )


def plot_beside(view: View, lines: Sequence[Series], names: Sequence[str], beside: SideBySide) -> TrendPlot:
    """The picture of several series, each line with its name at its end."""
    axis, first = window(view), lines[0]
    restarts = starts(axis.axis, view.span, *(line.code for line in lines))
    drawn = []
    for kind, line, name, course in zip(OTHERS, lines, names, beside.courses, strict=False):
        points = {point.period: point for point in line.points}
        values = dict(zip(points, course, strict=True))
        dots = [
            None if (value := values.get(month)) is None else PlottedMonth(value, f"{name}，{month.chinese}：{trend_words.figure(points[month], line)}")
            for month in axis.axis
        ]
        end = _last(dots)
        label = [] if end is None else [PlotLabel(end, _beside_words(name, points[axis.axis[end]], line, values[axis.axis[end]], beside))]
        drawn.append(PlotLine(kind, dots, label, restarts))
    unit = f"以 {beside.base.chinese}为 100" if beside.indexed and beside.base else f"单位：{first.unit}"
    return TrendPlot(
        title=f"{session.whose(view.org)}{'、'.join(names)}" if len({line.code for line in lines}) > 1 else f"{first.name}：{'、'.join(names)}",
        about=about(view, unit, axis, of_span=resets(first.code, view.period), alone=True),
        unit="" if beside.indexed else first.unit,
        heads=[f"{month.month}月" for month in axis.axis],
        years=_years(axis),
        lines=drawn,
    )


def about(view: View, unit: str, axis: Window, *, of_span: bool, alone: bool) -> str:
    """Unit, span and months: what a picture that was taken away still says of itself."""
    year = session.bureau().catalog.year
    this = year.of(axis.axis[0])
    years = year.chinese(this) if alone else f"{year.chinese(this)}与 {year.chinese(this - 1)}"
    covered = years if axis.by_year else _between(axis.shown[0], axis.shown[-1])
    words = SPANS[view.span] if of_span or view.span is Span.MONTH else "月末数"
    return f"{unit} · {words} · {covered}"


def _between(first: Month, last: Month) -> str:
    """The first and the last of some months; of a single one that."""
    return f"{first.chinese}至 {last.chinese}" if first != last else first.chinese


def notes(view: View, series: Series) -> list[Note]:
    """The marks of the months shown, numbered, and what each of them says."""
    numbered: list[Note] = []
    for before, point in zip([None, *series.points], series.points, strict=False):
        if texts := trend_words.notes(point, before, series, view.org):
            numbered.append(Note(circled(len(numbered) + 1), point.period, tuple(texts)))
    return numbered


def circled(number: int) -> str:
    """A number in a circle."""
    return chr(0x2460 + number - 1) if number <= 20 else chr(0x3251 + number - 21) if number <= 35 else chr(0x32B1 + number - 36)


def starts(axis: Sequence[Month], span: Span, *codes: str) -> frozenset[int]:
    """The places of the months in which a figure begins anew; none of what stands at an end or of single months."""
    if not any(resets(code, axis[-1]) for code in codes):
        return frozenset()
    return frozenset(place for place, month in enumerate(axis) if span is not Span.MONTH and session.bureau().catalog.year.start(span, month) == month)


def resets(code: str, month: Month) -> bool:
    """Whether a figure is counted from the beginning of a span on, not one that stands at its end."""
    return MeasureKind.FLOW in _kinds(code, month)


def adds_up(code: str, month: Month) -> bool:
    """Whether a figure is a count or an amount of its months, which columns can show; a rate far above 0 is drawn as a line."""
    indicator = session.bureau().catalog.at(month).indicators.get(code)
    return _kinds(code, month) == {MeasureKind.FLOW} and (indicator is None or indicator.denominator is None)


def _kinds(code: str, month: Month) -> set[MeasureKind]:
    catalog = session.bureau().catalog.at(month)
    indicator = catalog.indicators.get(code)
    if indicator is None:
        return {catalog.measures[code].kind}
    return {catalog.counted(term).kind for formula in (indicator.numerator, indicator.denominator) if formula for term in formula.terms}


def _years(axis: Window) -> list[tuple[int, str]]:
    firsts = [(place, f"{month.year} 年") for place, month in enumerate(axis.axis) if month.month == 1 or not place]
    return [] if axis.by_year else firsts


def _drawn(axis: Sequence[Month], points: Mapping[Month, Point], series: Series) -> list[PlottedMonth | None]:
    """The months as a line may draw them."""
    return [
        None if point is None or (value := point.drawable.value) is None else PlottedMonth(value, f"{month.chinese}：{_full(point, series)}")
        for month in axis
        for point in [points.get(month)]
    ]


def _full(point: Point, series: Series) -> str:
    parts = [
        ("", trend_words.figure(point, series)),
        ("上年同期 ", trend_words.last_year(point, series)),
        ("目标 ", trend_words.target(point, series)),
        ("序时目标 ", trend_words.pace(point, series)),
    ]
    return "，".join(f"{word}{text}" for word, text in parts if text)


def _last(dots: Sequence[PlottedMonth | None]) -> int | None:
    return max((place for place, dot in enumerate(dots) if dot is not None), default=None)


def _now_label(dots: Sequence[PlottedMonth | None], axis: Sequence[Month], points: Mapping[Month, Point], series: Series) -> list[PlotLabel]:
    end = _last(dots)
    return [] if end is None else [PlotLabel(end, axis[end].chinese, trend_words.figure(points[axis[end]], series))]


def _last_year(axis: Window, points: Mapping[Month, Point], before: Mapping[Month, Point], series: Series) -> tuple[list[PlottedMonth | None], frozenset[int]]:
    """
    Last year's line: what each month of this year is compared with, and after it the rest of last year as it was reported.

    Returns:
        The months, and where the line breaks: the office restated last year's figures, so that the rest is of another scope.

    """
    line: list[PlottedMonth | None] = []
    for month in axis.axis:
        point, old = points.get(month), before.get(month.plus(-12))
        if point is not None:
            value, text = point.prior_value, trend_words.last_year(point, series)
        else:
            value, text = (old.drawable.value, trend_words.figure(old, series)) if old else (None, "")
        line.append(None if value is None else PlottedMonth(value, f"{month.plus(-12).chinese}：{text}"))
    shown = axis.shown[-1]
    own = before.get(shown.plus(-12))
    restated = own is not None and own.value is not None and points[shown].prior_value not in (None, own.value)
    return line, frozenset({axis.axis.index(shown) + 1}) if axis.by_year and restated else frozenset()


def _then_labels(
    dots: Sequence[PlottedMonth | None], axis: Window, points: Mapping[Month, Point], before: Mapping[Month, Point], series: Series
) -> list[PlotLabel]:
    end, now = _last(dots), axis.axis.index(axis.shown[-1])
    if end is None:
        return []
    same = [PlotLabel(now, f"上年同期 {trend_words.last_year(points[axis.axis[now]], series)}", spare=now != end)] if dots[now] is not None else []
    if now == end:
        return same
    month = axis.axis[end].plus(-12)
    point = before.get(month)
    text = trend_words.figure(point, series) if point else trend_words.last_year(points[axis.axis[end]], series)
    return [PlotLabel(end, f"{month.chinese} {text}"), *same]


def _levels(view: View, axis: Window, points: Mapping[Month, Point], series: Series, restarts: frozenset[int]) -> list[PlotLevel]:
    """The pace of a yearly task with its end, or the target itself."""
    known = [points.get(month) for month in axis.axis]
    last = next((point for point in reversed(known) if point and point.target is not None), None)
    if last is None:
        return []
    turns = frozenset(place for place, month in enumerate(axis.axis) if session.bureau().catalog.year.opens(month))
    asked = f"目标 {trend_words.target(last, series)}"
    paces = [point.pace_target if point else None for point in known]
    if any(pace is not None for pace in paces):
        paced = next(point for point in reversed(known) if point and point.pace_target is not None)
        pace = f"序时 {trend_words.pace(paced, series)}"
        if not axis.by_year:
            return [PlotLevel("pace", paces, f"{pace}（{trend_words.target(last, series)}）", steps=False, restarts=restarts)]
        end: list[Decimal | None] = [None] * (len(axis.axis) - 1)
        return [PlotLevel("pace", paces, pace, steps=False, restarts=restarts), PlotLevel("asked", [*end, last.target], asked)]
    levels = [point.target if point else None for point in known]
    uppers = [point.target_upper if point else None for point in known]
    if axis.by_year and _holds_on(view, series):
        levels = [last.target if month > axis.shown[-1] else level for month, level in zip(axis.axis, levels, strict=True)]
        uppers = [last.target_upper if month > axis.shown[-1] else upper for month, upper in zip(axis.axis, uppers, strict=True)]
    drawn = [PlotLevel("asked", levels, asked, restarts=turns)]
    return [*drawn, PlotLevel("asked", uppers, "", restarts=turns)] if any(upper is not None for upper in uppers) else drawn


def _holds_on(view: View, series: Series) -> bool:
    """Whether what is asked for is the same in the months that are still to come: the document gives no number for each month."""
    return not any(target.monthly for target in session.bureau().catalog.targets_of(series.code, session.bureau().catalog.year.of(view.period), view.org))


def _band(series: Series, span: Span) -> PlotBand | None:
    """The natural limits, which are of single months."""
    limits = series.limits
    if limits is None or span is not Span.MONTH or limits.low == limits.high:  # months that are all alike make no band
        return None
    digits = numbers.apart(limits.low, limits.high, series.decimals)
    usual = f"{numbers.figure(limits.low, digits)}～{numbers.amount(limits.high, series.unit, digits)}"
    return PlotBand(limits.low, limits.mean, limits.high, f"平均 {numbers.amount(limits.mean, series.unit, digits)}，自然界限 {usual}")


def _beside_words(name: str, point: Point, line: Series, value: Decimal | None, beside: SideBySide) -> str:
    text = trend_words.figure(point, line)
    return f"{name} {numbers.figure(value, 1)}（{text}）" if beside.indexed and value is not None else f"{name} {text}"
