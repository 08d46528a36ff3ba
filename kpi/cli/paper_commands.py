"""``paper``: papers written from the figures of the store."""

from pathlib import Path
from typing import Annotated

import typer

from kpi.cli.command_view import open_view
from kpi.cli.options import AsJson, CatalogDir, Data, FiguresOfOrg, Period, console, path_of
from kpi.cli.printing import print_document
from kpi.cli.workplace import workplace
from kpi.documents.paper_documents import filled_document, summary_document
from kpi.errors import RequestError
from kpi.period import Month, Span


def docx(
    period: Period,
    out: Annotated[Path, typer.Option("--out", parser=path_of, metavar="文件", help="写到哪个 .docx 文件；已有的换成新的")],
    span: Annotated[Span, typer.Option(help="写多长时间的：本年累计、当月、当季、半年、全年")] = Span.YTD,
    office: Annotated[str | None, typer.Option("--office", help="只写这个科室（代码、名称或别名）")] = None,
    area: Annotated[str | None, typer.Option("--area", help="只写这个板块（代码或名称）")] = None,
    template: Annotated[
        Path | None, typer.Option("--template", parser=path_of, metavar="文件", help="本局自己的 .docx，里面的 {{代码}} 或 {{名称}} 换成数，其余一律不动")
    ] = None,
    public: Annotated[bool, typer.Option("--public", help="公开版：人和案件的小数目不公开，能推算出它们的数一并隐去")] = False,
    hide: Annotated[list[str] | None, typer.Option("--hide", metavar="代码", help="公开版另外不公开的指标或数据项，可以写几次")] = None,
    sources: Annotated[bool, typer.Option("--sources", help="后面附每个数的来源单元格")] = False,
    org: FiguresOfOrg = None,
    data: Data = None,
    catalog: CatalogDir = None,
    as_json: AsJson = False,
) -> None:
    """写一个时期的工作总结（公文格式），或填好本局自己的文稿模板。"""
    from kpi.papers.writing.summary_paper import handed_out
    from kpi.papers.writing.summary_writing import write_summary
    from kpi.papers.writing.template_filling import fill_template

    month = Month.parse(period)
    if hide and not public:
        raise typer.BadParameter("--hide 与 --public 一起用。")
    if template is not None and (public or sources or office or area):
        raise typer.BadParameter("--template 与 --office、--area、--public、--sources 不能一起用：写什么由模板定。")
    if public and sources:
        raise typer.BadParameter("公开版不附来源单元格，--public 和 --sources 不能一起用。")
    if out.suffix.lower() != ".docx":
        raise RequestError(f"「{out}」不是 .docx 文件；请写以 .docx 结尾的文件名。")
    with open_view(data, catalog, org, acts=public) as view:
        if template is not None:
            filled = fill_template(view.bureau, workplace().require_content(template), template.name, month, span, view.org)
            workplace().require_put(out, filled.content)
            if as_json:
                print_document(filled_document(out, filled))
            else:
                console.print(f"{filled.words}已写到「{out}」。", soft_wrap=True)
            return
        summary = write_summary(view.bureau, month, span, office=office, area=area, org=view.org, public=public, hide=hide or ())
        workplace().require_put(out, handed_out(view.today, summary, with_sources=sources))
    if as_json:
        print_document(summary_document(out, summary))
        return
    gaps = f"，其中 {summary.gaps} 处没有数，已用【】标出" if summary.gaps else ""
    console.print(f"「{summary.title}」已写到「{out}」：{summary.figures} 个数{gaps}。{summary.version.words if summary.version else ''}", soft_wrap=True)
