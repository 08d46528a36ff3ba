"""审计记录：谁在什么时候、从哪台机器做了什么，之前和之后各是什么。"""

from kpi.access.audit import Audit, AuditEntry
from kpi.access.roles import Right
from kpi.present.html.engine import render
from kpi.present.html.table import MOST_ROWS, HtmlCell, HtmlColumn, HtmlRow, HtmlTable
from pages.view import View
from pages.widgets import running, session

COLUMNS = (
    HtmlColumn("编号", numeric=True),
    HtmlColumn("时间"),
    HtmlColumn("做了什么", title=True),
    HtmlColumn("账号"),
    HtmlColumn("姓名"),
    HtmlColumn("从哪台机器"),
    HtmlColumn("对什么", most="24em"),
    HtmlColumn("之前", most="20em"),
    HtmlColumn("之后", most="20em"),
)


def opening(view: View) -> str:
    """How many entries there are of what is searched for, and the latest of them; only those are read."""
    audit, words = _audit(), view.get("q")
    latest = audit.latest(words, MOST_ROWS + 1)
    more = len(latest) > MOST_ROWS
    counted = f"多于 {MOST_ROWS} 条" if more else f"{len(latest)} 条"
    about = (
        f"写有「{words}」的审计记录{'' if more else ' '}{counted}。" if words else f"审计记录 {audit.count} 条，一条接一条加了校验，改动或删去一条都能查出。"
    )
    narrower = "再加一个词" if words else "在上面查找"
    rest = f"只列最近的 {MOST_ROWS} 条，更早的还有；要看更早的，请{narrower}，或者导出 Excel。" if more else ""
    return render("audit_list.html", answer=about, rest=rest, table=_table(latest[:MOST_ROWS]))


def tables(view: View) -> list[HtmlTable]:
    """What the page gives away: every entry that has the words that are searched for, the latest first."""
    return [_table(list(_audit().entries(view.get("q")))[::-1])]


def _audit() -> Audit:
    """The audit; refused to who may not read it."""
    session.bureau().require(Right.AUDIT)
    return running.admission().audit


def _table(listed: list[AuditEntry]) -> HtmlTable:
    return HtmlTable("审计记录", COLUMNS, [_row(entry) for entry in listed])


def _row(entry: AuditEntry) -> HtmlRow:
    words = {
        "做了什么": entry.what.value,
        "账号": entry.account,
        "姓名": entry.name,
        "从哪台机器": entry.address,
        "对什么": entry.about,
        "之前": entry.before,
        "之后": entry.after,
    }
    cells = {column: HtmlCell(text, text) for column, text in words.items()}
    return HtmlRow({"编号": HtmlCell(str(entry.number), entry.number), "时间": HtmlCell(f"{entry.at:%Y-%m-%d %H:%M:%S}", entry.at), **cells})
