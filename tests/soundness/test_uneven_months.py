"""Single months that are missing, no exact numbers or no whole months decide nothing: no 环比, signal, best month, projection, yearly average."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from kpi.bureau import Bureau, open_bureau
from kpi.compute.outlook import NoBase, Outlook, Reach
from kpi.compute.row import BoardRow
from kpi.figures.indicators import indicators
from kpi.period import Month, Span
from kpi.present import growths, verdicts
from kpi.present.row_words import Spoken
from kpi.review.prospects import outlooks
from kpi.review.who_is_missing import lacked
from tests.bureaus import Small, write
from tests.kpi.store.reports import accepted
from tests.soundness.catalog import files, target
from tests.soundness.test_lacking_below import TREE

TENS = "|".join(["10"] * 12)
TASK = {2023: target("tested", "annual", "150")}


def judged(small: Small, code: str, period: str) -> tuple[BoardRow, Outlook]:
    row = small.row(code, period)
    return row, outlooks(small.bureau, [row])[code]


@pytest.mark.parametrize(
    ("two_years_ago", "months", "average"),
    [
        (TENS, "10||10", None),  # 20 of two months against 30 of three
        (TENS, "10|10|– ≤400", None),
        ("10|约10|10", "10|10|10", None),
        (TENS, "10|10|10", 0),
        ("10|10|10", "12.1|12.1|12.1", 10),  # 36.3 over 30 is 1.21, and its root 1.1
    ],
)
def test_an_average_of_two_years_is_of_whole_and_exact_figures(held, two_years_ago, months, average):
    small = held(TASK)
    small.months(2021, tested=two_years_ago)
    small.months(2022, tested=TENS)
    small.months(2023, tested=months)

    assert judged(small, "tested", "2023-03")[1].two_years == average


def test_the_end_of_february_is_one_day_over_two_years(small):
    """28 February 2026 against 29 February 2024."""
    small.report("2024-02", tested="– 10")
    small.report("2026-02", tested="– 12.1")

    assert judged(small, "tested", "2026-02")[1].two_years == 10


@pytest.fixture
def half(held) -> Small:
    """10 and 11 in turn; then 10 by the end of January, 15 by 14 February, 30 by the end of March, 40 by that of April."""
    small = held(TASK)
    small.months(2022, tested="|".join(["10", "11"] * 6))
    for period, ytd, as_of in (("01", 10, ""), ("02", 15, "2023-02-14"), ("03", 30, ""), ("04", 40, "")):
        small.report(f"2023-{period}", tested=f"– {ytd}", as_of=as_of)
    return small


def test_a_month_and_a_half_is_compared_with_a_word(half):
    """The 15 of March are those since 15 February, and April is compared with no such March."""
    march, april = half.row("tested", "2023-03"), half.row("tested", "2023-04")

    assert (march.month.value, march.month.mom, march.month.mom_words) == (15, 200, "是上月的 3 倍，2023 年 2 月的数算到 2 月 14 日，不是整月")
    assert (april.month.value, april.month.mom_words) == (10, "2023 年 2 月的数算到 2 月 14 日，2023 年 3 月不是整月")
    assert half.row("tested", "2023-04", Span.MONTH).month.mom_words == april.month.mom_words


def test_a_month_and_a_half_is_no_signal(half):
    """Only January and April are months of this year."""
    signals = [point.signal for point in half.points("tested", "2023-01", "2023-04")]

    assert signals == ["正常波动（8～13 批次）", None, None, "正常波动（8～13 批次）"]
    assert judged(half, "tested", "2023-03")[1].judged is None


def test_a_month_and_a_half_is_no_best_month(half):
    """120 in nine months are 13.3 a month: the 15 of six weeks do not say that it was done, nor the 20 of February and March that it was not."""
    row, found = judged(half, "tested", "2023-03")

    assert (found.needed.best.amount, found.needed.best_before.amount, found.needed.reach) == (10, 11, Reach.OPEN)
    assert verdicts.need(Spoken(row, 0), found).endswith("：有的月份没有整月的确数，做没做到过还不能说")


def test_what_two_months_together_did_not_bring_neither_brought(held):
    """January and February came together as 20, so none of them was above 20: 50 a month was never done."""
    small = held({2023: target("tested", "annual", "480")})
    small.months(2022, tested=TENS)
    small.report("2023-02", tested="– 20")
    small.report("2023-03", tested="10 30")

    assert judged(small, "tested", "2023-03")[1].needed.reach is Reach.BEYOND


def test_months_that_all_end_on_one_day_are_months(small):
    """26 January to 25 February, and to 25 March: 20 after 10, of a month each."""
    for period, ytd in (("2023-01", 8), ("2023-02", 18), ("2023-03", 38)):
        small.report(period, tested=f"– {ytd}", as_of=f"{period}-25")

    march = small.row("tested", "2023-03")
    assert (march.month.mom, march.month.mom_words) == (100, "")


def test_what_stood_in_mid_month_is_no_months_end(small):
    """110 by 14 February, 120 by the end of March: six weeks.  From there to April it is a month again."""
    for period, stock, as_of in (("01", 100, ""), ("02", 110, "2023-02-14"), ("03", 120, ""), ("04", 132, "")):
        small.report(f"2023-{period}", shops=f"– {stock}", as_of=as_of)

    rows = [small.row("shops", f"2023-{month}") for month in ("02", "03", "04")]
    assert [row.month.mom_words for row in rows] == ["", "2023 年 2 月的数算到 2 月 14 日，不是整月", ""]


def test_a_growth_of_half_a_month_of_last_year_is_compared_with_a_word(small):
    """Last February's 8 run to the 15th."""
    for period, ytd, as_of in (("2022-01", 10, ""), ("2022-02", 18, "2022-02-15"), ("2023-01", 10, ""), ("2023-02", 20, "")):
        small.report(period, tested=f"– {ytd}", as_of=as_of)

    row = small.row("tested_growth", "2023-02")
    assert row.month.mom_words == "2022 年 2 月的数算到 2 月 15 日，不是整月"


def test_the_unfinished_month_of_a_rate_is_not_judged(held):
    """5 of 10 by 5 January: the last whole month is December's 97 %."""
    small = held({2023: target("plain_rate", "floor", "90")})
    small.months(2022, tested="|".join(["100"] * 12), passed="|".join(["96", "97"] * 6))
    small.report("2023-01", as_of="2023-01-05", tested="10", passed="5")

    row, found = judged(small, "plain_rate", "2023-01")
    assert found.judged == Month(2022, 12)
    assert verdicts.signal(row, found, 1).startswith("12 月正常波动")


def test_what_is_no_exact_number_ends_no_year_and_is_no_signal(held):
    """At most 400 by April, about 10 in February: the year's end is not known, and the last month that is, is March."""
    small = held(TASK)
    for year in (2021, 2022):
        small.months(year, tested=TENS)
    small.months(2023, tested="10|约10|10|– ≤400")

    _, found = judged(small, "tested", "2023-04")
    assert (found.projection, found.needed, found.judged) == (NoBase.INEXACT, None, Month(2023, 3))
    assert [point.signal is None for point in small.points("tested", "2023-01", "2023-04")] == [False, True, False, True]


def test_a_last_year_that_is_no_exact_number_is_no_course(held):
    small = held(TASK)
    small.months(2022, tested="10|10|≤40" + "|10" * 9)
    small.months(2023, tested="10|10|10")

    assert judged(small, "tested", "2023-03")[1].projection is NoBase.INCOMPLETE


@pytest.mark.parametrize(
    ("year_end", "now", "said"),
    [("≤100", "110", "至少 +10.00%"), ("100", "≤110", "至多 +10.00%"), ("≤100", "≤110", "不是确数，不能相比"), ("100", "110", "+10.00%")],
)
def test_what_stood_at_the_years_end_may_be_no_exact_number(small, year_end, now, said):
    small.report("2022-12", shops=f"– {year_end}")
    small.report("2023-01", shops=f"– {now}")

    assert growths.since_year_end(small.row("shops", "2023-01")) == said


def test_a_month_stated_as_about_so_much_is_compared_as_such(small):
    """The cumulative of 20 is exact, the 10 of February are not; those of March are."""
    small.months(2023, tested="10 10|约10 20|10 30|11 41")

    assert [point.mom_words for point in small.points("tested", "2023-02", "2023-04")] == ["大致持平", "大致持平", ""]


@pytest.mark.parametrize(
    ("months", "signal"),
    [
        ("12|12|12||12|12|12|12", "正常波动"),  # four in a row above 10
        ("12|12|12|12|12|12|12|12", "好转信号：连续 8 个月高于平均"),
        ("6|7|8||9|10|11", "正常波动"),
        ("6|7|8|8.5|9|10|11", "好转信号：连续 6 个月上升"),
    ],
)
def test_a_month_that_is_not_known_ends_a_run(small, months, signal):
    small.months(2022, tested="|".join(["7", "13"] * 6))
    small.months(2023, tested=months)

    [last] = small.points("tested", f"2023-{months.count('|') + 1:02}", f"2023-{months.count('|') + 1:02}")
    assert last.signal.startswith(signal)


@pytest.fixture
def city(tmp_path: Path) -> Iterator[Bureau]:
    task = target("tested", "annual", "1000").replace("[[target]]\n", '[[target]]\norg = "city"\n')
    with open_bureau(tmp_path / "data", write(tmp_path / "catalog", files({2023: task}) | {"orgs.toml": TREE})) as bureau:
        yield bureau


def report(bureau: Bureau, org: str, period: str, tested: str, as_of: date | None = None) -> None:
    item = accepted(period, "quality", {"tested": tested}, as_of=as_of)
    bureau.store.commit([replace(item, report=replace(item.report, org=org), data=item.data + org.encode())])


def test_some_districts_have_no_average_of_two_years(city):
    """East's 30 of this year are no figure beside the 60 of both."""
    for year in (2021, 2022, 2023):
        for month in (1, 2, 3):
            for org in ("east", "west") if year < 2023 else ("east",):
                report(city, org, f"{year}-{month:02}", "10")

    rows = lacked(city, indicators(city.store, city.catalog, [Month(2023, 3)], ["tested"], org="city"))
    assert outlooks(city, rows)["tested"].two_years is None


def test_a_sum_to_unlike_days_says_nothing_of_the_months_that_are_left(city):
    """East by the end of June, west by that of October: no month is the first of those that are left."""
    report(city, "east", "2023-10", "– 10", date(2023, 6, 30))
    report(city, "west", "2023-10", "– 100")

    [row] = indicators(city.store, city.catalog, [Month(2023, 10)], ["tested"], org="city")
    spoken = Spoken(row, 0)
    assert (spoken.need, verdicts.need(spoken, outlooks(city, [row])["tested"])) == ("—", "—")
    assert "数据截止日不一（6 月 30 日至 10 月 31 日），序时进度没有共同的一天" in spoken.notes
