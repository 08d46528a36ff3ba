"""The JSON documents of papers: what was written, where, and what of it is missing."""

from pathlib import Path

from kpi.documents.json_document import Document
from kpi.papers.writing.summary_text import Summary
from kpi.papers.writing.superior_form import FilledForm
from kpi.papers.writing.template_filling import FilledTemplate
from kpi.period import Month


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


def written_document(file: Path, month: Month, edition: str | None) -> Document:
    """``paper pptx`` and ``paper xlsx``: the file that was written, of which month, and of which edition."""
    return {"file": str(file), "period": str(month), "edition": edition}


def filled_form_document(file: Path, month: Month, form: FilledForm) -> Document:
    """``paper form``: what was filled, cell by cell, and what was not."""
    return {
        "file": str(file),
        "period": str(month),
        "filled": [{"place": str(cell.place), "name": cell.name, "value": cell.value} for cell in form.filled],
        "unfilled": [{"place": str(cell.place), "name": cell.name or None, "reason": cell.reason} for cell in form.unfilled],
    }
