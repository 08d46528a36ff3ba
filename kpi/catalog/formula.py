"""
Formulas over measure codes: read once with an allow-list, never evaluated as Python.

Two languages, both arithmetic.  An indicator's part is a sum of terms, ``drug_samples_tested + 2 * x``, with ``code@ly``
for the same period a year earlier: it becomes terms that SQL sums.  A term may also be a product of measures, and
``code@year_start``, ``code@month_start``, ``code@ago_3m`` or ``code@last_12m``, see `kpi.catalog.derivation`.  A relation's
side is any ``+ - * /`` of codes and numbers: it is evaluated exactly, with fractions.
"""

import ast
import itertools
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from kpi.catalog.derivation import LONGEST, MOST_FACTORS, Derivation, product, suffixed
from kpi.value import as_decimal

_LAST_YEAR = "__ly"  # how code@ly is spelled for the parser
_AT = "__at_"  # and the @ of any other suffix
_SUFFIXES = f"@ 后面只能写 ly、year_start、month_start、ago_3m（{LONGEST} 个月以内）或 last_12m（2 到 {LONGEST} 个月）"
CODE = re.compile(r"[a-z][a-z0-9_]*", re.ASCII)
_LONGEST = 500  # characters; far above any real formula, far below what would exhaust the stack


_Factors = tuple[tuple[str, int], ...]  # codes with their years back, of a product in the order of the codes; none: the constant


class FormulaError(ValueError):
    """A formula that is not in the language; the message is Chinese."""


@dataclass(frozen=True, slots=True)
class Term:
    """``coefficient`` × the measure, ``years_back`` years earlier; ``measure`` is the code of a derivation where it is one."""

    measure: str
    coefficient: Decimal
    years_back: int = 0
    derivation: Derivation | None = None

    @property
    def codes(self) -> tuple[str, ...]:
        """The measures on sheets that it is counted from."""
        return self.derivation.measures if self.derivation else (self.measure,)


@dataclass(frozen=True, slots=True)
class Linear:
    """A sum of terms, each measure and year at most once, in the order written."""

    text: str
    terms: tuple[Term, ...]

    @property
    def codes(self) -> tuple[str, ...]:
        """The measures on sheets that it is counted from."""
        return tuple(dict.fromkeys(code for term in self.terms for code in term.codes))

    @property
    def derivations(self) -> tuple[Derivation, ...]:
        return tuple(term.derivation for term in self.terms if term.derivation)


@dataclass(frozen=True, slots=True)
class Expression:
    """An arithmetic expression over codes; ``evaluate`` needs every code's number."""

    text: str
    tree: ast.expr = field(compare=False)  # follows from the text
    codes: tuple[tuple[str, int], ...]  # (code, years_back), in the order written

    def evaluate(self, numbers: Mapping[tuple[str, int], Fraction]) -> Fraction:
        """
        The exact value.

        Raises:
            KeyError: A code has no number.
            ZeroDivisionError: A divisor is 0.

        """
        return _exact(self.tree, numbers)


def parse_expression(text: str) -> Expression:
    """
    Read a relation's side.

    Raises:
        FormulaError: It holds anything but codes, numbers, ``+ - * /`` and brackets.

    """
    tree = _parse(text)
    if _AT in ast.dump(tree):
        raise FormulaError(f"公式「{text}」里只能用 @ly，其他的 @ 只能用在指标里")
    names = sorted((node for node in ast.walk(tree) if isinstance(node, ast.Name)), key=lambda node: (node.lineno, node.col_offset))
    return Expression(text, tree, tuple(dict.fromkeys(map(_name, names))))


def parse_linear(text: str) -> Linear:
    """
    Read an indicator's part.

    Raises:
        FormulaError: It is no sum of measures, derivations and products, each with a constant.

    """
    terms = []
    for factors, coefficient in _sums(_parse(text), text).items():
        if not factors:
            raise FormulaError(f"公式「{text}」含有不乘数据项的常数")
        finite = as_decimal(coefficient)
        if Fraction(finite) != coefficient:
            raise FormulaError(f"公式「{text}」的系数不是有限小数")
        terms.append(_term(factors, finite, text))
    if not terms:
        raise FormulaError(f"公式「{text}」不含数据项")
    return Linear(text, tuple(terms))


def _term(factors: _Factors, coefficient: Decimal, text: str) -> Term:
    """A term of one measure, or of what is derived from some."""
    spelled, years = [code for code, _ in factors], {years_back for _, years_back in factors}
    if len(factors) == 1:
        code, _, suffix = spelled[0].partition(_AT)
        derivation = suffixed(code, suffix) if suffix else None
        if suffix and derivation is None:
            raise FormulaError(f"公式「{text}」里的「{code}@{suffix}」写法有误，{_SUFFIXES}")
        return Term(derivation.code if derivation else code, coefficient, min(years), derivation)
    if any(_AT in code for code in spelled) or len(years) > 1:
        raise FormulaError(f"公式「{text}」里相乘的数据项要在同一个月，不能带不同的 @")
    derivation = product(tuple(spelled))
    return Term(derivation.code, coefficient, min(years), derivation)


def _parse(text: str) -> ast.expr:
    """The syntax tree of a formula, every node of it allowed."""
    if len(text) > _LONGEST:
        raise FormulaError(f"公式「{text[:20]}…」太长，最多 {_LONGEST} 个字符")
    spelled = re.sub(r"([a-z0-9_])@ly\b", rf"\1{_LAST_YEAR}", text)
    spelled = re.sub(r"([a-z0-9_])@([a-z])", rf"\1{_AT}\2", spelled)
    try:
        tree = ast.parse(spelled, mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise FormulaError(f"公式「{text}」写法有误，只能用数据项代码、数字、+ - * / 和括号") from None
    for node in ast.walk(tree):
        number = isinstance(node, ast.Constant) and type(node.value) in (int, float) and node.value != float("inf")
        name = isinstance(node, ast.Name) and CODE.fullmatch(node.id) is not None
        shape = isinstance(
            node,
            (ast.BinOp, ast.UnaryOp, ast.Add, ast.Sub, ast.Mult, ast.Div, ast.USub, ast.Load),
        )
        if not (number or name or shape):
            raise FormulaError(f"公式「{text}」含有不允许的写法，只能用数据项代码、数字、+ - * / 和括号")
    return tree


def _name(node: ast.Name) -> tuple[str, int]:
    code = node.id.removesuffix(_LAST_YEAR)
    return code, int(code != node.id)


def _exact(node: ast.expr, numbers: Mapping[tuple[str, int], Fraction]) -> Fraction:
    match node:
        case ast.Constant(value=value):
            return Fraction(str(value))
        case ast.Name():
            return numbers[_name(node)]
        case ast.UnaryOp(operand=operand):
            return -_exact(operand, numbers)
        case ast.BinOp(left=left, op=op, right=right):
            a, b = _exact(left, numbers), _exact(right, numbers)
            match op:
                case ast.Add():
                    return a + b
                case ast.Sub():
                    return a - b
                case ast.Mult():
                    return a * b
                case _:
                    return a / b
        case _:  # pragma: no cover - _parse lets nothing else through
            raise AssertionError(node)


def _sums(node: ast.expr, text: str) -> dict[_Factors, Fraction]:
    """The coefficient of each product of codes."""
    match node:
        case ast.Constant(value=value):
            return {(): Fraction(str(value))}
        case ast.Name():
            return {(_name(node),): Fraction(1)}
        case ast.UnaryOp(operand=operand):
            return {factors: -value for factors, value in _sums(operand, text).items()}
        case ast.BinOp(left=left, op=op, right=right):
            a, b = _sums(left, text), _sums(right, text)
            match op:
                case ast.Add() | ast.Sub():
                    sign = 1 if isinstance(op, ast.Add) else -1
                    return {factors: a.get(factors, Fraction(0)) + sign * b.get(factors, Fraction(0)) for factors in {**a, **b}}
                case ast.Mult():
                    return _multiplied(a, b, text)
                case ast.Div() if set(b) == {()}:
                    if not b[()]:
                        raise FormulaError(f"公式「{text}」除以了 0")
                    return {factors: value / b[()] for factors, value in a.items()}
    raise FormulaError(f"公式「{text}」除以了数据项；比率的分子写在 numerator，分母写在 denominator")


def _multiplied(a: Mapping[_Factors, Fraction], b: Mapping[_Factors, Fraction], text: str) -> dict[_Factors, Fraction]:
    """Each of one sum by each of the other."""
    sums: dict[_Factors, Fraction] = {}
    for (left, first), (right, second) in itertools.product(a.items(), b.items()):
        factors = tuple(sorted((*left, *right))) if left and right else left or right
        if len(factors) > MOST_FACTORS:
            raise FormulaError(f"公式「{text}」里最多 {MOST_FACTORS} 个数据项相乘")
        sums[factors] = sums.get(factors, Fraction(0)) + first * second
    return sums
