"""
What the slides of a meeting say: what was missed first, each with its own message; then what is open, the change over the year, and every indicator.

Nothing is decided and nothing is computed here: verdicts, changes and sentences are those of the board.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from kpi.compute.outlook import Outlook
from kpi.compute.row import BoardRow, Status
from kpi.meeting.frozen_rows import FrozenRow
from kpi.papers.writing.paper_figures import PaperFigures, asked_for, drawable
from kpi.papers.writing.slide_contents import ChartSeries, Plot, Slide, SlideChart, SlideDeck, SlideTable, Stroke, TableCell
from kpi.papers.writing.status_colors import COLORS, INKS
from kpi.present import day_words, growths, headlines, numbers, statuses, verdicts
from kpi.present.row_words import Spoken
from kpi.review.board import late
from kpi.value import Qualifier

_MOST_BARS = 10
_TO_READ, _TO_LOOK_UP = 14.0, 11.0  # points of the letters of a table, at least: at the far end of a room, and on paper
_TURNS = {"好转": INKS[Status.MET], "变差": INKS[Status.MISSED], "": "5C6878"}
_TRUER = 2  # digits more, where the printed ones would tell another verdict
_WIDE = 10  # between the least and the greatest value of a chart, from where on an axis needs no digits behind the point
_LEAST_POINTS = 3  # of a line; fewer are columns beside last year's
_FIGURES = ("指标", "科室", "本年累计", "目标", "差距", "状态", "同比", "截至")
_EVERY = ("指标", "科室", "本年累计", "目标", "状态", "上年同期", "同比", "截至")
_OPEN = ("指标", "科室", "本年累计", "目标", "状态", "原因")


def plan_slides(figures: PaperFigures) -> SlideDeck:
    """The slides of a month."""
    behind = figures.late
    outlooks, months = figures.outlooks(behind), figures.by_month(behind)
    rows = [frozen.row for frozen in figures.rows]
    slides = [_by_office(figures, rows)]
    if behind:
        slides.append(Slide(_of_late(behind), table=_table(_FIGURES, [_late_cells(figures, frozen) for frozen in behind])))
    slides += [_one(figures, frozen, outlooks.get(frozen.row.indicator), months.get(frozen.row.indicator, [])) for frozen in behind]
    if figures.open:
        slides.append(Slide(_of_open(figures.open), table=_table(_OPEN, [_open_cells(figures, frozen) for frozen in figures.open])))
    slides += _over_year(figures)
    slides.append(Slide(f"附表：全部 {len(rows)} 项指标", table=_table(_EVERY, [_every_cells(figures, frozen) for frozen in figures.rows], _TO_LOOK_UP)))
    foot = "　".join(text for text in (figures.whose, figures.month.chinese, f"会议版编号 {figures.code}" if figures.code else "") if text)
    lines = [headlines.headline(rows).removesuffix("。"), day_words.of_board(rows), *figures.provenance]
    return SlideDeck(f"{figures.whose} {figures.month.chinese}指标完成情况", lines, foot, slides)


def message(spoken: Spoken) -> str:
    """The message of a slide about an indicator that is late: ``食品抽检合格率 97.788%，比目标差 0.012 个百分点``."""
    gap = spoken.gap
    if gap == numbers.NOTHING:
        return f"{spoken.about} {spoken.printed}，{statuses.assessed(spoken.row).value}"
    if "超出" in gap:
        gap = gap.replace("超出", "超出目标", 1)
    elif not gap.startswith("比序时"):
        gap = f"比目标{gap}"
    return f"{spoken.about} {spoken.short.removeprefix('未舍入 ')}，{gap}"


def _by_office(figures: PaperFigures, rows: Sequence[BoardRow]) -> Slide:
    """The first slide: how many of each office's indicators stand where."""
    offices = list(dict.fromkeys(row.office for row in rows))
    counts = {office: statuses.tally(row for row in rows if row.office == office) for office in offices}
    order = sorted(offices, key=lambda office: [-counts[office][status] for status in (Status.MISSED, Status.BEHIND, Status.UNDECIDED)])
    shown = [status for status in Status if any(counts[office][status] for office in offices)]
    series = tuple(
        ChartSeries(statuses.badge(status), tuple(float(counts[office][status]) or None for office in order), colors=(COLORS[status],)) for status in shown
    )
    names = {status: "、".join(row.name for row in late(rows) if row.status is status) for status in Status}
    facts = tuple((f"{statuses.badge(status)} {count} 项", names[status]) for status, count in statuses.tally(rows).items() if count)
    title = headlines.missed(rows, figures.office_name)
    return Slide(title, facts=facts, chart=SlideChart(Plot.STACKED, tuple(map(figures.office_name, order)), series, "0"))


def _of_late(rows: Sequence[FrozenRow]) -> str:
    counts = statuses.tally(frozen.row for frozen in rows)
    words = "、".join(f"{counts[status]} 项{status.value}" for status in (Status.MISSED, Status.BEHIND) if counts[status])
    return f"{words}，差距大的在前"


def _one(figures: PaperFigures, frozen: FrozenRow, outlook: Outlook | None, months: Sequence[BoardRow]) -> Slide:
    """The slide of an indicator that is late."""
    spoken, row = figures.spoken(frozen), frozen.row
    beside = spoken.beside_change
    facts = [
        ("状态", statuses.badge(statuses.assessed(row))),
        ("本年累计", spoken.value),
        ("目标", spoken.target),
        ("进度", spoken.progress),
        ("上年同期", beside.last_year),
        ("同比", spoken.yoy if row.last_year.value is not None or row.last_year.yoy_words else numbers.NOTHING),
        ("还需", verdicts.need(spoken, outlook)),
        ("波动", verdicts.signal(row, outlook, frozen.decimals) if outlook else row.signal or ""),
        ("科室", figures.office_name(row.office)),
        ("截至", day_words.as_of(row)),
    ]
    kept = tuple((name, text) for name, text in facts if text and text != numbers.NOTHING)
    return Slide(message(spoken), statuses.assessed(row), kept, _chart(spoken, months), notes=tuple(_notes(figures, frozen)))


def _notes(figures: PaperFigures, frozen: FrozenRow) -> Iterator[str]:
    """How an indicator is counted and what must be said beside it."""
    yield frozen.words
    yield f"口径：{frozen.definition}"
    indicator = figures.bureau.catalog.at(figures.month).indicators.get(frozen.row.indicator)
    if indicator is not None:
        yield f"分母：{indicator.denominator_words}"
        yield f"为什么看：{indicator.why_it_matters}"
    if frozen.row.target.value is not None:
        yield f"目标依据：{frozen.row.target.document}"


def _chart(spoken: Spoken, rows: Sequence[BoardRow]) -> SlideChart:
    """The months of the year so far with last year's and what was asked for; columns where there are too few months."""
    values = drawable(rows)
    shape = _number_format(replace(spoken, decimals=spoken.decimals + _TRUER) if spoken.unrounded else spoken)
    if sum(value is not None for value in values) < _LEAST_POINTS:
        return _columns(spoken, shape)
    wanted, paced = asked_for(rows)
    lines = [
        ChartSeries("本年累计", tuple(map(_number, values))),
        ChartSeries("上年同期", tuple(_number(row.last_year.value) for row in rows), Stroke.PALE),
        ChartSeries(_wanted(spoken, wanted[-1]) if paced else f"目标（{spoken.target}）", tuple(map(_number, wanted)), Stroke.DASHED),
    ]
    drawn = tuple(line for line in lines if any(value is not None for value in line.values))
    months = [row.period for row in rows]
    alone = len({month.year for month in months}) == 1
    heads = tuple(map(day_words.month, months) if alone else day_words.heads(months))
    return SlideChart(Plot.LINES, heads, drawn, shape, _axis_format(spoken, drawn), _caption(spoken, f"{months[-1].year} 年" if alone else ""))


def _wanted(spoken: Spoken, value: Decimal | None) -> str:
    """Where a figure should stand by now, as the legend names it."""
    if value is None:
        return "序时应达"
    return f"序时应达（{numbers.amount(value, spoken.row.unit, max(spoken.decimals, 1) if spoken.row.unit == '%' else spoken.decimals)}）"


def _caption(spoken: Spoken, year: str = "") -> str:
    return "　".join(text for text in (f"单位：{spoken.row.unit}" if spoken.row.unit else "", year) if text)


def _columns(spoken: Spoken, shape: str) -> SlideChart:
    row = spoken.row
    columns = [("上年同期", row.last_year.value, "9AA5B1"), ("本年累计", row.figure.value, INKS[statuses.assessed(row)]), ("目标", row.target.value, "1B2430")]
    there = [(name, value, color) for name, value, color in columns if value is not None]
    series = ChartSeries(spoken.about, tuple(_number(value) for _, value, _ in there), colors=tuple(color for *_, color in there))
    return SlideChart(Plot.COLUMNS, tuple(name for name, *_ in there), (series,), shape, _axis_format(spoken, (series,)), _caption(spoken))


def _over_year(figures: PaperFigures) -> Iterator[Slide]:
    """The largest changes over the year: of numbers in per cent and of rates in points, each on a slide of its own."""
    for unit, what in (("%", "数量"), ("个百分点", "比率")):
        changed = [
            frozen
            for frozen in figures.rows
            if frozen.row.last_year.yoy_unit == unit and frozen.row.last_year.yoy and growths.way(frozen.row) in ("up", "down")
        ]
        if not changed:
            continue
        worse = [frozen for frozen in changed if growths.turn(frozen.row, figures.better(frozen.row.indicator)) == "变差"]
        shown = sorted(changed, key=lambda frozen: -abs(frozen.row.last_year.yoy or Decimal(0)))
        shown = sorted(
            [*sorted(worse, key=shown.index), *(frozen for frozen in shown if frozen not in worse)][:_MOST_BARS],
            key=lambda frozen: frozen.row.last_year.yoy or 0,
        )
        turns = [growths.turn(frozen.row, figures.better(frozen.row.indicator)) for frozen in shown]
        bars = ChartSeries("同比", tuple(_number(frozen.row.last_year.yoy) for frozen in shown), colors=tuple(_TURNS[turn] for turn in turns))
        names = tuple(f"{frozen.row.name}{f'（{turn}）' if turn else ''}" for frozen, turn in zip(shown, turns, strict=True))
        chosen = f"{len(changed)} 项有升降，列 {_MOST_BARS} 项，变差的优先；" if len(changed) > _MOST_BARS else ""
        chart = SlideChart(Plot.BARS, names, (bars,), "+0.00;-0.00;0", caption=f"同比，单位：{unit}；{chosen}由高到低；绿色为好转，红色为变差")
        facts = tuple(_change_fact(figures.spoken(frozen).beside_change) for frozen in reversed(shown))
        yield Slide(_change_message(figures, what, changed, worse), chart=chart, facts=facts, notes=tuple(frozen.words for frozen in shown))


def _change_message(figures: PaperFigures, what: str, changed: Sequence[FrozenRow], worse: Sequence[FrozenRow]) -> str:
    if not worse:
        return f"{what}指标 {len(changed)} 项有升降，没有变差的"
    most = max(worse, key=lambda frozen: abs(frozen.row.last_year.yoy or Decimal(0)))
    return f"{what}指标同比变差 {len(worse)} 项，最多的是{most.row.name}（{figures.spoken(most).yoy}）"


def _change_fact(spoken: Spoken) -> tuple[str, str]:
    """The two figures of a change."""
    return spoken.about, f"{spoken.printed}，上年 {spoken.last_year}"


def _late_cells(figures: PaperFigures, frozen: FrozenRow) -> list[TableCell]:
    spoken, row = figures.spoken(frozen), frozen.row
    status = statuses.assessed(row)
    texts = (spoken.about, figures.office_name(row.office), spoken.short, spoken.target, spoken.gap)
    return [*map(TableCell, texts), TableCell(statuses.badge(status), status), TableCell(spoken.yoy), TableCell(day_words.as_of(row))]


def _open_cells(figures: PaperFigures, frozen: FrozenRow) -> list[TableCell]:
    spoken, row = figures.spoken(frozen), frozen.row
    status = statuses.assessed(row)
    inexact = row.figure.value is not None and row.figure.qualifier != Qualifier.EXACT
    why = "；".join(spoken.notes) or ("填报的不是确数，能否达标还不能说" if inexact else row.figure.state.value)
    return [
        *map(TableCell, (spoken.about, figures.office_name(row.office), spoken.short, spoken.target)),
        TableCell(statuses.badge(status), status),
        TableCell(why),
    ]


def _every_cells(figures: PaperFigures, frozen: FrozenRow) -> list[TableCell]:
    spoken, row = figures.spoken(frozen), frozen.row
    status = statuses.assessed(row)
    before = [*map(TableCell, (spoken.about, figures.office_name(row.office), spoken.short, spoken.target)), TableCell(statuses.badge(status), status)]
    return [*before, *map(TableCell, (spoken.beside_change.last_year, spoken.yoy, day_words.as_of(row)))]


def _of_open(rows: Sequence[FrozenRow]) -> str:
    counts = statuses.tally(frozen.row for frozen in rows)
    words = "、".join(f"{counts[status]} 项{status.value}" for status in (Status.UNDECIDED, Status.UNREPORTED) if counts[status])
    return f"{words}，还不能下结论"


def _table(heads: tuple[str, ...], rows: Sequence[Sequence[TableCell]], least: float = _TO_READ) -> SlideTable:
    return SlideTable(heads, tuple(map(tuple, rows)), least)


def _number_format(spoken: Spoken) -> str:
    """The format in which a chart prints the values of an indicator."""
    decimals = f".{'0' * spoken.decimals}" if spoken.decimals else ""
    return f'#,##0{decimals}"%"' if spoken.row.unit == "%" else f"#,##0{decimals}"


def _axis_format(spoken: Spoken, series: Sequence[ChartSeries]) -> str:
    """The same for the axis, without digits that would all be noughts."""
    values = [value for each in series for value in each.values if value is not None]
    wide = bool(values) and max(values) - min(values) > _WIDE
    return _number_format(replace(spoken, decimals=0 if wide else min(spoken.decimals, 1) if spoken.row.unit == "%" else spoken.decimals))


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)
