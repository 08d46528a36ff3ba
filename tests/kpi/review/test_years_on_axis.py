"""This year against last year from January to December: each month by hand, the steps of a target, bounds, and the break at New Year."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from datetime import date
from decimal import Decimal as D
from fractions import Fraction as F
from pathlib import Path

import pytest

from kpi.compute.signal import limits
from kpi.period import Month, Span, months
from kpi.review.series import series
from kpi.review.years_on_axis import MonthOfYears, NaturalBand, YearsOnAxis, begins_anew, natural_band, pieces, years_on_axis
from kpi.value import as_decimal
from tests.bureaus import Small, opened
from tests.kpi.province import report
from tests.soundness.catalog import files, target

MONTHLY = (10, 12, 9, 11, 10, 13, 8, 10, 12, 9, 10, 10)  # of 2023


@pytest.fixture
def held(tmp_path: Path) -> Iterator[Callable[..., Small]]:
    """``held({2023: target(…)})``: the small bureau with targets."""
    with ExitStack() as stack:
        yield lambda targets=None: stack.enter_context(opened(tmp_path, files(targets)))


def years(small: Small, code: str, year: int = 2023, last: str = "2023-12", span: Span = Span.YTD) -> YearsOnAxis:
    return years_on_axis(small.bureau, series(small.bureau, code, Month(year - 1, 1), Month.parse(last), span), year, span)


def later(text: str, since: str) -> str:
    """A target that holds from a day of the year on."""
    return text.replace("[[target]]", f"[[target]]\nfrom = {since}")


def shown(line: YearsOnAxis, **fields: object) -> Mapping[int, object]:
    """One field of each month that has it."""
    [field] = fields
    return {month.month: getattr(month, field) for month in line.months if getattr(month, field) is not None}


def test_each_month_stands_over_the_same_of_last_year(held):
    """2022 by the month 5, 6, 7; 2023 10 and 20: cumulatives 5, 11, 18 and 10, 30."""
    small = held()
    small.months(2022, tested="5|6|7")
    small.months(2023, tested="10|20")

    line = years(small, "tested", last="2023-02")

    assert (line.name, line.unit, line.year, len(line.months)) == ("检验批次", "批次", 2023, 12)
    assert shown(line, value=1) == {1: 10, 2: 30}
    assert {month: shown(line, last_year=1)[month] for month in (1, 2, 3)} == {1: 5, 2: 11, 3: 18}
    assert shown(line, base=1) == {1: 5, 2: 11}
    assert (line.months[0].point.period, line.months[2].point) == (Month(2023, 1), None)
    assert line.steps == ()


def test_a_month_without_a_sheet_is_a_gap_in_its_own_year(held):
    """Nothing of February: what a table carries is no point of a line, in this year and in last year's."""
    small = held()
    small.months(2022, tested="5||7")
    small.months(2023, tested="10||20")

    line = years(small, "tested", last="2023-03")

    assert shown(line, value=1).keys() == {1, 3}
    assert 2 not in shown(line, last_year=1)
    assert line.months[1].point.carried


def test_a_figure_of_some_of_those_below_is_a_gap(province):
    """One of five bureaus."""
    province.store.commit([report("donghu", "credit", "2023-01", visits="5 5")])
    whole = series(province, "visits", Month(2022, 1), Month(2023, 1))

    assert years_on_axis(province, whole, 2023).months[0].value is None
    own = series(province, "visits", Month(2022, 1), Month(2023, 1), org="donghu")
    assert years_on_axis(province, own, 2023, org="donghu").months[0].value == 5


def test_the_base_is_to_this_years_scope_where_the_office_restates_it(held):
    """75 on record, 80 as the office states it beside 90: last year's line has the one, the comparison the other."""
    small = held()
    small.report("2022-11", tested="– 75")
    small.report("2023-11", tested="– 90 80")

    november = years(small, "tested", last="2023-11").months[10]

    assert (november.value, november.last_year, november.base) == (90, 75, 80)


def test_a_target_that_changed_within_the_year_is_a_line_with_a_step(held):
    """365 from January, 730 from July on: due by days, 31 by the end of January, 730 × 212 / 365 = 424 by that of July, and all of it in December."""
    small = held({2023: target("tested", "annual", "365") + later(target("tested", "annual", "730"), "2023-07-01")})
    small.months(2023, tested="10")

    line = years(small, "tested", last="2023-01")

    assert [(step.month, step.value, step.since) for step in line.steps] == [(Month(2023, 1), 365, None), (Month(2023, 7), 730, date(2023, 7, 1))]
    assert list(shown(line, target=1).values()) == [365] * 6 + [730] * 6
    due = shown(line, due=1)
    assert (due[1], due[6], due[7], due[12]) == (31, 181, 424, 730)


def test_a_target_that_changed_in_the_middle_of_a_month_counts_from_its_end(held):
    small = held({2023: target("plain_rate", "floor", "90") + later(target("plain_rate", "floor", "95"), "2023-07-15")})
    small.months(2023, tested="10", passed="9")

    line = years(small, "plain_rate", last="2023-01")

    assert [(step.month.month, step.value) for step in line.steps] == [(1, 90), (7, 95)]
    assert shown(line, due=1) == {}


def test_a_target_that_begins_within_the_year_has_no_line_before(held):
    small = held({2023: later(target("plain_rate", "floor", "95"), "2023-04-01")})
    small.months(2023, tested="10", passed="9")

    line = years(small, "plain_rate", last="2023-01")

    assert list(shown(line, target=1)) == list(range(4, 13))
    assert [step.month.month for step in line.steps] == [4]


def test_what_the_year_is_to_reach_holds_no_single_month(held):
    small = held({2023: target("tested", "annual", "365")})
    small.months(2023, tested="10|20")

    line = years(small, "tested", last="2023-02", span=Span.MONTH)

    assert (shown(line, value=1), shown(line, target=1), shown(line, due=1), line.steps) == ({1: 10, 2: 20}, {}, {}, ())


def test_a_number_for_each_month_is_a_line_without_steps(held):
    """A floor of 90 to 95, month by month."""
    plan = "[" + ", ".join(str(number) for number in (90, 90, 91, 91, 92, 92, 93, 93, 94, 94, 95, 95)) + "]"
    small = held({2023: target("plain_rate", "floor", "95") + f"monthly = {plan}\n"})
    small.months(2023, tested="10", passed="9")

    line = years(small, "plain_rate", last="2023-01")

    assert (line.months[0].target, line.months[11].target, line.steps) == (90, 95, ())


def test_results_that_are_pending_leave_bounds(held):
    """44 passed and 7 failed of 78: 44/78 and 71/78."""
    small = held()
    small.report("2023-11", taken="– 78", tested="– 51", passed="– 44", failed="– 7")

    line = years(small, "pass_rate", last="2023-11")

    november = line.months[10]
    assert line.pending
    assert (november.low, november.high) == (as_decimal(F(4400, 78)), as_decimal(F(7100, 78)))
    assert not years(small, "plain_rate", last="2023-11").pending


def test_a_measure_has_no_target(held):
    small = held()
    small.report("2023-11", taken="– 78")

    line = years(small, "taken", last="2023-11")

    assert (line.steps, line.months[10].value, line.months[10].target) == ((), 78, None)


def test_the_band_of_single_months_is_their_natural_limits(held):
    """Twelve whole months: mean 124/12, moving ranges 2 3 2 1 3 5 2 2 3 1 0, none of 3.267 × 24/11 or more: 10.33 ± 2.66 × 24/11 = 10.33 ± 5.80."""
    small = held()
    small.months(2023, tested="|".join(map(str, MONTHLY)))
    drawn = limits([F(number) for number in MONTHLY])
    assert (drawn.mean, drawn.spread) == (F(124, 12), F(24, 11))

    band = natural_band(small.bureau, "tested", Month(2023, 12), Span.MONTH)

    assert band == NaturalBand(as_decimal(drawn.mean), as_decimal(drawn.low), as_decimal(drawn.high))
    assert round(band.low, 2) == D("4.53")
    assert round(band.high, 2) == D("16.14")


def test_there_is_no_band_where_months_are_not_compared_or_too_few(held):
    small = held()
    small.months(2023, tested="|".join(map(str, MONTHLY)), shops="|".join(f"– {number}" for number in MONTHLY), fines="|".join(["5"] * 12))
    december = Month(2023, 12)

    assert natural_band(small.bureau, "tested", december, Span.YTD) is None
    assert natural_band(small.bureau, "shops", december, Span.MONTH) is None  # stands; its months are changes
    assert natural_band(small.bureau, "fines", december, Span.MONTH) is None  # all alike
    assert natural_band(small.bureau, "tested", Month(2023, 3), Span.MONTH) is None


@pytest.mark.parametrize(
    ("code", "span", "anew"),
    [
        ("tested", Span.YTD, True),
        ("plain_rate", Span.YTD, True),
        ("coverage", Span.YTD, True),  # counted over what stands
        ("tested", Span.YEAR, True),
        ("tested", Span.MONTH, False),
        ("tested", Span.QUARTER, False),
        ("shops", Span.YTD, False),
        ("report_rate", Span.YTD, False),  # stocks
    ],
)
def test_what_adds_up_over_the_year_begins_anew_in_january(held, code, span, anew):
    assert begins_anew(held().bureau.catalog, code, span) is anew


def test_a_line_is_broken_where_it_begins_anew(held):
    """November 2022 to February 2023: two and two months; of what stands four."""
    small = held()
    small.months(2022, tested="1", shops="– 9")
    first, last = Month(2022, 11), Month(2023, 2)
    cut = {code: pieces(small.bureau.catalog, series(small.bureau, code, first, last), Span.YTD) for code in ("tested", "shops")}

    assert [[point.period for point in piece] for piece in cut["tested"]] == [list(months(first, Month(2022, 12))), list(months(Month(2023, 1), last))]
    assert [len(piece) for piece in cut["shops"]] == [4]


def test_the_demo_in_2023(demo):
    """知识产权质押融资: 800 until June, 1,000 from July; nothing of December yet, and last year's 600."""
    line = years_on_axis(demo, series(demo, "ip_pledge_loans", Month(2022, 1), Month(2023, 11)), 2023)

    assert [(step.month.month, step.value) for step in line.steps] == [(1, 800), (7, 1000)]
    december: MonthOfYears = line.months[11]
    assert (december.point, december.value, december.last_year, december.target, december.due) == (None, None, 600, 1000, 1000)
