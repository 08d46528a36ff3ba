"""审核：科室送审的报表，审核员看过改了哪些数、有什么核对意见，再入库或退回。"""

import streamlit as st

from kpi.filing import acceptance
from kpi.filing.acceptance import Waiting
from kpi.store.batch import Batch
from pages.bodies import filing_cells, referral_opening
from pages.widgets import confirmations, demo_end, faults, frame, session, warmth
from pages.widgets.plain import plain
from pages.widgets.signer import signed


def detail(waiting: Waiting) -> None:
    """What accepting would change, and what can be done."""
    referral = waiting.referral
    for report in referral.reports:
        report_of(report.batch)
    with st.container(horizontal=True, vertical_alignment="center"):
        if waiting.decides and referral.returned is None:
            accept(waiting)
            send_back(waiting)
        if waiting.forgets:
            forget(waiting)


def report_of(batch: Batch) -> None:
    """What a report would change, and what was said of it."""
    bureau = session.bureau()
    frame.soft(f"{session.called(batch.office, batch.org)} {batch.period.chinese}「{batch.file}」{f'，说明：{batch.note}' if batch.note else ''}")
    if changed := acceptance.changes_of(bureau, batch):
        frame.table(filing_cells.changes(changed, "现在", "审核入库会改的数", "还没有"))
    else:
        frame.soft("与在库的相比，没有改变任何数。")
    if batch.findings:
        frame.soft(f"{len(batch.findings)} 条核对意见：")
        frame.fragment(filing_cells.findings(batch.findings))


def accept(waiting: Waiting) -> None:
    code = waiting.referral.code
    with st.popover("审核入库…", icon=":material/check:"), st.form(f"accept-{code}", border=False):
        st.write(plain(f"{referral_opening.title(waiting.referral)}：入库以后计入看板，记录里写明谁送审、谁审核。"))
        demo_end.before_accepting()
        by = signed("审核人", f"accept-{code}-by")
        if not st.form_submit_button("确认入库", type="primary"):
            return
    with faults.shown():
        stored = acceptance.accept_referred(session.bureau(), code, by)
        warmth.keep_ready()
        confirmations.done(f"已审核入库 {len(stored)} 份报表，看板已经更新。")


def send_back(waiting: Waiting) -> None:
    code = waiting.referral.code
    if given := confirmations.confirmed("退回…", ":material/undo:", "退回给送审的人，写明要改什么；看板上的数不变。", f"return-{code}"):
        with faults.shown():
            acceptance.return_referred(session.bureau(), code, *given)
            confirmations.done("已退回，送审的人在这一页看得到理由。")


def forget(waiting: Waiting) -> None:
    known = waiting.referral.returned is not None
    if st.button("知道了" if known else "撤销送审", icon=":material/done:" if known else ":material/undo:"):
        with faults.shown():
            acceptance.forget_referred(session.bureau(), waiting.referral.code)
            confirmations.done("这一件不再列出。" if known else "已撤销送审，没有入库。")


view = frame.view()
frame.fragment(frame.opened(view))
confirmations.say_what_was_done()
listed = referral_opening.every()
if opened := referral_opening.chosen(view, listed):
    detail(opened)
if listed:
    frame.soft("点一行，看这一件会改哪些数。")
    frame.table(referral_opening.table(view, listed))
