"""报表导入：把科室报表拖进来，核对后入库，每个数都记得来自哪个单元格。"""

from collections import Counter
from collections.abc import Sequence

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from kpi.intake import Change, Outcome, Prepared, Upload, accept, prepare
from kpi.present import numbers
from pages.widgets import blank_sheets, filings, frame, session, tables, warmth

SAID = {
    Outcome.READY: ("●", "可以入库"),
    Outcome.NEEDS_CONFIRMATION: ("▲", "说明后可以入库"),
    Outcome.REJECTED: ("■", "需要修改"),
    Outcome.UNCHANGED: ("○", "与已入库的相同"),
}


def prepared(files: Sequence[UploadedFile]) -> list[Prepared]:
    """Read and check the files once; again only when they or the data have changed."""
    key = (session.bureau().store.version, tuple(file.file_id for file in files))
    if st.session_state.get("prepared_for") != key:
        bar = st.progress(0.0, "正在读取报表…")
        uploads = [Upload(file.name, file.getvalue()) for file in files]

        def tell(done: int) -> None:
            bar.progress(done / len(uploads), f"已读取 {done} / {len(uploads)} 份")

        st.session_state["prepared"] = prepare(session.bureau(), uploads, progress=tell)
        st.session_state["prepared_for"] = key
        bar.empty()
    answers: list[Prepared] = st.session_state["prepared"]
    return answers


def change_line(change: Change) -> dict[str, object]:
    measure = session.bureau().catalog.measures[change.measure]
    old = "（没有）" if change.old is None else numbers.stated(change.old, measure.unit)
    return {"数据项": measure.name, "列": change.column.chinese, "已入库": old, "这一份": numbers.stated(change.new, measure.unit)}


def file(answer: Prepared) -> None:
    shape, said = SAID[answer.status]
    with st.expander(f"{shape} {said}：{answer.file}", expanded=answer.status not in (Outcome.READY, Outcome.UNCHANGED)):
        st.write(answer.message)
        if answer.findings:
            tables.wrapped([filings.finding_line(finding) for finding in answer.findings], "核对意见")
        if answer.changes:
            st.caption(f"与已入库的相比，有 {len(answer.changes)} 个数不同：")
            tables.records([change_line(change) for change in answer.changes], "变动")


def store(answers: Sequence[Prepared]) -> None:
    takable = [answer for answer in answers if answer.status in (Outcome.READY, Outcome.NEEDS_CONFIRMATION)]
    doubtful = sum(answer.status is Outcome.NEEDS_CONFIRMATION for answer in takable)
    if not takable:
        return
    by = st.text_input("报送人", key="by", persist_state="session", placeholder="姓名", width=240)
    note = st.text_area("说明", placeholder="写明请核对的问题是怎么回事，例如：3 批次在检", help="说明随报送记录保存，不能删除") if doubtful else ""
    if doubtful:
        st.caption(f"有 {doubtful} 份要先写明说明；这些核对意见会一直标注在数据上。")
    ready = bool(by.strip()) and (not doubtful or bool(note.strip()))
    if st.button(f"入库 {len(takable)} 份", type="primary", disabled=not ready, icon=":material/save:"):
        stored = accept(session.bureau(), takable, by.strip(), note.strip())
        warmth.keep_ready()
        st.session_state["stored"] = f"已入库 {len(stored)} 份报表，看板已经更新。"
        del st.session_state["prepared"], st.session_state["prepared_for"]
        st.session_state["batch"] = st.session_state.get("batch", 0) + 1  # a new uploader, empty
        st.rerun()


known = session.periods()
with frame.head("报表导入"):
    pass
st.subheader(f"已有 {known[0].chinese}到 {known[-1].chinese}的数据。" if known else "还没有任何数据，导入第一批报表即可。", anchor=False)
for notice in session.bureau().store.notices:
    st.info(notice, icon=":material/build:")
if message := st.session_state.pop("stored", None):
    st.success(message, icon=":material/check:")
files = st.file_uploader("把一个或多个科室的报表拖到这里，可以一次放入很多份", accept_multiple_files=True, key=f"files-{st.session_state.get('batch', 0)}")
if files:
    answers = prepared(files)
    counts = Counter(answer.status for answer in answers)
    st.subheader(f"收到 {len(answers)} 份：{'，'.join(f'{counts[s]} 份{SAID[s][1]}' for s in SAID if counts[s])}。", anchor=False)
    for answer in answers:
        file(answer)
    store(answers)
else:
    st.caption("支持 Excel、WPS、CSV 和网页另存的表格，原来的版式也可以。先读取和核对，确认后才入库；有问题的文件不改动任何数据。")
blank_sheets.offer()
