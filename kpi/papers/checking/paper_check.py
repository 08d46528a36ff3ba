"""A document held against itself, the relations of the catalogue, and the store: 材料核数."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from kpi.bureau import Bureau
from kpi.papers.checking.against_store import StoreComparison, compare, store_findings
from kpi.papers.checking.figures_of_others import figures_of_others
from kpi.papers.checking.issued_comparison import compare_issued
from kpi.papers.checking.measure_matching import MeasureMatch, match_measures, names_of
from kpi.papers.checking.paper_finding import Grade, PaperFinding
from kpi.papers.checking.relations_in_text import relation_findings
from kpi.papers.checking.stored_figures import StoredFigures
from kpi.papers.checking.text_check import check_text
from kpi.papers.figures.figure_reading import read_figures
from kpi.papers.figures.text_figure import TextFigure
from kpi.papers.paper import Paper
from kpi.period import Month
from kpi.review.board import periods

_ORDER = tuple(Grade)


@dataclass(frozen=True, slots=True)
class PaperCheck:
    """
    A document that was checked.

    Attributes:
        document: The document.
        month: The month of what it says no day of; None where nothing tells it.
        figures: The figures that it states, in the order of reading.
        matches: Which of them are figures of the catalogue.
        comparisons: Each figure beside that of the store.
        findings: What is to be looked at, the surest first, of one grade in the order of reading.

    """

    document: Paper
    month: Month | None
    figures: tuple[TextFigure, ...]
    matches: tuple[MeasureMatch, ...]
    comparisons: tuple[StoreComparison, ...]
    findings: tuple[PaperFinding, ...]

    def count(self, grade: Grade) -> int:
        """How many findings are of a grade."""
        return sum(finding.grade is grade for finding in self.findings)


def check_paper(bureau: Bureau, document: Paper, month: Month | None = None, org: str | None = None) -> PaperCheck:
    """
    Check a document.

    Args:
        bureau: Whose catalogue and figures it is held against.
        document: The document.
        month: The month it is about; else that of the latest day that it states, and where it states none the last one of the store.
        org: The organisation it is about, the root of the tree unless told.

    Raises:
        DeniedError: The caller may not read the figures of the organisation.

    """
    as_of = month.last_day if month else None
    figures = read_figures(document, as_of)
    month = month or _month_of(bureau, figures)
    catalog = bureau.catalog.at(month) if month else bureau.catalog
    issued = compare_issued(document, figures)
    others = figures_of_others(document, figures, catalog, org)
    matches = issued.over(match_measures(document, figures, names_of(catalog), others), catalog)
    comparisons = compare(figures, matches, StoredFigures(bureau, org), month)
    findings = [
        *_together(check_text(document, figures, as_of), list(relation_findings(catalog, figures, matches))),
        *store_findings(catalog, figures, comparisons),
    ]
    ordered = sorted(issued.among(findings, catalog), key=lambda finding: (_ORDER.index(finding.grade), finding.figures))
    return PaperCheck(document, month, figures, matches, comparisons, tuple(ordered))


def _month_of(bureau: Bureau, figures: Sequence[TextFigure]) -> Month | None:
    """The month of a document that names none: of the latest day that it states, else the last one of the store."""
    days = [figure.as_of for figure in figures if figure.as_of]
    return Month.of(max(days)) if days else next(reversed(periods(bureau)), None)


def _together(by_arithmetic: Sequence[PaperFinding], by_relation: Sequence[PaperFinding]) -> list[PaperFinding]:
    """Findings of one and the same figures once: by the words of the text, with the relation that says so too."""
    relations = {frozenset(finding.figures): finding for finding in by_relation}
    merged: list[PaperFinding] = []
    for finding in by_arithmetic:
        same = relations.pop(frozenset(finding.figures), None)
        merged.append(finding if same is None else replace(same, grade=min(finding.grade, same.grade, key=_ORDER.index)))
    return [*merged, *relations.values()]
