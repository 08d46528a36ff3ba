"""
Formulas over measure codes: read once with an allow-list, never evaluated as Python.

Two languages, both arithmetic.  An indicator's part is *linear*, ``drug_samples_tested + 2 * x``, with ``code@ly``
for the same period a year earlier: it becomes terms that SQL sums.  A relation's side is any ``+ - * /`` of codes and
numbers: it is evaluated exactly, with fractions.
"""

import ast
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from kpi.value import as_decimal

_LAST_YEAR = "__ly"  # how code@ly is spelled for the parser
CODE = re.compile(r"[a-z][a-z0-9_]*", re.ASCII)
_LONGEST = 500  # characters; far above any real formula, far below what would exhaust the stack


class FormulaError(ValueError):
    """A formula that is not in the language; the message is Chinese."""


@dataclass(frozen=True, slots=True)
class Term:
    """``coefficient`` × the measure, ``years_back`` years earlier."""

    measure: str
    coefficient: Decimal
    years_back: int = 0


@dataclass(frozen=True, slots=True)
class Linear:
    """A sum of terms, each measure and year at most once, in the order written."""

    text: str
    terms: tuple[Term, ...]

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(term.measure for term in self.terms))


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
    names = sorted((node for node in ast.walk(tree) if isinstance(node, ast.Name)), key=lambda node: (node.lineno, node.col_offset))
    return Expression(text, tree, tuple(dict.fromkeys(map(_name, names))))


def parse_linear(text: str) -> Linear:
    """
    Read an indicator's part.

    Raises:
        FormulaError: It is no linear combination of codes.

    """
    sums: dict[tuple[str, int], Fraction] = {}
    for key, coefficient in _linear(_parse(text), text).items():
        if key is None:
            raise FormulaError(f"公式「{text}」含有不乘数据项的常数")
        sums[key] = coefficient
    terms = []
    for (code, years_back), coefficient in sums.items():
        finite = as_decimal(coefficient)
        if Fraction(finite) != coefficient:
            raise FormulaError(f"公式「{text}」的系数不是有限小数")
        terms.append(Term(code, finite, years_back))
    if not terms:
        raise FormulaError(f"公式「{text}」不含数据项")
    return Linear(text, tuple(terms))


def _parse(text: str) -> ast.expr:
    """The syntax tree of a formula, every node of it allowed."""
    if len(text) > _LONGEST:
        raise FormulaError(f"公式「{text[:20]}…」太长，最多 {_LONGEST} 个字符")
    spelled = re.sub(r"([a-z0-9_])@ly\b", rf"\1{_LAST_YEAR}", text)
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


_Key = tuple[str, int] | None  # None: the constant part


def _linear(node: ast.expr, text: str) -> dict[_Key, Fraction]:
    """The coefficient of each code; ``None`` stands for the constant."""
    match node:
        case ast.Constant(value=value):
            return {None: Fraction(str(value))}
        case ast.Name():
            return {_name(node): Fraction(1)}
        case ast.UnaryOp(operand=operand):
            return {key: -value for key, value in _linear(operand, text).items()}
        case ast.BinOp(left=left, op=op, right=right):
            a, b = _linear(left, text), _linear(right, text)
            match op:
                case ast.Add() | ast.Sub():
                    sign = 1 if isinstance(op, ast.Add) else -1
                    return {key: a.get(key, Fraction(0)) + sign * b.get(key, Fraction(0)) for key in {**a, **b}}
                case ast.Mult() if set(a) == {None}:
                    return {key: a[None] * value for key, value in b.items()}
                case ast.Mult() | ast.Div() if set(b) == {None}:
                    if isinstance(op, ast.Div) and not b[None]:
                        raise FormulaError(f"公式「{text}」除以了 0")
                    factor = b[None] if isinstance(op, ast.Mult) else 1 / b[None]
                    return {key: value * factor for key, value in a.items()}
    raise FormulaError(f"公式「{text}」不是数据项的线性组合")
