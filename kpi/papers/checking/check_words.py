"""A checked paper in words: its answer in one sentence, and places and days as lists name them."""

from kpi.papers.checking.against_store import Agreement
from kpi.papers.checking.paper_check import PaperCheck
from kpi.papers.checking.paper_finding import Grade
from kpi.papers.figures.text_figure import TextFigure

_AGREEING = (Agreement.EQUAL, Agreement.ROUNDED)


def answer(check: PaperCheck) -> str:
    """How many figures there are, how many agree with the store, and how many findings of each grade."""
    if not check.figures:
        return "没有读到数。"
    agreeing = sum(compared.agreement in _AGREEING for compared in check.comparisons)
    matched = sum(bool(compared.code) for compared in check.comparisons)
    month = f"（没有写明日期的按 {check.month.chinese}）" if check.month else ""
    graded = "，".join(f"{count} 处{grade.value}" for grade in Grade if (count := check.count(grade)))
    return f"读到 {len(check.figures)} 个数，{matched} 个对应到指标或数据项，其中 {agreeing} 个与库一致{month}；{graded or '没有核对意见'}。"


def place_of(check: PaperCheck, index: int) -> str:
    """Where a figure stands: ``正文第3段``."""
    return check.document.passages[check.figures[index].passage].place


def day_of(figure: TextFigure) -> str:
    """The day to which a figure runs; nothing where the text does not tell."""
    return figure.as_of.isoformat() if figure.as_of else ""
