"""What a definition that is not in force would come to, worked by hand; the store is as it was."""

from dataclasses import replace

import pytest

from kpi.access.caller import Caller, DeniedError
from kpi.access.roles import AccountRole
from kpi.bureau import Bureau
from kpi.catalog.model import Catalog
from kpi.compute.row import Status
from kpi.defining.entry_change import find_entry, with_entry
from kpi.defining.value_preview import preview
from kpi.period import Month, months
from kpi.review.board import board

RATE = "food_sampling_pass_rate"
NOVEMBER = Month(2023, 11)


def changed(catalog: Catalog, noun: str, key: str, **fields: object) -> Catalog:
    """A catalogue with other values in the fields of one entry; None in the place of nothing."""
    before = find_entry(catalog, noun, key)
    assert before is not None
    own = {name: value for name, value in {**before.own, **fields}.items() if value is not None}
    return with_entry(catalog, before, replace(before, own=own))


def test_both_definitions_stand_beside_one_another(demo: Bureau) -> None:
    """1,724 of 1,763 lots passed in the first eleven months of 2023, so the fraction upside down is 1,763 of 1,724."""
    upside_down = changed(demo.catalog, "indicator", RATE, numerator="food_samples_tested", denominator="food_samples_passed", failed=None, total=None)
    version, rows = demo.store.version, board(demo, NOVEMBER)

    shown = preview(demo, upside_down, RATE)

    assert [month.period for month in shown] == list(reversed(months(Month(2022, 12), NOVEMBER)))
    november = shown[0]
    assert november.now
    assert november.then
    assert [f"{row.figure.value:.4f}" for row in (november.now, november.then)] == [f"{100 * 1724 / 1763:.4f}", f"{100 * 1763 / 1724:.4f}"]
    assert (november.now.status, november.then.status) == (Status.BEHIND, Status.MET)  # 97.8 % is asked for
    assert (demo.store.version, board(demo, NOVEMBER)) == (version, rows)


def test_the_definition_in_force_comes_to_what_the_board_has(demo: Bureau) -> None:
    """Of every month, in all that a row says, although nothing of it was kept ready."""
    assert all(month.now == month.then for month in preview(demo, demo.catalog, RATE))


def test_a_new_indicator_has_no_figures_beside_it(demo: Bureau) -> None:
    """1,763 lots were tested and 1,724 passed: 39 did not; nothing stands in its place now."""
    before = find_entry(demo.catalog, "indicator", RATE)
    assert before is not None
    own = {"code": "failures", "name": "不合格批次", "unit": "批次", "numerator": "food_samples_failed", "target_kind": "none"}
    new = replace(before, own={**before.own, **own})
    alone = replace(new, own={key: value for key, value in new.own.items() if key not in ("denominator", "scale", "failed", "total")})
    shown = preview(demo, with_entry(demo.catalog, None, alone), "failures")
    assert [(month.now, month.then and month.then.figure.value) for month in shown[:1]] == [(None, 39)]


def test_another_target_changes_the_statuses_alone(demo: Bureau) -> None:
    """97.788 % misses 97.8 %, and meets 97 %."""
    [target] = demo.catalog.targets_of(RATE, 2023)
    eased = changed(demo.catalog, "target", f"{RATE}/2023/{target.office}//", value=97)
    november = preview(demo, eased, RATE)[0]
    assert november.now
    assert november.then
    assert (november.now.figure.value, november.now.status, november.then.status) == (november.then.figure.value, Status.BEHIND, Status.MET)


def test_who_sees_no_figures_sees_none_here(demo: Bureau) -> None:
    """An administrator defines, and reads no figures."""
    administrator = demo.of(Caller("admin", "王管理", AccountRole.ADMINISTRATOR))
    with pytest.raises(DeniedError):
        preview(administrator, demo.catalog, RATE)
