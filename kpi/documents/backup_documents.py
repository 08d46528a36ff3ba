"""The JSON documents of ``backup`` and ``restore``."""

from kpi.documents.json_document import Document
from kpi.store.backup import Backup
from kpi.store.backup_manifest import Manifest
from kpi.store.restore import RestoredFolder, RestorePlan


def backup_document(backup: Backup) -> Document:
    """``backup``: the file, its digest, and what is in it."""
    return {"file": str(backup.path), "size": backup.size, "sha256": backup.sha256, "secret": backup.secret} | _contents(backup.manifest)


def restore_document(plan: RestorePlan, restored: RestoredFolder | None = None) -> Document:
    """``restore``: what is or would be placed, and where; what was placed and proved, null in a dry run."""
    placed = None
    if restored:
        counts = restored.counts
        placed = {
            "submissions": counts.submissions,
            "editions": counts.editions,
            "follow_ups": counts.follow_ups,
            "files_equal": restored.files,
            "counts_equal": counts == plan.manifest.counts,
            "faults": list(restored.faults),
        }
    return {"file": str(plan.file), "target": str(plan.target)} | _contents(plan.manifest) | {"restored": placed}


def _contents(manifest: Manifest) -> Document:
    """What a backup holds."""
    return {
        "at": manifest.at,
        "version": manifest.product,
        "format": manifest.format,
        "log": {"last": manifest.last, "digest": manifest.digest},
        "submissions": manifest.counts.submissions,
        "editions": manifest.counts.editions,
        "follow_ups": manifest.counts.follow_ups,
        "files": len(manifest.members),
        "bytes": manifest.size,
        "lacks": list(manifest.lacks),
    }
