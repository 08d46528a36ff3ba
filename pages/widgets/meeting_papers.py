"""The other papers of a month beside its summary: the slides of the meeting, the report workbook, a superior's form filled."""

from collections.abc import Callable

import streamlit as st

from kpi.meeting import editions
from kpi.papers.writing import report_book, slides
from kpi.papers.writing.superior_form import FilledForm, filled_form
from kpi.period import Span
from kpi.workbook.writing.styles import MEDIA_TYPE
from pages.view import View
from pages.widgets import faults, session
from pages.widgets.plain import plain

_NOW = "现在的数"


def offer(view: View) -> None:
    """Offer the slides and the report workbook of a month, of now or of an edition; take a superior's form and offer it filled."""
    with st.expander("会议材料、报表", icon=":material/slideshow:"):
        st.write(plain("会议材料一页一件事，未达标的在前，图可以在 PowerPoint、WPS 里编辑；报表有看板、同比、历月、勾稽和每个数的来源。都写本年累计。"))
        codes = [issue.edition.code for issue in editions.editions(session.bureau(), view.period, view.org) if issue.edition.span is Span.YTD]
        chosen = st.selectbox("按哪一版的数", [_NOW, *dict.fromkeys(codes)], key="meeting_papers_edition") if codes else _NOW
        edition = None if chosen == _NOW else chosen
        bureau = session.bureau()
        asked = (bureau, view.period, view.org, view.office, edition)
        with st.container(horizontal=True):
            _download("下载会议材料", lambda: slides.slides(*asked), f"会议材料_{view.period}.pptx", slides.MEDIA_TYPE)
            _download("下载报表", lambda: report_book.report_book(*asked), f"报表_{view.period}.xlsx", MEDIA_TYPE)
    with st.expander("填好上级的表", icon=":material/table_view:"):
        st.write(plain("上传上级要的 .xlsx，写着数据项或指标名称的行和列按库里的数填好，单位照表上的换算，公式和其余内容一律不动。"))
        replace = st.checkbox("格里已写有的也换成库里的数", key="superior_replace")
        uploaded = st.file_uploader("上级的表", type=["xlsx", "xlsm"], key="superior_form")
        if uploaded is not None:
            with faults.shown():
                _filled(uploaded.name, filled_form(session.bureau(), uploaded.name, uploaded.getvalue(), view.period, view.org, replace=replace))


def _filled(name: str, form: FilledForm) -> None:
    st.success(plain(form.words))
    _download("下载填好的表", lambda: form.data, f"已填_{name}", MEDIA_TYPE)
    if form.unfilled:
        listed = [{"单元格": str(cell.place), "要填的": cell.name, "没有填的原因": cell.reason} for cell in form.unfilled]
        st.dataframe(listed, hide_index=True)


def _download(label: str, data: Callable[[], bytes], name: str, media_type: str) -> None:
    st.download_button(plain(label), data=data, file_name=name, mime=media_type, icon=":material/download:", on_click="ignore")
