"""报送记录：每一份报送是谁、什么时候、带着什么说明交来的，改了哪些数；报错了可以撤回。"""

from collections import Counter
from collections.abc import Iterable
from pathlib import PurePath

import streamlit as st

from kpi.filing.submissions import Record, Standing, changes, withdraw
from kpi.store.signature import signature
from kpi.store.submission import KeptAs
from pages.widgets import board_lists, filing_lists, page_head, pickers, session
from pages.widgets.plain import plain

MOST = 100  # rows that a page can draw at once; filters reach the others
EVERY = "全部"
FICTIONAL = "这一份是演示数据，是虚构的。"
COPY = "文件里有没有读取的内容，只留存读取了的单元格；没有读取的工作表、行列、批注、图片和文件属性没有保留。"


def line(record: Record) -> dict[str, object]:
    submission = record.submission
    return {
        "编号": submission.seq,
        "科室": session.called(submission.office, submission.org),
        "期间": str(submission.period),
        "报送状态": filing_lists.standing(record),
        "报送时间": f"{submission.at:%Y-%m-%d %H:%M}",
        "报送人": f"{submission.by}（虚构）" if submission.demo else submission.by,
        "核对意见": len(submission.findings) or "",
        "说明": submission.note,
        "文件": submission.file,
    }


def title(record: Record) -> str:
    ledger = session.bureau().catalog.ledgers.get(record.submission.template)
    kind = f" {ledger.name}" if ledger else ""
    return f"第 {record.submission.seq} 号：{session.called(record.submission.office, record.submission.org)} {record.submission.period.chinese}{kind}"


def fate(record: Record) -> str:
    if record.withdrawal:
        return f"{filing_lists.decided(record.withdrawal)}。"
    if record.counts_in:
        last = f"第 {record.counts_in} 号"
        first = _numbers(record.on_top)
        return (
            f"它的 {record.merged} 件仍计入{last}，看板上的数含这些件。要拿掉这些件：先依次撤回第 {first} 号，"
            f"这一份重新有效后撤回它，再把第 {first} 号的文件重新报送。"
        )
    if record.after:
        return f"已被第 {record.after} 号替换。"
    others = f"，连同第 {_numbers(record.brought)} 号的件：{_brought(record)}" if record.brought else ""
    return f"现在有效，看板上的数来自这一份{others}。"


def _numbers(numbers: Iterable[int]) -> str:
    return "、".join(map(str, numbers))


def _brought(record: Record) -> str:
    """How many of the cases that count came from which submission."""
    each = [f"第 {number} 号 {record.origins[number]} 件" for number in record.brought]
    return "、".join([f"这一份 {record.origins.get(record.submission.seq, 0)} 件", *each])


def detail(record: Record) -> None:
    submission, store = record.submission, session.bureau().store
    st.subheader(plain(title(record)), anchor=False)
    came = f"{signature(submission.by, submission.at)} 报送「{submission.file}」。{FICTIONAL if submission.demo else ''}"
    st.write(plain(f"{filing_lists.standing(record)}：{fate(record)}{came}"))
    if submission.note:
        st.info(plain(f"说明：{submission.note}"), icon=":material/edit_note:")
    with st.container(horizontal=True, vertical_alignment="center"):
        kept = store.kept_as(submission.sha256)
        if kept is KeptAs.NOTHING:
            st.caption("台账含有个人信息，原件没有保留或须用密钥打开。")
        elif kept is KeptAs.UNKNOWN:
            st.caption("这份报送的批次缺失或已损坏，看不出原件怎样留存；请从备份恢复，「报表导入」写明是哪个文件。")
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
        if record.standing is Standing.IN_FORCE:
            take_back(record)
    if submission.findings:
        st.caption(plain(f"报送时的 {len(submission.findings)} 条核对意见："))
        filing_lists.findings(submission.findings)
    if record.before is None:
        st.caption("这是这个科室这个月的第一份，没有可以比较的前一份。")
    elif changed := changes(session.bureau(), record):
        st.caption(plain(f"与前一份（第 {record.before} 号）相比，改了 {len(changed)} 个数："))
        board_lists.records([filing_lists.change_line(change, "前一份") for change in changed], "变动")
    else:
        st.caption(plain(f"与前一份（第 {record.before} 号）相比，没有改变任何数。"))


def take_back(record: Record) -> None:
    seq, bureau = record.submission.seq, session.bureau()
    if lock := bureau.store.locked(record.submission.office, record.submission.period, record.submission.org):
        st.caption(plain(f"{record.submission.period.chinese}{filing_lists.decided(lock)}；解锁后才能撤回或更正。"))
        return
    instead = f"第 {record.before} 号将重新有效。" if record.before else "这个科室这个月的数将全部变为未报。"
    if record.brought:
        own = record.origins.get(seq, 0)
        instead = f"回到第 {record.before} 号报送时的件：{f'这一份的 {own} 件不再计，' if own else ''}第 {_numbers(record.brought)} 号的件照旧计。"
    if given := filing_lists.confirmed("撤回…", ":material/undo:", f"撤回{title(record)}的报送：{instead}记录和留存的文件都保留。", f"withdraw-{seq}"):
        left = withdraw(bureau, seq, *given).findings
        more = f"有 {len(left)} 处要看：" if left else ""
        filing_lists.done(f"第 {seq} 号报送已撤回，看板已经更新。{more}", left)


with page_head.head("报送记录"):
    org = pickers.org()
    office = pickers.office()
    month = filing_lists.period_or_all()
filing_lists.say_what_was_done()
records = filing_lists.history(office, month, org if org != session.bureau().catalog.root else None)
counts = Counter(record.standing for record in records)
where = f"{session.called(office, org) if office else session.bureau().catalog.called(None, org) or '全局'}{f' {month.chinese}' if month else ''}"
counted = "，".join(f"{counts[standing]} 份{standing.value}" for standing in Standing if counts[standing])
st.subheader(plain(f"{where}共 {len(records)} 份报送，{counted}。" if records else f"{where}还没有任何报送。"), anchor=False)
wanted = st.segmented_control("报送状态", [EVERY, *Standing], default=EVERY, required=True, key="standing", bind="query-params")
shown = [record for record in records if wanted in (EVERY, record.standing)][:MOST]
if shown:
    st.caption(plain((f"只列最近 {MOST} 份，其余请按科室和期间查找。" if len(shown) == MOST else "") + "选一行，看一份报送的详情，下载原件，或撤回。"))
    place = board_lists.chosen([line(record) for record in shown], "报送记录", key=f"records-{org}-{office}-{month}-{wanted}")
    if place is not None or len(shown) == 1:
        detail(shown[place or 0])
