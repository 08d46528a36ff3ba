"""Complementary suppression: what has to go with a hidden figure, worked by hand, and the law that no hidden figure can be reckoned back."""

from fractions import Fraction
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from kpi.papers.writing.suppression import OrderStatement, RateStatement, SumStatement, suppress, unsafe


def figures(**values: int) -> dict[str, Fraction]:
    return {code: Fraction(value) for code, value in values.items()}


def total_of(whole: str, *parts: str) -> SumStatement:
    return SumStatement({whole: Fraction(-1)} | dict.fromkeys(parts, Fraction(1)))


def rate(code: str, above: str, under: str, shown: Fraction, decimals: int = 1) -> RateStatement:
    return RateStatement(code, {above: Fraction(1)}, {under: Fraction(1)}, 100, decimals, shown)


def test_one_part_of_a_sum_takes_the_smallest_other_part_with_it():
    """2 of 1316 + 310 + 2 + 495 + 11 = 2134 would be the total less the others; with 11 hidden too it may be any number from 0 to 13."""
    demand = figures(total=2134, complaints=1316, reports=310, consultations=2, hotline=495, petitions=11)
    law = total_of("total", "complaints", "reports", "consultations", "hotline", "petitions")

    assert unsafe(demand, {"consultations"}, [law]) == {"consultations"}
    assert suppress(demand, {"consultations"}, [law]).hidden == {"consultations", "petitions"}


def test_a_rate_that_tells_the_hidden_count_is_not_printed():
    """3 of 50 is 6.0 %, and no other whole number of 50 is: the rate goes.  Of 17 017 a rate of 99.4 % may be of many."""
    law = rate("share", "passed", "tested", Fraction(6))
    assert suppress(figures(passed=3, tested=50), {"passed"}, [law]).rates == {"share"}

    wide = rate("share", "passed", "tested", Fraction(16911 * 100, 17017))
    assert suppress(figures(passed=16911, tested=17017), {"passed"}, [wide]).rates == frozenset()


def test_a_rate_shows_that_it_is_exact():
    """75 % of 400 is printed without a point, and 299 or 301 of 400 would print 74.8 % and 75.3 %; of 4000, 2999 would print 75.0 %, not 75 %."""
    law = rate("share", "passed", "tested", Fraction(75))
    assert suppress(figures(passed=300, tested=400), {"passed"}, [law]).rates == {"share"}
    assert suppress(figures(passed=3000, tested=4000), {"passed"}, [law]).rates == {"share"}


def test_a_bound_that_leaves_one_number_is_seen():
    """A part that is no larger than a whole of 0 is 0: the whole has to go too."""
    law = OrderStatement({"whole": Fraction(1), "part": Fraction(-1)})
    assert suppress(figures(whole=0, part=0), {"part"}, [law]).hidden == {"part", "whole"}


def test_what_a_law_alone_tells_stays_open():
    assert suppress(figures(always=3), {"always"}, [SumStatement({"always": Fraction(1)}, Fraction(3))]).still_open == {"always"}


def test_what_stays_open_keeps_no_other_figure_from_being_protected():
    """Of these a is 3 by law; of b + c = 10 the other part goes with b all the same."""
    laws = [SumStatement({"a": Fraction(1)}, Fraction(3)), total_of("whole", "b", "c")]
    result = suppress(figures(a=3, b=2, c=8, whole=10), {"a", "b"}, laws)
    assert (result.hidden, result.still_open) == ({"a", "b", "c"}, {"a"})


NAMES = ("a", "b", "c", "d", "top", "bottom", "left", "right")


def table_of(a: int, b: int, c: int, d: int) -> tuple[int, ...]:
    return (a, b, c, d, a + b, c + d, a + c, b + d)


def share(table: tuple[int, ...]) -> tuple[int, bool] | None:
    """What is printed of a of the top row in whole per cent, half up, and whether it is exact."""
    above, under = table[0], table[4]
    return ((200 * above + under) // (2 * under), 100 * above % under == 0) if under else None


EVERY = [table_of(*cells) for cells in product(range(10), repeat=4)]


@settings(max_examples=40, deadline=None)
@given(cells=st.tuples(*[st.integers(0, 4)] * 4), wanted=st.sets(st.sampled_from(["a", "b", "c", "d"]), min_size=1))
def test_every_hidden_figure_has_two_numbers_that_print_alike(cells, wanted):
    """A table of two rows and columns with its totals and a rate: every table of whole numbers up to 9 is tried against what is printed."""
    truth = table_of(*cells)
    laws = [total_of("top", "a", "b"), total_of("bottom", "c", "d"), total_of("left", "a", "c"), total_of("right", "b", "d")]
    rates = [rate("share", "a", "top", Fraction(100 * truth[0], truth[4]), 0)] if truth[4] else []
    result = suppress({name: Fraction(number) for name, number in zip(NAMES, truth, strict=True)}, wanted, [*laws, *rates])

    assert wanted <= result.hidden
    assert not result.still_open
    printed = [place for place, name in enumerate(NAMES) if name not in result.hidden]
    alike = [table for table in EVERY if all(table[place] == truth[place] for place in printed) and (not rates or result.rates or share(table) == share(truth))]
    assert all(len({table[NAMES.index(name)] for table in alike}) > 1 for name in result.hidden)
