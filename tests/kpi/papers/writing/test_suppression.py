"""Complementary suppression: what has to go with a hidden figure, worked by hand, and the law that no hidden figure can be reckoned back."""

from fractions import Fraction
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from kpi.papers.writing.linear_facts import FactSign, LinearFact, printed_rate
from kpi.papers.writing.suppression import FigureTable, suppress, unsafe


def table(*facts: LinearFact, widths: dict[str, Fraction] | None = None, fixed: frozenset[str] = frozenset(), **values: int) -> FigureTable:
    return FigureTable({code: Fraction(value) for code, value in values.items()}, facts, {}, widths or {}, fixed)


def total_of(whole: str, *parts: str) -> LinearFact:
    return LinearFact({whole: Fraction(-1)} | dict.fromkeys(parts, Fraction(1)))


def rate(code: str, above: str, under: str, printed: Fraction, decimals: int = 1, *, exact: bool = False) -> list[LinearFact]:
    return printed_rate(code, {above: Fraction(1)}, {under: Fraction(1)}, 100, decimals, printed, exact=exact)


def test_one_part_of_a_sum_takes_the_smallest_other_part_with_it():
    """2 of 1316 + 310 + 2 + 495 + 11 = 2134 would be the total less the others; with 11 hidden too it may be any number from 0 to 13."""
    law = total_of("total", "complaints", "reports", "consultations", "hotline", "petitions")
    demand = table(law, total=2134, complaints=1316, reports=310, consultations=2, hotline=495, petitions=11)

    assert unsafe(demand, {"consultations"}) == {"consultations"}
    assert suppress(demand, {"consultations"}).hidden == {"consultations", "petitions"}


def test_a_range_that_is_too_narrow_takes_more_with_it():
    """2 + 1 = 3 leaves 0 to 3 for the 2; where it must be five wide, the 30 beside them goes too."""
    law = total_of("total", "a", "b", "c")
    assert suppress(table(law, total=33, a=2, b=1, c=30), {"a"}).hidden == {"a", "b"}
    assert suppress(table(law, widths={"a": Fraction(5)}, total=33, a=2, b=1, c=30), {"a"}).hidden == {"a", "b", "c"}


def test_a_rate_that_tells_the_hidden_count_is_not_printed():
    """3 of 50 is 6.0 %, and no other whole number of 50 is: the rate goes.  Of 17 017 a rate of 99.4 % may be of 16907 to 16923."""
    assert suppress(table(*rate("share", "passed", "tested", Fraction(6), exact=True), passed=3, tested=50), {"passed"}).unprinted == {"share"}

    printed = rate("share", "passed", "tested", Fraction(994, 10))
    assert not suppress(table(*printed, passed=16911, tested=17017, widths={"passed": Fraction(16)}), {"passed"}).unprinted
    assert suppress(table(*printed, passed=16911, tested=17017, widths={"passed": Fraction(17)}), {"passed"}).unprinted == {"share"}


def test_a_rate_shows_that_it_is_exact():
    """75 % of 400 is printed without a point, and 299 or 301 of 400 would print 74.8 % and 75.3 %; of 4000, 2999 would print 75.0 %, not 75 %."""
    exact = rate("share", "passed", "tested", Fraction(75), exact=True)
    assert suppress(table(*exact, passed=300, tested=400), {"passed"}).unprinted == {"share"}
    assert suppress(table(*exact, passed=3000, tested=4000), {"passed"}).unprinted == {"share"}


def test_several_sums_together_tell_what_none_of_them_tells():
    """Of a + b = 10, b + c = 12 and a + c = 6 two leave a free; with the third it can be 2 alone."""
    pairs = [LinearFact({first: Fraction(1), second: Fraction(1)}, constant=Fraction(-total)) for first, second, total in (("a", "b", 10), ("b", "c", 12))]
    assert not unsafe(table(*pairs, a=2, b=8, c=4), {"a", "b", "c"})
    third = LinearFact({"a": Fraction(1), "c": Fraction(1)}, constant=Fraction(-6), printed="third")
    assert suppress(table(*pairs, third, a=2, b=8, c=4), {"a", "b", "c"}).unprinted == {"third"}


def test_a_bound_that_leaves_one_number_is_seen():
    """A part that is no larger than a whole of 0 is 0: the whole has to go too."""
    law = LinearFact({"whole": Fraction(1), "part": Fraction(-1)}, FactSign.NOT_NEGATIVE)
    assert suppress(table(law, whole=0, part=0), {"part"}).hidden == {"part", "whole"}


def test_what_a_law_alone_tells_stays_open():
    assert suppress(table(LinearFact({"always": Fraction(1)}, constant=Fraction(-3)), always=3), {"always"}).still_open == {"always"}


def test_what_is_public_already_takes_no_part():
    """The whole and the other part were printed before: nothing is left that could go."""
    assert suppress(table(total_of("whole", "a", "b"), whole=10, a=2, b=8, fixed=frozenset({"whole", "b"})), {"a"}).still_open == {"a"}


def test_what_stays_open_keeps_no_other_figure_from_being_protected():
    """Of these a is 3 by law; of b + c = 10 the other part goes with b all the same."""
    law = LinearFact({"a": Fraction(1)}, constant=Fraction(-3))
    result = suppress(table(law, total_of("whole", "b", "c"), a=3, b=2, c=8, whole=10), {"a", "b"})
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
    printed = share(truth)
    rates = rate("share", "a", "top", Fraction(printed[0]), 0, exact=printed[1]) if printed else []
    result = suppress(table(*laws, *rates, **dict(zip(NAMES, truth, strict=True))), wanted)

    assert wanted <= result.hidden
    assert not result.still_open
    shown = [place for place, name in enumerate(NAMES) if name not in result.hidden]
    alike = [other for other in EVERY if all(other[place] == truth[place] for place in shown) and (not rates or result.unprinted or share(other) == printed)]
    assert all(len({other[NAMES.index(name)] for other in alike}) > 1 for name in result.hidden)
