"""
Opening a follow-up (督办): of an indicator that was missed, a relation that is violated, a finding that stands, a problem in free words, a decision.

What was shown then goes into the entry: the sentence of the board, its figure and its target, so that it can be read when
the figure has long been another one.  Every function returns the follow-up with its number, and raises:

    RequestError: It was not missed or stands no more, is followed up already, or something that is given is missing or wrong.
    StoreError: The store cannot take it.
"""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import partial

from kpi.access.audit import Audited
from kpi.access.roles import Right
from kpi.bureau import Bureau, LiveBureau
from kpi.catalog.model import Catalog
from kpi.compute.row import BoardRow, Status
from kpi.errors import RequestError
from kpi.figures.indicators import indicators
from kpi.meeting.follow_ups import follow_ups
from kpi.meeting.meeting_notes import find_decision
from kpi.meeting.occasion import Occasion, node_of, only_fictional
from kpi.period import Month
from kpi.present import row_words
from kpi.review.board import periods
from kpi.review.known_nouns import known_code, known_office
from kpi.review.relation_results import relations
from kpi.store.follow_up import FollowUp, Matter, MatterKind, Step
from kpi.validation.relation_figures import Result
from kpi.workbook.personal.masking import mask_numbers

_NOT = "督办没有登记："


@dataclass(frozen=True, slots=True)
class Assignment:
    """Whose a follow-up is, until when, and what is promised (交办)."""

    office: str  # code, name or alias
    person: str
    due: date | None  # None is refused, with a sentence
    title: str = ""  # empty: what it came of
    promise: str = ""
    promised: Decimal | None = None  # a value of the indicator
    steps: tuple[Step, ...] = ()


def open_on_miss(bureau: LiveBureau, indicator: str, period: Month, given: Assignment, occasion: Occasion, org: str | None = None) -> FollowUp:
    """
    Follow up an indicator that is 未达标 or 滞后 in a month; it closes when a later month, or this one corrected, is 达标.

    Args:
        bureau: The bureau.
        indicator: Its code.
        period: The month.
        given: Whose it is, until when, what is promised.
        occasion: Who opens it, when, in which meeting.
        org: Whose board, the root's unless told.

    """
    node = node_of(bureau, org)
    row = _missed(bureau, indicator, period, node)
    matter = Matter(MatterKind.MISS, period, row_words.spoken(row, bureau.catalog).sentence)
    return _open(bureau, _with_figure(matter, row), f"{period.chinese}{row.name}{row.status.value}", given, occasion, node)


def open_on_relation(bureau: LiveBureau, relation: str, period: Month, given: Assignment, occasion: Occasion, org: str | None = None) -> FollowUp:
    """
    Follow up a relation (勾稽关系) that is violated in a month; it closes when it holds.

    Args:
        bureau: The bureau.
        relation: Its id, as ``R051``.
        period: The month.
        given: Whose it is, until when, what is promised.
        occasion: Who opens it, when, in which meeting.
        org: The organisation that reports; the bureau itself where it stands alone, else the first that reports.

    """
    node = node_of(bureau, org or bureau.catalog.leaves(bureau.catalog.root)[0])
    law = bureau.catalog.relations.get(relation)
    if law is None:
        raise RequestError(f"{_NOT}没有编号为「{relation}」的勾稽关系；请在勾稽核对中核对编号。")
    result = next((evaluated.result for evaluated in relations(bureau, period, node) if evaluated.relation.id == relation), Result.MISSING)
    if result is not Result.VIOLATED:
        raise RequestError(f"{_NOT}{period.chinese}勾稽关系 {relation} 现在是「{result.chinese}」，不是不成立；请核对编号和月份。")
    matter = Matter(MatterKind.RELATION, period, f"{relation} {law.name}", relation=relation)
    return _open(bureau, matter, f"{period.chinese}勾稽关系 {relation} 不成立", given, occasion, node)


def open_on_finding(bureau: LiveBureau, submission: int, position: int, given: Assignment, occasion: Occasion) -> FollowUp:
    """
    Follow up a finding (核对意见) that a submission in force was accepted with; it closes when what counts is without it.

    Args:
        bureau: The bureau.
        submission: The number of the submission.
        position: Which of its findings, from 0 on.
        given: Whose it is, until when, what is promised.
        occasion: Who opens it, when, in which meeting.

    """
    report = bureau.store.submission(submission)
    if report is None or not 0 <= position < len(report.findings):
        raise RequestError(f"{_NOT}第 {submission} 号报送没有这条核对意见；请在报送记录中核对编号。")
    counts = bureau.store.current(report.office, report.period, report.template, report.org)
    if counts is None or counts.seq != submission:
        raise RequestError(f"{_NOT}第 {submission} 号报送已被替换或撤回，它的核对意见不再有效；请看现在有效的报送。")
    finding = report.findings[position]
    matter = Matter(MatterKind.FINDING, report.period, finding.seen, submission=submission, finding=finding.code, place=str(finding.place))
    title = f"{bureau.catalog.called(report.office, report.org)} {report.period.chinese}报表 {finding.place} 的核对意见"
    return _open(bureau, matter, title, given, occasion, bureau.catalog.meant(report.org))


def open_on_problem(
    bureau: LiveBureau, words: str, period: Month, given: Assignment, occasion: Occasion, org: str | None = None, count: tuple[int, int] | None = None
) -> FollowUp:
    """
    Follow up a problem that the summary states in free words: ``整改 2 项完成 1 项，预计 12 月完成``; only a leader can close it.

    Args:
        bureau: The bureau.
        words: What the summary says.
        period: The month of the summary.
        given: Whose it is, until when, what is promised.
        occasion: Who opens it, when, in which meeting.
        org: Whose summary, the root's unless told.
        count: How many are to be mended, and how many are; None where they are not counted.

    """
    if not words.strip():
        raise RequestError(f"{_NOT}没有写是什么问题；请照总结的原话写。")
    total, done = count or (None, None)
    if count and not 0 <= count[1] <= count[0]:
        raise RequestError(f"{_NOT}共 {total} 项、完成 {done} 项，这两个数不对；请核对，完成的不会比总数多。")
    matter = Matter(MatterKind.PROBLEM, period, mask_numbers(words.strip()), total=total, done=done)
    return _open(bureau, matter, matter.words, given, occasion, node_of(bureau, org))


def open_on_decision(bureau: LiveBureau, note: int, given: Assignment, occasion: Occasion, indicator: str | None = None) -> FollowUp:
    """
    Follow up a decision (决定) of a meeting, in the meeting in which it was taken unless the occasion names another one.

    Args:
        bureau: The bureau.
        note: The number of the decision in the log.
        given: Whose it is, until when, what is promised.
        occasion: Who opens it, when, in which meeting.
        indicator: An indicator that is missed in the month of the decision and has to recover; without one only a leader can close it.

    """
    decision = find_decision(bureau, note)
    node, beside = bureau.catalog.meant(decision.org), replace(occasion, edition=occasion.edition or decision.edition)
    matter = Matter(MatterKind.DECISION, decision.period, decision.words, note=note)
    if indicator is not None:
        matter = _with_figure(matter, _missed(bureau, indicator, decision.period, node))
    return _open(bureau, matter, decision.words, given, beside, node)


def _with_figure(matter: Matter, row: BoardRow) -> Matter:
    return replace(matter, indicator=row.indicator, value=row.figure.value, target=row.target.value, as_of=row.figure.as_of)


def _missed(bureau: Bureau, indicator: str, period: Month, org: str) -> BoardRow:
    """The row of an indicator that was missed in a month and has not recovered since."""
    catalog = bureau.catalog
    if known_code(catalog, indicator) not in catalog.indicators:
        raise RequestError(f"{_NOT}「{indicator}」是数据项，没有目标；请写指标的代码。")
    name = catalog.indicators[indicator].name
    months = [period, *(month for month in periods(bureau) if period < month)]
    row, *later = indicators(bureau.store, catalog, months, [indicator], org=org)
    if not row.may_assess:
        raise RequestError(f"{_NOT}{name}只监测不考核，不论达标；要办的事请按总结中的问题登记。")
    if not row.status.late:
        raise RequestError(f"{_NOT}{period.chinese}{name}是「{row.status.value}」，不是未达标或滞后；请核对指标和月份。")
    decided = [after for after in later if after.status.late or after.status is Status.MET]
    if decided and decided[-1].status is Status.MET:
        raise RequestError(f"{_NOT}{name}在 {decided[-1].period.chinese}已经达标，{period.chinese}的不必再督办；请核对月份。")
    return row


def _open(bureau: LiveBureau, matter: Matter, title: str, given: Assignment, occasion: Occasion, org: str) -> FollowUp:
    """Log it, once everything that is given is there and can be."""
    bureau.require(Right.MEET, org)
    by = occasion.named(bureau, _NOT, "登记人")
    office, due = _checked(bureau.catalog, given, occasion)
    code = occasion.code(bureau)
    _refuse_double(bureau, matter, org, occasion.today)
    follow_up = FollowUp(
        matter,
        mask_numbers(given.title.strip()) or title,
        office,
        mask_numbers(given.person.strip()),
        due,
        by,
        occasion.at,
        mask_numbers(given.promise.strip()),
        given.promised,
        tuple(Step(mask_numbers(step.words.strip()), step.due) for step in given.steps),
        code,
        org,
        _rests_on_figures(bureau, matter, code) and only_fictional(bureau),
    )
    opened = bureau.store.follow(follow_up, partial(_refuse_double, bureau, matter, org, occasion.today))
    bureau.note_done(Audited.MEETING, f"登记第 {opened.seq} 号督办")
    return opened


def _rests_on_figures(bureau: Bureau, matter: Matter, edition: str) -> bool:
    """Whether a follow-up is about something on the board: what was only typed is true of a demonstration too."""
    if matter.kind is MatterKind.DECISION and matter.note is not None and find_decision(bureau, matter.note).demo:
        return True
    return bool(edition or matter.indicator or matter.relation or matter.finding)


def _checked(catalog: Catalog, given: Assignment, occasion: Occasion) -> tuple[str, date]:
    """The code of the office and the day, once nothing is missing and no day is past or too far."""
    today = occasion.today
    if not given.person.strip():
        raise RequestError(f"{_NOT}没有写责任人；请写明由谁负责办。")
    if not given.office.strip():
        raise RequestError(f"{_NOT}没有写责任科室；请选一个科室。")
    office = known_office(catalog, given.office.strip())
    if given.due is None:
        raise RequestError(f"{_NOT}没有写完成期限；请写今天（{today.isoformat()}）或以后的日期。")
    if wrong := occasion.wrong(given.due):
        raise RequestError(f"{_NOT}完成期限 {given.due.isoformat()} {wrong[0]}；{wrong[1]}。")
    for number, step in enumerate(given.steps, 1):
        if not step.words.strip():
            raise RequestError(f"{_NOT}第 {number} 步没有写做什么；请写明，或去掉这一步。")
        if step.due and not today <= step.due <= given.due:
            raise RequestError(f"{_NOT}第 {number} 步的日期 {step.due.isoformat()} 不在今天和完成期限 {given.due.isoformat()} 之间；请改日期。")
    return office, given.due


def _refuse_double(bureau: Bureau, matter: Matter, org: str, today: date) -> None:
    """Refuse what is followed up already and not closed; the same words may be two problems."""
    if matter.kind is MatterKind.PROBLEM:
        return
    for slip in follow_ups(bureau, today, org):
        if slip.org == org and not slip.status.closed and _subject(slip.follow_up.matter) == _subject(matter):
            follow_up = slip.follow_up
            raise RequestError(
                f"{_NOT}已有第 {slip.number} 号督办（{follow_up.title}，{slip.office} {follow_up.person}），还没有办结；请在那一件里登记进展或改期。"
            )


def _subject(matter: Matter) -> tuple[object, ...]:
    """What may be followed up once at a time: an indicator whatever the month, a relation or a finding of a month, a decision."""
    if matter.kind is MatterKind.MISS:
        return matter.kind, matter.indicator
    return matter.kind, matter.period, matter.relation, matter.finding, matter.place, matter.submission, matter.note
