"""Where figures come from and whether they agree: ``source``, ``relations``."""

from typing import Annotated

import typer

from kpi.cli.command_view import open_view
from kpi.cli.options import AsJson, AsOf, CatalogDir, Data, FiguresOfOrg, Period, console, table_of
from kpi.cli.printing import print_document
from kpi.documents import proof_documents
from kpi.period import Month
from kpi.present import figure_notes
from kpi.review.relation_results import relations as evaluate_relations
from kpi.review.source import source as find_source
from kpi.validation.relation_figures import Result
from kpi.value import plain


def source(
    indicator: Annotated[str, typer.Argument(metavar="指标", help="指标或数据项的代码")],
    period: Period,
    org: FiguresOfOrg = None,
    as_of: AsOf = None,
    data: Data = None,
    catalog: CatalogDir = None,
    as_json: AsJson = False,
) -> None:
    """一个指标的来源：分子分母各在哪个文件、哪张表、哪个单元格。"""
    month = Month.parse(period)
    with open_view(data, catalog, org, as_of) as view:
        sources = find_source(view.bureau, indicator, month, view.node)
    if as_json:
        print_document(proof_documents.source_document(indicator, month, sources, view.node, view.catalog, view.day))
        return
    whose = ["单位"] if view.catalog.branched else []
    table = table_of(f"{indicator} {month} 的来源{view.known_words}", *whose, "部分", "数据项", "月份", "栏目", "原文", "文件", "单元格", "报送人", "时间")
    for s in sources:
        table.add_row(
            *([view.catalog.orgs[s.org].name] if whose else []),
            s.part,
            s.name,
            str(s.period),
            s.column.chinese,
            s.raw,
            s.file,
            f"{s.sheet}!{s.cell}",
            s.by,
            f"{s.at:%Y-%m-%d %H:%M}",
        )
    console.show(table)
    if note := figure_notes.replaced_definition(view.catalog.at(month).replaced(indicator)):
        console.print(f"{note}。", soft_wrap=True)


def relations(
    period: Period,
    org: Annotated[str | None, typer.Option("--org", help="哪个报数的单位（代码、名称或别名）；有几个单位时要写")] = None,
    as_of: AsOf = None,
    data: Data = None,
    catalog: CatalogDir = None,
    as_json: AsJson = False,
) -> None:
    """勾稽关系逐条核对。"""
    month = Month.parse(period)
    with open_view(data, catalog, org, as_of) as view:
        if view.org is None and view.catalog.branched:
            raise typer.BadParameter("有几个单位报数，请用 --org 写明核对哪一个。")
        results = evaluate_relations(view.bureau, month, view.org)
    if as_json:
        print_document(proof_documents.relations_document(month, results, view.day))
        return
    table = table_of(f"{month.chinese}勾稽核对{view.known_words}", "编号", "关系", "结果", "左", "右", "差")
    for r in results:
        sides = [plain(round(side, 4)) if side is not None else "" for side in (r.left, r.right, r.difference)]
        style = "red" if r.result is Result.VIOLATED and r.relation.strength == "hard" else None
        table.add_row(r.relation.id, r.relation.name, r.result.chinese, *sides, style=style)
    console.show(table)
