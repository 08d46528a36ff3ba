"""
How the number of a target falls due within the year: the months or nodes (节点) of its row, checked against the whole year.

一季度、上半年、三季度、全年 run from January; quarters or half-years that follow each other are each their own where only that makes the
year, run where only that does, and are asked about where both do.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal
from itertools import accumulate

from kpi.catalog.target import Milestone, Pace, TargetKind
from kpi.period import CALENDAR_YEAR, Month, ReportingYear

MonthSpan = tuple[int, int]
"""The first and the last month that a number is of."""

_YEAR = 12
_SHARE = Decimal("0.000001")  # a share that is no finite decimal is cut, so that the node itself reaches it
_LIMITS = (TargetKind.FLOOR, TargetKind.CEILING)


class UnequalScheduleError(ValueError):
    """Months or nodes that do not make the whole year; the message says by how much."""


@dataclass(frozen=True, slots=True)
class TargetSchedule:
    """The number of the year, and when how much of it is due."""

    value: Decimal
    monthly: tuple[Decimal, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    note: str = ""

    @property
    def pace(self) -> Pace:
        return Pace.MILESTONES if self.milestones else Pace.DAYS


def scheduled(kind: TargetKind, year: int, whole: Decimal | None, parts: Mapping[MonthSpan, Decimal], years: ReportingYear) -> TargetSchedule:
    """
    The schedule of one row.

    Args:
        kind: The kind of the target.
        year: Its year.
        whole: The number of the whole year; None where the row has none.
        parts: The numbers of its months or nodes.
        years: The year over which it is due; quarters and halves are those of the calendar.

    Raises:
        UnequalScheduleError: They do not make the whole year.
        ValueError: Nobody can tell the number of the year, or what the parts mean.

    """
    months = [parts.get((month.month, month.month)) for month in years.so_far(years.last(year))]
    if not parts:
        if whole is None:
            raise ValueError("没有全年的数")
        return TargetSchedule(whole)
    if all(number is not None for number in months):
        return _by_months(kind, whole, [number for number in months if number is not None])
    if years != CALENDAR_YEAR:
        raise ValueError(f"季度、半年、节点是从 1 月算起的，本局的年度从 {years.begins} 月开始，请写十二个月的数")
    return _by_nodes(kind, year, whole, parts)


def _by_months(kind: TargetKind, whole: Decimal | None, months: Sequence[Decimal]) -> TargetSchedule:
    if kind in _LIMITS:
        return TargetSchedule(months[-1] if whole is None else whole, tuple(months))
    if kind is not TargetKind.ANNUAL:
        raise ValueError(f"目标类型是「{kind.chinese}」，不能分到各月")
    total, rises = sum(months), list(months) == sorted(months)
    if whole == total or (whole is None and not rises):
        return TargetSchedule(Decimal(total), tuple(months))
    if whole is None:
        raise ValueError("没有全年的数，看不出各月是当月数还是累计数")
    if rises and months[-1] == whole:
        return TargetSchedule(whole, tuple(number - before for before, number in zip((Decimal(0), *months[:-1]), months, strict=True)))
    raise UnequalScheduleError(f"各月合计 {total}，全年是 {whole}，相差 {abs(total - whole)}")


def _by_nodes(kind: TargetKind, year: int, whole: Decimal | None, parts: Mapping[MonthSpan, Decimal]) -> TargetSchedule:
    ordered = sorted(parts.items(), key=lambda item: item[0][1])
    numbers = [number for _, number in ordered]
    if kind is TargetKind.ANNUAL and _follow_each_other([span for span, _ in ordered]) and _are_their_own(whole, numbers, ends=ordered[-1][0][1] == _YEAR):
        numbers = list(accumulate(numbers))
    nodes = {last: number for ((_, last), _), number in zip(ordered, numbers, strict=True)}
    if whole is None:
        whole = nodes.get(_YEAR)
    if whole is None:
        raise ValueError("没有全年的数")
    if nodes.get(_YEAR, whole) != whole:
        raise UnequalScheduleError(f"到年底的节点是 {nodes[_YEAR]}，全年是 {whole}，相差 {abs(nodes[_YEAR] - whole)}")
    if kind not in (TargetKind.ANNUAL, TargetKind.PROGRESS):
        words = "、".join(f"到 {last} 月 {number}" for last, number in nodes.items() if last < _YEAR)
        return TargetSchedule(whole, note=f"表上的节点：{words}" if words else "")
    reached = [*nodes.values(), whole]
    if reached != sorted(reached):
        raise UnequalScheduleError(f"节点 {'、'.join(map(str, nodes.values()))} 不是从年初累计的数，也加不成全年的 {whole}")
    return TargetSchedule(whole, milestones=_milestones(year, whole, {**nodes, _YEAR: whole}) if whole else ())


def _follow_each_other(spans: Sequence[MonthSpan]) -> bool:
    """Whether spans are some parts of a year, one behind the other from January on: quarters, half-years."""
    return len(spans) > 1 and all(first == before + 1 for (first, _), (_, before) in zip(spans, [(0, 0), *spans], strict=False))


def _are_their_own(whole: Decimal | None, numbers: Sequence[Decimal], *, ends: bool) -> bool:
    """
    Whether the numbers of parts of a year are each its own, and do not run from January.

    Args:
        whole: The number of the whole year; None where it is not stated.
        numbers: Those of the parts, in order.
        ends: Whether the last part ends with the year.

    Raises:
        ValueError: Either is possible.

    """
    total, rises = sum(numbers), list(numbers) == sorted(numbers)
    runs = rises and (whole is None or (numbers[-1] == whole if ends else numbers[-1] <= whole))
    adds_up = whole is None or (total == whole if ends else total <= whole)
    if runs and adds_up and total != numbers[-1]:
        raise ValueError(f"{'没有全年的数' if whole is None else '缺最后一段的数'}，看不出各季度、半年是当期数还是从年初累计的数")
    return adds_up and not runs


def _milestones(year: int, whole: Decimal, nodes: Mapping[int, Decimal]) -> tuple[Milestone, ...]:
    """The nodes as shares of the year, each share once, from the day it is reached; none where the year's end is the only one."""
    shares: dict[Decimal, int] = {}
    for last, number in nodes.items():
        share = (number * 100 / whole).quantize(_SHARE, ROUND_FLOOR).normalize()
        shares.setdefault(share.quantize(Decimal(1)) if share == share.to_integral_value() else share, last)
    return tuple(Milestone(on=Month(year, last).last_day, share=share) for share, last in shares.items()) if len(shares) > 1 else ()
