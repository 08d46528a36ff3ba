"""建局：放入各科室的报表，逐条确认读出来的建议，生成本局的指标目录，再把这些报表入库。"""

import streamlit as st

from kpi.access.roles import Right
from kpi.errors import KpiError
from kpi.setup.proposal import Proposal
from kpi.setup.proposal_groups import ASKED, OFFICES, asked, group
from kpi.setup.setting_up import SettingUp, setting_up
from kpi.setup.setup_catalog import refusal_to_set_up
from pages.bodies import proposal_tables
from pages.bodies.setup_opening import counts_of
from pages.view import View
from pages.widgets import confirmations, demo_end, faults, frame, progress, proposal_form, session, setup_end
from pages.widgets.plain import plain

_STOPPED = "setup-stopped"  # in the state of a visit: somebody stopped the reading
_DROPS = "setup-drops"  # in the state of a visit: how often something was dropped


def take(setup: SettingUp) -> None:
    """Let sheets be dropped, and survey those that are new."""
    with st.container():
        drops = st.session_state.setdefault(_DROPS, 0)
        files = st.file_uploader("把各科室的报表拖到这里，一个月或几个月的都可以，越多说得越准", accept_multiple_files=True, key=f"setup-files-{drops}")
        frame.large_files()
        if files:
            st.session_state["setup-warnings"] = setup.put(session.bureau(), [(file.name, file.getvalue()) for file in files])
            st.session_state[_DROPS] = drops + 1
            st.rerun()
        for warning in st.session_state.get("setup-warnings", []):
            st.warning(plain(warning), icon=":material/warning:")
    if setup.unsurveyed:
        read(setup)


def read(setup: SettingUp) -> None:
    """Survey the sheets that are new; who stops it goes on later, or takes away what is not read."""
    bureau = session.bureau()
    if st.session_state.get(_STOPPED):
        left = setup.unopened
        st.warning(plain(f"已停止：还有 {len(left)} 份没有读，都留在这里；建议等读完才有。"), icon=":material/pause_circle:")
        with st.container(horizontal=True):
            goes_on = st.button("继续读取", icon=":material/play_arrow:")
            removes = st.button("移除没有读的", icon=":material/delete:")
        if removes:
            setup.remove(bureau, left)
        if goes_on or removes:
            del st.session_state[_STOPPED]
            st.rerun()
        return
    st.button("停止读取", icon=":material/stop_circle:", on_click=_stop)
    setup.look(bureau, progress.counted("正在读取报表"))
    st.rerun()


def _stop() -> None:
    """Read no further in this visit; what was read is not read again."""
    st.session_state[_STOPPED] = True


def sheets(setup: SettingUp) -> None:
    """The sheets that lie there, those that give nothing first, and a way to take some away."""
    for sentence in setup.unread:
        st.warning(plain(sentence), icon=":material/warning:")
    bad = [file.key for file in setup.files if file.key in setup.state.unread]
    with st.expander(plain(f"放入的 {len(setup.files)} 份报表"), icon=":material/folder_open:"):
        names = {file.key: file.name for file in setup.files}
        with st.form("setup-remove", border=False):
            chosen = st.multiselect("移除哪几份", list(names), default=bad, format_func=lambda key: plain(names[key]), placeholder="点开选择，或输入名称查找")
            if st.form_submit_button("移除", icon=":material/delete:") and chosen:
                setup.remove(session.bureau(), chosen)
                st.rerun()


def proposals(view: View, setup: SettingUp) -> None:
    """What is proposed: buttons for all, the proposal that is opened or asked next, and the tables."""
    draft, bureau = setup.draft, session.bureau()
    counts, part = counts_of(draft), view.get("part")
    shown = group(draft, part)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if counts.certain and st.button(
            plain(f"有把握的 {counts.certain} 条全部接受"), type="primary", icon=":material/done_all:", help="数证明的和表上写明的；要问的、没有说定的率不在内"
        ):
            setup.accept_certain(bureau)
            st.rerun()
        _of_part(setup, view)
        if part == OFFICES or (part == ASKED and _asks_due_day(setup)):
            _due_day(setup)
    opened = _opened(view, setup)
    tables = proposal_tables.tables(view, draft, shown, offices=part == ASKED)
    above = opened and (part == ASKED or proposal_tables.table_name(opened) not in {table.name for table in tables})
    if opened and above:
        proposal_form.show(view, setup, opened)
    for table in tables:
        if opened and not above and table.name == proposal_tables.table_name(opened):
            proposal_form.show(view, setup, opened)  # beside its row, however long the page is
        frame.fragment(proposal_tables.section(table))


def _of_part(setup: SettingUp, view: View) -> None:
    """Accept or refuse all that is open of what is looked at."""
    draft, bureau, part = setup.draft, session.bureau(), view.get("part")
    still = {proposal.key for proposal in draft.open}
    left = [proposal for proposal in group(draft, part).everything if proposal.key in still]
    questions = {proposal.key for proposal in asked(draft)}
    certain = [proposal for proposal in left if proposal.key not in questions]
    if certain and part not in (ASKED, OFFICES) and st.button(plain(f"只接受这里有把握的 {len(certain)} 条"), icon=":material/done:"):
        setup.accept_certain(bureau, certain)
        st.rerun()
    if left and part != OFFICES and st.button(plain(f"这里没有回答的 {len(left)} 条都不要"), icon=":material/remove_done:"):
        setup.refuse(bureau, [proposal.key for proposal in left])
        st.rerun()


def _asks_due_day(setup: SettingUp) -> bool:
    """Whether all offices are known, and nobody has said by which day they report."""
    offices = setup.draft.proposed.offices
    answers = [setup.draft.answers.get(office.key) for office in offices]
    return all(answers) and not any(answer and "due_day" in answer.changes for answer in answers)


def _due_day(setup: SettingUp) -> None:
    """One day by which all offices owe their sheets."""
    with st.form("setup-due-day", border=False), st.container(horizontal=True, vertical_alignment="bottom"):
        day = st.text_input("全部科室次月几日前报", value="5", width=200)
        if st.form_submit_button("都用这一天", icon=":material/event:"):
            with faults.shown():
                setup.due_day(session.bureau(), day)
                st.rerun()


def _opened(view: View, setup: SettingUp) -> Proposal | None:
    """The proposal that the address names, else the next that is asked about."""
    draft = setup.draft
    if key := view.get("row"):
        try:
            return draft.proposal(key)
        except KpiError as fault:
            faults.show(fault)
            return None
    return next(iter(asked(draft)), None) if view.get("part") == ASKED else None


def show() -> None:
    """The page, from the first sheet to the board."""
    view, bureau = frame.view(), session.bureau()
    frame.fragment(frame.opened(view))
    confirmations.say_what_was_done()
    bureau.require(Right.DEFINE)
    setup = setting_up(bureau)
    if why := refusal_to_set_up(bureau, None, setup):
        st.warning(plain(why), icon=":material/warning:")
        demo_end.before_setup()
    if setup.state.in_force is None:
        work(view, setup, generates=not why)
        return
    setup_end.in_force(setup)
    st.header("再放报表，改回答", anchor=False)
    work(view, setup, generates=not why)


def work(view: View, setup: SettingUp, *, generates: bool) -> None:
    """
    The steps as far as they can be gone.

    Args:
        view: What the page shows.
        setup: The setup.
        generates: Whether nothing stands against the catalogue.

    """
    take(setup)
    if setup.files:
        sheets(setup)
    if setup.state.draft is not None:
        first = setup.state.in_force is None and counts_of(setup.draft).unanswered == 0  # nothing is left to say: the next step stands first
        if first and generates:
            setup_end.generate(view, setup)
        proposals(view, setup)
        if generates and not first:
            setup_end.generate(view, setup)
    if setup.begun:
        setup_end.discard(setup)


show()
