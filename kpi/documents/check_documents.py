"""The JSON document of ``check``: the findings on a paper, and each of its figures beside that of the store."""

from collections.abc import Mapping, Sequence

from kpi.documents.json_document import Document
from kpi.papers.checking.against_store import StoreComparison
from kpi.papers.checking.paper_check import PaperCheck
from kpi.papers.checking.paper_finding import Grade, PaperFinding
from kpi.papers.checking.two_papers import Discrepancy
from kpi.papers.figures.text_figure import TextFigure
from kpi.papers.paper import Paper
from kpi.review.source import Source

_SEVERITIES = {Grade.CERTAIN: "certain", Grade.STORE: "differs", Grade.CHECK: "check"}


def check_document(check: PaperCheck, org: str, cells: Mapping[int, Sequence[Source]], beside: PaperCheck | None, differing: Sequence[Discrepancy]) -> Document:
    """``check``: ``compared`` has every figure that is one of the catalogue; ``beside`` what another paper states otherwise, null where none was named."""
    return {
        "file": check.document.name,
        "org": org,
        "period": check.month,
        "figures": len(check.figures),
        "notes": list(check.document.notes),
        "findings": [_finding(check, finding, cells) for finding in check.findings],
        "compared": [_compared(check, compared) for compared in check.comparisons if compared.code],
        "beside": None if beside is None else [_discrepancy(check, beside, each) for each in differing],
    }


def cells_document(cells: Sequence[Source]) -> list[Document]:
    """The cells behind a figure of the store."""
    return [{"file": cell.file, "sheet": cell.sheet, "cell": cell.cell, "raw": cell.raw, "period": cell.period, "office": cell.office} for cell in cells]


def _finding(check: PaperCheck, finding: PaperFinding, cells: Mapping[int, Sequence[Source]]) -> Document:
    figure = check.figures[finding.figures[0]]
    return {
        "code": finding.code,
        "severity": _SEVERITIES[finding.grade],
        **_place(check.document, figure),
        "seen": finding.seen,
        "expected": finding.expected,
        "relation": finding.relation,
        "cells": cells_document(cells.get(finding.figures[0], ())) if finding.grade is Grade.STORE else [],
    }


def _place(paper: Paper, figure: TextFigure) -> Document:
    passage = paper.passages[figure.passage]
    return {"quote": f"{figure.token}{figure.unit}", "place": passage.place, "paragraph": figure.passage + 1, "offset": figure.start}


def _compared(check: PaperCheck, compared: StoreComparison) -> Document:
    figure = check.figures[compared.figure]
    return {
        **_place(check.document, figure),
        "measure": compared.code,
        "face": compared.face,
        "agreement": compared.agreement,
        "period": compared.month,
        "stored": compared.stored.value if compared.stored else None,
        "unit": compared.stored.unit if compared.stored else None,
        "as_of": compared.stored.as_of if compared.stored else None,
    }


def _discrepancy(check: PaperCheck, beside: PaperCheck, each: Discrepancy) -> Document:
    first, second = check.figures[each.first], beside.figures[each.second]
    return {
        "name": each.name,
        **_place(check.document, first),
        "as_of": first.as_of,
        "other": {**_place(beside.document, second), "as_of": second.as_of},
    }
