"""``setup``: what the sheets in a folder propose of a catalogue."""

from pathlib import Path
from typing import Annotated

import typer

from kpi.catalog.folder_writing import require_free, write_folder
from kpi.cli.options import AsJson, console, errors, path_of, table_of
from kpi.cli.printing import print_document
from kpi.cli.typed_files import FOLDER, content, files_below, kind_of
from kpi.documents.setup_documents import setup_document
from kpi.errors import RequestError, WorkbookError, cause
from kpi.setup.measure_proposals import kind_words
from kpi.setup.proposal import Proposal, ProposedCatalog
from kpi.setup.proposing import propose
from kpi.setup.setup_catalog import catalog_of_draft
from kpi.setup.setup_draft import SetupDraft
from kpi.setup.surveyed_figure import SurveyedFile
from kpi.store.clock import now, today, zoned
from kpi.workbook.process.parser import Parser


def setup(
    folder: Annotated[Path, typer.Argument(metavar="文件夹", parser=path_of, help="各科室报表所在的文件夹，下级文件夹也读")],
    to: Annotated[Path | None, typer.Option("--to", parser=path_of, metavar="文件夹", help="把有把握的写成指标目录的文件夹；要问的、没有说定的不写")] = None,
    name: Annotated[str, typer.Option("--name", metavar="名称", help="本局名称；不写则用报表上写的")] = "",
    as_json: AsJson = False,
) -> None:
    """建局：从科室的报表提出科室、数据项、率、合计关系，与指标库对照，各写明依据；说不定的只问。"""
    if kind_of(folder) != FOLDER:
        raise RequestError(f"没有文件夹「{folder}」；请写各科室报表所在的文件夹。")
    if to is not None:
        require_free(to, replace=False)
    files, unread = _read(folder)
    proposed = propose(files)
    if to is not None:
        write_folder(catalog_of_draft(SetupDraft(proposed).all_accepted(), name or proposed.bureau, today()), to, now())
    for sentence in unread:
        errors.print(sentence, soft_wrap=True)
    if as_json:
        print_document(setup_document(proposed, unread))
        return
    _print(proposed)
    if to is not None:
        console.print(f"有把握的已写成指标目录「{to}」；要问的没有写，看清了补上，再用 catalog adopt 让它生效。", soft_wrap=True)


def _read(folder: Path) -> tuple[list[SurveyedFile], list[str]]:
    """The workbooks of a folder, and a sentence for each file that is none."""
    files, unread = [], []
    with Parser() as parser:
        for path in files_below(folder):
            try:
                sheets = parser.parse(content(path), path.name)
                came = zoned(path.stat().st_mtime).date()
            except WorkbookError as error:
                unread.append(str(error))
            except OSError as error:
                unread.append(f"「{path.name}」读不了（{cause(error)}）；请检查这个文件和它的权限。")
            else:
                folders = path.relative_to(folder).parts[:-1]
                files.append(SurveyedFile(path.name, sheets, folders[::-1], came))
    return files, unread


def _why(proposal: Proposal) -> str:
    """What a proposal rests on, and what the library says of it."""
    return "；".join(evidence.words for evidence in proposal.evidence)


def _print(proposed: ProposedCatalog) -> None:
    offices = {office.code: office.name for office in proposed.offices}
    table = table_of(f"{proposed.bureau}的数据项", "科室", "数据项", "单位", "性质", "依据", "要问的")
    for measure in proposed.measures:
        table.add_row(offices[measure.office], measure.name, measure.unit, kind_words(measure.kind), _why(measure), measure.question)
    console.show(table)
    table = table_of("率和合计关系", "科室", "名称", "依据", "要问的")
    for rate in (rate for rate in proposed.rates if rate not in proposed.offered):
        table.add_row(offices[rate.office], rate.name, _why(rate), rate.question)
    for relation in proposed.sums:
        table.add_row(offices.get(relation.office, "全局"), relation.name, relation.evidence[0].words, relation.question)
    console.show(table)
    if proposed.offered:
        table = table_of("指标库里还可以有（表上有它的分子、分母）", "科室", "名称", "公式和依据", "要问的")
        for rate in proposed.offered:
            table.add_row(offices[rate.office], rate.name, rate.evidence[-1].words, rate.question)
        console.show(table)
    if proposed.ledgers:
        table = table_of("台账（一行一件）", "科室", "台账", "数据项", "依据", "要问的")
        for ledger in proposed.ledgers:
            table.add_row(offices[ledger.office], ledger.name, "、".join(figure.name for figure in ledger.figures), _why(ledger), ledger.question)
        console.show(table)
    asked = sum(bool(proposal.question) for proposal in proposed.everything)
    console.print(f"共提出 {len(proposed.everything)} 条建议，其中 {asked} 条要问。")
