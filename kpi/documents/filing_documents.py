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
from kpi.store.referral import Referral
from kpi.store.submission import Submission
from kpi.workbook.report import Question

REFERRED = "referred"  # the status of a file that waits for somebody to accept it


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
                "referred": row.referred,
            }
            for row in rows
        ],
    }


def referrals_document(referrals: Sequence[Referral], faults: Sequence[str]) -> Document:
    """``referral list``: what waits and what was returned, and what cannot be read."""
    return {"referrals": [referral_document(referral) for referral in referrals], "faults": list(faults)}


def referral_document(referral: Referral) -> Document:
    """A referral; ``returned`` is null as long as it waits."""
    back = referral.returned
    return {
        "referral": referral.code,
        "by": referral.by,
        "at": referral.at,
        "sheets": [
            {"org": sheet.org, "office": sheet.office, "period": sheet.period, "template": sheet.template, "file": sheet.file} for sheet in referral.sheets
        ],
        "returned": {"by": back.by, "at": back.at, "reason": back.reason} if back else None,
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
    done = {(s.org, s.office, s.period, s.template if s.template in ledgers else ""): s for s in stored}
    return {"files": [_file(p, done.get((p.org or "", p.office or "", p.period, p.report.template)) if p.report and p.period else None) for p in prepared]}


def _file(prepared: Prepared, submission: Submission | None) -> Document:
    """A file; ``referral`` is where it waits for somebody to accept it, and it has no ``submission`` then."""
    taken = submission is not None and prepared.status not in (Outcome.REJECTED, Outcome.UNCHANGED)
    status = prepared.status if not taken else REFERRED if submission is not None and not submission.seq else "accepted"
    before = prepared.replaces.seq if prepared.status is Outcome.UNCHANGED and prepared.replaces else None
    return {
        "file": prepared.file,
        "org": prepared.org,
        "office": prepared.office,
        "period": prepared.period,
        "status": status,
        "submission": before if submission is None else submission.seq or None,
        "referral": submission.referral or None if submission is not None else None,
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
