"""The JSON of ``setup``: all that is proposed, each with its evidence."""

from kpi.documents.json_document import Document, fields_of_record
from kpi.setup.proposal import ProposedCatalog


def setup_document(proposed: ProposedCatalog, unread: list[str]) -> Document:
    """
    The document.

    Args:
        proposed: What is proposed.
        unread: A sentence for each file that could not be read.

    """
    return {
        "bureau": proposed.bureau,
        "offices": [fields_of_record(proposal) for proposal in proposed.offices],
        "measures": [fields_of_record(proposal) for proposal in proposed.measures],
        "synonyms": [fields_of_record(proposal) for proposal in proposed.synonyms],
        "rates": [fields_of_record(proposal) for proposal in proposed.rates],
        "offered": [rate.key for rate in proposed.offered],
        "sums": [fields_of_record(proposal) for proposal in proposed.sums],
        "ledgers": [fields_of_record(proposal) for proposal in proposed.ledgers],
        "unread": unread,
    }
