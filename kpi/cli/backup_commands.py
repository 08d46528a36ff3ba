"""A backup of a data folder, and its restoring: ``backup``, ``restore``."""

from contextlib import suppress
from pathlib import Path
from typing import Annotated

import typer

from kpi.access.audit import Audit, Audited
from kpi.access.roles import Right
from kpi.bureau import plan_restoring, restore_bureau
from kpi.cli import command_client
from kpi.cli.options import AsJson, CatalogDir, Data, console, errors, path_of
from kpi.cli.printing import print_document
from kpi.cli.workplace import workplace
from kpi.data_place import data_folder
from kpi.documents.backup_documents import backup_document, restore_document
from kpi.errors import StoreError
from kpi.store.backup_record import back_up_on_record
from kpi.store.clock import now
from kpi.store.free_space import megabytes
from kpi.store.restore import RestorePlan, spelled_counts

_LIKE_THE_FOLDER = "备份里有密钥 secret 和报表原件，谁拿到它就像拿到数据目录：请与数据目录一样保管，只让管理员读得到。"
_BACKED_UP = "备份到「{path}」"
_NOT_NOTED = "备份已经做好，但没有记入审计记录"
_KEY_ELSEWHERE = "台账原件加密保留的（KPI_LEDGER_ORIGINALS=encrypt），密钥文件不在数据目录里，也不在备份里：请另外保管。"


def backup(
    out: Annotated[Path, typer.Argument(parser=path_of, metavar="文件", help="写到哪个文件（.tar）；写文件夹则按时间取名。已有的文件不覆盖")],
    data: Data = None,
    catalog: CatalogDir = None,
    as_json: AsJson = False,
) -> None:
    """备份数据目录：看板开着也可以，写成一个文件。"""
    del catalog  # a backup needs no definitions
    made = back_up_on_record(data_folder(data), out, now())
    _note_backup(data, made.path.resolve())
    manifest = made.manifest
    if as_json:
        print_document(backup_document(made))
    else:
        extent = f"到日志第 {manifest.last} 号，{spelled_counts(manifest.counts)}"
        lines = [
            f"已备份到「{made.path}」，{megabytes(made.size)}，{len(manifest.members)} 个文件：{extent}。",
            f"整份的 sha256：{made.sha256}",
            _LIKE_THE_FOLDER if made.secret else "备份里有报表原件，请与数据目录一样保管，只让管理员读得到。",
            _KEY_ELSEWHERE,
            *(f"请处理：备份时数据目录里就缺的：{sentence}" for sentence in manifest.lacks),
        ]
        console.print("\n".join(lines), soft_wrap=True)
    if manifest.lacks:
        raise typer.Exit(1)


def restore(
    file: Annotated[Path, typer.Argument(parser=path_of, metavar="文件", help="backup 写的文件")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只检查备份、写明会恢复什么，什么都不写")] = False,
    data: Data = None,
    catalog: CatalogDir = None,
    as_json: AsJson = False,
) -> None:
    """把备份恢复到不存在的或空的数据目录，重建数据库并核对。"""
    plan = plan_restoring(file, data)
    if dry_run:
        if as_json:
            print_document(restore_document(plan))
        else:
            console.print("\n".join([f"备份完好。将恢复到「{plan.target}」：{_contents(plan)}。", *_lacks(plan), "只是检查，什么都没有写。"]), soft_wrap=True)
        return
    restored = restore_bureau(plan, catalog)
    with suppress(StoreError):  # of a damaged audit, which is among the faults
        Audit(plan.target).note_done(Audited.OPERATION, workplace().caller, f"由备份「{file.resolve()}」恢复")
    if as_json:
        print_document(restore_document(plan, restored))
    else:
        compared = "与备份一致" if restored.counts == plan.manifest.counts else f"备份写的是 {spelled_counts(plan.manifest.counts)}"
        lines = [
            f"已恢复到「{plan.target}」：{_contents(plan)}。",
            f"核对：{restored.files} 个文件的校验码与备份一致；数据库已重建，{spelled_counts(restored.counts)}，{compared}。",
            *([f"请处理：{fault}" for fault in restored.faults] or ["数据库、批次、日志和原始文件一致。"]),
        ]
        console.print("\n".join(lines), soft_wrap=True)
    if restored.faults:
        raise typer.Exit(1)


def note_backup(
    path: Annotated[str, typer.Argument(metavar="文件", help="备份写成的文件")], data: Data = None, catalog: CatalogDir = None, as_json: AsJson = False
) -> None:
    """把一次备份记入审计记录；backup 自己会做。"""
    del as_json  # nothing is printed
    with workplace().open_to_act(data, catalog) as bureau:
        bureau.require(Right.OPERATE)
        bureau.note_done(Audited.OPERATION, _BACKED_UP.format(path=path))


def _note_backup(data: Path | None, path: Path) -> None:
    """Note a backup, which stands whatever becomes of the note; beside a server by that one, for only one process may add to a journal."""
    root, about = data_folder(data), _BACKED_UP.format(path=path)
    code = command_client.asked(["note-backup", str(path), "--data", str(root)])
    try:
        if code is None:
            Audit(root).note(Audited.OPERATION, workplace().caller, about)
        elif code:
            errors.print(_NOT_NOTED, soft_wrap=True)
    except StoreError as fault:
        errors.print(f"{_NOT_NOTED}：{fault}", soft_wrap=True)


def _contents(plan: RestorePlan) -> str:
    """What a backup holds, in words."""
    manifest = plan.manifest
    return (
        f"{manifest.at:%Y-%m-%d %H:%M:%S} 由版本 {manifest.product} 备份，到日志第 {manifest.last} 号，{spelled_counts(manifest.counts)}，"
        f"{len(manifest.members)} 个文件，{megabytes(manifest.size)}"
    )


def _lacks(plan: RestorePlan) -> list[str]:
    return [f"备份时数据目录里就缺的：{sentence}" for sentence in plan.manifest.lacks]
