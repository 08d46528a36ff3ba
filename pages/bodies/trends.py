"""趋势：一个指标或数据项逐月怎样变化，每个数来自哪里。"""

from collections.abc import Mapping

from kpi.compute.row import BoardRow, Status
from kpi.period import Month, Span
from kpi.present import day_words, figure_notes, numbers, statuses, undecided, verdicts
from kpi.present.html.engine import render
from kpi.present.html.table import HtmlCell, HtmlColumn, HtmlRow, HtmlTable
from kpi.present.html.trend_picture import NARROW, WIDE, picture
from kpi.review.series import Point, Series
from pages.bodies import organisation_notes, row_cells, trend_beside, trend_plots, trend_words
from pages.view import View
from pages.widgets import session

_MOST_HALVES = 2
COLUMNS = (
    HtmlColumn("期间", title=True),
    HtmlColumn("本年", numeric=True),
    HtmlColumn("已报", numeric=True),
    HtmlColumn("填报值", numeric=True),
    HtmlColumn("上年同期", numeric=True),
    HtmlColumn("目标", numeric=True),
    HtmlColumn("序时目标", numeric=True),
    HtmlColumn("单月环比", numeric=True),
    HtmlColumn("当月波动"),
    HtmlColumn("调整数"),
    HtmlColumn("缺报月份"),
    HtmlColumn("截至"),
)


def body(view: View) -> str:
    """The page below its head."""
    return upper(view) + lower(view)


def upper(view: View) -> str:
    """The answer and the picture."""
    series, beside = shown(view), trend_beside.beside(view)
    row = next((row for row in session.rows(view.period, org=view.org) if row.indicator == series.code), None)
    plot = trend_beside.plot(view, beside) if beside.lines else trend_plots.plot(view, series, last_years(view, series.code))
    last = series.points[-1]
    return render(
        "trends.html",
        view=view,
        answer=trend_words.answer(series, view.span, view.org),
        notes=[*organisation_notes.of_board(view.org, view.period), *trend_words.changed_between(view.org, series), *beside.notes],
        mark=row_cells.mark(row) if row is not None and statuses.assessed(row) is not Status.NO_TARGET else None,
        standing=standing(row, view.span) if row is not None else "",
        outlook=verdicts.lines(session.spoken(row), session.outlook_of(row)) if row is not None else {},
        pictures=[drawn for sheet in (WIDE, NARROW) if (drawn := picture(plot, sheet))],
        words=f"{plot.title}，{plot.about}。{trend_words.answer(series, view.span, view.org)}",
        absent=trend_words.lacking(last, series, view.org),
        marked=[] if beside.lines else trend_plots.notes(view, series),
        until=trend_words.until(series, view.span) + ("竖框是结果未出的月份最后可能落到的范围。" if plot.open else ""),
        more=beside.more,
        chosen=view.get("with"),
        full=beside.full,
        taken=beside.taken,
        exploring=bool(view.get("explore")),
        explore=view.link(explore=None if view.get("explore") else "1"),
    )


def tables(view: View) -> list[HtmlTable]:
    """What the page gives away."""
    series = shown(view)
    return [HtmlTable(f"{series.name}逐月数值", COLUMNS, [month_row(view, point, series) for point in series.points[::-1]])]


def lower(view: View) -> str:
    """The months one by one."""
    points = shown(view).points[::-1]
    halves = [half for point in points if (half := figure_notes.half_month(point.period, point.mom, point.as_of, point.as_of_latest))]
    return render(
        "trend_months.html",
        months=tables(view)[0],
        halves="；".join(halves[:_MOST_HALVES]) + ("等，见各月的截止日。" if halves[_MOST_HALVES:] else "。") if halves else "",
    )


def shown(view: View) -> Series:
    """The months that the address asks for."""
    months_shown = trend_plots.window(view).shown
    return session.series(view.get("code"), months_shown[0], months_shown[-1], view.span, view.org)


def last_years(view: View, code: str) -> Mapping[Month, Point]:
    """The months of last year, as far as there are figures."""
    year = session.bureau().catalog.year
    last = year.opening(view.period).plus(-1)
    first = max(year.opening(last), session.periods()[0])
    if first > last:
        return {}
    series = session.series(code, first, last, view.span, view.org)
    return {point.period: point for point in series.points} if series.unit == shown(view).unit else {}


def standing(row: BoardRow, span: Span) -> str:
    """Why a verdict is open, or how far a miss is; verdicts are of the year so far, whatever the picture shows."""
    status, spoken, catalog = statuses.assessed(row), session.spoken(row), session.bureau().catalog
    sentences = [spoken.gap] if status.late else []
    if status is Status.UNDECIDED:
        sentences = [undecided.why(row, spoken.decimals, catalog), undecided.until(row, spoken.decimals, catalog)]
    words = "；".join(text for text in sentences if text and text != numbers.NOTHING)
    return f"按本年累计：{words}" if words and span is not Span.YTD else words


def month_row(view: View, point: Point, series: Series) -> HtmlRow:
    """A month; all of it is the link to the cells it was read from."""
    figure = trend_words.figure(point, series) or trend_words.lacking(point, series, view.org)
    changed = trend_words.definition_changed(point, next((other for other in series.points if other.period == point.period.plus(-1)), None), series)
    cells = {
        "期间": HtmlCell(point.period.chinese, point.period.first_day, note=changed),
        "本年": HtmlCell(figure, point.value, note="本月未报，沿用" if point.carried else ""),
        "已报": HtmlCell(f"{point.counted}/{point.leaves} 家", point.counted) if point.leaves > 1 else HtmlCell(),
        "填报值": HtmlCell(trend_words.typed(point, series), point.reported_value),
        "上年同期": HtmlCell(trend_words.last_year(point, series), point.prior_value),
        "单月环比": HtmlCell(trend_words.month_change(point, series), point.mom),
        "目标": HtmlCell(trend_words.target(point, series), point.target),
        "序时目标": HtmlCell(trend_words.pace(point, series), point.pace_target),
        "当月波动": HtmlCell(point.signal or ""),
        "调整数": HtmlCell("；".join(figure_notes.adjusted(adjustment) for adjustment in point.adjustment)),
        "缺报月份": HtmlCell(day_words.months_of(point.missing) or (f"有 {point.gapped} 家缺" if point.gapped and point.leaves > 1 else "")),
        "截至": HtmlCell(day_words.days(point.as_of, point.as_of_latest, point.period.year), point.as_of) if point.as_of and not point.carried else HtmlCell(),
    }
    return HtmlRow(cells, view.link(period=str(point.period), figure=series.code), chosen=point.period == view.period and view.get("figure") == series.code)
