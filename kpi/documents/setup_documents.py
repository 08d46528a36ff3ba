"""The JSON of ``setup``: all that is proposed, each with its evidence."""

from kpi.documents.json_document import Document, fields_of_record
from kpi.setup.proposal import Proposal, ProposedCatalog


def setup_document(proposed: ProposedCatalog, unread: list[str]) -> Document:
    """
    The document.

    Args:
        proposed: What is proposed.
        unread: A sentence for each file that could not be read.

    """
    return {
        "bureau": proposed.bureau,
        "offices": [_proposal(proposal) for proposal in proposed.offices],
        "measures": [_proposal(proposal) for proposal in proposed.measures],
        "synonyms": [_proposal(proposal) for proposal in proposed.synonyms],
        "rates": [_proposal(proposal) for proposal in proposed.rates],
        "sums": [_proposal(proposal) for proposal in proposed.sums],
        "unread": unread,
    }


def _proposal(proposal: Proposal) -> Document:
    return fields_of_record(proposal)
