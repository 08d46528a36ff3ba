"""
Answers carried over to what is proposed anew, when more sheets have come.

An answer stays as long as it is about the same thing.  Where later sheets propose something else under its key, or ask about
what was taken for certain, it is a question again: nobody has said anything of that yet.
"""

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import fields, replace

from kpi.errors import RequestError
from kpi.setup.proposal import Certainty, Proposal, ProposedCatalog, RateProposal, SumProposal, SynonymProposal
from kpi.setup.setup_draft import ProposalAnswer, ProposalVerdict, SetupDraft

_BESIDE_IT = {  # what may be another and the answer still holds
    *("certainty", "evidence", "question", "choices", "suggestion"),
    *("code", "aliases", "signed", "decimals", "topic", "template", "due_day", "better"),
}
_CODES = re.compile(r"(?<!@)\b[a-z][a-z0-9_]*")


def carry_answers(before: SetupDraft, proposed: ProposedCatalog) -> tuple[SetupDraft, int]:
    """
    The draft of what is proposed anew, and how many answers are questions again.

    Args:
        before: The draft so far.
        proposed: What all sheets together propose.

    """
    earlier = {proposal.key: proposal for proposal in before.proposed.everything}
    old, new = _keys(before.proposed), _keys(proposed)
    codes = {code: next((own for own, key in new.items() if key == known), "") for code, known in old.items()}
    draft, lost = SetupDraft(proposed), 0
    for proposal in proposed.everything:
        answer = before.answers.get(proposal.key)
        if answer is None:
            continue
        with suppress(RequestError):  # it lacks what it needs now
            if _holds(answer, earlier[proposal.key], proposal, (old, new)) and (recoded := _recoded(answer, codes)):
                draft = draft.answered(proposal.key, recoded)
        lost += proposal.key not in draft.answers
    return draft, lost


def _holds(answer: ProposalAnswer, before: Proposal, now: Proposal, keys: tuple[Mapping[str, str], Mapping[str, str]]) -> bool:
    """Whether an answer is about what is proposed now; ``keys`` are those of measures by code, before and now."""
    doubted = now.certainty is Certainty.ASKED and before.certainty is not Certainty.ASKED and answer.verdict is ProposalVerdict.ACCEPTED
    return type(before) is type(now) and not doubted and _substance(before, keys[0]) == _substance(now, keys[1])


def _recoded(answer: ProposalAnswer, codes: Mapping[str, str]) -> ProposalAnswer | None:
    """An answer with the codes that the measures of its formulas have now; None where one is proposed no more."""
    changes = dict(answer.changes)
    for side in ("numerator", "denominator"):
        words = _CODES.findall(changes.get(side, ""))
        if not all(map(codes.get, words)):
            return None
        if words:
            changes[side] = _CODES.sub(lambda word: codes[word[0]], changes[side])
    return replace(answer, changes=changes)


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
