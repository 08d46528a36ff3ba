"""The JSON of ``targets read``: what a table of targets says, each with its cells."""

from pathlib import Path

from kpi.catalog.target import Target
from kpi.documents.json_document import Document, fields_of_record
from kpi.setup.target_proposal import TargetProposals


def targets_document(read: TargetProposals, former: Path | None = None, *, written: bool = False, change: int | None = None) -> Document:
    """
    The document.

    Args:
        read: What was read.
        former: Where the folder as it was is kept; None where none was written.
        written: Whether the targets that nothing is asked about are in the catalogue now.
        change: The number of the change as which they came in force in the data folder.

    """
    return {
        "file": read.file,
        "year": read.year,
        "document": read.document,
        "targets": [
            {
                "name": proposal.name,
                **_of_target(proposal.target),
                "cells": [fields_of_record(cell) for cell in proposal.cells],
                "question": proposal.question,
                "sets_kind": proposal.sets_kind,
                "replaces": _of_target(proposal.replaced) if proposal.replaced else None,
            }
            for proposal in read.proposals
        ],
        "asked": [fields_of_record(asked) for asked in read.asked],
        "unmatched": [fields_of_record(unmatched) for unmatched in read.unmatched],
        "sums": [fields_of_record(unequal) for unequal in read.sums],
        "written": written,
        "former": str(former) if former else None,
        "change": change,
    }


def _of_target(target: Target) -> Document:
    """The fields of a target under the names of the catalogue's files."""
    return target.model_dump(by_alias=True)
