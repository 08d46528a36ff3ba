"""The past of an indicator month by month: what of it may be rested on, and from which month on it is of the same organisations."""

from collections.abc import Iterator
from datetime import date

import pytest

from kpi.compute.months_of_indicator import MonthOfIndicator
from kpi.figures.history import history
from kpi.period import Month
from tests.bureaus import Small, opened
from tests.soundness.catalog import QUALITY, files, indicator

ORGS = {  # below whom, and from which month on
    "city": ("", ""),
    "inner": ("city", ""),
    "east": ("inner", ""),
    "west": ("inner", ""),
    "outer": ("city", ""),
    "south": ("outer", ""),
    "port": ("outer", "2022-02"),
    "north": ("outer", "2023-03"),
    "county": ("city", ""),
    "hill": ("county", ""),
    "lake": ("county", "2023-01"),
}
TREE = "".join(
    f'[[org]]\ncode = "{code}"\nname = "{code}"\nlevel = "区"\norder = {order}\n'
    + (f'parent = "{parent}"\n' if parent else "")
    + (f'from = "{first}"\n' if first else "")
    for order, (code, (parent, first)) in enumerate(ORGS.items())
)
PER_CHECK = indicator("net_per_check", "每检查一户净增", "net", "inspected", unit="户", scale=1)
MONTHS = ("2022-01", "2022-02", "2022-03", "2023-01", "2023-02", "2023-03", "2023-04", "2024-01")


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Small]:
    """
    Below outer and county everybody tests 10 in each of the months, as long as there is one.

    东 tests 10 each month, of February 2023 about 10, of April nothing; 合格 8, of March about 8; 净增 3; 检查 10 in January,
    15 by 14 February, 30 by the end of March, 40 by that of April; 在册 100, 110, 120, 130; 抽检 20 each month, nothing of March.
    西 tests 5 in January, nothing in February, 5 in March 2023.
    """
    with opened(tmp_path_factory.mktemp("bureau"), files(quality="\n".join([QUALITY, PER_CHECK])) | {"orgs.toml": TREE}) as bureau:
        for period in MONTHS:
            for org in ("south", "port", "north", "hill", "lake"):
                if ORGS[org][1] <= period:
                    bureau.report(period, org=org, tested="10")
        bureau.report("2023-01", org="east", tested="10", passed="8", inspected="– 10", net="3", shops="– 100", taken="20 20")
        bureau.report("2023-02", org="east", tested="约10", passed="8", shops="– 110", taken="20 40", net="3", inspected="– 15@2023-02-14")
        bureau.report("2023-03", org="east", tested="10 30", passed="约8", inspected="– 30", net="3", shops="– 120")
        bureau.report("2023-04", org="east", passed="8", inspected="– 40", net="3", shops="– 130", taken="20 –")
        for period, tested in (("2023-01", "5"), ("2023-02", "–"), ("2023-03", "5")):
            bureau.report(period, org="west", tested=tested, shops="– 1")
        yield bureau


def past(small: Small, code: str, last: str, first: str = "2023-01", org: str | None = None) -> list[MonthOfIndicator]:
    return list(history(small.bureau.store, small.bureau.catalog, [code], Month.parse(last), Month.parse(first), org)[code])


def test_the_months_are_those_from_first_to_last_both_counted(small):
    """As far back as January 2022, of which the first report is, unless told; of each code the same."""
    store, catalog = small.bureau.store, small.bureau.catalog
    told = history(store, catalog, ["tested", "taken"], Month(2023, 3), Month(2023, 1), "south")
    every = history(store, catalog, ["tested"], Month(2023, 3), org="south")["tested"]

    assert {code: [month.period.month for month in months] for code, months in told.items()} == {"tested": [1, 2, 3], "taken": [1, 2, 3]}
    assert (every[0].period, every[-1].period, len(every)) == (Month(2022, 1), Month(2023, 3), 15)


def test_before_the_first_report_there_are_no_months(small):
    assert history(small.bureau.store, small.bureau.catalog, ["tested", "taken"], Month(2021, 12), org="south") == {"tested": (), "taken": ()}


def test_a_month_holds_what_came_in_it_and_by_it(small):
    """检验 10 a month, 30 by March; 在册 stands at 110 by the end of February and does not add up."""
    march, february = past(small, "tested", "2023-03", org="south")[2], past(small, "shops", "2023-02", org="east")[1]

    assert march == MonthOfIndicator(Month(2023, 3), 10, None, 30, date(2023, 3, 31), flow=True, whole=True)
    assert (february.numerator, february.flow) == (110, False)


def test_what_is_no_exact_number_is_left_out_where_it_stands(small):
    """合格率: 检验 of February is about 10, 合格 of March about 8; the other part of each month is known."""
    january, february, march = past(small, "plain_rate", "2023-03", org="east")

    assert [(month.numerator, month.denominator) for month in (january, february, march)] == [(8, 10), (8, None), (None, 10)]


def test_a_cumulative_counts_where_it_is_exact_and_lacks_nothing(small):
    """检验 10, then about 20, then 30 as stated; of 抽检 40 by February nothing is known in March, and so nothing by April."""
    assert [month.ytd for month in past(small, "tested", "2023-03", org="east")] == [10, None, 30]
    assert [month.ytd for month in past(small, "taken", "2023-04", org="east")] == [20, 40, None, None]


@pytest.mark.parametrize("code", ["inspected", "coverage"])
def test_a_month_and_a_half_is_no_month(small, code):
    """检查 to 14 February, and from then to 31 March: neither is whole, and March's is left out."""
    months = past(small, code, "2023-04", org="east")

    assert [month.numerator for month in months] == [10, 5, None, 10]
    assert [month.whole for month in months] == [True, False, False, True]


def test_below_the_line_it_is_none_either(small):
    """净增 3 each month over 检查: 10, 5 by 14 February, nothing that counts in March, 10 in April."""
    months = past(small, "net_per_check", "2023-04", org="east")

    assert [(month.numerator, month.denominator) for month in months] == [(3, 10), (3, 5), (3, None), (3, 10)]
    assert [month.whole for month in months] == [True, False, False, True]


def test_a_month_of_some_of_those_below_is_none_of_the_whole(small):
    """东 and 西 together 15 in January; in February 西 lacks, and so it is nobody's February; in March 西 has no cumulative without a gap."""
    january, february, march = past(small, "tested", "2023-03", org="inner")

    assert (january.numerator, january.ytd, january.whole) == (15, 15, True)
    assert (february.numerator, february.denominator, february.ytd, february.whole, february.flow) == (None, None, None, False, True)
    assert february.as_of == date(2023, 2, 28)
    assert (march.numerator, march.ytd) == (15, None)


def test_of_months_of_which_nothing_is_known_nothing_is(small):
    """湖 is there from January 2023 on."""
    [december] = past(small, "tested", "2022-12", "2022-12", org="lake")

    assert december == MonthOfIndicator(Month(2022, 12), None, None, None, None, flow=True, whole=False)


def same(months: list[MonthOfIndicator]) -> dict[str, tuple[object, ...]]:
    """By month its number and the year's so far; without those of other organisations."""
    return {str(month.period): (month.numerator, month.ytd) for month in months if month.same}


def test_before_an_organisation_came_the_months_are_of_others(small):
    """北 came in March 2023: 30 a month since; the year so far is of both, until the next one begins with 30."""
    months = past(small, "tested", "2024-01", "2023-01", "outer")
    known = {period: of for period, of in same(months).items() if of != (None, None)}

    assert known == {"2023-03": (30, None), "2023-04": (30, None), "2024-01": (30, 30)}
    assert [(month.numerator, month.denominator, month.same) for month in months[:2]] == [(None, None, False)] * 2


def test_only_the_last_change_up_to_the_asked_month_counts(small):
    """By February 2023 it was the one of February 2022, when 港 came: 20 a month since, and the year 2023 is of the same two."""
    known = {period: of for period, of in same(past(small, "tested", "2023-02", "2022-01", "outer")).items() if of != (None, None)}

    assert known == {"2022-02": (20, None), "2022-03": (20, None), "2023-01": (20, 20), "2023-02": (20, 40)}


def test_a_change_of_the_asked_month_itself_counts(small):
    """By March 2023 only March is of 南, 港 and 北."""
    months = past(small, "tested", "2023-03", "2023-01", "outer")

    assert same(months) == {"2023-03": (30, None)}


def test_without_a_change_so_far_all_months_are_of_the_same(small):
    """By January 2022 南 stood alone below outer, and hill alone below county; hill itself never changed."""
    assert same(past(small, "tested", "2022-01", "2022-01", "outer")) == {"2022-01": (10, 10)}
    assert same(past(small, "tested", "2023-02", "2023-01", "hill")) == {"2023-01": (10, 10), "2023-02": (10, 20)}


def test_a_change_in_january_leaves_the_year_whole(small):
    """湖 came in January 2023: 20 and 40 by February are of the same two."""
    assert same(past(small, "tested", "2023-02", "2022-01", "county")) == {"2023-01": (20, 20), "2023-02": (20, 40)}


def test_the_root_is_meant_unless_told(small):
    """东, 西, 南, 港, 山 and 湖 in January 2023: 10 + 5 + 4 × 10; 北 came later, so they are none of April's."""
    assert same(past(small, "tested", "2023-01")) == {"2023-01": (55, 55)}
    assert same(past(small, "tested", "2023-04")).keys() == {"2023-03", "2023-04"}
