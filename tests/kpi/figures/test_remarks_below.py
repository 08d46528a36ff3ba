"""How many of those below carry a mark that a sum does not show."""

from collections.abc import Iterator, Sequence
from decimal import Decimal as D

import pytest

from kpi.catalog.formula import Term
from kpi.compute.marks import MarkCounts
from kpi.figures.remarks_below import MarksBelow
from kpi.period import Month, months
from tests.bureaus import Small, opened
from tests.soundness.catalog import files
from tests.soundness.test_lacking_below import TREE

JANUARY, FEBRUARY, MARCH, DECEMBER = (Month(2023, month) for month in (1, 2, 3, 12))


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Small]:
    """
    检验: 东湖 books 1 in January 2020, 2 in January 2021, 5 in February 2023, 4 in December; 西山 3 in February 2022 and 6 in February 2023.

    抽检: 东湖 restates the base of March 2023, 西山 those of February and March.  在册: 东湖 restates that of March.
    合格: 东湖 had 未开展 in February 2023, 西山 by March 2022 as a whole.
    """
    with opened(tmp_path_factory.mktemp("bureau"), files() | {"orgs.toml": TREE}) as bureau:
        bureau.report("2020-01", org="east", tested="10 11")
        bureau.report("2021-01", org="east", tested="10 12")
        bureau.report("2022-03", org="east", taken="– 100", shops="– 250")
        bureau.report("2023-01", org="east", tested="10 10", passed="10")
        bureau.report("2023-02", org="east", tested="10 25", passed="未开展")
        bureau.report("2023-03", org="east", tested="10 35", taken="– 120 90", shops="– 264 240", passed="5")
        bureau.report("2023-11", org="east", tested="– 50")
        bureau.report("2023-12", org="east", tested="10 64")
        bureau.report("2022-01", org="west", tested="10 10")
        bureau.report("2022-02", org="west", tested="10 23", taken="– 50")
        bureau.report("2022-03", org="west", tested="10 33", taken="– 80", passed="– 未开展")
        bureau.report("2023-01", org="west", tested="10 10")
        bureau.report("2023-02", org="west", tested="10 26", taken="– 60 45")
        bureau.report("2023-03", org="west", tested="10 36", taken="– 90 70")
        yield bureau


def counted(small: Small, measure: str, first: Month, last: Month, years_back: int = 0, years: Sequence[int] = (2023,)) -> tuple[int, int, int]:
    """How many have booked, restated, and had nothing to count."""
    found = MarksBelow(small.bureau.store, small.bureau.catalog, years, "city").of([Term(measure, D(1), years_back)], months(first, last))
    return found.adjusted, found.restated, found.idle


@pytest.mark.parametrize(
    ("first", "last", "adjusted"),
    [(JANUARY, MARCH, 2), (FEBRUARY, FEBRUARY, 2), (JANUARY, DECEMBER, 2), (DECEMBER, DECEMBER, 1), (MARCH, MARCH, 0), (JANUARY, JANUARY, 0)],
)
def test_who_booked_in_any_of_the_months_is_counted_once(small, first, last, adjusted):
    """东湖 in February and December, 西山 in February: two, not three."""
    assert counted(small, "tested", first, last) == (adjusted, 0, 0)


@pytest.mark.parametrize(
    ("point", "years_back", "years", "adjusted"),
    [
        (FEBRUARY, 1, [2023], 1),
        (MARCH, 1, [2023], 0),
        (JANUARY, 1, [2023], 0),
        (JANUARY, 2, [2023], 1),  # last year's of a growth over last year
        (Month(2022, 1), 2, [2022, 2023], 1),  # two years before the first of the asked ones
        (DECEMBER, 0, [2022, 2023], 1),  # to the end of the last one
    ],
)
def test_a_figure_of_years_before_has_the_marks_of_its_own_month(small, point, years_back, years, adjusted):
    """西山 in February 2022, 东湖 in January 2021 and 2020, and in December 2023."""
    assert counted(small, "tested", point, point, years_back, years) == (adjusted, 0, 0)


@pytest.mark.parametrize(
    ("measure", "first", "last", "restated"),
    [
        ("taken", JANUARY, MARCH, 2),
        ("taken", JANUARY, FEBRUARY, 1),
        ("taken", JANUARY, Month(2023, 4), 0),  # neither restates that of April
        ("taken", MARCH, MARCH, 0),  # the base is of the year so far, not of March
        ("shops", MARCH, MARCH, 1),
        ("shops", JANUARY, MARCH, 1),
        ("shops", FEBRUARY, FEBRUARY, 0),
    ],
)
def test_who_restates_the_base_of_the_last_month_is_counted(small, measure, first, last, restated):
    """90 for 100 and 70 for 80 in March, 45 for 50 in February; 240 for 250 of what stands."""
    assert counted(small, measure, first, last) == (0, restated, 0)


@pytest.mark.parametrize(
    ("first", "last", "years_back", "idle"),
    [(JANUARY, MARCH, 0, 1), (MARCH, MARCH, 0, 1), (FEBRUARY, FEBRUARY, 0, 1), (JANUARY, JANUARY, 0, 0), (JANUARY, MARCH, 1, 1), (JANUARY, FEBRUARY, 1, 0)],
)
def test_who_had_nothing_to_count_by_the_last_month_is_counted(small, first, last, years_back, idle):
    """东湖 from February 2023 on, 西山 in March 2022 and not before."""
    assert counted(small, "passed", first, last, years_back) == (0, 0, idle)


def test_an_organisation_is_counted_once_for_all_that_a_figure_is_made_of(small):
    """检验 of both years and 抽检: both booked, both restate 抽检; 合格: one had nothing to count this year, the other last year."""
    marks = MarksBelow(small.bureau.store, small.bureau.catalog, {2023}, "city")
    terms = [Term("tested", D(1)), Term("tested", D(-1), 1), Term("taken", D(1)), Term("passed", D(1)), Term("passed", D(1), 1)]

    assert marks.of(terms, months(JANUARY, MARCH)) == MarkCounts(adjusted=2, restated=2, idle=2)


def test_a_mark_of_each_kind_is_counted_as_its_own(small):
    """By March 东湖 restates 抽检 and 在册, which is one that restates, and had no 合格 in February, which is one with nothing to count."""
    marks = MarksBelow(small.bureau.store, small.bureau.catalog, {2023}, "city")

    assert marks.of([Term("shops", D(1)), Term("passed", D(1))], months(JANUARY, MARCH)) == MarkCounts(adjusted=0, restated=1, idle=1)


def test_one_that_reports_itself_has_nobody_below(small):
    """What 东湖 booked is told in full beside its own figure."""
    marks = MarksBelow(small.bureau.store, small.bureau.catalog, {2023}, "east")

    assert marks.of([Term("tested", D(1))], [FEBRUARY]) == MarkCounts()
