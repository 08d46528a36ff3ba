"""``targets read``: a bureau's own table of targets, into the catalogue."""

from decimal import Decimal
from pathlib import Path
from typing import Annotated

import typer

from kpi.access.roles import Right
from kpi.catalog.folder_writing import change_folder
from kpi.catalog.model import Catalog
from kpi.catalog.plain_tables import documents_of
from kpi.catalog.target import Target
from kpi.cli.catalog_changing import bring_in_force, named_folder, print_change
from kpi.cli.options import AsJson, CatalogDir, Data, console, path_of, table_of
from kpi.cli.printing import print_document
from kpi.cli.workplace import workplace
from kpi.data_place import data_folder
from kpi.documents.target_documents import targets_document
from kpi.errors import RequestError
from kpi.period import parse_day
from kpi.setup.surveyed_figure import SurveyedFile
from kpi.setup.target_keeping import with_targets
from kpi.setup.target_proposal import TargetProposal, TargetProposals
from kpi.setup.target_reading import TargetOptions, read_targets
from kpi.store.clock import now
from kpi.store.kept_catalog import catalog_in_force
from kpi.workbook.process.parser import Parser

_UNCHANGED = "指标目录里已经是这些目标，没有改动。"


def read(
    file: Annotated[Path, typer.Argument(parser=path_of, metavar="文件", help="本局的目标任务分解表，什么版式都可以")],
    year: Annotated[int | None, typer.Option("--year", metavar="年份", help="表上没有写年份的，写明是哪一年的目标")] = None,
    document: Annotated[str, typer.Option("--document", metavar="文件名", help="下达目标的文件；不写则用表上写的")] = "",
    since: Annotated[str | None, typer.Option("--from", metavar="日期", help="年中调整的，写明从哪一天起执行，如 2024-07-01")] = None,
    write: Annotated[bool, typer.Option("--write", help="没有疑问的在数据目录里生效，或写进 --catalog 的文件夹；不写只列出")] = False,
    reason: Annotated[str, typer.Option("--reason", help="生效的理由，一直留在变动记录里；不写则用下达目标的文件")] = "",
    replace: Annotated[bool, typer.Option("--replace", help="指标目录里已有的目标换成表上的")] = False,
    data: Data = None,
    catalog: CatalogDir = None,
    as_json: AsJson = False,
) -> None:
    """读本局的目标任务分解表：列出读到的目标和所在单元格，认不出的名称、对不上的合计、不是数的；--write 生效。"""
    options = TargetOptions(year, document.strip(), parse_day(since) if since else None)
    folder = named_folder(catalog)
    if write and folder is None:
        _write_here(file, options, reason, data, replacing=replace, as_json=as_json)
        return
    definitions = catalog_in_force(data_folder(data), catalog)
    with Parser(places=1) as parser:
        proposals = _proposals(parser, file, definitions, options)
    former = None
    if write and folder is not None:
        _require_ready(proposals)
        former = change_folder(with_targets(definitions, proposals.ready, replacing=replace), folder, now())
    if as_json:
        print_document(targets_document(proposals, former, written=write))
        return
    _print(proposals, definitions)
    _print_outcome(proposals, former, written=write)


def _write_here(file: Path, options: TargetOptions, reason: str, data: Path | None, *, replacing: bool, as_json: bool) -> None:
    """The targets in force in the data folder."""
    with workplace().open_bureau(data, None) as bureau:
        bureau.require(Right.DEFINE)
        definitions = bureau.catalog
        proposals = _proposals(bureau.parser, file, definitions, options)
        _require_ready(proposals)
        aimed = with_targets(definitions, proposals.ready, replacing=replacing)
        record = None
        if documents_of(aimed) != documents_of(definitions):
            record = bring_in_force(bureau, aimed, proposals.about, reason or f"按「{proposals.document}」")
    if as_json:
        print_document(targets_document(proposals, written=True, change=record.number if record else None))
        return
    _print(proposals, definitions)
    if record is None:
        console.print(_UNCHANGED)
    else:
        print_change(record)


def _proposals(parser: Parser, file: Path, definitions: Catalog, options: TargetOptions) -> TargetProposals:
    """
    What a table says.

    Raises:
        RequestError: It cannot be read, or says nothing of targets.

    """
    content = workplace().require_content(file)
    proposals = read_targets(SurveyedFile(file.name, parser.parse(content, file.name)), definitions, options)
    if not (proposals.proposals or proposals.asked or proposals.unmatched or proposals.sums):
        raise RequestError(f"「{file.name}」里没有认出目标；表里要有指标目录里的指标名称，旁边或下面写要达到的数。")
    return proposals


def _require_ready(proposals: TargetProposals) -> None:
    if not proposals.ready:
        raise RequestError("表里没有可以写进指标目录的目标；不写 --write 再运行一次，看看要先问清什么。")


def _print(read_table: TargetProposals, definitions: Catalog) -> None:
    console.print(f"{read_table.year or '年份不明'} 年目标，依据：{read_table.document or '没有写'}", soft_wrap=True)
    table = table_of("读到的目标", "指标", "科室或单位", "类型", "目标", "单元格", "要问的")
    for proposal in read_table.proposals:
        target = proposal.target
        table.add_row(
            proposal.name, definitions.called(target.office, target.org), target.kind.chinese, _amount(target), proposal.cells[0].place, _question(proposal)
        )
    console.show(table)
    if read_table.asked or read_table.unmatched or read_table.sums:
        table = table_of("没有读成目标的", "名称", "单元格", "为什么")
        for asked in read_table.asked:
            table.add_row(asked.name, asked.cell.place, asked.question)
        for unmatched in read_table.unmatched:
            table.add_row(unmatched.name, unmatched.cell.place, unmatched.words)
        for unequal in read_table.sums:
            table.add_row(unequal.name, unequal.cell.place, unequal.words)
        console.show(table)


def _question(proposal: TargetProposal) -> str:
    """What is asked about a proposal, else what it stands in for."""
    if proposal.question or not proposal.replaced:
        return proposal.question
    return "与现有的一样" if proposal.replaced.value == proposal.target.value else f"现有的是 {_plain(proposal.replaced.value)}"


def _amount(target: Target) -> str:
    """The number of a target with how it falls due."""
    words = _plain(target.value) + (f"—{_plain(target.upper)}" if target.upper is not None else "")
    if target.monthly:
        return f"{words}，分到各月"
    return words + "".join(f"，到 {milestone.on.month} 月 {_plain(milestone.share)}%" for milestone in target.milestones[:-1])


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"


def _print_outcome(proposals: TargetProposals, former: Path | None, *, written: bool) -> None:
    ready, rest = len(proposals.ready), len(proposals.proposals) - len(proposals.ready) + len(proposals.asked) + len(proposals.unmatched)
    if not written:
        console.print(f"读到 {ready} 个目标，另有 {rest} 处要先问清；只是列出，什么都没有写。没有疑问的用 --write 生效。", soft_wrap=True)
    elif former:
        console.print(f"{ready} 个目标已写进指标目录的文件夹；原来的保留在「{former}」。看板重启以后按新的算。", soft_wrap=True)
    else:
        console.print(_UNCHANGED)
