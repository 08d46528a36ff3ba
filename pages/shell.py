"""
The script that every visit runs: the frame of the pages, and nothing of theirs.

No page is reachable but through here.  It lies in ``pages`` on purpose: a page beside the main script would be
served directly, past the application in front of it.
"""

from pathlib import Path

import streamlit as st
from streamlit.navigation.page import Page

from kpi.access.caller import DeniedError
from kpi.store.notice import gaps
from pages import view
from pages.site import BY_PATH, GROUPS, SitePage
from pages.view import View
from pages.widgets import demo_end, faults, frame, page_runs, session, welcome
from pages.widgets.plain import plain
from pages.widgets.running import caller

ICON = str(Path(__file__).parent / "widgets" / "icon.svg")  # a named symbol would be fetched from another host


def shown() -> None:
    """Draw a page that is read alone: all of it is one fragment."""
    frame.fragment(frame.drawn(frame.view()))


def page_of(page: SitePage) -> Page:
    """The page as the library knows it."""
    script = page.script or shown
    return st.Page(script, title=page.title, url_path=page.path, default=not page.path)


st.set_page_config(page_title="市场监管指标看板", page_icon=ICON, layout="wide")
pages = {group: [page_of(page) for page in listed] for group, listed in GROUPS.items()}
running = st.navigation(pages, position="hidden")
page = BY_PATH[running.url_path]
with page_runs.logged(page.title), faults.shown():
    if not page.open_to(caller()):
        frame.fragment(frame.navigation(View(page, {})))
        raise DeniedError(f"你的账号不能打开「{page.title}」；需要的，请管理员改角色。")
    frame.keep(view.read(page, st.query_params.to_dict()))
    demo_end.say_what_was_ended()
    if left_out := session.bureau().store.left_out:
        st.warning(plain(f"有 {left_out} 条记录缺失或不能计入，看到的数不全；是哪几条、怎么补，见「报表导入」。"), icon=":material/warning:")
    elif unmended := gaps(session.bureau().store.notices):
        st.warning(plain(f"数据目录有 {len(unmended)} 处需要处理，看到的数可能不全；是哪几处、怎么办，见「报表导入」。"), icon=":material/warning:")
    if page.needs_data and not session.periods():
        welcome.show()
    else:
        running.run()
