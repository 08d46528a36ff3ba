"""What was sent and what is decided about it: ``completeness``, ``withdraw``, ``lock``, ``unlock``."""

from typing import Annotated

import typer

from kpi.catalog.model import Catalog
from kpi.cli.command_view import open_view
from kpi.cli.options import AsJson, AsOf, CatalogDir, Data, OneOffice, OneOrg, OrgBelow, Period, WrittenReason, console, table_of, user
from kpi.cli.printing import print_document
from kpi.documents import filing_documents
from kpi.filing import submissions
from kpi.filing.completeness import completeness as compute_completeness
from kpi.filing.completeness import provisional_words, reminder
from kpi.period import Month
from kpi.store.clock import today
from kpi.store.decision import Decision

_LAST = 2**63 - 1  # that the tables can hold


def completeness(period: Period, org: OrgBelow = None, as_of: AsOf = None, data: Data = None, catalog: CatalogDir = None, as_json: AsJson = False) -> None:
    """报送情况：哪些报表按时、迟报、未报，以及催报名单。"""
    month = Month.parse(period)
    with open_view(data, catalog, org, as_of) as view:
        rows = compute_completeness(view.bureau, month, min(view.day, today()) if view.day else None, view.org)
        branched = view.catalog.branched
    if as_json:
        print_document(filing_documents.completeness_document(month, rows, view.day))
        return
    table = table_of(f"{month.chinese}报送情况{view.known_words}", *(["单位"] if branched else []), "科室", "应报日", "收到", "报送人", "情况", "请核对")
    for row in rows:
        when = f"{row.received:%Y-%m-%d %H:%M}" if row.received else ""
        table.add_row(
            *([row.org_name] if branched else []),
            row.name,
            row.due_words,
            when,
            row.current.by if row.current else "",
            row.words,
            str(row.findings_open or ""),
        )
    console.show(table)
    if provisional := provisional_words(rows):
        console.print(provisional, soft_wrap=True)
    console.print(reminder(rows), soft_wrap=True)


def withdraw(
    number: Annotated[int, typer.Argument(metavar="编号", max=_LAST, help="报送的编号")],
    reason: WrittenReason,
    data: Data = None,
    catalog: CatalogDir = None,
    as_json: AsJson = False,
) -> None:
    """撤回一份有效的报送：它之前的那一份重新有效，什么都不删除。"""
    with open_view(data, catalog, acts=True) as view:
        withdrawal = submissions.withdraw(view.today, number, user(), reason)
        if as_json:
            print_document(filing_documents.withdrawal_document(withdrawal))
            return
        _print_decision(withdrawal.decision, view.catalog, as_json=False)
        for finding in withdrawal.findings:
            console.print(f"{finding.severity.chinese} {finding.seen}。{finding.remedy}。", soft_wrap=True)


def lock(
    period: Period, reason: WrittenReason, office: OneOffice = None, org: OneOrg = None, data: Data = None, catalog: CatalogDir = None, as_json: AsJson = False
) -> None:
    """锁定一个月份：不再接收报送和撤回，直到解锁。"""
    month = Month.parse(period)
    with open_view(data, catalog, org, acts=True) as view:
        _print_decision(submissions.lock(view.today, month, user(), reason, view.office(office), view.org), view.catalog, as_json)


def unlock(
    period: Period, reason: WrittenReason, office: OneOffice = None, org: OneOrg = None, data: Data = None, catalog: CatalogDir = None, as_json: AsJson = False
) -> None:
    """解锁一个月份：重新接收报送和撤回。"""
    month = Month.parse(period)
    with open_view(data, catalog, org, acts=True) as view:
        _print_decision(submissions.unlock(view.today, month, user(), reason, view.office(office), view.org), view.catalog, as_json)


def _print_decision(decision: Decision, catalog: Catalog, as_json: bool) -> None:
    if as_json:
        print_document(filing_documents.decision_document(decision))
        return
    where = f"{catalog.called(None, decision.org)}{catalog.offices[decision.office].name if decision.office else '全部科室'} {decision.period.chinese}"
    what = f"的第 {decision.submission} 号报送" if decision.submission else ""
    console.print(f"{where}{what}已{decision.act.chinese}，记为日志第 {decision.seq} 号。")
