"""
Why a figure is no longer what it was (变动原因): the cells it rests on, as they were known then and now.

The cells of the asked month are compared first, then those of the months before, back to the cumulative figure, stated
then and now, that makes earlier months irrelevant.  What brought another cell, or took one back, is the reason.  Of an
organisation above others the cells of those below it are compared, each by itself.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from functools import cache
from itertools import chain, product

from kpi.bureau import Bureau
from kpi.catalog.formula import Term
from kpi.catalog.measure import MeasureKind
from kpi.catalog.model import Catalog
from kpi.catalog.organisation_moves import Move
from kpi.figures.definitions import itself
from kpi.figures.months_of_terms import months_behind
from kpi.finding import few
from kpi.period import Month, Span, months
from kpi.present import numbers
from kpi.present.organisation_words import happened
from kpi.review.source import anchored
from kpi.store.decision import Act, Decision
from kpi.store.reader import StoreReader
from kpi.store.signature import signature
from kpi.store.submission import Stated, Submission
from kpi.value import UNREPORTED, State, Value
from kpi.workbook.layout.month_words import month_words
from kpi.workbook.report import Column

_MOST_TOLD = 3  # cells that a sentence can name; the others are on record
_Cells = Mapping[tuple[str, str, Month, Column], Stated]  # by organisation, measure, month and column


class Cause(StrEnum):
    """Why a figure is no longer what was shown."""

    CORRECTED = "更正"
    LATE = "补报"
    WITHDRAWN = "撤回"
    TARGET = "目标调整"
    DEFINITION = "口径调整"
    TREE = "机构调整"
    CATALOG = "指标目录改动"
    PROGRAM = "计算程序更新"


@dataclass(frozen=True, slots=True)
class Then:
    """A board as it stood once: whose and of what, what the log held when it was computed, and how one speaks of that moment."""

    bureau: Bureau  # as it was known
    catalog: str  # digest of the catalogue the board was computed with
    period: Month
    span: Span
    org: str
    word: str  # 会上
    since: str  # 会后
    signalled: bool = False  # whether its rows say signal or noise
    reporters: Mapping[str, str] | None = None  # who reported at or below it then, their names by code; None: nobody kept a list
    offices: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # what offices and templates were called; none: nobody wrote it down


@dataclass(frozen=True, slots=True)
class Moved:
    """A cell that a figure rests on and that says something else now."""

    org: str
    whose: str  # the name of the organisation, where the figure is of one above it
    measure: str
    name: str
    unit: str
    period: Month
    column: Column
    was: Value
    now: Value
    before: Stated | None  # where it stood then
    after: Stated | None  # where it stands now

    def words(self, period: Month) -> str:
        """The change as a sentence about a month says it: ``合格批次（本年累计）由 1,724 批次改为 1,719 批次``."""
        month = "" if self.period == period else self.period.chinese
        what = f"{month}{self.name}（{self.column.chinese}）"
        what = f"{self.whose}{numbers.spaced(what)}" if self.whose else what
        was, now = numbers.stated(self.was, self.unit), numbers.stated(self.now, self.unit)
        if was == now and self.before and self.after:
            return f"{what}的截止日由 {self.before.as_of.isoformat()} 改为 {self.after.as_of.isoformat()}"
        return f"{what}由{numbers.spaced(was)}改为{numbers.spaced(now)}"


@dataclass(frozen=True, slots=True)
class Reason:
    """One cause of a change; of a submission or a withdrawal, which one, by whom, when, and with what note."""

    cause: Cause
    words: str
    submission: int | None = None  # the one that came, or that was withdrawn
    replaces: int | None = None  # the one that counted then; of a withdrawal, the one that counts again
    file: str | None = None
    by: str | None = None
    at: datetime | None = None
    note: str | None = None  # the 说明, or the reason of a withdrawal
    cells: tuple[Moved, ...] = ()


class Comparison:
    """The cells behind some indicators, then and now."""

    def __init__(self, bureau: Bureau, then: Then, codes: Iterable[str]) -> None:
        self.then = then
        self._catalog = bureau.catalog.at(then.period)
        self._store = bureau.store
        self._submission, self._instead = cache(bureau.store.submission), cache(self._counting_for)  # many figures, few submissions
        self._known = cache(then.bureau.store.submission)
        known = [code for code in codes if code in bureau.catalog.indicators]
        self._terms = {code: _terms(self._catalog, code) for code in known}
        measures = list(dict.fromkeys(measure for terms in self._terms.values() for term in terms for measure in term.codes))
        back = max((term.years_back + bool(term.derivation) for terms in self._terms.values() for term in terms), default=0)
        first = self._catalog.year.first(self._catalog.year.of(then.period) - back - 1)
        stores = (then.bureau.store, bureau.store)
        counting = [store.in_force(first, then.period) for store in stores]
        touched = {org for _, org in counting[0] ^ counting[1]}  # the cells of all others are what they were
        self._leaves = [leaf for leaf in bureau.catalog.leaves(then.org) if leaf in touched]
        self._before, self._after = (_cells(store, self._leaves, measures, first, then.period) for store in stores)
        self._withdrawals = {decision.submission: decision for decision in bureau.store.decisions() if decision.act is Act.WITHDRAW}

    def reasons(self, code: str, prior: bool, wide: bool = False) -> Iterator[Reason]:
        """
        What brought or took back the cells that differ, in the order of the log.

        Args:
            code: An indicator of the catalogue.
            prior: Whether last year's figure differs too.
            wide: Whether to look through the months of the year that the figure itself does not rest on.

        """
        grouped: defaultdict[tuple[int, int], list[Moved]] = defaultdict(list)
        for cell in dict.fromkeys(self._moved(code, prior, wide)):
            after = cell.after or (self._instead(cell.before.seq) if cell.before else None)
            grouped[after.seq if after else 0, cell.before.seq if cell.before else 0].append(cell)
        for (number, before), cells in sorted(grouped.items(), key=lambda group: max(group[0])):
            came = None if self._known(number) else self._submission(number)
            cell_words = self._listed(cells)
            late = f"{self.then.since}补报"
            yield _brought(came, before, late, cells, cell_words) if came else _taken_back(self._withdrawals.get(before), number, before, cells, cell_words)

    def moved_below(self, was: Sequence[Move] = (), now: Sequence[Move] = ()) -> str:
        """
        Who reports at or below the organisation now and did not then, and the other way, and whose months are others; empty where all is the same.

        Args:
            was: What had become of the tree as the row said it then.
            now: And as it says it now.

        """
        catalog, span, period, org = self._catalog, self.then.span, self.then.period, self.then.org
        below = catalog.leaves(org, catalog.year.start(span, period), period)
        then = self.then.reporters or dict.fromkeys(below, "")
        went = [leaf for leaf in then if leaf not in below]
        came = [leaf for leaf in below if leaf not in then]
        dated, undated = ([move for move in moves if move not in other and not self._of(move, went + came)] for moves, other in ((now, was), (was, now)))
        changes = [
            f"调出 {'、'.join(f'{then[leaf]}{self._went(leaf)}' for leaf in went)}" if went else "",
            f"调入 {'、'.join(f'{catalog.orgs[leaf].name}{self._stays(leaf)}' for leaf in came)}" if came else "",
            few([happened(move, period.year, org) for move in dated], "项"),
            f"不再写明{few([happened(move, period.year, org) for move in undated], '项')}" if undated else "",
        ]
        words = "，".join(filter(None, changes))
        return f"{self.then.since}机构树改了：{words}" if words else ""

    def _of(self, move: Move, leaves: Collection[str]) -> bool:
        """Whether a change of the tree is that of some who report, by themselves or with the node above them."""
        return move.org in self._catalog.orgs and not set(self._catalog.leaves(move.org)).isdisjoint(leaves)

    def _stays(self, leaf: str) -> str:
        """The months of the span in which one belongs to the organisation, where these are not all of them."""
        covered = months(self._catalog.year.start(self.then.span, self.then.period), self.then.period)
        own = [month for month in covered if self.then.org in self._catalog.tree.path(leaf, month)]
        return "" if len(own) == len(covered) else f"（{month_words(own)}属于这里）"

    def renamed(self) -> str:
        """What of the organisations, offices and templates is called otherwise than then, or is gone: ``：食品科改名为食品安全科``; else empty."""
        offices, orgs = self._catalog.offices, self._catalog.orgs
        pairs = [(name, orgs[leaf].name) for leaf, name in (self.then.reporters or {}).items() if leaf in orgs]
        for code, called in self.then.offices.items():
            office = offices.get(code)
            pairs.append((called["name"], office.name if office else ""))
            pairs += [(f"报表「{called['template']}」", f"「{office.template}」")] if office and office.template != called["template"] else []
        renames = [f"{was}改名为{now}" if now else f"没有{was}了" for was, now in dict.fromkeys(pairs) if was != now]
        return f"：{few(renames, '处')}" if renames else ""

    def _went(self, leaf: str) -> str:
        """Where an organisation is now."""
        if leaf not in self._catalog.orgs:
            return "（机构树里已经没有）"
        above = self._catalog.tree.path(leaf, self.then.period)[-2:-1]
        return f"（现在属于{self._catalog.orgs[above[0]].name}）" if above else ""

    def reasons_of_a_neighbour(self, code: str) -> list[Reason]:
        """Why something beside a figure differs although no cell that it rests on does: the months before it, the notes, the catalogue, the program."""
        if reasons := list(self.reasons(code, prior=True, wide=True)):
            return reasons
        if self.then.catalog != self._catalog.digest:
            return [Reason(Cause.CATALOG, f"{self.then.since}改过指标目录{self.renamed()}")]
        if self._leaves:
            return [Reason(Cause.CORRECTED, f"{self.then.since}有新的报送或撤回，这一项的数没有变，它的旁注或前后月份变了")]
        return [Reason(Cause.PROGRAM, "计算程序已经更新")]

    def _counting_for(self, gone: int) -> Submission | None:
        """The submission that counts in the place of another, for a figure of which it does not speak at all."""
        was = self._submission(gone)
        return self._store.current(was.office, was.period, was.template, was.org) if was else None

    def _listed(self, cells: Sequence[Moved]) -> str:
        """The cells that say most: of a month the cumulative figure before the single one, a rate typed in last."""
        last = [cell for cell in cells if self._catalog.measures[cell.measure].kind is MeasureKind.RATE]
        whole = {(cell.org, cell.measure, cell.period) for cell in cells if cell.column is Column.YTD} if self.then.span.cumulative else set()
        first = [cell for cell in cells if cell not in last and not (cell.column is Column.MONTH and (cell.org, cell.measure, cell.period) in whole)]
        listed = (first or last)[:_MOST_TOLD]
        more = f"等 {len(cells)} 处" if len(first or last) > len(listed) else ""
        return "、".join(cell.words(self.then.period) for cell in listed) + more

    def _moved(self, code: str, prior: bool, wide: bool) -> Iterator[Moved]:
        for leaf, term in product(self._leaves, self._terms[code]):
            measure, years_back, asked = term.measure, term.years_back, self.then.period.plus(-12 * term.years_back)
            if term.derivation is not None:
                yield from chain.from_iterable(self._of_derivation(leaf, term, point) for point in ((asked, asked.plus(-12)) if prior else (asked,)))
                continue
            yield from self._walk(leaf, measure, asked, wide)
            if prior or years_back:
                yield from self._differing(leaf, measure, asked if prior else asked.plus(12), (Column.PRIOR,))
            if prior:
                yield from self._walk(leaf, measure, asked.plus(-12), wide)

    def _of_derivation(self, leaf: str, term: Term, point: Month) -> Iterator[Moved]:
        """The cells that differ, of every month behind a derivation."""
        for measure, month in product(term.codes, reversed(months_behind(self._catalog, term, point))):
            yield from self._differing(leaf, measure, month, (Column.MONTH, Column.YTD))

    def _walk(self, leaf: str, measure: str, last: Month, wide: bool) -> Iterator[Moved]:
        """The cells that differ from a month back to the cumulative figure, stated then and now, that hides all earlier ones."""
        span = self.then.span
        whole = span.cumulative
        year = self._catalog.year
        first = year.opening(last) if whole else max(year.start(span, last).plus(-1), year.opening(last))
        for month in reversed(months(first, last)):
            yield from self._differing(leaf, measure, month, (Column.MONTH, Column.YTD))
            if whole and not wide and all(self._anchored(cells, leaf, measure, month) for cells in (self._before, self._after)):
                return

    def _differing(self, leaf: str, measure: str, month: Month, columns: Sequence[Column]) -> Iterator[Moved]:
        entry = self._catalog.measures[measure]
        whose = self._catalog.called(None, leaf) if leaf != self.then.org else ""
        for column in columns:
            before, after = (cells.get((leaf, measure, month, column)) for cells in (self._before, self._after))
            was, now = (stated.value if stated else UNREPORTED for stated in (before, after))
            dates = {stated.as_of for stated in (before, after) if stated and stated.value.state is not State.UNREPORTED}
            if (was.state, was.number) != (now.state, now.number) or len(dates) > 1:
                yield Moved(leaf, whose, measure, entry.name, entry.unit, month, column, was, now, before, after)

    def _anchored(self, cells: _Cells, leaf: str, measure: str, month: Month) -> bool:
        columns = {column: stated for column in (Column.MONTH, Column.YTD) if (stated := cells.get((leaf, measure, month, column)))}
        return anchored(self._catalog.measures[measure], columns)


def _terms(catalog: Catalog, code: str) -> list[Term]:
    """What an indicator rests on, without coefficients."""
    indicator = catalog.indicators[code]
    terms = [replace(term, coefficient=Decimal(1)) for formula in indicator.formulas for term in formula.terms]
    return list(dict.fromkeys([*terms, *(itself(indicator.reported).terms if indicator.reported else ())]))


def _cells(store: StoreReader, leaves: Sequence[str], measures: Sequence[str], first: Month, last: Month) -> _Cells:
    return {(leaf, stated.measure, stated.period, stated.column): stated for leaf in leaves for stated in store.sources(measures, last, first, leaf)}


def _brought(came: Submission, before: int, late: str, cells: Sequence[Moved], cell_words: str) -> Reason:
    """By a submission that came later."""
    note = f"，说明：{came.note}" if came.note else ""
    what = f"替换第 {before} 号" if before else late
    words = f"第 {came.seq} 号报送（「{came.file}」，{signature(came.by, came.at)}{note}）{what}，{cell_words}"
    return Reason(Cause.CORRECTED if before else Cause.LATE, words, came.seq, before or None, came.file, came.by, came.at, came.note, tuple(cells))


def _taken_back(withdrawal: Decision | None, after: int, before: int, cells: Sequence[Moved], cell_words: str) -> Reason:
    """By the withdrawal of the submission that counted then."""
    gone = next((cell.before for cell in cells if cell.before), None)
    again = f"第 {after} 号重新有效，{cell_words}" if after else "没有别的报送可用，变为未报"
    who = f"{signature(withdrawal.by, withdrawal.at, '由')} 撤回（理由：{withdrawal.reason}）" if withdrawal else "不再有效"
    reason = Reason(Cause.WITHDRAWN, f"第 {before} 号报送已{who}，{again}", before, after or None, gone.file if gone else None, cells=tuple(cells))
    return replace(reason, by=withdrawal.by, at=withdrawal.at, note=withdrawal.reason) if withdrawal else reason
