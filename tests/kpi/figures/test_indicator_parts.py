"""What indicators are made of: kept ready or summed when asked, in the unit of the indicator, and when it lacks nothing."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal as D

import pytest

from kpi.compute.parts import Parts
from kpi.figures.indicator_parts import complete, divide_by_readiness, family, parts
from kpi.period import Month, Span
from tests.bureaus import Small, opened
from tests.soundness.catalog import QUALITY, files, indicator
from tests.soundness.test_lacking_below import TREE

FEBRUARY, MARCH = Month(2023, 2), Month(2023, 3)
MORE = [
    indicator("per_hundred", "百批不合格", "failed", "0.01 * tested", unit="批次", scale=1),
    indicator("hundreds", "百户在册", "0.01 * shops", unit="百户"),
    indicator("yearly", "千户检查", "inspected", "0.001 * shops", unit="户", scale=1, annualised=True),
    indicator("pending_share", "千批合格", "0.001 * passed", "0.001 * tested", unit="%", failed="0.01 * failed", total="0.1 * taken"),
]


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Small]:
    """
    东湖, February and March 2023: 罚没 2000 and 2345.678901 万元, after 10000 by March 2022, which it restates as 9000.

    检验 100 and 200, 不合格 4 and 6, after 400 and 8 by March 2022 and 200 and 4 in February; 检查 50 and 40; 在册 2000 by March 2023, 1500 by December.
    合格 90 and 180, 抽检 110 and 220.  西山: 抽检 7 by March 2023.
    """
    with opened(tmp_path_factory.mktemp("bureau"), files(quality="\n".join([QUALITY, *MORE])) | {"orgs.toml": TREE}) as bureau:
        bureau.report("2022-01", org="east", tested="0 0", failed="0 0")
        bureau.report("2022-02", org="east", tested="200 200", failed="4 4")
        bureau.report("2022-03", org="east", tested="200 400", failed="4 8", fines="– 10000")
        bureau.report("2022-12", org="east", shops="– 1500")
        bureau.report("2023-02", org="east", fines="2000 2000", tested="100 100", failed="4 4", inspected="– 50", passed="– 90", taken="– 110", shops="– 1900")
        bureau.report(
            "2023-03",
            org="east",
            fines="2345.678901 4345.678901 9000",
            tested="200 300",
            failed="6 10",
            inspected="40 90",
            passed="180 270",
            taken="220 330",
            shops="– 2000",
        )
        bureau.report("2023-03", org="west", taken="– 7")
        yield bureau


def of(small: Small, code: str, month: Month = MARCH, org: str | None = "east", span: Span = Span.YTD) -> Parts:
    return parts(small.bureau.store, small.bureau.catalog, [code], [month], span, org)[code, month]


def test_a_sum_is_told_in_the_unit_of_its_indicator(small):
    """亿元 of 万元: 4345.678901 are 0.4345678901, with no digit lost; so are the month, the one before it, and both bases."""
    row = of(small, "fines_billion")

    assert (row.numerator, row.month_numerator, row.before_numerator) == (D("0.4345678901"), D("0.2345678901"), D("0.2"))
    assert (row.prior_numerator, row.own_numerator, row.denominator, row.failed) == (D("0.9"), 1, None, None)


def test_each_part_is_told_in_its_own_unit(small):
    """10 不合格 of 3 hundreds; in March 6 of 2 and before it 4 of 1; a year before 8 of 4."""
    row = of(small, "per_hundred")

    assert (row.numerator, row.denominator, row.whole_denominator) == (10, 3, 3)
    assert (row.month_numerator, row.month_denominator, row.before_numerator, row.before_denominator) == (6, 2, 4, 1)
    assert (row.prior_numerator, row.prior_denominator) == (8, 4)


def test_what_may_be_pending_is_told_in_its_unit_too(small):
    """270 of 300 by thousands, 10 不合格 by hundreds, 330 抽检 by tens."""
    row = of(small, "pending_share")

    assert (row.numerator, row.denominator, row.failed, row.total) == (D("0.27"), D("0.3"), D("0.1"), 33)


def test_what_stood_at_the_years_end_is_told_in_its_unit(small):
    """2000 户 are 20 hundreds, 1500 were 15."""
    row = of(small, "hundreds")

    assert (row.numerator, row.before_numerator, row.year_end) == (20, 19, 15)


def test_the_days_of_a_rate_per_year_are_told_in_its_unit(small):
    """90 检查 of 2 thousand shops over the 90 days to 31 March: 180 thousands × days."""
    row = of(small, "yearly")

    assert (row.numerator, row.denominator, row.exposure, row.whole_exposure) == (90, 2, 180, 180)


def test_what_was_known_before_it_was_hidden_is_told_in_its_unit(tmp_path):
    """12000 万元 by January and then 未公开: 1.2 亿元 are known."""
    with opened(tmp_path, files()) as small:
        small.report("2023-01", fines="12000 12000")
        small.report("2023-02", fines="未公开 –")
        [row] = parts(small.bureau.store, small.bureau.catalog, ["fines_billion"], [FEBRUARY]).values()

    assert (row.numerator, row.known) == (None, D("1.2"))


def test_what_is_kept_ready_and_what_is_summed_come_together(small):
    """检验 is an indicator and kept, 抽检 a measure and summed: 100 and 110 by February, 300 and 330 by March."""
    sums = parts(small.bureau.store, small.bureau.catalog, ["tested", "taken"], [MARCH, FEBRUARY], org="east")
    asked = {key: row.numerator for key, row in sums.items() if key[0] in ("tested", "taken")}

    assert asked == {("tested", FEBRUARY): 100, ("tested", MARCH): 300, ("taken", FEBRUARY): 110, ("taken", MARCH): 330}


@pytest.mark.parametrize(("code", "numerator"), [("tested", 300), ("taken", 330)])
def test_either_may_be_asked_for_alone(small, code, numerator):
    assert of(small, code).numerator == numerator


def test_the_sum_of_a_month_is_none_of_the_year(small):
    """200 of March are no 300 by March."""
    assert of(small, "tested", span=Span.MONTH).numerator == 200
    assert of(small, "per_hundred", span=Span.MONTH).denominator == 2


@pytest.mark.parametrize(
    ("span", "kept", "others"),
    [
        (Span.YTD, ["tested", "fines_billion"], ["taken"]),
        (Span.YEAR, ["tested", "fines_billion"], ["taken"]),
        (Span.MONTH, [], ["tested", "taken", "fines_billion"]),
    ],
)
def test_the_year_so_far_of_indicators_is_kept_ready(small, span, kept, others):
    assert divide_by_readiness(small.bureau.catalog, iter(["tested", "taken", "fines_billion"]), span) == (kept, others)


def test_the_root_is_meant_unless_told(small):
    """抽检 330 of 东湖 and 7 of 西山."""
    assert of(small, "taken", org=None).numerator == 337
    assert [of(small, "taken", org=org).numerator for org in ("city", "east", "west")] == [337, 330, 7]
    assert (of(small, "tested", org=None).numerator, of(small, "tested", org=None).counted) == (300, 1)


def test_a_family_is_an_organisation_and_those_that_its_sums_are_added_up_from(small):
    store, catalog = small.bureau.store, small.bureau.catalog

    assert {org: of["taken", MARCH].numerator for org, of in family(store, catalog, ["taken"], [MARCH], Span.YTD, "city").items()} == {
        "city": 337,
        "east": 330,
        "west": 7,
    }
    assert list(family(store, catalog, ["taken"], [MARCH], Span.YTD, "west")) == ["west"]


@pytest.mark.parametrize(
    ("lacking", "whole"),
    [
        ({}, True),
        ({"counted": 1}, False),  # of two organisations
        ({"missing": 0b10}, False),  # February
        ({"base_missing": 0b10}, False),
        ({"as_of_latest": date(2023, 3, 31)}, False),
    ],
)
def test_a_sum_is_complete_where_nobody_and_no_month_lacks_and_all_runs_to_one_day(lacking, whole):
    day = date(2023, 3, 23)

    assert complete(Parts.absent("city", 2)._replace(**{"counted": 2, "as_of": day, "as_of_latest": day, **lacking})) is whole
