"""督办 where it concerns: beside the row that was missed, the figure, the relation, the office; each a line that leads to the follow-up."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kpi.compute.follow_up_course import FollowUpStatus, Lamp
from kpi.compute.row import BoardRow
from kpi.meeting import follow_ups
from kpi.period import Month
from kpi.present import follow_up_words
from kpi.present.follow_up_slip import Slip
from kpi.present.html.table import Badge, HtmlCell, HtmlColumn, HtmlRow, HtmlTable, Tail
from pages.choices import MATTERS
from pages.view import View
from pages.widgets import follow_up_slips

PATH, OPEN = "follow-ups", "登记督办"
COLUMNS = (
    HtmlColumn("状态"),
    HtmlColumn("事项", title=True),
    HtmlColumn("科室"),
    HtmlColumn("责任人", most="10em"),
    HtmlColumn("期限"),
    HtmlColumn("答应什么", most="22em"),
    HtmlColumn("现在怎样", most="26em"),
)
_KINDS = {Lamp.RED: "missed", Lamp.YELLOW: "behind", Lamp.GREEN: "met"}  # the names of the colours in the style sheet
_URGENCY = tuple(FollowUpStatus)


@dataclass(frozen=True, slots=True)
class Concern:
    """The follow-ups of a thing, and the address at which another is opened; empty where there is an open one, or nothing to follow up."""

    lines: Sequence[Tail]
    opening: str = ""


def mark(slip: Slip) -> Badge:
    """The slip in its colour, with shape and word: ``■ 逾期（红）``."""
    return Badge(follow_up_words.badge(slip), _KINDS[slip.lamp])


def address(view: View, slip: Slip) -> str:
    """Where a follow-up is read."""
    return view.link(PATH, row=str(slip.number), figure=None, **dict.fromkeys(MATTERS))


def opening_address(view: View, **matter: str) -> str:
    """Where a follow-up of an indicator (``open``), a ``relation``, a ``finding`` or a decision (``note``) is opened."""
    return view.link(PATH, **{"row": None, "figure": None, **dict.fromkeys(MATTERS), **matter})


def of_row(view: View, row: BoardRow) -> Concern:
    """What is followed up of a row of the board."""
    slips = follow_ups.of_indicator(follow_up_slips.slips(row.org), row.indicator, row.org)
    wanted = row.may_assess and row.status.late
    return _concern(view, slips, opening_address(view, open=row.indicator, period=str(row.period)) if wanted else "")


def tail(view: View, row: BoardRow) -> Tail | None:
    """Below a row in a table: the most urgent follow-up of it, or the link to open one; None where there is nothing to follow up."""
    concern = of_row(view, row)
    if concern.lines:
        return concern.lines[0]
    return Tail(OPEN, concern.opening) if concern.opening else None


def of_relation(view: View, relation: str, period: Month, org: str) -> Concern:
    """What is followed up of a relation that is violated in a month."""
    matters = [(slip, slip.follow_up.matter) for slip in follow_up_slips.slips(org) if slip.org == org]
    slips = [slip for slip, matter in matters if (matter.relation, matter.period) == (relation, period)]
    return _concern(view, slips, opening_address(view, relation=relation, period=str(period)))


def of_finding(view: View, submission: int, position: int, code: str, place: str) -> Concern:
    """What is followed up of a finding with which a submission was accepted; a position is counted from 0 on."""
    every = [(slip, slip.follow_up.matter) for slip in follow_up_slips.slips(view.org)]
    slips = [slip for slip, matter in every if (matter.submission, matter.finding, matter.place) == (submission, code, place)]
    return _concern(view, slips, opening_address(view, finding=f"{submission}.{position}"))


def of_decision(view: View, number: int) -> Concern:
    """What a decision of a meeting has become."""
    slips = [slip for slip in follow_up_slips.slips(view.org) if slip.follow_up.matter.note == number]
    return _concern(view, slips, opening_address(view, note=str(number)))


def of_office(view: View, office: str) -> HtmlTable:
    """What an office answers for; without rows where that is nothing."""
    return table(view, follow_ups.of_office(follow_up_slips.slips(view.org), office), "督办")


def count(view: View) -> tuple[str, str]:
    """How many are not closed, in words, and where they are listed; no words where there is none."""
    return follow_up_words.in_hand(follow_up_slips.slips(view.org)), view.link(PATH, office=None)


def table(view: View, slips: Iterable[Slip], name: str) -> HtmlTable:
    """Follow-ups as rows, in the order in which they are given."""
    return HtmlTable(name, COLUMNS, [_row(view, slip) for slip in slips])


def _row(view: View, slip: Slip) -> HtmlRow:
    badge = mark(slip)
    cells = {
        "状态": HtmlCell(order=_URGENCY.index(slip.status), badges=(badge,)),
        "事项": HtmlCell(slip.follow_up.title, note=f"第 {slip.number} 号 · {slip.follow_up.matter.kind.chinese}"),
        "科室": HtmlCell(slip.office, note=slip.whose),
        "责任人": HtmlCell(slip.follow_up.person),
        "期限": HtmlCell(slip.due.isoformat(), slip.due),
        "答应什么": HtmlCell(follow_up_words.promise(slip)),
        "现在怎样": HtmlCell(follow_up_words.outcome(slip)),
    }
    return HtmlRow(cells, address(view, slip), badge.kind, chosen=view.page.path == PATH and view.get("row") == str(slip.number))


def _concern(view: View, slips: Sequence[Slip], opening: str) -> Concern:
    lines = [Tail(follow_up_words.briefly(slip), address(view, slip), mark(slip)) for slip in slips]
    return Concern(lines, opening if all(slip.status.closed for slip in slips) else "")
