"""督办：答应的事办到哪一步；哪几件逾期、滞后、即将到期，一件从登记到办结的全部经过。"""

from dataclasses import dataclass

from kpi.meeting import follow_ups
from kpi.present import follow_up_words
from kpi.present.follow_up_slip import Slip
from kpi.present.html.engine import render
from kpi.present.html.table import Badge, HtmlTable
from kpi.store.follow_up import MatterKind
from pages.bodies import follow_up_lines, follow_up_wanted, row_cells
from pages.choices import MATTERS
from pages.view import View
from pages.widgets import follow_up_slips, session


@dataclass(frozen=True, slots=True)
class LampCount:
    """How many follow-ups have a status, in its shape, word and colour."""

    badge: Badge
    count: int


def opening(view: View) -> str:
    """The answer; of the follow-up that is chosen everything that is on record; the list where nothing is chosen."""
    slips, slip, matter = listed(view), chosen(view), follow_up_wanted.wanted(view)
    whose = session.called(view.office, view.org) if view.office else ""
    asked = view.get("row")
    first = render(
        "follow_ups.html",
        answer=f"{whose}{'：' if whose else ''}{follow_up_words.answer(slips)}",
        counts=_counts(slips),
        absent=asked[:20] if asked and slip is None else "",
        refusal=follow_up_wanted.refusal(view),
    )
    if slip:
        return first + detail(view, slip)
    if matter:
        return first + render("follow_up_wanted.html", matter=matter, unwanted=view.link(**dict.fromkeys(MATTERS)))
    return first + everything(view)


def everything(view: View, *, aside: bool = False) -> str:
    """The open follow-ups, and those that are closed, folded; aside of one that is opened, which has the paper to itself."""
    slips = listed(view)
    open_ones = [slip for slip in slips if not slip.status.closed]
    closed = [slip for slip in slips if slip.status.closed]
    return render(
        "follow_up_tables.html",
        view=view,
        aside=aside,
        open=follow_up_lines.table(view, open_ones, "在办的督办"),
        closed=follow_up_lines.table(view, closed, "已办结的督办"),
        unfolded=view.get("row") in {str(slip.number) for slip in closed},
    )


def meeting(view: View) -> str:
    """That what is entered here is entered in a meeting, and how it is not."""
    return render("follow_up_meeting.html", code=view.get("edition"), outside=view.link(edition=None))


def tables(view: View) -> list[HtmlTable]:
    """What the page gives away: every follow-up of the office that is chosen."""
    return [follow_up_lines.table(view, listed(view), "督办")]


def listed(view: View) -> list[Slip]:
    """The follow-ups of the organisation and office that are chosen, the most urgent first."""
    slips = follow_up_slips.slips(view.org)
    return follow_ups.of_office(slips, view.office) if view.office else list(slips)


def chosen(view: View) -> Slip | None:
    """The follow-up that the address names, whosever it is."""
    return follow_up_slips.numbered(view.get("row")) if view.get("row") else None


def detail(view: View, slip: Slip) -> str:
    """Everything that is on record of a follow-up, and its figure as it was and is."""
    now = slip.now
    return render(
        "follow_up.html",
        badge=follow_up_lines.mark(slip),
        title=follow_up_words.title(slip),
        kind=slip.follow_up.matter.kind.chinese,
        answerable=follow_up_words.answerable(slip),
        promise=follow_up_words.promise(slip),
        outcome=follow_up_words.outcome(slip),
        then=f"{slip.follow_up.matter.period.chinese}：{slip.follow_up.matter.words}（{slip.follow_up.at:%Y-%m-%d}）",
        now=f"{now.row.period.chinese}：{now.sentence}" if now else "",
        now_mark=row_cells.mark(now.row) if now else None,
        line=row_cells.line(now.row) if now else None,
        links=links(view, slip),
        steps=[follow_up_words.step(step, slip.day) for step in slip.steps],
        history=[follow_up_words.history_words(line) for line in follow_up_words.history(slip)],
        close=view.link(row=None),
    )


def links(view: View, slip: Slip) -> list[tuple[str, str]]:
    """Where the thing itself is shown."""
    matter, org = slip.follow_up.matter, slip.org
    where = {"org": org if session.bureau().catalog.branched else None}
    if slip.now:
        period = str(slip.now.row.period)
        return [
            ("这个数的来历", view.link(figure=slip.now.row.indicator, period=period, **where)),
            ("趋势", view.link("trends", code=slip.now.row.indicator, period=period, **where)),
        ]
    if matter.kind is MatterKind.RELATION:
        return [("勾稽核对", view.link("quality", period=str(matter.period), unit=where["org"]))]
    if matter.kind is MatterKind.FINDING:
        return [("报送记录", view.link("submissions", period=str(matter.period), office=None, row=str(matter.submission), **where))]
    if matter.kind is MatterKind.DECISION:
        return [("会议版", view.link("meeting", period=str(matter.period), edition=slip.follow_up.edition or None, **where))]
    return []


def _counts(slips: list[Slip]) -> list[LampCount]:
    """How many have which status, the most urgent first."""
    badges = [follow_up_lines.mark(slip) for slip in slips]
    return [LampCount(badge, badges.count(badge)) for badge in dict.fromkeys(badges)]
