"""What is computed: board, missed targets, points, series, ranks."""

from collections.abc import Sequence
from typing import Annotated

import typer

from kpi.catalog.model import Catalog
from kpi.cli.board_tables import print_frozen, print_rows
from kpi.cli.command_view import CommandView, open_view
from kpi.cli.options import AsJson, AsOf, CatalogDir, Data, FiguresOfOrg, OneOffice, Period, console, table_of
from kpi.cli.printing import print_document
from kpi.compute.row import BoardRow
from kpi.documents import figure_documents
from kpi.errors import RequestError
from kpi.meeting import editions
from kpi.period import Month, Span
from kpi.present import day_words, definition_words, figure_notes, headlines, numbers, row_words, statuses, verdicts
from kpi.review.board import board as compute_board
from kpi.review.board import missed as compute_missed
from kpi.review.prospects import outlooks, signalled
from kpi.review.ranking import rank as compute_rank
from kpi.review.scoring import score as compute_score
from kpi.review.series import Series
from kpi.review.series import series as compute_series


def board(
    period: Period,
    span: Annotated[Span, typer.Option(help="口径：本年累计、当月、当季、半年、全年")] = Span.YTD,
    office: Annotated[str | None, typer.Option(help="只看这个科室")] = None,
    org: FiguresOfOrg = None,
    as_of: AsOf = None,
    edition: Annotated[str | None, typer.Option("--edition", metavar="编号", help="会议版的编号：印出定稿的数，不必写 --org")] = None,
    data: Data = None,
    catalog: CatalogDir = None,
    as_json: AsJson = False,
) -> None:
    """看板：一个月份的全部指标。"""
    month = Month.parse(period)
    with open_view(data, catalog, org, as_of) as view:
        if edition is not None:
            _print_edition(view, edition, month, office, as_json)
            return
        rows = compute_board(view.bureau, month, span, view.office(office), view.node)
        if as_json:
            rows = signalled(view.bureau, rows)
    if as_json:
        print_document(figure_documents.board_document(month, span, rows, view.catalog, view.day, view.node))
    else:
        _print_board(f"{view.whose}{month.chinese}看板{view.known_words}", rows, view.catalog)


def missed(period: Period, org: FiguresOfOrg = None, as_of: AsOf = None, data: Data = None, catalog: CatalogDir = None, as_json: AsJson = False) -> None:
    """未达标和滞后的指标，最差的在前。"""
    month = Month.parse(period)
    with open_view(data, catalog, org, as_of) as view:
        rows = signalled(view.bureau, compute_missed(view.bureau, month, view.node))
        expected = outlooks(view.bureau, rows)
    if as_json:
        print_document(figure_documents.missed_document(month, rows, expected, view.catalog, view.day, view.node))
        return
    _print_board(f"{view.whose}{month.chinese}未达标和滞后的指标{view.known_words}", rows, view.catalog)
    for row in rows:
        console.print(f"{row.name}：{verdicts.need(row_words.spoken(row, view.catalog), expected[row.indicator])}", soft_wrap=True)


def score(
    period: Period,
    office: OneOffice = None,
    org: FiguresOfOrg = None,
    as_of: AsOf = None,
    data: Data = None,
    catalog: CatalogDir = None,
    as_json: AsJson = False,
) -> None:
    """考核计分：有分值的目标各得多少分，各科室合计；只监测不考核的指标不计分。"""
    month = Month.parse(period)
    with open_view(data, catalog, org, as_of) as view:
        results = compute_score(view.bureau, compute_board(view.bureau, month, office=view.office(office), org=view.node))
    if as_json:
        print_document(figure_documents.score_document(month, results, view.node, view.day))
        return
    table = table_of(f"{view.whose}{month.chinese}考核计分{view.known_words}", "科室", "指标", "分值", "得分", "说明")
    for result in results:
        shown = numbers.figure(result.points, 2) if result.points is not None else "暂不计分"
        table.add_row(view.catalog.offices[result.row.office].name, result.row.name, f"{result.score.points:f}", shown, result.words)
    console.show(table)


def series(
    indicator: Annotated[str, typer.Argument(metavar="指标", help="指标或数据项的代码")],
    first: Annotated[str, typer.Option("--from", help="起始月份")],
    last: Annotated[str, typer.Option("--to", help="截止月份")],
    span: Annotated[Span, typer.Option(help="口径")] = Span.YTD,
    org: FiguresOfOrg = None,
    as_of: AsOf = None,
    data: Data = None,
    catalog: CatalogDir = None,
    as_json: AsJson = False,
) -> None:
    """一个指标或数据项的逐月数。"""
    with open_view(data, catalog, org, as_of) as view:
        result = compute_series(view.bureau, indicator, Month.parse(first), Month.parse(last), span, view.node)
    if as_json:
        print_document(figure_documents.series_document(result, view.node, view.day))
        return
    table = table_of(f"{view.whose}{result.name}（{result.unit}）{view.known_words}", "月份", "数值", "当月", "上年同期", "目标")
    for point in result.points:
        figures = (point.value, point.month_value, point.prior_value, point.target)
        shown = [numbers.figure(figure, result.decimals_of(point)) if figure is not None else "" for figure in figures]
        table.add_row(str(point.period), shown[0] or point.state, *shown[1:])
    console.show(table)
    for words in _definitions_between(result, view.catalog):
        console.print(words, soft_wrap=True)


def rank(
    indicator: Annotated[str, typer.Argument(metavar="指标", help="指标或数据项的代码")],
    period: Period,
    org: Annotated[str | None, typer.Option("--org", help="哪个机构的下级排名（代码、名称或别名）；不写则是最上级的")] = None,
    as_of: AsOf = None,
    data: Data = None,
    catalog: CatalogDir = None,
    as_json: AsJson = False,
) -> None:
    """一个机构的各下级按一个指标排名；不能排名的说明原因。"""
    month = Month.parse(period)
    with open_view(data, catalog, org, as_of) as view:
        ranking = compute_rank(view.bureau, indicator, month, view.node)
    if as_json:
        print_document(figure_documents.rank_document(ranking) | {"known_on": view.day})
        return
    title = f"{view.whose}各下级 {month.chinese}{ranking.name}{view.known_words}"
    table = table_of(title, "名次", "单位", "数值", "状态", "截至", "没有名次的原因")
    for child in ranking.rows:
        as_of_words = day_words.as_of(child.row) if child.row.figure.value is not None else ""
        value = row_words.Spoken(child.row, ranking.decimals).value
        table.add_row(str(child.rank or ""), child.name, value, statuses.badge(child.row.status), as_of_words, child.reason)
    console.show(table)
    console.print(headlines.ranked([child.rank for child in ranking.rows], ranking.reason), soft_wrap=True)


def _print_edition(view: CommandView, code: str, month: Month, office: str | None, as_json: bool) -> None:
    """
    Print an edition of the month in the place of the board.

    Raises:
        RequestError: It is of another month, or the board as known on a day is asked for.

    """
    issue = editions.find(view.today, code, view.org)
    if view.day or issue.edition.period != month:
        raise RequestError(f"会议版 {issue.edition.code} 是 {issue.edition.period} 定稿的数；请写 --period {issue.edition.period}，不要加 --as-of。")
    frozen = editions.shown(view.today, issue.edition)
    print_frozen(issue, frozen, as_json, editions.known_office_of(view.today, frozen, office) if office is not None else None)


def _definitions_between(series: Series, catalog: Catalog) -> list[str]:
    """What became of the definition within the months of a series."""
    if not series.changes:
        return []
    entry = catalog.indicators[series.code]
    return [f"{words}；各月按当时的口径计算。" for words in definition_words.changes(entry, catalog.measures, series.changes[0], series.changes[-1])]


def _print_board(title: str, rows: Sequence[BoardRow], catalog: Catalog) -> None:
    print_rows(title, [row_words.Spoken(row, catalog.at(row.period).indicators[row.indicator].decimals) for row in rows])
    for row in rows:
        if note := figure_notes.replaced_definition(row.caveats.definition):
            console.print(f"{row.name}：{note}。", soft_wrap=True)
