"""Meeting notes (会议记录): what was decided or noted, beside the edition and the month that were shown; a decision may become a follow-up."""

from kpi.access.audit import Audited
from kpi.access.roles import Right
from kpi.bureau import Bureau, LiveBureau
from kpi.errors import RequestError
from kpi.meeting.occasion import Occasion, node_of, only_fictional
from kpi.period import Month
from kpi.store.edition import spelled
from kpi.store.meeting_note import MeetingNote, NoteKind
from kpi.workbook.personal.masking import mask_numbers


def keep_note(bureau: LiveBureau, kind: NoteKind, words: str, period: Month, occasion: Occasion, org: str | None = None) -> MeetingNote:
    """
    Log what was decided or noted in a meeting.

    Args:
        bureau: The bureau.
        kind: A decision or a note.
        words: What was said.
        period: The month of the board.
        occasion: Who writes it down, when, beside which edition.
        org: Whose board, the root's unless told.

    Returns:
        The note with its number.

    Raises:
        DeniedError: The caller may not write down what a meeting of the organisation says.
        RequestError: Nothing is said, nobody is named, or there is no such edition or organisation.
        StoreError: The store cannot take it.

    """
    node, refusal = node_of(bureau, org), f"会议{kind.chinese}没有登记："
    bureau.require(Right.MEET, node)
    if not words.strip():
        raise RequestError(f"{refusal}没有写内容；请写明会上怎样说。")
    by, code = occasion.named(bureau, refusal, "记录人"), occasion.code(bureau)
    demo = bool(code) and only_fictional(bureau)
    note = bureau.store.follow(MeetingNote(kind, period, mask_numbers(words.strip()), by, occasion.at, code, node, demo))
    bureau.note_done(Audited.MEETING, f"会议{kind.chinese}第 {note.seq} 号")
    return note


def notes(bureau: Bureau, period: Month | None = None, org: str | None = None, edition: str = "") -> list[MeetingNote]:
    """The notes that the caller may read in the order in which they were written: of a month, an organisation or an edition where asked."""
    meant = bureau.catalog.meant
    asked = [note for note in bureau.store.meeting_notes(period) if org in (None, meant(note.org)) and bureau.sees(meant(note.org))]
    return [note for note in asked if not edition or spelled(note.edition) == spelled(edition)]


def find_decision(bureau: Bureau, number: int) -> MeetingNote:
    """
    The decision with a number of the log.

    Raises:
        RequestError: There is none.

    """
    for note in bureau.store.meeting_notes():
        if note.seq == number and note.kind is NoteKind.DECISION:
            return note
    raise RequestError(f"没有第 {number} 号会议决定；请在会议记录中核对编号，普通的记录不能转为督办。")
