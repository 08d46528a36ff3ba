"""Rates and differences whose parts run to unlike days: what can be said of any one day, and nothing more."""

import pytest

from kpi.period import Span
from kpi.present.row_words import Spoken
from kpi.review.scoring import score
from tests.bureaus import opened
from tests.soundness.catalog import QUALITY, files, indicator, target


@pytest.mark.parametrize(
    ("tested", "passed", "floor", "status"),
    [
        ("2023-03-20", "2023-03-31", "90", "未定"),  # 27 to the end of March of 30 to the 20th: fewer had passed by then, more were tested later
        ("2023-03-20", "2023-03-31", "95", "未达标"),  # at most 90 % on either day
        ("2023-03-31", "2023-03-20", "90", "达标"),  # at least 90 % on either day
        ("2023-03-31", "2023-03-20", "95", "未定"),
        ("2023-03-20", "2023-03-20", "90", "达标"),
    ],
)
def test_a_rate_is_judged_on_any_one_day_of_its_parts(held, tested, passed, floor, status):
    """What is counted longer than what it is counted of makes the rate too large, what is counted less long too small."""
    small = held({2023: target("plain_rate", "floor", floor)})
    small.months(2023, tested="10|10", passed="9|9")
    small.report("2023-03", tested=f"10@{tested}", passed=f"9@{passed}")

    for span in (Span.YTD, Span.QUARTER):
        row = small.row("plain_rate", "2023-03", span)
        assert (row.figure.value, row.status) == (90, status)
        assert ("各数的数据截止日不一（3 月 20 日至 3 月 31 日），同一天的数算不出" in Spoken(row, 1).notes) is (tested != passed)


@pytest.mark.parametrize(("ceiling", "status"), [("10", "达标"), ("5", "未定")])
def test_a_ceiling_is_kept_by_what_was_counted_longer(held, ceiling, status):
    """3 failed to the end of March of 30 tested to the 20th: at most 10 % on any day."""
    small = held({2023: target("complaint_rate", "ceiling", ceiling)})
    small.report("2023-03", tested="– 30@2023-03-20", failed="– 3@2023-03-31")

    assert small.row("complaint_rate", "2023-03").status == status


def test_a_sum_counts_each_part_to_its_own_day(small):
    """20 to 20 March and 8 to the 31st are 28: a plain sum lacks nothing by it."""
    small.report("2023-03", tested="– 20@2023-03-20")
    small.report("2023-03", "food", food_tested="– 8@2023-03-31")

    row = small.row("both", "2023-03")
    assert (row.figure.value, row.caveats.days_apart) == (28, False)


@pytest.mark.parametrize(
    ("cells", "status"),
    [
        ({"taken": "100@2023-01-20", "tested": "100", "passed": "98", "failed": "2"}, "未定"),  # what was taken since the 20th is not told
        ({"taken": "100", "tested": "100", "passed": "98", "failed": "2@2023-01-20"}, "未定"),
        ({"taken": "100", "tested": "100", "passed": "98", "failed": "2"}, "达标"),
    ],
)
def test_what_was_taken_after_the_day_that_is_told_may_still_be_open(held, cells, status):
    """98 of 100 meets 97 % only if nothing else was taken by the day of the results."""
    small = held({2023: target("pass_rate", "floor", "97")})
    small.report("2023-01", **cells)

    row = small.row("pass_rate", "2023-01")
    assert (row.figure.value, row.status, row.caveats.results_open) == (98, status, status == "未定")


def test_what_stands_on_unlike_days_makes_no_share(held):
    """95 of what stood in March of 100 that stood in January: of one day nothing is known."""
    small = held({2023: target("report_rate", "floor", "90")})
    small.report("2023-03", reported="– 95@2023-03-31", due="– 100@2023-01-31")

    row = small.row("report_rate", "2023-03")
    assert (row.figure.value, row.status, row.caveats.days_apart) == (95, "未定", True)


def test_the_end_of_february_is_one_day_in_every_year(held):
    """28 February 2025 against 29 February 2024: 12 against 10 is growth of 20 %."""
    small = held({2025: target("tested_growth", "growth", "10")})
    small.report("2024-02", tested="– 10")
    small.report("2025-02", tested="– 12")

    row = small.row("tested_growth", "2025-02")
    assert (row.figure.value, row.status) == (20, "达标")


def test_points_are_those_of_each_day_by_its_own_pace(tmp_path):
    """
    95 of 120, by months: of the 100 that are due by October 9.5 of 10 points, of the 110 due by November 8.64.

    Both days are 滞后, and the points are open.
    """
    work = indicator("work", "抽检和检验批次", "taken + tested", unit="批次", target_kind="annual")
    asked = target("work", "annual", "120", tolerance=50, pace="months") + 'score = { points = 10, rule = "proportional" }\n'
    with opened(tmp_path, files({2023: asked}, QUALITY + "\n" + work)) as small:
        small.months(2023, taken="|".join(["5"] * 10), tested="|".join(["4"] * 10))
        small.report("2023-11", taken="0@2023-10-31", tested="5@2023-11-30")

        row = small.row("work", "2023-11")
        [scored] = score(small.bureau, [row])
        assert (row.figure.value, row.status, scored.points, scored.words) == (95, "滞后", None, "结果未定，暂不计分")
