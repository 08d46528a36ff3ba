"""The JSON documents of the catalogue as a workbook: ``catalog export``, ``catalog import``."""

from pathlib import Path

from kpi.catalog.model import Catalog
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
        "targets": sum(map(len, catalog.targets.values())),
        "references": len(catalog.references),
        "ledgers": len(catalog.ledgers),
    }


def export_document(file: Path, catalog: Catalog) -> Document:
    """``catalog export``: the workbook, and how many entries it holds."""
    return {"file": str(file), "entries": entry_counts(catalog)}


def import_document(folder: Path, former: Path | None, catalog: Catalog, *, written: bool) -> Document:
    """``catalog import``: the folder, where what it held before is kept, and how many entries were read; ``written`` is false where it was only checked."""
    return {"folder": str(folder), "written": written, "former": None if former is None else str(former), "entries": entry_counts(catalog)}
