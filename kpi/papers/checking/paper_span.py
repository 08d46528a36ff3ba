"""The span of a document: how many months its figures are of where a sentence names no time, as it says itself (数据为2023年11月当月数)."""

import re

from kpi.papers.paper import Paper
from kpi.period import Span

_STATED = re.compile(r"数(?:据|字)?(?:均|都)?为[^，。；：]{0,24}?(?P<span>当月|单月|本月|当季|本季|半年)数")
_SPANS = {"当季": Span.QUARTER, "本季": Span.QUARTER, "半年": Span.HALF}
_OPENING = 5  # passages in which a document says what it is of


def paper_span(document: Paper) -> Span:
    """The span for which a document was issued, or that its opening states; else that of the year so far."""
    if document.issued is not None:
        return document.issued.span
    stated = next((match for passage in document.passages[:_OPENING] if (match := _STATED.search(passage.text))), None)
    return Span.YTD if stated is None else _SPANS.get(stated["span"], Span.MONTH)
