"""更正一个数: one figure of a submission in force, with the new one and the reason, handed in as a submission of its own."""

import streamlit as st

from kpi.access.roles import Right
from kpi.catalog.model import Catalog
from kpi.filing.corrections import correct, correctable
from kpi.filing.submissions import Record
from kpi.filing.two_steps import refers
from kpi.filing.web_form import LONGEST
from kpi.workbook.writing.template_cells import FormCell, cell_key
from pages.bodies import filing_cells
from pages.view import View
from pages.widgets import confirmations, demo_end, faults, frame, running, session, warmth
from pages.widgets.plain import plain
from pages.widgets.signer import signed


def offer(view: View, record: Record) -> None:
    """Let who may submit for the office correct a figure; the address may say which."""
    bureau, submission = session.bureau(), record.submission
    figures = correctable(bureau, submission)
    if not figures or not bureau.may(Right.SUBMIT, bureau.catalog.meant(submission.org), submission.office):
        return
    if lock := bureau.store.locked(submission.office, submission.period, submission.org):
        if not running.caller().may(Right.ACCEPT):  # else it is said where the submission could be taken back
            frame.soft(f"{submission.period.chinese}{filing_cells.decided(lock)}；解锁后才能更正。")
        return
    cells, form = list(figures), f"correct-{submission.seq}"
    asked = next((place for place, cell in enumerate(cells) if cell_key(cell) == view.get("cell")), None)
    with st.expander("更正一个数…", expanded=asked is not None, icon=":material/edit:"):
        place = st.selectbox(
            "哪个数",
            range(len(cells)),
            index=asked or 0,
            format_func=lambda at: plain(_called(bureau.catalog, cells[at], figures[cells[at]])),
            key=f"{form}-cell",
            width=620,
        )
        with st.form(confirmations.form_key(form), border=False):
            _ask(record, cells[place], form)


def _ask(record: Record, cell: FormCell, form: str) -> None:
    key = confirmations.form_key(form)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        text = st.text_input(
            "改为", key=f"{key}-text", width=200, max_chars=LONGEST[cell[1]], help="和表格里一样填：数字，或 未开展、不适用、在检、*；约数填 约100、3000余"
        )
        reason = st.text_input("理由", key=f"{key}-reason", width=420, help="理由一直留在记录里")
        by = signed("姓名", f"{key}-by", width=160)
    st.caption(plain(f"其他的数、截止日和备注照第 {record.submission.seq} 号不变；第 {record.submission.seq} 号留在记录里。"))
    demo_end.before_correcting()
    if not st.form_submit_button("确认更正", type="primary"):
        return
    with faults.shown():
        correction = correct(session.bureau(), record.submission.seq, cell, text, by, reason)
        if refers(running.caller()):
            confirmations.done("更正已送审，等审核员审核。", form=form)
        warmth.keep_ready()
        [stored] = correction.submissions
        left = f"有 {len(correction.findings)} 条核对意见，和更正的理由一起标注在数据上：" if correction.findings else ""
        confirmations.done(f"已更正，第 {stored.seq} 号代替第 {record.submission.seq} 号，看板已经更新。{left}", correction.findings, form)


def _called(catalog: Catalog, cell: FormCell, text: str) -> str:
    """A figure as the list names it: 商品煤合格批次 本年累计：44 批次."""
    measure = catalog.measures[cell[0]]
    return f"{measure.name} {cell[1].chinese}：{f'{text} {measure.unit}' if text else '未报'}"
