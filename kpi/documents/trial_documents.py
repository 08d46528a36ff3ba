"""The JSON of the trial of a catalogue."""

from kpi.documents.edition_documents import drift_lines
from kpi.documents.json_document import Document
from kpi.setup.trial import CatalogTrial
from kpi.store.submission import Submission


def trial_document(trial: CatalogTrial) -> Document:
    """``try``: what was taken in again, and each figure of each board that would be something else."""
    retaken = trial.retaken
    return {
        "taken": len(retaken.taken),
        "carried": [_submission(submission) for submission in retaken.carried],
        "refused": [_submission(refused.submission) | {"why": refused.why} for refused in retaken.refused],
        "months": trial.months,
        "figures": trial.figures,
        "boards": [{"period": change.period, "org": change.org, "changes": drift_lines(change.drifts)} for change in trial.changes],
    }


def _submission(submission: Submission) -> Document:
    return {name: getattr(submission, name) for name in ("seq", "org", "office", "period", "template", "file")}
