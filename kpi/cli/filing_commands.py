"""What was sent and what is decided about it: ``completeness``, ``withdraw``, ``lock``, ``unlock``."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from kpi.bureau import open_existing
from kpi.catalog.model import Catalog
from kpi.cli import contract
from kpi.cli.options import (
    AsJson,
    AsOf,
    CatalogDir,
    Data,
    Node,
    Part,
    Period,
    Reason,
    Whose,
    as_known,
    console,
    day_of,
    known_words,
    office_of,
    org_of,
    table_of,
    user,
)
from kpi.filing import submissions
from kpi.filing.completeness import completeness as compute_completeness
from kpi.filing.completeness import provisional_words, reminder
from kpi.period import Month
from kpi.store.clock import today
from kpi.store.decision import Decision

_LAST = 2**63 - 1  # that the tables can hold


def completeness(period: Period, org: Node = None, as_of: AsOf = None, data: Data = None, catalog: CatalogDir = None, as_json: AsJson = False) -> None:
    """报送情况：哪些报表按时、迟报、未报，以及催报名单。"""
    month, day = Month.parse(period), day_of(as_of)
    with open_existing(data, catalog) as bureau:
        known = as_known(bureau, day)
        rows = compute_completeness(known, month, min(day, today()) if day else None, org=org_of(bureau.catalog, org))
        branched = bureau.catalog.branched
    if as_json:
        print(contract.text(contract.completeness_document(month, rows, day)))
        return
    table = table_of(f"{month.chinese}报送情况{known_words(day)}", *(["单位"] if branched else []), "科室", "应报日", "收到", "报送人", "情况", "请核对")
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
    reason: Reason,
    data: Data = None,
    catalog: CatalogDir = None,
    as_json: AsJson = False,
) -> None:
    """撤回一份有效的报送：它之前的那一份重新有效，什么都不删除。"""
    with open_existing(data, catalog) as bureau:
        withdrawal = submissions.withdraw(bureau, number, user(), reason)
        if as_json:
            print(contract.text(contract.withdrawal_document(withdrawal)))
            return
        _print_decision(withdrawal.decision, bureau.catalog, as_json=False)
        for finding in withdrawal.findings:
            console.print(f"{finding.severity.chinese} {finding.seen}。{finding.remedy}。", soft_wrap=True)


def lock(
    period: Period, reason: Reason, office: Part = None, org: Whose = None, data: Data = None, catalog: CatalogDir = None, as_json: AsJson = False
) -> None:
    """锁定一个月份：不再接收报送和撤回，直到解锁。"""
    _decide_month(submissions.lock, Month.parse(period), reason, office, org, data, catalog, as_json)


def unlock(
    period: Period, reason: Reason, office: Part = None, org: Whose = None, data: Data = None, catalog: CatalogDir = None, as_json: AsJson = False
) -> None:
    """解锁一个月份：重新接收报送和撤回。"""
    _decide_month(submissions.unlock, Month.parse(period), reason, office, org, data, catalog, as_json)


def _decide_month(
    act: Callable[..., Decision], month: Month, reason: str, office: str | None, org: str | None, data: Path | None, catalog: Path | None, as_json: bool
) -> None:
    """Lock or unlock a month, of one office or organisation or of all, and tell it."""
    with open_existing(data, catalog) as bureau:
        decision = act(bureau, month, user(), reason, office_of(bureau.catalog, office), org_of(bureau.catalog, org))
        _print_decision(decision, bureau.catalog, as_json)


def _print_decision(decision: Decision, catalog: Catalog, as_json: bool) -> None:
    if as_json:
        print(contract.text(contract.decision_document(decision)))
        return
    where = f"{catalog.called(None, decision.org)}{catalog.offices[decision.office].name if decision.office else '全部科室'} {decision.period.chinese}"
    what = f"的第 {decision.submission} 号报送" if decision.submission else ""
    console.print(f"{where}{what}已{decision.act.chinese}，记为日志第 {decision.seq} 号。")
