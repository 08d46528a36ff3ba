"""A true figure with an untrue word beside it: what a row says of its base, its days, its months and its gap."""

import pytest

from kpi.compute.outlook import NoBase
from kpi.present import day_words, verdicts
from kpi.present.row_words import Spoken, row_sentence
from kpi.review.prospects import outlooks
from tests.soundness.catalog import target


def test_a_month_of_nothing_done_is_no_month_that_lacks(small):
    """0 of 0 in April is a rate of nothing done; that February lacks has nothing to do with 环比 of May."""
    small.months(2023, tested="100||100|0|50", passed="96|97|96|0|50")

    assert small.row("plain_rate", "2023-05").month.mom_words == "缺上月数（2023 年 4 月未开展）"


def test_a_base_of_nothing_done_is_no_base_of_other_months(small):
    """Last year tested nothing from January to March: a rate of nothing done, whichever months this year lacks."""
    small.months(2022, tested="0|0|0", passed="0|0|0")
    small.months(2023, tested="100||100", passed="96|97|96")

    assert small.row("plain_rate", "2023-03").last_year.yoy_words == "缺上年同期数（2022 年 3 月未开展）"


def test_what_was_not_reported_has_no_day_in_its_sentence(small):
    """January and February came, March did not: the day of February is not that of March, and a dash is no day."""
    small.months(2023, tested="10|10")
    small.report("2023-03", fines="1")

    assert row_sentence(small.row("tested", "2023-03")) == "检验批次 未报，未报。"


def test_what_is_left_of_a_year_is_not_told_where_months_lack(held):
    """20 of 200 without February: nobody knows that 180 are left, nor where the year ends; 8 more of 20 say nothing of February either."""
    small = held({2023: target("tested", "annual", "200") + target("plain_rate", "floor", "90")})
    small.months(2023, tested="10||10", passed="5||5")

    rows = [small.row(code, "2023-03") for code in ("tested", "plain_rate")]
    assert [Spoken(row, 0).need for row in rows] == ["—", "—"]
    found = outlooks(small.bureau, rows)
    assert (found["tested"].needed, found["tested"].projection) == (None, NoBase.LACKING)
    assert found["plain_rate"].interval is None  # 未定, so no 95% interval may decide it


def test_a_flow_without_recent_months_is_not_called_something_else(small):
    """检验批次 are counted month by month, whether they are 未公开 this month or not."""
    small.report("2023-03", tested="未公开")

    row = small.row("tested", "2023-03")
    assert verdicts.signal(row, outlooks(small.bureau, [row])["tested"], 0) == "最近的单月数不全，不作波动判断"


def test_months_left_out_of_both_years_are_told_though_this_years_figure_stays_the_same(small):
    """This February was 未开展: 20 and 20 of January and March are compared, though last year's own record is 30."""
    small.months(2022, tested="10|10|10")
    small.months(2023, tested="10|未开展|10")

    row = small.row("tested", "2023-03")
    assert (row.figure.value, row.last_year.value, row.last_year.yoy, row.last_year.like_value) == (20, 20, 0, 20)
    assert "同比按两年都有数的月份比，这些月份今年为 20 批次" in Spoken(row, 0).notes


def test_idle_months_of_last_year_are_named_with_their_year(small):
    """Growth over last year leaves out what was 未开展 then; one office alone is not 有 1 家."""
    small.months(2022, tested="10|未开展|10")
    small.months(2023, tested="10|10|10")

    notes = Spoken(small.row("tested_growth", "2023-03"), 2).notes
    assert "「检验批次」2022 年 2 月未开展，没有计入" in notes
    assert not any("有 1 家" in note for note in notes)


@pytest.mark.parametrize(
    ("measure", "base", "yoy", "note"),
    [
        ("net", "约-5", "不是确数，不能相比", None),
        ("tested", "约0", "上年同期为 0", "上年同期数不是确数"),
        ("tested", "约4", "约 +25.00%", "上年同期数不是确数，同比只是约数"),
    ],
)
def test_a_base_that_is_about_so_much_is_told_as_its_growth_is(small, measure, base, yoy, note):
    """Nothing is said to be 约数 beside a growth that cannot be told at all."""
    small.report("2022-01", **{measure: base})
    small.report("2023-01", **{measure: "5"})

    spoken = Spoken(small.row(measure, "2023-01"), 0)
    assert (spoken.yoy, [text for text in spoken.notes if "确数" in text]) == (yoy, [note] if note else [])


def test_the_days_of_a_board_are_those_of_its_figures(small):
    """抽检 came for February alone: its last day is none of the board of March."""
    small.report("2023-02", tested="10", shops="5")
    small.report("2023-03", shops="5")

    assert day_words.of_board(small.board("2023-03").values()) == "数据截止日 2023-03-31。"
