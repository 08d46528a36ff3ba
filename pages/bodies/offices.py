"""科室与单位：谁的指标没有达标、没有报齐；一个科室的全部指标、目标、走势和报送；各下级按一个指标怎样排。"""

from collections.abc import Sequence
from dataclasses import dataclass

from kpi.compute.row import BoardRow, Status
from kpi.filing.submissions import Record
from kpi.present import day_words, headlines, row_words, statuses
from kpi.present.html.engine import render
from kpi.present.html.table import Badge, HtmlCell, HtmlColumn, HtmlRow, HtmlTable
from kpi.review.ranking import Ranked, Ranking
from pages.bodies import filing_cells, follow_up_lines, organisation_notes, row_cells, standings
from pages.bodies.standings import ORDER, OfficeRows
from pages.view import View
from pages.widgets import filings, session

COUNTS = (*ORDER, Status.MET, Status.NO_TARGET)
SHEET = (
    HtmlColumn("状态"),
    HtmlColumn("指标", title=True),
    *row_cells.MEASURED,
    HtmlColumn("截至"),
)
SENT = (
    HtmlColumn("编号", numeric=True),
    HtmlColumn("期间", title=True),
    HtmlColumn("报送状态"),
    HtmlColumn("报送时间"),
    HtmlColumn("报送人"),
    HtmlColumn("文件"),
    HtmlColumn("说明"),
)
RANKED = (
    HtmlColumn("名次", numeric=True),
    HtmlColumn("单位", title=True),
    HtmlColumn("数值", numeric=True),
    HtmlColumn("没有名次的原因"),
    HtmlColumn("目标", numeric=True),
    HtmlColumn("状态"),
    HtmlColumn("截至"),
)
MOST_TILES = 30  # indicators of an office that all have a tile
MOST_SENT = 24  # submissions of an office that its page lists


@dataclass(frozen=True, slots=True)
class Tile:
    """An indicator as a coloured tile: its badge, its name, and where it leads."""

    badge: Badge
    name: str
    words: str
    link: str


@dataclass(frozen=True, slots=True)
class TileRow:
    """An office or organisation with its tiles; ``rest`` says what is not drawn."""

    name: str
    link: str
    tiles: Sequence[Tile]
    rest: str


def body(view: View) -> str:
    """The page below its head: of one office where that is chosen, else of all that stand beside each other."""
    return of_office(view) if view.office else of_all(view)


def of_all(view: View) -> str:
    """Everybody beside each other."""
    catalog = session.bureau().catalog
    beside, noun = beside_each_other(view)
    children = noun == "单位"
    every = [row for standing in beside for row in standing.rows]
    idle = [] if children else [office.name for code, office in catalog.offices.items() if code not in {standing.office for standing in beside}]
    ranking = session.ranked(view.get("ranked"), view.period, view.org) if children else None
    return render(
        "offices.html",
        view=view,
        answer=f"{session.whose(view.org)}{standings.answer(beside, '下级单位' if children else '科室')}",
        days=day_words.of_board(every),
        notes=organisation_notes.of_board(view.org, view.period, [*session.rows(view.period, org=view.org), *every]),
        noun=noun,
        tiles=[tile_row(view, standing, few=children or len(standing.rows) > MOST_TILES) for standing in beside],
        tables=tables(view),
        idle=idle,
        ranking=ranking,
        ranked_words=headlines.ranked([child.rank for child in ranking.rows], ranking.reason) if ranking else "",
        ranked_day=f"，按截至 {day_words.day(ranking.as_of, view.period.year)}的数排" if ranking and ranking.as_of and not ranking.reason else "",
    )


def tables(view: View) -> list[HtmlTable]:
    """What the page gives away: the sheet of an office and what it sent, or everybody beside each other."""
    if view.office:
        return office_tables(view)
    beside, noun = beside_each_other(view)
    listed = [HtmlTable(f"各{noun}的指标", standing_columns(noun), [standing_row(view, standing, noun) for standing in beside])]
    if noun == "单位":
        ranking = session.ranked(view.get("ranked"), view.period, view.org)
        listed.append(HtmlTable(f"{ranking.name}的排名", RANKED, [rank_row(child, ranking) for child in ranking.rows]))
    return listed


def beside_each_other(view: View) -> tuple[list[OfficeRows], str]:
    """The standings of the page, and what they are: 单位 below an organisation that has any, else its 科室."""
    children = session.bureau().catalog.children(view.org, view.period, view.period)
    return (standings.of_children(view.period, children), "单位") if children else (standings.of_offices(view.period, view.org), "科室")


def address(view: View, standing: OfficeRows) -> str:
    """Where a standing leads: to the page of the office, or down to the organisation."""
    return view.link(office=standing.office) if standing.office else view.link(org=standing.org)


def tile_row(view: View, standing: OfficeRows, *, few: bool) -> TileRow:
    """The indicators of a standing by urgency; those that are well only counted where there are too many."""
    ordered = sorted(standing.rows, key=lambda row: list(Status).index(statuses.assessed(row)))
    drawn = [row for row in ordered if statuses.assessed(row) in ORDER] if few else ordered
    tiles = [Tile(row_cells.mark(row), row.name, session.spoken(row).sentence, view.link(org=standing.org, figure=row.indicator)) for row in drawn]
    rest = {status: count for status, count in statuses.tally([row for row in ordered if row not in drawn]).items() if count}
    return TileRow(standing.name, address(view, standing), tiles, "，".join(f"{count} 项{status.value}" for status, count in rest.items()))


def standing_columns(noun: str) -> tuple[HtmlColumn, ...]:
    """The columns of the table of standings."""
    return (
        HtmlColumn(noun, title=True),
        *(HtmlColumn(status.value, numeric=True) for status in COUNTS),
        HtmlColumn("报齐", numeric=True),
        HtmlColumn("考核得分", numeric=True),
    )


def standing_row(view: View, standing: OfficeRows, noun: str) -> HtmlRow:
    """How many of a standing have which status, what is reported, the points."""
    counted = {status.value: HtmlCell(str(count) if (count := standing.count(status)) else "", count) for status in COUNTS}
    share = standing.whole / len(standing.rows) if standing.rows else 0
    cells = (
        {noun: HtmlCell(standing.name)}
        | counted
        | {"报齐": HtmlCell(f"{standing.whole}/{len(standing.rows)} 项", share), "考核得分": HtmlCell(standing.points)}
    )
    return HtmlRow(cells, address(view, standing))


def of_office(view: View) -> str:
    """The whole sheet of an office: every indicator with its target and its line, what it sent and when."""
    office = view.office or ""
    rows = session.rows(view.period, office, view.org)
    name = session.called(office, view.org)
    owed = [sheet for sheet in filings.owed(view.period, view.org) if sheet.office == office]
    scored = [point for point in session.scored(view.period, view.org) if point.row.office == office]
    return render(
        "office.html",
        view=view,
        answer=f"{name}：{headlines.headline(rows).removesuffix('。')}" if rows else f"{name}没有指标；报表照样要报，见「报送情况」",
        days=day_words.of_board(rows),
        notes=organisation_notes.of_board(view.org, view.period, rows),
        points=OfficeRows(name, rows, scored, view.org, office).points,
        arrived=[f"{sheet.template}：{sheet.words}，应报日 {sheet.due_words}" for sheet in owed],
        tables=office_tables(view),
        followed=follow_up_lines.of_office(view, office),
        late=view.link("targets", status="late"),
        every=view.link(office="all"),
    )


def office_tables(view: View) -> list[HtmlTable]:
    """All indicators of an office, and its submissions."""
    rows, name = session.rows(view.period, view.office, view.org), session.called(view.office or "", view.org)
    sent = filings.history(view.office, None, view.org)[:MOST_SENT]
    return [
        HtmlTable(f"{name}的全部指标", SHEET, [sheet_row(view, row) for row in by_urgency(rows)]),
        HtmlTable(f"{name}的报送", SENT, [sent_row(view, record) for record in sent]),
    ]


def by_urgency(rows: Sequence[BoardRow]) -> list[BoardRow]:
    """The rows, the most urgent status first, worst of the missed on top."""
    return sorted(rows, key=lambda row: (list(Status).index(statuses.assessed(row)), -(row.target.shortfall or 0.0)))


def sheet_row(view: View, row: BoardRow) -> HtmlRow:
    """An indicator with everything that is followed."""
    spoken = session.spoken(row)
    cells = {
        "状态": row_cells.status(row),
        "指标": HtmlCell(row.name),
        "完成": HtmlCell(spoken.value, row.figure.value),
        "进度": row_cells.progress(row),
        "目标": row_cells.target(row),
        "差距": row_cells.gap(row),
        "上年同期": row_cells.last_year(row),
        "近 13 个月": row_cells.line(row),
        "截至": row_cells.as_of(row),
    }
    return row_cells.table_row(view, row, cells)


def sent_row(view: View, record: Record) -> HtmlRow:
    """A submission of the office."""
    submission = record.submission
    cells = {
        "编号": HtmlCell(str(submission.seq), submission.seq),
        "期间": HtmlCell(submission.period.chinese, submission.period.first_day),
        "报送状态": HtmlCell(badges=(filing_cells.standing(record),)),
        "报送时间": filing_cells.time(submission.at),
        "报送人": HtmlCell(f"{submission.by}（虚构）" if submission.demo else submission.by),
        "文件": HtmlCell(submission.file),
        "说明": HtmlCell(submission.note),
    }
    return HtmlRow(cells, view.link("submissions", period=str(submission.period), row=str(submission.seq)))


def rank_row(child: Ranked, ranking: Ranking) -> HtmlRow:
    """An organisation in a ranking."""
    spoken = row_words.Spoken(child.row, ranking.decimals)
    cells = {
        "名次": HtmlCell(str(child.rank or ""), child.rank),
        "单位": HtmlCell(child.name),
        "数值": HtmlCell(spoken.value, child.row.figure.value),
        "没有名次的原因": HtmlCell(child.reason),
        "目标": HtmlCell(spoken.target if child.row.target.value is not None else "", child.row.target.value),
        "状态": row_cells.status(child.row),
        "截至": row_cells.as_of(child.row) if child.row.figure.value is not None else HtmlCell(),
    }
    return HtmlRow(cells)
