"""会议记录和决定：会上随手写下，记在选定的会议版旁边。"""

import streamlit as st

from kpi.meeting.meeting_notes import keep_note
from kpi.meeting.occasion import Occasion
from kpi.store import clock
from kpi.store.meeting_note import NoteKind
from pages.bodies import meeting_note_list
from pages.view import View
from pages.widgets import confirmations, faults, frame, session
from pages.widgets.signer import signed

KINDS = {kind.chinese: kind for kind in (NoteKind.DECISION, NoteKind.MINUTE)}
FORM = "meeting-note"


def draw(view: View, *, writes: bool) -> None:
    """What was noted and decided, and for who may write a form for more of it."""
    frame.fragment(meeting_note_list.section(view))
    if not writes:
        return
    key = confirmations.form_key(FORM)
    with st.form(f"{key}-form"):
        words = st.text_area("会上怎样说", placeholder="如：食品抽检合格率由食品科 12 月底前补上", height=80, key=f"{key}-words")
        with st.container(horizontal=True):
            kind = KINDS[str(st.radio("写的是", list(KINDS), horizontal=True, key=f"{key}-kind"))]
            by = signed("记录人", f"{key}-by")
        if not st.form_submit_button("记下"):
            return
    with faults.shown():
        note = keep_note(session.bureau(), kind, words, view.period, Occasion(by, view.get("edition"), clock.now()), view.org)
        more = "；点它下面的「登记督办」，交给科室去办" if note.kind is NoteKind.DECISION else ""
        confirmations.done(f"会议{note.kind.chinese}已记下，记为日志第 {note.seq} 号{more}。", form=FORM)
