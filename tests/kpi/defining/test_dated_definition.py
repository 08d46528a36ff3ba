"""A definition from a month on: both are kept, each board has its own, and the record says from when."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from kpi.bureau import LiveBureau, open_bureau
from kpi.catalog.noun_entries import NounEntry
from kpi.defining.change_list import change_records
from kpi.defining.dated_definition import DefinitionNote, dated
from kpi.defining.entry_change import find_entry
from kpi.defining.entry_saving import save
from kpi.defining.in_force import ChangeNote
from kpi.period import Month
from kpi.review.board import board

RATE = "food_sampling_pass_rate"
NOTE = DefinitionNote("换了方案", "王统计", date(2023, 9, 1))
PLAIN = {"unit": "%", "numerator": "a", "denominator": "b", "better": "higher", "target_kind": "floor"}


def of(parts: list[dict[str, object]], **fields: object) -> NounEntry:
    """An indicator with some earlier definitions."""
    own = {"code": "x", "name": "率", "denominator_words": "乙", **PLAIN, **fields}
    return NounEntry("indicator", own, {"earlier": parts} if parts else {})


def said(until: str, **fields: object) -> dict[str, object]:
    """An earlier definition as `NOTE` leaves it."""
    return {**PLAIN, **fields, "until": until, "reason": "换了方案", "changed_by": "王统计", "changed_on": date(2023, 9, 1)}


def test_the_former_definition_is_kept_until_the_month_before() -> None:
    """With its words for the denominator only where they are others now."""
    after = dated(of([]), of([], denominator="c"), Month(2023, 9), NOTE)
    assert after == of([said("2023-08")], denominator="c")
    other = dated(of([]), of([], denominator="c", denominator_words="丙"), Month(2023, 1), NOTE)
    assert other.parts["earlier"] == [said("2022-12", denominator_words="乙")]


def test_a_change_before_an_earlier_one_takes_its_place() -> None:
    """What held in the month before stays; what came after that month is no more."""
    rows = [{**PLAIN, "numerator": "first", "until": "2022-06"}, {**PLAIN, "numerator": "second", "until": "2023-06"}]
    before = of(rows, numerator="third")
    assert dated(before, of(rows, numerator="fourth"), Month(2023, 3), NOTE).parts["earlier"] == [rows[0], said("2023-02", numerator="second")]
    later = dated(before, of(rows, numerator="fourth"), Month(2023, 8), NOTE)
    assert later.parts["earlier"] == [*rows, said("2023-07", numerator="third")]


def test_what_is_no_definition_holds_for_all_months() -> None:
    """A name, a note; and what an office is."""
    assert dated(of([]), of([], name="新名"), Month(2023, 9), NOTE) == of([], name="新名")
    office = NounEntry("office", {"code": "a", "due_day": 5})
    later = replace(office, own={"code": "a", "due_day": 8})
    assert dated(office, later, Month(2023, 9), NOTE) == later


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
