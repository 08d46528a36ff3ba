"""The JSON documents of what comes in and what is decided about it: ``ingest``, ``completeness``, ``withdraw``, ``lock``, ``unlock``."""

from collections.abc import Sequence
from datetime import date

from kpi.documents.json_document import Document
from kpi.filing.completeness import Arrival, Owed
from kpi.filing.intake import Outcome, Prepared
from kpi.filing.submissions import Withdrawal
from kpi.finding import Finding
from kpi.period import Month
from kpi.store.decision import Decision
from kpi.store.submission import Submission
from kpi.workbook.report import Question


def completeness_document(period: Month, rows: Sequence[Owed], known_on: date | None = None) -> Document:
    """``completeness``: each sheet owed; ``on_time`` is null as long as it is neither received nor overdue, ``due_provisional`` where it may move."""
    return {
        "period": period,
        "known_on": known_on,
        "rows": [
            {
                "org": row.org,
                "office": row.office,
                "name": row.name,
                "template": row.template,
                "due": row.due,
                "due_provisional": row.provisional,
                "received": row.received,
                "by": row.current.by if row.current else None,
                "submission": row.current.seq if row.current else None,
                "on_time": None if row.state is Arrival.PENDING else row.state is Arrival.ON_TIME,
                "late_days": row.days,
                "state": row.state,
                "findings_open": row.findings_open,
            }
            for row in rows
        ],
    }


def withdrawal_document(withdrawal: Withdrawal) -> Document:
    """``withdraw``: the decision, and what the sheets that count now contradict or miss by it."""
    return decision_document(withdrawal.decision) | {"findings": [_finding(f) for f in withdrawal.findings]}


def decision_document(decision: Decision) -> Document:
    """``lock``, ``unlock``: the decision as it stands in the log."""
    return {
        "decision": decision.seq,
        "act": decision.act,
        "period": decision.period,
        "org": decision.org,
        "office": decision.office,
        "submission": decision.submission,
        "by": decision.by,
        "at": decision.at,
        "reason": decision.reason,
    }


def ingest_document(prepared: Sequence[Prepared], stored: Sequence[Submission]) -> Document:
    """``ingest``: what became of each file."""
    ledgers = {p.report.template for p in prepared if p.report} - {""}
    numbers = {(s.org, s.office, s.period, s.template if s.template in ledgers else ""): s.seq for s in stored}
    return {"files": [_file(p, numbers.get((p.org or "", p.office or "", p.period, p.report.template)) if p.report and p.period else None) for p in prepared]}


def _file(prepared: Prepared, submission: int | None) -> Document:
    status = "accepted" if submission is not None and prepared.status not in (Outcome.REJECTED, Outcome.UNCHANGED) else prepared.status
    return {
        "file": prepared.file,
        "org": prepared.org,
        "office": prepared.office,
        "period": prepared.period,
        "status": status,
        "submission": submission if submission is not None else prepared.replaces.seq if prepared.status is Outcome.UNCHANGED and prepared.replaces else None,
        "values": prepared.figures,
        "message": prepared.message,
        "findings": [_finding(f) for f in prepared.findings],
        "questions": [_question(question) for question in (prepared.report.questions if prepared.report else ())],
    }


def _question(question: Question) -> Document:
    return {"kind": question.kind, "place": str(question.place), "seen": question.seen, "candidates": [answer for answer, _ in question.candidates]}


def _finding(finding: Finding) -> Document:
    return {
        "code": finding.code,
        "severity": finding.severity,
        "place": str(finding.place),
        "seen": finding.seen,
        "remedy": finding.remedy,
        "relation": finding.relation,
    } | ({"cases": list(finding.cases)} if finding.cases else {})
