"""``paper pptx``, ``paper xlsx``, ``paper form``: the slides and the report workbook of a month, and a superior's form filled."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from kpi.bureau import Bureau
from kpi.cli.command_view import open_view
from kpi.cli.options import AsJson, CatalogDir, Data, FiguresOfOrg, Period, console, path_of
from kpi.cli.printing import print_document
from kpi.cli.workplace import workplace
from kpi.documents.paper_documents import filled_form_document, written_document
from kpi.errors import RequestError
from kpi.period import Month

Out = Annotated[Path, typer.Option("--out", parser=path_of, metavar="文件", help="写到哪个文件；已有的换成新的")]
PaperOffice = Annotated[str | None, typer.Option("--office", help="只写这个科室的指标（代码、名称或别名）")]
PaperEdition = Annotated[str | None, typer.Option("--edition", metavar="编号", help="会议版的编号：写定稿的数，编号印在材料上，不必写 --org")]
PaperWriting = Callable[[Bureau, Month, str | None, str | None, str | None], bytes]


def _of_month(what: str, suffix: str, writing: PaperWriting) -> Callable[..., None]:
    """The command that writes a paper of a month; ``what`` it is called, and the ending of its file."""

    def write(
        period: Period,
        out: Out,
        office: PaperOffice = None,
        edition: PaperEdition = None,
        org: FiguresOfOrg = None,
        data: Data = None,
        catalog: CatalogDir = None,
        as_json: AsJson = False,
    ) -> None:
        month = Month.parse(period)
        _require_suffix(out, suffix)
        with open_view(data, catalog, org) as view:
            workplace().require_put(out, writing(view.bureau, month, view.org, office, edition))
        if as_json:
            print_document(written_document(out, month, edition))
        else:
            console.print(f"{month.chinese}{what}已写到「{out}」。", soft_wrap=True)

    write.__doc__, write.__name__ = writing.__doc__, suffix.removeprefix(".")
    return write


def _slides(bureau: Bureau, month: Month, org: str | None, office: str | None, edition: str | None) -> bytes:
    """写一个月份的会议材料：一页一件事，未达标的在前，图可以编辑。"""
    from kpi.papers.writing.slides import slides

    return slides(bureau, month, org, office, edition)


def _book(bureau: Bureau, month: Month, org: str | None, office: str | None, edition: str | None) -> bytes:
    """写一个月份的报表：看板、未达标、同比、历月、勾稽、来源、口径和图。"""
    from kpi.papers.writing.report_book import report_book

    return report_book(bureau, month, org, office, edition)


pptx = _of_month("会议材料", ".pptx", _slides)
xlsx = _of_month("报表", ".xlsx", _book)


def form(
    file: Annotated[Path, typer.Argument(parser=path_of, metavar="文件", help="上级的表，.xlsx")],
    period: Period,
    out: Out,
    replace: Annotated[bool, typer.Option("--replace", help="格里已写有的也换成库里的数；公式不动")] = False,
    org: FiguresOfOrg = None,
    data: Data = None,
    catalog: CatalogDir = None,
    as_json: AsJson = False,
) -> None:
    """按库里的数填好上级的表：认得出名称的行和列填上，其余一律不动，没有填的逐格列出。"""
    from kpi.papers.writing.superior_form import filled_form

    month = Month.parse(period)
    _require_suffix(out, ".xlsm" if file.suffix.lower() == ".xlsm" else ".xlsx")  # a file with macros opens under its own ending alone
    with open_view(data, catalog, org) as view:
        filled = filled_form(view.today, file.name, workplace().require_content(file), month, view.org, replace=replace)
        workplace().require_put(out, filled.data)
    if as_json:
        print_document(filled_form_document(out, month, filled))
        return
    console.print(f"「{file.name}」{filled.words}已写到「{out}」。", soft_wrap=True)
    for cell in filled.unfilled:
        console.print(f"{cell.place}{f' {cell.name}' if cell.name else ''}：{cell.reason}", soft_wrap=True)


def _require_suffix(out: Path, suffix: str) -> None:
    if out.suffix.lower() != suffix:
        raise RequestError(f"「{out}」不是 {suffix} 文件；请写以 {suffix} 结尾的文件名。")
