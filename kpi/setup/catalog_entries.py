"""
The catalogue that a draft makes: the files of an ordinary folder, of what was accepted or changed.

Each counted measure is an indicator too, so that it is on the board; each rate with its parts is one, and stands beside what is typed.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date

from kpi.catalog.measure import MeasureKind, UnstatedFigure
from kpi.catalog.organisation import BUREAU
from kpi.catalog.plain_tables import BUREAU_FILE, OFFICES_FILE, RELATIONS_FILE, Documents, PlainTable
from kpi.catalog.toml_text import toml_text
from kpi.errors import RequestError
from kpi.setup.ledger_proposals import ledger_tables
from kpi.setup.proposal import (
    LedgerFigureProposal,
    LedgerProposal,
    LibrarySuggestion,
    MeasureProposal,
    OfficeProposal,
    Proposal,
    RateProposal,
    SumProposal,
)
from kpi.setup.proposal_fields import formula_words
from kpi.setup.setup_draft import ProposalVerdict, SetupDraft

EntryFields = dict[str, str | int | bool | date | list[str]]
_WHY = "科室报表中的数，建局时由报表得出；请补写为什么要看它。"
_SCALES = {"%": 100, "‰": 1000}  # of parts that somebody chose
_SOURCE = "建局时由科室报表得出"


def catalog_files(draft: SetupDraft, bureau: str, day: date) -> dict[str, str]:
    """
    The text of each file of the catalogue, by its name.

    Args:
        draft: The draft; what is not answered yet is left out, and so is a rate or a sum of a measure that is not accepted.
        bureau: The name of the bureau.
        day: The day on which it was confirmed.

    Raises:
        RequestError: The bureau has no name, or nothing is accepted yet.

    """
    offices = [proposal for proposal in draft.proposed.offices if _taken(draft, proposal)]
    if not bureau.strip() or not offices:
        raise RequestError("请写明本局名称。" if offices else "还没有接受任何科室；请先确认科室，再建成指标目录。")
    documents: Documents = {BUREAU_FILE: {"name": bureau.strip()}, OFFICES_FILE: _document(_offices(draft, offices))}
    documents |= {f"{_code(draft, office)}.toml": _document(_of_office(draft, office, day)) for office in offices}
    for ledger in _ledgers(draft):
        documents[f"ledgers/{ledger.code}.toml"] = ledger_tables(ledger, _office_code(draft, ledger), _SOURCE)
    documents |= {RELATIONS_FILE: across} if (across := _document(_between(draft))) else {}
    return {name: toml_text(document, _SOURCE) for name, document in documents.items()}


def _taken(draft: SetupDraft, proposal: Proposal) -> bool:
    answer = draft.answers.get(proposal.key)
    return answer is not None and answer.verdict is not ProposalVerdict.REFUSED


def _changed(draft: SetupDraft, proposal: Proposal, name: str, itself: str) -> str:
    """A field of a proposal as it was answered."""
    return draft.answers[proposal.key].changes.get(name, itself)


def _code(draft: SetupDraft, proposal: OfficeProposal | MeasureProposal) -> str:
    return _changed(draft, proposal, "code", proposal.code)


def _offices(draft: SetupDraft, offices: list[OfficeProposal]) -> Iterator[tuple[str, EntryFields]]:
    for order, office in enumerate(offices, 1):
        yield (
            "office",
            {
                "code": _code(draft, office),
                "name": _changed(draft, office, "name", office.name),
                "parent": BUREAU,
                "order": order,
                "template": _changed(draft, office, "template", office.template),
                "due_day": int(_changed(draft, office, "due_day", str(office.due_day))),
                **({"aliases": list(office.aliases)} if office.aliases else {}),
                **({"month_in_name": True} if _changed(draft, office, "month_in_name", str(office.month_in_name)) == str(True) else {}),
            },
        )


def _of_office(draft: SetupDraft, office: OfficeProposal, day: date) -> Iterator[tuple[str, EntryFields]]:
    """The measures, indicators and relations of one office."""
    measures = [measure for measure in draft.proposed.measures if measure.office == office.code and _taken(draft, measure)]
    codes = _codes(draft)
    measures = [measure for measure in measures if codes[measure.code] == _code(draft, measure)]
    for measure in measures:
        yield "measure", _measure(draft, measure)
    for ledger in _ledgers(draft):
        if ledger.office == office.code:
            yield from (("measure", _counted(draft, ledger, figure)) for figure in ledger.figures)
    order = 0
    for measure in measures:
        if _changed(draft, measure, "kind", measure.kind) in (MeasureKind.FLOW, MeasureKind.STOCK):
            order += 1
            yield "indicator", _indicator(draft, measure, order, day)
    for rate in draft.proposed.rates:
        if rate.office == office.code and _taken(draft, rate) and _complete(draft, rate, codes):
            order += 1
            yield "indicator", _rate(draft, rate, codes, order, day)
    for number, relation in enumerate(draft.proposed.sums, 1):
        if relation.office == office.code and _taken(draft, relation) and _known(relation, codes):
            yield "relation", _relation(draft, relation, codes, number)


def _ledgers(draft: SetupDraft) -> list[LedgerProposal]:
    """The accepted ledgers of accepted offices."""
    offices = {office.code for office in draft.proposed.offices if _taken(draft, office)}
    return [ledger for ledger in draft.proposed.ledgers if _taken(draft, ledger) and ledger.office in offices]


def _office_code(draft: SetupDraft, ledger: LedgerProposal) -> str:
    return next(_code(draft, office) for office in draft.proposed.offices if office.code == ledger.office)


def _counted(draft: SetupDraft, ledger: LedgerProposal, figure: LedgerFigureProposal) -> EntryFields:
    """A measure that only a ledger yields."""
    topic = _changed(draft, ledger, "name", ledger.name)
    return {
        "code": figure.code,
        "name": figure.name,
        "topic": topic,
        "unit": figure.unit,
        "kind": "flow",
        "decimals": 2 if figure.of else 0,
        "ledger_only": True,
    }


def _codes(draft: SetupDraft) -> dict[str, str]:
    """The code of each accepted measure as it was changed; of one that is a synonym, that of the measure it is."""
    codes = {measure.code: _code(draft, measure) for measure in draft.proposed.measures if _taken(draft, measure)}
    synonyms = [synonym for synonym in draft.proposed.synonyms if _taken(draft, synonym) and synonym.measure in codes and synonym.other in codes]
    return codes | {synonym.other: codes[synonym.measure] for synonym in synonyms}


def _between(draft: SetupDraft) -> Iterator[tuple[str, EntryFields]]:
    """What holds between offices."""
    codes = _codes(draft)
    for number, relation in enumerate(draft.proposed.sums, 1):
        if relation.office == BUREAU and _taken(draft, relation) and _known(relation, codes):
            yield "relation", _relation(draft, relation, codes, number)


def _measure(draft: SetupDraft, measure: MeasureProposal) -> EntryFields:
    return {
        "code": _code(draft, measure),
        "name": _changed(draft, measure, "name", measure.name),
        "aliases": list(dict.fromkeys(name for name in _names(draft, measure) if name != _changed(draft, measure, "name", measure.name))),
        "topic": _changed(draft, measure, "topic", measure.topic),
        "unit": _changed(draft, measure, "unit", measure.unit),
        "kind": str(_changed(draft, measure, "kind", measure.kind)),
        "decimals": int(_changed(draft, measure, "decimals", str(measure.decimals))),
        "signed": measure.signed,
        **({"unstated": unstated} if (unstated := str(_changed(draft, measure, "unstated", measure.unstated))) != UnstatedFigure.ASKED else {}),
    }


def _names(draft: SetupDraft, measure: MeasureProposal) -> list[str]:
    """All that a measure is called on the sheets."""
    synonyms = [synonym.alias for synonym in draft.proposed.synonyms if synonym.measure == measure.code and _taken(draft, synonym)]
    return [measure.name, *measure.aliases, *synonyms]


def _indicator(draft: SetupDraft, measure: MeasureProposal, order: int, day: date) -> EntryFields:
    own = _measure(draft, measure)
    return {
        "code": own["code"],
        "name": own["name"],
        "unit": own["unit"],
        "decimals": own["decimals"],
        "numerator": own["code"],
        "better": measure.suggestion.better.value if measure.suggestion else "neutral",
        "target_kind": "none",
        "order": order,
        "why_it_matters": _WHY,
        "denominator_words": "不是比率",
        "reviewed_on": day,
        **_by_library(measure.suggestion),
    }


def _rate(draft: SetupDraft, rate: RateProposal, codes: Mapping[str, str], order: int, day: date) -> EntryFields:
    """An indicator of two parts; the codes in its formulas as they were changed."""
    known = {side: getattr(rate.parts, side, "") for side in ("numerator", "denominator")}
    numerator, denominator = (_changed(draft, rate, side, own) for side, own in known.items())
    scales = {(parts.numerator, parts.denominator): parts.scale for parts in (*rate.choices, *filter(None, [rate.parts]))}
    return {
        "code": codes.get(rate.code, rate.code),
        "name": _changed(draft, rate, "name", rate.name),
        "unit": _changed(draft, rate, "unit", rate.unit),
        "decimals": int(_changed(draft, rate, "decimals", str(rate.decimals))),
        "numerator": _recoded(numerator, codes),
        "denominator": _recoded(denominator, codes),
        "scale": scales.get((numerator, denominator), _SCALES.get(rate.unit, 1)),
        "better": str(_changed(draft, rate, "better", rate.better)),
        "target_kind": "none",
        **({"may_exceed": True} if any(measure.code == rate.code and measure.signed for measure in draft.proposed.measures) else {}),
        "order": order,
        "why_it_matters": _WHY,
        "denominator_words": formula_words(draft.proposed, denominator),
        "reviewed_on": day,
        **_by_library(rate.suggestion),
    }


def _by_library(suggestion: LibrarySuggestion | None) -> EntryFields:
    """What an indicator goes by: the sheets, and the documents of the library where it is known there."""
    fields: EntryFields = {"source": f"{_SOURCE}；指标库：{suggestion.source}" if suggestion else _SOURCE}
    watched: EntryFields = {"may_assess": False, "may_assess_note": suggestion.may_assess_note} if suggestion and suggestion.may_assess_note else {}
    return fields | watched


def _relation(draft: SetupDraft, relation: SumProposal, codes: Mapping[str, str], number: int) -> EntryFields:
    return {
        "id": f"R{number:03}",
        "name": _changed(draft, relation, "name", relation.name),
        "kind": "duplicate" if relation.office == BUREAU else "sum",
        "strength": "hard",
        "raises": "check",
        "left": _recoded(relation.left, codes),
        "op": "=",
        "right": _recoded(relation.right, codes),
        "remedy": "请核对各项与合计，改正其中一处",
    }


def _complete(draft: SetupDraft, rate: RateProposal, codes: Mapping[str, str]) -> bool:
    """Whether the rate itself, where the sheets have it, and all its parts were accepted."""
    sides = [_changed(draft, rate, side, getattr(rate.parts, side, "")) for side in ("numerator", "denominator")]
    words = {word.removesuffix("@ly") for side in sides for word in re.findall(r"[a-z][a-z0-9_]*(?:@ly)?", side)}
    return (rate.code in codes or not rate.typed) and words <= {*codes, *codes.values()}


def _known(relation: SumProposal, codes: Mapping[str, str]) -> bool:
    """Whether all that a relation is between was accepted."""
    return all(word in codes for side in (relation.left, relation.right) for word in side.split(" + "))


def _recoded(formula: str, codes: Mapping[str, str]) -> str:
    """A formula with the codes that were changed."""
    return " ".join(codes.get(word, f"{codes[word[:-3]]}@ly" if word.endswith("@ly") and word[:-3] in codes else word) for word in formula.split(" "))


def _document(entries: Iterator[tuple[str, EntryFields]]) -> PlainTable:
    """The tables of a file, by noun."""
    tables: defaultdict[str, list[EntryFields]] = defaultdict(list)
    for noun, entry in entries:
        tables[noun].append(entry)
    return {**tables}
