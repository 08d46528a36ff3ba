"""The JSON documents of where figures come from: ``source``, ``relations``."""

from collections.abc import Sequence
from datetime import date

from kpi.catalog.model import Catalog
from kpi.documents.json_document import Document
from kpi.period import Month
from kpi.review.source import Source
from kpi.validation.relation_figures import Evaluated


def source_document(code: str, period: Month, sources: Sequence[Source], org: str, catalog: Catalog, known_on: date | None = None) -> Document:
    """``source``: the parts of an indicator with their cells, of each organisation that reports at or below ``org``, as it was defined in the month."""
    return {
        "org": org,
        "indicator": code,
        "period": period,
        "known_on": known_on,
        "replaced_definition": catalog.at(period).replaced(code),
        "parts": [
            {
                "part": source.part,
                "measure": source.measure,
                "name": source.name,
                "period": source.period,
                "column": source.column.chinese,
                "value": source.value.number,
                "state": source.value.state,
                "qualifier": source.value.qualifier,
                "unit": source.unit,
                "raw": source.raw,
                "file": source.file,
                "sheet": source.sheet,
                "cell": source.cell,
                "org": source.org,
                "office": source.office,
                "submission": source.submission,
                "by": source.by,
                "accepted_by": source.accepted_by or None,
                "at": source.at,
                "as_of": source.as_of,
                "note": source.note,
                "remark": source.remark,
                "adjustment": source.adjustment,
                "recorded": source.recorded,
            }
            for source in sources
        ],
    }


def relations_document(period: Month, results: Sequence[Evaluated], known_on: date | None = None) -> Document:
    """``relations``: what came of each relation."""
    return {
        "period": period,
        "known_on": known_on,
        "relations": [
            {
                "id": result.relation.id,
                "name": result.relation.name,
                "office": result.relation.office,
                "kind": result.relation.kind,
                "strength": result.relation.strength,
                "raises": result.relation.raises,
                "result": result.result,
                "left": result.left,
                "right": result.right,
                "difference": result.difference,
                "breaking": list(result.breaking),
            }
            for result in results
        ],
    }
