"""Which single months are no exact number or not of a whole month, and what a month cannot be set against."""

from collections.abc import Iterator
from decimal import Decimal as D

import pytest

from kpi.catalog.formula import Term
from kpi.figures.uneven_months import UnevenMonths
from kpi.period import Month
from kpi.value import Qualifier
from tests.bureaus import Small, opened
from tests.soundness.catalog import files
from tests.soundness.test_lacking_below import TREE

FEBRUARY, MARCH, APRIL = Month(2023, 2), Month(2023, 3), Month(2023, 4)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Small]:
    """
    东湖, January to April, by the last day of each month where nothing is said.

    检验 about 10 in February 2023; 合格 at least 10 then, and at most 8 in February 2022.
    检查 to 14 February and on to 31 March in both years, 西山 in 2023 to the 20th; 不合格 so in 2022 alone, when February 2023 is about 10.
    抽检 to the 14th of February and of March; 净增 to 14 February, 20 March, 20 April.
    在册 to 14 February and 31 March, then to 14 May and 14 June.
    """
    with opened(tmp_path_factory.mktemp("bureau"), files() | {"orgs.toml": TREE}) as bureau:
        for year in (2022, 2023):
            half = f"@{year}-02-14"
            failed = ["– 10", f"– 15{half}", "– 30", "– 40"] if year == 2022 else ["10", "约10", "10", "10"]
            passed = ["8", "≤8", "8", "8"] if year == 2022 else ["10", "≥10", "10", "10"]
            cells = {"inspected": ["– 10", f"– 15{half}", "– 30", "– 40"], "failed": failed, "passed": passed}
            if year == 2023:
                cells["tested"] = ["10", "约10", "10", "10"]
                cells["taken"] = ["– 10", f"– 15{half}", "– 30@2023-03-14", "– 45"]
                cells["net"] = ["– 10", f"– 15{half}", "– 30@2023-03-20", "– 40@2023-04-20"]
                cells["shops"] = ["– 100", f"– 110{half}", "– 120", "– 132", "– 140@2023-05-14", "– 150@2023-06-14"]
            for month in range(6):
                written = {code: texts[month] for code, texts in cells.items() if month < len(texts)}
                if written:
                    bureau.report(f"{year}-{month + 1:02}", org="east", **written)
        for month, written in (("01", "– 10"), ("02", "– 15@2023-02-20"), ("03", "– 30")):
            bureau.report(f"2023-{month}", org="west", inspected=written)
        yield bureau


@pytest.fixture(scope="module")
def east(small: Small) -> UnevenMonths:
    return UnevenMonths(small.bureau.store, small.bureau.catalog, "east")


@pytest.fixture(scope="module")
def city(small: Small) -> UnevenMonths:
    return UnevenMonths(small.bureau.store, small.bureau.catalog, "city")


def terms(*measures: str) -> list[Term]:
    """``tested``, ``-0.5 tested`` and ``tested@ly``."""
    made = []
    for written in measures:
        coefficient, _, measure = written.rpartition(" ")
        code, _, last_year = measure.partition("@")
        made.append(Term(code, D(coefficient or 1), 1 if last_year else 0))
    return made


@pytest.mark.parametrize(
    ("measures", "month", "meant"),
    [
        (["tested"], FEBRUARY, Qualifier.ABOUT),
        (["0.5 tested"], FEBRUARY, Qualifier.ABOUT),
        (["tested"], MARCH, Qualifier.EXACT),
        (["tested", "failed"], FEBRUARY, Qualifier.MIXED),  # about so many of both
        (["passed"], FEBRUARY, Qualifier.AT_LEAST),
        (["passed@ly"], FEBRUARY, Qualifier.AT_MOST),
        (["passed@ly"], MARCH, Qualifier.EXACT),
        (["-1 passed"], FEBRUARY, Qualifier.MIXED),  # at least 10 taken off
        (["-0.5 passed"], FEBRUARY, Qualifier.MIXED),
        (["passed", "inspected"], FEBRUARY, Qualifier.MIXED),
        (["passed", "inspected"], MARCH, Qualifier.EXACT),
        ([], FEBRUARY, Qualifier.EXACT),  # the denominator of what has none
    ],
)
def test_a_month_is_meant_as_its_only_number_is(east, measures, month, meant):
    """One number that is added is meant as it stands; what is taken off, or one of several, is of several kinds."""
    assert east.qualifier(terms(*measures), month) is meant


@pytest.mark.parametrize(
    ("measures", "month", "broken", "whole"),
    [
        (["inspected"], Month(2023, 1), False, True),
        (["inspected"], FEBRUARY, False, False),  # to the 14th: lacks its last days
        (["inspected"], MARCH, True, False),  # from 15 February
        (["inspected"], APRIL, False, True),
        (["failed@ly"], FEBRUARY, False, False),
        (["failed@ly"], MARCH, True, False),
        (["failed"], MARCH, False, True),
        (["taken"], MARCH, False, True),  # 15 February to 14 March is the length of a month
        (["net"], MARCH, True, False),  # 15 February to 20 March
        (["passed", "inspected"], FEBRUARY, False, False),
        (["passed", "inspected"], MARCH, True, False),
        (["tested"], FEBRUARY, False, True),  # no exact number, and a whole month
    ],
)
def test_a_month_is_whole_where_all_of_it_is(east, measures, month, broken, whole):
    assert (east.broken(terms(*measures), month), east.whole(terms(*measures), month)) == (broken, whole)


@pytest.mark.parametrize(
    ("measures", "month", "words"),
    [
        (["inspected"], FEBRUARY, ""),  # unfinished itself
        (["inspected"], MARCH, "2023 年 2 月的数算到 2 月 14 日，不是整月"),
        (["inspected"], APRIL, "2023 年 2 月的数算到 2 月 14 日，2023 年 3 月不是整月"),
        (["inspected"], Month(2023, 5), ""),
        (["taken"], MARCH, "2023 年 2 月的数算到 2 月 14 日，不是整月"),  # a month, after 14 days
        (["net"], APRIL, "2023 年 2 月的数算到 2 月 14 日，2023 年 3 月不是整月"),  # a month, after five weeks that end in mid-month
        (["shops"], MARCH, "2023 年 2 月的数算到 2 月 14 日，不是整月"),  # what came in six weeks
        (["shops"], APRIL, ""),  # from the end of March to that of April
        (["shops"], Month(2023, 6), ""),  # from 14 May to 14 June
        (["passed", "inspected"], MARCH, "2023 年 2 月的数算到 2 月 14 日，不是整月"),
        (["passed", "tested"], MARCH, ""),
    ],
)
def test_a_month_is_set_against_one_of_its_own_kind(east, measures, month, words):
    assert east.unlike(terms(*measures), month) == words


@pytest.mark.parametrize(
    ("measure", "month", "words"),
    [
        ("failed@ly", FEBRUARY, "2022 年 2 月的数算到 2 月 14 日，不是整月"),  # the base of a whole February
        ("failed@ly", MARCH, "2022 年 2 月的数算到 2 月 14 日，不是整月"),
        ("failed@ly", APRIL, "2022 年 2 月的数算到 2 月 14 日，2022 年 3 月不是整月"),
        ("inspected@ly", FEBRUARY, ""),  # this year's February runs to the 14th as well
    ],
)
def test_a_base_of_half_a_month_is_no_base_of_a_whole_one(east, measure, month, words):
    """February 2023 of 不合格 is whole, about 10 as it is."""
    assert east.unlike(terms(measure), month) == words


def test_a_sum_runs_to_the_days_of_all_below(city):
    """东湖 to 14 February, 西山 to the 20th."""
    assert city.unlike(terms("inspected"), MARCH) == "2023 年 2 月的数算到 2 月 14 日～2 月 20 日，不是整月"
    assert city.unlike(terms("taken"), MARCH) == "2023 年 2 月的数算到 2 月 14 日，不是整月"
    assert city.qualifier(terms("tested"), FEBRUARY) is Qualifier.ABOUT
