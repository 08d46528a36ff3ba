"""Scores (考核计分) of the targets that have points, beside the board and apart from its statuses."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from kpi.bureau import Bureau
from kpi.catalog.target import Score
from kpi.compute.held import held, in_force
from kpi.compute.profile import profiles
from kpi.compute.row import BoardRow, Status
from kpi.compute.score import Asked, earn
from kpi.period import Span, own_day
from kpi.present import numbers

_OPEN = {Status.UNREPORTED: "未报，暂不计分", Status.UNDECIDED: "结果未定，暂不计分"}


@dataclass(frozen=True, slots=True)
class Scored:
    """A row with points at stake; ``points`` is None while nothing can be said."""

    row: BoardRow
    score: Score
    completion: Decimal | None  # per cent of what is due by its own day
    points: Decimal | None
    words: str


@dataclass(frozen=True, slots=True)
class Total:
    """What an office has of the points that could be judged; ``open`` is what could not."""

    office: str
    points: Decimal
    scored: Decimal
    open: Decimal


def score(bureau: Bureau, rows: Sequence[BoardRow]) -> list[Scored]:
    """The rows of a month's board, year to date, whose target has points; what may not assess has none."""
    found = [_scored(bureau, row) for row in rows if row.may_assess]
    return [one for one in found if one is not None]


def totals(scored: Sequence[Scored]) -> list[Total]:
    """By office, in the order of the rows."""
    offices = dict.fromkeys(one.row.office for one in scored)
    return [_total(office, [one for one in scored if one.row.office == office]) for office in offices]


def _total(office: str, scored: Sequence[Scored]) -> Total:
    judged = [(one.score.points, one.points) for one in scored if one.points is not None]
    waiting = [one.score.points for one in scored if one.points is None]
    return Total(office, sum((at for at, _ in judged), Decimal(0)), sum((got for _, got in judged), Decimal(0)), sum(waiting, Decimal(0)))


def _scored(bureau: Bureau, row: BoardRow) -> Scored | None:
    day = own_day(row.as_of or row.period.last_day, row.period)
    courses = profiles(bureau.store, bureau.catalog, {row.period.year}, row.org)
    entry = in_force(held(bureau.catalog, row.period, row.indicator, Span.YTD, courses, row.org), day)
    if entry is None or entry.target.score is None:
        return None
    rule = entry.target.score
    if row.status in _OPEN or row.numerator is None or (row.denominator is not None and not row.denominator):
        return Scored(row, rule, None, None, _OPEN.get(row.status, "没有数，暂不计分"))
    scale = bureau.catalog.indicators[row.indicator].scale
    value = Fraction(row.numerator) * scale / Fraction(row.denominator) if row.denominator is not None else Fraction(row.numerator)
    limit, upper = Fraction(entry.limit), entry.target.upper
    earned = earn(value, Asked(entry.target.kind, limit * entry.stretch.due(day), limit, Fraction(upper) if upper is not None else None), rule)
    completion, points = (None if part is None else _decimal(part) for part in (earned.completion and earned.completion * 100, earned.points))
    return Scored(row, rule, completion, points, _words(rule, completion, points, entry.paced))


def _words(rule: Score, completion: Decimal | None, points: Decimal | None, paced: bool) -> str:
    done = f"完成应完成数的 {numbers.amount(completion, '%', 1)}，" if paced and completion is not None else ""
    earned = numbers.figure(points or Decimal(0), 2)
    return f"{done}{rule.rule.chinese}，得 {earned} 分（满分 {rule.points:f}{f'，封顶 {rule.cap:f}' if rule.cap is not None else ''}）"


def _decimal(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / value.denominator
