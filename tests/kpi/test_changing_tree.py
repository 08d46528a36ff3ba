"""A tree that changes: every figure of a node is that of the bureaus which belonged to it in each of its months."""

from collections.abc import Iterator
from decimal import Decimal as D

import pytest

from kpi.board import board
from kpi.bureau import Bureau, open_bureau
from kpi.compute.indicators import indicators
from kpi.compute.row import BoardRow
from kpi.period import Month, Span, months
from kpi.present.moves import moved
from kpi.present.words import spoken
from tests.kpi.changing import FIRST, LAST, LEAVES, added, below, changing_catalog, city, reports

NODES = ("qinglan", "jiangcheng", "haizhou")


@pytest.fixture(scope="module")
def changing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bureau]:
    folder = tmp_path_factory.mktemp("changing")
    with open_bureau(folder / "data", changing_catalog(folder / "catalog")) as bureau:
        bureau.store.commit([one for month in months(FIRST, LAST) for leaf in LEAVES if city(leaf, month) for one in reports(leaf, month)])
        yield bureau


def row(bureau: Bureau, code: str, org: str, month: Month, span: Span = Span.YTD) -> BoardRow:
    return next(one for one in board(bureau, month, span, org=org) if one.indicator == code)


@pytest.mark.parametrize("span", [Span.YTD, Span.MONTH, Span.QUARTER, Span.HALF])
@pytest.mark.parametrize("node", NODES)
def test_every_month_adds_up_over_the_tree_of_that_month(changing, node, span):
    """Months, cumulatives, quarters and half-years, rates of them, and what stands, against a count in plain Python."""
    turns = [Month(2022, 3), Month(2022, 9), Month(2022, 10), *(Month(2023, number) for number in (3, 4, 6, 7, 9))]
    for month in months(FIRST, LAST) if span is Span.YTD else turns:  # what is kept ready costs little to read
        first = span.first(month)
        rows = {one.indicator: one for one in board(changing, month, span, org=node)}
        tested, passed = added(node, "food_tested", first, month), added(node, "food_passed", first, month)
        assert (rows["visits"].value, rows["visits"].counted) == (added(node, "visits", first, month), rows["visits"].leaves), month
        assert (rows["food_pass_rate"].numerator, rows["food_pass_rate"].denominator) == (passed, tested), month
        assert rows["food_pass_rate"].value == passed * 100 / tested
        assert (rows["entities"].value, rows["entities"].leaves) == (added(node, "entities", month, month), len(below(node, month))), month
        if month > Month(2022, 12):
            ago, then = first.plus(-12), month.plus(-12)
            assert rows["visits"].prior_value == added(node, "visits", ago, then), month
            assert rows["food_pass_rate"].prior_value == added(node, "food_passed", ago, then) * 100 / added(node, "food_tested", ago, then), month
            assert rows["entities"].prior_value == added(node, "entities", then, then), month
            assert rows["entities"].year_end_value == added(node, "entities", Month(2022, 12), Month(2022, 12)), month


def test_the_database_is_what_the_log_gives(changing):
    assert changing.store.verify() == []


def test_by_hand(changing):
    """
    江城, April 2023: 北山 belongs to it for three months of the four, 东湖 and 南湖 for all.

    visits of a month are 2 × (100 × number + 7 × month + 3) in 2023: 东湖 no. 1, 南湖 no. 2, 北山 no. 3.
    """
    april = row(changing, "visits", "jiangcheng", Month(2023, 4))
    donghu, nanhu = 2 * (4 * 103 + 7 * 10), 2 * (4 * 203 + 7 * 10)
    beishan = 2 * (3 * 303 + 7 * 6)
    assert (donghu, nanhu, beishan) == (964, 1764, 1902)
    assert (april.value, april.counted, april.leaves) == (4630, 3, 3)
    assert april.month_value == 2 * (103 + 28) + 2 * (203 + 28)  # 北山's April is 海州's


def test_those_without_dates_are_as_they_were(changing):
    [own] = indicators(changing.store, changing.catalog, [Month(2023, 12)], ["visits"], org="nanhu")
    assert own.value == sum(2 * (203 + 7 * month) for month in range(1, 13))
    assert D(own.leaves) == 1


@pytest.mark.parametrize(
    ("org", "month", "said"),
    [
        ("haizhou", Month(2023, 7), ["北山区市场监管局 4 月起划入，上年同期不含", "新城区市场监管局 2022 年 9 月设立，上年同期不含"]),
        ("haizhou", Month(2023, 4), ["北山区市场监管局 4 月起划入，上月、上年同期不含", "新城区市场监管局 2022 年 9 月设立，上年同期不含"]),
        ("haizhou", Month(2023, 12), ["北山区市场监管局 4 月起划入，上年同期不含", "新城区市场监管局 2022 年 9 月设立，上年同期只含这以后的数"]),
        ("jiangcheng", Month(2023, 12), ["北山区市场监管局 4 月起划归海州市市场监管局，上年同期仍含"]),
        ("nanhu", Month(2023, 12), ["东湖区市场监管局 7 月起并入，上年同期不含"]),
        ("donghu", Month(2023, 8), ["7 月起撤销，由南湖区市场监管局承接，今年只有以前的数"]),
        ("qinglan", Month(2023, 8), ["新城区市场监管局 2022 年 9 月设立，上年同期不含"]),
        ("yuntai", Month(2023, 8), []),
    ],
)
def test_a_comparison_over_two_trees_says_so(changing, org, month, said):
    """What 东湖 did is 南湖's work since July and was 江城's all the time: it changes 南湖, not the city."""
    found = row(changing, "visits", org, month)
    assert sorted(moved(found)) == sorted(said)
    assert set(said) <= set(spoken(found, changing.catalog).notes)
