"""
Answers carried over to what is proposed anew, when more sheets have come.

An answer stays as long as it is about the same thing.  Where later sheets propose something else under its key, or ask about
what was taken for certain, it is a question again: nobody has said anything of that yet.
"""

import re
from collections.abc import Mapping
from dataclasses import fields

from kpi.errors import RequestError
from kpi.setup.proposal import Certainty, Proposal, ProposedCatalog, RateProposal, SumProposal, SynonymProposal
from kpi.setup.setup_draft import ProposalVerdict, SetupDraft

_BESIDE_IT = {  # what may be another and the answer still holds
    *("certainty", "evidence", "question", "choices", "suggestion"),
    *("code", "aliases", "signed", "decimals", "topic", "template", "due_day", "better"),
}
_CODES = re.compile(r"[a-z][a-z0-9_]*(?=@|\b)")


def carry_answers(before: SetupDraft, proposed: ProposedCatalog) -> tuple[SetupDraft, int]:
    """
    The draft of what is proposed anew, and how many answers are questions again.

    Args:
        before: The draft so far.
        proposed: What all sheets together propose.

    """
    earlier = {proposal.key: proposal for proposal in before.proposed.everything}
    old, new = _keys(before.proposed), _keys(proposed)
    draft, lost = SetupDraft(proposed), 0
    for proposal in proposed.everything:
        answer = before.answers.get(proposal.key)
        if answer is None:
            continue
        known = earlier[proposal.key]
        same = type(known) is type(proposal) and _substance(known, old) == _substance(proposal, new)
        doubted = proposal.certainty is Certainty.ASKED and known.certainty is not Certainty.ASKED and answer.verdict is ProposalVerdict.ACCEPTED
        try:
            if not same or doubted:
                raise RequestError("")
            draft = draft.answered(proposal.key, answer)
        except RequestError:
            lost += 1
    return draft, lost


def _keys(proposed: ProposedCatalog) -> dict[str, str]:
    """The keys of measures by code: a code may become another one by what comes before it, a key may not."""
    return {measure.code: measure.key for measure in proposed.measures}


def _substance(proposal: Proposal, keys: Mapping[str, str]) -> list[object]:
    """What an answer to a proposal is about."""
    formulas = isinstance(proposal, RateProposal | SumProposal | SynonymProposal)
    return [
        _CODES.sub(lambda word: keys.get(word[0], word[0]), str(value)) if formulas else value
        for name, value in ((own.name, getattr(proposal, own.name)) for own in fields(proposal))
        if name not in _BESIDE_IT | {"office"}
    ]
