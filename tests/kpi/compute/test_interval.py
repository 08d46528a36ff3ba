"""How far a rate of few cases can be trusted."""

from decimal import Decimal as D
from fractions import Fraction as F
from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi.compute.interval import wilson


def printed(cases: int, of: int) -> tuple[str, str]:
    found = wilson(D(cases), D(of))
    return f"{found.low:.1f}", f"{found.high:.1f}"


def test_43_of_50():
    """
    With z² = 3.8415: (0.86 + 3.8415/100 ± 1.96 √(0.86·0.14/50 + 3.8415/10000)) / (1 + 3.8415/50) = 0.8343 ± 0.0962.
    """
    assert printed(43, 50) == ("73.8", "93.0")


def test_the_exact_interval_is_another_one():
    """Clopper-Pearson of 43/50 is 73.3 to 94.2: there 43 or more, and 43 or fewer, have a chance of 2.5 % each."""

    def chance(share: F, counts: range) -> float:
        return float(sum(comb(50, k) * share**k * (1 - share) ** (50 - k) for k in counts))

    assert chance(F("0.7325"), range(43, 51)) < 0.025 < chance(F("0.7335"), range(43, 51))
    assert chance(F("0.9425"), range(44)) < 0.025 < chance(F("0.9415"), range(44))


@pytest.mark.parametrize(("cases", "of", "interval"), [(0, 10, ("0.0", "27.8")), (10, 10, ("72.2", "100.0")), (1, 2, ("9.5", "90.5"))])
def test_the_ends(cases, of, interval):
    """None of ten may still be 27.8 %, ten of ten 72.2 %; z²/(n + z²) of ten is 27.8 %."""
    assert printed(cases, of) == interval


@given(st.integers(1, 99).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))))
def test_it_holds_the_rate_and_turns_with_it(pair):
    cases, of = pair
    found, other = wilson(D(cases), D(of)), wilson(D(of - cases), D(of))

    assert found.holds(D(100 * cases) / of)
    assert abs(found.low + other.high - 100) < D("1e-20")
