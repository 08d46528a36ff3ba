"""Verdicts against the wrong target, the wrong day or the wrong people."""

from dataclasses import replace

import pytest

from kpi.catalog.load import load
from kpi.errors import CatalogError
from kpi.present.row_words import Spoken
from kpi.review.board import late
from kpi.review.prospects import outlooks
from kpi.review.scoring import score
from tests.bureaus import write
from tests.soundness.catalog import QUALITY, files, indicator, measure, target


def test_a_changed_target_does_not_reach_back(held):
    """100 until June, 200 from July: 50 to 30 June are half of 100 and in time, and stay so when May is opened in August."""
    small = held({2023: target("tested", "annual", "100") + target("tested", "annual", "200", **{"from": "2023-07-01"}).replace('"2023-07-01"', "2023-07-01")})
    small.report("2023-06", tested="– 50")
    small.report("2023-07", tested="– 60")

    june, july = (small.row("tested", month) for month in ("2023-06", "2023-07"))

    assert (june.target.value, june.status) == (100, "达标")
    assert (july.target.value, july.status) == (200, "未达标")


@pytest.mark.parametrize(("as_of", "limit", "status"), [("2023-06-29", 100, "达标"), ("2023-06-30", 200, "未达标")])
def test_a_target_changed_on_the_last_day_of_a_month_holds_for_that_day(held, as_of, limit, status):
    """60 by 30 June are enough of 100 (49.6 are due) and not of 200 (99.2), which holds from that very day; on the 29th it is still 100."""
    small = held({2023: target("tested", "annual", "100") + target("tested", "annual", "200", **{"from": "2023-06-30"}).replace('"2023-06-30"', "2023-06-30")})
    small.report("2023-06", as_of=as_of, tested="– 60")

    assert (small.row("tested", "2023-06").target.value, small.row("tested", "2023-06").status) == (limit, status)


@pytest.mark.parametrize(("tested", "passed", "few"), [("99", "86", True), ("100", "87", False)])
def test_a_hundred_cases_are_no_longer_few(held, tested, passed, few):
    """Below a hundred cases one more or less is more than a 个百分点, and the rate has an interval; of a hundred it is just one."""
    small = held({2023: target("plain_rate", "floor", "90")})
    small.report("2023-11", tested=f"– {tested}", passed=f"– {passed}")

    assert (outlooks(small.bureau, [small.row("plain_rate", "2023-11")])["plain_rate"].interval is not None) is few


def test_a_milestone_on_the_last_day_of_the_year_holds_for_that_day(held):
    """Half by 30 June, all on 31 December: 60 are enough on 30 December and not on the 31st, a stretch of one day."""
    steps = 'pace = "milestones"\nmilestones = [{ on = 2023-06-30, share = 50 }, { on = 2023-12-31, share = 100 }]\n'
    small = held({2023: target("tested", "annual", "100") + steps})

    small.report("2023-12", as_of="2023-12-30", tested="– 60")
    assert (small.row("tested", "2023-12").target.pace, small.row("tested", "2023-12").status) == (50, "达标")
    small.report("2023-12", as_of="2023-12-31", tested="– 60")
    assert (small.row("tested", "2023-12").target.pace, small.row("tested", "2023-12").status) == (100, "未达标")


def test_a_target_of_another_year_does_not_hold(held):
    """2022's task says nothing of 2023."""
    small = held({2022: target("tested", "annual", "100")})
    small.report("2023-06", tested="– 10")

    assert (small.row("tested", "2023-06").target.value, small.row("tested", "2023-06").status) == (None, "无目标")


def test_what_may_not_be_assessed_cannot_have_a_target(tmp_path):
    """条例第 32 条: the catalogue refuses it, so it can never be counted as missed."""
    with pytest.raises(CatalogError, match="watched_rate"):
        load(write(tmp_path, files({2023: target("watched_rate", "floor", "99")})))


def test_what_may_not_be_assessed_is_neither_late_nor_scored(held):
    """Even a row that somehow carried a miss would not be listed."""
    small = held({2023: target("plain_rate", "floor", "99")})
    small.report("2023-01", passed="1", tested="10")
    row = small.row("plain_rate", "2023-01")

    assert late([row]) == [row]
    assert late([replace(row, may_assess=False)]) == []
    assert score(small.bureau, [row]) == []


def test_nothing_reported_is_not_missed(held):
    """未报 is no failure of the work; it is asked for elsewhere."""
    small = held({2023: target("tested", "annual", "100") + target("plain_rate", "floor", "90")})
    small.report("2023-06", shops="– 1")

    rows = small.board("2023-06")

    assert {rows["tested"].status, rows["plain_rate"].status} == {"未报"}
    assert late(rows.values()) == []


def test_a_hidden_figure_is_not_missed(held):
    """未公开 and 在检 leave the verdict open."""
    small = held({2023: target("tested", "annual", "100") + target("plain_rate", "floor", "90")})
    small.report("2023-06", tested="– 未公开", passed="– 在检/在办")

    assert [small.row(code, "2023-06").status for code in ("tested", "plain_rate")] == ["未定", "未定"]


def test_zero_is_a_figure_and_can_miss(held):
    """A reported 零 in June of a task of 100 is a miss, and not 未报."""
    small = held({2023: target("tested", "annual", "100")})
    small.report("2023-06", tested="– 0")

    assert (small.row("tested", "2023-06").status, small.row("tested", "2023-06").figure.state) == ("未达标", "零")


@pytest.mark.parametrize(("passed", "failed", "said"), [(70, 1, "已锁定达标"), (44, 30, "已锁定不达标"), (44, 7, "未定")])
def test_a_locked_verdict_is_called_locked(held, passed, failed, said):
    """78 taken against 85 %: 70 are 89.7 % at the least; 30 failures leave 61.5 % at the most; 44 and 7 leave it open."""
    small = held({2023: target("pass_rate", "floor", "85")})
    small.report("2023-11", passed=f"– {passed}", failed=f"– {failed}", tested=f"– {passed + failed}", taken="– 78")

    spoken = Spoken(small.row("pass_rate", "2023-11"), 1)

    assert spoken.pending == f"还有结果未出，最后在 {spoken.bounds} 之间，{said}"
    assert spoken.pending in spoken.sentence


def test_a_target_says_of_which_data_it_asks(held):
    """The floor in the file of 2023 is asked of the reports filed in 2023, which are about 2022."""
    small = held({2023: target("report_rate", "floor", "85")})
    small.report("2022-06", reported="– 80", due="– 100")
    small.report("2023-06", reported="– 86", due="– 100")

    rows = [small.row("report_rate", month) for month in ("2022-06", "2023-06")]

    assert [(row.data_year, row.target.value, row.status) for row in rows] == [(2021, None, "无目标"), (2022, 85, "达标")]


def test_figures_about_different_years_make_no_rate(tmp_path):
    """Reports on 2022 over shops of 2023: refused with the catalogue."""
    mixed = QUALITY + indicator("mixed", "混合", "reported", "shops")

    with pytest.raises(CatalogError, match="mixed：各数据项的 report_year_offset 不同"):
        load(write(tmp_path, files(quality=mixed)))


def test_households_and_visits_do_not_add_up(tmp_path):
    """家 and 家次 are two units, in a sum and in a difference."""
    spoiled = QUALITY + measure("firms", "企业", "家") + measure("visits", "检查", "家次") + indicator("sum", "合计", "firms + visits", unit="家")

    with pytest.raises(CatalogError, match="单位不同不能相加"):
        load(write(tmp_path, files(quality=spoiled)))


def test_targets_of_parts_that_do_not_make_the_whole(tmp_path):
    """1200 asked of the office, 700 and 600 of its two tasks: 100 too many, said when the catalogue is loaded."""
    split = target("tested", "annual", "1200").replace("document", 'parts = ["first", "second"]\ndocument')
    split += target("first", "annual", "700") + target("second", "annual", "600")
    more = "".join(indicator(code, code, "tested", unit="批次", target_kind="annual") for code in ("first", "second"))

    with pytest.raises(CatalogError, match="100"):
        load(write(tmp_path, files({2023: split}, QUALITY + more)))
