"""A true figure with an untrue word beside it: what a row says of its base, its days, its months and its gap."""

from kpi.compute.outlook import NoBase
from kpi.outlook import outlooks
from kpi.present import verdicts
from kpi.present.words import Spoken, row_sentence
from tests.soundness.catalog import target


def test_a_month_of_nothing_done_is_no_month_that_lacks(small):
    """0 of 0 in April is a rate of nothing done; that February lacks has nothing to do with 环比 of May."""
    small.months(2023, tested="100||100|0|50", passed="96|97|96|0|50")

    assert small.row("plain_rate", "2023-05").mom_words == "缺上月数（2023 年 4 月未开展）"


def test_a_base_of_nothing_done_is_no_base_of_other_months(small):
    """Last year tested nothing from January to March: a rate of nothing done, whichever months this year lacks."""
    small.months(2022, tested="0|0|0", passed="0|0|0")
    small.months(2023, tested="100||100", passed="96|97|96")

    assert small.row("plain_rate", "2023-03").yoy_words == "缺上年同期数（2022 年 3 月未开展）"


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
