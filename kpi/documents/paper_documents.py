"""The JSON documents of papers: what was written, where, and what of it is missing; what an old one offers."""

from collections.abc import Sequence
from pathlib import Path

from kpi.documents.json_document import Document
from kpi.papers.paper import Paper
from kpi.papers.past.proposed_figures import ProposalStanding, ProposedFigure
from kpi.papers.writing.summary_text import Summary
from kpi.papers.writing.superior_form import FilledForm
from kpi.papers.writing.template_filling import FilledTemplate
from kpi.period import Month
from kpi.store.submission import Submission

_STANDINGS = {ProposalStanding.OPEN: "open", ProposalStanding.CONTESTED: "contested", ProposalStanding.ON_FILE: "on-file"}


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
    return {"file": str(file), "places": filled.places, "gaps": filled.gaps, "caveats": list(filled.caveats)}


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


def past_document(paper: Paper, proposed: Sequence[ProposedFigure], stored: Sequence[Submission]) -> Document:
    """``paper past``: the figures that an old paper offers, by the number that ``--take`` names, as they stood before; and the submissions made of them."""
    return {
        "file": paper.name,
        "notes": list(paper.notes),
        "proposed": [_proposed(number, each) for number, each in enumerate(proposed, start=1)],
        "submissions": [
            {"submission": own.seq or None, "referral": own.referral or None, "org": own.org, "office": own.office, "period": own.period} for own in stored
        ],
    }


def _proposed(number: int, figure: ProposedFigure) -> Document:
    return {
        "number": number,
        "measure": figure.measure.code,
        "office": figure.measure.office,
        "period": figure.month,
        "as_of": figure.as_of,
        "column": figure.column.value,
        "state": figure.value.state,
        "value": figure.value.number,
        "qualifier": figure.value.qualifier,
        "unit": figure.measure.unit,
        "place": figure.place,
        "sentence": figure.sentence,
        "standing": _STANDINGS[figure.standing],
    }
