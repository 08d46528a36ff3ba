"""运行：系统现在怎样，有没有要处理的，最近出过什么错。"""

from collections.abc import Sequence
from datetime import datetime

import kpi
from kpi.admin.health import Health, HealthGrade, health
from kpi.admin.last_backup import last_backup_words
from kpi.admin.memory import resident_bytes
from kpi.bureau import LiveBureau
from kpi.data_place import data_folder
from kpi.present.html.engine import render
from kpi.present.html.table import HtmlCell, HtmlColumn, HtmlRow, HtmlTable
from kpi.present.size_words import size_words, stretch_words
from kpi.setting import setting
from kpi.store import clock
from kpi.store.notice import gaps, repairs
from kpi.web import server_log
from kpi.web.recent_faults import RecentFault, recent_faults
from kpi.web.server_run import most_visits, server_run
from pages.bodies import inbox_section
from pages.view import View
from pages.widgets import running, session

_COLUMNS = (HtmlColumn("时间", title=True), HtmlColumn("编号"), HtmlColumn("出在哪里"))


def opening(_: View) -> str:
    """All of the page; it is made anew each time, for nothing of it stands still."""
    bureau, moment = running.opened(), clock.now()
    known = health(bureau)
    page = render(
        "status.html",
        answer=answer(known, inbox_section.faults()),
        reasons=(*known.reasons, *inbox_section.faults()),
        facts=facts(bureau),
        moment=f"{moment:%H:%M:%S}",
        faults=table(recent_faults.latest()),
    )
    return page + inbox_section.section()


def answer(known: Health, beside: Sequence[str] = ()) -> str:
    """How it is, in one sentence; ``beside`` is what is to be done that keeps nobody from looking at figures."""
    match known.grade:
        case HealthGrade.OK if not beside:
            return "运行正常。"
        case HealthGrade.OK | HealthGrade.DEGRADED:
            return f"看板可以看，有 {len(known.reasons) + len(beside)} 件事要处理。"
        case HealthGrade.DOWN:
            return "数据读不出，看板没有数。"


def facts(bureau: LiveBureau) -> dict[str, str]:
    """What is known of it, by what it is of."""
    condition, queue, memory, now = bureau.store.condition(), bureau.parser.queue, resident_bytes(), clock.now()
    submissions, entered = session.kept(_stored)
    last = f"，最后一条登记于 {entered}" if entered else ""
    mended, unmended = len(repairs(bureau.store.notices)), len(gaps(bureau.store.notices))
    room = "" if condition.free is None or condition.total is None else f"还有 {size_words(condition.free)}，共 {size_words(condition.total)}"
    return {
        "数据": "读不出" if condition.unread else f"已打开，{submissions} 份报送，日志到第 {bureau.store.version} 号{last}",
        "启动时的提示": f"要处理的 {unmended} 处，已修复的 {mended} 处" if mended or unmended else "没有",
        "磁盘": f"数据目录所在的磁盘{room or '不知道还有多少空间'}",
        "备份": last_backup_words(data_folder()) or "没有备份过",
        "收件箱": inbox_section.words(),
        "打开的页面": f"{server_run.visits} 个，最多 {most_visits()} 个",
        "读取表格": f"正在读 {queue.reading} 份，排队 {queue.waiting} 份；同时最多读 {queue.places} 份",
        "内存": "不知道" if memory is None else f"{size_words(memory)}，不含读取表格的程序",
        "版本": kpi.__version__,
        "本次启动": f"{_moment(server_run.started)}，已运行 {stretch_words(now - server_run.started)}",
        "运行日志": _log_words(),
    }


def table(faults: tuple[RecentFault, ...]) -> HtmlTable:
    """The last faults, the latest first."""
    rows = [{"时间": HtmlCell(f"{fault.at:%m-%d %H:%M:%S}", fault.at), "编号": HtmlCell(fault.number), "出在哪里": HtmlCell(fault.where)} for fault in faults]
    return HtmlTable("最近的错误", _COLUMNS, [HtmlRow(cells) for cells in rows])


def _log_words() -> str:
    """Where the lines are, without the path, which is nobody's business but the machine's."""
    if server_log.log_folder(data_folder()) is None:
        return "没有写，只在启动的窗口里显示警告"
    return "写在另外指定的文件夹" if setting(server_log.SETTING) else "写在数据目录里"


def _stored() -> tuple[int, str]:
    """How many submissions there are, and when the last entry was made, in words."""
    entered = running.opened().store.entered()
    return len(running.opened().store.submissions()), _moment(entered[1]) if entered else ""


def _moment(when: datetime) -> str:
    return f"{when:%Y-%m-%d %H:%M}"
