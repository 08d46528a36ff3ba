"""The first start: nothing is stored yet, so offer a way to something."""

import streamlit as st

from kpi.access.roles import Right
from kpi.demo.fill import fill
from pages.widgets import frame, running, session, warmth
from pages.widgets.plain import plain


def show() -> None:
    """Offer the demonstration data, or the way to the first sheet."""
    frame.fragment(frame.head(frame.view()))
    st.header("欢迎使用市场监管指标看板，还没有任何数据。", anchor=False)
    defines = running.caller().may(Right.DEFINE)
    if not running.caller().may(Right.SUBMIT):
        st.write("等科室报送以后再来看。")
        return
    st.write("可以先装入一套演示数据看看效果；要看本局的数，从科室现有的报表建局，半天就有本局的看板。已有指标目录的，直接导入科室报表。")
    with st.container(horizontal=True, vertical_alignment="center"):
        wanted = st.button("装入演示数据", type="primary", icon=":material/play_arrow:")
        if defines:
            st.page_link("admin/setup_page.py", label="从报表建局", icon=":material/domain_add:")
        st.page_link("filing/imports.py", label="去导入报表", icon=":material/upload_file:")
    if wanted:
        bar = st.progress(0.0, "正在准备演示报表…")

        def tell(done: int, total: int, what: str) -> None:
            bar.progress(done / total, plain(f"{what}：{done} / {total} 份"))

        fill(session.bureau(), tell)
        warmth.keep_ready()
        st.rerun()
    st.caption("演示数据是虚构的，走与正式报表相同的导入流程；看完以后在「报表导入」清空演示数据，再导入正式报表。")
