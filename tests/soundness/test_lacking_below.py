"""What lacks in some of the organisations below a node."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal as D
from pathlib import Path

import pytest

from kpi.bureau import Bureau, open_bureau
from kpi.compute.marks import MarkCounts
from kpi.compute.row import BoardRow, Lacking
from kpi.figures.indicators import indicators
from kpi.period import Month
from kpi.present.figure_notes import of_row
from tests.bureaus import write
from tests.kpi.present.rows import with_fields
from tests.kpi.store.reports import accepted
from tests.soundness.catalog import files, target

TREE = "".join(
    f'[[org]]\ncode = "{code}"\nname = "{name}市场监管局"\nlevel = "{level}"\norder = {order}\n{parent}\n'
    for order, (code, name, level, parent) in enumerate(
        [("city", "江城市", "市", ""), ("east", "东湖区", "区", 'parent = "city"'), ("west", "西山区", "区", 'parent = "city"')], 1
    )
)
TARGETS = "".join(
    target(code, kind, value).replace("[[target]]\n", '[[target]]\norg = "city"\n')
    for code, kind, value in (("tested", "annual", "365"), ("plain_rate", "floor", "60"), ("accidents", "ceiling", "10"))
)
COURSE = target("tested", "annual", "366", pace="profile").replace("[[target]]\n", '[[target]]\norg = "city"\n')


class Tree:
    """A city of two districts."""

    def __init__(self, bureau: Bureau) -> None:
        self.bureau = bureau

    def report(self, org: str, period: str, as_of: str = "", **cells: str) -> None:
        item = accepted(period, "quality", cells, as_of=date.fromisoformat(as_of) if as_of else None)
        self.bureau.store.commit([replace(item, report=replace(item.report, org=org), data=item.data + org.encode())])

    def row(self, code: str, period: str, org: str = "city") -> BoardRow:
        [found] = indicators(self.bureau.store, self.bureau.catalog, [Month.parse(period)], [code], org=org)
        return found


@pytest.fixture
def tree(tmp_path: Path) -> Iterator[Tree]:
    folder = write(tmp_path / "catalog", files({2023: TARGETS, 2024: COURSE}) | {"orgs.toml": TREE})
    with open_bureau(tmp_path / "data", folder) as bureau:
        yield Tree(bureau)


def test_a_rate_of_many_is_of_the_months_of_each(tree):
    """East without February 20 of 40, west whole 30 of 60: 50 of 100, never 50 of 80 or 60 of 100."""
    for month, (tested, passed) in enumerate((("20", "10"), ("–", "10"), ("20", "10")), 1):
        tree.report("east", f"2023-{month:02}", tested=tested, passed=passed)
        tree.report("west", f"2023-{month:02}", tested="20", passed="10")

    row = tree.row("plain_rate", "2023-03")
    assert (row.figure.numerator, row.figure.denominator, row.below.gapped, row.status) == (50, 100, 1, "未定")
    assert tree.bureau.store.verify() == []


def test_all_that_lack_months_are_counted(tree):
    """Neither district has February, this year or last: two lack months, as they do in the base, not one."""
    for year in (2022, 2023):
        for month in (1, 3):
            for org in ("east", "west"):
                tree.report(org, f"{year}-{month:02}", tested="20", passed="10")

    row = tree.row("tested", "2023-03")
    assert (row.figure.value, row.below.gapped, row.below.prior_gapped) == (80, 2, 2)


def test_a_year_in_which_somebody_lacked_a_month_is_no_course(tree):
    """West is silent in February 2023, so that 20, 20, 60 … is not how the city's year went: 2024 is paced by its days, 182 of 366 by 30 June."""
    for month in range(1, 13):
        for org in ("east", "west") if month != 2 else ("east",):
            tree.report(org, f"2023-{month:02}", tested=f"10 {10 * month}")
        tree.report("east", f"2024-{month:02}", tested=f"10 {10 * month}")

    row = tree.row("tested", "2024-06")
    assert (round(row.target.pace, 4), row.target.pace_basis) == (round(D(18200) / 366, 4), "上年各月数据不全，改按天数")


def test_a_floor_reached_by_some_is_met_and_a_ceiling_broken_by_some_is_missed(tree):
    """Nothing came from west: 400 of 365 are done and 11 are more than 10 whatever it brings; 300 would leave it open."""
    tree.report("east", "2023-12", tested="– 400", failed="– 11")
    assert [tree.row(code, "2023-12").status for code in ("tested", "accidents")] == ["达标", "未达标"]

    tree.report("east", "2023-12", tested="– 300", failed="– 9")
    assert [tree.row(code, "2023-12").status for code in ("tested", "accidents")] == ["未定", "未定"]


def test_the_pace_of_a_sum_is_no_ones_day_alone(tree):
    """310 by 1 November would be in time (305 due), by 30 November not (334): open, with no pace; 340 are in time on either day."""
    tree.report("east", "2023-11", as_of="2023-11-01", tested="– 10")
    tree.report("west", "2023-11", tested="– 300")
    row = tree.row("tested", "2023-11")
    assert (row.figure.value, row.target.pace, row.status) == (310, None, "未定")

    tree.report("west", "2023-11", tested="– 330")
    assert tree.row("tested", "2023-11").status == "达标"


def test_a_base_of_many_is_the_sum_of_their_bases(tree):
    """East to 23 November against 100 to its like day (filed under October), west to the 30th against 200: 330 against 300."""
    tree.report("east", "2022-10", as_of="2022-11-23", tested="– 100")
    tree.report("east", "2022-11", tested="– 130")
    tree.report("west", "2022-11", tested="– 200")
    tree.report("east", "2023-11", as_of="2023-11-23", tested="– 110")
    tree.report("west", "2023-11", tested="– 220")

    row, growth = tree.row("tested", "2023-11"), tree.row("tested_growth", "2023-11")
    assert (row.last_year.value, row.last_year.yoy, growth.figure.value) == (300, 10, 10)


def test_a_rate_per_year_of_many_counts_the_days_of_each(tree):
    """10 in 31 days and 10 in 59 of 1,000 shops each: 20 · 365 over 1,000 · 31 + 1,000 · 59 shop-days."""
    tree.report("east", "2023-02", as_of="2023-01-31", failed="– 10", shops="– 1000")
    tree.report("west", "2023-02", failed="– 10", shops="– 1000")

    row = tree.row("failed_per_shop", "2023-02")
    assert round(row.figure.value, 6) == round(D(20 * 365 * 1000) / (1000 * 31 + 1000 * 59), 6)
    assert row.figure.annualised_days is None


def test_a_month_that_last_year_lacks_is_not_called_one_of_this_year(tree):
    """West has last year to February in one figure, east January alone: 20 % of what both years have, and the hole is last year's."""
    tree.report("east", "2022-01", tested="10")
    tree.report("west", "2022-02", tested="– 20")
    for org in ("east", "west"):
        tree.report(org, "2023-01", tested="12")
        tree.report(org, "2023-02", tested="12")

    row = tree.row("tested_growth", "2023-02")
    assert (row.figure.value, row.below.gapped, row.below.prior_gapped) == (20, 0, 1)  # 12 against 10, 24 against 20
    assert [note for note in of_row(row, 2) if "月份" in note] == ["有 1 家上年有月份没有数"]


def test_a_month_before_that_not_everybody_has_is_not_called_idle(tree):
    """West reports 20 in January and February, nothing in March: the sum of March has no 上月 to be compared with; nobody said 未开展."""
    for month in ("2023-01", "2023-02", "2023-03"):
        tree.report("east", month, tested="20", passed="10")
        if month != "2023-03":
            tree.report("west", month, tested="20", passed="10")

    for code in ("tested", "plain_rate"):
        assert tree.row(code, "2023-03").month.mom_words == "缺上月数（不是每家两个月都有数，不能比）"


def test_what_is_said_beside_the_figure_of_a_district_is_counted_beside_that_of_the_city(tree):
    """East books 调整数 −10 and restates its base, west has nothing to count in February: 62 of the year beside 72 of the quarter is no riddle."""
    tree.report("east", "2022-02", tested="– 10")
    tree.report("west", "2022-02", tested="– 20")
    tree.report("east", "2023-01", tested="12 12")
    tree.report("west", "2023-01", tested="24 24")
    tree.report("east", "2023-02", tested="12 14 8")
    tree.report("west", "2023-02", tested="不适用")

    row = tree.row("tested", "2023-02")
    notes = of_row(row, 0)
    assert (row.figure.value, row.below.marks) == (38, MarkCounts(adjusted=1, restated=1, idle=1))
    assert {"有 1 家的数有调整数", "有 1 家的上年同期按同口径填报，与上年报送数不同", "有 1 家有未开展或不适用的月份，没有计入"} <= set(notes)
    assert tree.row("tested", "2023-02", "east").below.marks == MarkCounts()


def test_a_verdict_that_stands_is_not_called_open_for_who_is_missing(tree):
    """20 of the 365 of the year are not what January owes, but 40 are, whatever east adds."""
    tree.report("west", "2023-01", tested="40")

    row = tree.row("tested", "2023-01")
    row = with_fields(row, lacking=(Lacking("east", "东湖区市场监管局", 1, 1),))
    assert row.status == "达标"
    assert of_row(row, 0)[0] == "缺 1 家：东湖区市场监管局"


def test_what_one_district_hides_still_breaks_the_ceiling_of_the_city(tree):
    """East had 12 by January and hides February, west has 2: 14 are more than 10, whatever east does not tell."""
    for month, east in enumerate(("12", "未公开"), 1):
        tree.report("east", f"2023-{month:02}", failed=east)
        tree.report("west", f"2023-{month:02}", failed="1")

    row = tree.row("accidents", "2023-02")
    assert (row.figure.value, row.below.counted, row.status) == (2, 1, "未达标")
    assert not [note for note in of_row(row, 0) if "还不能下结论" in note]


def test_no_gap_is_told_where_the_districts_have_no_common_day(tree):
    """East to 30 June, west to 31 October: neither day's share of the 365 is what the 110 are held to."""
    tree.report("east", "2023-10", as_of="2023-06-30", tested="– 10")
    tree.report("west", "2023-10", tested="– 100")

    row = tree.row("tested", "2023-10")
    assert (row.figure.value, row.target.pace, row.target.gap) == (110, None, None)


def test_a_node_with_one_organisation_below_it_is_compared_as_that_one(tree):
    """A city of which only east reports, both years: nothing is left out, and nothing is said to be."""
    tree.report("east", "2022-01", tested="10")
    tree.report("east", "2023-01", tested="12")

    city, east = tree.row("tested", "2023-01"), tree.row("tested", "2023-01", org="east")
    assert (city.last_year.yoy, east.last_year.yoy, city.last_year.like_value, east.last_year.like_value) == (20, 20, None, None)


def test_months_left_out_below_are_told_though_the_sums_are_equal(tree):
    """January 2022 lacks in east and 2023 has 0 there: 12 by both ways of counting, and the months are said to be fewer."""
    tree.report("east", "2022-02", tested="10")
    for month, tested in enumerate(("0", "12"), 1):
        tree.report("east", f"2023-{month:02}", tested=tested)

    row = tree.row("tested", "2023-02")
    assert (row.figure.value, row.last_year.like_value, row.last_year.yoy) == (12, 12, 20)
