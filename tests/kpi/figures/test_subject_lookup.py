"""What is known of an indicator or a measure before any figure of it is."""

import pytest

from kpi.catalog import load
from kpi.catalog.model import Catalog
from kpi.catalog.target import TargetKind
from kpi.figures.subject_lookup import subject_of
from tests.bureaus import write
from tests.soundness.catalog import QUALITY, files, indicator

MORE = [
    indicator("inspected_or_net", "检查与净增", "inspected + net", unit="户"),
    indicator("net_of_failed", "合格比不合格多占比", "passed - failed", "tested"),
    indicator("of_the_rest", "占其余", "passed", "tested - failed"),
    indicator("standing_too", "检查与在册", "inspected + shops", unit="户"),
    indicator("over_mixed", "占检查与在册", "inspected", "inspected + shops"),
    indicator("over_both_years", "占两年", "tested", "tested + tested@ly"),
    indicator("over_last_year", "比上年", "tested", "tested@ly"),
    indicator("outgrown", "收缴率", "passed", "tested", may_exceed=True),
    indicator("of_hundreds", "百批不合格", "failed", "0.01 * tested", unit="批次"),
    indicator("twice", "比上年两倍", "tested - 2 * tested@ly", "2 * tested@ly"),
    indicator("over_another", "增量比上年抽检", "tested - tested@ly", "taken@ly"),
    indicator("with_another", "检验与抽检增长率", "tested + taken - tested@ly", "tested@ly"),
    indicator("increase", "检验批次增量", "tested - tested@ly", unit="批次"),
    indicator("fall", "检验批次下降率", "tested@ly - tested", "tested@ly"),
    indicator("with_net", "检查与净增增长率", "inspected + net - inspected@ly - net@ly", "inspected@ly + net@ly"),
    indicator("over_both", "增量比两年", "tested - tested@ly", "tested + tested@ly"),
    indicator("standing_growth", "在册户数增长率（带在检）", "shops - shops@ly", "shops@ly", failed="failed", total="taken"),
    indicator("over_more", "增量比上年与今年抽检", "tested - tested@ly", "tested@ly + taken"),
]


@pytest.fixture(scope="module")
def catalog(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    return load.load(write(tmp_path_factory.mktemp("catalog"), files(quality="\n".join([QUALITY, *MORE]))))


def with_flag(catalog: Catalog, flag: str, *codes: str) -> set[str]:
    """Those of some codes that are so."""
    return {code for code in codes if getattr(subject_of(catalog, code), flag)}


def test_a_measure_is_the_indicator_of_itself(catalog):
    """抽检批次 is no indicator: not divided, no target, and whoever likes may hold somebody to it."""
    subject = subject_of(catalog, "taken")

    assert (subject.name, subject.office, subject.unit, subject.sheets) == ("抽检批次", "quality", "批次", ("质量科月报表",))
    assert (subject.scale, subject.divided, subject.target_kind, subject.may_assess) == (1, False, TargetKind.NONE, True)
    assert (subject.reported_decimals, subject.year_offset, subject.annualised, subject.share) == (None, 0, False, False)
    assert (subject.flows, subject.shifts, [term.measure for term in subject.terms]) == ({"numerator": True}, {"numerator": 0}, ["taken"])


def test_an_indicator_is_as_the_catalogue_writes_it(catalog):
    """千户不合格 is a rate per year over 1000; 合格率 has a typed rate of one digit beside it; 监测合格率 may not be assessed."""
    per_shop, rate, watched = (subject_of(catalog, code) for code in ("failed_per_shop", "pass_rate", "watched_rate"))

    assert (per_shop.scale, per_shop.divided, per_shop.annualised, per_shop.target_kind) == (1000, True, True, TargetKind.CEILING)
    assert (rate.reported_decimals, rate.annualised, rate.may_assess) == (1, False, True)
    assert [(term.measure, term.years_back) for term in rate.terms] == [("passed", 0), ("tested", 0)]
    assert (watched.reported_decimals, watched.may_assess) == (None, False)


def test_the_typed_rate_is_no_part_that_is_summed(catalog):
    """合格, 检验, 不合格 and 抽检 add up over months, and the typed 合格率 is none of them."""
    assert subject_of(catalog, "pass_rate").flows == dict.fromkeys(["numerator", "denominator", "failed", "total"], True)
    assert subject_of(catalog, "pass_rate").shifts == dict.fromkeys(["numerator", "denominator", "failed", "total"], 0)


@pytest.mark.parametrize(
    ("code", "flows"),
    [
        ("coverage", {"numerator": True, "denominator": False}),
        ("over_mixed", {"numerator": True, "denominator": False}),
        ("standing_too", {"numerator": False}),
        ("shops", {"numerator": False}),
    ],
)
def test_a_part_adds_up_over_months_where_all_of_it_does(catalog, code, flows):
    """在册户数 stands, and so does a sum in which it is."""
    assert subject_of(catalog, code).flows == flows


def test_each_part_has_the_power_of_ten_of_its_own_coefficients(catalog):
    """0.0001 is kept 10 to the power of 4 too large, 0.01 below the line 2."""
    assert subject_of(catalog, "fines_billion").shifts == {"numerator": 4}
    assert subject_of(catalog, "of_hundreds").shifts == {"numerator": 0, "denominator": 2}


def test_an_indicator_of_two_offices_stands_in_both_sheets(catalog):
    assert subject_of(catalog, "both").sheets == ("质量科月报表", "食品科月报表")


def test_the_year_that_is_reported_about_is_that_of_what_is_counted(catalog):
    """年报 filed in 2023 are about 2022, 检查 of 2023 about 2023."""
    assert [subject_of(catalog, code).year_offset for code in ("report_rate", "reported", "coverage")] == [-1, -1, 0]


def test_what_takes_off_above_or_below_the_line_subtracts(catalog):
    """合格 less 不合格 above, 检验 less 不合格 below, last year's on both; 净增 is negative by itself."""
    asked = ("plain_rate", "net_of_failed", "of_the_rest", "shops_growth", "net", "inspected_or_net", "both", "taken")

    assert with_flag(catalog, "subtracts", *asked) == {"net_of_failed", "of_the_rest", "shops_growth"}
    assert with_flag(catalog, "changes", *asked) == {"net_of_failed", "of_the_rest", "shops_growth", "net", "inspected_or_net"}


def test_a_share_is_a_part_of_a_whole_in_per_cent(catalog):
    """Not in ‰, not what may outgrow it (收缴率), nor what may be negative."""
    assert with_flag(catalog, "share", "plain_rate", "failed_permille", "outgrown", "net_of_failed", "tested") == {"plain_rate"}


def test_what_was_counted_over_what_stands(catalog):
    """检查 over 在册; not 年报 over 应年报, which both stand, not over what was counted in part, not over nothing."""
    assert with_flag(catalog, "stands_below", "coverage", "failed_per_shop", "plain_rate", "report_rate", "over_mixed", "inspected") == {
        "coverage",
        "failed_per_shop",
    }


def test_a_growth_is_over_last_year_alone(catalog):
    assert with_flag(catalog, "growth", "shops_growth", "over_last_year", "over_both_years", "plain_rate", "tested", "increase") == {
        "shops_growth",
        "over_last_year",
    }


@pytest.mark.parametrize(
    ("code", "rises"),
    [
        ("tested_growth", True),
        ("shops_growth", False),  # shops may close
        ("net_growth", False),  # 净增 may be negative
        ("plain_rate", False),
        ("tested", False),
        ("over_last_year", False),  # the base is not taken off
        ("increase", False),  # and here it is not what it is over
        ("twice", False),  # not the same of last year, but twice as much
        ("over_another", False),
        ("with_another", False),
        ("fall", False),
        ("with_net", False),
        ("over_both", False),
        ("standing_growth", False),
        ("over_more", False),  # every further 抽检 lowers it
    ],
)
def test_a_growth_rises_with_every_further_one(catalog, code, rises):
    """(x - x@ly) / x@ly and nothing else, of what is counted and never negative."""
    assert subject_of(catalog, code).rises is rises
