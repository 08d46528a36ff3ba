"""
What the product proposes of a catalogue (建议), each with what it rests on (依据).

A proposal is never more certain than its evidence: what the figures prove, what the sheets say in words, what is merely
likely, and what is asked because nothing decides it.
"""

from dataclasses import dataclass
from enum import StrEnum

from kpi.catalog.ledger import Counting, Role
from kpi.catalog.measure import Better, MeasureKind, UnstatedFigure


class Certainty(StrEnum):
    """How sure a proposal is."""

    PROVED = "proved"  # the figures of the sheets show it, and nothing else would
    STATED = "stated"  # the sheets say so in words
    LIKELY = "likely"  # words or figures speak for it
    ASKED = "asked"  # nothing decides it: the statistician says


@dataclass(frozen=True, slots=True)
class CellOfFile:
    """A cell that a proposal rests on: the file, and ``表名!C2``."""

    file: str
    place: str


@dataclass(frozen=True, slots=True)
class ProposalEvidence:
    """What a proposal rests on: a sentence, some of the cells, and in how many of how many months it holds."""

    words: str
    cells: tuple[CellOfFile, ...] = ()
    holds: int = 0
    of: int = 0


@dataclass(frozen=True, slots=True)
class Proposed:
    """What all proposals have."""

    key: str  # unique among all, and the same when the same sheets are read again
    certainty: Certainty
    evidence: tuple[ProposalEvidence, ...]
    question: str  # what the statistician is asked; empty where nothing is


@dataclass(frozen=True, slots=True)
class LibrarySuggestion:
    """What the library of usual indicators says of a proposal: how it is usually called, which way is improvement, and by which documents."""

    code: str  # of the entry, or of the measure
    name: str
    better: Better
    source: str
    denominator_words: str = ""
    may_assess_note: str = ""  # the document by which it is only watched


@dataclass(frozen=True, slots=True)
class OfficeProposal(Proposed):
    """An office that sends sheets."""

    code: str
    name: str
    template: str
    due_day: int
    aliases: tuple[str, ...] = ()
    month_in_name: bool = False


@dataclass(frozen=True, slots=True)
class MeasureProposal(Proposed):
    """A quantity that an office reports; ``unit`` is empty where none is known."""

    code: str
    name: str
    office: str
    topic: str
    unit: str
    kind: MeasureKind
    decimals: int
    signed: bool
    aliases: tuple[str, ...] = ()
    unstated: UnstatedFigure = UnstatedFigure.ASKED
    suggestion: LibrarySuggestion | None = None


@dataclass(frozen=True, slots=True)
class RateParts:
    """Numerator and denominator as formulas over codes, and what their quotient is multiplied by."""

    numerator: str
    denominator: str
    scale: int


@dataclass(frozen=True, slots=True)
class RateProposal(Proposed):
    """An indicator that is a rate; ``parts`` is None where nobody knows them, ``choices`` what they may be."""

    code: str
    name: str
    office: str
    unit: str
    decimals: int
    better: Better
    parts: RateParts | None
    choices: tuple[RateParts, ...]
    typed: bool  # the sheets have the rate itself
    suggestion: LibrarySuggestion | None = None


@dataclass(frozen=True, slots=True)
class SumProposal(Proposed):
    """A sum, or an equality, that holds between figures: ``left`` = ``right``, as formulas over codes."""

    name: str
    office: str  # "bureau" where it is between offices
    left: str
    right: str


@dataclass(frozen=True, slots=True)
class SynonymProposal(Proposed):
    """Two proposed measures that may be one thing: the other's name is then an alias of the first."""

    measure: str  # codes
    other: str
    alias: str


@dataclass(frozen=True, slots=True)
class LedgerColumnProposal:
    """A column of a ledger that may be kept; ``words`` are all that stands over it."""

    name: str
    words: str
    role: Role
    unit: str = ""
    values: tuple[str, ...] = ()  # of a category


@dataclass(frozen=True, slots=True)
class LedgerFigureProposal:
    """A measure that a ledger yields: its rows, or a column added up."""

    code: str
    name: str
    unit: str
    count: Counting
    of: str


@dataclass(frozen=True, slots=True)
class LedgerProposal(Proposed):
    """A table of one row a case: the columns that are kept, the one that tells cases apart, the day by which a case belongs to a month."""

    code: str
    name: str
    office: str
    date: str
    key_column: str
    columns: tuple[LedgerColumnProposal, ...]
    figures: tuple[LedgerFigureProposal, ...]


Proposal = OfficeProposal | MeasureProposal | SynonymProposal | RateProposal | SumProposal | LedgerProposal


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalGroup:
    """Some proposals by kind."""

    offices: tuple[OfficeProposal, ...] = ()
    measures: tuple[MeasureProposal, ...] = ()
    synonyms: tuple[SynonymProposal, ...] = ()
    rates: tuple[RateProposal, ...] = ()
    sums: tuple[SumProposal, ...] = ()
    ledgers: tuple[LedgerProposal, ...] = ()

    @property
    def everything(self) -> tuple[Proposal, ...]:
        """All of them, kind by kind."""
        return (*self.offices, *self.measures, *self.synonyms, *self.rates, *self.sums, *self.ledgers)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedCatalog(ProposalGroup):
    """All that is proposed from some sheets."""

    bureau: str  # its name; empty where the sheets do not say it

    @property
    def offered(self) -> tuple[RateProposal, ...]:
        """The rates of the library that no sheet has and whose parts the sheets have (指标库里还可以有)."""
        return tuple(rate for rate in self.rates if rate.suggestion and not rate.typed)
