"""The JSON documents of what is computed: ``board``, ``missed``, ``score``, ``series``, ``rank``."""

from collections.abc import Mapping, Sequence
from datetime import date

from kpi.catalog.model import Catalog
from kpi.compute.flat_row import fields_of
from kpi.compute.outlook import Outlook
from kpi.compute.row import BoardRow
from kpi.documents.json_document import Document, fields_of_record
from kpi.period import Month, Span
from kpi.present import growths, row_words, verdicts
from kpi.present.row_words import spoken
from kpi.review.ranking import Ranking
from kpi.review.scoring import Scored, totals
from kpi.review.series import Series


def board_document(period: Month, span: Span, rows: Sequence[BoardRow], catalog: Catalog, known_on: date | None = None, org: str | None = None) -> Document:
    """``board``: every field of a row and its sentence; ``known_on`` is the day as known on which it is, null for now; ``org`` the root unless told."""
    lines = [board_row(row, catalog.at(row.period).indicators[row.indicator].decimals) for row in rows]
    return {"org": org or catalog.root, "period": period, "span": span, "known_on": known_on, "rows": lines}


def board_row(row: BoardRow, decimals: int) -> Document:
    """A row of the board: its fields, and itself in one sentence with so many digits."""
    in_words = {
        "target_kind": row.target.kind if row.target.value is not None else None,
        "yoy_words": growths.yoy_words(row),
        "words": row_words.row_sentence(row, decimals),
    }
    return fields_of(row) | in_words


def missed_document(
    period: Month, rows: Sequence[BoardRow], outlooks: Mapping[str, Outlook], catalog: Catalog, known_on: date | None = None, org: str | None = None
) -> Document:
    """``missed``: rows as `board_document` has them, worst first, with what is needed and where the year will end."""
    document = board_document(period, Span.YTD, rows, catalog, known_on, org)
    for row, line in zip(rows, document["rows"], strict=True):
        decimals, outlook = catalog.at(row.period).indicators[row.indicator].decimals, outlooks[row.indicator]
        line |= {"needed": verdicts.need(spoken(row, catalog), outlook), "projection": verdicts.projection(row, outlook, decimals)}
    return document


def score_document(period: Month, scored: Sequence[Scored], org: str, known_on: date | None = None) -> Document:
    """``score``: the points of each target that has any, and what the offices have of theirs."""
    rows = [
        {
            "indicator": result.row.indicator,
            "name": result.row.name,
            "office": result.row.office,
            "status": result.row.status,
            "points": result.score.points,
            "cap": result.score.cap,
            "rule": result.score.rule,
            "completion": result.completion,
            "scored": result.points,
            "words": result.words,
        }
        for result in scored
    ]
    offices = [{"office": total.office, "points": total.points, "scored": total.scored, "open": total.open} for total in totals(scored)]
    return {"org": org, "period": period, "known_on": known_on, "rows": rows, "offices": offices}


def series_document(series: Series, org: str, known_on: date | None = None) -> Document:
    """``series``: the points of one code."""
    points = [fields_of_record(point) | {"unit": series.unit_of(point)} for point in series.points]
    return {"org": org, "indicator": series.code, "name": series.name, "unit": series.unit, "known_on": known_on, "points": points}


def rank_document(ranking: Ranking) -> Document:
    """``rank``: those directly below a node by one indicator; ``reason`` says why one, or nobody at all, has a rank."""
    rows = [
        {
            "org": child.org,
            "name": child.name,
            "rank": child.rank,
            "reason": child.reason or None,
            "state": child.row.figure.state,
            "value": child.row.figure.value,
            "numerator": child.row.figure.numerator,
            "denominator": child.row.figure.denominator,
            "as_of": child.row.figure.as_of,
            "as_of_latest": child.row.figure.as_of_latest,
            "target": child.row.target.value,
            "status": child.row.status,
            "leaves": child.row.below.leaves,
            "counted": child.row.below.counted,
            "lacking": list(child.row.below.lacking),
            "words": row_words.row_sentence(child.row, ranking.decimals),
        }
        for child in ranking.rows
    ]
    head = {name: getattr(ranking, name) for name in ("org", "indicator", "name", "period", "unit", "better", "as_of")}
    return head | {"reason": ranking.reason or None, "rows": rows}
