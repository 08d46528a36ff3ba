"""通知：谁有什么事要办；填报员看本科室的，审核员和管理员看全部，可以发出去。"""

from collections import Counter
from collections.abc import Sequence

from kpi.access.roles import Right
from kpi.admin.reminders import Reminder, ReminderKind
from kpi.present.html.engine import render
from kpi.present.html.table import Badge, HtmlCell, HtmlColumn, HtmlRow, HtmlTable
from pages.view import View
from pages.widgets import reminder_lists, running, session

OWN = (HtmlColumn("事项"), HtmlColumn("内容", title=True), HtmlColumn("科室"))
EVERY = (*OWN, HtmlColumn("收件人", most="14em"), HtmlColumn("邮箱", most="18em"))
_COLOURS = {ReminderKind.OVERDUE: "missed", ReminderKind.FOLLOW_UP: "missed", ReminderKind.RETURNED: "missed", ReminderKind.INBOX: "behind"}
_SHAPES = {"missed": "■", "behind": "▲", "undecided": "◇"}


def opening(view: View) -> str:
    """How much is to be done, by what it is, and the list."""
    known = reminder_lists.own()
    return render("reminders.html", answer=answer(known), table=table(view, known), only_demo=bool(known) and session.demonstration().unmixed)


def answer(known: Sequence[Reminder]) -> str:
    """In one sentence."""
    if not known:
        return "没有要办的事。"
    counts = Counter(reminder.kind for reminder in known)
    return f"{len(known)} 件事要办：{'，'.join(f'{counts[kind]} 件{kind.value}' for kind in ReminderKind if counts[kind])}。"


def tables(view: View) -> list[HtmlTable]:
    """What the page gives away."""
    return [table(view, reminder_lists.own())]


def table(view: View, known: Sequence[Reminder]) -> HtmlTable:
    """The list; a row leads to the page that has the matter, for who may open it."""
    sends, reads = running.caller().may(Right.REMIND), running.caller().may(Right.READ)
    return HtmlTable("要办的事", EVERY if sends else OWN, [_row(view, reminder, sends=sends, reads=reads) for reminder in known], search=len(known) > 1)


def brief(view: View) -> tuple[str, str]:
    """What a page says in one line of what its visitor has to do, and where it is listed; both empty where there is nothing, or nobody is known."""
    if running.caller().role is None or not (known := reminder_lists.own()):
        return "", ""
    return answer(known), view.link("notices")


def _row(view: View, reminder: Reminder, *, sends: bool, reads: bool) -> HtmlRow:
    kind = _COLOURS.get(reminder.kind, "undecided")
    cells = {
        "事项": HtmlCell(badges=(Badge(f"{_SHAPES[kind]} {reminder.kind.value}", kind),)),
        "内容": HtmlCell(reminder.text),
        "科室": HtmlCell(reminder.name),
    }
    if sends:
        people = reminder_lists.people(reminder)
        cells["收件人"] = HtmlCell("、".join(account.name for account in people) or "没有账号")
        cells["邮箱"] = HtmlCell("、".join(account.email for account in people if account.email) or "没有邮箱")
    return HtmlRow(cells, view.link(reminder.page, **({"period": reminder.period} if reminder.period else {})) if reads else "")
