"""The form with which a follow-up is opened (交办): whose it is, until when, what is promised, in which steps."""

from collections.abc import Callable
from datetime import timedelta

import streamlit as st

from kpi.meeting import follow_up_fields, follow_up_opening
from kpi.meeting.follow_up_opening import Assignment
from kpi.meeting.occasion import Occasion
from kpi.store import clock
from kpi.store.follow_up import FollowUp
from pages.bodies.follow_up_wanted import WantedMatter
from pages.choices import MATTERS
from pages.view import View
from pages.widgets import confirmations, faults, session
from pages.widgets.plain import plain
from pages.widgets.signer import signed

_USUAL = timedelta(30)  # until when, until somebody chooses
_NO_INDICATOR = "没有，由领导签字办结"


def on_matter(view: View, matter: WantedMatter) -> None:
    """Open what the address asks for."""
    form = "-".join(["open", *filter(None, map(view.get, MATTERS))])
    key = confirmations.form_key(form)
    with st.form(f"{key}-form"):
        offered: dict[str, str] = st.session_state.get(f"{key}-offered", {})  # one that was chosen and has recovered since is refused, not left out
        indicators = st.session_state[f"{key}-offered"] = offered | {name: code for code, name in matter.recovering}
        chosen = str(st.selectbox("哪个指标恢复就算办好", [_NO_INDICATOR, *indicators], key=f"{key}-indicator")) if indicators else ""
        given = _fields(key, matter.office, matter.unit, promises=matter.promises)
        if not st.form_submit_button("登记督办", type="primary"):
            return
        with faults.shown():
            indicator = indicators.get(chosen)
            unit = session.bureau().catalog.indicators[indicator].unit if indicator else matter.unit
            _done(view, matter.open(session.bureau(), given(unit), _occasion(view, key), indicator), form)


def on_problem(view: View) -> None:
    """Open a problem of the summary in free words."""
    key = confirmations.form_key("problem")
    with st.expander("登记总结中的问题", icon=":material/add_task:"), st.form(f"{key}-form", border=False):
        words = st.text_area("总结里怎样写", key=f"{key}-words", placeholder="如：整改 2 项完成 1 项，预计 12 月完成")
        with st.container(horizontal=True):
            total = st.number_input("共几项（没有数就不写）", 0, value=None, key=f"{key}-total")
            done = st.number_input("已完成几项", 0, value=None, key=f"{key}-done")
        given = _fields(key, "", "", promises=False)
        if not st.form_submit_button("登记督办", type="primary"):
            return
        with faults.shown():
            count = None if total is None else (int(total), int(done or 0))
            opened = follow_up_opening.open_on_problem(session.bureau(), words, view.period, given(""), _occasion(view, key), view.org, count)
            _done(view, opened, "problem")


def _fields(key: str, office: str, unit: str, *, promises: bool) -> Callable[[str], Assignment]:
    """Ask for the assignment; what is returned gives it, once the unit of the promised value is known, and refuses what cannot be read."""
    offices = session.bureau().catalog.offices
    codes = list(offices)
    with st.container(horizontal=True):
        signed("登记人", f"{key}-by")
        chosen = st.selectbox("责任科室", codes, codes.index(office) if office in codes else None, lambda code: plain(offices[code].name), key=f"{key}-office")
        person = st.text_input("责任人", key=f"{key}-person")
        due = st.date_input("完成期限", value=clock.today() + _USUAL, format="YYYY-MM-DD", key=f"{key}-due")
    with st.container(horizontal=True):
        promise = st.text_input("答应什么", key=f"{key}-promise", placeholder="如：12 月补检 40 批次")
        value = st.text_input(plain(f"答应达到的数（{f'{unit}，' if unit else ''}可以不写）"), key=f"{key}-value") if promises else ""
    steps = st.text_area("步骤，一行一步，末尾可以写日期", key=f"{key}-steps", placeholder="如：通报检验结果 2023-12-10")
    return lambda unit: Assignment(
        str(chosen or ""), person, due, promise=promise, promised=follow_up_fields.value_of(value, unit), steps=follow_up_fields.steps_of(steps)
    )


def _occasion(view: View, key: str) -> Occasion:
    return Occasion(str(st.session_state[f"{key}-by"]), view.get("edition"), clock.now())


def _done(view: View, opened: FollowUp, form: str) -> None:
    """Show the follow-up that was opened, and say so."""
    kept = {key: word for key, word in view.values.items() if key not in (*MATTERS, "row")}
    st.query_params.from_dict(kept | {"row": str(opened.seq)})
    confirmations.done(
        f"已登记第 {opened.seq} 号督办：{opened.title}，{session.office_name(opened.office)} {opened.person}，{opened.due.isoformat()} 前。", form=form
    )
