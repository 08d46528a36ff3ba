"""Relations: exact sums, agreement after rounding, granularity; the two contradictions of the published summary."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi.catalog.formula import parse_expression
from kpi.catalog.measure import Better, Measure, MeasureKind
from kpi.catalog.model import Catalog
from kpi.catalog.relation import Raises, Relation, RelationKind
from kpi.validation.relation_figures import Result, evaluate, reachable, round_half_up
from kpi.value import State, Value


def measure(code: str, **more: object) -> Measure:
    return Measure(**{"code": code, "name": code, "office": "o", "topic": "t", "unit": "件", "kind": MeasureKind.FLOW, "better": Better.HIGHER, **more})


def catalog(*measures: Measure) -> Catalog:
    return Catalog("局", {}, {m.code: m for m in measures}, {}, {}, {}, {}, "")


def relation(left: str, op: str, right: str, kind: RelationKind = RelationKind.SUM, **more: object) -> Relation:
    raises = more.pop("raises", Raises.CHECK)
    return Relation(
        id="R", name="r", office="o", kind=kind, strength="hard", raises=raises, left=parse_expression(left), op=op, right=parse_expression(right), **more
    )


def figures(**numbers: object) -> dict[tuple[str, int], Value]:
    return {(code, 0): number if isinstance(number, Value) else Value.of(str(number)) for code, number in numbers.items()}


@pytest.mark.parametrize(
    ("rule", "numbers", "difference"),
    [
        (relation("a + b", "=", "c"), {"a": 1724, "b": 39, "c": 1763}, 0),
        (relation("a + b + c + d + e", "=", "f"), {"a": 1316, "b": 310, "c": 2, "d": 495, "e": 11, "f": 2134}, 0),
        (relation("a + b + c", "=", "d"), {"a": 388, "b": 305, "c": 1251, "d": 1944}, 0),
        (relation("a + b", "=", "c"), {"a": 54, "b": 24, "c": 78}, 0),
        (relation("a / b * 100", "=", "c"), {"a": 43, "b": 50, "c": 86}, 0),
    ],
)
def test_the_sums_of_the_summary_hold(rule, numbers, difference):
    """Every golden sum of the published summary."""
    result = evaluate(rule, catalog(), figures(**numbers))

    assert (result.result, result.difference) == (Result.HOLDS, difference)


@pytest.mark.parametrize(
    ("rule", "numbers", "difference"),
    [
        (relation("a + b", "=", "c"), {"a": 44, "b": 7, "c": 54}, -3),
        (relation("a + b + c + d", "=", "e"), {"a": 38, "b": 12, "c": 20, "d": 17, "e": 89}, -2),
    ],
)
def test_the_contradictions_of_the_summary_are_found(rule, numbers, difference):
    """商品煤 44 + 7 is not 54; 38 + 12 + 20 + 17 certificates are not 89."""
    result = evaluate(rule, catalog(), figures(**numbers))

    assert (result.result, result.difference) == (Result.VIOLATED, difference)


def test_a_typed_rate_agrees_after_rounding_only():
    """1724 of 1763 is 97.788 %, which prints as 97.8 and not as 97.79 or 97.7."""
    parts = {"a": 1724, "b": 1763}
    to_one = relation("a / b * 100", "≈", "r", RelationKind.RATIO, decimals=1)
    to_two = relation("a / b * 100", "≈", "r", RelationKind.RATIO, decimals=2)

    assert evaluate(to_one, catalog(), figures(**parts, r="97.8")).result is Result.HOLDS
    assert evaluate(to_one, catalog(), figures(**parts, r="97.7")).result is Result.VIOLATED
    assert evaluate(to_two, catalog(), figures(**parts, r="97.8")).result is Result.VIOLATED


def test_what_is_withheld_is_masked_and_what_nobody_reported_is_missing():
    """Neither is read as 0, though 0 would make this sum hold."""
    rule = relation("a + b", "=", "c")

    assert evaluate(rule, catalog(), figures(a=5, b=Value(State.WITHHELD), c=5)).result is Result.MASKED
    assert evaluate(rule, catalog(), figures(a=5, c=5)).result is Result.MISSING


def test_division_by_nothing_done_is_missing():
    """A rate of nothing tested cannot be compared."""
    assert evaluate(relation("a / b * 100", "=", "c"), catalog(), figures(a=0, b=0, c=0)).result is Result.MISSING


@pytest.mark.parametrize(
    ("rate", "denominator", "decimals", "numerators"),
    [
        ("99.38", 17017, 2, (16911, 16912)),
        ("97.8", 1763, 1, (1724, 1725)),
        ("3.79", 1692, 2, ()),
        ("3.79", 262, 2, ()),
        ("53.05", 91, 2, ()),
        ("53.05", 61, 2, ()),
        ("53.05", 34, 2, ()),
        ("53.05", 14, 2, ()),
        ("53.05", 262, 2, (139,)),
    ],
)
def test_granularity(rate, denominator, decimals, numerators):
    """Which whole numbers can make a rate print as stated."""
    assert reachable(Fraction(rate), Fraction(denominator), decimals) == numerators


@given(st.integers(1, 5000).flatmap(lambda d: st.tuples(st.integers(0, d), st.just(d))), st.integers(0, 3))
def test_the_rate_of_a_fraction_is_reachable_by_it(parts, decimals):
    """Law: whatever fraction made a printed rate is among those found for it."""
    numerator, denominator = parts
    printed = round_half_up(Fraction(numerator * 100, denominator), decimals)

    assert numerator in reachable(printed, Fraction(denominator), decimals)


@given(st.decimals(-10000, 10000, places=5), st.integers(0, 4))
def test_rounding_is_excels(number, decimals):
    """Half away from zero, as decimal's own ROUND_HALF_UP does it."""
    expected = number.quantize(Decimal(1).scaleb(-decimals), "ROUND_HALF_UP")

    assert round_half_up(Fraction(number), decimals) == Fraction(expected)


def test_laws_over_every_measure_name_those_that_break_them():
    """A share of 104 % and half a case cannot be; a net increase may be negative."""
    shelf = catalog(
        measure("rate", kind=MeasureKind.RATE, unit="%"),
        measure("cases"),
        measure("net", signed=True),
        measure("money", unit="万元", decimals=4),
    )
    seen = figures(rate=104, cases="2.5", net=-3, money="37.7663")
    rates = Relation(id="R128", name="", office="bureau", kind=RelationKind.EVERY_RATE, strength="hard", raises=Raises.BLOCK)
    counts = Relation(id="R129", name="", office="bureau", kind=RelationKind.EVERY_COUNT, strength="hard", raises=Raises.BLOCK)

    assert evaluate(rates, shelf, seen).breaking == ("rate",)
    assert evaluate(counts, shelf, seen).breaking == ("cases",)
    assert evaluate(rates, shelf, {}).result is Result.MISSING


@pytest.mark.parametrize(
    ("op", "results"),
    [("=", "010"), ("!=", "101"), ("<", "100"), ("<=", "110"), (">", "001"), (">=", "011")],
)
def test_each_sign_means_what_it_says(op: str, results: str) -> None:
    """Of 4, 5 and 6 against 5: which of the three hold."""
    law = relation("a", op, "b")

    found = [evaluate(law, catalog(), figures(a=left, b=5)).result for left in (4, 5, 6)]
    assert found == [Result.HOLDS if result == "1" else Result.VIOLATED for result in results]
