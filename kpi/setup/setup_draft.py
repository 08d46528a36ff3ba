"""The draft of a catalogue (草稿): what is proposed, and what the statistician has said of it so far; `setup_state` keeps it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from kpi.errors import RequestError
from kpi.setup.proposal import Certainty, MeasureProposal, Proposal, ProposedCatalog, RateProposal

CHANGEABLE: Mapping[str, frozenset[str]] = {
    "OfficeProposal": frozenset({"code", "name", "template", "due_day", "month_in_name"}),
    "MeasureProposal": frozenset({"code", "name", "topic", "unit", "kind", "unstated", "decimals"}),
    "SynonymProposal": frozenset(),
    "RateProposal": frozenset({"name", "unit", "decimals", "better", "numerator", "denominator"}),
    "SumProposal": frozenset({"name"}),
    "LedgerProposal": frozenset({"name"}),
}
"""What of each proposal can be changed."""


class ProposalVerdict(StrEnum):
    """What is said of a proposal."""

    ACCEPTED = "accepted"
    CHANGED = "changed"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class ProposalAnswer:
    """What is said of one proposal, and what of it is another."""

    verdict: ProposalVerdict
    changes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SetupDraft:
    """All proposals with their answers, by key."""

    proposed: ProposedCatalog
    answers: Mapping[str, ProposalAnswer] = field(default_factory=dict)

    def proposal(self, key: str) -> Proposal:
        """
        The proposal of a key.

        Raises:
            RequestError: There is none.

        """
        for proposal in self.proposed.everything:
            if proposal.key == key:
                return proposal
        raise RequestError("草稿里没有这一条建议；请刷新后再试。")

    def answered(self, key: str, answer: ProposalAnswer) -> "SetupDraft":
        """
        The draft with one more answer, which takes the place of an earlier one.

        Raises:
            RequestError: There is no such proposal, it lacks what the question asks for, or has no such field.

        """
        proposal = self.proposal(key)
        wrong = set(answer.changes) - CHANGEABLE[type(proposal).__name__]
        if wrong:
            raise RequestError(f"建议里没有可以改的「{sorted(wrong)[0]}」。")
        if answer.verdict is not ProposalVerdict.REFUSED and (lack := _lack(proposal, answer.changes)):
            raise RequestError(lack)
        return replace(self, answers={**self.answers, key: answer})

    def all_accepted(self) -> "SetupDraft":
        """The draft with all accepted that is certain and not answered yet."""
        accepted = ProposalAnswer(ProposalVerdict.ACCEPTED)
        sure = {proposal.key: accepted for proposal in self.proposed.everything if is_certain(proposal)}
        return replace(self, answers={**sure, **self.answers})

    @property
    def open(self) -> tuple[Proposal, ...]:
        """The proposals that are not answered yet, in their order."""
        return tuple(proposal for proposal in self.proposed.everything if proposal.key not in self.answers)


def is_certain(proposal: Proposal) -> bool:
    """
    Whether a proposal may be accepted with all others unseen: what the figures prove, or what the sheets say.

    What is merely likely is so where nothing is asked about it; never a rate, whose wrong parts nobody would notice.
    """
    if proposal.certainty is Certainty.LIKELY:
        return not proposal.question and not isinstance(proposal, RateProposal)
    return proposal.certainty is not Certainty.ASKED


def _lack(proposal: Proposal, changes: Mapping[str, str]) -> str:
    """What a proposal still lacks to be accepted, in a sentence; empty where it lacks nothing."""
    if isinstance(proposal, MeasureProposal) and not (changes.get("unit", "").strip() or proposal.unit):
        return f"「{proposal.name}」还没有写明单位；请写明后再接受。"
    if isinstance(proposal, RateProposal) and proposal.parts is None and not {"numerator", "denominator"} <= set(changes):
        return f"「{proposal.name}」还没有写明分子、分母；请写明后再接受，或不接受这一条。"
    return ""
