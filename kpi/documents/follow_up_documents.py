"""The JSON document of ``follow-ups``."""

from collections.abc import Sequence
from datetime import date

from kpi.documents.json_document import Document, fields_of_record
from kpi.present import follow_up_words
from kpi.present.follow_up_slip import Slip


def follow_ups_document(day: date, slips: Sequence[Slip]) -> Document:
    """``follow-ups``: each as it stands at the end of a day, the most urgent first."""
    return {"day": day, "words": follow_up_words.counts(slips), "follow_ups": [_slip(slip) for slip in slips]}


def _slip(slip: Slip) -> Document:
    follow_up, now, signature, seen = slip.follow_up, slip.now, slip.signature, slip.course
    return {
        "number": slip.number,
        "title": follow_up.title,
        "org": slip.org,
        "office": follow_up.office,
        "person": follow_up.person,
        "due": slip.due,
        "status": slip.status,
        "lamp": slip.lamp,
        "closed": slip.status.closed,
        "overdue_once": seen.overdue_once,
        "recovered": seen.recovered,
        "relapsed": seen.relapsed,
        "waits_for": seen.waits_for,
        "by": follow_up.by,
        "at": follow_up.at,
        "edition": follow_up.edition,
        "matter": fields_of_record(follow_up.matter),
        "promise": slip.promise,
        "promised": slip.promised,
        "completed": slip.completed,
        "steps": [{"number": step.number, "words": step.words, "due": step.due, "done": step.done.at if step.done else None} for step in slip.steps],
        "now": {"period": now.row.period, "value": now.row.figure.value, "status": now.row.status, "as_of": now.row.figure.as_of} if now else None,
        "signature": {"by": signature.by, "at": signature.at, "reason": signature.words} if signature else None,
        "history": [fields_of_record(line) for line in follow_up_words.history(slip)],
        "words": follow_up_words.sentence(slip),
    }
