"""
The command line: ``python -m kpi …``.

Exit code 0: done; 1: refused, or findings that block; 2: wrong usage.  Faults are one Chinese sentence on stderr.
"""

import getpass
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import product
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from kpi import contract, intake, submissions
from kpi import edition as editions
from kpi.board import board as compute_board
from kpi.board import known_office
from kpi.board import missed as compute_missed
from kpi.bureau import Bureau, open_bureau
from kpi.catalog.model import Catalog
from kpi.completeness import completeness as compute_completeness
from kpi.completeness import provisional_words, reminder
from kpi.compute.frozen import Frozen
from kpi.compute.row import BoardRow
from kpi.drift import drift
from kpi.errors import KpiError, RequestError
from kpi.orgs import known_org
from kpi.outlook import outlooks, signalled
from kpi.period import Month, Span, parse_day
from kpi.present import dates, headlines, issues, numbers, statuses, verdicts, words
from kpi.provenance import source as find_source
from kpi.ranking import rank as compute_rank
from kpi.relations import relations as evaluate_relations
from kpi.score import score as compute_score
from kpi.series import series as compute_series
from kpi.store.clock import today
from kpi.store.decision import Decision
from kpi.store.notice import gaps_unannounced
from kpi.store.signature import signature
from kpi.terminal import Terminal
from kpi.validation.relations import Result
from kpi.value import plain
from kpi.workbook.filedfaults import ADDS, REPLACES

app = typer.Typer(add_completion=False, help="区市场监管局 KPI 看板的命令行。", rich_markup_mode=None)
console = Terminal()
errors = Terminal(stderr=True)

_UsageError: type[Exception] = typer.BadParameter.__mro__[1]  # what typer raises for any misuse, and does not export

Data = Annotated[Path | None, typer.Option("--data", help="数据目录；不写则用环境变量 KPI_DATA，再不然用程序自己的目录")]
CatalogDir = Annotated[Path | None, typer.Option("--catalog", help="指标目录；不写则用环境变量 KPI_CATALOG，再不然用程序自带的")]
AsJson = Annotated[bool, typer.Option("--json", help="输出一个 JSON 文档")]
Period = Annotated[str, typer.Option("--period", help="月份，如 2023-11")]
Reason = Annotated[str, typer.Option("--reason", help="理由，一直留在记录里")]
Part = Annotated[str | None, typer.Option("--office", help="只对这个科室（代码或名称）；不写则全部科室")]
Node = Annotated[str | None, typer.Option("--org", help="只看这个机构及其下级（代码、名称或别名）；不写则全部")]
Of = Annotated[str | None, typer.Option("--org", help="哪个机构的数（代码、名称或别名）；上级机构的由下级汇总，不写则是最上级的")]
Whose = Annotated[str | None, typer.Option("--org", help="只对这个单位（代码、名称或别名）；不写则全部单位")]
AsOf = Annotated[str | None, typer.Option("--as-of", metavar="日期", help="按这一天所知，如 2023-12-05；机构、口径和目标仍用现在的指标目录")]
"""Options that commands share."""

_SWITCHES = {
    "「改选」": "另选月份用 --period 2023-11",
    "选定月份": "另选月份用 --period 2023-11",
    "选定科室": "选定科室用 --office 科室",
    "选定单位": "选定单位用 --org 单位",
    "单独写明说明": "为一份文件写说明用 --note 文件=说明",
    "「这些也算」": "选「这些也算」用 --cases adds，选「替换在库的」用 --cases replaces",
    "打开密码": "打开密码用 --password-stdin，从标准输入读",
}
"""What a command says for the words of a remedy, which speak of the page."""


@app.command()
def ingest(
    paths: Annotated[list[Path], typer.Argument(metavar="路径…", help="报表文件或文件夹")],
    office: Annotated[str | None, typer.Option(help="只收这个科室的报表（代码或名称）")] = None,
    period: Annotated[str | None, typer.Option(help="只收这个月份的报表")] = None,
    org: Annotated[str | None, typer.Option(help="是这个单位的报表（代码、名称或别名）；不写则看表头、文件名和文件夹名")] = None,
    confirm: Annotated[
        str,
        typer.Option(
            help="对「请核对」问题的书面说明，用于全部文件；会让已入库的数变为未报或 0、让在库的件不再计的文件，只有单独报送时才算数，几份一起时请用 --note"
        ),
    ] = "",
    note: Annotated[list[str] | None, typer.Option(metavar="文件=说明", help="只用于一份文件的书面说明，可以写几次；文件写名称，有同名的写路径")] = None,
    cases: Annotated[
        list[str] | None,
        typer.Option(metavar="[文件=]adds|replaces", help="台账里没有在库的某些件时：adds 这些也算，replaces 替换在库的；写 文件=adds 只用于一份，可以写几次"),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只检查，不入库")] = False,
    password_stdin: Annotated[bool, typer.Option("--password-stdin", help="从标准输入读打开密码（一行），用于设了密码的文件")] = False,
    data: Data = None,
    catalog: CatalogDir = None,
    as_json: AsJson = False,
) -> None:
    """把科室报表收入库：读取、核对、入库。"""
    found = _workbooks(paths)
    own, adding = _notes(note or (), [path for path, _ in found]), _cases(cases or (), [path for path, _ in found])
    uploads = [intake.Upload(path.name, path.read_bytes(), folders=folders, cases=adding[at]) for at, (path, folders) in enumerate(found)]
    with open_bureau(data, catalog) as bureau:
        code = known_office(bureau.catalog, office) if office else None
        month = Month.parse(period) if period else None
        of = known_org(bureau.catalog, org) if org else None
        each = intake.prepare_each(bureau, uploads, code, month, org=of)
        prepared = [report for reports in each for report in reports or ()]
        if opened := _with_passwords(uploads, prepared, password_stdin):
            each = intake.prepare_each(bureau, opened, code, month, org=of)
        prepared = [replace(report, note=own.get(at, "")) for at, reports in enumerate(each) for report in reports or ()]
        takes = _with_mates([report for report in prepared if _takable(report, confirm, alone=len(uploads) == 1)])
        stored = [] if dry_run else intake.accept(bureau, takes, _user(), confirm)
    document = contract.ingest_document(prepared, stored)
    if as_json:
        print(contract.text(document))
    else:
        for file in document["files"]:
            console.print(f"{file['file']}：{file['message'] if file['status'] != 'accepted' else '已入库。'}")
            for finding in file["findings"]:
                console.print(f"  {finding['place']}  {finding['seen']}；{finding['remedy']}", soft_wrap=True)
    _print_switches([finding["remedy"] for file in document["files"] for finding in file["findings"]])
    refused = {intake.Outcome.REJECTED} if dry_run else {intake.Outcome.REJECTED, intake.Outcome.NEEDS_CONFIRMATION}
    if any(file["status"] in refused for file in document["files"]):
        raise typer.Exit(1)


@app.command()
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
    month, day = Month.parse(period), _day(as_of)
    with open_bureau(data, catalog) as living:
        if edition is not None:
            issue = editions.find(living, edition, known_org(living.catalog, org) if org else None)
            if day or issue.edition.period != month:
                raise RequestError(f"会议版 {issue.edition.code} 是 {issue.edition.period} 定稿的数；请写 --period {issue.edition.period}，不要加 --as-of。")
            _print_frozen(issue, editions.shown(living, issue.edition), as_json, office and known_office(living.catalog, office))
            return
        bureau = _as_known(living, day)
        code, node = known_office(bureau.catalog, office) if office else None, _node(bureau.catalog, org)
        rows = compute_board(bureau, month, span, code, node)
        if as_json:
            rows = signalled(bureau, rows)
    if as_json:
        print(contract.text(contract.board_document(month, span, rows, bureau.catalog, day, node)))
    else:
        _print_board(f"{_of(bureau.catalog, node)}{month.chinese}看板{_known_words(day)}", rows, bureau.catalog)


@app.command()
def missed(period: Period, org: Of = None, as_of: AsOf = None, data: Data = None, catalog: CatalogDir = None, as_json: AsJson = False) -> None:
    """未达标和滞后的指标，最差的在前。"""
    month, day = Month.parse(period), _day(as_of)
    with open_bureau(data, catalog) as living:
        bureau = _as_known(living, day)
        node = _node(bureau.catalog, org)
        rows = signalled(bureau, compute_missed(bureau, month, node))
        found = outlooks(bureau, rows)
    if as_json:
        print(contract.text(contract.missed_document(month, rows, found, bureau.catalog, day, node)))
        return
    _print_board(f"{_of(bureau.catalog, node)}{month.chinese}未达标和滞后的指标{_known_words(day)}", rows, bureau.catalog)
    for row in rows:
        console.print(f"{row.name}：{verdicts.need(words.spoken(row, bureau.catalog), found[row.indicator])}", soft_wrap=True)


@app.command()
def score(
    period: Period, office: Part = None, org: Of = None, as_of: AsOf = None, data: Data = None, catalog: CatalogDir = None, as_json: AsJson = False
) -> None:
    """考核计分：有分值的目标各得多少分，各科室合计；只监测不考核的指标不计分。"""
    month, day = Month.parse(period), _day(as_of)
    with open_bureau(data, catalog) as living:
        bureau = _as_known(living, day)
        code = known_office(bureau.catalog, office) if office else None
        node = _node(bureau.catalog, org)
        rows = compute_score(bureau, compute_board(bureau, month, office=code, org=node))
    if as_json:
        print(contract.text(contract.score_document(month, rows, node, day)))
        return
    table = _table(f"{_of(bureau.catalog, node)}{month.chinese}考核计分{_known_words(day)}", "科室", "指标", "分值", "得分", "说明")
    for one in rows:
        shown = numbers.figure(one.points, 2) if one.points is not None else "暂不计分"
        table.add_row(bureau.catalog.offices[one.row.office].name, one.row.name, f"{one.score.points:f}", shown, one.words)
    console.show(table)


@app.command()
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
    day = _day(as_of)
    with open_bureau(data, catalog) as bureau:
        node = _node(bureau.catalog, org)
        result = compute_series(_as_known(bureau, day), indicator, Month.parse(first), Month.parse(last), span, node)
    if as_json:
        print(contract.text(contract.series_document(result, node, day)))
        return
    table = _table(f"{_of(bureau.catalog, node)}{result.name}（{result.unit}）{_known_words(day)}", "月份", "数值", "当月", "上年同期", "目标")
    for point in result.points:
        figures = (point.value, point.month_value, point.prior_value, point.target)
        shown = [numbers.figure(figure, result.decimals) if figure is not None else "" for figure in figures]
        table.add_row(str(point.period), shown[0] or point.state, *shown[1:])
    console.show(table)


@app.command()
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
    month, day = Month.parse(period), _day(as_of)
    with open_bureau(data, catalog) as bureau:
        definition = bureau.catalog
        found = compute_rank(_as_known(bureau, day), indicator, month, _node(definition, org))
    if as_json:
        print(contract.text(contract.rank_document(found) | {"known_on": day}))
        return
    table = _table(
        f"{_of(definition, found.org)}各下级 {month.chinese}{found.name}{_known_words(day)}", "名次", "单位", "数值", "状态", "截至", "没有名次的原因"
    )
    for one in found.rows:
        said = words.Spoken(one.row, found.decimals)
        table.add_row(
            str(one.rank or ""), one.name, said.value, statuses.badge(one.row.status), dates.as_of(one.row) if one.row.value is not None else "", one.reason
        )
    console.show(table)
    console.print(headlines.ranked([one.rank for one in found.rows], found.reason), soft_wrap=True)


@app.command()
def source(
    indicator: Annotated[str, typer.Argument(metavar="指标", help="指标或数据项的代码")],
    period: Period,
    org: Of = None,
    as_of: AsOf = None,
    data: Data = None,
    catalog: CatalogDir = None,
    as_json: AsJson = False,
) -> None:
    """一个指标的来源：分子分母各在哪个文件、哪张表、哪个单元格。"""
    month, day = Month.parse(period), _day(as_of)
    with open_bureau(data, catalog) as bureau:
        definition, node = bureau.catalog, _node(bureau.catalog, org)
        found = find_source(_as_known(bureau, day), indicator, month, node)
    if as_json:
        print(contract.text(contract.source_document(indicator, month, found, node, day)))
        return
    whose = ["单位"] if definition.branched else []
    table = _table(f"{indicator} {month} 的来源{_known_words(day)}", *whose, "部分", "数据项", "月份", "栏目", "原文", "文件", "单元格", "报送人", "时间")
    for s in found:
        table.add_row(
            *([definition.orgs[s.org].name] if whose else []),
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


@app.command()
def relations(
    period: Period,
    org: Annotated[str | None, typer.Option("--org", help="哪个报数的单位（代码、名称或别名）；有几个单位时要写")] = None,
    as_of: AsOf = None,
    data: Data = None,
    catalog: CatalogDir = None,
    as_json: AsJson = False,
) -> None:
    """勾稽关系逐条核对。"""
    month, day = Month.parse(period), _day(as_of)
    with open_bureau(data, catalog) as living:
        bureau = _as_known(living, day)
        if org is None and bureau.catalog.branched:
            raise typer.BadParameter("有几个单位报数，请用 --org 写明核对哪一个。")
        results = evaluate_relations(bureau, month, known_org(bureau.catalog, org) if org else None)
    if as_json:
        print(contract.text(contract.relations_document(month, results, day)))
        return
    table = _table(f"{month.chinese}勾稽核对{_known_words(day)}", "编号", "关系", "结果", "左", "右", "差")
    for r in results:
        sides = [plain(round(side, 4)) if side is not None else "" for side in (r.left, r.right, r.difference)]
        style = "red" if r.result is Result.VIOLATED and r.relation.strength == "hard" else None
        table.add_row(r.relation.id, r.relation.name, r.result.chinese, *sides, style=style)
    console.show(table)


@app.command()
def completeness(period: Period, org: Node = None, as_of: AsOf = None, data: Data = None, catalog: CatalogDir = None, as_json: AsJson = False) -> None:
    """报送情况：哪些报表按时、迟报、未报，以及催报名单。"""
    month, day = Month.parse(period), _day(as_of)
    with open_bureau(data, catalog) as bureau:
        known = _as_known(bureau, day)
        rows = compute_completeness(known, month, min(day, today()) if day else None, org=known_org(bureau.catalog, org) if org else None)
        branched = bureau.catalog.branched
    if as_json:
        print(contract.text(contract.completeness_document(month, rows, day)))
        return
    table = _table(f"{month.chinese}报送情况{_known_words(day)}", *(["单位"] if branched else []), "科室", "应报日", "收到", "报送人", "情况", "请核对")
    for row in rows:
        when = f"{row.received:%Y-%m-%d %H:%M}" if row.received else ""
        table.add_row(
            *([row.org_name] if branched else []),
            row.name,
            row.due_words,
            when,
            row.current.by if row.current else "",
            row.words,
            str(row.findings_open or ""),
        )
    console.show(table)
    if provisional := provisional_words(rows):
        console.print(provisional, soft_wrap=True)
    console.print(reminder(rows), soft_wrap=True)


@app.command()
def withdraw(
    number: Annotated[int, typer.Argument(metavar="编号", help="报送的编号")],
    reason: Reason,
    data: Data = None,
    catalog: CatalogDir = None,
    as_json: AsJson = False,
) -> None:
    """撤回一份有效的报送：它之前的那一份重新有效，什么都不删除。"""
    with open_bureau(data, catalog) as bureau:
        withdrawal = submissions.withdraw(bureau, number, _user(), reason)
        if as_json:
            print(contract.text(contract.withdrawal_document(withdrawal)))
            return
        _print_decision(withdrawal.decision, bureau.catalog, as_json=False)
        for finding in withdrawal.findings:
            console.print(f"{finding.severity.chinese} {finding.seen}。{finding.remedy}。", soft_wrap=True)


@app.command()
def lock(
    period: Period, reason: Reason, office: Part = None, org: Whose = None, data: Data = None, catalog: CatalogDir = None, as_json: AsJson = False
) -> None:
    """锁定一个月份：不再接收报送和撤回，直到解锁。"""
    month = Month.parse(period)
    with open_bureau(data, catalog) as bureau:
        code = known_office(bureau.catalog, office) if office else None
        _print_decision(submissions.lock(bureau, month, _user(), reason, code, known_org(bureau.catalog, org) if org else None), bureau.catalog, as_json)


@app.command()
def unlock(
    period: Period, reason: Reason, office: Part = None, org: Whose = None, data: Data = None, catalog: CatalogDir = None, as_json: AsJson = False
) -> None:
    """解锁一个月份：重新接收报送和撤回。"""
    month = Month.parse(period)
    with open_bureau(data, catalog) as bureau:
        code = known_office(bureau.catalog, office) if office else None
        _print_decision(submissions.unlock(bureau, month, _user(), reason, code, known_org(bureau.catalog, org) if org else None), bureau.catalog, as_json)


meetings = typer.Typer(help="会议版：把一个月份的看板定稿，凭编号查看，以后变了什么、为什么。", rich_markup_mode=None)
app.add_typer(meetings, name="edition")
Code = Annotated[str, typer.Argument(metavar="编号", help="会议版的编号，如 2023-11-K7QF-3M")]


@meetings.command()
def freeze(
    period: Period,
    span: Annotated[Span, typer.Option(help="口径：本年累计、当月、当季、半年、全年")] = Span.YTD,
    title: Annotated[str, typer.Option(help="什么会议")] = "",
    org: Annotated[str | None, typer.Option("--org", help="哪个机构的看板（代码、名称或别名）；不写则是最上级的")] = None,
    data: Data = None,
    catalog: CatalogDir = None,
    as_json: AsJson = False,
) -> None:
    """定稿：把现在的看板冻结为会议版，给出编号。"""
    month = Month.parse(period)
    with open_bureau(data, catalog) as bureau:
        issue = editions.freeze(bureau, month, _user(), title, span, _node(bureau.catalog, org))
    if as_json:
        print(contract.text(contract.edition_document(issue)))
    else:
        console.print(issues.frozen(issue.edition, issue.number, issue.whose, issue.before, issue.untaken), soft_wrap=True)


@meetings.command("list")
def list_editions(
    period: Annotated[str | None, typer.Option("--period", help="只看这个月份")] = None,
    org: Annotated[str | None, typer.Option("--org", help="只看这个机构的（代码、名称或别名）；不写则全部")] = None,
    data: Data = None,
    catalog: CatalogDir = None,
    as_json: AsJson = False,
) -> None:
    """全部会议版，新的在前。"""
    with open_bureau(data, catalog) as bureau:
        found = editions.editions(bureau, Month.parse(period) if period else None, known_org(bureau.catalog, org) if org else None)
    if as_json:
        print(contract.text({"editions": [contract.edition_document(issue) for issue in found]}))
        return
    for issue in found:
        console.print(issues.recorded(issue.edition, issue.number, issue.whose), soft_wrap=True)
    if not found:
        console.print("还没有会议版；用 edition freeze 定稿。")


@meetings.command()
def show(code: Code, data: Data = None, catalog: CatalogDir = None, as_json: AsJson = False) -> None:
    """会议版的数，与会上看到的完全相同。"""
    with open_bureau(data, catalog) as bureau:
        issue = editions.find(bureau, code)
        _print_frozen(issue, editions.shown(bureau, issue.edition), as_json)


@meetings.command()
def changes(code: Code, data: Data = None, catalog: CatalogDir = None, as_json: AsJson = False) -> None:
    """较会议版变动：哪些数与会上不同了，差多少，为什么。"""
    with open_bureau(data, catalog) as bureau:
        issue = editions.find(bureau, code)
        found = drift(bureau, issue.edition)
    if as_json:
        print(contract.text(contract.drift_document(issue, found)))
        return
    console.print(issues.drifted(issue.edition, issue.number, len(found), issue.whose), soft_wrap=True)
    for one in found:
        console.print(one.words, soft_wrap=True)


@app.command()
def template(
    period: Period,
    out: Annotated[Path, typer.Option("--out", help="写到哪个文件；用 --all 时是文件夹")],
    office: Annotated[str | None, typer.Argument(metavar="科室", help="科室代码或名称")] = None,
    every: Annotated[bool, typer.Option("--all", help="全部科室")] = False,
    org: Annotated[str | None, typer.Option("--org", help="印上这个单位的名称；是上级机构时，它下面报数的单位各写一份")] = None,
    data: Data = None,
    catalog: CatalogDir = None,
    as_json: AsJson = False,
) -> None:
    """写出科室填报用的空白报表。"""
    from kpi.catalog import load
    from kpi.workbook.template import write_template

    del data  # the blank sheets need no store
    month = Month.parse(period)
    definition = load.load(catalog or load.DEFAULT)
    if every == (office is not None):
        raise typer.BadParameter("请写一个科室，或用 --all 写出全部科室。")
    offices = list(definition.offices) if office is None else [known_office(definition, office)]
    whose = known_org(definition, org) if org else None
    orgs = definition.leaves(whose, month, month) if whose else (None,)
    if whose and not orgs:
        raise RequestError(f"{definition.orgs[whose].name} {month.chinese}没有报数的单位；请改选月份或单位。")
    files = []
    for of, code in product(orgs, offices):
        folder = out / definition.orgs[of].name if of and orgs[1:] else out
        path = folder / f"{month}_{definition.offices[code].template}.xlsx" if every or orgs[1:] else out
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(write_template(definition, code, month, org=of))
        files.append(str(path))
    if as_json:
        print(contract.text({"period": month, "files": files}))
    else:
        console.print(f"已写出 {len(files)} 份报表：{files[0] if len(files) == 1 else out}")


@app.command()
def demo(data: Data = None, catalog: CatalogDir = None, as_json: AsJson = False) -> None:
    """在空的数据目录里装入演示数据（虚构）：23 个月、19 个科室的报表，走同一条入库流程。"""
    from kpi.demo.fill import fill

    with open_bureau(data, catalog) as bureau, errors.status("生成报表") as status:  # shown on a terminal only
        stored = fill(bureau, lambda done, total, what: status.update(f"{what} {done}/{total}"))
    if as_json:
        print(contract.text({"submissions": len(stored)}))
    else:
        console.print(f"已装入 {len(stored)} 份演示报表（虚构）。运行 python app.py 打开看板。")


@app.command()
def verify(data: Data = None, catalog: CatalogDir = None, as_json: AsJson = False) -> None:
    """核对数据库、批次、日志和原始文件是否一致。"""
    with gaps_unannounced(), open_bureau(data, catalog) as bureau:
        faults = bureau.store.verify()  # what opening mended stands on stderr
    if as_json:
        print(contract.text({"faults": faults}))
    else:
        console.print("\n".join(faults) if faults else "数据库、批次、日志和原始文件一致。")
    if faults:
        raise typer.Exit(1)


@app.command()
def rebuild(data: Data = None, catalog: CatalogDir = None, as_json: AsJson = False) -> None:
    """由日志和批次重新建立数据库；原来的数据库改名保留。"""
    from kpi.bureau import rebuild_store

    count = rebuild_store(data, catalog)
    if as_json:
        print(contract.text({"submissions": count}))
    else:
        console.print(f"数据库已由日志和批次重建，共 {count} 份报送。")


def _later(name: str, what: str) -> None:
    """Register a command of the contract whose work has not landed."""

    @app.command(name, help=f"{what}（尚未提供）", context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
    def not_yet() -> None:
        errors.print(f"「{name}」尚未提供：{what}将在后续版本中加入。")
        raise typer.Exit(1)


for _name, _what in {
    "paper": "会议材料",
    "check": "材料核数",
    "backup": "备份",
    "restore": "恢复",
    "account": "账号管理",
}.items():
    _later(_name, _what)


def _workbooks(paths: Sequence[Path]) -> list[tuple[Path, tuple[str, ...]]]:
    """The files named, and those lying in the folders named, with the names of their folders, the nearest first; never Excel's lock files."""
    found: list[tuple[Path, tuple[str, ...]]] = []
    for path in paths:
        if path.is_dir():
            inside = sorted(p for p in path.rglob("*") if p.is_file() and not p.name.startswith((".", "~$")))
            found += [(p, (*reversed(p.parent.relative_to(path).parts), path.name)) for p in inside]
        elif path.is_file():
            found.append((path, (path.parent.name,)))
        else:
            raise typer.BadParameter(f"找不到「{path}」；请核对文件或文件夹的名称。")
    return found


def _cases(given: Sequence[str], paths: Sequence[Path]) -> list[str]:
    """Whether the cases of each ledger count besides those on file or instead of them; empty where nothing is said."""
    of_all = [words for words in given if words in (ADDS, REPLACES)]
    of_one = _notes([words for words in given if words not in of_all], paths, "--cases")
    if wrong := [words for words in of_one.values() if words not in (ADDS, REPLACES)]:
        raise typer.BadParameter(f"--cases「{wrong[0]}」不对；写 {ADDS}（这些也算）或 {REPLACES}（替换在库的）")
    return [of_one.get(at, of_all[-1] if of_all else "") for at in range(len(paths))]


def _with_mates(takes: list[intake.Prepared]) -> list[intake.Prepared]:
    """Without those that count the cases of another file which is not stored with them."""
    while True:
        sent = {report.key for report in takes}
        kept = [report for report in takes if sent.issuperset(report.mates)]
        if len(kept) == len(takes):
            return kept
        for file in dict.fromkeys(report.file for report in takes if report not in kept):
            errors.print(f"「{file}」与同批另一份台账合在一起计，那一份没有入库，它也没有入库。", soft_wrap=True)
        takes = kept


def _notes(given: Sequence[str], paths: Sequence[Path], switch: str = "--note") -> dict[int, str]:
    """What is said of single files, by the place of the file among all."""
    notes: dict[int, str] = {}
    for said in given:
        meant = [at for at, path in enumerate(paths) if any(said.startswith(f"{name}=") for name in (path.name, str(path)))]
        if len(meant) != 1:
            shape = "文件=说明" if switch == "--note" else f"{ADDS}、{REPLACES} 或 文件={ADDS}"
            raise typer.BadParameter(f"{switch}「{said}」{'指的文件不止一份，请写路径' if meant else '没有对应的文件'}；写法是 {shape}")
        path = paths[meant[0]]
        notes[meant[0]] = said.removeprefix(f"{path}=" if said.startswith(f"{path}=") else f"{path.name}=")
    return notes


def _takable(report: intake.Prepared, confirm: str, *, alone: bool) -> bool:
    """Whether a report may be stored with what was written; that it takes figures away is confirmed for one file alone."""
    if report.status is not intake.Outcome.NEEDS_CONFIRMATION:
        return report.status is intake.Outcome.READY
    return bool(report.note.strip() or (confirm.strip() and (alone or not report.takes_away)))


def _print_switches(remedies: Sequence[str]) -> None:
    """One line below the findings, beside the JSON too: which switch does what they ask for on the page."""
    wanted = dict.fromkeys(switch for words, switch in _SWITCHES.items() if any(words in remedy for remedy in remedies))
    if wanted:
        errors.print(f"在命令行里，{'；'.join(wanted)}。", soft_wrap=True)


def _with_passwords(uploads: Sequence[intake.Upload], prepared: Sequence[intake.Prepared], from_stdin: bool) -> list[intake.Upload] | None:
    """The files with the passwords of those that need one, asked for where nobody sees them; None when there is nothing to try."""
    locked = {(file.file, file.data) for file in prepared if file.locked}
    if not locked or not (from_stdin or sys.stdin.isatty()):
        return None
    said = sys.stdin.readline().rstrip("\r\n") if from_stdin else None
    opened = []
    for upload in uploads:
        if (upload.name, upload.data) in locked:
            upload = replace(upload, password=said if said is not None else getpass.getpass(f"「{upload.name}」的打开密码：", sys.stderr))
        opened.append(upload)
    return opened


def _day(text: str | None) -> date | None:
    """The day of ``--as-of``; None when it was not given."""
    return None if text is None else parse_day(text)


def _as_known(bureau: Bureau, day: date | None) -> Bureau:
    return bureau.as_known(day) if day else bureau


def _node(catalog: Catalog, said: str | None) -> str:
    """The organisation of ``--org``; the root when it was not given."""
    return catalog.root if said is None else known_org(catalog, said)


def _of(catalog: Catalog, org: str) -> str:
    """The organisation as a title begins with it; nothing where there is but one."""
    name = catalog.called(None, org)
    return f"{name} " if name else ""


def _known_words(day: date | None) -> str:
    """What a title says of a board as known on a day."""
    return f"（按 {day.isoformat()} 所知；机构、口径和目标用现在的指标目录）" if day else ""


def _user() -> str:
    """Who runs the command, as the operating system knows them."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "命令行"


def _print_board(title: str, rows: Sequence[BoardRow], catalog: Catalog) -> None:
    _print_rows(title, [words.Spoken(row, catalog.indicators[row.indicator].decimals) for row in rows])


def _print_rows(title: str, rows: Sequence[words.Spoken]) -> None:
    table = _table(title, "状态", "指标", "数值", "目标", "上年同期", "同比")
    for said in rows:
        table.add_row(statuses.badge(said.row.status), said.row.name, said.value, said.target, said.last_year, said.yoy)
    console.show(table)


def _print_frozen(issue: editions.Issue, rows: Sequence[Frozen], as_json: bool, office: str | None = None) -> None:
    chosen = [one for one in rows if office in (None, one.row.office)]
    if as_json:
        print(contract.text(contract.frozen_document(issue, chosen)))
        return
    edition = issue.edition
    whose = f"{issue.whose} " if issue.whose else ""
    title = f"{whose}{edition.period.chinese}看板 会议版第 {issue.number} 版 {edition.code}（{signature(edition.by, edition.at)} 定稿）"
    _print_rows(title, [words.Spoken(one.row, one.decimals) for one in chosen])


def _print_decision(decision: Decision, catalog: Catalog, as_json: bool) -> None:
    if as_json:
        print(contract.text(contract.decision_document(decision)))
        return
    where = f"{catalog.called(None, decision.org)}{catalog.offices[decision.office].name if decision.office else '全部科室'} {decision.period.chinese}"
    what = f"的第 {decision.submission} 号报送" if decision.submission else ""
    console.print(f"{where}{what}已{decision.act.chinese}，记为日志第 {decision.seq} 号。")


def _table(title: str, *headers: str) -> Table:
    table = Table(title=title, title_justify="left")
    for header in headers:
        table.add_column(header)
    return table


def main(arguments: Sequence[str] | None = None) -> int:
    """
    Run one command.

    Returns:
        The exit code: 0 done, 1 refused or findings that block, 2 wrong usage.
    """
    try:
        given = sys.argv[1:] if arguments is None else arguments
        outcome = app(given or ["--help"], standalone_mode=False)
        return outcome if isinstance(outcome, int) else 0
    except _UsageError as error:
        errors.print(f"命令用法不对：{_misuse(error)}；用 python -m kpi --help 查看用法。")
        return 2
    except KpiError as error:
        errors.print(str(error))
        return 1


def _misuse(error: Exception) -> str:
    """What is wrong with the words of a command, in Chinese; typer's own messages are English."""
    parameter = getattr(error, "param", None)
    name = max(parameter.opts, key=len) if parameter else ""
    match type(error).__name__:
        case "MissingParameter":
            return f"缺少 {parameter.metavar or name if parameter else '参数'}"
        case "NoSuchOption":
            return f"没有选项 {getattr(error, 'option_name', '')}"
        case "BadParameter":
            return f"{name} 的值不对" if parameter else str(error).rstrip("。")
        case _:
            return "没有这个命令，或参数多了、少了"


if __name__ == "__main__":
    sys.exit(main())
