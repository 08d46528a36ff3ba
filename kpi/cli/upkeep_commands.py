"""Blank sheets, the demonstration data, and the proof and repair of a data folder."""

from collections.abc import Callable
from functools import partial
from itertools import product
from pathlib import Path
from typing import Annotated

import typer

from kpi.access import journal_check
from kpi.access.audit import Audit, Audited
from kpi.access.roles import Right
from kpi.bureau import rebuild_store
from kpi.catalog.model import Catalog
from kpi.cli.options import AsJson, CatalogDir, Data, Period, console, errors, org_of, path_of, user
from kpi.cli.printing import print_document
from kpi.cli.workplace import workplace
from kpi.data_place import data_folder
from kpi.errors import RequestError
from kpi.period import Month
from kpi.present import organisation_words
from kpi.review.known_nouns import known_office
from kpi.store.kept_catalog import catalog_in_force
from kpi.store.notice import gaps_unannounced


def template(
    period: Period,
    out: Annotated[Path, typer.Option("--out", parser=path_of, metavar="路径", help="写到哪个文件；用 --all 时是文件夹")],
    office: Annotated[str | None, typer.Argument(metavar="科室", help="科室代码或名称")] = None,
    every: Annotated[bool, typer.Option("--all", help="全部科室")] = False,
    org: Annotated[str | None, typer.Option("--org", help="印上这个单位的名称；是上级机构时，它下面报数的单位各写一份")] = None,
    prefill: Annotated[bool, typer.Option("--prefill", help="预填上年同期累计，最右一列印上月的数")] = False,
    data: Data = None,
    catalog: CatalogDir = None,
    as_json: AsJson = False,
) -> None:
    """写出科室填报用的空白报表。"""
    from kpi.filing.blank_books import blank_book
    from kpi.workbook.writing.template import write_template

    month = Month.parse(period)
    if prefill:
        with workplace().open_existing(data, catalog) as bureau:
            books = partial(blank_book, bureau, prefill=True)
            _write_templates(bureau.catalog, month, out, office, every, org, books, as_json)
        return
    definition = catalog_in_force(data_folder(data), catalog)  # sheets that say nothing of the store need none
    _write_templates(definition, month, out, office, every, org, lambda of, code, of_month: write_template(definition, code, of_month, org=of), as_json)


def _write_templates(
    definition: Catalog,
    month: Month,
    out: Path,
    office: str | None,
    every: bool,
    org: str | None,
    book: Callable[[str | None, str, Month], bytes],
    as_json: bool,
) -> None:
    """Write the sheets that are asked for, and say which."""
    if every == (office is not None):
        raise typer.BadParameter("请写一个科室，或用 --all 写出全部科室。")
    offices = [own.code for own in definition.offices_in(month)] if office is None else [known_office(definition, office)]
    whose = org_of(definition, org)
    orgs = definition.leaves(whose, month, month) if whose is not None else (None,)
    if whose and not orgs:
        raise RequestError(organisation_words.no_sheet(definition, whose, month))
    files = []
    for of, code in product(orgs, offices):
        folder = out / definition.orgs[of].name if of and orgs[1:] else out
        path = folder / f"{month}_{definition.offices[code].template}.xlsx" if every or orgs[1:] else out
        workplace().require_put(path, book(of, code, month))
        files.append(str(path))
    if as_json:
        print_document({"period": month, "files": files})
    else:
        console.print(f"已写出 {len(files)} 份报表：{files[0] if len(files) == 1 else out}")


def demo(
    finish: Annotated[bool, typer.Option("--end", help="清空演示数据，开始用：已有正式报送的不清空")] = False,
    data: Data = None,
    catalog: CatalogDir = None,
    as_json: AsJson = False,
) -> None:
    """在空的数据目录里装入演示数据（虚构）：23 个月、19 个科室的报表，走同一条入库流程。"""
    from kpi.demo.fill import end, fill

    if finish:
        with workplace().open_to_act(data, catalog) as bureau:
            ended = end(bureau, user())
        if as_json:
            print_document({"ended": ended})
        else:
            console.print(f"{ended} 份演示报送已清空，可以收正式报表了。")
        return
    place = workplace()
    with place.open_bureau(data, catalog) as bureau, errors.working("生成报表") as working:

        def progress(done: int, total: int, what: str) -> None:
            place.require_present()
            working(f"{what} {done}/{total}")

        stored = fill(bureau, progress)
    if as_json:
        print_document({"submissions": len(stored)})
    else:
        console.print(f"已装入 {len(stored)} 份演示报表（虚构）。运行 python app.py 打开看板。")


def verify(data: Data = None, catalog: CatalogDir = None, as_json: AsJson = False) -> None:
    """核对数据库、批次、日志、原始文件是否一致，账号和审计记录有没有被改动。"""
    place = workplace()
    with gaps_unannounced() as unannounced, place.open_existing(data, catalog) as bureau:
        bureau.require(Right.OPERATE)
        journals = journal_check.verify(place.data_folder(data))
        faults = list(dict.fromkeys([*bureau.store.verify(), *unannounced, *journals]))  # what opening mended stands on stderr
    if as_json:
        print_document({"faults": faults})
    else:
        console.print("\n".join(faults) if faults else "数据库、批次、日志和原始文件一致。", soft_wrap=True)
    if faults:
        raise typer.Exit(1)


def rebuild(data: Data = None, catalog: CatalogDir = None, as_json: AsJson = False) -> None:
    """由日志和批次重新建立数据库；原来的数据库改名保留。"""
    place = workplace()
    audit = Audit(place.data_folder(data))  # before anything is done: where it is damaged nothing is
    count = rebuild_store(data, catalog)
    audit.note_done(Audited.OPERATION, place.caller, f"重新建立数据库，{count} 份报送")
    if as_json:
        print_document({"submissions": count})
    else:
        console.print(f"数据库已由日志和批次重建，共 {count} 份报送。")
