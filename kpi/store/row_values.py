"""What the rows of the store's queries stand for: a submission, a decision, a figure as it was written."""

from collections.abc import Sequence
from decimal import Decimal
from sys import intern
from typing import Any

from kpi.finding import Finding, Severity
from kpi.period import Month, Span
from kpi.place import Place
from kpi.store.answer import Answer
from kpi.store.decision import Act, Decision
from kpi.store.edition import Edition
from kpi.store.submission import Stated, Submission
from kpi.value import Qualifier, State, Value
from kpi.workbook.report import Column, QuestionKind, Reading

_STEPS = tuple(Decimal(1).scaleb(-decimals) for decimals in range(7))  # 1, 0.1 … 0.000001, the finest that is kept
_STATES = {state.value: state for state in State}
_QUALIFIERS = {qualifier.value: qualifier for qualifier in Qualifier}


def submission_of(row: Sequence[Any], findings: tuple[Finding, ...]) -> Submission:
    """A row of `submissions` and its findings."""
    seq, office, day, template, file, sha256, by, at, note, batch, org, demo, *referred = row
    kept = (seq, office, Month.of(day), template, file, sha256, by, at, note, batch, findings)
    return Submission(*kept, False, org, demo, *referred)


def decision_of(row: Sequence[Any]) -> Decision:
    """A row of `decisions`."""
    act, day, *rest = row
    return Decision(Act(act), Month.of(day), *rest)


def edition_of(row: Sequence[Any]) -> Edition:
    """A row of `editions`."""
    day, span, *rest = row
    return Edition(Month.of(day), Span(span), *rest)


def answer_of(row: Sequence[Any]) -> Answer:
    """A row of `answers`."""
    kind, office, layout, key, seen, file, sheet, cell, *rest = row
    return Answer(QuestionKind(kind), office, layout, key, seen, file, Place(sheet, cell), *rest)


def kept_columns(reading: Reading) -> tuple[object, ...]:
    """A reading as the columns of a fact that tell one from another."""
    value, place = reading.value, reading.place
    return (value.number, value.state.value, value.decimals, value.qualifier.value, reading.as_of, place.sheet, place.cell, reading.raw)


def finding_of(code: str, severity: str, sheet: str, cell: str, seen: str, remedy: str, relation: str | None, measures: str) -> Finding:
    """A row of `findings`, its number aside."""
    return Finding(code, Severity(severity), Place(sheet, cell), seen, remedy, relation, tuple(measures.split(",")) if measures else ())


def value_of(number: Decimal | None, state: str, decimals: int, qualifier: str) -> Value:
    """A figure as it was stated."""
    return Value(_STATES[state], None if number is None else as_written(number, decimals), decimals, _QUALIFIERS[qualifier])


def as_written(number: Decimal, decimals: int) -> Decimal:
    """The number with the digits it was written with, the table keeping six for all; never fewer than it needs."""
    written = number.quantize(_STEPS[min(decimals, len(_STEPS) - 1)])
    return written if written == number else number


def stated_of(row: Sequence[Any]) -> Stated:
    """A row of `sources`; the names that thousands of cells share are one text each, for pages keep the cells of all months."""
    shared: Sequence[Any] = [intern(column) if type(column) is str else column for column in row]
    measure, day, header, number, state, decimals, qualifier, *rest = shared
    return Stated(measure, Month.of(day), Column(header), value_of(number, state, decimals, qualifier), *rest)
