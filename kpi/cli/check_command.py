"""``check``: a paper held against itself, the relations and the store."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated

import typer

from kpi.cli.command_view import open_view
from kpi.cli.options import AsJson, AsOf, CatalogDir, Data, FiguresOfOrg, console, path_of, table_of
from kpi.cli.printing import print_document
from kpi.cli.workplace import workplace
from kpi.documents.check_documents import check_document
from kpi.papers.checking.check_words import answer, day_of, place_of
from kpi.papers.checking.paper_check import PaperCheck, check_paper
from kpi.papers.checking.paper_finding import Grade
from kpi.papers.checking.stored_cells import stored_cells
from kpi.papers.checking.two_papers import Discrepancy, discrepancies
from kpi.papers.marking.finding_marks import marks_of
from kpi.papers.marking.paper_marking import mark_paper
from kpi.papers.paper import Paper
from kpi.papers.reading.paper_reading import read_paper
from kpi.period import Month
from kpi.review.source import Source
from kpi.store.clock import now

_CELLS = 3  # of a figure that are named in a line


def check(
    path: Annotated[Path, typer.Argument(metavar="文件", parser=path_of, help="要核对的材料")],
    period: Annotated[str | None, typer.Option("--period", help="材料是哪个月份的；不写则看材料里最晚的截止日期")] = None,
    beside: Annotated[Path | None, typer.Option("--beside", parser=path_of, metavar="文件", help="另一份材料：列出两份里同一个数写得不同的")] = None,
    out: Annotated[Path | None, typer.Option("--out", parser=path_of, metavar="文件", help="把材料带着批注写到这里，其余不动；只限 .docx、.doc")] = None,
    org: FiguresOfOrg = None,
    as_of: AsOf = None,
    data: Data = None,
    catalog: CatalogDir = None,
    as_json: AsJson = False,
) -> None:
    """材料核数：材料里的数自己对不对得上，与库里的数一不一致。"""
    month = Month.parse(period) if period is not None else None
    content = workplace().require_content(path)
    own, other = read_paper(content, path.name), _document(beside) if beside is not None else None
    with open_view(data, catalog, org, as_of) as view:
        checked = check_paper(view.bureau, own, month, view.node)
        second = check_paper(view.bureau, other, None, view.node) if other is not None else None
        differing = discrepancies(view.catalog, checked, second) if second is not None else ()
        shown = {finding.figures[0] for finding in checked.findings if finding.grade is Grade.STORE}
        cells = stored_cells(view.bureau, checked.comparisons, shown, view.node)
    if out is not None:
        marked = mark_paper(content, path.name, marks_of(checked.figures, checked.findings), now().replace(tzinfo=None))
        workplace().require_put(out, marked)
    if as_json:
        print_document(check_document(checked, view.node, cells, second, differing))
        return
    _print_check(checked, cells)
    if second is not None:
        _print_discrepancies(checked, second, differing)


def _document(path: Path) -> Paper:
    """A paper that was typed; raises PaperError where it cannot be read."""
    return read_paper(workplace().require_content(path), path.name)


def _print_check(checked: PaperCheck, cells: Mapping[int, Sequence[Source]]) -> None:
    console.print(answer(checked), soft_wrap=True)
    for note in checked.document.notes:
        console.print(note, soft_wrap=True)
    for finding in checked.findings:
        figure = checked.figures[finding.figures[0]]
        relation = f"（{finding.relation}）" if finding.relation else ""
        console.print(f"\n【{finding.grade.value}】{place_of(checked, finding.figures[0])}「{figure.token}{figure.unit}」", soft_wrap=True)
        console.print(f"  {finding.seen}{relation}", soft_wrap=True)
        console.print(f"  {finding.expected}。", soft_wrap=True)
        if finding.grade is Grade.STORE:
            for line in _cells(cells.get(finding.figures[0], ())):
                console.print(f"  {line}", soft_wrap=True)


def _cells(cells: Sequence[Source]) -> Iterator[str]:
    yield from (f"见「{cell.file}」{cell.sheet}!{cell.cell}，原文 {cell.raw}" for cell in cells[:_CELLS])
    if len(cells) > _CELLS:
        yield f"等 {len(cells)} 格"


def _print_discrepancies(checked: PaperCheck, second: PaperCheck, differing: Sequence[Discrepancy]) -> None:
    if not differing:
        console.print(f"与「{second.document.name}」相比，同一个数没有写得不同的。", soft_wrap=True)
        return
    table = table_of(f"与「{second.document.name}」写得不同的数", "数", "这一份", "截至", "另一份", "截至")
    for each in differing:
        first, other = checked.figures[each.first], second.figures[each.second]
        table.add_row(each.name, f"{first.token}{first.unit}", day_of(first), f"{other.token}{other.unit}", day_of(other))
    console.show(table)
