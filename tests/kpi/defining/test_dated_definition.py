"""Another definition from a month on: what held up to the month before is kept whole, what would have begun later is not."""

from datetime import date
from typing import Any

import pytest

from kpi.catalog.noun_entries import NounEntry
from kpi.defining.dated_definition import DefinitionNote, dated
from kpi.period import Month

NOTE = DefinitionNote("抽检办法修订", "王统计", date(2026, 11, 29))
SAID = {"reason": "抽检办法修订", "changed_by": "王统计", "changed_on": date(2026, 11, 29)}
RATE = {"code": "rate", "name": "检出率", "unit": "%", "numerator": "passed", "denominator": "taken", "scale": 100, "better": "higher"}
RATE |= {"target_kind": "floor", "denominator_words": "抽检批次"}
COUNT = {"until": "2025-06", "unit": "批次", "numerator": "passed", "better": "higher", "target_kind": "annual", "denominator_words": "不是比率"}
SHARE = {"until": "2026-03", "unit": "%", "numerator": "passed", "denominator": "tested", "scale": 100, "better": "higher", "target_kind": "floor"}
BEFORE = NounEntry("indicator", RATE, {"earlier": [COUNT, SHARE]})


def changed(first: str, **fields: Any) -> list[dict[str, Any]]:
    """The earlier definitions after some fields of the rate are others from a month on."""
    after = NounEntry("indicator", {**RATE, **fields}, BEFORE.parts)
    return [dict(row) for row in dated(BEFORE, after, Month.parse(first), NOTE).parts["earlier"]]


@pytest.mark.parametrize(
    ("first", "kept", "last"),
    [
        ("2026-09", ["2025-06", "2026-03"], "2026-08 taken"),
        ("2026-04", ["2025-06"], "2026-03 tested"),  # what held from April on never did
        ("2026-02", ["2025-06"], "2026-01 tested"),
        ("2025-07", [], "2025-06 None"),
        ("2025-01", [], "2024-12 None"),
    ],
)
def test_what_held_in_the_month_before_is_the_last_earlier_definition(first, kept, last):
    *others, ended = changed(first, numerator="failed")

    assert [row["until"] for row in others] == kept
    assert f"{ended['until']} {ended.get('denominator')}" == last
    assert {key: ended[key] for key in SAID} == SAID
    assert set(ended) <= {*SHARE, *SAID, "denominator_words"}


def test_going_back_to_what_held_before_undoes_the_change():
    assert changed("2026-04", denominator="tested") == [COUNT]


def test_a_name_is_no_definition():
    """It changes for all months, and so do the words for a denominator."""
    assert changed("2026-09", name="检出比例", denominator_words="全部抽检批次") == [COUNT, SHARE]


def test_an_earlier_definition_keeps_the_words_it_had():
    """Where it left them out they were those of the definition that is replaced, not those of the new one."""
    first, second, third = changed("2026-09", numerator="failed", denominator_words="全部批次")

    assert [row["denominator_words"] for row in (first, second, third)] == ["不是比率", "抽检批次", "抽检批次"]
    assert "denominator_words" not in changed("2026-09", numerator="failed")[-1]
