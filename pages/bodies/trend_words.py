"""What is said of a month of a series: its figure with the digits that show a miss, and whatever a reader must know beside it."""

from collections.abc import Sequence
from decimal import Decimal

from kpi.catalog.organisation_moves import Move
from kpi.catalog.organisation_moves import moves as moves_of
from kpi.compute.growth import moves_in
from kpi.period import Month, Span
from kpi.present import day_words, definition_words, figure_notes, lifetime_words, numbers, organisation_words, target_words
from kpi.review.series import Point, Series
from kpi.value import Qualifier, State
from pages.widgets import session


def printed(value: Decimal | None, series: Series, qualifier: str = Qualifier.EXACT) -> str:
    """A figure with the digits of its indicator; empty where there is none."""
    return "" if value is None else numbers.qualified(numbers.amount(value, series.unit, series.decimals), qualifier)


def typed(point: Point, series: Series) -> str:
    """The rate that the office typed in, with the digits of its indicator."""
    return "" if point.reported_value is None else numbers.amount(point.reported_value, series.unit_of(point), series.decimals_of(point))


def figure(point: Point, series: Series) -> str:
    """The figure of a month with as many digits as tell it from what is asked for: 97.788% beside 97.8% is 97.79%."""
    if point.value is None:
        return ""
    return numbers.qualified(numbers.amount(point.value, series.unit_of(point), digits(point, series)), point.qualifier)


def digits(point: Point, series: Series) -> int:
    """How many digits a figure and what it is held to need so that they do not read alike."""
    asked = point.target if point.pace_target is None else point.pace_target
    if point.value is None or asked is None:
        return series.decimals_of(point)
    return numbers.apart(point.value, asked, series.decimals_of(point))


def last_year(point: Point, series: Series) -> str:
    """上年同期, with the digits of this year's figure beside it."""
    if point.prior_value is None:
        return ""
    return numbers.qualified(numbers.amount(point.prior_value, series.unit_of(point), digits(point, series)), point.prior_qualifier)


def pace(point: Point, series: Series) -> str:
    """序时目标: where the figure should stand by its day."""
    return "" if point.pace_target is None else numbers.amount(point.pace_target, series.unit_of(point), digits(point, series))


def target(point: Point, series: Series) -> str:
    """目标, with the digits of its document."""
    if point.target is None or point.target_kind is None:
        return ""
    return target_words.asked(point.target_kind, point.target, point.target_upper, series.unit_of(point))


def lacking(point: Point, series: Series, org: str) -> str:
    """Why there is no figure to draw: an office that did report is not said to have not."""
    if point.value is not None:
        return f"只报了 {point.counted}/{point.leaves} 家" if point.counted < point.leaves else "不能画成一个数"
    return session.why_absent(series.code, point.period, org) if point.state is State.UNREPORTED else point.state.value


def month_change(point: Point, series: Series) -> str:
    """环比: the number, or words where that is no exact one."""
    if point.mom is None:
        return ""
    return point.mom_words if point.mom_qualifier != Qualifier.EXACT else numbers.change(point.mom, moves_in(series.unit_of(point)))


def answer(series: Series, span: Span, org: str) -> str:
    """The page in one sentence: the last figure, last year's and what is asked for."""
    last = series.points[-1]
    now = figure(last, series) or (f"{typed(last, series)}（填报值）" if typed(last, series) else lacking(last, series, org))
    now += "（本月未报，沿用上次的累计）" if last.carried else ""
    now += f"（已报 {last.counted}/{last.leaves} 家）" if 0 < last.counted < last.leaves else ""
    when = (
        f"截至 {last.period.chinese}"
        if span is Span.YTD
        else f"{last.period.chinese}当月"
        if span is Span.MONTH
        else day_words.span(span, last.period, session.bureau().catalog.year)
    )
    rest = [("上年同期", last_year(last, series)), ("目标", target(last, series)), ("序时目标", pace(last, series))]
    return f"{session.whose(org)}{series.name}：{when}{numbers.spaced(now)}" + "".join(f"，{word} {text}" for word, text in rest if text) + "。"


def until(series: Series, span: Span) -> str:
    """To which day the last figure runs, which way is better, and what the picture leaves out."""
    last = series.points[-1]
    first, latest = (None, None) if last.carried else (last.as_of, last.as_of_latest)  # 未报 has no day of its own
    days = f"数据截止日 {first.isoformat()}{f' 到 {latest.isoformat()}' if latest and latest != first else ''}；" if first else ""
    half = Month(2000, session.bureau().catalog.year.begins).plus(6).month
    covered = {Span.QUARTER: "每个月的数是本季度初到这个月的合计，季初重新起算。", Span.HALF: f"每个月的数是本半年初到这个月的合计，{half} 月重新起算。"}
    below = "有单位没报的月份也断开。" if last.leaves > 1 else ""
    return f"{days}{series.better.chinese}。没有数据的月份断开，不按零画。{below}{covered.get(span, '')}"


def notes(point: Point, before: Point | None, series: Series, org: str) -> list[str]:
    """What happened in a month that changes how its figure is read."""
    asked, was = target(point, series), target(before, series) if before else ""
    year = session.bureau().catalog.year
    changed = asked and was and asked != was and before is not None and year.of(before.period) == year.of(point.period)
    lacks = f"只报了 {point.counted}/{point.leaves} 家，不连线" if point.counted < point.leaves and point.value is not None else ""
    sentences = [
        "没有报，沿用上次的累计，不连线" if point.carried else lacks,
        *(figure_notes.adjusted(adjustment) for adjustment in point.adjustment),
        *(figure_notes.restated(base) for base in point.restated),
        *(f"{organisation_words.happened(move, point.period.year, org)}，前后的数口径不同" for move in moved(org, point.period)),
        definition_changed(point, before, series),
        f"目标由{numbers.spaced(was)} 改为{numbers.spaced(asked)}" if changed else "",
        figure_notes.half_month(point.period, point.mom, point.as_of, point.as_of_latest).removeprefix(f"{point.period.chinese}的"),
    ]
    return [sentence for sentence in sentences if sentence]


def definition_changed(point: Point, before: Point | None, series: Series) -> str:
    """That a month is the first of another definition, and what differs; empty where it is not."""
    if before is None or before.definition == point.definition:
        return ""
    catalog = session.bureau().catalog
    words = definition_words.changes(catalog.indicators[series.code], catalog.measures, point.period, point.period)
    return "；".join(f"{text}，以前各月按当时的口径" for text in words) + ("，单位不同的不连线" if before.apart != point.apart else "")


def definitions_between(series: Series) -> str:
    """The changes of the definition between the first and the last month; empty where there are none."""
    if not series.changes:
        return ""
    catalog = session.bureau().catalog
    words = definition_words.changes(catalog.indicators[series.code], catalog.measures, series.changes[0], series.changes[-1])
    apart = "；单位不同的月份不连线" if any(point.apart for point in series.points) else ""
    return f"{'；'.join(words)}；各月按当时的口径计算{apart}"


def moved(org: str, month: Month) -> list[Move]:
    """What changed below an organisation in a month."""
    return [move for move in moves_of(session.bureau().catalog.tree, org) if move.month == month]


def open_results(point: Point, series: Series) -> str:
    """Between what the figure of a month can still end; empty where nothing is open."""
    if point.low is None or point.high is None or point.low == point.high or point.counted < point.leaves:
        return ""
    shown = series.decimals_of(point)
    return f"还有结果未出，最后在 {numbers.figure(point.low, shown)}～{numbers.amount(point.high, series.unit_of(point), shown)} 之间"


def changed_between(org: str, series: Series) -> list[str]:
    """What makes the months of a series unlike: other organisations, another definition, offices and measures that began."""
    begun = lifetime_words.came_from(session.bureau().catalog, series.code, series.points[0].period, series.points[-1].period)
    return [words for words in (moved_between(org, series.points), definitions_between(series), *begun) if words]


def moved_between(org: str, points: Sequence[Point]) -> str:
    """The changes of organisations between the first and the last month; empty where there are none."""
    return organisation_words.of_series(moves_of(session.bureau().catalog.tree, org), points[0].period, points[-1].period)
