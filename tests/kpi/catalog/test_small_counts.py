"""The rule on small counts as the catalogue states it."""

from dataclasses import replace
from fractions import Fraction

import pytest

from kpi.catalog import load
from kpi.catalog.fault_line import Where
from kpi.catalog.plain_tables import documents_of
from kpi.catalog.small_counts import USUAL, SmallCounts, small_counts_of

WHERE = Where("bureau.toml")


def test_people_and_cases_below_five_are_small_and_none_is_not():
    assert [USUAL.hides("人", Fraction(count)) for count in (0, 1, 4, 5)] == [False, True, True, False]
    assert not USUAL.hides("批次", Fraction(2))


def test_a_bureau_states_its_own_and_it_is_written_back():
    stated = {"public_from": 10, "public_units": ["户"]}
    assert small_counts_of(stated, WHERE) == (SmallCounts(10, ("户",)), [])
    catalog = replace(load.load(load.DEFAULT), small_counts=SmallCounts(10, ("户",)))
    assert stated.items() <= documents_of(catalog)["bureau.toml"].items()


@pytest.mark.parametrize(
    ("stated", "message"),
    [({"public_from": 0}, "不是 1 以上的整数"), ({"public_from": True}, "不是 1 以上的整数"), ({"public_units": "人"}, "要写成 public_units")],
)
def test_what_is_no_rule_is_a_fault(stated, message):
    rule, [fault] = small_counts_of(stated, WHERE)
    assert (rule, message in fault) == (USUAL, True)
