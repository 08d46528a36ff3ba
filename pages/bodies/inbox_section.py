"""收件箱 on 运行: where it lies, when it was looked at, what waits, and what was answered last; no figure, and no sentence of a finding."""

from kpi.admin.inbox_watch import inbox_watch
from kpi.data_place import data_folder
from kpi.filing.inbox_record import read_inbox_record
from kpi.filing.two_steps import two_steps
from kpi.present.html.engine import render
from kpi.present.html.table import HtmlCell, HtmlColumn, HtmlRow, HtmlTable

_MOST = 20
WAITING = (HtmlColumn("文件夹"), HtmlColumn("文件", title=True), HtmlColumn("为什么还没有读"))
ANSWERED = (HtmlColumn("时间"), HtmlColumn("文件夹"), HtmlColumn("文件", title=True), HtmlColumn("结果"))


def words() -> str:
    """The inbox in one line."""
    folder, look = inbox_watch.folder, inbox_watch.last
    if folder is None:
        return "没有设"
    ready = "没有问题的送审" if two_steps() else "没有问题的直接入库"
    rule = ready if folder.accepts else "都等科室的人入库"
    if look is None:
        return f"「{folder.root}」，{rule}；还没有看过"
    if look.fault:
        return f"「{folder.root}」用不了，见上面"
    return f"「{folder.root}」，{rule}；上次看是 {look.at:%m-%d %H:%M:%S}，{len(look.waiting)} 份等着"


def faults() -> tuple[str, ...]:
    """What is to be done about it."""
    look = inbox_watch.last
    return tuple(filter(None, (look.fault, *look.notes))) if look else ()


def section() -> str:
    """Its tables; nothing where there is no inbox."""
    if inbox_watch.folder is None:
        return ""
    look = inbox_watch.last
    waiting = [
        HtmlRow({"文件夹": HtmlCell(file.folder or "（收件箱）"), "文件": HtmlCell(file.name), "为什么还没有读": HtmlCell(file.why)})
        for file in (look.waiting[:_MOST] if look else ())
    ]
    answered = [
        HtmlRow(
            {
                "时间": HtmlCell(f"{entry.at:%m-%d %H:%M}", entry.at),
                "文件夹": HtmlCell(entry.folder or "（收件箱）"),
                "文件": HtmlCell(entry.name),
                "结果": HtmlCell(entry.outcome.value),
            }
        )
        for entry in reversed(read_inbox_record(data_folder())[-_MOST:])
    ]
    return render("inbox_section.html", waiting=HtmlTable("等着读的", WAITING, waiting), answered=HtmlTable("最近的答复", ANSWERED, answered))
