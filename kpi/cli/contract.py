"""
The JSON documents of the command line: field names and shapes that scripts of the bureau depend on.

Decimals are strings, so that no reader turns them into binary fractions; dates are ISO; what is absent is null.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from kpi.catalog.model import Catalog
from kpi.compute.flat_row import fields_of
from kpi.compute.outlook import Outlook
from kpi.compute.row import BoardRow
from kpi.filing.completeness import Arrival, Owed
from kpi.filing.intake import Outcome, Prepared
from kpi.filing.submissions import Withdrawal
from kpi.finding import Finding
from kpi.meeting.differences import Drift
from kpi.meeting.editions import Issue
from kpi.meeting.frozen_rows import Frozen
from kpi.meeting.reasons import Reason
from kpi.period import Month, Span
from kpi.present import growths, row_words, verdicts
from kpi.present.edition_words import Fate
from kpi.present.row_words import spoken
from kpi.review.ranking import Ranking
from kpi.review.scoring import Scored, totals
from kpi.review.series import Series
from kpi.review.source import Source
from kpi.store.decision import Decision
from kpi.store.submission import Stated, Submission
from kpi.validation.relation_figures import Evaluated
from kpi.value import Value, plain
from kpi.workbook.report import Question

Document = dict[str, Any]


def text(document: Document) -> str:
    """One JSON document, UTF-8, ready to print."""
    return json.dumps(document, ensure_ascii=False, indent=1, default=_plain)


def board_document(period: Month, span: Span, rows: Sequence[BoardRow], catalog: Catalog, known_on: date | None = None, org: str | None = None) -> Document:
    """``board``: every field of a row and its sentence; ``known_on`` is the day as known on which it is, null for now; ``org`` the root unless told."""
    lines = [board_row(row, catalog.indicators[row.indicator].decimals) for row in rows]
    return {"org": org or catalog.root, "period": period, "span": span, "known_on": known_on, "rows": lines}


def edition_document(issue: Issue) -> Document:
    """``edition freeze``, and each of ``edition list``: what is on record of an edition."""
    edition = issue.edition
    return {
        "code": edition.code,
        "org": edition.org,
        "period": edition.period,
        "span": edition.span,
        "number": issue.number,
        "title": edition.title,
        "by": edition.by,
        "at": edition.at,
        "edition": edition.seq,
        "known": edition.known,
        "sha256": edition.figures,
        "unchanged": edition.unchanged,
        "mended": issue.before is Fate.MENDED,
        "again": [{"number": other.number, "title": other.edition.title, "edition": other.edition.seq} for other in issue.again],
    }


def frozen_document(issue: Issue, rows: Sequence[Frozen]) -> Document:
    """``edition show`` and ``board --edition``: the rows as `board_document` has them, with the digits and the definition they were printed with."""
    lines = [board_row(one.row, one.decimals) | {"decimals": one.decimals, "definition": one.definition, "words": one.words} for one in rows]
    return edition_document(issue) | {"rows": lines}


def drift_document(issue: Issue, drifted: Sequence[Drift]) -> Document:
    """``edition changes``: each figure that differs now, what it was, what it is, and why."""
    changes = [
        {
            "indicator": one.indicator,
            "name": one.name,
            "office": one.office,
            "unit": one.unit,
            "was": board_row(one.was.row, one.was.decimals) if one.was else None,
            "now": board_row(one.now.row, one.now.decimals) if one.now else None,
            "difference": one.difference,
            "difference_unit": one.difference_unit,
            "reasons": [_reason(reason) for reason in one.reasons],
            "words": one.words,
        }
        for one in drifted
    ]
    return edition_document(issue) | {"changes": changes}


def _reason(reason: Reason) -> Document:
    cells = [
        {
            "org": cell.org,
            "measure": cell.measure,
            "name": cell.name,
            "unit": cell.unit,
            "period": cell.period,
            "column": cell.column.chinese,
            "was": _value(cell.was, cell.before),
            "now": _value(cell.now, cell.after),
        }
        for cell in reason.cells
    ]
    said = {name: getattr(reason, name) for name in ("cause", "submission", "replaces", "file", "by", "at", "note", "words")}
    return said | {"cells": cells}


def _value(value: Value, stated: Stated | None) -> Document:
    place = {"sheet": stated.sheet, "cell": stated.cell, "submission": stated.seq, "as_of": stated.as_of} if stated else {}
    return {"value": value.number, "state": value.state, "qualifier": value.qualifier} | place


def missed_document(
    period: Month, rows: Sequence[BoardRow], outlooks: Mapping[str, Outlook], catalog: Catalog, known_on: date | None = None, org: str | None = None
) -> Document:
    """``missed``: rows as `board_document` has them, worst first, with what is needed and where the year will end."""
    document = board_document(period, Span.YTD, rows, catalog, known_on, org)
    for row, said in zip(rows, document["rows"], strict=True):
        decimals, outlook = catalog.indicators[row.indicator].decimals, outlooks[row.indicator]
        said |= {"needed": verdicts.need(spoken(row, catalog), outlook), "projection": verdicts.projection(row, outlook, decimals)}
    return document


def score_document(period: Month, scored: Sequence[Scored], org: str, known_on: date | None = None) -> Document:
    """``score``: the points of each target that has any, and what the offices have of theirs."""
    rows = [
        {
            "indicator": one.row.indicator,
            "name": one.row.name,
            "office": one.row.office,
            "status": one.row.status,
            "points": one.score.points,
            "cap": one.score.cap,
            "rule": one.score.rule,
            "completion": one.completion,
            "scored": one.points,
            "words": one.words,
        }
        for one in scored
    ]
    offices = [{"office": t.office, "points": t.points, "scored": t.scored, "open": t.open} for t in totals(scored)]
    return {"org": org, "period": period, "known_on": known_on, "rows": rows, "offices": offices}


def series_document(series: Series, org: str, known_on: date | None = None) -> Document:
    """``series``: the points of one code."""
    points = [_fields(point) for point in series.points]
    return {"org": org, "indicator": series.code, "name": series.name, "unit": series.unit, "known_on": known_on, "points": points}


def rank_document(ranking: Ranking) -> Document:
    """``rank``: those directly below a node by one indicator; ``reason`` says why one, or nobody at all, has a rank."""
    rows = [
        {
            "org": one.org,
            "name": one.name,
            "rank": one.rank,
            "reason": one.reason or None,
            "state": one.row.figure.state,
            "value": one.row.figure.value,
            "numerator": one.row.figure.numerator,
            "denominator": one.row.figure.denominator,
            "as_of": one.row.figure.as_of,
            "as_of_latest": one.row.figure.as_of_latest,
            "target": one.row.target.value,
            "status": one.row.status,
            "leaves": one.row.below.leaves,
            "counted": one.row.below.counted,
            "lacking": list(one.row.below.lacking),
            "words": row_words.row_sentence(one.row, ranking.decimals),
        }
        for one in ranking.rows
    ]
    head = {name: getattr(ranking, name) for name in ("org", "indicator", "name", "period", "unit", "better", "as_of")}
    return head | {"reason": ranking.reason or None, "rows": rows}


def source_document(code: str, period: Month, sources: Sequence[Source], org: str, known_on: date | None = None) -> Document:
    """``source``: the parts of an indicator with their cells, of each organisation that reports at or below ``org``."""
    return {
        "org": org,
        "indicator": code,
        "period": period,
        "known_on": known_on,
        "parts": [
            {
                "part": s.part,
                "measure": s.measure,
                "name": s.name,
                "period": s.period,
                "column": s.column.chinese,
                "value": s.value.number,
                "state": s.value.state,
                "qualifier": s.value.qualifier,
                "unit": s.unit,
                "raw": s.raw,
                "file": s.file,
                "sheet": s.sheet,
                "cell": s.cell,
                "org": s.org,
                "office": s.office,
                "submission": s.submission,
                "by": s.by,
                "at": s.at,
                "as_of": s.as_of,
                "note": s.note,
                "remark": s.remark,
                "adjustment": s.adjustment,
                "recorded": s.recorded,
            }
            for s in sources
        ],
    }


def relations_document(period: Month, results: Sequence[Evaluated], known_on: date | None = None) -> Document:
    """``relations``: what came of each relation."""
    return {
        "period": period,
        "known_on": known_on,
        "relations": [
            {
                "id": r.relation.id,
                "name": r.relation.name,
                "office": r.relation.office,
                "kind": r.relation.kind,
                "strength": r.relation.strength,
                "raises": r.relation.raises,
                "result": r.result,
                "left": r.left,
                "right": r.right,
                "difference": r.difference,
                "breaking": list(r.breaking),
            }
            for r in results
        ],
    }


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


def board_row(row: BoardRow, decimals: int) -> Document:
    """A row of the board: its fields, and itself in one sentence with so many digits."""
    said = {
        "target_kind": row.target.kind if row.target.value is not None else None,
        "yoy_words": growths.yoy_words(row),
        "words": row_words.row_sentence(row, decimals),
    }
    return fields_of(row) | said


def _fields(record: Any) -> Document:
    return {field.name: getattr(record, field.name) for field in fields(record)}


def _plain(value: object) -> str | Document:
    match value:
        case Decimal():
            return plain(value)
        case datetime():
            return value.isoformat(sep=" ", timespec="seconds")
        case date():
            return value.isoformat()
        case Month():
            return str(value)
    if is_dataclass(value):
        return _fields(value)
    raise TypeError(type(value))
