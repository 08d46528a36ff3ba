"""``follow-ups``: what is followed up, and how it stands; it is written on the page."""

from typing import Annotated

import typer

from kpi.cli.command_view import open_view
from kpi.cli.options import AsJson, CatalogDir, Data, OrgBelow, console
from kpi.cli.printing import print_document
from kpi.documents import follow_up_documents
from kpi.meeting.follow_ups import follow_ups as every_follow_up
from kpi.meeting.follow_ups import of_office
from kpi.present import follow_up_words
from kpi.store.clock import today


def follow_ups(
    office: Annotated[str | None, typer.Option("--office", help="只看这个科室的（代码、名称或别名）；不写则全部科室")] = None,
    org: OrgBelow = None,
    open_only: Annotated[bool, typer.Option("--open", help="只看还没有办结的")] = False,
    history: Annotated[bool, typer.Option("--history", help="每一件都列出全部办理记录")] = False,
    as_of: Annotated[str | None, typer.Option("--as-of", metavar="日期", help="看这一天的督办，如 2023-12-05；不写则今天")] = None,
    data: Data = None,
    catalog: CatalogDir = None,
    as_json: AsJson = False,
) -> None:
    """督办：交办的事、责任人、期限和现在办得怎样；登记和签字在网页上。"""
    with open_view(data, catalog, org, as_of) as view:
        day, code = view.day or today(), view.office(office)
        slips = every_follow_up(view.today, day, view.org)
    listed = [slip for slip in (slips if code is None else of_office(slips, code)) if not (open_only and slip.status.closed)]
    if as_json:
        print_document(follow_up_documents.follow_ups_document(day, listed))
        return
    console.print(f"{day.isoformat()}：{follow_up_words.counts(listed)}。" if listed else "没有督办事项。", soft_wrap=True)
    for slip in listed:
        console.print(f"{follow_up_words.badge(slip)} {follow_up_words.sentence(slip)}", soft_wrap=True)
        for line in follow_up_words.history(slip) if history else ():
            console.print(f"    {follow_up_words.history_words(line)}", soft_wrap=True)
