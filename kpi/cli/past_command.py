"""``paper past``: figures of an old paper, listed, and taken in once somebody has chosen them."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from kpi.access.roles import Right
from kpi.cli.command_view import open_view
from kpi.cli.options import AsJson, CatalogDir, Data, console, path_of, table_of, user
from kpi.cli.printing import print_document
from kpi.cli.workplace import workplace
from kpi.documents.paper_documents import past_document
from kpi.papers.past.past_sheets import past_sheets, take_in
from kpi.papers.past.proposed_figures import ProposalStanding, ProposedFigure, proposed_figures
from kpi.papers.reading.paper_reading import read_paper
from kpi.period import Month
from kpi.present.numbers import stated

_ALL = "all"
_CHOICE = re.compile(r"(\d{1,6})(?:-(\d{1,6}))?", re.ASCII)


def past(
    path: Annotated[Path, typer.Argument(metavar="文件", parser=path_of, help="上年的总结、汇报")],
    period: Annotated[str | None, typer.Option("--period", help="没有写明日期的数是哪个月份的；不写则看材料里最晚的截止日期")] = None,
    office: Annotated[str | None, typer.Option("--office", help="只看这个科室的（代码、名称或别名）")] = None,
    take: Annotated[
        str | None, typer.Option("--take", metavar="编号", help="确认补录哪些：清单里的编号，如 1,3,5-8；all 是全部可补录的。不写则只列出，什么都不改")
    ] = None,
    confirm: Annotated[str, typer.Option(help="对「请核对」问题的书面说明")] = "",
    org: Annotated[str | None, typer.Option("--org", help="是哪个单位的数（代码、名称或别名）")] = None,
    data: Data = None,
    catalog: CatalogDir = None,
    as_json: AsJson = False,
) -> None:
    """补录上年：从旧总结里认出各数据项的数，确认以后作为报送入库，已有报送的一概不动。"""
    month = Month.parse(period) if period is not None else None
    with open_view(data, catalog, org, acts=take is not None) as view:
        bureau = view.today
        code = view.office(office)
        bureau.require(Right.SUBMIT, view.node, code)
        paper = read_paper(workplace().require_content(path), path.name)
        proposed = [each for each in proposed_figures(bureau, paper, month, view.node) if code in (None, each.measure.office)]
        stored = []
        if take is not None:
            sheets = past_sheets(bureau, paper.name, _chosen(proposed, take), view.node)
            stored = take_in(bureau, paper.name, sheets, user(), confirm)
        offices = {each.measure.office: bureau.catalog.offices[each.measure.office].name for each in proposed}
    if as_json:
        print_document(past_document(paper, proposed, stored))
        return
    if take is None:
        _print_proposed(paper.name, proposed, offices)
        for note in paper.notes:
            console.print(note, soft_wrap=True)
    for own in stored:
        became = f"记为第 {own.seq} 号报送" if own.seq else "已送审，审核员审核以后才入库"
        console.print(f"{offices[own.office]} {own.period.chinese}：已补录，{became}。", soft_wrap=True)


def _chosen(proposed: Sequence[ProposedFigure], text: str) -> list[ProposedFigure]:
    """
    The figures of ``--take``.

    Raises:
        BadParameter: It names no number of the list.

    """
    if text.strip() == _ALL:
        return [each for each in proposed if each.standing is ProposalStanding.OPEN]
    numbers: dict[int, None] = {}
    for part in re.split(r"[,，、\s]+", text.strip()):
        match = _CHOICE.fullmatch(part)
        first, last = (int(match[1]), int(match[2] or match[1])) if match else (0, 0)
        if not 1 <= first <= last <= len(proposed):
            raise typer.BadParameter(f"--take「{part}」不是清单里的编号；清单有 {len(proposed)} 个数，写成 1,3,5-8 或 {_ALL}。")
        numbers |= dict.fromkeys(range(first, last + 1))
    return [proposed[number - 1] for number in numbers]


def _print_proposed(name: str, proposed: Sequence[ProposedFigure], offices: dict[str, str]) -> None:
    table = table_of(f"「{name}」里可以补录的数", "编号", "月份", "科室", "数据项", "数", "截至", "原文", "")
    for number, each in enumerate(proposed, start=1):
        shown = f"{stated(each.value)}{each.measure.unit if each.value.number is not None else ''}"
        kind = "（当月）" if each.column.value == "month" else ""
        words = f"{each.place}：{each.sentence}"
        table.add_row(
            str(number), str(each.month), offices[each.measure.office], each.measure.name + kind, shown, each.as_of.isoformat(), words, each.standing.value
        )
    console.show(table)
    count = sum(each.standing is ProposalStanding.OPEN for each in proposed)
    console.print(
        f"{len(proposed)} 个数对应到数据项，{count} 个可补录；核对以后加 --take 编号（或 --take {_ALL}）入库。率由分子分母计算，不补录。", soft_wrap=True
    )
