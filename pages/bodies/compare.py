"""同比：今年与上年同期相比，哪些变差，哪些好转，各多少。"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from kpi.compute.growth import MOVES
from kpi.compute.row import BoardRow, Status
from kpi.period import CALENDAR_YEAR, Month, Span
from kpi.present import day_words, growths, numbers, organisation_words, statuses, turns
from kpi.present.html.dumbbell import NARROW_ROWS, WIDE_ROWS, ComparedYears, DumbbellPicture, dumbbells, reach_of
from kpi.present.html.engine import render
from kpi.present.html.table import HtmlCell, HtmlColumn, HtmlRow, HtmlTable
from kpi.present.turns import YearTurn
from kpi.value import State
from pages.bodies import organisation_notes, row_cells
from pages.view import View
from pages.widgets import session

MOST = 15  # rows of a picture that can be read on a projector
_MOST_NAMED = 6
_UNITS = {"%": "数量：比上年同期增减多少（%）", "个百分点": "比率：比上年同期升降多少（个百分点）", "个千分点": "比率：比上年同期升降多少（个千分点）"}
COLUMNS = (
    HtmlColumn("指标", title=True),
    HtmlColumn("今年", numeric=True),
    HtmlColumn("上年同期", numeric=True),
    HtmlColumn("同比", numeric=True),
    HtmlColumn("好坏"),
    HtmlColumn("较上年末", numeric=True),
    HtmlColumn("截至"),
)
Drawn = tuple[str, str, list[DumbbellPicture]]  # what is said below, in words for those who have it read aloud, and the pictures


@dataclass(frozen=True, slots=True)
class TurnSection:
    """Those that went one way: its title and a picture for each unit."""

    title: str
    pictures: list[Drawn]


@dataclass(frozen=True, slots=True)
class ReasonGroup:
    """Why some cannot be compared: in words, how many they are, and the first of them with where each leads."""

    words: str
    count: int
    named: list[tuple[str, str]]


def body(view: View) -> str:
    """The page below its head."""
    rows = chosen(view)
    groups = by_turn(rows)
    judged = [row for turn in (YearTurn.WORSE, YearTurn.LEVEL, YearTurn.BETTER) for row in groups[turn]]
    untold = [row for turn in (YearTurn.OPEN, YearTurn.ABSENT) for row in groups[turn]]
    whose = f"{session.whose(view.org)}{session.office_name(view.office) + ' ' if view.office else ''}"
    return render(
        "compare.html",
        view=view,
        answer=f"{whose}{day_words.span(view.span, view.period, session.bureau().catalog.year)}与上年同期相比：{turns.sentence(groups)}。",
        moves=f"只看方向：{growths.moves(rows).words}。" if judged else "",
        notes=[*organisation_notes.of_board(view.org, view.period, rows), *filter(None, [uneven(rows)])],
        together=january_and_february(view),
        sections=[section(view, turn, groups[turn], judged) for turn in (YearTurn.WORSE, YearTurn.LEVEL, YearTurn.BETTER) if groups[turn]],
        untold=untold,
        reasons=reasons(view, untold),
        rows=tables(view)[0],
        noted=noted(rows),
        days=day_words.of_board(rows),
    )


def tables(view: View) -> list[HtmlTable]:
    """What the page gives away."""
    groups = by_turn(chosen(view))
    return [HtmlTable("全部指标的同比", COLUMNS, [line(view, row, turn) for turn, group in groups.items() for row in group])]


def by_turn(rows: Sequence[BoardRow]) -> dict[YearTurn, list[BoardRow]]:
    """The rows by what became of them."""
    return turns.grouped(rows, {row.indicator: session.definition(row).better for row in rows})


def chosen(view: View) -> list[BoardRow]:
    """The rows that the address asks for."""
    rows = session.rows(view.period, view.office, view.org, view.span)
    late = {row.indicator for row in session.missed(view.period, view.org)}
    indicators = session.bureau().catalog.indicators
    match view.get("which"):
        case "late":
            return [row for row in rows if row.indicator in late]
        case "key":
            return [row for row in rows if indicators[row.indicator].headline]
        case _:
            return list(rows)


def section(view: View, turn: YearTurn, group: Sequence[BoardRow], judged: Sequence[BoardRow]) -> TurnSection:
    """
    Those that went one way, by unit.

    Args:
        view: What the page shows.
        turn: Which way.
        group: The rows, the largest change first.
        judged: The rows of all ways, which share the scale of their unit, so that lengths can be compared between sections.

    """
    pictures = []
    for unit in MOVES:
        shown = [row for row in group if row.last_year.yoy_unit == unit]
        if not shown:
            continue
        reach = reach_of([row.last_year.yoy for row in judged if row.last_year.yoy is not None and row.last_year.yoy_unit == unit])
        lines = [compared(view, row) for row in shown[:MOST]]
        title = f"{turn.value}：{session.whose(view.org)}{day_words.span(view.span, view.period, session.bureau().catalog.year)}与上年同期"
        beyond = any(abs(row.amount) > reach for row in lines)
        about = _UNITS[unit] + (f"；箭头：超过 {numbers.stated_amount(reach, unit)}" if beyond else "")
        note = f"只画变化最大的 {MOST} 项，全部 {len(shown)} 项见下表。" if len(shown) > MOST else ""
        words = f"{title}，{_UNITS[unit]}：" + "；".join(f"{row.name} {row.before} 到 {row.now}，{row.change}" for row in lines)
        pictures.append((note, words, [dumbbells(title, about, lines, reach, sheet) for sheet in (WIDE_ROWS, NARROW_ROWS)]))
    return TurnSection(f"{turn.value}（{len(group)} 项）", pictures)


def compared(view: View, row: BoardRow) -> ComparedYears:
    """A row of a picture; its status is that of the board of the month."""
    spoken, status = session.spoken(row).beside_change, statuses_of(view.period, view.org).get(row.indicator, Status.NO_TARGET)
    word = growths.turn(row, session.definition(row).better)
    return ComparedYears(
        name=spoken.about,
        before=printed_last_year(row),
        now=spoken.printed,
        change=f"{growths.yoy(row).split('，')[0]} {word}".strip(),
        amount=row.last_year.yoy or Decimal(0),
        shape=statuses.SHAPES[status] if status.late else "",
        kind=status.name.lower() if status.late else "",
    )


def statuses_of(period: Month, org: str) -> dict[str, Status]:
    """The status of each indicator on the board of the month."""
    return {row.indicator: statuses.assessed(row) for row in session.rows(period, org=org)}


def printed_last_year(row: BoardRow) -> str:
    """Last year's figure alone; what is to be said of it stands in the table."""
    return session.spoken(row).beside_change.last_year.split("（")[0]


def line(view: View, row: BoardRow, turn: YearTurn) -> HtmlRow:
    """A row of the table."""
    spoken = session.spoken(row).beside_change
    cells = {
        "指标": HtmlCell(spoken.about, note=session.office_name(row.office)),
        "今年": HtmlCell(spoken.value, row.figure.value),
        "上年同期": HtmlCell(spoken.last_year, row.last_year.value),
        "同比": HtmlCell(spoken.yoy, row.last_year.yoy),
        "好坏": HtmlCell(turn.value),
        "较上年末": HtmlCell(growths.since_year_end(row), row.last_year.since_year_end),
        "截至": row_cells.as_of(row),
    }
    return HtmlRow(cells, row_cells.opened(view, row), chosen=view.get("figure") == row.indicator)


def reasons(view: View, rows: Sequence[BoardRow]) -> list[ReasonGroup]:
    """What keeps rows from being compared, each reason once."""
    together: dict[str, list[BoardRow]] = {}
    for row in rows:
        together.setdefault(why(row), []).append(row)
    return [ReasonGroup(words, len(group), [_named(view, row) for row in group[:MOST]]) for words, group in together.items()]


def _named(view: View, row: BoardRow) -> tuple[str, str]:
    """The name of an indicator, and where it leads."""
    return session.spoken(row).about, row_cells.opened(view, row)


def why(row: BoardRow) -> str:
    """Why two years cannot be compared."""
    if row.figure.value is None:
        reason = session.why_absent(row.indicator, row.period, row.org) if row.figure.state is State.UNREPORTED else row.figure.state.value
        return "科室没有报今年的数" if reason == State.UNREPORTED else reason
    if growths.way(row) == "open":
        return f"{session.spoken(row).yoy}（两年里有的不是确数，升降不定）"
    return row.last_year.yoy_words or "没有上年同期数"


def uneven(rows: Sequence[BoardRow]) -> str:
    """That two years run to different days, and of which indicators."""
    names = [row.name for row in rows if row.last_year.yoy is not None and session.spoken(row).different_days]
    if not names:
        return ""
    return f"{len(names)} 项两年的截止日不同，差距里含有天数的差别：{'、'.join(names[:_MOST_NAMED])}{'等' if len(names) > _MOST_NAMED else ''}。"


def noted(rows: Sequence[BoardRow]) -> list[tuple[str, list[str]]]:
    """What must be said beside a comparison, by indicator; what is said above of all of them is not said again."""
    once = {sentence for row in rows for sentence in organisation_words.moved(row)}
    every = [(spoken.about, [note for note in spoken.notes if note not in once]) for spoken in (session.spoken(row).beside_change for row in rows)]
    return [(name, notes) for name, notes in every if notes]


def january_and_february(view: View) -> str:
    """The address of January and February together, where one of them is looked at alone; empty where that is not so, or February is not there yet."""
    february = Month(view.period.year, 2)
    together = session.bureau().catalog.year == CALENDAR_YEAR  # else the two are no year so far
    alone = together and (view.period.month == 1 or (view.period.month == 2 and view.span is Span.MONTH))
    return view.link(period=str(february), span=Span.YTD.value) if alone and february in session.periods() else ""
