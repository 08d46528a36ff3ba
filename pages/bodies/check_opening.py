"""材料核数：放入材料之前说明核对什么，放入以后是结论、核对意见和带标记的全文。"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from kpi.papers.checking.against_store import Agreement, StoreComparison, name_of
from kpi.papers.checking.check_words import answer, day_of, place_of
from kpi.papers.checking.paper_check import PaperCheck
from kpi.papers.checking.paper_finding import Grade, PaperFinding
from kpi.papers.checking.two_papers import Discrepancy
from kpi.papers.figures.text_figure import TextFigure
from kpi.papers.paper import Passage
from kpi.present.html.engine import render
from kpi.present.html.table import Badge, HtmlCell, HtmlColumn, HtmlRow, HtmlTable
from kpi.review.source import Source
from pages.view import View
from pages.widgets import session

SHAPES = {Grade.CERTAIN: ("✕", "missed"), Grade.STORE: ("▲", "behind"), Grade.CHECK: ("◇", "undecided")}
AGREEING = (Agreement.EQUAL, Agreement.ROUNDED)
ALIKE, UNKNOWN = ("✓", "met"), ("○", "no_target")
OTHERS = (
    HtmlColumn("数", title=True),
    *(HtmlColumn(f"{paper}{what}") for paper in ("这一份", "另一份") for what in ("", "截至", "位置")),
)
_CELLS = 3


@dataclass(frozen=True, slots=True)
class MarkedPiece:
    """A piece of the text: plain letters, or a figure with its mark; ``findings`` are the numbers of those on it."""

    text: str
    index: int | None = None
    shape: str = ""
    kind: str = ""
    words: str = ""
    link: str = ""
    findings: Sequence[int] = ()


@dataclass(frozen=True, slots=True)
class ListedFinding:
    """A finding as the list shows it: its number, its badge, where it stands, what it says, and the cells of the store's figure."""

    number: int
    badge: Badge
    figure: int
    place: str
    quote: str
    seen: str
    expected: str
    relation: str
    cells: Sequence[tuple[str, str]]  # in words, and the address of the submission


def opening(view: View) -> str:
    """What the page does, before anything is put in."""
    return render("check_opening.html", month=view.period.chinese)


def conclusion(check: PaperCheck) -> str:
    """The answer, what could not be read, and how many marks there are of each kind."""
    counts = [(Badge(f"{shape} {grade.value}", kind), check.count(grade)) for grade, (shape, kind) in SHAPES.items()]
    alike = sum(compared.agreement in AGREEING for compared in check.comparisons)
    return render("check_answer.html", answer=answer(check), notes=check.document.notes, counts=[*counts, (Badge(f"{ALIKE[0]} 与库一致", ALIKE[1]), alike)])


def checked(view: View, check: PaperCheck, cells: Mapping[int, Sequence[Source]]) -> str:
    """The findings by grade, and the text with its marks."""
    rows = _rows(check)
    return render(
        "paper_check.html",
        name=check.document.name,
        findings=[_listed(view, check, number, finding, cells) for number, finding in enumerate(check.findings, 1)],
        lines=[[list(_pieces(view, check, passage)) for passage in row] for row in rows],
        numbers=[row[0].number for row in rows],
        headings=[row[0].heading for row in rows],
    )


def beside(check: PaperCheck, second: PaperCheck, differing: Sequence[Discrepancy]) -> str:
    """The figures that another paper states otherwise."""
    words = f"与「{second.document.name}」相比，{len(differing)} 个数写得不同。" if differing else f"与「{second.document.name}」相比，同一个数没有写得不同的。"
    rows = [HtmlRow(dict(zip((column.head for column in OTHERS), _discrepancy(check, second, each), strict=True))) for each in differing]
    return render("check_beside.html", words=words, table=HtmlTable(f"与「{second.document.name}」写得不同的数", OTHERS, rows) if rows else None)


def _discrepancy(check: PaperCheck, second: PaperCheck, each: Discrepancy) -> Iterator[HtmlCell]:
    yield HtmlCell(each.name)
    for paper, index in ((check, each.first), (second, each.second)):
        figure = paper.figures[index]
        yield from (HtmlCell(f"{figure.token}{figure.unit}"), HtmlCell(day_of(figure)), HtmlCell(place_of(paper, index)))


def _rows(check: PaperCheck) -> list[list[Passage]]:
    """The passages line by line: the cells of a row of a table are one line."""
    grouped = groupby(check.document.passages, lambda passage: (passage.cell.table, passage.cell.row) if passage.cell else passage.index)
    return [list(row) for _, row in grouped]


def _pieces(view: View, check: PaperCheck, passage: Passage) -> Iterator[MarkedPiece]:
    """The text of a passage, cut at its figures."""
    at = 0
    for compared in check.comparisons:
        figure = check.figures[compared.figure]
        if figure.passage != passage.index:
            continue
        if passage.text[at : figure.start]:
            yield MarkedPiece(passage.text[at : figure.start])
        end = figure.end + len(figure.unit) if passage.text.startswith(figure.unit, figure.end) else figure.end
        yield _marked(view, check, compared, passage.text[figure.start : end])
        at = end
    if passage.text[at:]:
        yield MarkedPiece(passage.text[at:])


def _marked(view: View, check: PaperCheck, compared: StoreComparison, text: str) -> MarkedPiece:
    """A figure with the mark of the surest finding on it, else of how it stands to the store."""
    numbers = [number for number, finding in enumerate(check.findings, 1) if compared.figure in finding.figures]
    shape, kind = SHAPES[check.findings[numbers[0] - 1].grade] if numbers else ALIKE if compared.agreement in AGREEING else UNKNOWN
    link = view.link("", figure=compared.code, period=str(compared.month)) if compared.code and compared.month else ""
    return MarkedPiece(text, compared.figure, shape, kind, _words(compared), link, numbers)


def _words(compared: StoreComparison) -> str:
    """How a figure stands to the store, in a line."""
    if not compared.code:
        return compared.agreement
    of_month = f"{compared.month.chinese}" if compared.month else ""
    stored = f"库中 {compared.shown}，" if compared.shown else ""
    return f"{name_of(session.bureau().catalog, compared)}，{of_month}{stored}{compared.agreement}"


def _listed(view: View, check: PaperCheck, number: int, finding: PaperFinding, cells: Mapping[int, Sequence[Source]]) -> ListedFinding:
    first = finding.figures[0]
    figure: TextFigure = check.figures[first]
    shape, kind = SHAPES[finding.grade]
    shown = cells.get(first, ()) if finding.grade is Grade.STORE else ()
    return ListedFinding(
        number=number,
        badge=Badge(f"{shape} {finding.grade.value}", kind),
        figure=first,
        place=place_of(check, first),
        quote=f"{figure.token}{figure.unit}",
        seen=finding.seen,
        expected=finding.expected,
        relation=finding.relation or "",
        cells=[
            (f"{cell.file} {cell.sheet}!{cell.cell}", view.link("submissions", period=str(cell.period), office=cell.office, row=str(cell.submission)))
            for cell in shown[:_CELLS]
        ],
    )
