"""Fill-in sheets to take away: of an office for a month, or of all of them at once, with last month and last year printed in where asked."""

import streamlit as st

from kpi.filing.blank_books import blank_book, blank_books
from kpi.period import Month
from kpi.workbook.writing.styles import MEDIA_TYPE
from pages.widgets import filings, running, session


def offer() -> None:
    """Let the user choose an office and a month and download its empty sheet, or those of all offices."""
    bureau, caller = session.bureau(), running.caller()
    catalog = bureau.catalog
    names = {office.name: code for code, office in catalog.offices.items()}
    own = list(names.values()).index(caller.office) if caller.office in catalog.offices else 0
    known, due = filings.months_to_fill()
    choices = [str(month) for month in known]
    st.header("下载空白报表", anchor=False)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        leaves = {catalog.orgs[code].name: code for code in catalog.leaves(caller.org or catalog.root)}
        org = str(st.selectbox("单位", list(leaves), key="blank_org", width=220)) if catalog.branched else ""
        office = st.selectbox("科室", list(names), index=own, key="blank_office", width=220)
        month = st.selectbox(
            "期间", choices, index=choices.index(str(due)), key="blank_period", format_func=lambda month: Month.parse(month).chinese, width=170
        )
        period = Month.parse(str(month))
        st.download_button(
            "下载报表",
            data=lambda: blank_book(bureau, leaves.get(org), names[office], period, prefill=prefill),
            file_name=f"{org}{'_' if org else ''}{period}_{catalog.offices[names[office]].template}.xlsx",
            mime=MEDIA_TYPE,
            icon=":material/download:",
            on_click="ignore",
        )
        st.download_button(
            "全部科室（zip）",
            data=lambda: blank_books(bureau, [leaves[org]] if org else [catalog.root], period, prefill=prefill),
            file_name=f"{org}{'_' if org else ''}{period}_空白报表.zip",
            mime="application/zip",
            icon=":material/folder_zip:",
            on_click="ignore",
            key="blank_all",
        )
    prefill = st.checkbox(
        "预填上月和上年同期",
        key="blank_prefill",
        help="上年同期累计照在库的填好，可以改；最右一列「说明」印上月的数，供填的时候对照，不用动",
    )
