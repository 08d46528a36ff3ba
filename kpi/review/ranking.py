"""
Ranking (排名): those directly below a node by one indicator, where their figures can be set against one another at all.

A rank is given only among figures that are whole, run to the same day and rest on enough cases; whoever has none is told
why.  What is not the bureaus' own work, or may not be used to assess, is listed without an order.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby, pairwise

from kpi.access.roles import Right
from kpi.bureau import Bureau
from kpi.catalog.measure import Better
from kpi.catalog.model import Catalog
from kpi.compute.interval import FEW, Interval, either_way, wilson
from kpi.compute.row import BoardRow
from kpi.errors import RequestError
from kpi.figures.indicators import indicators
from kpi.period import Month
from kpi.present import day_words, figure_notes, numbers
from kpi.review.known_nouns import known_code
from kpi.review.prospects import SAMPLED
from kpi.review.who_is_missing import lacked
from kpi.value import Qualifier

_WHOLE_DISTRICT = "全区"


@dataclass(frozen=True, slots=True)
class Ranked:
    """One organisation with its figure; without a rank there is a reason."""

    org: str
    name: str
    row: BoardRow
    rank: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class Ranking:
    """Those directly below a node: the ranked in their order, then the others in the order of the tree."""

    indicator: str
    name: str
    org: str
    period: Month
    unit: str
    decimals: int
    better: Better
    as_of: date | None  # the day to which the figures run that are ranked
    reason: str  # why nobody is ranked; empty where a rank can be given
    rows: tuple[Ranked, ...]


def rank(bureau: Bureau, code: str, period: Month, org: str | None = None) -> Ranking:
    """
    Rank those directly below a node by one indicator, year to date; ties share a rank.

    Args:
        bureau: The bureau.
        code: An indicator or any measure.
        period: The month.
        org: The node, the root of the tree unless told.

    Raises:
        DeniedError: The caller may not read the figures of the organisation.
        RequestError: No such code, or nobody is below.

    """
    bureau.require(Right.READ, org)
    catalog, node = bureau.catalog.at(period), org or bureau.catalog.root
    entry = catalog.indicator_or_measure(known_code(catalog, code))
    children = catalog.children(node, period, period)
    if not children:
        when = f" {period.chinese}" if catalog.children(node) else ""
        raise RequestError(f"{catalog.orgs[node].name}{when}没有下级单位，不能排名；请{'另选月份，或' if when else ''}选一个上级机构。")
    rows = {child: _row(bureau, code, period, child) for child in children}
    reason = _unfit(catalog, code, entry.better)
    ranks = dict.fromkeys(rows, (None, reason)) if reason else places(rows, entry.better)
    every = [Ranked(child, catalog.orgs[child].name, row, *ranks[child]) for child, row in rows.items()]
    ordered = sorted(every, key=lambda ranked: (ranked.rank is None, ranked.rank or 0))
    return Ranking(code, entry.name, node, period, entry.unit, entry.decimals, entry.better, common_day(rows.values()), reason, tuple(ordered))


def _row(bureau: Bureau, code: str, period: Month, org: str) -> BoardRow:
    [row] = lacked(bureau, indicators(bureau.store, bureau.catalog, [period], [code], org=org))
    return row


def common_day(rows: Iterable[BoardRow]) -> date | None:
    """The day to which most figures run, the latest of them where as many run to another."""
    days = Counter(row.figure.as_of for row in rows if row.figure.value is not None and row.figure.as_of is not None and _one_day(row))
    return max(days, key=lambda day: (days[day], day), default=None)


def _one_day(row: BoardRow) -> bool:
    return row.figure.as_of_latest in (None, row.figure.as_of)


def _unfit(catalog: Catalog, code: str, better: Better) -> str:
    """Why an indicator ranks nobody; empty where it can."""
    indicator = catalog.indicators.get(code)
    if indicator is not None and not indicator.may_assess:
        return f"不宜排名：只监测不考核{f'，依据{indicator.may_assess_note}' if indicator.may_assess_note else ''}"
    formulas = (indicator.numerator, indicator.denominator) if indicator else ()
    counted = [catalog.counted(term) for formula in formulas if formula for term in formula.terms] if indicator else [catalog.measures[code]]
    if any(measure.scope == _WHOLE_DISTRICT for measure in counted):
        return "不宜排名：是全区的数，不只是本局的工作"
    return "" if better is not Better.NEUTRAL else "没有名次：这项不论高低，不分先后"


def _unranked(row: BoardRow, day: date | None) -> str:
    """Why one figure has no rank; empty where it can have one."""
    if row.below.lacking:
        return figure_notes.lacking(row.below.lacking)
    if row.figure.value is None:
        return row.figure.state.value
    if row.below.gapped:
        return figure_notes.gapped(row) or figure_notes.base_gapped(row)
    if row.figure.qualifier != Qualifier.EXACT:
        return "不是确数，名次未定"
    if row.figure.low != row.figure.high:
        return "还有结果未出，名次未定"
    if row.figure.base_as_of and row.below.prior_gapped:
        return figure_notes.base_gapped(row)
    if row.caveats.results_open:
        return "抽检、结果的数不全，名次未定"
    if not _one_day(row) or row.figure.as_of != day:
        return f"截至 {day_words.as_of(row)}，与多数单位的 {day_words.day(day, row.period.year) if day else numbers.NOTHING}不同"
    if not row.figure.certain:
        return "与上年同期不是截到同一天，名次未定"
    if _sampled(row) and row.figure.denominator is not None and row.figure.denominator < FEW:
        return f"样本少（分母 {numbers.stated_amount(row.figure.denominator, '')}），差异不能说明问题"
    return ""


def _sampled(row: BoardRow) -> bool:
    """Whether a figure is the share of cases that stands for more than these; a task is counted whole."""
    return row.unit == "%" and row.target.kind in SAMPLED and row.figure.numerator is not None and bool(row.figure.denominator)


def _amount(row: BoardRow) -> Decimal:
    """What orders a figure among others of its indicator, unrounded."""
    assert row.figure.value is not None  # noqa: S101 - only figures that have a value are ordered
    return row.figure.value


def places(rows: Mapping[str, BoardRow], better: Better) -> dict[str, tuple[int | None, str]]:
    """
    Of each organisation its rank, best first, 1, 2, 2, 4, or the reason why it has none.

    A share whose interval covers the whole of its neighbour's is no better and no worse than it as far as anybody can
    tell: it leaves the order, with its reason, until all that remain are apart.
    """
    day = common_day(rows.values())
    reasons = {org: _unranked(row, day) for org, row in rows.items()}
    remaining = {org: row for org, row in rows.items() if not reasons[org]}
    while unclear := _unclear(remaining):
        reasons |= {org: f"样本少，差异不能说明问题：95% 区间 {_interval_words(remaining.pop(org))} 盖住了相邻单位的" for org in unclear}
    amounts = {org: _amount(row) for org, row in remaining.items()}
    ahead = {org: sum(other > own if better is Better.HIGHER else other < own for other in amounts.values()) for org, own in amounts.items()}
    return {org: (ahead[org] + 1 if org in ahead else None, reasons[org]) for org in rows}


def _unclear(rows: Mapping[str, BoardRow]) -> set[str]:
    """Those whose interval covers that of a neighbour with another figure."""
    ordered = sorted(rows, key=lambda org: _amount(rows[org]))
    groups = [list(group) for _, group in groupby(ordered, key=lambda org: _amount(rows[org]))]
    return {org for here, there in pairwise(groups) for first, second in ((here, there), (there, here)) for org in first if _covers(rows, org, second)}


def _covers(rows: Mapping[str, BoardRow], org: str, others: Sequence[str]) -> bool:
    own = _interval(rows[org])
    intervals = [_interval(rows[other]) for other in others]
    return own is not None and any(interval is not None and own.covers(interval) for interval in intervals)


def _interval_words(row: BoardRow) -> str:
    interval = _interval(row)
    return f"{numbers.figure(interval.low, 1)}%～{numbers.figure(interval.high, 1)}%" if interval else ""


def _interval(row: BoardRow) -> Interval | None:
    cases, of = row.figure.numerator, row.figure.denominator
    return wilson(cases, of) if _sampled(row) and cases is not None and of and either_way(cases, of) else None
