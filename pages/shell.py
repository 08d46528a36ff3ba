"""
The script that every visit runs: the frame of the pages, and nothing of theirs.

No page is reachable but through here.  It lies in ``pages`` on purpose: a page beside the main script would be
served directly, past the application in front of it.
"""

from pathlib import Path

import streamlit as st

from kpi.store.notice import gaps
from pages.widgets import cards, demo_end, faults, session, welcome
from pages.widgets.plain import plain

GROUPS = {
    "看板": [
        st.Page("review/overview.py", title="总览", icon=":material/dashboard:", default=True),
        st.Page("review/targets.py", title="未达标", icon=":material/flag:", url_path="targets"),
        st.Page("review/trends.py", title="趋势", icon=":material/show_chart:", url_path="trends"),
        st.Page("review/compare.py", title="同比", icon=":material/compare_arrows:", url_path="compare"),
        st.Page("review/offices.py", title="科室与单位", icon=":material/account_tree:", url_path="offices"),
    ],
    "填报": [
        st.Page("filing/imports.py", title="报表导入", icon=":material/upload_file:", url_path="imports"),
        st.Page("filing/submission_list.py", title="报送记录", icon=":material/history:", url_path="submissions"),
        st.Page("filing/who_reported.py", title="报送情况", icon=":material/fact_check:", url_path="completeness"),
        st.Page("filing/relation_checks.py", title="勾稽核对", icon=":material/rule:", url_path="quality"),
    ],
    "材料": [
        st.Page("meeting/edition_page.py", title="会议版", icon=":material/groups:", url_path="meeting"),
        st.Page("meeting/known_page.py", title="当时所知", icon=":material/manage_history:", url_path="known"),
    ],
    "说明": [st.Page("reference/indicator_list.py", title="指标口径", icon=":material/menu_book:", url_path="indicators")],
}
ICON = str(Path(__file__).parent / "widgets" / "icon.svg")  # a named symbol would be fetched from another host
NEEDS_DATA = {"quality", "meeting", "known", *(page.url_path for page in GROUPS["看板"])}

st.set_page_config(page_title="市场监管指标看板", page_icon=ICON, layout="wide")
st.logo(ICON)
cards.style()
page = st.navigation(GROUPS, expanded=True)  # else a thirteenth page would hide the last ones behind a button
with faults.shown():
    st.sidebar.caption(plain(session.bureau().catalog.bureau))
    demo_end.beside_pages()
    if left_out := session.bureau().store.left_out:
        st.warning(plain(f"有 {left_out} 条记录缺失或不能计入，看到的数不全；是哪几条、怎么补，见「报表导入」。"), icon=":material/warning:")
    elif unmended := gaps(session.bureau().store.notices):
        st.warning(plain(f"数据目录有 {len(unmended)} 处需要处理，看到的数可能不全；是哪几处、怎么办，见「报表导入」。"), icon=":material/warning:")
    if page.url_path in NEEDS_DATA and not session.periods():
        welcome.show()
    else:
        page.run()
