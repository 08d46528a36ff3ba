"""The JSON documents of meetings: ``edition`` and its commands, and ``board --edition``."""

from collections.abc import Sequence

from kpi.documents.figure_documents import board_row
from kpi.documents.json_document import Document
from kpi.meeting.differences import Drift
from kpi.meeting.editions import Issue
from kpi.meeting.frozen_rows import FrozenRow
from kpi.meeting.reasons import Reason
from kpi.present.edition_words import Fate
from kpi.store.submission import Stated
from kpi.value import Value


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


def frozen_document(issue: Issue, rows: Sequence[FrozenRow]) -> Document:
    """``edition show`` and ``board --edition``: the rows as `board_document` has them, with the digits and the definition they were printed with."""
    lines = [board_row(line.row, line.decimals) | {"decimals": line.decimals, "definition": line.definition, "words": line.words} for line in rows]
    return edition_document(issue) | {"rows": lines}


def drift_document(issue: Issue, drifted: Sequence[Drift]) -> Document:
    """``edition changes``: each figure that differs now, what it was, what it is, and why."""
    return edition_document(issue) | {"changes": drift_lines(drifted)}


def drift_lines(drifted: Sequence[Drift]) -> list[Document]:
    """Figures that differ, each with both rows and the reasons."""
    return [
        {
            "indicator": change.indicator,
            "name": change.name,
            "office": change.office,
            "unit": change.unit,
            "was": board_row(change.was.row, change.was.decimals) if change.was else None,
            "now": board_row(change.now.row, change.now.decimals) if change.now else None,
            "difference": change.difference,
            "difference_unit": change.difference_unit,
            "reasons": [_reason(reason) for reason in change.reasons],
            "words": change.words,
        }
        for change in drifted
    ]


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
    facts = {name: getattr(reason, name) for name in ("cause", "submission", "replaces", "file", "by", "at", "note", "words")}
    return facts | {"cells": cells}


def _value(value: Value, stated: Stated | None) -> Document:
    place = {"sheet": stated.sheet, "cell": stated.cell, "submission": stated.seq, "as_of": stated.as_of} if stated else {}
    return {"value": value.number, "state": value.state, "qualifier": value.qualifier} | place
