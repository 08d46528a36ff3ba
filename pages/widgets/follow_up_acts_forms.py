"""What can be entered about a follow-up (督办): progress, another day, steps, a leader's signature; each a form behind its button."""

from collections.abc import Callable

import streamlit as st

from kpi.access.roles import Right
from kpi.meeting import follow_up_acts, follow_up_fields
from kpi.meeting.occasion import Occasion
from kpi.present.follow_up_slip import Slip
from kpi.store import clock
from kpi.store.follow_up_entry import FollowUpEntry
from pages.widgets import confirmations, faults, running, session
from pages.widgets.plain import plain
from pages.widgets.signer import signed

Entering = Callable[[Occasion], FollowUpEntry]


def acts(slip: Slip, edition: str) -> None:
    """The buttons of a follow-up as it stands; ``edition`` is the code of the meeting in which they are pressed, empty outside one."""
    closed, waiting = slip.status.closed, any(not step.done for step in slip.steps)
    meets, signs = running.caller().may(Right.MEET), running.caller().may(Right.SIGN)
    with st.container(horizontal=True):
        _act(slip, edition, "重新督办…", ":material/restart_alt:", _reopen, offered=closed and meets)
        _act(slip, edition, "登记进展…", ":material/edit_note:", _progress, offered=not closed and meets)
        _act(slip, edition, "改期…", ":material/event:", _promise, offered=not closed and meets)
        _act(slip, edition, "完成一步…", ":material/check_circle:", _step, offered=not closed and waiting and meets)
        _act(slip, edition, "改回未完成…", ":material/undo:", _unmark, offered=not closed and any(step.done for step in slip.steps) and meets)
        _act(slip, edition, "增加一步…", ":material/add:", _more, offered=not closed and meets)
        _act(slip, edition, "领导签字办结…", ":material/draw:", _sign, offered=not closed and signs)


def _act(slip: Slip, edition: str, label: str, icon: str, fields: Callable[[Slip, str], Entering], *, offered: bool) -> None:
    """
    A form of its own: who, the fields of the act, and what is done with them; a refusal stands below it.

    One that is offered no more, because somebody else was quicker, is drawn once more where it is just handed in: with what
    was typed and the sentence that refuses it.
    """
    form = f"follow-up-{fields.__name__.strip('_')}-{slip.number}"
    key = confirmations.form_key(form)
    if not (offered or st.session_state.get(f"{key}-button")):
        return
    with st.popover(plain(label), icon=icon, key=f"{key}-popover"), st.form(f"{key}-form", border=False):
        by = signed("姓名", f"{key}-by")
        enter = fields(slip, key)
        if not st.form_submit_button("登记", type="primary", key=f"{key}-button"):
            return
        with faults.shown():
            entry = enter(Occasion(by, edition, clock.now()))
            confirmations.done(f"第 {slip.number} 号督办：{entry.act.chinese}已登记，记为日志第 {entry.seq} 号。", form=form)


def _progress(slip: Slip, key: str) -> Entering:
    words = st.text_area("办到哪一步", key=f"{key}-words")
    total = slip.follow_up.matter.total
    completed = st.number_input(plain(f"{total} 项中已完成几项"), 0, total, value=None, key=f"{key}-completed") if total is not None else None
    count = None if completed is None else int(completed)
    return lambda occasion: follow_up_acts.add_progress(session.bureau(), slip.number, words, occasion, count)


def _promise(slip: Slip, key: str) -> Entering:
    due = st.date_input("新的期限", value=max(slip.due, clock.today()), format="YYYY-MM-DD", key=f"{key}-due")
    reason = st.text_input("原因", key=f"{key}-reason", help="原因一直留在记录里；到现在为止逾期过的，改期以后仍然写明。")
    promise = st.text_input("改为答应什么（不变就不写）", key=f"{key}-promise")
    value = st.text_input(plain(f"改为答应达到的数（{slip.unit or '数'}，不变就不写）"), key=f"{key}-value") if slip.follow_up.matter.indicator else ""
    return lambda occasion: follow_up_acts.promise_anew(
        session.bureau(), slip.number, due, reason, occasion, promise or None, follow_up_fields.value_of(value, slip.unit)
    )


def _step(slip: Slip, key: str) -> Entering:
    number = _picked(slip, key, done=False)
    words = st.text_input("怎样完成的（可以不写）", key=f"{key}-words")
    return lambda occasion: follow_up_acts.mark_step(session.bureau(), slip.number, number, occasion, words)


def _unmark(slip: Slip, key: str) -> Entering:
    number = _picked(slip, key, done=True)
    words = st.text_input("为什么还没有完成", key=f"{key}-words")
    return lambda occasion: follow_up_acts.mark_step(session.bureau(), slip.number, number, occasion, words, done=False)


def _picked(slip: Slip, key: str, *, done: bool) -> int:
    """The number of a step, the first that is done or is not; all can be picked, for another one must not take the place of one just done."""
    steps = {step.number: f"第 {step.number} 步：{step.words}" for step in slip.steps}
    first = next((place for place, step in enumerate(slip.steps) if bool(step.done) is done), 0)
    return st.selectbox("哪一步", list(steps), first, format_func=lambda number: plain(steps[number]), key=f"{key}-step")


def _more(slip: Slip, key: str) -> Entering:
    words = st.text_input("做什么", key=f"{key}-words")
    dated = st.toggle("有日期", key=f"{key}-dated")
    due = st.date_input("哪一天以前", value=max(slip.due, clock.today()), format="YYYY-MM-DD", key=f"{key}-due", help="没有打开「有日期」的，不计日期。")
    return lambda occasion: follow_up_acts.add_step(session.bureau(), slip.number, words, occasion, due if dated else None)


def _sign(slip: Slip, key: str) -> Entering:
    st.write("指标没有恢复，或者没有指标可看，由领导签字办结；姓名和理由一直留在记录里。")
    reason = st.text_input("理由", key=f"{key}-reason")
    return lambda occasion: follow_up_acts.sign(session.bureau(), slip.number, reason, occasion)


def _reopen(slip: Slip, key: str) -> Entering:
    due = st.date_input("新的期限", value=max(slip.due, clock.today()), format="YYYY-MM-DD", key=f"{key}-due")
    reason = st.text_input("理由", key=f"{key}-reason")
    return lambda occasion: follow_up_acts.reopen(session.bureau(), slip.number, reason, occasion, due)
