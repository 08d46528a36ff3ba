"""``referral``: what waits for somebody to accept it, accepted or returned."""

from typing import Annotated

import typer

from kpi.access.roles import Right
from kpi.cli.command_view import open_view
from kpi.cli.demonstration_warning import warn_of_the_demonstration
from kpi.cli.options import AsJson, CatalogDir, Data, WrittenReason, console, user
from kpi.cli.printing import print_document
from kpi.documents import filing_documents
from kpi.filing import acceptance

ReferralCode = Annotated[str, typer.Argument(metavar="编号", help="送审的编号，见 referral list")]


def list_referrals(data: Data = None, catalog: CatalogDir = None, as_json: AsJson = False) -> None:
    """列出送审以后等待审核的和已退回的。"""
    with open_view(data, catalog) as view:
        every = acceptance.referred(view.today)
        faults = view.today.store.referral_faults()
        named = {waiting.referral.code: acceptance.whose(view.today, waiting.referral) for waiting in every}
    if as_json:
        print_document(filing_documents.referrals_document([waiting.referral for waiting in every], faults))
        return
    for waiting in every:
        referral = waiting.referral
        state = f"已由{referral.returned.by}退回：{referral.returned.reason}" if referral.returned else "等待审核"
        console.print(f"{referral.code}  {named[referral.code]}  {referral.by}  {referral.at:%Y-%m-%d %H:%M}  {state}", soft_wrap=True)
    for fault in faults:
        console.print(fault, soft_wrap=True)
    if not every and not faults:
        console.print("没有等待审核的报表。")


def accept(code: ReferralCode, data: Data = None, catalog: CatalogDir = None, as_json: AsJson = False) -> None:
    """审核入库：送审的数从现在起计入看板。"""
    with open_view(data, catalog, acts=True) as view:
        view.today.caller.require_right(Right.ACCEPT)
        acceptance.referred_as(view.today, code)  # before a warning about what is not there
        warn_of_the_demonstration(view.today, "审核")
        stored = acceptance.accept_referred(view.today, code, user())
    if as_json:
        print_document({"submissions": [submission.seq for submission in stored]})
        return
    console.print(f"已审核入库 {len(stored)} 份：第 {'、'.join(str(submission.seq) for submission in stored)} 号。", soft_wrap=True)


def send_back(code: ReferralCode, reason: WrittenReason, data: Data = None, catalog: CatalogDir = None, as_json: AsJson = False) -> None:
    """退回：送审的人看得到理由。"""
    with open_view(data, catalog, acts=True) as view:
        returned = acceptance.return_referred(view.today, code, user(), reason)
    if as_json:
        print_document(filing_documents.referral_document(returned))
        return
    console.print(f"「{code}」已退回给{returned.by}。", soft_wrap=True)
