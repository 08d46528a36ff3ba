"""
The catalogue that ships: complete against the document it was read from, and fit to be printed.

seed_codes.tsv freezes the codes with the rows of the document they stand in: a renamed code or a lost figure shows here.
"""

import csv
from pathlib import Path

import pytest

from kpi.catalog.load import DEFAULT, load
from kpi.catalog.measure import MeasureKind
from kpi.catalog.model import Catalog
from kpi.catalog.relation import Raises, RelationKind
from kpi.catalog.target import TargetKind

SEED_CODES = Path(__file__).parent / "seed_codes.tsv"


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load(DEFAULT)


def seed_codes() -> dict[str, tuple[int, ...]]:
    with SEED_CODES.open(encoding="utf-8", newline="") as table:
        return {row["code"]: tuple(int(seq) for seq in row["seq"].split(",") if seq) for row in csv.DictReader(table, delimiter="\t")}


def test_nothing_of_the_document_is_missing(catalog):
    assert len(catalog.offices) == 19
    assert len(catalog.relations) == 129
    assert len(catalog.systems) == 106
    assert len(catalog.indicators) == 82  # 80 that the document implies, the rectification of tobacco ads, and one that a ledger gives


def test_every_code_leads_back_to_its_rows_of_the_document(catalog):
    assert {code: catalog.measures[code].seq for code in seed_codes()} == seed_codes()


def test_only_the_found_tobacco_ads_and_what_a_ledger_gives_were_added(catalog):
    added = set(catalog.measures) - set(seed_codes())
    assert added == {"tobacco_ads_found", "complaint_cases_closed", "complaint_handling_workdays"}
    assert {code for code, measure in catalog.measures.items() if measure.ledger_only} == added - {"tobacco_ads_found"}


def test_no_row_of_the_document_belongs_to_two_measures(catalog):
    rows = [seq for measure in catalog.measures.values() for seq in measure.seq]

    assert len(rows) == len(set(rows)) == 245  # 244 codes, the pledge loan is stated twice


def test_offices_keep_their_order_and_owe_something(catalog):
    assert [office.order for office in catalog.offices.values()] == list(range(1, 20))
    assert all(catalog.office_measures(office) for office in catalog.offices)


def test_every_system_feeds_something_or_says_that_it_does_not(catalog):
    codes = {*catalog.measures, *catalog.indicators}

    for system in catalog.systems.values():
        assert set(system.feeds) <= codes
        assert bool(system.feeds) != (system.note == "本年无量化指标")


def test_a_figure_that_only_exists_typed_stands_beside_the_computed_one(catalog):
    typed = {code for code, measure in catalog.measures.items() if measure.kind is MeasureKind.RATE}

    assert typed == {code for code, indicator in catalog.indicators.items() if indicator.reported}
    assert len(typed) == 25


def test_counts_are_whole_and_money_is_exact_to_the_yuan(catalog):
    for measure in catalog.measures.values():
        if measure.unit == "万元":
            assert measure.decimals == 4
        elif measure.kind in (MeasureKind.FLOW, MeasureKind.STOCK) and not measure.unit.startswith("万"):
            assert measure.decimals == 0, measure.code


def test_only_what_is_left_over_may_be_negative(catalog):
    assert {code for code, measure in catalog.measures.items() if measure.signed} == {
        "market_entities_growth_yoy",
        "market_entities_net_increase",
        "market_entities_new_growth_yoy",
    }


def test_lots_still_pending_give_bounds(catalog):
    """
    44 passed and 7 failed of 78 taken: between 44/78 and 71/78, which needs the failed and the taken lots.
    """
    bounded = {code for code, indicator in catalog.indicators.items() if indicator.failed and indicator.total}

    assert bounded == {"food_sampling_pass_rate", "industrial_sampling_pass_rate", "coal_sampling_pass_rate"}


def test_growth_of_the_self_employed_is_watched_and_never_assessed(catalog):
    """
    促进个体工商户发展条例 第三十二条, and the totals in which they are the majority.
    """
    watched = {code: indicator for code, indicator in catalog.indicators.items() if not indicator.may_assess}

    assert set(watched) == {"annual_report_rate_individual", "market_entities_growth_yoy", "market_entities_net_increase", "market_entities_new_growth_yoy"}
    assert all("第三十二条" in indicator.may_assess_note for indicator in watched.values())
    assert not {code for code, _ in catalog.targets} & set(watched)


def test_targets_name_their_document_and_leave_some_indicators_without(catalog):
    assert {target.document for held in catalog.targets.values() for target in held} == {
        "2022 年目标任务分解表（演示用，虚构）",
        "2023 年目标任务分解表（演示用，虚构）",
        "2023 年年中目标调整通知（演示用，虚构）",
    }
    of_2023 = {code for code, year in catalog.targets if year == 2023}
    assert of_2023
    assert any(code not in of_2023 for code, indicator in catalog.indicators.items() if indicator.target_kind is not TargetKind.NONE)


def test_each_indicator_says_why_it_matters_in_a_sentence_of_its_own(catalog):
    reasons = [indicator.why_it_matters for indicator in catalog.indicators.values()]

    assert len(set(reasons)) == len(reasons)
    assert all(reason.endswith("。") and reason.count("。") == 1 for reason in reasons)
    assert all((indicator.denominator_words == "不是比率") == (indicator.denominator is None) for indicator in catalog.indicators.values())


def test_the_first_screen_stays_short(catalog):
    assert 10 <= sum(indicator.headline for indicator in catalog.indicators.values()) <= 12


def test_what_cannot_be_blocks_and_what_does_not_add_up_asks(catalog):
    """R001 alone is a hard bound that asks: a year may pass in which a promised limit was not shortened."""
    for relation in catalog.relations.values():
        impossible = relation.kind in (RelationKind.EVERY_RATE, RelationKind.EVERY_COUNT) or (
            relation.strength == "hard" and relation.kind is RelationKind.BOUND and relation.id != "R001"
        )
        if impossible:
            assert relation.raises is Raises.BLOCK, relation.id
        elif relation.strength == "hard":
            assert relation.raises is Raises.CHECK, relation.id
        else:
            assert relation.raises in (Raises.HINT, Raises.NOTHING), relation.id
        if relation.strength == "hard":
            assert relation.remedy, relation.id


def test_a_law_of_one_document_holds_for_its_month_only(catalog):
    assert {relation.id: relation.period for relation in catalog.relations.values() if relation.period} == {"R062": "2023-11", "R116": "2023-11"}
