"""勾稽核对：各表之间该相等的数是否相等，不成立的排在最前，连同两边的单元格和科室的说明。"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from kpi.catalog.relation import Raises
from kpi.finding import Severity
from kpi.period import Month
from kpi.present import formulas, numbers
from kpi.present.html.engine import render
from kpi.present.html.table import Badge, HtmlCell, HtmlColumn, HtmlRow, HtmlTable
from kpi.review.source import Source
from kpi.validation.relation_figures import Evaluated, FigureKey, Result
from kpi.value import State
from kpi.workbook.report import Column as SheetColumn
from pages.bodies import filing_cells, follow_up_lines
from pages.bodies.follow_up_lines import Concern
from pages.view import View
from pages.widgets import session

SHAPES = {
    Result.VIOLATED: ("✕", "missed"),
    Result.MISSING: ("□", "unreported"),
    Result.MASKED: ("◇", "undecided"),
    Result.HOLDS: ("✓", "met"),
    Result.DERIVED: ("○", "no_target"),
}
RESULTS = {
    Result.VIOLATED: "勾稽关系不成立",
    Result.HOLDS: "成立",
    Result.MISSING: "缺数、不能核对",
    Result.MASKED: "含未公开的数、不能核对",
}
FOLDED = (Result.MISSING, Result.MASKED, Result.HOLDS, Result.DERIVED)
RAISES = {raises: Severity(raises.value).chinese for raises in Raises if raises is not Raises.NOTHING} | {Raises.NOTHING: "参考"}
CELLS = (
    HtmlColumn("边"),
    HtmlColumn("数据项", title=True),
    HtmlColumn("列"),
    HtmlColumn("数值", numeric=True),
    HtmlColumn("文件", most="20em"),
    HtmlColumn("工作表"),
    HtmlColumn("单元格"),
    HtmlColumn("报送人"),
    HtmlColumn("报送时间"),
)
COLUMNS = (
    HtmlColumn("结果"),
    HtmlColumn("编号"),
    HtmlColumn("勾稽关系", title=True),
    HtmlColumn("科室"),
    HtmlColumn("左边", numeric=True),
    HtmlColumn("右边", numeric=True),
    HtmlColumn("相差", numeric=True),
)


@dataclass(frozen=True, slots=True)
class Violation:
    """A relation that does not hold: both sides in words, their cells, what the offices wrote, and how to check."""

    number: str
    name: str
    office: str
    kind: str
    sides: Sequence[str]
    difference: str
    cells: HtmlTable
    notes: Sequence[tuple[int, str, str]]  # the number of a submission, its 说明, the address of its record
    remedy: str
    concern: Concern  # what is followed up of it


def body(view: View) -> str:
    """The page below its head."""
    results = session.relations_of(view.period, view.org)
    counts = Counter(result.result for result in results)
    counted = [f"{counts[result]} 条{verdict}" for result, verdict in RESULTS.items() if counts[result]]
    whose, sentence = f"{session.whose(view.org)}{view.period.chinese}", ""
    if counts[Result.VIOLATED]:
        sentence = "不成立的数按原样保留，不自动修改；科室核对后重新报送，或在导入时写明情况。"
    elif counts[Result.MISSING] or counts[Result.MASKED]:
        checked = "没有不成立的" if counts[Result.HOLDS] else "还没有一条能核对"
        sentence = f"{checked}；缺数和未公开的，等科室报送以后再核对。"
    elif not session.bureau().catalog.relations:
        sentence = "指标目录里没有写勾稽关系，各表之间的数没有可以互相核对的。"
    return render(
        "relations.html",
        view=view,
        answer=f"{whose}：{'，'.join(counted)}。" if counted else f"{whose}没有要核对的勾稽关系。",
        sentence=sentence,
        violations=[_violation(view, result) for result in results if result.result is Result.VIOLATED],
        folded=[(f"{counts[result]} 条{RESULTS.get(result, '参考，不判断成立与否')}", _folded(results, result)) for result in FOLDED if counts[result]],
        badge=Badge("✕ 不成立", "missed"),
    )


def tables(view: View) -> list[HtmlTable]:
    """What the page gives away: every relation, those that do not hold first."""
    return [HtmlTable("勾稽关系核对结果", COLUMNS, [_row(result) for result in session.relations_of(view.period, view.org)])]


def _violation(view: View, result: Evaluated) -> Violation:
    relation, catalog = result.relation, session.bureau().catalog
    cells = list(_cells(view, result))
    notes = {source.submission: source.note for _, source in cells if source.note}
    sides = [f"{formulas.side(side.text, catalog)} = {number(value)}" for side, value in ((relation.left, result.left), (relation.right, result.right)) if side]
    return Violation(
        number=relation.id,
        name=relation.name,
        office=session.office_name(relation.office),
        kind=RAISES[relation.raises],
        sides=sides,
        difference=number(result.difference) if result.difference else "",
        cells=HtmlTable(f"{relation.name}（{relation.id}）的单元格", CELLS, [_cell_row(view, side, source) for side, source in cells]),
        notes=[(seq, note, view.link("submissions", period=str(view.period), office=None, row=str(seq))) for seq, note in notes.items()],
        remedy=relation.remedy or relation.note,
        concern=follow_up_lines.of_relation(view, relation.id, view.period, view.org),
    )


def _cells(view: View, result: Evaluated) -> Iterator[tuple[str, Source]]:
    """The cells of both sides, or of the measures that break a law over all of them, each once a side."""
    sides: list[tuple[str, Sequence[FigureKey]]] = [("", [(code, 0) for code in result.breaking])]
    sides += [(name, side.codes) for name, side in (("左边", result.relation.left), ("右边", result.relation.right)) if side]
    for name, keys in sides:
        for code, years_back in dict.fromkeys(keys):
            for source in _sources(code, view.period, years_back, view.org):
                yield name, source


def _sources(code: str, period: Month, years_back: int, org: str) -> list[Source]:
    """The cells of a figure: its cumulative, or the months that it is summed from; of last year's the base that the sheet states, else last year's own."""
    every = [source for source in session.sources(code, period, org) if source.value.state is not State.UNREPORTED]
    if years_back:
        restated = [source for source in every if source.column is SheetColumn.PRIOR and source.period == period]
        return restated or _sources(code, period.plus(-12), 0, org)
    cumulative = [source for source in every if source.column is SheetColumn.YTD and source.period == period]
    return cumulative or [source for source in every if source.column is not SheetColumn.PRIOR]


def _cell_row(view: View, side: str, source: Source) -> HtmlRow:
    record = view.link("submissions", period=str(source.period), office=source.office, row=str(source.submission))
    cells = {
        "边": HtmlCell(side),
        "数据项": HtmlCell(source.name, note="" if source.period == view.period else source.period.chinese),
        "列": HtmlCell(source.column.chinese),
        "数值": filing_cells.stated(source.value, source.unit),
        "文件": HtmlCell(source.file, link=record),
        "工作表": HtmlCell(source.sheet),
        "单元格": HtmlCell(source.cell),
        "报送人": HtmlCell(source.by),
        "报送时间": filing_cells.time(source.at),
    }
    return HtmlRow(cells, view.link(figure=source.measure))


def _folded(results: Sequence[Evaluated], wanted: Result) -> HtmlTable:
    return HtmlTable(RESULTS.get(wanted, "参考"), COLUMNS, [_row(result) for result in results if result.result is wanted])


def _row(result: Evaluated) -> HtmlRow:
    shape, kind = SHAPES[result.result]
    cells = {
        "结果": HtmlCell(badges=(Badge(f"{shape} {result.result.chinese}", kind),)),
        "编号": HtmlCell(result.relation.id),
        "勾稽关系": HtmlCell(result.relation.name),
        "科室": HtmlCell(session.office_name(result.relation.office)),
        "左边": HtmlCell(number(result.left), result.left),
        "右边": HtmlCell(number(result.right), result.right),
        "相差": HtmlCell(number(result.difference), result.difference) if result.difference else HtmlCell(),
    }
    return HtmlRow(cells)


def number(value: Decimal | None) -> str:
    """A side of a relation with up to four decimals; a dash where it cannot be computed."""
    return numbers.NOTHING if value is None else f"{value:,.4f}".rstrip("0").rstrip(".")
