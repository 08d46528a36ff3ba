"""当时所知：一个月的看板在某一天是什么样，与现在相比哪些数不同了、为什么。"""

from datetime import date

from kpi.meeting.as_known import KnownBoard
from kpi.present import day_words
from kpi.present.html.engine import render
from kpi.present.html.table import HtmlTable
from pages.bodies import drifts
from pages.view import View
from pages.widgets import pasts, session

DIFFERING = "当时与现在不同的指标"


def body(view: View) -> str:
    """The page below its head."""
    day, known = _day(view), _known(view)
    whose = f"{session.whose(view.org)}{view.period.chinese}看板：按 {day_words.dated(day)}"
    if known.nothing:
        later = pasts.next_report(day, view.period, view.org)
        return render("unknown.html", view=view, answer=f"{whose}所知，还没有任何数。", later=later.isoformat() if later else "")
    count = f"{len(known.differing)} 项不同" if known.differing else "没有不同"
    return render(
        "known.html",
        answer=f"{whose}所知与现在相比，{count}。",
        causes=drifts.causes(known.differing) if known.differing else "",
        detail=drifts.detail(view, drifts.chosen(view, known.differing)),
        differing=drifts.table(view, known.differing, DIFFERING),
        board=_board(view),
    )


def tables(view: View) -> list[HtmlTable]:
    """What the page gives away: what differs, and the board of that day."""
    known = _known(view)
    return [table for table in (drifts.table(view, known.differing, DIFFERING), _board(view)) if table.rows]


def _day(view: View) -> date:
    return date.fromisoformat(view.get("day")) if view.get("day") else pasts.default_day(view.period)


def _known(view: View) -> KnownBoard:
    return pasts.board(_day(view), view.period, view.org)


def _board(view: View) -> HtmlTable:
    return drifts.board(_known(view).rows, f"当时的看板（{day_words.dated(_day(view))}）")
