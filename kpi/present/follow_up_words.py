"""A follow-up (督办) in sentences: what it is called, what was promised and what became of it, how many stand where, and its history."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from kpi.compute.follow_up_course import FollowUpStatus
from kpi.present import day_words, numbers
from kpi.present.follow_up_slip import Slip, SlipStep
from kpi.store.follow_up import MatterKind, Step
from kpi.store.follow_up_entry import FollowUpAct, FollowUpEntry
from kpi.store.signature import signature
from kpi.value import as_decimal

SHAPES = {
    FollowUpStatus.OVERDUE: "■",
    FollowUpStatus.BEHIND: "▲",
    FollowUpStatus.DUE_SOON: "◆",
    FollowUpStatus.RUNNING: "○",
    FollowUpStatus.RECOVERED_LATE: "◐",
    FollowUpStatus.RECOVERED: "●",
    FollowUpStatus.SIGNED: "✓",
}
NONE_YET = "上次会议没有交办督办事项。"
NOTHING = "还没有督办事项。"
_WAITING = (FollowUpStatus.BEHIND, FollowUpStatus.DUE_SOON)


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One entry of the history of a follow-up."""

    entry: int  # its number in the log
    at: datetime
    by: str
    what: str


def badge(slip: Slip) -> str:
    """Shape, word and colour: ``■ 逾期（红）``."""
    return f"{SHAPES[slip.status]} {slip.status.value}（{slip.lamp.value}）"


def title(slip: Slip) -> str:
    """What it is called: ``第 3 号督办：2023 年 11 月食品抽检合格率未达标``."""
    return f"第 {slip.number} 号督办：{slip.follow_up.title}"


def answerable(slip: Slip) -> str:
    """Whose it is and until when: ``食品安全协调科 张三，2023 年 12 月 31 日前``."""
    whose = f"{slip.whose} " if slip.whose else ""
    return f"{whose}{slip.office} {slip.follow_up.person}，{_day(slip.due)}前"


def promised(slip: Slip) -> str:
    """Who promised what: ``食品安全协调科 张三：答应 2023 年 12 月 31 日前达标``."""
    return f"{slip.whose}{' ' if slip.whose else ''}{slip.office} {slip.follow_up.person}：{promise(slip)}"


def promise(slip: Slip) -> str:
    """What is promised: ``答应 2023 年 12 月 31 日前达到 98.0%（12 月全部完成）``."""
    words = f"（{slip.promise}）" if slip.promise else ""
    if slip.promised is not None:
        return f"答应 {_day(slip.due)}前达到 {numbers.stated_amount(slip.promised, slip.unit)}{words}"
    goal = "达标" if slip.follow_up.matter.indicator else "办好"
    return f"答应 {_day(slip.due)}前{goal}{words}"


def outcome(slip: Slip) -> str:
    """What became of it by the day of the slip, without a full stop: ``逾期 4 天，12 月 97.8%，未达标``."""
    match slip.status:
        case FollowUpStatus.SIGNED:
            sentence = _signed(slip)
        case FollowUpStatus.RECOVERED | FollowUpStatus.RECOVERED_LATE:
            sentence = _recovered(slip)
        case FollowUpStatus.OVERDUE:
            sentence = "，".join([f"逾期 {(slip.day - slip.due).days} 天", *_hindrances(slip), *_figure(slip)])
        case FollowUpStatus.BEHIND:
            sentence = "，".join([f"滞后：{'，'.join(_hindrances(slip))}", _left(slip)])
        case _:
            sentence = "，".join([slip.status.value, _left(slip), *_figure(slip)])
    earlier = slip.course.overdue_once and slip.status not in (FollowUpStatus.OVERDUE, FollowUpStatus.RECOVERED_LATE)
    return f"{sentence}{'；曾经逾期' if earlier else ''}"


def sentence(slip: Slip) -> str:
    """All of it in one sentence, as it is read out in a meeting."""
    return f"{title(slip)}。{answerable(slip)}；{promise(slip)}；{outcome(slip)}。"


def counts(slips: Sequence[Slip]) -> str:
    """How many stand where: ``答应 5 件，办结 2 件，逾期 1 件，在办 2 件``."""
    closed = sum(slip.status.closed for slip in slips)
    overdue = sum(slip.status is FollowUpStatus.OVERDUE for slip in slips)
    others = len(slips) - closed - overdue
    parts = [f"答应 {len(slips)} 件", f"办结 {closed} 件", f"逾期 {overdue} 件", *([f"在办 {others} 件"] if others else [])]
    return "，".join(parts)


def last_meeting(slips: Sequence[Slip], earlier: Sequence[Slip]) -> str:
    """The sentence with which the next meeting begins: what was promised at the last one, and what of older ones is still open."""
    older = f"更早答应、还没有办结的 {len(earlier)} 件，其中逾期 {sum(slip.status is FollowUpStatus.OVERDUE for slip in earlier)} 件。" if earlier else ""
    return (f"上次会议{counts(slips)}。" if slips else NONE_YET) + older


def answer(slips: Sequence[Slip]) -> str:
    """How many there are and where they stand: ``督办 8 件：2 件逾期，3 件滞后或即将到期，2 件进行中，1 件已办结。``"""
    if not slips:
        return NOTHING
    statuses = [slip.status for slip in slips]
    stands = {
        "逾期": statuses.count(FollowUpStatus.OVERDUE),
        "滞后或即将到期": sum(status in _WAITING for status in statuses),
        "进行中": statuses.count(FollowUpStatus.RUNNING),
        "已办结": sum(status.closed for status in statuses),
    }
    return f"督办 {len(slips)} 件：{'，'.join(f'{count} 件{where}' for where, count in stands.items() if count)}。"


def briefly(slip: Slip) -> str:
    """A line beside a figure: ``督办：张三，2023-12-31 前``."""
    return f"督办：{slip.follow_up.person}，{slip.due.isoformat()} 前"


def in_hand(slips: Sequence[Slip]) -> str:
    """How many are not closed, and overdue: ``督办 7 件在办，其中 2 件逾期``; empty where there is none."""
    open_slips = [slip for slip in slips if not slip.status.closed]
    overdue = sum(slip.status is FollowUpStatus.OVERDUE for slip in open_slips)
    return f"督办 {len(open_slips)} 件在办{f'，其中 {overdue} 件逾期' if overdue else ''}" if open_slips else ""


def step(of: SlipStep, day: date) -> str:
    """A step as it stands on a day: ``✓ 补检（2023 年 12 月 20 日前）：张三 2023-12-18 登记完成``."""
    due = f"（{_day(of.due)}前）" if of.due else ""
    if of.done:
        words = f"，{of.done.words}" if of.done.words else ""
        return f"✓ {of.words}{due}：{of.done.by} {of.done.at:%Y-%m-%d} 登记完成{words}"
    late = of.due is not None and of.due < day
    return f"{'■' if late else '○'} {of.words}{due}：{'过了日期，' if late else ''}没有完成"


def history(slip: Slip) -> list[HistoryLine]:
    """Everything that happened, in the order in which it was entered."""
    follow_up = slip.follow_up
    lines = [HistoryLine(follow_up.seq, follow_up.at, follow_up.by, _opening(slip))]
    due, steps = follow_up.due, list(follow_up.steps)
    for entry in slip.entries:
        if entry.act is FollowUpAct.ADD_STEP:
            steps.append(Step(entry.words, entry.due))
        lines.append(HistoryLine(entry.seq, entry.at, entry.by, f"{_what(entry, due, steps, slip)}{_meeting(entry.edition)}"))
        if entry.act in (FollowUpAct.PROMISE, FollowUpAct.REOPEN) and entry.due:
            due = entry.due
    return lines


def history_words(line: HistoryLine) -> str:
    """A line of the history: ``2023-12-06 12:00 李主任：签字办结：另案处理``."""
    return f"{line.at:%Y-%m-%d %H:%M} {line.by}：{line.what}"


def _opening(slip: Slip) -> str:
    """What it came of, and what was promised then."""
    follow_up, matter = slip.follow_up, slip.follow_up.matter
    target = numbers.stated_amount(follow_up.promised, slip.unit) if follow_up.promised is not None else ""
    promised = "，".join(part for part in (f"达到 {target}" if target else "", follow_up.promise) if part)
    parts = [f"责任人 {slip.office} {follow_up.person}", f"期限 {_day(follow_up.due)}", *([f"答应{numbers.spaced(promised)}"] if promised else [])]
    listed = [f"{number}. {step.words}{f'（{_day(step.due)}前）' if step.due else ''}" for number, step in enumerate(follow_up.steps, 1)]
    steps = f"；步骤 {'；'.join(listed)}" if listed else ""
    return f"登记督办（{matter.kind.chinese}）：{matter.words.removesuffix('。')}；{'，'.join(parts)}{steps}{_meeting(follow_up.edition)}"


def _what(entry: FollowUpEntry, due: date, steps: Sequence[Step], slip: Slip) -> str:
    """What an entry says; due and steps are those in force when it was entered."""
    match entry.act:
        case FollowUpAct.NOTE:
            total = slip.follow_up.matter.total
            count = f"（{f'{total} 项中' if total is not None else ''}已完成 {entry.completed} 项）" if entry.completed is not None else ""
            return f"进展：{entry.words}{count}"
        case FollowUpAct.PROMISE:
            anew = [numbers.stated_amount(entry.promised, slip.unit)] if entry.promised is not None else []
            anew += [entry.promise] if entry.promise else []
            promised = f"；改为答应{numbers.spaced('，'.join(anew))}" if anew else ""
            return f"改期：由 {_day(due)}改为 {_day(entry.due or due)}，原因：{entry.words}{promised}"
        case FollowUpAct.STEP:
            number = entry.step or 0
            name = f"第 {number} 步「{steps[number - 1].words}」" if 1 <= number <= len(steps) else f"第 {number} 步"
            return f"{name}{'完成' if entry.done else '改回未完成'}{f'：{entry.words}' if entry.words else ''}"
        case FollowUpAct.ADD_STEP:
            return f"增加第 {len(steps)} 步「{entry.words}」{f'，{_day(entry.due)}前' if entry.due else ''}"
        case FollowUpAct.SIGN:
            return f"签字办结：{entry.words}"
        case FollowUpAct.REOPEN:
            return f"重新督办：{entry.words}{f'；期限改为 {_day(entry.due)}' if entry.due else ''}"


def _signed(slip: Slip) -> str:
    leader = slip.signature
    return f"{signature(leader.by, leader.at, '已由')} 签字办结：{leader.words}" if leader else slip.status.value


def _recovered(slip: Slip) -> str:
    matter, month = slip.follow_up.matter, slip.course.recovered or slip.follow_up.matter.period
    lead = slip.status.value
    match matter.kind:
        case MatterKind.RELATION:
            return f"{lead}：{day_words.month(matter.period, slip.day.year)}勾稽关系 {matter.relation} 已经成立"
        case MatterKind.FINDING:
            return f"{lead}：现在有效的报送已经没有这条核对意见"
    corrected = "更正后" if month == matter.period else ""
    year = f"（新的一年，按 {month.year} 年的目标）" if month.year != matter.period.year else ""
    now = f"，现在 {slip.now.short}" if slip.now else ""
    return f"{lead}：{day_words.month(month, slip.day.year)}{corrected}达标{year}{now}"


def _hindrances(slip: Slip) -> list[str]:
    """Why it is behind, or what comes with its being overdue."""
    seen, reasons = slip.course, []
    if seen.relapsed:
        reasons.append(f"恢复后 {day_words.month(seen.relapsed, slip.day.year)}又未达标")
    if seen.slow and slip.expected is not None and slip.now is not None:
        row, digits = slip.now.row, max(slip.now.decimals, 1)
        reasons.append(
            f"{day_words.month(row.period, slip.day.year)} {slip.now.printed}，按答应的进度应到 {numbers.amount(as_decimal(slip.expected), row.unit, digits)}"
        )
    if seen.late_steps:
        reasons.append(f"{seen.late_steps} 个步骤过了日期没有完成")
    return reasons


def _figure(slip: Slip) -> list[str]:
    """The figure as it stands, or how many are mended, where there is something to say of either."""
    if slip.now is not None and not slip.course.slow:
        row = slip.now.row
        return [f"{day_words.month(row.period, slip.day.year)} {slip.now.short}，{row.status.value}"]
    if (total := slip.follow_up.matter.total) is not None and slip.completed is not None:
        return [f"{total} 项中已完成 {slip.completed} 项"]
    return []


def _left(slip: Slip) -> str:
    """How long there is still, or what is waited for."""
    if waits_for := slip.course.waits_for:
        return f"期限 {_day(slip.due)}已过，等 {day_words.month(waits_for, slip.day.year)}的数"
    days = (slip.due - slip.day).days
    return f"还有 {days} 天" if days else "今天到期"


def _meeting(code: str) -> str:
    return f"（会议版 {code}）" if code else ""


def _day(when: date) -> str:
    return f"{when.year} 年 {when.month} 月 {when.day} 日"
