"""``inbox``: one look over the inbox, for a schedule of the machine where no dashboard runs; beside one, a look at once."""

import typer

from kpi.access.roles import Right
from kpi.admin.inbox_watch import inbox_watch
from kpi.cli.options import AsJson, CatalogDir, Data, console
from kpi.cli.printing import print_document
from kpi.cli.workplace import workplace
from kpi.documents.inbox_documents import inbox_document
from kpi.errors import RequestError
from kpi.filing.inbox import Inbox, look_twice
from kpi.filing.inbox_folder import FOLDER, inbox_folder
from kpi.filing.inbox_look import InboxLook
from kpi.filing.inbox_record import InboxOutcome

_GOOD = (InboxOutcome.STORED, InboxOutcome.REFERRED, InboxOutcome.UNCHANGED, InboxOutcome.READY)


def inbox(data: Data = None, catalog: CatalogDir = None, as_json: AsJson = False) -> None:
    """看一遍收件箱：读取、核对、入库，把核对意见写在报表旁边。"""
    place = workplace()
    place.caller.require_right(Right.OPERATE)
    folder = inbox_folder()
    if folder is None:
        raise RequestError(f"没有设收件箱；请用环境变量 {FOLDER} 写明它的文件夹。")
    with place.open_bureau(data, catalog, files=1) as bureau:
        looked = inbox_watch.inbox or Inbox(folder, place.data_folder(data))
        look = look_twice(looked, bureau)
    if as_json:
        print_document(inbox_document(look))
    else:
        console.print("\n".join(_lines(look)), soft_wrap=True)
    if look.fault or look.notes or any(entry.outcome not in _GOOD for entry in look.answered):
        raise typer.Exit(1)


def _lines(look: InboxLook) -> list[str]:
    """What a look came to, a line each."""
    lines = [look.fault] if look.fault else []
    lines += [f"{entry.folder}「{entry.name}」{entry.outcome.value}：{entry.sentence}" for entry in look.answered]
    lines += [f"{waiting.folder}「{waiting.name}」还没有读：{waiting.why}。" for waiting in look.waiting]
    return [*lines, *look.notes] or ["收件箱里没有新的报表。"]
