"""Scores (考核计分) of the targets that have points, beside the board and apart from its statuses."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from kpi.bureau import Bureau
from kpi.catalog.model import Catalog
from kpi.catalog.target import Score, TargetKind
from kpi.compute.parts import Parts
from kpi.compute.range_left_open import Range, possible
from kpi.compute.rate import exact_value
from kpi.compute.row import BoardRow, Status
from kpi.compute.score import Asked, earn
from kpi.compute.target_in_force import TargetInForce, due_by
from kpi.figures.indicator_parts import parts
from kpi.figures.last_years_course import profiles
from kpi.figures.subject_lookup import subject_of
from kpi.figures.target_lookup import Profiles, targets_in_force
from kpi.period import Span
from kpi.present import numbers
from kpi.value import as_decimal

_FAR = Fraction(10**18)  # beyond what any figure can be
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
    assessed = [row for row in rows if row.may_assess]
    if not assessed:
        return []
    period, org = assessed[0].period, assessed[0].org
    catalog = bureau.catalog.at(period)
    courses = profiles(bureau.store, catalog, {catalog.year.of(period)}, org)
    sums = parts(bureau.store, catalog, [row.indicator for row in assessed], [period], org=org)
    scored = [_scored(catalog, row, sums.get((row.indicator, period)), courses) for row in assessed]
    return [entry for entry in scored if entry is not None]


def totals(scored: Sequence[Scored]) -> list[Total]:
    """By office, in the order of the rows."""
    offices = dict.fromkeys(result.row.office for result in scored)
    return [_total(office, [result for result in scored if result.row.office == office]) for office in offices]


def _total(office: str, scored: Sequence[Scored]) -> Total:
    judged = [(result.score.points, result.points) for result in scored if result.points is not None]
    waiting = [result.score.points for result in scored if result.points is None]
    return Total(office, sum((at for at, _ in judged), Decimal(0)), sum((got for _, got in judged), Decimal(0)), sum(waiting, Decimal(0)))


def _scored(catalog: Catalog, row: BoardRow, sums: Parts | None, courses: Profiles) -> Scored | None:
    due = due_by(
        targets_in_force(catalog, row.period, row.indicator, Span.YTD, courses, row.org), row.figure.as_of, row.figure.as_of_latest, row.period, row.year
    )
    if not due or due[0][0].target.score is None:
        return None
    entry, rule, subject = due[0][0], due[0][0].target.score, subject_of(catalog, row.indicator)
    year = row.year.days(row.year_called)
    ends = possible(sums, subject, year, exact_value(sums, subject, year)) if sums is not None else None
    if row.status in _OPEN or ends is None or row.figure.value is None:
        return Scored(row, rule, None, None, _OPEN.get(row.status, "没有数，暂不计分"))
    earned = [earn(value, _asked(entry, day), entry.target.score or rule) for entry, day in due for value in _ends(ends)]
    if len({each.points for each in earned}) > 1 or (entry.target.kind is TargetKind.RANGE and ends.exact is None):
        return Scored(row, rule, None, None, _OPEN[Status.UNDECIDED])
    share = earned[0].completion if len(earned) == 1 else None
    completion, points = as_decimal(share * 100 if share is not None else None), as_decimal(earned[0].points)
    return Scored(row, rule, completion, points, _words(rule, completion, points, entry.paced))


def _asked(entry: TargetInForce, day: date) -> Asked:
    limit, upper = Fraction(entry.limit), entry.target.upper
    return Asked(entry.target.kind, limit * entry.stretch.due(day), limit, Fraction(upper) if upper is not None else None)


def _ends(ends: Range) -> set[Fraction]:
    """Both ends of what a figure can be, a far one where there is no bound: points only rise, or only fall, between them."""
    return {-_FAR if ends.low is None else ends.low, _FAR if ends.high is None else ends.high}


def _words(rule: Score, completion: Decimal | None, points: Decimal | None, paced: bool) -> str:
    done = f"完成应完成数的 {numbers.amount(completion, '%', 1)}，" if paced and completion is not None else ""
    earned = numbers.figure(points or Decimal(0), 2)
    return f"{done}{rule.rule.chinese}，得 {earned} 分（满分 {rule.points:f}{f'，封顶 {rule.cap:f}' if rule.cap is not None else ''}）"
