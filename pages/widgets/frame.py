"""The frame of every page: its fragments handed to the browser, and above them the navigation and what can be chosen."""

import zlib
from html import escape

import streamlit as st

from kpi.access.roles import Right
from kpi.present import arrival_words
from kpi.present.html.engine import render
from kpi.present.html.table import HtmlTable
from kpi.store.demonstration import Demonstration
from pages import site
from pages.bodies import BODIES, OPENINGS, TABLES, figure_panel, referral_opening, reminder_list
from pages.site import OVERVIEW
from pages.view import View
from pages.widgets import running, session

_VIEW = "view"
_OFFERED = {
    "meet": Right.MEET,
    "accept": Right.ACCEPT,
    "submit": Right.SUBMIT,
    "define": Right.DEFINE,
}  # by a word of the style sheet: links of pages that are kept for all are shown to who may follow them


def keep(view: View) -> None:
    """Keep what this run shows, for the page that is drawn next; and let the address say all of it."""
    st.session_state[_VIEW] = view
    if dict(st.query_params) != view.values:
        st.query_params.from_dict(dict(view.values))


def view() -> View:
    """What this run shows."""
    kept: View = st.session_state[_VIEW]
    return kept


def fragment(html: str) -> None:
    """Hand a fragment to the browser, where our script puts it in: the page library would filter its pictures out."""
    st.html(f"<div data-html>{escape(html, quote=False)}</div>")


def table(listed: HtmlTable) -> None:
    """Draw a table on a page that has more than one fragment."""
    fragment(render("table.html", table=listed))


def large_files() -> None:
    """The place where the browser says which files it did not send, because they are larger than the page library takes."""
    fragment(render("too_large.html", megabytes=st.get_option("server.maxUploadSize")))


def soft(sentence: str) -> None:
    """A sentence beside the matter, as text."""
    fragment(render("soft.html", sentence=sentence))


def drawn(shown: View) -> str:
    """All of a page that is read alone."""
    return navigation(shown) + zlib.decompress(session.kept(_packed, shown)).decode()


def _packed(shown: View) -> bytes:
    """A page as it is kept: a tenth of the memory, for a seventh of a millisecond at each visit."""
    return zlib.compress((_title(shown, worked=False) + BODIES[shown.page.path](shown)).encode(), level=1)


def opened(shown: View) -> str:
    """The head of a page with forms and buttons, and what is read above them; it is made anew each time, for some of it changes with the day."""
    return head(shown) + OPENINGS[shown.page.path](shown)


def head(shown: View, *, worked: bool = True) -> str:
    """
    Navigation, title and pickers.

    Args:
        shown: What the page shows.
        worked: Whether somebody may be at work on the page, so that new data must not draw it anew under their hands.

    """
    return navigation(shown) + _title(shown, worked=worked)


def navigation(shown: View) -> str:
    """The pages that the caller may open, and who that is; made anew for each, for pages are kept for several people."""
    caller = running.caller()
    tasks, listed = ("", "") if shown.page.path else reminder_list.brief(shown)  # on 总览, which is kept for several people
    return render(
        "navigation.html",
        view=shown,
        groups=site.groups(caller),
        bureau=session.bureau().catalog.bureau,
        person=caller.name,
        role=caller.role.value if caller.role else "",
        figures=caller.may(Right.READ),
        tasks=tasks,
        listed=listed,
        waits=0 if shown.page.path else referral_opening.to_decide(),
        operates=site.BY_PATH["status"].open_to(caller),
        lacks=" ".join(word for word, right in _OFFERED.items() if not caller.may(right)),
    )


def _title(shown: View, *, worked: bool) -> str:
    return render(
        "frame.html",
        view=shown,
        choices=shown.pickers if session.periods() or not shown.page.needs_data else (),
        about=" · ".join(about(shown)),
        demo=session.demonstration() if shown.page.about_figures else Demonstration(0, 0),
        version=session.standing(),
        later=later_months(shown),
        export=f"/kpi/export/{shown.page.path or OVERVIEW}" if shown.page.path in TABLES and (session.periods() or not shown.page.about_figures) else "",
        panel=session.kept(figure_panel.panel, shown) if shown.get("figure") else "",
        kind="worked" if worked else "shown",
    )


def later_months(shown: View) -> list[tuple[str, str, str]]:
    """Of each later month that has begun to arrive how far it is, the words of the link to it, and its address."""
    usual = session.default_of(shown.values.get("org")) if session.periods() else None
    if usual is None or not shown.page.needs_data or shown.values.get("period") != str(usual.shown.month):
        return []
    return [
        (
            arrival_words.arrived(later.month, later.received, later.owed, usual.shown.month),
            arrival_words.look(later.month),
            shown.link(period=str(later.month)),
        )
        for later in reversed(usual.later)
    ]


def about(shown: View) -> list[str]:
    """Whose figures a page shows, and of which month, as far as it has one."""
    catalog = session.bureau().catalog
    edition = f"编号 {shown.get('edition')}" if "edition" in shown.page.choices and shown.get("edition") else ""
    return [words for words in (catalog.orgs[shown.org].name if catalog.branched else catalog.bureau, month(shown), edition) if words]


def month(shown: View) -> str:
    """The month in words; empty of a page or an address without one."""
    if shown.every_month:
        return "全部期间"
    return shown.period.chinese if any(picker.key == "period" for picker in shown.pickers) else ""
