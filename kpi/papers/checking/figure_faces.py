"""
Which face of a measure a figure is: that of the year so far, of a single month, its growth, or what it was a year before.

消费投诉16641件，上年同期11183件，同比增长48.81%: three figures of one measure.  The second and the third say nothing else than how they stand to the
first, so they are figures of what that is a figure of.
"""

import re
from enum import StrEnum

from kpi.papers.figures.text_figure import TextFigure
from kpi.papers.paper import Paper
from kpi.workbook.units import is_share


class FigureFace(StrEnum):
    """The faces; the values are the words on the page."""

    SO_FAR = "累计或时点"
    MONTH = "当月"
    GROWTH = "同比"
    LAST_YEAR = "上年同期"
    MONTH_GROWTH = "当月同比"
    MONTH_LAST_YEAR = "上年同月"

    def of(self, face: "FigureFace") -> "FigureFace":
        """The growth, or the figure of last year, of a figure that has this face."""
        if self not in (FigureFace.MONTH, FigureFace.MONTH_GROWTH, FigureFace.MONTH_LAST_YEAR):
            return face
        return FigureFace.MONTH_GROWTH if face is FigureFace.GROWTH else FigureFace.MONTH_LAST_YEAR


POINTS = "个百分点"
_LAST = r"(?:上年|去年|上一年|前一年|20\d\d年)(?:度)?(?:同期|同月)?(?:数|水平)?"
_LEAD = r"^(?:而|其中|分别|均|也|又|并|且|[，,、\s])*"
_LAST_YEAR = re.compile(rf"{_LEAD}(?:{_LAST}|同期)(?:数)?(?:为|是|仅为?|共|达到?|约)*$")
_GROWTH = re.compile(
    rf"{_LEAD}(?:同比|(?:比|较|与){_LAST}(?:相比)?)[，,]?(?:分别|大幅|净|略|小幅|略有|有所)*(?:增长|增加|上升|提高|提升|增|升|下降|减少|降低|回落|下滑|降|减)(?:了|达|约|近|超过?)*$"
)
_TIMES = re.compile(
    r"(?P<month>当月|单月|(?<!截至)(?<!截止)本月(?!底|末)(?:份)?)|累计|今年以来|年初以来|全年|截[至止]|上半年|季度|\d{1,2}\s*月?\s*[-—–~～至到]\s*\d{1,2}\s*月"
)

_NAMED_TIMES = re.compile(rf"{_TIMES.pattern}|(?P<named>(?<![\d\-—–~～至到止])\d{{1,2}}\s*月(?:份)?(?!\s*(?:底|末|\d|[-—–~～至到])))")
_NEXT = re.compile(r"下一步|下步|下阶段|下一阶段|接下来|明年")
_PLANNED = re.compile(r"力争|争取|努力(?:实现|达到)|(?<![按照])(?<!完成)(?<!年度)(?:计划|拟)(?!的|生育)|预计|确保|目标(?:是|为)")


def is_of_named_month(document: Paper, figure: TextFigure) -> bool:
    """Whether the last time that the sentence of a figure names before it is one month (11月份，), which may mean the month or all until then."""
    named = [match["named"] is not None for match in _NAMED_TIMES.finditer(*_sentence_before(document, figure))]
    return bool(named) and named[-1]


def is_planned(document: Paper, figure: TextFigure) -> bool:
    """Whether a figure is what somebody means to reach and no result: 力争合格率达到99%."""
    text, begin, end = _sentence_before(document, figure)
    return _PLANNED.search(text, max(text.rfind(sign, begin, end) for sign in "，；：。") + 1, end) is not None


def is_of_next_time(document: Paper, figure: TextFigure) -> bool:
    """Whether a sentence that states a figure is of what comes after what is reported: 下一步，计划抽检2000批次."""
    return _NEXT.search(*_sentence_before(document, figure)) is not None


def compared_words(figure: TextFigure) -> FigureFace | None:
    """Whether the words before a figure say nothing else than that it is a growth or a figure of last year; None where they do not."""
    if (is_share(figure.unit) or figure.unit == POINTS) and _GROWTH.match(figure.before):
        return FigureFace.GROWTH
    return FigureFace.LAST_YEAR if _LAST_YEAR.match(figure.before) else None


def is_monthly(document: Paper, figure: TextFigure) -> bool:
    """Whether the last time that the sentence of a figure names before it is a single month: 11月份当月."""
    times = [match["month"] is not None for match in _TIMES.finditer(*_sentence_before(document, figure))]
    return bool(times) and times[-1]


def _sentence_before(document: Paper, figure: TextFigure) -> tuple[str, int, int]:
    """The text of a figure, and where in it its sentence and the figure begin."""
    text = document.passages[figure.passage].text
    return text, max(text.rfind("。", 0, figure.start), text.rfind("\n", 0, figure.start)) + 1, figure.start
