"""
What public versions tell together: those that were handed out before, and the one that is to be written now.

The figures of one measure over overlapping months are sums of its figures over the months between the ends of these periods, which no paper prints.
A reader subtracts one from another (本年累计 of November less that of October is November), so these sums stand beside the laws of each period.
What was corrected since it was printed tells nobody the figure of today, and takes no part.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import pairwise

from kpi.catalog.measure import MeasureKind
from kpi.catalog.model import Catalog
from kpi.compute.row import BoardRow
from kpi.papers.writing.known_facts import KnownFacts, known_facts
from kpi.papers.writing.linear_facts import LinearFact, solved
from kpi.period import Month
from kpi.store.publication import Publication

_APART = "@"  # between the code of a measure and the paper or the months that its figure is of


@dataclass(frozen=True, slots=True)
class EarlierPaper:
    """A public version that was handed out, and the rows of its period as they are today."""

    publication: Publication
    rows: Mapping[str, BoardRow]


@dataclass(frozen=True, slots=True)
class EarlierPapers:
    """
    The public versions that were handed out before one is written.

    Attributes:
        months: The first and the last month of the one that is to be written.
        known: How many there are, of all organisations and years.
        papers: Those of the same reporting year.
        cumulated: The cumulative figures by code at each of `cut_months`; none before the year.

    """

    months: tuple[Month, Month]
    known: int
    papers: Sequence[EarlierPaper] = ()
    cumulated: Mapping[Month, Mapping[str, Fraction]] = field(default_factory=dict)

    @property
    def hidden(self) -> frozenset[str]:
        """The codes of what any of them hid."""
        return frozenset(code for paper in self.papers for code in paper.publication.hidden)


@dataclass(frozen=True, slots=True)
class EarlierFacts:
    """
    What earlier public versions add to what a reader knows; their figures are named ``code@paper``, those between their ends ``code@months``.

    Attributes:
        figures: Their figures.
        facts: What a reader knows of them.
        printed: The names of those that are public; of the paper that is to be written those that a reader computes from them.
        hidden: The names of those that were hidden, and have to stay so.
        beside: Those of them that were hidden because they would tell another.
        between: The names of those that no paper prints.

    """

    figures: dict[str, Fraction] = field(default_factory=dict)
    facts: list[LinearFact] = field(default_factory=list)
    printed: set[str] = field(default_factory=set)
    hidden: set[str] = field(default_factory=set)
    beside: set[str] = field(default_factory=set)
    between: set[str] = field(default_factory=set)


def measure_of(name: str) -> str:
    """The code of the measure that a figure is of."""
    return name.partition(_APART)[0]


def cut_months(catalog: Catalog, publications: Sequence[Publication], first: Month, last: Month) -> list[Month]:
    """The last months of all papers and those before their first ones: what is cumulated to them is what their figures are differences of."""
    ends = {first.plus(-1), last}
    for publication in publications:
        ends |= {catalog.year.start(publication.span, publication.month).plus(-1), publication.month}
    return sorted(ends)


def earlier_facts(catalog: Catalog, now: KnownFacts, before: EarlierPapers) -> EarlierFacts:
    """What earlier public versions of a year add to what a reader knows of the one that is to be written."""
    earlier = EarlierFacts()
    periods = [("", *before.months)]
    for number, paper in enumerate(before.papers, 1):
        mark = f"{_APART}{number}"
        _add_paper(earlier, mark, paper, known_facts(catalog, paper.rows))
        periods.append((mark, catalog.year.start(paper.publication.span, paper.publication.month), paper.publication.month))
    every = now.figures | earlier.figures
    for code in now.figures:
        shown = [(mark, first, last) for mark, first, last in periods if f"{code}{mark}" in every]
        if len(shown) > 1:
            stock = catalog.measures[code].kind is MeasureKind.STOCK
            sums = dict(_stocks(code, shown, every) if stock else _flows(code, shown, before.cumulated, catalog.year.opening(before.months[1])))
            for mark, parts in sums.items():
                earlier.figures.update(parts)
                earlier.between.update(parts)
                earlier.facts.append(LinearFact({f"{code}{mark}": Fraction(1)} | dict.fromkeys(parts, Fraction(-1))))
            if sums and _follows(sums[""], [parts for mark, parts in sums.items() if f"{code}{mark}" in earlier.printed]):
                earlier.printed.add(code)
    return earlier


def _follows(parts: Collection[str], others: Sequence[Collection[str]]) -> bool:
    """Whether the sum of some figures can be computed from the sums of others."""
    names = {name for each in (parts, *others) for name in each}
    rows = [dict.fromkeys(each, Fraction(1)) for each in (*others, parts)]
    return len(solved(rows[:-1], names)[0]) == len(solved(rows, names)[0])


def _add_paper(earlier: EarlierFacts, mark: str, paper: EarlierPaper, known: KnownFacts) -> None:
    """Add the figures of a paper's period, and what a reader knows of them: one that it does not speak of may be a sum of those that it prints."""
    printed = {code for code, value in paper.publication.printed.items() if known.figures.get(code) == Fraction(value)}
    hidden = {code for code in paper.publication.hidden if code in known.figures}
    earlier.figures.update({f"{code}{mark}": value for code, value in known.figures.items()})
    earlier.printed.update(f"{code}{mark}" for code in printed)
    earlier.hidden.update(f"{code}{mark}" for code in hidden)
    earlier.between.update(f"{code}{mark}" for code in known.figures.keys() - printed - hidden)
    earlier.beside.update(f"{code}{mark}" for code in hidden & paper.publication.beside)
    for fact in known.facts:
        if not fact.printed or fact.printed in paper.publication.printed:
            earlier.facts.append(LinearFact({f"{code}{mark}": factor for code, factor in fact.coefficients.items()}, fact.sign, fact.constant))


def _stocks(code: str, shown: Sequence[tuple[str, Month, Month]], figures: Mapping[str, Fraction]) -> Iterator[tuple[str, dict[str, Fraction]]]:
    """What stands at the end of each period."""
    for mark, _, last in shown:
        yield mark, {f"{code}{_APART}{last}": figures[f"{code}{mark}"]}


def _flows(
    code: str, shown: Sequence[tuple[str, Month, Month]], cumulated: Mapping[Month, Mapping[str, Fraction]], opening: Month
) -> Iterator[tuple[str, dict[str, Fraction]]]:
    """What each period is the sum of; nothing where a cumulative figure between is not known."""
    ends = sorted({end for _, first, last in shown for end in (first.plus(-1), last)})
    until = {end: Fraction(0) if end < opening else cumulated.get(end, {}).get(code) for end in ends}
    parts: dict[Month, tuple[str, Fraction]] = {}
    for before, end in pairwise(ends):
        start, whole = until[before], until[end]
        if start is None or whole is None:
            return
        parts[end] = (f"{code}{_APART}{before.plus(1)}{_APART}{end}", whole - start)
    for mark, first, last in shown:
        yield mark, dict(part for end, part in parts.items() if first <= end <= last)
