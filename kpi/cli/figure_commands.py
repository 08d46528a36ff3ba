"""What is computed: board, missed targets, points, series, ranks."""

from collections.abc import Sequence
from typing import Annotated

import typer

from kpi.bureau import open_existing
from kpi.catalog.model import Catalog
from kpi.cli import contract
from kpi.cli.board_tables import print_frozen, print_rows
from kpi.cli.options import (
    AsJson,
    AsOf,
    CatalogDir,
    Data,
    Of,
    Part,
    Period,
    as_known,
    console,
    day_of,
    known_words,
    node_of,
    office_of,
    org_of,
    table_of,
    titled,
)
from kpi.compute.row import BoardRow
from kpi.errors import RequestError
from kpi.meeting import editions
from kpi.period import Month, Span
from kpi.present import day_words, headlines, numbers, row_words, statuses, verdicts
from kpi.review.board import board as compute_board
from kpi.review.board import missed as compute_missed
from kpi.review.prospects import outlooks, signalled
from kpi.review.ranking import rank as compute_rank
from kpi.review.scoring import score as compute_score
from kpi.review.series import series as compute_series


def board(
    period: Period,
    span: Annotated[Span, typer.Option(help="口径：本年累计、当月、当季、半年、全年")] = Span.YTD,
    office: Annotated[str | None, typer.Option(help="只看这个科室")] = None,
    org: Of = None,
    as_of: AsOf = None,
    edition: Annotated[str | None, typer.Option("--edition", metavar="编号", help="会议版的编号：印出定稿的数，不必写 --org")] = None,
    data: Data = None,
    catalog: CatalogDir = None,
    as_json: AsJson = False,
) -> None:
    """看板：一个月份的全部指标。"""
    month, day = Month.parse(period), day_of(as_of)
    with open_existing(data, catalog) as living:
        if edition is not None:
            issue = editions.find(living, edition, org_of(living.catalog, org))
            if day or issue.edition.period != month:
                raise RequestError(f"会议版 {issue.edition.code} 是 {issue.edition.period} 定稿的数；请写 --period {issue.edition.period}，不要加 --as-of。")
            frozen = editions.shown(living, issue.edition)
            print_frozen(issue, frozen, as_json, editions.known_office_of(living, frozen, office) if office is not None else None)
            return
        bureau = as_known(living, day)
        code, node = office_of(bureau.catalog, office), node_of(bureau.catalog, org)
        rows = compute_board(bureau, month, span, code, node)
        if as_json:
            rows = signalled(bureau, rows)
    if as_json:
        print(contract.text(contract.board_document(month, span, rows, bureau.catalog, day, node)))
    else:
        _print_board(f"{titled(bureau.catalog, node)}{month.chinese}看板{known_words(day)}", rows, bureau.catalog)


def missed(period: Period, org: Of = None, as_of: AsOf = None, data: Data = None, catalog: CatalogDir = None, as_json: AsJson = False) -> None:
    """未达标和滞后的指标，最差的在前。"""
    month, day = Month.parse(period), day_of(as_of)
    with open_existing(data, catalog) as living:
        bureau = as_known(living, day)
        node = node_of(bureau.catalog, org)
        rows = signalled(bureau, compute_missed(bureau, month, node))
        found = outlooks(bureau, rows)
    if as_json:
        print(contract.text(contract.missed_document(month, rows, found, bureau.catalog, day, node)))
        return
    _print_board(f"{titled(bureau.catalog, node)}{month.chinese}未达标和滞后的指标{known_words(day)}", rows, bureau.catalog)
    for row in rows:
        console.print(f"{row.name}：{verdicts.need(row_words.spoken(row, bureau.catalog), found[row.indicator])}", soft_wrap=True)


def score(
    period: Period, office: Part = None, org: Of = None, as_of: AsOf = None, data: Data = None, catalog: CatalogDir = None, as_json: AsJson = False
) -> None:
    """考核计分：有分值的目标各得多少分，各科室合计；只监测不考核的指标不计分。"""
    month, day = Month.parse(period), day_of(as_of)
    with open_existing(data, catalog) as living:
        bureau = as_known(living, day)
        code = office_of(bureau.catalog, office)
        node = node_of(bureau.catalog, org)
        rows = compute_score(bureau, compute_board(bureau, month, office=code, org=node))
    if as_json:
        print(contract.text(contract.score_document(month, rows, node, day)))
        return
    table = table_of(f"{titled(bureau.catalog, node)}{month.chinese}考核计分{known_words(day)}", "科室", "指标", "分值", "得分", "说明")
    for one in rows:
        shown = numbers.figure(one.points, 2) if one.points is not None else "暂不计分"
        table.add_row(bureau.catalog.offices[one.row.office].name, one.row.name, f"{one.score.points:f}", shown, one.words)
    console.show(table)


def series(
    indicator: Annotated[str, typer.Argument(metavar="指标", help="指标或数据项的代码")],
    first: Annotated[str, typer.Option("--from", help="起始月份")],
    last: Annotated[str, typer.Option("--to", help="截止月份")],
    span: Annotated[Span, typer.Option(help="口径")] = Span.YTD,
    org: Of = None,
    as_of: AsOf = None,
    data: Data = None,
    catalog: CatalogDir = None,
    as_json: AsJson = False,
) -> None:
    """一个指标或数据项的逐月数。"""
    day = day_of(as_of)
    with open_existing(data, catalog) as bureau:
        node = node_of(bureau.catalog, org)
        result = compute_series(as_known(bureau, day), indicator, Month.parse(first), Month.parse(last), span, node)
    if as_json:
        print(contract.text(contract.series_document(result, node, day)))
        return
    table = table_of(f"{titled(bureau.catalog, node)}{result.name}（{result.unit}）{known_words(day)}", "月份", "数值", "当月", "上年同期", "目标")
    for point in result.points:
        figures = (point.value, point.month_value, point.prior_value, point.target)
        shown = [numbers.figure(figure, result.decimals) if figure is not None else "" for figure in figures]
        table.add_row(str(point.period), shown[0] or point.state, *shown[1:])
    console.show(table)


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
    month, day = Month.parse(period), day_of(as_of)
    with open_existing(data, catalog) as bureau:
        definition = bureau.catalog
        found = compute_rank(as_known(bureau, day), indicator, month, node_of(definition, org))
    if as_json:
        print(contract.text(contract.rank_document(found) | {"known_on": day}))
        return
    table = table_of(
        f"{titled(definition, found.org)}各下级 {month.chinese}{found.name}{known_words(day)}", "名次", "单位", "数值", "状态", "截至", "没有名次的原因"
    )
    for one in found.rows:
        said = row_words.Spoken(one.row, found.decimals)
        table.add_row(
            str(one.rank or ""),
            one.name,
            said.value,
            statuses.badge(one.row.status),
            day_words.as_of(one.row) if one.row.figure.value is not None else "",
            one.reason,
        )
    console.show(table)
    console.print(headlines.ranked([one.rank for one in found.rows], found.reason), soft_wrap=True)


def _print_board(title: str, rows: Sequence[BoardRow], catalog: Catalog) -> None:
    print_rows(title, [row_words.Spoken(row, catalog.indicators[row.indicator].decimals) for row in rows])
