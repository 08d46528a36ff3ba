"""A bureau that sets itself up from drawn forms: all proposals accepted as they stand, written, loaded."""

import datetime
from pathlib import Path

from kpi.catalog.folder_writing import write_folder
from kpi.catalog.load import load
from kpi.catalog.model import Catalog
from kpi.errors import RequestError
from kpi.setup.proposal import MeasureProposal, ProposedCatalog
from kpi.setup.setup_catalog import catalog_of_draft
from kpi.setup.setup_draft import ProposalAnswer, ProposalVerdict, SetupDraft

DAY = datetime.date(2026, 11, 29)


def accepted_as_proposed(proposed: ProposedCatalog) -> SetupDraft:
    """The draft of a statistician who says yes to all, and 个 where a unit is asked for."""
    draft = SetupDraft(proposed).all_accepted()
    for proposal in draft.open:
        try:
            draft = draft.answered(proposal.key, ProposalAnswer(ProposalVerdict.ACCEPTED))
        except RequestError:
            if isinstance(proposal, MeasureProposal):
                draft = draft.answered(proposal.key, ProposalAnswer(ProposalVerdict.CHANGED, {"unit": "个"}))
    return draft


def set_up(proposed: ProposedCatalog, folder: Path) -> Catalog:
    """The catalogue that these proposals make, written into a folder and loaded."""
    catalog = catalog_of_draft(accepted_as_proposed(proposed), proposed.bureau or "某局", DAY)
    write_folder(catalog, folder, datetime.datetime(2026, 11, 29))  # noqa: DTZ001 - the time on the wall
    return load(folder)
