"""The proposals of a setup as they are looked at: what is open and asked, the offices, one office, what is between offices."""

from kpi.bureau import LiveBureau
from kpi.catalog.organisation import BUREAU
from kpi.setup.proposal import (
    LedgerProposal,
    MeasureProposal,
    OfficeProposal,
    Proposal,
    ProposalGroup,
    ProposedCatalog,
    RateProposal,
    SumProposal,
    SynonymProposal,
)
from kpi.setup.setting_up import setting_up
from kpi.setup.setup_draft import SetupDraft, is_certain

ASKED, OFFICES, ACROSS = "asked", "offices", "across"  # words of an address


def asked(draft: SetupDraft) -> tuple[Proposal, ...]:
    """The open proposals that nobody accepts unseen, in their order."""
    return tuple(proposal for proposal in draft.open if not is_certain(proposal))


def group(draft: SetupDraft, word: str) -> ProposalGroup:
    """The proposals that a word of an address names: of an office, those that are about what it reports."""
    proposed = draft.proposed
    if word == ASKED:
        return grouped(asked(draft))
    if word == OFFICES:
        return ProposalGroup(offices=proposed.offices)
    if word == ACROSS:
        return ProposalGroup(sums=tuple(relation for relation in proposed.sums if relation.office == BUREAU))
    office = next((office for office in proposed.offices if office.name == word), None)
    return grouped(tuple(own for own in proposed.everything if office_code(proposed, own) == office.code)) if office else ProposalGroup()


def grouped(proposals: tuple[Proposal, ...]) -> ProposalGroup:
    """Proposals by kind."""
    return ProposalGroup(
        offices=tuple(own for own in proposals if isinstance(own, OfficeProposal)),
        measures=tuple(own for own in proposals if isinstance(own, MeasureProposal)),
        synonyms=tuple(own for own in proposals if isinstance(own, SynonymProposal)),
        rates=tuple(own for own in proposals if isinstance(own, RateProposal)),
        sums=tuple(own for own in proposals if isinstance(own, SumProposal)),
        ledgers=tuple(own for own in proposals if isinstance(own, LedgerProposal)),
    )


def office_code(proposed: ProposedCatalog, proposal: Proposal) -> str:
    """The proposed code of the office that a proposal is about; "bureau" of what is between several."""
    if isinstance(proposal, OfficeProposal):
        return proposal.code
    if isinstance(proposal, SynonymProposal):
        return next((measure.office for measure in proposed.measures if measure.code == proposal.measure), BUREAU)
    return proposal.office


def choices(bureau: LiveBureau) -> list[tuple[str, str]]:
    """What can be looked at: words of an address, each with what it is called and how many are in it."""
    draft = setting_up(bureau).state.draft
    if draft is None:
        return []
    proposed, open_keys = draft.proposed, {proposal.key for proposal in asked(draft)}
    every: dict[str, list[Proposal]] = {}
    for proposal in proposed.everything:
        every.setdefault(office_code(proposed, proposal), []).append(proposal)
    offices = [(office.name, _called(office.name, every[office.code], open_keys)) for office in proposed.offices]
    across = [(ACROSS, _called("跨科室", every[BUREAU], open_keys))] if BUREAU in every else []
    questions = [(ASKED, f"要回答的（{len(open_keys)} 条）")] if open_keys else []
    return [*questions, (OFFICES, f"科室一览（{len(proposed.offices)} 个）"), *offices, *across]


def _called(name: str, proposals: list[Proposal], open_keys: set[str]) -> str:
    unanswered = sum(proposal.key in open_keys for proposal in proposals)
    return f"{name}（{len(proposals)} 条{f'，{unanswered} 条要回答' if unanswered else ''}）"
