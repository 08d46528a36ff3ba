"""The JSON documents of papers: what was written, where, and what of it is missing."""

from pathlib import Path

from kpi.documents.json_document import Document
from kpi.papers.writing.summary_text import Summary
from kpi.papers.writing.template_filling import FilledTemplate


def summary_document(file: Path, summary: Summary) -> Document:
    """``paper docx``: the summary that was written."""
    return {
        "file": str(file),
        "title": summary.title,
        "period": str(summary.month),
        "span": summary.span.value,
        "as_of": summary.as_of,
        "public": summary.public,
        "figures": summary.figures,
        "gaps": summary.gaps,
        "codes": list(summary.codes),
    }


def filled_document(file: Path, filled: FilledTemplate) -> Document:
    """``paper docx --template``: the template that was filled."""
    return {"file": str(file), "places": filled.places, "gaps": filled.gaps}
