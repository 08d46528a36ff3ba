"""The log as rows: what submissions, decisions, answers, editions, follow-ups and ends of a demonstration add to the tables of the database."""

from collections.abc import Sequence
from dataclasses import dataclass

import pyarrow as pa

from kpi.store.answer import Answer
from kpi.store.batch import FACTS, Batch
from kpi.store.decision import Decision
from kpi.store.demonstration import DemoEnd, of_earlier_release
from kpi.store.edition import Edition
from kpi.store.follow_up import FollowUp
from kpi.store.follow_up_entry import FollowUpEntry
from kpi.store.follow_up_rows import ENTRIES, FOLLOW_UPS, NOTES, FollowUpNoun, row_of_entry, row_of_follow_up, row_of_note
from kpi.store.log_chain import LogFile
from kpi.store.meeting_note import MeetingNote

_SUBMISSIONS = pa.schema(
    [
        ("seq", pa.int64()),
        ("org", pa.string()),
        ("office", pa.string()),
        ("period", pa.date32()),
        ("template", pa.string()),
        ("file", pa.string()),
        ("sha256", pa.string()),
        ("submitted_by", pa.string()),
        ("submitted_at", pa.timestamp("us")),
        ("note", pa.string()),
        ("batch", pa.string()),
        ("demo", pa.bool_()),
        ("accepted_by", pa.string()),
        ("referred_at", pa.timestamp("us")),
        ("referral", pa.string()),
    ]
)
_FINDINGS = pa.schema(
    [
        ("seq", pa.int64()),
        ("position", pa.int32()),
        ("code", pa.string()),
        ("severity", pa.string()),
        ("sheet", pa.string()),
        ("cell", pa.string()),
        ("seen", pa.string()),
        ("remedy", pa.string()),
        ("relation", pa.string()),
        ("measures", pa.string()),
    ]
)
_REMARKS = pa.schema([("seq", pa.int64()), ("measure", pa.string()), ("text", pa.string())])
_DECISIONS = pa.schema(
    [
        ("seq", pa.int64()),
        ("act", pa.string()),
        ("period", pa.date32()),
        ("office", pa.string()),
        ("submission", pa.int64()),
        ("decided_by", pa.string()),
        ("decided_at", pa.timestamp("us")),
        ("reason", pa.string()),
        ("org", pa.string()),
    ]
)
_ANSWERS = pa.schema(
    [
        ("seq", pa.int64()),
        ("kind", pa.string()),
        ("office", pa.string()),
        ("layout", pa.string()),
        ("key", pa.string()),
        ("seen", pa.string()),
        ("file", pa.string()),
        ("sheet", pa.string()),
        ("cell", pa.string()),
        ("said", pa.string()),
        ("answered_by", pa.string()),
        ("answered_at", pa.timestamp("us")),
    ]
)
_EDITIONS = pa.schema(
    [
        ("seq", pa.int64()),
        ("period", pa.date32()),
        ("span", pa.string()),
        ("title", pa.string()),
        ("figures", pa.string()),
        ("known", pa.int64()),
        ("catalog", pa.string()),
        ("frozen_by", pa.string()),
        ("frozen_at", pa.timestamp("us")),
        ("org", pa.string()),
        ("name", pa.string()),
    ]
)
_ENDS = pa.schema([("seq", pa.int64()), ("ended_by", pa.string()), ("ended_at", pa.timestamp("us"))])

_LOG = pa.schema([("seq", pa.int64()), ("text", pa.string())])
_FACTS = pa.schema([("seq", pa.int64()), ("org", pa.string()), *FACTS])


@dataclass(frozen=True, slots=True)
class Logged:
    """A batch with its number in the log and its path below the data folder."""

    seq: int
    path: str
    batch: Batch
    marked: bool = False  # whether its entry says that it is of the demonstration

    @property
    def demo(self) -> bool:
        """Whether it is of the demonstration, of this release or of an earlier one."""
        return self.marked or of_earlier_release(self.batch)


Entered = Logged | Decision | Answer | Edition | FollowUpNoun | DemoEnd  # what a number of the log stands for


def batches(logged: Sequence[Entered]) -> list[Logged]:
    """Of what was logged, the batches."""
    return [entry for entry in logged if isinstance(entry, Logged)]


def decisions(logged: Sequence[Entered]) -> list[Decision]:
    """Of what was logged, the decisions."""
    return [entry for entry in logged if isinstance(entry, Decision)]


def ends(logged: Sequence[Entered]) -> list[DemoEnd]:
    """Of what was logged, the ends of a demonstration."""
    return [entry for entry in logged if isinstance(entry, DemoEnd)]


def left_by_end(logged: Sequence[Entered]) -> list[Entered]:
    """Of what was logged, what counts once the demonstrations that ended in it are gone: what came later, and what rests on none of them."""
    begin = max((end.seq for end in ends(logged)), default=0)
    return [entry for entry in logged if entry.seq >= begin or (isinstance(entry, FollowUpNoun) and not entry.demo)]


def copies(files: Sequence[LogFile]) -> pa.Table:
    """The rows of the table log: the texts of its files."""
    return _table([(file.number, file.data.decode()) for file in files], _LOG)


def tables(logged: Sequence[Entered]) -> dict[str, pa.Table]:
    """The rows to add to each table that the log fills, by its name; columns in the tables' order."""
    kept = batches(logged)
    submissions = [
        (entry.seq, b.org, b.office, b.period.first_day, b.template, b.file, b.sha256, b.by, b.at, b.note, entry.path, entry.demo, *b.referred)
        for entry in kept
        for b in [entry.batch]
    ]
    findings = [
        (entry.seq, i, f.code, f.severity.value, f.place.sheet, f.place.cell, f.seen, f.remedy, f.relation, ",".join(f.measures))
        for entry in kept
        for i, f in enumerate(entry.batch.findings)
    ]
    remarks = [(entry.seq, measure, text) for entry in kept for measure, text in entry.batch.remarks.items()]
    facts = [_facts(entry) for entry in kept]
    decided = [(d.seq, d.act.value, d.period.first_day, d.office, d.submission, d.by, d.at, d.reason, d.org) for d in decisions(logged)]
    answers = [entry for entry in logged if isinstance(entry, Answer)]
    answered = [(a.seq, a.kind.value, a.office, a.layout, a.key, a.seen, a.file, a.place.sheet, a.place.cell, a.said, a.by, a.at) for a in answers]
    editions = [entry for entry in logged if isinstance(entry, Edition)]
    frozen = [(e.seq, e.period.first_day, e.span.value, e.title, e.figures, e.known, e.catalog, e.by, e.at, e.org, e.name) for e in editions]
    follow_ups = [row_of_follow_up(entry) for entry in logged if isinstance(entry, FollowUp)]
    followed = [row_of_entry(entry) for entry in logged if isinstance(entry, FollowUpEntry)]
    notes = [row_of_note(entry) for entry in logged if isinstance(entry, MeetingNote)]
    return {
        "submission": _table(submissions, _SUBMISSIONS),
        "finding": _table(findings, _FINDINGS),
        "remark": _table(remarks, _REMARKS),
        "fact": pa.concat_tables(facts) if facts else _table([], _FACTS),
        "decision": _table(decided, _DECISIONS),
        "answer": _table(answered, _ANSWERS),
        "edition": _table(frozen, _EDITIONS),
        "follow_up": _table(follow_ups, FOLLOW_UPS),
        "follow_up_entry": _table(followed, ENTRIES),
        "meeting_note": _table(notes, NOTES),
        "demo_end": _table([(end.seq, end.by, end.at) for end in ends(logged)], _ENDS),
    }


def _facts(logged: Logged) -> pa.Table:
    """The figures of a batch, each with the number of the submission and the organisation it is of."""
    facts = logged.batch.facts
    common = [pa.array([value] * facts.num_rows, _FACTS.field(name).type) for name, value in (("seq", logged.seq), ("org", logged.batch.org))]
    return pa.table([*common, *facts.columns], schema=_FACTS)


def _table(rows: Sequence[tuple[object, ...]], schema: pa.Schema) -> pa.Table:
    columns = zip(*rows, strict=True) if rows else [()] * len(schema)
    return pa.table([pa.array(column, field.type) for column, field in zip(columns, schema, strict=True)], schema=schema)
