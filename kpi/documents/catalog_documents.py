"""The JSON documents of the catalogue: as a workbook (``export``, ``import``), and of its changes (``adopt``, ``history``, ``return``)."""

from pathlib import Path

from kpi.catalog.model import Catalog
from kpi.defining.change_list import ChangeRecord
from kpi.documents.json_document import Document


def entry_counts(catalog: Catalog) -> dict[str, int]:
    """How many there are of each noun."""
    return {
        "orgs": len(catalog.orgs) if catalog.branched else 0,
        "areas": len(catalog.areas),
        "offices": len(catalog.offices),
        "measures": len(catalog.measures),
        "indicators": len(catalog.indicators),
        "relations": len(catalog.relations),
        "systems": len(catalog.systems),
        "sentences": len(catalog.sentences),
        "targets": sum(map(len, catalog.targets.values())),
        "references": len(catalog.references),
        "ledgers": len(catalog.ledgers),
    }


def export_document(file: Path, catalog: Catalog) -> Document:
    """``catalog export``: the workbook, and how many entries it holds."""
    return {"file": str(file), "entries": entry_counts(catalog)}


def import_document(catalog: Catalog, folder: Path | None = None, former: Path | None = None, *, written: bool = False, change: int | None = None) -> Document:
    """
    ``catalog import``: what became of a workbook.

    Args:
        catalog: What was read.
        folder: The folder that it was written to; None where it was not about one.
        former: Where what that held before is kept.
        written: Whether the folder was written; false where it was only checked.
        change: The number of the change as which it came in force in the data folder.

    """
    return {
        "folder": None if folder is None else str(folder),
        "written": written or change is not None,
        "former": None if former is None else str(former),
        "change": change,
        "entries": entry_counts(catalog),
    }


def change_document(record: ChangeRecord) -> Document:
    """A change: its number, who, when, why, from which month (null: all of them), and each entry that became another one, field by field in words."""
    entries = [
        {
            "noun": entry.noun,
            "key": entry.key,
            "name": entry.name,
            "act": entry.act,
            "fields": [{"heading": field.heading, "before": field.before, "after": field.after} for field in entry.fields],
        }
        for entry in record.entries
    ]
    return {"number": record.number, "at": record.at, "by": record.by, "why": record.why, "from": record.first, "entries": entries}
