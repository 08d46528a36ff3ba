"""A definition from a month on: both are kept, each board has its own, and the record says from when."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kpi.bureau import LiveBureau, open_bureau
from kpi.defining.change_list import change_records
from kpi.defining.entry_change import find_entry
from kpi.defining.entry_saving import save
from kpi.defining.in_force import ChangeNote
from kpi.period import Month
from kpi.review.board import board

RATE = "food_sampling_pass_rate"


@pytest.fixture
def bureau(demo_copy: Path) -> Iterator[LiveBureau]:
    """The demonstration."""
    with open_bureau(demo_copy) as opened:
        yield opened


def test_each_board_has_the_definition_of_its_month(bureau: LiveBureau) -> None:
    """The fraction upside down from November 2023 on: October as before, November 1,763 of 1,724."""
    before = find_entry(bureau.catalog, "indicator", RATE)
    assert before is not None
    turned = {"numerator": "food_samples_tested", "denominator": "food_samples_passed"}
    after = replace(before, own={**{key: value for key, value in before.own.items() if key not in ("failed", "total")}, **turned})
    october = value(bureau, Month(2023, 10))

    changed = save(bureau, before, after, ChangeNote("王统计", "换了方案", Month(2023, 11)), number=0)

    assert value(changed, Month(2023, 10)) == october
    assert value(changed, Month(2023, 11)) == f"{100 * 1763 / 1724:.4f}"
    last = change_records(changed)[0]
    assert last.first == Month(2023, 11)
    [entry] = last.entries
    assert [field.heading for field in entry.fields] == ["分子", "分母", "不合格", "总数", "以前的口径"]
    assert "到哪个月 2023-10" in entry.fields[-1].after
    assert "分母 食品抽检检验批次" in entry.fields[-1].after


def value(bureau: LiveBureau, month: Month) -> str:
    """The rate of a month as its board has it."""
    [row] = [row for row in board(bureau, month) if row.indicator == RATE]
    return f"{row.figure.value:.4f}"
