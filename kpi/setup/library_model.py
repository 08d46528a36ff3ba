"""
The nouns of the library of usual indicators (指标库): documents, measures and entries, as its files in ``data/library`` have them.

A formula of the library is over measures of the library, never over those of a bureau.
"""

from functools import cached_property

from kpi.catalog.formula import Linear
from kpi.catalog.frozen_model import FrozenModel
from kpi.catalog.measure import Better, MeasureKind


class LibraryDocument(FrozenModel):
    """A law, a document or a bulletin that the library goes by; ``number`` is empty where nobody is sure of it."""

    code: str
    title: str
    number: str = ""
    year: int

    @property
    def words(self) -> str:
        """The document as it is cited: 《…》（国发〔2021〕30号）."""
        return f"《{self.title}》（{self.number or f'{self.year} 年'}）"


class LibrarySource(FrozenModel):
    """A document that an entry is taken from, with the article where one says it."""

    document: str  # code
    article: str = ""


class LibraryMeasure(FrozenModel):
    """A quantity that bureaus count, and how they call it."""

    code: str
    name: str
    synonyms: tuple[str, ...] = ()  # names that mean this and nothing else
    short_names: tuple[str, ...] = ()  # names that mean this where a word of ``context`` stands around them
    context: tuple[str, ...] = ()
    unit: str
    other_units: tuple[str, ...] = ()
    kind: MeasureKind

    @property
    def names(self) -> tuple[str, ...]:
        """The names that need no context."""
        return (self.name, *self.synonyms)


class LibraryEntry(FrozenModel):
    """A usual indicator: a count where it has no denominator, else a rate."""

    code: str
    name: str
    synonyms: tuple[str, ...] = ()
    short_names: tuple[str, ...] = ()
    context: tuple[str, ...] = ()
    unit: str
    decimals: int
    numerator: Linear
    denominator: Linear | None = None
    scale: int = 1
    denominator_words: str = ""
    other_denominators: tuple[Linear, ...] = ()  # that bureaus use as well: which one, the bureau says
    better: Better
    may_assess: bool = True
    may_assess_note: str = ""
    sources: tuple[LibrarySource, ...]
    note: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """The names that need no context."""
        return (self.name, *self.synonyms)

    @property
    def formulas(self) -> tuple[Linear, ...]:
        """Numerator, denominator and the other denominators."""
        return (self.numerator, *((self.denominator,) if self.denominator else ()), *self.other_denominators)

    @property
    def codes(self) -> tuple[str, ...]:
        """The measures of its own numerator and denominator, each once."""
        return tuple(dict.fromkeys((*self.numerator.codes, *(self.denominator.codes if self.denominator else ()))))


class IndicatorLibrary(FrozenModel):
    """All of it, by code, in the order of its files."""

    documents: dict[str, LibraryDocument]
    measures: dict[str, LibraryMeasure]
    entries: dict[str, LibraryEntry]

    def cited(self, entry: LibraryEntry) -> str:
        """The sources of an entry in words."""
        return "、".join(self.documents[source.document].words + source.article for source in entry.sources)

    @cached_property
    def uses(self) -> dict[str, tuple[LibraryEntry, ...]]:
        """The entries that each measure is part of: those that are the measure itself first."""
        users: dict[str, list[LibraryEntry]] = {code: [] for code in self.measures}
        for entry in sorted(self.entries.values(), key=lambda entry: (entry.denominator is not None, len(entry.codes))):
            for code in dict.fromkeys(code for formula in entry.formulas for code in formula.codes):
                users[code].append(entry)
        return {code: tuple(own) for code, own in users.items()}

    def formula_words(self, formula: Linear) -> str:
        """A formula in the names of its measures: 在册经营主体 - 在册经营主体（上年同期）."""
        words = ""
        for at, term in enumerate(formula.terms):
            sign = " - " if term.coefficient < 0 else " + " if at else ""
            factor = "" if abs(term.coefficient) == 1 else f"{abs(term.coefficient).normalize():f} × "
            words += f"{sign}{factor}{self.measures[term.measure].name}{'（上年同期）' * bool(term.years_back)}"
        return words.strip()

    def entry_words(self, entry: LibraryEntry) -> str:
        """How an entry is computed, in words; empty of a count, which is its measure."""
        if entry.denominator is None:
            return ""
        sides = (self.formula_words(formula) for formula in (entry.numerator, entry.denominator))
        return " ÷ ".join(f"（{words}）" if " " in words else words for words in sides)
