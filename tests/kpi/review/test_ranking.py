"""Ranking: a rank where figures can be set against one another, a reason where they cannot."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal as D

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kpi.bureau import Bureau, open_bureau
from kpi.catalog.measure import Better
from kpi.compute.row import Lacking, Status
from kpi.errors import RequestError
from kpi.period import Month
from kpi.present import headlines
from kpi.review.ranking import places, rank
from tests.kpi.present.rows import row
from tests.kpi.province import report, write_catalog

CITY = ("donghu", "nanhu", "beishan")
RATE = "food_pass_rate"


@pytest.fixture(scope="module")
def bureau(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bureau]:
    """Each test sends a month of its own."""
    folder = tmp_path_factory.mktemp("ranking")
    with open_bureau(folder / "data", write_catalog(folder / "catalog")) as opened:
        yield opened


def send(bureau: Bureau, period: str, *shares: str, **days: date) -> None:
    """Passed / tested of the three bureaus of the city."""
    cells = {org: share.split("/") for org, share in zip(CITY, shares, strict=False) if share}
    bureau.store.commit(
        [report(org, "food", period, as_of=days.get(org), food_passed=f"– {passed}", food_tested=f"– {tested}") for org, (passed, tested) in cells.items()]
    )


def ranks(bureau: Bureau, period: str, code: str = RATE, org: str = "jiangcheng") -> list[tuple[str, int | None, str]]:
    return [(one.org, one.rank, one.reason) for one in rank(bureau, code, Month.parse(period), org).rows]


def test_ties_share_a_rank_and_the_next_is_counted_on(bureau):
    send(bureau, "2023-01", "4900/5000", "4700/5000", "9800/10000")
    assert ranks(bureau, "2023-01") == [("donghu", 1, ""), ("beishan", 1, ""), ("nanhu", 3, "")]


def test_what_prints_alike_is_told_apart(bureau):
    """97.788 % and 97.790 % both print 97.8 %."""
    send(bureau, "2023-02", "97788/100000", "97790/100000", "90000/100000")
    assert [(org, place) for org, place, _ in ranks(bureau, "2023-02")] == [("nanhu", 1), ("donghu", 2), ("beishan", 3)]


def test_who_has_not_reported_or_reports_to_another_day_stands_apart(bureau):
    """Of three two run to the month's end, which is the day that is ranked; in a tie of days the latest is."""
    send(bureau, "2023-03", "980/1000", "960/1000", "970/1000", beishan=date(2023, 3, 20))
    assert ranks(bureau, "2023-03")[2] == ("beishan", None, "截至 3 月 20 日，与多数单位的 3 月 31 日不同")
    assert rank(bureau, RATE, Month(2023, 3), "jiangcheng").as_of == date(2023, 3, 31)

    send(bureau, "2023-04", "980/1000", "960/1000")
    assert ranks(bureau, "2023-04") == [("donghu", 1, ""), ("nanhu", 2, ""), ("beishan", None, "未报")]


def test_a_cumulative_that_lacks_a_month_is_not_ranked(bureau):
    """南湖 says nothing of January; whether it is last cannot be told."""
    for org, visits in zip(CITY, ("– 30", "10", "– 20"), strict=True):
        bureau.store.commit([report(org, "credit", "2020-02", visits=visits)])
    found = ranks(bureau, "2020-02", "visits")
    assert found == [("donghu", 1, ""), ("beishan", 2, ""), ("nanhu", None, "本年累计缺 1 月")]
    bureau.store.commit([report("gangkou", "credit", "2020-02", visits="– 30"), report("yuntai", "credit", "2020-02", visits="– 30")])
    assert ranks(bureau, "2020-02", "visits", "qinglan") == [("haizhou", 1, ""), ("jiangcheng", None, "有 1 家的本年累计缺月份")]


def test_few_cases_are_not_ranked(bureau):
    """43 of 50: below a hundred one case moves the rate by more than a point."""
    send(bureau, "2023-05", "43/50", "960/1000", "940/1000")
    assert ranks(bureau, "2023-05")[2] == ("donghu", None, "样本少（分母 50），差异不能说明问题")
    send(bureau, "2023-08", "85/99", "960/1000", "940/1000")
    assert ranks(bureau, "2023-08")[2] == ("donghu", None, "样本少（分母 99），差异不能说明问题")


def test_an_interval_that_covers_its_neighbours_leaves_the_order(bureau):
    """99 of 100 lies between 94.6 % and 99.8 %, round the whole of 9700 of 10000 (96.6 % to 97.3 %)."""
    send(bureau, "2023-06", "99/100", "9700/10000", "9000/10000")
    assert ranks(bureau, "2023-06") == [
        ("nanhu", 1, ""),
        ("beishan", 2, ""),
        ("donghu", None, "样本少，差异不能说明问题：95% 区间 94.6%～99.8% 盖住了相邻单位的"),
    ]


def test_what_is_missing_below_a_child_keeps_it_out(bureau):
    send(bureau, "2023-07", "980/1000", "960/1000")
    [city, other] = rank(bureau, RATE, Month(2023, 7)).rows
    assert (city.org, city.rank, city.reason) == ("jiangcheng", None, "缺 1 家：北山区市场监管局")
    assert (other.org, other.reason) == ("haizhou", "缺 2 家：港口区市场监管局、云台区市场监管局")
    assert (city.row.status, city.row.target.value) == (Status.UNDECIDED, D("97.5"))


def test_what_is_not_the_bureaus_own_work_has_no_order(bureau):
    bureau.store.commit([report(org, "food", "2023-08", food_shops="– 900") for org in CITY])
    found = rank(bureau, "food_shops", Month(2023, 8), "jiangcheng")
    assert found.reason == "不宜排名：是全区的数，不只是本局的工作"
    assert {(one.rank, one.reason) for one in found.rows} == {(None, found.reason)}
    assert headlines.ranked([one.rank for one in found.rows], found.reason) == "不宜排名：是全区的数，不只是本局的工作。"


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"may_assess": False, "may_assess_note": "《促进个体工商户发展条例》第三十二条"}, "不宜排名：只监测不考核，依据《促进个体工商户发展条例》第三十二条"),
        ({"better": Better.NEUTRAL}, "没有名次：这项不论高低，不分先后"),
    ],
)
def test_what_may_not_be_assessed_and_what_has_no_better_side_have_no_order(bureau, changed, reason):
    entries = bureau.catalog.indicators | {"visits": bureau.catalog.indicators["visits"].model_copy(update=changed)}
    found = rank(replace(bureau, catalog=replace(bureau.catalog, indicators=entries)), "visits", Month(2023, 8), "jiangcheng")
    assert found.reason == reason


def test_a_bureau_that_reports_has_nobody_to_rank(bureau):
    with pytest.raises(RequestError, match="东湖区市场监管局没有下级单位"):
        rank(bureau, RATE, Month(2023, 8), "donghu")


def test_less_is_better_where_the_indicator_says_so():
    rows = {org: row(value=D(value), numerator=D(value), unit="件") for org, value in (("a", 5), ("b", 3), ("c", 5), ("d", 9))}
    assert {org: place for org, (place, _) in places(rows, Better.LOWER).items()} == {"a": 2, "b": 1, "c": 2, "d": 4}


def test_results_still_to_come_leave_the_rank_open():
    rows = {"a": row(value="98", numerator="980", denominator="1000", low="90", high="98"), "b": row(value="97", numerator="970", denominator="1000")}
    assert places(rows, Better.HIGHER) == {"a": (None, "还有结果未出，名次未定"), "b": (1, "")}


@pytest.mark.parametrize(
    ("otherwise", "reason"),
    [
        ({"results_open": True}, "抽检、结果的数不全，名次未定"),
        ({"certain": False}, "与上年同期不是截到同一天，名次未定"),
        ({"base_as_of": date(2022, 11, 30), "prior_gapped": 1}, "有 1 家上年有月份没有数"),
        ({"qualifier": "约"}, "不是确数，名次未定"),
    ],
)
def test_a_figure_that_may_be_another_one_has_no_rank(otherwise, reason):
    rows = {"a": row(value="98", numerator="980", denominator="1000", **otherwise), "b": row(value="97", numerator="970", denominator="1000")}
    assert places(rows, Better.HIGHER) == {"a": (None, reason), "b": (1, "")}


SHARE = st.tuples(st.integers(0, 300), st.integers(1, 300), st.sampled_from([23, 30]), st.booleans()).filter(lambda one: one[0] <= one[1])


@settings(max_examples=60, deadline=None)
@given(st.lists(SHARE, min_size=1, max_size=6), st.randoms(use_true_random=False))
def test_the_order_of_the_rows_changes_no_rank(shares, chance):
    """And whoever has no rank has a reason, whoever has one none; ranks begin at 1."""
    rows = {
        str(place): row(
            value=D(passed) * 100 / tested, numerator=D(passed), denominator=D(tested), as_of=date(2023, 11, day),
            lacking=(Lacking("x", "某局", 1, 1),) if partial else (),
        )
        for place, (passed, tested, day, partial) in enumerate(shares)
    }  # fmt: skip
    mixed = list(rows)
    chance.shuffle(mixed)

    found = places(rows, Better.HIGHER)
    assert places({org: rows[org] for org in mixed}, Better.HIGHER) == found
    assert all((place is None) == bool(reason) for place, reason in found.values())
    given_ranks = [place for place, _ in found.values() if place is not None]
    assert not given_ranks or min(given_ranks) == 1
