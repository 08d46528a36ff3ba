"""Last year's own course of the indicators that are paced by it."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal as D

import pytest

from kpi.figures.last_years_course import profiles
from tests.bureaus import Small, opened
from tests.soundness.catalog import QUALITY, files, indicator, target

TENS = "|".join(["10"] * 12)
CODES = {"whole": "taken", "holed": "passed", "about": "failed", "apart": "taken + tested", "early": "inspected"}
MORE = [indicator(code, code, formula, unit="批次", target_kind="annual") for code, formula in CODES.items()]
PROFILED = target("whole", "annual", "100", pace="profile")
PACED = "".join(target(code, "annual", "100", pace="profile") for code in CODES)
CHANGED = target("tested", "annual", "100") + target("tested", "annual", "200", pace="profile") + "from = 2023-07-01\n"
BY_DAYS = target("coverage", "progress", "100")


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Small]:
    """
    2022, month by month: 抽检 10 each; 合格 without June; 不合格 about 10 in June; 检验 10 each, in November to the 23rd; 检查 by 30 December.

    2023: 抽检 20 each.
    """
    targets = {2022: PROFILED, 2023: PACED + CHANGED + BY_DAYS, 2024: PROFILED, 2025: target("whole", "annual", "100")}
    with opened(tmp_path_factory.mktemp("bureau"), files(targets, "\n".join([QUALITY, *MORE]))) as bureau:
        for month in range(1, 13):
            bureau.report(
                f"2022-{month:02}",
                taken=f"10 {10 * month}",
                passed="– –" if month == 6 else f"10 {10 * month}",
                failed="约10 –" if month == 6 else "10",
                tested=f"10 {10 * month}" + ("@2022-11-23" if month == 11 else ""),
                inspected=f"10 {10 * month}" + ("@2022-12-30" if month == 12 else ""),
            )
        bureau.year(2023, taken=["20"] * 12)
        yield bureau


def course(small: Small, code: str, year: int) -> tuple[tuple[date, D], ...]:
    return profiles(small.bureau.store, small.bureau.catalog, {year})[code, year]


def test_a_course_is_the_cumulative_figures_of_the_year_before(small):
    """10 by the end of January 2022, 20 by that of February, 120 by that of December; a year later twice as much."""
    first, second, *_, last = course(small, "whole", 2023)

    assert (first, second, last) == ((date(2022, 1, 31), 10), (date(2022, 2, 28), 20), (date(2022, 12, 31), 120))
    assert [figure for _, figure in course(small, "whole", 2024)] == [20 * month for month in range(1, 13)]


def test_only_what_is_paced_so_in_the_asked_years_has_one(small):
    """A target changed in July counts, whichever of both is paced so; one by days does not, nor one of another year."""
    store, catalog = small.bureau.store, small.bureau.catalog

    assert set(profiles(store, catalog, {2023})) == {(code, 2023) for code in (*CODES, "tested")}
    assert set(profiles(store, catalog, {2024})) == {("whole", 2024)}
    assert {("whole", 2023), ("whole", 2024)} <= set(profiles(store, catalog, {2023, 2024}))
    assert profiles(store, catalog, {2025}) == {}


@pytest.mark.parametrize(
    "code",
    [
        "holed",  # nothing of June
        "about",  # from June on no exact number
        "apart",  # in November one half by the 30th and one by the 23rd
        "early",  # the year ends on 30 December
    ],
)
def test_a_year_that_is_not_known_to_the_end_month_by_month_is_no_course(small, code):
    assert course(small, code, 2023) == ()


def test_a_course_that_runs_to_days_of_its_own_is_one(small):
    """检验 ran to 23 November, all of it: 110 by then."""
    assert course(small, "tested", 2023)[10] == (date(2022, 11, 23), 110)


def test_a_year_before_the_first_report_is_no_course(small):
    """Of 2021 there is nothing at all."""
    assert course(small, "whole", 2022) == ()
