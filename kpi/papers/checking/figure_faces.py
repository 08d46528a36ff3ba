"""
Which face of a measure a figure is: that of the year so far, of a single month, quarter or half-year, its growth, or what it was a year before.

消费投诉16641件，上年同期11183件，同比增长48.81%: three figures of one measure.  The second and the third say nothing else than how they stand to the
first, so they are figures of what that is a figure of.
"""

import re
from enum import StrEnum

from kpi.papers.figures.text_figure import TextFigure
from kpi.papers.paper import Paper
from kpi.period import Span
from kpi.workbook.units import is_share


class FigureFace(StrEnum):
    """The faces; the values are the words on the page."""

    SO_FAR = "累计或时点"
    MONTH = "当月"
    GROWTH = "同比"
    LAST_YEAR = "上年同期"
    MONTH_GROWTH = "当月同比"
    MONTH_LAST_YEAR = "上年同月"
    QUARTER = "当季"
    QUARTER_GROWTH = "当季同比"
    QUARTER_LAST_YEAR = "上年同季"
    HALF = "半年"
    HALF_GROWTH = "半年同比"
    HALF_LAST_YEAR = "上年同期半年"

    @property
    def span(self) -> Span:
        """How many months it is of; of the whole year as of the year so far."""
        return _SPANS[self]

    @property
    def grows(self) -> bool:
        """Whether it is a growth."""
        return self is _OF_SPAN[self.span][1]

    @property
    def of_last_year(self) -> bool:
        """Whether it is a figure of the year before."""
        return self is _OF_SPAN[self.span][2]

    def of(self, face: "FigureFace") -> "FigureFace":
        """The growth, or the figure of last year, of a figure that has this face."""
        return _OF_SPAN[self.span][_OF_SPAN[Span.YTD].index(face)]


_OF_SPAN = {
    Span.YTD: (FigureFace.SO_FAR, FigureFace.GROWTH, FigureFace.LAST_YEAR),
    Span.MONTH: (FigureFace.MONTH, FigureFace.MONTH_GROWTH, FigureFace.MONTH_LAST_YEAR),
    Span.QUARTER: (FigureFace.QUARTER, FigureFace.QUARTER_GROWTH, FigureFace.QUARTER_LAST_YEAR),
    Span.HALF: (FigureFace.HALF, FigureFace.HALF_GROWTH, FigureFace.HALF_LAST_YEAR),
}
_SPANS = {face: span for span, faces in _OF_SPAN.items() for face in faces}


def face_of_span(span: Span) -> FigureFace:
    """The face of a figure that is of a span and neither a growth nor of last year."""
    return _OF_SPAN.get(span, _OF_SPAN[Span.YTD])[0]


POINTS = "个百分点"
_LAST = r"(?:上年|去年|上一年|前一年|20\d\d年)(?:度)?(?:同期|同月)?(?:数|水平)?"
_LEAD = r"^(?:而|其中|分别|均|也|又|并|且|[，,、\s])*"
_LAST_YEAR = re.compile(rf"{_LEAD}(?:{_LAST}|同期)(?:数)?(?:为|是|仅为?|共|达到?|约)*$")
_GROWTH = re.compile(
    rf"{_LEAD}(?:同比|(?:比|较|与){_LAST}(?:相比)?)[，,]?(?:分别|大幅|净|略|小幅|略有|有所)*(?:增长|增加|上升|提高|提升|增|升|下降|减少|降低|回落|下滑|降|减)(?:率|幅)?(?:了|达|约|近|为|超过?)*$"
)
_TIMES = re.compile(
    r"(?P<month>当月|单月|(?<!截至)(?<!截止)本月(?!底|末)(?:份)?)"
    r"|(?P<quarter>当季|(?:(?<!前)(?:二|三|四|[234])|第[二三四234])\s*季度(?!末|底|以来|累计|目标|计划|任务))|(?P<half>下半年(?!目标|计划|任务))"
    r"|(?P<day>截[至止])|(?<=[一-龥])(?P<noun>累计)(?=(?:为|达到?|共)?\s*\d)"
    r"|累计|今年以来|年初以来|全年(?![^，。；]{0,12}(?:任务|目标|计划))|上半年|季度|\d{1,2}\s*月?\s*[-—–~～至到]\s*\d{1,2}\s*月"
)
_SPAN_OF_TIME = {"month": Span.MONTH, "quarter": Span.QUARTER, "half": Span.HALF}

_NAMED_TIMES = re.compile(rf"{_TIMES.pattern}|(?P<named>(?<![\d\-—–~～至到止])\d{{1,2}}\s*月(?:份)?(?!\s*(?:底|末|\d|[-—–~～至到])))")
_NEXT = re.compile(r"下一步|下步|下阶段|下一阶段|接下来|明年")
_LACKING = re.compile(r"(?:还|尚|仍|只|约|相)差(?:了|约|近)?$|还(?:需|须|缺)(?:再)?[^，。；]{0,4}$|缺口(?:为|达|约)*$")
_PLANNED = re.compile(r"力争|争取|努力(?:实现|达到)|(?<![按照])(?<!完成)(?<!年度)(?:计划|拟)(?!的|生育)|预计|确保|目标(?:是|为)")


def is_of_named_month(document: Paper, figure: TextFigure) -> bool:
    """Whether the last time that the sentence of a figure names before it is one month (11月份，), which may mean the month or all until then."""
    named = [match["named"] is not None for match in _NAMED_TIMES.finditer(*_sentence_before(document, figure))]
    return bool(named) and named[-1]


def is_planned(document: Paper, figure: TextFigure) -> bool:
    """Whether a figure is what somebody means to reach and no result: 力争合格率达到99%."""
    text, begin, end = _sentence_before(document, figure)
    return _PLANNED.search(text, max(text.rfind(sign, begin, end) for sign in "，；：。") + 1, end) is not None


def is_no_result(document: Paper, figure: TextFigure) -> bool:
    """Whether a figure is none that was reached: of what comes after what is reported (下一步，计划抽检2000批次), or what lacks (还差24批次)."""
    return _NEXT.search(*_sentence_before(document, figure)) is not None or _LACKING.search(figure.before) is not None


def passages_of_next_time(document: Paper) -> frozenset[int]:
    """The passages under a heading that names what comes next (下步打算), until one of its level or a higher one."""
    level, indices = 0, set[int]()
    for passage in document.passages:
        if passage.heading and (not level or passage.heading <= level):
            level = passage.heading if _NEXT.search(passage.text) else 0
        elif level:
            indices.add(passage.index)
    return frozenset(indices)


def compared_words(figure: TextFigure) -> FigureFace | None:
    """Whether the words before a figure say nothing else than that it is a growth or a figure of last year; None where they do not."""
    if (is_share(figure.unit) or figure.unit == POINTS) and _GROWTH.match(figure.before):
        return FigureFace.GROWTH
    return FigureFace.LAST_YEAR if _LAST_YEAR.match(figure.before) else None


def face_of(document: Paper, figure: TextFigure, span: Span) -> FigureFace:
    """
    The face that the last time before a figure in its sentence gives it; where none is named, or a day alone, that of the span of its document.

    A 累计 at the end of a noun is of that figure alone: 登记家庭农场累计370户，新设2户.
    """
    text, begin, end = _sentence_before(document, figure)
    clause = max(text.rfind(sign, begin, end) for sign in "，；：、。") + 1
    names = [match.lastgroup for match in _TIMES.finditer(text, begin, end) if match.lastgroup != "noun" or match.start() >= clause]
    if not names or names[-1] == "day":
        return face_of_span(span)
    return face_of_span(_SPAN_OF_TIME.get(names[-1] or "", Span.YTD))


def _sentence_before(document: Paper, figure: TextFigure) -> tuple[str, int, int]:
    """The text of a figure, and where in it its sentence and the figure begin."""
    text = document.passages[figure.passage].text
    return text, max(text.rfind("。", 0, figure.start), text.rfind("\n", 0, figure.start)) + 1, figure.start
