"""
The catalogue (指标目录) as it is after loading: checked, complete, immutable.

One file of ``data/catalog`` describes one office; `load` puts them together.  Codes are unique over the whole
catalogue within their noun; a measure and an indicator may share a code when the indicator *is* that measure, or
when the measure is the rate that the office types in beside the one we compute (填报值 beside 计算值).
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import cached_property

from kpi.catalog.area import Area
from kpi.catalog.earlier_definition import EarlierDefinition, ReplacedDefinition
from kpi.catalog.formula import Term
from kpi.catalog.indicator import Indicator
from kpi.catalog.ledger import Ledger
from kpi.catalog.measure import Measure
from kpi.catalog.office import Office, System
from kpi.catalog.organisation import BUREAU, Organisation
from kpi.catalog.relation import Relation
from kpi.catalog.sentence import SummarySentence
from kpi.catalog.small_counts import USUAL, SmallCounts
from kpi.catalog.target import Reference, Target
from kpi.catalog.tree import Tree
from kpi.period import CALENDAR_YEAR, Month, ReportingYear


@dataclass(frozen=True, eq=False)
class Catalog:
    """Everything, by code, in the order of the offices and of the files; one catalogue is the same only as itself."""

    bureau: str  # name of the bureau as pages print it
    offices: dict[str, Office]
    measures: dict[str, Measure]
    indicators: dict[str, Indicator]
    relations: dict[str, Relation]
    systems: dict[str, System]
    targets: dict[tuple[str, int], tuple[Target, ...]]  # by indicator and year: of every office, by the day from which they hold
    digest: str  # sha256 over the files, to know a changed catalogue
    ledgers: dict[str, Ledger] = field(default_factory=dict)
    references: dict[tuple[str, str], Reference] = field(default_factory=dict)  # by code and organisation
    orgs: dict[str, Organisation] = field(default_factory=dict)  # in the order of the tree; never empty: without a tree, the bureau itself
    areas: dict[str, Area] = field(default_factory=dict)  # in their order; empty where the bureau has named none
    sentences: dict[str, SummarySentence] = field(default_factory=dict)  # of the work summary, in their order
    first_month: Month | None = None  # with which the bureau's figures begin; None: nobody has said
    year: ReportingYear = CALENDAR_YEAR  # over which its figures add up and its targets are set
    small_counts: SmallCounts = USUAL  # that its public papers leave out
    superseded: Mapping[str, EarlierDefinition] = field(default_factory=dict)  # of a catalogue of some months the definitions that are others now
    now: "Catalog | None" = None  # of a catalogue of some months, see `at`: the one it was taken from

    def __post_init__(self) -> None:
        alone = Organisation(code=BUREAU, name=self.bureau, reports=True)
        object.__setattr__(self, "orgs", dict(self.tree.orgs) if self.orgs else {BUREAU: alone})

    @property
    def today(self) -> "Catalog":
        """The catalogue with the definitions in force."""
        return self.now or self

    def at(self, month: Month) -> "Catalog":
        """The catalogue with the definitions of indicators that held in a month; itself where none was ever another one."""
        return self.today.dated[sum(turn <= month for turn in self.turns)] if self.turns else self

    @cached_property
    def turns(self) -> tuple[Month, ...]:
        """The months from which on any indicator is computed otherwise than before, ascending."""
        return tuple(sorted({earlier.until.plus(1) for indicator in self.today.indicators.values() for earlier in indicator.earlier}))

    @cached_property
    def dated(self) -> tuple["Catalog", ...]:
        """The catalogues of the months before the first turn, between any two, and from the last one on; none without a turn."""
        lasts = (*(turn.plus(-1) for turn in self.turns), None) if self.turns else ()
        return self.now.dated if self.now else tuple(self._before_turn(last) for last in lasts)

    def _before_turn(self, last: Month | None) -> "Catalog":
        """The catalogue of some months of which ``last`` is the last one; without it of the present."""
        superseded = {code: earlier for code, indicator in self.indicators.items() if last and (earlier := indicator.superseded(last))}
        defined = {code: indicator.as_defined(superseded[code]) if code in superseded else indicator for code, indicator in self.indicators.items()}
        return replace(self, indicators=defined, superseded=superseded, now=self)

    def key(self, code: str) -> str:
        """Under what the parts of an indicator or measure are kept: its code, and of an earlier definition the last month of it too."""
        return f"{code}@{self.superseded[code].until}" if code in self.superseded else code

    def replaced(self, code: str) -> ReplacedDefinition | None:
        """In a catalogue of some months, until when the definition of an indicator held; None where it still does."""
        earlier = self.superseded.get(code)
        return ReplacedDefinition(earlier.until, self.indicators[code].earlier[-1].until.plus(1)) if earlier else None

    def same_definition(self, code: str, month: Month, other: Month) -> bool:
        """Whether one definition of an indicator held in two months, so that its figures can be set against one another."""
        return self.at(month).key(code) == self.at(other).key(code)

    @cached_property
    def definitions(self) -> dict[str, Indicator]:
        """Every indicator, and after them each of their earlier definitions, by the key of it."""
        today = self.today
        return today.indicators | {dated.key(code): dated.indicators[code] for dated in today.dated for code in dated.superseded}

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of all that can be asked for: of every indicator, then of every measure that is none."""
        return tuple(dict.fromkeys([*self.indicators, *self.measures]))

    def indicator_or_measure(self, code: str) -> Indicator | Measure:
        """The indicator with a code, else the measure."""
        return self.indicators.get(code) or self.measures[code]

    def counted(self, term: Term) -> Measure:
        """What a term counts: its measure, or what stands for a derivation of some, see `Derivation.measure`."""
        return term.derivation.measure([self.measures[code] for code in term.codes]) if term.derivation else self.measures[term.measure]

    @cached_property
    def derived(self) -> frozenset[str]:
        """The keys of the indicators, see `definitions`, that any derivation is part of."""
        return frozenset(key for key, indicator in self.definitions.items() if indicator.derived)

    @cached_property
    def blanks_count(self) -> bool:
        """Whether a blank of any measure counts as 0."""
        return any(measure.blank_is_zero for measure in self.measures.values())

    def resting_on(self, offices: Collection[str]) -> list[str]:
        """The keys of the indicators, see `definitions`, of which any part has a measure of some offices."""

        def codes(indicator: Indicator) -> Iterator[str]:
            yield from (code for formula in indicator.formulas for code in formula.codes)
            yield from [indicator.reported] if indicator.reported else []

        return [key for key, indicator in self.definitions.items() if any(self.measures[measure].office in offices for measure in codes(indicator))]

    def area_of(self, code: str) -> Area | None:
        """The area of an indicator or a measure, its own before that of its office; None where neither names one."""
        entry = self.indicator_or_measure(code)
        return self.areas.get((entry.area if isinstance(entry, Indicator) else "") or self.offices[entry.office].area)

    @property
    def owed(self) -> dict[str, Measure]:
        """The measures that stand on the offices' sheets; the others are counted from ledgers."""
        return {code: measure for code, measure in self.measures.items() if not measure.ledger_only}

    def office_measures(self, office: str, month: Month | None = None) -> tuple[Measure, ...]:
        """The measures an office owes for a month, ever unless told, in the order of its sheet."""
        return tuple(measure for measure in self.owed.values() if measure.office == office and (month is None or measure.holds(month)))

    def offices_in(self, month: Month) -> tuple[Office, ...]:
        """The offices that owe a sheet for a month."""
        return tuple(office for office in self.offices.values() if office.holds(month))

    def listed_in(self, month: Month) -> tuple[str, ...]:
        """The indicators that the board of a month lists: there was their office then, and all that they are counted from."""
        dated = self.at(month)
        return tuple(
            code
            for code, indicator in dated.indicators.items()
            if self.offices[indicator.office].holds(month) and all(self.measures[measure].holds(month) for measure in indicator.numerator.codes)
        )

    @cached_property
    def tree(self) -> Tree:
        """The organisations as they stood below one another in each month."""
        return Tree(self.orgs.values())

    @property
    def branched(self) -> bool:
        """Whether there is more than one organisation; only then is any of them named."""
        return len(self.orgs) > 1

    @property
    def root(self) -> str:
        """The organisation that stands for all."""
        return next(iter(self.orgs))

    def leaves(self, org: str, first: Month | None = None, last: Month | None = None) -> tuple[str, ...]:
        """The organisations at or below one that report, in any of some months, of all months unless told."""
        return self.tree.leaves(org, first, last)

    def children(self, org: str, first: Month | None = None, last: Month | None = None) -> tuple[str, ...]:
        """The organisations directly below one, in any of some months, of all months unless told."""
        return self.tree.children(org, first, last)

    def meant(self, org: str) -> str:
        """The organisation that an entry of the log is of: what was entered for the bureau that stood alone is the root's once there is a tree."""
        return self.root if org == BUREAU and org not in self.orgs else org

    def path(self, org: str) -> tuple[str, ...]:
        """The organisations from the root down to one, both included, in the last months that there is one."""
        return self.tree.path(org)

    def is_below(self, org: str, node: str) -> bool:
        """Whether an organisation is a node of the tree, or lies below it."""
        return org == node or node in self.path(org)

    def called(self, office: str | None, org: str | None) -> str:
        """An office with its organisation before it, if there is a tree; either may be left out, and an office that is no more goes by its code."""
        before = self.orgs[org].name if self.branched and org in self.orgs else ""
        return before + (self.offices[office].name if office in self.offices else office or "")

    def targets_of(self, code: str, year: int, org: str | None = None) -> tuple[Target, ...]:
        """
        The targets that an indicator is held to in a year, by the day from which they hold.

        Args:
            code: The indicator.
            year: The year.
            org: The organisation, the root unless told; each has targets of its own or none, never those of another level.

        Returns:
            Those of the indicator's own office, else those of the bureau as a whole.

        """
        every = [target for target in self.targets.get((code, year), ()) if target.org == (org or self.root)]
        own = tuple(target for target in every if target.office == self.indicators[code].office)
        return own or tuple(target for target in every if target.office not in self.offices)

    def target(self, code: str, on: date, org: str | None = None) -> Target | None:
        """The target of an organisation, the root unless told, in force on a day."""
        return next((target for target in reversed(self.targets_of(code, self.year.of_day(on), org)) if target.first_day(self.year) <= on), None)

    def wanted(self, target: Target) -> Decimal:
        """What a target asks for, the reference of its organisation that it is per unit of multiplied in."""
        return target.value if target.per is None else target.value * self.references[target.per, target.org].values[target.year]
