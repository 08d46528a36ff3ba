"""报送记录：每一份报送是谁、什么时候、带着什么说明交来的，改了哪些数；报错了可以撤回。"""

from pathlib import PurePath

import streamlit as st

from kpi.access.caller import DeniedError
from kpi.access.roles import Right
from kpi.filing.submissions import Record, Standing, changes, require_original, withdraw
from kpi.store.submission import KeptAs
from pages.bodies import filing_cells
from pages.bodies.submission_opening import MOST, chosen, listed, numbers_of, table, title
from pages.widgets import confirmations, correction_form, faults, frame, running, session
from pages.widgets.confirmations import confirmed
from pages.widgets.plain import plain

COPY = "文件里有没有读取的内容，只留存读取了的单元格；没有读取的工作表、行列、批注、图片和文件属性没有保留。"


def detail(record: Record) -> None:
    """What can be done with a submission, what was said of it, and what it changed."""
    submission = record.submission
    with st.container(horizontal=True, vertical_alignment="center"):
        original(record)
        if record.standing is Standing.IN_FORCE and running.caller().may(Right.ACCEPT):
            take_back(record)
    if record.standing is Standing.IN_FORCE:
        correction_form.offer(view, record)
    if submission.findings:
        frame.soft(f"报送时的 {len(submission.findings)} 条核对意见：")
        frame.fragment(filing_cells.findings(submission.findings))
    if record.before is None:
        frame.soft("这是这个科室这个月的第一份，没有可以比较的前一份。")
    elif changed := changes(session.bureau(), record):
        frame.soft(f"与前一份（第 {record.before} 号）相比，改了 {len(changed)} 个数：")
        frame.table(filing_cells.changes(changed, "前一份", "与前一份相比改了的数"))
    else:
        frame.soft(f"与前一份（第 {record.before} 号）相比，没有改变任何数。")


def original(record: Record) -> None:
    """The file as it was sent, or what is kept of it."""
    submission, store = record.submission, session.bureau().store
    kept = store.kept_as(submission.sha256)
    try:
        require_original(session.bureau(), submission)
    except DeniedError:
        frame.soft("原件给本科室和看全部的人。")
        return
    if kept is KeptAs.NOTHING:
        frame.soft("台账含有个人信息，原件没有保留或须用密钥打开。")
    elif kept is KeptAs.UNKNOWN:
        frame.soft("这份报送的批次缺失或已损坏，看不出原件怎样留存；请从备份恢复，「报表导入」写明是哪个文件。")
    else:
        label, name = ("下载原件", submission.file) if kept is KeptAs.WHOLE else ("下载留存副本", f"{PurePath(submission.file).stem}_留存.xlsx")
        st.download_button(
            plain(label),
            data=lambda: store.original(submission.sha256),
            file_name=name,
            icon=":material/download:",
            on_click="ignore",
            help=None if kept is KeptAs.WHOLE else plain(COPY),
        )


def take_back(record: Record) -> None:
    seq, bureau = record.submission.seq, session.bureau()
    if lock := bureau.store.locked(record.submission.office, record.submission.period, record.submission.org):
        frame.soft(f"{record.submission.period.chinese}{filing_cells.decided(lock)}；解锁后才能撤回或更正。")
        return
    instead = f"第 {record.before} 号将重新有效。" if record.before else "这个科室这个月的数将全部变为未报。"
    if record.brought:
        own = record.origins.get(seq, 0)
        instead = f"回到第 {record.before} 号报送时的件：{f'这一份的 {own} 件不再计，' if own else ''}第 {numbers_of(record.brought)} 号的件照旧计。"
    if given := confirmed("撤回…", ":material/undo:", f"撤回{title(record)}的报送：{instead}记录和留存的文件都保留。", f"withdraw-{seq}"):
        with faults.shown():  # somebody else may have withdrawn or locked it meanwhile; the rest of the page stays
            left = withdraw(bureau, seq, *given).findings
            more = f"有 {len(left)} 处要看：" if left else ""
            confirmations.done(f"第 {seq} 号报送已撤回，看板已经更新。{more}", left)


view = frame.view()
frame.fragment(frame.opened(view))
confirmations.say_what_was_done()
record = chosen(view)
if record:
    detail(record)
if records := listed(view):
    frame.soft((f"只列最近 {MOST} 份，其余请按科室和期间查找。" if len(records) > MOST else "") + "点一行，看一份报送的详情，下载原件，或撤回。")
    frame.table(table(view))
