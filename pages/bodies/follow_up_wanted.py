"""What an address asks to be followed up (登记督办): a miss, a relation that is violated, a finding, a decision; and how it is opened."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass

from kpi.bureau import LiveBureau
from kpi.errors import KpiError, RequestError
from kpi.meeting import follow_up_opening
from kpi.meeting.follow_up_matters import offices_of_relation
from kpi.meeting.follow_up_opening import Assignment
from kpi.meeting.meeting_notes import find_decision
from kpi.meeting.occasion import Occasion
from kpi.review.known_nouns import known_code
from kpi.store.follow_up import FollowUp, MatterKind
from pages.bodies import follow_up_lines
from pages.bodies.follow_up_lines import Concern
from pages.choices import MATTERS, number_of
from pages.view import View
from pages.widgets import session

MatterOpening = Callable[[LiveBureau, Assignment, Occasion, str | None], FollowUp]


@dataclass(frozen=True, slots=True)
class WantedMatter:
    """A thing that somebody wants to follow up, as the form is filled in with it."""

    kind: MatterKind
    title: str
    words: str  # what is shown of it now
    office: str  # the code of the office that answers for it, empty where nobody can tell
    open: MatterOpening
    concern: Concern  # what is followed up of it already
    unit: str = ""  # of the indicator whose value can be promised
    promises: bool = False  # whether a value can be promised
    recovering: Sequence[tuple[str, str]] = ()  # indicators, code and name, that a decision may be about


def wanted(view: View) -> WantedMatter | None:
    """What the address asks for; None where it asks for nothing, or for what is not there."""
    with suppress(KpiError):
        return _read(view)
    return None


def refusal(view: View) -> str:
    """Why what the address asks for cannot be followed up; empty where it can, or nothing is asked for."""
    try:
        _read(view)
    except KpiError as fault:
        return str(fault)
    return ""


def _read(view: View) -> WantedMatter | None:
    asked = next((name for name in MATTERS if view.get(name)), "")
    readers = {"open": _miss, "relation": _relation, "finding": _finding, "note": _decision}
    return readers[asked](view, view.get(asked)) if asked else None


def _miss(view: View, code: str) -> WantedMatter:
    catalog = session.bureau().catalog
    row = next((row for row in session.rows(view.period, org=view.org) if row.indicator == known_code(catalog, code)), None)
    if row is None:
        raise RequestError(f"「{code}」是数据项，没有目标，不能督办；请从「未达标」中的一行登记。")

    def opened(bureau: LiveBureau, given: Assignment, occasion: Occasion, _: str | None) -> FollowUp:
        return follow_up_opening.open_on_miss(bureau, code, view.period, given, occasion, view.org)

    title = f"{view.period.chinese}{row.name}{row.status.value}"
    words, concern = session.spoken(row).sentence, follow_up_lines.of_row(view, row)
    return WantedMatter(MatterKind.MISS, title, words, row.office, opened, concern, row.unit, promises=True)


def _relation(view: View, relation: str) -> WantedMatter:
    catalog = session.bureau().catalog
    law = catalog.relations.get(relation)
    if law is None:
        raise RequestError(f"没有编号为「{relation[:20]}」的勾稽关系；请从「勾稽核对」登记。")
    org = view.get("unit") or catalog.leaves(catalog.root)[0]

    def opened(bureau: LiveBureau, given: Assignment, occasion: Occasion, _: str | None) -> FollowUp:
        return follow_up_opening.open_on_relation(bureau, relation, view.period, given, occasion, org)

    title, concerned = f"{view.period.chinese}勾稽关系 {relation} 不成立", offices_of_relation(catalog, relation)
    office = law.office if law.office in catalog.offices else "" if len(concerned) > 1 else next(iter(concerned))
    return WantedMatter(MatterKind.RELATION, title, law.name, office, opened, follow_up_lines.of_relation(view, relation, view.period, org))


def _finding(view: View, asked: str) -> WantedMatter:
    number, position = (number_of(word) for word in (asked.partition(".")[0], asked.partition(".")[2]))
    submission = None if number is None else session.bureau().store.submission(number)
    if submission is None or position is None or position >= len(submission.findings):
        raise RequestError(f"没有编号为「{asked[:20]}」的核对意见；请从一个数的来历登记。")
    finding = submission.findings[position]

    def opened(bureau: LiveBureau, given: Assignment, occasion: Occasion, _: str | None) -> FollowUp:
        return follow_up_opening.open_on_finding(bureau, submission.seq, position, given, occasion)

    title = f"{session.called(submission.office, submission.org)} {submission.period.chinese}报表 {finding.place} 的核对意见"
    concern = follow_up_lines.of_finding(view, submission.seq, position, finding.code, str(finding.place))
    return WantedMatter(MatterKind.FINDING, title, finding.seen, submission.office, opened, concern)


def _decision(view: View, asked: str) -> WantedMatter:
    number = number_of(asked)
    if number is None:
        raise RequestError(f"没有编号为「{asked[:20]}」的会议决定；请从「会议版」下面的会议决定登记。")
    decision = find_decision(session.bureau(), number)

    def opened(bureau: LiveBureau, given: Assignment, occasion: Occasion, indicator: str | None) -> FollowUp:
        return follow_up_opening.open_on_decision(bureau, decision.seq, given, occasion, indicator)

    late = [(row.indicator, row.name) for row in session.missed(decision.period, session.bureau().catalog.meant(decision.org))]
    return WantedMatter(
        MatterKind.DECISION, decision.words, decision.words, "", opened, follow_up_lines.of_decision(view, decision.seq), recovering=late, promises=bool(late)
    )
