"""``ingest``: files and folders are read, checked and stored."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from kpi.access.roles import Right
from kpi.bureau import LiveBureau
from kpi.catalog.model import Catalog
from kpi.cli.demonstration_warning import warn_of_the_demonstration
from kpi.cli.options import AsJson, CatalogDir, Data, console, errors, office_of, org_of, path_of, user
from kpi.cli.printing import print_document
from kpi.cli.typed_files import FILE, FOLDER
from kpi.cli.workplace import workplace
from kpi.documents import filing_documents
from kpi.documents.json_document import Document
from kpi.errors import RequestError, cause
from kpi.filing import intake
from kpi.filing.storable_reports import storable
from kpi.finding import few
from kpi.period import Month
from kpi.workbook.ledgers.on_file_faults import ADDS, REPLACES

_SWITCHES = {
    "「改选」": "另选月份用 --period 2023-11",
    "选定月份": "另选月份用 --period 2023-11",
    "选定科室": "选定科室用 --office 科室",
    "选定单位": "选定单位用 --org 单位",
    "单独写明说明": "为一份文件写说明用 --note 文件=说明",
    "有请核对的问题，写明说明": "写说明用 --confirm 说明",
    "「这些也算」": "选「这些也算」用 --cases adds，选「替换在库的」用 --cases replaces",
    "打开密码": "打开密码用 --password-stdin，从标准输入读",
}
"""What a command says for the words of a remedy, or of what a report waits for, which speak of the page."""

Confirm = Annotated[
    str,
    typer.Option(
        help="对「请核对」问题的书面说明，用于全部文件；会让已入库的数变为未报或 0、让在库的件不再计的文件，只有单独报送时才算数，几份一起时请用 --note"
    ),
]
Notes = Annotated[list[str] | None, typer.Option(metavar="文件=说明", help="只用于一份文件的书面说明，可以写几次；文件写名称，有同名的写路径")]
Ways = Annotated[
    list[str] | None,
    typer.Option(metavar="[文件=]adds|replaces", help="台账里没有在库的某些件时：adds 这些也算，replaces 替换在库的；写 文件=adds 只用于一份，可以写几次"),
]


def ingest(
    paths: Annotated[list[Path], typer.Argument(metavar="路径…", parser=path_of, help="报表文件或文件夹")],
    office: Annotated[str | None, typer.Option(help="只收这个科室的报表（代码或名称）")] = None,
    period: Annotated[str | None, typer.Option(help="只收这个月份的报表")] = None,
    org: Annotated[str | None, typer.Option(help="是这个单位的报表（代码、名称或别名）；不写则看表头、文件名和文件夹名")] = None,
    confirm: Confirm = "",
    note: Notes = None,
    cases: Ways = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只检查，不入库")] = False,
    password_stdin: Annotated[bool, typer.Option("--password-stdin", help="从标准输入读打开密码（一行），用于设了密码的文件")] = False,
    data: Data = None,
    catalog: CatalogDir = None,
    as_json: AsJson = False,
) -> None:
    """把科室报表收入库：读取、核对、入库。"""
    files = _workbooks(paths)
    month = Month.parse(period) if period is not None else None
    notes, ways = _notes(note or (), [path for path, _ in files]), _cases(cases or (), [path for path, _ in files])
    uploads = [intake.Upload(path.name, _bytes(path), period=month, folders=folders, cases=way) for (path, folders), way in zip(files, ways, strict=True)]
    place = workplace()
    if dry_run and not place.is_there(data):
        errors.print("没有数据目录，按什么都没有入库核对，也没有新建；已经入过库的，请核对 --data 或环境变量 KPI_DATA。", soft_wrap=True)
    with (place.open_to_check if dry_run else place.open_bureau)(data, catalog, len(uploads)) as bureau:
        bureau.require(Right.SUBMIT, bureau.caller.org, bureau.caller.office)
        code, whose = office_of(bureau.catalog, office), org_of(bureau.catalog, org)
        prepared = _prepared(bureau, [replace(upload, office=code, org=whose) for upload in uploads], password_stdin)
        prepared = [replace(report, note=notes.get(report.at, "") if report.at is not None else "") for report in prepared]
        takes, left = storable(prepared, confirm, alone=len(uploads) == 1)
        for file in left:
            errors.print(f"「{file}」与同批另一份台账合在一起计，那一份没有入库，它也没有入库。", soft_wrap=True)
        if takes:
            warn_of_the_demonstration(bureau, "收")
        place.require_present()
        stored = [] if dry_run else intake.accept(bureau, takes, user(), confirm)
    document = filing_documents.ingest_document(prepared, stored)
    if as_json:
        print_document(document)
    else:
        _print_files(bureau.catalog, document, prepared)
    waiting = [file["message"] for file in document["files"] if file["status"] == intake.Outcome.NEEDS_CONFIRMATION]
    _print_switches([*waiting, *(finding["remedy"] for file in document["files"] for finding in file["findings"])])
    refused = {intake.Outcome.REJECTED} if dry_run else {intake.Outcome.REJECTED, intake.Outcome.NEEDS_CONFIRMATION}
    if any(file["status"] in refused for file in document["files"]):
        raise typer.Exit(1)


def _prepared(bureau: LiveBureau, uploads: Sequence[intake.Upload], password_stdin: bool) -> list[intake.Prepared]:
    """The reports of all files; those that need a password are read once more with it."""
    place = workplace()
    prepare = partial(intake.prepare, bureau, progress=lambda _: place.require_present(), visitor=place)
    prepared = prepare(uploads)
    opened = _with_passwords(uploads, prepared, password_stdin)
    return prepare(opened) if opened else prepared


def _print_files(catalog: Catalog, document: Document, prepared: Sequence[intake.Prepared]) -> None:
    """Print what became of each report, a finding of several months of one file once."""
    printed = set[tuple[int | None, str]]()
    for file, report in zip(document["files"], prepared, strict=True):
        whose = _whose(catalog, report)
        became = {"accepted": "已入库。", filing_documents.REFERRED: "已送审，审核员审核以后才入库。"}.get(file["status"], file["message"])
        console.print(f"{file['file']}{f'（{whose}）' if whose else ''}：{became}")
        for finding in file["findings"]:
            line = f"  {finding['place']}  {finding['seen']}；{finding['remedy']}"
            if (report.at, line) not in printed:
                console.print(line, soft_wrap=True)
            printed.add((report.at, line))


def _whose(catalog: Catalog, report: intake.Prepared) -> str:
    """Whose report it is and of which month, as far as it is known: the files of a tree all have one name."""
    office = catalog.offices[report.office].name if report.office else ""
    org = catalog.called(None, report.org) if report.org in catalog.orgs else ""
    return " ".join(filter(None, (org, office, report.period.chinese if report.period else "")))


def _bytes(path: Path) -> bytes:
    try:
        path.name.encode()
        return workplace().content(path)
    except OSError as error:
        raise RequestError(f"「{path}」读不了（{cause(error)}）；请检查这个文件和它的权限，一份都没有入库。") from None
    except UnicodeEncodeError:
        raise RequestError(f"文件名「{path.name}」里有读不出的字（多半是压缩包解压时编码不对）；请改名后再收，一份都没有入库。") from None


def _workbooks(paths: Sequence[Path]) -> list[tuple[Path, tuple[str, ...]]]:
    """
    The files named, and those lying in the folders named, with the names of their folders, the nearest first; never Excel's lock files.

    Raises:
        BadParameter, RequestError: There is no such path, it cannot be read, or there is no file in any of them.

    """
    place = workplace()
    files: list[tuple[Path, tuple[str, ...]]] = []
    bare: list[Path] = []
    for path in paths:
        try:
            kind = place.kind_of(path)
        except OSError as error:
            raise RequestError(f"「{path}」读不了（{cause(error)}）；请核对文件或文件夹。") from None
        if kind == FOLDER:
            inside = place.files_below(path)
            if not inside:
                bare.append(path)
            files += [(p, (*reversed(p.parent.relative_to(path).parts), path.name)) for p in inside]
        elif kind == FILE:
            files.append((path, (path.parent.name,)))
        else:
            raise typer.BadParameter(f"找不到「{path}」；请核对文件或文件夹的名称。")
    where = few([f"「{path}」" for path in bare], "个文件夹")
    if not files:
        raise RequestError(f"{where}里没有报表文件，什么都没有做；请核对文件夹。")
    if bare:
        errors.print(f"{where}里没有报表文件；请核对文件夹。", soft_wrap=True)
    return files


def _cases(given: Sequence[str], paths: Sequence[Path]) -> list[str]:
    """Whether the cases of each ledger count besides those on file or instead of them; empty where nothing is said."""
    of_all = [words for words in given if words in (ADDS, REPLACES)]
    of_one = _notes([words for words in given if words not in of_all], paths, "--cases")
    if wrong := [words for words in of_one.values() if words not in (ADDS, REPLACES)]:
        raise typer.BadParameter(f"--cases「{wrong[0]}」不对；写 {ADDS}（这些也算）或 {REPLACES}（替换在库的）")
    return [of_one.get(at, of_all[-1] if of_all else "") for at in range(len(paths))]


def _notes(given: Sequence[str], paths: Sequence[Path], switch: str = "--note") -> dict[int, str]:
    """What is said of single files, by the place of the file among all."""
    notes: dict[int, str] = {}
    for text in given:
        meant = [at for at, path in enumerate(paths) if any(text.startswith(f"{name}=") for name in (path.name, str(path)))]
        if len(meant) != 1:
            shape = "文件=说明" if switch == "--note" else f"{ADDS}、{REPLACES} 或 文件={ADDS}"
            raise typer.BadParameter(f"{switch}「{text}」{'指的文件不止一份，请写路径' if meant else '没有对应的文件'}；写法是 {shape}")
        path = paths[meant[0]]
        notes[meant[0]] = text.removeprefix(f"{path}=" if text.startswith(f"{path}=") else f"{path.name}=")
    return notes


def _print_switches(sentences: Sequence[str]) -> None:
    """One line below the findings, beside the JSON too: which switch does what they ask for on the page."""
    wanted = dict.fromkeys(switch for words, switch in _SWITCHES.items() if any(words in sentence for sentence in sentences))
    if wanted:
        errors.print(f"在命令行里，{'；'.join(wanted)}。", soft_wrap=True)


def _with_passwords(uploads: Sequence[intake.Upload], prepared: Sequence[intake.Prepared], from_stdin: bool) -> list[intake.Upload] | None:
    """The files with the passwords of those that need one, asked for where nobody sees them; None when there is nothing to try."""
    locked = {(file.file, file.data) for file in prepared if file.locked}
    place = workplace()
    if not locked or not (from_stdin or place.typing):
        return None
    typed = place.line() if from_stdin else None
    opened = []
    for upload in uploads:
        if (upload.name, upload.data) in locked:
            upload = replace(upload, password=typed if typed is not None else place.password(f"「{upload.name}」的打开密码："))
        opened.append(upload)
    return opened
