"""
报表: a month as a workbook, with the board, what was missed, the change over the year, the months, the relations and the cell of every figure.

Numbers are numbers and texts are texts: nothing in it is calculated, and nothing that somebody wrote becomes a formula or a link.
"""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from kpi.bureau import Bureau
from kpi.compute.row import BoardRow
from kpi.papers.writing.paper_figures import PaperFigures, asked_for, drawable, paper_figures
from kpi.papers.writing.status_colors import INKS
from kpi.period import Month
from kpi.present import day_words, formulas, growths, headlines, numbers, statuses, verdicts
from kpi.present.row_words import Spoken
from kpi.present.seen_text import seen
from kpi.review.relation_results import relations
from kpi.review.source import Source, sources
from kpi.workbook.writing.book_charts import BookChart, LineLook
from kpi.workbook.writing.table_book import BookCell, BookTable, write_tables

_BOARD = ("指标", "科室", "本年累计", "目标", "差距", "状态", "上年同期", "同比", "截至", "说明")
_MISSED = ("指标", "科室", "状态", "本年累计", "目标", "差距", "还需", "波动", "目标依据")
_CHANGES = ("指标", "科室", "本年累计", "截至", "上年同期", "上年截至", "同比", "好转或变差", "说明")
_RELATIONS = ("编号", "关系", "结果", "左边", "右边", "左", "右", "差")
_SOURCES = (
    "指标",
    "部分",
    "数据项",
    "单位",
    "月份",
    "栏目",
    "原文",
    "数值",
    "数据截止日",
    "文件",
    "工作表",
    "单元格",
    "科室",
    "报送编号",
    "报送人",
    "报送时间",
    "说明",
)
_DEFINITIONS = ("指标", "单位", "口径", "分母", "来源", "目标依据")
_MONTHS = "历月"
_WIDEST = 34  # of a column: ten of them stand on a page of A4 and can be read
_BEFORE_MONTHS = ("指标", "科室", "单位", "项目")


def report_book(bureau: Bureau, month: Month, org: str | None = None, office: str | None = None, edition: str | None = None) -> bytes:
    """
    The report workbook of a month; every value is year to date.

    Args:
        bureau: The bureau.
        month: The month.
        org: The organisation, the root of the tree unless told; the relations are there where it reports itself.
        office: Only the indicators of this office, by code, name or alias.
        edition: The code of an edition, whose frozen figures are written.

    Raises:
        DeniedError, RequestError, StoreError: As `paper_figures`.

    """
    figures = paper_figures(bureau, month, org, office, edition)
    with numbers.ruled(figures.rounding):
        rows = [frozen.row for frozen in figures.rows]
        months = figures.by_month(figures.rows)
        series, charts = _months(figures, months)
        tables = [_board(figures), _missed(figures), _changes(figures), series, *_relations(figures), _sources(figures), _definitions(figures)]
        code = f"会议版编号 {figures.code}" if figures.code else ""
        facts = [text for text in (headlines.headline(rows), day_words.of_board(rows), code, *figures.provenance) if text]
        return write_tables(f"{figures.whose} {month.chinese}报表", facts, tables, charts)


def _board(figures: PaperFigures) -> BookTable:
    rows = []
    for frozen in figures.rows:
        spoken, row = figures.spoken(frozen), frozen.row
        beside = spoken.beside_change
        cells = [
            *_texts(spoken.about, figures.office_name(row.office)),
            _value(spoken),
            *_texts(spoken.target, spoken.gap),
            _status(row),
            BookCell(seen(beside.last_year), row.last_year.value),
            _yoy(row),
            *_texts(day_words.as_of(row), "；".join(note for note in (spoken.unrounded, spoken.typed, *spoken.notes) if note)),
        ]
        rows.append(cells)
    return BookTable("看板", _BOARD, rows, _WIDEST)


def _missed(figures: PaperFigures) -> BookTable:
    late = figures.late
    outlooks = figures.outlooks(late)
    rows = []
    for frozen in late:
        spoken, row, outlook = figures.spoken(frozen), frozen.row, outlooks.get(frozen.row.indicator)
        variation = verdicts.signal(row, outlook, frozen.decimals) if outlook else row.signal or ""
        before = [*_texts(spoken.about, figures.office_name(row.office)), _status(row), _value(spoken)]
        rows.append([*before, *_texts(spoken.target, spoken.gap, verdicts.need(spoken, outlook), variation, row.target.document)])
    return BookTable("未达标", _MISSED, rows, _WIDEST)


def _changes(figures: PaperFigures) -> BookTable:
    rows = []
    for frozen in figures.rows:
        row, spoken = frozen.row, figures.spoken(frozen).beside_change
        if row.last_year.value is None and not row.last_year.yoy_words:
            continue
        turn = growths.turn(row, figures.better(row.indicator))
        cells = [
            *_texts(spoken.about, figures.office_name(row.office)),
            _value(spoken),
            BookCell(day_words.as_of(row)),
            BookCell(seen(spoken.last_year), row.last_year.value),
            BookCell(row.last_year.as_of.isoformat() if row.last_year.as_of else "", row.last_year.as_of),
            _yoy(row),
            *_texts(turn, spoken.different_days),
        ]
        rows.append(cells)
    return BookTable("同比", _CHANGES, rows, _WIDEST)


def _months(figures: PaperFigures, months: Mapping[str, Sequence[BoardRow]]) -> tuple[BookTable, list[BookChart]]:
    """The months of every indicator in three rows, this year's, last year's and what was asked for; and a chart of each that is late, worst first."""
    late = [frozen.row.indicator for frozen in figures.late]
    rows: list[list[BookCell]] = []
    charts: dict[str, BookChart] = {}
    for frozen in figures.rows:
        points = months.get(frozen.row.indicator)
        if points is None:
            continue
        wanted, paced = asked_for(points)
        lines = [("本年累计", drawable(points), LineLook.FULL), ("上年同期", [row.last_year.value for row in points], LineLook.PALE)]
        lines.append(("序时应达" if paced else "目标", wanted, LineLook.DASHED))
        drawn = [line for line in lines if any(value is not None for value in line[1])]
        if frozen.row.indicator in late and drawn:
            chart_rows = [(len(rows) + number, look) for number, (*_, look) in enumerate(drawn)]
            first = len(_BEFORE_MONTHS)
            charts[frozen.row.indicator] = BookChart(_MONTHS, chart_rows, 0, first - 1, (first, first + len(points) - 1))
        decimals = frozen.decimals + (1 if frozen.row.unit == "%" else 0)
        before = (figures.spoken(frozen).about, figures.office_name(frozen.row.office), frozen.row.unit)
        rows += [[*_texts(*before, name), *(_number(value, decimals) for value in values)] for name, values, _ in drawn]
    return BookTable(_MONTHS, (*_BEFORE_MONTHS, *day_words.heads(figures.months)), rows, _WIDEST), [charts[code] for code in late if code in charts]


def _relations(figures: PaperFigures) -> Iterator[BookTable]:
    """The relations at the month; none where the organisation does not report itself."""
    catalog = figures.bureau.catalog
    if figures.org not in catalog.leaves(catalog.root):
        return
    dated = catalog.at(figures.month)
    rows = []
    for result in relations(figures.bureau, figures.month, figures.org):
        law = result.relation
        if figures.office not in (None, law.office):
            continue
        sides = [formulas.side(side.text, dated) if side else "" for side in (law.left, law.right)]
        amounts = [_number(side, 4) if side is not None else BookCell("") for side in (result.left, result.right, result.difference)]
        rows.append([*_texts(law.id, law.name, result.result.chinese, sides[0], f"{law.op} {sides[1]}" if sides[1] else ""), *amounts])
    yield BookTable("勾稽", _RELATIONS, rows, _WIDEST)


def _sources(figures: PaperFigures) -> BookTable:
    """The cell of every figure: file, sheet, cell, office, submission, who and when."""
    every = sources(figures.bureau, figures.known(figures.rows), figures.month, figures.org)
    names = {frozen.row.indicator: frozen.row.name for frozen in figures.rows}
    return BookTable("来源", _SOURCES, [_source(figures, names[code], cell) for code, cells in every.items() for cell in cells], _WIDEST)


def _definitions(figures: PaperFigures) -> BookTable:
    """How every indicator is counted, and the document of its target."""
    known = figures.bureau.catalog.at(figures.month).indicators
    rows = []
    for frozen in figures.rows:
        entry = known.get(frozen.row.indicator)
        own = (entry.denominator_words, entry.source) if entry else ("", "")
        rows.append(_texts(frozen.row.name, frozen.row.unit, frozen.definition, *own, frozen.row.target.document))
    return BookTable("口径", _DEFINITIONS, rows, _WIDEST)


def _source(figures: PaperFigures, name: str, cell: Source) -> list[BookCell]:
    number = cell.value.number
    return [
        *_texts(name, cell.part, cell.name, cell.unit, str(cell.period), cell.column.chinese, cell.raw),
        BookCell(numbers.figure(number, cell.value.decimals), number) if number is not None else BookCell(cell.value.state.value),
        BookCell(cell.as_of.isoformat(), cell.as_of),
        *_texts(cell.file, cell.sheet, cell.cell, figures.office_name(cell.office)),
        BookCell(str(cell.submission), cell.submission),
        BookCell(seen(cell.by)),
        BookCell(f"{cell.at:%Y-%m-%d %H:%M}", cell.at.replace(tzinfo=None)),
        BookCell(seen("；".join(text for text in (cell.note, cell.remark) if text))),
    ]


def _texts(*texts: str) -> list[BookCell]:
    return [BookCell("" if text == numbers.NOTHING else seen(text)) for text in texts]


def _value(spoken: Spoken) -> BookCell:
    """A figure as it is printed, with the number behind it; one that is no number is its word."""
    return BookCell(seen(spoken.printed), spoken.row.figure.value)


def _yoy(row: BoardRow) -> BookCell:
    return BookCell(growths.yoy(row) if row.last_year.value is not None or row.last_year.yoy_words else "", row.last_year.yoy)


def _status(row: BoardRow) -> BookCell:
    status = statuses.assessed(row)
    return BookCell(statuses.badge(status), ink=INKS[status])


def _number(value: Decimal | None, decimals: int) -> BookCell:
    """A number of a series, with as many digits as it has, up to some."""
    if value is None:
        return BookCell("")
    return BookCell(numbers.figure(value, min(decimals, numbers.precision(value))), value)
