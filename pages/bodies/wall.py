"""
大屏: one question a screen, for a meeting that reads it from five metres; live, or an edition as it was frozen.

It needs no page library: one document with all screens, turned by keyboard or remote, or by itself.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kpi.compute.row import BoardRow
from kpi.meeting import editions
from kpi.period import Span
from kpi.present import day_words, growths, headlines, statuses
from kpi.present.html.bullet import bullet
from kpi.present.html.engine import render
from kpi.present.row_words import Spoken
from kpi.review import since_last_month
from kpi.review.board import late
from kpi.store import clock
from pages.bodies import overview, row_cells, wall_chosen, wall_promises
from pages.bodies.wall_screen import WallScreen, parted
from pages.view import View
from pages.widgets import session

MISSED_EACH, CARDS_EACH, MOVES_EACH, HEAT_EACH = 6, 6, 7, 20  # rows, cards, moves and offices of one screen
MOST_MISSED, NAMES = 30, 24  # rows and names that a meeting looks at; the pages have all
QUICKEST, SLOWEST = 3, 3600  # seconds after which screens may turn by themselves


@dataclass(frozen=True, slots=True)
class WallBoard:
    """The board that is shown: its rows, each in words, and the edition that it is of; None of the live one."""

    rows: Sequence[BoardRow]
    spoken: dict[str, Spoken]
    issue: editions.Issue | None

    @property
    def span(self) -> Span:
        """How many months its values cover."""
        return self.issue.edition.span if self.issue else Span.YTD

    @property
    def late(self) -> list[BoardRow]:
        """What was missed, worst first."""
        return late(self.rows)


def board_of(view: View) -> WallBoard:
    """The board that the address names: an edition by its code, else the live one."""
    code = view.get("edition")
    if code:
        issue = editions.find(session.bureau(), code, view.org)
        frozen = editions.shown(session.bureau(), issue.edition)
        rule = editions.rounding_of(frozen)
        return WallBoard([row.row for row in frozen], {row.row.indicator: Spoken(row.row, row.decimals, rounding=rule) for row in frozen}, issue)
    rows = session.rows(view.period, org=view.org)
    return WallBoard(rows, {row.indicator: session.spoken(row) for row in rows}, None)


def document(view: View, *, style: str, script: str, alone: bool = False) -> str:
    """
    The whole document.

    Args:
        view: What is shown; ``every`` in its address turns the screens by themselves after so many seconds.
        style: The addresses of the style sheets, or the style itself where the document stands alone.
        script: The same of the script.
        alone: Whether everything is inside the document, so that it opens from a file.

    """
    board = board_of(view)
    catalog = session.bureau().catalog
    period = board.issue.edition.period if board.issue else view.period
    return render(
        "wall.html",
        view=view,
        bureau=board.issue.whose if board.issue and board.issue.whose else catalog.bureau if not catalog.branched else catalog.orgs[view.org].name,
        month=period.chinese if board.span is Span.YTD else f"{period.chinese}（{board.span.chinese}）",
        days=day_words.span_of_board(board.rows),
        code=board.issue.edition.code if board.issue else "",
        title=board.issue.edition.title if board.issue else "",
        at=f"{board.issue.edition.at:%Y-%m-%d %H:%M} 定稿" if board.issue else f"更新于 {clock.now():%H:%M}",
        version=session.standing(),
        screens=list(screens(view, board)),
        every=turning(view),
        theme="light" if view.get("theme") == "light" else "dark",
        style=style,
        script=script,
        alone=alone,
        demo=session.demonstration().shown,
    )


def screens(view: View, board: WallBoard) -> Iterator[WallScreen]:
    """The screens in the order of a meeting; what the address asks for and is not shown comes before them."""
    if lines := [*view.notes, *_unread(view)]:
        yield WallScreen("说明", "地址里要看的，这里没有", render("wall_lines.html", lead="", lines=lines, nothing=""))
    yield from wall_promises.last_meeting(view.org, board.issue.edition.code if board.issue else "")
    yield WallScreen("结论", "这个月怎么样", conclusion(board))
    late_rows = board.late[:MOST_MISSED]
    some = f"：差距最大的 {MOST_MISSED} 项，共 {len(board.late)} 项" if len(board.late) > MOST_MISSED else ""
    for pages, rows in parted(late_rows, MISSED_EACH):
        yield WallScreen("未达标", f"哪些没有达标{pages}{some}", render("wall_missed.html", rows=[missed_line(board, row) for row in rows]))
    if board.span is Span.YTD:  # the months before are known by their cumulative figures
        yield WallScreen("比上月", "比上月变了什么", since(view, board))
    yield WallScreen("同比", "比上年同期怎么样", moves(board))
    if board.issue is None:
        heads = day_words.heads(overview.heat_months(view.period))
        for pages, offices in parted(overview.heat(view), HEAT_EACH):
            yield WallScreen("科室", f"哪个科室{pages}", render("wall_heat.html", heads=heads, rows=offices, marks=statuses.marks()))
    indicators = session.bureau().catalog.indicators
    leading = [row for row in board.rows if row.indicator in indicators and indicators[row.indicator].headline]
    for pages, rows in parted(leading, CARDS_EACH):
        yield WallScreen("重点指标", f"重点指标{pages}", render("wall_cards.html", cards=[leading_card(board, row) for row in rows]))
    yield from wall_chosen.chosen(view, board.issue)
    yield from wall_promises.open_ones(view.org)


def turning(view: View) -> int:
    """After how many seconds the screens turn by themselves; 0 where they do not."""
    word = view.get("every")
    return int(word) if re.fullmatch(r"[0-9]{1,4}", word) and QUICKEST <= int(word) <= SLOWEST else 0


def _unread(view: View) -> list[str]:
    """What is said of a time that is none, or too short to be read."""
    word = view.get("every")
    if word in ("", "0") or turning(view):
        return []
    return [f"地址里写的「every={word[:20]}」读不懂；每几秒翻一页，请写 {QUICKEST} 到 {SLOWEST} 的整数，如 every=20；现在不自动翻页。"]


def conclusion(board: WallBoard) -> str:
    """The answer and how many stand where."""
    counts = [(statuses.badge(status), status.name.lower(), count) for status, count in statuses.tally(board.rows).items() if count]
    return render("wall_conclusion.html", answer=headlines.missed(board.rows, session.office_name), counts=counts)


def missed_line(board: WallBoard, row: BoardRow) -> dict[str, object]:
    """A row of what was missed."""
    spoken = board.spoken[row.indicator]
    return {
        "mark": row_cells.mark(row),
        "name": row.name,
        "office": session.office_name(row.office),
        "figure": spoken.short,
        "target": spoken.target,
        "gap": spoken.gap,
        "bullet": bullet(row),
        "change": f"同比 {spoken.yoy}" if row.last_year.yoy is not None else "",
    }


def since(view: View, board: WallBoard) -> str:
    """What changed since last month; both of the year so far."""
    period = board.issue.edition.period if board.issue else view.period
    known = session.statuses_until(period, view.org)
    now = {row.indicator: statuses.assessed(row) for row in board.rows if row.indicator in known[period]}
    changes = since_last_month.changes(session.bureau(), {**known, period: {**known[period], **now}})
    lines = changes.lines_with(NAMES // max(len(changes.lines), 1))
    return render("wall_lines.html", lead=changes.sentence, lines=lines, nothing=changes.unchanged)


def moves(board: WallBoard) -> str:
    """The figures that turned worse and better against last year, as the catalogue calls it; those of assessed targets first."""
    indicators = session.bureau().catalog.indicators
    turned = [(row, growths.turn(row, session.definition(row).better)) for row in board.rows if row.indicator in indicators]
    groups = []
    for word in ("变差", "好转"):
        rows = sorted((row for row, turn in turned if turn == word), key=lambda row: (not indicators[row.indicator].headline, not row.status.late))
        lines = [
            {
                "name": row.name,
                "office": session.office_name(row.office),
                "then": board.spoken[row.indicator].beside_change.last_year,
                "now": board.spoken[row.indicator].beside_change.printed,
                "change": board.spoken[row.indicator].yoy.partition("（")[0],
            }
            for row in rows[:MOVES_EACH]
        ]
        if rows:
            groups.append((word, len(rows), lines))
    return render("wall_moves.html", words=growths.moves(board.rows).words, groups=groups)


def leading_card(board: WallBoard, row: BoardRow) -> dict[str, object]:
    """One of the figures that leaders follow."""
    spoken = board.spoken[row.indicator]
    figure, exact = spoken.from_afar
    return {
        "name": row.name,
        "mark": row_cells.mark(row),
        "figure": figure,
        "exact": exact,
        "target": f"目标 {spoken.target}" if row.target.value is not None else "",
        "change": f"同比 {spoken.yoy.partition('（')[0]}" if row.last_year.yoy is not None else "",
        "line": row_cells.small_line(row) if board.issue is None else None,
    }
