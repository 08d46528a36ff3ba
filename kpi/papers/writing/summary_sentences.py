"""
The sentences of an office in a summary: the patterns of the catalogue, and for what no pattern speaks of one made from the names.

So every catalogue gives a text, and one that writes patterns gives a better one.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from kpi.catalog.measure import MeasureKind
from kpi.catalog.model import Catalog
from kpi.catalog.sentence import SentenceAspect, SummarySentence
from kpi.compute.row import BoardRow, Status
from kpi.papers.writing import summary_figures
from kpi.papers.writing.summary_text import Piece, SummaryParagraph
from kpi.period import Month

_OF_WHICH = "其中："  # with which the name of a part of the measure before it begins


def office_paragraphs(catalog: Catalog, office: str, rows: Mapping[str, BoardRow], month: Month, common: date | None) -> Iterator[SummaryParagraph]:
    """
    What an office did: one paragraph for each topic of its sheet.

    Args:
        catalog: The catalogue of the month.
        office: The code of the office.
        rows: The rows of all codes that the summary may speak of.
        month: The month of the summary.
        common: The day to which figures run where nothing else is written.

    """
    written: dict[str, list[SummarySentence]] = {}
    for sentence in catalog.sentences.values():
        if sentence.office == office:
            written.setdefault(sentence.topic, []).append(sentence)
    for topic, codes in _topics(catalog, office, month).items():
        known = [rows[code] for code in codes if code in rows]
        if sentences := [each for each in written.get(topic, ()) if set(each.codes) <= rows.keys()]:
            pieces = (piece for sentence in sentences for piece in _of_pattern(catalog, sentence, rows, month, common))
            yield SummaryParagraph(tuple(pieces))
        elif any(row.figure.value is not None or row.figure.reported_value is not None for row in known):
            yield SummaryParagraph((f"{topic}方面，", *_clauses(catalog, known, month, common), "。"))
        elif known:
            yield SummaryParagraph((f"{topic}方面，", *_gaps(known), "。"))


def _of_pattern(catalog: Catalog, sentence: SummarySentence, rows: Mapping[str, BoardRow], month: Month, common: date | None) -> Iterator[Piece]:
    """
    A sentence of the catalogue with its figures.

    Where all of them run to one other day than the text, that stands before the sentence; where only some do, in brackets before each of them.
    """
    days = {row.figure.as_of for code in sentence.codes if (row := rows[code]).figure.value is not None and row.figure.as_of}
    day = common
    if len(days) == 1 and (own := days.pop()) != common:
        yield f"{summary_figures.day_words(own, month)}，"
        day = own
    words = ""
    for piece in sentence.pieces:
        if isinstance(piece, str):
            words += piece
            continue
        code, aspect = piece
        row = rows[code]
        grown = summary_figures.growth(row) if aspect == SentenceAspect.GROWTH else ()
        if aspect == SentenceAspect.GROWTH and not grown:
            words = words.removesuffix("，")
            continue
        if words:
            yield words
            words = ""
        if aspect == SentenceAspect.GROWTH:
            yield from grown
            continue
        if row.figure.value is not None and row.figure.as_of and row.figure.as_of != day:
            yield f"（{summary_figures.day_words(row.figure.as_of, month)}）"
            day = row.figure.as_of
        yield from summary_figures.value(catalog, row)
    if words:
        yield words


def _topics(catalog: Catalog, office: str, month: Month) -> dict[str, list[str]]:
    """The codes of an office by the topics of its sheet: the measures as they stand there, behind them the rates computed of them."""
    topics: dict[str, list[str]] = {}
    for measure in catalog.office_measures(office, month):
        if measure.kind is not MeasureKind.RATE or measure.code not in catalog.indicators:
            topics.setdefault(measure.topic, []).append(measure.code)
    for code, indicator in catalog.indicators.items():
        if (indicator.office == office and code not in catalog.owed) or (
            code in catalog.owed and catalog.measures[code].kind is MeasureKind.RATE and indicator.office == office
        ):
            first = next(iter(indicator.numerator.codes), "")
            topic = catalog.measures[first].topic if first in catalog.measures and catalog.measures[first].office == office else ""
            if topic in topics:
                topics[topic].append(code)
    return topics


def _clauses(catalog: Catalog, rows: Sequence[BoardRow], month: Month, common: date | None) -> Iterator[Piece]:
    """The figures of a topic, a cut-off day before those that run to another one than the text."""
    day = common
    for place, row in enumerate(rows):
        part = row.name.startswith(_OF_WHICH)
        if place:
            yield ("、" if part else "；") if rows[place - 1].name.startswith(_OF_WHICH) else "，"
        own = row.figure.as_of if row.figure.value is not None else None
        if own is not None and own != day:
            yield f"{summary_figures.day_words(own, month)}"
            day = own
        again = part and place > 0 and rows[place - 1].name.startswith(_OF_WHICH)
        yield summary_figures.name(row).removeprefix(_OF_WHICH) if again else summary_figures.name(row).replace(_OF_WHICH, "其中")
        yield from summary_figures.value(catalog, row)
        if row.indicator in catalog.indicators and row.status in (Status.MET, Status.MISSED, Status.BEHIND):
            grown = summary_figures.growth(row)
            yield from ("，", *grown) if grown else ()


def _gaps(rows: Sequence[BoardRow]) -> Iterator[Piece]:
    for place, row in enumerate(rows):
        yield f"{'，' if place else ''}{row.name}"
        yield summary_figures.gap(row)
