"""What has to be said beside a figure: which marks, of which months, and in whose words."""

from collections.abc import Iterator, Sequence
from decimal import Decimal as D

import pytest

from kpi.catalog.formula import Term
from kpi.compute.marks import NO_MARKS, Idle, Marks
from kpi.figures.remarks import Remarks, restates
from kpi.period import Month, months
from tests.bureaus import Small, opened
from tests.soundness.catalog import files
from tests.soundness.test_lacking_below import TREE

JANUARY, MARCH, DECEMBER = Month(2023, 1), Month(2023, 3), Month(2023, 12)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Small]:
    """
    检验: 1 more than its months in January 2020, 2 in January 2021, 5 in February 2022, 3 in February and 4 in December 2023.

    罚没: 2 more in January 2023, nothing of February, so that March has no figure of its own.
    合格: 不适用 as a whole by March 2022, 未开展 in February 2023.  不合格: 未开展 in January and 不适用 in February 2023.
    在册 and 抽检: the base of February and that of March 2023 are restated.
    """
    with opened(tmp_path_factory.mktemp("bureau"), files()) as bureau:
        bureau.report("2020-01", tested="10 11")
        bureau.report("2021-01", tested="10 12")
        bureau.report("2022-01", tested="10 10")
        bureau.report("2022-02", tested="10 25", note="补录上月漏报", by="李四", taken="– 50", shops="– 251")
        bureau.report("2022-03", tested="10 35", taken="– 100", shops="– 250", passed="– 不适用")
        bureau.report("2023-01", tested="10 10", passed="10", failed="未开展", fines="10 12")
        bureau.report("2023-02", tested="10 23", passed="未开展", failed="不适用", taken="– 60 45", shops="– 260 255")
        bureau.report("2023-03", tested="10 33", passed="5", failed="5", taken="– 120 90", shops="– 264 240", fines="– 40", by="王五", note="口径调整")
        bureau.report("2023-11", tested="– 50")
        bureau.report("2023-12", tested="10 64")
        yield bureau


def marks(small: Small, measure: str, first: Month, last: Month, years_back: int = 0, years: Sequence[int] = (2023,), *, cumulative: bool = True) -> Marks:
    remarks = Remarks(small.bureau.store, small.bureau.catalog, years, "bureau")
    return remarks.of([Term(measure, D(1), years_back)], months(first, last), cumulative=cumulative)


def booked(found: Marks) -> list[tuple[Month, int]]:
    return [(mark.period, mark.amount) for mark in found.adjustment]


def test_what_is_booked_in_any_month_of_a_figure_stands_beside_it(small):
    """25 less 10 less 10 are 5 more in February 2022; of 2023 3 in February and 4 in December, and those of March none."""
    assert booked(marks(small, "tested", Month(2022, 1), Month(2022, 12), years=[2022])) == [(Month(2022, 2), 5)]
    assert booked(marks(small, "tested", JANUARY, DECEMBER)) == [(Month(2023, 2), 3), (DECEMBER, 4)]
    assert booked(marks(small, "tested", DECEMBER, DECEMBER)) == [(DECEMBER, 4)]
    assert marks(small, "tested", MARCH, MARCH) == NO_MARKS


def test_a_mark_of_one_kind_is_none_of_another(small):
    """The 3 of February 2023 are booked; no base is restated, and there was something to count."""
    found = marks(small, "tested", JANUARY, Month(2023, 2))

    assert (booked(found), found.restated, found.idle) == ([(Month(2023, 2), 3)], (), ())


def test_what_is_booked_says_who_brought_it_and_why(small):
    [mark] = marks(small, "tested", Month(2022, 2), Month(2022, 2), years=[2022]).adjustment
    [plain] = marks(small, "tested", Month(2023, 2), Month(2023, 2)).adjustment

    assert (mark.measure, mark.name, mark.note, mark.by) == ("tested", "检验批次", "补录上月漏报", "李四")
    assert (plain.note, plain.by) == ("", "张三")
    assert small.bureau.store.submission(mark.submission).period == Month(2022, 2)


@pytest.mark.parametrize(
    ("years_back", "point", "years", "found"),
    [
        (1, Month(2023, 2), [2023], [(Month(2022, 2), 5)]),
        (2, Month(2023, 1), [2023], [(Month(2021, 1), 2)]),  # last year's of a growth over last year
        (2, Month(2022, 1), [2022, 2023], [(Month(2020, 1), 1)]),  # two years before the first of the asked ones
        (0, DECEMBER, [2022, 2023], [(DECEMBER, 4)]),  # to the end of the last one
        (1, Month(2023, 3), [2023], []),
    ],
)
def test_a_figure_of_years_before_has_the_marks_of_its_own_month(small, years_back, point, years, found):
    assert booked(marks(small, "tested", point, point, years_back, years)) == found


def test_a_mark_stands_once_beside_a_figure_that_uses_it_twice(small):
    """A growth takes last year's figure off, and is over it."""
    terms = [Term("tested", D(1)), Term("tested", D(-1), 1), Term("tested", D(1), 1)]
    remarks = Remarks(small.bureau.store, small.bureau.catalog, {2023}, "bureau")

    assert booked(remarks.of(terms, [Month(2023, 2)], cumulative=True)) == [(Month(2023, 2), 3), (Month(2022, 2), 5)]


def test_a_sum_of_months_holds_nothing_that_is_booked_beside_them(small):
    """10 + 10 + 10 are 30 without the 3; the cumulative of 33 holds them, and so does 罚没 40, of which no month but January is known."""
    assert [mark.counted for mark in marks(small, "tested", JANUARY, MARCH, cumulative=True).adjustment] == [True]
    assert [mark.counted for mark in marks(small, "tested", JANUARY, MARCH, cumulative=False).adjustment] == [False]
    assert [mark.counted for mark in marks(small, "fines", JANUARY, MARCH, cumulative=False).adjustment] == [True]


def test_months_with_nothing_to_count_stand_beside_the_figure_of_the_last_one(small):
    """合格 15 by March, February 未开展; by January nothing is said."""
    assert marks(small, "passed", JANUARY, MARCH).idle == (Idle("passed", "合格批次", "未开展", (Month(2023, 2),)),)
    assert marks(small, "passed", JANUARY, JANUARY).idle == ()
    assert marks(small, "passed", MARCH, MARCH).idle == (Idle("passed", "合格批次", "未开展", (Month(2023, 2),)),)


def test_months_of_two_words_are_told_with_both(small):
    """不合格: 未开展 in January, 不适用 in February, 5 in March."""
    assert marks(small, "failed", JANUARY, MARCH).idle == (Idle("failed", "不合格批次", "未开展或不适用", (Month(2023, 1), Month(2023, 2))),)


def test_a_whole_year_so_far_with_nothing_to_count_names_no_months(small):
    """By March 2022, also as the base of March 2023; not beside April's, a month later."""
    idle = (Idle("passed", "合格批次", "不适用", ()),)

    assert marks(small, "passed", Month(2022, 1), Month(2022, 3), years=[2022]).idle == idle
    assert marks(small, "passed", MARCH, MARCH, years_back=1).idle == idle
    assert marks(small, "passed", JANUARY, Month(2023, 4), years_back=1).idle == ()


@pytest.mark.parametrize(
    ("measure", "first", "last", "bases"),
    [
        ("taken", JANUARY, MARCH, [(90, 100)]),  # the last month's, not February's beside it
        ("taken", JANUARY, Month(2023, 2), [(45, 50)]),
        ("taken", MARCH, MARCH, []),  # the base is of the year so far, not of March
        ("taken", JANUARY, Month(2023, 4), []),
        ("shops", MARCH, MARCH, [(240, 250)]),  # what stands at the end of March stands in March too
        ("shops", JANUARY, Month(2023, 2), [(255, 251)]),
    ],
)
def test_a_restated_base_stands_beside_the_figure_that_is_compared_with_it(small, measure, first, last, bases):
    """Stated beside recorded: 90 for 100, 45 for 50, 240 for 250, 255 for 251."""
    assert [(mark.stated, mark.recorded) for mark in marks(small, measure, first, last).restated] == bases


def test_a_restated_base_says_who_restates_it_and_why(small):
    [mark] = marks(small, "shops", MARCH, MARCH).restated

    assert (mark.measure, mark.name, mark.period, mark.note, mark.by) == ("shops", "在册户数", MARCH, "口径调整", "王五")
    assert small.bureau.store.submission(mark.submission).period == MARCH


def test_a_base_is_of_the_year_so_far_or_of_what_stands(small):
    catalog = small.bureau.catalog

    assert [restates(catalog, "taken", months(first, MARCH)) for first in (JANUARY, Month(2023, 2), MARCH)] == [True, False, False]
    assert restates(catalog, "shops", [MARCH])


def test_a_sum_of_others_has_no_marks_of_its_own(tmp_path):
    """东湖 books 5 in February 2023; the city above it does not report."""
    with opened(tmp_path, files() | {"orgs.toml": TREE}) as small:
        for month, tested in (("01", "10 10"), ("02", "10 25")):
            small.report(f"2023-{month}", org="east", tested=tested)
        store, catalog, asked = small.bureau.store, small.bureau.catalog, ([Term("tested", D(1))], [Month(2023, 2)])

        assert booked(Remarks(store, catalog, {2023}, "east").of(*asked, cumulative=True)) == [(Month(2023, 2), 5)]
        assert Remarks(store, catalog, {2023}, "city").of(*asked, cumulative=True) == NO_MARKS
