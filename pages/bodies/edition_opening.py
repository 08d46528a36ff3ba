"""会议版：一个月定稿了哪些版，选定的一版定稿以来变了什么。"""

from collections.abc import Sequence

from kpi.meeting import editions
from kpi.meeting.editions import Issue
from kpi.present import edition_words
from kpi.present.html.engine import render
from kpi.present.html.table import HtmlCell, HtmlColumn, HtmlRow, HtmlTable
from pages.bodies import drifts, filing_cells
from pages.view import View
from pages.widgets import edition_lists, session

COLUMNS = (
    HtmlColumn("编号", title=True),
    HtmlColumn("版次", numeric=True),
    HtmlColumn("口径"),
    HtmlColumn("会议"),
    HtmlColumn("定稿人"),
    HtmlColumn("定稿时间"),
)


def opening(view: View) -> str:
    """The answer: whether there is an edition, and how much of it has changed."""
    issue, whose = chosen(view), session.whose(view.org)
    notes: list[str] = []
    if issue is None:
        answer = f"{whose}{view.period.chinese}还没有会议版。"
        notes = ["开会以前定稿，会上看到的数从此不变；会后有更正、补报、撤回或目标调整，这里逐项说明变了多少、为什么。"]
    elif edition_lists.is_whole(issue):
        drifted = edition_lists.drifted(issue)
        answer = edition_words.drifted(issue.edition, issue.number, len(drifted), issue.whose)
        notes = [issue.once_more] if issue.once_more else []
    else:
        name = edition_words.named(issue.edition, issue.number, issue.whose)
        answer = f"{name}（{issue.edition.code}）的定稿文件丢失或损坏，看不到会上的数。"
        notes = ["可以按日志重算：算出的数与编号相符，文件就写回原样；不相符的，什么都不改，请从备份恢复 editions 文件夹。"]
    return render("edition_opening.html", answer=answer, notes=notes)


def listed(view: View) -> list[Issue]:
    """The editions of the organisation and month, the latest first."""
    return editions.editions(session.bureau(), view.period, view.org)


def chosen(view: View) -> Issue | None:
    """The edition that the address names, of the same figures the first one, which names the others."""
    return {issue.edition.code: issue for issue in listed(view)}.get(view.get("edition"))


def sheets(view: View, issue: Issue) -> str:
    """What changed since an edition that is whole, and its figures as they were shown."""
    drifted = edition_lists.drifted(issue)
    return render(
        "edition.html",
        editions=edition_table(view, listed(view)),
        changes=len(drifted),
        causes=drifts.causes(drifted) if drifted else "",
        detail=drifts.detail(view, drifts.chosen(view, drifted)),
        drifted=drifts.table(view, drifted, "较会议版变动"),
        frozen=_frozen(issue),
    )


def edition_table(view: View, issues: Sequence[Issue]) -> HtmlTable:
    """The editions of the month; a row opens one."""
    rows = []
    for issue in issues:
        edition = issue.edition
        cells = {
            "编号": HtmlCell(edition.code),
            "版次": HtmlCell(f"第 {issue.number} 版", issue.number),
            "口径": HtmlCell(edition.span.chinese),
            "会议": HtmlCell(edition.title),
            "定稿人": HtmlCell(edition.by),
            "定稿时间": filing_cells.time(edition.at),
        }
        rows.append(HtmlRow(cells, view.link(edition=edition.code, row=None), chosen=edition.code == view.get("edition")))
    return HtmlTable(f"{view.period.chinese}的会议版", COLUMNS, rows)


def tables(view: View) -> list[HtmlTable]:
    """What the page gives away: the editions of the month, what changed since the one that is chosen, and its figures."""
    issue = chosen(view)
    every = [edition_table(view, listed(view))]
    if issue and edition_lists.is_whole(issue):
        every += [drifts.table(view, edition_lists.drifted(issue), "较会议版变动"), _frozen(issue)]
    return [table for table in every if table.rows]


def _frozen(issue: Issue) -> HtmlTable:
    return drifts.board(edition_lists.shown(issue), f"定稿的数（{issue.edition.code}）")
