"""Follow-ups, what happened to them, and meeting notes as rows of the database, on the way in and on the way out."""

from collections.abc import Sequence
from typing import Any

import pyarrow as pa

from kpi.period import Month
from kpi.store.follow_up import FollowUp, Matter, MatterKind, Step, decimal_of, text_of
from kpi.store.follow_up_entry import FollowUpAct, FollowUpEntry
from kpi.store.meeting_note import MeetingNote, NoteKind

FollowUpNoun = FollowUp | FollowUpEntry | MeetingNote  # what outlives the end of a demonstration, unless it rests on it

FOLLOW_UPS = pa.schema(
    [
        ("seq", pa.int64()),
        ("kind", pa.string()),
        ("period", pa.date32()),
        ("words", pa.string()),
        ("indicator", pa.string()),
        ("value", pa.string()),
        ("target", pa.string()),
        ("as_of", pa.date32()),
        ("relation", pa.string()),
        ("submission", pa.int64()),
        ("finding", pa.string()),
        ("place", pa.string()),
        ("total", pa.int32()),
        ("done", pa.int32()),
        ("note", pa.int64()),
        ("title", pa.string()),
        ("office", pa.string()),
        ("person", pa.string()),
        ("due", pa.date32()),
        ("opened_by", pa.string()),
        ("opened_at", pa.timestamp("us")),
        ("promise", pa.string()),
        ("promised", pa.string()),
        ("steps", pa.list_(pa.struct([("words", pa.string()), ("due", pa.date32())]))),
        ("edition", pa.string()),
        ("org", pa.string()),
        ("demo", pa.bool_()),
    ]
)
ENTRIES = pa.schema(
    [
        ("seq", pa.int64()),
        ("act", pa.string()),
        ("follow_up", pa.int64()),
        ("entered_by", pa.string()),
        ("entered_at", pa.timestamp("us")),
        ("words", pa.string()),
        ("due", pa.date32()),
        ("promise", pa.string()),
        ("promised", pa.string()),
        ("step", pa.int32()),
        ("done", pa.bool_()),
        ("completed", pa.int32()),
        ("edition", pa.string()),
        ("demo", pa.bool_()),
    ]
)
NOTES = pa.schema(
    [
        ("seq", pa.int64()),
        ("kind", pa.string()),
        ("period", pa.date32()),
        ("words", pa.string()),
        ("noted_by", pa.string()),
        ("noted_at", pa.timestamp("us")),
        ("edition", pa.string()),
        ("org", pa.string()),
        ("demo", pa.bool_()),
    ]
)


def row_of_follow_up(f: FollowUp) -> tuple[object, ...]:
    """A follow-up as a row of `FOLLOW_UPS`."""
    m = f.matter
    about = (m.kind.value, m.period.first_day, m.words, m.indicator, text_of(m.value), text_of(m.target), m.as_of, m.relation)
    more = (m.submission, m.finding, m.place, m.total, m.done, m.note)
    steps = [{"words": step.words, "due": step.due} for step in f.steps]
    return (f.seq, *about, *more, f.title, f.office, f.person, f.due, f.by, f.at, f.promise, text_of(f.promised), steps, f.edition, f.org, f.demo)


def row_of_entry(e: FollowUpEntry) -> tuple[object, ...]:
    """What happened to a follow-up as a row of `ENTRIES`."""
    promised = text_of(e.promised)
    return (e.seq, e.act.value, e.follow_up, e.by, e.at, e.words, e.due, e.promise, promised, e.step, e.done, e.completed, e.edition, e.demo)


def row_of_note(n: MeetingNote) -> tuple[object, ...]:
    """A meeting note as a row of `NOTES`."""
    return (n.seq, n.kind.value, n.period.first_day, n.words, n.by, n.at, n.edition, n.org, n.demo)


def follow_up_of(row: Sequence[Any]) -> FollowUp:
    """A row of `follow_ups`."""
    seq, kind, day, words, indicator, value, target, as_of, relation, submission, finding, place, total, done, note, *rest = row
    title, office, person, due, by, at, promise, promised, steps, edition, org, demo = rest
    about = (indicator, decimal_of(value), decimal_of(target), as_of, relation, submission, finding, place, total, done, note)
    matter = Matter(MatterKind(kind), Month.of(day), words, *about)
    listed = tuple(Step(step["words"], step["due"]) for step in steps)
    return FollowUp(matter, title, office, person, due, by, at, promise, decimal_of(promised), listed, edition, org, demo, seq)


def entry_of(row: Sequence[Any]) -> FollowUpEntry:
    """A row of `follow_up_entries`."""
    seq, act, follow_up, by, at, words, due, promise, promised, step, done, completed, edition, demo = row
    return FollowUpEntry(FollowUpAct(act), follow_up, by, at, words, due, promise, decimal_of(promised), step, done, completed, edition, demo, seq)


def note_of(row: Sequence[Any]) -> MeetingNote:
    """A row of `meeting_notes`."""
    seq, kind, day, words, by, at, edition, org, demo = row
    return MeetingNote(NoteKind(kind), Month.of(day), words, by, at, edition, org, demo, seq)
