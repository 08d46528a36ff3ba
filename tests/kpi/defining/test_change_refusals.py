"""Codes keep their meaning and figures keep what they are of: what the loader would take is refused, with what to do instead."""

from dataclasses import replace

import pytest

from kpi.bureau import Bureau
from kpi.defining.change_refusals import refusals
from kpi.defining.entry_change import EntryFault, find_entry


@pytest.fixture(scope="module")
def reported(demo: Bureau) -> frozenset[tuple[str, str]]:
    """What the demonstration's sheets name."""
    return demo.store.reported_codes()


def why(demo: Bureau, reported: frozenset[tuple[str, str]], noun: str, key: str, **fields: object) -> list[EntryFault]:
    """Why fields of an entry may not be changed; without any, why it may not be taken out."""
    before = find_entry(demo.catalog, noun, key)
    assert before is not None
    return refusals(demo.catalog, reported, before, replace(before, own={**before.own, **fields}) if fields else None)


def test_what_stored_sheets_name_is_known(reported: frozenset[tuple[str, str]]) -> None:
    """Measures, offices, the organisation, and ledgers beside forms."""
    assert {("measure", "food_samples_tested"), ("office", "food_coordination"), ("org", "bureau")} <= reported


def test_a_code_never_changes(demo: Bureau, reported: frozenset[tuple[str, str]]) -> None:
    """Whatever the noun; a target has none."""
    relation = next(iter(demo.catalog.relations))
    for noun, key, code in (("measure", "food_samples_tested", "code"), ("office", "food_coordination", "code"), ("relation", relation, "id")):
        [fault] = why(demo, reported, noun, key, **{code: "another"})
        assert (fault.key, f"请改回「{key}」" in fault.words) == (code, True)


def test_what_figures_are_of_never_changes(demo: Bureau, reported: frozenset[tuple[str, str]]) -> None:
    """Unit, kind and office of a measure with figures; one without may still be corrected, and a name always."""
    faults = why(demo, reported, "measure", "food_samples_tested", unit="件", kind="stock", office="drug")
    assert sorted(fault.key for fault in faults) == ["kind", "office", "unit"]
    assert faults[0].words.endswith("不能再改；请改回去，另外新增一个数据项。")
    assert why(demo, frozenset(), "measure", "food_samples_tested", unit="件") == []
    assert why(demo, reported, "measure", "food_samples_tested", name="检验批次") == []


def test_what_has_figures_or_is_used_stays(demo: Bureau, reported: frozenset[tuple[str, str]]) -> None:
    """Those that use it are named; a target may go, the record of changes keeps it."""
    figures, users = why(demo, reported, "measure", "food_samples_tested")
    assert figures.words.startswith("「食品抽检检验批次」已经有报来的数，不能删去")
    assert "「指标」里的「食品抽检合格率」" in users.words
    assert users.words.endswith("。")
    assert ["会议版、督办里还要查它的口径" in fault.words for fault in why(demo, reported, "indicator", "food_sampling_pass_rate")] == [True, False]
    assert "已经有报来的数" in why(demo, reported, "office", "food_coordination")[0].words
    [target] = demo.catalog.targets_of("food_sampling_pass_rate", 2023)
    assert why(demo, reported, "target", f"food_sampling_pass_rate/2023/{target.office}//") == []


def test_a_new_entry_is_refused_by_the_loader_alone(demo: Bureau, reported: frozenset[tuple[str, str]]) -> None:
    """It has no figures yet, and nobody uses it."""
    assert refusals(demo.catalog, reported, None, find_entry(demo.catalog, "measure", "food_samples_tested")) == []
