"""Fill-in sheets to take away: one office and month at a time."""

import streamlit as st

from kpi.period import Month, months
from kpi.store import clock
from kpi.workbook.writing.styles import MEDIA_TYPE
from kpi.workbook.writing.template import write_template
from pages.widgets import running, session


def offer() -> None:
    """Let the user choose an office and a month and download its empty sheet."""
    catalog, caller = session.bureau().catalog, running.caller()
    names = {office.name: code for code, office in catalog.offices.items()}
    own = list(names.values()).index(caller.office) if caller.office in catalog.offices else 0
    choices, last = _months()
    st.header("下载空白报表", anchor=False)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        leaves = {catalog.orgs[code].name: code for code in catalog.leaves(caller.org or catalog.root)}
        org = str(st.selectbox("单位", list(leaves), key="blank_org", width=220)) if catalog.branched else ""
        office = st.selectbox("科室", list(names), index=own, key="blank_office", width=220)
        month = st.selectbox("期间", choices, index=choices.index(last), key="blank_period", format_func=lambda month: Month.parse(month).chinese, width=170)
        period = Month.parse(str(month))
        st.download_button(
            "下载报表",
            data=lambda: write_template(catalog, names[office], period, org=leaves.get(org)),
            file_name=f"{org}{'_' if org else ''}{period}_{catalog.offices[names[office]].template}.xlsx",
            mime=MEDIA_TYPE,
            icon=":material/download:",
            on_click="ignore",
        )


def _months() -> tuple[list[str], str]:
    """Months a sheet may be about, latest first, and the one that is due now."""
    known = session.periods()
    today = Month.of(clock.today())
    first = min([today.plus(-24), *known[:1]])
    return [str(month) for month in reversed(months(first, today))], str(known[-1].plus(1) if known and known[-1] < today else today.plus(-1))
