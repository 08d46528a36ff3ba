"""会议记录和决定：写在一个月的看板旁边；决定转为督办以后，写明办到哪一步。"""

from dataclasses import dataclass

from kpi.present.html.engine import render
from kpi.store.meeting_note import MeetingNote, NoteKind
from pages.bodies import follow_up_lines
from pages.bodies.follow_up_lines import Concern
from pages.view import View
from pages.widgets import follow_up_slips


@dataclass(frozen=True, slots=True)
class NoteLine:
    """What was noted or decided: by whom, when, beside which edition; and what a decision has become."""

    kind: str
    words: str
    written: str
    concern: Concern


def section(view: View) -> str:
    """The notes of the month, and the link with which the board is presented."""
    return render(
        "meeting_notes.html",
        notes=[_line(view, note) for note in follow_up_slips.notes(view.period, view.org)],
        wall=view.link("wall", row=None),
        presented=f"会议版 {view.get('edition')}" if view.get("edition") else "现在的看板",
    )


def _line(view: View, note: MeetingNote) -> NoteLine:
    concern = follow_up_lines.of_decision(view, note.seq) if note.kind is NoteKind.DECISION else Concern(())
    beside = f"，会议版 {note.edition}" if note.edition else ""
    return NoteLine(note.kind.chinese, note.words, f"第 {note.seq} 号，{note.by} {note.at:%Y-%m-%d %H:%M}{beside}", concern)
