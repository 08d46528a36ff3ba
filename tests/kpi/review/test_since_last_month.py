"""比上月 and the statuses of many months: newly missed, met again, missed for months; what is not known is no change."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path

import pytest

from kpi.bureau import Bureau
from kpi.compute.row import Status
from kpi.period import Month, months
from kpi.present import change_words
from kpi.present.statuses import assessed
from kpi.review.board import board
from kpi.review.since_last_month import SinceLastMonth, StatusChange, changes, since_last_month
from kpi.review.status_course import StatusCounts, by_area, by_office, counted_by, statuses_of_months
from tests.bureaus import Small, opened
from tests.kpi.province import report
from tests.soundness.catalog import QUALITY, files, target

MARCH, JANUARY = Month(2023, 3), Month(2023, 1)
FLOOR = target("report_rate", "floor", "90", 2)  # of 100: 达标 from 90, 滞后 from 88, else 未达标
WORDS = {"95": Status.MET, "89": Status.BEHIND, "80": Status.MISSED, "约90": Status.UNDECIDED, "–": Status.UNREPORTED}
GROUPS = ("newly_missed", "missed_after_nothing", "recovered", "newly_behind", "eased", "lasting")
Open = Callable[[str], Small]


@pytest.fixture
def rated(tmp_path: Path) -> Iterator[Open]:
    """``rated("95 80 –")``: a bureau whose 年报率 was so many of 100 in January, February and March 2023, – is 未报."""
    with ExitStack() as stack:

        def open_with(course: str, year: int = 2023, targets: Mapping[int, str] | None = None) -> Small:
            small = stack.enter_context(opened(tmp_path, files(targets or {2022: FLOOR, 2023: FLOOR})))
            for number, reported in enumerate(course.split(), 1):
                month = Month(year, 1).plus(number - 1)
                if reported != "–":
                    small.report(str(month), reported=f"– {reported}", due="– 100")
            return small

        yield open_with


@pytest.fixture
def small_without_areas(province: Bureau) -> Bureau:
    assert not province.catalog.areas
    return province


def rate_of(since: SinceLastMonth) -> StatusChange:
    [rate] = [change for change in since.every if change.indicator == "report_rate"]
    return rate


def groups(since: SinceLastMonth) -> set[str]:
    """The groups in which the rate stands."""
    return {group for group in GROUPS if any(change.indicator == "report_rate" for change in getattr(since, group))}


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [
        ("95", "80", {"newly_missed"}),
        ("89", "80", {"newly_missed"}),
        ("约90", "80", {"newly_missed"}),
        ("–", "80", {"missed_after_nothing"}),
        ("80", "80", {"lasting"}),
        ("80", "95", {"recovered"}),
        ("89", "95", {"recovered"}),
        ("约90", "95", set()),
        ("–", "95", set()),
        ("95", "89", {"newly_behind"}),
        ("约90", "89", {"newly_behind"}),
        ("80", "89", {"eased"}),
        ("–", "89", set()),
        ("95", "95", set()),
        ("80", "–", set()),
        ("80", "约90", set()),
    ],
)
def test_a_change_is_from_one_known_status_to_another(rated, before, now, expected):
    """February against January, every pair that matters: from 未报 or to it nothing has changed that anybody knows."""
    since = since_last_month(rated(f"{before} {now}").bureau, Month(2023, 2))

    assert groups(since) == expected
    rate = rate_of(since)
    assert (rate.before, rate.now) == (WORDS[before], WORDS[now])


@pytest.mark.parametrize(
    ("course", "missed_for", "lasting"),
    [
        ("95 80 80", 2, ("连续未达标 1 项：年报率（2 个月）",)),
        ("80 80 80", 3, ("连续未达标 1 项：年报率（3 个月）",)),
        ("80 95 80", 1, ()),
        ("80 89 80", 1, ()),
        ("80 – 80", 1, ()),
        ("80 约90 80", 1, ()),
        ("80 80 95", 0, ()),
        ("80 80 –", 0, ()),
        ("80 80 89", 0, ()),
    ],
)
def test_months_in_a_row_are_each_known_to_be_missed(rated, course, missed_for, lasting):
    """A month in which nothing came, or that is open, or only a little behind, ends the row."""
    since = since_last_month(rated(course).bureau, MARCH)

    assert rate_of(since).missed_for == missed_for
    assert tuple(line for line in since.lines if line.startswith("连续")) == lasting


def test_a_row_goes_on_over_the_new_year(rated):
    """November and December 2022, January 2023."""
    since = since_last_month(rated("95 95 95 95 95 95 95 95 95 95 80 80 80", 2022).bureau, JANUARY)

    assert since.lines == ("连续未达标 1 项：年报率（3 个月）",)


def test_a_row_of_all_the_months_that_were_asked_about_may_be_longer(rated):
    """14 months in a row, of which 13 are looked at; of the last two of them alone the same is said of 2."""
    small = rated(" ".join(["80"] * 14), 2022)

    assert since_last_month(small.bureau, Month(2023, 2)).lines == ("连续未达标 1 项：年报率（至少 13 个月）",)
    assert changes(small.bureau, statuses_of_months(small.bureau, None, Month(2023, 2), 2)).lines == ("连续未达标 1 项：年报率（至少 2 个月）",)


def test_january_is_compared_with_december_and_says_that_the_targets_are_new(rated):
    """80 of 100 in both months: met against 80 of last year, missed against 90 of this one."""
    small = rated("– – – – – – – – – – – 80 80", 2022, {2022: target("report_rate", "floor", "80", 2), 2023: FLOOR})

    since = since_last_month(small.bureau, JANUARY)

    assert (since.before, since.known) == (Month(2022, 12), True)
    assert since.sentence == "与 2022 年 12 月比；2023 年是新的一年，目标是新的，本年累计从头计。"
    assert [(change.name, change.before) for change in since.newly_missed] == [("年报率", Status.MET)]


def test_a_month_after_one_without_any_data_has_no_changes(rated):
    """Nobody reported in February: March says so, and names nothing."""
    since = since_last_month(rated("95 – 80").bureau, MARCH)

    assert (since.known, since.sentence, since.lines) == (False, "2023 年 2 月没有数，不能比上月。", ())


def test_a_month_of_the_same_year_says_with_what_it_is_compared_and_what_is_new(rated):
    since = since_last_month(rated("95 89 80").bureau, MARCH)

    assert since.sentence == "与 2 月比。"
    assert since.lines == ("新增未达标 1 项：年报率",)
    assert [change.before for change in since.newly_missed] == [Status.BEHIND]


def test_an_indicator_that_was_not_reported_last_month_is_told_apart(rated):
    """Something came in February, not of the rate."""
    small = rated("95 – 80")
    small.report("2023-02", tested="5")

    assert since_last_month(small.bureau, MARCH).lines == ("上月未报、本月未达标 1 项：年报率",)


def test_what_may_not_be_assessed_is_never_missed(demo):
    """年报率 of the self-employed and their growth: no target in any month, whatever their figures are."""
    statuses = statuses_of_months(demo, None, Month(2023, 11))
    watched = [code for code, indicator in demo.catalog.indicators.items() if not indicator.may_assess]

    assert watched
    assert {of_month[code] for of_month in statuses.values() for code in watched} <= {Status.NO_TARGET, Status.UNREPORTED}


def test_the_statuses_are_those_of_the_boards(demo: Bureau):
    """All 23 months of the demo and one before them, each beside the board of its month."""
    first, last = Month(2021, 12), Month(2023, 11)

    statuses = statuses_of_months(demo, None, last, 24)

    assert list(statuses) == list(months(first, last))
    for month, of_month in statuses.items():
        assert of_month == {row.indicator: assessed(row) for row in board(demo, month)}
    assert set(statuses[first].values()) == {Status.UNREPORTED}


def test_a_province_has_statuses_of_its_own(province):
    """In gangkou and yuntai 97 of 100 passed: behind the 98 of gangkou, the 97 of the city that both make up; of the province three are missing."""
    province.store.commit([report(org, "food", "2023-11", food_tested="100 100", food_passed="97 97") for org in ("gangkou", "yuntai")])

    for org, status in (("gangkou", Status.BEHIND), ("haizhou", Status.MET), ("yuntai", Status.NO_TARGET), ("qinglan", Status.UNDECIDED)):
        statuses = statuses_of_months(province, org, Month(2023, 11), 1)
        assert statuses == {Month(2023, 11): {row.indicator: assessed(row) for row in board(province, Month(2023, 11), org=org)}}
        assert statuses[Month(2023, 11)]["food_pass_rate"] is status


def test_the_heat_map_has_the_worst_of_an_office_and_how_many(demo):
    """信用监管科 in November 2023, counted from its board."""
    statuses = statuses_of_months(demo, None, Month(2023, 11), 12)

    heat = by_office(demo, statuses)

    assert list(heat) == [office for office in demo.catalog.offices if any(i.office == office for i in demo.catalog.indicators.values())]
    credit = heat["credit"][Month(2023, 11)]
    rows = board(demo, Month(2023, 11), office="credit")
    assert credit.worst is Status.MISSED
    assert {status: credit.of(status) for status in Status} == {status: sum(assessed(row) is status for row in rows) for status in Status}
    assert list(heat["credit"]) == list(months(Month(2022, 12), Month(2023, 11)))


def test_the_heat_map_may_be_of_areas(demo, small_without_areas):
    """党建队伍 has but one indicator, 省委巡视问题整改率; a bureau that names no areas is offered none."""
    november = Month(2023, 11)
    statuses = statuses_of_months(demo, None, november, 1)

    heat = by_area(demo, statuses)

    assert list(heat) == list(demo.catalog.areas)
    assert heat["party_building"][november] == StatusCounts(((statuses[november]["inspection_rectification_rate"], 1),))
    assert sum(count for of_area in heat.values() for _, count in of_area[november].counts) == len(statuses[november])
    assert by_area(small_without_areas, statuses_of_months(small_without_areas, None, november, 1)) == {}


def test_indicators_of_no_area_stand_at_the_end(tmp_path):
    """The indicators of an office that names no area."""
    areas = '[[area]]\ncode = "safety"\nname = "安全"\norder = 1\n'
    quality = QUALITY.replace('numerator = "tested"\n', 'numerator = "tested"\narea = "safety"\n')
    with opened(tmp_path, files(quality=quality) | {"areas.toml": areas}) as small:
        heat = by_area(small.bureau, statuses_of_months(small.bureau, None, MARCH, 1))

    assert {code: sum(count for _, count in of_area[MARCH].counts) for code, of_area in heat.items()} == {
        "safety": 1,
        "": len(small.bureau.catalog.indicators) - 1,
    }


@pytest.mark.parametrize(
    ("statuses", "worst"),
    [
        ("MET BEHIND MISSED", Status.MISSED),
        ("MET UNDECIDED BEHIND", Status.BEHIND),
        ("MET UNREPORTED", Status.UNREPORTED),
        ("NO_TARGET MET", Status.MET),
        ("NO_TARGET NO_TARGET", Status.NO_TARGET),
    ],
)
def test_the_worst_is_the_most_urgent_and_no_target_only_where_none_has_one(statuses, worst):
    of_month = {str(number): Status[name] for number, name in enumerate(statuses.split())}

    counted = counted_by({MARCH: of_month}, lambda _: "科")["科"][MARCH]

    assert counted.worst is worst
    assert sum(count for _, count in counted.counts) == len(of_month)


def test_a_month_without_indicators_counts_nothing():
    assert (StatusCounts(()).worst, StatusCounts(()).of(Status.MET)) == (Status.NO_TARGET, 0)


def test_a_line_names_the_first_of_many():
    assert change_words.named("新增未达标", ["甲", "乙", "丙", "丁"], 3) == "新增未达标 4 项：甲、乙、丙等"
    assert change_words.named("新增未达标", ["甲", "乙", "丙"], 3) == "新增未达标 3 项：甲、乙、丙"
    assert change_words.named("新增未达标", [], 3) == ""


def test_the_demo_in_november(demo):
    """加油站 met again; the longest row is named first."""
    since = since_last_month(demo, Month(2023, 11))

    assert [change.name for change in since.recovered] == ["加油站诚信计量承诺率"]
    assert [change.before for change in since.recovered] == [Status.BEHIND]
    assert [change.missed_for for change in since.lasting] == sorted((change.missed_for for change in since.lasting), reverse=True)
    assert since.lasting[0].missed_for == 11
    assert since.lines[-1].endswith("农民专业合作社年报率（11 个月）等")  # a strip of a page names three
    assert since.lines_with(8)[-1].endswith("商品煤检测进度（3 个月）")  # a screen has room for all seven
