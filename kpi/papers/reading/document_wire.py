"""How a document travels from the process that reads it."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from kpi.papers.document import Document, Part, Passage, TablePlace
from kpi.papers.reading.radicals import with_letters


def to_plain(document: Document) -> dict[str, Any]:
    """A document as JSON can hold it."""
    passages = [
        [each.text, each.part.value, each.place, each.number, None if each.cell is None else _cell(each.cell), each.heading] for each in document.passages
    ]
    return {"name": document.name, "passages": passages, "notes": list(document.notes)}


def _cell(cell: TablePlace) -> list[int]:
    return [cell.table, cell.row, cell.column, cell.rows, cell.columns]


def from_plain(plain: Mapping[str, Any]) -> Document:
    """The document that was made plain."""
    passages = tuple(
        Passage(text, Part(part), place, index, number, None if cell is None else TablePlace(*cell), heading)
        for index, (text, part, place, number, cell, heading) in enumerate(plain["passages"])
    )
    return Document(plain["name"], passages, tuple(plain["notes"]))


def lettered(document: Document) -> Document:
    """A document with letters in the place of radicals, which text that was copied out of a PDF holds too; nothing in it moves."""
    return replace(document, passages=tuple(replace(each, text=with_letters(each.text)) for each in document.passages))
