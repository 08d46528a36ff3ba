"""
Formulas over measure codes: read once with an allow-list, never evaluated as Python.

Two languages, both arithmetic.  An indicator's part is a sum of terms, ``drug_samples_tested + 2 * x``, with ``code@ly``
for the same period a year earlier: it becomes terms that SQL sums.  A term may also be a product of measures, and
``code@year_start``, ``code@month_start``, ``code@ago_3m`` or ``code@last_12m``, see `kpi.catalog.derivation`; the sheets of an
office, ``office@received`` and ``office@due``; or another indicator, whose own parts then stand in its place.  A relation's
side is any ``+ - * /`` of codes and numbers: it is evaluated exactly, with fractions.
"""

import ast
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Protocol

from kpi.catalog.derivation import LONGEST, SHEET_RULES, Derivation, product, suffixed
from kpi.catalog.formula_sums import CONSTANT, Factors, FormulaError, Quotient, Sums
from kpi.value import as_decimal

_LAST_YEAR = "__ly"  # how code@ly is spelled for the parser
_AT = "__at_"  # and the @ of any other suffix
_SUFFIXES = (
    f"@ 后面只能写 ly、year_start、month_start、ago_3m（{LONGEST} 个月以内）或 last_12m（2 到 {LONGEST} 个月，以前的写 last_3m_ago_3m）、"
    "since_9（9 月以来，2 到 12 月），科室代码后面写 received 或 due"
)
CODE = re.compile(r"[a-z][a-z0-9_]*", re.ASCII)
_LONGEST = 500  # characters; far above any real formula, far below what would exhaust the stack


class FormulaNames(Protocol):
    """What the codes of a part mean that are no measures."""

    def of_indicator(self, code: str, path: tuple[str, ...]) -> Quotient | None:
        """What an indicator comes to; None of any other code.  ``path``: the indicators within whose formulas it stands."""

    def of_sheets(self, office: str, rule: str) -> Derivation | None:
        """The sheets of an office that came in, or that it owes; None where there is no such office."""


class NoFormulaNames:
    """Formulas of measures alone."""

    def of_indicator(self, code: str, path: tuple[str, ...]) -> Quotient | None:
        return None

    def of_sheets(self, office: str, rule: str) -> Derivation | None:
        return None


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
    inherited: bool = False  # the denominator of an indicator in the numerator, which no field of the catalogue states

    @property
    def codes(self) -> tuple[str, ...]:
        """The measures on sheets that it is counted from."""
        return tuple(dict.fromkeys(code for term in self.terms for code in term.codes))

    @property
    def in_measures(self) -> str:
        """The same sum written without other indicators, so that no change of those can change it; its own text where it holds none."""
        try:
            if parse_linear(self.text).terms == self.terms:
                return self.text
        except FormulaError:
            pass  # it holds an indicator, or sheets of an office
        written = " ".join(f"{'-' if term.coefficient < 0 else '+'} {_spelled(term)}" for term in self.terms)
        return written.removeprefix("+ ")

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
    Read an indicator's part that is made of measures alone.

    Raises:
        FormulaError: It is no sum of measures, derivations and products, each with a constant.

    """
    return linear(parse_quotient(text, NoFormulaNames()).above, text, NoFormulaNames())


def parse_quotient(text: str, names: FormulaNames, path: tuple[str, ...] = ()) -> Quotient:
    """
    Read an indicator's part; a rate where an indicator in it is one.

    Raises:
        FormulaError: It is no sum of measures, derivations, products and indicators, each with a constant.

    """
    return _Reading(text, names, path).quotient(_parse(text))


def linear(sums: Sums, text: str, names: FormulaNames, *, inherited: bool = False) -> Linear:
    """
    A sum as terms.

    Raises:
        FormulaError: It has a constant, a coefficient that no decimal is equal to, or nothing else.

    """
    terms = []
    counted = {factors: coefficient for factors, coefficient in sums.items() if coefficient} or sums  # what is taken off again is no part of it
    for factors, coefficient in counted.items():
        if factors == CONSTANT:
            raise FormulaError(f"公式「{text}」含有不乘数据项的常数")
        finite = as_decimal(coefficient)
        if Fraction(finite) != coefficient:
            raise FormulaError(f"公式「{text}」的系数不是有限小数")
        terms.append(_term(factors, finite, text, names))
    if not terms:
        raise FormulaError(f"公式「{text}」不含数据项")
    return Linear(text, tuple(terms), inherited)


def _spelled(term: Term) -> str:
    """A term without its sign, as a formula has it."""
    size, year = abs(term.coefficient).normalize(), "@ly" if term.years_back else ""
    code = " * ".join(f"{factor}{year}" for factor in term.measure.split("*"))
    return code if size == 1 else f"{size:f} * {code}"


def _term(factors: Factors, coefficient: Decimal, text: str, names: FormulaNames) -> Term:
    """A term of one measure, or of what is derived from some."""
    spelled, years = [code for code, _ in factors], {years_back for _, years_back in factors}
    if len(factors) == 1:
        code, _, suffix = spelled[0].partition(_AT)
        derivation = names.of_sheets(code, suffix) if suffix in SHEET_RULES else suffixed(code, suffix) if suffix else None
        if suffix and derivation is None:
            raise FormulaError(f"公式「{text}」里的「{code}@{suffix}」{_why_no_derivation(suffix)}")
        return Term(derivation.code if derivation else code, coefficient, min(years), derivation)
    if any(_AT in code for code in spelled) or len(years) > 1:
        raise FormulaError(f"公式「{text}」里相乘的数据项要在同一个月，不能带不同的 @")
    derivation = product(tuple(spelled))
    return Term(derivation.code, coefficient, min(years), derivation)


def _why_no_derivation(suffix: str) -> str:
    if suffix in SHEET_RULES:
        return f"不是科室；@{suffix} 的前面写科室代码，全局写 bureau，科室要有报表"
    return f"写法有误，{_SUFFIXES}"


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
        shape = isinstance(node, (ast.BinOp, ast.UnaryOp, ast.Add, ast.Sub, ast.Mult, ast.Div, ast.USub, ast.Load))
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


@dataclass(frozen=True, slots=True)
class _Reading:
    """One formula while its tree is read: its text, what its codes mean, and the indicators within which it stands."""

    text: str
    names: FormulaNames
    path: tuple[str, ...]

    def quotient(self, node: ast.expr) -> Quotient:
        """What a node comes to."""
        match node:
            case ast.Constant(value=value):
                return Quotient({CONSTANT: Fraction(str(value))})
            case ast.Name():
                return self._of_code(*_name(node))
            case ast.UnaryOp(operand=operand):
                return self.quotient(operand).times(Fraction(-1))
            case ast.BinOp(left=left, op=op, right=right):
                a, b = self.quotient(left), self.quotient(right)
                match op:
                    case ast.Add():
                        return a.plus(b, self.text)
                    case ast.Sub():
                        return a.plus(b.times(Fraction(-1)), self.text)
                    case ast.Mult():
                        return a.product(b, self.text)
                    case ast.Div() if (divisor := b.constant) is not None:
                        if not divisor:
                            raise FormulaError(f"公式「{self.text}」除以了 0")
                        return a.times(1 / divisor)
        raise FormulaError(f"公式「{self.text}」除以了数据项；比率的分子写在 numerator，分母写在 denominator")

    def _of_code(self, spelled: str, years_back: int) -> Quotient:
        """What a code comes to: a measure itself, an indicator its parts."""
        code, _, suffix = spelled.partition(_AT)
        inner = self.names.of_indicator(code, self.path)
        if inner is None:
            return Quotient({((spelled, years_back),): Fraction(1)})

        def move(factor: tuple[str, int]) -> tuple[str, int]:
            own, back = factor
            if (suffix and _AT in own) or (years_back and back):
                before = own.partition(_AT)[2] or "ly"
                raise FormulaError(f"公式「{self.text}」里的指标「{code}」自己已经带 @{before}，不能再带 @{suffix or 'ly'}")
            return (f"{own}{_AT}{suffix}" if suffix else own), back + years_back

        if suffix and any(len(factors) > 1 for sums in (inner.above, inner.below or {}) for factors in sums):
            raise FormulaError(f"公式「{self.text}」里的指标「{code}」含有乘积，不能带 @{suffix}")
        return inner.moved(move) if suffix or years_back else inner
