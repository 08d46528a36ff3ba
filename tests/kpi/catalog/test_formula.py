"""The two small languages of formulas: what they say and what they refuse."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi.catalog.derivation import Derivation, DerivationRule
from kpi.catalog.formula import FormulaError, Term, parse_expression, parse_linear

SUFFIXES = (
    "@ 后面只能写 ly、year_start、month_start、ago_3m（12 个月以内）或 last_12m（2 到 12 个月，以前的写 last_3m_ago_3m）、"
    "since_9（9 月以来，2 到 12 月），科室代码后面写 received 或 due"
)


def test_a_part_of_an_indicator_becomes_terms_in_the_order_written():
    assert parse_linear("b + 2 * (a - b@ly) / 4").terms == (
        Term("b", Decimal(1)),
        Term("a", Decimal("0.5")),
        Term("b", Decimal("-0.5"), years_back=1),
    )


def test_a_code_written_twice_is_one_term():
    formula = parse_linear("a + a - b@ly + b")

    assert formula.terms == (Term("a", Decimal(2)), Term("b", Decimal(-1), 1), Term("b", Decimal(1)))
    assert formula.codes == ("a", "b")


@pytest.mark.parametrize(
    ("text", "measure", "rule", "measures", "length"),
    [
        ("a@year_start", "a@year_start", DerivationRule.YEAR_START, ("a",), 0),
        ("a@month_start", "a@month_start", DerivationRule.AGO, ("a",), 1),
        ("a@ago_1m", "a@month_start", DerivationRule.AGO, ("a",), 1),
        ("a@ago_12m", "a@ago_12m", DerivationRule.AGO, ("a",), 12),
        ("a@last_3m", "a@last_3m", DerivationRule.WINDOW, ("a",), 3),
        ("b * a", "a*b", DerivationRule.PRODUCT, ("a", "b"), 0),
    ],
)
def test_a_term_may_look_back_hold_several_months_or_multiply(text, measure, rule, measures, length):
    """Which of two factors is written first does not matter."""
    assert parse_linear(f"2 * ({text})").terms == (Term(measure, Decimal(2), 0, Derivation(measure, rule, measures, length)),)


@pytest.mark.parametrize(("length", "ago"), [(3, 3), (1, 1), (1, 12), (12, 1)])
def test_a_window_may_end_some_months_before(length, ago):
    """As far back as a year and no further."""
    code = f"a@last_{length}m_ago_{ago}m"

    assert parse_linear(code).terms == (Term(code, Decimal(1), 0, Derivation(code, DerivationRule.WINDOW, ("a",), length, ago)),)


def test_a_product_of_sums_is_a_sum_of_products():
    formula = parse_linear("(a + 2) * b")

    assert [(term.measure, term.coefficient) for term in formula.terms] == [("a*b", 1), ("b", 2)]
    assert formula.codes == ("a", "b")


def test_a_window_of_last_year_is_a_window_a_year_earlier():
    [term] = parse_linear("a@last_12m@ly").terms

    assert (term.measure, term.years_back) == ("a@last_12m", 1)


def test_a_relation_knows_no_other_month_than_that_of_last_year():
    with pytest.raises(FormulaError) as caught:
        parse_expression("a - a@month_start")

    assert str(caught.value) == "公式「a - a@month_start」里只能用 @ly，其他的 @ 只能用在指标里"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a / 0", "公式「a / 0」除以了 0"),
        ("a / (1 - 1)", "公式「a / (1 - 1)」除以了 0"),
        ("a + 1", "公式「a + 1」含有不乘数据项的常数"),
        ("7", "公式「7」含有不乘数据项的常数"),
        ("a / 3", "公式「a / 3」的系数不是有限小数"),
        ("a / b", "公式「a / b」除以了数据项；比率的分子写在 numerator，分母写在 denominator"),
        ("a * b * c * d", "公式「a * b * c * d」里最多 3 个数据项相乘"),
        ("a * b@ly", "公式「a * b@ly」里相乘的数据项要在同一个月，不能带不同的 @"),
        ("a * b@year_start", "公式「a * b@year_start」里相乘的数据项要在同一个月，不能带不同的 @"),
        ("a@last_13m", f"公式「a@last_13m」里的「a@last_13m」写法有误，{SUFFIXES}"),
        ("a@since_1", f"公式「a@since_1」里的「a@since_1」写法有误，{SUFFIXES}"),
        ("a@last_12m_ago_2m", f"公式「a@last_12m_ago_2m」里的「a@last_12m_ago_2m」写法有误，{SUFFIXES}"),
        ("a@ago_0m", f"公式「a@ago_0m」里的「a@ago_0m」写法有误，{SUFFIXES}"),
        ("a@lastyear", f"公式「a@lastyear」里的「a@lastyear」写法有误，{SUFFIXES}"),
        ("a +", "公式「a +」写法有误，只能用数据项代码、数字、+ - * / 和括号"),
        ("", "公式「」写法有误，只能用数据项代码、数字、+ - * / 和括号"),
        ("合格 + 不合格", "公式「合格 + 不合格」含有不允许的写法，只能用数据项代码、数字、+ - * / 和括号"),
        ("a ** 2", "公式「a ** 2」含有不允许的写法，只能用数据项代码、数字、+ - * / 和括号"),
        ("open(a)", "公式「open(a)」含有不允许的写法，只能用数据项代码、数字、+ - * / 和括号"),
        ("a.b", "公式「a.b」含有不允许的写法，只能用数据项代码、数字、+ - * / 和括号"),
        ("True * a", "公式「True * a」含有不允许的写法，只能用数据项代码、数字、+ - * / 和括号"),
        ("1e999 * a", "公式「1e999 * a」含有不允许的写法，只能用数据项代码、数字、+ - * / 和括号"),
        ("a" + "+a" * 300, "公式「a+a+a+a+a+a+a+a+a+a+…」太长，最多 500 个字符"),
    ],
)
def test_what_is_no_linear_formula_is_refused_in_words(text, words):
    with pytest.raises(FormulaError) as caught:
        parse_linear(text)

    assert str(caught.value) == words


def test_a_side_of_a_relation_is_evaluated_exactly():
    side = parse_expression("(a - a@ly) / a@ly * 100 - -0.1")

    assert side.codes == (("a", 0), ("a", 1))
    assert side.evaluate({("a", 0): Fraction(4), ("a", 1): Fraction(3)}) == Fraction(100, 3) + Fraction(1, 10)


def test_a_divisor_of_zero_and_a_missing_number_are_left_to_the_caller():
    side = parse_expression("a / b")

    with pytest.raises(ZeroDivisionError):
        side.evaluate({("a", 0): Fraction(1), ("b", 0): Fraction(0)})
    with pytest.raises(KeyError):
        side.evaluate({("a", 0): Fraction(1)})


_LEAVES = st.sampled_from(["a", "b", "c", "a@ly", "b@ly"])
_CONSTANTS = st.sampled_from(["2", "0.5", "10", "4", "-3", "1.25"])
_LINEAR = st.recursive(
    _LEAVES,
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from("+-"), inner).map(lambda parts: f"({parts[0]} {parts[1]} {parts[2]})"),
        st.tuples(_CONSTANTS, inner).map(lambda parts: f"({parts[0]} * {parts[1]})"),
        st.tuples(inner, st.sampled_from("*/"), st.sampled_from(["2", "5", "0.4"])).map(lambda parts: f"({parts[0]} {parts[1]} {parts[2]})"),
        inner.map(lambda part: f"(-{part})"),
    ),
    max_leaves=8,
)
_KEYS = [(code, back) for code in "abc" for back in (0, 1)]


@given(text=_LINEAR, numbers=st.lists(st.fractions(-1000, 1000, max_denominator=100), min_size=6, max_size=6))
def test_terms_say_the_same_as_the_expression(text, numbers):
    """
    SQL sums the terms of an indicator while relations evaluate the tree: they must not differ.
    """
    figures = dict(zip(_KEYS, numbers, strict=True))

    by_terms = sum((Fraction(term.coefficient) * figures[term.measure, term.years_back] for term in parse_linear(text).terms), Fraction(0))

    assert by_terms == parse_expression(text).evaluate(figures)
