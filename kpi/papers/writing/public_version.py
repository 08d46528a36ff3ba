"""
The public version (公开版) of a summary: the rows of the board with what may not be published taken out.

Hidden are counts of people and cases so small that somebody could be recognised, what the sheets withhold, and what is named; then whatever would
tell them: other counts of their sums, rates, growth, gaps and targets' progress.  `suppression` finds these and proves that nothing hidden can be
reckoned back from what is left.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from kpi.catalog.formula import Linear, parse_linear
from kpi.catalog.formula_sums import FormulaError
from kpi.catalog.measure import Measure, MeasureKind
from kpi.catalog.model import Catalog
from kpi.catalog.relation import Relation
from kpi.compute.row import BoardRow, LastYear, Status
from kpi.errors import RequestError
from kpi.papers.writing.suppression import KnownFact, OrderStatement, RateStatement, SumStatement, suppress
from kpi.value import State

SMALL = 5  # counts of people and cases below this are not published
_PERSONAL = ("人", "人次", "名", "件", "起", "例")
_ORDERS = {"<=": 1, "<": 1, ">=": -1, ">": -1}


@dataclass(frozen=True, slots=True)
class PublicRows:
    """The rows that may be published; ``wanted`` is what was to be hidden, ``beside`` what had to go with it, by code."""

    rows: dict[str, BoardRow]
    wanted: frozenset[str]
    beside: frozenset[str]


def public_rows(catalog: Catalog, rows: Mapping[str, BoardRow], asked: Collection[str], named: Collection[str] = (), below: int = SMALL) -> PublicRows:
    """
    The rows of a summary that may be published.

    Args:
        catalog: The catalogue of the month.
        rows: The rows of the whole bureau by code, whatever part of it the summary is of: what is hidden in one part must not be told by another.
        asked: The codes of those rows that the summary might print.
        named: The codes that are to be hidden in any case; of a rate its numerator too.
        below: Below what a count of people or cases is hidden.

    Raises:
        RequestError: Something hidden can be reckoned back from the laws of the catalogue alone, whatever is printed.

    """
    figures = {
        code: Fraction(row.figure.value)
        for code, row in rows.items()
        if code in catalog.measures and _counted(catalog.measures[code]) and row.figure.value is not None
    }
    withheld = {code for code, row in rows.items() if row.figure.state is State.WITHHELD}
    figures |= _inferred(catalog, figures, withheld)
    by_name = set(named) | {measure for code in named if code in catalog.indicators for measure in catalog.indicators[code].numerator.codes}
    wanted = {code for code, value in figures.items() if code in withheld or code in by_name or _is_small(catalog.measures[code], value, below)}
    statements = [*_laws(catalog, figures), *_printed(catalog, rows, figures)]
    steps = {code: Fraction(1, 10 ** max(catalog.measures[code].decimals, _digits(value))) for code, value in figures.items()}
    result = suppress(figures, wanted, statements, steps)
    if open_codes := sorted(result.still_open & set(asked)):
        names = "、".join(f"「{catalog.measures[code].name}」" for code in open_codes)
        raise RequestError(f"公开版做不出：{names}由勾稽关系就能推出，隐去别的数也没有用；请不公开整个科室的数，或换一个科室、板块。")
    untold = result.hidden | withheld
    gone = _gone(catalog, rows, untold) | result.rates | (set(named) & rows.keys())
    kept = {code: row for code, row in rows.items() if code in asked}
    public = {code: _hidden(row) if code in gone else _bare(row, rests=_rests(catalog, code, untold)) for code, row in kept.items()}
    return PublicRows(public, frozenset(wanted), frozenset(gone - wanted - withheld))


def _counted(measure: Measure) -> bool:
    return measure.kind in (MeasureKind.FLOW, MeasureKind.STOCK)


def _is_small(measure: Measure, value: Fraction, below: int) -> bool:
    return measure.unit in _PERSONAL and 0 < value < below


def _digits(value: Fraction) -> int:
    """How many digits behind the point a decimal has."""
    return next((digits for digits in range(12) if (value * 10**digits).denominator == 1), 12)


def _terms(linear: Linear | None) -> dict[str, Fraction] | None:
    """A formula as coefficients of this year's measures; None where it holds anything else."""
    if linear is None or any(term.derivation or term.years_back for term in linear.terms):
        return None
    return {term.measure: Fraction(term.coefficient) for term in linear.terms}


def _of_relation(relation: Relation) -> dict[str, Fraction] | None:
    """The left side less the right one as coefficients; None where the relation is no sum of this year's measures."""
    try:
        sides = [_terms(parse_linear(side.text)) for side in (relation.left, relation.right) if side is not None]
    except FormulaError:
        return None
    if len(sides) != 2 or sides[0] is None or sides[1] is None:
        return None
    return {code: factor for code in {**sides[0], **sides[1]} if (factor := sides[0].get(code, Fraction(0)) - sides[1].get(code, Fraction(0)))}


def _inferred(catalog: Catalog, figures: Mapping[str, Fraction], withheld: Collection[str]) -> dict[str, Fraction]:
    """Withheld figures that a law tells from the others: they are to be protected as if we knew them."""
    laws = [terms for relation in catalog.relations.values() if relation.op == "=" and (terms := _of_relation(relation))]
    inferred: dict[str, Fraction] = {}
    while True:
        known = {**figures, **inferred}
        lacking = [(terms, [code for code in terms if code not in known]) for terms in laws]
        implied = [(terms, codes[0]) for terms, codes in lacking if len(codes) == 1 and codes[0] in withheld and codes[0] in catalog.measures]
        terms, code = next(((terms, code) for terms, code in implied if _counted(catalog.measures[code])), ({}, ""))
        if not code:
            return inferred
        inferred[code] = -sum(factor * known[other] for other, factor in terms.items() if other != code) / terms[code]


def _laws(catalog: Catalog, figures: Mapping[str, Fraction]) -> Iterator[KnownFact]:
    """The laws of the catalogue that the figures obey."""
    for relation in catalog.relations.values():
        terms = _of_relation(relation) if relation.op == "=" or relation.op in _ORDERS else None
        if terms and set(terms) <= figures.keys():
            sign = _ORDERS.get(relation.op)
            statement: KnownFact = SumStatement(terms) if sign is None else OrderStatement({code: -sign * factor for code, factor in terms.items()})
            if statement.holds(figures):
                yield statement


def _printed(catalog: Catalog, rows: Mapping[str, BoardRow], figures: Mapping[str, Fraction]) -> Iterator[KnownFact]:
    """What the indicators print of the figures: sums, and rates to their digits."""
    for code, row in rows.items():
        indicator = catalog.indicators.get(code)
        if indicator is None or row.figure.value is None:
            continue
        above, under = _terms(indicator.numerator), _terms(indicator.denominator)
        if above is None or not set(above) <= figures.keys():
            continue
        if indicator.denominator is None and code not in figures:
            yield SumStatement(above, Fraction(row.figure.value) / (indicator.scale or 1))
        elif under is not None and set(under) <= figures.keys() and not indicator.annualised:
            below = sum((factor * figures[measure] for measure, factor in under.items()), Fraction(0))
            shown = sum((factor * figures[measure] for measure, factor in above.items()), Fraction(0)) * indicator.scale / below if below > 0 else None
            if shown is not None:
                yield RateStatement(code, above, under, indicator.scale, indicator.decimals, shown)


def _gone(catalog: Catalog, rows: Mapping[str, BoardRow], hidden: Collection[str]) -> set[str]:
    """What is not printed: the hidden figures, the rates that their offices typed, and indicators that rest on them otherwise than is proved."""
    gone = set(hidden)
    for relation in catalog.relations.values():
        codes = {code for side in (relation.left, relation.right) if side for code, _ in side.codes}
        if codes & set(hidden):
            gone |= {code for code in codes if code in rows and code in catalog.measures and not _counted(catalog.measures[code])}
    for code in rows:
        indicator = catalog.indicators.get(code)
        if indicator is None or not {measure for formula in indicator.formulas for measure in formula.codes} & set(hidden):
            continue
        proved = _terms(indicator.numerator) is not None and (indicator.denominator is None or _terms(indicator.denominator) is not None)
        typed = rows[code].figure.value is None and rows[code].figure.reported_value is not None
        if not proved or typed or indicator.annualised or indicator.failed is not None:
            gone.add(code)
    return gone


def _rests(catalog: Catalog, code: str, hidden: Collection[str]) -> bool:
    """Whether any part of an indicator is hidden."""
    indicator = catalog.indicators.get(code)
    return indicator is not None and any(measure in hidden for formula in indicator.formulas for measure in formula.codes)


def _bare(row: BoardRow, *, rests: bool) -> BoardRow:
    """
    A row that is published.

    The gap to its target goes, since it has more digits than the figure; where it ``rests`` on hidden figures its growth and its verdict too, which
    tell more of it than its print.
    """
    bare = replace(row, target=replace(row.target, gap=None, progress=None, shortfall=None))
    return replace(bare, status=Status.NO_TARGET, last_year=_no_growth(row)) if rests else bare


def _hidden(row: BoardRow) -> BoardRow:
    """A row of which nothing is published."""
    nothing: Decimal | None = None
    figure = replace(row.figure, state=State.WITHHELD, value=nothing, numerator=nothing, denominator=nothing, reported_value=nothing, low=nothing, high=nothing)
    return replace(_bare(row, rests=True), figure=replace(figure, state_words=""))


def _no_growth(row: BoardRow) -> LastYear:
    nothing: Decimal | None = None
    return replace(row.last_year, value=nothing, own=nothing, yoy=nothing, yoy_words="", since_year_end=nothing, like_value=nothing)
