"""报表导入：把科室报表拖进来，核对后入库，每个数都记得来自哪个单元格。"""

from collections import Counter

import streamlit as st

from kpi.errors import OutdatedError
from kpi.filing import two_steps
from kpi.filing.desk import Desk
from kpi.filing.questions import asked
from kpi.store.notice import gaps, repairs
from kpi.workbook.report import QuestionKind
from pages.widgets import (
    blank_sheets,
    confirmations,
    demo_end,
    desks,
    dropped,
    faults,
    frame,
    inbox_offer,
    progress,
    question_forms,
    running,
    session,
    setup_offer,
    warmth,
)
from pages.widgets.plain import plain
from pages.widgets.signer import signed


def take(desk: Desk) -> None:
    """Let files be dropped; once they lie on the desk, the place to drop them is empty again."""
    batch = st.session_state.setdefault("batch", 0)
    files = st.file_uploader("把一个或多个科室的报表拖到这里，可以一次放入很多份", accept_multiple_files=True, key=f"files-{batch}")
    frame.large_files()
    with st.container():
        for warning in st.session_state.pop("not_kept", []):
            st.warning(plain(warning), icon=":material/warning:")
    if files:
        dropped_now = [(file.name, file.getvalue()) for file in files]
        lying = {(file.name, file.data) for file in desk.files if not file.unread}
        again = [f"「{name}」已经拖入过，内容完全相同，还没有入库；不用重复放入，就在下面。" for name, data in dropped_now if (name, data) in lying]
        st.session_state["not_kept"] = [*again, *desk.put(dropped_now)]
        st.session_state["batch"] = batch + 1
        st.rerun()


def show(desk: Desk) -> None:
    """What was read, what is open, and what can be done with it."""
    if not desk.reports:
        st.header(plain(f"拖入的 {len(desk.files)} 份都还没有读。"), anchor=False)
        discard(desk)
        demo_end.with_files_in_hand()
        return
    counts = Counter(dropped.standing(report) for report in desk.reports)
    counted = "，".join(f"{counts[standing]} 份{two_steps.to_the_sender(running.caller(), standing[1])}" for standing in dropped.STANDINGS if counts[standing])
    read = sum(bool(file.known) for file in desk.files)
    several = f"{read} 个文件，{len(desk.reports)} 个月的报表" if len(desk.reports) > read else f"{len(desk.reports)} 份"
    st.header(plain(f"收到 {several}：{counted}。"), anchor=False)
    if earlier := sum(file.from_draft for file in desk.files):
        st.caption(plain(f"其中 {earlier} 份文件是先前拖入、还没有入库的；拖入 7 天以后不再保留。"))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        by = signed("报送人", "by", persist_state="session", placeholder="姓名", width=240)
        discard(desk)
    whose(desk)
    question_forms.ask(asked(session.bureau(), desk.reports), by)
    doubtful = [file for file in desk.files if file.doubtful]
    for file in desk.files:
        if file.known:
            dropped.show(desk, file, by, own_note=file.doubtful and (len(doubtful) > 1 or file.takes_away))
    store(desk, by)


def whose(desk: Desk) -> None:
    """Ask once of which organisation the files are that do not say so."""
    silent = {file.key: file for file in desk.files if QuestionKind.ORG in file.untold}
    if not silent:
        return
    catalog = session.bureau().catalog
    likely = [code for file in silent.values() for code, _ in file.untold[QuestionKind.ORG].candidates]
    st.header(plain(f"有 {len(silent)} 份没有写是哪个单位的"), anchor=False)
    with st.form("whose"):
        choices = list(dict.fromkeys([*likely, *catalog.leaves(catalog.root)]))
        org = st.selectbox("单位", choices, index=None, format_func=lambda code: catalog.orgs[code].name, placeholder="点开选择，或输入名称查找", width=320)
        keys = list(silent)
        chosen = st.multiselect("这些文件", keys, default=keys, format_func=lambda key: silent[key].name) if len(keys) > 1 else keys
        if not st.form_submit_button("按这里选的读取", icon=":material/refresh:"):
            return
    if org:
        for key in chosen:
            desk.tell(silent[key], org=org)
        st.rerun()
    st.warning("请先选定单位。")


def discard(desk: Desk) -> None:
    with st.popover("放弃这一批…", icon=":material/delete:"):
        st.write(plain(f"放弃 {len(desk.files)} 份还没有入库的文件，系统内的数据不变。"))
        if st.button("确认放弃", type="primary"):
            desk.discard()
            confirmations.done("这一批已放弃，没有入库。")


def store(desk: Desk, by: str) -> None:
    if not desk.takable:
        demo_end.with_files_in_hand()
        return
    doubtful = [file for file in desk.files if file.doubtful]
    note = ""
    if len(doubtful) == 1 and doubtful[0].takes_away:
        st.caption("有 1 份会让已入库的数变为未报或 0，或让在库的件不再计，要先在它下面写明说明；这些核对意见会一直标注在数据上。")
    elif doubtful:
        alone = sum(file.takes_away for file in doubtful)
        label = "说明" if len(doubtful) == 1 else f"共同的说明（{len(doubtful)} 份里没有单独说明的都用它）"
        note = st.text_area(plain(label), placeholder="写明请核对的问题是怎么回事，例如：3 批次在检", help="说明随报送记录保存，不能删除")
        own = f"其中 {alone} 份会让已入库的数变为未报或 0，或让在库的件不再计，要在它下面单独写；" if alone and len(doubtful) > 1 else ""
        st.caption(plain(f"有 {len(doubtful)} 份要先写明说明；{own}这些核对意见会一直标注在数据上。"))
    demo_end.with_files_in_hand()
    refers = two_steps.refers(running.caller())
    if refers:
        st.caption("这里的报表由审核员审核以后才入库，才计入看板。")
    if not st.button(plain(f"{'送审' if refers else '入库'} {len(desk.takable)} 份"), type="primary", icon=":material/save:"):
        return
    if not by.strip():
        st.warning("请先在上面写明报送人。")
        return
    with faults.shown():
        notes = {file.key: st.session_state.get(dropped.note_key(file), "") for file in doubtful}
        try:
            stored = desk.accept(by.strip(), note, notes)
        except OutdatedError as fault:
            faults.show(fault)
            st.button("重新读取", icon=":material/refresh:")  # any run of the page reads what the store has changed
            return
        if refers:
            confirmations.done(f"已送审 {len(stored)} 份报表，等审核员审核；审核了没有、有没有退回，在「审核」页看。")
        warmth.keep_ready()
        confirmations.done(f"已入库 {len(stored)} 份报表，看板已经更新。报错了，在「报送记录」点开那一份撤回。")


frame.fragment(frame.opened(frame.view()))
desk = desks.desk()
demo_end.before_import(in_hand=bool(desk.files))
notices = session.bureau().store.notices
for notice in gaps(notices):
    st.warning(plain(f"请处理：{notice}"), icon=":material/warning:")
for notice in repairs(notices):
    st.info(plain(f"已修复：{notice}"), icon=":material/build:")
inbox_offer.offer(desk)
setup_offer.offer(desk)
take(desk)
messages = st.container()  # a place of their own, so that the rest stays where it is when they go
ready = progress.all_read(desk)
if ready:
    desks.address(desk)  # which of the files a draft keeps is known once they are read
    with messages:
        desks.say_what_was_lost()
        confirmations.say_what_was_done()
        progress.offer_rest(desk)
if not desk.files:
    st.caption("支持 Excel、WPS、CSV 和网页另存的表格，原来的版式也可以。先读取和核对，确认后才入库；有问题的文件不改动任何数据。")
elif ready:
    show(desk)
question_forms.remembered()
blank_sheets.offer()
