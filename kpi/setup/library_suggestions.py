"""
What the library adds to proposals: the usual name, the direction, the documents; and rates whose parts the sheets have, as questions.

Nothing of it makes a proposal more certain: the library says what is usual, the figures say what is so.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from kpi.catalog.formula import Linear, parse_linear
from kpi.catalog.measure import Better
from kpi.setup.library_matching import LibraryMatching, same_parts
from kpi.setup.library_model import IndicatorLibrary, LibraryEntry, LibraryMeasure
from kpi.setup.measure_proposals import cells_of, kind_words
from kpi.setup.measure_series import SeriesSlot
from kpi.setup.number_table import counted_slots, number_at
from kpi.setup.proposal import Certainty, LibrarySuggestion, MeasureProposal, ProposalEvidence, RateParts, RateProposal
from kpi.setup.proposed_codes import ProposedCodes
from kpi.setup.rate_proposals import MeasuresOfBureau
from kpi.workbook.naming import name_key

_PARTS_OF_WHOLE = 100  # the scale of a share


def suggested_measures(proposals: Sequence[MeasureProposal], matching: LibraryMatching) -> tuple[MeasureProposal, ...]:
    """The proposed measures, each that the library knows with what it says of it."""
    return tuple(_measure(proposal, match, matching.library) if (match := matching.measure(proposal)) else proposal for proposal in proposals)


def _measure(proposal: MeasureProposal, match: LibraryMeasure, library: IndicatorLibrary) -> MeasureProposal:
    """A proposed measure with its match; direction and documents are of the indicator that it is, else the documents of one that it is part of."""
    entry = library.uses[match.code][0]
    own = entry.denominator is None
    suggestion = LibrarySuggestion(
        match.code, match.name, entry.better if own else Better.NEUTRAL, library.cited(entry), may_assess_note=entry.may_assess_note if own else ""
    )
    words = f"指标库：{match.name}，{kind_words(match.kind)}，单位「{match.unit}」"
    if not own:
        words += f"，用于{entry.name}"
    if match.kind is not proposal.kind:
        words += f"；表上看是{kind_words(proposal.kind)}，请核对"
    evidence = ProposalEvidence(f"{words}。依据：{suggestion.source}")
    question = proposal.question if proposal.unit or not proposal.question else f"{proposal.question}（指标库写作「{match.unit}」）"
    return replace(proposal, evidence=(*proposal.evidence, evidence), question=question, suggestion=suggestion)


def suggested_rates(proposals: Sequence[RateProposal], matching: LibraryMatching) -> tuple[RateProposal, ...]:
    """The proposed rates, each that the library knows with its formula there, and whether that is the one of the sheets."""
    entries = ((proposal, matching.rate(proposal) or _by_parts(proposal, matching)) for proposal in proposals)
    return tuple(_rate(proposal, entry, matching) if entry else proposal for proposal, entry in entries)


def _by_parts(proposal: RateProposal, matching: LibraryMatching) -> LibraryEntry | None:
    """The rate of the library that has the parts of one that no sheet has: what it is called is only put together from their names."""
    if proposal.typed:
        return None
    own = (entry for entry in matching.library.entries.values() if proposal.office in matching.office(entry))
    return next((entry for entry in own if (parts := matching.parts(entry, proposal.office)) and same_parts(parts, proposal.choices[0])), None)


def _rate(proposal: RateProposal, entry: LibraryEntry, matching: LibraryMatching) -> RateProposal:
    usual = matching.parts(entry, proposal.office)
    others = matching.other_parts(entry, proposal.office)
    choices = proposal.choices
    verdict = ""
    if proposal.parts:
        if usual and same_parts(usual, proposal.parts):
            verdict = "，与表上的一致"
        elif usual or any(same_parts(other, proposal.parts) for other in others):
            verdict = "；表上的分母与它不同，以表上算得出的为准，请核对口径"
    elif proposal.typed and usual:
        fits = [parts for parts in choices if same_parts(parts, usual)]
        choices = (*fits, *(parts for parts in choices if parts not in fits))
        verdict = "" if fits else "；照它算与表上的数不一样，请核对"
    evidence = ProposalEvidence(f"{_formula_words(entry, matching.library)}{verdict}。依据：{matching.library.cited(entry)}")
    better = entry.better
    return replace(proposal, evidence=(*proposal.evidence, evidence), choices=choices, better=better, suggestion=_suggestion(entry, matching.library))


def _suggestion(entry: LibraryEntry, library: IndicatorLibrary) -> LibrarySuggestion:
    return LibrarySuggestion(entry.code, entry.name, entry.better, library.cited(entry), entry.denominator_words, entry.may_assess_note)


def _formula_words(entry: LibraryEntry, library: IndicatorLibrary) -> str:
    return f"指标库：{entry.name} = {library.entry_words(entry)}，分母：{entry.denominator_words}"


def offer_rates(known: Sequence[RateProposal], measures: MeasuresOfBureau, matching: LibraryMatching, codes: ProposedCodes) -> tuple[RateProposal, ...]:
    """
    The rates of the library that nothing has proposed yet and whose parts are all there (指标库里还可以有).

    Each is a question: that its parts bear the right names proves no rate.  What the figures rule out is left out.

    Args:
        known: The rates that are proposed already.
        measures: All measures.
        matching: The library beside them.
        codes: The codes given so far.

    """
    keys = {rate.key for rate in known}
    entries = {(rate.office, rate.suggestion.code) for rate in known if rate.suggestion}
    taken = [parts for rate in known for parts in ((rate.parts,) if rate.parts else rate.choices)]
    offered: list[RateProposal] = []
    for entry in matching.library.entries.values():
        for office in matching.office(entry):
            parts = _choices(entry, office, measures, matching)
            key = f"rate/{office}/{name_key(entry.name)}"
            if not parts or key in keys or (office, entry.code) in entries or any(same_parts(parts[0], other) for other in taken):
                continue
            keys.add(key)
            offered.append(_offer(key, entry, office, parts, measures, matching, codes))
    return tuple(offered)


def _choices(entry: LibraryEntry, office: str, measures: MeasuresOfBureau, matching: LibraryMatching) -> tuple[RateParts, ...]:
    """The usual parts, where they are there, and then those with the other denominators that the figures admit."""
    usual = matching.parts(entry, office)
    every = ((usual,) if usual else ()) + matching.other_parts(entry, office)
    return tuple(parts for parts in every if _admitted(parts, measures))


def _offer(
    key: str, entry: LibraryEntry, office: str, parts: tuple[RateParts, ...], measures: MeasuresOfBureau, matching: LibraryMatching, codes: ProposedCodes
) -> RateProposal:
    names = measures.names
    first = parse_linear(parts[0].numerator).codes[0]
    below = parse_linear(parts[0].denominator).codes[0]
    months = len(measures.series[first].months)
    cells = (*cells_of(measures.series[first])[:2], *cells_of(measures.series[below])[:2])
    own = " ÷ ".join(_in_names(side, names) for side in (parts[0].numerator, parts[0].denominator))
    words = f"{_formula_words(entry, matching.library)}；表上没有这个率，有它的分子、分母。依据：{matching.library.cited(entry)}"
    several = f"分母有 {len(parts)} 种用法，请选定" if len(parts) > 1 else ""
    return RateProposal(
        key,
        Certainty.ASKED,
        (ProposalEvidence(words, cells, 0, months),),
        f"要不要看「{entry.name}」= {own}？{several}",
        codes.code(entry.name),
        entry.name,
        office,
        entry.unit,
        entry.decimals,
        entry.better,
        None,
        parts,
        False,
        _suggestion(entry, matching.library),
    )


def _in_names(formula: str, names: dict[str, str]) -> str:
    words = [names.get(word.removesuffix("@ly"), word) + "（上年同期）" * word.endswith("@ly") for word in formula.split(" ")]
    return f"（{' '.join(words)}）" if len(words) > 1 else words[0]


def _admitted(parts: RateParts, measures: MeasuresOfBureau) -> bool:
    """Whether the figures do not speak against a share: its numerator hardly ever outgrows its denominator."""
    above, below = parse_linear(parts.numerator), parse_linear(parts.denominator)
    if parts.scale != _PARTS_OF_WHOLE or any(term.years_back for term in above.terms):
        return True
    slots = counted_slots(measures.series[above.codes[0]])
    pairs = [pair for pair in zip(_sums(above, slots, measures), _sums(below, slots, measures), strict=True) if None not in pair]
    return sum(part <= whole for part, whole in pairs if part is not None and whole is not None) * 3 >= 2 * len(pairs)


def _sums(formula: Linear, slots: Sequence[SeriesSlot], measures: MeasuresOfBureau) -> Iterator[Decimal | None]:
    """The value of a formula in each slot; None where a figure is lacking."""
    for slot in slots:
        numbers = [(term.coefficient, number_at(measures.series[term.measure], slot)) for term in formula.terms]
        yield None if any(number is None for _, number in numbers) else sum((factor * (number or 0) for factor, number in numbers), Decimal(0))
