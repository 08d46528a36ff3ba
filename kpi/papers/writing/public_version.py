"""
The public version (公开版) of a summary: the rows of the board with what may not be published taken out.

Hidden are counts of people and cases so small that somebody could be recognised, what the sheets withhold, what is named, and what an earlier public
version hid; then whatever would tell them: other counts of their sums, rates, growth, gaps and targets' progress.  `suppression` finds these and
proves that nothing hidden can be reckoned back from what is left, from the laws of the catalogue and from earlier public versions together.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from kpi.catalog.model import Catalog
from kpi.compute.row import BoardRow, LastYear, Status
from kpi.errors import RequestError
from kpi.papers.writing.earlier_papers import EarlierFacts, EarlierPapers, earlier_facts, measure_of
from kpi.papers.writing.known_facts import KnownFacts, counted, is_proved, known_facts
from kpi.papers.writing.suppression import FigureTable, Suppression, suppress, unsafe
from kpi.value import State

_SHARE = Fraction(1, 10)  # of a hidden figure, by which it has to be uncertain at least


@dataclass(frozen=True, slots=True)
class PublicRows:
    """
    The rows that may be published.

    Attributes:
        rows: They themselves, by code.
        hidden: The codes of all that is hidden, in whatever part of the bureau's summary.
        beside: Those of them that are hidden because they would tell another.
        recoverable: Those of the hidden ones that earlier public versions tell already, wholly or nearly.
        known: How many public versions were on record when they were written.

    """

    rows: dict[str, BoardRow]
    hidden: frozenset[str]
    beside: frozenset[str]
    recoverable: frozenset[str]
    known: int

    @property
    def printed(self) -> dict[str, Decimal]:
        """The figures that are printed, unrounded, by code."""
        return {code: row.figure.value for code, row in self.rows.items() if row.figure.value is not None}

    @property
    def grown(self) -> frozenset[str]:
        """The codes of those whose growth may be printed."""
        return frozenset(code for code, row in self.rows.items() if row.last_year.yoy is not None)

    @property
    def words(self) -> str:
        """How many of its figures are hidden, and how many of them because they would tell another, in a sentence."""
        hidden, beside = (sum(code in codes for code in self.rows) for codes in (self.hidden, self.beside))
        why = f"，其中 {beside} 个是因为凭它们、凭以前公开过的材料能推算出别的不公开的数" if beside else ""
        recoverable = f"，有 {len(self.recoverable)} 个凭以前公开过的材料已经能推算出大概" if self.recoverable else ""
        return f"不公开 {hidden} 个数{why}{recoverable}。"


def public_rows(
    catalog: Catalog,
    rows: Mapping[str, BoardRow],
    last_year: Mapping[str, BoardRow],
    asked: Collection[str],
    named: Collection[str],
    before: EarlierPapers,
    then: EarlierPapers,
) -> PublicRows:
    """
    The rows of a summary that may be published.

    Args:
        catalog: The catalogue of the month.
        rows: The rows of the whole bureau by code, whatever part of it the summary is of: what is hidden in one part must not be told by another.
        last_year: The rows of the same period of last year, as growth compares with them: growth over a figure that is to be hidden would tell it.
        asked: The codes of those rows that the summary might print.
        named: The codes that are to be hidden in any case; of a rate its numerator too.
        before: The public versions that were handed out before.
        then: What is public of last year.

    Raises:
        RequestError: Something hidden can be reckoned back from the laws of the catalogue, whatever is printed; or what is named is public already.

    """
    known = known_facts(catalog, rows)
    by_name = set(named) | {measure for code in named if code in catalog.indicators for measure in catalog.indicators[code].numerator.codes}
    wanted = {code for code, value in known.figures.items() if code in known.withheld or code in by_name or _is_small(catalog, code, value)}
    earlier = earlier_facts(catalog, known, before)
    result = _suppressed(catalog, known, wanted, earlier)
    recoverable = result.still_open & wanted & set(asked)
    _require_protection(catalog, recoverable, by_name, earlier)
    hidden = (result.hidden & rows.keys()) | known.withheld
    hidden_then = _hidden_then(catalog, last_year, then) | then.hidden
    looking_back = {code for code in rows if code in catalog.indicators and not is_proved(catalog.indicators[code])}
    gone = _gone(catalog, rows, hidden) | result.unprinted | (set(named) & rows.keys()) | {code for code in looking_back if _rests(catalog, code, hidden_then)}
    public = {
        code: _hidden(row) if code in gone else _bare(row, rests=_rests(catalog, code, hidden), growth=not _rests(catalog, code, hidden_then))
        for code, row in rows.items()
        if code in asked
    }
    return PublicRows(public, frozenset(gone), frozenset(gone - wanted - known.withheld - set(named)), frozenset(recoverable), before.known)


def _require_protection(catalog: Catalog, recoverable: Collection[str], by_name: Collection[str], earlier: EarlierFacts) -> None:
    """
    Refuse a version in which figures that are to be hidden are told by what it does not print.

    What earlier public versions tell already this one cannot protect and does not tell either: it is refused for what somebody has named alone.

    Raises:
        RequestError: As `public_rows`.

    """
    if public := sorted(set(recoverable) & set(by_name)) if earlier.printed else []:
        names = "、".join(f"「{catalog.measures[code].name}」" for code in public)
        raise RequestError(f"公开版做不出：{names}凭以前公开过的材料就能推出，不能再隐去；请不要另外隐去，或换一个期间。")
    if recoverable and not earlier.printed:
        names = "、".join(f"「{catalog.measures[code].name}」" for code in sorted(recoverable))
        raise RequestError(f"公开版做不出：{names}由勾稽关系就能推出，隐去别的数也没有用；请不公开整个科室的数，或换一个科室、板块。")


def _suppressed(catalog: Catalog, known: KnownFacts, wanted: set[str], earlier: EarlierFacts) -> Suppression:
    """What has to be hidden so that nothing of what is wanted can be reckoned back."""
    figures = known.figures | earlier.figures
    small = {name for name in earlier.between if _is_small(catalog, measure_of(name), figures[name])}
    before = (earlier.hidden - earlier.beside) | small
    steps = {name: Fraction(1, 10 ** max(catalog.measures[measure_of(name)].decimals, _digits(value))) for name, value in figures.items()}
    widths = {name: _width(catalog, measure_of(name), figures[name]) for name in wanted | before}
    auxiliary = frozenset(earlier.between | earlier.beside)
    of_them_alone = [fact for fact in earlier.facts if known.figures.keys().isdisjoint(fact.coefficients)]
    alone = FigureTable(earlier.figures, of_them_alone, steps, widths, auxiliary=auxiliary)
    narrow = unsafe(alone, before)  # already: they are not to become narrower than one step
    recovered = unsafe(replace(alone, widths={}), before) if narrow else frozenset()
    widths = {name: width for name, width in widths.items() if name not in narrow}
    facts = [*known.facts, *earlier.facts]
    return suppress(FigureTable(figures, facts, steps, widths, frozenset(earlier.printed), auxiliary | recovered), wanted | (before - recovered))


def _hidden_then(catalog: Catalog, rows: Mapping[str, BoardRow], before: EarlierPapers) -> frozenset[str]:
    """What a public version of last year hides, after what is public of that year."""
    known = known_facts(catalog, rows)
    wanted = {code for code, value in known.figures.items() if code in known.withheld or _is_small(catalog, code, value)}
    return _suppressed(catalog, known, wanted, earlier_facts(catalog, known, before)).hidden | known.withheld


def _is_small(catalog: Catalog, code: str, value: Fraction) -> bool:
    """Whether a figure counts so few people or cases that it is not published."""
    return catalog.small_counts.hides(catalog.measures[code].unit, value)


def _width(catalog: Catalog, code: str, value: Fraction) -> Fraction:
    """How wide the range of a hidden figure must be left to a reader: as wide as that of what is too small to be published, and a share of what it is."""
    few = catalog.small_counts.smallest if catalog.small_counts.protects(catalog.measures[code].unit) else 0
    return max(Fraction(few), abs(value) * _SHARE)


def _digits(value: Fraction) -> int:
    """How many digits behind the point a decimal has."""
    return next((digits for digits in range(12) if (value * 10**digits).denominator == 1), 12)


def _gone(catalog: Catalog, rows: Mapping[str, BoardRow], hidden: Collection[str]) -> set[str]:
    """What is not printed: the hidden figures, the rates that their offices typed, and indicators that rest on them otherwise than is proved."""
    gone = set(hidden)
    for relation in catalog.relations.values():
        codes = {code for side in (relation.left, relation.right) if side for code, _ in side.codes}
        if codes & set(hidden):
            gone |= {code for code in codes if code in rows and code in catalog.measures and not counted(catalog.measures[code])}
    for code in rows:
        indicator = catalog.indicators.get(code)
        if indicator is None or not {measure for formula in indicator.formulas for measure in formula.codes} & set(hidden):
            continue
        typed = rows[code].figure.value is None and rows[code].figure.reported_value is not None
        if not is_proved(indicator) or typed:
            gone.add(code)
    return gone


def _rests(catalog: Catalog, code: str, hidden: Collection[str]) -> bool:
    """Whether a figure is hidden, or any part of an indicator is."""
    indicator = catalog.indicators.get(code)
    return code in hidden or (indicator is not None and any(measure in hidden for formula in indicator.formulas for measure in formula.codes))


def _bare(row: BoardRow, *, rests: bool, growth: bool) -> BoardRow:
    """
    A row that is published.

    The gap to its target goes, since it has more digits than the figure; where it ``rests`` on hidden figures its verdict too, which tells more of it
    than its print, and its growth, as where there is to be no ``growth``.
    """
    bare = replace(row, target=replace(row.target, gap=None, progress=None, shortfall=None))
    bare = bare if growth and not rests else replace(bare, last_year=_no_growth(row))
    return replace(bare, status=Status.NO_TARGET) if rests else bare


def _hidden(row: BoardRow) -> BoardRow:
    """A row of which nothing is published."""
    nothing: Decimal | None = None
    figure = replace(row.figure, state=State.WITHHELD, value=nothing, numerator=nothing, denominator=nothing, reported_value=nothing, low=nothing, high=nothing)
    return replace(_bare(row, rests=True, growth=False), figure=replace(figure, state_words=""))


def _no_growth(row: BoardRow) -> LastYear:
    nothing: Decimal | None = None
    return replace(row.last_year, value=nothing, own=nothing, yoy=nothing, yoy_words="", since_year_end=nothing, like_value=nothing)
