"""总结生成：由库里的数写成工作总结，预览、下载 Word 文件；或填好本局自己的文稿模板。"""

from contextlib import suppress

import streamlit as st

from kpi.errors import RequestError, StoreError
from kpi.papers.writing.summary_paper import handed_out
from kpi.papers.writing.summary_text import Summary
from kpi.papers.writing.template_filling import fill_template
from pages.bodies import summary_opening
from pages.choices import CHOICES
from pages.view import View
from pages.widgets import faults, frame, meeting_papers, session
from pages.widgets.plain import plain

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def hide_more(view: View) -> None:
    """Take what a public version is not to state besides; the address keeps it."""
    names = {option.value: option.label for option in CHOICES["code"].options({})}
    named = [code for code in summary_opening.hidden_by_name(view) if code in names]

    def keep() -> None:
        st.query_params["hide"] = ",".join(st.session_state["summary_hide"])

    st.multiselect(
        "另外不公开的指标或数据项",
        list(names),
        default=named,
        format_func=lambda code: plain(names[code]),
        key="summary_hide",
        placeholder="点开选择，或输入名称查找",
        on_change=keep,
    )


def download(summary: Summary) -> None:
    """Offer the Word file of what is previewed; a public version is put on record as it is taken."""
    bureau = session.bureau()
    with st.container(horizontal=True, vertical_alignment="center"):
        listed = not summary.public and st.checkbox("后面附来源清单", key="summary_sources")
        st.download_button(
            "下载 Word 文件",
            data=lambda: handed_out(bureau, summary, with_sources=listed),
            file_name=f"{summary.title}{'（公开版）' if summary.public else ''}.docx",
            mime=WORD,
            icon=":material/download:",
            on_click="ignore",
        )


def own_template(view: View) -> None:
    """Take a Word file of the bureau's own, and offer it with its placeholders filled."""
    with st.expander("用本局自己的文稿模板", icon=":material/description:"):
        st.write(plain("在本局的 Word 文件里，要填数的地方写 {{食品抽检合格率}} 这样的名称或代码，上传后换成数，其余一律不动。"))
        st.caption(
            plain("{{名称:带单位}} 连单位一起写，{{名称:同比}} 写同比增长或下降多少，{{名称:截止日}} 写数据截止日；{{年份}}年{{月份}}月、{{单位}} 也可以用。")
        )
        uploaded = st.file_uploader("文稿模板", type=["docx"], key="summary_template")
        if uploaded is None:
            return
        with faults.shown():
            filled = fill_template(session.bureau(), uploaded.getvalue(), uploaded.name, view.period, view.span, view.org)
            st.success(plain(filled.words))
            st.download_button("下载填好的文件", data=filled.content, file_name=f"已填_{uploaded.name}", mime=WORD, on_click="ignore")


view = frame.view()
frame.fragment(frame.opened(view))
if summary_opening.is_public(view):
    hide_more(view)
with suppress(RequestError, StoreError):  # the opening has said why there is no summary
    summary = summary_opening.summary_of(view)
    download(summary)
    if summary.public:
        frame.soft("本局自己的模板、会议材料、报表和上级的表都填内部版的数，切换到内部版下载。")
    else:
        own_template(view)
        meeting_papers.offer(view)
    frame.fragment(summary_opening.preview(view, summary))
