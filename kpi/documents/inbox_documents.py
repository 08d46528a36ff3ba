"""The JSON document of ``inbox``: what one look over the inbox came to."""

from kpi.documents.json_document import Document
from kpi.filing.inbox_look import InboxLook


def inbox_document(look: InboxLook) -> Document:
    """``inbox``: what was answered, what waits and why, and what is to be done about folders."""
    return {
        "at": look.at,
        "fault": look.fault or None,
        "answered": [
            {"folder": entry.folder, "file": entry.name, "sha256": entry.digest, "outcome": entry.outcome.name.lower(), "message": entry.sentence}
            for entry in look.answered
        ],
        "waiting": [{"folder": waiting.folder, "file": waiting.name, "why": waiting.why} for waiting in look.waiting],
        "notes": list(look.notes),
    }
