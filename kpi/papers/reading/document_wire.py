"""How a document travels from the process that reads it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from kpi.papers.issued_paper import IssuedFigure, IssuedPaper, IssuedParagraph
from kpi.papers.paper import Paper, PaperPart, Passage, TablePlace
from kpi.papers.reading.radicals import with_letters
from kpi.period import Month, Span


def to_plain(document: Paper) -> dict[str, Any]:
    """A document as JSON can hold it."""
    passages = [
        [each.text, each.part.value, each.place, each.number, None if each.cell is None else _cell(each.cell), each.heading] for each in document.passages
    ]
    return {
        "name": document.name,
        "passages": passages,
        "notes": list(document.notes),
        "issued": None if document.issued is None else _issued(document.issued),
    }


def _issued(paper: IssuedPaper) -> list[Any]:
    """A paper as it was issued, without its names: the month, the organisation, the span, and of each paragraph its text and its figures."""
    paragraphs = [[each.text, [[figure.start, figure.text, figure.code, figure.aspect, figure.cells] for figure in each.figures]] for each in paper.paragraphs]
    return [str(paper.month), paper.org, paper.span.value, paragraphs]


def _cell(cell: TablePlace) -> list[int]:
    return [cell.table, cell.row, cell.column, cell.rows, cell.columns]


def from_plain(plain: Mapping[str, Any]) -> Paper:
    """The document that was made plain."""
    passages = tuple(
        Passage(text, PaperPart(part), place, index, number, None if cell is None else TablePlace(*cell), heading)
        for index, (text, part, place, number, cell, heading) in enumerate(plain["passages"])
    )
    issued = plain["issued"]
    return Paper(plain["name"], passages, tuple(plain["notes"]), None if issued is None else _as_issued(*issued))


def _as_issued(month: str, org: str, span: str, paragraphs: Sequence[Any]) -> IssuedPaper:
    return IssuedPaper(
        Month.parse(month), org, tuple(IssuedParagraph(text, tuple(IssuedFigure(*figure) for figure in figures)) for text, figures in paragraphs), Span(span)
    )


def lettered(document: Paper) -> Paper:
    """A document with letters in the place of radicals, which text that was copied out of a PDF holds too; nothing in it moves."""
    return replace(document, passages=tuple(replace(each, text=with_letters(each.text)) for each in document.passages))
