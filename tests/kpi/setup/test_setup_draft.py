"""The draft of a catalogue: answers one by one or all at once, and made into files."""

import datetime
from dataclasses import replace

import pytest

from kpi.errors import RequestError
from kpi.setup.catalog_entries import catalog_files
from kpi.setup.proposal import Certainty, RateParts
from kpi.setup.proposing import propose
from kpi.setup.setup_catalog import catalog_of_draft
from kpi.setup.setup_draft import ProposalAnswer, ProposalVerdict, SetupDraft
from tests.kpi.setup import layouts

DAY = datetime.date(2026, 11, 29)
ACCEPTED = ProposalAnswer(ProposalVerdict.ACCEPTED)


def draft_of_stations() -> SetupDraft:
    return SetupDraft(propose(layouts.stations_month_by_sheet()))


def test_what_is_asked_stays_open() -> None:
    """To accept all accepts what nothing is asked about: neither the office by the name of a file nor units that no cell says."""
    draft = draft_of_stations().all_accepted()

    assert [proposal.key for proposal in draft.open] == [
        "office/食品科",
        "measure/shipinke/检查户数",
        "measure/shipinke/抽检批次",
        "measure/shipinke/合格批次",
    ]


def test_a_measure_without_a_unit_is_not_accepted() -> None:
    """Nothing guesses a unit; the statistician types it."""
    draft = SetupDraft(propose(layouts.court_divisions_down_rows()))
    key = next(measure.key for measure in draft.proposed.measures if measure.name == "结案")

    with pytest.raises(RequestError, match="「结案」还没有写明单位"):
        draft.answered(key, ACCEPTED)
    assert draft.answered(key, ProposalAnswer(ProposalVerdict.CHANGED, {"unit": "件"})).answers[key].changes == {"unit": "件"}


def test_a_field_that_no_proposal_has_is_refused() -> None:
    draft = draft_of_stations()

    with pytest.raises(RequestError, match="没有可以改的「colour」"):
        draft.answered("office/食品科", ProposalAnswer(ProposalVerdict.CHANGED, {"colour": "red"}))


def test_changes_are_in_the_catalogue() -> None:
    """Another name keeps the words of the sheet as an alias; a rate is computed from the codes as they were changed."""
    draft = draft_of_stations()
    for proposal in draft.open:
        draft = draft.answered(proposal.key, ACCEPTED)
    draft = draft.answered("measure/shipinke/合格批次", ProposalAnswer(ProposalVerdict.CHANGED, {"code": "passed", "name": "抽检合格批次"}))

    catalog = catalog_of_draft(draft, "某区市场监管局", DAY)

    assert (catalog.measures["passed"].name, catalog.measures["passed"].aliases) == ("抽检合格批次", ("合格批次",))
    rate = next(indicator for indicator in catalog.indicators.values() if indicator.name == "合格率")
    assert rate.numerator.text == "passed"
    assert rate.denominator is not None
    assert rate.denominator.text == "choujianpici"


def test_nothing_is_written_before_an_office_is_accepted() -> None:
    with pytest.raises(RequestError, match="还没有接受任何科室"):
        catalog_files(draft_of_stations(), "某局", DAY)


def test_a_rate_waits_for_its_parts() -> None:
    """合格率 is accepted and its parts are still open: the catalogue holds what is complete."""
    draft = draft_of_stations().all_accepted().answered("office/食品科", ACCEPTED)

    catalog = catalog_of_draft(draft, "某局", DAY)

    assert [measure.name for measure in catalog.measures.values()] == ["合格率"]
    assert not catalog.indicators


def test_chosen_parts_are_multiplied_as_they_were_offered() -> None:
    """A rate whose choice counts per ten thousand keeps that, whatever its unit would say."""
    draft = draft_of_stations().all_accepted()
    for proposal in draft.open:
        draft = draft.answered(proposal.key, ACCEPTED)
    [rate] = draft.proposed.rates
    offered = RateParts("hegepici", "choujianpici", 10000)
    asked = replace(rate, code="passed_per", typed=False, parts=None, choices=(offered,), certainty=Certainty.ASKED, unit="件/万人")
    draft = replace(draft, proposed=replace(draft.proposed, rates=(asked,)))
    draft = draft.answered(asked.key, ProposalAnswer(ProposalVerdict.CHANGED, {"numerator": offered.numerator, "denominator": offered.denominator}))

    catalog = catalog_of_draft(draft, "某区市场监管局", DAY)

    assert [indicator.scale for indicator in catalog.indicators.values() if indicator.denominator] == [10000]
