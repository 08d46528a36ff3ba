"""``edition``: a month's board frozen for a meeting, found again by its code, compared with now."""

from typing import Annotated

import typer

from kpi.cli.board_tables import print_frozen
from kpi.cli.command_view import open_view
from kpi.cli.options import AsJson, CatalogDir, Data, Period, console, user
from kpi.cli.printing import print_document
from kpi.documents import edition_documents
from kpi.meeting import editions
from kpi.meeting.differences import drift
from kpi.period import Month, Span
from kpi.present import edition_words

Code = Annotated[str, typer.Argument(metavar="编号", help="会议版的编号，如 2023-11-K7QF-3M")]


def freeze(
    period: Period,
    span: Annotated[Span, typer.Option(help="口径：本年累计、当月、当季、半年、全年")] = Span.YTD,
    title: Annotated[str, typer.Option(help="什么会议")] = "",
    org: Annotated[str | None, typer.Option("--org", help="哪个机构的看板（代码、名称或别名）；不写则是最上级的")] = None,
    data: Data = None,
    catalog: CatalogDir = None,
    as_json: AsJson = False,
) -> None:
    """定稿：把现在的看板冻结为会议版，给出编号。"""
    month = Month.parse(period)
    with open_view(data, catalog, org, acts=True) as view:
        issue = editions.freeze(view.today, month, user(), title, span, view.node)
    if as_json:
        print_document(edition_documents.edition_document(issue))
    else:
        console.print(edition_words.frozen(issue.edition, issue.number, issue.whose, issue.before, issue.untaken), soft_wrap=True)


def list_editions(
    period: Annotated[str | None, typer.Option("--period", help="只看这个月份")] = None,
    org: Annotated[str | None, typer.Option("--org", help="只看这个机构的（代码、名称或别名）；不写则全部")] = None,
    data: Data = None,
    catalog: CatalogDir = None,
    as_json: AsJson = False,
) -> None:
    """全部会议版，新的在前。"""
    with open_view(data, catalog, org) as view:
        issues = editions.editions(view.bureau, Month.parse(period) if period is not None else None, view.org)
    if as_json:
        print_document({"editions": [edition_documents.edition_document(issue) for issue in issues]})
        return
    for issue in issues:
        console.print(edition_words.recorded(issue.edition, issue.number, issue.whose), soft_wrap=True)
    if not issues:
        console.print("还没有会议版；用 edition freeze 定稿。")


def show(code: Code, data: Data = None, catalog: CatalogDir = None, as_json: AsJson = False) -> None:
    """会议版的数，与会上看到的完全相同。"""
    with open_view(data, catalog) as view:
        issue = editions.find(view.bureau, code)
        print_frozen(issue, editions.shown(view.bureau, issue.edition), as_json)


def changes(code: Code, data: Data = None, catalog: CatalogDir = None, as_json: AsJson = False) -> None:
    """较会议版变动：哪些数与会上不同了，差多少，为什么。"""
    with open_view(data, catalog) as view:
        issue = editions.find(view.bureau, code)
        changed = drift(view.bureau, issue.edition)
    if as_json:
        print_document(edition_documents.drift_document(issue, changed))
        return
    console.print(edition_words.drifted(issue.edition, issue.number, len(changed), issue.whose), soft_wrap=True)
    if again := issue.once_more:
        console.print(again, soft_wrap=True)
    for change in changed:
        console.print(change.words, soft_wrap=True)
